package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

var asOf = calendar.Of(2026, 3, 31)

// read opens, guesses and checks a text.
func read(t *testing.T, text string, e *intake.Existing, choices intake.Choices) *intake.Result {
	t.Helper()
	s := open(t, []byte(text))
	return check(t, s, intake.Mapping{Columns: intake.Guess(s, asOf), AsOf: asOf, Choices: choices}, e)
}

// codes writes the issues as "line:column:code level".
func codes(r *intake.Result) string {
	var out []string
	for _, i := range r.Issues {
		out = append(out, fmt.Sprintf("%s %d", i.Key(), i.Level))
	}
	return strings.Join(out, ", ")
}

func id(n byte) portfolio.ID { return portfolio.ID{n} }

func TestTheFileOfTheMockup(t *testing.T) {
	r := read(t, "RAISON_SOC;CP_VILLE;CA_N;CA_N-1;POT_EST;DT_1ERE_CDE;SIRET;REP;COD_X7\r\n"+
		"Brasserie de l'Écluse;35400 ST MALO;18 411,10;15 602,00;66000;03/09/24;732 829 320 00074;MG;A2\r\n"+
		"Pharmacie des Bés;1000 BOURG;2 000,00;;12k;31/02/2023;;MG;A2\r\n"+
		"Garage Le Gall;29200 BREST;-320,00;100,00;;;7,3283E+13;MG;A2\r\n"+
		"TOTAL;;20 091,10;15 702,00;;;;;\r\n", nil, nil)
	if r.Ready != 1 || r.Doubtful != 2 || r.Refused != 0 || r.Passed != 1 || r.New != 1 {
		t.Errorf("%d ready, %d to check, %d refused, %d passed, %d new; want 1, 2, 0, 1, 1", r.Ready, r.Doubtful, r.Refused, r.Passed, r.New)
	}
	want := "3:4:thousands 1, 3:5:no-such-day 1, 4:2:negative 1, 3:1:postcode-zero 0, 4:6:siret-sci 0, 5:-1:total-line 0"
	if got := codes(r); got != want {
		t.Errorf("issues %s\nwant   %s", got, want)
	}
	d := r.Drafts[0]
	if d.Account.Name != "Brasserie de l'Écluse" || d.Place.Postcode != "35400" || d.Place.City != "ST MALO" || d.Place.Siret != "73282932000074" || d.Account.Siren != "732829320" {
		t.Errorf("draft %+v %+v", d.Account, d.Place)
	}
	if d.Account.FirstOrder != calendar.Of(2024, 9, 3) || d.Potential == nil || d.Potential.Amount != 66_000_00 || len(d.Lines) != 2 {
		t.Errorf("first order %v, potential %+v, %d lines", d.Account.FirstOrder, d.Potential, len(d.Lines))
	}
	if l := d.Lines[0].Sale; l.Amount != 18_411_10 || l.From != calendar.Of(2025, 4, 1) || l.To != asOf {
		t.Errorf("CA N is %+v; want the twelve months to %v", l, asOf)
	}
	s := open(t, []byte("RAISON_SOC;CP_VILLE;CA_N;POT_EST\nPharmacie;1000 BOURG;-320,00;12k\n"))
	all := check(t, s, intake.Mapping{Columns: intake.Guess(s, asOf), AsOf: asOf, AcceptAll: true}, nil)
	if all.Ready != 1 || all.Drafts[0].Potential.Amount != 12_000_00 || all.Drafts[0].Lines[0].Sale.Amount != -320_00 || !all.Drafts[0].Lines[0].Sale.Return {
		t.Errorf("everything accepted: %d ready, %+v", all.Ready, all.Drafts)
	}
}

