package i18n

import (
	"slices"
	"testing"

	"sillon/engine/params"
	"sillon/engine/relation"
)

func TestCodesOfTheRelationHaveWords(t *testing.T) {
	codes := slices.Clone(relation.Counterparts)
	for _, ph := range relation.Standard() {
		codes = append(append(codes, ph.Code), ph.Acts...)
		if ph.Exit != "" {
			codes = append(codes, ph.Exit)
		}
		for _, s := range ph.Signs {
			codes = append(codes, s.Code)
		}
	}
	for _, k := range relation.KPIs(relation.Facts{}, relation.From(params.Default())) {
		codes = append(codes, k.Code)
	}
	for _, c := range codes {
		if !Has(c) {
			t.Errorf("%s has no words", c)
		}
	}
}
