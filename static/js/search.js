// Results as one types. Whoever has no scripts sends the form; the page that answers is the same.
const form = document.querySelector("[data-search-form]");
const field = form.querySelector("input[name=q]");
const status = document.querySelector("[data-search-status]");
const PAUSE = 250;
let timer = 0;
let asked = null;

async function look() {
  asked?.abort();
  asked = new AbortController();
  const address = `/search?${new URLSearchParams({ q: field.value.trim() })}`;
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-search-results]");
    if (!next) return;
    document.querySelector("[data-search-results]").replaceWith(next);
    status.textContent = next.querySelector("[data-search-count]")?.textContent.trim() ?? "";
    document.title = page.title;
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = "";
  }
}

field.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(look, PAUSE);
});
form.addEventListener("submit", () => { clearTimeout(timer); asked?.abort(); });
