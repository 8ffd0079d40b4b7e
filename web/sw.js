// Keeps one whole version of the site on the device and answers from it. The
// version in place stays until all of the next one is here and the user has
// agreed; /api/ never passes through.
"use strict";
const VERSION = "__VERSION__";
const ASSETS = __ASSETS__;
const CACHE = "sillon-" + VERSION;

self.addEventListener("install", e => e.waitUntil(install()));

async function install() {
  const cache = await caches.open(CACHE);
  try {
    await cache.addAll(ASSETS.map(url => new Request(url, { cache: "no-cache" })));
    // A server replaced meanwhile would leave files of two versions side by side.
    const sw = await fetch("/sw.js", { cache: "no-store" });
    if (!(await sw.text()).includes(`"${VERSION}"`)) throw new Error(`${VERSION} was replaced during its download`);
  } catch (err) {
    await caches.delete(CACHE); // all or none: the previous version stays
    throw err;
  }
}

self.addEventListener("activate", e => e.waitUntil(activate()));

async function activate() {
  for (const key of await caches.keys()) {
    if (key.startsWith("sillon-") && key !== CACHE) await caches.delete(key);
  }
  await self.clients.claim();
}

self.addEventListener("message", e => {
  if (e.data === "skipWaiting") self.skipWaiting();
  if (e.data === "version") (e.ports[0] || e.source).postMessage(VERSION);
});

self.addEventListener("fetch", e => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  e.respondWith(answer(e.request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const wanted = request.mode === "navigate" ? "/" : request; // every page is the shell
  return (await cache.match(wanted, { ignoreSearch: true, ignoreVary: true })) || fetch(request);
}
