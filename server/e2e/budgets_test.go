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

// spy notes in window.__calls how long each request to the worker took, and in
// window.__long every task of the page over 50 ms; window.__brief is when Today
// became readable.
const meter = `
window.__calls = []; window.__long = [];
new PerformanceObserver(l => l.getEntries().forEach(e => window.__long.push(e.duration))).observe({type: "longtask"});
(() => {
  const ask = Worker.prototype.postMessage, open = new Map(), heard = new WeakSet();
  Worker.prototype.postMessage = function(m, t) {
    if (m && m.op) open.set(m.id, [m.op, performance.now()]);
    if (!heard.has(this)) { heard.add(this); this.addEventListener("message", e => {
      const c = open.get(e.data && e.data.id);
      if (c && (e.data.ok || e.data.err)) { open.delete(e.data.id); window.__calls.push({op: c[0], ms: performance.now() - c[1]}); }
    }); }
    return ask.call(this, m, t);
  };
  new MutationObserver(() => { if (!window.__brief && document.querySelector(".brief .hd h2 a, .cl-row .c-name a")) requestAnimationFrame(() => { window.__brief = window.__brief || performance.now(); }); })
    .observe(document, {childList: true, subtree: true});
})();`

type call struct {
	Op string
	MS float64
}

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
		while (!window.__calls.slice(n).some(c => c.op === %q)) await new Promise(ok => setTimeout(ok, 2));
		const c = window.__calls.slice(n).find(c => c.op === %q);
		await new Promise(ok => requestAnimationFrame(() => requestAnimationFrame(ok)));
		return {Wall: performance.now() - t, Worker: c.ms};
	})()`, act, op, op))
	return r.Wall, r.Worker
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

	start := func(rate float64) float64 {
		var times []float64
		for range 5 {
			d.throttle(rate)
			d.visit("/")
			d.wait("Today readable", `window.__brief > 0`)
			times = append(times, eval[float64](d, `window.__brief`))
		}
		d.throttle(1)
		return middle(times)
	}
	say("warm offline start to Today readable, 1×", "600 ms", "%.0f ms", start(1))
	say("the same under the page's throttle at 4×", "2 000 ms", "%.0f ms", start(4))

	var saved []float64
	for range 9 {
		_, w := d.spent("log", `document.querySelector("#log .outc button, #log button.outc, #log .outc").click()`)
		saved = append(saved, w)
		d.next()
	}
	say("visit confirmed on disk (page to worker and back)", "50 ms", "median %.0f ms, worst %.0f ms", middle(saved), slices.Max(saved))

	d.give(frenchFile(t, frenchClients(5000)))
	d.checked()
	wall := eval[float64](d, `(window.__long = [], performance.now())`)
	d.bring()
	long := eval[[]float64](d, `window.__long`)
	say("import of 5 000 clients and 10 000 lines, offline", "page never frozen", "%.1f s, longest task of the page %.0f ms", (eval[float64](d, `performance.now()`)-wall)/1000, longest(long))

	d.follow("/clients")
	d.settled()
	d.rows()
	say("nodes on the list of 5 000", "3 000", "%d", eval[int](d, `document.querySelectorAll("*").length`))
	for _, rate := range []float64{1, 4} {
		var keys []float64
		d.throttle(rate)
		for _, text := range []string{"b", "bo", "bou", "boul", "bœuf", "saint"} {
			wall, worker := d.spent("list", fmt.Sprintf(`(e => { e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})) })(document.querySelector("#q"))`, text))
			if rate > 1 {
				wall += 3 * worker
			}
			keys = append(keys, wall)
		}
		d.throttle(1)
		say(fmt.Sprintf("a key in the search over 5 000 clients, %.0f×", rate), "150 ms at 4×", "median %.0f ms, worst %.0f ms", middle(keys), slices.Max(keys))
	}

	for _, p := range []string{"/portefeuille", "/", "/reglages"} {
		d.throttle(1)
		d.follow(p)
		d.settled()
		say("longest task of the page on "+p, "100 ms", "%.0f ms; nodes %d", longest(eval[[]float64](d, `window.__long`)), eval[int](d, `document.querySelectorAll("*").length`))
	}
	d.throttle(4)
	d.wait("the weights", `document.querySelector(".wrow .step button:last-of-type")`)
	wallW, worker := d.spent("weights", `document.querySelector(".wrow .step button:last-of-type").click()`)
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
