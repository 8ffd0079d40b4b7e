package query_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/relation"
)

// moreViews are the views that answer a question with facts of its own.
func moreViews(a *query.Analysis) []deepView {
	out := []deepView{
		{"relation", a.RelationView(query.RelationAsk{Own: [6]uint8{3, 2}, Manager: [6]uint8{2, 2}, Tool: query.ToolAsk{Licence: 600_00, Hours: 20, HoursSaved: 60, HourCost: 60_00}})},
		{"bare relation", a.RelationView(query.RelationAsk{})},
		{"sensitivity", a.SensitivityView()},
		{"plan", a.PACView(query.PACAsk{})},
		{"spend", a.SpendView(2000_00)},
		{"no budget", a.SpendView(0)},
		{"rescue", a.RescueView()},
		{"reach", a.ReachView(query.ReachAsk{Messages: []query.MessageAsk{{Sent: a.AsOf - 30, Topic: "prix"}}, Announced: a.AsOf - 10, Departure: "successeur"})},
		{"efforts", a.EffortsView()},
		{"nothing told", a.ReachView(query.ReachAsk{})},
	}
	for i := range min(a.Len(), 2) {
		out = append(out, deepView{"plan with lines", a.PACView(query.PACAsk{Target: 1000_00, Lines: []query.PACLine{
			{Client: a.Cards[i].ID, Visits: 3, Chance: .5, Due: a.AsOf + 30, Indicator: "CA"}, {Client: a.Cards[i].ID, Visits: math.NaN(), Chance: math.Inf(1)}}})},
			deepView{"bond", a.BondView(i)},
			deepView{"negotiation", a.NegotiationView(i, negotiation)},
			deepView{"bare negotiation", a.NegotiationView(i, query.NegotiationAsk{Discount: math.NaN()})},
			deepView{"judgments", a.JudgeView(i, query.JudgeAsk{None: 30, More: 125, Saturation: 200})},
			deepView{"no judgment", a.JudgeView(i, query.JudgeAsk{None: math.Inf(1), Visits: math.NaN()})},
			deepView{"estimates", a.EstimateView(i, query.EstimateAsk{Market: 1e9, Part: .01, Unused: 500_00})},
			deepView{"measures", a.LoyaltyMeasures(i, query.LoyaltyAsk{Scale: []query.TierAsk{{From: 0, Rate: .01}, {From: 50_000_00, Rate: .03}}, Cost: 500_00, Marks: []float64{7, 8, 6, math.NaN(), 9}})},
			deepView{"bare measures", a.LoyaltyMeasures(i, query.LoyaltyAsk{})})
	}
	return out
}

// J5: cost 6 500, an alternative of 2 000 at 60 %, the rival at 9 000 with 400 to
// change, from 10 000 to 9 200.
var negotiation = query.NegotiationAsk{Start: 10_000_00, Target: 9_200_00, Cost: 6_500_00, Instead: []query.InsteadAsk{{P: .6, Margin: 2_000_00}, {P: .1, Margin: 500_00}},
	RivalLow: 9_000_00, Switching: 400_00, Discount: .05, Rate: .30,
	Concessions:  []query.ChipAsk{{Code: "discount", Value: 400_00, Ease: 1}, {Code: "stock", Value: 5000_00, Ease: 2}},
	Counterparts: []query.ChipAsk{{Code: "counterpart.term", Value: 900_00, Ease: 2}, {Code: "counterpart.payment", Value: 450_00, Ease: 0}},
	Moves:        []query.MoveAsk{{Given: 100_00, Received: 150_00, Paired: true}}}

func TestNegotiationOfTheMethod(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	v := a.NegotiationView(0, negotiation)
	for what, x := range map[string][2]float64{
		"MESORE": {v.Mesore.Value, 1200_00}, "R_us": {v.Us.Value, 7700_00}, "R_them": {v.Them.Value, 9400_00}, "ZOPA": {v.Zone.Value, 1700_00},
		"power": {v.Power.Value, 1500. / 1700}, "volume": {v.Volume.Value, .2},
	} {
		near(t, what, x[0], x[1], 1e-9)
	}
	if want := []money.Cents{9600_00, 9360_00, 9240_00, 9200_00}; !slices.Equal(v.Offers, want) {
		t.Errorf("offers %v, want %v", v.Offers, want)
	}
	if v.Best != 0 || v.Outlook != uint8(relation.Open) || !v.Fair || len(v.Library) != 18 {
		t.Errorf("%+v", v)
	}
	// the fair counterpart easiest for the client; nothing is worth 5 000
	if p := v.Pairs; len(p) != 2 || p[0].With != "counterpart.payment" || p[0].Tactic != uint8(relation.Reduce) || p[1].With != "" || p[1].Tactic != uint8(relation.Dissuade) {
		t.Errorf("%+v", v.Pairs)
	}
	// Without a cost, that of the start at the client's rate: C01 earns 25 %.
	v = a.NegotiationView(0, query.NegotiationAsk{Start: 10_000_00, Target: 9_500_00})
	rate := a.Cost().Margins.Client[0].Rate
	if !v.Guessed || v.Best != -1 || v.Us.Mark.Status.String() != "weak" || v.Zone.Mark.Has() {
		t.Errorf("%+v", v)
	}
	near(t, "cost", float64(v.Cost), 10_000_00*(1-rate), 1)
	near(t, "volume of 5 %", v.Volume.Value, .05/(rate-.05), 1e-9)
	if y, ok := a.WhyAt(v.Zone, 0); !ok || y.Section != "J5" {
		t.Errorf("%+v", y)
	}
}

