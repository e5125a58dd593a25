// What a hostile reader or a hostile page tries (S-01, S-10, S-13, S-40, S-43, S-45): nothing runs, nothing is done.
import { createServer } from "node:http";
import { address, check, open, openStory, same, test } from "./harness.mjs";
import { signUp } from "./readers.mjs";

const payloads = [
    `<script>globalThis.wasHit = 1</script>`,
    `<img src=x onerror="globalThis.wasHit = 1">`,
    `[a link](javascript:globalThis.wasHit=1) [and](JaVaScRiPt&#58;globalThis.wasHit=1)`,
    `<svg/onload=globalThis.wasHit=1> <a href="data:text/html,<script>1</script>">x</a>`,
    "```x\" onclick=globalThis.wasHit=1 y\ncode\n```",
    `<form class="votes" action="/sign-out" method="post"><button class="act" data-write="/x">free coffee</button></form>`,
    `&lt;b&gt; "quotes" 'both' \`ticks\` </textarea></script><!-- `,
];

const isUnhurt = async (page, where) => {
    same(await page.evaluate(() => [globalThis.wasHit ?? null, document.querySelectorAll(".words :is(script, img, svg, form, button, iframe, style), .words [id], .words [onclick], .words [data-write]").length]),
        [null, 0], where);
    const links = await page.locator(".words a").evaluateAll((all) => all.map((link) => link.protocol));
    check(links.every((protocol) => ["http:", "https:", "mailto:"].includes(protocol)), `${where}: links ${links}`);
};

test("hostile words stay words: in the preview, in the thread, told live, behind a mark, in the editor (S-01, S-13)", {}, async (page) => {
    const second = await page.context().browser().newContext();
    const other = await second.newPage();
    await openStory(page, "cup tie");
    const story = new URL(page.url()).pathname;
    await page.waitForTimeout(300);
    await signUp(other);
    await open(other, story);
    const quoted = (await other.locator(".story-text p").nth(1).innerText()).split(" ").slice(0, 5).join(" ");
    const text = `re: "${quoted}"\n\n${payloads.join("\n\n")}`;
    await other.getByRole("link", { name: "Write a comment" }).click();
    await other.locator("form.editor textarea").fill(text);
    await other.getByRole("button", { name: "Preview" }).click();
    await other.locator(".preview").waitFor();
    await isUnhurt(other, "in the preview");
    same(await other.locator("form.editor textarea").inputValue(), text, "the words in the editor");
    await other.getByRole("button", { name: "Post" }).click();
    const mine = other.locator("article.comment", { hasText: "free coffee" });
    await mine.waitFor();
    await isUnhurt(other, "in the thread");
    await page.getByRole("button", { name: /new comment/ }).click();
    await page.locator("article.comment", { hasText: "free coffee" }).waitFor();
    await isUnhurt(page, "told live");
    await page.reload();
    await isUnhurt(page, "read again");
    const number = (await mine.getAttribute("id")).slice(2);
    await page.locator(".story-text a.answers").evaluateAll((marks, wanted) => marks.find(({ dataset }) => dataset.by.split(" ").includes(wanted)).click(), number);
    await page.locator(".quoting article.comment", { hasText: "free coffee" }).waitFor();
    await isUnhurt(page, "behind the mark");
    await mine.getByRole("link", { name: "Edit" }).click();
    same(await other.locator("form.editor textarea").inputValue(), text, "the words to change");
    await isUnhurt(other, "in the editor");
    await second.close();
});

// A page of a stranger: on another site, and not one of the publication's.
async function withStranger(html, body) {
    const server = createServer((request, response) => {
        response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
        response.end(request.url === "/" ? html : "");
    });
    await new Promise((ready) => server.listen(0, "localhost", ready));
    try {
        await body(`http://localhost:${server.address().port}`);
    } finally {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
    }
}

test("a stranger's page can neither post nor sign out nor vote for a reader (S-40)", { isElsewhere: true }, async (page) => {
    const handle = await signUp(page);
    const forms = [["/s/1/comments", "text", "Said by a stranger"], ["/sign-out", "x", "y"], ["/s/1/c/1/vote", "stance", "agree"], ["/follow", "kind", "story"], ["/account/name", "name", "Stranger"]];
    for (const [action, name, value] of forms) {
        const html = `<form method="post" action="${address}${action}"><input name="${name}" value="${value}"><button>go</button></form>`;
        await withStranger(html, async (stranger) => {
            await page.goto(`${stranger}/`);
            const [response] = await Promise.all([page.waitForResponse((one) => one.url() === address + action), page.locator("button").click()]);
            check(response.status() === 403 || response.status() === 303 && (await response.headerValue("location")).startsWith("/sign-in"), `${action}: ${response.status()}`);
        });
    }
    await open(page, "/s/1");
    same(await page.locator("article.comment", { hasText: "Said by a stranger" }).count(), 0, "comments of the stranger");
    check((await page.locator(".reader").innerText()).includes(handle), "the stranger signed the reader out");
});

test("a stranger's page can neither frame a page nor read an answer nor open a story (S-10, S-41, S-45)", { isElsewhere: true }, async (page) => {
    await signUp(page);
    const html = `<iframe src="${address}/account"></iframe>`;
    await withStranger(html, async (stranger) => {
        await page.goto(`${stranger}/`);
        await page.waitForTimeout(300);
        const frame = page.frames().find((one) => one !== page.mainFrame());
        check(!frame.url().startsWith(address) || (await frame.locator("form").count().catch(() => 0)) === 0, "an account page was framed");
        const read = await page.evaluate((home) => fetch(`${home}/api/v1/me`, { credentials: "include" }).then((answer) => answer.text(), () => "refused"), address);
        same(read, "refused", "an answer to a stranger");
        const window = await open(page, `/embed/sign-in?origin=${encodeURIComponent(stranger)}`);
        same(window.status(), 403, "the sign-in window for a stranger");
    });
});

test("where a reader comes back to after signing in is on this server (S-43)", {}, async (page) => {
    await open(page, "/");
    for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]) {
        await open(page, `/sign-in?next=${encodeURIComponent(next)}`);
        await page.getByLabel("E-mail address").fill(process.env.PARLEY_STAFF);
        await page.getByLabel("Password").fill(process.env.PARLEY_STAFF_PASSWORD);
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.waitForURL((url) => url.pathname !== "/sign-in");
        same(new URL(page.url()).origin, address, `after ${next}`);
        await page.context().clearCookies();
    }
});
