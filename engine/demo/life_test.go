package demo_test

import (
	"slices"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/relation"
)

// Every chapter finds something to read, and nothing is told before it happens.
func TestEveryChapterHasItsFacts(t *testing.T) {
	for _, day := range days[:2] {
		c := demo.NewCompany(1, day)
		signs, exits := map[string]int{}, map[string]bool{}
		for j, ph := range relation.Standard() {
			exits[ph.Exit] = true
			for _, s := range ph.Signs {
				signs[s.Code] = j
			}
		}
		n := map[string]int{}
		for _, p := range c.Portfolios {
			if p.Cost.Noun.Pay == 0 || p.Time.Noun.FieldDays == 0 {
				t.Errorf("%s: %q has no budget", day, p.Noun.Name)
			}
			for _, card := range p.Cards {
				people := map[portfolio.ID]bool{}
				for _, q := range card.Persons {
					people[q.ID] = true
				}
				for _, x := range card.Contacts {
					n["persons met"] += len(x.Noun.Persons)
					n["topics"] += len(x.Noun.Topics)
					if x.Noun.Content != nil {
						n["satisfaction"]++
					}
					if slices.ContainsFunc(x.Noun.Persons, func(id portfolio.ID) bool { return !people[id] }) {
						t.Fatalf("%s: %s was met at a client where nobody knows them", day, card.Account.Name)
					}
				}
				for _, x := range card.Services {
					n["service events"]++
					if x.Noun.Opened > day || x.Noun.Closed > day || x.Noun.Text == "" {
						t.Errorf("%s: event of %s opened on %s, closed on %s", day, card.Account.Name, x.Noun.Opened, x.Noun.Closed)
					}
				}
				for _, x := range card.Projects {
					n["projects"]++
					reached := -1
					for _, s := range x.Noun.Signals {
						j, ok := signs[s]
						if !ok || j > x.Noun.Phase {
							t.Errorf("%s: project in phase %d shows %q", day, x.Noun.Phase, s)
						}
						reached = max(reached, j)
					}
					for _, e := range x.Noun.Exits {
						if !exits[e] {
							t.Errorf("%s: exit %q is not one of relation's", day, e)
						}
					}
					if reached != x.Noun.Phase || x.Noun.Since > day || x.Noun.Ended > day || (x.Noun.State == portfolio.Running) != (x.Noun.Ended == 0) {
						t.Errorf("%s: project %+v", day, x.Noun)
					}
				}
				made := map[portfolio.ID]bool{}
				for _, x := range card.Commitments {
					n["commitments"]++
					made[x.ID] = true
					if !x.Noun.Answers.IsZero() && !made[x.Noun.Answers] || x.Noun.Made > day || x.Noun.Done > day || x.Noun.Written > day {
						t.Errorf("%s: commitment %+v", day, x.Noun)
					}
				}
				if (card.Account.Status == portfolio.Lost || card.Account.Status == portfolio.Inactive) != (len(card.Formers) == 1) {
					t.Errorf("%s: %s, status %d, has %d files of an ex-client", day, card.Account.Name, card.Account.Status, len(card.Formers))
				}
				n["ex-clients"] += len(card.Formers)
				n["competitors"] += len(card.Competitors)
				n["contracts"] += len(card.Contracts)
				n["payments"] += len(card.Payments)
				n["efforts"] += len(card.Efforts)
				n["signals"] += len(card.Signals)
				n["tools"] += len(card.Tools)
			}
		}
		// 500 clients, two years: what a real team of three would have noted.
		for what, least := range map[string]int{"persons met": 3000, "topics": 3000, "satisfaction": 500, "service events": 200, "projects": 40, "commitments": 150,
			"ex-clients": 20, "competitors": 150, "contracts": 15, "payments": 300, "efforts": 60, "signals": 5, "tools": 5} {
			if n[what] < least {
				t.Errorf("%s: %d %s; want %d at least", day, n[what], what, least)
			}
		}
		t.Log(n)
	}
}
