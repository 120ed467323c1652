// Reads calendars with ical.js (first argument: its path). Each line of standard input is a calendar as a JSON string,
// and is answered by a line: its events, or why it is refused.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const ICAL = createRequire(import.meta.url)(process.argv[2]);
const moment = (time) => (time.isDate ? time.toString() : time.toUnixTime());

function eventsOf(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  // The file's own zones, so that a wrong VTIMEZONE shows as a wrong hour.
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return calendar.getAllSubcomponents("vevent").map(plain);
}

function plain(component) {
  const event = new ICAL.Event(component);
  const unknown = [event.startDate, event.endDate].find((time) => !time.isDate && time.zone === ICAL.Timezone.localTimezone);
  if (unknown) throw new Error(`${event.uid}: a time without a zone that the file describes`);
  return {
    uid: event.uid,
    start: moment(event.startDate),
    end: moment(event.endDate),
    summary: event.summary ?? "",
    status: component.getFirstPropertyValue("status") ?? "",
    location: event.location ?? "",
    sequence: event.sequence ?? 0,
    description: event.description ?? "",
    categories: component.getAllProperties("categories").flatMap((property) => property.getValues()),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { events: eventsOf(JSON.parse(line)) };
  } catch (error) {
    answer = { refused: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
