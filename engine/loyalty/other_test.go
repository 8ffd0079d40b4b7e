package loyalty_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/money"
)

// F3, C03: A* .852, 1−v_e .958, regularity .70, π .325, efforts .587,
// satisfaction .80, interlocutors .50, commitments .75 → 71.9. A* and v_e come
// from the matrices of F1, π from the golden dataset.
func TestEngagementOfCelte(t *testing.T) {
	s := loyalty.Read(matrices(four...), loyalty.Defaults()).Speed[0]
	c := demo.Golden().Clients[2]
	known := func(x float64) loyalty.Part { return loyalty.Part{Value: x, Known: true} }
	parts := loyalty.Indicators{Regularity: known(.70), Penetration: known(float64(c.Sales) / float64(c.Potential)), Efforts: known(.587),
		Satisfaction: known(.80), Interlocutors: loyalty.Rate(2, 4), Commitments: loyalty.Rate(3, 4)}.Parts(s)
	near(t, "A*", parts[loyalty.Equilibria].Value, .852, .0005)
	near(t, "1 − v_e", parts[loyalty.Keeping].Value, .958, .0006) // .9585: the book rounds down
	e := loyalty.Engage(parts, loyalty.Defaults())
	near(t, "engagement", e.Value, 71.9, .05)
	var sum float64
	for _, x := range e.Points {
		sum += x
	}
	near(t, "points add up", sum, e.Value, 1e-12)
	if e.Known != 8 || e.Coverage != 1 || e.Status != explain.OK || len(e.Steps) != 9 {
		t.Errorf("engagement %+v", e)
	}
	// Satisfaction missing: (71.9·16 − 100·2·.80) ÷ 14, coverage 14/16.
	parts[loyalty.Satisfied] = loyalty.Part{}
	f := loyalty.Engage(parts, loyalty.Defaults())
	near(t, "without satisfaction", f.Value, (e.Value*16-160)/14, 1e-9)
	near(t, "coverage", f.Coverage, .875, 1e-12)
}

func TestEngagementEdges(t *testing.T) {
	p := loyalty.Defaults()
	var none [8]loyalty.Part
	if e := loyalty.Engage(none, p); e.Status != explain.NA || e.Reason != explain.NoData || e.Value != 0 {
		t.Errorf("nothing known: %+v", e)
	}
	two := none
	two[0], two[1] = loyalty.Part{Value: 7, Known: true}, loyalty.Part{Value: -3, Known: true}
	if e := loyalty.Engage(two, p); e.Status != explain.Weak || e.Value != 50 { // held to 1 and 0, 3 and 3
		t.Errorf("two components out of bounds: %+v", e)
	}
	two[2] = loyalty.Part{Value: math.NaN(), Known: true}
	if e := loyalty.Engage(two, p); e.Known != 2 || math.IsNaN(e.Value) {
		t.Errorf("NaN is unknown: %+v", e)
	}
	p.Weights = [8]float64{}
	if e := loyalty.Engage(two, p); e.Has() {
		t.Errorf("no weight: %+v", e)
	}
}

func TestTheThreeLoyaltiesAreToldApart(t *testing.T) {
	known := func(x float64) loyalty.Part { return loyalty.Part{Value: x, Known: true} }
	parts := [8]loyalty.Part{known(1), known(1), known(.5), known(.5), known(0), known(.5), known(1), known(1)}
	bond := loyalty.Bond{InForce: true, Exclusive: true}
	f := loyalty.FacetsOf(bond, parts, loyalty.Defaults())
	near(t, "behaviour", f.Behavioural.Value, 80, 1e-9)      // (3 + 3 + 1 + 1) ÷ 10
	near(t, "attitude", f.Attitudinal.Value, 100*3./6, 1e-9) // (0 + 1 + 1 + 1) ÷ 6
	near(t, "coverage", f.Attitudinal.Coverage, 1, 1e-12)    // of its own components
	if !f.Captive || f.Contractual != bond || f.Behavioural.Known != 4 {
		t.Errorf("exclusive and satisfied at 5: captive; %+v", f)
	}
	for name, change := range map[string]func(){
		"satisfied at 6":       func() { parts[loyalty.Satisfied] = known(.6) },
		"satisfaction unknown": func() { parts[loyalty.Satisfied] = loyalty.Part{} },
		"not exclusive":        func() { bond.Exclusive, parts[loyalty.Satisfied] = false, known(.1) },
		"not in force":         func() { bond = loyalty.Bond{Exclusive: true} },
	} {
		parts[loyalty.Satisfied], bond = known(.5), loyalty.Bond{InForce: true, Exclusive: true}
		change()
		if loyalty.FacetsOf(bond, parts, loyalty.Defaults()).Captive {
			t.Errorf("%s: captive", name)
		}
	}
}

