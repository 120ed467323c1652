// An item that somebody holds: where it would go, shown by a ghost and said; the item itself stays until it is put down.
import { boardOf, boardsOf, clock, columnsOf, columnWords, dayName, freeOn, isGrid, spotOf, stepOf } from "./board-places.js";

const SHORTEST = 5;
const DAY = 1440;

export class Lift {
  constructor(root, item, say) {
    Object.assign(this, { root, item, say });
    const { day, begins, minutes, column } = item.dataset;
    this.waited = begins === undefined;
    this.title = item.querySelector("[data-grip]").dataset.title;
    this.from = { day: Number(day ?? 0), begins: Number(begins ?? 0), minutes: Number(minutes), column, aside: this.waited };
    this.target = { ...this.from };
    this.ghost = document.createElement("li");
    this.ghost.className = "ghost";
    this.ghost.setAttribute("aria-hidden", "true");
    item.classList.add("is-lifted");
    root.classList.add("is-moving");
  }

  get board() { return boardOf(this.root, this.target.day); }

  get isMoved() { return Object.keys(this.from).some((name) => this.from[name] !== this.target[name]); }

  get where() {
    const { aside, begins, minutes, column } = this.target;
    if (aside || !this.board) return this.say("aside");
    return this.say("where", { day: dayName(this.board), from: clock(begins), until: clock(begins + minutes), column: columnWords(this.board, this.item, column) });
  }

  // What is sent: times on the item's own clock, which may be of another zone than the board's.
  get values() {
    const { aside, day, begins, minutes, column } = this.target;
    if (aside) return { nudge: "aside" };
    const start = begins + (this.waited ? 0 : Number(this.item.dataset.start) - this.from.begins);
    const when = { day: day + Math.floor(start / DAY), starts: clock(start) };
    return { ...when, ...(minutes !== this.from.minutes && { minutes }), ...(column !== this.from.column && { column }) };
  }

  moveTo(change) {
    const target = { ...this.target, aside: false, ...change };
    const same = Object.keys(target).every((name) => target[name] === this.target[name]);
    if (same && this.ghost.isConnected) return false;
    this.target = target;
    this.show();
    return true;
  }

  show(after = null) {
    const { aside, begins, minutes } = this.target;
    this.root.querySelector("[data-aside]").classList.toggle("is-target", aside && !this.waited);
    if (aside || !this.board) return this.ghost.remove();
    this.ghost.className = `ghost ${spotOf(this.board, this.item, this.target)}`;
    this.ghost.textContent = `${clock(begins)} – ${clock(begins + minutes)} ${this.title}`;
    if (after) after.after(this.ghost);
    else if (this.ghost.parentElement !== this.board || !isGrid(this.board)) this.placeInOrder();
    return undefined;
  }

  placeInOrder() {
    const later = [...this.board.querySelectorAll("li[data-item]")].find((one) => Number(one.dataset.begins) >= this.target.begins);
    if (later) later.before(this.ghost);
    else this.board.append(this.ghost);
  }

  // ---- small changes, by keyboard

  earlier(steps) {
    if (this.target.aside) return this.enterBoard();
    const step = stepOf(this.board);
    const begins = this.target.begins + steps * step;
    const snapped = steps < 0 ? Math.ceil(begins / step) * step : Math.floor(begins / step) * step;
    return this.moveTo({ begins: Math.min(Math.max(snapped, 0), DAY - step) });
  }

  longer(steps) {
    if (this.target.aside) return this.enterBoard();
    return this.moveTo({ minutes: Math.max(this.target.minutes + steps * stepOf(this.board), SHORTEST) });
  }

  beside(steps) {
    if (this.target.aside) return this.enterBoard();
    const values = columnsOf(this.board, this.item).map((column) => column.value);
    const next = values.indexOf(this.target.column) + steps;
    return this.moveTo({ column: values[Math.min(Math.max(next, 0), values.length - 1)] });
  }

  otherDay(steps) {
    const boards = boardsOf(this.root);
    const next = boards[boards.indexOf(this.board) + steps];
    if (this.target.aside) return this.enterBoard();
    return next ? this.moveTo({ day: Number(next.dataset.day) }) : false;
  }

  enterBoard() {
    if (!this.waited) return this.moveTo({ aside: false });
    const [board] = boardsOf(this.root);
    return board ? this.moveTo({ day: Number(board.dataset.day), begins: freeOn(board) }) : false;
  }

  // ---- the end

  letGo() {
    this.ghost.remove();
    this.item.classList.remove("is-lifted");
    this.root.classList.remove("is-moving", "is-resizing");
    this.root.querySelector("[data-aside]").classList.remove("is-target");
    this.item.querySelector("[data-grip]").setAttribute("aria-pressed", "false");
  }
}
