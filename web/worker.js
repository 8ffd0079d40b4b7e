// Runs the engine beside the page. Messages that come before Go listens wait
// in __early, as events: Go sets onmessage, then handles and empties the list.
"use strict";
self.sillonVersion = "__VERSION__";
self.__early = [];
self.onmessage = e => self.__early.push(e);

(async () => {
  importScripts("/wasm_exec.js");
  const go = new Go();
  const response = fetch("/engine.wasm");
  const { instance } = WebAssembly.instantiateStreaming
    ? await WebAssembly.instantiateStreaming(response, go.importObject)
    : await WebAssembly.instantiate(await (await response).arrayBuffer(), go.importObject);
  await go.run(instance);
  throw new Error("engine.wasm: stopped"); // it runs as long as the page, unless it crashed
})().catch(err => self.postMessage({ fatal: String(err) }));
