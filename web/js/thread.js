// Voting, answering, changing and quoting without leaving the page. Every one of these is a form or a link that works by
// itself; here they are sent from the page ("Parley-Fragment: 1") and the piece that comes back takes its place.
// `root` is the document or the shadow root of an embedded thread; `ask` is fetch, or what brings a token along.
const fragment = { "Parley-Fragment": "1" };

async function send(ask, form, submitter, action = form.action) {
    const body = new URLSearchParams(new FormData(form, submitter));
    return ask(action, { method: "POST", body, headers: fragment });
}

// Whoever is not signed in goes there, and comes back; an embedded thread opens a window for it (`ask.signIn`).
function wentToSignIn(response, ask) {
    if (response.status !== 401) return false;
    if (ask.signIn) ask.signIn();
    else location.href = response.headers.get("Location") ?? "/sign-in";
    return true;
}

function elementOf(html) {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.firstElementChild;
}

// For whoever counts: events cross the border of a shadow root.
function tell(element, name, detail) {
    element.dispatchEvent(new CustomEvent(`parley:${name}`, { bubbles: true, composed: true, detail }));
}

function say(place, element) {
    place.parentElement.querySelector(":scope > .refusal")?.remove();
    place.after(element);
}

// Buttons that come back pressed or not: votes, follow, mute.
async function press(ask, form, submitter) {
    const place = [...form.querySelectorAll("button")].indexOf(submitter);
    const response = await send(ask, form, submitter);
    if (wentToSignIn(response, ask)) return;
    const element = elementOf(await response.text());
    if (!response.ok) return say(form.closest(".acts") ?? form, element);
    form.replaceWith(element);
    element.querySelectorAll("button")[place]?.focus();
    tell(element, "pressed", { name: submitter.name, value: submitter.value, comment: element.closest(".comment")?.id.slice(2) ?? null });
}

// What is typed is kept in this browser until it is posted.
const drafts = {
    read: (name) => { try { return localStorage.getItem(name) ?? ""; } catch { return ""; } },
    keep(name, text) {
        try {
            if (text) localStorage.setItem(name, text);
            else localStorage.removeItem(name);
        } catch {
            // no storage: the words are in the page alone
        }
    },
};

// [before, behind] for the marked words, or a prefix for each of their lines.
const tools = [["**", "**"], ["*", "*"], "> ", "- ", ["[", "](https://)"]];

function apply(area, tool) {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const chosen = value.slice(start, end);
    const lineStart = value.lastIndexOf("\n", start - 1) + 1;
    area.focus();
    if (typeof tool === "string") {
        area.setRangeText(value.slice(lineStart, end).replace(/^/gm, tool), lineStart, end, "end");
    } else {
        area.setRangeText(tool[0] + chosen + tool[1], start, end, "end");
        if (!chosen) area.selectionEnd = area.selectionStart = start + tool[0].length;
    }
    area.dispatchEvent(new Event("input", { bubbles: true }));
}

function toolbarOf(area) {
    const bar = document.createElement("div");
    bar.className = "toolbar";
    bar.role = "toolbar";
    area.dataset.toolbar.split("|").forEach((name, i) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = `act tool-${i}`;
        button.textContent = name;
        button.addEventListener("click", () => apply(area, tools[i]));
        bar.append(button);
    });
    return bar;
}

