package e2e

import (
	"math"
	"net/url"
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// natively reads the demonstration's first portfolio without a browser, whole,
// as the tablet reads it on a day.
func natively(t *testing.T, on calendar.Day) (*query.Snapshot, *query.Analysis, query.Reader) {
	t.Helper()
	company := demo.NewCompany(1, calendar.Day(time.Now().Unix()/86400)) // as the server
	company.ByFamily(1)
	const scope = 1
	p, rep := company.Portfolios[0], company.Users[1].ID
	snap := query.NewSnapshot(on)
	rows := append(company.FamilyRows(2, journal.Mark{}, portfolio.ID{}), p.BudgetRows(scope, journal.Mark{}, rep)...)
	p.Noun.Scope = scope
	fields, err := portfolio.ToFields(p.Noun)
	if err != nil {
		t.Fatal(err)
	}
	snap.SetMisc(append(rows, journal.Row{Rec: p.ID, Entity: portfolio.KindPortfolio, Fields: fields, Scope: scope}))
	for _, card := range p.Cards {
		b := query.Bundle{Root: card.ID, Scope: scope, Rows: card.Rows(scope, journal.Mark{}, rep)}
		c, ok := query.Derive(b)
		if !ok {
			t.Fatalf("no card of %s", card.Account.Name)
		}
		snap.Update(c)
		snap.Deepen(b)
	}
	a := snap.Analysis(scope)
	if a == nil {
		t.Fatal("no analysis")
	}
	return snap, a, query.Reader{Words: plainWords{}, User: rep}
}

// written compares a figure of the engine with how the screen writes it.
func written(t *testing.T, where, text string, f query.Figure) bool {
	t.Helper()
	if !f.Mark.Has() {
		if text != "–" {
			t.Errorf("%s: %s is %q on the screen and has no value in the engine", where, f.Topic, text)
		}
		return false
	}
	want := f.Value
	switch f.Unit {
	case explain.Percent:
		want *= 100
	case explain.Money:
		want /= 100
	}
	n, half, ok := number(strings.NewReplacer("%", "", "×", "", "+", "").Replace(text))
	if !ok || math.Abs(n-want) > half*1.0001 {
		t.Errorf("%s: %s is %q on the screen and %v in the engine", where, f.Topic, text, want)
	}
	return true
}

// TestTheFiguresOfTheFiveTabsAreTheEngines reads the key figures of each tab off
// the page, five at least, and finds them in what the engine makes of the same
// data natively; then opens the first list of a mark of each tab and counts it.
func TestTheFiguresOfTheFiveTabsAreTheEngines(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	snap, a, reader := natively(t, calendar.Day(eval[int](maelle, `(d => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 864e5)(new Date())`)))
	ask := query.TabAsk{Lang: "fr", Scope: a.Scope, Width: 1040}
	base := snap.TabBase(reader, a, ask)
	overview := snap.PortfolioOverview(reader, query.PortfolioAsk{Lang: "fr", Width: 1040})
	maturity := a.MaturityTab(reader, query.MaturityTabAsk{Tab: ask}, base)
	weight := a.WeightTab(reader, query.WeightTabAsk{Tab: ask}, base)
	contacts := a.ContactsTab(reader, query.ContactsTabAsk{Tab: ask}, base)
	potential := a.PotentialTab(reader, query.PotentialTabAsk{Tab: ask}, base)

	const shown = `.pf-figs .v, .tc-figs .v, .pt-gini td .figb`
	gini := []query.Figure{}
	for _, s := range potential.Spread {
		gini = append(gini, s.Gini)
	}
	for _, tab := range []struct {
		path string
		want [][]query.Figure // in the order of the page
	}{
		{"", [][]query.Figure{overview.Figures}},
		{"/maturite", [][]query.Figure{maturity.Figures}},
		{"/poids", [][]query.Figure{weight.Figs}},
		{"/contacts", [][]query.Figure{contacts.Price1, contacts.Money, contacts.Visits}},
		{"/potentiel", [][]query.Figure{gini, potential.Pen}},
	} {
		maelle.follow("/portefeuille" + tab.path)
		maelle.wait("the charts of "+tab.path, `document.querySelectorAll("main .card svg").length > 1`)
		texts := eval[[]string](maelle, `[...document.querySelectorAll("`+shown+`")].map(e => e.innerText`+plainJS+`)`)
		var all []query.Figure
		for _, list := range tab.want {
			all = append(all, list...)
		}
		if len(texts) != len(all) {
			t.Errorf("%q shows %d figures, %q; the engine has %d", tab.path, len(texts), texts, len(all))
			continue
		}
		known := 0
		for i, f := range all {
			if written(t, tab.path, texts[i], f) {
				known++
			}
		}
		if tab.path == "/poids" { // three figures and where the cuts stand
			for i := range 2 {
				at := eval[int](maelle, `Number(document.querySelectorAll("#wt-cuts .grip")[`+string(rune('0'+i))+`].getAttribute("aria-valuenow"))`)
				if known++; at != weight.Cuts.Cut[i] {
					t.Errorf("cut %d is after %d clients on the screen and %d in the engine", i+1, at, weight.Cuts.Cut[i])
				}
			}
		}
		if known < 5 {
			t.Errorf("%q: %d figures have a value: the test shows too little", tab.path, known)
		}

		to := eval[string](maelle, `(document.querySelector("main svg [data-go^='/clients?']") || {getAttribute: () => ""}).getAttribute("data-go")`)
		u, err := url.Parse(to)
		if err != nil || to == "" {
			t.Errorf("%q: no mark opens a list", tab.path)
			continue
		}
		want := snap.ClientList(reader, query.ListAsk{Phase: u.Query().Get("phase"), P: u.Query().Get("p"), R: u.Query().Get("r"), Weight: u.Query().Get("poids")}).Found
		if key := u.Query().Get("qui"); key != "" {
			who, _ := a.GroupWho(key)
			want = len(who)
		}
		maelle.follow(to)
		maelle.wait("the list of "+to, `document.querySelector("#content .cl-table")`)
		if n := maelle.clients(); n != want {
			t.Errorf("%q: %s lists %d clients, the engine %d", tab.path, to, n, want)
		}
	}
	cells := 0
	maelle.follow("/portefeuille")
	for _, text := range eval[[]string](maelle, `[...document.querySelectorAll(".board a b")].map(e => e.innerText`+plainJS+`)`) {
		n, _, ok := number(text)
		if !ok {
			t.Errorf("a cell of the board says %q", text)
		}
		cells += int(n)
	}
	if want := overview.Head.Clients + overview.Head.Prospect; cells != want {
		t.Errorf("the cells of the board add up to %d, the portfolio has %d", cells, want)
	}
	maelle.clean()
}
