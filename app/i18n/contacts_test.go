package i18n_test

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"sillon/app/i18n"
	"sillon/engine/journal"
	"sillon/engine/query"
)

// unworded finds a key of the tabs Contacts and Potential that was not worded.
var unworded = regexp.MustCompile(`\b(contacts|pot|appraisal|who|phase|reason)\.[a-zA-Z0-9-]|\{\d`)

func TestTheTabsContactsAndPotentialAreWordedInBothLanguages(t *testing.T) {
	s, bundles, c := company()
	s.SetMisc(append(c.FamilyRows(1, journal.Mark{}, c.Users[0].ID), c.Portfolios[0].BudgetRows(10, journal.Mark{}, c.Users[1].ID)...))
	s.Deepen(bundles...)
	a := s.Analysis(10)
	for _, lang := range []i18n.Lang{i18n.FR, i18n.EN} {
		r := query.Reader{Words: voice{lang}, User: c.Users[1].ID}
		at := query.TabAsk{Lang: string(lang), Scope: 10, Width: 1040}
		base := s.TabBase(r, a, at)
		contacts := a.ContactsTab(r, query.ContactsTabAsk{Tab: at, All: true}, base)
		for _, v := range []any{contacts, a.PotentialTab(r, query.PotentialTabAsk{Tab: at, All: true}, base)} {
			texts(reflect.ValueOf(v), fmt.Sprintf("%s %T", lang, v), func(path, text string) {
				text = strings.ReplaceAll(text, "/clients?qui=contacts:", "") // addresses are not words
				if m := unworded.FindString(text); m != "" {
					t.Errorf("%s shows %q", path, text[max(0, strings.Index(text, m)-20):min(len(text), strings.Index(text, m)+40)])
				}
			})
		}
		for _, l := range contacts.Lines {
			if key := fmt.Sprintf("response.advice.%d", l.Advice); !i18n.Has(key) {
				t.Errorf("%s has no words", key)
			}
		}
	}
}

// Keys that are made of parts in the code.
func TestKeysOfTheTabsMadeOfPartsHaveWords(t *testing.T) {
	for prefix, ends := range map[string]string{
		"contacts.class.": "squelette poule contactivore vache", "contacts.quadrant.": "1 2 3 4", "contacts.decision.": "1 2 3", "contacts.phases.": "D C M V",
		"contacts.advice.": "1 2 3 4 5 6 7 8 9 10 11", "contacts.kind.": "direct visit visio call email letter event showroom after-sales control",
		"contacts.price.note.": "equivalence simple time", "contacts.eaters.y.": "margin sales orders", "contacts.col.result.": "margin sales orders",
		"contacts.crossed.row.": "1 2 3 4", "contacts.return.": "often seldom", "contacts.flow.": "add hold reduce", "contacts.net.": "sales bought invested other net",
		"pot.of.": "potential sales effort", "pot.trust.": "again unknown over", "pot.families.": "buyers others", "pfc.": "accept accept-of refuse refuse-of back back-of",
	} {
		for _, end := range strings.Fields(ends) {
			if !i18n.Has(prefix + end) {
				t.Errorf("%s%s has no words", prefix, end)
			}
		}
	}
}
