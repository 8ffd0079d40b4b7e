package query_test

import (
	"math"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/portfolio"
)

// Method A1: a visit weighs 1, a call 0.2; absent and refused count half after
// travel only, else nothing; postponed nothing.
// 1 + 1/2 + 1/2 + 0.2 + 0 + 0 = 2.2.
func TestAContactThatMetNobodyCountsHalfAfterTravelOnly(t *testing.T) {
	asOf := demo.Golden().AsOf
	d := newCard(1, portfolio.Account{Name: "A", Status: portfolio.Client})
	for _, c := range []portfolio.Contact{
		{Kind: portfolio.Visit, Outcome: portfolio.Order}, {Kind: portfolio.Visit, Outcome: portfolio.Absent},
		{Kind: portfolio.Visit, Outcome: portfolio.RefusedIn}, {Kind: portfolio.Call, Outcome: portfolio.NoChange},
		{Kind: portfolio.Call, Outcome: portfolio.Absent}, {Kind: portfolio.Visit, Outcome: portfolio.Postponed},
	} {
		c.Day = asOf - 10
		d.add(portfolio.KindContact, c)
	}
	s := load(asOf, miscRows(0), d.Bundle)
	if got := s.Scored(scope).Units[0]; math.Abs(got-2.2) > 1e-12 {
		t.Errorf("%v contact units, want 2.2", got)
	}
}
