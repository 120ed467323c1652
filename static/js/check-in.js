// Check-in on a phone. Every note is kept on the phone first and sent when there is network; sending twice is once.
import { openCamera } from "./check-in-camera.js";
import { awaited, figures, hindrance, plainCode, standing } from "./check-in-rules.js";
import * as store from "./check-in-store.js";

const root = document.querySelector("[data-check-in]");
const link = root.dataset.checkIn;
const words = JSON.parse(root.dataset.words);
const part = (name) => root.querySelector(`[data-${name}]`);
const MOST_SHOWN = 60;
const MOST_SENT = 200;
const AGAIN = 10_000; // milliseconds between two looks at what other phones noted
const SAME_CODE = 4_000; // a code that stays before the camera is one

let data = { lists: [], people: [], now: Date.now(), today: "" };
let clockOffset = 0;
let notes = [];
let troubles = [];
let byCode = new Map();
let current = "";
let sending = null;
let closeCamera = null;
let shownParty = ""; // the code of whoever came last with others, who are looked for as long as it stands there
const isOver = "over" in root.dataset; // only what was noted in time is still delivered
const lastRead = { text: "", at: 0 };

const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
const now = () => Date.now() + clockOffset;
const clock = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: data.zone }).format(at);
const chosen = () => data.lists.find((list) => list.key === current) ?? data.lists[0];
const standingOf = (person) => standing(person, notes.filter((note) => note.code === person.code), data.lists);

function tell(text, tone = "ok") {
  const place = part("said");
  place.dataset.tone = tone;
  place.textContent = text;
}

// ---- what happens

async function note(person, kind, method, undoes) {
  const one = { id: crypto.randomUUID(), link, list: chosen().key, code: person.code, name: person.name, kind, method, at: now(), ...(undoes && { undoes }) };
  await store.addNote(one);
  notes.push(one);
  draw();
  send();
}

async function checkIn(person, method) {
  const hindered = hindrance(person, chosen());
  if (hindered) {
    tell(person ? say("look", { name: person.name, why: say(hindered) }) : say(hindered), "bad");
    return;
  }
  const [state, since] = standingOf(person).get(chosen().key) ?? [];
  if (state === "inside") {
    tell(say("already", { name: person.name, time: clock(since) }));
    return;
  }
  await note(person, "in", method);
  const party = awaited(data.people, person, chosen(), standingOf).length > 0;
  if (party) {
    shownParty = part("search").value = person.code;
    draw();
  }
  tell(say(party ? "party" : "checkedIn", { name: person.name }));
  navigator.vibrate?.(60);
}

async function act(person, kind) {
  if (kind === "in") return checkIn(person, "search");
  if (kind === "undo") {
    const [, , id] = standingOf(person).get(chosen().key) ?? [];
    if (!id) return;
    await note(person, "undo", "search", id);
    tell(say("undone", { name: person.name }));
    return;
  }
  await note(person, "out", "search");
  tell(say("checkedOut", { name: person.name }));
}

function read(text) {
  const code = plainCode(text);
  if (code === lastRead.text && Date.now() - lastRead.at < SAME_CODE) return;
  Object.assign(lastRead, { text: code, at: Date.now() });
  if (shownParty && part("search").value === shownParty && !code.startsWith(shownParty)) {
    shownParty = part("search").value = "";
    draw();
  }
  checkIn(byCode.get(code), "qr");
}

async function letIn(form) {
  const typed = Object.fromEntries(["given_name", "family_name", "organisation", "email"].map((name) => [name, form.elements[name].value.trim()]));
  if (!typed.given_name || !typed.family_name || !form.elements.email.checkValidity()) {
    form.elements[typed.given_name ? (typed.family_name ? "email" : "family_name") : "given_name"].focus();
    return;
  }
  const one = { id: crypto.randomUUID(), link, list: chosen().key, kind: "walk_in", name: `${typed.given_name} ${typed.family_name}`, at: now(), ...typed };
  await store.addNote(one);
  notes.push(one);
  form.reset();
  form.closest("details").open = false;
  tell(say("walkIn", { name: one.name }));
  draw();
  send();
}

// ---- sending

function send() {
  sending ??= deliver().finally(() => { sending = null; });
  return sending;
}

