// A reader at a browser: opens pages as a person would, and notes everything that must never happen on any of them
// (script errors, Content-Security-Policy violations, requests to another host, missing files).
import { chromium } from "playwright-core";
import { existsSync } from "node:fs";
import { join } from "node:path";

export const address = process.env.PARLEY_ADDRESS;
const screenshots = process.env.PARLEY_SCREENSHOTS;
const stepMilliseconds = 15_000;

const tests = [];
export function test(name, settings, body) {
    tests.push({ name, settings, body });
}

export function check(truth, sentence) {
    if (!truth) throw new Error(sentence);
}

export function same(found, wanted, sentence) {
    const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (left !== right) throw new Error(`${sentence}: found ${left}, wanted ${right}`);
}

async function startBrowser() {
    const program = process.env.PARLEY_CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
    if (!program) throw new Error("no Chromium: install Debian's chromium, or name one in PARLEY_CHROMIUM");
    return chromium.launch({
        executablePath: program,
        chromiumSandbox: process.getuid?.() !== 0, // the sandbox does not work for root
        args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars",
            "--test-third-party-cookie-phaseout"] // as browsers do that block cookies of other sites,
    });
}

function watch(page, problems, allowedStatuses, hosts) {
    page.on("console", (message) => {
        const isOwnStatus = allowedStatuses.length > 0 && message.text().startsWith("Failed to load resource");
        if (["error", "warning"].includes(message.type()) && !isOwnStatus) problems.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
    page.on("request", (request) => {
        if (![address, ...hosts].some((host) => request.url().startsWith(`${host}/`))) problems.push(`request to another host: ${request.url()}`);
    });
    page.on("response", (response) => {
        if (response.status() >= 400 && !allowedStatuses.includes(response.status()))
            problems.push(`${response.status()} for ${response.url()}`);
    });
}

let readers = 0; // each test comes from an address of its own, as its readers would: limits are not theirs together

// settings: { scripts = true, width = 1280, height = 900, scheme = "light", touch = false, allowedStatuses = [], hosts = [], isElsewhere = false }: `hosts` may be asked, too; elsewhere, on a
// stranger's page, anything may be asked and refused
async function runOne(browser, { name, settings, body }) {
    const context = await browser.newContext({
        javaScriptEnabled: settings.scripts ?? true,
        viewport: { width: settings.width ?? 1280, height: settings.height ?? 900 },
        colorScheme: settings.scheme ?? "light",
        extraHTTPHeaders: settings.hosts ? {} : { "X-Forwarded-For": `198.51.100.${(readers += 1) % 256}` }, // no page may send it to another site
        hasTouch: settings.touch ?? false,
        isMobile: settings.touch ?? false,
        reducedMotion: "reduce", // smooth scrolling would be looked at halfway
        locale: "en-GB",
        timezoneId: "UTC",
    });
    context.setDefaultTimeout(stepMilliseconds);
    const problems = [];
    const page = await context.newPage();
    if (!settings.isElsewhere) watch(page, problems, settings.allowedStatuses ?? [], settings.hosts ?? []);
    try {
        await body(page);
        if (problems.length > 0) throw new Error(problems.slice(0, 10).join("\n    "));
        console.log(`ok      ${name}`);
        return true;
    } catch (error) {
        console.log(`FAILED  ${name}\n    ${error.message}\n    at ${page.url()}`);
        await page.screenshot({ path: join(screenshots, `failed-${name.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}.png`) }).catch(() => {});
        return false;
    } finally {
        await context.close();
    }
}

export async function runAll(words) {
    const wanted = tests.filter(({ name }) => words.every((word) => name.includes(word)));
    let passed = 0;
    const browser = await startBrowser();
    for (const one of wanted) passed += (await runOne(browser, one)) ? 1 : 0;
    await browser.close();
    console.log(`${passed} passed, ${wanted.length - passed} failed`);
    return wanted.length > 0 && passed === wanted.length;
}

export function picture(page, name, fullPage = false) {
    return page.screenshot({ path: join(screenshots, `${name}.png`), fullPage });
}

export async function open(page, path) {
    const response = await page.goto(address + path, { waitUntil: "load" });
    return response;
}

// Opens the story that has these words in its headline, the way a reader does: from the front page.
export async function openStory(page, words) {
    await open(page, "/");
    await page.locator("main h3 a, main h2 a").filter({ hasText: words }).first().click();
    await page.locator("article.story h1").waitFor();
}

export const commentIds = (page, selector = "article.comment") =>
    page.locator(selector).evaluateAll((comments) => comments.map((comment) => comment.id));
