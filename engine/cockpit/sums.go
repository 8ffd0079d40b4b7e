package cockpit

import (
	"math"

	"sillon/engine/sorting"
)

// Sum adds reps, or teams, into one. Sums are exact but for MCNSquares, added in
// rising order, so that the order of the reps does not matter.
func Sum(code string, reps ...Rep) Rep {
	t := Rep{Code: code}
	squares := make([]float64, 0, len(reps))
	for i := range reps {
		t.add(&reps[i])
		if x := reps[i].MCNSquares; x > 0 && !math.IsInf(x, 0) {
			squares = append(squares, x)
		}
	}
	sorting.Sort(squares)
	for _, x := range squares {
		t.MCNSquares += x
	}
	return t
}

func (t *Rep) add(r *Rep) {
	for _, p := range [...]struct {
		to *int
		n  int
	}{
		{&t.Accounts, r.Accounts}, {&t.VisitsDone, r.VisitsDone}, {&t.Capacity, r.Capacity}, {&t.ClientsC, r.ClientsC}, {&t.ClientsM, r.ClientsM},
		{&t.Portfolios, r.Portfolios}, {&t.Fragile, r.Fragile}, {&t.Red, r.Red}, {&t.RedActed, r.RedActed}, {&t.ActionDays, r.ActionDays},
		{&t.Clients, r.Clients}, {&t.Known, r.Known}, {&t.Filled, r.Filled}, {&t.Wanted, r.Wanted}, {&t.Devices, r.Devices}, {&t.Late, r.Late},
		{&t.Controls, r.Controls}, {&t.ControlsDue, r.ControlsDue}, {&t.Prospects, r.Prospects}, {&t.ProspectsDue, r.ProspectsDue},
	} {
		*p.to += p.n
	}
	for k := range t.Planned {
		t.Planned[k] += r.Planned[k]
		t.Done[k] += r.Done[k]
		t.Phases[k] += r.Phases[k]
		for j := range t.PR[k] {
			t.PR[k][j] += r.PR[k][j]
		}
	}
	t.UnitsC += r.UnitsC
	t.UnitsM += r.UnitsM
	t.RedStake = t.RedStake.Plus(r.RedStake)
	t.MCN = t.MCN.Plus(r.MCN)
	t.Losses = t.Losses.Plus(r.Losses)
	t.Sales = t.Sales.Plus(r.Sales)
	t.Potential = t.Potential.Plus(r.Potential)
	t.Silence = max(t.Silence, r.Silence)
}

// Limits are the funnel limits of a rate p for a base of n: p ± sigma·σ ÷ √n
// with σ = √(p(1−p)), inside 0 to 1. Without a base everything is inside.
func Limits(p float64, n int, sigma float64) (low, high float64) {
	if n <= 0 || !(p >= 0) {
		return 0, 1
	}
	p = min(p, 1)
	half := sigma * math.Sqrt(float64(p*(1-p))/float64(n))
	return max(0, p-half), min(1, p+half)
}
