// Lets the phone keep this page. Without scripts it is a plain page, and the paper is beside it.
const root = document.querySelector("[data-roadbook]");
const state = root.querySelector("[data-state]");
const words = JSON.parse(root.dataset.words);
const base = root.dataset.roadbook;

function tell(text) {
  state.textContent = text;
  state.hidden = false;
}

async function keepPage() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  workers.addEventListener("message", ({ data }) => {
    if (data.kept) tell(words.kept);
    root.dataset.kept = "yes";
  });
  const registration = await workers.register(`${base}/roadbook.js`, { scope: `${base}/roadbook` });
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker.state !== "activated") {
    await new Promise((done) => worker.addEventListener("statechange", () => worker.state === "activated" && done()));
  }
  const used = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
  worker.postMessage({ keep: [...new Set([new URL(`${base}/roadbook`, location.href).href, ...used])] });
}

if (navigator.onLine) keepPage().catch(() => {});
else tell(words.offline);
addEventListener("offline", () => tell(words.offline));
