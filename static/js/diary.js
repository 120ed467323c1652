// The diary on a phone. Every word is kept on the device while it is typed, and sent when there is network; sending
// twice is once. What two devices wrote without knowing of each other is decided by the server (app/diaries/rules).
const root = document.querySelector("[data-diary]");
const base = root.dataset.diary;
const words = JSON.parse(root.dataset.words);
const STORE = `filo-diary:${base}`;
const PAUSE = 1_200; // milliseconds without a key until what was typed is sent
const AGAIN = 15_000;

let memory = null; // where the device keeps nothing for pages
let known = {};
let timer = 0;
let sending = null;
let wasWaiting = false;

const keyOf = (field) => `${field.item}:${field.prompt}`;
const placeOf = (key) => root.querySelector(`[data-field="${CSS.escape(key)}"]`);
const textOf = (place) => place.querySelector("textarea");
const tickOf = (place, name) => place.querySelector(`input[type=checkbox][name$="-${name}"]`);
const newName = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");

// ---- what the device keeps

function read() {
  if (memory) return memory;
  try {
    return { now: 0, offset: 0, known: {}, pending: {}, ...JSON.parse(localStorage.getItem(STORE)) };
  } catch {
    return (memory = { now: 0, offset: 0, known: {}, pending: {} });
  }
}

function write(data) {
  try {
    if (!memory) localStorage.setItem(STORE, JSON.stringify(data));
  } catch {
    memory = data;
  }
}

function forget() {
  try {
    localStorage.removeItem(STORE);
  } catch {
    // then nothing was kept
  }
}

// ---- what happens

