package query_test

import (
	"math"
	"testing"
	"time"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/scoring"
)

// noted reads one client twice: before and after somebody notes what he knows.
func noted(t *testing.T, make func() *draft, note func(d *draft)) (before, after *query.Analysis) {
	t.Helper()
	before = bookOf(t, make())
	d := make()
	note(d)
	return before, bookOf(t, d)
}

// steady buys as much in N as in N-1: M, with g of 0.
func steady(asOf calendar.Day) *draft {
	d := client(1, "C01")
	d.year(asOf, asOf-1500, 1000_00)
	d.year(asOf.AddMonths(-12), asOf-1500, 1000_00)
	return d
}

// C1: three signs of ageing with g under 5 % make V. One is a competitor's rise;
// the two others are told: an organisation that our offer suits no more, and
// an activity that falls.
func TestToldSignsOfAgeing(t *testing.T) {
	asOf := demo.Golden().AsOf
	make := func() *draft {
		d := steady(asOf)
		d.add(portfolio.KindCompetitor, portfolio.Competitor{Account: d.Root, Name: "X", Raised: asOf - 20})
		return d
	}
	before, after := noted(t, make, func(d *draft) {
		d.account(func(a *portfolio.Account) { a.Changed, a.Falling = asOf-30, asOf-60 })
	})
	if ph := before.Maturity().Phase[0]; ph != maturity.Mature {
		t.Errorf("before: phase %v", ph)
	}
	if v := after.Maturity().Verdict[0]; v.Phase != maturity.Ageing || v.Why != maturity.SignsOfAge || v.Score != 3 {
		t.Errorf("after: %+v, want V by three signs", v)
	}
	_, later := noted(t, make, func(d *draft) { // from tomorrow on
		d.account(func(a *portfolio.Account) { a.Changed, a.Falling = asOf+1, asOf+1 })
	})
	if ph := later.Maturity().Phase[0]; ph != maturity.Mature {
		t.Errorf("told of tomorrow: phase %v", ph)
	}
}

// I5: a private person is called by customer service (rule 1); nobody who
// answers is written to, and a second person is sought.
func TestToldWaysToReachAClient(t *testing.T) {
	asOf := demo.Golden().AsOf
	make := func() *draft {
		d := steady(asOf)
		d.add(portfolio.KindService, portfolio.Service{Account: d.Root, Kind: portfolio.RelationalIncident, Severity: 3, Opened: asOf - 3})
		return d
	}
	before, person := noted(t, make, func(d *draft) { d.account(func(a *portfolio.Account) { a.Consumer = true }) })
	if w := before.Attrition().Weapon[0]; w.Rule != attrition.Incident || w.Who != attrition.Manager || w.Second {
		t.Errorf("before: %+v, want the manager (rule 2)", w)
	}
	if w := person.Attrition().Weapon[0]; w.Rule != attrition.Consumer || w.Who != attrition.CustomerService || w.Means != attrition.ByCall {
		t.Errorf("a private person: %+v, want a call of customer service (rule 1)", w)
	}
	_, silent := noted(t, make, func(d *draft) { d.account(func(a *portfolio.Account) { a.Unreached = true }) })
	if w := silent.Attrition().Weapon[0]; w.Means != attrition.ByLetter || !w.Second {
		t.Errorf("unreachable: %+v, want a letter and a second person", w)
	}

	d := make() // the rep is himself a manager: somebody above him goes
	var misc []journal.Row
	u := &draft{}
	u.put(portfolio.KindUser, user, portfolio.User{Name: "Nathalie", Role: portfolio.RoleManager})
	for _, r := range miscRows(asOf) {
		if r.Entity != portfolio.KindUser {
			misc = append(misc, r)
		}
	}
	s := load(asOf, append(misc, u.Rows...), d.Bundle)
	s.Deepen(d.Bundle)
	if w := s.Analysis(scope).Attrition().Weapon[0]; w.Who != attrition.OneAbove {
		t.Errorf("a manager's own client: %+v, want the one above", w)
	}
}

// A3: a year-end rebate of 50 € and 3 % of the 1 000 € of N is 80 € more of
// other costs, and 80 € less of net margin.
func TestYearEndRebatesAreDue(t *testing.T) {
	asOf := demo.Golden().AsOf
	before, after := noted(t, func() *draft { return steady(asOf) }, func(d *draft) {
		d.account(func(a *portfolio.Account) { a.Rebate, a.RebateRate = 50_00, .03 })
	})
	x, y := before.Cost().Margins.Client[0], after.Cost().Margins.Client[0]
	if before.Sales[0] != 1000_00 || y.Other-x.Other != 80_00 || x.Net-y.Net != 80_00 {
		t.Errorf("sales %d, other %d to %d, net %d to %d", before.Sales[0], x.Other, y.Other, x.Net, y.Net)
	}
}

