package explain_test

import (
	"testing"

	"sillon/engine/explain"
)

func TestReasonsReadAsInTheMethod(t *testing.T) {
	for r, want := range map[explain.Reason]string{
		explain.None: "", explain.NoSales: "NO_SALES", explain.FewPeriods: "FEW_PERIODS", explain.Overflow: "OVERFLOW", 200: "UNKNOWN",
	} {
		if got := r.String(); got != want {
			t.Errorf("reason %d reads %q, want %q", r, got, want)
		}
	}
}

func TestOnlyAMissingResultHasNoValue(t *testing.T) {
	if !explain.Sound().Has() || !explain.Thin(explain.FewClients).Has() || explain.Missing(explain.NoData).Has() || (explain.Mark{}).Has() {
		t.Error("ok and weak carry a value; na and the zero mark do not")
	}
}
