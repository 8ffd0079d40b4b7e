package query_test

import (
	"runtime"
	"slices"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// setting is a row that sets a parameter of the portfolio.
func setting(key string, values ...float64) *draft {
	d := &draft{Bundle: query.Bundle{Scope: scope}, n: 900}
	d.add(portfolio.KindSetting, portfolio.Setting{Key: key, Values: values, Level: 3, Scope: scope})
	return d
}

// What changes decides what is computed again: nothing, the plan of visits, or
// everything; and what is kept is what would be computed.
func TestAnAnalysisIsKeptAsLongAsItHolds(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	if got := s.Lacking(scope); len(got) != len(s.Scored(scope).Cards) {
		t.Fatalf("%d cards lack their facts, want all", len(got))
	}
	s.Deepen(bundles...)
	if len(s.Lacking(scope)) != 0 {
		t.Fatal("facts still lack")
	}
	a := s.Analysis(scope).All()
	same := func(what string) {
		t.Helper()
		fresh := load(asOf, misc, bundles...)
		fresh.Deepen(bundles...)
		f := query.Analyse(fresh.Book(scope), nil)
		for part, v := range whole(s.Analysis(scope)) {
			if hash(v) != hash(whole(f)[part]) {
				t.Errorf("%s: what is kept of chapter %s is not what would be computed", what, part)
			}
		}
	}
	costs, visits, lives := a.Cost(), a.Visits(), a.Attrition()
	if b := s.Analysis(scope); b != a || b.Cost() != costs || b.Visits() != visits {
		t.Error("asked twice, computed twice")
	}
	before := slices.Clone(visits.ByScore.Share)
	misc = append(misc, setting("score.weights", 1, 9, 1).Rows...)
	s.SetMisc(misc)
	if b := s.Analysis(scope); b != a || b.Cost() != costs || b.Attrition() != lives || b.Visits() == visits || slices.Equal(b.Visits().ByScore.Share, before) {
		t.Error("other weights: the plan of visits alone is to be computed again, and to differ")
	}
	same("other weights")
	misc = append(misc, setting("retain.H", 1).Rows...)
	s.SetMisc(misc)
	if b := s.Analysis(scope); b == a || b.Attrition().Worth[b.Attrition().Order[0]].Value == lives.Worth[b.Attrition().Order[0]].Value {
		t.Error("another setting of a chapter is another analysis")
	}
	same("another setting")
	a = s.Analysis(scope)
	c, _ := s.Card(bundles[5].Root)
	s.Update(c)
	if got := s.Lacking(scope); len(got) != 1 || got[0] != c.ID {
		t.Errorf("a card was updated: %d lack their facts", len(got))
	}
	s.Deepen(bundles[5])
	if s.Analysis(scope) == a {
		t.Error("a card that changes is another analysis")
	}
	same("a card given again")
	a = s.Analysis(scope)
	fits := query.Fit(a.Book, nil)
	s.SetFits(scope, &fits)
	if b := s.Analysis(scope); b == a || !b.Ahead().Fitted || b.Ahead().Sales <= 0 || !b.Response().Fitted {
		t.Error("models that come are another analysis")
	}
	// The horizon of foresight and the prior of departures are settings too.
	orders := s.Analysis(scope).Ahead().Sales
	misc = append(misc, setting("foresight.horizon", 364).Rows...)
	s.SetMisc(misc)
	if got := s.Analysis(scope).Ahead().Sales; got <= orders {
		t.Errorf("%v expected in a year, %v in a quarter", got, orders)
	}
	risk := func() (sum float64) {
		for _, d := range s.Analysis(scope).Attrition().Departure {
			sum += d.P
		}
		return sum
	}
	misc = append(misc, setting("churn.minExClients", 1).Rows...)
	s.SetMisc(misc)
	own := risk()
	word := &draft{Bundle: query.Bundle{Scope: scope}, n: 950}
	word.add(portfolio.KindSetting, portfolio.Setting{Key: "attr.priorSource", Word: "fixed", Level: 3, Scope: scope})
	misc = append(misc, word.Rows...)
	misc = append(misc, setting("attr.priorFixed", 60).Rows...)
	s.SetMisc(misc)
	if s.Analysis(scope).Attrition().Method != attrition.Bayes {
		t.Fatal("the portfolio has no former client to learn from")
	}
	if fixed := risk(); fixed <= own {
		t.Errorf("departures add up to %v under a prior of 60 %%, %v under the portfolio's own", fixed, own)
	}
	s.SetToday(asOf + 1)
	if b := s.Analysis(scope); b.AsOf != asOf+1 {
		t.Error("the day moves")
	}
}

// What does not compare clients is the same of one alone as in the whole.
func TestOneClientAloneIsAsInTheWhole(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	for _, b := range bundles {
		i := a.Index(b.Root)
		if i < 0 {
			continue
		}
		one := s.Alone(b)
		for what, pair := range map[string][2]any{
			"price":     {one.Cost().Visit, a.Cost().Visit},
			"invested":  {one.Cost().Invested.Amount[0], a.Cost().Invested.Amount[i]},
			"margin":    {one.Cost().Gross.Margin[0], a.Cost().Gross.Margin[i]},
			"phase":     {one.Maturity().Phase[0], a.Maturity().Phase[i]},
			"index":     {one.Families().Index[0], a.Families().Index[i]},
			"rhythm":    {one.Loyalty().Rhythm[0], a.Loyalty().Rhythm[i]},
			"efforts":   {one.Steering().Score[0], a.Steering().Score[i]},
			"file":      {one.Files().Filling[0], a.Files().Filling[i]},
			"ledger":    {one.Relation().Ledger[0], a.Relation().Ledger[i]},
			"tie":       {one.Relation().Bond[0], a.Relation().Bond[i]},
			"potential": {one.Potential().Penetration[0], a.Potential().Penetration[i]},
			"timeline":  {one.Timeline(0, 12), a.Timeline(i, 12)},
		} {
			if hash(pair[0]) != hash(pair[1]) {
				t.Errorf("%s of card %d alone: %v, in the whole %v", what, i, pair[0], pair[1])
			}
		}
	}
}

// Under every choice and switch of the registry, no figure of a client alone
// is another one than in the whole with status ok; those that are drawn to the
// mean of the others (F1 and what is made of it) are weak. Where the settings
// read facts of the others that no column holds, nobody is read alone: A1 by
// time told 120.00 € a visit instead of 95.23, the regression of B2 the pool of
// one client.
func TestNoFigureOfOneClientAloneDeniesTheWhole(t *testing.T) {
	misc, bundles, asOf := territory()
	modes := []portfolio.Setting{{Key: "balance.result", Word: "margin"}}
	for _, r := range params.Rows() {
		for _, w := range r.Words {
			if w != r.Word {
				modes = append(modes, portfolio.Setting{Key: string(r.Key), Word: w})
			}
		}
		if r.Kind == params.Flag {
			modes = append(modes, portfolio.Setting{Key: string(r.Key), Values: []float64{1 - r.Default[0]}})
		}
	}
	if len(modes) < 20 {
		t.Fatalf("%d modes", len(modes))
	}
	for _, x := range modes {
		d := &draft{Bundle: query.Bundle{Scope: scope}, n: 900}
		x.Level, x.Scope = 3, scope
		d.add(portfolio.KindSetting, x)
		s := load(asOf, append(misc[:len(misc):len(misc)], d.Rows...), bundles...)
		s.Deepen(bundles...)
		a := s.Analysis(scope)
		together := x.Word == "time" || x.Word == "regression"
		for k := 0; k < len(bundles); k += 5 {
			i, one := a.Index(bundles[k].Root), s.Alone(bundles[k])
			if i < 0 {
				continue
			}
			if together != (one == nil) {
				t.Fatalf("%s %s: alone %v", x.Key, x.Word, one != nil)
			}
			for _, topic := range query.Topics() {
				if together {
					break
				}
				f, ok := one.FigureOf(topic, 0)
				g, _ := a.FigureOf(topic, i)
				if ok && f.Mark.Status == explain.OK && (g.Mark.Status != explain.OK || f.Value != g.Value || f.Text != g.Text) {
					t.Errorf("%s %s %v, %s of card %d: alone %v %q, in the whole %v %q", x.Key, x.Word, x.Values, topic, i, f.Value, f.Text, g.Value, g.Text)
				}
			}
		}
		if x.Word == "fixed" && x.Key == "balance.threshold" {
			if f, _ := a.FigureOf("balance", 0); f.Mark.Status != explain.NA || f.Mark.Reason != explain.NoData {
				t.Errorf("limits that are not set: a class %v", f)
			}
		}
	}
}

// What a person decided has the last word, and the computed value stays.
func TestDecisionsAndSignsAreHeard(t *testing.T) {
	asOf := demo.Golden().AsOf
	var bundles []query.Bundle
	for k := range 4 {
		d := newCard(k+1, portfolio.Account{Code: string(rune('A' + k)), Status: portfolio.Client})
		for m := range 36 {
			d.add(portfolio.KindSale, portfolio.Sale{From: asOf.AddMonths(-m) - 2, Amount: 100_00, Family: "soap"})
		}
		switch k {
		case 1:
			d.add(portfolio.KindOverride, portfolio.Override{What: "phase", Value: float64(maturity.Ageing), Day: asOf - 9, Until: asOf + 90})
			d.add(portfolio.KindOverride, portfolio.Override{What: "departure", Value: .6, Day: asOf - 9, Until: asOf + 90})
		case 2: // a new decider, two errors, a rival who rises, nothing new for two years: V by rule 4
			d.add(portfolio.KindPerson, portfolio.Person{Name: "new", Roles: []string{"decider"}, Since: asOf - 100})
			d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.Complaint, Opened: asOf - 20, Severity: 1})
			d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.LateDelivery, Opened: asOf - 30, Severity: 1})
			d.add(portfolio.KindCompetitor, portfolio.Competitor{Name: "them", Raised: asOf - 12})
		case 3: // the same decision, expired
			d.add(portfolio.KindOverride, portfolio.Override{What: "phase", Value: float64(maturity.Ageing), Day: asOf - 400, Until: asOf - 35})
		}
		bundles = append(bundles, d.Bundle)
	}
	d := newCard(5, portfolio.Account{Code: "E", Status: portfolio.Client})
	d.sale(asOf-100, 100_00)
	d.add(portfolio.KindPerson, portfolio.Person{Name: "first", Roles: []string{"decider"}, Since: asOf - 100})
	bundles = append(bundles, d.Bundle)
	s := load(asOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	m, at := a.Maturity(), a.Attrition()
	want := []maturity.Phase{maturity.Mature, maturity.Ageing, maturity.Ageing, maturity.Mature, maturity.Start}
	if !slices.Equal(m.Phase, want) || !slices.Equal(m.Moved, []int32{2}) {
		t.Errorf("phases %v, want %v; moved %v", m.Phase, want, m.Moved)
	}
	for i, letter := range []string{"M", "V", "M", "M", "D"} { // the lists know decisions, not signs
		if r := s.ClientList(reader, query.ListAsk{Sort: "name", Asc: true}).Rows; r[i].Phase != letter {
			t.Errorf("the list says %s of %s, want %s", r[i].Phase, r[i].Code, letter)
		}
	}
	if v := m.Verdict[1]; v.Computed != maturity.Mature || v.Why != maturity.Locked {
		t.Errorf("decided: %+v; want the computed M beside it", v)
	}
	if v := m.Verdict[2]; v.Score != 4 || v.Why != maturity.SignsOfAge {
		t.Errorf("signs of ageing: %d by rule %d, want 4 and the fourth rule", v.Score, v.Why)
	}
	if d := at.Departure[1]; !at.Override[1] || d.P != .6 || d.Band != attrition.Red {
		t.Errorf("departure decided: %+v", d)
	}
	if v := m.Verdict[4]; v.Score != 0 {
		t.Errorf("a decider as old as the relation is no change: %d signs", v.Score)
	}
	if !a.Signals().Signal[2].Case().On.Has(attrition.S6) || !a.Signals().Signal[2].Case().On.Has(attrition.S8) {
		t.Error("a decider never met and a rival who rises are signals")
	}
}

