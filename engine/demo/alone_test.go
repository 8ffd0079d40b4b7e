package demo_test

import (
	"testing"

	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// What is tried on a device alone is what the documentation shows: the first
// rep's portfolio of the whole company, to the last byte.
func TestAloneIsTheFirstRepOfTheCompany(t *testing.T) {
	for _, day := range days {
		whole := demo.NewCompany(1, day)
		whole.ByFamily(1)
		whole.Users, whole.Portfolios = whole.Users[:2], whole.Portfolios[:1]
		if a, b := fingerprint(t, demo.Alone(1, day)), fingerprint(t, whole); a != b {
			t.Errorf("on %v alone it is %s, in the company %s", day, a, b)
		}
	}
}

// Every record is told once, cards whole, and all rows say where they belong.
func TestEachTellsEveryRecordOnce(t *testing.T) {
	c := demo.Alone(1, asOf)
	want := 5 + len(c.Families) + 2 // organisation, team, two people, portfolio; two budgets
	for _, card := range c.Portfolios[0].Cards {
		want += len(card.Rows(demo.AlonePortfolio, mark, portfolio.ID{}))
	}
	seen, roots := map[portfolio.ID]bool{}, map[portfolio.ID]int{}
	parts := 0
	c.Each(2000, mark, func(rows []journal.Row) bool {
		parts++
		if len(rows) > 4096 {
			t.Errorf("part %d holds %d rows, more than one message carries", parts, len(rows))
		}
		for _, r := range rows {
			if seen[r.Rec] || r.Scope == 0 || r.Fields == nil || r.Author.IsZero() {
				t.Fatalf("row %+v is told twice, or says too little", r)
			}
			seen[r.Rec] = true
			root := r.Root
			if root.IsZero() {
				root = r.Rec
			}
			if before, ok := roots[root]; ok && before != parts {
				t.Fatalf("card %s is told in two parts", root)
			}
			roots[root] = parts
			if card := r.Scope == demo.AlonePortfolio; card != (r.Entity == portfolio.KindCost || r.Entity == portfolio.KindTime || !r.Root.IsZero() || r.Entity == portfolio.KindAccount) {
				t.Errorf("a row of kind %d lies in scope %d", r.Entity, r.Scope)
			}
		}
		return true
	})
	if len(seen) != want || parts < 5 {
		t.Errorf("%d rows in %d parts, want %d", len(seen), parts, want)
	}
	parts = 0
	c.Each(100, mark, func([]journal.Row) bool { parts++; return false })
	if parts != 1 {
		t.Errorf("it went on for %d parts after it was stopped", parts)
	}
}