// Ten clients: two in each class; the eleventh never ordered.
func TestRFMCutsEqualHeads(t *testing.T) {
	in := loyalty.RFMInput{Recency: []int32{0, 10, 20, 30, 40, 50, 60, 70, 80, 90, -1}, Frequency: make([]int32, 11), Amount: make([]money.Cents, 11)}
	for i := range 10 {
		in.Frequency[i], in.Amount[i] = 5, money.Cents(i) // all equal; rising
	}
	r := loyalty.Classes(in)
	if want := []uint8{5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0}; !slices.Equal(r.R, want) {
		t.Errorf("recency %v, want %v", r.R, want)
	}
	if want := []uint16{551, 551, 452, 452, 353, 353, 254, 254, 155, 155, 0}; !slices.Equal(r.Code, want) { // equal values share class 5
		t.Errorf("codes %v, want %v", r.Code, want)
	}
	if r.Status != explain.OK || len(r.Explain(0)) != 3 {
		t.Errorf("mark %v", r.Mark)
	}
	if r := loyalty.Classes(loyalty.RFMInput{}); r.Reason != explain.NoData {
		t.Errorf("empty: %v", r.Mark)
	}
	if r := loyalty.Classes(loyalty.RFMInput{Recency: []int32{-1}, Frequency: []int32{0}, Amount: []money.Cents{0}}); r.Reason != explain.NoSales {
		t.Errorf("no order: %v", r.Mark)
	}
	if r := loyalty.Classes(loyalty.RFMInput{Recency: []int32{3}, Frequency: []int32{1}, Amount: []money.Cents{9}}); r.Code[0] != 555 || r.Status != explain.Weak || r.Reason != explain.FewClients {
		t.Errorf("one client: %d %v", r.Code[0], r.Mark)
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Int32Range(-1, 50), 1, 40).Draw(t, "days")
		in := loyalty.RFMInput{Recency: x, Frequency: x, Amount: make([]money.Cents, len(x))}
		r := loyalty.Classes(in)
		for i := range x {
			if x[i] >= 0 && (r.R[i] < 1 || r.R[i] > 5 || r.M[i] != 5) || x[i] < 0 && r.Code[i] != 0 {
				t.Fatalf("client %d: %d%d%d", i, r.R[i], r.F[i], r.M[i])
			}
			for j := range x {
				if x[i] >= 0 && x[j] >= 0 && x[i] < x[j] && (r.R[i] < r.R[j] || r.F[i] > r.F[j]) {
					t.Fatalf("%d days in class %d, %d in %d", x[i], r.R[i], x[j], r.R[j])
				}
			}
		}
	})
}

func TestRhythm(t *testing.T) {
	for _, tt := range []struct {
		name          string
		back          []calendar.Day // days before the as-of date
		orders        int
		regular, late float64
		regularIs     explain.Reason
		lateIs        explain.Reason
	}{
		{"no order", nil, 0, 0, 0, explain.NoSales, explain.NoSales},
		{"one order", []calendar.Day{5}, 1, 0, 0, explain.FewPeriods, explain.FewPeriods},
		{"two orders, twenty days apart", []calendar.Day{30, 10}, 2, 0, .5, explain.FewPeriods, explain.None},
		{"every ten days, the next one late by two", []calendar.Day{50, 40, 30, 20}, 4, 1, 2, explain.None, explain.None},
		// Gaps 10 and 30: mean 20, deviation 10, CV 0.5; median 20.
		{"ten days then thirty", []calendar.Day{20, 60, 50}, 3, .5, 1, explain.None, explain.None},
		// Gaps 1, 1, 1, 97: mean 25, deviation √(3·24² + 72²)/2 = 41.6, CV 1.66.
		{"very irregular", []calendar.Day{100, 99, 98, 97, 0}, 5, 0, 0, explain.None, explain.None},
		{"two orders a day are one, tomorrow is invisible", []calendar.Day{30, 30, 10, -1}, 2, 0, .5, explain.FewPeriods, explain.None},
	} {
		var days []calendar.Day
		for _, b := range tt.back {
			days = append(days, asOf-b)
		}
		r := loyalty.RhythmOf(days, asOf)
		if r.Orders != tt.orders || r.Regularity.Reason != tt.regularIs || r.Lateness.Reason != tt.lateIs {
			t.Errorf("%s: %+v", tt.name, r)
		}
		near(t, tt.name+": regularity", r.Regularity.Value, tt.regular, 1e-12)
		near(t, tt.name+": lateness", r.Lateness.Value, tt.late, 1e-12)
	}
}

func TestSmallIndicators(t *testing.T) {
	notes := []loyalty.Satisfaction{{asOf - 400, 1}, {asOf - 30, 8}, {asOf - 20, 9}, {asOf - 10, 7}, {asOf + 1, 0}, {asOf - 5, math.NaN()}, {asOf - 4, 11}}
	if p := loyalty.LastThree(notes, asOf); !p.Known || math.Abs(p.Value-.8) > 1e-12 {
		t.Errorf("satisfaction %+v, want 8 of 10", p)
	}
	if loyalty.LastThree(nil, asOf).Known || loyalty.Rate(3, 0).Known {
		t.Error("nothing asked, nothing known")
	}
	if p := loyalty.Rate(7, 4); p.Value != 1 {
		t.Errorf("more than all: %v", p.Value)
	}
	if p := loyalty.PartOf(explain.Result{Value: .4, Mark: explain.Missing(explain.NoData)}); p.Known {
		t.Error("a missing result is unknown")
	}
}

func FuzzIndicators(f *testing.F) {
	f.Add(.2, 1e308, int32(20_000), int32(20_000), 10.0)
	f.Add(math.NaN(), math.Inf(-1), int32(math.MinInt32), int32(math.MaxInt32), -1.0)
	f.Fuzz(func(t *testing.T, a, b float64, d, e int32, note float64) {
		parts := [8]loyalty.Part{{a, true}, {b, true}, {note, true}, {a, false}, {b, true}, {a, true}, {note, false}, {b, true}}
		x, r := loyalty.Engage(parts, loyalty.Defaults()), loyalty.RhythmOf([]calendar.Day{calendar.Day(d), calendar.Day(e), asOf}, asOf)
		for _, v := range []float64{x.Value / 100, x.Coverage, r.Regularity.Value, loyalty.LastThree([]loyalty.Satisfaction{{calendar.Day(d), note}}, asOf).Value} {
			if !(v >= 0 && v <= 1+1e-12) {
				t.Fatalf("%v of %+v %+v", v, x, r)
			}
		}
		if !(r.Lateness.Value >= 0) || math.IsInf(r.Lateness.Value, 0) {
			t.Fatalf("lateness %v", r.Lateness.Value)
		}
	})
}
