// Where things are on the boards of a page: a line is a time, a column a room or a track. On a narrow screen, and where
// too much runs side by side, a board is a list; there an item begins when the one above it ends.

const DAY = 1440;

export function clock(minute) {
  const inDay = ((minute % DAY) + DAY) % DAY;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
}

export const boardsOf = (root) => [...root.querySelectorAll("[data-board]")];
export const boardOf = (root, day) => boardsOf(root).find((board) => Number(board.dataset.day) === day);
export const isGrid = (board) => "step" in board.dataset && getComputedStyle(board).display === "grid";
export const stepOf = (board) => Number(board?.dataset.step ?? 5);
export const dayName = (board) => document.getElementById(`day-${board.dataset.day}`).textContent.trim();

const number = (element, name) => Number(element.dataset[name]);
const itemsOn = (board) => [...board.querySelectorAll("li[data-item]:not(.is-lifted)")];
const endOf = (item) => number(item, "begins") + number(item, "minutes");

// The columns that an item can be moved to: those of the grid, else all that its form offers.
export function columnsOf(board, item) {
  const heads = isGrid(board) ? [...board.querySelectorAll("[data-head]")] : [];
  if (heads.length) return heads.map((head) => ({ value: head.dataset.column, words: head.textContent.trim(), head }));
  return [...item.querySelectorAll("select[name=column] option")].map((one) => ({ value: one.value, words: one.textContent.trim() }));
}

export function columnWords(board, item, value) {
  const found = columnsOf(board, item).find((column) => column.value === value);
  return found?.words ?? [...item.querySelectorAll("select[name=column] option")].find((one) => one.value === value)?.textContent.trim() ?? "";
}

// How far below the board's upper edge each of its lines is: rows grow with what stands in them.
export function linesOf(board) {
  const probes = document.createDocumentFragment();
  for (let line = 1; line <= number(board, "lines"); line += 1) {
    const probe = document.createElement("li");
    probe.className = `line from-${line}`;
    probes.append(probe);
  }
  const made = [...probes.children];
  board.append(probes);
  const { top, bottom } = board.getBoundingClientRect();
  const tops = made.map((probe) => probe.getBoundingClientRect().top - top);
  made.forEach((probe) => probe.remove());
  return [...tops, bottom - top];
}

const away = (from, until, at) => Math.max(from - at, at - until, 0);

export function nearestBoard(root, y) {
  const far = (board) => { const { top, bottom } = board.getBoundingClientRect(); return away(top, bottom, y); };
  return boardsOf(root).reduce((best, board) => (best && far(best) <= far(board) ? best : board), null);
}

export function columnAt(board, item, x) {
  const columns = columnsOf(board, item).filter((column) => column.head);
  const far = ({ head }) => { const { left, right } = head.getBoundingClientRect(); return away(left, right, x); };
  return columns.reduce((best, column) => (best && far(best) <= far(column) ? best : column), null)?.value;
}

// The minute of the line that is nearest to a height on the screen.
export function minuteAt(board, lines, y) {
  const height = y - board.getBoundingClientRect().top;
  const nearest = lines.reduce((best, top, line) => (Math.abs(top - height) < Math.abs(lines[best] - height) ? line : best), 0);
  return number(board, "opens") + nearest * stepOf(board);
}

// In a list: when the item above ends, or before that where the one below begins; before the first one, so that this
// one ends as that begins.
export function minuteInList(board, y, minutes) {
  const items = itemsOn(board);
  const above = items.filter((item) => { const { top, height } = item.getBoundingClientRect(); return top + height / 2 < y; }).at(-1);
  const below = above && items[items.indexOf(above) + 1];
  if (above) return { begins: Math.min(endOf(above), below ? number(below, "begins") : Infinity), after: above };
  const first = items[0];
  const opens = Number(board.dataset.opens ?? 9 * 60);
  return { begins: first ? Math.max(number(first, "begins") - minutes, 0) : opens, after: null };
}

// Where something that waits goes first: behind the last item of a day.
export function freeOn(board) {
  return Math.max(Number(board.dataset.opens ?? 0), ...itemsOn(board).map(endOf));
}

// The classes that put something into the grid, or none where the board is a list.
export function spotOf(board, item, { begins, minutes, column }) {
  if (!isGrid(board)) return "";
  const [opens, step, lines] = [number(board, "opens"), stepOf(board), number(board, "lines")];
  const first = Math.min(Math.max(Math.floor((begins - opens) / step), 0), lines - 1) + 1;
  const last = Math.min(Math.max(Math.ceil((begins + minutes - opens) / step) + 1, first + 1), lines + 1);
  const head = columnsOf(board, item).find((one) => one.value === column)?.head;
  const lanes = head?.className.match(/col-\d+ span-\d+/)?.[0] ?? "col-1";
  return `${lanes} from-${first} to-${last}`;
}
