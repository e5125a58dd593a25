// The mark behind quoted words opens the comments that quote them: beside the passage where there is room, below its
// paragraph elsewhere. Without this script the mark is a link to them. Escape closes; the focus comes back to the mark.
const shownMax = 8; // all of them stand in the margin, or with the story's comments

async function quoting(root, story, number) {
    const here = root.getElementById(`c-${number}`);
    if (here) return (here.closest("details.muted") ?? here).cloneNode(true);
    const response = await fetch(`${story}/c/${number}/fragment`, { headers: { "Parley-Fragment": "1" } });
    if (!response.ok) return null;
    const template = document.createElement("template");
    template.innerHTML = (await response.text()).trim();
    return template.content.firstElementChild;
}

// As it is read here: under no id that the comment itself has, and with nothing to press but the way to it.
function excerptOf(element, root) {
    const comment = element.matches(".comment") ? element : element.querySelector(".comment");
    const isOnPage = root.getElementById(comment.id) !== null;
    comment.querySelectorAll(".acts, .quote, .quoted-in, .next-new, .answers-to, form").forEach((part) => part.remove());
    if (isOnPage) comment.querySelector("a.moment").href = `#${comment.id}`;
    comment.setAttribute("aria-label", comment.querySelector(".writer").textContent);
    comment.removeAttribute("aria-labelledby");
    [comment, ...comment.querySelectorAll("[id]")].forEach((part) => part.removeAttribute("id"));
    element.querySelectorAll(".branch").forEach((branch) => branch.remove()); // of one that is folded away with its answers
    return element;
}

function panelFor(mark, closeWords) {
    const panel = document.createElement("section");
    panel.className = "quoting";
    panel.tabIndex = -1;
    panel.dir = getComputedStyle(document.documentElement).direction;
    panel.lang = document.documentElement.lang;
    panel.setAttribute("aria-label", mark.querySelector(".unseen").textContent.replace(/^[\s(]+|[\s)]+$/g, ""));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "act close";
    button.textContent = closeWords;
    panel.append(button);
    return panel;
}

export function init(root) {
    const text = root.querySelector(".story-text[data-close]");
    if (!text) return;
    let open = null; // { mark, panel }

    function close({ focus }) {
        if (!open) return;
        const { mark, panel } = open;
        open = null;
        panel.remove();
        mark.setAttribute("aria-expanded", "false");
        if (focus) mark.focus({ preventScroll: true });
    }

    async function show(mark) {
        const panel = panelFor(mark, text.dataset.close);
        open = { mark, panel };
        mark.setAttribute("aria-expanded", "true");
        const numbers = mark.dataset.by.split(" ").slice(0, shownMax);
        const elements = await Promise.all(numbers.map((number) => quoting(root, text.dataset.story, number).catch(() => null)));
        if (open?.panel !== panel) return;
        const found = elements.filter((element) => element);
        if (found.length === 0) return void (location.href = mark.href); // no connection: the link as it is
        panel.prepend(...found.map((element) => excerptOf(element, root)));
        const paragraph = mark.closest("p");
        panel.style.setProperty("--beside", `${mark.getBoundingClientRect().top - text.getBoundingClientRect().top}px`);
        paragraph.after(panel);
        panel.focus({ preventScroll: true });
        panel.scrollIntoView({ block: "nearest" });
    }

    function press(mark) {
        const isOpen = open?.mark === mark;
        close({ focus: isOpen });
        if (!isOpen) show(mark);
    }

    for (const mark of text.querySelectorAll("a.answers[data-by]")) {
        mark.setAttribute("role", "button");
        mark.setAttribute("aria-expanded", "false");
    }
    text.addEventListener("click", (event) => {
        if (event.target.closest(".quoting .close")) return close({ focus: true });
        if (event.target.closest(".quoting a.moment[href^='#']")) return close({ focus: false });
        const mark = event.target.closest("a.answers[data-by]");
        if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        press(mark);
    });
    text.addEventListener("keydown", (event) => {
        const mark = event.target.closest("a.answers[data-by]");
        if (event.key === "Escape") close({ focus: true });
        if (event.key !== " " || !mark) return;
        event.preventDefault(); // what is called a button opens by the space bar too
        press(mark);
    });
}

init(document);
