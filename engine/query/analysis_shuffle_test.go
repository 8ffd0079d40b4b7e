package query_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/hazard"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// whole are all the results of an analysis.
func whole(a *query.Analysis) map[string]any {
	return map[string]any{
		"cost": a.Cost(), "response": a.Response(), "maturity": a.Maturity(), "families": a.Families(), "weight": a.Weight(), "potential": a.Potential(),
		"loyalty": a.Loyalty(), "steering": a.Steering(), "files": a.Files(), "time": a.Time(), "grid": a.Grid(), "visits": a.Visits(), "plans": a.Plans(), "appeal": a.Appeal(),
		"signals": a.Signals(), "attrition": a.Attrition(), "relation": a.Relation(), "ahead": a.Ahead(), "cockpit": a.Cockpit(),
	}
}

// sound fails on a real that is no number anywhere in an analysis.
func sound(t *testing.T, name string, a *query.Analysis) {
	t.Helper()
	for part, v := range whole(a) {
		if bad := broken(part, reflect.ValueOf(v)); bad != "" {
			t.Errorf("%s: %s", name, bad)
		}
	}
	months := a.Story(12)
	if bad := broken("story", reflect.ValueOf(months)); bad != "" {
		t.Errorf("%s: %s", name, bad)
	}
	for i := range a.Len() {
		if bad := broken("timeline", reflect.ValueOf(a.Timeline(i, 12))); bad != "" {
			t.Errorf("%s: %s", name, bad)
		}
	}
	lines, split := query.Compare([]*query.Analysis{a, a})
	if bad := broken("compare", reflect.ValueOf([]any{lines, split})); bad != "" {
		t.Errorf("%s: %s", name, bad)
	}
}

// territory is the first portfolio of the demonstration: clients, prospects
// and lost ones with the whole of their lives.
func territory() (misc []journal.Row, bundles []query.Bundle, asOf calendar.Day) {
	asOf = demo.Golden().AsOf
	c := demo.NewCompany(3, asOf)
	p := c.Portfolios[0]
	d := &draft{Bundle: query.Bundle{Scope: scope}}
	d.put(portfolio.KindPortfolio, p.ID, portfolio.Portfolio{Name: "Côte", Owner: p.Noun.Owner, Scope: scope})
	misc = append(d.Rows, c.FamilyRows(1, journal.Mark{}, user)...)
	misc = append(misc, p.BudgetRows(scope, journal.Mark{}, user)...)
	for _, card := range p.Cards {
		bundles = append(bundles, query.Bundle{Root: card.ID, Scope: scope, Rows: card.Rows(scope, journal.Mark{}, user)})
	}
	return misc, bundles, asOf
}

var (
	shuffles = flag.Int("shuffles", 100, "how often the rows are shuffled")
	shuffled = flag.Int("shuffled", 120, "clients of the portfolio that is shuffled with its models; without them, two and a half times as many")
)

// The same rows in another order give the same bits: every chapter, view, tab
// and screen of a portfolio and of its clients alone, and the models.
func TestOrderOfInputsDoesNotMatter(t *testing.T) {
	times := *shuffles
	if testing.Short() || raced {
		times = min(times, 5)
	}
	for _, x := range []struct {
		models bool
		data   dataset
	}{{true, withLeavers(*shuffled, 2, 1)}, {false, withLeavers(*shuffled*5/2, 5, 1)}} {
		rng := rand.New(rand.NewPCG(5, 1))
		digests := func() (map[string]uint64, []part) {
			s := x.data.load()
			var parts []part
			if x.models {
				f := query.Fit(s.Book(scope), nil)
				parts = append(parts, part{"fits", f})
				s.SetFits(scope, &f)
			}
			out := map[string]uint64{}
			parts = append(parts, everything(s, x.data.bundles)...)
			for _, p := range parts {
				leaves("", p.value, func(_ trail, l leaf) { out[p.name] = mix(out[p.name], l.bits) })
			}
			return out, parts
		}
		want, first := digests()
		for k := range times {
			x.data.shuffle(rng)
			got, parts := digests()
			for i, p := range parts {
				if got[p.name] != want[p.name] {
					if at := difference(first[i].value, p.value); at != "" {
						t.Errorf("models %t, shuffle %d: %s differs at %s when the same rows come in another order", x.models, k, p.name, at)
					}
				}
			}
			if t.Failed() {
				return
			}
		}
		t.Logf("%d clients, models %t: %d results alike in %d orders", len(x.data.bundles), x.models, len(want), times)
	}
}

