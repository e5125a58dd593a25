// Times in the reader's own words and zone: "5 minutes ago" for a day, then the local date and hour. The server
// writes UTC; the exact moment stays in the title.
const units = [["second", 60], ["minute", 60], ["hour", 24]];

export function init(root, page = document.documentElement.lang || "en") {
    const language = navigator.languages.find((each) => each.split("-")[0] === page.split("-")[0]) ?? page;
    const digits = { numberingSystem: "latn" }; // those of the server's pages
    const near = new Intl.RelativeTimeFormat(language, { numeric: "auto", ...digits });
    const far = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", ...digits });

    function inWords(moment, now) {
        let distance = Math.round((moment - now) / 1000);
        for (const [unit, size] of units) {
            if (Math.abs(distance) < size) return near.format(distance, unit);
            distance = Math.round(distance / size);
        }
        return far.format(moment);
    }

    function write() {
        const now = Date.now();
        for (const time of root.querySelectorAll("time[data-moment]")) {
            const moment = new Date(time.dateTime);
            if (Number.isNaN(moment.getTime())) continue;
            time.textContent = inWords(moment, now);
            time.title = far.format(moment);
        }
    }

    write();
    setInterval(write, 60_000);
}

if (!import.meta.url.includes("embed")) init(document);
