package attrition_test

import (
	"math"
	"math/rand/v2"
	"sillon/engine/portfolio"
	"slices"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

var today = demo.Golden().AsOf // 30 June 2026

func ago(days int) calendar.Day { return today - calendar.Day(days) }

func readOne(f attrition.File) attrition.Signals {
	return attrition.ReadAll([]attrition.File{f}, today, attrition.Defaults())[0]
}

func events(kind portfolio.ServiceKind, severity uint8, days ...calendar.Day) []attrition.Service {
	var list []attrition.Service
	for _, d := range days {
		list = append(list, attrition.Service{Kind: kind, Severity: severity, Opened: d, Closed: d})
	}
	return list
}

func orders(days ...calendar.Day) []maturity.Line {
	var lines []maturity.Line
	for _, d := range days {
		lines = append(lines, maturity.Line{From: d, Net: 100_00})
	}
	return lines
}

// I2: 4 after-sales calls in 3 months against 6 in the 12 before:
// (4/3) ÷ (6.5/12) = 2.46, on.
func TestAfterSalesCallsOfTheExample(t *testing.T) {
	var days []calendar.Day
	for i := range 4 {
		days = append(days, ago(10+20*i))
	}
	for i := range 6 {
		days = append(days, ago(120+50*i))
	}
	all := readOne(attrition.File{Services: events(portfolio.AfterSalesCall, 1, days...)})
	s := all.Get(attrition.S2)
	near(t, "ratio", s.Value, 2.46, .005)
	if s.State != attrition.On || s.Count != 4 || s.Since != ago(70) || s.Latest != ago(10) {
		t.Errorf("%+v", s)
	}
}

func TestTriggersOfEverySignal(t *testing.T) {
	regular := func(last, every, n int) []maturity.Line { // n orders, the last so many days ago
		var days []calendar.Day
		for i := range n {
			days = append(days, ago(last+every*i))
		}
		return orders(days...)
	}
	sales := func(now, before money.Cents) []maturity.Line {
		return []maturity.Line{{From: day(2026, 5, 10), Net: now}, {From: day(2025, 5, 10), Net: before}}
	}
	for _, tt := range []struct {
		name string
		code attrition.Code
		file attrition.File
		want attrition.State
	}{
		{"anniversary passed by 16 days", attrition.S1, attrition.File{Anniversaries: []attrition.Anniversary{{Day: ago(16)}}}, attrition.On},
		{"passed by 15 days", attrition.S1, attrition.File{Anniversaries: []attrition.Anniversary{{Day: ago(15)}}}, attrition.Off},
		{"renewed since", attrition.S1, attrition.File{Anniversaries: []attrition.Anniversary{{Day: ago(40), Renewed: ago(2)}}}, attrition.Off},
		{"yearly order three weeks late", attrition.S1, attrition.File{Lines: orders(day(2023, 6, 3), day(2024, 6, 7), day(2025, 6, 9))}, attrition.On},
		{"yearly order expected next month", attrition.S1, attrition.File{Lines: orders(day(2024, 7, 20), day(2025, 7, 22))}, attrition.Off},
		{"no contract, no yearly order", attrition.S1, attrition.File{Lines: regular(5, 30, 9)}, attrition.Unknown},

		{"one call only, though the ratio is 8", attrition.S2, attrition.File{Services: events(portfolio.AfterSalesCall, 1, ago(5))}, attrition.Off},

		{"two complaints settled", attrition.S3, attrition.File{Services: events(portfolio.Complaint, 1, ago(5), ago(9))}, attrition.On},
		{"one settled", attrition.S3, attrition.File{Services: events(portfolio.Complaint, 2, ago(5))}, attrition.Off},
		{"one grave counts twice", attrition.S3, attrition.File{Services: events(portfolio.Complaint, 3, ago(5))}, attrition.On},
		{"one open for 16 days", attrition.S3, attrition.File{Services: []attrition.Service{{Kind: portfolio.Complaint, Opened: ago(16)}}}, attrition.On},
		{"one open for 15 days", attrition.S3, attrition.File{Services: []attrition.Service{{Kind: portfolio.Complaint, Opened: ago(15)}}}, attrition.Off},

		{"orders every 20 days, 30 ago", attrition.S4, attrition.File{Lines: regular(30, 20, 8)}, attrition.On},
		{"29 days ago", attrition.S4, attrition.File{Lines: regular(29, 20, 8)}, attrition.Off},
		{"two orders only", attrition.S4, attrition.File{Lines: regular(200, 20, 2)}, attrition.Unknown},
		{"in a pause he told us of", attrition.S4, attrition.File{Lines: regular(45, 20, 8), Pause: 1 << 5}, attrition.Muted},
		{"lines by month have no order date", attrition.S4, attrition.File{Lines: []maturity.Line{{From: day(2026, 1, 1), To: day(2026, 1, 31), Net: 5}}}, attrition.Unknown},

		{"quarter down by 20 %", attrition.S5, attrition.File{Lines: sales(80_00, 100_00)}, attrition.On},
		{"down by a cent less", attrition.S5, attrition.File{Lines: sales(80_01, 100_00)}, attrition.Off},
		{"nothing sold a year ago", attrition.S5, attrition.File{Lines: sales(80_00, 0)}, attrition.Unknown},
		{"in a pause", attrition.S5, attrition.File{Lines: sales(0, 100_00), Pause: 1 << 5}, attrition.Muted},

		{"decider since March, never met", attrition.S6, attrition.File{Deciders: []attrition.Decider{{Since: day(2026, 3, 1)}}}, attrition.On},
		{"met in May", attrition.S6, attrition.File{Deciders: []attrition.Decider{{Since: day(2026, 3, 1), Met: day(2026, 5, 3)}}}, attrition.Off},
		{"six months ago", attrition.S6, attrition.File{Deciders: []attrition.Decider{{Since: day(2025, 12, 30)}}}, attrition.Off},

		{"two refusals", attrition.S7, attrition.File{Touches: []attrition.Touch{{Day: ago(3), Refused: true}, {Day: ago(80), Refused: true}}}, attrition.On},
		{"the older is out of the 90 days", attrition.S7, attrition.File{Touches: []attrition.Touch{{Day: ago(3), Refused: true}, {Day: ago(90), Refused: true}}}, attrition.Off},
		{"three touches without an answer", attrition.S7, attrition.File{Touches: []attrition.Touch{{Day: ago(3)}, {Day: ago(20)}, {Day: ago(40)}}}, attrition.On},
		{"he called back", attrition.S7, attrition.File{Touches: []attrition.Touch{{Day: ago(3)}, {Day: ago(10), Inbound: true}, {Day: ago(20)}, {Day: ago(40)}}}, attrition.Off},

		{"a tender last month", attrition.S8, attrition.File{Competitor: []calendar.Day{ago(30)}}, attrition.On},
		{"a tender last year", attrition.S8, attrition.File{Competitor: []calendar.Day{ago(300)}}, attrition.Off},

		{"incident open", attrition.S9, attrition.File{Services: []attrition.Service{{Kind: portfolio.RelationalIncident, Opened: ago(200)}}}, attrition.On},
		{"incident closed", attrition.S9, attrition.File{Services: events(portfolio.RelationalIncident, 3, ago(200))}, attrition.Off},
		{"incident to come", attrition.S9, attrition.File{Services: []attrition.Service{{Kind: portfolio.RelationalIncident, Opened: today + 1}}}, attrition.Off},

		{"a family lost two periods ago", attrition.S10, attrition.File{Excluded: []uint8{0, 1, 0}}, attrition.On},
		{"three periods ago", attrition.S10, attrition.File{Excluded: []uint8{0, 0, 4}}, attrition.Off},
		{"families not followed", attrition.S10, attrition.File{}, attrition.Unknown},

		{"late half the time, a fifth before", attrition.S11, attrition.File{Payments: payments(2, 4, 1, 5)}, attrition.On}, // 50 − 20 = 30 points
		{"late 40 %, 20 % before", attrition.S11, attrition.File{Payments: payments(2, 5, 1, 5)}, attrition.On},             // exactly 20
		{"late 25 %, 20 % before", attrition.S11, attrition.File{Payments: payments(1, 4, 1, 5)}, attrition.Off},
		{"nothing due before", attrition.S11, attrition.File{Payments: payments(4, 4, 0, 0)}, attrition.Unknown},

		{"six out of ten", attrition.S12, attrition.File{Satisfaction: []attrition.Mark10{{Day: ago(9), Score: 6}}}, attrition.On},
		{"ten to seven", attrition.S12, attrition.File{Satisfaction: []attrition.Mark10{{Day: ago(9), Score: 7}, {Day: ago(400), Score: 10}}}, attrition.On},
		{"nine to seven", attrition.S12, attrition.File{Satisfaction: []attrition.Mark10{{Day: ago(9), Score: 7}, {Day: ago(400), Score: 9}}}, attrition.Off},
		{"never measured", attrition.S12, attrition.File{}, attrition.Unknown},

		{"four trifles", attrition.S13, attrition.File{Services: events(portfolio.Trifle, 1, ago(1), ago(30), ago(60), ago(89))}, attrition.On},
		{"the fourth is old", attrition.S13, attrition.File{Services: events(portfolio.Trifle, 1, ago(1), ago(30), ago(60), ago(90))}, attrition.Off},
		{"minor returns and late deliveries add up", attrition.S13, attrition.File{Services: append(events(portfolio.LateDelivery, 1, ago(1), ago(2)), events(portfolio.ReturnedGoods, 1, ago(3), ago(4))...)}, attrition.On},

		{"nobody records incidents here", attrition.S9, attrition.File{Silent: attrition.Of(attrition.S9)}, attrition.Unknown},
		{"yet there is one", attrition.S9, attrition.File{Silent: attrition.Of(attrition.S9), Services: []attrition.Service{{Kind: portfolio.RelationalIncident, Opened: ago(9)}}}, attrition.On},
	} {
		t.Run(tt.code.String()+" "+tt.name, func(t *testing.T) {
			s := readOne(tt.file)
			if got := s.Get(tt.code); got.State != tt.want {
				t.Errorf("%+v, want state %d", got, tt.want)
			}
			if got := s.Get(tt.code); (got.Strength > 0) != (got.State == attrition.On || got.State == attrition.Settled) || got.State == attrition.On && tt.code != attrition.S10 && !(got.Since <= got.Latest && got.Count > 0) {
				t.Errorf("strength or evidence of %+v", got)
			}
		})
	}
}

// payments: so many late of so many due in the last quarter, and in the year
// before it.
func payments(late3, due3, late12, due12 int) []attrition.Payment {
	var list []attrition.Payment
	add := func(late, due, first int) {
		for i := range due {
			p := attrition.Payment{Due: ago(first + i), Paid: ago(first + i)}
			if i < late {
				p.Paid += 5
			}
			list = append(list, p)
		}
	}
	add(late3, due3, 20)
	add(late12, due12, 150)
	return list
}

// The strength of late orders: red from 2.5 intervals.
func TestLateOrdersTurnRed(t *testing.T) {
	for last, want := range map[int]uint8{50: 3, 49: 1} {
		s := readOne(attrition.File{Lines: orders(ago(last), ago(last+20), ago(last+40))})
		if got := s.Get(attrition.S4); got.Strength != want || got.Value != float64(last)/20 {
			t.Errorf("%d days on 20: %+v, want strength %d", last, got, want)
		}
	}
}

// A client who closes every August orders weekly else: in two years without an
// August order, 9 are expected. On 31 August he is neither late nor falling;
// on 3 September the 31 days of August do not count. Silence out of season does.
func TestSeasonalPauseIsFound(t *testing.T) {
	var lines []maturity.Line
	for d := day(2023, 7, 1); d <= day(2026, 7, 30); d += 7 {
		if _, m, _ := d.Civil(); m != 8 {
			lines = append(lines, maturity.Line{From: d, Net: 50_00})
		}
	}
	at := func(d calendar.Day, lines []maturity.Line) attrition.Signals {
		return attrition.ReadAll([]attrition.File{{Lines: lines}}, d, attrition.Defaults())[0]
	}
	august := at(day(2026, 8, 31), lines)
	if august.Get(attrition.S4).State != attrition.Muted || august.Get(attrition.S5).State != attrition.Muted {
		t.Errorf("in August: %+v %+v", august.Get(attrition.S4), august.Get(attrition.S5))
	}
	last := lines[len(lines)-1].From
	september := at(day(2026, 9, 3), lines)
	near(t, "intervals late on 3 September", september.Get(attrition.S4).Value, float64(day(2026, 9, 3)-last-31)/7, 1e-12)
	// The same client, silent since the end of April: late, on 30 June.
	lines = slices.DeleteFunc(lines, func(l maturity.Line) bool { return l.From > day(2026, 4, 30) })
	if s := at(today, lines); s.Get(attrition.S4).State != attrition.On || s.Get(attrition.S4).Strength != 3 {
		t.Errorf("silent for two months: %+v", s.Get(attrition.S4))
	}
	// And one gone for fourteen months has no pause to hide behind.
	lines = slices.DeleteFunc(lines, func(l maturity.Line) bool { return l.From > day(2025, 4, 30) })
	if s := at(today, lines); s.Get(attrition.S4).State != attrition.On {
		t.Errorf("gone for fourteen months: %+v", s.Get(attrition.S4))
	}
}

// A rep closes a signal; newer evidence opens it again.
func TestAClosedSignalReopensOnNewEvidence(t *testing.T) {
	f := attrition.File{Services: []attrition.Service{{Kind: portfolio.RelationalIncident, Opened: ago(30)}}}
	f.Closed[attrition.S9-1] = ago(10)
	s := readOne(f)
	if s.Get(attrition.S9).State != attrition.Settled || s.Case().On.Has(attrition.S9) || !s.Case().Known.Has(attrition.S9) {
		t.Errorf("closed: %+v", s.Get(attrition.S9))
	}
	f.Services = append(f.Services, attrition.Service{Kind: portfolio.RelationalIncident, Opened: ago(9)})
	if s := readOne(f); s.Get(attrition.S9).State != attrition.On || len(s.Explain()) != 4 {
		t.Errorf("a new incident: %+v", s.Get(attrition.S9))
	}
}

func TestCodesReadAsInTheMethod(t *testing.T) {
	for c, want := range map[attrition.Code]string{0: "?", 1: "S1", 9: "S9", 10: "S10", 13: "S13", 14: "?"} {
		if c.String() != want {
			t.Errorf("%d reads %s", c, c)
		}
	}
}

// fictional makes the files of n clients: three years of orders and the rest.
func fictional(rng *rand.Rand, n int) []attrition.File {
	files := make([]attrition.File, n)
	for i := range files {
		f := &files[i]
		every := 7 + rng.IntN(60)
		for d := 1080; d > rng.IntN(90); d -= 1 + rng.IntN(2*every) {
			f.Lines = append(f.Lines, maturity.Line{From: ago(d), Net: money.Cents(rng.IntN(300_00) - 20_00)})
		}
		for range rng.IntN(8) {
			o := ago(rng.IntN(500) - 20)
			f.Services = append(f.Services, attrition.Service{Kind: portfolio.ServiceKind(1 + rng.IntN(7)), Severity: uint8(rng.IntN(4)), Opened: o, Closed: o + calendar.Day(rng.IntN(40))})
		}
		for range 20 {
			f.Touches = append(f.Touches, attrition.Touch{Day: ago(rng.IntN(1000)), Answered: rng.IntN(3) > 0, Refused: rng.IntN(9) == 0})
			f.Payments = append(f.Payments, attrition.Payment{Due: ago(rng.IntN(500)), Paid: ago(rng.IntN(500))})
			f.Satisfaction = append(f.Satisfaction, attrition.Mark10{Day: ago(rng.IntN(900)), Score: float64(rng.IntN(11))})
		}
	}
	return files
}

// The order of a client's lines, events and marks changes nothing; nor does
// the currency: amounts times seven.
func TestSignalsDependOnWhatNotOnOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 2))
	files := fictional(rng, 200)
	want := attrition.ReadAll(files, today, attrition.Defaults())
	for i := range files {
		f := &files[i]
		rng.Shuffle(len(f.Lines), func(a, b int) { f.Lines[a], f.Lines[b] = f.Lines[b], f.Lines[a] })
		rng.Shuffle(len(f.Services), func(a, b int) { f.Services[a], f.Services[b] = f.Services[b], f.Services[a] })
		rng.Shuffle(len(f.Touches), func(a, b int) { f.Touches[a], f.Touches[b] = f.Touches[b], f.Touches[a] })
		rng.Shuffle(len(f.Payments), func(a, b int) { f.Payments[a], f.Payments[b] = f.Payments[b], f.Payments[a] })
		rng.Shuffle(len(f.Satisfaction), func(a, b int) {
			f.Satisfaction[a], f.Satisfaction[b] = f.Satisfaction[b], f.Satisfaction[a]
		})
		for j := range f.Lines {
			f.Lines[j].Net *= 7
		}
	}
	for i, got := range attrition.ReadAll(files, today, attrition.Defaults()) {
		if got != want[i] {
			t.Fatalf("client %d: %+v\nwant %+v", i, got, want[i])
		}
	}
}