// H7: C06 .5 × 7 000 × 35 % = 1 225; C03 .6 × 5 400 × 30 % = 972; C10 .4 × 4 050 ×
// 35 % = 567: 2 764 for 24 visits at 100 €, a return of 15 %.
func TestActionPlanOfTheMethod(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	line := func(code string, visits, chance float64, captured money.Cents) query.PACLine {
		return query.PACLine{Client: a.Cards[placeOf(t, a, code)].ID, Visits: visits, Chance: chance, Captured: captured, Due: a.AsOf + 60, Indicator: "CA"}
	}
	v := a.PACView(query.PACAsk{Target: 3000_00, Lines: []query.PACLine{
		line("C06", 10, .5, 7000_00), line("C03", 8, .6, 5400_00), line("C10", 6, .4, 4050_00), {Client: a.Cards[0].ID, Visits: 100}}})
	near(t, "gain", v.All.Gain.Value, 2764_00, 1e-6)
	near(t, "cost", v.All.Cost.Value, 2400_00, 1e-6)
	near(t, "ROI", v.All.ROI.Value, 364./2400, 1e-9)
	near(t, "gap", v.Gap.Value, 236_00, 1e-6)
	if v.Progress.Mark.Has() || !v.Rows[3].Rejected || v.Rows[0].Rejected || v.All.Actions != 3 {
		t.Errorf("%+v", v)
	}
	// it pays from 1 000 ÷ (7 000 × 35 %)
	near(t, "chance needed", v.Rows[0].Needs, 1000./2450, 1e-6)
	// what is left to win is captured where nothing is said: C06 has 20 % of 20 000
	v = a.PACView(query.PACAsk{Lines: []query.PACLine{line("C06", 1, .5, 0)}})
	if i := placeOf(t, a, "C06"); v.Rows[0].Captured != a.Worth[i]-a.Sales[i] {
		t.Errorf("%v captured", v.Rows[0].Captured)
	}
	for _, x := range v.Ideas {
		if x.Client < 0 || x.Visits <= 0 || x.Captured <= 0 || x.Needs <= 0 || x.Chance != 0 || x.Gain != 0 {
			t.Errorf("idea %+v", x)
		}
	}
	if len(v.Ideas) == 0 {
		t.Error("no idea")
	}
}

// The appointments of the year are a plan without a gain.
func TestActionPlanOfAppointments(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.year(asOf, asOf-900, 1000_00)
	for _, x := range []portfolio.Appointment{
		{Day: asOf - 30, Kind: portfolio.Visit, Objective: "renouveler", State: portfolio.Done}, {Day: asOf - 10, Kind: portfolio.Visit, Objective: "essai", State: portfolio.Planned},
		{Day: asOf + 30, Kind: portfolio.Call, Objective: "suite", State: portfolio.Planned}, {Day: asOf + 40, Kind: portfolio.Visit, State: portfolio.Planned},
		{Day: asOf - 400, Kind: portfolio.Visit, Objective: "vieux", State: portfolio.Done}, {Day: asOf - 5, Kind: portfolio.Visit, Objective: "annulé", State: portfolio.Cancelled},
	} {
		x.Account = d.Root
		d.add(portfolio.KindAppointment, x)
	}
	v := bookOf(t, d).PACView(query.PACAsk{})
	// two visits and a call of 0.2; the visit without an objective counts nowhere
	if !v.Planned || v.All.Actions != 3 || math.Abs(v.All.Visits-2.2) > 1e-9 || v.Progress.Value != .5 {
		t.Errorf("%+v", v.All)
	}
}

