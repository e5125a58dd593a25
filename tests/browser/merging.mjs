// A reader with two accounts makes them one, by a letter to the other.
import { open, openStory, picture, same, test } from "./harness.mjs";
import { checkAccessibility, checkWidth } from "./looks.mjs";
import { signUp } from "./readers.mjs";

for (const [scheme, width] of [["light", 1280], ["dark", 320]])
    test(`a reader joins another account, which proves itself by a letter, ${scheme} at ${width} px`, { scheme, width }, async (page) => {
        const other = await signUp(page);
        await openStory(page, "cup tie");
        const story = new URL(page.url()).pathname;
        await page.getByRole("link", { name: "Write a comment" }).click();
        await page.locator("form.editor textarea").fill(`Words of ${other}.`);
        await page.getByRole("button", { name: "Post" }).click();
        await page.locator("article.comment", { hasText: `Words of ${other}.` }).waitFor();
        await page.context().clearCookies();
        const own = await signUp(page);
        await open(page, "/account");
        await page.getByRole("link", { name: "Join another account to this one" }).click();
        await picture(page, `merge-${scheme}-${width}`, true);
        await checkAccessibility(page);
        await checkWidth(page);
        await page.getByLabel("E-mail address of the other account").fill(`${other}@example.org`);
        await page.getByRole("button", { name: "Mail a link there instead" }).click();
        await page.getByRole("heading", { name: "A letter is on its way" }).waitFor();
        await open(page, "/outgoing-mail");
        await page.locator(".letter", { hasText: "Join two accounts" }).filter({ hasText: `${other}@example.org` }).first().locator("a").first().click();
        await page.getByRole("button", { name: "Join them" }).click();
        await page.getByText("The two accounts are one.").waitFor();
        await open(page, story);
        same(await page.locator("article.comment", { hasText: `Words of ${other}.` }).locator(".writer bdi").first().innerText(), own, "the writer");
        await open(page, `/p/${other}`);
        same(new URL(page.url()).pathname, `/p/${own}`, "where the old name leads");
    });