function prepare(form, ask) {
    const area = form.querySelector("textarea");
    const count = form.querySelector("[data-count]");
    const numbers = new Intl.NumberFormat(form.closest("[lang]")?.lang || "en", { numberingSystem: "latn" });
    const hint = count.textContent;
    const longest = Number(form.dataset.longest);
    if (!area.value) area.value = drafts.read(form.dataset.draft);
    if (!form.querySelector(".toolbar")) area.before(toolbarOf(area));
    const told = () => {
        const left = longest - [...area.value].length;
        count.textContent = left < longest / 10 ? count.dataset.count.replace("{n}", () => numbers.format(left)) : hint;
        count.classList.toggle("is-over", left < 0);
    };
    told();
    area.addEventListener("input", () => {
        drafts.keep(form.dataset.draft, area.value);
        told();
    });
    area.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const button = event.submitter ?? form.querySelector("button.button");
        const isPreview = button.hasAttribute("formaction");
        button.disabled = true;
        try {
            const response = await send(ask, form, null, isPreview ? form.dataset.preview : form.action);
            if (wentToSignIn(response, ask)) return;
            const element = elementOf(await response.text());
            if (response.ok && !isPreview) {
                drafts.keep(form.dataset.draft, "");
                place(form, element);
                tell(element, "comment-posted", { comment: element.id.slice(2) });
            } else if (element?.matches("form")) {
                form.replaceWith(element);
                prepare(element, ask);
                element.querySelector("textarea").focus();
            } else {
                say(area, element);
            }
        } catch {
            const told = document.createElement("p"); // no connection; the same key makes trying again safe
            told.className = "refusal";
            told.role = "alert";
            told.textContent = form.dataset.offline;
            say(area, told);
        } finally {
            button.disabled = false;
        }
    });
    form.querySelector(".cancel").addEventListener("click", (event) => {
        if (!form.closest(".thread, .replies, .the-comment, .ancestors")) return; // a page of its own: the link leads back
        event.preventDefault();
        close(form);
    });
}

function close(form) {
    const opener = form.opener;
    form.remove();
    if (opener) {
        opener.hidden = false;
        (opener.querySelector("a") ?? opener).focus?.();
    }
}

// Below what it answers when that is on the page, else first. False: there is no thread here.
function insert(root, comment, answered) {
    const parent = answered && root.getElementById(`c-${answered}`)?.closest("li");
    const holder = parent || root.querySelector(".thread");
    if (!holder) return false;
    const item = document.createElement("li");
    item.append(comment);
    let list = parent ? holder.querySelector(":scope > .comments, :scope > .branch > .comments") : holder.querySelector(":scope > .comments");
    if (!list) {
        list = document.createElement("ol");
        list.className = "comments";
        if (parent) holder.append(list);
        else holder.querySelector(".begin-writing").after(list);
    }
    if (parent) list.append(item);
    else list.prepend(item);
    root.querySelector(".thread-note.is-empty")?.remove();
    return true;
}

// The written comment: in the place of the one that was changed, below what it answers, or first.
function place(form, comment) {
    const root = form.getRootNode();
    const old = root.getElementById(comment.id);
    if (old) {
        old.replaceWith(comment);
        form.remove();
    } else {
        if (!insert(root, comment, form.querySelector('[name="to"]').value)) {
            location.href = `${comment.querySelector("a.moment").getAttribute("href")}#${comment.id}`;
            return;
        }
        close(form);
    }
    comment.tabIndex = -1;
    comment.focus({ preventScroll: true });
    comment.scrollIntoView({ block: "nearest" });
}

async function openEditor(ask, address, opener, behind) {
    const response = await ask(address, { headers: fragment });
    if (wentToSignIn(response, ask)) return;
    const element = elementOf(await response.text());
    if (!response.ok) return say(behind, element);
    const other = [...behind.getRootNode().querySelectorAll("form.editor")].find(({ dataset }) => dataset.draft === element.dataset.draft);
    if (other) close(other);
    element.opener = opener;
    behind.after(element);
    if (opener?.matches(".begin-writing")) opener.hidden = true;
    prepare(element, ask);
    element.querySelector("textarea").focus();
    element.scrollIntoView({ block: "nearest" });
}

// The words of a range as the server keeps them: paragraphs divided by an empty line, without our own marks in them.
function wordsOf(range) {
    const holder = document.createElement("div");
    holder.append(range.cloneContents());
    holder.querySelectorAll(".answers, .reader-note").forEach((mark) => mark.remove());
    holder.querySelectorAll("p, li, blockquote, pre").forEach((block) => block.after("\u2029"));
    return holder.textContent.replace(/\s*\u2029\s*/g, "\n\n").replace(/[^\S\n]+/g, " ");
}