// shuffle puts all rows, and the cards, in another order.
func (d dataset) shuffle(rng *rand.Rand) {
	rng.Shuffle(len(d.misc), func(i, j int) { d.misc[i], d.misc[j] = d.misc[j], d.misc[i] })
	rng.Shuffle(len(d.bundles), func(i, j int) { d.bundles[i], d.bundles[j] = d.bundles[j], d.bundles[i] })
	for k := range d.bundles {
		rows := slices.Clone(d.bundles[k].Rows)
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		d.bundles[k].Rows = rows
	}
}

// A part asked for first, or last, is the same.
func TestPartsDoNotDependOnWhenTheyAreAsked(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	book := s.Book(scope)
	want := map[string]uint64{}
	for part, v := range whole(query.Analyse(book, nil).All()) {
		want[part] = hash(v)
	}
	for part := range want {
		a := query.Analyse(book, nil)
		ask := map[string]func() any{
			"cost": func() any { return a.Cost() }, "response": func() any { return a.Response() }, "maturity": func() any { return a.Maturity() },
			"families": func() any { return a.Families() }, "weight": func() any { return a.Weight() }, "potential": func() any { return a.Potential() },
			"loyalty": func() any { return a.Loyalty() }, "steering": func() any { return a.Steering() }, "files": func() any { return a.Files() },
			"time": func() any { return a.Time() }, "grid": func() any { return a.Grid() }, "visits": func() any { return a.Visits() }, "plans": func() any { return a.Plans() },
			"appeal": func() any { return a.Appeal() }, "signals": func() any { return a.Signals() }, "attrition": func() any { return a.Attrition() },
			"relation": func() any { return a.Relation() }, "ahead": func() any { return a.Ahead() }, "cockpit": func() any { return a.Cockpit() },
		}
		if got := hash(ask[part]()); got != want[part] {
			t.Errorf("%s asked first is not %s asked after the others", part, part)
		}
	}
}

