package cost_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
)

// one is a visit of client 0 in the middle of the window.
func one() cost.Contact {
	return cost.Contact{Kind: portfolio.Visit, Outcome: portfolio.Order, Day: calendar.Of(2026, time.January, 15)}
}

func TestWhatAContactCounts(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    cost.Contact
		want float64
	}{
		{"a visit", cost.Contact{Kind: portfolio.Visit, Outcome: portfolio.NoChange}, 1},
		{"an outcome nobody noted", cost.Contact{Kind: portfolio.Visit}, 1},
		{"an inbound call counts as a call", cost.Contact{Kind: portfolio.Call, Outcome: portfolio.Order}, .2},
		{"absent after travel", cost.Contact{Kind: portfolio.Visit, Outcome: portfolio.Absent}, .5},
		{"refused after travel", cost.Contact{Kind: portfolio.Event, Outcome: portfolio.RefusedIn}, .75}, // half of 1.5
		{"absent, and nobody had left", cost.Contact{Kind: portfolio.Visit, Outcome: portfolio.Absent, Stayed: true}, 0},
		{"a call nobody answered", cost.Contact{Kind: portfolio.Call, Outcome: portfolio.Absent}, 0},
		{"postponed", cost.Contact{Kind: portfolio.Visit, Outcome: portfolio.Postponed}, 0},
		{"after-sales, not charged", cost.Contact{Kind: portfolio.AfterSalesVisit}, 0},
		{"a weight of its own", cost.Contact{Kind: portfolio.Visit, Weighted: true, Weight: 2.5}, 2.5},
		{"a weight that is not a number", cost.Contact{Kind: portfolio.Visit, Weighted: true, Weight: math.NaN()}, 0},
		{"no kind", cost.Contact{}, 0},
		{"a kind of a later version", cost.Contact{Kind: 99}, 0},
	} {
		p := cost.Defaults()
		if got := p.Units(tt.c); got != tt.want {
			t.Errorf("%s: %v units, want %v", tt.name, got, tt.want)
		}
	}
	s, err := params.Default().Number(params.Org, params.CostIncludeService, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := cost.From(s)
	if got := p.Units(cost.Contact{Kind: portfolio.AfterSalesVisit}); got != 1 {
		t.Errorf("after-sales, charged: %v, want 1", got)
	}
}

func TestA1Edges(t *testing.T) {
	def := cost.Defaults()
	p := cost.PriceContacts([]cost.Rep{{Full: 90_000_00, Budgeted: true}}, nil, window, def)
	if x := p.Rep[0]; x.Status != explain.NA || x.Reason != explain.NoContact || x.PRC != 0 {
		t.Errorf("no contacts: %+v", x)
	}
	// Nothing to spread the budget on: contacts of other years cost the default 120 €.
	if got := p.Value(one()); got != 120_00 {
		t.Errorf("a contact without price costs %v, want 120 €", got)
	}
	p = cost.PriceContacts([]cost.Rep{{}}, []cost.Contact{one()}, window, def)
	if x := p.Rep[0]; x.Status != explain.Weak || x.Reason != explain.NoCost || x.PRC != 120_00 {
		t.Errorf("no budget: %+v, want 120 €, weak NO_COST", x)
	}
	p = cost.PriceContacts(nil, []cost.Contact{one()}, window, def)
	if x := p.Team; x.Status != explain.Weak || x.Reason != explain.NoCost || x.PRC != 120_00 {
		t.Errorf("nobody's contact: %+v, want 120 €, weak NO_COST", x)
	}
	p = cost.PriceContacts([]cost.Rep{{Budgeted: true}}, []cost.Contact{one()}, window, def)
	if x := p.Rep[0]; x.Status != explain.OK || x.PRC != 0 {
		t.Errorf("zero-cost contacts: %+v", x)
	}
	if x := cost.PriceContacts(nil, nil, calendar.Window{From: 5, To: 1}, def).Team; x.Reason != explain.NoContact {
		t.Errorf("nothing at all: %+v", x)
	}
}

