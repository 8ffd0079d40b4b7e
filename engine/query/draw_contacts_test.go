package query_test

import (
	"strings"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func contactsTab(s *query.Snapshot, width int) query.ContactsTab {
	a := s.Analysis(scope)
	ask := query.ContactsTabAsk{Tab: query.TabAsk{Lang: "fr", Scope: scope, Width: width}}
	return a.ContactsTab(reader, ask, s.TabBase(reader, a, ask.Tab))
}

// Method, Appendix A and the examples of A1 to A3, B1, B2 and B4.
func TestTheContactsTabIsDrawnFromTheGoldenDataset(t *testing.T) {
	s, _ := goldenBook()
	v := contactsTab(s, 1040)
	for what, want := range map[string][2]string{
		"devourers": {v.Eaters.Chart.Finding, "contacts.eaters.finding 2 29% 8%"},                                           // 58 ÷ 203 units, 8 000 ÷ 100 000
		"flow":      {v.Flow.Chart.Finding, "contacts.flow.phase C"},                                                        // C03 and C06 of C01, C03, C06
		"price":     {v.Price.Chart.Finding, "contacts.price.finding 100"},                                                  // 100 €
		"invested":  {v.Invested.Chart.Finding, "contacts.invested.of-sales 20300 20%"},                                     // 20 300 ÷ 100 000
		"net":       {v.Net.Chart.Finding, "contacts.net.finding 100.00 7.58"},                                              // 7 580 ÷ 100 000
		"whale":     {v.Whale.Chart.Finding, "contacts.whale.finding 8 147%"},                                               // 11 180 ÷ 7 580
		"crossed":   {v.Crossed.Chart.Finding, "contacts.crossed.finding 1"},                                                // C07
		"losing":    {v.Whale.Links[0].Text, "contacts.whale.list who.clients 4 3600"},                                      // 11 180 − 7 580
		"devouring": {strings.Join(twin(v.Eaters.Chart).Rows[0], " "), "Granit 38.0 1800 2.90 contacts.class.contactivore"}, // C07, D 2.90
	} {
		if want[0] != want[1] {
			t.Errorf("%s: %q, want %q", what, want[0], want[1])
		}
	}
	// B4, within visit.maxChange and the bounds of H6: C07 gives up visits, C03 and C06 receive some
	now := map[string]query.Proposed{}
	for _, l := range v.Lines {
		now[l.Name] = l
	}
	for k, up := range map[int]bool{6: false, 2: true, 5: true} { // C07; C03, C06
		name := demo.Golden().Clients[k].Name
		l, ok := now[name]
		if !ok || (int(l.Then.Value) > l.Now) != up {
			t.Errorf("%s: %+v (%v)", name, l, ok)
		}
	}
}

// Every mark opens a list, and the list has as many clients as the mark says.
func TestTheMarksOfTheContactsTabLeadToTheirClients(t *testing.T) {
	s := story(500)
	v := contactsTab(s, 1040)
	a := s.Analysis(scope)
	seen := 0
	for _, c := range []query.TabChart{v.Eaters, v.Flow, v.Crossed, v.Return, v.Plan, v.Whale, v.Price, v.Invested} {
		all := svg(c.Chart)
		for _, l := range c.Links {
			all += `data-go="` + l.To + `"`
		}
		for _, to := range strings.Split(all, `data-go="`)[1:] {
			to = to[:strings.IndexByte(to, '"')]
			key, ok := strings.CutPrefix(to, "/clients?qui=")
			if !ok {
				if !strings.HasPrefix(to, "/clients/") {
					t.Errorf("a mark leads to %s", to)
				}
				continue
			}
			key, _, _ = strings.Cut(key, "&")
			who, ok := a.GroupWho(key)
			if !ok || len(who) == 0 {
				t.Errorf("%s: %d clients, %t", key, len(who), ok)
			}
			seen++
		}
	}
	if seen < 20 {
		t.Errorf("%d lists are opened", seen)
	}
	for _, bad := range []string{"contacts:", "contacts:class:9", "contacts:class:", "contacts:class:-1", "contacts:floor:05", "contacts:floor:123", "contacts:quadrant:x", "nothing:1", ""} {
		if who, ok := a.GroupWho(bad); ok && len(who) > 0 {
			t.Errorf("%q lists %d clients", bad, len(who))
		}
	}
}

func TestADecisionOnContactsIsKeptUntilItsEnd(t *testing.T) {
	asOf := demo.Golden().AsOf
	for name, c := range map[string]struct {
		over []portfolio.Override
		way  query.Choosing
		at   int
	}{
		"none":                  {},
		"accepted":              {[]portfolio.Override{{What: query.WhatAccepted, Value: 15, Day: asOf - 3, Until: asOf + 300}}, query.Accepted, 15},
		"refused later":         {[]portfolio.Override{{What: query.WhatAccepted, Value: 15, Day: asOf - 3}, {What: query.WhatRefused, Value: 30, Day: asOf - 1}}, query.Refused, 30},
		"over":                  {[]portfolio.Override{{What: query.WhatAccepted, Value: 15, Day: asOf - 400, Until: asOf - 1}}, query.Undecided, 0},
		"a number that is none": {[]portfolio.Override{{What: query.WhatAccepted, Value: -4, Day: asOf - 3}}, query.Undecided, 0},
		"of something else":     {[]portfolio.Override{{What: "phase", Value: 3, Day: asOf - 3}}, query.Undecided, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s, bundles := goldenBook()
			d := draft{Bundle: bundles[6], n: 900} // C07
			for _, o := range c.over {
				o.Account = d.Root
				d.add(portfolio.KindOverride, o)
			}
			s.Deepen(d.Bundle)
			v := contactsTab(s, 1040)
			for _, l := range v.Lines {
				if l.ID == d.Root && (l.Choice != c.way || l.Decided != c.at) {
					t.Errorf("%+v", l)
				}
			}
			if last := v.Lines[len(v.Lines)-1]; c.way != query.Undecided && last.ID != d.Root {
				t.Errorf("what is decided does not come last: %+v", last)
			}
			if v.Accepted != one(c.way == query.Accepted) || v.Refused != one(c.way == query.Refused) {
				t.Errorf("%d accepted, %d refused", v.Accepted, v.Refused)
			}
		})
	}
}

