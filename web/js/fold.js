// Branches that a reader folded stay folded when the page is read again. Kept in this browser only, the latest
// 200 of them.
const key = "parley.folded";
const foldedMax = 200;

function read() {
    try {
        const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
        return new Set(Array.isArray(kept) ? kept : []);
    } catch {
        return new Set(); // no storage, or someone else's words in it: nothing was folded
    }
}

function keep(folded) {
    try {
        localStorage.setItem(key, JSON.stringify([...folded].slice(-foldedMax)));
    } catch {
        // storage is full or forbidden: folding works, it is only not remembered
    }
}

export function init(root) {
    const branches = root.querySelectorAll("details[data-fold]");
    const folded = read();
    const target = location.hash ? root.getElementById(location.hash.slice(1)) : null;
    for (const branch of branches)
        if (folded.has(branch.dataset.fold) && !branch.contains(target)) branch.open = false;

    for (const branch of branches)
        branch.addEventListener("toggle", () => {
            const now = read();
            now.delete(branch.dataset.fold);
            if (!branch.open) now.add(branch.dataset.fold);
            keep(now);
        });
}

if (!import.meta.url.includes("embed")) init(document);
