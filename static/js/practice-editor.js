// Comforts of the practice form: characters counted while typing, Markdown shown as it will look, drafts kept.
// Without this file the buttons of the form do the same.
const form = document.querySelector("[data-practice-editor]");
const status = document.querySelector("[data-editor-status]");
const token = () => form.querySelector("[name=csrf_token]").value;
const PAUSE = 2_000; // milliseconds without a key until what was typed is kept
const AGAIN = 15_000;
let timer = 0;
let isSending = false;

function say(words) {
  status.textContent = words;
}

function count(field) {
  const most = Number(field.dataset.most);
  const hint = document.getElementById(`${field.id}-hint`);
  if (!hint) return;
  const n = field.value.length;
  const words = n > most ? form.dataset.over : form.dataset.count;
  hint.textContent = words.replace("{n}", n).replace("{most}", most).replace("{spare}", n - most);
  hint.classList.toggle("over", n > most);
}

async function keep() {
  if (isSending) return later(PAUSE);
  isSending = true;
  try {
    const answer = await fetch(form.dataset.practiceEditor, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(answer.status);
    const { is_behind: isBehind } = await answer.json();
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date());
    say(isBehind ? form.dataset.behind : form.dataset.kept.replace("{time}", clock));
  } catch {
    say(form.dataset.failed);
    later(AGAIN);
  } finally {
    isSending = false;
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
  summary.textContent = form.dataset.looks;
  page.className = "text";
  details.append(summary, page);
  field.after(details);
  let waiting = 0;
  const show = async () => {
    const body = new URLSearchParams({ csrf_token: token(), text: field.value });
    const answer = await fetch(form.dataset.preview, { method: "POST", body }).catch(() => null);
    if (answer?.ok) page.innerHTML = await answer.text(); // cleaned by the server
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
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) {
      clearTimeout(timer);
      keep();
    }
  });
}
