// Reads a calendar file from standard input with ical.js (first argument: its path), and writes its events as JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const ICAL = createRequire(import.meta.url)(process.argv[2]);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));

// The file's own zones, so that a wrong VTIMEZONE shows as a wrong hour.
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}

const moment = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const events = calendar.getAllSubcomponents("vevent").map((component) => {
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
  };
});
process.stdout.write(JSON.stringify(events));
