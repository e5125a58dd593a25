// The interface in each of its languages, as a reader chooses it for themselves.
import { check, open, openStory, picture, same, test } from "./harness.mjs";
import { checkAccessibility, checkWidth } from "./looks.mjs";
import { signUp } from "./readers.mjs";

const languages = { ar: "العربية", de: "Deutsch", en: "English", es: "Español", fr: "Français", ja: "日本語", ko: "한국어" };

async function choose(page, tag) {
    await open(page, "/account");
    const form = page.locator('form[action="/account/language"]');
    await form.locator("select").selectOption(tag);
    await form.locator("button").click();
    await page.locator(".done").waitFor();
}

async function eachPage(page, look) {
    await openStory(page, "Eleven days shut");
    await look("story");
    await openStory(page, "when did the treaty begin");
    await look("divided");
    await page.locator('.order-why a[href$="/common-ground"]').last().click();
    await page.locator("svg.map").waitFor();
    await look("common-ground");
    for (const path of ["/account", "/bell", "/account/following", "/about/common-ground", "/"]) {
        await open(page, path);
        await look(path.replace(/\W+/g, "-").slice(1) || "front");
    }
}

for (const [tag, name] of Object.entries(languages)) {
    test(`a reader chooses ${name}, and every page speaks it, is usable in it and fits a screen of 320 px`, {}, async (page) => {
        await signUp(page);
        await choose(page, tag);
        await eachPage(page, async (which) => {
            const root = await page.evaluate(() => [document.documentElement.lang, getComputedStyle(document.documentElement).direction]);
            same(root, [tag, tag === "ar" ? "rtl" : "ltr"], `language and direction of ${page.url()}`);
            await picture(page, `language-${tag}-${which}`);
            await checkAccessibility(page);
        });
        await page.setViewportSize({ width: 320, height: 700 });
        await eachPage(page, async (which) => {
            await picture(page, `language-${tag}-${which}-320`);
            await checkWidth(page);
        });
        const offered = await open(page, "/account").then(() => page.locator('select[name="language"] option').allTextContents());
        check(Object.values(languages).every((each) => offered.includes(each)), `each language in its own words: ${offered}`);
    });
}

test("times and counts by script are in the page's language", {}, async (page) => {
    await signUp(page);
    await choose(page, "ja");
    await openStory(page, "Eleven days shut");
    await page.waitForFunction(() => /[年前]/.test(document.querySelector("time[data-moment]").textContent));
    await page.locator(".begin-writing a").click();
    await page.locator("form.editor textarea").fill("あ".repeat(9900));
    await page.locator("[data-count]", { hasText: "残り100文字" }).waitFor();
});
