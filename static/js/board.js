// The board of an agenda under the hand. The server decides everything: what is moved here is sent as the forms send
// it, and what it answers is put into the page. Nothing is lost when others work on the same board.
import { dragItems, moveByKeys } from "./board-hands.js";
import { Lift } from "./board-lift.js";
import { boardOf, clock, isGrid, spotOf } from "./board-places.js";

const EVERY = 5_000; // milliseconds between two looks at what others did
const SHOWN = 15_000; // milliseconds for which something is said that needs no answer
const root = document.querySelector("[data-planning]");
const words = JSON.parse(root.dataset.words);
const part = (name) => root.querySelector(`[data-${name}]`);
const itemOf = (key) => root.querySelector(`[data-item="${CSS.escape(key)}"]`);
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

let held = null;
let sending = Promise.resolve();
const waiting = []; // changes on their way
let isStale = false; // the page shows less than is known
let quiet = 0;
let known = Number(root.dataset.version); // the version up to which was told what others did

// ---- saying

function tell(text) {
  part("refused").textContent = "";
  part("said").textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => { if (!held) part("said").textContent = ""; }, SHOWN);
}

document.addEventListener("pointerdown", () => { part("refused").textContent = ""; });

function tellRefusal(text) {
  part("said").textContent = "";
  part("refused").textContent = text;
}

const inWords = (changes) => changes.map(({ words: what, who }) => (who ? say("byWhom", { what, who }) : what));

// ---- the page

function enhance() {
  root.classList.add("is-live");
  part("help").hidden = false;
  for (const item of root.querySelectorAll("[data-item]")) {
    item.querySelector("[data-grip]").hidden = false;
    if (item.closest("[data-board]") && !item.querySelector("[data-edge]")) {
      const edge = document.createElement("span");
      edge.className = "board-edge";
      edge.dataset.edge = "";
      item.append(edge);
    }
  }
}

// Where somebody is typing, or has typed, the page stays as it is: what is sent from there names the version it saw.
function isInUse(element) {
  const touched = [...element.querySelectorAll("input, textarea")].some((one) => one.value !== one.defaultValue);
  const chosen = [...element.querySelectorAll("option")].some((one) => one.selected !== one.defaultSelected && one.closest("select").querySelector("[selected]"));
  return touched || chosen || Boolean(element.querySelector("details[open] :focus"));
}

async function refresh() {
  if (held || waiting.length || hands.isPressed()) {
    isStale = true;
    return;
  }
  isStale = false;
  const answer = await fetch(root.dataset.page, { headers: { Accept: "text/html" } }).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-planning]");
  if (!fresh) return;
  if (held || waiting.length || hands.isPressed()) {
    isStale = true;
    return;
  }
  root.dataset.version = fresh.dataset.version;
  keepingFocus(() => {
    fresh.querySelectorAll("[data-part]").forEach(putAnew);
    enhance();
  });
}

function putAnew(fresh) {
  const old = root.querySelector(`[data-part="${fresh.dataset.part}"]`);
  if (isInUse(old) || old.innerHTML === fresh.innerHTML) return;
  const scrolled = [...old.querySelectorAll(".rooms-frame")].map((frame) => frame.scrollLeft);
  const open = new Set([...old.querySelectorAll("details[open]")].map(nameOf));
  old.replaceWith(fresh);
  fresh.querySelectorAll(".rooms-frame").forEach((frame, index) => { frame.scrollLeft = scrolled[index] ?? 0; });
  for (const one of fresh.querySelectorAll("details")) one.open ||= open.has(nameOf(one));
}

const nameOf = (details) => details.closest("[data-item]")?.dataset.item ?? details.querySelector("summary").textContent;

function keepingFocus(change) {
  const focused = document.activeElement;
  const key = focused?.closest?.("[data-grip]")?.closest("[data-item]")?.dataset.item;
  const form = focused?.closest?.("[data-undo], [data-redo]");
  change();
  if (document.activeElement === focused) return;
  if (key) itemOf(key)?.querySelector("[data-grip]").focus({ preventScroll: true });
  else if (form) root.querySelector("[data-part=steps] button")?.focus();
}

// ---- putting down

const board = {
  get held() { return held; },
  say,
  tell,
  take(item) {
    held = new Lift(root, item, say);
    return held;
  },
  back(lift) {
    release(lift);
    tell(say("back", { title: lift.title }));
    if (isStale) refresh();
  },
  put(lift) {
    const { where, values, isMoved } = lift;
    release(lift);
    if (!isMoved) {
      tell(say("stayed", { title: lift.title }));
      if (isStale) refresh();
      return;
    }
    const { item, title } = lift;
    const deed = { key: item.dataset.item, url: item.dataset.url, values, title, where, insists: true };
    deed.redo = (version) => {
      deed.version = version;
      deed.restore = remember(item);
      place(lift);
      tell(say("sent", { title, where }));
      send(deed);
    };
    deed.redo();
  },
};

function release(lift) {
  lift.letGo();
  held = null;
}

