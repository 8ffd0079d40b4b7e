package e2e

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"sillon/engine/portfolio"
)

// TestAYearPlannedOffline is the plan of a year without network: the four
// questions answered and taken back, the time budget of next year, growth; the
// frequencies raised until the hours lack, then reduced; a line of the action
// plan, its sheets of paper; the version proposed. All of it arrives once the
// office is back.
func TestAYearPlannedOffline(t *testing.T) {
	office := startDemo(t)
	d := tablet(t, office, "maelle")
	d.onEveryPage(`window.print = () => { window.printed = (window.printed || 0) + 1 }`)
	d.signIn("maelle", demoPassword)
	d.wait("the copy of the application kept on the device", `navigator.serviceWorker.controller`)
	plans, times, actions := office.records(t, portfolio.KindPlan), office.records(t, portfolio.KindTime), office.records(t, portfolio.KindAction)
	office.kill()

	// Steps 1 to 3.
	d.follow("/plan")
	d.wait("the four questions", `document.querySelector("#plan-q1") && document.querySelector("#plan-growth")`)
	points := func(q string) string {
		return fmt.Sprintf(`document.querySelector("#plan-q%s .em").innerText.replace(/\s/g, "")`, q)
	}
	was := eval[string](d, points("1"))
	d.click("#plan-q1")
	d.clickIn(".qas", "courte, fixe")
	d.wait("fifteen points off", points("1")+` === "−15"`)
	d.clickIn(".snack", "Annuler")
	d.wait("the answer taken back", fmt.Sprintf(`%s === %q`, points("1"), was))
	d.click("#plan-q3")
	d.clickIn(".qas", "aucune")
	d.wait("no pressure", points("3")+` === "0"`)
	d.clickText("Reprendre 20")
	d.wait("a budget of the year itself", `![...document.querySelectorAll("header .btn")].some(b => b.innerText.startsWith("Reprendre"))`)
	d.clickText("Modifier")
	d.wait("the deductions", `document.querySelector("#tb-5")`)
	before := eval[string](d, `document.querySelector("#tb-5").closest("section").querySelector("h2").innerText`)
	eval[bool](d, `(() => { const i = document.querySelector("#tb-5"); i.value = "40"; i.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	d.wait("fewer visits with forty days of leave", fmt.Sprintf(`document.querySelector("#tb-5").value === "40" && document.querySelector("#tb-5").closest("section").querySelector("h2").innerText !== %q`, before))
	eval[bool](d, `(() => { const i = document.querySelector("#plan-growth"); i.value = "9"; i.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	d.wait("nine clients more", `document.querySelector("#plan-growth").parentElement.innerText.includes("9") && document.body.innerText.includes("9 clients")`)

	// Step 10: too much, then reduced.
	d.follow("/plan/visites")
	d.wait("the budget of hours", `document.querySelector("#plan-verdict") && document.querySelector("#rate-0-more")`)
	rate := `Number(document.querySelector("#rate-0-more").parentElement.querySelector("b").innerText.replace(",", "."))`
	for range 12 {
		if eval[bool](d, `document.querySelector("#plan-verdict").innerText.includes("manque")`) {
			break
		}
		n := eval[float64](d, rate)
		d.click("#rate-0-more")
		d.wait("one visit more", fmt.Sprintf(`%s > %v`, rate, n))
	}
	d.wait("hours that lack", `document.querySelector("#plan-verdict").innerText.includes("réduire, déléguer ou accepter") && document.querySelector("#plan-reduce")`)
	d.click("#plan-reduce")
	d.wait("a plan that holds", `document.querySelector("#plan-verdict").innerText.includes("tient dans l")`)

	// Step 11: a line, and its sheets of A4.
	d.follow("/plan/pac")
	d.wait("what the visits suggest", `document.querySelector("#idea-0")`)
	d.click("#idea-0")
	d.wait("the line to write", `document.querySelector("#pac-text")`)
	d.clickText("Garder dans le plan")
	d.wait("the plan priced", `document.querySelector("#pac-finding").innerText.startsWith("1 action")`)
	d.clickText("Imprimer le PAC")
	d.wait("the printer", `window.printed > 0`)
	if _, err := chromedp.Call(d.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	if says := d.text(".pac-paper"); !regexp.MustCompile(`(?s)Plan d.action commercial 20\d\d.*Le diagnostic.*Clients prioritaires.*Rythme`).MatchString(says) {
		t.Errorf("the sheet says %q", says)
	}
	if _, err := chromedp.Call(d.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}); err != nil {
		t.Fatal(err)
	}
	yes := true
	pdf, err := chromedp.Call(d.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes, PrintBackground: &yes})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf.Data, -1)); n != 2 {
		t.Errorf("%d sheets, want one of the plan and one of the client", n)
	}

	// The version is proposed, and waits for the network.
	d.follow("/plan/versions")
	d.wait("the draft", `document.querySelector("#version-state")`)
	d.clickText("Proposer au manager")
	d.wait("the version proposed", `document.querySelector("#version-state").innerText.includes("proposée")`)
	if csp := eval[int](d, `window.__csp.length`); csp > 0 {
		t.Errorf("%d violations of the content security policy", csp)
	}

	office = office.again(t)
	d.waitChip("À jour")
	d.poll("the plan at the office", patience, func() (bool, error) {
		got := [3]int{office.records(t, portfolio.KindPlan) - plans, office.records(t, portfolio.KindTime) - times, office.records(t, portfolio.KindAction) - actions}
		if got == [3]int{1, 1, 1} {
			return true, nil
		}
		return false, fmt.Errorf("%v new plans, budgets and lines, want one each", got)
	})
}