// Two representatives on one contact: each adds its own cost, and the client
// was seen once. 1 000 € ÷ 10 units and 3 000 € ÷ 10 units: 100 + 300 €.
func TestSeveralRepsOnOneContact(t *testing.T) {
	var contacts []cost.Contact
	for rep := range int32(2) {
		for range 10 {
			c := one()
			c.Rep, c.Client = rep, 1
			contacts = append(contacts, c)
		}
	}
	contacts[0].Client, contacts[10].Client, contacts[10].Joint = 0, 0, true
	p := cost.PriceContacts([]cost.Rep{{Full: 1_000_00, Budgeted: true}, {Full: 3_000_00, Budgeted: true}}, contacts, window, cost.Defaults())
	r := cost.Invest(cost.InvestInput{Clients: 2, First: []calendar.Day{0, 0}, Contacts: contacts, AsOf: asOf}, p)
	if r.Amount[0] != 400_00 || r.Visits[0] != 1 || r.Units[0] != 2 || p.Team.Contacts != 19 {
		t.Errorf("%v €, %d visits, %v units; team %d contacts", r.Amount[0], r.Visits[0], r.Units[0], p.Team.Contacts)
	}
	if r.Total != 4_000_00 { // everything spent is charged to somebody
		t.Errorf("total %v, want 4 000 €", r.Total)
	}
}

// A control visit logged by the rep is charged at the manager's price.
func TestAControlVisitIsTheManagersTime(t *testing.T) {
	c := one()
	c.Kind = portfolio.ManagerControlVisit
	v := one()
	reps := []cost.Rep{{Full: 100_00, Budgeted: true, Manager: 2}, {Full: 250_00, Budgeted: true}}
	p := cost.PriceContacts(reps, []cost.Contact{c, v}, window, cost.Defaults())
	if p.Value(c) != 250_00 || p.Value(v) != 100_00 || p.Rep[0].Units != 1 || p.Rep[1].Units != 1 {
		t.Errorf("control %v visit %v", p.Value(c), p.Value(v))
	}
}

// Contacts without duration take the mean of their type, else a time in
// proportion to their weight. 60 and 120 logged: 90; a call of .2: 18 minutes.
// 288 minutes for 288 €: a euro a minute.
func TestContactsWithoutDurationInTimeMode(t *testing.T) {
	var contacts []cost.Contact
	for _, m := range []int32{60, 120, 0} {
		c := one()
		c.Minutes = m
		contacts = append(contacts, c)
	}
	call := one()
	call.Kind = portfolio.Call
	contacts = append(contacts, call)
	p := cost.PriceContacts([]cost.Rep{{Full: 288_00, Budgeted: true}}, contacts, window, with(t, "contact.costing", "time"))
	for i, want := range []float64{60_00, 120_00, 90_00, 18_00} {
		if got := p.Value(contacts[i]); !near(got, want, .001) {
			t.Errorf("contact %d costs %v, want %v", i, got, want)
		}
	}
	absent := one()
	absent.Outcome = portfolio.Absent
	if got := p.Value(absent); !near(got, 45_00, .001) { // half the usual 90 minutes
		t.Errorf("absent, not timed: %v, want 45 €", got)
	}
	p = cost.PriceContacts([]cost.Rep{{Full: 288_00, Budgeted: true}}, []cost.Contact{one()}, window, with(t, "contact.costing", "time"))
	if x := p.Rep[0]; x.Status != explain.Weak || x.Reason != explain.NoData || x.PRC != 120_00 {
		t.Errorf("not a minute logged: %+v, want the default price, weak NO_DATA", x)
	}
}

// The PRC of a quarter is a quarter of the cost over its work: 1 200 € a year,
// 3 units in the first quarter, 1 in the third.
func TestTrendByQuarter(t *testing.T) {
	c := []cost.Contact{one(), one(), one(), one()}
	for k := range 3 {
		c[k].Day = calendar.Of(2025, time.September, 30)
	}
	x := cost.PriceContacts([]cost.Rep{{Full: 1_200_00, Budgeted: true}}, c, window, cost.Defaults()).Rep[0]
	if q := x.Trend; q[0].PRC != 100_00 || q[0].Units != 3 || q[1].Known || q[2].PRC != 300_00 || q[3].Known {
		t.Errorf("trend %+v", q)
	}
}

