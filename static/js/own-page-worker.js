// Keeps one page of a participant and its files on the phone, so that it opens without network. It is sent from beside
// that page (/registrations/…/roadbook.js), and serves that page alone.
const PAGE = self.location.pathname.replace(/\.js$/, "");
const KEPT = `${PAGE.split("/").pop()}-1`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const isPage = (request, url) => request.mode === "navigate" && url.pathname === PAGE;
const pageOf = (url) => new URL(url.pathname, url.origin).href;

self.addEventListener("message", ({ data, source }) => {
  if (data.keep) keep(data.keep).then((areAll) => { if (areAll) source?.postMessage({ kept: true }); });
});

// What carries its version never changes; what a script imports does, with the next release.
const isForGood = (url) => url.pathname.startsWith("/static/") && url.searchParams.has("v");

async function keep(addresses) {
  const cache = await caches.open(KEPT);
  const kept = await Promise.allSettled(addresses.map(async (address) => {
    if (isForGood(new URL(address)) && await cache.match(address)) return;
    await cache.add(new Request(address, { cache: "no-cache" }));
  }));
  return kept.every(({ status }) => status === "fulfilled");
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isPage(request, url)) event.respondWith(freshOrKept(request, pageOf(url)));
  else if (isForGood(url)) event.respondWith(keptOrFresh(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(freshOrKept(new Request(request, { cache: "no-cache" }), request));
});

// a link that opens nothing any more takes the kept page along
async function freshOrKept(request, address) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.status === 404 || answer.status === 410) await cache.delete(address);
    return answer;
  } catch (error) {
    const kept = await cache.match(address);
    if (kept) return kept;
    throw error;
  }
}

async function keptOrFresh(request) {
  return await (await caches.open(KEPT)).match(request) ?? fetch(request);
}