// A1 and A2, on a default price of 120 € a unit: a visit with two colleagues
// costs three visits; one shared by four accounts is a quarter of one; one that
// was said to weigh 0.3 unit weighs that.
func TestWhatAContactTook(t *testing.T) {
	asOf := demo.Golden().AsOf
	weight := .3
	for name, c := range map[string]struct {
		contact portfolio.Contact
		units   float64
		cents   money.Cents
	}{
		"one rep":             {portfolio.Contact{}, 1, 120_00},
		"with two colleagues": {portfolio.Contact{Together: 2}, 3, 360_00},
		"shared by four":      {portfolio.Contact{Shared: 4}, .25, 30_00},
		"of 0.3 unit":         {portfolio.Contact{Weight: &weight}, .3, 36_00},
		"all of it":           {portfolio.Contact{Weight: &weight, Together: 1, Shared: 2}, .3, 36_00}, // 0.3 ÷ 2 × 2
		"nobody was there":    {portfolio.Contact{Outcome: portfolio.Absent, Shared: 2}, .25, 30_00},   // 0.5 ÷ 2
	} {
		d := steady(asOf)
		x := c.contact
		x.Account, x.Kind, x.Day = d.Root, portfolio.Visit, asOf-10
		d.add(portfolio.KindContact, x)
		s := load(asOf, miscRows(0), d.Bundle)
		s.Deepen(d.Bundle)
		a := s.Analysis(scope)
		if p := a.Cost(); math.Abs(p.Units[0]-c.units) > 1e-9 || p.Invested.Amount[0] != c.cents {
			t.Errorf("%s: %v units, %d cents; want %v, %d", name, p.Units[0], p.Invested.Amount[0], c.units, c.cents)
		}
		if got := s.Scored(scope).Units[0]; math.Abs(got-c.units) > 1e-9 {
			t.Errorf("%s: the list counts %v units, want %v", name, got, c.units)
		}
	}
}

// A colleague's time is no part of what the rep's budget is spread on: 1 000 €
// over two visits of the rep is 500 € each, 1 000 € where a colleague came.
func TestAColleagueDoesNotMakeVisitsCheaper(t *testing.T) {
	asOf := demo.Golden().AsOf
	alone, both := client(1, "alone"), client(2, "both")
	for _, d := range []*draft{alone, both} {
		d.year(asOf, asOf-1500, 1000_00)
		d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Visit, Day: asOf - 10, Together: map[*draft]int{both: 1}[d]})
	}
	y, _, _ := asOf.Civil()
	c := &draft{Bundle: query.Bundle{Scope: scope}}
	c.add(portfolio.KindCost, portfolio.Cost{User: user, Year: y, Pay: 1000_00})
	c.add(portfolio.KindCost, portfolio.Cost{User: user, Year: y - 1, Pay: 1000_00})
	s := load(asOf, append(miscRows(asOf), c.Rows...), alone.Bundle, both.Bundle)
	s.Deepen(alone.Bundle, both.Bundle)
	a := s.Analysis(scope)
	i, j := placeOf(t, a, "alone"), placeOf(t, a, "both")
	p := a.Cost()
	if p.Invested.Amount[i] != 500_00 || p.Invested.Amount[j] != 1000_00 || p.Visit != 500_00 {
		t.Errorf("a visit costs %d, alone %d, both %d; want 50000, 50000 and 100000", p.Visit, p.Invested.Amount[i], p.Invested.Amount[j])
	}
	for _, k := range []int{i, j} { // alone, the client says the same
		one := s.Alone(map[int]*draft{i: alone, j: both}[k].Bundle)
		if got := one.Cost().Invested.Amount[0]; got != p.Invested.Amount[k] {
			t.Errorf("alone %d, in the portfolio %d", got, p.Invested.Amount[k])
		}
	}
}