func TestTheContactsTabSurvivesWhatIsMissing(t *testing.T) {
	for name, s := range tabSnapshots() {
		t.Run(name, func(t *testing.T) {
			for _, width := range []int{0, 300, 772, 1344} {
				a := s.Analysis(scope)
				if a == nil {
					return
				}
				ask := query.ContactsTabAsk{Tab: query.TabAsk{Scope: scope, Width: width}, All: true}
				v := a.ContactsTab(reader, ask, s.TabBase(reader, a, ask.Tab))
				if containsNaN(v) {
					t.Error("a number that is none")
				}
				for k, c := range []query.TabChart{v.Eaters, v.Flow, v.Arrows, v.Crossed, v.Return, v.Price, v.Invested, v.Net, v.Whale, v.Plan} {
					if c.Chart.Mark.Has() && svg(c.Chart) == "" || c.Chart.Finding == "" || strings.Contains(svg(c.Chart), "NaN") {
						t.Errorf("chart %d at %d: %q, %d bytes", k, width, c.Chart.Finding, len(svg(c.Chart)))
					}
				}
			}
		})
	}
}

// tabSnapshots are the portfolios that a tab must survive.
func tabSnapshots() map[string]*query.Snapshot {
	asOf := demo.Golden().AsOf
	client := func(n int, st portfolio.Status, f func(d *draft)) query.Bundle {
		d := newCard(n, portfolio.Account{Code: string(rune('A' + n%26)), Name: "Client", Status: st})
		if f != nil {
			f(d)
		}
		return d.Bundle
	}
	repeat := func(n int, st portfolio.Status, f func(k int, d *draft)) (out []query.Bundle) {
		for k := range n {
			out = append(out, client(k+1, st, func(d *draft) { f(k, d) }))
		}
		return out
	}
	all := map[string][]query.Bundle{
		"one client":   {client(1, portfolio.Client, func(d *draft) { d.sale(asOf-30, 100_00) })},
		"all zero":     repeat(12, portfolio.Client, func(int, *draft) {}),
		"only returns": repeat(12, portfolio.Client, func(k int, d *draft) { d.sale(asOf-30, -100_00); d.touches(asOf, k, portfolio.Visit) }),
		"prospects alone": repeat(12, portfolio.Prospect, func(k int, d *draft) {
			d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: money.Cents(100_00 * k), Day: asOf, Method: portfolio.Declared})
		}),
		"no contact": repeat(12, portfolio.Client, func(k int, d *draft) { d.sale(asOf-30, money.Cents(100_00*k)); d.sale(asOf-400, 50_00) }),
		"no sale":    repeat(12, portfolio.Client, func(k int, d *draft) { d.touches(asOf, k, portfolio.Visit) }),
		"all ties":   repeat(12, portfolio.Client, func(_ int, d *draft) { d.sale(asOf-30, 100_00); d.touches(asOf, 3, portfolio.Call) }),
		"huge":       repeat(12, portfolio.Client, func(k int, d *draft) { d.sale(asOf-30, 1<<62); d.touches(asOf, k, portfolio.Visit) }),
		"5000":       fictional(5000, 1),
		"four":       repeat(4, portfolio.Client, func(k int, d *draft) { d.sale(asOf-30, money.Cents(100_00*k)); d.touches(asOf, k, portfolio.Visit) }),
	}
	out := map[string]*query.Snapshot{}
	for name, b := range all {
		s := load(asOf, miscRows(0), b...)
		s.Deepen(b...)
		out[name] = s
	}
	return out
}

// Sales and contacts, no margin rate and no purchase cost: what rests on margins
// is not shown as nothing earned.
func TestWithoutAMarginTheContactsTabShowsNoFalseZero(t *testing.T) {
	asOf := demo.Golden().AsOf
	var bundles []query.Bundle
	for k := range 12 {
		d := newCard(k+1, portfolio.Account{Code: string(rune('A' + k)), Name: "Client", Status: portfolio.Client, FirstOrder: asOf - 900})
		d.sale(asOf-30, money.Cents(100_00*(k+1)))
		d.sale(asOf-430, 90_00)
		d.touches(asOf, k+1, portfolio.Visit)
		bundles = append(bundles, d.Bundle)
	}
	s := load(asOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	v := contactsTab(s, 1040)
	for k, c := range []query.TabChart{v.Eaters, v.Return, v.Net, v.Whale, v.Plan, v.Arrows} {
		if c.Chart.Finding != "contacts.no-margin" || c.Note == "" || c.Chart.Mark.Has() {
			t.Errorf("chart %d says %q", k, c.Chart.Finding)
		}
	}
	if len(v.Money)+len(v.Visits)+len(v.Lines) != 0 || !strings.HasPrefix(v.Invested.Chart.Finding, "contacts.invested.") {
		t.Errorf("%d figures of money, %d of visits, %d lines; %q", len(v.Money), len(v.Visits), len(v.Lines), v.Invested.Chart.Finding)
	}
}
