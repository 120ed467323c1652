// Comforts of forms with long texts (a practice, a chapter of a plan): characters counted while typing, Markdown shown as it will look, drafts kept.
// Without this file the buttons of the form do the same. The form says where drafts go (templates/macros/editor.html).
const form = document.querySelector("[data-draft-editor]");
const status = document.querySelector("[data-editor-status]");
const token = () => form.querySelector("[name=csrf_token]").value;
const PAUSE = 2_000; // milliseconds without a key until what was typed is kept
const AGAIN = 15_000;
const CARRIED_AWAY = 60_000; // bytes that a browser still sends for a page that is left
let timer = 0;
let sending = null; // what stops the request that is under way
let isUnkept = false; // something was typed since it was kept the last time
let isLeaving = false; // the form itself was sent: what it holds is no draft any more

function say(words, isBad = false) {
  status.textContent = words;
  status.classList.toggle("bad", isBad);
}

function count(field) {
  const most = Number(field.dataset.most);
  const hint = document.getElementById(`${field.id}-hint`);
  if (!hint) return;
  const n = [...field.value].length; // characters, as the server counts them
  const words = n > most ? form.dataset.over : form.dataset.count;
  hint.textContent = words.replace("{n}", n).replace("{most}", most).replace("{spare}", n - most);
  hint.classList.toggle("over", n > most);
}

async function keep({ last = false } = {}) {
  if (sending) return later(PAUSE);
  clearTimeout(timer);
  sending = new AbortController();
  isUnkept = false;
  try {
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    const keepalive = last && body.toString().length < CARRIED_AWAY;
    const options = { method: "POST", body, keepalive, signal: sending.signal };
    const answer = await fetch(form.dataset.draftEditor, options);
    if (!answer.ok) {
      isUnkept = true;
      say(form.dataset.refused, true);
      later(AGAIN);
      return;
    }
    const { is_behind: isBehind, others } = await answer.json();
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date());
    const kept = form.dataset.kept.replace("{time}", clock);
    const together = others.length ? ` · ${form.dataset.others.replace("{names}", others.join(", "))}` : "";
    say(isBehind ? form.dataset.behind : kept + together, isBehind);
  } catch {
    if (isLeaving) return;
    isUnkept = true;
    say(form.dataset.failed, true);
    later(AGAIN);
  } finally {
    sending = null;
  }
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

function offerPreview(field) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const page = document.createElement("div");
  const label = form.querySelector(`label[for="${field.id}"]`)?.firstChild?.textContent.trim() ?? "";
  summary.textContent = form.dataset.looks;
  summary.setAttribute("aria-label", `${form.dataset.looks}: ${label}`);
  page.className = "text";
  page.lang = field.lang;
  details.append(summary, page);
  field.after(details);
  let waiting = 0;
  let newest = 0;
  const show = async () => {
    const turn = ++newest;
    const body = new URLSearchParams({ csrf_token: token(), text: field.value });
    const answer = await fetch(form.dataset.preview, { method: "POST", body }).catch(() => null);
    const html = answer?.ok ? await answer.text() : null; // cleaned by the server
    if (turn !== newest) return; // a later one is on its way
    if (html !== null) page.innerHTML = html;
    else page.textContent = form.dataset.unseen;
  };
  details.addEventListener("toggle", () => { if (details.open) show(); });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (details.open) waiting = setTimeout(show, 400);
  });
}

if (form) {
  for (const field of form.querySelectorAll("[data-most]")) field.addEventListener("input", () => count(field));
  for (const field of form.querySelectorAll("[data-markdown]")) offerPreview(field);
  form.addEventListener("input", () => {
    isUnkept = true;
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
    sending?.abort();
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("online", () => { if (isUnkept) keep(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && isUnkept && !isLeaving) keep({ last: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnkept && !isLeaving && !navigator.onLine) event.preventDefault(); // it would be lost
  });
}