// E1: of 40 000 € declared, a quarter of it bound by a group contract, 30 000 €
// are accessible, and 29 000 € remain once 1 000 € are sold: what I4 counts.
func TestACaptivePartIsOutOfReach(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := steady(asOf)
	d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Amount: 40_000_00, Captive: .25, Method: portfolio.Declared, Day: asOf - 10})
	if x := load(asOf, miscRows(0), d.Bundle).Scored(scope).Appraisal[0]; x.Value != 40_000_00 || x.Accessible != 30_000_00 {
		t.Errorf("%d, of which %d accessible", x.Value, x.Accessible)
	}
	c, _ := query.Derive(d.Bundle) // and the columns keep it
	b := query.EncodeChunk([]query.Card{c})
	back, err := query.DecodeChunk(b)
	if err != nil || len(back) != 1 || back[0].Estimates[0].Captive != .25 {
		t.Errorf("%v: %+v", err, back)
	}
}

// F1: a family not bought in a quarter in which it was out of stock, or out of
// season, was not left; a client whose own activity collapses leaves nothing.
func TestExcusedExclusions(t *testing.T) {
	asOf := calendar.Of(2026, 6, 30)
	buys := func() *draft {
		d := client(1, "C01")
		for q := range 8 {
			for _, f := range []string{"soap", "wax", "tin"} {
				if q == 2 && f == "tin" { // not in the quarter that ended on 31 December
					continue
				}
				d.add(portfolio.KindSale, portfolio.Sale{Account: d.Root, From: asOf.AddMonths(-3*q) - 40, Amount: 100_00, Family: f})
			}
		}
		return d
	}
	read := func(note func(d *draft), families ...portfolio.Family) loyalty.Speed {
		d := buys()
		if note != nil {
			note(d)
		}
		c := &draft{}
		for _, f := range families {
			c.add(portfolio.KindFamily, f)
		}
		s := load(asOf, append(miscRows(asOf), c.Rows...), d.Bundle)
		s.Deepen(d.Bundle)
		return s.Analysis(scope).Loyalty().Reading.Speed[0]
	}
	left := read(nil)
	if left.Exclusions == 0 {
		t.Fatalf("%+v: no exclusion to excuse", left)
	}
	out := read(func(d *draft) {
		d.add(portfolio.KindService, portfolio.Service{Account: d.Root, Kind: portfolio.OutOfStock, Family: "tin", Opened: calendar.Of(2025, 11, 1), Closed: calendar.Of(2025, 11, 20)})
	})
	complaint := read(func(d *draft) { // of a family, and of nothing missing
		d.add(portfolio.KindService, portfolio.Service{Account: d.Root, Kind: portfolio.Complaint, Family: "tin", Opened: calendar.Of(2025, 11, 1), Closed: calendar.Of(2025, 11, 20)})
	})
	if complaint.Exclusions != left.Exclusions {
		t.Errorf("a complaint excuses: %v exclusions, want %v", complaint.Exclusions, left.Exclusions)
	}
	season := read(nil, portfolio.Family{Code: "tin", Opens: int(time.January), Closes: int(time.September)})
	worth := func(d *draft) {
		d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Amount: 2000_00, Method: portfolio.Declared, Day: asOf - 5})
	}
	whole := read(worth)
	fallen := read(func(d *draft) {
		worth(d) // shares are of a potential
		d.account(func(a *portfolio.Account) { a.Collapsed = true })
	})
	if out.Exclusions != 0 || season.Exclusions != 0 || !fallen.Natural || !fallen.ByValue || whole.Natural {
		t.Errorf("exclusions: %v, out of stock %v, out of season %v; natural %v, collapsed %v", left.Exclusions, out.Exclusions, season.Exclusions, whole.Natural, fallen.Natural)
	}
}

// H9: the notes of nearness and margin count in the interest of a prospect,
// (4 + 8) ÷ 2 = 6; one who asked to be left alone is out of the list.
func TestToldOfProspects(t *testing.T) {
	made := func(note func(a *portfolio.Account)) scoring.ProspectBoard {
		d := newCard(1, portfolio.Account{Code: "P", Name: "P", Status: portfolio.Prospect})
		d.account(note)
		return bookOf(t, d).Appeal().Board
	}
	b := made(func(a *portfolio.Account) { a.Near, a.Earning = 4, 8 })
	if len(b.Of) != 1 || b.Of[0].Interest != 6 {
		t.Errorf("%+v, want an interest of 6", b.Of)
	}
	if b := made(func(a *portfolio.Account) { a.Near, a.NoContact = 4, true }); b.Excluded != 1 || len(b.Order) != 0 {
		t.Errorf("%+v", b)
	}
}