// B3: 30 %, 100 %, 125 %, 200 % give c 1.463 and d 1.429; doubling visits gives
// 142 %, halving 64 %.
func TestJudgmentsOfTheMethod(t *testing.T) {
	base, _ := goldenBook()
	a := base.Analysis(scope)
	i := placeOf(t, a, "C06") // 6 visits
	v := a.JudgeView(i, query.JudgeAsk{None: 30, More: 125, Saturation: 200, Visits: 12})
	near(t, "c", v.Shape, 1.463, 5e-4)
	near(t, "d", v.Scale, 1.429, 5e-4)
	margin := float64(a.Cost().Gross.Margin[i])
	near(t, "twice", v.Judged[12]/margin, 1.42, 5e-3)
	near(t, "half", v.Judged[3]/margin, .64, 5e-3)
	near(t, "gain", float64(v.Then.Gain)/margin, .42, 5e-3)
	near(t, "net", v.Net.Value, float64(v.Then.Gain)-6*100_00, 1)
	if v.Again || v.Kept || v.Measured != nil {
		t.Errorf("%+v", v)
	}
	if v := a.JudgeView(i, query.JudgeAsk{None: 30, More: 90, Saturation: 200}); !v.Again || v.Net.Mark.Has() {
		t.Errorf("%+v", v)
	}
	// Kept as decisions of a person, they are the curve of the client, and H6 c
	// has a response to share visits by.
	s, _ := goldenWith(nil, func(code string, d *draft) {
		if code == "C06" {
			for what, x := range map[string]float64{"visits.0": 30, "visits.150": 125, "visits.max": 200} {
				d.add(portfolio.KindOverride, portfolio.Override{Account: d.Root, What: what, Value: x, Author: user, Day: a.AsOf - 3})
			}
		}
	})
	b := s.Analysis(scope)
	if a.Response().Fitted || a.Plans().Marginal.Has() || !b.Response().Fitted || !b.Plans().Marginal.Has() {
		t.Error("judgments make a response")
	}
	if k := b.Response().Place[i]; !b.Response().Judged[k] || math.Abs(b.Response().Curve[k].Shape-1.463) > 5e-4 {
		t.Errorf("%+v", b.Response().Curve[k])
	}
	if v := b.JudgeView(i, query.JudgeAsk{}); !v.Kept || math.Abs(v.Shape-1.463) > 5e-4 {
		t.Errorf("%+v", v)
	}
	if f := b.SheetView(i).Flow; len(f.Curve) == 0 || f.Then == nil {
		t.Errorf("%+v", f)
	}
	// with a fifth at half of them, least squares: on the curve of the four it changes nothing
	near(t, "five on the curve", a.JudgeView(i, query.JudgeAsk{None: 30, Half: 64.2, More: 125, Saturation: 200, HasHalf: true}).Shape, v.Shape, .02)
}

// H5: the rank correlation when the weight of R goes from 4 to 5, redone on the
// levels of Appendix A.
func TestSensitivityOfTheGrid(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	v := a.SensitivityView()
	if len(v.Rows) != 6 {
		t.Fatalf("%+v", v)
	}
	g := demo.Golden()
	score := func(wr float64) (out []float64) {
		for i := range a.Codes {
			r, _ := a.FigureOf("rlevel", i)
			p, _ := a.FigureOf("plevel", i)
			out = append(out, math.Round(1e9*(wr*r.Value+4*p.Value+2*g.Clients[i].Note)/(wr+6)))
		}
		return out
	}
	rank := func(x []float64) (out []float64) {
		for i := range x {
			r := 1.0
			for j := range x {
				if x[j] < x[i] {
					r++
				} else if j != i && x[j] == x[i] {
					r += .5
				}
			}
			out = append(out, r)
		}
		return out
	}
	x, y := rank(score(4)), rank(score(5))
	var xx, yy, xy float64
	for i := range x {
		xx, yy, xy = xx+(x[i]-6.5)*(x[i]-6.5), yy+(y[i]-6.5)*(y[i]-6.5), xy+(x[i]-6.5)*(y[i]-6.5)
	}
	for _, r := range v.Rows {
		if r.Criterion == "criterion.r" && r.Change == 1 {
			near(t, "Spearman", r.Rank.Value, xy/math.Sqrt(xx*yy), 1e-9)
		}
		if r.Rank.Value < .5 || r.Rank.Value > 1 || r.Pairs.Value > r.Rank.Value+1e-9 {
			t.Errorf("%+v", r)
		}
	}
}