func invest(t *testing.T, first calendar.Day, p cost.Params, contacts []cost.Contact, groups []cost.Group, spending ...cost.Spending) cost.Investments {
	t.Helper()
	prices := cost.PriceContacts([]cost.Rep{{}}, contacts, window, p) // 120 € a unit
	return cost.Invest(cost.InvestInput{Clients: 3, First: []calendar.Day{first, first, first}, Contacts: contacts, Groups: groups, Spending: spending, AsOf: asOf}, prices)
}

func TestProspectingBelongsToTheAmountInvested(t *testing.T) {
	on := func(y int, m time.Month, d int) cost.Contact { c := one(); c.Day = calendar.Of(y, m, d); return c }
	first := calendar.Of(2025, time.September, 10)
	contacts := []cost.Contact{
		on(2024, time.September, 9),  // thirteen months before: forgotten
		on(2024, time.September, 10), // twelve months before: counts, outside the window
		on(2025, time.August, 1),     // before, in the window
		on(2026, time.March, 1),      // after
		on(2026, time.July, 1),       // after the reading date: invisible
	}
	r := invest(t, first, cost.Defaults(), contacts, nil)
	if r.Amount[0] != 360_00 || r.Prospecting[0] != 240_00 || r.Cumulative[0] != 480_00 || r.Acquisition[0] != 360_00 || r.Units[0] != 2 {
		t.Errorf("won in the window: %v, prospecting %v, cumulative %v, acquisition %v, units %v", r.Amount[0], r.Prospecting[0], r.Cumulative[0], r.Acquisition[0], r.Units[0])
	}
	// 21 full months from 9 September 2024 to 30 June 2026: 480 ÷ 21.
	if r.PerMonth[0] != 22_86 || r.Since[0] != calendar.Of(2024, time.September, 9) {
		t.Errorf("%v a month since %v", r.PerMonth[0], r.Since[0])
	}
	// The day of the first order is no longer prospecting.
	if r := invest(t, first, cost.Defaults(), []cost.Contact{on(2025, time.September, 10)}, nil); r.Amount[0] != 120_00 || r.Prospecting[0] != 0 {
		t.Errorf("the day of the first order: %v, prospecting %v", r.Amount[0], r.Prospecting[0])
	}
	p := cost.Defaults()
	p.Prospecting = false
	if r := invest(t, first, p, contacts, nil); r.Amount[0] != 120_00 || r.Prospecting[0] != 0 {
		t.Errorf("without prospecting: %v", r.Amount[0])
	}
	if r := invest(t, calendar.Of(2010, 1, 1), cost.Defaults(), contacts, nil); r.Amount[0] != 240_00 { // an old client: its window
		t.Errorf("an old client: %v", r.Amount[0])
	}
	for _, future := range []calendar.Day{calendar.None, asOf + 1} { // a prospect, or a first order to come
		if r := invest(t, future, cost.Defaults(), contacts, nil); r.Amount[0] != 240_00 || r.Prospecting[0] != 240_00 {
			t.Errorf("a prospect: %v, prospecting %v", r.Amount[0], r.Prospecting[0])
		}
	}
}

// 120 € shared by three sites equally, then 50/30/20; the parts make the whole.
func TestASharedContactIsSplit(t *testing.T) {
	c := one()
	c.Client, c.Direct = -2, 1_00
	r := invest(t, 0, cost.Defaults(), []cost.Contact{c}, []cost.Group{{Clients: []int32{0, 1, 2}}})
	if !slices.Equal(r.Amount, []money.Cents{40_33, 40_33, 40_33}) || r.Visits[2] != 1 { // 121 ÷ 3
		t.Errorf("equally %v", r.Amount)
	}
	r = invest(t, 0, cost.Defaults(), []cost.Contact{c}, []cost.Group{{Clients: []int32{0, 1, 2}, Percent: []float64{50, 30, 20}}})
	if !slices.Equal(r.Amount, []money.Cents{60_50, 36_30, 24_20}) || r.ByKind[0][0] != 50 {
		t.Errorf("by percentages %v", r.Amount)
	}
	c.Client = -5 // a group that does not exist
	if r := invest(t, 0, cost.Defaults(), []cost.Contact{c}, nil); r.Total != 0 {
		t.Errorf("no such group: %v", r.Total)
	}
}