func TestAMonthlyTableBecomesPeriods(t *testing.T) {
	var head, line strings.Builder
	head.WriteString("Code client;Nom;CA 2025;Total")
	line.WriteString("1;Durand;780,00;780,00")
	for m := 1; m <= 12; m++ {
		fmt.Fprintf(&head, ";CA %02d/25", m)
		fmt.Fprintf(&line, ";%d,00", 10*m) // 10 + 20 + … + 120 = 780
	}
	r := read(t, head.String()+"\n"+line.String()+"\n", nil, nil)
	if len(r.Drafts) != 1 || len(r.Drafts[0].Lines) != 12 || r.Sales != 780_00 {
		t.Fatalf("%q %s: %d sold, drafts %+v; the year and the total must not count beside their months", r.Blocking, r.About, r.Sales, r.Drafts)
	}
	for m, l := range r.Drafts[0].Lines {
		if from := calendar.Of(2025, 1, 1).AddMonths(m); l.Sale.From != from || l.Sale.To != from.EndOfMonth() || l.Sale.Amount != money.Cents(1000*(m+1)) {
			t.Errorf("month %d: %+v", m+1, l.Sale)
		}
	}
}

func TestAmbiguousNumbersAreDecidedByTheirColumn(t *testing.T) {
	for _, c := range []struct {
		name, values string
		sold         money.Cents
		refused      int
	}{
		{"a neighbour with a decimal comma", "1,234|2,50", 1_23 + 2_50, 0},
		{"a neighbour with a decimal point", "1,234|2.50", 1_234_00 + 2_50, 0},
		{"a neighbour with two groups", "1,234|1,234,567", 1_234_00 + 1_234_567_00, 0},
		{"nobody tells", "1,234|12", 12_00, 1},
		{"neighbours disagree", "1,234|2,50|3.50", 2_50 + 3_50, 1},
	} {
		text := "code client\tdate\tmontant ht\n"
		for i, v := range strings.Split(c.values, "|") {
			text += fmt.Sprintf("C%d\t01/02/2025\t%s\n", i, v)
		}
		r := read(t, text, nil, nil)
		if r.Sales != c.sold || r.Refused != c.refused {
			t.Errorf("%s: %d sold, %d refused; want %d, %d", c.name, r.Sales, r.Refused, c.sold, c.refused)
		}
		if c.refused > 0 && r.Issues[0].Code != intake.Ambiguous {
			t.Errorf("%s: issues %s", c.name, codes(r))
		}
	}
}

func TestACorrectedValueIsRead(t *testing.T) {
	text := "code client;date;montant ht\nA;31/31/2025;10,00\nB;01/02/2025;dix\n"
	r := read(t, text, nil, nil)
	if r.Refused != 2 {
		t.Fatalf("%d refused: %s", r.Refused, codes(r))
	}
	choices := intake.Choices{r.Issues[0].Key(): "=31/01/2025", r.Issues[1].Key(): "=11,00"}
	if r = read(t, text, nil, choices); r.Refused != 0 || r.Sales != 21_00 {
		t.Errorf("corrected: %d refused, %d sold, %s; want 0, 2100", r.Refused, r.Sales, codes(r))
	}
	if r = read(t, text, nil, intake.Choices{"3:2:number": "=toujours faux"}); r.Refused != 2 {
		t.Errorf("a correction as wrong as before lets the line in: %s", codes(r))
	}
	if r = read(t, text, nil, intake.Choices{"2:1:date": "drop"}); r.Doubtful != 1 || r.Refused != 1 {
		t.Errorf("a line left out by choice: %d, %d", r.Doubtful, r.Refused)
	}
}

func device() *intake.Existing {
	return intake.NewExisting([]intake.Card{
		{ID: id(1), Account: portfolio.Account{Code: "C1", Name: "Brasserie de l'Écluse", Status: portfolio.Client}, Site: id(11),
			Place: portfolio.Site{Postcode: "35400", City: "Saint-Malo", Siret: "73282932000074", Phone: "+33299000000", PhoneRaw: "02 99 00 00 00"}},
		{ID: id(2), Account: portfolio.Account{Name: "Garage Le Gall", Status: portfolio.Prospect}, Site: id(12), Place: portfolio.Site{Postcode: "29200"}},
		{ID: id(3), Account: portfolio.Account{Code: "C3", Name: "Hôtel du Port"}, Site: id(13), Place: portfolio.Site{Postcode: "56000"},
			Lines: []intake.Line{
				{ID: id(31), From: calendar.Of(2025, 5, 2), Amount: 100_00, Ref: "F1"},
				{ID: id(32), From: calendar.Of(2025, 5, 2), Amount: 100_00},
				{ID: id(33), From: calendar.Of(2024, 1, 1), To: calendar.Of(2024, 12, 31), Amount: 900_00},
			}},
	}, []string{"LAV", "SOL"})
}

