// Readers' notes: the one that settled a quarrel is read, another is written and rated, with and without scripts.
import { check, open, openStory, picture, same, test } from "./harness.mjs";
import { checkAccessibility, checkWidth } from "./looks.mjs";
import { signUp } from "./readers.mjs";

const text = "The yearbook of 1953 has the ice report, and says when the sound was free.";

async function quarrel(page) {
    await openStory(page, "Signed in 1951");
    const story = new URL(page.url()).pathname;
    await open(page, `${story}?order=newest`);
    const comment = page.locator("article.comment", { hasText: "I cut it out of this very paper" }).first();
    await comment.waitFor();
    return { story, comment };
}

test("a note with its source stands beneath the comment that it corrects", {}, async (page) => {
    const { comment } = await quarrel(page);
    const note = comment.locator(".reader-note").first();
    check((await note.innerText()).includes("Readers added a correction"), "what readers did");
    check((await note.innerText()).includes("Rated helpful by readers on both sides: 14 of 16 and 9 of 11"), "by how many");
    const source = note.locator(".note-sources a").first();
    same(await source.getAttribute("rel"), "ugc nofollow noopener", "what the link gives away");
    same(await source.locator("b").innerText(), "archive.lindrey.example", "the host");
    await note.scrollIntoViewIfNeeded();
    await picture(page, "notes-beneath-a-comment");
    await note.locator(".note-evidence a").click();
    await page.getByRole("heading", { name: "How readers rated it" }).waitFor();
    same(await page.locator(".note-record tbody tr").first().locator("td").allInnerTexts(), ["14", "0", "2"], "one side");
    await page.getByRole("link", { name: "All notes on this story" }).click();
    await page.getByText("Needs ratings from both sides (3 of 5)").waitFor();
});

for (const scripts of [true, false])
    test(`a note is written, refused without losing a word, rated and withdrawn, ${scripts ? "with" : "without"} scripts`, { scripts, allowedStatuses: [422] }, async (page) => {
        await signUp(page);
        const { comment } = await quarrel(page);
        await comment.getByRole("link", { name: "Add a note" }).first().click();
        await page.getByLabel("Context").check();
        await page.locator('textarea[name="text"]').fill(text);
        await page.locator('textarea[name="sources"]').fill("page 12");
        await page.getByRole("button", { name: "Post note" }).click();
        await page.locator(".refusal", { hasText: "This is no address of a page: page 12" }).waitFor();
        same(await page.locator('textarea[name="text"]').inputValue(), text, "the words after a refusal");
        check(await page.getByLabel("Context").isChecked(), "the kind after a refusal");
        await page.locator('textarea[name="sources"]').fill("https://ice.example/1953");
        await page.getByRole("button", { name: "Post note" }).click();
        await page.getByText("Needs ratings from both sides (0 of 5)").first().waitFor();
        const path = new URL(page.url()).pathname;
        same(await page.getByRole("button", { name: "Rate" }).count(), 0, "rating one's own");
        await page.context().clearCookies();
        await signUp(page);
        await open(page, path);
        await page.getByLabel("Somewhat").check();
        await page.getByLabel("Good source").check();
        await page.getByRole("button", { name: "Rate", exact: true }).click();
        await page.getByRole("button", { name: "Take my rating back" }).waitFor();
        check(await page.getByLabel("Good source").isChecked(), "the reason given");
        await page.getByRole("button", { name: "Take my rating back" }).click();
        await page.waitForURL((url) => url.pathname === path);
        same(await page.getByRole("button", { name: "Take my rating back" }).count(), 0, "a rating that was taken back");
    });

async function eachPage(page, look) {
    await signUp(page);
    const { story, comment } = await quarrel(page);
    const note = await comment.locator(".note-evidence a").first().getAttribute("href");
    const on = (await comment.getAttribute("id")).slice(2);
    for (const [name, path] of [["list", `${story}/notes`], ["page", note], ["form", `${story}/notes/write`], ["form-on-comment", `${story}/notes/write?on=${on}`]]) {
        await open(page, path);
        await look(name);
    }
}

for (const scheme of ["light", "dark"])
    test(`axe finds nothing at WCAG 2.2 AA on the pages of notes, ${scheme}`, { scheme }, (page) =>
        eachPage(page, async (name) => {
            await picture(page, `notes-${name}-${scheme}`, true);
            await checkAccessibility(page);
        }));

for (const language of ["en", "ar", "ja"])
    test(`no page of notes is wider than a screen of 320 px, ${language}`, { width: 320, height: 700 }, async (page) => {
        await signUp(page);
        const { story, comment } = await quarrel(page);
        const note = await comment.locator(".note-evidence a").first().getAttribute("href");
        if (language !== "en") {
            await open(page, "/account");
            await page.locator('select[name="language"]').selectOption(language);
            await page.locator('form:has(select[name="language"]) button').click();
        }
        for (const [name, path] of [["list", `${story}/notes`], ["page", note], ["form", `${story}/notes/write`]]) {
            await open(page, path);
            await picture(page, `notes-${name}-320-${language}`, true);
            await checkWidth(page);
        }
    });