// Method, Appendix B, through every part.
func TestDegeneratePortfolios(t *testing.T) {
	asOf := demo.Golden().AsOf
	some := func(n int, write func(k int, d *draft)) (out []query.Bundle) {
		for k := range n {
			d := newCard(k+1, portfolio.Account{Code: fmt.Sprintf("D%02d", k), Name: "x", Status: portfolio.Client})
			write(k, d)
			out = append(out, d.Bundle)
		}
		return out
	}
	yearly := func(d *draft, amount money.Cents) {
		for m := range 24 {
			d.sale(asOf.AddMonths(-m)-3, amount)
		}
	}
	relevance := 70
	cases := map[string][]query.Bundle{
		"nothing at all":   nil,
		"one client":       some(1, func(_ int, d *draft) { yearly(d, 100_00); d.touches(asOf, 5, portfolio.Visit) }),
		"an empty card":    some(1, func(int, *draft) {}),
		"all the same":     some(8, func(_ int, d *draft) { yearly(d, 100_00); d.touches(asOf, 5, portfolio.Visit) }),
		"one sells it all": some(8, func(k int, d *draft) { yearly(d, money.Cents(k/7)*100_00) }),
		"no sale":          some(8, func(_ int, d *draft) { d.touches(asOf, 5, portfolio.Visit) }),
		"only returns":     some(8, func(_ int, d *draft) { yearly(d, -100_00) }),
		"returns win":      some(8, func(k int, d *draft) { yearly(d, money.Cents(40-10*k)*1_00) }),
		"no contact":       some(8, func(k int, d *draft) { yearly(d, money.Cents(k+1)*100_00) }),
		"first order to come": some(6, func(_ int, d *draft) {
			d.sale(asOf+40, 100_00)
			d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: asOf + 90, Outcome: portfolio.Order})
			d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: 5_00, Day: asOf + 50})
			d.add(portfolio.KindProject, portfolio.Project{Amount: 5_00, Opened: asOf + 10, State: portfolio.Running})
			d.add(portfolio.KindCommitment, portfolio.Commitment{Side: portfolio.Us, Made: asOf + 3, State: portfolio.Promised})
			d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.Complaint, Opened: asOf + 9})
		}),
		"before any data": some(5, func(_ int, d *draft) { d.sale(asOf+4000, 100_00) }),
		"potential under sales": some(6, func(_ int, d *draft) {
			yearly(d, 100_00)
			d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: 1_00, Day: asOf - 1})
		}),
		"huge amounts": some(6, func(k int, d *draft) {
			yearly(d, math.MaxInt64/4)
			d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: math.MaxInt64, Day: asOf - 1})
			d.add(portfolio.KindPayment, portfolio.Payment{Due: asOf - 200, Amount: math.MaxInt64})
			d.add(portfolio.KindTool, portfolio.Tool{Ours: math.MaxInt64, Replace: math.Inf(1), LentFrom: asOf - 100, StatedGains: 1})
			d.add(portfolio.KindProject, portfolio.Project{Amount: math.MaxInt64, Phase: 99, Opened: asOf - 10, State: portfolio.Running})
			d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: asOf - 5, Outcome: portfolio.Order, Spent: math.MaxInt64, Duration: math.MaxInt})
		}),
		"days from nowhere": some(6, func(k int, d *draft) {
			for _, day := range []calendar.Day{math.MinInt32, math.MinInt32 + 1, -1, 0, 1, math.MaxInt32 - 1, math.MaxInt32} {
				d.sale(day, 10_00)
				d.add(portfolio.KindSale, portfolio.Sale{From: day, To: asOf, Amount: 7_00, Family: "soap"})
				d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: day, Outcome: portfolio.Order})
				d.add(portfolio.KindContract, portfolio.Contract{Start: day, End: day})
				d.add(portfolio.KindPayment, portfolio.Payment{Due: day, Amount: 5_00, Paid: day})
				d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.Complaint, Opened: day, Closed: day})
				d.add(portfolio.KindPerson, portfolio.Person{Name: "p", Roles: []string{"decider"}, Since: day, Until: day})
				d.add(portfolio.KindCompetitor, portfolio.Competitor{Name: "c", Since: day, Raised: day})
				d.add(portfolio.KindProject, portfolio.Project{Amount: 9_00, Since: day, Opened: day, Ended: day, State: portfolio.Won})
				d.add(portfolio.KindTool, portfolio.Tool{Ours: 5_00, LentFrom: day, Used: day})
				d.add(portfolio.KindSignal, portfolio.Signal{Code: 8, Day: day, Closed: day})
				d.add(portfolio.KindEffort, portfolio.Effort{Code: "E01", Target: 1, Weight: 1, From: day, To: day})
			}
		}),
		"nonsense": some(6, func(k int, d *draft) {
			yearly(d, 100_00)
			nan := math.NaN()
			minus := -7
			d.add(portfolio.KindEffort, portfolio.Effort{Code: "E01", Baseline: nan, Target: math.Inf(1), Weight: nan})
			d.add(portfolio.KindEffort, portfolio.Effort{Code: "E11", Baseline: 5, Target: 5, Weight: -3, Actual: &nan})
			d.add(portfolio.KindEffort, portfolio.Effort{Code: "E99", Baseline: 5, Target: 5, Weight: 1})
			d.add(portfolio.KindOverride, portfolio.Override{What: "phase", Value: nan})
			d.add(portfolio.KindOverride, portfolio.Override{What: "phase", Value: 900})
			d.add(portfolio.KindOverride, portfolio.Override{What: "departure", Value: 2})
			d.add(portfolio.KindSignal, portfolio.Signal{Code: 77, Day: asOf - 3})
			d.add(portfolio.KindSignal, portfolio.Signal{Code: -1, Day: asOf - 3})
			d.add(portfolio.KindFormer, portfolio.Former{Left: asOf - 90, Seen: []int{-4, 1, 99}, Unknown: []int{14, 0}})
			d.add(portfolio.KindContact, portfolio.Contact{Kind: 200, Day: asOf - 5, Outcome: 99, Content: &minus, Duration: -4, Prep: -9})
			d.add(portfolio.KindService, portfolio.Service{Kind: 99, Severity: -5, Opened: asOf - 5, By: 77, Cost: -5})
			d.add(portfolio.KindCommitment, portfolio.Commitment{Side: 9, State: 9, Points: -4, Made: asOf - 9})
			d.add(portfolio.KindProject, portfolio.Project{Amount: -5, Phase: -3, Chance: &nan, State: 50, Opened: asOf - 10})
			d.add(portfolio.KindTool, portfolio.Tool{Ours: -5, Theirs: -9, Replace: nan})
		}),
		"prospects only": some(6, func(k int, d *draft) {
			d.Rows = nil
			d.put(portfolio.KindAccount, d.Root, portfolio.Account{Code: fmt.Sprint(k), Status: portfolio.Prospect, Relevance: &relevance})
			d.touches(asOf, k, portfolio.Visit)
		}),
		"lost only": some(6, func(k int, d *draft) { d.sale(asOf-900, 100_00) }),
		"no code": some(6, func(k int, d *draft) {
			d.Rows = nil
			d.put(portfolio.KindAccount, d.Root, portfolio.Account{Status: portfolio.Client, OneShot: k%2 == 0})
			yearly(d, 50_00)
		}),
		"without a cost, in families nobody described": some(6, func(k int, d *draft) {
			d.add(portfolio.KindSale, portfolio.Sale{From: asOf - 20, Amount: 90_00, Family: fmt.Sprint("f", k)})
		}),
	}
	budgets := func(d *draft) {
		d.add(portfolio.KindCost, portfolio.Cost{Year: -4, Pay: math.MaxInt64, Charges: math.MaxInt64, Manager: math.MaxInt64})
		d.add(portfolio.KindCost, portfolio.Cost{Year: 1 << 40, Pay: -5})
		d.add(portfolio.KindTime, portfolio.Time{Year: 99999, Weekend: 900, Minutes: math.MaxInt32, FieldDays: math.Inf(1), Part: math.NaN(), Visit: -4})
		d.add(portfolio.KindFamily, portfolio.Family{Code: "soap", Margin: math.NaN(), Cycle: -9, Launched: math.MaxInt32, Stopped: math.MinInt32})
		d.add(portfolio.KindFamily, portfolio.Family{Code: "soap", Margin: math.Inf(1), Cycle: 9000})
	}
	for name, bundles := range cases {
		for _, odd := range []bool{false, true} {
			d := &draft{Bundle: query.Bundle{Scope: scope}, n: 100}
			if odd {
				budgets(d)
			}
			s := load(asOf, append(miscRows(0), d.Rows...), bundles...)
			s.Deepen(bundles...)
			a := s.Analysis(scope)
			if a == nil {
				if len(bundles) > 0 {
					t.Errorf("%s: no analysis of %d cards", name, len(bundles))
				}
				continue
			}
			sound(t, name, a)
			fits := query.Fit(a.Book, nil)
			if bad := broken("fits", reflect.ValueOf(fits)); bad != "" {
				t.Errorf("%s: %s", name, bad)
			}
			s.SetFits(scope, &fits)
			sound(t, name+", fitted", s.Analysis(scope))
			for _, b := range bundles {
				if one := s.Alone(b); one == nil || one.Len() != 1 {
					t.Errorf("%s: no analysis of a client alone", name)
				} else {
					sound(t, name+", alone", one.All())
				}
			}
		}
	}
	// no card was given its facts
	s := load(asOf, miscRows(0), fictional(60, 4)...)
	if got := s.Lacking(scope); len(got) == 0 {
		t.Error("nothing lacks before any bundle was read")
	}
	sound(t, "no facts", s.Analysis(scope))
	if s.Analysis(99) != nil || s.Book(99) != nil || s.Alone(query.Bundle{}) != nil {
		t.Error("an analysis of what is not there")
	}
	if lines, split := query.Compare(nil); lines != nil || split.Has() {
		t.Error("no portfolio to compare")
	}
	var none hazard.Model
	misc, bundles, _ := territory()
	s = load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	fits := query.Fit(s.Book(scope), &none)
	s.SetFits(scope, &fits)
	sound(t, "the demonstration", s.Analysis(scope))
	if strings.Contains(fmt.Sprint(fits.Pooled.Value), "NaN") {
		t.Error("pooled response")
	}
}
