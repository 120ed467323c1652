// Keeps the page of check-in and its files on the phone, so that it opens without network. Names are not here: the
// page keeps those itself, and erases them when its link opens nothing any more.
const KEPT = "check-in-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page is kept without who is on it: what a link shows is drawn from what the page keeps.
const isPage = (request, url) => request.mode === "navigate" && /^\/check-in\/[^/]+$/.test(url.pathname);
const pageOf = (url) => new URL(url.pathname, url.origin).href;

self.addEventListener("message", ({ data, source }) => {
  if (data.keep) keep(data.keep).then((areAll) => { if (areAll) source?.postMessage({ kept: true }); });
  if (data.forget) caches.open(KEPT).then((cache) => cache.delete(data.forget));
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

async function freshOrKept(request, address) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(KEPT)).match(address);
    if (kept) return kept;
    throw error;
  }
}

async function keptOrFresh(request) {
  return await (await caches.open(KEPT)).match(request) ?? fetch(request);
}
