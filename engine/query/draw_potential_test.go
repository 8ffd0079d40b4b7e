package query_test

import (
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func potentialTab(s *query.Snapshot, family string) query.PotentialTab {
	a := s.Analysis(scope)
	ask := query.PotentialTabAsk{Tab: query.TabAsk{Lang: "fr", Scope: scope, Width: 1040, Family: family}}
	return a.PotentialTab(reader, ask, s.TabBase(reader, a, ask.Tab))
}

// Method, Appendix A and the examples of E2 to E5.
func TestThePotentialTabIsDrawnFromTheGoldenDataset(t *testing.T) {
	s, _ := goldenBook()
	v := potentialTab(s, "")
	for what, want := range map[string][2]string{
		"alignment": {v.Lorenz.Chart.Finding, "pot.lorenz.habit"},                                    // 0.577 under 0.6
		"label":     {svg(v.Lorenz.Chart), "alignment"},                                              //
		"moved":     {v.Moved, "pot.moved 42"},                                                       // 100 × (1 − 0.577)
		"limit":     {v.Limit, "60%"},                                                                // concentration.alignment
		"board":     {v.Board.Chart.Finding, "board.hot who.clients 3"},                              // C03, C06, C10; no prospect
		"P4":        {strings.Join(twin(v.Board.Chart).Rows[0], "|"), "P4|–|–|1 · 7000|1 · 13000|–"}, // C06 7 000, C03 13 000
		"families":  {v.Families.Chart.Finding, "pot.families.na"},                                   // no potential by family
		"sources":   {v.Trust.Chart.Finding, "pot.trust.good"},                                       // all stated, all recent
	} {
		if what == "label" {
			if !strings.Contains(want[0], "pot.lorenz.label pot.lorenz.habit 58% 60%") {
				t.Errorf("the picture is named %s", want[0][:300])
			}
		} else if want[0] != want[1] {
			t.Errorf("%s: %q, want %q", what, want[0], want[1])
		}
	}
	near(t, "alignment", v.Alignment[0].Value, .577, .0005)
	near(t, "alignment with margin", v.Alignment[1].Value, .760, .0005)
	for k, want := range []float64{.410, .312, .335} { // sales, potential, effort
		near(t, "Gini of "+v.Spread[k].Key, v.Spread[k].Gini.Value, want, .0005)
	}
	near(t, "penetration", v.Pen[0].Value, .400, .0005)
}

func TestTheMarksOfThePotentialTabLeadToTheirClients(t *testing.T) {
	s := byFamily(300)
	a := s.Analysis(scope)
	families := []string{""}
	for _, f := range a.PotentialView(query.PotentialAsk{}).Families {
		families = append(families, f.Code)
	}
	if len(families) < 2 {
		t.Fatal("the story knows no potential by family")
	}
	for _, family := range families[:2] {
		v := potentialTab(s, family)
		if v.Base.Family != family {
			t.Errorf("family %q in force, asked %q", v.Base.Family, family)
		}
		seen := 0
		for _, c := range []query.TabChart{v.Board, v.Families, v.Trust} {
			all := strings.ReplaceAll(svg(c.Chart), "&amp;", "&")
			for _, l := range c.Links {
				all += `data-go="` + l.To + `"`
			}
			for _, to := range strings.Split(all, `data-go="`)[1:] {
				to = to[:strings.IndexByte(to, '"')]
				key, ok := strings.CutPrefix(to, "/clients?qui=")
				if !ok {
					if !strings.HasPrefix(to, "/clients?p=") && !strings.HasPrefix(to, "/clients?filtre=unknown") {
						t.Errorf("a mark leads to %s", to)
					}
					continue
				}
				key, _, _ = strings.Cut(key, "&")
				key = strings.ReplaceAll(key, "%2F", "/")
				if who, ok := a.GroupWho(key); !ok || len(who) == 0 {
					t.Errorf("%s: %d clients, %t", key, len(who), ok)
				}
				seen++
			}
		}
		if seen < 6 {
			t.Errorf("%d lists are opened", seen)
		}
	}
	for _, bad := range []string{"potential:", "potential:cell:9", "potential:cell:44x", "potential:others/none", "potential:source:x", "potential:x"} {
		if who, ok := a.GroupWho(bad); ok && len(who) > 0 {
			t.Errorf("%q lists %d clients", bad, len(who))
		}
	}
}

// The figures on the tab are those of the list: the board adds up to it.
func TestTheBoardOfThePotentialTabAddsUpToTheList(t *testing.T) {
	s := story(500)
	v := potentialTab(s, "")
	n := 0
	for _, row := range twin(v.Board.Chart).Rows {
		for _, cell := range row[1:] {
			figure, _, _ := strings.Cut(cell, " ·")
			for k, c := range figure {
				if c < '0' || c > '9' {
					break
				}
				if k == len(figure)-1 {
					x := 0
					for _, c := range figure {
						x = 10*x + int(c-'0')
					}
					n += x
				}
			}
		}
	}
	if want := s.ClientList(reader, query.ListAsk{}).Found; n != want {
		t.Errorf("the board holds %d, the list %d", n, want)
	}
}

func TestWhomToAskFirstSaysWhatIsKnownAndWhenOneGoes(t *testing.T) {
	asOf := demo.Golden().AsOf
	s, bundles := goldenBook()
	d := draft{Bundle: bundles[2], n: 900} // C03
	d.Rows = append(d.Rows[:0:0], d.Rows...)
	for i := range d.Rows { // a judgment two years old instead
		if d.Rows[i].Entity == portfolio.KindEstimate {
			f, _ := portfolio.ToFields(portfolio.Estimate{Account: d.Root, Amount: 40_000_00, Min: 5_000_00, Max: 60_000_00, Day: asOf - 730, Method: portfolio.Judgment})
			d.Rows[i].Fields = f
		}
	}
	plan := d.add(portfolio.KindAppointment, portfolio.Appointment{Account: d.Root, Day: asOf + 4, Minute: 600, Kind: portfolio.Visit, State: portfolio.Planned})
	c, _ := query.Derive(d.Bundle)
	s.Update(c)
	s.Deepen(d.Bundle)
	v := potentialTab(s, "")
	if len(v.Ask) == 0 || v.Ask[0].ID != d.Root {
		t.Fatalf("ask %+v", v.Ask)
	}
	x := v.Ask[0]
	y, _, _ := (asOf - 730).Civil()
	if !strings.HasPrefix(x.Known, "pot.ask.known appraisal.5") || !strings.Contains(x.Known, string(rune('0'+y%10))) || x.Plan != plan || x.Day != asOf+4 || x.Minute != 600 || x.Day == calendar.None {
		t.Errorf("%+v", x)
	}
}

func TestThePotentialTabSurvivesWhatIsMissing(t *testing.T) {
	for name, s := range tabSnapshots() {
		t.Run(name, func(t *testing.T) {
			for _, width := range []int{0, 300, 772, 1344} {
				a := s.Analysis(scope)
				if a == nil {
					return
				}
				ask := query.PotentialTabAsk{Tab: query.TabAsk{Scope: scope, Width: width}, All: true}
				v := a.PotentialTab(reader, ask, s.TabBase(reader, a, ask.Tab))
				if containsNaN(v) {
					t.Error("a number that is none")
				}
				for k, c := range []query.TabChart{v.Lorenz, v.Board, v.Families, v.Trust} {
					if c.Chart.Mark.Has() && svg(c.Chart) == "" || c.Chart.Finding == "" || strings.Contains(svg(c.Chart), "NaN") {
						t.Errorf("chart %d at %d: %q, %d bytes", k, width, c.Chart.Finding, len(svg(c.Chart)))
					}
				}
			}
		})
	}
}

// byFamily is the story with the potential of half of the clients split by
// family: 60, 30 and 10 % of it.
func byFamily(n int) *query.Snapshot {
	_, misc := told(10)
	asOf := demo.Golden().AsOf
	bundles, families := told2(n), demo.NewCompany(1, asOf).Families[:3]
	for k := range bundles {
		if k%2 == 1 {
			continue
		}
		d := draft{Bundle: bundles[k], n: 5000}
		var whole portfolio.Estimate
		for i := range d.Rows {
			if d.Rows[i].Entity == portfolio.KindEstimate && whole.Amount == 0 {
				if d.Rows[i].Fields.Into(&whole) != nil {
					panic("an estimate")
				}
			}
		}
		for j, code := range families {
			d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Family: code.Noun.Code, Amount: whole.Amount.Scale([]int64{6, 3, 1}[j], 10), Day: asOf - 40, Method: portfolio.Declared})
		}
		bundles[k] = d.Bundle
	}
	s := load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	return s
}