// Appendix B: first order in the future, asOf before any data, empty file, a
// leap day, amounts of a damaged file.
func TestDegenerateFiles(t *testing.T) {
	for name, f := range map[string]attrition.File{
		"empty":    {},
		"future":   {Lines: orders(today+1, today+9, today+50), Touches: []attrition.Touch{{Day: today + 3, Refused: true}}},
		"overflow": {Lines: []maturity.Line{{From: ago(5), Net: math.MaxInt64}, {From: ago(6), Net: math.MaxInt64}, {From: ago(370), Net: math.MaxInt64}, {From: ago(371), Net: math.MinInt64}}},
		"returns":  {Lines: []maturity.Line{{From: ago(5), Net: -5}, {From: ago(370), Net: -5}}},
	} {
		s := readOne(f)
		for i, x := range s {
			if x.State == attrition.On && name != "overflow" || math.IsNaN(x.Value) || math.IsInf(x.Value, 0) {
				t.Errorf("%s: S%d %+v", name, i+1, x)
			}
		}
	}
	leap := attrition.ReadAll([]attrition.File{{Lines: orders(day(2023, 2, 28), day(2024, 2, 29))}}, day(2025, 3, 16), attrition.Defaults())[0]
	if s := leap.Get(attrition.S1); s.State != attrition.On || s.Value != 16 { // due 28 February 2025
		t.Errorf("yearly order of a leap day: %+v", s)
	}
}

