package intake_test

import (
	"testing"

	"sillon/engine/intake"
	"sillon/engine/portfolio"
)

// A file may say which part of a potential is out of reach, and what rebate is
// due at the end of the year: in percent or as shares of one. What is no part
// of a whole is asked about, and left out.
func TestCaptivePartsAndRebates(t *testing.T) {
	r := read(t, "code client;raison sociale;potentiel;part captive;RFA\nC1;Celte;40000;25 %;3,5 %\nC2;Dunes;12000;0,4;0,02\nC3;Embrun;1000;140;-2 %\nC4;Falaise;1000;;\n", nil, nil)
	by := map[string]intake.Draft{}
	for _, d := range r.Drafts {
		by[d.Account.Code] = d
	}
	for code, want := range map[string][2]float64{"C1": {.25, .035}, "C2": {.4, .02}, "C4": {}} {
		if d := by[code]; d.Potential == nil || d.Potential.Captive != want[0] || d.Account.RebateRate != want[1] {
			t.Errorf("%s: %+v, rebate %v; want %v", code, d.Potential, d.Account.RebateRate, want)
		}
	}
	if got := codes(r); got != "4:3:number 1, 4:4:number 1" {
		t.Errorf("issues %s", got)
	}

	// the same potential with another part is another estimate; the same is none
	had := portfolio.Estimate{Amount: 40_000_00, Captive: .25, Method: portfolio.Judgment}
	for captive, want := range map[float64]bool{.25: false, .5: true} {
		had.Captive = captive
		e := intake.NewExisting([]intake.Card{{ID: id(1), Account: portfolio.Account{Code: "C1", Name: "Celte"}, Potential: &had}}, nil)
		again := read(t, "code client;raison sociale;potentiel;part captive\nC1;Celte;40000;25 %\n", e, nil)
		if got := len(again.Drafts) > 0 && again.Drafts[0].Potential != nil; got != want {
			t.Errorf("captive %v before: a new estimate %v, want %v", captive, got, want)
		}
	}
}
