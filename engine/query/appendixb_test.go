package query_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sillon/engine/cockpit"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/response"
	"sillon/engine/weight"
)

// chapterNames are those of the method; L is the correspondence with STRAGEOR.
var chapterNames = strings.Split("A B C D E F G H I J K L", " ")

// An edge is a degenerate case made, beside the ordinary portfolio it comes from.
type edge struct {
	w    *world
	s    *query.Snapshot
	a    *query.Analysis // of the case; nil without a card
	base *query.Analysis // of [ordinary]
}

// A cell says what a chapter must answer in a case, or why it is not concerned.
type cell struct {
	is  func(t *testing.T, e *edge)
	not string
}

func is(f func(t *testing.T, e *edge)) cell { return cell{is: f} }
func not(why string) cell                   { return cell{not: why} }

// same: the chapter answers what it answers of the ordinary portfolio, bit by
// bit, views included.
func same(name string) cell {
	return is(func(t *testing.T, e *edge) {
		if chapterHash(e.a, name) != chapterHash(e.base, name) {
			t.Errorf("chapter %s is not what it is without the case", name)
		}
	})
}

// sameG: sharing, objectives and the score of the levers are what they are of
// the ordinary portfolio; the facts that objectives could be measured by, and
// the target interval, are not.
func sameG(t *testing.T, e *edge) {
	a, b := e.a.Steering(), e.base.Steering()
	equal(t, "G1, G2", hash([]any{a.Sharing, a.Score}), hash([]any{b.Sharing, b.Score}))
	for i := range a.Animation {
		equal(t, fmt.Sprint("G3 of ", i), a.Animation[i].Score, b.Animation[i].Score)
	}
}

// sameJ: promises, projects and ties are what they are of the ordinary
// portfolio; the age of the files, a figure of stage 1, counts estimates too.
func sameJ(t *testing.T, e *edge) {
	a, b := e.a.Relation(), e.base.Relation()
	equal(t, "J2, J4, J6", hash([]any{a.Pipeline, a.Ledger, a.Owed, a.Bond}), hash([]any{b.Pipeline, b.Ledger, b.Owed, b.Bond}))
}

// sameBut is same for all chapters but some.
func sameBut(cells map[string]cell) map[string]cell {
	for _, name := range chapterNames[:11] {
		if _, ok := cells[name]; !ok {
			cells[name] = same(name)
		}
	}
	return cells
}

func chapterHash(a *query.Analysis, name string) uint64 {
	switch name {
	case "A":
		return hash(a.Cost())
	case "B":
		v := a.ContactsView()
		return hash([]any{a.Response(), v.Balance, v.Flow, v.Strategy})
	case "C":
		v := a.MaturityView(query.MaturityAsk{Months: 12})
		v.Ground = query.Ground{}
		return hash([]any{a.Maturity(), a.Families(), v})
	case "D":
		v := a.WeightView(query.WeightAsk{})
		v.Ground = query.Ground{}
		return hash([]any{a.Weight(), v})
	case "E":
		v := a.PotentialView(query.PotentialAsk{})
		v.Ground = query.Ground{}
		return hash([]any{a.Potential(), v})
	case "F":
		return hash(a.Loyalty())
	case "G":
		return hash(a.Steering())
	case "H":
		return hash([]any{a.Files(), a.Time(), a.Grid(), a.Visits(), a.Plans(), a.Appeal()})
	case "I":
		return hash([]any{a.Signals(), a.Attrition()})
	case "J":
		return hash(a.Relation())
	case "K":
		return hash(a.Cockpit())
	}
	return 0
}

// marked fails unless a mark is as wanted; reason 0 asks for the status alone.
func marked(t *testing.T, what string, got explain.Mark, status explain.Status, reason explain.Reason) {
	t.Helper()
	if got.Status != status || reason != 0 && got.Reason != reason {
		t.Errorf("%s is %v(%v), want %v(%v)", what, got.Status, got.Reason, status, reason)
	}
}

