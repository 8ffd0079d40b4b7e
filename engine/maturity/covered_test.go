package maturity_test

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

// A file of one year and nine days (1 December 2009 to 9 December 2010) read
// at its end: N-1 is 10 December 2008 to 9 December 2009, of which nine days
// are known. Client 12931 bought 100 in them and 2 882 in N: +2 782 % is no
// growth, "at least one full year" is missing (C1, S1).
func TestAYearThatTheDataDoNotCoverDecidesNoPhase(t *testing.T) {
	begin, end := calendar.Of(2009, time.December, 1), calendar.Of(2010, time.December, 9)
	line := func(d calendar.Day, net money.Cents) maturity.Line { return maturity.Line{From: d, Net: net} }
	p := maturity.Defaults()
	robust := p
	robust.Robust = true
	for _, tt := range []struct {
		name  string
		known calendar.Day
		p     maturity.Params
		lines []maturity.Line
		want  string
		why   maturity.Why
		has   bool // a growth
	}{
		{"nine days against a year", begin, p, []maturity.Line{line(begin+6, 100_00), line(end-40, 2882_00)}, "?", maturity.Uncovered, false},
		{"the same lines, all that was ever sold", calendar.None, p, []maturity.Line{line(begin+6, 100_00), line(end-40, 2882_00)}, "C", maturity.Rising, true},
		{"a fall is not decided either", begin, p, []maturity.Line{line(begin, 900_00), line(end-40, 5_00)}, "?", maturity.Uncovered, false},
		{"robust mode has no eight quarters", begin, robust, []maturity.Line{line(begin, 900_00), line(end-40, 5_00)}, "?", maturity.Uncovered, false},
		{"first order within the year: D as ever", begin, p, []maturity.Line{line(begin+30, 100_00), line(end-40, 5_00)}, "D", maturity.Young, false},
		// No order for more than max(6 months, 4 × 20 days): X needs no N-1.
		{"ordered every twenty days, then eight months of silence", begin, p, []maturity.Line{line(begin, 9_00), line(begin+20, 9_00), line(begin+40, 9_00)}, "X", maturity.TooLong, false},
		// g = −100 % or no sales in both years: V whatever N-1 was.
		{"returns alone in N, a single order before", begin, p, []maturity.Line{line(begin+6, 100_00), line(end-40, -5_00)}, "V", maturity.NoSales, false},
		{"known 45 days into N-1: covered", calendar.Of(2009, time.January, 24), p, []maturity.Line{line(calendar.Of(2009, time.June, 1), 100_00), line(end-40, 100_00)}, "M", maturity.Steady, true},
		{"known 46 days into N-1: not covered", calendar.Of(2009, time.January, 25), p, []maturity.Line{line(calendar.Of(2009, time.June, 1), 100_00), line(end-40, 100_00)}, "?", maturity.Uncovered, false},
	} {
		h := maturity.History{Lines: tt.lines, Known: tt.known}
		v := maturity.Read(h, end, tt.p)
		if v.Phase.String() != tt.want || v.Why != tt.why || v.HasG != tt.has || v.Computed != v.Phase {
			t.Errorf("%s: %v because of %d, growth %v; want %s because of %d, growth %v", tt.name, v.Phase, v.Why, v.HasG, tt.want, tt.why, tt.has)
		}
		if (v.Phase == 0) != (v.Status == explain.NA && v.Mark.Reason == explain.FewPeriods) {
			t.Errorf("%s: %v is marked %v %v", tt.name, v.Phase, v.Status, v.Mark.Reason)
		}
		growth, since := false, false
		for _, s := range v.Steps {
			growth = growth || s.Key == "maturity.growth" || s.Key == "maturity.salesN1"
			since = since || s.Key == "maturity.knownFrom" && s.Value == float64(tt.known)
		}
		if v.Why == maturity.Uncovered && (growth || !since) {
			t.Errorf("%s: steps %+v; want the first day known, and neither growth nor the part year", tt.name, v.Steps)
		}
		if got := maturity.Phases([]maturity.History{h}, end, tt.p)[0]; got != v.Phase {
			t.Errorf("%s: %v among the phases alone", tt.name, got)
		}
		h.Override = maturity.Override{Phase: maturity.Growth}
		if v := maturity.Read(h, end, tt.p); v.Phase != maturity.Growth || v.Status == explain.NA {
			t.Errorf("%s: a person says C, and it is %v, %v", tt.name, v.Phase, v.Status)
		}
	}
}

// A family that is bought is no opening because its growth cannot be read.
func TestAFamilyWithoutAYearToCompareIsNotBlank(t *testing.T) {
	begin, end := calendar.Of(2009, time.December, 1), calendar.Of(2010, time.December, 9)
	in := maturity.FamilyInput{Families: make([]maturity.FamilySpec, 1), Phase: phases("MMMM"), Group: []uint8{1, 1, 1, 1}, Known: begin}
	for range 3 {
		in.Sales = append(in.Sales, []maturity.FamilySale{{Line: maturity.Line{From: begin + 1, Net: 5_00}}, {Line: maturity.Line{From: end - 9, Net: 900_00}}})
	}
	in.Sales = append(in.Sales, nil)
	f := maturity.ReadFamilies(in, end, maturity.Defaults())
	if ph, net := f.Of(0, 0); ph != 0 || net != 900_00 {
		t.Errorf("phase %v, sales %d; want none, 900 euros", ph, net)
	}
	if len(f.Openings) != 1 || f.Openings[0].Client != 3 || f.Openings[0].Buyers != 3 {
		t.Errorf("openings %+v; want one, at the client who does not buy", f.Openings)
	}
}
