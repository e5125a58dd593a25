// How the pages look that only a reader who signed in sees.
import { open, openStory, picture, test } from "./harness.mjs";
import { checkAccessibility, checkWidth } from "./looks.mjs";
import { signUp } from "./readers.mjs";

async function eachPage(page, look) {
    const handle = await signUp(page);
    await openStory(page, "Eleven days shut");
    const story = new URL(page.url()).pathname;
    await page.locator(".stances button").first().click();
    await page.getByRole("button", { name: "Follow this discussion" }).click();
    await page.getByRole("button", { name: "Following" }).waitFor();
    await page.getByRole("link", { name: "Answer" }).first().click();
    await page.locator("form.editor textarea").fill("An answer **worth** its words.");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.locator(".preview").waitFor();
    await look("writing");
    await page.getByRole("button", { name: "Post" }).click();
    const mine = page.locator("article.comment", { hasText: handle });
    const history = `${await mine.locator("a.moment").getAttribute("href")}/history`;
    for (const path of ["/account", "/account/following", "/account/data", "/account/close", "/account/merge", "/bell", `${story}/write`, history, "/outgoing-mail"]) {
        await open(page, path);
        await look(path.replace(/\W+/g, "-").slice(1));
    }
}

for (const scheme of ["light", "dark"])
    test(`axe finds nothing at WCAG 2.2 AA on a reader's own pages, ${scheme}`, { scheme }, (page) =>
        eachPage(page, async (name) => {
            await picture(page, `reader-${name}-${scheme}`);
            await checkAccessibility(page);
        }));

test("no page of a reader's own is wider than a screen of 320 px", { width: 320, height: 700 }, (page) =>
    eachPage(page, async (name) => {
        await picture(page, `reader-${name}-320`);
        await checkWidth(page);
    }));