// F3: prospects sent and the answer to the last price increase are indicators.
func TestToldSignsOfEngagement(t *testing.T) {
	asOf := demo.Golden().AsOf
	before, after := noted(t, func() *draft { return steady(asOf) }, func(d *draft) {
		d.account(func(a *portfolio.Account) { a.Referred, a.Rise = 2, portfolio.Declined })
	})
	if x := before.Loyalty().Indicators[0]; x.Referrals != 0 || x.PriceAccepted.Known {
		t.Errorf("%+v", x)
	}
	if f := after.Steering().Facts[0]; f.Referrals != 2 || before.Steering().Facts[0].Referrals >= 0 { // G2: unknown before
		t.Errorf("%d referrals, %d before", f.Referrals, before.Steering().Facts[0].Referrals)
	}
	if x := after.Loyalty().Indicators[0]; x.Referrals != 2 || !x.PriceAccepted.Known || x.PriceAccepted.Value != 0 {
		t.Errorf("%+v", x)
	}
}

// The file of an ex-client says when and why it left, where the account does not.
func TestAFormerFileSaysWhyAClientLeft(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.sale(asOf-900, 100_00)
	d.add(portfolio.KindFormer, portfolio.Former{Account: d.Root, Left: asOf - 300, Motive: portfolio.MotivePrice, Seen: []int{4}})
	if f := query.DeriveDeep(d.Bundle); f.LostOn != asOf-300 || f.Motive != portfolio.MotivePrice || f.Natural {
		t.Errorf("left on %d by %d", f.LostOn, f.Motive)
	}
	back := client(2, "C02") // won back: the file is of before
	back.sale(asOf-900, 100_00)
	back.sale(asOf-30, 100_00)
	back.add(portfolio.KindFormer, portfolio.Former{Account: back.Root, Left: asOf - 300, Motive: portfolio.MotivePrice, Seen: []int{4}})
	if f := query.DeriveDeep(back.Bundle); f.LostOn != 0 || f.Motive != 0 {
		t.Errorf("won back, and left on %d by %d", f.LostOn, f.Motive)
	}
	d.account(func(a *portfolio.Account) { a.LostOn, a.Motive = asOf-200, portfolio.MotiveService })
	if f := query.DeriveDeep(d.Bundle); f.LostOn != asOf-200 || f.Motive != portfolio.MotiveService {
		t.Errorf("left on %d by %d", f.LostOn, f.Motive)
	}
}

// What was told survives the chunk of facts.
func TestWhatIsToldIsKept(t *testing.T) {
	asOf := demo.Golden().AsOf
	weight := 0.0
	d := steady(asOf)
	d.account(func(a *portfolio.Account) { a.Collapsed, a.RebateRate, a.Near = true, .02, 7 })
	d.account(func(a *portfolio.Account) {
		a.Opens, a.Lunch, a.Back, a.Closes, a.Shut = 480, 720, 840, 1080, []int{1, 7}
	})
	d.add(portfolio.KindReading, portfolio.Reading{Account: d.Root, What: portfolio.Installed, Day: asOf, Ours: 2, Total: 5})
	d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Call, Day: asOf - 3, Weight: &weight, Together: 1, Shared: 3, Km: 12.3456})
	f := query.DeriveDeep(d.Bundle)
	b, err := query.EncodeFacts([]query.Facts{{ID: d.Root, Deep: &f}})
	if err != nil {
		t.Fatal(err)
	}
	back, err := query.DecodeFacts(b)
	if err != nil || len(back) != 1 {
		t.Fatal(err)
	}
	g := back[0].Deep
	if g.Told == nil || *g.Told != (query.Told{Collapsed: true, RebateRate: .02, Near: 7}) || len(g.Readings) != 1 || g.Readings[0].Total != 5 ||
		g.Contacts[0].Efforts != (query.Efforts{Weight: 1, Together: 1, Shared: 3}) || g.Contacts[0].Far != 12_346 ||
		g.Open != (query.Open{From: 480, Lunch: 720, Back: 840, To: 1080, Shut: 1 | 1<<6}) {
		t.Errorf("%+v %+v %+v", g.Told, g.Readings, g.Contacts)
	}
}

