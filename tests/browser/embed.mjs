// Threads in a newspaper's own page: on another site (localhost is another one than 127.0.0.1), where none of Parley's
// cookies are sent, and with rules of its own for every element.
import { createServer } from "node:http";
import { address, check, open, same, test } from "./harness.mjs";
import { signUp } from "./readers.mjs";

const port = Number(new URL(process.env.PARLEY_PUBLICATION).port);

const page = (head, body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Ferry returns</title>
<style>* { color: red; font-family: cursive } parley-thread::part(thread-head) { border-style: dotted } parley-thread { --parley-accent: rgb(0, 90, 60) }</style>${head}</head>
<body><article><h1>The ferry returns</h1><p>${"It was away for long. ".repeat(60)}</p></article>${body}</body></html>`;

const script = `<script async src="${address}/embed.js"></script>`;
const pages = {
    "/ferry": page(script, `<parley-thread></parley-thread><p id="below">Below</p>`),
    "/other": page(script, `<parley-thread theme="dark" story-url="/ferry"></parley-thread>`),
    "/far": page(script, `<div style="height: 6000px"></div><parley-thread story-url="/ferry"></parley-thread>`),
    "/frame": page("", `<iframe title="Comments" width="600" height="900" src="${address}/embed?story-url=${encodeURIComponent(`${process.env.PARLEY_PUBLICATION}/ferry`)}"></iframe>`),
    "/front": page(script, `<span data-parley-count="/ferry">?</span> <span data-parley-count="/unknown">no comments yet</span>`),
};
const settings = { hosts: [process.env.PARLEY_PUBLICATION], allowedStatuses: [401, 404] };

async function withPublication(body) {
    const server = createServer((request, response) => {
        const found = pages[request.url];
        response.writeHead(found ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" });
        response.end(found ?? "");
    });
    await new Promise((ready) => server.listen(port, "localhost", ready));
    try {
        await body(process.env.PARLEY_PUBLICATION);
    } finally {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
    }
}

test("a thread in a newspaper's page: read, sign in through a window, write, vote", settings, async (reader) => {
    await withPublication(async (publication) => {
        await reader.goto(`${publication}/ferry`);
        const thread = reader.locator("parley-thread .thread");
        await thread.waitFor();
        same(await thread.locator("h2").evaluate((title) => getComputedStyle(title).color), "rgb(28, 26, 23)", "the page's rules stay outside");
        same(await thread.locator(".thread-head").evaluate((head) => getComputedStyle(head).borderTopStyle), "dotted", "its rules for parts hold");
        const [popup] = await Promise.all([reader.waitForEvent("popup"), thread.getByRole("link", { name: "Write a comment" }).click()]);
        await popup.waitForLoadState();
        check(popup.url().startsWith(`${address}/sign-in`), "the window asks to sign in");
        const other = await reader.context().newPage(); // signing up reads a letter, which is done in a tab
        const handle = await signUp(other);
        const [signedIn] = await Promise.all([popup.waitForEvent("close"), popup.goto(`${address}/embed/sign-in?origin=${encodeURIComponent(publication)}`).catch(() => {})]);
        check(signedIn, "the window closes itself");
        await reader.locator("parley-thread .reader", { hasText: handle }).waitFor();
        same(await reader.evaluate((name) => JSON.stringify(localStorage).includes(name) || document.cookie !== "", "parleySession"), false, "nothing is kept in the page");
        await reader.locator("parley-thread").getByRole("link", { name: "Write a comment" }).click();
        await reader.locator("parley-thread form.editor textarea").fill("Written *where it is read*.");
        const posted = reader.evaluate(() => new Promise((told) => addEventListener("parley:comment-posted", ({ detail }) => told(detail.comment))));
        await reader.locator("parley-thread").getByRole("button", { name: "Post" }).click();
        await reader.locator("parley-thread article.comment", { hasText: "where it is read" }).waitFor();
        check((await posted).length > 0, "the page is told of the comment");
        await other.close();
    });
});

test("numbers of comments on a newspaper's front page, in one request", settings, async (reader) => {
    await withPublication(async (publication) => {
        await reader.goto(`${publication}/ferry`);
        await reader.locator("parley-thread .thread").waitFor();
        const asked = [];
        reader.on("request", (request) => asked.push(request.url()));
        await reader.goto(`${publication}/front`);
        await reader.locator("[data-parley-count='/ferry']", { hasText: /comment/i }).waitFor();
        same(await reader.locator("[data-parley-count='/unknown']").innerText(), "no comments yet", "what is not known stays as it is");
        same(asked.filter((url) => url.includes("/api/v1/counts")).length, 1, "requests for numbers");
    });
});

test("a thread in a page: dark where the page says so, no layout shift, and nothing loaded while it is far", { ...settings, width: 390 }, async (reader) => {
    await withPublication(async (publication) => {
        await reader.goto(`${publication}/other`);
        const discussion = reader.locator("parley-thread .discussion");
        await discussion.waitFor();
        same(await discussion.evaluate((element) => getComputedStyle(element).backgroundColor), "rgb(23, 22, 20)", "the paper is dark");
        check(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing hangs over the edge");
        const asked = [];
        reader.on("request", (request) => asked.push(new URL(request.url()).pathname));
        await reader.goto(`${publication}/far`);
        await reader.waitForTimeout(300);
        check(!asked.some((path) => path.startsWith("/embed?") || path === "/embed"), `nothing is asked while it is far: ${asked}`);
        await reader.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await discussion.waitFor();
        const shift = await reader.evaluate(() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0))).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 300)));
        check(shift === 0, `the layout shifted by ${shift}`);
    });
});

test("a thread in a frame of a newspaper's page, without scripts: read, signed in and written on Parley's own page", { ...settings, scripts: false }, async (reader) => {
    await withPublication(async (publication) => {
        const setUp = await reader.context().browser().newContext();
        const opener = await setUp.newPage(); // a story is opened by the first reader who has scripts, or by the editorial system
        await opener.goto(`${publication}/ferry`);
        await opener.locator("parley-thread .thread").waitFor();
        await setUp.close();
        const handle = await signUp(reader);
        await reader.goto(`${publication}/frame`);
        const frame = reader.frameLocator("iframe");
        await frame.locator(".thread h2").waitFor();
        check((await frame.locator(".reader").innerText()).includes("Sign in"), "a cookie was sent to a frame of another site");
        const [own] = await Promise.all([reader.waitForEvent("popup"), frame.getByRole("link", { name: "Write a comment" }).click()]);
        await own.locator("form.editor textarea").fill(`Framed, says ${handle}.`);
        await own.getByRole("button", { name: "Post" }).click();
        await own.locator("article.comment", { hasText: `says ${handle}` }).waitFor();
        await reader.goto(`${publication}/frame`);
        const comment = frame.locator("article.comment", { hasText: `says ${handle}` });
        for (let tries = 0; tries < 20 && (await comment.count()) === 0; tries += 1) await reader.reload();
        check((await comment.count()) === 1, "the frame does not show what was written");
        await own.close();
    });
});
