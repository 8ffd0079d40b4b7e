package query_test

import (
	"strconv"
	"strings"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// marks are the addresses behind the marks of some charts, with the number that
// their list has.
func marks(charts ...query.TabChart) (out []string) {
	for _, c := range charts {
		all := svg(c.Chart)
		for _, l := range c.Links {
			all += `data-go="` + l.To + `"`
		}
		for _, to := range strings.Split(all, `data-go="`)[1:] {
			out = append(out, to[:strings.IndexByte(to, '"')])
		}
	}
	return out
}

// What was sold in N-1 is what the year before reads as its own: client by
// client, and on the screens of all five tabs.
func TestTheYearBeforeReadsWhatWasSoldThen(t *testing.T) {
	s := story(400)
	a := s.Analysis(scope)
	was := a.Past()
	if was == a || was != a.Past() || was.Len() != a.Len() || s.Past().Past() != s.Past() {
		t.Fatal("the year before is not one analysis with the same places")
	}
	if (was.AsOf + 1).AddMonths(12) != a.AsOf+1 {
		t.Errorf("read on day %d and on day %d", was.AsOf, a.AsOf)
	}
	sold := 0
	for i := range a.Sales {
		if was.Cards[i].ID != a.Cards[i].ID || was.Sales[i] != a.Sales1[i] {
			t.Fatalf("client %d: %d, and %d in the year before", i, a.Sales1[i], was.Sales[i])
		}
		sold += len(a.Cards[i].Sales)
		if a.Known[i] && !was.Known[i] {
			t.Errorf("client %d: its potential is not known in the year before", i)
		}
		if first := a.Cards[i].FirstOrder; first > was.AsOf && !was.Prospect[i] {
			t.Errorf("client %d, won since, is no prospect in the year before", i)
		}
	}
	if sold == 0 {
		t.Fatal("nothing is sold")
	}
	behind := a.Behind()
	q := query.TabAsk{Scope: scope, Before: true, Width: 1040}
	past := s.Past()
	base := past.TabBase(reader, was, q)
	if !base.Before || base.Head.AsOf != was.AsOf {
		t.Errorf("the ground is %+v", base)
	}
	m := was.MaturityTab(reader, query.MaturityTabAsk{Tab: q}, base)
	w := was.WeightTab(reader, query.WeightTabAsk{Tab: q}, base)
	c := was.ContactsTab(reader, query.ContactsTabAsk{Tab: q}, base)
	p := was.PotentialTab(reader, query.PotentialTabAsk{Tab: q}, base)
	o := past.PortfolioOverview(reader, query.PortfolioAsk{Scope: scope, Before: true, Width: 1040})
	f := past.FamilyOverview(reader, query.PortfolioAsk{Scope: scope, Before: true, Family: a.Products[0].Code}, was)
	seen := 0
	for _, to := range marks(m.Readings, m.Families, m.Effort, w.Cuts.Curve, w.Floors, w.Cross, c.Eaters, c.Flow, c.Crossed, c.Return, c.Price, c.Invested, c.Whale,
		p.Board, p.Families, query.TabChart{Chart: o.Curve}, query.TabChart{Chart: o.Effort}, query.TabChart{Chart: o.Lorenz}, query.TabChart{Chart: o.Floors},
		query.TabChart{Chart: o.PFloors}, query.TabChart{Chart: f.Curve}, query.TabChart{Chart: f.Floors}) {
		if strings.HasPrefix(to, "/clients/") || strings.HasPrefix(to, "/portefeuille/") && strings.Contains(to, "periode=n-1") {
			continue
		}
		key, ok := strings.CutPrefix(to, "/clients?qui=")
		key, _, _ = strings.Cut(key, "&")
		if !ok || !strings.HasPrefix(key, "n-1:") {
			t.Errorf("a mark of the year before leads to %s", to)
			continue
		}
		if n := s.CountBy([]query.ListAsk{{Scope: scope, Who: key}}, behind)[0]; n == 0 {
			t.Errorf("%s lists nobody", to)
		}
		seen++
	}
	if seen < 40 {
		t.Errorf("%d lists are opened", seen)
	}
	for k, letter := range []string{"D", "C", "M", "V"} { // drawn, and listed
		n := s.CountBy([]query.ListAsk{{Scope: scope, Who: "n-1:maturity:phase:" + letter + ":"}}, behind)[0]
		if got := twin(o.Curve).Rows[k][1]; got != strconv.Itoa(n) {
			t.Errorf("%s: %s drawn, %d in the list", letter, got, n)
		}
	}
	for _, x := range o.Cells {
		if n := s.CountBy([]query.ListAsk{{Scope: scope, Who: "n-1:potential:cell:" + strconv.Itoa(x.P) + strconv.Itoa(x.R)}}, behind)[0]; n != x.Count {
			t.Errorf("P%d R%d: %d drawn, %d in the list", x.P, x.R, x.Count, n)
		}
	}
	head := o.Head
	for key, want := range map[string]int{"clients": head.Clients, "phase:P:": head.Prospect, "phase:X:": head.Lost, "phase:0:": head.Unphased} {
		if n := s.CountBy([]query.ListAsk{{Scope: scope, Who: "n-1:maturity:" + key}}, behind)[0]; n != want {
			t.Errorf("%s: %d said, %d in the list", key, want, n)
		}
	}
}

// Golden dataset (Appendix A, columns CA N-1 and contacts N-1).
func TestAChangeIsSeenInTheYearBefore(t *testing.T) {
	s, bundles := goldenBook()
	was := s.Past()
	for i, c := range demo.Golden().Clients {
		if a := was.Analysis(scope); a.Sales[i] != c.SalesN1 || a.Cost().Units[i] != c.UnitsN1 {
			t.Errorf("%s: %d and %v units; want %d and %v", c.Code, a.Sales[i], a.Cost().Units[i], c.SalesN1, c.UnitsN1)
		}
	}
	if was.Analysis(scope) == nil || s.Past() != was {
		t.Fatal("the year before is made again without a change")
	}
	b := bundles[0]
	d := draft{Bundle: b, n: 900}
	d.add(portfolio.KindContact, portfolio.Contact{Account: b.Root, Day: s.Analysis(scope).AsOf - 400, Kind: portfolio.Visit})
	c, _ := query.Derive(d.Bundle)
	s.Update(c)
	s.Deepen(d.Bundle)
	if s.Past() == was {
		t.Fatal("a contact of the year before is not seen")
	}
	one := func(s *query.Snapshot) float64 {
		a := s.Past().Analysis(scope)
		return a.Cost().Units[a.Index(b.Root)]
	}
	if before, now := was.Analysis(scope).Cost().Units, one(s); now <= before[was.Analysis(scope).Index(b.Root)] {
		t.Errorf("%v units, then %v", before, now)
	}
}
