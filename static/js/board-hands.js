// How an item is taken: with a mouse or a finger, or from the keyboard.
import { columnAt, isGrid, linesOf, minuteAt, minuteInList, nearestBoard } from "./board-places.js";

const FAR = 5; // pixels after which a press is a drag
const SLIP = 10; // pixels that a resting finger may slip
const LONG = 400; // milliseconds of a long press
const EDGE = 60; // pixels from the edge of the screen within which the page scrolls along
const PACE = 14; // pixels for each frame
const NOT_HERE = "a, summary, input, select, textarea, label, form, .board-move-body, button:not([data-grip])";

// `board`: take(item, isResizing) gives a Lift, put(lift) puts it down, back(lift) puts it back, say and tell speak.
export function dragItems(root, board) {
  let press = null;
  let lines = new Map();

  root.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item || press || board.held || event.button !== 0 || event.target.closest(NOT_HERE)) return;
    const isTouch = event.pointerType === "touch";
    const resizes = Boolean(event.target.closest("[data-edge]"));
    const byHandle = resizes || Boolean(event.target.closest("[data-grip]"));
    press = { item, id: event.pointerId, x: event.clientX, y: event.clientY, resizes, waits: isTouch && !byHandle, type: event.pointerType };
    press.grabbed = event.clientY - item.getBoundingClientRect().top;
    if (press.waits) press.timer = setTimeout(() => { lift(); navigator.vibrate?.(30); }, LONG);
  });

  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== press?.id) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    if (!press.lift && press.waits && far > SLIP) return forget();
    Object.assign(press, { atX: event.clientX, atY: event.clientY });
    if (!press.lift && !press.waits && far > FAR) lift();
    if (press?.lift) aim();
    return undefined;
  });
  document.addEventListener("pointerup", (event) => {
    if (event.pointerId !== press?.id) return;
    const { lift: held } = press;
    forget();
    if (!held) return;
    ignoreNextClick();
    board.put(held);
  });
  document.addEventListener("pointercancel", (event) => { if (event.pointerId === press?.id) giveUp(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && press?.lift) giveUp(); });
  document.addEventListener("scroll", () => { if (press?.lift) aim(); }, { capture: true, passive: true });
  document.addEventListener("touchmove", (event) => { if (press?.lift) event.preventDefault(); }, { passive: false });
  root.addEventListener("contextmenu", (event) => { if (press?.type === "touch") event.preventDefault(); });

  function lift() {
    press.lift = board.take(press.item);
    press.atX ??= press.x;
    press.atY ??= press.y;
    lines = new Map();
    root.classList.toggle("is-resizing", press.resizes);
    getSelection()?.removeAllRanges();
    scrollAlong();
  }

  function aim() {
    const { lift: held, atX: x, atY: y } = press;
    if (press.resizes ? resize(held, y) : aimAt(held, x, y)) board.tell(held.where);
  }

  function resize(held, y) {
    const until = minuteAt(held.board, linesFor(held.board), y);
    return held.moveTo({ minutes: Math.max(until - held.from.begins, 5) });
  }

  function aimAt(held, x, y) {
    if (isOver(root.querySelector("[data-aside]"), x, y)) return held.moveTo({ ...held.from, aside: true });
    const day = nearestBoard(root, y);
    if (!day) return false;
    const change = { day: Number(day.dataset.day) };
    if (isGrid(day)) {
      const top = held.waited ? y : y - press.grabbed;
      const begins = minuteAt(day, linesFor(day), top);
      return held.moveTo({ ...change, begins, column: columnAt(day, held.item, x) ?? held.from.column });
    }
    const { begins, after } = minuteInList(day, y, held.from.minutes);
    const moved = held.moveTo({ ...change, begins });
    if (moved && after) held.show(after);
    return moved;
  }

  function linesFor(day) {
    if (!lines.has(day)) lines.set(day, linesOf(day));
    return lines.get(day);
  }

  function scrollAlong() {
    if (!press?.lift) return;
    const down = press.atY > innerHeight - EDGE ? PACE : press.atY < EDGE ? -PACE : 0;
    if (down) scrollBy(0, down);
    const frame = press.lift.board?.closest(".rooms-frame");
    const box = frame?.getBoundingClientRect();
    if (box && frame.scrollWidth > frame.clientWidth) frame.scrollLeft += press.atX > box.right - EDGE ? PACE : press.atX < box.left + EDGE ? -PACE : 0;
    requestAnimationFrame(scrollAlong);
  }

  function forget() {
    clearTimeout(press?.timer);
    press = null;
  }

  function giveUp() {
    const held = press?.lift;
    forget();
    if (held) {
      ignoreNextClick();
      board.back(held);
    }
  }

  return { isPressed: () => press !== null };
}

function isOver(place, x, y) {
  const { left, right, top, bottom } = place.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}

// A drag that ends on its handle is no press of it.
function ignoreNextClick() {
  const ignore = (event) => { event.stopPropagation(); event.preventDefault(); };
  addEventListener("click", ignore, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", ignore, { capture: true }), 0);
}

const STEPS = {
  ArrowUp: (lift) => lift.earlier(-1),
  ArrowDown: (lift) => lift.earlier(1),
  ArrowLeft: (lift) => lift.beside(-1),
  ArrowRight: (lift) => lift.beside(1),
  "Shift+ArrowUp": (lift) => lift.longer(-1),
  "Shift+ArrowDown": (lift) => lift.longer(1),
  PageUp: (lift) => lift.otherDay(-1),
  PageDown: (lift) => lift.otherDay(1),
  Delete: (lift) => lift.moveTo({ ...lift.from, aside: true }),
};

export function moveByKeys(root, board) {
  let held = null;

  root.addEventListener("click", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    if (held) return end(board.put);
    grip.focus();
    held = board.take(grip.closest("[data-item]"));
    grip.setAttribute("aria-pressed", "true");
    board.tell(board.say("lifted", { title: held.title }));
    return undefined;
  });

  root.addEventListener("keydown", (event) => {
    if (!held) return;
    const step = STEPS[`${event.shiftKey ? "Shift+" : ""}${event.key}`];
    if (step) {
      event.preventDefault();
      if (step(held)) board.tell(held.where);
      held.ghost.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Escape") {
      event.preventDefault();
      end(board.back);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (!event.repeat) end(board.put);
    }
  });

  root.addEventListener("focusout", (event) => {
    if (held && document.hasFocus() && event.target.closest("[data-grip]")) end(board.back);
  });

  function end(deed) {
    const lift = held;
    held = null;
    deed(lift);
  }
}
