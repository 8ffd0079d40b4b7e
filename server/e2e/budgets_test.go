package e2e

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/hub"
	"sillon/server/store/sqlite"
)

// readable notes when Today can be read: a client to see, and who is due.
const readable = `(() => {
	const there = () => { const a = document.querySelector(".brief .hd h2 a"); return a && a.textContent && document.querySelector(".agenda .pick") };
	new MutationObserver(() => {
		if (window.__readable || !there()) return;
		window.__readable = -1;
		requestAnimationFrame(() => setTimeout(() => { window.__readable = performance.now() }));
	}).observe(document, {subtree: true, childList: true, characterData: true});
	window.__long = [];
	try { new PerformanceObserver(l => window.__long.push(...l.getEntries().map(e => ({at: e.startTime, ms: e.duration})))).observe({type: "longtask", buffered: true}) } catch {}
})()`

// measured types in the page: it runs act, waits until the worker has answered
// at least n calls of an operation and the page has stopped changing, and
// returns how long it took to the last frame (and to the first where seen
// holds), and what the worker took of it.
const measured = `window.__measure = async (op, act, seen) => {
	const from = __calls.length;
	let painted = 0, changed = 0, first = 0;
	const t0 = performance.now();
	const o = new MutationObserver(() => { changed = performance.now(); const there = first === 0 && seen && seen(); if (there) first = -1; requestAnimationFrame(() => setTimeout(() => { painted = performance.now(); if (there) first = painted })) });
	o.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
	await act();
	const calls = () => __calls.slice(from).filter(c => c.op === op);
	while (!calls().some(c => c.back) || calls().some(c => !c.back) || performance.now() - Math.max(changed, t0) < 250 || painted < changed) {
		await new Promise(ok => setTimeout(ok, 10));
		if (performance.now() - t0 > 20000) throw new Error("no " + op + " within 20 s");
	}
	o.disconnect();
	const last = calls().at(-1);
	return {wall: Math.max(painted, last.back) - t0, first: first - t0, worker: calls().reduce((s, c) => s + c.back - c.sent, 0), answer: (last && last.answer) || []};
};`

// A lap is one measurement, in milliseconds.
type lap struct {
	Wall, Worker float64
	First        float64 // until what was looked for is painted
	Answer       []byte  `json:"-"`
	Bytes        []int   `json:"answer"`
}

// measure also looks for the first paint where a condition, if any, holds.
func (d *device) measure(op, act string, seen ...string) lap {
	d.t.Helper()
	l := eval[lap](d, fmt.Sprintf(`__measure(%q, async () => { %s }, () => %s)`, op, act, strings.Join(append(seen, "false"), " || ")))
	for _, b := range l.Bytes {
		l.Answer = append(l.Answer, byte(b))
	}
	return l
}

// slow throttles the page, not its worker.
func (d *device) slow(rate float64) {
	d.t.Helper()
	if _, err := chromedp.Call(d.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: rate}); err != nil {
		d.t.Fatal(err)
	}
}

// starts measures the start of the application without network: five times in
// the same browser, or three in one just started. own is the worker's time, from its
// making to its last answer for the screen: it works beside the page, so this
// counts what it waited for the page too.
func (d *device) starts(rate float64, fresh bool) (wall, paint, own []float64, line string) {
	d.t.Helper()
	var marks [7][]float64
	times := 5
	if fresh {
		times = 3
	}
	for range times {
		if fresh {
			d.close()
			d.open()
		}
		d.slow(rate)
		d.visit("/")
		d.wait("Today", `window.__readable > 0`)
		wall = append(wall, eval[float64](d, `window.__readable`))
		paint = append(paint, eval[float64](d, `(performance.getEntriesByName("first-contentful-paint")[0] || {startTime: 0}).startTime`))
		at := eval[[]float64](d, `(() => { const h = __calls.find(c => c.op === "hello"), t = __calls.find(c => c.op === "today" && c.back), m = n => performance.getEntriesByName(n)[0].startTime; return [m("boot"), m("run"), h.born, h.back, t.sent, t.back, window.__readable] })()`)
		own = append(own, max(at[3], at[5])-at[2])
		for i := range marks {
			marks[i] = append(marks[i], at[i])
		}
		d.slow(1)
	}
	for i, name := range []string{"boot", "app.wasm runs", "worker starts", "greets", "Today asked", "answered", "readable"} {
		line += fmt.Sprintf("%s %.0f, ", name, median(marks[i]))
	}
	return wall, paint, own, strings.TrimSuffix(line, ", ")
}