func TestClientsAreFoundByCodeThenSiretThenName(t *testing.T) {
	for _, c := range []struct {
		name, text, issues string
		card               portfolio.ID
		choice             intake.Choices
	}{
		{name: "by code, whatever the name", text: "code client;nom;cp\nc1;Écluse (la);75001", card: id(1)},
		{name: "by SIRET", text: "siret;nom\n732 829 320 00074;Brasserie de l Ecluse", card: id(1)},
		{name: "by SIRET under another name", text: "siret;nom\n73282932000074;Chez Marcel", card: id(1), issues: "2:0:same-siret 0"},
		{name: "by name and postcode, accents and legal form apart", text: "nom;cp\nSARL GARAGE LE GALL;29200", card: id(2)},
		{name: "a code for a card that had none", text: "code client;nom;cp\nC9;Garage Le Gall;29200", card: id(2), issues: "2:1:same-name 0"},
		{name: "same SIRET, another code: asked", text: "code client;siret;nom\nC7;73282932000074;L'Écluse", issues: "2:1:same-siret 1"},
		{name: "same SIRET, another code: merged", text: "code client;siret;nom\nC7;73282932000074;L'Écluse", card: id(1), choice: intake.Choices{"2:1:same-siret": "merge"}},
		{name: "same SIRET, another code: two clients", text: "code client;siret;nom\nC7;73282932000074;L'Écluse", choice: intake.Choices{"2:1:same-siret": "separate"}},
		{name: "same name and postcode, another code: two clients, said", text: "code client;nom;cp\nC8;Hôtel du Port;56000", issues: "2:1:lookalike 0"},
		{name: "a name alone, known once", text: "nom;ville\nHotel du port;Vannes", card: id(3), issues: "2:0:same-name 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, c.text+"\n", device(), c.choice)
			if got := codes(r); got != c.issues {
				t.Errorf("issues %q, want %q", got, c.issues)
			}
			if r.Ready == 0 {
				return
			}
			if len(r.Drafts) != 1 {
				t.Fatalf("drafts %+v, same %d", r.Drafts, r.Same)
			}
			got := portfolio.ID{}
			if r.Drafts[0].Card != nil {
				got = r.Drafts[0].Card.ID
			}
			if got != c.card {
				t.Errorf("goes to card %v, want %v", got, c.card)
			}
		})
	}
}

func TestKeepOrOverwriteIsChosenPerField(t *testing.T) {
	s := open(t, []byte("code client;téléphone;ville;activité\nC1;0299111111;ST MALO;Restaurant\n"))
	cols := intake.Guess(s, asOf)
	cols[1].Keep, cols[2].Keep, cols[3].Keep = true, false, true
	r := check(t, s, intake.Mapping{Columns: cols, AsOf: asOf}, device())
	d := r.Drafts[0]
	if d.Place.PhoneRaw != "02 99 00 00 00" || d.Place.City != "ST MALO" || d.Place.Sector != "Restaurant" {
		t.Errorf("place %+v: the phone is kept, the town replaced, the empty sector filled", d.Place)
	}
	if len(d.Changes) != 2 || r.Changed != 1 {
		t.Errorf("changes %+v, want town and sector", d.Changes)
	}
}

