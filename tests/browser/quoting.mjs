// The mark behind quoted words opens those who quote them beside the passage; and words are quoted with a finger.
import { check, openStory, picture, same, test } from "./harness.mjs";
import { checkAccessibility, checkWidth } from "./looks.mjs";
import { selectWords, signUp } from "./readers.mjs";

const story = "Eleven days shut";
const mark = (page) => page.locator(".story-text a.answers[aria-expanded]").first(); // which its script has prepared

for (const [scheme, width, place] of [["light", 1280, "beside"], ["dark", 1280, "beside"], ["light", 390, "below"], ["light", 320, "below"]])
    test(`a mark opens who quotes the words, ${place} the passage, ${scheme} at ${width} px`, { scheme, width }, async (page) => {
        await openStory(page, story);
        await mark(page).click();
        const panel = page.getByRole("region", { name: /quotes? this passage/ });
        await panel.locator("article.comment").first().waitFor();
        same(await panel.locator("article.comment").count(), Number(await mark(page).locator("[aria-hidden]").innerText()), "comments in the panel");
        const [text, box, at] = [await page.locator(".story-text").boundingBox(), await panel.boundingBox(), await mark(page).boundingBox()];
        if (place === "beside") check(box.x >= text.x + text.width && Math.abs(box.y - at.y) < 60, `the panel stands at ${box.x}, ${box.y}`);
        else check(box.y > at.y && box.x >= text.x, `the panel stands at ${box.x}, ${box.y}, the mark at ${at.y}`);
        same(await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id, i, all) => all.indexOf(id) !== i)), [], "ids that stand twice");
        await picture(page, `passage-${scheme}-${width}`);
        await checkAccessibility(page);
        await checkWidth(page);
        await panel.getByRole("button", { name: "Close" }).click();
        same(await panel.count(), 0, "panels after closing");
    });

test("a mark is opened and closed by keyboard, and the focus comes back", {}, async (page) => {
    await openStory(page, story);
    await mark(page).focus();
    await page.keyboard.press("Enter");
    await page.locator(".quoting:focus article.comment").first().waitFor();
    same(await mark(page).getAttribute("aria-expanded"), "true", "the mark's state");
    await page.keyboard.press("Tab");
    check(await page.evaluate(() => document.activeElement.closest(".quoting") !== null), "Tab leaves the panel at once");
    await page.keyboard.press("Escape");
    same(await page.locator(".quoting").count(), 0, "panels after Escape");
    check(await mark(page).evaluate((element) => element === document.activeElement), "the focus is lost");
    await page.keyboard.press("Space");
    await page.locator(".quoting article.comment").first().waitFor();
    await page.locator(".quoting a.moment").first().click();
    await page.waitForURL(/#c-\d+|\/c\/\d+/);
});

test("a mark is a link to who quotes the words, without scripts", { scripts: false }, async (page) => {
    await openStory(page, story);
    await page.locator(".story-text a.answers").first().click();
    await page.waitForURL(/#(c-\d+|passage-\d+-by)|\/c\/\d+/);
});

test("words are quoted with a finger", { touch: true, width: 390, height: 844 }, async (page) => {
    await signUp(page);
    await openStory(page, story);
    const chosen = (await page.locator(".story-text p").nth(2).innerText()).split(" ").slice(2, 7).join(" ");
    await selectWords(page, ".story-text p", chosen);
    const button = page.getByRole("button", { name: "Quote", exact: true });
    await button.waitFor();
    const [words, box] = [await page.evaluate(() => { const { bottom, top } = getSelection().getRangeAt(0).getBoundingClientRect(); return { bottom, top }; }), await button.boundingBox()];
    check(box.y >= words.bottom, "the button stands under the finger");
    check(box.height >= 24 && box.x >= 0 && box.x + box.width <= 390, "the button cannot be hit");
    await button.tap();
    same(await page.locator("form.editor .chosen").innerText(), chosen, "the words in the editor");
    await page.locator("form.editor textarea").fill("Quoted with a finger.");
    await page.getByRole("button", { name: "Post" }).tap();
    const mine = page.locator("article.comment", { hasText: "Quoted with a finger." });
    await mine.waitFor();
    same(await mine.locator(".quote blockquote").innerText(), chosen, "the quote");
    await page.reload();
    const marks = page.locator(".story-text a.answers");
    const number = (await mine.getAttribute("id")).slice(2);
    const own = (await marks.evaluateAll((links) => links.map(({ dataset }) => dataset.by))).findIndex((by) => by.split(" ").includes(number));
    await marks.nth(own).tap();
    await page.locator(".quoting article.comment", { hasText: "Quoted with a finger." }).waitFor();
});
