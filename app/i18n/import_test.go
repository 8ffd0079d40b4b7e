package i18n

import (
	"regexp"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/export"
	"sillon/engine/intake"
)

func TestEveryTargetTroubleAndReasonOfAnImportHasWords(t *testing.T) {
	for _, f := range intake.Fields() {
		if !Has("import.field." + f.Key()) {
			t.Errorf("field %s has no words", f.Key())
		}
	}
	for _, x := range []intake.Trouble{intake.Empty, intake.Binary, intake.Workbook, intake.TooLarge, intake.TooMany, intake.TooWide, intake.HeaderOnly} {
		if !Has("fault.import-" + string(x)) {
			t.Errorf("trouble %s has no words", x)
		}
	}
	for _, x := range []intake.Blocking{intake.NoKeyColumn, intake.NoDayColumn, intake.NoAmountColumn, intake.TwoColumns, intake.TwoPeriods, intake.LinesAndTotals, intake.BadPeriod, intake.NothingReady, intake.NothingToDo, intake.BadColumns} {
		if !Has("import.blocking." + string(x)) {
			t.Errorf("blocking %s has no words", x)
		}
	}
	for _, x := range intake.Reasons() {
		if !Has("issue." + string(x)) {
			t.Errorf("reason %s has no words", x)
		}
	}
}

func TestAnIssueIsSaidWithItsMoneyAndDays(t *testing.T) {
	for _, c := range []struct {
		lang Lang
		code string
		args []string
		want string
	}{
		{FR, "thousands", []string{"1200000"}, "Lu comme 12\u202f000\u00a0€\u202f?"},
		{EN, "no-such-day", []string{"2023-02-28"}, "This date does not exist. Read 28\u00a0Feb\u00a02023?"},
		{FR, "duplicate", []string{"12", "city"}, "Déjà à la ligne 12, avec une autre valeur (Ville). Prendre celle-ci\u202f?"},
		{FR, "cells", []string{"1"}, "1 case de trop\u202f: un séparateur dans une valeur\u202f?"},
	} {
		if got := ImportIssue(c.lang, "EUR", c.code, c.args); got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
	}
	hole := regexp.MustCompile(`\{\d`)
	for code := range importArgs {
		if s := ImportIssue(FR, "EUR", code, []string{"1", "2", "3"}); hole.MatchString(s) {
			t.Errorf("%s leaves a hole: %s", code, s)
		}
	}
}

// What we export in either language is recognised when it comes back.
func TestOurHeadersAreRecognised(t *testing.T) {
	want := map[string]string{"n": "total", "n-1": "total"}
	for _, lang := range []Lang{FR, EN} {
		data := export.Clients(export.Excel, func(key string) string { return T(lang, key) }, []export.Client{{Sales: 1_50, Potential: 2_50}, {Sales: 3}})
		s, err := intake.Open(data, intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range intake.Guess(s, calendar.Of(2026, 1, 31)) {
			key := export.ClientColumns[i]
			if w, ok := want[key]; ok {
				key = w
			}
			if c.Field.Key() != key {
				t.Errorf("%s: column %q is read as %q, want %q", lang, c.Name, c.Field.Key(), key)
			}
		}
		for _, x := range []string{"status.1", "status.2", "status.3", "status.4", "status.5", "solvency.1", "solvency.2", "solvency.3"} {
			field, _, _ := strings.Cut(x, ".")
			s, err := intake.Open([]byte("code client;"+map[string]string{"status": "statut", "solvency": "solvabilité"}[field]+"\nA;"+T(lang, x)+"\n"), intake.Options{})
			if err != nil {
				t.Fatal(err)
			}
			r, err := intake.Check(func(int, int) error { return nil }, s, intake.Mapping{Columns: intake.Guess(s, 20_000), AsOf: 20_000}, nil)
			if err != nil || r.Ready != 1 {
				t.Errorf("%s: %q is not recognised: %+v %v", lang, T(lang, x), r.Issues, err)
			}
		}
	}
}
