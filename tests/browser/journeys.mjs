// What a guest does, with scripts and without.
import { address, check, commentIds, open, openStory, same, test } from "./harness.mjs";
import { longest, stories } from "./newsroom.mjs";

for (const scripts of [true, false]) {
    const mode = scripts ? "with scripts" : "without scripts";
    const settings = { scripts };

    test(`the front page shows every story and both running affairs, ${mode}`, settings, async (page) => {
        await open(page, "/");
        const shown = (await page.locator("main h3, main h2").allInnerTexts()).join("\n");
        for (const { headline } of stories) check(shown.includes(headline), `the front page lacks “${headline}”`);
        same(await page.locator(".affairs h3").count(), 2, "running affairs");
    });

    test(`a story is read from the front page, in three orders, ${mode}`, settings, async (page) => {
        await openStory(page, "Tern sails again");
        check((await page.locator(".story-text p").count()) >= 6, "the story has fewer than six paragraphs");
        check(await page.locator(".corrections").isVisible(), "the correction is not shown");
        check((await page.locator(".credit").innerText()).includes("Northlight Wire"), "the credit line is missing");
        await open(page, `${new URL(page.url()).pathname}?order=newest`); // without a word it may be common ground
        const newest = await commentIds(page);
        await page.locator(".orders a", { hasText: "Oldest" }).click();
        await page.waitForURL(/order=oldest/);
        const oldest = await commentIds(page);
        await page.locator(".orders a", { hasText: "Most replied" }).click();
        await page.waitForURL(/order=most-replied/);
        const mostReplied = await commentIds(page);
        same(oldest[0], "c-1", "the first comment in the oldest order");
        check(newest[0] !== oldest[0] && mostReplied.join() !== oldest.join(), "the orders do not differ");
        await page.locator(".orders a", { hasText: "Newest" }).click();
        await page.waitForURL(/order=newest/);
        same(await commentIds(page), newest, "newest, again");
    });

    test(`a branch is folded and unfolded by mouse and by key, ${mode}`, settings, async (page) => {
        await openStory(page, "Eleven days shut");
        const branch = page.locator("details.branch").first();
        const reply = branch.locator("article.comment").first();
        const handle = branch.locator("> summary");
        check(await reply.isVisible(), "replies are not shown at first");
        await handle.click();
        check(!(await reply.isVisible()), "a folded branch still shows its replies");
        if (scripts) {
            await page.waitForTimeout(100); // the toggle event comes with the next frame
            await page.reload();
            check(!(await reply.isVisible()), "a folded branch opened itself when the page was read again");
        }
        await handle.focus();
        await page.keyboard.press("Enter");
        check(await reply.isVisible(), "the Enter key does not unfold");
    });

    test(`a quote leads to its words in the story, and the words to who answers them, ${mode}`, settings, async (page) => {
        await openStory(page, "Eleven days shut");
        const quote = page.locator(".comment .quote", { hasText: "There was no choice and there was no delay" }).first();
        await quote.locator("figcaption a").click();
        const place = page.locator(".story mark.quoted:target");
        await place.waitFor();
        check((await place.innerText()).includes("There was no choice"), "the quote leads to other words");
        await page.locator(".story .answers").first().click();
        await page.waitForFunction(() => location.hash.length > 1);
        check(await page.evaluate(() => document.getElementById(location.hash.slice(1)) !== null), "the way from the words leads nowhere");
    });

    test(`a quoted comment names who quotes it, and both ways are links, ${mode}`, settings, async (page) => {
        await openStory(page, "Eleven days shut");
        await page.locator(".orders a", { hasText: "Oldest" }).click();
        await page.waitForURL(/order=oldest/);
        const quoted = page.locator(".comment", { has: page.locator(".quoted-in a") }).first();
        const id = await quoted.getAttribute("id");
        await quoted.locator(".quoted-in a").first().click();
        const answer = page.locator(".comment:target, .comment.is-focus").first();
        await answer.waitFor();
        const back = await answer.locator(".quote figcaption a").first().getAttribute("href");
        check(back.endsWith(id) || back.endsWith(`/${id.slice(2)}`), `the answer's quote leads to ${back}, not to ${id}`);
    });

    test(`a permalink shows a deep comment with those above it, ${mode}`, settings, async (page) => {
        await openStory(page, "Eleven days shut");
        await page.locator(".orders a", { hasText: "Oldest" }).click();
        await page.waitForURL(/order=oldest/);
        await page.locator(".comment", { hasText: "He died in 2017" }).locator("a.moment").click();
        await page.waitForURL(/\/s\/\d+\/c\/\d+/);
        check((await page.locator(".ancestors .comment").count()) >= 4, "the comments above are not shown");
        check(await page.locator(".comment.is-focus, .the-comment .comment").first().isVisible(), "the comment itself is not shown");
        await page.locator(".way-back a").last().click();
        await page.locator("article.story h1").waitFor();
    });

    test(`a writer's page lists what they wrote, newest first, ${mode}`, settings, async (page) => {
        await openStory(page, "Last boat to Tolm");
        await page.locator(".writer a", { hasText: "Oren Dask" }).first().click();
        await page.waitForURL(/\/p\//);
        same(await page.locator("h1").innerText(), "Oren Dask", "the name");
        const moments = await page.locator(".written time").evaluateAll((times) => times.map((time) => time.dateTime));
        check(moments.length >= 5, "too few comments");
        same(moments, [...moments].sort().reverse(), "their order");
        await page.locator(".on-story a").first().click();
        await page.locator("article.story h1, .the-comment").first().waitFor();
    });

    test(`a running affair lists its stories in the order they were published, ${mode}`, settings, async (page) => {
        await open(page, "/");
        await page.locator(".affairs h3 a", { hasText: "The Tolm ferry" }).click();
        await page.waitForURL(/\/storyline\/tolm-ferry/);
        await page.locator(".timeline h3").first().waitFor();
        const headlines = await page.locator(".timeline h3").allInnerTexts();
        same(headlines.map((text) => text.trim()),
            stories.filter(({ storyline }) => storyline === "tolm-ferry").map(({ headline }) => headline), "the stories");
        await page.locator(".timeline h3 a").first().click();
        check((await page.locator(".affair li").count()) === 3, "the story does not name the others of its affair");
    });
}

test("every comment of the long thread is reached once, page by page, without scripts", { scripts: false }, async (page) => {
    await openStory(page, longest.headline);
    await page.locator(".orders a", { hasText: "Oldest" }).click();
    await page.waitForURL(/order=oldest/);
    const seen = new Map();
    const branches = [];
    for (let number = 1; ; number += 1) {
        check(number < 100, "the pages have no end");
        for (const id of await commentIds(page)) {
            check(!seen.has(id), `comment ${id} stands on page ${seen.get(id)} and on page ${number}`);
            seen.set(id, number);
        }
        branches.push(...(await page.locator(".more a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))));
        const next = page.locator(".pager .next");
        if ((await next.count()) === 0) break;
        await next.click();
        await page.waitForLoadState();
    }
    // The rest of long branches stands on pages of their own.
    const followed = new Set();
    while (branches.length > 0) {
        const path = branches.pop();
        if (followed.has(path)) continue;
        followed.add(path);
        await open(page, path);
        for (const id of await commentIds(page)) seen.set(id, path);
        branches.push(...(await page.locator(".more a, .pager .next").evaluateAll((links) => links.map((link) => link.getAttribute("href")))));
    }
    await open(page, "/");
    check(seen.size >= longest.visible, `${seen.size} comments were reached of ${longest.visible}`);
    check(seen.size <= longest.comments, `${seen.size} comments were reached, but there are only ${longest.comments}`);
});

test("every page back leads to the same page as it came from", {}, async (page) => {
    await openStory(page, longest.headline);
    const first = await commentIds(page);
    await page.locator(".pager .next").click();
    await page.waitForURL(/after=/);
    const second = await commentIds(page);
    check(second.every((id) => !first.includes(id)), "the second page repeats the first");
    await page.locator(".pager .previous").click();
    await page.waitForFunction((id) => document.querySelector("article.comment")?.id === id, first[0]);
    same(await commentIds(page), first, "the first page, reached from the second");
});

test("a comment that was removed or withdrawn leaves a place only where others answer it", {}, async (page) => {
    await openStory(page, "Eleven days shut");
    await page.locator(".orders a", { hasText: "Oldest" }).click();
    await page.waitForURL(/order=oldest/);
    const text = await page.locator("#comments").innerText();
    check(!text.includes("drown in their own lake"), "a removed comment is still read");
    check(text.includes("not like this, not here"), "the answer to a removed comment is lost");
    check(!text.includes("bestpumps4u"), "a held comment is shown");
    same(await page.locator(".comment.is-gone").count(), 1, "places of comments that are gone");
});

test("an address that leads nowhere answers 404 with a page that helps", { allowedStatuses: [404] }, async (page) => {
    for (const path of ["/s/999999", "/s/1/c/999", "/p/nobody-of-this-name", "/storyline/none", "/no/such/page"]) {
        const response = await open(page, path);
        same(response.status(), 404, path);
        check(await page.locator("main h1").isVisible(), `${path} has no headline`);
        check((await page.locator('main a[href="/"]').count()) > 0, `${path} leads nowhere`);
    }
});

test("pages are guarded by a strict content security policy", {}, async (page) => {
    for (const path of ["/", "/s/1"]) {
        const policy = (await open(page, path)).headers()["content-security-policy"] ?? "";
        check(/default-src 'none'|default-src 'self'/.test(policy), `${path}: the policy is “${policy}”`);
        check(!/unsafe-inline|unsafe-eval|\*/.test(policy), `${path}: the policy allows too much: “${policy}”`);
        check(/frame-ancestors/.test(policy) && /base-uri/.test(policy) && /form-action/.test(policy), `${path}: “${policy}”`);
    }
});

test("times are told in the reader's words when scripts run", {}, async (page) => {
    await openStory(page, "cup tie");
    const moment = page.locator(".particulars time[data-moment]").first();
    check(!(await moment.innerText()).includes("UTC"), "the time is still the server's");
    check((await moment.getAttribute("title")) !== null, "the exact moment is not in the title");
    same(new URL(page.url()).origin, address, "the origin");
});