async function deliver() {
  while (notes.length) {
    const some = notes.slice(0, MOST_SENT);
    const body = {
      device: navigator.userAgent.match(/\(([^;)]+)/)?.[1] ?? "",
      scans: some.filter((one) => one.kind !== "walk_in").map(({ id, list, code, kind, method, at, undoes }) => ({ id, list, code, kind, method, at, ...(undoes && { undoes }) })),
      walk_ins: some.filter((one) => one.kind === "walk_in").slice(0, 50).map(({ id, list, at, given_name, family_name, organisation, email }) => ({ id, list, at, given_name, family_name, organisation, email })),
    };
    const answer = await fetch(`${link}/scans`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), credentials: "omit" }).catch(() => null);
    if (!answer?.ok) return showSync(answer === null);
    const { answers } = await answer.json();
    const answered = some.filter((one) => one.id in answers);
    if (!answered.length) return showSync(false);
    const bad = answered.filter((one) => !["done", "known"].includes(answers[one.id])).map((one) => ({ id: one.id, link, name: one.name, answer: answers[one.id] }));
    if (!isOver) await refresh();
    await store.settle(answered.map((one) => one.id), bad);
    const gone = new Set(answered.map((one) => one.id));
    notes = notes.filter((one) => !gone.has(one.id));
    troubles.push(...bad);
    draw();
  }
  showSync(false);
}

async function refresh() {
  const answer = await fetch(`${link}/people.json?lang=${document.documentElement.lang}`, { credentials: "omit" }).catch(() => null);
  if (answer === null) return showSync(true);
  if (answer.status === 404) return end();
  if (!answer.ok) return undefined;
  take(await answer.json());
  await store.writeList(link, data);
  return showSync(false);
}

// The day is over or the link was taken back: names go, and what is not sent yet stays until it is.
async function end() {
  await store.eraseList(link);
  navigator.serviceWorker?.controller?.postMessage({ forget: new URL(link, location.href).href });
  data = { ...data, people: [] };
  byCode = new Map();
  tell(say("over"), "bad");
  draw();
}

function take(fresh) {
  data = fresh;
  clockOffset = fresh.now - Date.now();
  byCode = new Map(data.people.map((person) => [person.code, person]));
  current ||= fresh.today;
}

// ---- what is shown

function showSync(isOffline) {
  const state = part("sync");
  state.toggleAttribute("data-waiting", notes.length > 0);
  const parts = [notes.length ? say("waiting", { count: notes.length }) : say("sent")];
  if (isOffline || !navigator.onLine) parts.push(say("offline"));
  const text = parts.join(" · ");
  if (state.textContent !== text) state.textContent = text;
}

function draw() {
  if (!data.lists.length) return;
  drawLists();
  const list = chosen();
  const counted = figures(data.people, list, standingOf);
  for (const [name, value] of Object.entries(counted)) {
    const place = root.querySelector(`[data-figure="${name}"]`);
    if (place) place.textContent = value;
  }
  drawPeople(list);
  drawTroubles();
  showSync(false);
}

function drawLists() {
  const select = part("list");
  const wanted = data.lists.map((list) => `${list.key} ${list.name}`).join("|");
  if (select.dataset.shown !== wanted) {
    select.replaceChildren(...data.lists.map((list) => new Option(list.name, list.key)));
    select.dataset.shown = wanted;
  }
  select.value = chosen().key;
}

// As app/search/rules.py folds words: who types without accents finds everybody all the same.
const folded = (text) =>
  text.toLowerCase().replaceAll("ł", "l").replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const foldedOf = new WeakMap();

function wordsOf(person) {
  if (!foldedOf.has(person)) {
    const name = folded(person.name);
    foldedOf.set(person, { name, all: `${name} ${folded(`${person.about} ${person.organisation} ${person.code}`)}` });
  }
  return foldedOf.get(person);
}

// Who is called like that comes before those whose organisation is.
function matches(wanted) {
  const found = data.people.filter((person) => wanted.every((word) => wordsOf(person).all.includes(word)));
  const isNamed = (person) => wanted.every((word) => wordsOf(person).name.includes(word));
  return wanted.length ? [...found.filter(isNamed), ...found.filter((person) => !isNamed(person))] : found;
}

function drawPeople(list) {
  const wanted = folded(plainCode(part("search").value)).split(" ").filter(Boolean);
  const found = matches(wanted).filter((person) => wanted.length || person.place === "yes" || standingOf(person).get(list.key));
  const place = part("people");
  const focused = document.activeElement?.dataset?.act && place.contains(document.activeElement) ? document.activeElement.closest("li").dataset.code : "";
  place.replaceChildren(...found.slice(0, MOST_SHOWN).map((person) => line(person, list)));
  if (focused) place.querySelector(`[data-code="${CSS.escape(focused)}"] button`)?.focus();
  const rest = found.length - MOST_SHOWN;
  part("more").textContent = found.length ? (rest > 0 ? say("more", { count: rest }) : "") : say("nobody");
}