// rows of the table about starting, with a number of clients.
func starting(d *device, clients string, row func(what string, limit, got float64, unit, how string)) {
	for _, fresh := range []bool{false, true} {
		which := "same browser"
		if fresh {
			which = "browser just started"
		}
		wall1, _, own, line := d.starts(1, fresh)
		row(fmt.Sprintf("start without network → Today readable, %s clients, %s, 1×", clients, which), 600, median(wall1), "ms", line)
		wall4, paint4, _, line4 := d.starts(4, fresh)
		row("the same at 4×", 2000, median(wall4)+3*median(own), "ms", fmt.Sprintf("page %.0f + 3 × worker %.0f; %s", median(wall4), median(own), line4))
		if !fresh {
			row("first skeleton, 4×", 500, median(paint4), "ms", "first contentful paint")
		}
	}
}

func median(xs []float64) float64 {
	xs = slices.Sorted(slices.Values(xs))
	if len(xs) == 0 {
		return 0
	}
	return xs[len(xs)/2]
}

// aMoment is how long a device is used before its next start is measured: what
// Today says is kept by then.
const aMoment = 5 * time.Second

// The size that budgets are counted at.
const (
	budgetClients  = 5000
	visitsOfClient = 4
	budgetLines    = 180_000 // of sales, over three years
)

