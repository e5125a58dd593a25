// node bench/long_tasks.mjs ADDRESS [SLOWDOWN]: how long the main thread of a browser is busy at a time on a phone's processor, while
// pages of a running `parley demo` come and are used. By hand: what it prints is a time, and no test. Chromium, playwright-core
// of tests/browser.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");
const [address, slowdown = "4"] = process.argv.slice(2);
const rounds = 5;

const browser = await chromium.launch({ executablePath: process.env.PARLEY_CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: process.getuid?.() !== 0, args: ["--disable-gpu"] });

async function measure(name, go) {
    const longest = [];
    let shift = 0;
    for (let round = 0; round < rounds; round += 1) {
        const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
        const page = await context.newPage();
        await page.addInitScript(() => {
            globalThis.tasks = [];
            globalThis.shift = 0;
            new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => globalThis.tasks.push(duration))).observe({ type: "longtask", buffered: true });
            new PerformanceObserver((list) => list.getEntries().forEach(({ value, hadRecentInput }) => (globalThis.shift += hadRecentInput ? 0 : value))).observe({ type: "layout-shift", buffered: true });
        });
        const session = await context.newCDPSession(page);
        await session.send("Emulation.setCPUThrottlingRate", { rate: Number(slowdown) });
        await go(page);
        await page.waitForTimeout(1000);
        longest.push(await page.evaluate(() => Math.max(0, ...globalThis.tasks)));
        shift = Math.max(shift, await page.evaluate(() => globalThis.shift));
        await context.close();
    }
    longest.sort((a, b) => a - b);
    const words = (milliseconds) => (milliseconds === 0 ? "none over 50" : milliseconds.toFixed(0));
    console.log(`${name.padEnd(44)} longest task in ms, median ${words(longest[rounds >> 1])}, worst ${words(longest.at(-1))}; layout shift ${shift.toFixed(3)}`);
}

const load = (path) => (page) => page.goto(address + path, { waitUntil: "load" });
const { stories } = await (await fetch(`${address}/api/v1/stories`)).json();
const busiest = stories.toSorted((a, b) => b.comments - a.comments)[0];
const story = new URL(busiest.url).pathname;
await measure("front page", load("/"));
await measure(`story, 40 of ${busiest.comments} comments`, load(story));
await measure("story, a mark opened", async (page) => {
    await load("/")(page);
    for (const { url } of stories) {
        await load(new URL(url).pathname)(page);
        if (await page.locator(".story-text a.answers").count()) break;
    }
    await page.locator(".story-text a.answers").first().click();
    await page.locator(".quoting").waitFor();
});
await measure("story, words marked to quote", async (page) => {
    await load(story)(page);
    await page.evaluate(() => getSelection().selectAllChildren(document.querySelector(".story-text p")));
    await page.waitForTimeout(400);
});
await measure("embedded thread in its frame", load(`/embed?story-url=${encodeURIComponent(busiest.source_url ?? "")}`));
await browser.close();
