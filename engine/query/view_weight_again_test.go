package query_test

import (
	"reflect"
	"testing"

	"sillon/engine/query"
)

// What was asked before is given again as it was, whatever was asked between
// and whatever was done to it.
func TestAWeightAskedAgainIsTheSame(t *testing.T) {
	s := story(60)
	asks := []query.WeightAsk{{}, {By: "margin"}, {By: "units"}, {Before: true}, {Cuts: [2]float64{30, 60}}}
	var first []query.WeightView
	for _, q := range asks {
		first = append(first, query.Analyse(s.Book(scope), nil).WeightView(q)) // each alone
	}
	if len(first[0].Climbs) == 0 || len(first[0].Lamps) == 0 || reflect.DeepEqual(first[0].Climbs, first[1].Climbs) {
		t.Fatalf("%d climbs and %d lamps of sales; want some, and others of the margin", len(first[0].Climbs), len(first[0].Lamps))
	}
	a := query.Analyse(s.Book(scope), nil)
	for range 2 {
		for k, q := range asks {
			for range 2 {
				v := a.WeightView(q)
				if !reflect.DeepEqual(v, first[k]) {
					t.Fatalf("%+v asked again is another view", q)
				}
				clear(v.Climbs)
				clear(v.Lamps)
			}
		}
	}
}