func TestSalesAlreadyHereAreNotAddedTwice(t *testing.T) {
	lines := func(r *intake.Result) (n, amends int) {
		for _, d := range r.Drafts {
			for _, l := range d.Lines {
				n++
				if l.Old != nil {
					amends++
				}
			}
		}
		return
	}
	for _, c := range []struct {
		name, text       string
		n, amends, voids int
		issues           string
	}{
		{name: "identical, with and without reference", text: "code client;date;montant ht;n° facture\nC3;02/05/2025;100,00;F1\nC3;02/05/2025;100,00;", n: 0},
		{name: "two equal orders of a day where one is here: one is new", text: "code client;date;montant ht\nC3;02/05/2025;100,00\nC3;02/05/2025;100,00", n: 1},
		{name: "the same invoice with another amount replaces it", text: "code client;date;montant ht;n° facture\nC3;02/05/2025;120,00;F1", n: 1, amends: 1},
		{name: "another order of the same day is new", text: "code client;date;montant ht\nC3;02/05/2025;70,00", n: 1},
		{name: "the same year with another total replaces it", text: "code client;nom;CA 2024\nC3;Hôtel;950,00", n: 1, amends: 1},
		{name: "the same year, the same total", text: "code client;nom;CA 2024\nC3;Hôtel du Port;900,00", n: 0},
		{name: "months take the place of their year", text: "code client;" + months(2024) + "\nC3" + strings.Repeat(";75", 12), n: 12, voids: 1},
		{name: "three months of it wait for an answer", text: "code client;CA 01/24;CA 02/24;CA 03/24\nC3;10;20;30", issues: "2:1:overlap 1", n: 0},
		{name: "a total whose time is detailed here, in part: asked", text: "code client;CA 2025\nC3;5000", issues: "2:1:detailed 1", n: 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, c.text+"\n", device(), nil)
			n, amends := lines(r)
			voids := 0
			for _, d := range r.Drafts {
				voids += len(d.Voids)
			}
			if n != c.n || amends != c.amends || voids != c.voids || codes(r) != c.issues {
				t.Errorf("%d lines, %d amend, %d totals void, issues %q; want %d, %d, %d, %q", n, amends, voids, codes(r), c.n, c.amends, c.voids, c.issues)
			}
		})
	}
	r := read(t, "code client;date;montant ht\nC3;01/02/2024;10,00\nC3;01/12/2024;20,00\n", device(), nil)
	if n, _ := lines(r); n != 2 || len(r.Drafts[0].Voids) != 1 {
		t.Errorf("orders over ten months of a year known as a total: %d lines, voids %+v; want both lines, the total void", n, r.Drafts[0].Voids)
	}
	r = read(t, "code client;date;montant ht\nC3;01/02/2024;10,00\nC3;03/02/2024;20,00\n", device(), nil)
	if n, _ := lines(r); n != 0 || r.Doubtful != 2 {
		t.Errorf("three days of a year known as a total: %d lines, %d wait; want none, both waiting on one answer", n, r.Doubtful)
	}
	r = read(t, "code client;date;montant ht\nC3;01/02/2024;10,00\nC3;03/02/2024;20,00\n", device(), intake.Choices{"2:-1:overlap": "replace"})
	if n, _ := lines(r); n != 2 || len(r.Drafts[0].Voids) != 1 {
		t.Errorf("once answered: %d lines", n)
	}
}

func months(year int) string {
	var m []string
	for i := 1; i <= 12; i++ {
		m = append(m, fmt.Sprintf("CA %02d/%d", i, year))
	}
	return strings.Join(m, ";")
}

func TestTheSameClientTwiceInAFile(t *testing.T) {
	r := read(t, "code client;nom;ville\nA;Durand;Rennes\nA;Durand;Rennes\nA;Durand;Brest\nB;Martin;Vannes\n", nil, nil)
	if got := codes(r); got != "4:2:duplicate 1, 3:-1:twice 0" || r.New != 2 || r.Ready != 2 || r.Doubtful != 1 || r.Passed != 1 {
		t.Errorf("issues %s; %d new, %d ready, %d to check, %d passed", got, r.New, r.Ready, r.Doubtful, r.Passed)
	}
	r = read(t, "code client;CA 2025\nA;100\nA;100\nA;50\n", nil, intake.Choices{"4:1:total-twice": "add"})
	if r.Sales != 150_00 || codes(r) != "3:-1:twice 0" {
		t.Errorf("two sites added: %d sold, %s; want 150", r.Sales, codes(r))
	}
}