// J4 and J6: what was signed, and the exchanges.
func TestBondOfAClient(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.year(asOf, asOf-900, 1000_00)
	add := func(c portfolio.Commitment) portfolio.ID {
		c.Account = d.Root
		return d.add(portfolio.KindCommitment, c)
	}
	ours := add(portfolio.Commitment{Side: portfolio.Us, State: portfolio.KeptIt, Value: 1200_00, Made: asOf - 90, Due: asOf - 60, Done: asOf - 60, Written: asOf - 89})
	add(portfolio.Commitment{Side: portfolio.Them, State: portfolio.KeptIt, Value: 600_00, Made: asOf - 88, Done: asOf - 50, Written: asOf - 80, Answers: ours})
	add(portfolio.Commitment{Side: portfolio.Us, State: portfolio.KeptIt, Value: 800_00, Made: asOf - 40, Done: asOf - 30})
	other := add(portfolio.Commitment{Side: portfolio.Us, State: portfolio.KeptIt, Points: 3, Made: asOf - 20, Done: asOf - 10, Due: asOf - 5})
	add(portfolio.Commitment{Side: portfolio.Them, State: portfolio.Promised, Value: 400_00, Made: asOf - 20, Due: asOf - 5, Answers: other})
	d.add(portfolio.KindTool, portfolio.Tool{Account: d.Root, Name: "catalogue", Ours: 5000_00, Theirs: 3000_00, Replace: 9, Used: asOf - 10, StatedGains: 900_00})
	d.add(portfolio.KindTool, portfolio.Tool{Account: d.Root, Name: "étagère", Replace: 12})
	person := d.add(portfolio.KindPerson, portfolio.Person{Account: d.Root, Name: "Rozenn"})
	second := d.add(portfolio.KindPerson, portfolio.Person{Account: d.Root, Name: "Erwan"})
	met := func(day calendar.Day, spent money.Cents, of ...portfolio.ID) {
		d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Visit, Day: day, Outcome: portfolio.NoChange, Spent: spent, Persons: of})
	}
	met(asOf-20, 50_00, person)
	met(asOf-10, 5_01, person, second)
	met(asOf-400, 60_00, person) // last year's
	met(asOf-5, 12_00)
	a := bookOf(t, d)
	v := a.BondView(0)
	near(t, "signed", v.Signed.Value, .4, 1e-12)
	if v.Ours != 1200_00 || v.Theirs != 600_00 || len(v.Lines) != 2 || len(v.Chain) != 1 {
		t.Errorf("%+v", v)
	}
	if len(v.Lose) != 2 || v.Lose[0].Name != "étagère" {
		t.Errorf("%+v", v.Lose)
	}
	// two exchanges, 600 + 400 for us, 1 200 + 3 points for them; one done of two due, one late
	if p := v.Plan; p.Goals != 2 || p.Ours != 1000_00 || p.Theirs != 1500_00 || p.Late != 1 || p.Progress.Value != .5 || p.Stated != 900_00 || math.Abs(p.Per-.75) > 1e-12 {
		t.Errorf("%+v", v.Plan)
	}
	// 70 € a year and person: 52.51 or 52.50 given, the last cent to one of them
	if len(v.Gifts) != 2 || v.Gifts[0].Given+v.Gifts[1].Given != 55_01 || v.Nobody != 12_00 {
		t.Fatalf("%+v, %v", v.Gifts, v.Nobody)
	}
	for _, g := range v.Gifts {
		if g.Left.Value != float64(70_00-g.Given) || g.Over {
			t.Errorf("%+v", g)
		}
	}
	left := money.Cents(v.Gifts[0].Left.Value)
	if v.Gifts[0].Person != person || !a.MayGive(0, person, left) || a.MayGive(0, person, left+1) {
		t.Error("the cap is 70 €")
	}
}

