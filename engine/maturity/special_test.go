package maturity_test

import (
	"math"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

func TestEachSituationAdaptsTheSettings(t *testing.T) {
	p := maturity.Defaults()
	for _, tt := range []struct {
		name   string
		s      maturity.Situation
		months int // window
		lost   int
		by     maturity.Indicator
		frozen bool
	}{
		{"ordinary", maturity.Ordinary, 12, 18, maturity.BySales, false},
		{"equipment replaced every five years", maturity.LongCycle, 60, 90, maturity.ByInstalledBase, false}, // 1.5 × 60
		{"seasonal", maturity.Seasonal, 12, 18, maturity.BySales, true},
		{"tenders", maturity.Tendering, 12, 18, maturity.ByProjects, false},
		{"influencers", maturity.Influencing, 12, 18, maturity.ByPrescriptions, false},
		{"contracts", maturity.Subscribing, 12, 18, maturity.ByContracts, false},
		{"distributors", maturity.Distributing, 12, 18, maturity.BySellOut, false},
	} {
		a := maturity.Adapt(tt.s, 60, p)
		if a.Params.Periods.Months != tt.months || a.Params.LostMax != tt.lost || a.Indicator != tt.by || a.Frozen != tt.frozen {
			t.Errorf("%s: window %d, lost after %d, indicator %d, frozen %v", tt.name, a.Params.Periods.Months, a.Params.LostMax, a.Indicator, a.Frozen)
		}
	}
	if a := maturity.Adapt(maturity.LongCycle, 9, p); a.Params.Periods != p.Periods {
		t.Error("a cycle shorter than the window changes nothing")
	}
}

// A hotel of the coast buys from May to August. In April its last order is
// eight months old, over four usual intervals: lost by the ordinary rule.
func TestASeasonIsNotADeparture(t *testing.T) {
	april := calendar.Of(2026, time.April, 30)
	var h maturity.History
	for _, year := range []int{2022, 2023, 2024, 2025} {
		for _, m := range []time.Month{5, 6, 7, 8} {
			h.Lines = append(h.Lines, maturity.Line{From: calendar.Of(year, m, 10), Net: 100_00})
		}
	}
	p := maturity.Defaults()
	if v := maturity.Read(h, april, p); v.Phase != maturity.Lost {
		t.Fatalf("by the ordinary rule %v, want X", v.Phase)
	}
	a := maturity.Adapt(maturity.Seasonal, 0, p)
	if v := maturity.Read(h, april, a.Params); v.Phase != maturity.Mature {
		t.Errorf("seasonal: %v, want M", v.Phase)
	}
	// A window of four months, May to August: against the same months, not
	// against January to April.
	a.Params.Periods.Months = 4
	if v := maturity.Read(h, calendar.Of(2025, time.August, 31), a.Params); v.SalesN != 400_00 || v.SalesN1 != 400_00 || v.Phase != maturity.Mature {
		t.Errorf("same season: %d against %d, %v", v.SalesN, v.SalesN1, v.Phase)
	}
	// Quarters 10, 90, 20, 30 that return with a tenth more: +10 % of each in a
	// year. Pairs four apart: 1, 9, 2, 3 over 4 → median (2+3)/2 ÷ 4 = 0.625 a
	// quarter × 4 ÷ mean 39.375 = +6.3 % a year.
	g, ok := maturity.SeasonalSlope([]float64{10, 90, 20, 30, 11, 99, 22, 33})
	if !ok || math.Abs(g-2.5/39.375) > 1e-12 {
		t.Errorf("seasonal slope %v", g)
	}
	if _, ok := maturity.SeasonalSlope([]float64{1, 2, 3, 4}); ok {
		t.Error("one year has no season to compare")
	}
	s := maturity.Season{From: time.May, To: time.August}
	winter := maturity.Season{From: time.November, To: time.February}
	for _, tt := range []struct {
		s    maturity.Season
		m    time.Month
		open bool
	}{{s, 4, false}, {s, 5, true}, {s, 8, true}, {s, 9, false}, {winter, 12, true}, {winter, 2, true}, {winter, 3, false}, {maturity.Season{}, 3, true}} {
		if got := tt.s.Open(calendar.Of(2026, tt.m, 15)); got != tt.open {
			t.Errorf("season %v in month %d: %v", tt.s, tt.m, got)
		}
	}
}

func TestEquipmentAgesWithoutAProject(t *testing.T) {
	p := maturity.Adapt(maturity.LongCycle, 48, maturity.Defaults()).Params
	base := maturity.Equipment{First: calendar.Of(2015, 1, 1), Last: calendar.Of(2023, 3, 1), Ours: 5, Installed: 10, OursBefore: 5, TotalBefore: 10}
	with := func(change func(*maturity.Equipment)) maturity.Equipment { e := base; change(&e); return e }
	for _, tt := range []struct {
		name string
		e    maturity.Equipment
		want maturity.Phase
	}{
		{"half of the machines, as before", base, maturity.Mature},
		{"from five to six of ten", with(func(e *maturity.Equipment) { e.Ours = 6 }), maturity.Growth},
		{"from five to four of ten", with(func(e *maturity.Equipment) { e.Ours = 4 }), maturity.Ageing},
		{"six months before the end, no project", with(func(e *maturity.Equipment) { e.CycleEnds = asOf.AddMonths(6) }), maturity.Ageing},
		{"a project is open", with(func(e *maturity.Equipment) { e.CycleEnds, e.Project = asOf.AddMonths(6), true }), maturity.Mature},
		{"seven months before the end", with(func(e *maturity.Equipment) { e.CycleEnds = asOf.AddMonths(7) }), maturity.Mature},
		{"never ordered", maturity.Equipment{Installed: 4}, maturity.Prospect},
		{"six years of silence", with(func(e *maturity.Equipment) { e.Last = asOf.AddMonths(-73) }), maturity.Lost}, // 1.5 × 48 = 72 months
	} {
		if v := tt.e.Phase(asOf, p); v.Phase != tt.want {
			t.Errorf("%s: %v because of %d, want %v", tt.name, v.Phase, v.Why, tt.want)
		}
	}
	if r := base.Share(); r.Value != .5 {
		t.Errorf("share %v, want 50 %%", r.Value)
	}
	if v := with(func(e *maturity.Equipment) { e.Installed = 0 }).Phase(asOf, p); v.Status != explain.Weak || v.Reason != explain.NoData {
		t.Errorf("equipment unknown: %v", v.Mark)
	}
}

func TestTendersAreReadByTheirProjects(t *testing.T) {
	won := func(monthsAgo int) maturity.Tender {
		return maturity.Tender{Amount: 100_00, Opened: asOf.AddMonths(-monthsAgo - 3), Closed: asOf.AddMonths(-monthsAgo), Won: true}
	}
	open := func(phase uint8) maturity.Tender { return maturity.Tender{Phase: phase, Opened: asOf.AddMonths(-1)} }
	lost := maturity.Tender{Opened: asOf - 90, Closed: asOf - 5}
	for _, tt := range []struct {
		name string
		ts   []maturity.Tender
		want maturity.Phase
		why  maturity.Why
	}{
		{"nothing won yet", []maturity.Tender{open(5), lost}, maturity.Prospect, maturity.NoOrder},
		{"first win five months ago", []maturity.Tender{won(5), open(3)}, maturity.Start, maturity.Young},
		{"our offer is evaluated", []maturity.Tender{won(40), won(14), open(3)}, maturity.Growth, maturity.Evaluated},
		{"a need explored", []maturity.Tender{won(40), won(14), open(2)}, maturity.Mature, maturity.Kept},
		{"won this year, nothing open", []maturity.Tender{won(40), won(2)}, maturity.Mature, maturity.Kept},
		{"nothing won this year, nothing open", []maturity.Tender{won(40), won(14)}, maturity.Ageing, maturity.NothingOn},
		{"nothing for two years", []maturity.Tender{won(40), won(24)}, maturity.Lost, maturity.TooLong},
		{"nothing for two years, yet invited again", []maturity.Tender{won(40), won(24), open(1)}, maturity.Mature, maturity.Kept},
		{"a project of tomorrow is invisible", []maturity.Tender{won(40), won(14), {Opened: asOf + 1, Phase: 6}}, maturity.Ageing, maturity.NothingOn},
	} {
		if v := maturity.PhaseOfTenders(tt.ts, asOf, maturity.Defaults()); v.Phase != tt.want || v.Why != tt.why {
			t.Errorf("%s: %v because of %d, want %v", tt.name, v.Phase, v.Why, tt.want)
		}
	}
	if v := maturity.PhaseOfTenders([]maturity.Tender{won(2), won(14)}, asOf, maturity.Defaults()); v.SalesN != 100_00 || v.SalesN1 != 100_00 {
		t.Errorf("won %d and %d", v.SalesN, v.SalesN1)
	}
}

func TestAContractGivesThePhase(t *testing.T) {
	start := calendar.Of(2024, time.September, 1)
	for _, tt := range []struct {
		name string
		c    maturity.Contract
		want maturity.Phase
		why  maturity.Why
	}{
		{"not begun", maturity.Contract{Start: asOf + 1}, maturity.Prospect, maturity.NoOrder},
		{"first term", maturity.Contract{Start: calendar.Of(2025, 9, 1), AutoRenew: true, NoticeMonths: 1}, maturity.Start, maturity.FirstTerm},
		{"second term", maturity.Contract{Start: start, AutoRenew: true, NoticeMonths: 3}, maturity.Mature, maturity.Renewed},
		{"in the months of notice, nothing feared", maturity.Contract{Start: start, AutoRenew: true, NoticeMonths: 3}, maturity.Mature, maturity.Renewed}, // due 1 September, notice from 1 June
		{"in the months of notice, a signal", maturity.Contract{Start: start, AutoRenew: true, NoticeMonths: 3, Risk: true}, maturity.Ageing, maturity.NoticeRisk},
		{"a signal, notice is far", maturity.Contract{Start: start, AutoRenew: true, NoticeMonths: 2, Risk: true}, maturity.Mature, maturity.Renewed}, // from 1 July
		{"ends soon and does not renew itself", maturity.Contract{Start: start, End: calendar.Of(2026, 8, 31), NoticeMonths: 3}, maturity.Ageing, maturity.NoticeRisk},
		{"notice given", maturity.Contract{Start: start, AutoRenew: true, Notice: true}, maturity.Ageing, maturity.NoticeRisk},
		{"ended", maturity.Contract{Start: start, End: asOf - 1}, maturity.Lost, maturity.Ended},
		{"ends today", maturity.Contract{Start: start, End: asOf, NoticeMonths: 1}, maturity.Ageing, maturity.NoticeRisk},
		{"a term of three years", maturity.Contract{Start: start, TermMonths: 36, AutoRenew: true}, maturity.Start, maturity.FirstTerm},
		{"renewed by itself past its end", maturity.Contract{Start: calendar.Of(2020, 1, 1), End: calendar.Of(2022, 12, 31), AutoRenew: true}, maturity.Mature, maturity.Renewed},
	} {
		if v := maturity.PhaseOfContract(tt.c, asOf); v.Phase != tt.want || v.Why != tt.why {
			t.Errorf("%s: %v because of %d, want %v", tt.name, v.Phase, v.Why, tt.want)
		}
	}
	if v := maturity.PhaseOfContract(maturity.Contract{}, asOf); v.Status != explain.NA {
		t.Errorf("no contract: %v", v.Mark)
	}
}

func TestPrescriptionsAndSellOutTakeThePlaceOfSales(t *testing.T) {
	var days []calendar.Day
	for k := range 24 { // one a month: as many in N as in N-1
		days = append(days, asOf.AddMonths(-k)-3)
	}
	if v := maturity.Read(maturity.History{FirstOrder: 1, Lines: maturity.Prescriptions(days)}, asOf, maturity.Defaults()); v.Phase != maturity.Mature || v.SalesN != 12_00 {
		t.Errorf("prescriber: %v, %d", v.Phase, v.SalesN)
	}
	in, out := []maturity.Line{{Net: 1}}, []maturity.Line{{Net: 2}}
	if l, known := maturity.SellOut(in, out); !known || l[0].Net != 2 {
		t.Error("what is sold is known")
	}
	if l, known := maturity.SellOut(in, nil); known || l[0].Net != 1 {
		t.Error("what is sold is unknown: what is bought")
	}
}

func FuzzSituations(f *testing.F) {
	f.Add(int32(20_000), int32(20_600), int32(20_700), 5, 10, 12, 3, uint8(2), true, false)
	f.Fuzz(func(t *testing.T, a, b, c int32, ours, total, term, notice int, phase uint8, x, y bool) {
		d := func(v int32) calendar.Day { return calendar.Day(v % 100_000) }
		vs := []maturity.Verdict{
			maturity.Equipment{First: d(a), Last: d(b), CycleEnds: d(c), Ours: ours, Installed: total, OursBefore: total, TotalBefore: ours, Project: x}.Phase(asOf, maturity.Adapt(maturity.LongCycle, term, maturity.Defaults()).Params),
			maturity.PhaseOfTenders([]maturity.Tender{{Amount: money.Cents(ours), Opened: d(a), Closed: d(b), Won: x, Phase: phase}, {Opened: d(c), Won: y}}, asOf, maturity.Defaults()),
			maturity.PhaseOfContract(maturity.Contract{Start: d(a), End: d(b), TermMonths: term, NoticeMonths: notice, AutoRenew: x, Notice: y}, asOf),
		}
		for _, v := range vs {
			if v.Phase < maturity.Prospect || v.Phase > maturity.Lost || math.IsNaN(v.G) || math.IsInf(v.G, 0) {
				t.Fatalf("verdict %+v", v)
			}
		}
	})
}