// C6, influencers: the purchases prescribed take the place of sales. Two in N-1
// and four in N is growth; a first one four months ago a start; nothing for
// twenty months is lost. One who buys nothing is no prospect any more.
func TestPhasesOfInfluencers(t *testing.T) {
	asOf := demo.Golden().AsOf
	one := func(n int, code string, months ...int) *draft {
		d := client(n, code)
		for _, m := range months {
			d.add(portfolio.KindReading, portfolio.Reading{Account: d.Root, What: portfolio.Prescribed, Day: asOf.AddMonths(-m) - 10})
		}
		return d
	}
	a := inSituation(t, portfolio.Influencers, 0, one(1, "rises", 22, 14, 9, 7, 4, 1), one(2, "new", 4), one(3, "gone", 30, 25, 20), one(4, "none"))
	phaseIs(t, a, "rises", "C", maturity.Rising)
	phaseIs(t, a, "new", "D", maturity.Young)
	phaseIs(t, a, "gone", "X", maturity.TooLong)
	if ph := a.Maturity().Phase[placeOf(t, a, "none")]; ph != 0 {
		t.Errorf("nothing prescribed, nothing bought: %v, want nothing known", ph)
	}
}

// C6, distributors: what they sold of ours, by period, in place of what they
// bought: 900 after 1 000 is −10 %, V, though they stocked more.
func TestPhasesOfDistributors(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "falls")
	d.year(asOf, asOf-1500, 2000_00)
	d.year(asOf.AddMonths(-12), asOf-1500, 1000_00)
	d.sale(asOf.AddMonths(-30), 1_00)
	last := asOf
	for _, amount := range []money.Cents{900_00, 1000_00, 1000_00} {
		first := (last + 1).AddMonths(-12)
		d.add(portfolio.KindReading, portfolio.Reading{Account: d.Root, What: portfolio.SoldOut, From: first, Day: last, Amount: amount})
		last = first - 1
	}
	e := client(2, "bought")
	e.year(asOf, asOf-1500, 2000_00)
	e.year(asOf.AddMonths(-12), asOf-1500, 1000_00)
	e.sale(asOf.AddMonths(-30), 1_00)
	a := inSituation(t, portfolio.Resellers, 0, d, e)
	phaseIs(t, a, "falls", "V", maturity.Falling)
	phaseIs(t, a, "bought", "C", maturity.Rising) // no sell-out is known: C1
}

// C6, equipment: our share of the machines in place, 6 of 10 after 4 of 10 five
// years before, is growth; 4 after 6 is V; a single count says nothing.
func TestPhasesByInstalledBase(t *testing.T) {
	asOf := demo.Golden().AsOf
	one := func(n int, code string, ours ...int) *draft {
		d := client(n, code)
		d.sale(asOf.AddMonths(-20), 5000_00)
		d.sale(asOf.AddMonths(-80), 5000_00)
		for k, x := range ours {
			d.add(portfolio.KindReading, portfolio.Reading{Account: d.Root, What: portfolio.Installed, Day: asOf.AddMonths(-62*k) - 5, Ours: x, Total: 10})
		}
		return d
	}
	a := inSituation(t, portfolio.LongCycle, 60, one(1, "more", 6, 4), one(2, "less", 4, 6), one(3, "once", 6), one(4, "none"))
	phaseIs(t, a, "more", "C", maturity.Rising)
	phaseIs(t, a, "less", "V", maturity.Falling)
	i, j := placeOf(t, a, "once"), placeOf(t, a, "none")
	if v := a.Maturity().Verdict; v[i].Phase != v[j].Phase || v[i].Why != v[j].Why {
		t.Errorf("one count: %v by %d, none: %v by %d", v[i].Phase, v[i].Why, v[j].Phase, v[j].Why)
	}
}

// C6, contracts: a notice given is V at once; six months of notice asked put a
// term that ends in five in V, where the usual three would not.
func TestNoticeOfContracts(t *testing.T) {
	asOf := demo.Golden().AsOf
	one := func(n int, code string, c portfolio.Contract) *draft {
		d := client(n, code)
		d.year(asOf, asOf-1500, 1000_00)
		c.Account, c.Start = d.Root, asOf.AddMonths(-19)
		c.End = c.Start.AddMonths(24) - 1
		d.add(portfolio.KindContract, c)
		return d
	}
	a := inSituation(t, portfolio.Contracts, 0, one(1, "gave", portfolio.Contract{Renews: true, Notice: asOf - 3}), one(2, "six", portfolio.Contract{Months: 6}), one(3, "usual", portfolio.Contract{}))
	phaseIs(t, a, "gave", "V", maturity.NoticeRisk)
	phaseIs(t, a, "six", "V", maturity.NoticeRisk)
	phaseIs(t, a, "usual", "D", maturity.FirstTerm)
}
