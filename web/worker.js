// Runs the engine beside the page. Messages that come before Go listens wait
// in __early, as events: Go sets onmessage, then handles and empties the list.
"use strict";
self.sillonVersion = "__VERSION__";
self.__early = [];
self.onmessage = e => self.__early.push(e);

(async () => {
  // Compiled while the script that runs it is still fetched.
  const engine = WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(fetch("/engine.wasm"))
    : fetch("/engine.wasm").then(r => r.arrayBuffer()).then(b => WebAssembly.compile(b));
  engine.catch(() => {}); // said below
  importScripts("/wasm_exec.js");
  // What open throws where storage is forbidden would pass through a callback of
  // Go, and end it: such a window has no indexedDB as far as Go can see. Where
  // all is well, this wakes the database while the engine is still compiled.
  try {
    const knock = indexedDB.open("sillon-profiles", 1);
    knock.onupgradeneeded = () => knock.transaction.abort(); // the engine makes it
    knock.onerror = e => e.preventDefault();
    knock.onsuccess = () => knock.result.close();
  } catch {
    Object.defineProperty(self, "indexedDB", { value: undefined });
  }
  const go = new Go();
  await go.run(await WebAssembly.instantiate(await engine, go.importObject));
  throw new Error("engine.wasm: stopped"); // it runs as long as the page, unless it crashed
})().catch(err => self.postMessage({ fatal: String(err) }));
