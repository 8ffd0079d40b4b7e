package notebook_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"sillon/app/notebook"
	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// tags are those of a card, as a list shows them.
func tags(t *testing.T, b bench, id portfolio.ID) []string {
	t.Helper()
	v, err := b.db.Card(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return query.TagsOf(v.Rows)
}

func waiting(b bench) int {
	b.t.Helper()
	st, err := b.db.Status(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return st.Groups
}

// A tag goes on many cards as one act, one group, one line of the outbox; it is
// taken back as one, and those who had it before keep it.
func TestATagOnManyIsOneAct(t *testing.T) {
	b := open(t)
	ids := []portfolio.ID{b.client(), b.client(), b.client()}
	first, err := b.Tag(t.Context(), " Salon ;2026 ", false, ids[:1], nil)
	if err != nil || len(first.Done) != 1 {
		t.Fatal(first, err)
	}
	before := waiting(b)
	all, err := b.Tag(t.Context(), "salon 2026", false, append(ids, ids[1]), nil)
	if err != nil || len(all.Done) != 2 {
		t.Fatalf("changed %d of three, one of whom had it: %v", len(all.Done), err)
	}
	if n := waiting(b) - before; n != 1 {
		t.Errorf("%d groups wait; want one", n)
	}
	for i, id := range ids {
		if got := tags(t, b, id); len(got) != 1 || query.Fold(got[0]) != "salon 2026" {
			t.Errorf("client %d bears %q", i, got)
		}
	}
	undone, err := b.UndoBulk(t.Context(), all.ID)
	if err != nil || len(undone.Done) != 2 {
		t.Fatal(undone, err)
	}
	if got := [3]int{len(tags(t, b, ids[0])), len(tags(t, b, ids[1])), len(tags(t, b, ids[2]))}; got != [3]int{1, 0, 0} {
		t.Errorf("undone, they bear %v tags; want the first alone", got)
	}
	if _, err := b.UndoBulk(t.Context(), all.ID); !errors.Is(err, notebook.ErrNoUndo) {
		t.Errorf("undone twice: %v", err)
	}
	// on again, off, and off undone
	again, err := b.Tag(t.Context(), "Salon 2026", false, ids, nil)
	if err != nil || len(again.Done) != 2 {
		t.Fatal(again, err)
	}
	off, err := b.Tag(t.Context(), "SALON 2026", true, ids, nil)
	if err != nil || len(off.Done) != 3 || len(tags(t, b, ids[1])) != 0 {
		t.Fatal(off, err)
	}
	if _, err := b.UndoBulk(t.Context(), off.ID); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		if len(tags(t, b, id)) != 1 {
			t.Errorf("client %d lost its tag for good", i)
		}
	}
	if none, err := b.Tag(t.Context(), "other", true, ids, nil); err != nil || len(none.Done) != 0 {
		t.Errorf("took off what nobody had: %v %v", none, err)
	}
}

// A tag that an import brought can be taken off, and the undo brings it back.
func TestABroughtTagCanBeTakenOff(t *testing.T) {
	b := open(t)
	id := b.client()
	v, _ := b.db.Card(t.Context(), id)
	row, _ := v.Row(id)
	op := journal.Op{Kind: journal.Patch, Entity: row.Entity, Rec: id, Root: id, Scope: v.Scope, Base: map[uint16]journal.Mark{14: row.MarkOf(14)},
		Fields: portfolio.Fields{14: portfolio.Value([]string{"Grand compte", "vip"})}}
	if _, err := b.db.Append(t.Context(), [][]journal.Op{{op}}, store.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
	off, err := b.Tag(t.Context(), "VIP", true, []portfolio.ID{id}, nil)
	if got := tags(t, b, id); err != nil || !slices.Equal(got, []string{"Grand compte"}) {
		t.Fatalf("left with %q: %v", got, err)
	}
	if _, err := b.UndoBulk(t.Context(), off.ID); err != nil {
		t.Fatal(err)
	}
	if got := tags(t, b, id); len(got) != 2 {
		t.Errorf("undone: %q", got)
	}
}

func TestATagIsAWord(t *testing.T) {
	for text, want := range map[string]string{" salon ": "salon", "a;b, c|d": "a b c d", "Été\u00a026": "Été 26", "": "", " ;": "", "…": ""} {
		if got, err := notebook.NewTag(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is the tag %q, %v", text, got, err)
		}
	}
	if _, err := notebook.NewTag("une étiquette beaucoup trop longue pour une ligne"); err == nil {
		t.Error("a sentence is a tag")
	}
}

func TestEffortsOfManyAreOneAct(t *testing.T) {
	b := open(t)
	ids := []portfolio.ID{b.client(), b.client()}
	before := waiting(b)
	did, err := b.AskMany(t.Context(), []portfolio.Effort{
		{Account: ids[0], Code: "E01", Baseline: 10, Target: 12}, {Account: ids[1], Code: "E01", Baseline: 20, Target: 25}}, nil)
	if err != nil || len(did.Done) != 2 || waiting(b)-before != 1 {
		t.Fatal(did, err, waiting(b)-before)
	}
	for i, id := range ids {
		e := slices.Collect(maps.Values(rows[portfolio.Effort](b, id, portfolio.KindEffort)))
		if len(e) != 1 || e[0].Baseline != float64(10*(i+1)) || e[0].Dropped || e[0].Weight != 1 || e[0].To != b.Today()+365 {
			t.Errorf("client %d: %+v", i, e)
		}
	}
	if _, err := b.UndoBulk(t.Context(), did.ID); err != nil {
		t.Fatal(err)
	}
	for _, e := range rows[portfolio.Effort](b, ids[1], portfolio.KindEffort) {
		if !e.Dropped {
			t.Errorf("undone: %+v", e)
		}
	}
	if _, err := b.AskMany(t.Context(), []portfolio.Effort{{Account: ids[0], Code: "E99", Target: 1}}, nil); err == nil {
		t.Error("an effort that is none is asked")
	}
}