func TestWhatBlocksAMapping(t *testing.T) {
	for text, want := range map[string]intake.Blocking{
		"ville;cp\nRennes;35000\n":                        intake.NoKeyColumn,
		"code client;nom\nA;Durand\n":                     "",
		"code client;date\nA;01/02/2025\n":                intake.NoAmountColumn,
		"code client;date;montant ht\nA;bientôt;10\n":     intake.NothingReady,
		"code client;nom;cp\nC1;Brasserie de l'Écluse;\n": intake.NothingToDo,
	} {
		if r := read(t, text, device(), nil); r.Blocking != want {
			t.Errorf("%q: blocking %q, want %q", text, r.Blocking, want)
		}
	}
	s := open(t, []byte("code client;nom;CA 2025;CA N\nA;Durand;1;2\n"))
	cols := intake.Guess(s, asOf)
	if r := check(t, s, intake.Mapping{Columns: cols, AsOf: asOf}, nil); r.Blocking != intake.TwoPeriods {
		t.Errorf("two totals of one time: %q", r.Blocking)
	}
	cols[2].Format = "2031"
	if r := check(t, s, intake.Mapping{Columns: cols, AsOf: asOf}, nil); r.Blocking != intake.BadPeriod {
		t.Errorf("a year that has not begun: %q", r.Blocking)
	}
	cols[2].Field = intake.Code
	if r := check(t, s, intake.Mapping{Columns: cols, AsOf: asOf}, nil); r.Blocking != intake.TwoColumns {
		t.Errorf("two codes: %q", r.Blocking)
	}
}

func TestTenThousandBadLinesAreCountedListedInPartAndHandedBack(t *testing.T) {
	var b strings.Builder
	b.WriteString("code client;date;montant ht\r\nA;01/02/2025;10,00\r\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "B%d;jamais;%d,00\r\n", i, i)
	}
	r := read(t, b.String(), nil, nil)
	if r.Ready != 1 || r.Refused != 10_000 || len(r.Issues) != intake.MaxIssues || r.All != 10_000 || r.LeftOut() != 10_000 {
		t.Errorf("%d ready, %d refused, %d listed of %d, %d handed back", r.Ready, r.Refused, len(r.Issues), r.All, r.LeftOut())
	}
	file := string(r.RefusedFile("Motif", func(i intake.Issue) string { return "« " + i.Value + " » : pas une date" }))
	if !strings.HasPrefix(file, "code client;date;montant ht;Motif\r\nB0;jamais;0,00;« jamais » : pas une date\r\n") || strings.Count(file, "\r\n") != 10_001 {
		t.Errorf("file of refused lines begins %.120q", file)
	}
}

func TestRefusedLinesKeepTheirBytes(t *testing.T) {
	data := windows("code client;nom;date;montant ht\r\nA;Hôtel \"Été\";jamais;12 €\r\n")
	r := read(t, string(data), nil, nil)
	got := r.RefusedFile("Motif", func(intake.Issue) string { return "=date illisible" })
	want := windows("code client;nom;date;montant ht;Motif\r\nA;Hôtel \"Été\";jamais;12 €;'=date illisible\r\n")
	if string(got) != string(want) {
		t.Errorf("%q\nwant %q: the bytes that came, and a harmless reason", got, want)
	}
}

func TestFamiliesCloseToAKnownOne(t *testing.T) {
	text := "code client;date;montant ht;famille\nA;01/02/2025;10;LAVV\nA;01/02/2025;10;sol\n"
	r := read(t, text, device(), nil)
	if got := codes(r); got != "2:3:near-family 1" || r.Drafts[0].Lines[0].Sale.Family != "SOL" {
		t.Errorf("issues %s, family %+v", got, r.Drafts)
	}
	r = read(t, text, device(), intake.Choices{"2:3:near-family": "replace"})
	if r.Drafts[0].Lines[0].Sale.Family != "LAV" {
		t.Errorf("replaced: %+v", r.Drafts[0].Lines[0].Sale)
	}
}

func TestMarginsGiveCosts(t *testing.T) {
	r := read(t, "code client;date;montant ht;marge brute\nA;01/02/2025;100,00;30,00\n", nil, nil)
	if c := r.Drafts[0].Lines[0].Sale.Cost; c == nil || *c != 70_00 {
		t.Errorf("cost %v, want 100 − 30 = 70", c)
	}
	r = read(t, "code client;date;montant ht;taux de marque\nA;01/02/2025;100,00;28 %\n", nil, nil)
	if c := r.Drafts[0].Lines[0].Sale.Cost; c == nil || *c != 72_00 {
		t.Errorf("cost %v, want 100 × (1 − 0.28) = 72", c)
	}
}