// A version takes the place of what stood in the field, and of itself where it may have arrived already.
function note(key, away = []) {
  const place = placeOf(key);
  const data = read();
  const stood = known[key];
  const before = data.pending[key];
  const others = stood.others.map((one) => one.id);
  const mine = [stood.id, ...stood.quiet].filter(Boolean);
  const isNew = !before || before.tried;
  const own = before?.tried ? [before.id] : [];
  data.pending[key] = {
    item: stood.item,
    prompt: stood.prompt,
    id: isNew ? newName() : before.id,
    text: textOf(place).value,
    shared: tickOf(place, "shared").checked,
    named: tickOf(place, "named").checked,
    at: Date.now() + data.offset,
    sees: [...new Set([...(before?.sees ?? [...mine, ...others]), ...own, ...away])],
    drops: [...new Set([...(before?.drops ?? mine), ...own, ...away])],
  };
  write(data);
  tell();
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

function send() {
  clearTimeout(timer);
  sending ??= deliver().finally(() => { sending = null; });
  return sending;
}

async function deliver() {
  const data = read();
  const changes = Object.values(data.pending).filter((one) => !one.refused);
  if (!navigator.onLine) return tell();
  for (const one of changes) one.tried = true;
  write(data);
  const body = JSON.stringify({ changes: changes.map(({ tried, refused, ...one }) => one) });
  const answer = await fetch(`${base}/changes`, { method: "POST", headers: { "Content-Type": "application/json" }, body, credentials: "omit", keepalive: document.hidden && body.length < 60_000 }).catch(() => null);
  if (!answer || answer.status === 429 || answer.status >= 500) return tell(true);
  if (!answer.ok) return refuse(changes);
  return settle(changes, await answer.json());
}

function refuse(changes) {
  const data = read();
  for (const one of changes) if (data.pending[keyOf(one)]?.id === one.id) data.pending[keyOf(one)].refused = true;
  write(data);
  tell();
}

function settle(changes, { now, outcomes, fields }) {
  const data = read();
  for (const one of changes) {
    const pending = data.pending[keyOf(one)];
    if (pending?.id !== one.id) continue;
    if (outcomes[one.id] === "kept") delete data.pending[keyOf(one)];
    else pending.refused = true;
  }
  known = Object.fromEntries(fields.map((field) => [keyOf(field), field]));
  Object.assign(data, { now, offset: now - Date.now(), known });
  write(data);
  draw();
  if (Object.values(data.pending).some((one) => !one.refused)) timer = setTimeout(send, PAUSE);
}

// ---- what is shown

function tell(isUnreachable = false) {
  const waiting = Object.values(read().pending);
  const refused = waiting.some((one) => one.refused);
  const isWaiting = waiting.length > 0 && (isUnreachable || !navigator.onLine);
  const text = refused ? words.refused : isWaiting ? (memory ? words.full : words.waiting) : waiting.length ? words.saving : words.saved;
  root.dataset.state = refused ? "refused" : isWaiting ? "waiting" : waiting.length ? "saving" : "saved";
  for (const place of document.querySelectorAll("[data-diary-status]")) {
    // that a word was saved is no news; that it waits, and no longer does, is
    if (place.getAttribute("role")) place.setAttribute("aria-live", refused || isWaiting || wasWaiting ? "polite" : "off");
    if (place.textContent !== text) place.textContent = text;
  }
  wasWaiting = isWaiting;
}

function draw() {
  const { pending } = read();
  for (const [key, stood] of Object.entries(known)) {
    const place = placeOf(key);
    if (!place) continue;
    const shown = pending[key] ?? stood;
    if (textOf(place).value.trim() !== shown.text.trim()) textOf(place).value = shown.text;
    tickOf(place, "shared").checked = shown.shared;
    tickOf(place, "named").checked = shown.named;
    drawOthers(place, key, stood.others.filter((one) => !pending[key]?.drops.includes(one.id)));
  }
  tell();
}

function make(tag, className, ...inside) {
  const one = document.createElement(tag);
  if (className) one.className = className;
  one.append(...inside);
  return one;
}

function drawOthers(place, key, others) {
  const shown = others.map((one) => one.id).join(" ");
  const frame = place.querySelector("[data-others]");
  if (frame.dataset.shown === shown) return;
  frame.dataset.shown = shown;
  frame.replaceChildren(...others.map((one) => make(
    "div", "notice",
    make("div", "stack", make("p", "", words.other), make("p", "prose break", make("bdi", "", one.text)),
      make("div", "row", button(words.add, () => add(place, key, one)), button(words.away, () => putAway(place, key, one)))),
  )));
}

function button(text, press) {
  const one = make("button", "btn quiet small", text);
  one.type = "button";
  one.addEventListener("click", press);
  return one;
}

function add(place, key, other) {
  const text = textOf(place);
  text.value = [text.value.trimEnd(), other.text.trim()].filter(Boolean).join("\n");
  putAway(place, key, other);
}

function putAway(place, key, other) {
  note(key, [other.id]);
  draw();
  textOf(place).focus();
}

// ---- listening

function listen() {
  for (const place of root.querySelectorAll("[data-field]")) {
    textOf(place).addEventListener("input", () => note(place.dataset.field));
    for (const name of ["shared", "named"]) tickOf(place, name).addEventListener("change", () => note(place.dataset.field));
  }
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  addEventListener("storage", (event) => { if (event.key === STORE) takeFromOtherTab(); });
  addEventListener("online", send);
  addEventListener("offline", () => tell());
  document.addEventListener("visibilitychange", send);
  setInterval(() => { if (Object.values(read().pending).some((one) => !one.refused)) send(); }, AGAIN);
}

function takeFromOtherTab() {
  const data = read();
  if (Object.keys(data.known).length) known = data.known;
  draw();
}

async function keepPage() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  workers.addEventListener("message", ({ data }) => { if (data.kept) root.dataset.kept = "yes"; });
  const registration = await workers.register(`${base}.js`, { scope: base });
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker.state !== "activated") {
    await new Promise((done) => worker.addEventListener("statechange", () => worker.state === "activated" && done()));
  }
  const used = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
  worker.postMessage({ keep: [...new Set([new URL(base, location.href).href, ...used])] });
}

// A page that comes out of the phone's memory is older than what was typed since.
function start() {
  const data = read();
  const drawnAt = Number(root.dataset.now);
  if (data.now <= drawnAt) {
    data.known = Object.fromEntries(JSON.parse(root.dataset.fields).map((field) => [keyOf(field), field]));
    Object.assign(data, { now: drawnAt, offset: navigator.onLine ? drawnAt - Date.now() : data.offset });
    write(data);
  }
  known = data.known;
  draw();
  listen();
  send();
  keepPage().catch(() => {});
}

// The diary is over: what was written in time is still sent, and then nothing stays on the device.
async function end() {
  if (root.dataset.over !== "erased" && Object.keys(read().pending).length) await send();
  if (root.dataset.over === "erased" || !Object.keys(read().pending).length) forget();
}

if ("over" in root.dataset) end();
else start();
