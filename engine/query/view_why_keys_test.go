package query

import (
	"os"
	"slices"
	"strings"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/capacity"
	"sillon/engine/cost"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/potential"
	"sillon/engine/relation"
	"sillon/engine/response"
	"sillon/engine/scoring"
	"sillon/engine/steering"
	"sillon/engine/visits"
	"sillon/engine/weight"
)

// A short form names steps that exist, three at most, of one topic each.
func TestWhyNamesStepsThatExist(t *testing.T) {
	all := slices.Concat(cost.StepKeys, response.StepKeys, maturity.StepKeys, weight.StepKeys, potential.StepKeys, loyalty.StepKeys,
		steering.StepKeys, capacity.StepKeys, scoring.StepKeys, visits.StepKeys, attrition.StepKeys, relation.StepKeys, ViewSteps)
	seen := map[string]bool{}
	for _, r := range slices.Concat(clientReadings(), wholeReadings()) {
		if seen[r.topic] {
			t.Errorf("%s is explained twice", r.topic)
		}
		seen[r.topic] = true
		bounds := 0 // of B4: a proposal meets one at most
		for _, key := range []string{"response.changeMax", "response.visitsMin", "response.visitsMax"} {
			bounds += one(slices.Contains(r.show, key))
		}
		if len(r.show)-max(0, bounds-1) > 4-one(bounds == 0) || r.section == "" {
			t.Errorf("%s: %d steps, section %q", r.topic, len(r.show), r.section)
		}
		if _, err := os.Stat("../../docs/method/fr/" + strings.ToLower(r.section) + ".md"); err != nil {
			t.Errorf("%s: section %s has no page", r.topic, r.section)
		}
		for _, key := range r.show {
			if !slices.Contains(all, key) {
				t.Errorf("%s shows %s, which nothing writes", r.topic, key)
			}
		}
	}
}
