// How the pages look that only a reader who signed in sees, and those that letters lead to: each page that no other walk
// looks at.
import { open, openStory, picture, test } from "./harness.mjs";
import { checkAccessibility, checkWidth } from "./looks.mjs";
import { signUp } from "./readers.mjs";

async function openLetter(page, words, link = "a") {
    await open(page, "/outgoing-mail");
    await page.locator(".letter", { hasText: words }).first().locator(link).first().click();
    await page.locator("main h1").waitFor();
}

// What a guest is shown on the way to an account, and what a letter leads to.
async function eachWayIn(page, look) {
    const handle = `ways${Date.now() % 1_000_000}`, email = `${handle}@example.org`;
    await open(page, "/sign-up");
    await page.getByLabel("Name").fill("admin");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill("tern & tide");
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.locator(".refusal").waitFor();
    await look("sign-up-refused");
    await page.getByLabel("Name").fill(handle);
    await page.getByLabel("Password").fill("tern & tide");
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.getByRole("heading", { name: "A letter is on its way" }).waitFor();
    await look("letter-on-its-way");
    await openLetter(page, email);
    await look("finish-sign-up");
    await page.getByRole("button", { name: "Finish signing up" }).click();
    await page.locator(".reader", { hasText: handle }).waitFor();
    for (const way of ["link", "password"]) {
        await page.context().clearCookies();
        await open(page, `/sign-in/${way}`);
        await look(`ask-${way}`);
        await page.getByLabel("E-mail address").fill(email);
        await page.locator("main form button.button").first().click();
        await page.getByRole("heading", { name: "A letter is on its way" }).waitFor();
        await openLetter(page, email);
        await look(`use-${way}`);
    }
    await open(page, "/sign-in/link/0123456789");
    await look("link-gone");
}

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
    const comment = await mine.locator("a.moment").getAttribute("href");
    await page.locator("article.comment").filter({ hasNotText: handle }).first().locator(".writer a").click();
    await page.getByRole("button", { name: "Mute" }).click();
    await page.getByRole("button", { name: "Muted" }).waitFor();
    await look("muted-person");
    await open(page, story);
    await look("story-with-muted");
    await open(page, "/storyline/tolm-ferry");
    await page.getByRole("button", { name: "Follow this affair" }).click();
    await page.getByRole("button", { name: "Following" }).waitFor();
    await look("storyline");
    await open(page, comment);
    await page.getByRole("button", { name: "Follow the answers" }).click();
    await page.getByRole("button", { name: "Following" }).waitFor();
    await look("comment");
    await page.locator(".the-comment").getByRole("link", { name: "Edit" }).click();
    await page.locator("form.editor textarea").fill("Another answer.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator("article.comment a.edited").first().waitFor();
    const paths = ["/account", "/account/following", "/account/data", "/account/close", "/account/merge", "/bell", `${story}/write`, `${story}/write?to=${comment.split("/").at(-1)}`,
        `${comment}/history`, `${comment}/edit`, `${comment}/withdraw`, `/p/${handle}`, "/outgoing-mail", `/embed/sign-in?origin=${encodeURIComponent(process.env.PARLEY_PUBLICATION)}`, `${story}?after=nothing`];
    await page.route("**/embed/session", (route) => route.fulfill({ status: 204 })); // the window stays as it is
    for (const path of paths) {
        await open(page, path);
        await look(path.replace(/reader\d+x\d+|[?].*|\W+/g, "-").slice(1));
    }
    await open(page, "/account");
    await page.locator('form[action="/account/handle"] input[name=handle]').fill("admin");
    await page.locator('form[action="/account/handle"] button').click();
    await page.locator(".refusal").waitFor();
    await look("account-refused");
    await open(page, "/account");
    await page.getByLabel("New e-mail address").fill(`${handle}@new.example.org`);
    await page.locator('form[action="/account/email"]').getByLabel("Present password").fill("tern & tide");
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await openLetter(page, `${handle}@new.example.org`);
    await look("use-address");
    await page.getByRole("button", { name: "Use this address" }).click();
    await openLetter(page, `${handle}@example.org`);
    await look("undo-address");
}

const settings = { allowedStatuses: [400, 410, 422] };
for (const [name, walk] of [["a reader's own pages", eachPage], ["the ways in", eachWayIn]]) {
    for (const scheme of ["light", "dark"])
        test(`axe finds nothing at WCAG 2.2 AA on ${name}, ${scheme}`, { ...settings, scheme }, (page) =>
            walk(page, async (shown) => {
                await picture(page, `reader-${shown}-${scheme}`);
                await checkAccessibility(page);
            }));

    test(`none of ${name} is wider than a screen of 320 px`, { ...settings, width: 320, height: 700 }, (page) =>
        walk(page, async (shown) => {
            await picture(page, `reader-${shown}-320`);
            await checkWidth(page);
        }));
}
