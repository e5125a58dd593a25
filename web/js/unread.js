// What is new since the reader was here: the page says that it was seen, and the key N goes from one new comment to the
// next, in the order in which they came. A button turns the key off, for who speaks to their computer (WCAG 2.1.4).
const setting = "parley.key-n";
const fields = ".editor, input, textarea, select, [contenteditable]";

function isOff() {
    try {
        return localStorage.getItem(setting) === "off";
    } catch {
        return false; // no storage: the key works
    }
}

function turn(off) {
    try {
        if (off) localStorage.setItem(setting, "off");
        else localStorage.removeItem(setting);
    } catch {
        // no storage: the key stays as it is
    }
}

function saySeen(bar, until) {
    const body = new URLSearchParams(until ? { until } : {});
    fetch(bar.dataset.seen, { method: "POST", body, headers: { "Parley-Fragment": "1" }, keepalive: true }).catch(() => {});
}

function whenVisible(then) {
    if (!document.hidden) return then();
    document.addEventListener("visibilitychange", () => whenVisible(then), { once: true });
}

function keyButton(bar) {
    const button = document.createElement("button");
    const show = () => button.setAttribute("aria-pressed", String(!isOff()));
    button.type = "button";
    button.className = "act";
    button.textContent = bar.dataset.key;
    button.addEventListener("click", () => {
        turn(!isOff());
        show();
    });
    show();
    bar.append(button);
}

export function init(root) {
    const bar = root.querySelector(".unread[data-seen]");
    let reached = root.querySelector(".comment.is-focus.is-new");

    function goTo(link) {
        const comment = link.hash && link.pathname === location.pathname && root.getElementById(link.hash.slice(1));
        if (!comment) return void (location.href = link.href);
        for (let branch = comment.closest("details:not([open])"); branch; branch = branch.parentElement.closest("details:not([open])")) branch.open = true;
        comment.tabIndex = -1;
        comment.focus({ preventScroll: true });
        comment.scrollIntoView({ block: "center" });
        reached = comment;
    }

    function nextLink() {
        const focused = document.activeElement?.closest(".comment.is-new");
        if (focused) reached = focused;
        return (reached ?? bar)?.querySelector(".comment-head a.next-new, :scope > a.next-new");
    }

    document.addEventListener("keydown", (event) => {
        const isTyped = event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(fields);
        if (event.key !== "n" || isTyped || isOff()) return;
        const link = nextLink();
        if (!link) return;
        event.preventDefault();
        goTo(link);
    });
    root.addEventListener("click", (event) => {
        const link = event.target.closest("a.next-new");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        goTo(link);
    });
    if (!bar) return;
    if (bar.querySelector(".next-new")) keyButton(bar);
    whenVisible(() => saySeen(bar, bar.dataset.until));
    root.addEventListener("parley:comment", () => saySeen(bar));
}

init(document);