// none fails unless each mark says there is no value.
func none(t *testing.T, what string, reason explain.Reason, marks ...explain.Mark) {
	t.Helper()
	for k, m := range marks {
		marked(t, fmt.Sprint(what, " ", k), m, explain.NA, reason)
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func list[T comparable](t *testing.T, what string, got []T, want ...T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func all[T comparable](t *testing.T, what string, got []T, want T, n int) {
	t.Helper()
	for i, x := range got[:n] {
		if x != want {
			t.Errorf("%s of client %d = %v, want %v", what, i, x, want)
		}
	}
}

// figure is a figure of client i.
func figure(t *testing.T, a *query.Analysis, topic string, i int) query.Figure {
	t.Helper()
	f, ok := a.FigureOf(topic, i)
	if !ok {
		t.Fatalf("no figure %s", topic)
	}
	return f
}

// curve, of chapter C.
func phases(n int, p maturity.Phase) (out []maturity.Phase) {
	return slices.Repeat([]maturity.Phase{p}, n)
}

// tiles are those of the manager's cockpit for this rep alone.
func tiles(e *edge) [cockpit.Tiles]cockpit.Reading {
	return cockpit.Of("team", []cockpit.Rep{*e.a.Cockpit()}, cockpit.Worth{}, cockpit.Defaults()).Tiles
}

func tile(t *testing.T, e *edge, which cockpit.Tile) cockpit.Reading {
	t.Helper()
	for _, x := range tiles(e) {
		if x.Tile == which {
			return x
		}
	}
	t.Fatalf("no tile %v", which)
	return cockpit.Reading{}
}

// answers is L: each analytic that STRAGEOR's modules list answers with a
// status, whatever the case.
func answers(t *testing.T, e *edge) {
	a := e.a
	if a == nil {
		return
	}
	m, w, v := a.Maturity(), a.WeightView(query.WeightAsk{}), a.Visits()
	of := map[string][]explain.Mark{
		"A1": {a.Cost().Price.Mark}, "A2": {a.Cost().Invested.Mark}, "A3": {a.Cost().Margins.Mark}, "B1": {a.Response().Balance.Mark}, "B4": {},
		"B2": {a.ContactsView().Flow.Readable.Mark}, "B3": {}, "C1": {}, "C6": {}, "C5": {query.ComparePortfolios([]*query.Analysis{a}).Mark}, "K": {},
		"C2": {m.Curves.Clients.Mark, m.Curves.Sales.Mark, m.Curves.Margin.Mark, m.Curves.Potential.Mark, m.Curves.Units.Mark}, "C3": {m.Effort.Mark}, "C4": {a.Families().Mark},
		"C7": {m.Mortality.Mark, m.Transition.Mark, m.Forecast.Mark}, "D1": {w.Pareto.Count.Mark, a.Weight().Margin.Mark}, "D2": {w.Floors.NEff.Mark, a.Weight().Units.Mark}, "D3": {w.CrossWhy},
		"E1": {}, "E2": {}, "E5": {}, "E3": {a.Potential().Sales.Mark, a.Potential().Potential.Mark, a.Potential().Effort.Mark, a.Potential().EffortPotential.Mark, a.Potential().EffortMargin.Mark},
		"E4": {a.PotentialView(query.PotentialAsk{}).Pen.Mark}, "F1": {a.Loyalty().Reading.Mark}, "F2": {a.Loyalty().Overview.Mark}, "F3": {a.Loyalty().RFM.Mark}, "G1": {a.Steering().Sharing.Mark},
		"G2": {}, "G3": {}, "H6": {v.ByScore.Mark, a.Plans().ByMix.Mark, a.Plans().ByNorm.Mark, a.Plans().Marginal.Mark, v.Due.Mark, v.Respect.Mark},
	}
	for i := range min(a.Len(), 20) {
		add := func(code string, x explain.Mark) { of[code] = append(of[code], x) }
		add("A3", a.Cost().Margins.Client[i].Mark)
		add("C1", m.Verdict[i].Mark)
		for code, topic := range map[string]string{"E1": "potential", "E2": "plevel", "E4": "penetration", "E5": "pr"} {
			add(code, figure(t, a, topic, i).Mark)
		}
		add("F1", a.Loyalty().Reading.Speed[i].Mark)
		add("F3", a.Loyalty().Engagement[i].Mark)
		add("F3", a.Loyalty().Rhythm[i].Regularity.Mark)
		add("G2", a.Steering().Score[i].Mark)
		add("G3", a.Steering().Animation[i].Mark)
	}
	for i := range a.Response().Flow.Reading {
		of["B2"] = append(of["B2"], a.Response().Flow.Reading[i].Mark)
	}
	for _, x := range tiles(e) {
		of["K"] = append(of["K"], x.Mark)
	}
	for _, module := range cockpit.Modules {
		for _, code := range append(module.Of(cockpit.Individual), module.Of(cockpit.Company)...) {
			marks, ok := of[code]
			if !ok {
				t.Errorf("%s lists %s, which nothing answers", module.Code, code)
			}
			for _, x := range marks {
				if x.Status == 0 || x.Status == explain.NA && x.Reason == 0 {
					t.Errorf("%s: %s has no status, or no reason: %+v", module.Code, code, x)
				}
			}
		}
	}
}

// TestAppendixB is the table of Appendix B: each degenerate case of the method,
// through the rows of a store, all parts, all views, all whys, the fits, each
// client alone and the screens of the lists (see [judge]), with what each
// chapter must then say, or why the case does not reach it. -v prints it.
func TestAppendixB(t *testing.T) {
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-34s %s\n", "", strings.Join(chapterNames, " "))
	var why []string
	for _, c := range appendixB() {
		line := ""
		t.Run(c.name, func(t *testing.T) {
			if c.long && (testing.Short() || raced) {
				t.Skip("short")
			}
			w := c.make()
			e := &edge{w: w, s: w.snapshot()}
			from := w.asOf
			e.base = ordinary(from).analysis()
			e.a = e.s.Analysis(w.scope)
			if e.a != nil {
				judge(t, c.name, e.a, true)
				screens(t, e.s, w.bundles())
				if n := e.a.Len(); n > 0 && n < 100 {
					fits := query.Fit(e.a.Book, nil)
					if bad := broken("fits", reflect.ValueOf(fits)); bad != "" {
						t.Error(bad)
					}
					s := w.snapshot()
					s.SetFits(w.scope, &fits)
					judge(t, c.name+", fitted", s.Analysis(w.scope), true)
					for _, b := range w.bundles() {
						if one := s.Alone(b); one != nil {
							judge(t, c.name+", alone", one, false)
						}
					}
				}
			}
			for _, name := range chapterNames {
				x, ok := c.cells[name]
				switch {
				case name == "L" && !ok:
					x, ok = is(answers), true
				case ok && x.is == nil && x.not == "":
					ok = false
				}
				if !ok {
					t.Errorf("chapter %s: neither an assertion nor a reason", name)
					continue
				}
				if x.is == nil {
					line += "· "
					why = append(why, fmt.Sprintf("%s, %s: %s", c.name, name, x.not))
					continue
				}
				line += "x "
				t.Run(name, func(t *testing.T) { x.is(t, e) })
			}
		})
		fmt.Fprintf(&table, "%-34s %s\n", c.name, line)
	}
	t.Logf("x: asserted; ·: not concerned%s\n%s", table.String(), strings.Join(why, "\n"))
}

// An edgeCase is a row of the table.
type edgeCase struct {
	name  string
	make  func() *world
	long  bool
	cells map[string]cell
}

func appendixB() []edgeCase {
	return []edgeCase{
		{name: "empty portfolio", make: edgeEmpty, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // no contacts → NO_CONTACT; the organisation's 120 € stands for a price
				c := e.a.Cost()
				none(t, "A1", explain.NoContact, c.Price.Mark)
				none(t, "A2 and A3", explain.NoData, c.Invested.Mark, c.Margins.Mark)
				equal(t, "price of a unit", c.Unit, 120_00)
				equal(t, "invested", c.Invested.Total, 0)
			}),
			"B": is(func(t *testing.T, e *edge) {
				none(t, "B1", explain.NoData, e.a.Response().Balance.Mark)
				equal(t, "readings", len(e.a.Response().Flow.Reading), 0)
			}),
			"C": is(func(t *testing.T, e *edge) { // C2: n = 0 → NO_DATA; C7: none entered → NO_DATA, the default matrix
				m := e.a.Maturity()
				none(t, "C2, C3, C4, C7", explain.NoData, m.Curves.Clients.Mark, m.Effort.Mark, e.a.Families().Mark, m.Mortality.Mark, m.Forecast.Mark)
				equal(t, "own matrix", m.Transition.Own, false)
				marked(t, "C7 matrix", m.Transition.Mark, explain.Weak, 0)
			}),
			"D": is(func(t *testing.T, e *edge) {
				w := e.a.WeightView(query.WeightAsk{})
				none(t, "D", 0, w.Pareto.Count.Mark, w.Floors.NEff.Mark, w.CrossWhy, e.a.Weight().Margin.Mark)
				equal(t, "total", w.Pareto.Total, 0)
			}),
			"E": is(func(t *testing.T, e *edge) { // E3: n < 2 → na
				p := e.a.Potential()
				none(t, "E3, E4", 0, p.Sales.Mark, p.Potential.Mark, p.Effort.Mark, p.EffortPotential.Mark, e.a.PotentialView(query.PotentialAsk{}).Pen.Mark)
			}),
			"F": is(func(t *testing.T, e *edge) {
				l := e.a.Loyalty()
				none(t, "F", explain.NoData, l.Reading.Mark, l.Overview.Mark, l.RFM.Mark)
			}),
			"G": is(func(t *testing.T, e *edge) { none(t, "G1", explain.NoData, e.a.Steering().Sharing.Mark) }),
			"H": is(func(t *testing.T, e *edge) {
				// 365 − 104 − 11 − 25 = 225 days, a fifth of them out: 45; (480 − 60) ÷ 85 → 4 a day: 180
				// visits, less 10 % of reserve and the floor of 15 % for prospects: 135, all left over.
				h := e.a.Time()
				list(t, "visits, reserve, prospects, clients", []int{h.Stock.Visits, h.Sharing.Reserve, h.Sharing.Prospects, h.Sharing.Clients}, 180, 18, 27, 135)
				equal(t, "surplus", e.a.Visits().ByScore.Surplus, 135)
				none(t, "H0, H5, H6, H9", explain.NoData, e.a.Files().All.Mark, e.a.Grid().Sheet.Mark, e.a.Visits().ByScore.Mark, e.a.Appeal().Board.Mark)
			}),
			"I": is(func(t *testing.T, e *edge) { // I1: 0 clients at start → na
				at := e.a.Attrition()
				none(t, "I1", explain.NoData, at.Rates.Mark, at.Causes.Mark, at.Survival.Mark)
			}),
			"J": is(func(t *testing.T, e *edge) { // J4: no commitment of ours → ρ na
				r := e.a.Relation()
				none(t, "J2, J4", explain.NoData, r.Pipeline.Mark, r.Owed.Mark)
				equal(t, "ρ", r.Owed.HasRho, false)
			}),
			"K": is(func(t *testing.T, e *edge) {
				equal(t, "accounts", e.a.Cockpit().Accounts, 0)
				for _, x := range []cockpit.Tile{cockpit.PlanKept, cockpit.CtoM, cockpit.Curve, cockpit.Board, cockpit.NetMargin, cockpit.Coverage, cockpit.Penetration} {
					if y := tile(t, e, x); y.Has() {
						t.Errorf("%v has a value: %+v", x, y)
					}
				}
			}),
		}},

		{name: "one client", make: func() *world { return fewOf(1) }, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // the whole budget for one visit; MCN = 480 − 10 000
				c := e.a.Cost()
				list(t, "price, invested, net", []money.Cents{c.Unit, c.Invested.Total, c.Margins.Net}, 10_000_00, 10_000_00, -9_520_00)
				equal(t, "share", c.Invested.Share[0], 1)
			}),
			"B": is(func(t *testing.T, e *edge) { // under four clients → weak; ci = ri = 1: a cow, D 1
				b := e.a.Response().Balance
				marked(t, "B1", b.Mark, explain.Weak, explain.FewClients)
				equal(t, "class", b.Class[0], response.Cow)
				equal(t, "D", b.D[0], 1)
			}),
			"C": is(func(t *testing.T, e *edge) { // n < 8 → weak
				m := e.a.Maturity()
				list(t, "phases", m.Phase, maturity.Mature)
				marked(t, "C2", m.Curves.Clients.Mark, explain.Weak, explain.FewClients)
				equal(t, "share of M", m.Curves.Clients.Share[2], 1)
				equal(t, "no growth client", m.Effort.NoGrowth, true)
			}),
			"D": is(func(t *testing.T, e *edge) { // n < 4 → ranks and classes, weak(FEW_CLIENTS)
				w := e.a.WeightView(query.WeightAsk{})
				marked(t, "D1", w.Pareto.Count.Mark, explain.Weak, explain.FewClients)
				marked(t, "D2", w.Floors.Top.Mark, explain.Weak, explain.FewClients)
				none(t, "the equal clients of one, as E3", explain.FewClients, w.Floors.NEff.Mark)
				list(t, "class A", w.Pareto.Class[0], 0)
				list(t, "top floor", w.Floors.Floor[0].Who, 0)
				equal(t, "fragile", w.Floors.Fragile, true)
			}),
			"E": is(func(t *testing.T, e *edge) { // E3: n < 2 → na
				p := e.a.Potential()
				none(t, "E3", explain.FewClients, p.Sales.Mark, p.Potential.Mark, p.Effort.Mark, p.EffortPotential.Mark)
				for _, topic := range []string{"plevel", "rlevel", "pr"} {
					marked(t, topic, figure(t, e.a, topic, 0).Mark, explain.Weak, explain.FewClients)
				}
				equal(t, "π", figure(t, e.a, "penetration", 0).Value, .5)
			}),
			"F": is(func(t *testing.T, e *edge) { // both pools 0: rates and momentum 0, A* = A, weak
				s := e.a.Loyalty().Reading.Speed[0]
				marked(t, "F1", s.Mark, explain.Weak, 0)
				list(t, "rates, momentum, A, A*", []float64{s.Adoption, s.Exclusion, s.Momentum, s.Now, s.Heading}, 0, 0, 0, 1, 1)
				equal(t, "RFM", e.a.Loyalty().RFM.Code[0], 555)
			}),
			"G": is(func(t *testing.T, e *edge) {
				none(t, "G1, G2", explain.NoData, e.a.Steering().Sharing.Mark, e.a.Steering().Score[0].Mark)
			}),
			"H": is(func(t *testing.T, e *edge) { // strategic: 12 visits at least, whatever the yearly change
				equal(t, "category", e.a.Grid().Verdict[0].Category, portfolio.Strategic)
				list(t, "visits", e.a.Visits().ByScore.Visits, 12)
				equal(t, "surplus", e.a.Visits().ByScore.Surplus, 123)
			}),
			"I": is(func(t *testing.T, e *edge) {
				r := e.a.Attrition().Rates
				marked(t, "I1", r.Mark, explain.Weak, explain.FewClients)
				list(t, "start, end, lost", []int{r.Start, r.End, r.Lost}, 1, 1, 0)
				equal(t, "retention", r.Retention, 1)
			}),
			"J": is(func(t *testing.T, e *edge) {
				none(t, "J", explain.NoData, e.a.Relation().Pipeline.Mark, e.a.Relation().Owed.Mark, e.a.Relation().Bond[0].Mark)
			}),
			"K": is(func(t *testing.T, e *edge) {
				list(t, "accounts, fragile, in M", []int{e.a.Cockpit().Accounts, e.a.Cockpit().Fragile, e.a.Cockpit().Phases[2]}, 1, 1, 1)
			}),
		}},

		{name: "all sales equal", make: edgeEqual, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { all(t, "invested", e.a.Cost().Invested.Amount, 1_666_67, 6) }), // 10 000 ÷ 6
			"B": is(func(t *testing.T, e *edge) {
				all(t, "class", e.a.Response().Balance.Class, response.Cow, 6)
				all(t, "D", e.a.Response().Balance.D, 1, 6)
			}),
			"C": is(func(t *testing.T, e *edge) { all(t, "phase", e.a.Maturity().Phase, maturity.Mature, 6) }),
			"D": is(func(t *testing.T, e *edge) { // all ties → everyone rank 1
				w := e.a.WeightView(query.WeightAsk{})
				list(t, "class A", w.Pareto.Class[0], 0, 1, 2, 3, 4, 5)
				list(t, "top floor", w.Floors.Floor[0].Who, 0, 1, 2, 3, 4, 5)
				near(t, "equal clients", w.Floors.NEff.Value, 6, 1e-9)
			}),
			"E": is(func(t *testing.T, e *edge) {
				near(t, "Gini", e.a.Potential().Sales.Gini, 0, 1e-12)
				near(t, "alignment", e.a.Potential().EffortPotential.Value, 1, 1e-12)
				for i := range 6 {
					list(t, "P, R, P-R", []float64{figure(t, e.a, "plevel", i).Value, figure(t, e.a, "rlevel", i).Value, figure(t, e.a, "pr", i).Value}, 4, 4, 0)
				}
			}),
			"F": is(func(t *testing.T, e *edge) { all(t, "RFM", e.a.Loyalty().RFM.Code, 555, 6) }),
			"G": is(func(t *testing.T, e *edge) { none(t, "G1", explain.NoData, e.a.Steering().Sharing.Mark) }),
			"H": is(func(t *testing.T, e *edge) {
				all(t, "visits", e.a.Visits().ByScore.Visits, 12, 6)
				all(t, "score", e.a.Grid().Sheet.Score100, e.a.Grid().Sheet.Score100[0], 6)
			}),
			"I": is(func(t *testing.T, e *edge) {
				for i := range 6 {
					equal(t, "p", e.a.Attrition().Departure[i].P, e.a.Attrition().Departure[0].P)
				}
			}),
			"J": not("reads promises, projects and tools, and not one amount of sales"),
			"K": is(func(t *testing.T, e *edge) {
				equal(t, "P4R4", e.a.Cockpit().PR[3][4], 6)
				equal(t, "fragile", e.a.Cockpit().Fragile, 0)
			}),
		}},

		{name: "one client = 100 %", make: edgeAll, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // 40 % of 9 600; the whale's peak is the first client
				c := e.a.Cost()
				equal(t, "gross", c.Margins.Gross, 3_840_00)
				equal(t, "clients at the peak", c.Margins.Whale.At, 1)
				for i := range 7 { // MCN = −I, late payment aside
					equal(t, "net of those who buy nothing", c.Margins.Client[i].Net, -c.Invested.Amount[i]-c.Margins.Client[i].Other)
					marked(t, "A3", c.Margins.Client[i].Mark, explain.Weak, explain.NoSales)
				}
			}),
			"B": is(func(t *testing.T, e *edge) { // the others are lost: one client is left
				equal(t, "clients", len(e.a.Response().Clients), 1)
				marked(t, "B1", e.a.Response().Balance.Mark, explain.Weak, explain.FewClients)
			}),
			"C": is(func(t *testing.T, e *edge) { // no order for more than 18 months → X
				list(t, "phases", e.a.Maturity().Phase[:8], append(phases(7, maturity.Lost), maturity.Mature)...)
			}),
			"D": is(func(t *testing.T, e *edge) {
				w := e.a.WeightView(query.WeightAsk{})
				list(t, "class A", w.Pareto.Class[0], 7)
				list(t, "class C", w.Pareto.Class[2], 0, 1, 2, 3, 4, 5, 6, 9)
				equal(t, "share of the largest", w.Pareto.Top.Value, 1)
				near(t, "equal clients", w.Floors.NEff.Value, 1, 1e-12)
				equal(t, "fragile", w.Floors.Fragile, true)
			}),
			"E": is(func(t *testing.T, e *edge) { // one of n holds all: Gini = (n − 1) ÷ n, n = 9: the tenth is a prospect
				near(t, "Gini", e.a.Potential().Sales.Gini, 8.0/9, 1e-12)
				near(t, "HHI", e.a.Potential().Sales.HHI, 1, 1e-12)
				equal(t, "dangerous", e.a.Potential().Sales.Dangerous, true)
				equal(t, "R of a client without sales", figure(t, e.a, "rlevel", 0).Value, 0)
			}),
			"F": is(func(t *testing.T, e *edge) {
				none(t, "rhythm without orders", explain.NoSales, e.a.Loyalty().Rhythm[0].Regularity.Mark, e.a.Loyalty().Rhythm[0].Lateness.Mark)
				equal(t, "RFM of the only one", e.a.Loyalty().RFM.Code[7], 555)
				equal(t, "RFM without orders", e.a.Loyalty().RFM.Code[0], 0)
			}),
			"G": is(func(t *testing.T, e *edge) {
				equal(t, "clients of the balance", len(e.a.Steering().Sharing.Balance), 1)
			}),
			"H": is(func(t *testing.T, e *edge) {
				list(t, "visits", e.a.Visits().ByScore.Visits, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0)
			}),
			"I": is(func(t *testing.T, e *edge) { // lost before N: not of the start
				list(t, "start, lost", []int{e.a.Attrition().Rates.Start, e.a.Attrition().Rates.Lost}, 1, 0)
				none(t, "I3, I4, I5 of a lost client", explain.NoSales, e.a.Attrition().Departure[0].Mark, e.a.Attrition().Worth[0].Mark, e.a.Attrition().Weapon[0].Mark)
			}),
			"J": is(func(t *testing.T, e *edge) {
				equal(t, "weighted pipeline", e.a.Relation().Pipeline.TotalWorth, 4_500_00)
			}), // 45 % of 10 000
			"K": is(func(t *testing.T, e *edge) { equal(t, "fragile", e.a.Cockpit().Fragile, 1) }),
		}},

		{name: "all zero sales", make: edgeZero, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // MCN = −I, ratios NO_SALES
				c := e.a.Cost()
				equal(t, "net", c.Margins.Net, -c.Margins.Invested-c.Margins.Other)
				for i := range 8 {
					marked(t, "A3", c.Margins.Client[i].Mark, explain.Weak, explain.NoSales)
				}
			}),
			"B": is(func(t *testing.T, e *edge) { // mean(Q) ≤ 0 → na; Q0 = 0 → NEW_CLIENT
				none(t, "B1", explain.NoSales, e.a.Response().Balance.Mark)
				for _, r := range e.a.Response().Flow.Reading {
					none(t, "B2", explain.NewClient, r.Mark)
				}
			}),
			"C": is(func(t *testing.T, e *edge) { // five months old → D; no sales → index NO_SALES
				all(t, "phase", e.a.Maturity().Phase, maturity.Start, 8)
				none(t, "C4", explain.NoSales, figure(t, e.a, "maturity-index", 0).Mark)
				none(t, "C7", explain.NoData, e.a.Maturity().Mortality.Mark)
				equal(t, "no growth client", e.a.Maturity().Effort.NoGrowth, true)
			}),
			"D": is(func(t *testing.T, e *edge) { // total ≤ 0 → na
				w := e.a.WeightView(query.WeightAsk{})
				none(t, "D1, D2", explain.NoSales, w.Pareto.Count.Mark, w.Floors.NEff.Mark, e.a.Weight().Margin.Mark)
				equal(t, "class C", len(w.Pareto.Class[2]), 8)
			}),
			"E": is(func(t *testing.T, e *edge) { // R = 0, π = 0
				none(t, "E3", explain.NoSales, e.a.Potential().Sales.Mark)
				for i := range 8 {
					list(t, "R, π", []float64{figure(t, e.a, "rlevel", i).Value, figure(t, e.a, "penetration", i).Value}, 0, 0)
					equal(t, "P-R is P", figure(t, e.a, "pr", i).Value, figure(t, e.a, "plevel", i).Value)
				}
			}),
			"F": is(func(t *testing.T, e *edge) {
				none(t, "F3", explain.NoSales, e.a.Loyalty().RFM.Mark, e.a.Loyalty().Rhythm[0].Regularity.Mark)
				marked(t, "F1: new client → pool only, weak", e.a.Loyalty().Reading.Speed[0].Mark, explain.Weak, explain.NewClient)
			}),
			"G": is(func(t *testing.T, e *edge) { near(t, "IE, measured by hand", e.a.Steering().Score[6].IE, .5, 1e-12) }),
			"H": is(func(t *testing.T, e *edge) { // realised, growth and profit bring nothing; R0 is a level, not a gap
				for i, v := range e.a.Grid().Verdict {
					if v.Provisional || v.Category == portfolio.Strategic || v.Category == portfolio.Core {
						t.Errorf("client %d: %+v", i, v)
					}
				}
			}),
			"I": is(func(t *testing.T, e *edge) { // nobody at the start
				none(t, "I1", explain.NoData, e.a.Attrition().Rates.Mark)
				equal(t, "acquired", e.a.Attrition().Rates.Acquired, 8)
				for i, s := range e.a.Signals().Signal {
					if s[3].State > 1 || s[4].State > 1 {
						t.Errorf("S4 or S5 is on for client %d without an order", i)
					}
				}
			}),
			"J": is(func(t *testing.T, e *edge) { equal(t, "ρ", e.a.Relation().Owed.Rho, .5) }),
			"K": is(func(t *testing.T, e *edge) { equal(t, "MCN", e.a.Cockpit().MCN, e.a.Cost().Margins.Net) }),
		}},

		{name: "negative totals after returns", make: edgeNegative, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // 40 % of −43 200
				c := e.a.Cost()
				equal(t, "gross", c.Margins.Gross, -17_280_00)
				for i := range 8 {
					m := c.Margins.Client[i]
					marked(t, "A3", m.Mark, explain.Weak, explain.Negative)
					if m.HasRates || m.HasBreakEven || m.Bearable != 0 {
						t.Errorf("ratios of negative sales: %+v", m)
					}
				}
			}),
			"B": is(func(t *testing.T, e *edge) {
				none(t, "B1", explain.Negative, e.a.Response().Balance.Mark)
				for _, r := range e.a.Response().Flow.Reading {
					none(t, "B2", explain.Negative, r.Mark)
				}
			}),
			"C": is(func(t *testing.T, e *edge) { // g = −200 % ≤ −10 %
				all(t, "phase", e.a.Maturity().Phase, maturity.Ageing, 8)
				equal(t, "g", e.a.Maturity().Verdict[0].G, -2)
			}),
			"D": is(func(t *testing.T, e *edge) {
				w := e.a.WeightView(query.WeightAsk{})
				none(t, "D1, D2", explain.Negative, w.Pareto.Count.Mark, w.Floors.NEff.Mark)
				equal(t, "total", w.Pareto.Total, 0)
				equal(t, "nobody on a floor", len(w.Floors.Below), 10)
			}),
			"E": is(func(t *testing.T, e *edge) { // R0; no π: nothing sold would be a zero that is not
				none(t, "E3, alignment with margin", explain.Negative, e.a.Potential().Sales.Mark, e.a.Potential().EffortMargin.Mark)
				for i := range 8 {
					equal(t, "R", figure(t, e.a, "rlevel", i).Value, 0)
					none(t, "π", explain.Negative, figure(t, e.a, "penetration", i).Mark)
				}
			}),
			"F": is(func(t *testing.T, e *edge) { // the orders stay orders: 36 days
				equal(t, "order days", e.a.Loyalty().Rhythm[0].Orders, 36)
			}),
			"G": is(func(t *testing.T, e *edge) { near(t, "IE", e.a.Steering().Score[6].IE, .5, 1e-12) }),
			"H": is(func(t *testing.T, e *edge) { // potential is left to win, R0 has none of the realised
				for i := range 8 {
					if s := e.a.Grid().Seven; s.Score100[i] < 0 || s.Score100[i] > 100 {
						t.Errorf("score %v", s.Score100[i])
					}
				}
			}),
			"I": is(func(t *testing.T, e *edge) { // the quarter is under last year's: S5
				for i := range 8 {
					if e.a.Signals().Signal[i][4].State != 2 {
						t.Errorf("S5 of client %d is not on", i)
					}
				}
				for _, x := range e.a.Attrition().Worth[:8] {
					if x.Value > 0 {
						t.Errorf("worth retaining at a loss: %+v", x)
					}
				}
			}),
			"J": is(func(t *testing.T, e *edge) { equal(t, "ρ", e.a.Relation().Owed.Rho, .5) }),
			"K": is(func(t *testing.T, e *edge) {
				k := e.a.Cockpit()
				list(t, "MCN and losses of the eight", []money.Cents{k.MCN, k.Losses}, e.a.Cost().Margins.Net+e.a.Cost().Invested.Amount[8], -e.a.Cost().Margins.Net-e.a.Cost().Invested.Amount[8])
			}),
		}},

		{name: "potential missing for all", make: edgeNoPotential, cells: map[string]cell{
			"A": same("A"),
			"B": is(func(t *testing.T, e *edge) { // B4 of skeletons alone reads P
				if hash(e.a.Response().Balance) != hash(e.base.Response().Balance) || hash(e.a.Response().Flow) != hash(e.base.Response().Flow) {
					t.Error("B1 or B2 read a potential")
				}
			}),
			"C": is(func(t *testing.T, e *edge) {
				list(t, "phases", e.a.Maturity().Phase, e.base.Maturity().Phase...)
				none(t, "C2 by potential", 0, e.a.Maturity().Curves.Potential.Mark)
			}),
			"D": is(func(t *testing.T, e *edge) { // D3: unknown potential → column "?"
				for i, c := range e.a.Weight().Matrix.Column {
					equal(t, fmt.Sprint("column of ", i), c, weight.ColumnUnknown)
				}
				none(t, "D1 by potential", explain.NoPotential, e.a.WeightView(query.WeightAsk{By: "potential"}).Pareto.Count.Mark)
				equal(t, "total", e.a.WeightView(query.WeightAsk{}).Pareto.Total, 43_200_00)
			}),
			"E": is(func(t *testing.T, e *edge) {
				p, v := e.a.Potential(), e.a.PotentialView(query.PotentialAsk{})
				none(t, "E3, E4", explain.NoPotential, p.Potential.Mark, p.EffortPotential.Mark, v.Pen.Mark)
				for i := range 8 {
					for _, topic := range []string{"potential", "plevel", "pr", "penetration", "left"} {
						none(t, topic, explain.NoPotential, figure(t, e.a, topic, i).Mark)
					}
				}
				equal(t, "unknown, and counted", len(v.Unknown), 10)
			}),
			"F": is(func(t *testing.T, e *edge) { // F2: no potential, no expected sales; the speeds stay
				none(t, "F2", explain.NoPotential, e.a.Loyalty().Overview.Mark)
				for i := range 8 {
					equal(t, "v_a", e.a.Loyalty().Reading.Speed[i].Adoption, e.base.Loyalty().Reading.Speed[i].Adoption)
				}
			}),
			"G": is(sameG), // an estimate given is intelligence (E08)
			"H": is(func(t *testing.T, e *edge) {
				// P unknown: économique, provisional; neutral points 2.5: K08 (4·4 + 4·2.5 + 2·3) ÷ 10 = 3.2, 73.3
				for i := range 8 {
					v := e.a.Grid().Verdict[i]
					if !v.Provisional || v.Category != portfolio.Economy {
						t.Errorf("client %d: %+v", i, v)
					}
				}
				near(t, "score of K08", e.a.Grid().Sheet.Score100[7], 220./3, 1e-9)
				marked(t, "H5", e.a.Grid().Sheet.Mark, explain.Weak, 0)
			}),
			"I": is(func(t *testing.T, e *edge) { // no credit for what is left to win
				for i := range 8 {
					if e.a.Attrition().Worth[i].Value >= e.base.Attrition().Worth[i].Value {
						t.Errorf("client %d is worth as much without a potential", i)
					}
					equal(t, "p", e.a.Attrition().Departure[i].P, e.base.Attrition().Departure[i].P)
				}
			}),
			"J": is(sameJ),
			"K": is(func(t *testing.T, e *edge) {
				equal(t, "known", e.a.Cockpit().Known, 0)
				if tile(t, e, cockpit.Penetration).Has() || tile(t, e, cockpit.Coverage).Value != 0 {
					t.Error("penetration of nothing, or coverage")
				}
			}),
		}},

		{name: "potential < sales", make: edgeLittlePotential, cells: map[string]cell{
			"A": same("A"),
			"B": is(func(t *testing.T, e *edge) {
				equal(t, "B1", hash(e.a.Response().Balance), hash(e.base.Response().Balance))
			}),
			"C": is(func(t *testing.T, e *edge) { list(t, "phases", e.a.Maturity().Phase, e.base.Maturity().Phase...) }),
			"D": is(func(t *testing.T, e *edge) { // what is left is 5 % of the sales
				var left money.Cents
				for _, row := range e.a.Weight().Matrix.Cell {
					for _, c := range row {
						left += c.Remaining
					}
				}
				equal(t, "left to win", left, 2_160_00)
			}),
			"E": is(func(t *testing.T, e *edge) { // P̂ := sales × 1.05, to be reviewed; π = 1 ÷ 1.05
				for i := range 8 {
					f := figure(t, e.a, "potential", i)
					near(t, "potential", f.Value, float64(i+1)*1260_00, .5)
					marked(t, "E1", f.Mark, explain.Weak, 0)
					near(t, "π", figure(t, e.a, "penetration", i).Value, 1/1.05, 1e-9)
				}
				equal(t, "over", len(e.a.PotentialView(query.PotentialAsk{}).Over), 8)
			}),
			"F": is(func(t *testing.T, e *edge) {
				for i := range 8 {
					if p := e.a.Loyalty().Indicators[i].Penetration; p.Value > 1 {
						t.Errorf("penetration %v in the index", p)
					}
				}
			}),
			"G": same("G"),
			"H": is(func(t *testing.T, e *edge) {
				for i := range 8 {
					if v := e.a.Grid().Verdict[i]; v.Provisional {
						t.Errorf("client %d: %+v", i, v)
					}
				}
			}),
			"I": is(func(t *testing.T, e *edge) {
				for i := range 8 {
					if x := e.a.Attrition().Worth[i]; !x.Has() || x.Value <= 0 {
						t.Errorf("worth of %d: %+v", i, x)
					}
				}
			}),
			"J": is(sameJ),
			"K": is(func(t *testing.T, e *edge) {
				near(t, "penetration", tile(t, e, cockpit.Penetration).Value, 1/1.05, 1e-9)
			}),
		}},

		{name: "10 000 clients", make: edgeMany, long: true, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { equal(t, "clients", len(e.a.Cost().Margins.Client), 10_000) }),
			"B": is(func(t *testing.T, e *edge) { marked(t, "B1", e.a.Response().Balance.Mark, explain.OK, 0) }),
			"C": is(func(t *testing.T, e *edge) { equal(t, "of the curve", e.a.Maturity().Curves.Clients.Clients, 10_000) }),
			"D": is(func(t *testing.T, e *edge) { // must rank in under 200 ms
				best := time.Hour
				for range 3 {
					from := time.Now()
					weight.ABC(weight.Input{Values: e.a.Sales, Second: e.a.Worth, Codes: e.a.Codes}, weight.Defaults())
					weight.RLevels(weight.Input{Values: e.a.Sales, Second: e.a.Worth, Codes: e.a.Codes}, weight.Defaults())
					best = min(best, time.Since(from))
				}
				t.Logf("ranked in %v", best)
				if best > 200*time.Millisecond {
					t.Errorf("ranking takes %v, want under 200 ms", best)
				}
			}),
			"E": is(func(t *testing.T, e *edge) {
				if g := e.a.Potential().Sales.Gini; g <= 0 || g >= 1 {
					t.Errorf("Gini %v", g)
				}
			}),
			"F": is(func(t *testing.T, e *edge) {
				n := [6]int{}
				for _, r := range e.a.Loyalty().RFM.R {
					n[r]++
				}
				list(t, "clients without an order", n[:1], 0)
			}),
			"G": is(func(t *testing.T, e *edge) { equal(t, "clients", len(e.a.Steering().Animation), 10_000) }),
			"H": is(func(t *testing.T, e *edge) { // a stock of 135 does not make the minima
				if p := e.a.Visits().ByScore; p.Shortage == 0 || p.Given != 135 {
					t.Errorf("%d given of 135, %d short", p.Given, p.Shortage)
				}
			}),
			"I": is(func(t *testing.T, e *edge) { equal(t, "at the start", e.a.Attrition().Rates.Start, 10_000) }),
			"J": is(func(t *testing.T, e *edge) { equal(t, "ledgers", len(e.a.Relation().Ledger), 10_000) }),
			"K": is(func(t *testing.T, e *edge) { equal(t, "accounts", e.a.Cockpit().Accounts, 10_000) }),
		}},

		{name: "first order in the future", make: edgeFuture, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) {
				none(t, "A1, A2", explain.NoContact, e.a.Cost().Price.Mark, e.a.Cost().Invested.Mark)
				equal(t, "gross", e.a.Cost().Margins.Gross, 0)
			}),
			"B": is(func(t *testing.T, e *edge) { equal(t, "clients", len(e.a.Response().Clients), 0) }),
			"C": is(func(t *testing.T, e *edge) { // a first order after asOf is invisible to it: P
				all(t, "phase", e.a.Maturity().Phase, maturity.Prospect, 6)
				none(t, "C2, C3", explain.NoData, e.a.Maturity().Curves.Clients.Mark, e.a.Maturity().Effort.Mark)
			}),
			"D": is(func(t *testing.T, e *edge) { // prospects only in row P
				none(t, "D1", explain.NoSales, e.a.WeightView(query.WeightAsk{}).Pareto.Count.Mark)
				for i, r := range e.a.Weight().Matrix.Row {
					equal(t, fmt.Sprint("row of ", i), r, weight.RowP)
				}
			}),
			"E": is(func(t *testing.T, e *edge) { // P4 − R0
				for i := range 6 {
					list(t, "P, R, P-R, π", []float64{figure(t, e.a, "plevel", i).Value, figure(t, e.a, "rlevel", i).Value, figure(t, e.a, "pr", i).Value, figure(t, e.a, "penetration", i).Value}, 4, 0, 4, 0)
				}
			}),
			"F": is(func(t *testing.T, e *edge) {
				none(t, "F1, F3", explain.NoSales, e.a.Loyalty().Reading.Speed[0].Mark, e.a.Loyalty().Rhythm[0].Lateness.Mark, e.a.Loyalty().RFM.Mark)
			}),
			"G": is(func(t *testing.T, e *edge) { none(t, "G1", explain.NoData, e.a.Steering().Sharing.Mark) }),
			"H": is(func(t *testing.T, e *edge) { // the stock of clients has nobody; H9: unknown relevance → 4, credibility low, weak
				equal(t, "surplus", e.a.Visits().ByScore.Surplus, 135)
				equal(t, "prospects on the board", len(e.a.Appeal().Clients), 6)
				for _, x := range e.a.Appeal().Board.Of {
					equal(t, "disposition", x.Disposition, 4)
					equal(t, "status", x.Status, explain.Weak)
				}
			}),
			"I": is(func(t *testing.T, e *edge) {
				none(t, "I1, I3", 0, e.a.Attrition().Rates.Mark, e.a.Attrition().Departure[0].Mark)
			}),
			"J": is(func(t *testing.T, e *edge) {
				equal(t, "prospects counted at stage 1", e.a.Relation().Facts.Suspects, 6)
			}),
			"K": is(func(t *testing.T, e *edge) { list(t, "phases", e.a.Cockpit().Phases[:], 0, 0, 0, 0) }),
		}},

		{name: "asOf before any data", make: edgeBefore, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) {
				none(t, "A1, A2", explain.NoContact, e.a.Cost().Price.Mark, e.a.Cost().Invested.Mark)
			}),
			"B": is(func(t *testing.T, e *edge) { none(t, "B1", explain.NoContact, e.a.Response().Balance.Mark) }),
			"C": is(func(t *testing.T, e *edge) { // clients whose orders nobody knows yet: in no phase
				list(t, "phases", e.a.Maturity().Phase[:8], phases(8, 0)...)
				none(t, "C2, C7", explain.NoData, e.a.Maturity().Curves.Clients.Mark, e.a.Maturity().Mortality.Mark)
			}),
			"D": is(func(t *testing.T, e *edge) {
				none(t, "D1", explain.NoSales, e.a.WeightView(query.WeightAsk{}).Pareto.Count.Mark)
			}),
			"E": is(func(t *testing.T, e *edge) { // estimates are of later
				none(t, "E1, E4", explain.NoPotential, figure(t, e.a, "potential", 0).Mark, e.a.PotentialView(query.PotentialAsk{}).Pen.Mark)
			}),
			"F": is(func(t *testing.T, e *edge) {
				none(t, "F1, F3", explain.NoSales, e.a.Loyalty().Reading.Speed[0].Mark, e.a.Loyalty().RFM.Mark)
			}),
			"G": is(func(t *testing.T, e *edge) {
				none(t, "G2: measured later", explain.NoData, e.a.Steering().Score[6].Mark)
			}),
			"H": is(func(t *testing.T, e *edge) {
				none(t, "H7: nothing held", explain.NoContact, e.a.Visits().Respect.Mark)
				equal(t, "visits of the year", e.a.Visits().Last[7], 0)
			}),
			"I": is(func(t *testing.T, e *edge) {
				none(t, "I1", explain.NoData, e.a.Attrition().Rates.Mark)
				for i, s := range e.a.Signals().Signal {
					for k := range s {
						if s[k].State > 1 {
							t.Errorf("S%d of client %d is on", k+1, i)
						}
					}
				}
			}),
			"J": is(func(t *testing.T, e *edge) {
				none(t, "J2, J4", explain.NoData, e.a.Relation().Pipeline.Mark, e.a.Relation().Owed.Mark)
			}),
			"K": is(func(t *testing.T, e *edge) {
				list(t, "visits, phases", []int{e.a.Cockpit().VisitsDone, e.a.Cockpit().Phases[2]}, 0, 0)
			}),
		}},

		{name: "leap-year windows", make: edgeLeap, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // 306 days of 365 in 2023, 60 of 366 in 2024: 8 383.56 + 1 639.34
				equal(t, "budget of N", e.a.Cost().Price.Full, 10_022_90)
				equal(t, "units", e.a.Cost().Price.Units, 38)
			}),
			"B": is(func(t *testing.T, e *edge) { // the same visits in both years
				for i, r := range e.a.Response().Flow.Reading {
					none(t, fmt.Sprint("B2 of ", i), explain.NoVariation, r.Mark)
				}
			}),
			"C": is(func(t *testing.T, e *edge) { // K08: 9 600 + 29 of 60 days of 600 €, against 9 600: +3 % is M
				v := e.a.Maturity().Verdict[7]
				list(t, "N and N-1 of K08", []money.Cents{v.SalesN, v.SalesN1}, 9_890_00, 9_600_00)
				all(t, "phase", e.a.Maturity().Phase, maturity.Mature, 8)
			}),
			"D": is(func(t *testing.T, e *edge) {
				equal(t, "total", e.a.WeightView(query.WeightAsk{}).Pareto.Total, 43_490_00)
			}),
			"E": is(func(t *testing.T, e *edge) {
				near(t, "π of K08", figure(t, e.a, "penetration", 7).Value, 9890./19200, 1e-12)
			}),
			"F": is(func(t *testing.T, e *edge) { // the quarters end on 29 February, 30 November, 31 August…
				for i := range 8 {
					equal(t, "v_e", e.a.Loyalty().Reading.Speed[i].Exclusion, ordinaryToday().Loyalty().Reading.Speed[i].Exclusion)
				}
			}),
			"G": is(func(t *testing.T, e *edge) { near(t, "IE", e.a.Steering().Score[6].IE, .5, 1e-12) }),
			"H": is(func(t *testing.T, e *edge) { // a year of 366 days
				equal(t, "days", e.a.Time().Year.Days, 366)
				list(t, "visits of N", e.a.Visits().Last, 1, 2, 3, 4, 5, 6, 7, 8, 2, 0)
			}),
			"I": is(func(t *testing.T, e *edge) {
				list(t, "start, lost", []int{e.a.Attrition().Rates.Start, e.a.Attrition().Rates.Lost}, 8, 0)
				equal(t, "S5 of K01", e.a.Signals().Signal[0][4].State, 1)
			}),
			"J": is(func(t *testing.T, e *edge) { near(t, "tie", e.a.Relation().Bond[5].Index, .7, 1e-12) }), // .4 + .3 × .5 + .3 × .5
			"K": is(func(t *testing.T, e *edge) { equal(t, "sales of known potential", e.a.Cockpit().Sales, 43_490_00) }),
		}},

		{name: "family discontinued", make: edgeStopped, cells: map[string]cell{
			"A": same("A"), "B": same("B"), "E": same("E"), "G": is(sameG), "J": same("J"), "K": same("K"),
			"C": is(func(t *testing.T, e *edge) { // out of the count of V; soap C, tin M: (8 × 2 + 4 × 3) ÷ 12
				f := e.a.Families()
				all(t, "families in V", f.Ageing, 0, 8)
				all(t, "hidden erosion", f.Erosion, false, 8)
				near(t, "maturity index", f.Index[0], 28./12, 1e-12)
				for _, o := range f.Openings {
					if e.a.Products[o.Family].Code == "wax" {
						t.Error("a family at its end is proposed")
					}
				}
			}),
			"D": is(func(t *testing.T, e *edge) {
				equal(t, "total", e.a.WeightView(query.WeightAsk{}).Pareto.Total, 43_200_00)
			}),
			"F": is(func(t *testing.T, e *edge) { // not an exclusion
				equal(t, "exclusions", e.a.Loyalty().Reading.Pools.Family[0].Exclusions, 0)
				for i, x := range e.a.Loyalty().Excluded {
					if slices.Max(append(x, 0)) > 0 {
						t.Errorf("client %d: %v", i, x)
					}
				}
			}),
			"H": is(func(t *testing.T, e *edge) { equal(t, "families offered", e.a.Time().Evidence.Offered, 2) }),
			"I": is(func(t *testing.T, e *edge) {
				for i, s := range e.a.Signals().Signal {
					if s[9].State > 1 {
						t.Errorf("S10 of client %d is on", i)
					}
				}
			}),
		}},

		{name: "zero-cost contacts", make: edgeFree, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // a budget of nothing is one: a price of 0, and no default in its place
				c := e.a.Cost()
				list(t, "unit, visit, invested", []money.Cents{c.Unit, c.Visit, c.Invested.Total}, 0, 0, 0)
				equal(t, "units of K01", c.Units[0], 0)
				equal(t, "net", c.Margins.Net, c.Margins.Gross-c.Margins.Other)
				for i := range 8 {
					if m := c.Margins.Client[i]; !m.Uncontacted || m.HasReturn || m.HasBearable {
						t.Errorf("client %d: %+v", i, m)
					}
				}
				near(t, "shares", c.Invested.Share[3], 0, 0)
			}),
			"B": is(func(t *testing.T, e *edge) { // K01: no unit, D 0; U0 = 0 → NEW_CLIENT; K08: readable, no price → no decision
				r := e.a.Response()
				equal(t, "D of K01", r.Balance.D[0], 0)
				none(t, "B2 of K01", explain.NewClient, r.Flow.Reading[0].Mark)
				k8 := r.Flow.Reading[7]
				if !k8.Has() || k8.Decision != 0 || k8.Silent != explain.NoCost {
					t.Errorf("B2 of K08: %+v", k8)
				}
				all(t, "severity", r.Balance.Severity, 0, 8)
			}),
			"C": is(func(t *testing.T, e *edge) { // units are there, whatever they cost
				equal(t, "units on M", e.a.Maturity().Effort.Units[2], 35)
			}),
			"D": is(func(t *testing.T, e *edge) {
				equal(t, "total", e.a.WeightView(query.WeightAsk{}).Pareto.Total, 43_200_00)
			}),
			"E": is(func(t *testing.T, e *edge) { marked(t, "effort by units", e.a.Potential().Effort.Mark, explain.OK, 0) }),
			"F": same("F"),
			"G": is(func(t *testing.T, e *edge) { // K07 alone is measured: 1 ÷ (7 ÷ (35 ÷ 8))
				near(t, "balance of K07", e.a.Steering().Sharing.Balance[6], 35./8/7, 1e-9)
			}),
			"H": is(func(t *testing.T, e *edge) { equal(t, "after-sales visits are no visits", e.a.Visits().Last[0], 0) }),
			"I": is(func(t *testing.T, e *edge) { // m = MB: worth more than at 263 € a visit
				for i := range 8 {
					if x := e.a.Attrition().Worth[i]; x.Value <= e.base.Attrition().Worth[i].Value {
						t.Errorf("worth of %d: %v", i, x.Value)
					}
				}
			}),
			"J": is(func(t *testing.T, e *edge) {
				equal(t, "ledger", hash(e.a.Relation().Ledger), hash(e.base.Relation().Ledger))
			}),
			"K": is(func(t *testing.T, e *edge) { equal(t, "MCN", e.a.Cockpit().MCN, e.a.Cost().Margins.Net) }),
		}},

		{name: "contacts without duration", make: edgeNoTime, cells: sameBut(map[string]cell{
			"A": is(func(t *testing.T, e *edge) {
				// by time, no hour logged: the default of 120 € a unit, weak; by units, nothing changes
				c := e.a.Cost()
				marked(t, "A1", c.Price.Mark, explain.Weak, explain.NoData)
				marked(t, "A2", c.Invested.Mark, explain.Weak, explain.NoCost)
				list(t, "unit, invested", []money.Cents{c.Unit, c.Invested.Total}, 120_00, 38*120_00)
				w := ordinary(asOfB)
				w.contacts(func(c *portfolio.Contact) { c.Duration = 0 })
				equal(t, "by units", chapterHash(w.analysis(), "A"), chapterHash(e.base, "A"))
			}),
			"B": is(func(t *testing.T, e *edge) { equal(t, "D of K01", e.a.Response().Balance.D[0], 1) }),
			"C": is(func(t *testing.T, e *edge) {
				equal(t, "C3", hash(e.a.Maturity().Effort), hash(e.base.Maturity().Effort))
			}),
			"H": is(func(t *testing.T, e *edge) { // H2: the budget's norm of 85 minutes stands
				list(t, "visits", []int{e.a.Time().Stock.Visits}, 180)
			}),
			"I": is(func(t *testing.T, e *edge) {
				equal(t, "I1", hash(e.a.Attrition().Rates), hash(e.base.Attrition().Rates))
			}),
			"K": is(func(t *testing.T, e *edge) { equal(t, "visits", e.a.Cockpit().VisitsDone, 38) }),
			"J": is(func(t *testing.T, e *edge) { equal(t, "ρ", e.a.Relation().Owed.Rho, .5) }),
		})},

		{name: "two persons same visit", make: edgeTwo, cells: sameBut(map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // one visit is one visit, whoever sits there
				equal(t, "units of K08", e.a.Cost().Units[7], 8)
				equal(t, "chapter A", chapterHash(e.a, "A"), chapterHash(e.base, "A"))
				// two reps at the same visit: each logs his own, and each adds his own cost
				w := ordinary(asOfB)
				w.cards[7].add(portfolio.KindContact, portfolio.Contact{User: id("user", 2), Kind: portfolio.Visit, Day: w.month(0) + 5, Duration: 60, Outcome: portfolio.NoChange})
				equal(t, "units with a second rep", w.analysis().Cost().Units[7], 9)
			}),
			"F": is(func(t *testing.T, e *edge) { // functions met ÷ functions that exist
				equal(t, "interlocutors of K08", e.a.Loyalty().Indicators[7].Interlocutors, loyalty.Part{Value: 1, Known: true})
				equal(t, "of K07", e.a.Loyalty().Indicators[6].Interlocutors, loyalty.Part{Value: .5, Known: true})
			}),
			"G": is(func(t *testing.T, e *edge) { // bases of the relation; each carries half of the contacts
				g := e.a.Steering().Animation[7]
				equal(t, "bases", g.Branch[1], 1)
				equal(t, "one person alone", g.Mono, false)
				equal(t, "one person alone, at K07", e.a.Steering().Animation[6].Mono, true)
			}),
			"H": is(func(t *testing.T, e *edge) { list(t, "visits of N", e.a.Visits().Last, e.base.Visits().Last...) }),
		})},

		{name: "account merged", make: edgeMerged, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // sums are kept
				c := e.a.Cost()
				equal(t, "net", c.Margins.Net, e.base.Cost().Margins.Net)
				list(t, "units and gross of the two", []float64{c.Units[6], float64(c.Gross.Margin[6])}, 15, 7_200_00)
			}),
			"B": is(func(t *testing.T, e *edge) { near(t, "D", e.a.Response().Balance.D[6], 1, 1e-12) }),
			"C": is(func(t *testing.T, e *edge) { // merged accounts → sum history
				v := e.a.Maturity().Verdict[6]
				list(t, "N, N-1", []money.Cents{v.SalesN, v.SalesN1}, 18_000_00, 18_000_00)
				equal(t, "phase", v.Phase, maturity.Mature)
				equal(t, "of the curve", e.a.Maturity().Curves.Clients.Clients, 7)
			}),
			"D": is(func(t *testing.T, e *edge) { // 18 000 of 43 200 is the whole first quarter
				w := e.a.WeightView(query.WeightAsk{})
				equal(t, "total", w.Pareto.Total, 43_200_00)
				list(t, "top floor", w.Floors.Floor[0].Who, 6)
			}),
			"E": is(func(t *testing.T, e *edge) { // two estimates of one account are fused, not added: (16 800 + 19 200) ÷ 2
				near(t, "potential", figure(t, e.a, "potential", 6).Value, 18_000_00, .5)
			}),
			"F": is(func(t *testing.T, e *edge) { equal(t, "order days", e.a.Loyalty().Rhythm[6].Orders, 36) }),
			"G": is(func(t *testing.T, e *edge) { near(t, "IE came along", e.a.Steering().Score[6].IE, .5, 1e-12) }),
			"H": is(func(t *testing.T, e *edge) { equal(t, "visits of N", e.a.Visits().Last[6], 15) }),
			"I": is(func(t *testing.T, e *edge) {
				list(t, "start, lost: nobody left", []int{e.a.Attrition().Rates.Start, e.a.Attrition().Rates.Lost}, 7, 0)
			}),
			"J": is(func(t *testing.T, e *edge) { equal(t, "pipeline", e.a.Relation().Pipeline.TotalWorth, 4_500_00) }),
			"K": is(func(t *testing.T, e *edge) {
				list(t, "accounts, visits", []int{e.a.Cockpit().Accounts, e.a.Cockpit().VisitsDone}, 9, 38)
			}),
		}},

		{name: "account split", make: edgeSplit, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) {
				equal(t, "net", e.a.Cost().Margins.Net, e.base.Cost().Margins.Net)
				equal(t, "invested at the new one", e.a.Cost().Invested.Amount[10], 0)
			}),
			"B": is(func(t *testing.T, e *edge) { // contacts stayed with the first: D = 3; the other is served without any
				b := e.a.Response().Balance
				near(t, "D of K08", b.D[7], 3, 1e-12)
				list(t, "classes", []response.Class{b.Class[7], b.Class[8]}, response.Devourer, response.Hen)
			}),
			"C": is(func(t *testing.T, e *edge) {
				list(t, "phases", []maturity.Phase{e.a.Phase(7), e.a.Phase(10)}, maturity.Mature, maturity.Mature)
			}),
			"D": is(func(t *testing.T, e *edge) {
				equal(t, "total", e.a.WeightView(query.WeightAsk{}).Pareto.Total, 43_200_00)
				list(t, "sales of the two", []money.Cents{e.a.Sales[7], e.a.Sales[10]}, 3_200_00, 6_400_00)
			}),
			"E": is(func(t *testing.T, e *edge) { // the potential stayed with the first: to ask for the second
				none(t, "E1", explain.NoPotential, figure(t, e.a, "potential", 10).Mark)
			}),
			"F": is(func(t *testing.T, e *edge) {
				list(t, "order days", []int{e.a.Loyalty().Rhythm[7].Orders, e.a.Loyalty().Rhythm[10].Orders}, 12, 24)
			}),
			"G": is(func(t *testing.T, e *edge) {
				none(t, "G2 of the new one", explain.NoData, e.a.Steering().Score[10].Mark)
			}),
			"H": is(func(t *testing.T, e *edge) { equal(t, "provisional", e.a.Grid().Verdict[10].Provisional, true) }),
			"I": is(func(t *testing.T, e *edge) {
				list(t, "start, lost, acquired", []int{e.a.Attrition().Rates.Start, e.a.Attrition().Rates.Lost, e.a.Attrition().Rates.Acquired}, 9, 0, 0)
			}),
			"J": is(func(t *testing.T, e *edge) { equal(t, "pipeline", e.a.Relation().Pipeline.TotalWorth, 4_500_00) }),
			"K": is(func(t *testing.T, e *edge) { equal(t, "accounts", e.a.Cockpit().Accounts, 11) }),
		}},

		{name: "currency missing", make: edgeNoCurrency, cells: sameBut(map[string]cell{})},
		{name: "parameter out of range", make: edgeParameters, cells: goodSet()},

		{name: "clock skew between tablets", make: edgeSkew, cells: map[string]cell{
			"A": is(func(t *testing.T, e *edge) { // a day ahead is believed and counts today, four are not
				list(t, "units of K08, of all", []float64{e.a.Cost().Units[7], e.a.Cost().Price.Units}, 9, 39)
				equal(t, "gross", e.a.Cost().Margins.Gross, 17_280_00)
			}),
			"B": is(func(t *testing.T, e *edge) { // 9 ÷ 37 of the clients' contacts, 8 ÷ 36 of the margin
				near(t, "D of K08", e.a.Response().Balance.D[7], 9./37*36/8, 1e-12)
			}),
			"C": is(func(t *testing.T, e *edge) {
				equal(t, "N of K08: tomorrow's sale is invisible", e.a.Maturity().Verdict[7].SalesN, 9_600_00)
			}),
			"D": is(func(t *testing.T, e *edge) {
				equal(t, "total", e.a.WeightView(query.WeightAsk{}).Pareto.Total, 43_200_00)
			}),
			"E": is(func(t *testing.T, e *edge) { near(t, "π of K08", figure(t, e.a, "penetration", 7).Value, .5, 1e-12) }),
			"F": is(func(t *testing.T, e *edge) { equal(t, "order days", e.a.Loyalty().Rhythm[7].Orders, 36) }),
			"G": is(func(t *testing.T, e *edge) { equal(t, "rep's index of K08", e.a.Steering().Sharing.Rep[7], 9/(37./8)) }),
			"H": is(func(t *testing.T, e *edge) { equal(t, "visits of K08", e.a.Visits().Last[7], 9) }),
			"I": is(func(t *testing.T, e *edge) { // S9 opens in four days
				equal(t, "S9 of K08", e.a.Signals().Signal[7][8].State <= 1, true)
			}),
			"J": same("J"),
			"K": is(func(t *testing.T, e *edge) { equal(t, "visits", e.a.Cockpit().VisitsDone, 39) }),
		}},

		{name: "duplicate import", make: edgeTwice, cells: sameBut(map[string]cell{})},
		{name: "duplicate import, amended", make: edgeAmended, cells: sameBut(map[string]cell{})},
		{name: "exercise and real data side by side", make: edgeBeside, cells: sameBut(map[string]cell{
			"K": is(func(t *testing.T, e *edge) {
				equal(t, "K", chapterHash(e.a, "K"), chapterHash(e.base, "K"))
				// and the exercise reads its own clients, at its own date, under its own rules
				x := e.s.Analysis(exerciseScope)
				if x == nil || x.Len() != 10 || x.AsOf != asOfB-400 || !strings.HasPrefix(x.Codes[0], "E") {
					t.Fatalf("exercise: %+v", x)
				}
				judge(t, "exercise", x, true)
				if e.s.Params(exerciseScope).Float("dcmv.gUp") != 50 || e.s.Params(scope).Float("dcmv.gUp") != 5 {
					t.Error("a parameter of the exercise reached real data, or the other way")
				}
				equal(t, "clients of both on the device", e.s.Len(), 20)
			}),
		})},
	}
}

