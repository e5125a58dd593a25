// What a reader does who has an account: signs up, writes, answers, quotes, votes, edits, withdraws.
import { address, check, open, openStory, same, test } from "./harness.mjs";

let people = 0;

// Signs up under a name of its own and follows the link in the letter.
export async function signUp(page) {
    people += 1;
    const handle = `reader${Date.now() % 100000}x${people}`;
    await open(page, "/sign-up");
    await page.getByLabel("Name").fill(handle);
    await page.getByLabel("E-mail address").fill(`${handle}@example.org`);
    await page.getByLabel("Password").fill("tern & tide");
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.getByRole("heading", { name: "A letter is on its way" }).waitFor();
    await open(page, "/outgoing-mail");
    await page.locator(".letter", { hasText: handle }).locator("a").first().click();
    await page.getByRole("button", { name: "Finish signing up" }).click();
    await page.locator(".reader", { hasText: handle }).waitFor();
    return handle;
}

export async function selectWords(page, selector, words) {
    await page.locator(selector, { hasText: words }).first().evaluate((element, wanted) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(wanted);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + wanted.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return;
        }
        throw new Error(`no such words in one piece: ${wanted}`);
    }, words);
}

for (const scripts of [true, false]) {
    const mode = scripts ? "with scripts" : "without scripts";
    const settings = { scripts };

    test(`a reader signs up, writes, answers, edits and withdraws, ${mode}`, settings, async (page) => {
        const handle = await signUp(page);
        await openStory(page, "cup tie");
        const story = new URL(page.url()).pathname;
        await page.getByRole("link", { name: "Write a comment" }).click();
        await page.locator("form.editor textarea").fill("The **second half** was another match.");
        await page.getByRole("button", { name: "Post" }).click();
        const mine = page.locator("article.comment", { hasText: "was another match" });
        await mine.waitFor();
        same(await mine.locator(".words strong").innerText(), "second half", "the emphasis");
        if (!scripts) await open(page, story);
        await page.locator("article.comment", { hasText: "was another match" }).getByRole("link", { name: "Edit" }).click();
        await page.locator("form.editor textarea").fill("The second half was another match altogether.");
        await page.getByRole("button", { name: "Save" }).click();
        const edited = page.locator("article.comment", { hasText: "altogether" });
        await edited.waitFor();
        await edited.locator("a.edited").click();
        same(await page.locator(".wordings > li").count(), 2, "wordings");
        await open(page, story);
        const other = page.locator("article.comment").filter({ hasNotText: handle }).first();
        await other.getByRole("link", { name: "Answer" }).click();
        await page.locator("form.editor textarea").fill("I was there, and it rained.");
        await page.getByRole("button", { name: "Post" }).click();
        await page.locator("article.comment", { hasText: "and it rained" }).waitFor();
        await open(page, story);
        await page.locator("article.comment", { hasText: "altogether" }).getByRole("link", { name: "Withdraw" }).click();
        await page.getByRole("button", { name: "Withdraw it" }).click();
        await page.waitForURL((url) => url.pathname === story);
        same(await page.locator("article.comment", { hasText: "altogether" }).count(), 0, "the withdrawn comment");
    });

    test(`a vote is given, changed and taken back, ${mode}`, settings, async (page) => {
        await signUp(page);
        await openStory(page, "Signed in 1951");
        const comment = page.locator("article.comment").first();
        const id = await comment.getAttribute("id");
        const button = (name) => page.locator(`#${id}`).getByRole("button", { name, exact: true });
        const isPressed = async (name) => (await button(name).getAttribute("aria-pressed")) === "true";
        await button("Agree").click();
        await page.locator(`#${id} button[aria-pressed]`, { hasText: "Agree" }).waitFor();
        await button("Worth reading").click();
        await page.locator(`#${id} button[aria-pressed]`, { hasText: "Worth" }).waitFor();
        await button("Disagree").click();
        await page.locator(`#${id} button[aria-pressed]`, { hasText: "Disagree" }).waitFor();
        check(!(await isPressed("Agree")) && (await isPressed("Worth reading")), "the stance did not change alone");
        await page.reload();
        check((await isPressed("Disagree")) && (await isPressed("Worth reading")), "the vote was not kept");
        await button("Disagree").click();
        await page.locator(`#${id} button[aria-pressed]`, { hasText: "Disagree" }).waitFor({ state: "detached" });
    });

    test(`whoever is not signed in is asked to, and comes back to the story, ${mode}`, { ...settings, allowedStatuses: scripts ? [401] : [] }, async (page) => {
        await openStory(page, "cup tie");
        const story = new URL(page.url()).pathname;
        await page.getByRole("link", { name: "Write a comment" }).click();
        await page.getByRole("heading", { name: "Sign in" }).waitFor();
        check(decodeURIComponent(new URL(page.url()).search).startsWith(`?next=${story}`), `the way back is ${page.url()}`);
    });
}

