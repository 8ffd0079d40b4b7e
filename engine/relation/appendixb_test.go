package relation_test

import (
	"math"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/relation"
)

// Appendix B on J2, J4 and J6, as far as they read it: nothing at all, one line,
// amounts of zero or below, promises to come, a leap day, the same line twice.
func TestDegenerateRelations(t *testing.T) {
	p := relation.Defaults()
	leap := calendar.Of(2024, time.February, 29)
	ours := relation.Line{Side: portfolio.Us, State: portfolio.KeptIt, Value: 100_00, Answers: -1, Done: 5}
	theirs := relation.Line{Side: portfolio.Them, State: portfolio.KeptIt, Value: 50_00, Answers: -1, Done: 6}
	with := func(x relation.Line, change func(*relation.Line)) relation.Line { change(&x); return x }
	for _, c := range []struct {
		name   string
		lines  []relation.Line
		rho    float64
		status explain.Status
		alerts relation.Alerts
	}{
		{"no commitment: ρ na", nil, 0, explain.NA, 0},
		{"only theirs: ρ na", []relation.Line{theirs}, 0, explain.NA, 0},
		{"one of each", []relation.Line{ours, theirs}, .5, explain.OK, 0},
		{"one of ours alone", []relation.Line{ours}, 0, explain.OK, relation.LowReturn},
		{"amounts below zero count their points, none here", []relation.Line{with(ours, func(x *relation.Line) { x.Value = -5 })}, 0, explain.NA, 0},
		{"an amount of zero counts its points: 2 × 100 € ÷ 100 €", []relation.Line{ours, with(theirs, func(x *relation.Line) { x.Value, x.Points = 0, 2 })}, 2, explain.OK, 0},
		{"points out of their scale are five", []relation.Line{ours, with(theirs, func(x *relation.Line) { x.Value, x.Points = 0, 99 })}, 5, explain.OK, 0},
		{"promises are not kept ones", []relation.Line{with(ours, func(x *relation.Line) { x.State = portfolio.Promised })}, 0, explain.NA, 0},
		{"nobody's, and a state of a later version", []relation.Line{{Side: 9, State: portfolio.KeptIt, Value: 5}, {Side: portfolio.Us, State: 99, Value: 5}}, 0, explain.NA, 0},
		{"answers itself, or a line that is not there", []relation.Line{with(ours, func(x *relation.Line) { x.Answers = 0 }), with(theirs, func(x *relation.Line) { x.Answers = 77 })}, .5, explain.OK, 0},
		{"the same line twice is two promises", []relation.Line{ours, ours, theirs, theirs}, .5, explain.OK, 0},
		{"a damaged file", []relation.Line{with(ours, func(x *relation.Line) { x.Value = math.MaxInt64 }), with(ours, func(x *relation.Line) { x.Value = math.MaxInt64 }), theirs}, 0, explain.OK, relation.LowReturn},
	} {
		l := relation.Account(c.lines, p)
		if math.Abs(l.Rho-c.rho) > 1e-12 || l.Status != c.status && !(c.status != explain.NA && l.Has()) || l.Alerts != c.alerts || l.AskFirst != (c.alerts != 0) {
			t.Errorf("%s: %+v", c.name, l)
		}
		if c.status == explain.NA && l.Reason != explain.NoData {
			t.Errorf("%s: reason %v", c.name, l.Reason)
		}
	}
	for _, c := range []struct {
		name  string
		deals []relation.Deal
		worth money.Cents
		mark  explain.Status
	}{
		{"no project", nil, 0, explain.NA},
		{"one, of nothing", []relation.Deal{{Phase: 3, Chance: -1}}, 0, explain.Weak},
		{"amount below zero", []relation.Deal{{Amount: -500, Phase: 3, Chance: -1}}, 0, explain.Weak},
		{"phases beyond the ends", []relation.Deal{{Amount: 100_00, Phase: -4, Chance: -1}, {Amount: 100_00, Phase: 99, Chance: -1}}, 105_00, explain.Weak}, // 5 % and 100 %
		{"a chance over one is one", []relation.Deal{{Amount: 100_00, Chance: 7}}, 100_00, explain.Weak},
		{"all equal", []relation.Deal{{Amount: 100_00, Phase: 1, Chance: -1}, {Amount: 100_00, Phase: 1, Chance: -1}}, 20_00, explain.Weak},
	} {
		if w := relation.Weigh(c.deals, nil, 7, p); w.TotalWorth != c.worth || w.Status != c.mark {
			t.Errorf("%s: %d, %v", c.name, w.TotalWorth, w.Mark)
		}
	}
	used := relation.Tool{Used: leap - 90, Ours: 100, Replace: 20}
	for day, want := range map[calendar.Day]int{leap: 1, leap + 1: 0, leap - 91: 0} { // 90 days to 29 February, then 91; and before it was used
		if b := relation.Tie([]relation.Tool{used}, day, p); b.InUse != want {
			t.Errorf("%v: %d tools in use, want %d", day, b.InUse, want)
		}
	}
}

// Appendix B, 10 000 clients: a ledger of six lines each, a tie and a project,
// well under a second.
func TestTenThousandLedgers(t *testing.T) {
	p := relation.Defaults()
	lines := make([]relation.Line, 6)
	deals := make([]relation.Deal, 10_000)
	from := time.Now()
	var given money.Cents
	for i := range deals {
		for k := range lines {
			lines[k] = relation.Line{Side: portfolio.Side(1 + k%2), State: portfolio.KeptIt, Value: money.Cents(100 + i%7), Answers: -1}
		}
		given += relation.Account(lines, p).Given
		relation.Tie([]relation.Tool{{Used: 19_990, Ours: 5, Theirs: 3, Replace: 4}}, 20_000, p)
		deals[i] = relation.Deal{Amount: 100_00, Phase: i % 7, Chance: -1}
	}
	w := relation.Weigh(deals, nil, 7, p)
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	if w.Total != 1_000_000_00 || given != 3*(10_000*100+29_994) { // Σ i mod 7 over 10 000 is 29 994
		t.Errorf("pipeline %d, given %d", w.Total, given)
	}
}