// H6 shares the visits of clients: prospects have their own, lost ones are to
// be won back, blocked ones are not visited, however large the stock.
func TestNoVisitForProspectsLostAndBlocked(t *testing.T) {
	asOf := demo.Golden().AsOf
	var bundles []query.Bundle
	for k, a := range []portfolio.Account{{Status: portfolio.Client}, {Status: portfolio.Lost}, {Status: portfolio.Prospect}, {Status: portfolio.Client, Solvency: portfolio.SolvencyBlocked}, {Status: portfolio.Client}} {
		a.Code, a.Typology = string(rune('A'+k)), portfolio.Ambassador
		d := newCard(k+1, a)
		if k != 2 {
			d.sale(asOf-30, 900_00)
			d.sale(asOf-400, 900_00)
		}
		d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: 9_000_00, Method: portfolio.Declared, Day: asOf - 10})
		bundles = append(bundles, d.Bundle)
	}
	s := load(asOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	a.Plan(query.Wish{Visits: 500})
	for name, plan := range map[string][]int32{"score": a.Visits().ByScore.Visits, "mix": a.Plans().ByMix.Visits, "norms": a.Plans().ByNorm.Visits} {
		if plan[0] == 0 || plan[4] == 0 || plan[1]+plan[2]+plan[3] != 0 {
			t.Errorf("by %s: %v; want visits for the first and the last alone", name, plan)
		}
	}
	if at := a.Appeal(); !slices.Equal(at.Clients, []int32{2}) {
		t.Errorf("prospects by attraction: %v, want the third card", at.Clients)
	}
	if r := a.Response(); !slices.Equal(r.Clients, []int32{0, 3, 4}) || !slices.Equal(r.Place, []int32{0, -1, -1, 1, 2}) {
		t.Errorf("balance of %v at %v; want the clients that are neither prospects nor lost", r.Clients, r.Place)
	}
}

