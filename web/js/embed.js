// <parley-thread story-url="https://www.example.org/news/4711"></parley-thread>: the discussion of that story, in a shadow
// root of a newspaper's own page. Attributes, events, parts and custom properties: docs/embedding.md. Scripts and style
// come when the thread comes near the viewport; nothing is asked of any other host.
//
// Elements with data-parley-count="ADDRESS" get the number of comments there, all of them in one request.
(() => {
    const script = document.currentScript ?? document.querySelector('script[src$="/embed.js"]');
    const home = new URL(script.src).origin;
    const ownAddresses = / (href|action|formaction|data-preview|data-write|data-live)="\/(?!\/)/g;
    const countsMax = 100;

    const hostStyle = new CSSStyleSheet();
    hostStyle.replaceSync(":host{display:block;min-block-size:var(--parley-min-height,20rem)}:host([hidden]){display:none}");

    const meta = (selector, name) => document.querySelector(selector)?.[name];

    class ParleyThread extends HTMLElement {
        #token = null; // of a session begun in a window or with the publisher's token: in memory only
        #events = null;
        #box = null; // holds the shadow root of what is shown now

        connectedCallback() {
            if (this.shadowRoot) return;
            const root = this.attachShadow({ mode: "open" });
            root.adoptedStyleSheets = [hostStyle];
            root.append(document.createElement("slot")); // what the page has in it stays until there is more
            const watch = new IntersectionObserver((entries) => {
                if (!entries.some((entry) => entry.isIntersecting)) return;
                watch.disconnect();
                this.#begin();
            }, { rootMargin: "600px" });
            watch.observe(this);
        }

        disconnectedCallback() {
            this.#events?.close();
        }

        // Signs the reader in with the publisher's token (docs/single-sign-on.md). False: it is not good.
        async signInWithToken(token) {
            const options = { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ token }) };
            const response = await fetch(`${home}/sign-in/token`, options);
            this.#token = response.ok ? (await response.json()).token : null;
            if (this.#box) await this.#load();
            return response.ok;
        }

        async #begin() {
            const token = this.getAttribute("token");
            if (token) await this.signInWithToken(token);
            await this.#load();
        }

        #story() {
            const address = new URL(this.getAttribute("story-url") ?? meta('link[rel="canonical"]', "href") ?? location.href, location.href);
            address.hash = "";
            const headline = this.getAttribute("headline") ?? meta('meta[property="og:title"]', "content") ?? document.title;
            return { "story-url": address.href, headline, language: document.documentElement.lang };
        }

        #asker() {
            const ask = async (address, options = {}) => {
                const headers = new Headers(options.headers);
                if (this.#token) headers.set("Authorization", `Bearer ${this.#token}`);
                const response = await fetch(new URL(address, home), { credentials: "include", ...options, headers });
                const { ok, status } = response;
                const text = async () => (await response.text()).replace(ownAddresses, ` $1="${home}/`);
                return { ok, status, headers: response.headers, text };
            };
            ask.signIn = () => this.#signIn();
            return ask;
        }

        async #load(choice = new URLSearchParams()) {
            const ask = this.#asker();
            const story = this.#story();
            choice.set("story-url", story["story-url"]);
            choice.set("as", "fragment");
            try {
                let response = await ask(`/embed?${choice}`);
                if (response.status === 404) response = await ask("/embed", { method: "POST", body: new URLSearchParams(story) });
                if (!response.ok) throw new Error(`${response.status} ${response.headers.get("X-Request-Id") ?? ""}`);
                await this.#show(await response.text(), ask);
            } catch (problem) {
                this.#tell("failed", { message: problem.message }); // the page goes on without, with what it has in the element
            }
        }

        async #show(html, ask) {
            const box = document.createElement("div");
            box.setAttribute("exportparts", "discussion, thread, thread-head, comment, comment-head, words, button, editor, foot");
            box.hidden = true;
            const root = box.attachShadow({ mode: "open" });
            root.innerHTML = html;
            const discussion = root.querySelector(".discussion");
            if (this.hasAttribute("theme")) discussion.style.colorScheme = this.getAttribute("theme");
            const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
            if (size < 14) discussion.style.zoom = 16 / size; // pages that count in tenths of the usual size
            const thread = root.querySelector(".thread");
            if (this.hasAttribute("story-text")) thread.dataset.storyText = this.getAttribute("story-text");
            for (const link of root.querySelectorAll("a[href]")) if (!this.#staysHere(link)) link.target = "_blank";
            const styled = [...root.querySelectorAll('link[rel="stylesheet"]')].map((style) => new Promise((done) => (style.onload = style.onerror = done)));
            this.shadowRoot.append(box);
            const scripts = discussion.dataset.scripts.split(" ").map((address) => import(`${address}?embed`));
            const [time, fold, work, live] = await Promise.all(scripts);
            await Promise.all(styled);
            this.#events?.close();
            for (const old of [...this.shadowRoot.childNodes]) if (old !== box) old.remove();
            box.hidden = false;
            this.#box = box;
            root.addEventListener("click", (event) => this.#follow(event));
            time.init(root, discussion.lang);
            fold.init(root);
            work.init(root, ask);
            live.init(root, ask, (address) => (this.#events = new EventSource(address)));
            this.#tell("ready", { story: Number(discussion.dataset.story), comments: Number(discussion.dataset.comments) });
        }

        // Orders and further pages of the list are shown in place; other addresses of Parley in a tab of their own.
        #staysHere(link) {
            return link.matches(".orders a, .pager a, .answer, .edit, .begin-writing a, .to-sign-in, [href^='#']");
        }

        #follow(event) {
            const link = event.target.closest("a[href]");
            if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
            if (link.matches(".to-sign-in")) {
                event.preventDefault();
                this.#signIn();
            } else if (link.matches(".orders a, .pager a")) {
                event.preventDefault();
                this.#load(new URL(link.href).searchParams).then(() => this.scrollIntoView({ block: "start" }));
            }
        }

        // A window of Parley's own, where its cookies count; it hands a session to this page and to no other.
        #signIn() {
            const address = `${home}/embed/sign-in?origin=${encodeURIComponent(location.origin)}`;
            const opened = window.open(address, "parley-sign-in", "popup,width=520,height=760");
            const hear = async (event) => {
                if (event.origin !== home || event.source !== opened || typeof event.data?.parleySession !== "string") return;
                removeEventListener("message", hear);
                this.#token = event.data.parleySession;
                await this.#load();
                this.#tell("signed-in", {});
            };
            addEventListener("message", hear);
        }

        #tell(name, detail) {
            this.dispatchEvent(new CustomEvent(`parley:${name}`, { bubbles: true, detail }));
        }
    }

    async function count() {
        const places = [...document.querySelectorAll("[data-parley-count]")];
        const addresses = [...new Set(places.map((place) => new URL(place.dataset.parleyCount, location.href).href))].sort().slice(0, countsMax);
        if (addresses.length === 0) return;
        const response = await fetch(`${home}/api/v1/counts?${new URLSearchParams(addresses.map((address) => ["url", address]))}`);
        if (!response.ok) return;
        const { counts } = await response.json();
        for (const { url, words } of counts)
            for (const place of places) if (new URL(place.dataset.parleyCount, location.href).href === url) place.textContent = words;
    }

    // In a frame: the page around it is told how high we are; in that page: our frame is made so high.
    addEventListener("message", ({ origin, source, data }) => {
        if (origin !== home || typeof data?.parleyHeight !== "number") return;
        for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) frame.style.height = `${data.parleyHeight}px`;
    });
    if (parent !== window && document.documentElement.dataset.parley === "frame")
        new ResizeObserver(() => parent.postMessage({ parleyHeight: document.documentElement.offsetHeight }, "*")).observe(document.documentElement);

    customElements.define("parley-thread", ParleyThread);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", count);
    else count();
})();