test("words of the story are marked and quoted", {}, async (page) => {
    await signUp(page);
    await openStory(page, "Eleven days shut");
    const words = "Water would reach the lower quay";
    const paragraph = await page.locator(".story-text p").nth(1).innerText();
    const chosen = paragraph.split(" ").slice(3, 9).join(" ");
    check(words.length > 0 && chosen.length > 10, "nothing to quote");
    await selectWords(page, ".story-text p", chosen);
    await page.getByRole("button", { name: "Quote", exact: true }).click();
    same(await page.locator("form.editor .chosen").innerText(), chosen, "the words in the editor");
    await page.locator("form.editor textarea").fill("That is not how it was at the quay.");
    await page.getByRole("button", { name: "Post" }).click();
    const mine = page.locator("article.comment", { hasText: "not how it was at the quay" });
    await mine.waitFor();
    same(await mine.locator(".quote blockquote").innerText(), chosen, "the quote");
    await page.reload();
    check((await page.locator(".story-text mark.quoted").allInnerTexts()).some((text) => text.includes(chosen)), "the story does not mark the words");
});

test("words of a comment are quoted in an answer to it", {}, async (page) => {
    await signUp(page);
    await openStory(page, "Signed in 1951");
    const comment = page.locator("article.comment:not(.is-gone)").first();
    const id = await comment.getAttribute("id");
    const text = await comment.locator(".words p").first().innerText();
    const chosen = text.split(" ").slice(0, 4).join(" ");
    await selectWords(page, `#${id} .words`, chosen);
    await page.getByRole("button", { name: "Quote", exact: true }).click();
    await page.locator("form.editor textarea").fill("These very words.");
    await page.getByRole("button", { name: "Post" }).click();
    const mine = page.locator("article.comment", { hasText: "These very words." });
    await mine.waitFor();
    same(await mine.locator(".quote blockquote").innerText(), chosen, "the quote");
    check((await mine.locator(".answers-to").innerText()).length > 0, "the answer does not say whom it answers");
});

