// What pages weigh as they come over the wire, and that nothing moves while they come. Counts, never times.
import { get } from "node:http";
import { address, check, open, openStory, same, test } from "./harness.mjs";
import { longest } from "./newsroom.mjs";

const storyBytesMax = 60 * 1024; // with 40 comments; and what readers download for an embedded thread:
const embedBytesMax = 12 * 1024; // script and style

// Bytes of a body as a browser gets it.
function weigh(path) {
    return new Promise((done, failed) => {
        get(address + path, { headers: { "Accept-Encoding": "br, gzip" } }, (response) => {
            let bytes = 0;
            response.on("data", (piece) => (bytes += piece.length));
            response.on("end", () => (response.statusCode === 200 ? done(bytes) : failed(new Error(`${response.statusCode} for ${path}`))));
        }).on("error", failed);
    });
}

async function weighAll(paths) {
    const sizes = await Promise.all([...paths].map(weigh));
    return { total: sizes.reduce((sum, bytes) => sum + bytes, 0), list: [...paths].map((path, i) => `${path} ${sizes[i]}`).join(", ") };
}

test("a story with 40 comments comes with all it needs in under 60 KB", {}, async (page) => {
    const asked = new Set();
    await openStory(page, longest.headline);
    page.on("request", (request) => asked.add(request.url().slice(new URL(request.url()).origin.length)));
    await open(page, `${new URL(page.url()).pathname}?order=newest`); // a full page, whatever the votes say
    check((await page.locator("article.comment").count()) >= 40, "fewer than 40 comments");
    const { total, list } = await weighAll([...asked].filter((path) => !path.includes("/events")));
    check(total < storyBytesMax, `${total} bytes: ${list}`);
});

test("script and style of an embedded thread are under 12 KB", {}, async (page) => {
    await open(page, "/embed/s/1");
    const discussion = page.locator(".discussion");
    const scripts = (await discussion.getAttribute("data-scripts")).split(" ").map((script) => new URL(script).pathname);
    const styles = await page.locator('link[rel="stylesheet"]').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
    const { total, list } = await weighAll(["/embed.js", ...scripts, ...styles]);
    check(scripts.length >= 4 && styles.length >= 1, `not all is weighed: ${list}`);
    check(total < embedBytesMax, `${total} bytes: ${list}`);
});

export async function watchShifts(page) {
    await page.addInitScript(() => {
        globalThis.shifts = [];
        new PerformanceObserver((list) => {
            for (const { value, hadRecentInput, sources } of list.getEntries())
                if (!hadRecentInput) globalThis.shifts.push([value, ...sources.map(({ node }) => `${node?.nodeName}.${node?.className} ${node?.textContent?.slice(0, 40)}`)].join(" "));
        }).observe({ type: "layout-shift", buffered: true });
    });
}

export const shifts = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(globalThis.shifts), 100))));

for (const width of [1280, 390])
    for (const [name, go] of [["front", (page) => open(page, "/")], ["story", (page) => openStory(page, longest.headline)], ["arabic", (page) => openStory(page, "اتفاق الصيد")], ["storyline", (page) => open(page, "/storyline/tolm-ferry")]])
        test(`nothing moves while a page comes: ${name} at ${width} px`, { width }, async (page) => {
            await watchShifts(page);
            await go(page);
            await page.waitForTimeout(300); // scripts have run by now; events stay open
            for (const place of [0.3, 0.6, 1]) await page.evaluate((part) => scrollTo(0, document.body.scrollHeight * part), place);
            same(await shifts(page), [], "layout shifts");
        });
