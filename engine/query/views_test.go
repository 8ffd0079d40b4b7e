package query_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func query0(width int) query.PortfolioAsk { return query.PortfolioAsk{Lang: "fr", Width: width} }

var todayAsk = query.TodayAsk{Lang: "fr"}

func clientAsk(id portfolio.ID) query.ClientAsk {
	return query.ClientAsk{Lang: "fr", ID: id, Width: 1040}
}

func TestFiguresOfOneScreenAreThoseOfTheOthers(t *testing.T) {
	asOf := demo.Golden().AsOf
	s := load(asOf, miscRows(0), fictional(500, 3)...)
	v := s.PortfolioOverview(reader, query0(1040))
	all := s.ClientList(reader, query.ListAsk{})
	if all.Sum != v.Head.Sales || all.Of != v.Head.Clients+v.Head.Prospect || all.Found != all.Of {
		t.Errorf("list: %d of %d, %d; head: %d + %d, %d", all.Found, all.Of, all.Sum, v.Head.Clients, v.Head.Prospect, v.Head.Sales)
	}
	sum, cells := money.Cents(0), 0
	for _, c := range v.Cells {
		l := s.ClientList(reader, query.ListAsk{P: string(rune('0' + c.P)), R: string(rune('0' + c.R))})
		if l.Found != c.Count || l.Sum != c.Sales {
			t.Errorf("cell P%d R%d: %d clients %d, list %d clients %d", c.P, c.R, c.Count, c.Sales, l.Found, l.Sum)
		}
		sum, cells = sum+c.Sales, cells+c.Count
	}
	if sum != v.Head.Sales || cells != all.Of {
		t.Errorf("cells add up to %d clients %d, head %d clients %d", cells, sum, all.Of, v.Head.Sales)
	}
	if hot := s.ClientList(reader, query.ListAsk{Filter: "win"}); hot.Found != v.HotCount || hot.Sum != v.HotSales {
		t.Errorf("to win or to develop: board %d clients %d, list %d clients %d", v.HotCount, v.HotSales, hot.Found, hot.Sum)
	}
	for key, n := range all.Counts {
		ask := query.ListAsk{}
		kind, value, class := strings.Cut(key, ":")
		switch {
		case !class:
			ask.Filter = key
		case kind == "weight":
			ask.Weight = value
		case kind == "phase":
			ask.Phase = value
		case kind == "p":
			ask.P = value
		case kind == "r":
			ask.R = value
		case kind == "category":
			ask.Category = value
		}
		if l := s.ClientList(reader, ask); l.Found != n {
			t.Errorf("count %q is %d, the list finds %d", key, n, l.Found)
		}
	}
	crossed := 0
	for _, c := range v.Crossed {
		crossed += c.Count
	}
	if crossed != all.Of {
		t.Errorf("the crossed matrix holds %d clients of %d", crossed, all.Of)
	}
	var rows money.Cents
	for offset := 0; offset < all.Found; offset += 200 {
		for _, r := range s.ClientList(reader, query.ListAsk{Offset: offset, Limit: 200}).Rows {
			rows += r.Sales
		}
	}
	if rows != v.Head.Sales {
		t.Errorf("rows add up to %d, head says %d", rows, v.Head.Sales)
	}
	if today := s.Today(reader, query.TodayAsk{}); today.DueAll != all.Counts["due"] {
		t.Errorf("%d due today, %d in the list", today.DueAll, all.Counts["due"])
	}
}

func TestSearchForgivesAccentsCaseAndApostrophes(t *testing.T) {
	a := newCard(1, portfolio.Account{Code: "B7", Name: "Brasserie de l’Écluse", Status: portfolio.Client})
	a.add(portfolio.KindSite, portfolio.Site{City: "Saint-Malo", Postcode: "35400"})
	a.add(portfolio.KindPerson, portfolio.Person{Name: "Goulven Le Bris"})
	b := newCard(2, portfolio.Account{Code: "B8", Name: "Hôtel Œuvre & Fils", Status: portfolio.Prospect})
	b.add(portfolio.KindSite, portfolio.Site{City: "Dinan"})
	s := load(20_000, miscRows(0), a.Bundle, b.Bundle)
	for text, want := range map[string]string{
		"ecluse": "B7", "ÉCLUSE": "B7", "l'écluse": "B7", "brasserie malo": "B7", "le bris": "B7", "35400": "B7", "b7": "B7",
		"oeuvre": "B8", "hotel": "B8", "dinan": "B8", "saint malo": "B7", "fils": "B8",
	} {
		if l := s.ClientList(reader, query.ListAsk{Text: text}); l.Found != 1 || l.Rows[0].Code != want {
			t.Errorf("%q finds %d clients, want %s alone", text, l.Found, want)
		}
	}
	if l := s.ClientList(reader, query.ListAsk{Text: "ecluse", Phase: "V"}); l.Found != 0 || l.Narrow != "phase" {
		t.Errorf("found %d, narrow %q; want none, because of the phase", l.Found, l.Narrow)
	}
	if l := s.ClientList(reader, query.ListAsk{Text: "zzz", Phase: "P"}); l.Narrow != "text" {
		t.Errorf("narrow %q, want the text", l.Narrow)
	}
}