// goodSet: everything is as with the only values that no bound refuses.
func goodSet() map[string]cell {
	cells := map[string]cell{}
	for _, name := range chapterNames[:11] {
		cells[name] = is(func(t *testing.T, e *edge) {
			w := ordinary(asOfB)
			w.set(portfolio.Setting{Key: "dcmv.gUp", Values: []float64{7}, Level: 1})
			equal(t, "chapter "+name, chapterHash(e.a, name), chapterHash(w.analysis(), name))
			if got := e.s.Params(scope).Changed(); len(got) != 1 || got[0] != "dcmv.gUp" || e.s.Params(scope).Float("dcmv.gUp") != 7 {
				t.Errorf("in force: %v", got)
			}
		})
	}
	return cells
}

// ordinaryToday is the ordinary portfolio at its usual date.
func ordinaryToday() *query.Analysis { return ordinary(asOfB).analysis() }

// Each case again under each choice that a parameter offers, and each special
// selling situation (C6): numbers, marks, counts and sums hold there too.
func TestAppendixBInEveryMode(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("short")
	}
	modes := map[string]func(w *world){}
	for _, r := range params.Rows() {
		switch {
		case r.Kind == params.Word:
			for _, word := range r.Words[1:] {
				modes[string(r.Key)+" "+word] = func(w *world) { w.set(portfolio.Setting{Key: string(r.Key), Word: word, Level: 1}) }
			}
		case r.Kind == params.Flag:
			modes[string(r.Key)+" turned"] = func(w *world) {
				w.set(portfolio.Setting{Key: string(r.Key), Values: []float64{1 - r.Default[0]}, Level: 1})
			}
		}
	}
	for k := portfolio.LongCycle; k <= portfolio.Resellers; k++ {
		modes[fmt.Sprint("situation ", k)] = func(w *world) { w.port.Kind = k }
	}
	modes["a cycle of 24 months"] = func(w *world) { w.port.Months = 24 }
	if len(modes) < 30 {
		t.Errorf("%d modes", len(modes))
	}
	for mode, set := range modes {
		for _, c := range appendixB() {
			if c.long {
				continue
			}
			w := c.make()
			set(w)
			s := w.snapshot()
			if a := s.Analysis(w.scope); a != nil {
				judge(t, c.name+", "+mode, a, true)
			}
			if t.Failed() {
				return
			}
		}
	}
}
