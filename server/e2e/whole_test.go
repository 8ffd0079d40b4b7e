package e2e

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

var fiveTabs = []string{"/portefeuille", "/portefeuille/maturite", "/portefeuille/poids", "/portefeuille/contacts", "/portefeuille/potentiel"}

// state is what the screens of the diagnosis say of a portfolio and of one of
// its clients: the text of each part, by its name.
func (d *device) state(c client) map[string]string {
	d.t.Helper()
	out := map[string]string{}
	read := func(name, selector string) {
		if out[name] = d.text(selector); out[name] == "" {
			d.t.Errorf("%s: %s says nothing", d.name, name)
		}
	}
	for _, tab := range fiveTabs {
		d.follow(tab)
		d.wait("the whole of "+tab, `!document.querySelector("#content .skel")`)
		out[tab] = eval[string](d, `[...document.querySelectorAll("#content .card")].map(c => c.textContent).join("\n")`+plainJS)
		if bad := eval[[]string](d, ill); len(bad) > 0 {
			d.t.Errorf("%s, %s:\n\t%s", d.name, tab, strings.Join(bad, "\n\t"))
		}
	}
	d.follow("/clients")
	d.wait("the filters with their counts", `document.querySelector("#f-phase option[value=V]") && document.querySelector("#f-p option[value='4']")`)
	d.listed()
	for _, f := range []string{"phase", "p", "r"} {
		for _, o := range eval[[]string](d, fmt.Sprintf(`[...document.querySelectorAll("#f-%s option")].filter(o => o.value).map(o => o.value + " " + o.innerText.replace(/\D/g, ""))`, f)) {
			value, n, _ := strings.Cut(o, " ")
			out[f+value] = n
		}
	}
	d.follow(c.Path)
	d.wait("the whole sheet", `document.querySelector("#fc-risk") && !document.querySelector("#content .skel, #content .fs-wait")`)
	read("badges", ".fc-badges")
	read("score", ".fc-score")
	read("synthesis", "#fc-synthesis")
	return out
}

// moved fails unless these parts changed between two states.
func moved(t *testing.T, what string, was, now map[string]string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if was[p] == now[p] {
			t.Errorf("%s: %s stays at %.200q", what, p, was[p])
		}
	}
}

// alike fails unless two states say the same.
func alike(t *testing.T, what string, was, now map[string]string) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(was)) {
		if a, b := was[p], now[p]; a != b {
			i := 0
			for i < len(a) && i < len(b) && a[i] == b[i] {
				i++
			}
			t.Errorf("%s: %s differs at …%.120s… and …%.120s…", what, p, a[max(0, i-40):], b[max(0, i-40):])
		}
	}
}