test("what was typed survives a reload, a refusal and a broken connection", { allowedStatuses: [422] }, async (page) => {
    await signUp(page);
    await openStory(page, "cup tie");
    await page.getByRole("link", { name: "Write a comment" }).click();
    await page.locator("form.editor textarea").fill("Half a thought");
    await page.reload();
    await page.getByRole("link", { name: "Write a comment" }).click();
    same(await page.locator("form.editor textarea").inputValue(), "Half a thought", "after a reload");
    await page.locator("form.editor textarea").fill("x".repeat(10_001));
    await page.getByRole("button", { name: "Post" }).click();
    await page.locator("form.editor .refusal", { hasText: "Cut 1 of yours" }).waitFor();
    same((await page.locator("form.editor textarea").inputValue()).length, 10_001, "after a refusal");
    await page.locator("form.editor textarea").fill("A whole thought at last");
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Post" }).click();
    await page.locator("form.editor .refusal", { hasText: "no connection" }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Post" }).click();
    await page.locator("article.comment", { hasText: "A whole thought at last" }).waitFor();
});

test("a preview shows the comment before it is posted, and the toolbar writes Markdown", {}, async (page) => {
    await signUp(page);
    await openStory(page, "cup tie");
    await page.getByRole("link", { name: "Write a comment" }).click();
    const area = page.locator("form.editor textarea");
    await area.fill("strong words");
    await area.selectText();
    await page.getByRole("button", { name: "Strong" }).click();
    same(await area.inputValue(), "**strong words**", "the toolbar's mark");
    await page.getByRole("button", { name: "Preview" }).click();
    same(await page.locator(".preview strong").innerText(), "strong words", "the preview");
    same(await page.locator("form.editor textarea").inputValue(), "**strong words**", "the words after the preview");
});

test("a comment is written and posted by keyboard alone", {}, async (page) => {
    await signUp(page);
    await openStory(page, "cup tie");
    await page.getByRole("link", { name: "Write a comment" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("form.editor textarea:focus").waitFor();
    await page.keyboard.type("By keyboard alone.");
    await page.keyboard.press("Control+Enter");
    await page.locator("article.comment", { hasText: "By keyboard alone." }).waitFor();
    same(new URL(page.url()).origin, address, "the origin");
});

test("a reader sees what others write when they want to, and where they took it back", {}, async (page) => {
    await openStory(page, "cup tie");
    const story = new URL(page.url()).pathname;
    await page.waitForTimeout(500);
    const second = await page.context().browser().newContext();
    const other = await second.newPage();
    await signUp(other);
    await open(other, story);
    await other.getByRole("link", { name: "Write a comment" }).click();
    await other.locator("form.editor textarea").fill("Written in the other window.");
    const before = await page.evaluate(() => scrollY);
    await other.getByRole("button", { name: "Post" }).click();
    const button = page.getByRole("button", { name: "1 new comment" });
    await button.waitFor();
    same(await page.evaluate(() => scrollY), before, "the place that is read");
    same(await page.locator("article.comment", { hasText: "Written in the other window." }).count(), 0, "comments before they are wanted");
    await button.click();
    const comment = page.locator("article.comment", { hasText: "Written in the other window." });
    await comment.waitFor();
    await other.locator("article.comment", { hasText: "Written in the other window." }).getByRole("link", { name: "Edit" }).click();
    await other.locator("form.editor textarea").fill("Changed in the other window.");
    await other.getByRole("button", { name: "Save" }).click();
    await page.locator("article.comment", { hasText: "Changed in the other window." }).waitFor();
    await other.locator("article.comment", { hasText: "Changed in the other window." }).getByRole("link", { name: "Withdraw" }).click();
    await other.getByRole("button", { name: "Withdraw it" }).click();
    await page.locator("article.comment", { hasText: "Changed in the other window." }).waitFor({ state: "detached" });
    await second.close();
});

test("what came since is marked, and the key n goes from one new comment to the next until it is turned off", {}, async (page) => {
    const second = await page.context().browser().newContext();
    const other = await second.newPage();
    await signUp(page);
    const looked = page.waitForResponse((response) => response.url().endsWith("/seen"));
    await openStory(page, "cup tie");
    same((await looked).status(), 204, "the answer to having seen it");
    const story = new URL(page.url()).pathname;
    same(await page.locator(".comment.is-new").count(), 0, "new comments on a first visit");
    await signUp(other);
    for (const words of ["The first of two.", "The second of two."]) {
        await open(other, story);
        await other.getByRole("link", { name: "Write a comment" }).click();
        await other.locator("form.editor textarea").fill(words);
        await other.getByRole("button", { name: "Post" }).click();
        await other.locator("article.comment", { hasText: words }).waitFor();
    }
    await second.close();
    await page.reload();
    await page.getByRole("link", { name: "2 new comments since you were here" }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement.querySelector(".words")?.innerText ?? "");
    await page.keyboard.press("n");
    same(await focused(), "The first of two.", "the first new comment");
    await page.keyboard.press("n");
    same(await focused(), "The second of two.", "the next new comment");
    await page.getByRole("button", { name: "Key N" }).click();
    await page.keyboard.press("n");
    same(await focused(), "", "a key that is turned off");
    await page.screenshot({ path: `${process.env.PARLEY_SCREENSHOTS}/unread.png`, fullPage: true });
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await page.locator(".comment.is-new").first().waitFor({ state: "detached" });
    same(await page.locator(".unread .next-new").count(), 0, "links to new comments");
});