// A tool of 1 095 € lent on 1 July 2025 for three years (1 096 days, 2028 is a
// leap year): 365 days of it, 364.67 €. A gift counts when it is given.
func TestDirectSpendingAndLoans(t *testing.T) {
	gift := cost.Spending{Client: 0, Kind: cost.Gift, Day: calendar.Of(2026, time.May, 4), Amount: 50_00}
	loan := cost.Spending{Client: 1, Kind: cost.Loan, Day: calendar.Of(2025, time.July, 1), Amount: 1_095_00}
	old := cost.Spending{Client: 2, Kind: cost.Loan, Day: calendar.Of(2022, time.July, 1), Amount: 900_00} // ended on 30 June 2025
	r := invest(t, 0, cost.Defaults(), nil, nil, gift, loan, old)
	if r.Amount[0] != 50_00 || r.Spark[0] != [4]money.Cents{0, 0, 0, 50_00} || r.Amount[1] != 364_67 || r.Amount[2] != 0 || r.Cumulative[2] != 900_00 {
		t.Errorf("amounts %v sparks %v cumulative %v", r.Amount, r.Spark, r.Cumulative)
	}
	// 92, 92, 90 and 91 days of 1 096: 91.92, 91.91, 89.92, 90.92 as rounded running totals.
	if s := r.Spark[1]; s[0]+s[1]+s[2]+s[3] != 364_67 {
		t.Errorf("quarters of the loan %v", s)
	}
	if r.Status != explain.OK || r.PerMonth[0] != 0 || r.Since[0] != calendar.None {
		t.Errorf("%v, %v a month since %v", r.Status, r.PerMonth[0], r.Since[0])
	}
	if r := invest(t, 0, cost.Defaults(), nil, nil); r.Reason != explain.NoContact || r.Share[0] != 0 {
		t.Errorf("nothing done: %v", r.Reason)
	}
	if r := cost.Invest(cost.InvestInput{}, cost.PriceContacts(nil, nil, window, cost.Defaults())); r.Reason != explain.NoData {
		t.Errorf("empty portfolio: %v", r.Reason)
	}
}

// Margins by cost, by the family's rate and by the mean of those that are
// known: costs give 40 of 100, the family 30 of 100, so the mean is 35 %.
func TestUnknownMarginsAreEstimated(t *testing.T) {
	lines := []cost.Line{
		{Client: 0, Family: -1, Net: 100_00, Cost: 60_00, Costed: true},
		{Client: 1, Family: 0, Net: 100_00},
		{Client: 2, Family: 1, Net: 200_00}, {Client: 2, Family: -1, Net: -100_00},
		{Client: 9, Net: 5}, {Client: -1, Net: 5},
	}
	g := cost.GrossMargins(3, lines, []float64{.30, cost.NoRate})
	if !slices.Equal(g.Margin, []money.Cents{40_00, 30_00, 35_00}) || !slices.Equal(g.Estimated, []bool{false, true, true}) || g.Sales[2] != 100_00 {
		t.Errorf("%+v", g)
	}
	g = cost.GrossMargins(1, []cost.Line{{Net: 100, Family: -1}}, nil)
	if g.Margin[0] != 0 || !g.Unknown[0] {
		t.Errorf("no rate anywhere: %+v", g)
	}
	m := cost.NetMargins(cost.MarginInput{Sales: g.Sales, Gross: g.Margin, Unknown: g.Unknown}, cost.Defaults())
	if m.Client[0].Status != explain.NA || m.Status != explain.Weak {
		t.Errorf("%v, portfolio %v", m.Client[0].Status, m.Status)
	}
}

