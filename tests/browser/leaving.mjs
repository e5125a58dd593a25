// What a reader does who wants their data, another address, or to leave.
import { readFileSync } from "node:fs";
import { check, open, openStory, picture, same, test } from "./harness.mjs";
import { checkAccessibility, checkWidth } from "./looks.mjs";
import { signUp } from "./readers.mjs";

async function followLetter(page, words) {
    await open(page, "/outgoing-mail");
    await page.locator(".letter", { hasText: words }).first().locator("a").first().click();
}

test("a reader downloads all that is kept about them", {}, async (page) => {
    const handle = await signUp(page);
    await open(page, "/account/data");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download for programs" }).click()]);
    const lines = readFileSync(await download.path(), "utf8").trim().split("\n").map((line) => JSON.parse(line));
    check(lines.some(({ kind, handle: of }) => kind === "account" && of === handle), "the account is in the file");
    same(download.suggestedFilename(), "my-data.jsonl", "the file's name");
});

test("a reader changes the address and takes it back by the letter to the old one", { scripts: false }, async (page) => {
    const handle = await signUp(page);
    await open(page, "/account");
    await page.getByLabel("New e-mail address").fill(`${handle}@new.example.org`);
    await page.locator('form[action="/account/email"]').getByLabel("Present password").fill("tern & tide");
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByRole("heading", { name: "A letter is on its way" }).waitFor();
    await followLetter(page, `${handle}@new.example.org`);
    await page.getByRole("button", { name: "Use this address" }).click();
    await page.getByText("Your address is changed.").waitFor();
    await followLetter(page, `${handle}@example.org`);
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByText("The address is yours again").waitFor();
    check((await page.locator(".reader").innerText()).includes("Sign in"), "everybody is signed out");
});

for (const [scheme, width] of [["light", 1280], ["dark", 320]])
    test(`a reader closes the account and thinks better of it, ${scheme} at ${width} px`, { scheme, width }, async (page) => {
        const handle = await signUp(page);
        await openStory(page, "cup tie");
        await open(page, "/account");
        await page.getByRole("link", { name: "Close the account and have it erased" }).click();
        await picture(page, `close-account-${scheme}-${width}`, true);
        await checkAccessibility(page);
        await checkWidth(page);
        await page.getByLabel("goes; where it was answered").check();
        await page.getByLabel("Present password").fill("tern & tide");
        await page.getByRole("button", { name: "Close the account" }).click();
        await page.getByRole("heading", { name: "Your account is closing" }).waitFor();
        await open(page, "/sign-in");
        await page.getByLabel("E-mail address").fill(`${handle}@example.org`);
        await page.getByLabel("Password").fill("tern & tide");
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.getByText("Your account stays.").waitFor();
    });