// J1: small steps, competences and the return of the tool.
func TestStagesOfTheRelation(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.year(asOf, asOf-900, 1000_00)
	for k, x := range []portfolio.Contact{{Outcome: portfolio.Order, Next: "rappeler"}, {Outcome: portfolio.NoChange, Next: "offre"}, {Outcome: portfolio.StepForward, Next: "essai"}, {Outcome: portfolio.NoChange}, {Outcome: portfolio.Absent, Next: "plus tard"}} {
		x.Account, x.Kind, x.Day = d.Root, portfolio.Visit, asOf-calendar.Day(10*k)
		d.add(portfolio.KindContact, x)
	}
	suspect := newCard(2, portfolio.Account{Code: "S", Name: "S", Status: portfolio.Suspect})
	prospect := newCard(3, portfolio.Account{Code: "P", Name: "P", Status: portfolio.Prospect})
	prospect.add(portfolio.KindContact, portfolio.Contact{Account: prospect.Root, Kind: portfolio.Visit, Day: asOf - 5, Outcome: portfolio.NoChange})
	prospect.add(portfolio.KindContact, portfolio.Contact{Account: prospect.Root, Kind: portfolio.Call, Day: asOf - 6, Outcome: portfolio.NoChange})
	prospect.add(portfolio.KindProject, portfolio.Project{Account: prospect.Root, Amount: 20_000_00, Phase: 2, Since: asOf - 5, Opened: asOf - 5, State: portfolio.Running})
	v := bookOf(t, d, suspect, prospect).RelationView(query.RelationAsk{Own: [6]uint8{4, 3, 1}, Manager: [6]uint8{2, 3, 0}, Tool: query.ToolAsk{Licence: 600_00, Hours: 20, HoursSaved: 50, HourCost: 60_00, ExtraMargin: 0}})
	near(t, "ended with a step", v.Ended.Value, .5, 1e-12) // three of the four visits and of the two contacts with the prospect
	near(t, "agreed", v.Agreed.Value, 2./3, 1e-12)
	for k, want := range []int{2, 1, 1, 1, 0} { // suspects, qualified, meetings, projects, won
		if v.Funnel[k].Count != want {
			t.Errorf("%s: %d, want %d", v.Funnel[k].Key, v.Funnel[k].Count, want)
		}
	}
	for _, k := range v.KPI { // the prospect was heard of five days ago
		if k.Figure.Topic == "kpi.dataAge" && (k.Figure.Value != 5 || !k.Figure.Mark.Has()) {
			t.Errorf("%+v", k)
		}
	}
	if v.Skill == nil || v.Skill.Work != 2 || v.Skill.Gap[0] != 2 || v.Skill.Shared != 2 {
		t.Errorf("%+v", v.Skill)
	}
	// (50 × 60 − 600 − 20 × 60) ÷ (600 + 1 200)
	near(t, "return", v.Tool.ROI.Value, 1200./1800, 1e-12)
	// phase 2 to 3: 45 % − 25 % of 20 000, for one visit
	if len(v.Levers) != 1 || v.Levers[0].Gain.Value != 4000_00 || v.Levers[0].PerHour <= 0 {
		t.Errorf("%+v", v.Levers)
	}
	if v.Inbound.Running != 1 || v.Inbound.Weighted.Value != 5000_00 {
		t.Errorf("%+v", v.Inbound)
	}
}

// J3: 9 of 15 projects moved up with the action, 6 of 20 without: +30 points, and
// the intervals meet.
func TestLeagueOfTheMethod(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.year(asOf, asOf-900, 1000_00)
	day := asOf - 200
	var ask query.RelationAsk
	for k := range 35 {
		p := d.add(portfolio.KindProject, portfolio.Project{Account: d.Root, Amount: 100_00, Phase: 2, Opened: day, Since: day, State: portfolio.LostToOther, Ended: day + 30})
		ask.Steps = append(ask.Steps, query.PhaseStep{Project: p, Day: day, Phase: 2})
		if k < 15 {
			ask.Acts = append(ask.Acts, query.ActDone{Project: p, Day: day + 1, Code: "pao.mesh"})
		}
		if k < 9 || k >= 15 && k < 21 {
			ask.Steps = append(ask.Steps, query.PhaseStep{Project: p, Day: day + 10, Phase: 3})
		}
	}
	v := bookOf(t, d).RelationView(ask)
	if len(v.Actions) != 1 {
		t.Fatalf("%+v", v.Actions)
	}
	x := v.Actions[0]
	near(t, "effect", x.Gain.Value, .3, 1e-12)
	for k, want := range [2][3]float64{{.6, .36, .80}, {.3, .15, .52}} {
		got := [2][3]float64{x.Share, x.Other}[k]
		for j := range want {
			near(t, "share", got[j], want[j], 5e-3)
		}
	}
	if x.Code != "pao.mesh" || x.Phase != 2 || x.With != [2]int{15, 9} || x.Without != [2]int{20, 6} || x.Verdict != uint8(relation.Promising) || !v.Dated {
		t.Errorf("%+v", x)
	}
}

// A contact that names an action is that action, on the one project that runs.
func TestActionsNamedByContacts(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.year(asOf, asOf-900, 1000_00)
	d.add(portfolio.KindProject, portfolio.Project{Account: d.Root, Amount: 100_00, Phase: 2, Opened: asOf - 100, Since: asOf - 100, State: portfolio.Won, Ended: asOf - 60})
	d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Visit, Day: asOf - 80, Outcome: portfolio.StepForward, Topics: []string{"prix", "pao.trial"}})
	v := bookOf(t, d).RelationView(query.RelationAsk{})
	if len(v.Actions) != 1 || v.Actions[0].Code != "pao.trial" || v.Actions[0].With != [2]int{1, 1} || v.Actions[0].Verdict != uint8(relation.TooFew) || v.Dated {
		t.Errorf("%+v", v.Actions)
	}
}