// TestTheDiagnosisWithoutServer is the job of issue "The diagnosis" from end to
// end, the server dead: a file is imported, the five tabs are read, a client is
// opened from a chart, a figure is asked why three times down, a cut of the ABC
// moves, a phase is overridden and a potential corrected, all that depends on
// them moves, one of them is undone; back on line a second device finds the same.
func TestTheDiagnosisWithoutServer(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.kept()
	office.kill()

	maelle.give(frenchFile(t, frenchClients(60)))
	maelle.checked()
	if said := maelle.bring(); !strings.Contains(said, "60 clients importés") {
		t.Fatalf("the import says %q", said)
	}
	maelle.follow("/clients")
	all := maelle.clients()
	for _, tab := range fiveTabs {
		maelle.follow(tab)
		maelle.wait("the charts of "+tab, `document.querySelectorAll("main .card svg").length > 1 && !document.querySelector("#content .skel")`)
		maelle.proofread(tab)
	}

	// a mark of a chart opens the clients it counts, and one of them
	maelle.follow("/portefeuille/maturite")
	mark := `[...document.querySelectorAll("#content [data-go*='maturity:phase:M']")].find(e => e.getClientRects().length)`
	maelle.wait("a mark of the mature clients", mark)
	label := eval[string](maelle, mark+`.getAttribute("aria-label")`+plainJS)
	maelle.tap("the mark "+label, mark)
	maelle.wait("the clients behind the mark", `location.pathname === "/clients" && document.querySelector(".cl-row .c-name a")`)
	if n := regexp.MustCompile(`(\d+) clients`).FindStringSubmatch(label); n == nil || n[1] != strconv.Itoa(maelle.clients()) {
		t.Errorf("the mark says %q, its list has %d clients", label, maelle.clients())
	}
	maelle.tap("a client of low potential", `([...document.querySelectorAll(".cl-row")].find(r => /P[12]/.test(r.innerText)) || document.body).querySelector(".c-name a")`)
	maelle.wait("a sheet from the chart", `/^\/clients\/.{36}$/.test(location.pathname)`)
	maelle.settled()
	c := client{eval[string](maelle, `document.querySelector("#title").innerText`), eval[string](maelle, `location.pathname`)}

	// why the score, why its part of potential, why that level, why that amount:
	// each time deeper, from the number of the step that was asked about
	was := eval[string](maelle, `document.querySelector(".fc-score .figb").innerText`+plainJS)
	maelle.click(".fc-score .figb")
	seen := map[string]bool{}
	for k, down := range []struct{ title, step, ruler string }{
		{"Score", "Potentiel", "sous 25"}, {"Potentiel dans le score", "Valeur", "P1"}, {"Niveau de potentiel", "Montant de ce client", "P1"}, {"Potentiel", "", "sous 40"},
	} {
		maelle.down(k, down.title, was, down.ruler, seen)
		if down.step == "" {
			break
		}
		step := `[...document.querySelectorAll("#why .why-st")].find(e => e.querySelector(".figb") && e.innerText` + plainJS + `.includes(` + strconv.Quote(down.step) + `))`
		maelle.wait("a step to ask about", step)
		was = eval[string](maelle, `(`+step+`).querySelector(".why-v").innerText`+plainJS)
		maelle.tap("why "+down.step, `(`+step+`).querySelector(".figb")`)
	}
	maelle.clickIn("#why", "Tout le calcul")
	maelle.wait("the whole calculation", `document.querySelectorAll("#why ol.steps li").length > 3`)
	maelle.clickIn("#why", "La page de la méthode")
	maelle.wait("the page of the method", `document.querySelector("#why .help").innerText.includes("E1 — ")`)
	maelle.clickIn("#why", "Glossaire")
	maelle.wait("the words of the method", `document.querySelector("#why .help").innerText.includes("potentiel accessible") && document.querySelector("#why .help").innerText.includes("MESORE")`)
	maelle.clickIn("#why", "Sources")
	maelle.wait("its sources", `document.querySelector("#why .help").innerText.includes("directeur-commercial.fr")`)
	maelle.proofread("four times why")
	maelle.clickIn("#why", "Revenir à")
	maelle.wait("the level again", `document.querySelector("#why .steps").innerText`+plainJS+`.includes("Montant de ce client")`)
	eval[bool](maelle, `(document.activeElement.blur(), true)`) // as a tap on the button that the page of the method replaces
	maelle.key(kb.Escape)
	maelle.wait("the reasons closed by Escape from outside", `!document.querySelector("#why")`)

	// one client more in A, by a key
	maelle.follow("/portefeuille/poids")
	classA := `document.querySelector("#wt-cuts [data-go*='weight:abc:0:']")`
	maelle.wait("the grips of the cuts", classA+` && document.querySelector(".grip[data-cut='0']")`)
	a := eval[int](maelle, `Number(/abc:0:(\d+):/.exec(`+classA+`.dataset.go)[1])`)
	eval[bool](maelle, `(document.querySelector(".grip[data-cut='0']").focus(), true)`)
	maelle.key(kb.ArrowRight)
	maelle.wait("one client more in A", fmt.Sprintf(`(%s || {dataset: {go: ""}}).dataset.go.includes("abc:0:%d:") && document.querySelector("#wt-q").innerText.startsWith("%[2]d ")`, classA, a+1))
	maelle.tap("the class A", classA)
	maelle.wait("the clients of A", fmt.Sprintf(`location.pathname === "/clients" && (document.querySelector(".cl-table") || {getAttribute(){}}).getAttribute("aria-rowcount") === "%d"`, a+2))

	// a potential corrected
	first := maelle.state(c)
	if first["phaseM"] == "" || !strings.Contains(first["badges"], "Maturité") {
		t.Fatalf("%s is %q; want a mature client", c.Name, first["badges"])
	}
	maelle.fact("#fc-potential", "Noter une fourchette", "#ff-11-4", "400 000", "#ff-11-5", "500 000")
	maelle.wait("the level of the potential", `document.querySelector(".fc-badges").innerText.includes("P4")`)
	second := maelle.state(c)
	moved(t, "the potential", first, second, append([]string{"badges", "score", "synthesis", "p4"}, "/portefeuille", "/portefeuille/poids", "/portefeuille/potentiel")...)

	// a phase overridden, undone, overridden again
	const phase = "section[aria-label=Phase]"
	override := func() {
		maelle.clickIn(phase, "Décider autrement")
		maelle.choose("#de-value", "5")
		maelle.fill("#de-why", "repris par un groupe")
		maelle.clickIn(phase+" form", "Décider")
		maelle.wait("the phase decided", `document.querySelector(".fc-badges").innerText.includes("Vieillissement")`)
	}
	override()
	third := maelle.state(c)
	moved(t, "the phase", second, third, "badges", "phaseV", "phaseM", "/portefeuille", "/portefeuille/maturite")
	for letter, by := range map[string]int{"V": 1, "M": -1} {
		was, _ := strconv.Atoi(second["phase"+letter])
		now, _ := strconv.Atoi(third["phase"+letter])
		maelle.follow("/clients?qui=maturity:phase:" + letter + ":")
		if now != was+by || maelle.clients() != now {
			t.Errorf("%s: %d clients, then %d in the filter and %d in the group of the chart", letter, was, now, maelle.clients())
		}
	}
	maelle.follow(c.Path)
	maelle.clickIn(phase, "Revenir au calcul")
	maelle.wait("the computed phase", `document.querySelector(".fc-badges").innerText.includes("Maturité")`)
	alike(t, "a phase decided and undone", second, maelle.state(c))
	override()
	third = maelle.state(c)
	maelle.clean()

	// back on line, a second device says the same
	office = office.again(t)
	maelle.waitChip("À jour")
	other := tablet(t, office, "maelle's other tablet")
	other.signIn("maelle", demoPassword)
	other.follow("/clients")
	if n := other.clients(); n != all {
		t.Errorf("%d clients here, %d there", all, n)
	}
	alike(t, "the second device", third, other.state(c))
	other.in(phase, "repris par un groupe")
	other.clean()
	office.accounted(t)
}

