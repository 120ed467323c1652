// Where somebody stands, from what the server said last and from notes that are still here. The server has the last
// word; this is the same reckoning, so that a phone without network shows what will come out.

export function plainCode(text) {
  return text.trim().toLowerCase().replace(/^filo:/, "");
}

// → Map(list key → [state, since, id of the note])
export function standing(person, notes, lists) {
  const here = new Map(Object.entries(person.here));
  const undone = new Set(notes.filter((note) => note.kind === "undo").map((note) => note.undoes));
  for (const [key, found] of here) if (undone.has(found[2])) here.delete(key);
  const own = notes.filter((note) => note.kind !== "undo" && !undone.has(note.id));
  own.sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  for (const note of own) {
    const known = here.get(note.list);
    if (known && known[1] > note.at) continue;
    if (note.kind === "in") leaveOthers(here, note, lists);
    here.set(note.list, [note.kind === "in" ? "inside" : "left", note.at, note.id]);
  }
  return here;
}

function leaveOthers(here, note, lists) {
  const entered = lists.find((list) => list.key === note.list);
  if (!entered?.exit) return;
  for (const list of lists) {
    const found = here.get(list.key);
    if (list.exit && list.day === entered.day && list.key !== note.list && found?.[0] === "inside") {
      here.set(list.key, ["left", note.at, found[2]]);
    }
  }
}

// Why somebody may not simply come in: a key of the page's words, or nothing.
export function hindrance(person, list) {
  if (!person) return "unknown";
  if (person.place === "waits") return "waits";
  if (person.place === "none") return "none";
  return list.only && !list.only.includes(person.code) ? "notExpected" : "";
}

// Who comes along with somebody and is still awaited on a list.
export function awaited(people, leader, list, standingOf) {
  return people.filter((person) => person.with === leader.code && !standingOf(person).get(list.key));
}

export function figures(people, list, standingOf) {
  const counted = { expected: 0, present: 0, inside: 0, left: 0 };
  const heads = { expected: 0, present: 0 };
  for (const person of people) {
    const [state] = standingOf(person).get(list.key) ?? [];
    const isExpected = person.place === "yes" && !person.walkedIn && (!list.only || list.only.includes(person.code));
    if (isExpected) heads.expected += 1;
    if (state) heads.present += 1;
    if (person.with) continue;
    if (isExpected) counted.expected += 1;
    if (state) counted.present += 1;
    if (state === "inside") counted.inside += 1;
    if (state === "left") counted.left += 1;
  }
  return { ...counted, heads: `${heads.present} / ${heads.expected}` };
}