// I7: 18 500 at 2 %, the next step 20 000 at 3 %: 230 € on 1 500 €, 15.3 %.
func TestMeasuresOfLoyalty(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.sale(calendar.Of(2026, 2, 1), 18_500_00)
	d.sale(calendar.Of(2025, 12, 30), 9_000_00)
	seven, five := 8, 5
	d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Visit, Day: asOf - 50, Outcome: portfolio.NoChange, Content: &seven})
	d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.ManagerControlVisit, Day: asOf - 20, Outcome: portfolio.NoChange, Content: &five})
	a := bookOf(t, d)
	ask := query.LoyaltyAsk{Scale: []query.TierAsk{{From: 20_000_00, Rate: .03}, {From: 10_000_00, Rate: .02}}}
	v := a.LoyaltyMeasures(0, ask)
	if v.ToDate != 18_500_00 || v.Gap.Value != 1500_00 || v.Now != .02 || v.NextRate != .03 || v.Top {
		t.Errorf("%+v", v)
	}
	near(t, "gain", v.Gain.Value, 230_00, 1e-6)
	near(t, "discount", v.Marginal.Value, .153, 5e-4)
	near(t, "survey", v.Survey.Value, -3, 1e-12)
	if v.ROI.Mark.Has() {
		t.Errorf("no cost, no return: %+v", v.ROI)
	}
	ask.Marks = []float64{6, 8, -1, 7, 9} // mean 7.5 against 8
	near(t, "survey of five", a.LoyaltyMeasures(0, ask).Survey.Value, -.5, 1e-12)
}

// I7: two of the three told, one message to all and one to a single client who was
// not; the third has still to meet the successor.
func TestReachOfInformation(t *testing.T) {
	asOf := demo.Golden().AsOf
	var all []*draft
	for k, topics := range [][]string{{"tarif", "successeur"}, {"tarif"}, {"autre"}} {
		d := client(k+1, fmt.Sprintf("C%02d", k))
		d.year(asOf, asOf-900, 1000_00)
		d.year(asOf.AddMonths(-12), asOf-900, 1000_00)
		for _, topic := range topics {
			d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Visit, Day: asOf - 10, Outcome: portfolio.NoChange, Topics: []string{topic}})
		}
		d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Visit, Day: asOf - 60, Outcome: portfolio.NoChange, Topics: []string{"successeur"}}) // before it was known
		all = append(all, d)
	}
	a := bookOf(t, all...)
	v := a.ReachView(query.ReachAsk{Messages: []query.MessageAsk{{Sent: asOf - 20, Topic: "tarif"}, {Sent: asOf - 20, Topic: "salon", For: []portfolio.ID{all[2].Root}}}, Announced: asOf - 30, Departure: "successeur"})
	near(t, "reach", v.Reach.Value, .5, 1e-12)
	if v.Targeted != 4 || v.Informed != 2 || !slices.Equal(v.Latest, []int32{20, 20, -1}) || codes(a, v.Present) != "C01 C02 " {
		t.Errorf("%+v", v)
	}
}

// G2: two clients asked for the same effort, attained at 0.5 and 1; IE ÷ units.
func TestEffortsOfThePortfolio(t *testing.T) {
	asOf := demo.Golden().AsOf
	var all []*draft
	for k, actual := range []float64{5, 10} {
		d := client(k+1, fmt.Sprintf("C%02d", k))
		d.year(asOf, asOf-900, 1000_00)
		d.touches(asOf, 10*(k+1), portfolio.Visit)
		d.add(portfolio.KindEffort, portfolio.Effort{Account: d.Root, Code: "E08", Baseline: 0, Target: 10, Weight: 1, From: asOf - 300, Actual: &actual, On: asOf - 5})
		all = append(all, d)
	}
	v := bookOf(t, all...).EffortsView()
	if len(v.Lines) != 1 || v.Lines[0].Code != "E08" || v.Lines[0].Asked != 2 || v.Lines[0].Counted != 2 || v.Lines[0].Reached != 1 {
		t.Fatalf("%+v", v.Lines)
	}
	near(t, "mean", v.Lines[0].Mean.Value, .75, 1e-12)
	if len(v.Yields) != 2 {
		t.Fatalf("%+v", v.Yields)
	}
	near(t, "yield", v.Yields[0].Yield.Value, .05, 1e-12) // .5 ÷ 10 and 1 ÷ 20: by code
	if v.Yields[0].Client != 0 {
		t.Errorf("%+v", v.Yields)
	}
}

// I3: a client who leaves keeps the signals of his last six months; what nobody
// records is unknown, not absent.
func TestFileOfAClientWhoLeaves(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := client(1, "C01")
	d.year(asOf, asOf-900, 1000_00)
	d.add(portfolio.KindService, portfolio.Service{Account: d.Root, Kind: portfolio.RelationalIncident, Opened: asOf - 100}) // S9, open since
	f := bookOf(t, d).FormerFile(0, asOf)
	if !slices.Contains(f.Seen, 9) || slices.Contains(f.Unknown, 9) || !slices.Contains(f.Unknown, 8) || slices.Contains(f.Seen, 8) || f.Left != asOf || f.Account != d.Root {
		t.Errorf("%+v", f)
	}
}

