// A reader's whole stay, from the front page to the closed account, with scripts and without; and with the keyboard alone.
import { address, check, open, openStory, same, test } from "./harness.mjs";
import { signUp } from "./readers.mjs";

const story = "Signed in 1951";

async function write(page, words) {
    await page.locator("form.editor textarea").fill(words);
    await page.getByRole("button", { name: "Post" }).click();
    await page.locator("article.comment", { hasText: words.split("\n").at(-1) }).first().waitFor();
}

// Waits for what a worker does some seconds later.
async function appears(page, path, locator) {
    for (let tries = 0; tries < 40; tries += 1) {
        await open(page, path);
        if ((await locator.count()) > 0) return;
        await page.waitForTimeout(500);
    }
    throw new Error(`nothing came to ${path}`);
}

const pressed = (comment, name) => comment.locator("button[aria-pressed]", { hasText: name });

for (const scripts of [true, false])
    test(`a whole stay, ${scripts ? "with scripts" : "without scripts"}`, { scripts }, async (page) => {
        const second = await page.context().browser().newContext({ javaScriptEnabled: scripts });
        const other = await second.newPage();
        await openStory(page, story); // as a guest
        const path = new URL(page.url()).pathname;
        const words = (await page.locator(".story-text p").nth(1).innerText()).split(" ").slice(1, 8).join(" ");
        check((await page.locator("article.comment").count()) > 5, "a guest reads no comments");

        const handle = await signUp(page);
        await open(page, `${path}/write`);
        await write(page, `re: "${words}"\n\nThat is what they signed, says ${handle}.`);
        const mine = page.locator("article.comment", { hasText: `says ${handle}` }).first();
        same(await mine.locator(".quote blockquote").innerText(), words, "the quote");
        const number = (await mine.getAttribute("id")).slice(2);

        const rival = await signUp(other);
        await open(other, `${path}/write?to=${number}`);
        await write(other, `I read it otherwise, says ${rival}.`);
        await appears(page, "/bell", page.getByText(`${rival} answered you`));
        await page.getByText(`${rival} answered you`).click();
        const answer = page.locator("article.comment.is-focus");
        check((await answer.innerText()).includes("otherwise"), "the bell leads elsewhere");
        await answer.getByRole("button", { name: "Disagree" }).click();
        await pressed(answer, "Disagree").waitFor();
        await answer.getByRole("button", { name: "Worth reading" }).click();
        await pressed(answer, "Worth reading").waitFor();
        same(await pressed(answer, "Disagree").count(), 1, "the stance after the other vote");

        await open(page, `${path}/c/${number}`);
        await page.locator(".the-comment").getByRole("link", { name: "Edit" }).click();
        await page.locator("form.editor textarea").fill(`re: "${words}"\n\nPut better, says ${handle}.`);
        await page.getByRole("button", { name: "Save" }).click();
        await page.locator("article.comment", { hasText: "Put better" }).first().waitFor();
        same(await page.locator("article.comment", { hasText: "Put better" }).first().locator(".quote blockquote").innerText(), words, "the quote after the change");

        await appears(page, "/outgoing-mail", page.locator(".letter", { hasText: `${handle}@example.org` }).filter({ hasText: "What is new for you" }));
        await page.locator(".letter", { hasText: `${handle}@example.org` }).filter({ hasText: "What is new for you" }).first().locator("a[href*='unsubscribe']").click();
        await page.getByRole("button", { name: "Unsubscribe" }).click();
        await open(page, "/account");
        same(await page.locator("select[name=pace]").inputValue(), "never", "mail after unsubscribing");

        await open(page, `/p/${rival}`);
        await page.getByRole("button", { name: "Mute" }).click();
        await page.getByRole("button", { name: "Muted" }).waitFor();
        await open(page, `${path}/c/${number}`);
        const folded = page.locator("details.muted", { hasText: "A comment of somebody you muted" }).first();
        await folded.waitFor();
        check(!(await folded.locator("article.comment").first().isVisible()), "what is muted is read all the same");

        await open(page, `${path}/c/${number}/withdraw`);
        await page.getByRole("button", { name: "Withdraw it" }).click();
        await open(page, `${path}/c/${number}`);
        check((await page.locator(".the-comment").innerText()).includes("Withdrawn by its author."), "no line stays where it was answered");

        await open(page, "/account/data");
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download to read" }).click()]);
        check(download.suggestedFilename().endsWith(".html"), "the readable file");

        await open(page, "/account");
        await page.getByRole("link", { name: "Close the account and have it erased" }).click();
        await page.getByLabel("Present password").fill("tern & tide");
        await page.getByRole("button", { name: "Close the account" }).click();
        await page.getByRole("heading", { name: "Your account is closing" }).waitFor();
        await open(page, "/");
        check((await page.locator(".reader").innerText()).includes("Sign in"), "who closed the account is still signed in");
        await second.close();
    });

// Presses Tab until the focus is on the control of this name; only what the keyboard reaches is found.
async function reach(page, name, { within = "body", key = "Tab" } = {}) {
    for (let steps = 0; steps < 400; steps += 1) {
        await page.keyboard.press(key);
        const found = await page.evaluate(([wanted, place]) => {
            const element = document.activeElement;
            const own = element.labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent;
            return element.closest(place) !== null && own.trim().startsWith(wanted);
        }, [name, within]);
        if (found) return;
    }
    throw new Error(`the keyboard does not reach “${name}”`);
}

test("a stay with the keyboard alone", {}, async (page) => {
    const handle = `keys${Date.now() % 1_000_000}`;
    await open(page, "/");
    await reach(page, "Sign in");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/sign-in/);
    await reach(page, "I have no account yet");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/sign-up/);
    for (const [label, text] of [["Name", handle], ["E-mail address", `${handle}@example.org`], ["Password", "tern & tide"]]) {
        await reach(page, label, { within: "form" });
        await page.keyboard.type(text);
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "A letter is on its way" }).waitFor();
    await open(page, "/outgoing-mail");
    await reach(page, address, { within: `.letter` });
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Finish signing up" }).waitFor();
    await reach(page, "Finish signing up");
    await page.keyboard.press("Enter");
    await page.locator(".reader", { hasText: handle }).waitFor();

    await openStory(page, "Eleven days shut");
    const path = new URL(page.url()).pathname;
    await reach(page, "Agree", { within: ".votes" });
    await page.keyboard.press("Space");
    await page.locator("button[aria-pressed]:focus", { hasText: "Agree" }).waitFor();
    await reach(page, "Answer", { within: ".acts" });
    await page.keyboard.press("Enter");
    await page.locator("form.editor textarea:focus").waitFor();
    await page.keyboard.type(`By keys alone, says ${handle}.`);
    await reach(page, "Post");
    await page.keyboard.press("Enter");
    await page.locator("article.comment:focus", { hasText: `says ${handle}` }).waitFor();
    await reach(page, "Edit");
    await page.keyboard.press("Enter");
    await page.locator("form.editor textarea:focus").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(`Changed by keys, says ${handle}.`);
    await page.keyboard.press("Control+Enter");
    await page.locator("article.comment:focus", { hasText: "Changed by keys" }).waitFor();
    await reach(page, "Withdraw");
    await page.keyboard.press("Enter");
    await page.waitForURL(/withdraw/);
    await reach(page, "Withdraw it");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === path);
    same(await page.locator("article.comment", { hasText: `says ${handle}` }).count(), 0, "the withdrawn comment");
});
