package e2e

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// onFrames polls a condition of the page at every frame and says how long it
// took from t0, in milliseconds; −1: it never held.
const onFrames = `window.__until = (t0, f) => new Promise(ok => {
	const look = () => f() ? ok(performance.now() - t0) : performance.now() - t0 > 60000 ? ok(-1) : requestAnimationFrame(look);
	look();
})`

// A waited is what a first computation shows.
type waited struct {
	Shown   float64 // until its progress is on the screen
	Stopped float64 // from the button until it has stopped
	Done    float64 // of the second asking
}

// firstComputation opens a tab of the diagnosis before anything of it is ready:
// its progress is seen, it is stopped, it is asked again.
func firstComputation(d *device, how string, row func(what string, limit, got float64, unit, how string)) {
	d.t.Helper()
	const wait, again, tab = `document.querySelector("#content .wait-c")`, `document.querySelector("#content .hint.dg button")`, `document.querySelector("#content .pf-row svg[role=img], #content .pf-row .chart-d svg")`
	w := eval[waited](d, fmt.Sprintf(`(async () => {
		let t0 = performance.now();
		goappNav("/portefeuille/maturite");
		const out = {Shown: await __until(t0, () => %[1]s || %[3]s)};
		if (%[1]s) {
			t0 = performance.now();
			%[1]s.querySelector("button").click();
			out.Stopped = await __until(t0, () => !%[1]s);
			await __until(t0, () => { const b = %[2]s; if (b) b.click(); return b || %[3]s });
			t0 = performance.now();
			out.Done = await __until(t0, () => %[3]s);
		}
		return out;
	})()`, wait, again, tab))
	if w.Stopped == 0 {
		row("a first computation, "+how+" → the tab", 300, w.Shown, "ms", "so soon that no progress is shown")
		return
	}
	row("a first computation, "+how+" → its progress on the screen", 400, w.Shown, "ms", "after 300 ms of patience")
	row("its button → it has stopped", 150, w.Stopped, "ms", fmt.Sprintf("asked again, it takes %.1f s", w.Done/1000))
}

// tabs opens each tab of Portefeuille from results that are there.
func tabs(d *device, row func(what string, limit, got float64, unit, how string)) {
	d.t.Helper()
	d.follow("/clients")
	slowest, of, line := 0.0, "", ""
	for _, tab := range [...]struct{ op, path string }{{"portfolio", ""}, {"maturity", "/maturite"}, {"weigh", "/poids"}, {"contacts", "/contacts"}, {"potential", "/potentiel"}} {
		open := fmt.Sprintf(`goappNav("/portefeuille%s")`, tab.path)
		var walls, firsts, owns []float64
		d.measure(tab.op, open) // computed, and never before
		d.measure("list", `goappNav("/clients")`)
		for range 3 {
			own := d.measure(tab.op, open).Worker
			d.measure("list", `goappNav("/clients")`)
			d.slow(4)
			l := d.measure(tab.op, open, `document.querySelector("#content .card")`)
			d.slow(1)
			d.measure("list", `goappNav("/clients")`)
			walls, firsts, owns = append(walls, l.Wall), append(firsts, max(0, l.First)), append(owns, own)
		}
		ms := median(walls) + 3*median(owns)
		line += fmt.Sprintf("%s %.0f (page %.0f, its first cards %.0f, + 3 × worker %.0f), ", tab.op, ms, median(walls), median(firsts), median(owns))
		if ms > slowest {
			slowest, of = ms, tab.op
		}
	}
	row("a tab of Portefeuille opened from kept results, 4×: the slowest", 400, slowest, "ms", of+"; "+strings.TrimSuffix(line, ", "))
}

// cuts moves a cut of the ABC curve by its keys.
func cuts(d *device, row func(what string, limit, got float64, unit, how string)) {
	d.t.Helper()
	d.follow("/portefeuille/poids")
	d.wait("the curve", `document.querySelector("#wt-cuts .grip")`)
	time.Sleep(300 * time.Millisecond)
	var took, own []float64
	for range 7 {
		at := eval[int](d, `Number(document.querySelector("#wt-cuts .grip[data-cut='0']").getAttribute("aria-valuenow"))`)
		l := d.measure("cut", `const g = document.querySelector("#wt-cuts .grip[data-cut='0']"); g.focus(); g.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}))`,
			fmt.Sprintf(`document.querySelector("#wt-cuts .grip[data-cut='0']") && document.querySelector("#wt-cuts .grip[data-cut='0']").getAttribute("aria-valuenow") == "%d"`, at+1))
		took, own = append(took, l.First), append(own, l.Worker)
	}
	row("an ABC cut moved → the curve drawn again, 1×", 50, median(took), "ms", fmt.Sprintf("median of %d, slowest %.0f; worker %.0f", len(took), slices.Max(took), median(own)))
}