func TestAListSortsByEveryColumnBothWays(t *testing.T) {
	s := golden()
	for _, by := range []string{"score", "name", "weight", "phase", "sales", "penetration", "urgency", "last", "pr"} {
		down := s.ClientList(reader, query.ListAsk{Sort: by})
		up := s.ClientList(reader, query.ListAsk{Sort: by, Asc: true})
		if len(down.Rows) != 12 || len(up.Rows) != 12 {
			t.Fatalf("%s: %d and %d rows", by, len(down.Rows), len(up.Rows))
		}
	}
	if l := s.ClientList(reader, query.ListAsk{Sort: "name", Asc: true}); l.Rows[0].Name != "Alpha" || l.Rows[11].Name != "Lande" {
		t.Errorf("by name: %s … %s", l.Rows[0].Name, l.Rows[11].Name)
	}
	if l := s.ClientList(reader, query.ListAsk{Sort: "sales", Offset: 10, Limit: 5}); len(l.Rows) != 2 || l.Rows[0].Code != "C11" || l.Found != 12 {
		t.Errorf("window: %d rows of %d, first %s", len(l.Rows), l.Found, l.Rows[0].Code)
	}
}

// Appendix B: what every function must survive, and no number a screen cannot
// show.
func TestDegeneratePortfoliosSurvive(t *testing.T) {
	asOf := demo.Golden().AsOf
	client := func(n int, f func(d *draft)) query.Bundle {
		d := newCard(n, portfolio.Account{Code: string(rune('A' + n%26)), Name: "Client", Status: portfolio.Client})
		if f != nil {
			f(d)
		}
		return d.Bundle
	}
	cases := map[string][]query.Bundle{
		"empty":             nil,
		"one client":        {client(1, func(d *draft) { d.sale(asOf-30, 100_00) })},
		"all zero":          {client(1, nil), client(2, nil), client(3, nil), client(4, nil)},
		"only returns":      {client(1, func(d *draft) { d.sale(asOf-30, -100_00) }), client(2, func(d *draft) { d.sale(asOf-3, -5) })},
		"all ties":          {client(1, func(d *draft) { d.sale(asOf-30, 100) }), client(2, func(d *draft) { d.sale(asOf-30, 100) }), client(3, func(d *draft) { d.sale(asOf-30, 100) })},
		"first order ahead": {client(1, func(d *draft) { d.sale(asOf+30, 100_00) })},
		"huge amounts":      {client(1, func(d *draft) { d.sale(asOf-30, 1<<62); d.sale(asOf-29, 1<<62) }), client(2, func(d *draft) { d.sale(asOf-1, 1<<62) })},
		"contacts alone":    {client(1, func(d *draft) { d.touches(asOf, 5, portfolio.Visit) }), client(2, nil)},
		"potentials alone": {client(1, func(d *draft) {
			d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: 100, Day: asOf, Method: portfolio.Declared})
		}), client(2, nil)},
		"a bracket upside down": {client(1, func(d *draft) {
			d.add(portfolio.KindEstimate, portfolio.Estimate{Min: 9, Max: 1, Method: portfolio.Declared})
		})},
		"long period": {client(1, func(d *draft) {
			d.add(portfolio.KindSale, portfolio.Sale{From: asOf - 3000, To: asOf + 3000, Amount: 1_000_00})
		})},
		"no account row": {{Root: id("card", 9), Scope: scope}},
	}
	for name, bundles := range cases {
		t.Run(name, func(t *testing.T) {
			s := load(asOf, miscRows(0), bundles...)
			visit(t, s, bundles)
		})
	}
	t.Run("before any data", func(t *testing.T) {
		visit(t, load(1, miscRows(0), goldenBundles()...), goldenBundles())
	})
	t.Run("nothing known of the organisation", func(t *testing.T) {
		visit(t, load(asOf, nil, goldenBundles()...), goldenBundles())
	})
	t.Run("5000 clients", func(t *testing.T) {
		b := fictional(5000, 1)
		visit(t, load(asOf, miscRows(0), b...), b[:3])
	})
}

