package notebook_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"sillon/app/notebook"
	"sillon/engine/portfolio"
)

func TestADecisionHasItsAuthorDayReasonAndEnd(t *testing.T) {
	b := open(t)
	client, today := b.client(), b.Today()
	id, err := b.Override(t.Context(), notebook.Decision{Account: client, What: "phase", Value: 4, Why: " Nouveau gérant, même volume ", Until: today + 90})
	if err != nil {
		t.Fatal(err)
	}
	want := portfolio.Override{Account: client, What: "phase", Value: 4, Why: "Nouveau gérant, même volume", Author: b.User, Day: today, Until: today + 90}
	if got := rows[portfolio.Override](b, client, portfolio.KindOverride)[id]; got != want {
		t.Errorf("kept %+v, want %+v", got, want)
	}

	// a later one ends the first, and undoing it brings the first back
	second, err := b.Override(t.Context(), notebook.Decision{Account: client, What: "phase", Value: 5, Why: "Il ferme le samedi"})
	if err != nil {
		t.Fatal(err)
	}
	all := rows[portfolio.Override](b, client, portfolio.KindOverride)
	if all[id].Until != today-1 || all[second].Value != 5 || all[second].Until != 0 {
		t.Errorf("two decisions: %+v", all)
	}
	if _, err := b.Undo(t.Context(), second, client); err != nil {
		t.Fatal(err)
	}
	all = rows[portfolio.Override](b, client, portfolio.KindOverride)
	if all[id] != want || all[second].What != "" {
		t.Errorf("undone: %+v", all)
	}

	// back to the computed value, and undone
	end, err := b.EndOverride(t.Context(), client, "phase", 0)
	if err != nil {
		t.Fatal(err)
	}
	if all = rows[portfolio.Override](b, client, portfolio.KindOverride); all[id].Until != today-1 {
		t.Errorf("ended: %+v", all[id])
	}
	if _, err := b.Undo(t.Context(), end, client); err != nil {
		t.Fatal(err)
	}
	if all = rows[portfolio.Override](b, client, portfolio.KindOverride); all[id] != want {
		t.Errorf("ending undone: %+v", all[id])
	}
	if _, err := b.EndOverride(t.Context(), client, "type", 0); !errors.Is(err, notebook.ErrMissing) {
		t.Errorf("ending what was never decided: %v", err)
	}
}

func TestADecisionWithoutReasonOrOutOfBoundsIsRefused(t *testing.T) {
	b := open(t)
	client := b.client()
	for _, c := range []struct {
		field string
		d     notebook.Decision
	}{
		{"field.reason", notebook.Decision{What: "phase", Value: 4, Why: "  "}},
		{"field.reason", notebook.Decision{What: "phase", Value: 4, Why: strings.Repeat("é", 501)}},
		{"field.override", notebook.Decision{What: "colour", Value: 1, Why: "x"}},
		{"field.override", notebook.Decision{What: "phase", Value: 1, Why: "x"}}, // a prospect is not decided
		{"field.override", notebook.Decision{What: "phase", Value: 7, Why: "x"}},
		{"field.override", notebook.Decision{What: "departure", Value: 1.01, Why: "x"}},
		{"field.override", notebook.Decision{What: "potential", Value: 0, Why: "x"}},
		{"field.until", notebook.Decision{What: "phase", Value: 4, Why: "x", Until: b.Today() - 1}},
	} {
		c.d.Account = client
		_, err := b.Override(t.Context(), c.d)
		var in *notebook.InputError
		if !errors.As(err, &in) || in.Field != c.field {
			t.Errorf("%+v: %v, want one on %s", c.d, err, c.field)
		}
	}
	if got := rows[portfolio.Override](b, client, portfolio.KindOverride); len(got) != 0 {
		t.Errorf("kept all the same: %+v", got)
	}
}

func TestAnEffortIsAskedForAYearAndTakenBack(t *testing.T) {
	b := open(t)
	client, today := b.client(), b.Today()
	id, err := b.AddEffort(t.Context(), portfolio.Effort{Account: client, Code: "E02", Baseline: 3.3, Target: 4.8})
	if err != nil {
		t.Fatal(err)
	}
	want := portfolio.Effort{Account: client, Code: "E02", Baseline: 3.3, Target: 4.8, Weight: 1, From: today, To: today + 365}
	if got := rows[portfolio.Effort](b, client, portfolio.KindEffort)[id]; got != want {
		t.Errorf("asked %+v, want %+v", got, want)
	}
	if _, err := b.Undo(t.Context(), id, client); err != nil {
		t.Fatal(err)
	}
	if got := rows[portfolio.Effort](b, client, portfolio.KindEffort)[id]; !got.Dropped {
		t.Errorf("undone: %+v", got)
	}
	for _, e := range []portfolio.Effort{{Code: "E16", Target: 1}, {Code: "", Target: 1}, {Code: "E02", Baseline: 2, Target: 2}, {Code: "E02", Target: math.Inf(1)}} {
		e.Account = client
		if _, err := b.AddEffort(t.Context(), e); err == nil {
			t.Errorf("%+v is taken", e)
		}
	}
}

func TestAPromiseIsNotedKeptAndTakenBack(t *testing.T) {
	b := open(t)
	client, today := b.client(), b.Today()
	form := func(rec portfolio.ID, pairs ...any) portfolio.ID {
		return b.fill(notebook.Form{Account: client, Rec: rec, Kind: portfolio.KindCommitment, Texts: texts(pairs...)})
	}
	id := form(portfolio.ID{}, 3, "2", 4, " Relevé des consommations ", 8, (today + 7).String())
	get := func() portfolio.Commitment {
		return rows[portfolio.Commitment](b, client, portfolio.KindCommitment)[id]
	}
	if c := get(); c.Text != "Relevé des consommations" || c.Side != portfolio.Them || c.Made != today || c.Due != today+7 || c.State != portfolio.Promised {
		t.Errorf("noted %+v", c)
	}
	kept := form(id, 11, "2")
	if c := get(); c.State != portfolio.KeptIt || c.Done != today {
		t.Errorf("kept: %+v", c)
	}
	if _, err := b.Undo(t.Context(), kept, client); err != nil {
		t.Fatal(err)
	}
	if c := get(); c.State != portfolio.Promised || c.Done != 0 {
		t.Errorf("keeping undone: %+v", c)
	}
	if _, err := b.Undo(t.Context(), id, client); err != nil {
		t.Fatal(err)
	}
	v, _ := b.db.Card(t.Context(), client)
	if row, _ := v.Row(id); !row.Fields.Removed() {
		t.Errorf("undone: %+v", get())
	}
}
