// The window in which a reader of an embedded thread signs in: hands a session to the page that opened it, and closes.
const form = document.querySelector("form[data-origin]");

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!response.ok || !opener) return form.submit(); // what is wrong is said on a page
    const { token } = await response.json();
    opener.postMessage({ parleySession: token }, form.dataset.origin);
    close();
});
form.requestSubmit();
