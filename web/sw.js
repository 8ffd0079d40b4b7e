// Keeps one whole version of the site on the device and answers from it. The
// version in place stays until all of the next one is here and the user has
// agreed; /api/ never passes through. What the application can start without
// (the places and the map) comes after, under the same version, and is asked for
// again until it is here.
"use strict";
const VERSION = "__VERSION__";
const ASSETS = __ASSETS__;
const LATER = __LATER__;
const CACHE = "sillon-" + VERSION;

self.addEventListener("install", e => e.waitUntil(install()));

async function install() {
  const cache = await caches.open(CACHE);
  try {
    await cache.addAll(ASSETS.map(url => new Request(url, { cache: "no-cache" })));
    if (!(await current())) throw new Error(`${VERSION} was replaced during its download`);
  } catch (err) {
    await caches.delete(CACHE); // all or none: the previous version stays
    throw err;
  }
  await later(AbortSignal.timeout(20e3)).catch(() => {}); // a slow network does not keep the rest waiting
}

// current reports whether the server still has this version: one replaced during
// a download would leave files of two versions side by side.
async function current() {
  const sw = await fetch("/sw.js", { cache: "no-store" });
  return (await sw.text()).includes(`"${VERSION}"`);
}

// later brings what is still missing of the second list.
async function later(signal) {
  const cache = await caches.open(CACHE);
  const kept = await Promise.all(LATER.map(url => cache.match(url)));
  const missing = LATER.filter((_, i) => !kept[i]);
  if (!missing.length) return;
  const files = await Promise.all(missing.map(url => fetch(url, { cache: "no-cache", signal })));
  const bodies = await Promise.all(files.map(f => f.blob()));
  if (!(await current())) return; // the next version brings its own
  await Promise.all(files.map((f, i) => f.ok && cache.put(missing[i], new Response(bodies[i], { headers: f.headers }))));
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
  if (e.data === "later") e.waitUntil(later().catch(() => {}));
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
