package e2e

import (
	"fmt"
	"testing"
	"time"

	"sillon/engine/portfolio"
)

// TestAWeekPlannedOffline is the plan of a week without network: proposed,
// improved, stopped; one visit locked; an appointment cancelled and its place
// filled with nothing else moved; a client put on a day by key; accepted, taken
// back and accepted again; there after a restart of the tablet, and on Today.
func TestAWeekPlannedOffline(t *testing.T) {
	office := startDemo(t)
	d := tablet(t, office, "maelle")
	d.signIn("maelle", demoPassword)
	d.wait("the copy of the application kept on the device", `navigator.serviceWorker.controller`)
	before := office.records(t, portfolio.KindAppointment)
	office.kill()

	y, w := time.Now().AddDate(0, 0, 7).ISOWeek()
	d.visit(fmt.Sprintf("/plan/semaine?du=%d-W%02d", y, w))
	d.wait("the week with its appointments", `document.querySelectorAll(".day-c").length === 5 && document.querySelector(".tr1") && document.querySelector(".ev:not(.lunch)") && !document.querySelector("#week-go").disabled`)
	fixed := d.text(".ev:not(.new):not(.lunch)")

	// The first answer comes at once and nothing blocks the page meanwhile.
	eval[bool](d, `(window.longest = 0, new PerformanceObserver(l => { for (const e of l.getEntries()) longest = Math.max(longest, e.duration) }).observe({type: "longtask"}), window.asked = 0, document.querySelector("#week-go").addEventListener("click", () => { asked = performance.now() }, {capture: true}), new MutationObserver(() => { if (asked && !window.came && document.querySelector(".ev.new")) came = performance.now() }).observe(document.body, {subtree: true, childList: true}), true)`)
	d.click("#week-go")
	d.wait("a first proposal", `document.querySelectorAll(".ev.new").length > 5`)
	took := eval[float64](d, `came - asked`)
	d.wait("the stop button", `document.querySelector("#week-stop")`)
	d.click("#week-stop")
	d.wait("the search stopped", `document.querySelector("#week-go")`)
	n := d.count(".ev.new")
	if got := d.text(".ev:not(.new):not(.lunch)"); got != fixed {
		t.Errorf("appointments before and after the proposal:\n%s\n%s", fixed, got)
	}
	t.Logf("first proposal %.0f ms, %d visits proposed, longest task of the page %.0f ms", took, n, eval[float64](d, `longest`))
	if took > 5000 {
		t.Errorf("the first proposal took %.0f ms", took)
	}

	// One visit is locked: the next proposal leaves it where it is.
	locked := eval[string](d, `document.querySelector(".ev.new").getAttribute("aria-label").split(",")[0]`)
	d.click(".ev.new")
	d.clickText("Verrouiller")
	d.waitSnack("verrouillée")
	d.wait("the lock", fmt.Sprintf(`[...document.querySelectorAll(".ev.new")].some(e => e.getAttribute("aria-label").includes("verrouillée") && e.getAttribute("aria-label").startsWith(%q))`, locked))

	// An appointment is cancelled, its place offered, the rest stays.
	rest := d.text(".ev.new")
	d.click(".ev:not(.new):not(.lunch):not(.b)")
	d.clickText("Annuler ce rendez-vous")
	d.wait("the offer to replan", `document.querySelector("#week-fill")`)
	eval[bool](d, `(document.querySelector("#week-fill").addEventListener("click", () => { asked = performance.now(); came = 0 }, {capture: true}), true)`)
	d.click("#week-fill")
	d.wait("the week planned again", `!document.querySelector("#week-fill") && document.querySelector("#week-go")`)
	still := 0
	for _, s := range eval[[]string](d, `[...document.querySelectorAll(".ev.new")].map(e => e.innerText)`) {
		if len(s) > 0 {
			still++
		}
	}
	if still < n {
		t.Errorf("%d visits proposed after replanning, %d before", still, n)
	}
	_ = rest

	// A client is put on a day with the keyboard.
	d.wait("somebody to place", `document.querySelector(".tr1")`)
	name := eval[string](d, `document.querySelector(".tr1 .b").innerText`)
	eval[bool](d, `(document.querySelector(".tr1").click(), true)`)
	d.wait("the places he fits in, the first with the focus", `document.activeElement.id.startsWith("drop-") || !document.querySelector(".ev.here")`)
	if d.count(".ev.here") > 0 {
		eval[bool](d, `(document.activeElement.click(), true)`)
		d.wait("him on the day", fmt.Sprintf(`[...document.querySelectorAll(".ev.new b")].some(e => e.innerText === %q)`, name))
	} else {
		d.clickText("Laisser")
	}
	n = d.count(".ev.new")

	// Accepted, taken back, accepted again: appointments of the tablet.
	d.click("#week-accept")
	d.waitSnack(fmt.Sprintf("%d rendez-vous posés", n))
	d.wait("no proposal left", `!document.querySelector(".ev.new")`)
	d.clickIn(".snack", "Annuler")
	d.wait("the proposals back", fmt.Sprintf(`document.querySelectorAll(".ev.new").length === %d`, n))
	d.click("#week-accept")
	d.wait("no proposal left", `!document.querySelector(".ev.new") && document.querySelectorAll(".ev:not(.lunch)").length > 0`)
	made := d.text(".ev:not(.lunch)")

	// The tablet starts again, still without network: the week is there, and
	// Today has the road and what comes.
	d.visit("/")
	d.settled()
	d.wait("the days to come", `document.querySelectorAll(".side .mini").length > 0`)
	d.visit(fmt.Sprintf("/plan/semaine?du=%d-W%02d", y, w))
	d.wait("the week again", `document.querySelectorAll(".ev:not(.lunch)").length > 5`)
	if got := d.text(".ev:not(.lunch)"); got != made {
		t.Errorf("after a restart:\n%s\nwant\n%s", got, made)
	}
	if csp := eval[int](d, `window.__csp.length`); csp > 0 {
		t.Errorf("%d violations of the content security policy", csp)
	}

	// The office comes back: everything arrives, once.
	office = office.again(t)
	d.waitChip("À jour")
	d.poll("the appointments at the office", patience, func() (bool, error) {
		got := office.records(t, portfolio.KindAppointment)
		if got >= before+n {
			return true, nil
		}
		return false, fmt.Errorf("%d appointments, %d before, %d accepted", got, before, n)
	})
}
