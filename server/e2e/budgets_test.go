package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// meter notes in window.__calls how long each request to the worker took, and in
// window.__long every task of the page over 50 ms; window.__brief is when Today
// became readable.
const meter = `
window.__calls = []; window.__long = [];
new PerformanceObserver(l => l.getEntries().forEach(e => window.__long.push(e.duration))).observe({type: "longtask"});
(() => {
  const ask = Worker.prototype.postMessage, open = new Map(), heard = new WeakSet();
  Worker.prototype.postMessage = function(m, t) {
    if (m && m.op) { open.set(m.id, [m.op, performance.now()]); if (m.id < 1e6) { window.__worker = this; (window.__last = window.__last || {})[m.op] = new Uint8Array(m.p); } }
    if (!heard.has(this)) { heard.add(this); this.addEventListener("message", e => {
      const c = open.get(e.data && e.data.id);
      if (c && (e.data.ok || e.data.err)) { open.delete(e.data.id); window.__calls.push({op: c[0], ms: performance.now() - c[1]}); }
    }); }
    return ask.call(this, m, t);
  };
  new MutationObserver(() => { if (!window.__brief && document.querySelector(".brief .hd h2 a, .cl-row .c-name a")) requestAnimationFrame(() => { window.__brief = window.__brief || performance.now(); }); })
    .observe(document, {childList: true, subtree: true});
})();`

func (d *device) throttle(rate float64) {
	d.t.Helper()
	if _, err := chromedp.Call(d.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: rate}); err != nil {
		d.t.Fatal(err)
	}
}

func middle(xs []float64) float64 {
	slices.Sort(xs)
	return xs[len(xs)/2]
}

// spent runs an action in the page until a request of the worker is answered
// and painted: the wall time, and the worker's part of it.
func (d *device) spent(op, act string) (wall, worker float64) {
	d.t.Helper()
	r := eval[struct{ Wall, Worker float64 }](d, fmt.Sprintf(`(async () => {
		const n = window.__calls.length, t = performance.now(); %s;
		while (!window.__calls.slice(n).some(c => c.op === %q) && performance.now() - t < 30000) await new Promise(ok => setTimeout(ok, 2));
		const c = window.__calls.slice(n).find(c => c.op === %q) || {ms: 99999};
		await new Promise(ok => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = ok; c.port2.postMessage(0); })); // painted
		return {Wall: performance.now() - t, Worker: c.ms};
	})()`, act, op, op))
	return r.Wall, r.Worker
}

// own is the worker's own time for the last request of an operation: the same
// request again, from a page that does nothing else.
func (d *device) own(op string) float64 {
	d.t.Helper()
	return middle(eval[[]float64](d, fmt.Sprintf(`(async () => {
		const times = [];
		for (let i = 0; i < 9; i++) {
			const id = 1e6 + Math.floor(performance.now() * 1000) + i, p = new Uint8Array(window.__last[%q]), t = performance.now();
			const answered = new Promise(ok => { const hear = e => { if (e.data.id === id) { window.__worker.removeEventListener("message", hear); ok(performance.now() - t); } }; window.__worker.addEventListener("message", hear); });
			window.__worker.postMessage({v: 1, id, op: %q, p}, [p.buffer]);
			times.push(await answered);
		}
		return times;
	})()`, op, op)))
}