// Facts by hand: orders of 100 € on days 200, 140, 60 and 20 before; a
// return of 30 € on day 10; a complaint on day 5, a call on day 95.
func TestFactsByHand(t *testing.T) {
	f := attrition.File{
		Lines:    append(orders(ago(140), ago(20), ago(200), ago(60)), maturity.Line{From: ago(10), Net: -30_00}, maturity.Line{From: today + 1, Net: 999_00}),
		Services: append(events(portfolio.Complaint, 2, ago(5)), events(portfolio.AfterSalesCall, 1, ago(95), today+2)...),
		Touches:  []attrition.Touch{{Day: ago(3), Answered: true}, {Day: ago(4)}, {Day: ago(89), Inbound: true}, {Day: ago(90), Answered: true}},
	}
	got := attrition.NewDetector(today, attrition.Defaults()).Facts(&f)
	want := attrition.Facts{Orders: 4, Age: 200, Recency: 20, Gap: 60, Sales: 370_00, Sales90: 170_00, SalesPrev90: 100_00, Services90: 1, Services: 2, Contacts90: 2}
	if got != want {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

// A gone client ordered from day 1 000 to day 700 before the eve of the last
// period; one still here; one gone naturally; one silent whom nobody declared
// lost. Each has his periods until the one he left in.
func TestSpellsEndWhereTheClientLeft(t *testing.T) {
	last := ago(540)
	file := func(from, to int) *attrition.File {
		var days []calendar.Day
		for d := from; d >= to; d -= 50 {
			days = append(days, last-calendar.Day(d))
		}
		return &attrition.File{Lines: orders(days...)}
	}
	phases := 0
	spells := attrition.Spells([]attrition.Past{
		{File: file(1000, 700), Gone: true}, {File: file(1000, -500)}, {File: file(1000, 700), Gone: true, Natural: true}, {File: file(1000, 700)},
	}, today, 540, 9, func(int, calendar.Day) maturity.Phase { phases++; return maturity.Mature }, attrition.Defaults())
	// Eves at 720, 630, … 0 days before last. Client 0: at 720 he stays (he
	// orders at 700), at 630 he leaves, then no more. Client 1: nine stays.
	// Clients 2 and 3: the stay at 720 only.
	count := map[int32][2]int{}
	for _, s := range spells {
		c := count[s.Client]
		if s.Left {
			c[1]++
			if s.Recency != 70 || s.Orders != 7 {
				t.Errorf("the eve of leaving: %+v", s.Facts)
			}
		} else {
			c[0]++
		}
		count[s.Client] = c
	}
	if count[0] != [2]int{1, 1} || count[1] != [2]int{9, 0} || count[2] != [2]int{1, 0} || count[3] != [2]int{1, 0} || phases != len(spells) {
		t.Errorf("stays and departures by client: %v", count)
	}
}

func FuzzSignals(f *testing.F) {
	f.Add(uint64(1), int32(20634), int64(100_00), int32(3))
	f.Add(uint64(math.MaxUint64), int32(20634), int64(1), int32(40))
	f.Add(uint64(2), int32(-5), int64(math.MinInt64), int32(-400))
	f.Fuzz(func(t *testing.T, seed uint64, asOf int32, amount int64, shift int32) {
		asOf, shift = asOf%2_000_000, shift%100_000
		files := fictional(rand.New(rand.NewPCG(seed, 1)), 3)
		for i := range files {
			for j := range files[i].Lines {
				l := &files[i].Lines[j]
				l.From, l.Net = l.From+calendar.Day(shift), l.Net+money.Cents(amount)
				if j%3 == 0 {
					l.To = l.From + calendar.Day(shift%40)
				}
			}
			files[i].Pause = attrition.Months(seed)
		}
		p := attrition.Defaults()
		if seed%2 == 1 { // settings anywhere inside the registry's bounds
			set := func(x *int, by uint) { *x = 1 + int(seed>>by&(1<<40-1)) }
			set(&p.RenewalDays, 1)
			set(&p.SilenceDays, 2)
			set(&p.TrifleDays, 3)
			set(&p.DeciderMonths, 4)
			set(&p.FamilyPeriods, 5)
			p.Late, p.CallRatio, p.Drop = 1e12/float64(1+seed), float64(seed), -100
		}
		attrition.Spells([]attrition.Past{{File: &files[0], Gone: true}, {File: &files[1]}}, calendar.Day(asOf), int(shift), 3, nil, p)
		for _, s := range attrition.ReadAll(files, calendar.Day(asOf), p) {
			for i, x := range s {
				if math.IsNaN(x.Value) || math.IsInf(x.Value, 0) || x.State > attrition.Muted || x.Strength > 3 {
					t.Fatalf("S%d %+v", i+1, x)
				}
			}
			s.Explain()
		}
	})
}

func BenchmarkSignals(b *testing.B) {
	files := fictional(rand.New(rand.NewPCG(1, 1)), 5000)
	b.ReportAllocs()
	for b.Loop() {
		attrition.ReadAll(files, today, attrition.Defaults())
	}
}