// down looks at the reasons on show: their title, the number of what was asked
// about, three steps with numbers at most, the thresholds with one in force or
// the ruler of floors, what the figure rests on; and that they are of another
// figure of the same client than all those before.
func (d *device) down(depth int, title, number, threshold string, seen map[string]bool) {
	d.t.Helper()
	d.wait(fmt.Sprintf("%d down: the steps of %q", depth, title), fmt.Sprintf(`(document.querySelector("#why-title") || {innerText: ""}).innerText%s.startsWith(%q) && document.querySelector("#why .why-st .why-v") && !document.querySelector("#why [role=status].sr")`, plainJS, title))
	type reasons struct {
		Who, Title, Number, Meaning, Source string
		Steps, Values                       []string
		Rulers, Bands, On                   int
		Thresholds                          string
	}
	r := eval[reasons](d, `(() => {
		const say = e => e ? e.innerText`+plainJS+` : "", all = s => [...document.querySelectorAll("#why " + s)];
		return {Who: say(document.querySelector("#why .eyebrow")), Title: say(document.querySelector("#why-title")), Number: say(document.querySelector("#why .why-n")),
			Meaning: say(document.querySelector("#why .why-m")), Source: say(document.querySelector("#why .why-s")), Steps: all(".why-st").map(say), Values: all(".why-st .why-v").map(say),
			Rulers: all(".why-r svg").length, Bands: all(".why-b li").length, On: all(".why-b [aria-current=step]").length,
			Thresholds: all(".why-b").map(say).join(" ") + all(".why-r svg").map(e => e.textContent).join(" ")};
	})()`)
	if number = strings.TrimPrefix(number, "+"); r.Number != number {
		d.t.Errorf("%d down, %s is %q; what was asked about is %q", depth, r.Title, r.Number, number)
	}
	digits := regexp.MustCompile(`\d`)
	if n := len(r.Steps); n == 0 || n > 3 || len(r.Values) != n || slices.ContainsFunc(r.Values, func(v string) bool { return !digits.MatchString(v) }) {
		d.t.Errorf("%d down, %s: steps %q", depth, r.Title, r.Steps)
	}
	if r.Rulers == 0 || r.Bands > 0 && r.On != 1 || !strings.Contains(r.Thresholds, threshold) {
		d.t.Errorf("%d down, %s: %d rulers, %d bands of which %d in force, thresholds %q", depth, r.Title, r.Rulers, r.Bands, r.On, r.Thresholds)
	}
	if len(r.Meaning) < 20 || !strings.Contains(r.Source, "Lu au ") || !strings.Contains(r.Source, "Calculé sur cette tablette") {
		d.t.Errorf("%d down, %s: meaning %q, sources %q", depth, r.Title, r.Meaning, r.Source)
	}
	if key := r.Title + r.Meaning; seen[key] || depth > 0 && !seen[r.Who] {
		d.t.Errorf("%d down: %s of %q is no step further", depth, r.Title, r.Who)
	} else {
		seen[key], seen[r.Who] = true, true
	}
}