// enlarge adds thousands of clients to the first rep's portfolio of a stopped
// demonstration.
func enlarge(t *testing.T, s *server) {
	t.Helper()
	ctx := t.Context()
	db, err := sqlite.Open(ctx, filepath.Join(s.data, "sillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	fresh := make([]byte, 32)
	rand.Read(fresh)
	key, err := hub.Key(ctx, db, fresh)
	if err != nil {
		t.Fatal(err)
	}
	h := hub.New(db, hub.Env{Key: key})
	scope := uint32(s.query(t, `select g.scope from grant_scope g join usr u on u.id = g.usr join scope s on s.id = g.scope where u.login = 'maelle' and g.role = ? and s.kind = ?`, int(portfolio.RoleRep), int(wire.ScopePortfolio)))
	now := time.Now()
	var batch []journal.Row
	visits, sales := 0, 0
	flush := func(least int) {
		if len(batch) < max(1, least) {
			return
		}
		if err := h.Load(context.Background(), 1, batch, now.UnixMilli()); err != nil {
			t.Fatal(err)
		}
		batch = batch[:0]
	}
	cards := demo.Cards(9, budgetClients, calendar.Day(now.Unix()/86400))
	all, seen := 0, 0
	for i := range cards {
		all += len(cards[i].Sales)
	}
	for _, c := range cards {
		c.Contacts = c.Contacts[max(0, len(c.Contacts)-visitsOfClient):]
		kept := c.Sales[:0]
		for _, l := range c.Sales { // taken out evenly
			if seen++; seen*budgetLines/all != (seen-1)*budgetLines/all {
				kept = append(kept, l)
			}
		}
		c.Sales = kept
		visits, sales = visits+len(c.Contacts), sales+len(c.Sales)
		batch = append(batch, c.Rows(scope, journal.Mark{}, portfolio.ID{})...)
		flush(5000)
	}
	flush(1)
	t.Logf("%d more clients, %d visits, %d lines of sales", budgetClients, visits, sales)
}

// TestBudgets measures what the product promises, and prints it as a table for
// docs/performance.md. Only the size of pages fails it: machines differ, and the
// binaries have their own command.
func TestBudgets(t *testing.T) {
	if !*budgets {
		t.Skip("only with -budgets")
	}
	var table strings.Builder
	row := func(what string, limit, got float64, unit, how string) {
		mark := ""
		if got > limit {
			mark = " **over**"
		}
		fmt.Fprintf(&table, "| %s | %s %s | %s %s%s | %s |\n", what, short(limit), unit, short(got), unit, mark, how)
	}

	office := startDemo(t)
	small := tablet(t, office, "maelle, small")
	small.onNew = []string{spyOnWorker, measured, readable, onFrames}
	for _, js := range small.onNew {
		small.onEveryPage(js)
	}
	small.signIn("maelle", demoPassword)
	small.kept()
	time.Sleep(aMoment)
	if err := office.stop(); err != nil {
		t.Fatal(err)
	}
	starting(small, "216", row)
	small.visit("/importer")
	small.settled()
	small.give(frenchFile(t, frenchClients(budgetClients)))
	small.checked()
	eval[bool](small, `(window.__long.length = 0, true)`)
	began := time.Now()
	small.bring()
	row("longest task on the page during an import of 5,000 clients and 10,000 lines", 100, eval[float64](small, `Math.max(0, ...window.__long.map(l => l.ms))`), "ms",
		fmt.Sprintf("the import takes %.1f s, without network", time.Since(began).Seconds()))
	small.close()
	enlarge(t, office)
	office = office.again(t)

	d := tablet(t, office, "maelle")
	d.onNew = []string{spyOnWorker, measured, readable, onFrames}
	for _, js := range d.onNew {
		d.onEveryPage(js)
	}
	began = time.Now()
	d.visit("/")
	d.fill("#login", "maelle")
	d.fill("#password", demoPassword)
	d.click("form button[type=submit]")
	d.waitFor(5*time.Minute, "the first exchange", `(document.querySelector(".sync .long") || {innerText: ""}).innerText.startsWith("À jour")`)
	d.settled()
	d.kept()
	took1 := time.Since(began).Seconds()
	firstComputation(d, "from the cards", row)
	fmt.Fprintf(&table, "| sign-in → 5,216 clients on the device, this machine's own network | | %.1f s | first exchange |\n", took1)

	// Start, without network.
	time.Sleep(3 * aMoment) // what the diagnosis rests on is kept, once the page is quiet
	d.visit("/")
	d.settled()
	time.Sleep(aMoment)
	office.kill()
	starting(d, "5,216", row)

	// A visit on the disk.
	d.visit("/")
	d.wait("Today", `window.__readable > 0`)
	var took, trip []float64
	for range 10 {
		from := eval[int](d, `__calls.length`)
		d.logHere("Commande")
		c := eval[struct {
			Sent, Back float64
			Answer     []int
		}](d, fmt.Sprintf(`__calls.slice(%d).find(c => c.op === "log")`, from))
		trip = append(trip, c.Back-c.Sent)
		var saved struct {
			TookMS float64 `cbor:"3,keyasint,omitempty"`
		}
		b := make([]byte, len(c.Answer))
		for i, x := range c.Answer {
			b[i] = byte(x)
		}
		if err := portfolio.Dec.Unmarshal(b, &saved); err != nil {
			t.Fatal(err)
		}
		took = append(took, saved.TookMS)
		d.next()
	}
	row("a visit → its transaction on the disk", 50, median(took), "ms", "in the worker, median of 10")
	row("a visit → the page knows", 50, median(trip), "ms", "page → worker → page")

	// Search, key by key.
	d.visit("/clients")
	d.settled()
	// The rows in view are drawn first, those under the fold in the next frame:
	// both are counted, the first for the budget. What changes before the answer,
	// the cross that clears the field, is not what was asked for.
	const inView = `__calls.at(-1).op === "list" && __calls.at(-1).back && !!document.querySelector("#rows [role=row]:not(.cl-wait)")`
	search := func() (laps []lap) {
		text := ""
		for _, c := range "boulangerie lebris" {
			if text += string(c); c == ' ' {
				continue // changes nothing
			}
			laps = append(laps, d.measure("list", fmt.Sprintf(`const q = document.querySelector("#q"); q.value = %q; q.dispatchEvent(new Event("input", {bubbles: true}))`, text), inView))
		}
		d.measure("list", `const q = document.querySelector("#q"); q.value = ""; q.dispatchEvent(new Event("input", {bubbles: true}))`)
		return laps
	}
	at1 := search()
	d.slow(4)
	at4 := search()
	d.slow(1)
	var keys, full []float64
	for i := range at4 {
		first := at4[i].First
		if first <= 0 {
			first = at4[i].Wall // the key changed nothing in view
		}
		keys = append(keys, first+3*at1[i].Worker)
		full = append(full, at4[i].Wall+3*at1[i].Worker)
	}
	row("a key in the search over 5,216 clients → rows in view painted, 4×", 150, slices.Max(keys), "ms", fmt.Sprintf("slowest of %d keys, median %.0f; with the rows under the fold: slowest %.0f, median %.0f", len(keys), median(keys), slices.Max(full), median(full)))

	// Open a client.
	d.slow(4)
	var opened, whole, openedWall, openedOwn []float64
	const sheet = `document.querySelector("#fc-activity")` // the last of what a tablet's screen holds
	for _, r := range d.rows()[:5] {
		d.slow(1)
		own := d.measure("client", fmt.Sprintf(`goappNav(%q)`, r.Path)).Worker
		d.measure("list", `goappNav("/clients")`)
		d.slow(4)
		l := d.measure("client", fmt.Sprintf(`goappNav(%q)`, r.Path), sheet)
		if top := eval[float64](d, `document.querySelector("#fc-people").getBoundingClientRect().top - innerHeight`); top < 0 {
			t.Logf("%.0f px of the screen are painted after the first frame of the sheet", -top)
		}
		d.measure("list", `goappNav("/clients")`)
		opened, whole = append(opened, l.First+3*own), append(whole, l.Wall+3*own)
		openedWall, openedOwn = append(openedWall, l.First), append(openedOwn, own)
	}
	row("open a client → score, board, phase and activity painted, 4×", 150, median(opened), "ms", fmt.Sprintf("page %.0f + 3 × worker %.0f, median of 5; the whole sheet %.0f", median(openedWall), median(openedOwn), median(whole)))

	// The tabs of the diagnosis.
	d.visit("/")
	d.settled()
	firstComputation(d, "from the facts kept", row)
	tabs(d, row)
	cuts(d, row)

	// Scroll the list.
	scroll := func(rate, by float64) float64 {
		d.slow(rate)
		defer d.slow(1)
		return eval[float64](d, fmt.Sprintf(`new Promise(ok => { let worst = 0, n = 0, last = performance.now();
			const step = now => { if (n > 5) worst = Math.max(worst, now - last); last = now; window.scrollBy(0, %v); ++n < 90 ? requestAnimationFrame(step) : ok(worst) };
			requestAnimationFrame(step) })`, by))
	}
	d.follow("/clients")
	row("scroll 5,216 clients, longest frame, 1×", 50, scroll(1, 100), "ms", fmt.Sprintf("100 px a frame; thrown, 900 px a frame, %.0f; 100 px at 4× %.0f", scroll(1, 900), scroll(4, 100)))

	// Weights.
	d.follow("/reglages/regles")
	d.wait("the weights", `document.querySelector(".wrow .step button:last-child")`)
	weights := func(rate float64) (try, set lap) {
		d.slow(rate)
		defer d.slow(1)
		try = d.measure("rules", `document.querySelectorAll(".wrow .step button:last-child")[0].click()`)
		set = d.measure("set-rule", `document.querySelector("#rule-apply").click()`)
		return try, set
	}
	try1, set1 := weights(1)
	d.measure("rules", `document.querySelectorAll(".wrow .step button:first-child")[0].click()`)
	d.measure("set-rule", `document.querySelector("#rule-apply").click()`)
	try4, set4 := weights(4)
	var own1 struct {
		Effect struct {
			Score int `cbor:"2,keyasint,omitempty"`
		} `cbor:"5,keyasint"`
	}
	if err := portfolio.Dec.Unmarshal(try1.Answer, &own1); err != nil {
		t.Fatal(err)
	}
	row("all scores again after a weight moved, 1×", 100, try1.Wall, "ms", fmt.Sprintf("worker %.0f", try1.Worker))
	row("the same at 4×", 300, try4.Wall+3*try1.Worker, "ms", fmt.Sprintf("page %.0f + 3 × worker %.0f; %d clients move", try4.Wall, try1.Worker, own1.Effect.Score))
	row("the weights put in force, 4×", 300, set4.Wall+3*set1.Worker, "ms", fmt.Sprintf("page %.0f + 3 × worker %.0f, saved on the disk", set4.Wall, set1.Worker))

	// Long tasks and sizes of pages, with analyses of all clients.
	d.follow("/clients")
	first := d.rows()[0]
	longest, slowPage, most, where := 0.0, "", 0, ""
	d.visit("/reglages")
	d.settled()
	for _, p := range []string{"/portefeuille", "/clients", first.Path, "/reglages", "/journal", "/importer", "/"} {
		eval[bool](d, `(window.__long.length = 0, true)`)
		d.follow(p)
		eval[bool](d, `new Promise(ok => setTimeout(() => ok(true), 500))`)
		if ms := eval[float64](d, `Math.max(0, ...window.__long.map(l => l.ms))`); ms > longest {
			longest, slowPage = ms, p
		}
		if n := d.count("*"); n > most {
			most, where = n, p
		}
	}
	row("longest task on the page while screens are computed, 1×", 100, longest, "ms", slowPage)
	row("nodes on the largest page", mostNodes, float64(most), "", where)
	if most > mostNodes {
		t.Errorf("%s has %d nodes; the budget is %d", where, most, mostNodes)
	}

	// A normal day's exchange.
	office = office.again(t)
	began = time.Now()
	d.waitChip("À jour")
	fmt.Fprintf(&table, "| the server is back → 10 visits and 4 settings handed in | | %.1f s | with the wait of the back-off |\n", time.Since(began).Seconds())
	office.accounted(t)

	browser := strings.Split(eval[string](d, `navigator.userAgent`), " ")
	t.Logf("%d cores, %s, %s\n\n| What | Budget | Measured | How |\n|---|---|---|---|\n%s", runtime.NumCPU(), runtime.GOARCH, browser[len(browser)-2], table.String())
}

// short writes a number with what matters of it.
func short(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.0f", x)
}
