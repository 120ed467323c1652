// Small comforts. Nothing here decides anything, and every page works without it.

function focusErrorSummary() {
  document.querySelector("[data-error-summary]")?.focus();
}

// A filter applies itself when it is chosen with a pointer. From the keyboard each arrow would be a new page,
// so there the button of the form is used.
function submitFiltersOnChange() {
  for (const form of document.querySelectorAll("form[data-autosubmit]")) {
    let byKeyboard = false;
    form.addEventListener("keydown", () => { byKeyboard = true; });
    form.addEventListener("pointerdown", () => { byKeyboard = false; });
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement && !byKeyboard) form.requestSubmit();
    });
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  }
}

function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const words = button.querySelector("[aria-live]") ?? button;
    const before = words.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      words.textContent = button.dataset.copied;
      setTimeout(() => { words.textContent = before; }, 3000);
    });
  }
}

// Tabs that do not fit scroll sideways; the open one is not left out of sight.
function showOpenTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
  }
}

// A part that says how far something is: put there anew until it says so no more, and then the whole page once.
function followLiveParts() {
  for (const part of document.querySelectorAll("[data-live]")) {
    const frame = part.parentElement;
    const look = async () => {
      const now = frame.querySelector("[data-live]");
      if (!now) return location.reload();
      const answer = await fetch(now.dataset.live).catch(() => null);
      if (answer?.ok) frame.innerHTML = await answer.text();
      return setTimeout(look, Number(now.dataset.every));
    };
    setTimeout(look, Number(part.dataset.every));
  }
}

function clockIn(instant, zone, options) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...options, timeZone: zone }).format(instant);
}

// The event's time stands in the page; the reader's own is added where its clock shows another.
function addOwnTime() {
  const phrase = document.documentElement.dataset.ownTime;
  const full = { year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (!phrase) return;
  for (const time of document.querySelectorAll("time[datetime][data-zone]")) {
    const instant = new Date(time.dateTime);
    if (Number.isNaN(instant.valueOf()) || clockIn(instant, time.dataset.zone, full) === clockIn(instant, undefined, full)) continue;
    const day = { year: "numeric", month: "numeric", day: "numeric" };
    const otherDay = clockIn(instant, time.dataset.zone, day) !== clockIn(instant, undefined, day);
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const own = clockIn(instant, undefined, { ...(otherDay && { weekday: "short" }), ...clock });
    const note = document.createElement("span");
    note.className = "own-time";
    note.textContent = ` (${phrase.replace("{time}", own)})`;
    const title = time.closest(".thread > li")?.querySelector("h2, h3, h4");
    (title ?? time).after(note);
  }
}

focusErrorSummary();
submitFiltersOnChange();
offerCopying();
showOpenTab();
followLiveParts();
addOwnTime();
