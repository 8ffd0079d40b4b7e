package query_test

import (
	"testing"

	"sillon/engine/portfolio"
)

func TestTheSheetSaysWhatCannotBeRight(t *testing.T) {
	for _, c := range []struct {
		name            string
		site            portfolio.Site
		postcode, siret portfolio.Doubt
	}{
		{"nothing typed", portfolio.Site{City: "Dinan"}, "", ""},
		{"right", portfolio.Site{Postcode: "22100", Country: "FR", Siret: "73282932000074"}, "", ""},
		{"a word and a wrong key", portfolio.Site{Postcode: "abc", Country: "FR", Siret: "73282932000075"}, portfolio.DoubtPostcode, portfolio.DoubtSiretKey},
		{"a word, the country unsaid", portfolio.Site{Postcode: "abc", Siret: "732829320"}, portfolio.DoubtPostcode, portfolio.DoubtSiret},
		{"another country", portfolio.Site{Postcode: "L-1111", Country: "Luxembourg"}, "", ""},
	} {
		d := newCard(1, portfolio.Account{Name: "Écluse", Status: portfolio.Client})
		d.add(portfolio.KindSite, c.site)
		s := load(20_000, miscRows(0), d.Bundle)
		sheet, _ := s.ClientSheet(reader, clientAsk(d.Root), d.Bundle)
		for _, v := range sheet.Values {
			want := portfolio.Doubt("")
			switch v.Key {
			case "field.postcode":
				want = c.postcode
			case "field.siret":
				want = c.siret
			}
			if v.Doubt != want {
				t.Errorf("%s: %s %q has the doubt %q, want %q", c.name, v.Key, v.Text, v.Doubt, want)
			}
		}
	}
}