// visit asks every view and looks for numbers that are none.
func visit(t *testing.T, s *query.Snapshot, bundles []query.Bundle) {
	t.Helper()
	views := []any{
		s.Today(reader, query.TodayAsk{}, bundles...), s.ClientList(reader, query.ListAsk{Sort: "urgency"}),
		s.PortfolioOverview(reader, query0(1040)), s.PortfolioOverview(reader, query0(300)), s.TeamView(reader, query0(1040), bundles...),
	}
	for _, b := range bundles {
		if v, ok := s.ClientSheet(reader, clientAsk(b.Root), b); ok {
			views = append(views, v)
		}
	}
	for _, v := range views {
		out, err := portfolio.Enc.Marshal(v)
		if err != nil {
			t.Fatalf("%T does not encode: %v", v, err)
		}
		if slices.Contains([]bool{containsNaN(v)}, true) {
			t.Errorf("%T holds a number that is none", v)
		}
		for _, bad := range []string{"NaN", "Inf", "%!"} {
			if strings.Contains(string(out), bad) {
				t.Errorf("%T shows %s", v, bad)
			}
		}
	}
}

func TestWholesaleFileOfOneYearSaysWhatIsMissing(t *testing.T) {
	asOf := day(2010, 12, 9)
	var bundles []query.Bundle
	for k := range 300 {
		d := newCard(k+1, portfolio.Account{Code: string(rune('A'+k%26)) + string(rune('A'+k/26)), Name: "Shop", Status: portfolio.Client})
		first := asOf - 370 + calendar.Day(k) // the file starts nine days before the window N
		if k < 8 {
			first = asOf - 373
		}
		for on := first; on <= asOf; on += 45 {
			d.sale(on, money.Cents(1000+k))
		}
		bundles = append(bundles, d.Bundle)
	}
	s := load(day(2026, 11, 19), miscRows(asOf), bundles...)
	l := s.ClientList(reader, query.ListAsk{Limit: 200})
	if !l.Head.Fixed || l.Head.AsOf != asOf {
		t.Errorf("head %v fixed %t, want 2010-12-09, fixed", l.Head.AsOf, l.Head.Fixed)
	}
	for _, m := range []string{"second-year", "potential", "visits", "position"} {
		if !slices.Contains(l.Head.Missing, m) {
			t.Errorf("missing %v, want %s said", l.Head.Missing, m)
		}
	}
	// Sales are known from 2009-12-01. A first line by 2010-06-01, six months
	// later, may be of an old client (k ≤ 179); after it, he was silent as long as
	// a lost one, and comes in (k = 180 to 299).
	if d, none := l.Counts["phase:D"], l.Counts["phase:0"]; d != 120 || none != 180 {
		t.Errorf("%d of 300 clients in D and %d in no phase, want 120 and 180", d, none)
	}
	for _, key := range []string{"phase:C", "phase:M", "grow"} {
		if n, ok := l.Counts[key]; ok {
			t.Errorf("%s counts %d, and no year before tells it", key, n)
		}
	}
	for _, r := range l.Rows {
		if r.HasGrowth || r.HasPR || r.HasPen || r.Before != 0 {
			t.Fatalf("a row shows what the file cannot know: %+v", r)
		}
		if r.ScoreState != explain.Weak || !r.Provisional {
			t.Fatalf("score state %v, provisional %t", r.ScoreState, r.Provisional)
		}
	}
	today := s.Today(reader, query.TodayAsk{}, bundles[0])
	if len(today.Brief.Reasons) != 3 {
		t.Errorf("%d reasons, want three", len(today.Brief.Reasons))
	}
	visit(t, s, bundles[:2])
	// Work goes on while the reading date is fixed: a visit of today counts.
	d := draft{Bundle: bundles[0], n: 1000}
	d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Visit, Day: day(2026, 11, 19), Outcome: portfolio.Order})
	c, _ := query.Derive(d.Bundle)
	s.Update(c)
	row, _ := s.Row(c.ID)
	if row.LastVisit != day(2026, 11, 19) || row.Urgency != 0 {
		t.Errorf("after a visit: last %v, urgency %v", row.LastVisit, row.Urgency)
	}
	if got := s.Today(reader, query.TodayAsk{}, d.Bundle); got.Logged != 1 || len(got.Agenda) != 1 || got.Agenda[0].State != portfolio.Done {
		t.Errorf("today: %d logged, agenda %+v", got.Logged, got.Agenda)
	}
}

func containsNaN(v any) bool {
	found := false
	walk(v, func(x float64) { found = found || math.IsNaN(x) || math.IsInf(x, 0) })
	return found
}
