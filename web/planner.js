// Runs the planner beside the page, for as long as a week is being planned: as
// worker.js does for the engine.
"use strict";
self.sillonVersion = "__VERSION__";
self.__early = [];
self.onmessage = e => self.__early.push(e);

(async () => {
  importScripts("/wasm_exec.js");
  const go = new Go();
  const response = fetch("/plan.wasm");
  const { instance } = WebAssembly.instantiateStreaming
    ? await WebAssembly.instantiateStreaming(response, go.importObject)
    : await WebAssembly.instantiate(await (await response).arrayBuffer(), go.importObject);
  await go.run(instance);
  throw new Error("plan.wasm: stopped");
})().catch(err => self.postMessage({ fatal: String(err) }));