func TestARememberedMappingFollowsItsFile(t *testing.T) {
	first := open(t, []byte("client;zz;CA 2025\nA;10;1\n"))
	cols := intake.Guess(first, asOf)
	cols[1].Field, cols[1].Keep = intake.Headcount, true
	next := open(t, []byte("client;zz;CA 2026\nB;12;2\n"))
	if first.Shape != next.Shape {
		t.Fatalf("shapes %s and %s; the year of a total is no part of a shape", first.Shape, next.Shape)
	}
	again := intake.Guess(next, asOf)
	intake.Recall(again, cols)
	if again[1].Field != intake.Headcount || !again[1].Keep || again[2].Format != "2026" {
		t.Errorf("recalled %+v; want the headcount, and the period of the file at hand", again)
	}
}

// A known header maps its column however small the file is and whatever one of
// its cells holds; the bad cell is named, with what to do.
func TestABadCellDoesNotHideItsColumn(t *testing.T) {
	for _, c := range []struct {
		header, bad string
		reason      intake.Reason
		level       intake.Level // a potential may be left out, a sale may not
		action      intake.Action
		sizes       []int
	}{
		{"CA 2025", "dix mille", intake.NotNumber, intake.Refuse, intake.Correct, []int{1, 2, 3, 5, 19}},
		{"Ventes HT 2025", "voir Paul", intake.NotNumber, intake.Refuse, intake.Correct, []int{1, 2, 3, 5, 19}},
		{"CA N", "1O 000", intake.NotNumber, intake.Refuse, intake.Correct, []int{1, 2, 3, 5, 19}},
		{"CA", "#N/A", intake.FormulaError, intake.Refuse, intake.Correct, []int{1, 2, 3, 5, 19}},
		{"Potentiel", "beaucoup", intake.NotNumber, intake.Ask, intake.Leave, []int{1, 2, 3, 5, 19}},
		{"2025", "dix mille", intake.NotNumber, intake.Refuse, intake.Correct, []int{2, 3, 5, 19}}, // alone, a year needs a number beside it
	} {
		for _, n := range c.sizes {
			at := n / 2 // the bad line, from 0
			text := "Code client;Raison sociale;" + c.header + "\n"
			for i := range n {
				v := fmt.Sprintf("%d,50", 100+i)
				if i == at {
					v = c.bad
				}
				text += fmt.Sprintf("C%02d;Client numéro %d;%s\n", i, i, v)
			}
			r := read(t, text, nil, nil)
			if r.Ready != n-1 || r.Refused+r.Doubtful != 1 || len(r.Issues) != 1 {
				t.Errorf("%s, %d lines: %d ready, %d held back, %s; want %d, 1 and one issue", c.header, n, r.Ready, r.Refused+r.Doubtful, codes(r), n-1)
				continue
			}
			want := intake.Issue{Line: at + 2, Column: 2, Value: c.bad, Code: c.reason, Level: c.level, Action: c.action}
			if i := r.Issues[0]; i.Line != want.Line || i.Column != want.Column || i.Value != want.Value || i.Code != want.Code || i.Level != want.Level || i.Action != want.Action {
				t.Errorf("%s, %d lines: issue %+v\nwant %+v", c.header, n, i, want)
			}
		}
	}
}

// A postcode or a SIRET that cannot be right is imported as it stands, and said.
func TestDoubtfulNumbersAreKeptAndSaid(t *testing.T) {
	r := read(t, "Code client;Raison sociale;CP;Ville;Pays;SIRET\n"+
		"1;Durand;abc;Dinan;;732 829 320 00075\n"+
		"2;Martin;SW1A 1AA;London;Royaume-Uni;\n"+
		"3;Petit;22100;Dinan;France;73282932000074\n"+
		"4;Robert;-;Dinan;France;\n", nil, nil)
	if got, want := codes(r), "2:2:postcode 0, 2:5:siret-key 0"; got != want || r.Ready != 4 {
		t.Fatalf("%d ready, issues %s; want 4, %s", r.Ready, got, want)
	}
	if d := r.Drafts[0]; d.Place.Postcode != "abc" || d.Place.Siret != "73282932000075" {
		t.Errorf("the draft holds %q and %q; want both as they stand in the file", d.Place.Postcode, d.Place.Siret)
	}
}

