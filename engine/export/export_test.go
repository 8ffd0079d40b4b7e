package export_test

import (
	"reflect"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/export"
	"sillon/engine/intake"
	"sillon/engine/money"
	"sillon/engine/portfolio"

	"pgregory.net/rapid"
)

// words are the French headers, as the catalogue has them.
func words(key string) string {
	return map[string]string{
		"export.code": "Code client", "export.name": "Raison sociale", "export.status": "Statut", "export.siret": "SIRET", "export.street": "Adresse",
		"export.postcode": "Code postal", "export.city": "Ville", "export.country": "Pays", "export.phone": "Téléphone", "export.email": "E-mail",
		"export.sector": "Activité", "export.headcount": "Effectif", "export.first-order": "Première commande", "export.solvency": "Solvabilité",
		"export.potential": "Potentiel annuel", "export.n": "CA N", "export.n-1": "CA N-1", "export.lat": "Latitude", "export.lon": "Longitude",
		"export.tags": "Étiquettes", "export.summary": "Note", "export.day": "Date", "export.time": "Heure", "export.who": "Commercial",
		"status.1": "Suspect", "status.2": "Prospect", "status.3": "Client", "status.4": "Inactif", "status.5": "Perdu",
		"solvency.1": "Bonne", "solvency.2": "À surveiller", "solvency.3": "Bloquée",
	}[key]
}

func TestAFrenchExcelOpensTheClients(t *testing.T) {
	got := string(export.Clients(export.Excel, words, []export.Client{{
		Account: portfolio.Account{Code: "0042", Name: "L'Écluse ; & Fils", Status: portfolio.Client, FirstOrder: calendar.Of(2024, 9, 3), Summary: "dit \"Chez Paul\"\nfermé le lundi"},
		Place:   portfolio.Site{Postcode: "01000", City: "Bourg", Siret: "73282932000074", Phone: "+33612345678"},
		Sales:   18_411_10, Before: -320_05,
	}}))
	want := "\ufeffCode client;Raison sociale;Statut;SIRET;Adresse;Code postal;Ville;Pays;Téléphone;E-mail;Activité;Effectif;Première commande;Solvabilité;Potentiel annuel;CA N;CA N-1;Latitude;Longitude;Étiquettes;Note\r\n" +
		"0042;\"L'Écluse ; & Fils\";Client;732 829 320 00074;;01000;Bourg;;06 12 34 56 78;;;;03/09/2024;;;18411,10;-320,05;;;;\"dit \"\"Chez Paul\"\"\nfermé le lundi\"\r\n"
	if got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
	plain := string(export.Clients(export.Plain, words, []export.Client{{Account: portfolio.Account{Name: "A, B", FirstOrder: calendar.Of(2024, 9, 3)}, Sales: 5}}))
	if line := strings.Split(plain, "\r\n")[1]; line != `,"A, B",,,,,,,,,,,2024-09-03,,,0.05,0.00,,,,` {
		t.Errorf("international: %q", line)
	}
}

func TestFormulasAreHarmlessAndAmountsStayNumbers(t *testing.T) {
	for _, s := range []string{"=cmd|' /C calc'!A0", "+33", "-2+3", "@SUM(A1)", "\tx", "\rx"} {
		got := string(export.Clients(export.Excel, words, []export.Client{{Account: portfolio.Account{Name: s}, Sales: -100_00}}))
		cells := strings.SplitN(strings.SplitN(got, "\r\n", 2)[1], ";", 3)
		if c := strings.TrimPrefix(cells[1], `"`); !strings.HasPrefix(c, "'") {
			t.Errorf("%q is written %q, want an apostrophe before it", s, cells[1])
		}
		if !strings.Contains(got, ";-100,00;") {
			t.Errorf("the negative amount was touched: %q", got)
		}
	}
	got := string(export.Visits(export.Excel, words, []export.Visit{{Day: calendar.Of(2026, 11, 19), Minute: 650, Notes: "=1+1", Outcome: "Commande", Order: 1_200_00}}))
	if line := strings.Split(got, "\r\n")[1]; line != "19/11/2026;10:50;;;;;Commande;;;'=1+1;;1200,00" {
		t.Errorf("visit %q", line)
	}
}

// TestOurOwnExportComesBack: what is written is read back, in either format,
// whatever the names hold.
func TestOurOwnExportComesBack(t *testing.T) {
	asOf := calendar.Of(2026, 3, 31)
	word := rapid.StringMatching(`[=+@'"A-Za-zÉéœ0-9;,.&\-]{1,6}( [A-Za-zÉéœ0-9;,"&]{1,8}){0,2}`)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "clients")
		var clients []export.Client
		for i := range n {
			lat, lon := float64(rapid.IntRange(-89_000, 89_000).Draw(t, "lat"))/1000, float64(rapid.IntRange(-179_000, 179_000).Draw(t, "lon"))/1000
			c := export.Client{
				Account: portfolio.Account{Code: "C" + string(rune('A'+i)), Name: "N" + word.Draw(t, "name"), Status: portfolio.Status(rapid.IntRange(1, 5).Draw(t, "status")),
					FirstOrder: calendar.Of(2001, 1, 1) + calendar.Day(rapid.IntRange(0, 9000).Draw(t, "first")), Solvency: portfolio.Solvency(rapid.IntRange(0, 3).Draw(t, "solvency")), Siren: "732829320"},
				Place: portfolio.Site{Street: word.Draw(t, "street"), Postcode: rapid.StringMatching(`[0-9]{5}`).Draw(t, "postcode"), City: "V" + word.Draw(t, "city"),
					Siret: "73282932000074", Phone: "+33612345678", PhoneRaw: "06 12 34 56 78", Headcount: rapid.IntRange(1, 900).Draw(t, "headcount"), Lat: &lat, Lon: &lon},
				Potential: money.Cents(rapid.Int64Range(1, 1e9).Draw(t, "potential")),
				Sales:     money.Cents(rapid.Int64Range(1, 1e9).Draw(t, "sales")), Before: money.Cents(rapid.Int64Range(0, 1e9).Draw(t, "before")),
			}
			clients = append(clients, c)
		}
		f := rapid.SampledFrom([]export.Format{export.Excel, export.Plain}).Draw(t, "format")
		data := export.Clients(f, words, clients)
		s, err := intake.Open(data, intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := intake.Check(func(int, int) error { return nil }, s, intake.Mapping{Columns: intake.Guess(s, asOf), AsOf: asOf}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Blocking != "" || r.Ready != n || len(r.Drafts) != n {
			t.Fatalf("%q %s: %d ready of %d, %+v\n%s", r.Blocking, r.About, r.Ready, n, r.Issues, data)
		}
		for i, d := range r.Drafts {
			want := clients[i]
			if !reflect.DeepEqual(d.Account, want.Account) || !reflect.DeepEqual(d.Place, want.Place) {
				t.Fatalf("read back %+v %+v\nwant %+v %+v\n%s", d.Account, d.Place, want.Account, want.Place, data)
			}
			var sales money.Cents
			for _, l := range d.Lines {
				sales += l.Sale.Amount
			}
			if d.Potential == nil || d.Potential.Amount != want.Potential || sales != want.Sales+want.Before {
				t.Fatalf("potential %+v, sales %d; want %d, %d + %d", d.Potential, sales, want.Potential, want.Sales, want.Before)
			}
		}
	})
}
