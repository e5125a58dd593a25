// Common ground as a reader finds it: the order, the map, each side's own best, and one question after another.
import { check, open, openStory, same, test } from "./harness.mjs";
import { signUp } from "./readers.mjs";

for (const scripts of [true, false]) {
    const mode = scripts ? "with scripts" : "without scripts";
    const settings = { scripts };

    test(`a reader goes from the order to the map and from a mark to the words, ${mode}`, settings, async (page) => {
        await openStory(page, "when did the treaty begin");
        const orders = page.getByRole("navigation", { name: "Order" });
        same(await orders.locator("[aria-current]").innerText(), "Common ground", "the default order");
        check((await page.locator(".comment .reception").count()) > 3, "comments carry their counts");
        check(/\d+ of \d+ on one side, \d+ of \d+ on the other find it worth reading/.test(await page.locator(".comment .reception").first().innerText()), "counts in plain words");
        await page.getByRole("link", { name: "See both sides" }).click();
        await page.getByRole("heading", { name: "What both sides value" }).waitFor();
        const mark = page.locator("svg.map a.mark").first();
        const target = await mark.getAttribute("href");
        await mark.focus();
        await page.keyboard.press("Enter");
        await page.waitForURL((address) => address.hash === target);
        check(await page.locator(target).isVisible(), "the mark leads to its comment");
        await page.locator(".map-table summary").click();
        const rows = await page.locator(".map-table tbody tr").count();
        same(rows, await page.locator("svg.map a.mark").count(), "the table has what the map has");
        same(await page.locator(".own").count(), 0, "nobody is shown");
        await page.locator(target).getByRole("link").click();
        await page.locator(".the-comment").waitFor();
        await page.goBack();
        await page.getByRole("link", { name: "To the discussion" }).click();
        await page.getByRole("navigation", { name: "Order" }).getByRole("link", { name: "Newest" }).click();
        same(await page.locator(".orders [aria-current]").innerText(), "Newest", "the chosen order");
    });

    test(`a reader answers one question after another, ${mode}`, settings, async (page) => {
        await signUp(page);
        await openStory(page, "when did the treaty begin");
        const question = page.locator("form.question");
        const words = async () => question.locator("blockquote").innerText();
        const next = async (before) => {
            await page.waitForFunction((text) => document.querySelector("form.question blockquote")?.innerText !== text, before);
            return words();
        };
        const first = await words();
        await question.getByLabel("Worth reading").check();
        await question.getByRole("button", { name: "Disagree" }).click();
        const second = await next(first);
        check(!(await question.getByLabel("Worth reading").isChecked()), "each is judged by itself");
        await question.getByRole("button", { name: "Ask me another" }).click();
        const third = await next(second);
        check(third !== first && third !== second, "nothing is asked twice");
        await page.getByRole("link", { name: "See both sides" }).click();
        check(await page.locator("form.question").isVisible(), "the page of both sides asks as well");
    });
}

test("a discussion without a divide says so", {}, async (page) => {
    await openStory(page, "Eleven days shut");
    check((await page.locator(".order-why").innerText()).startsWith("No clear divide in this discussion."), "an honest sentence");
    await page.locator(".order-why").getByRole("link", { name: "How the order comes about" }).click();
    await page.getByRole("heading", { name: "The formula" }).waitFor();
});