// I7: margin against matched peers. He went from 1 000 to 1 500 of margin where
// three peers went from 3 000 to 3 300: 400 € more, for 200.
func TestReturnOfAnIncentive(t *testing.T) {
	asOf := demo.Golden().AsOf
	var all []*draft
	for k, x := range [][2]money.Cents{{10_000_00, 15_000_00}, {10_000_00, 11_000_00}, {10_000_00, 11_000_00}, {10_000_00, 11_000_00}} {
		d := newCard(k+1, portfolio.Account{Code: fmt.Sprintf("C%02d", k), Name: "C", Status: portfolio.Client, Typology: portfolio.Partner})
		for y, sales := range x {
			cost := sales - sales/10
			d.add(portfolio.KindSale, portfolio.Sale{Account: d.Root, From: asOf - calendar.Day(500-400*y), Amount: sales, Cost: &cost})
		}
		all = append(all, d)
	}
	v := bookOf(t, all...).LoyaltyMeasures(0, query.LoyaltyAsk{Cost: 200_00})
	near(t, "return", v.ROI.Value, 2, 1e-9)
	if v.Peers != 3 || v.ROI.Mark.Status.String() != "weak" {
		t.Errorf("%+v", v)
	}
}

// I6: 12 alerts, 7 saved, 1 830 € spent: 58 %, 261 € for one saved.
func TestReconquestOfTheMethod(t *testing.T) {
	asOf := demo.Golden().AsOf
	var all []*draft
	for k := range 12 {
		d := client(k+1, fmt.Sprintf("C%02d", k))
		d.year(asOf, asOf-900, 1000_00)
		d.year(asOf.AddMonths(-12), asOf-900, 1000_00)
		s := portfolio.Signal{Account: d.Root, Code: 3, Day: asOf - 100}
		if k < 7 {
			s.Closed = asOf - 40
		}
		d.add(portfolio.KindSignal, s)
		if k < 7 { // after the case: not of it
			d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.AfterSalesVisit, Day: asOf - 20, Outcome: portfolio.NoChange, Spent: 999_00})
		}
		// after-sales weighs nothing: only what was spent counts
		d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.AfterSalesVisit, Day: asOf - 90, Outcome: portfolio.NoChange, Spent: 152_50})
		all = append(all, d)
	}
	natural := newCard(20, portfolio.Account{Code: "N", Name: "N", Status: portfolio.Lost, Natural: true, LostOn: asOf - 50})
	natural.add(portfolio.KindSignal, portfolio.Signal{Account: natural.Root, Code: 3, Day: asOf - 100})
	natural.sale(asOf-900, 100_00)
	v := bookOf(t, append(all, natural)...).RescueView()
	near(t, "save rate", v.Rate.Value, .58, 5e-3)
	near(t, "for one saved", v.PerSave.Value, 261_00, 50)
	near(t, "delay", v.Delay.Value, 10, 1e-9)
	if v.Alerts != 12 || v.Saved != 7 || v.Open != 5 || len(v.Stage[attrition.Saved]) != 7 || len(v.Stage[attrition.Contacted]) != 5 {
		t.Errorf("%+v", v)
	}
	if len(v.Cohorts) != 8 || v.Cohorts[6].Alerts != 12 {
		t.Errorf("%+v", v.Cohorts)
	}
}

// I4: from thirty cases of a means of retention, what was seen replaces the
// catalogue: of thirty calls, twenty kept the client.
func TestOwnStatisticsReplaceTheCatalogue(t *testing.T) {
	asOf := demo.Golden().AsOf
	for _, n := range []int{29, 30} {
		var all []*draft
		for k := range n {
			d := client(k+1, fmt.Sprintf("C%02d", k))
			d.year(asOf, asOf-900, 1000_00)
			d.year(asOf.AddMonths(-12), asOf-900, 1000_00)
			s := portfolio.Signal{Account: d.Root, Code: 3, Day: asOf - 100}
			if k < 20 {
				s.Closed = asOf - 40
			} else {
				d = newCard(k+1, portfolio.Account{Code: fmt.Sprintf("C%02d", k), Name: "C", Status: portfolio.Lost, LostOn: asOf - 30})
				d.year(asOf.AddMonths(-12), asOf-900, 1000_00)
				s.Account = d.Root
			}
			d.add(portfolio.KindSignal, s)
			d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Call, Day: asOf - 90, Outcome: portfolio.NoChange})
			all = append(all, d)
		}
		a := bookOf(t, all...)
		call := a.RescueView().Means[attrition.Call-1]
		if call.Cases != n || call.Saved != 20 || call.Own != (n == 30) || call.Success[0] != .15 {
			t.Errorf("%d cases: %+v", n, call)
		}
		if want := map[int]float64{29: .15, 30: 20. / 30}[n]; math.Abs(a.Attrition().Catalogue[attrition.Call-1].Gamma-want) > 1e-12 || math.Abs(call.Success[1]-want) > 1e-12 {
			t.Errorf("%d cases: success %v", n, a.Attrition().Catalogue[attrition.Call-1].Gamma)
		}
	}
}

