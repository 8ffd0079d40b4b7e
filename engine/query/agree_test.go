package query_test

import (
	"math"
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

// ground is a portfolio as a device holds it, families and costs included.
type ground struct {
	name  string
	s     *query.Snapshot
	a     *query.Analysis
	scope uint32
	cards []query.Bundle
}

const agreeScope = 10

// aGround is a portfolio of the demonstration with cards of its own.
func aGround(name string, seed uint64, today calendar.Day, cards []demo.Card, bare bool) ground {
	c := demo.NewCompany(seed, today)
	p := c.Portfolios[0]
	if cards != nil {
		p.Cards = cards
	}
	p.Noun.Scope = agreeScope
	d := &draft{}
	d.put(portfolio.KindOrg, c.OrgID, c.Org)
	for _, u := range c.Users {
		d.put(portfolio.KindUser, u.ID, u.Noun)
	}
	d.put(portfolio.KindPortfolio, p.ID, p.Noun)
	rows := append(d.Rows, c.FamilyRows(0, journal.Mark{}, portfolio.ID{})...)
	if !bare {
		rows = append(rows, p.BudgetRows(agreeScope, journal.Mark{}, p.Noun.Owner)...)
	}
	g := ground{name: name, scope: agreeScope}
	for _, card := range p.Cards {
		g.cards = append(g.cards, query.Bundle{Root: card.ID, Scope: agreeScope, Rows: card.Rows(agreeScope, journal.Mark{}, p.Noun.Owner)})
	}
	g.s = load(today, rows, g.cards...)
	g.s.Deepen(g.cards...)
	g.a = g.s.Analysis(agreeScope)
	return g
}

var agreeDay = calendar.Of(2026, time.November, 29)

// grounds are the demonstration of some seeds, and the odd portfolios.
func grounds() (out []ground) {
	for seed := uint64(1); seed <= 3; seed++ {
		out = append(out, aGround("demonstration "+string(rune('0'+seed)), seed, agreeDay, nil, false))
	}
	for _, o := range demo.Odds() {
		if o.N <= 180 {
			out = append(out, aGround(o.Name, 1, agreeDay, o.Cards(agreeDay), o.Bare))
		}
	}
	return out
}

func odd(t *testing.T, name string) ground {
	t.Helper()
	for _, o := range demo.Odds() {
		if o.Name == name {
			return aGround(name, 1, agreeDay, o.Cards(agreeDay), o.Bare)
		}
	}
	t.Fatalf("no odd portfolio is named %q", name)
	return ground{}
}

// tabs are the overview and the five tabs of a ground.
type tabs struct {
	overview  query.Portfolio
	maturity  query.MaturityTab
	weight    query.WeightTab
	contacts  query.ContactsTab
	potential query.PotentialTab
}

func (g *ground) tabs() tabs {
	ask := query.TabAsk{Scope: g.scope}
	base := g.s.TabBase(reader, g.a, ask)
	return tabs{g.s.PortfolioOverview(reader, query.PortfolioAsk{Scope: g.scope}), g.a.MaturityTab(reader, query.MaturityTabAsk{Tab: ask}, base),
		g.a.WeightTab(reader, query.WeightTabAsk{Tab: ask}, base), g.a.ContactsTab(reader, query.ContactsTabAsk{Tab: ask}, base),
		g.a.PotentialTab(reader, query.PotentialTabAsk{Tab: ask}, base)}
}

// said are the figures of each screen, by its name.
func (v *tabs) said() map[string][]query.Figure {
	out := map[string][]query.Figure{"overview": v.overview.Figures, "maturity": v.maturity.Figures, "weight": v.weight.Figs,
		"contacts":  append(append(append([]query.Figure{}, v.contacts.Money...), v.contacts.Price1...), v.contacts.Visits...),
		"potential": append(append([]query.Figure{}, v.potential.Pen...), v.potential.Alignment...)}
	for _, s := range v.potential.Spread {
		out["potential"] = append(out["potential"], s.Gini, s.NEff, s.HHI)
	}
	return out
}

// alike reports whether two figures show the same number.
func alike(x, y query.Figure) bool {
	return x.Mark.Status == y.Mark.Status && x.Mark.Reason == y.Mark.Reason && x.Text == y.Text &&
		(!x.Mark.Has() || math.Abs(x.Value-y.Value) <= 1e-9*max(1, math.Abs(x.Value)))
}

// A figure of one name is one number on all screens: concentration is of the
// clients who may weigh something on the overview and on the tab Potential, the
// C ÷ M of the overview is that of the tab Maturity.
func TestAFigureOfOneNameIsOneNumberOnAllTabs(t *testing.T) {
	for _, g := range grounds() {
		v := g.tabs()
		first, where, twice := map[string]query.Figure{}, map[string]string{}, 0
		said := v.said()
		for _, screen := range []string{"overview", "maturity", "weight", "contacts", "potential"} {
			for _, f := range said[screen] {
				was, ok := first[f.Topic]
				if !ok {
					first[f.Topic], where[f.Topic] = f, screen
					continue
				}
				twice++
				if !alike(was, f) {
					t.Errorf("%s: %s is %v (%v %v) on %s and %v (%v %v) on %s", g.name, f.Topic, was.Value, was.Mark.Status, was.Mark.Reason, where[f.Topic],
						f.Value, f.Mark.Status, f.Mark.Reason, screen)
				}
			}
		}
		if twice < 5 {
			t.Errorf("%s: %d figures are on two screens: the test shows nothing", g.name, twice)
		}
	}
}

// Effort by phase is read on the overview and on the tab Maturity: the shares,
// the targets and the advice are the same, and neither concludes from few.
func TestTheEffortOfTheOverviewIsThatOfMaturity(t *testing.T) {
	read := 0
	for _, g := range grounds() {
		v := g.tabs()
		o, m := v.overview.Effort, v.maturity.Effort.Chart
		if (o.Pic == nil) != (m.Pic == nil) {
			t.Errorf("%s: the overview says %q, Maturité %q", g.name, o.Finding, m.Finding)
			continue
		}
		if o.Pic == nil {
			continue
		}
		ours, theirs := twin(o).Rows, twin(m).Rows
		for k := range 4 {
			if ours[k][2] != theirs[k][1] || ours[k][3] != theirs[k][2] {
				t.Errorf("%s: %q on the overview, %q on the tab", g.name, ours[k], theirs[k])
			}
		}
		if few := strings.HasPrefix(o.Finding, "curve.few"); few != strings.HasPrefix(m.Finding, "curve.few") || few && o.Advice+v.maturity.Effort.Note != "" {
			t.Errorf("%s: %q, %q; %q, %q", g.name, o.Finding, o.Advice, m.Finding, v.maturity.Effort.Note)
		}
		if o.Advice != "" && strings.HasPrefix(m.Finding, "mat.effort.move") {
			to := strings.Fields(o.Advice)
			from := strings.Fields(m.Finding)
			if to[1] != from[2] {
				t.Errorf("%s: the overview takes from %s, Maturité from %s", g.name, to[1], from[2])
			}
			for _, letter := range strings.Split(strings.Join(to[2:], " "), "mat.effort.and") {
				if l := strings.TrimSpace(letter); !strings.Contains(v.maturity.Effort.Note, "mat.effort.short "+l) {
					t.Errorf("%s: the overview misses visits on %q, Maturité: %q", g.name, l, v.maturity.Effort.Note)
				}
			}
			read++
		}
	}
	if read == 0 {
		t.Error("no advice was compared")
	}
}

// The chart of a sheet adds up to what the rest of the sheet says of the year:
// the sales of N, the visits held.
func TestTheYearOfASheetAddsUpToItsFigures(t *testing.T) {
	visits := 0
	for _, g := range grounds()[:2] {
		for n, b := range g.cards {
			if n%7 != 0 {
				continue
			}
			i := -1
			for k, c := range g.a.Cards {
				if c.ID == b.Root {
					i = k
				}
			}
			c, ok := g.s.ClientSheet(reader, clientAsk(b.Root), b)
			if !ok || i < 0 || c.Activity.Pic == nil {
				continue
			}
			deep := g.a.SheetView(i)
			held, sales, words := 0, 0.0, strings.Fields(c.Activity.Finding)
			for _, m := range c.Activity.Pic.Year.Months {
				sales += m.Now
			}
			for _, m := range deep.Months[12:] {
				held += m.Visits
			}
			if held != deep.Effort.Visits || sales != float64(c.Row.Sales) {
				t.Errorf("%s, %s: the months have %d visits and %v cents; the year %d and %d", g.name, c.Row.Name, held, sales, deep.Effort.Visits, c.Row.Sales)
			}
			if words[0] == "activity.finding" && words[2] != (plain{}).Number(float64(deep.Effort.Visits), 0) {
				t.Errorf("%s, %s: %q; what the client was given has %d visits", g.name, c.Row.Name, c.Activity.Finding, deep.Effort.Visits)
			}
			visits += held
		}
	}
	if visits == 0 {
		t.Error("nobody was visited")
	}
}

// A risk that the data are too poor to believe is in no band: not in the list,
// nor on the ruler of Pourquoi, nor before and after of a rule.
func TestADoubtfulRiskIsInNoBand(t *testing.T) {
	for _, g := range grounds() {
		list := g.s.ClientListOf(reader, query.ListAsk{Scope: g.scope}, g.a.Behind())
		facts := g.a.FactsView()
		for i := range facts.Rows {
			f := &facts.Rows[i]
			w, _ := g.a.WhyOf("departure", i)
			if f.Band == 0 || f.Grey {
				if len(w.Rulers) > 0 {
					t.Fatalf("%s: a ruler for a client without a believable risk", g.name)
				}
				continue
			}
			for k, b := range w.Rulers[0].Bands {
				if n := list.Counts["risk:"+string(rune('1'+k))]; n != b.Count {
					t.Fatalf("%s: band %s counts %d on the ruler, %d in the list", g.name, b.Key, b.Count, n)
				}
			}
		}
		r := g.s.Rules(reader, query.RulesAsk{Scope: g.scope, Level: 3, Key: "risk.red", Values: []float64{60}}, g.a)
		if r.Effect == nil {
			t.Fatalf("%s: the rule is refused: %+v", g.name, r.Refusal)
		}
		for k, n := range r.Effect.Sides[0].Bands {
			if list.Counts["risk:"+string(rune('1'+k))] != n {
				t.Errorf("%s: band %d has %d clients before the rule changes, %d in the list", g.name, k+1, n, list.Counts["risk:"+string(rune('1'+k))])
			}
		}
	}
}

// Under two years of sales no phase but D, V and X can be told: nothing shows
// that C and M are empty, or draws a conclusion from it.
func TestOneYearOfSalesSaysWhatIsMissing(t *testing.T) {
	g := odd(t, "one year of a wholesaler")
	v := g.tabs()
	for name, c := range map[string]query.Chart{"the curve": v.overview.Curve, "the effort": v.overview.Effort, "the readings": v.maturity.Readings.Chart,
		"the forecast": v.maturity.Ahead.Chart, "who starts": v.maturity.Starters.Chart, "the effort by phase": v.maturity.Effort.Chart} {
		if c.Pic != nil || c.Mark.Status != explain.NA || c.Mark.Reason != explain.FewPeriods && c.Mark.Reason != explain.NoContact || c.Advice != "" {
			t.Errorf("%s: %q %q, %v %v", name, c.Finding, c.Advice, c.Mark.Status, c.Mark.Reason)
		}
	}
	for _, f := range append(v.overview.Figures, v.maturity.Figures...) {
		if (f.Topic == "ageing" || f.Topic == "cm") && f.Mark.Has() {
			t.Errorf("%s is %v", f.Topic, f.Value)
		}
	}
	team := g.s.TeamView(reader, query.PortfolioAsk{})
	if c := team.Cards[0]; c.Curve.Pic != nil || c.CM.Mark.Has() || c.Shape != "shape.none" {
		t.Errorf("the team: %q, C ÷ M %v, %q", c.Curve.Finding, c.CM.Mark.Status, c.Shape)
	}
}

// Returns alone are no sales: nothing is a rate of zero, a new client, a visit
// too many or a class.
func TestReturnsAloneAreNoSales(t *testing.T) {
	g := odd(t, "only returns")
	v := g.tabs()
	for screen, list := range v.said() {
		for _, f := range list {
			if f.Mark.Has() && f.Value == 0 {
				t.Errorf("%s: %s is a zero", screen, f.Topic)
			}
		}
	}
	for name, c := range map[string]query.Chart{"the curve": v.overview.Curve, "the effort": v.overview.Effort, "the forecast": v.maturity.Ahead.Chart, "the effort by phase": v.maturity.Effort.Chart,
		"the floors": v.overview.Floors, "the crossed ABC": v.weight.Cross.Chart, "the crossed floors": v.contacts.Crossed.Chart, "the return": v.contacts.Return.Chart} {
		counts := strings.HasPrefix(c.Finding, "curve.few") // two had a return taken back: a sale
		if (c.Pic != nil || c.Mark.Status != explain.NA) && !counts || c.Advice != "" {
			t.Errorf("%s: %q %q, %v %v", name, c.Finding, c.Advice, c.Mark.Status, c.Mark.Reason)
		}
	}
	l := g.s.ClientListOf(reader, query.ListAsk{Scope: g.scope}, g.a.Behind())
	for _, r := range l.Rows {
		if r.HasPen || r.Weight != "" {
			t.Errorf("%s: penetration %t, class %q", r.Name, r.HasPen, r.Weight)
		}
	}
	if l.Counts["phase:0"] != 8 || l.Counts["phase:D"] != 0 { // the twelve but four who had a return taken back
		t.Errorf("phases %v of %d", l.Counts, l.Of)
	}
	for i := range g.a.Cards {
		sheet := g.a.SheetView(i)
		if f := sheet.Pen.Pen; f.Mark.Has() || f.Mark.Reason != explain.Negative && f.Mark.Reason != explain.NoPotential {
			t.Errorf("%s: penetration %v %v", sheet.Name, f.Value, f.Mark.Reason)
		}
	}
	for _, x := range v.potential.Ask {
		if w := strings.Fields(x.Visits); len(w) > 1 && len(w[1]) > 2 {
			t.Errorf("%s: %q, and no client has more than 24 a year", x.Name, x.Visits)
		}
	}
}

// What nobody noted is missing on a sheet, and not nothing.
func TestWhatNobodyNotedIsNotNothing(t *testing.T) {
	for name, topics := range map[string]string{"no contacts": "invested units break-even return", "no families": "engagement-type adoption exclusion heading",
		"one year of a wholesaler": "invested growth planned-visits engagement-type", "prospects only": "return planned-visits", "nothing but names": "invested net gross"} {
		g := odd(t, name)
		for _, topic := range strings.Fields(topics) {
			for i := range g.a.Cards {
				if f, _ := g.a.FigureOf(topic, i); f.Mark.Has() && f.Value == 0 {
					t.Errorf("%s: %s of %s is %v, %v %v", name, topic, g.a.Cards[i].Name, f.Value, f.Mark.Status, f.Mark.Reason)
				}
			}
		}
		v := g.tabs()
		if name == "no families" && v.contacts.Price.Note != "" {
			t.Errorf("a price of the method is said to be made of %q", v.contacts.Price.Note)
		}
		if name == "one year of a wholesaler" {
			if n := g.s.ClientListOf(reader, query.ListAsk{Scope: g.scope}, g.a.Behind()).Counts["losing"]; n != 0 {
				t.Errorf("%d lose money, and no margin is known", n)
			}
			if v.weight.Climbs.Finding != "wt.climb.blind" {
				t.Errorf("no potential is known: %q, %q", v.weight.Climbs.Finding, v.weight.Climbs.Advice)
			}
		}
	}
}

// Two clients of equal sales and of equal potential are not concentrated (E3:
// G = 0, N_eff = 2), whoever else is in the book: a prospect has no sales to
// weigh, and an unknown potential is not one of nothing.
func TestConcentrationIsOfThoseWhoMayWeigh(t *testing.T) {
	var bundles []query.Bundle
	for n := range 4 {
		d := newCard(n+1, portfolio.Account{Code: string(rune('A' + n)), Name: "A", Status: portfolio.Client})
		if n < 2 {
			d.sale(agreeDay-10, 100_00)
			d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: 500_00, Method: portfolio.Declared, Day: agreeDay - 5})
		} else {
			d.put(portfolio.KindAccount, d.Root, portfolio.Account{Code: string(rune('A' + n)), Name: "P", Status: portfolio.Prospect})
		}
		bundles = append(bundles, d.Bundle)
	}
	s := load(agreeDay, miscRows(agreeDay), bundles...)
	s.Deepen(bundles...)
	g := ground{name: "two and two", s: s, a: s.Analysis(scope), scope: scope}
	v, met := g.tabs(), 0
	for screen, list := range v.said() {
		for _, f := range list {
			want, ok := map[string]float64{"gini": 0, "gini-potential": 0, "neff": 2, "neff-potential": 2}[f.Topic]
			if ok && (!f.Mark.Has() || math.Abs(f.Value-want) > 1e-12) {
				t.Errorf("%s: %s is %v (%v %v), want %v", screen, f.Topic, f.Value, f.Mark.Status, f.Mark.Reason, want)
			}
			if ok {
				met++
			}
		}
	}
	if met == 0 {
		t.Error("nothing is said")
	}
}
