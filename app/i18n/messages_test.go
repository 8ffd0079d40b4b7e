package i18n

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/capacity"
	"sillon/engine/cockpit"
	"sillon/engine/cost"
	"sillon/engine/exercise"
	"sillon/engine/explain"
	"sillon/engine/foresight"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/query"
	"sillon/engine/relation"
	"sillon/engine/response"
	"sillon/engine/scoring"
	"sillon/engine/steering"
	"sillon/engine/visits"
	"sillon/engine/weight"
)

var tight = regexp.MustCompile(`[^\s\d«h:?!;/][;:?!%»]( |$)`)

var hole = regexp.MustCompile(`\{(\d+)[:}]`)

func TestEveryMessageExistsInBothLanguages(t *testing.T) {
	for key, m := range catalogue {
		if strings.TrimSpace(m[0]) == "" || strings.TrimSpace(m[1]) == "" {
			t.Errorf("%s: French %q, English %q; want both", key, m[0], m[1])
		}
		for i, text := range m {
			if open := strings.Count(text, "{"); open != len(hole.FindAllString(text, -1)) || open != strings.Count(text, "}") {
				t.Errorf("%s: %q has a brace that is not an argument", key, text)
			}
			if strings.Contains(text, "!") {
				t.Errorf("%s: %q: no exclamation mark (ux.md §9)", key, text)
			}
			if strings.Contains(text, "...") {
				t.Errorf("%s: %q: write … in one character", key, text)
			}
			if i == 0 && tight.MatchString(hole.ReplaceAllString(text, "x ")) {
				t.Errorf("%s: %q: a space goes before ; : ? %% » in French", key, text)
			}
		}
	}
}

func TestBothLanguagesUseTheSameArguments(t *testing.T) {
	args := func(text string) []string {
		var seen []string
		for _, m := range hole.FindAllStringSubmatch(text, -1) {
			seen = append(seen, m[1])
		}
		slices.Sort(seen)
		return slices.Compact(seen)
	}
	for key, m := range catalogue {
		if fr, en := args(m[0]), args(m[1]); !slices.Equal(fr, en) {
			t.Errorf("%s: French uses {%v}, English {%v}", key, fr, en)
		}
	}
}

func TestEveryEnumerationHasWords(t *testing.T) {
	for name, last := range map[string]int{
		"outcome": int(portfolio.Postponed), "contact": int(portfolio.ManagerControlVisit), "category": int(portfolio.Economy),
		"status": int(portfolio.Lost), "role": int(portfolio.RoleTrainee), "typology": int(portfolio.Closed),
		"solvency": int(portfolio.SolvencyBlocked), "appraisal": int(portfolio.Judgment), "progress": int(portfolio.Cancelled),
		"settled": int(portfolio.TookOther), "conflict": int(portfolio.EditedArchive), "refused": int(portfolio.Exists),
	} {
		for v := 1; v <= last; v++ {
			if got := Enum(FR, name, uint8(v)); strings.HasPrefix(got, name+".") {
				t.Errorf("%s %d has no words", name, v)
			}
		}
	}
	for r := explain.NoData; r.String() != "UNKNOWN"; r++ {
		if !Has("reason." + r.String()) {
			t.Errorf("reason %s has no words", r)
		}
	}
	for _, s := range []explain.Status{explain.OK, explain.Weak, explain.NA} {
		if !Has("solidity." + s.String()) {
			t.Errorf("status %s has no words", s)
		}
	}
}

func TestEveryStepOfEveryChapterHasWords(t *testing.T) {
	for _, keys := range [][]string{weight.StepKeys, attrition.StepKeys, foresight.StepKeys, maturity.StepKeys, scoring.StepKeys, loyalty.StepKeys, potential.StepKeys, visits.StepKeys, response.StepKeys, relation.StepKeys, cockpit.StepKeys, cost.StepKeys, exercise.StepKeys, capacity.StepKeys, steering.StepKeys, query.ViewSteps} {
		for _, k := range keys {
			if !Has("step." + k) {
				t.Errorf("step %s has no words", k)
			}
		}
	}
	for _, k := range slices.Concat(scoring.CriterionKeys, steering.CatalogueKeys(), visits.VerdictKeys, capacity.VerdictKeys, response.WordKeys) {
		if !Has(k) {
			t.Errorf("%s has no words", k)
		}
	}
	for key := range catalogue {
		if topic, ok := strings.CutPrefix(key, "topic."); ok && Meaning(FR, topic) == "" && !strings.HasPrefix(topic, "criterion.") {
			t.Errorf("topic %s has no meaning in one sentence", topic)
		}
	}
}