// TestBudgets prints what docs/performance.md keeps. "At 4×" is the wall time
// under Chromium's throttle plus three times the worker's own time, which the
// throttle does not reach.
func TestBudgets(t *testing.T) {
	if !*budgets {
		t.Skip("measures with -budgets: make bench")
	}
	say := func(what string, budget string, format string, args ...any) {
		fmt.Printf("| %s | %s | %s |\n", what, budget, fmt.Sprintf(format, args...))
	}
	office := startDemo(t)
	d := tablet(t, office, "maelle")
	d.onEveryPage(meter)
	d.signIn("maelle", demoPassword)
	d.wait("the copy of the application kept on the device", `navigator.serviceWorker.controller`)
	office.kill()

	// The worker's own part of a start is its answer to the first screen; its
	// own start runs beside the page's.
	start := func(rate float64) (wall, worker float64) {
		var times, own []float64
		for range 5 {
			d.throttle(rate)
			d.visit("/")
			d.wait("Today readable", `window.__brief > 0`)
			times = append(times, eval[float64](d, `window.__brief`))
			own = append(own, d.own("today"))
		}
		d.throttle(1)
		return middle(times), middle(own)
	}
	wall1, own := start(1)
	say("warm offline start to Today readable, 1×", "600 ms", "%.0f ms", wall1)
	wall4, _ := start(4)
	say("the same at 4× (wall under throttle, plus 3 × the worker's answer)", "2 000 ms", "%.0f ms (%.0f + 3 × %.0f)", wall4+3*own, wall4, own)

	var saved []float64
	for range 9 {
		_, w := d.spent("log", `document.querySelector("#log .outc button").click()`)
		saved = append(saved, w)
		d.next()
	}
	say("visit confirmed on disk (page to worker and back)", "50 ms", "median %.0f ms, worst %.0f ms", middle(saved), slices.Max(saved))

	d.give(frenchFile(t, frenchClients(5000)))
	d.checked()
	began := eval[float64](d, `(window.__long = [], performance.now())`)
	d.bring()
	long := eval[[]float64](d, `window.__long`)
	say("import of 5 000 clients and 10 000 lines, offline", "page never frozen", "%.1f s, longest task of the page %.0f ms", (eval[float64](d, `performance.now()`)-began)/1000, longest(long))

	d.follow("/clients")
	d.settled()
	d.rows()
	say("nodes on the list of 5 000", "3 000", "%d", eval[int](d, `document.querySelectorAll("*").length`))
	var own1 float64 // the worker's own time, seen from a page that is not throttled
	for _, rate := range []float64{1, 4} {
		var keys []float64
		d.throttle(rate)
		for _, text := range []string{"b", "bo", "bou", "boul", "bœuf", "saint"} {
			wall, _ := d.spent("list", fmt.Sprintf(`(e => { e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})) })(document.querySelector("#q"))`, text))
			if rate > 1 {
				wall += 3 * own1
			}
			keys = append(keys, wall)
		}
		d.throttle(1)
		if rate == 1 {
			own1 = d.own("list")
		}
		say(fmt.Sprintf("a key in the search over 5 000 clients, %.0f×", rate), "150 ms at 4×", "median %.0f ms, worst %.0f ms (worker %.0f ms at 1×)", middle(keys), slices.Max(keys), own1)
	}

	for _, p := range []string{"/portefeuille", "/", "/reglages"} {
		d.throttle(1)
		eval[bool](d, `(window.__long = [], true)`)
		d.follow(p)
		d.settled()
		say("longest task of the page on "+p, "100 ms", "%.0f ms; nodes %d", longest(eval[[]float64](d, `window.__long`)), eval[int](d, `document.querySelectorAll("*").length`))
	}
	const more = `document.querySelector(".wrow .step button:last-of-type").click()`
	d.wait("the weights", `document.querySelector(".wrow .step button:last-of-type")`)
	d.spent("weights", more)
	worker := d.own("weights")
	d.throttle(4)
	wallW, _ := d.spent("weights", more)
	say("scores of 5 000 clients after a weight moved, 4×", "300 ms", "%.0f ms (worker %.0f ms)", wallW+3*worker, worker)
	d.throttle(1)
	for _, f := range []string{"app.wasm", "engine.wasm"} {
		if i, err := os.Stat(filepath.Join(root(), "web", "gen", f+".br")); err == nil {
			say(f+" as built (make release: brotli 11)", "1.9 / 1.3 MB", "%.0f kB", float64(i.Size())/1000)
		}
	}
}

func longest(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	return slices.Max(xs)
}
