// Signing in through a real OpenID Connect provider, which tests/browser/run starts (provider.mjs), with a person at the browser.
import { check, open, openStory, picture, same, test } from "./harness.mjs";

const provider = process.env.PARLEY_PROVIDER;
const hosts = [provider];

async function chooseAtProvider(page, name) {
    await page.getByRole("heading", { name: "Who are you?" }).waitFor();
    await page.getByRole("link", { name }).click();
}

for (const scripts of [true, false])
    test(`a reader signs in through the publication's provider and comes back to the story, ${scripts ? "with" : "without"} scripts`, { hosts, scripts }, async (page) => {
        await openStory(page, "cup tie");
        const story = new URL(page.url()).pathname;
        await open(page, `/sign-in?next=${encodeURIComponent(story)}`);
        await picture(page, `sign-in-with-provider-${scripts}`);
        await page.getByRole("link", { name: "Sign in with your account" }).click();
        await chooseAtProvider(page, "Odile Marr");
        await page.waitForURL((url) => url.pathname === story);
        await open(page, "/account");
        same(await page.getByLabel("Shown name").inputValue(), "Odile Marr", "the name");
        await page.getByRole("button", { name: "Sign out", exact: true }).click();
        await open(page, "/sign-in?next=/account");
        await page.getByRole("link", { name: "Sign in with your account" }).click(); // the provider remembers them
        await page.getByRole("heading", { name: "odile.marr" }).waitFor();
    });

test("a group at the provider is a role here", { hosts }, async (page) => {
    await open(page, "/sign-in");
    await page.getByRole("link", { name: "Sign in with your account" }).click();
    await chooseAtProvider(page, "Mira Holt");
    await page.waitForURL((url) => url.pathname === "/");
    await open(page, "/account");
    check((await page.getByRole("link", { name: "Set up, or change" }).count()) === 1, "a moderator may have a second factor");
});

test("whoever says no at the provider is signed out and told so in a sentence", { hosts, allowedStatuses: [422] }, async (page) => {
    await open(page, "/sign-in");
    await page.getByRole("link", { name: "Sign in with your account" }).click();
    await chooseAtProvider(page, "Nobody");
    await page.getByRole("alert").waitFor();
    check((await page.getByRole("alert").innerText()).startsWith("Signing in there did not work"), "the sentence");
    check((await page.locator(".reader").innerText()).includes("Sign in"), "still signed out");
    await picture(page, "sign-in-refused-by-provider");
});