func TestPenetrationSplitsByFamily(t *testing.T) {
	s := byFamily(300)
	v := potentialTab(s, "")
	view := s.Analysis(scope).PotentialView(query.PotentialAsk{})
	if len(view.Families) != 3 || len(twin(v.Families.Chart).Rows) != 3 || !strings.HasPrefix(v.Families.Chart.Finding, "pot.families.") || v.Families.Chart.Finding == "pot.families.na" {
		t.Fatalf("%d families, %q", len(view.Families), v.Families.Chart.Finding)
	}
	near(t, "breadth × depth", v.Pen[2].Value*v.Pen[3].Value, func() float64 {
		var sales, worth float64
		for _, f := range view.Families {
			sales, worth = sales+float64(f.Sales), worth+float64(f.Worth)
		}
		return sales / worth
	}(), 1e-9)
}

// Any figure of the two tabs opens its reasons.
func TestEveryFigureOfTheTabsHasItsReasons(t *testing.T) {
	s := byFamily(120)
	a := s.Analysis(scope)
	c, p := contactsTab(s, 1040), potentialTab(s, "")
	figures := append(append(append(append([]query.Figure(nil), c.Price1...), c.Money...), c.Visits...), append(p.Alignment, p.Pen...)...)
	for _, x := range p.Spread {
		figures = append(figures, x.Gini)
	}
	if len(figures) != 3+4+3+2+4+3 {
		t.Errorf("%d figures", len(figures))
	}
	for _, f := range figures {
		if _, ok := a.WhyFigure(f); !ok {
			t.Errorf("%q has no reasons", f.Topic)
		}
	}
	if len(c.Lines) == 0 || len(p.Ask) == 0 {
		t.Fatalf("%d proposals, %d to ask", len(c.Lines), len(p.Ask))
	}
	for _, l := range c.Lines {
		if why, ok := a.WhyOf(l.Then.Topic, a.Index(l.ID)); !ok || why.Figure.Value != l.Then.Value {
			t.Errorf("%s: %q is %v, its reasons say %v (%t)", l.Name, l.Then.Topic, l.Then.Value, why.Figure.Value, ok)
		}
	}
	for _, x := range p.Ask {
		if _, ok := a.WhyOf(x.Worth.Topic, a.Index(x.ID)); !ok {
			t.Errorf("%q has no reasons", x.Worth.Topic)
		}
	}
}
