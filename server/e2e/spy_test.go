package e2e

// spyOnWorker makes a page keep its conversation with the worker: what it
// asked, when, and when the answer came. It changes nothing of it, unless
// __broken is set: then the next worker does not start.
const spyOnWorker = `
window.__calls = [];
window.__workers = [];
window.Worker = class extends Worker {
	constructor(url) {
		super(window.__broken ? "/no-such-worker.js" : url);
		this.born = performance.now();
		window.__workers.push(this);
		this.addEventListener("message", e => {
			const c = e.data && e.data.id && window.__calls.find(c => c.id === e.data.id);
			if (!c || !(e.data.ok || e.data.err)) return;
			c.back = performance.now();
			c.failed = !!e.data.err;
			const b = e.data.ok || e.data.err;
			if (b.length < 4000) c.answer = [...b];
		});
	}
	postMessage(m, ...rest) {
		if (m && m.op) window.__calls.push({id: m.id, op: m.op, born: this.born, sent: performance.now()});
		super.postMessage(m, ...rest);
	}
};`