// At once where it was put; the server says afterwards how it stands.
function place({ item, target, from }) {
  item.classList.add("is-sent");
  if (target.aside) {
    item.className = "card is-sent";
    for (const name of ["day", "start", "begins"]) delete item.dataset[name];
    part("waiting").append(item);
  } else {
    const day = boardOf(root, target.day);
    const { begins, minutes, column } = target;
    const off = item.dataset.start === undefined ? 0 : Number(item.dataset.start) - from.begins;
    item.className = `item is-sent ${item.classList.contains("pause") ? "pause" : ""} ${spotOf(day, item, target)}`;
    Object.assign(item.dataset, { day: target.day, begins, start: begins + off, minutes, column });
    const time = item.querySelector(".item-time");
    if (time && !off) time.textContent = `${clock(begins)} – ${clock(begins + minutes)}`;
    const later = [...day.querySelectorAll("[data-item]")].find((one) => one !== item && Number(one.dataset.begins) > begins);
    if (later && !isGrid(day)) later.before(item);
    else day.append(item);
  }
  item.querySelector("[data-grip]").focus({ preventScroll: true });
}

function remember(item) {
  const { className, parentElement, nextElementSibling } = item;
  const { version: _version, ...values } = item.dataset; // a change before may still raise it
  const time = item.querySelector(".item-time")?.innerHTML;
  const hadFocus = item.contains(document.activeElement);
  return () => {
    item.className = className;
    item.classList.remove("is-sent");
    for (const name of Object.keys(item.dataset)) if (name !== "version" && !(name in values)) delete item.dataset[name];
    Object.assign(item.dataset, values);
    if (time !== undefined) item.querySelector(".item-time").innerHTML = time;
    parentElement.insertBefore(item, nextElementSibling?.parentElement === parentElement ? nextElementSibling : null);
    if (hadFocus) item.querySelector("[data-grip]").focus({ preventScroll: true });
  };
}

// ---- sending: one after the other, in the order in which it was done

function send(deed) {
  waiting.push(deed);
  sending = sending.then(() => settle(deed));
}

async function settle(deed) {
  const version = deed.version ?? itemOf(deed.key)?.dataset.version ?? known;
  const answer = await post(deed.url, { version, ...deed.values });
  waiting.shift();
  itemOf(deed.key)?.classList.remove("is-sent");
  if (!answer?.ok) return refused(deed, answer);
  const item = itemOf(deed.key);
  if (item) item.dataset.version = answer.version;
  const open = answer.clashes.filter((one) => one.item === deed.key && !one.reason);
  const troubles = open.map(({ words: what, other }) => (other ? `${what} ${other}` : what));
  const saved = deed.saved ?? say("saved", { title: deed.title, where: deed.where });
  tell([saved, ...troubles.map((what) => say("look", { what }))].join(" "));
  return caughtUp(answer.version);
}

async function refused(deed, answer) {
  const next = waiting.find((one) => one.key === deed.key); // the same item was moved on: that change goes back as far
  if (next) next.restore = deed.restore;
  else deed.restore();
  if (!answer || answer.isNoAnswer) return tellRefusal(say(answer ? "refused" : "lost"));
  if (answer.error !== "planning.overtaken") {
    tellRefusal(answer.message);
    return refresh();
  }
  known = Math.max(known, answer.version);
  if (await wantsAllTheSame(answer, deed.insists)) {
    deed.redo(answer.version);
    return undefined;
  }
  return refresh();
}

// What others did is shown before anybody decides. An undo is not repeated blindly: it would take back their change.
function wantsAllTheSame(answer, mayInsist) {
  const dialog = part("overtaken");
  dialog.querySelector("[data-why]").textContent = answer.message;
  dialog.querySelector("[data-changes]").replaceChildren(
    ...inWords(answer.changes).map((text) => Object.assign(document.createElement("li"), { textContent: text })),
  );
  dialog.querySelector("[value=insist]").hidden = !mayInsist;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "insist"), { once: true });
  });
}

// Null: no network. Anything but JSON is a page that asks to sign in, or says that the form is too old.
async function post(url, values) {
  const token = root.querySelector("input[name=csrf_token]").value;
  const body = new URLSearchParams({ csrf_token: token, ...values });
  const answer = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body }).catch(() => null);
  if (!answer) return null;
  if (!answer.headers.get("content-type")?.startsWith("application/json")) return { isNoAnswer: true };
  return { ok: answer.ok, ...(await answer.json()) };
}

// ---- undo and redo

function step(way) {
  const saved = say(way === "undo" ? "undone" : "redone");
  send({ key: "", url: root.dataset[way === "undo" ? "undoes" : "redoes"], values: {}, saved, restore() {}, insists: false });
}

root.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-undo], [data-redo]");
  if (!form) return;
  event.preventDefault();
  step("undo" in form.dataset ? "undo" : "redo");
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, dialog");
  const key = event.key.toLowerCase();
  if (isTyping || held || event.altKey || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(key)) return;
  event.preventDefault();
  step(key === "y" || event.shiftKey ? "redo" : "undo");
});

// ---- what others do

// After an own change: was it the only one?
function caughtUp(version) {
  if (version > known + 1) return look();
  known = version;
  return refresh();
}

async function look() {
  if (document.hidden) return;
  const asked = `${root.dataset.watch}?since=${known}`;
  const answer = await fetch(asked, { cache: "no-store", headers: { "If-None-Match": `"${known}"` } }).catch(() => null);
  const isNews = answer?.status === 200 && answer.headers.get("content-type")?.startsWith("application/json");
  if (!isNews) {
    if (isStale) refresh();
    return;
  }
  const { version, changes } = await answer.json();
  if (version <= known) return;
  known = version;
  if (changes.length) tell([held?.where, say("others", { what: inWords(changes).join(" ") })].filter(Boolean).join(" "));
  await refresh();
}

const hands = dragItems(root, board);
moveByKeys(root, board);
enhance();
setInterval(look, EVERY);
addEventListener("focus", look);