func TestAnOldSaleAndALaterOneAreAsked(t *testing.T) {
	text := "code;date;montant\nA;12/10/1926;1,00\nB;31/12/1979;1,00\nC;01/01/1980;1,00\nD;01/04/2026;1,00\n"
	r := read(t, text, nil, nil)
	if got, want := codes(r), "2:1:old 1, 3:1:old 1, 5:1:future 1"; got != want || r.Ready != 1 {
		t.Errorf("issues %s, %d ready; want %s, 1", got, r.Ready, want)
	}
	r = read(t, text, nil, intake.Choices{"2:1:old": "accept"})
	if r.Ready != 2 || r.From != calendar.Of(1926, 10, 12) || r.To != calendar.Of(1980, 1, 1) {
		t.Errorf("kept: %d ready, %v to %v", r.Ready, r.From, r.To)
	}
	r = read(t, "code;date;montant\nA;12/10/1926;1,00\nB;31/12/1965;1,00\n", nil, intake.Choices{"2:1:old": "accept", "3:1:old": "accept"})
	if r.From != calendar.Of(1926, 10, 12) || r.To != calendar.Of(1965, 12, 31) {
		t.Errorf("sales from %v to %v; want to 31 December 1965", r.From, r.To)
	}
}

func TestAnAmountIsNotAPowerOfTen(t *testing.T) {
	r := read(t, "code;date;montant\nA;12/10/2025;1e9\nB;12/10/2025;1,2E+05\nC;12/10/2025;900,00\n", nil, nil)
	if got, want := codes(r), "2:2:power 2, 3:2:power 2"; got != want || r.Sales != 900_00 {
		t.Errorf("issues %s, sales %d; want %s", got, r.Sales, want)
	}
	if c, ok := intake.ReadAmount("1e9"); ok {
		t.Errorf("1e9 typed is %d", c)
	}
}

func TestAnotherCurrencyIsAsked(t *testing.T) {
	for _, c := range []struct{ amount, currency, want string }{
		{"£1,200.50", "EUR", "2:2:currency 1"}, {"£1,200.50", "GBP", ""}, {"1 200,50 €", "EUR", ""}, {"1200 EUR", "EUR", ""}, {"$12.50", "CAD", ""},
		{"$12.50", "EUR", "2:2:currency 1"}, {"500 dh", "MAD", ""}, {"500 dh", "EUR", "2:2:currency 1"}, {"500 CHF", "EUR", "2:2:currency 1"}, {"£1,200.50", "", ""},
	} {
		s := open(t, []byte("code;date;montant\nA;12/10/2025;"+c.amount+"\n"))
		r := check(t, s, intake.Mapping{Columns: intake.Guess(s, asOf), AsOf: asOf, Currency: c.currency}, nil)
		if got := codes(r); got != c.want {
			t.Errorf("%s in %s: issues %q, want %q", c.amount, c.currency, got, c.want)
		}
	}
}

func TestDecimalsWrittenInTwoWaysAreAsked(t *testing.T) {
	r := read(t, "code;date;montant\nA;12/10/2025;1,234.50\nB;12/10/2025;2.345,50\nC;12/10/2025;3,456.50\n", nil, nil)
	if got, want := codes(r), "3:2:two-signs 1"; got != want || r.Ready != 2 || r.Columns[2].Read != 2 {
		t.Errorf("issues %s, %d ready, %d read; want %s, 2, 2", got, r.Ready, r.Columns[2].Read, want)
	}
	r = read(t, "code;date;montant\nA;12/10/2025;1,234.50\nB;12/10/2025;2.345,50\n", nil, intake.Choices{"3:2:two-signs": "accept"})
	if r.Sales != 1_234_50+2_345_50 {
		t.Errorf("kept: %d", r.Sales)
	}
}
