// The second factor of staff, with an authenticator app of our own: the codes of RFC 6238 from the secret that is shown.
import { createHmac } from "node:crypto";
import { open, picture, same, test } from "./harness.mjs";
import { checkAccessibility, checkWidth } from "./looks.mjs";

function bytesOfBase32(text) {
    const bits = [...text.replace(/ /g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
    return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

function codeOf(secret, stepsLater) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsLater));
    const mac = createHmac("sha1", bytesOfBase32(secret)).update(counter).digest();
    return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function signIn(page) {
    await open(page, "/sign-in");
    await page.getByLabel("E-mail address").fill(process.env.PARLEY_STAFF);
    await page.getByLabel("Password").fill(process.env.PARLEY_STAFF_PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("staff set up a second factor, are asked for it and take it out of use", {}, async (page) => {
    const look = async (name) => {
        for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 320]]) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize({ width, height: 900 });
            await picture(page, `second-factor-${name}-${colorScheme}-${width}`, true);
            await checkAccessibility(page);
            await checkWidth(page);
        }
    };
    await signIn(page);
    await open(page, "/account/second-factor");
    await page.getByRole("button", { name: "Begin", exact: true }).click();
    const secret = await page.locator(".secret").innerText();
    await look("begun");
    await page.getByLabel("Code of the app").fill(codeOf(secret, -1));
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByRole("heading", { name: "Recovery codes" }).waitFor();
    same(await page.locator(".recovery-codes li").count(), 10, "recovery codes");
    const recovery = await page.locator(".recovery-codes li").first().innerText();
    await look("recovery-codes");
    await open(page, "/account");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await signIn(page);
    await page.getByRole("heading", { name: "One more code" }).waitFor();
    await look("asked");
    await page.getByLabel("Code of the app").fill(codeOf(secret, 0));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname === "/");
    await open(page, "/account/second-factor");
    await look("in-use");
    await page.getByLabel("or a recovery code").fill(recovery);
    await page.getByRole("button", { name: "Take out of use" }).click();
    await page.getByRole("button", { name: "Begin", exact: true }).waitFor();
});
