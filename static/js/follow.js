// Keeps a page true that stands open all day: asks again every few seconds, mostly to hear that nothing is new,
// and puts in place only the parts that are. Whoever has no scripts loads the page anew instead.
const frame = document.querySelector("[data-follow]");
const stale = document.querySelector("[data-stale]");
const usual = Number(frame.dataset.every);
const LONGEST = 5 * 60_000;
const BORED = 2; // answers that may fail before it is said
let tag = frame.dataset.tag;
let failed = 0;
let reached = new Date();
let timer = 0;

function clock(instant, zone) {
  const shape = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(document.documentElement.lang, zone ? { ...shape, timeZone: zone } : shape).format(instant);
}

function tick() {
  for (const shown of document.querySelectorAll("[data-clock]")) {
    shown.hidden = false;
    shown.textContent = clock(new Date(), shown.dataset.clock);
  }
}

// Phones ask at different moments, and less and less often while nobody answers.
function pause() {
  return Math.min(usual * 2 ** failed, LONGEST) * (0.75 + Math.random() / 2);
}

function say(words) {
  if (stale.textContent !== words) stale.textContent = words;
}

const looks = (page) => [...page.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src).join();

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.querySelector("[data-follow]");
  if (!next || looks(page) !== looks(document)) return location.reload();
  document.title = page.title;
  const parts = (box) => [...box.querySelectorAll("[data-part]")];
  for (const [place, part] of parts(next).entries()) {
    const shown = parts(frame)[place];
    if (shown.dataset.markup === part.innerHTML) continue;
    shown.className = part.className;
    shown.innerHTML = part.innerHTML;
    shown.dataset.markup = part.innerHTML;
  }
  return tick();
}

async function look() {
  clearTimeout(timer);
  if (!document.hidden || "always" in frame.dataset) {
    try {
      const answer = await fetch(location.href, { cache: "no-store", headers: { "If-None-Match": tag } });
      if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
      if (answer.ok) {
        show(await answer.text());
        tag = answer.headers.get("ETag");
      }
      failed = 0;
      reached = new Date();
      say("");
    } catch {
      failed += 1;
      if (failed > BORED) say(stale.dataset.words.replace("{time}", clock(reached)));
    }
  }
  timer = setTimeout(look, pause());
}

for (const part of frame.querySelectorAll("[data-part]")) part.dataset.markup = part.innerHTML;
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
tick();
setInterval(tick, 5000);
timer = setTimeout(look, Math.random() * usual);
