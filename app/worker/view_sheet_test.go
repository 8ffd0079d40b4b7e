package main

import (
	"errors"
	"testing"

	"sillon/app/bridge"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A sheet is answered at once from the client alone; a decision takes the place
// of the computed value on it and in its why, with who, when and why; undone,
// the computed value is back. No network plays a part.
func TestASheetIsReadDecidedAndExplained(t *testing.T) {
	tab, s, ids := clients(t, 3)
	client := ids[1]
	told := tab.heard(bridge.EventChanged)
	sheet := must(tab, bridge.OpSheet, query.SheetAsk{Lang: "fr", ID: client, Width: 1040})
	if sheet.View.ID != client || sheet.View.Name != "Client 1" || len(sheet.View.Overrides) != 0 {
		t.Fatalf("the sheet: %+v", sheet.View)
	}
	if sheet.View.Effort.Visits != 1 || len(sheet.View.Collect) == 0 {
		t.Errorf("%d visits, collect %v", sheet.View.Effort.Visits, sheet.View.Collect)
	}
	saved := must(tab, bridge.OpOverride, bridge.Override{Account: client, What: "type", Text: "1", Why: "Nouveau gérant, même volume", Lang: "fr"})
	tab.settleTo(told + 1)
	sheet = must(tab, bridge.OpSheet, query.SheetAsk{Lang: "fr", ID: client})
	if v := sheet.View; v.Movement.Type.Text != "engaged" || len(v.Overrides) != 1 || v.Overrides[0].Reason != "Nouveau gérant, même volume" || v.Overrides[0].Author != s.profile.User || len(sheet.Authors) != 1 {
		t.Fatalf("decided: type %q, %+v by %q", v.Movement.Type.Text, v.Overrides, sheet.Authors)
	}
	why := must(tab, bridge.OpWhy, query.WhyAsk{Lang: "fr", ID: client, Figure: sheet.View.Movement.Type})
	if !why.Known || why.Why.Decided == nil || why.Why.Decided.Day != s.book.Today() || why.Why.Figure.Text != "engaged" {
		t.Errorf("the why: %+v", why.Why.Decided)
	}
	must(tab, bridge.OpUndo, bridge.Undo{Account: client, ID: saved.ID})
	tab.settleTo(told + 2)
	if sheet = must(tab, bridge.OpSheet, query.SheetAsk{Lang: "fr", ID: client}); len(sheet.View.Overrides) != 0 || sheet.View.Movement.Type.Text == "engaged" {
		t.Errorf("undone: %+v, type %q", sheet.View.Overrides, sheet.View.Movement.Type.Text)
	}

	// a promise of theirs, an effort asked
	must(tab, bridge.OpForm, form(client, portfolio.ID{}, portfolio.KindCommitment, 3, "2", 4, "Relevé des consommations"))
	must(tab, bridge.OpEffort, bridge.NewEffort{Account: client, Code: "E08", Baseline: 0, Target: 3})
	tab.settleTo(told + 4)
	sheet = must(tab, bridge.OpSheet, query.SheetAsk{Lang: "fr", ID: client})
	if l := sheet.View.Give.Lines; len(l) != 1 || l[0].Ours || l[0].Text != "Relevé des consommations" {
		t.Errorf("promises %+v", l)
	}
	if e := sheet.View.Asked.Efforts; len(e) != 1 || e[0].Code != "E08" || e[0].Target != 3 {
		t.Errorf("efforts %+v", e)
	}
	must(tab, bridge.OpForm, form(client, sheet.View.Give.Lines[0].ID, portfolio.KindCommitment, 11, "2"))
	tab.settleTo(told + 5)
	if l := must(tab, bridge.OpSheet, query.SheetAsk{Lang: "fr", ID: client}).View.Give.Lines; l[0].State != portfolio.KeptIt {
		t.Errorf("kept: %+v", l)
	}
}

// settleTo waits until the page has been told of so many changes in all.
func (t *tablet) settleTo(n int) {
	t.t.Helper()
	t.until(bridge.EventChanged, n)
}

func TestWhatCannotBeDecidedIsRefusedInWords(t *testing.T) {
	tab, _, ids := clients(t, 1)
	for _, c := range []struct {
		q    bridge.Override
		args [2]string
	}{
		{bridge.Override{What: "phase", Text: "maturité", Why: "x"}, [2]string{"field.override", "not-a-number"}},
		{bridge.Override{What: "phase", Text: "4"}, [2]string{"field.reason", "empty"}},
		{bridge.Override{What: "departure", Text: "120 %", Why: "x"}, [2]string{"field.override", "not-a-number"}},
		{bridge.Override{What: "potential", Text: "0", Why: "x"}, [2]string{"field.override", "not-a-number"}},
	} {
		c.q.Account = ids[0]
		_, err := ask(tab, bridge.OpOverride, c.q)
		var f *bridge.Fault
		if !errors.As(err, &f) || f.Code != bridge.FaultInput || len(f.Args) != 2 || [2]string(f.Args) != c.args {
			t.Errorf("%+v: %v, want %v", c.q, err, c.args)
		}
	}
	if v, err := decided("departure", "12,5 %"); err != nil || v != .125 {
		t.Errorf("12,5 %% is read as %v, %v", v, err)
	}
	if v, err := decided("potential", "66 000"); err != nil || v != 66_000_00 {
		t.Errorf("66 000 is read as %v, %v", v, err)
	}
}

func TestAFigureOfTheWholeIsExplainedFromItsPortfolio(t *testing.T) {
	tab, _, _ := clients(t, 3)
	f := query.Figure{Topic: "visits7", Value: 3, Unit: explain.Count, Mark: explain.Sound()}
	if w := must(tab, bridge.OpWhy, query.WhyAsk{Lang: "fr", Figure: f}); !w.Known || w.Alone || w.Why.Section != "H8" {
		t.Errorf("%+v", w)
	}
	if w := must(tab, bridge.OpWhy, query.WhyAsk{Lang: "fr", Figure: query.Figure{Topic: "nonsense", Mark: explain.Sound()}}); w.Known {
		t.Error("nonsense is explained")
	}
}