function make(tag, className, ...inside) {
  const one = document.createElement(tag);
  if (className) one.className = className;
  one.append(...inside);
  return one;
}

function line(person, list) {
  const [state, since] = standingOf(person).get(list.key) ?? [];
  const hindered = hindrance(person, list);
  const about = make("span", "meta", ...[person.about, person.organisation].filter(Boolean).map((words) => make("bdi", "", words)));
  const said = person.hand[list.key] ?? (state === "inside" ? say("here", { time: clock(since) }) : state === "left" ? say("left", { time: clock(since) }) : "");
  if (said) about.append(make("span", state === "inside" ? "state ok" : "state", said));
  else if (hindered) about.append(make("span", "state wait", say(hindered)));
  const buttons = make("div", "roll-do");
  if (!hindered && state !== "inside") buttons.append(button(person, "in", "btn"));
  if (state === "inside" && list.exit) buttons.append(button(person, "out", "btn quiet"));
  if (state) buttons.append(button(person, "undo", "btn quiet"));
  const item = make("li", "roll-line", make("div", "roll-who", make("b", "", make("bdi", "", person.name)), " ", about), buttons);
  item.dataset.code = person.code;
  return item;
}

function button(person, kind, className) {
  const one = make("button", className, say(kind), make("span", "visually-hidden", ` ${person.name}`));
  one.type = "button";
  one.dataset.act = kind;
  return one;
}

function drawTroubles() {
  const place = part("troubles");
  place.hidden = !troubles.length;
  place.querySelector("ul").replaceChildren(...troubles.map((one) => make("li", "", say("look", { name: one.name ?? "", why: say(`answer-${one.answer}`) }))));
}

// ---- listening

function listen() {
  part("list").addEventListener("change", (event) => { current = event.target.value; draw(); });
  part("search").addEventListener("input", () => draw());
  part("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const person = byCode.get(plainCode(event.target.value));
    if (!person) return;
    event.target.value = "";
    checkIn(person, "qr").then(draw);
  });
  part("people").addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-act]");
    if (pressed) act(byCode.get(pressed.closest("li").dataset.code), pressed.dataset.act);
  });
  part("seen").addEventListener("click", async () => {
    await store.forgetTroubles(troubles.map((one) => one.id));
    troubles = [];
    draw();
  });
  document.querySelector("[data-walk-in]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    letIn(event.target);
  });
  part("camera").addEventListener("click", startCamera);
  part("camera-off").addEventListener("click", stopCamera);
  addEventListener("online", () => { send().then(refresh).then(draw); });
  addEventListener("offline", () => showSync(true));
}

async function startCamera() {
  part("viewfinder").hidden = false;
  try {
    closeCamera = await openCamera(part("viewfinder").querySelector("video"), root.dataset, read);
    tell(say("scanning"));
  } catch {
    part("viewfinder").hidden = true;
    tell(say("noCamera"), "bad");
    return;
  }
  part("camera").hidden = true;
  part("camera-off").hidden = false;
  part("camera-off").focus();
}

function stopCamera() {
  closeCamera?.();
  part("viewfinder").hidden = true;
  part("camera").hidden = false;
  part("camera-off").hidden = true;
  part("camera").focus();
}

async function keepPage() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data.kept) root.dataset.kept = "yes"; });
  await navigator.serviceWorker.register("/check-in/worker.js", { scope: "/check-in/" });
  const { active } = await navigator.serviceWorker.ready;
  const used = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
  const needed = [root.dataset.reader, root.dataset.decoder].map((path) => new URL(path, location.href).href);
  active.postMessage({ keep: [...new Set([new URL(link, location.href).href, ...used, ...needed])] });
}

async function deliverTheRest() {
  await store.eraseList(link);
  notes = await store.notesOf(link);
  root.hidden = false;
  showSync(false);
  send();
  addEventListener("online", send);
}

async function start() {
  const kept = await store.readList(link);
  notes = await store.notesOf(link);
  troubles = await store.troublesOf(link);
  if (kept && kept.until + 60_000 < Date.now()) await store.eraseList(link);
  else if (kept) take(kept);
  current = new URL(location.href).searchParams.get("list") ?? current;
  await refresh();
  if (!data.lists.length) return; // no network on the very first visit: the plain page stays
  document.querySelector("[data-plain]").hidden = true;
  root.hidden = false;
  listen();
  draw();
  send();
  setInterval(() => { if (navigator.onLine) send().then(refresh).then(draw); }, AGAIN);
  keepPage().catch(() => {});
}

(isOver ? deliverTheRest : start)();
