// How pages look and whether everyone can use them: narrow, dark, printed, by keyboard, from right to left.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { check, open, openStory, picture, same, test } from "./harness.mjs";
import { longest } from "./newsroom.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wcagLevelAA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export async function checkAccessibility(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), wcagLevelAA);
    const told = violations.map(({ id, help, nodes }) => `${id} (${help}), ${nodes.length} times, first ${nodes[0].target}: ${nodes[0].failureSummary}`);
    check(told.length === 0, `${page.url()}: ${told.join("\n    ")}`);
}

export async function checkWidth(page) {
    const wide = await page.evaluate(() => {
        const root = document.scrollingElement;
        if (root.scrollWidth <= root.clientWidth) return [];
        return [...document.querySelectorAll("body *")].filter((element) => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && (box.right > root.clientWidth + 0.5 || box.left < -0.5);
        }).slice(0, 5).map((element) => `${element.tagName}.${element.className} ${element.textContent.slice(0, 40)}`);
    });
    same(wide, [], `elements beyond the edge of ${page.url()}`);
}

const pages = [
    ["sign-in", (page) => open(page, "/sign-in")],
    ["sign-up", (page) => open(page, "/sign-up")],
    ["front", (page) => open(page, "/")],
    ["story", (page) => openStory(page, longest.headline)],
    ["gates", (page) => openStory(page, "Eleven days shut")],
    ["divided", (page) => openStory(page, "when did the treaty begin")],
    ["common-ground", async (page) => {
        await openStory(page, "when did the treaty begin");
        await page.getByRole("link", { name: "See both sides" }).click();
        await page.locator(".map-table summary").click();
    }],
    ["about-common-ground", (page) => open(page, "/about/common-ground")],
    ["japanese", (page) => openStory(page, "放流の知らせ")],
    ["korean", (page) => openStory(page, "셀린주 학교")],
    ["arabic", (page) => openStory(page, "اتفاق الصيد")],
    ["comment", async (page) => {
        await openStory(page, "Eleven days shut");
        await page.locator(".comment .comment a.moment, .branch a.moment").first().click();
        await page.waitForURL(/\/c\//);
    }],
    ["person", async (page) => {
        await openStory(page, "Last boat to Tolm");
        await page.locator(".writer a").first().click();
        await page.waitForURL(/\/p\//);
    }],
    ["storyline", (page) => open(page, "/storyline/tolm-ferry")],
    ["missing", (page) => open(page, "/s/999999")],
];

for (const [name, go] of pages) {
    const allowedStatuses = name === "missing" ? [404] : [];
    for (const scheme of ["light", "dark"])
        test(`axe finds nothing at WCAG 2.2 AA: ${name}, ${scheme}`, { scheme, allowedStatuses }, async (page) => {
            await go(page);
            await picture(page, `${name}-${scheme}`);
            await checkAccessibility(page);
        });

    test(`nothing is wider than a screen of 320 px: ${name}`, { width: 320, height: 700, allowedStatuses }, async (page) => {
        await go(page);
        await picture(page, `${name}-320`);
        await checkWidth(page);
    });

    test(`printed, the page keeps its words and drops its controls: ${name}`, { scheme: "dark", allowedStatuses }, async (page) => {
        await go(page);
        await page.emulateMedia({ media: "print", colorScheme: "light" });
        check(await page.locator("h1").first().evaluate((headline) => headline.textContent.trim().length > 0), "no headline");
        const dark = await page.evaluate(() => {
            const [red, green, blue, alpha = 1] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
            return alpha > 0 && red + green + blue < 600;
        });
        check(!dark, "paper would be painted dark");
        for (const control of [".orders", ".pager", ".skip"])
            same(await page.locator(`${control}:visible`).count(), 0, `${control} on paper`);
    });
}

test("the keyboard reaches links in order, and each shows that it has the focus", {}, async (page) => {
    await openStory(page, "Eleven days shut");
    const reached = [];
    for (let stop = 0; stop < 40; stop += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(() => {
            const element = document.activeElement;
            const style = getComputedStyle(element);
            const box = element.getBoundingClientRect();
            return {
                what: `${element.tagName} ${element.textContent.trim().slice(0, 30)}`,
                isBody: element === document.body,
                isMarked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none",
                isOnScreen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
            };
        });
        check(!focus.isBody, `the focus was lost after ${reached.at(-1)}`);
        check(focus.isMarked, `nothing shows the focus on ${focus.what}`);
        check(focus.isOnScreen, `the focus is off the screen on ${focus.what}`);
        reached.push(focus.what);
    }
    check(reached[0].includes("Skip"), `the first stop is ${reached[0]}, not the way to the content`);
});

test("the skip link leads to the content", {}, async (page) => {
    await openStory(page, "cup tie");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    same(new URL(page.url()).hash, "#content", "the place");
});

test("links and buttons are large enough to be hit with a finger", { width: 320, height: 700 }, async (page) => {
    await openStory(page, "Eleven days shut");
    const small = await page.locator(".orders a, .pager a, summary").evaluateAll((controls) =>
        controls.filter((control) => control.getClientRects().length > 0)
            .map((control) => ({ text: control.textContent.trim(), height: control.getBoundingClientRect().height }))
            .filter(({ height }) => height < 24)); // WCAG 2.2, 2.5.8
    same(small, [], "too small");
});

test("each text runs in its own direction", {}, async (page) => {
    const direction = (selector, words) =>
        page.locator(selector, { hasText: words }).first().evaluate((element) => getComputedStyle(element).direction);
    await openStory(page, "اتفاق الصيد");
    same(await direction("article.story", "سمران"), "rtl", "the Arabic story");
    same(await direction("h1", "اتفاق"), "rtl", "its headline");
    same(await direction(".comment .words", "الميزان"), "rtl", "an Arabic comment");
    same(await direction(".comment .words", "Same disease"), "ltr", "an English comment in it");
    await openStory(page, "Signed in 1951");
    await page.locator(".orders a", { hasText: "Oldest" }).click();
    await page.waitForURL(/order=oldest/);
    same(await direction("article.story", "Tolm"), "ltr", "the English story");
    await openStory(page, "放流の知らせ");
    same(await page.locator("h1").evaluate((headline) => headline.closest("[lang]").lang), "ja", "the language of the Japanese headline");
});

test("text can be made twice as large without loss", { width: 640, height: 900 }, async (page) => {
    await openStory(page, "Eleven days shut");
    await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
    const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
    check(overflow <= 0, `${overflow} px stand beyond the edge`);
});