// 10 000 € paid 73 days late at 10 % a year: 200 €. Unpaid runs to the reading
// date; early costs nothing; only the days of the window count.
func TestLatePaymentsCost(t *testing.T) {
	due := calendar.Of(2026, time.January, 10)
	pay := func(due, paid calendar.Day) []cost.Payment {
		return []cost.Payment{{Due: due, Paid: paid, Amount: 10_000_00}}
	}
	for _, tt := range []struct {
		name string
		p    []cost.Payment
		want money.Cents
	}{
		{"73 days", pay(due, due+73), 200_00},
		{"on the day", pay(due, due), 0},
		{"early", pay(due, due-9), 0},
		{"unpaid for 73 days", pay(asOf-73, calendar.None), 200_00},
		{"paid after the reading date", pay(asOf-73, asOf+40), 200_00},
		{"late mostly before the window", pay(window.From-400, window.From+72), 200_00},
		{"a credit note", []cost.Payment{{Due: due, Paid: due + 73, Amount: -5}}, 0},
	} {
		if got := cost.LateCosts(1, tt.p, window, asOf, cost.Defaults())[0]; got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestA3Edges(t *testing.T) {
	in := cost.MarginInput{
		Sales:    []money.Cents{0, 1000_00, -50_00, 1000_00, 1000_00, 0},
		Gross:    []money.Cents{0, 300_00, -20_00, -10_00, 300_00, 0},
		Invested: []money.Cents{120_00, 0, 10_00, 10_00, 100_00, 0},
		Late:     []money.Cents{0, 0, 0, 0, 30_00, 0}, Service: []money.Cents{0, 0, 0, 0, 70_00, 0}, Rebates: []money.Cents{0, 0, 0, 0, 20_00, 0},
		Starting: []bool{true, false, false, false, false, false}, Visit: 100_00,
	}
	m := cost.NetMargins(in, cost.Defaults())
	if c := m.Client[0]; c.Net != -120_00 || c.HasRates || c.HasBreakEven || c.Reason != explain.NoSales || !c.Hollow || c.Bearable != 0 || !c.HasReturn {
		t.Errorf("no sales: %+v", c)
	}
	if c := m.Client[1]; !c.Uncontacted || c.HasReturn || c.BreakEven != 0 || c.Bearable != 3 || c.Status != explain.OK {
		t.Errorf("never contacted: %+v", c)
	}
	if c := m.Client[2]; c.Net != -30_00 || c.HasRates || c.Reason != explain.Negative {
		t.Errorf("net returns: %+v", c)
	}
	if c := m.Client[3]; !c.HasRates || c.HasBreakEven || c.Bearable != 0 || c.Rate != -.01 {
		t.Errorf("sold at a loss: %+v", c)
	}
	if c := m.Client[4]; c.Other != 50_00 || c.Net != 150_00 || c.Bearable != 2 { // (300 − 50) ÷ 100
		t.Errorf("other costs: %+v", c)
	}
	if c := m.Client[5]; c.HasReturn || c.Uncontacted {
		t.Errorf("nothing at all: %+v", c)
	}
	s, err := params.Default().Number(params.Org, params.CostIncludeService, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c := cost.NetMargins(in, cost.From(s)).Client[4]; c.Other != 120_00 || c.Net != 80_00 {
		t.Errorf("with service: %+v", c)
	}
	in.Estimated = []bool{false, true}
	if m := cost.NetMargins(in, cost.Defaults()); m.Client[1].Status != explain.Weak || m.Status != explain.Weak {
		t.Errorf("an estimated margin: %v, portfolio %v", m.Client[1].Status, m.Status)
	}
	if m := cost.NetMargins(cost.MarginInput{}, cost.Defaults()); m.Reason != explain.NoData || m.Whale.HasRatio {
		t.Errorf("empty portfolio: %v", m.Reason)
	}
	lost := cost.NetMargins(cost.MarginInput{Sales: []money.Cents{5, 5}, Invested: []money.Cents{9, 7}}, cost.Defaults())
	if w := lost.Whale; w.Peak != 0 || w.At != 0 || w.HasRatio || w.Share != 0 || w.Destroyed != 16 {
		t.Errorf("everybody loses: %+v", w)
	}
	even := cost.NetMargins(cost.MarginInput{Sales: []money.Cents{5, 5, 5}, Gross: []money.Cents{9, 3, 3}, Invested: []money.Cents{2, 3, 4}}, cost.Defaults())
	if w := even.Whale; w.Peak != 7 || w.At != 1 { // 7, 0, −1: one client makes the peak, who neither earns nor costs is not of it
		t.Errorf("a client at nothing: %+v", w)
	}
	if m := cost.NetMargins(cost.MarginInput{Sales: []money.Cents{1, 1}, Gross: []money.Cents{math.MaxInt64, math.MaxInt64}}, cost.Defaults()); m.Reason != explain.Overflow {
		t.Errorf("a damaged file: %v", m.Reason)
	}
}