// E1: what may be proposed to a client without a potential.
func TestProposedEstimates(t *testing.T) {
	asOf := demo.Golden().AsOf
	var all []*draft
	for k, worth := range []money.Cents{8_000_00, 10_000_00, 12_000_00, 14_000_00, 0} {
		d := client(k+1, fmt.Sprintf("C%02d", k))
		d.sale(asOf-30, 1000_00)
		heads := 11
		if worth == 0 {
			heads = 22
			d.add(portfolio.KindCompetitor, portfolio.Competitor{Account: d.Root, Name: "autre", Share: 3_000_00})
		} else {
			d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Amount: worth, Method: portfolio.Declared, Day: asOf - 10})
		}
		d.add(portfolio.KindSite, portfolio.Site{Account: d.Root, City: "Dinan", Sector: "Restaurant", Headcount: heads})
		all = append(all, d)
	}
	a := bookOf(t, all...)
	i := placeOf(t, a, "C04")
	v := a.EstimateView(i, query.EstimateAsk{Market: 2_000_000_00, Part: .01, Unused: 4_000_00})
	want := map[portfolio.Appraisal]float64{
		portfolio.ByRatio:  22_000_00, // 44 000 ÷ 44 heads × 22
		portfolio.Analogy:  25_000_00, // upper quartile 12 500, twice the size
		portfolio.Market:   20_000_00,
		portfolio.Judgment: 8_000_00, // 1 000 + 3 000 + 4 000
	}
	if len(v.Proposed) != 4 || v.Now.Mark.Has() {
		t.Fatalf("%+v", v)
	}
	var q, sum float64
	for _, p := range v.Proposed {
		near(t, fmt.Sprintf("method %d", p.Method), p.Amount.Value, want[p.Method], 1)
		q, sum = q+p.Quality, sum+p.Quality*p.Amount.Value
	}
	near(t, "fused", v.Then.Value, sum/q, 1)
	if a.Known[i] { // nothing is taken by itself
		t.Error("a proposal is no potential")
	}
}

// Checklist of S3: incoming requests that fall.
func TestIncomingRequests(t *testing.T) {
	asOf := demo.Golden().AsOf
	in := func(days ...calendar.Day) query.InboundSeries {
		d := client(1, "C01")
		d.year(asOf, asOf-900, 1000_00)
		for _, day := range days {
			d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Call, Day: asOf - day, Outcome: portfolio.NoChange, Inbound: true})
		}
		d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, Kind: portfolio.Call, Day: asOf - 3, Outcome: portfolio.NoChange})
		return bookOf(t, d).RelationView(query.RelationAsk{}).Inbound
	}
	v := in(10, 110, 130, 150, 170, 190, 210, 230, 250, 270, 290, 310, 330)
	near(t, "trend", v.Trend.Value, (1./3)/(12.5/12), 1e-12)
	if !v.Falling || v.Months[11] != 1 || v.Months[10] != 0 { // 12 ≥ 8·1 + 4
		t.Errorf("%+v", v)
	}
	if v := in(10, 110, 130, 150, 170, 190, 210, 230, 250, 270, 290, 310); v.Falling { // 11 < 8·1 + 4
		t.Errorf("%+v", v)
	}
	if v := in(10, 20, 110, 130, 150); v.Falling || v.Trend.Value <= 1 {
		t.Errorf("%+v", v)
	}
	if v := in(); v.Falling || v.Trend.Mark.Has() {
		t.Errorf("%+v", v)
	}
}

// I4: a budget is not passed, and no client gets an action that does not pay.
func TestABudgetIsSpentWhereItPays(t *testing.T) {
	a := story(300).Analysis(scope)
	last := 0.0
	for _, budget := range []money.Cents{200_00, 1000_00, 5000_00} {
		v := a.SpendView(budget)
		gain, spent := 0.0, 0.0
		for _, r := range v.Rows {
			w := &a.Attrition().Worth[r.Client]
			if w.Decision != attrition.Retain || r.Net <= 0 {
				t.Errorf("%+v", r)
			}
			gain, spent = gain+r.Net, spent+r.Cost
		}
		near(t, "gain", v.Gain.Value, gain, 1e-6*math.Max(1, gain))
		near(t, "spent", v.Spent.Value, spent, 1e-6*math.Max(1, spent))
		if spent > float64(budget)+1e-6 || gain < last-1e-6 || len(v.Rows) == 0 {
			t.Errorf("budget %v: %d rows, %v spent for %v", budget, len(v.Rows), spent, gain)
		}
		last = gain
	}
}