// Method A1 and A3: a year's budget over a window of two years, a manager's own
// price, a family's rate for a line without a cost.
func TestBudgetsAndRates(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := newCard(1, portfolio.Account{Code: "A", Status: portfolio.Client})
	d.add(portfolio.KindSale, portfolio.Sale{From: asOf - 10, Amount: 1000_00, Family: "soap"})
	d.touches(asOf, 5, portfolio.Visit)
	d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.ManagerControlVisit, Day: asOf - 9, Outcome: portfolio.NoChange})
	x := &draft{Bundle: query.Bundle{Scope: scope}, n: 200}
	x.add(portfolio.KindFamily, portfolio.Family{Code: "soap", Margin: .4})
	x.add(portfolio.KindCost, portfolio.Cost{User: user, Year: 2025, Pay: 365_00, Manager: 300_00})
	x.add(portfolio.KindCost, portfolio.Cost{User: user, Year: 2026, Pay: 730_00, Manager: 300_00})
	x.add(portfolio.KindCost, portfolio.Cost{User: id("other", 1), Year: 2026, Pay: 9_000_00})
	s := load(asOf, append(miscRows(0), x.Rows...), d.Bundle)
	s.Deepen(d.Bundle)
	c := s.Analysis(scope).Cost()
	// 184 days of 2025 at 1 €, 181 of 2026 at 2 €, over five visits of the rep
	if c.Price.Full != 546_00 || c.Visit != money.Cents(109_20) {
		t.Errorf("full cost %d, a visit %d; want 546 € and 109.20 €", c.Price.Full, c.Visit)
	}
	if c.Invested.Amount[0] != 546_00+300_00 {
		t.Errorf("invested %d, want 846 €: the manager's visit at his price", c.Invested.Amount[0])
	}
	if c.Gross.Margin[0] != 400_00 || !c.Gross.Estimated[0] || c.Orders[0] != 1 || c.Met[0] != 6 {
		t.Errorf("margin %d estimated %t, %d orders, %d visits; want 400 €, true, 1, 6", c.Gross.Margin[0], c.Gross.Estimated[0], c.Orders[0], c.Met[0])
	}
}

// The facts of 5,000 clients, their columns and their analysis hold in 64 MB.
func TestTheWholeHoldsInMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a thousand clients")
	}
	heap := func() float64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	before := heap()
	s := story(1000) // a fifth of them
	facts := heap() - before
	a := s.Analysis(scope).All()
	all := heap() - before
	sales, _ := lines(s)
	t.Logf("%d lines: %.1f MB of columns and facts, %.1f MB with the analysis", sales, facts, all)
	if all*180_000/float64(sales) > 64 {
		t.Errorf("%.1f MB for %d lines, want 64 for 180,000", all, sales)
	}
	runtime.KeepAlive(a)
}
