// Starts the application: what go-app expects of the page, the download of
// app.wasm, then the service worker and its updates.
"use strict";
performance.mark("boot");

// Both programs are on their way before the page itself has been read: the
// engine opens the profile while the browser still compiles the screens.
// app/bridge takes the worker over, with what it has told meanwhile.
const sillonApp = typeof WebAssembly === "object" && (WebAssembly.compileStreaming
  ? WebAssembly.compileStreaming(fetch("/app.wasm"))
  : fetch("/app.wasm").then(r => r.arrayBuffer()).then(b => WebAssembly.compile(b)));
if (sillonApp) {
  sillonApp.catch(() => {}); // said below
  const worker = new Worker("/worker.js"), early = [];
  worker.onmessage = worker.onerror = e => early.push(e);
  window.sillonEngine = { worker, early };
}

// The version of the site this page was built with; sw.js and worker.js carry
// the same, so that a page can refuse a worker of another version.
window.sillonVersion = "__VERSION__";

window.__csp = [];
document.addEventListener("securitypolicyviolation", e => window.__csp.push(e.effectiveDirective + " " + e.blockedURI));

// go-app looks these up on window; the WebAssembly side replaces the first three.
var goappNav = () => {};
var goappUpdatedBeforeWasmLoaded = false;
var goappOnUpdate = () => { goappUpdatedBeforeWasmLoaded = true; };
var goappOnAppInstallChange = () => {};
var goappTryUpdate = () => sillonUpdate.check();
var goappGetenv = key => (key === "GOAPP_INTERNAL_URLS" ? "null" : "");

// sillonUpdate tells the application that a new version is complete and
// waiting, and puts it in place when the user agrees.
window.sillonUpdate = (() => {
  const container = navigator.serviceWorker; // absent on plain http and in some private windows
  const hour = 3600e3;
  const subscribers = new Set();
  let registration = null, announced = null, checked = Date.now();
  let formOpen = false, stale = false;

  // At the very first installation a worker passes through "waiting" too:
  // only beside an active one is it an update.
  const next = () => registration && registration.active && registration.waiting;

  const announce = () => {
    const worker = next();
    if (!worker || worker === announced) return;
    announced = worker;
    goappOnUpdate();
    for (const tell of subscribers) tell();
  };

  const check = () => {
    checked = Date.now();
    return registration ? registration.update().then(announce, () => {}) : Promise.resolve(); // offline: next time
  };

  const look = () => {
    if (document.visibilityState === "hidden") return;
    announce();
    if (navigator.onLine && Date.now() - checked > hour) check(); // an installed application may not navigate for days
  };

  const versionOf = worker => new Promise(resolve => {
    const channel = new MessageChannel();
    channel.port1.onmessage = e => resolve(e.data);
    worker.postMessage("version", [channel.port2]);
  });

  // Another version has taken over, agreed to in this tab or in another one.
  const reloadWhenFree = () => { if (stale && !formOpen) location.reload(); };
  const takenOver = async () => {
    const worker = container.controller;
    if (worker && await versionOf(worker) !== window.sillonVersion) { // equal after the first installation
      stale = true;
      reloadWhenFree();
    }
  };

  // The application sets window.sillonFormOpen while something typed is not saved.
  Object.defineProperty(window, "sillonFormOpen", {
    get: () => formOpen,
    set: open => { formOpen = open === true; reloadWhenFree(); },
  });

  return {
    waiting: () => !!next(),
    apply() {
      const worker = next();
      if (worker) worker.postMessage("skipWaiting"); // then controllerchange, in every tab
      return !!worker;
    },
    check,
    subscribe(tell) {
      subscribers.add(tell);
      if (next()) tell();
      return () => subscribers.delete(tell);
    },
    formClosed() { window.sillonFormOpen = false; },
    async register() {
      if (!container) return;
      container.addEventListener("controllerchange", takenOver);
      registration = await container.register("/sw.js", { updateViaCache: "none" });
      const follow = worker => worker && worker.addEventListener("statechange", announce);
      follow(registration.installing);
      registration.addEventListener("updatefound", () => follow(registration.installing));
      window.addEventListener("focus", look);
      document.addEventListener("visibilitychange", look);
      const later = () => container.ready.then(r => r.active.postMessage("later")); // what was not brought at the installation
      window.addEventListener("online", later);
      later();
      announce();
    },
  };
})();

(async () => {
  if (typeof Go === "undefined" && document.readyState !== "complete") { // wasm_exec.js runs once the page is read
    await new Promise(resolve => {
      document.addEventListener("DOMContentLoaded", resolve, { once: true });
      window.addEventListener("load", resolve, { once: true });
    });
  }
  const loader = document.getElementById("app-wasm-loader");
  const cause = document.getElementById("app-wasm-loader-cause");

  const stop = why => {
    console.error("sillon:", why);
    cause.textContent = String(why);
    loader.classList.add("failed");
    loader.setAttribute("role", "alert");
    document.body.append(loader);
    sillonUpdate.subscribe(() => sillonUpdate.apply()); // a version that does not start must not keep out the next
  };

  try {
    if (!sillonApp) throw new Error("WebAssembly: not in this browser");
    const go = new Go();
    const instance = await WebAssembly.instantiate(await sillonApp, go.importObject);
    performance.mark("run");
    go.run(instance).then(() => stop("app.wasm: stopped"), stop); // ends only when the application has crashed
    loader.remove();
  } catch (err) {
    stop(err);
  }
  // Only now, so that its downloads find app.wasm in the HTTP cache.
  sillonUpdate.register().catch(err => console.warn("sillon: no offline copy:", err));
})();
