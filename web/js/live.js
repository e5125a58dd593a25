// While a story is open: "3 new comments" waits at its head until the reader wants them, so that nothing moves under their
// eyes; changed words and what was taken away are put right in place. Silent on hidden tabs, and where nothing has
// happened for long. Without EventSource, or without a connection, the page stays as it is.
const quietMilliseconds = 30 * 60_000;
const fetchedMax = 40; // beyond it the page is read anew

export function init(root, ask = (address, options) => fetch(address, options), openEvents = (address) => new EventSource(address)) {
    const thread = root.querySelector("[data-live]");
    if (!thread) return;
    const story = thread.dataset.write.replace(/\/write$/, "");
    const forms = new Map(thread.dataset.new.split("|").map((form) => form.split(/=(.*)/s)));
    const language = thread.closest("[lang]")?.lang || "en";
    const plural = new Intl.PluralRules(language);
    const number = new Intl.NumberFormat(language, { numberingSystem: "latn" }); // the digits of the server's pages
    const waiting = new Map(); // number of a new comment -> that of what it answers
    let events = null;
    let after = thread.dataset.live;
    let quietTimer = 0;

    const button = document.createElement("button");
    button.type = "button";
    button.className = "new-comments";
    button.hidden = true;
    const holder = document.createElement("p");
    holder.setAttribute("role", "status");
    holder.append(button);
    thread.querySelector(".thread-head").after(holder);

    const find = (number) => root.getElementById(`c-${number}`);

    function count() {
        for (const number of waiting.keys()) if (find(number)) waiting.delete(number); // one's own
        button.hidden = waiting.size === 0;
        const words = forms.get(plural.select(waiting.size)) ?? forms.get("other");
        button.textContent = words.replace("{n}", number.format(waiting.size));
    }

    async function fetchComment(number) {
        const response = await ask(`${story}/c/${number}/fragment`, { cache: "no-cache" });
        if (!response.ok) return null;
        const template = document.createElement("template");
        template.innerHTML = await response.text();
        return template.content.firstElementChild;
    }

    async function show() {
        if (waiting.size > fetchedMax) return location.reload();
        button.hidden = true;
        const numbers = [...waiting].sort(([a], [b]) => a - b);
        waiting.clear();
        for (const [number, parent] of numbers) {
            const comment = !find(number) && (await fetchComment(number));
            if (comment) root.dispatchEvent(new CustomEvent("parley:comment", { detail: { comment, parent } }));
        }
        const first = numbers.map(([number]) => find(number)).find((comment) => comment);
        if (!first) return;
        first.tabIndex = -1;
        first.focus({ preventScroll: true });
        first.scrollIntoView({ block: "nearest" });
    }
    button.addEventListener("click", show);

    async function refresh(number, isGone) {
        const old = find(number);
        if (!old || old.querySelector("form.editor")) return;
        const item = old.closest("li");
        if (isGone && item && !item.querySelector(".comments")) return item.remove(); // no answers: no place stays
        const comment = await fetchComment(number);
        if (comment) old.replaceWith(comment.matches("details") && old.closest("details.muted") ? comment.querySelector(".comment") : comment);
    }

    function hear(event) {
        after = `${thread.dataset.live.split("?")[0]}?after=${event.lastEventId}`;
        stayAwake();
        const { id, parent } = JSON.parse(event.data);
        if (event.type === "comment") waiting.set(id, parent);
        if (event.type === "reload") waiting.set(0, null);
        if (event.type === "gone") waiting.delete(id);
        if (event.type === "gone" || event.type === "changed") refresh(id, event.type === "gone");
        setTimeout(count, 300); // one's own comment is put on the page by its own answer
    }

    function stayAwake() {
        clearTimeout(quietTimer);
        quietTimer = setTimeout(close, quietMilliseconds);
    }

    function close() {
        events?.close();
        events = null;
    }

    function listen() {
        if (document.hidden || events) return;
        events = openEvents(after);
        for (const type of ["comment", "changed", "gone", "thread", "reload"]) events.addEventListener(type, hear);
        stayAwake();
    }

    document.addEventListener("visibilitychange", () => (document.hidden ? close() : listen()));
    addEventListener("focus", listen);
    listen();
}

if (!import.meta.url.includes("embed") && "EventSource" in globalThis) init(document);