function quoteOf(selection, root, storyText) {
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    const within = range.commonAncestorContainer;
    const element = within.closest ? within : within.parentElement;
    const text = element?.closest(`${storyText}, .comment .words`);
    if (!text || element.closest(".reader-note") || (!root.contains(text) && !text.matches(storyText))) return null;
    const before = range.cloneRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const behind = range.cloneRange();
    behind.selectNodeContents(text);
    behind.setStart(range.endContainer, range.endOffset);
    const exact = wordsOf(range).trim();
    const contextLength = 32;
    return exact && { exact, prefix: wordsOf(before).slice(-contextLength), suffix: wordsOf(behind).slice(0, contextLength), comment: text.closest(".comment"), range };
}

function offerQuotes(root, ask, thread) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quote-button";
    button.textContent = thread.dataset.quote;
    button.hidden = true;
    const note = document.createElement("a"); // a page of its own: a note takes longer than an answer
    note.className = "note-button";
    note.textContent = thread.dataset.note;
    note.hidden = true;
    if (import.meta.url.includes("embed")) note.target = "_blank";
    thread.append(button, note);
    let quote = null;
    let timer = 0;
    document.addEventListener("selectionchange", () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            const inside = root.getSelection?.();
            const selection = inside && !inside.isCollapsed ? inside : document.getSelection();
            quote = quoteOf(selection, root, thread.dataset.storyText ?? ".story-text");
            button.hidden = note.hidden = !quote;
            if (!quote) return;
            const box = quote.range.getBoundingClientRect();
            const frame = button.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
            button.style.insetBlockStart = `${box.bottom - frame.top + 8}px`; // below, where a finger does not cover it
            button.style.left = `${Math.max(8, Math.min(box.left, innerWidth - button.offsetWidth - 16)) - frame.left}px`;
            const about = quote.comment ? { on: quote.comment.id.slice(2) } : { quote: quote.exact, quote_prefix: quote.prefix, quote_suffix: quote.suffix };
            note.href = new URL(`${thread.dataset.noteWrite}?${new URLSearchParams(about)}`, import.meta.url).href;
            note.style.insetBlockStart = `${box.bottom - frame.top + 12 + button.offsetHeight}px`;
            note.style.left = button.style.left;
        }, 150);
    });
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => {
        const number = quote.comment?.id.slice(2) ?? "";
        const words = new URLSearchParams({ quote: quote.exact, quote_prefix: quote.prefix, quote_suffix: quote.suffix, quoted: number, to: number });
        const opener = thread.querySelector(".begin-writing");
        const behind = quote.comment ? quote.comment.querySelector(".acts") : opener;
        button.hidden = note.hidden = true;
        openEditor(ask, `${thread.dataset.write}?${words}`, quote.comment ? null : opener, behind);
    });
}

export function init(root, ask = (address, options) => fetch(address, options)) {
    root.addEventListener("submit", (event) => {
        if (!event.target.matches(".votes, .toggle")) return;
        event.preventDefault();
        press(ask, event.target, event.submitter);
    });
    root.addEventListener("click", (event) => {
        const link = event.target.closest("a.answer, a.edit, .begin-writing a");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const opener = link.closest(".begin-writing") ?? link;
        openEditor(ask, link.getAttribute("href"), opener, link.closest(".acts") ?? opener);
    });
    root.addEventListener("parley:comment", ({ detail }) => insert(root, detail.comment, detail.parent));
    root.querySelectorAll("form.editor").forEach((form) => prepare(form, ask));
    const thread = root.querySelector("[data-write]");
    if (thread) offerQuotes(root, ask, thread);
}

if (!import.meta.url.includes("embed")) init(document);
