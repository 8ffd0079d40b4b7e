package intake

import (
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

func TestNumbersAsTheyAreReallyWritten(t *testing.T) {
	for _, c := range []struct {
		name, in string
		dec      byte
		want     money.Cents
		state    numState
	}{
		{"French with a space", "1 234,56 €", 0, 1_234_56, numOK},
		{"no-break space", "1\u00a0234,56", 0, 1_234_56, numOK},
		{"narrow no-break space", "1\u202f234,56\u202f€", 0, 1_234_56, numOK},
		{"English", "1234.56", 0, 1_234_56, numOK},
		{"German and Spanish", "1.234,56", 0, 1_234_56, numOK},
		{"American", "1,234.56", 0, 1_234_56, numOK},
		{"Swiss", "1'234.50", 0, 1_234_50, numOK},
		{"accountant's brackets are negative", "(1 200)", 0, -1_200_00, numOK},
		{"minus sign of print", "− 320,00 €", 0, -320_00, numOK},
		{"minus after the number, as SAP writes it", "1 234,50-", 0, -1_234_50, numOK},
		{"thousands of euros", "12 k€", 0, 12_000_00, numOK},
		{"thousands with decimals", "12,5 k€", 0, 12_500_00, numOK},
		{"millions of euros", "1,2 M€", 0, 1_200_000_00, numOK},
		{"thousands of what? to be confirmed", "12k", 0, 12_000_00, numUnit},
		{"several groups leave no doubt", "1.234.567", 0, 1_234_567_00, numOK},
		{"one group and no neighbour to tell", "1,234", 0, 0, numAmbiguous},
		{"one group with a point, the same", "1.234", 0, 0, numAmbiguous},
		{"in a column of decimal commas", "1,234", ',', 1_23, numOK},
		{"in a column of decimal points", "1,234", '.', 1_234_00, numOK},
		{"a leading zero is no thousand", "0,234", 0, 23, numOK},
		{"four decimals are no group", "1,2345", 0, 1_23, numOK},
		{"half a cent rounds away from zero", "0,005", ',', 1, numOK},
		{"minus half a cent too", "-0,005", ',', -1, numOK},
		{"hundreds of an export", "18 411,10", ',', 18_411_10, numOK},
		{"pounds before", "£1,234.50", 0, 1_234_50, numOK},
		{"dirhams after", "1 200 MAD", 0, 1_200_00, numOK},
		{"excluding tax said in the cell", "1 200,00 € HT", 0, 1_200_00, numOK},
		{"scientific", "1,2E+05", 0, 120_000_00, numOK},
		{"zero as accountants show it", "-   €", 0, 0, numNone},
		{"not communicated", "NC", 0, 0, numNone},
		{"nothing", " \u00a0", 0, 0, numNone},
		{"formula that failed", "#N/A", 0, 0, numFormula},
		{"words", "à voir", 0, 0, numBad},
		{"a group of two is no group", "12 34", 0, 0, numBad},
		{"two decimal signs", "1,2,3", 0, 0, numBad},
		{"a date is no amount", "31/12/2025", 0, 0, numBad},
		{"digits of a SIRET fit, thirty do not", "123456789012345678901234567890", 0, 0, numBad},
	} {
		n, st := readNumber(c.in, c.dec)
		got, _ := n.cents()
		if st != c.state || (st == numOK || st == numUnit) && got != c.want {
			t.Errorf("%s: %q = %d cents, state %d; want %d, %d", c.name, c.in, got, st, c.want, c.state)
		}
	}
	if n, st := readNumber("12 %", 0); st != numOK || !n.percent || n.float() != 12 {
		t.Errorf("12 %% = %+v, %d; want twelve per cent", n, st)
	}
}

func TestDatesAsTheyAreReallyWritten(t *testing.T) {
	for _, c := range []struct {
		name, in, order string
		want            string
		state           dayState
	}{
		{"French", "31/12/2025", DMY, "2025-12-31", dayOK},
		{"French, short", "31-12-25", DMY, "2025-12-31", dayOK},
		{"with points", "31.12.2025", DMY, "2025-12-31", dayOK},
		{"ISO in a French column", "2025-12-31", DMY, "2025-12-31", dayOK},
		{"ISO with its time", "2025-12-31T00:00:00Z", DMY, "2025-12-31", dayOK},
		{"with the hour", "31/12/2025 14:05", DMY, "2025-12-31", dayOK},
		{"compact", "20251231", DMY, "2025-12-31", dayOK},
		{"American column", "12/31/2025", MDY, "2025-12-31", dayOK},
		{"month in letters", "3 sept. 2024", DMY, "2024-09-03", dayOK},
		{"month in letters, joined", "03-août-24", DMY, "2024-08-03", dayOK},
		{"first of the month", "1er mars 2025", DMY, "2025-03-01", dayOK},
		{"with the weekday", "lundi 3 mars 2025", DMY, "2025-03-03", dayOK},
		{"Excel serial of 1900", "46022", Excel, "2025-12-31", dayOK},
		{"Excel serial lost in a column of dates", "46022", DMY, "2025-12-31", dayOK},
		{"Excel serial with its hour", "46022,5", Excel, "2025-12-31", dayOK},
		{"Excel serial of 1904", "44560", Excel4, "2025-12-31", dayOK},
		{"last century", "03/09/85", DMY, "1985-09-03", dayOK},
		{"a day that does not exist", "31/02/2023", DMY, "2023-02-28", dayMissing},
		{"a leap day that does not exist", "29/02/2025", DMY, "2025-02-28", dayMissing},
		{"no date, as databases write it", "00/00/0000", DMY, "", dayNone},
		{"no date, as others write it", "01/01/1900", DMY, "", dayNone},
		{"month thirteen", "01/13/2025", DMY, "", dayBad},
		{"words", "bientôt", DMY, "", dayBad},
		{"a small number is no serial", "12", DMY, "", dayBad},
	} {
		d, st := readDay(c.in, c.order, 2026)
		if st != c.state || c.want != "" && d.String() != c.want {
			t.Errorf("%s: %q = %v, state %d; want %s, %d", c.name, c.in, d, st, c.want, c.state)
		}
	}
}

func TestPeriodsInHeaders(t *testing.T) {
	for _, c := range []struct {
		in, want string
		total    bool
	}{
		{"CA N", "n", true}, {"CA_N-1", "n-1", true}, {"CA N−1", "n-1", true}, {"CA HT N", "n", true}, {"CA N-2", "n-2", true}, {"CA année N-1", "n-1", true},
		{"CA 2025", "2025", true}, {"Chiffre d'affaires 2024 HT", "2024", true}, {"2025", "2025", true},
		{"CA 01/25", "2025-01", true}, {"CA 12/25", "2025-12", true}, {"CA 2025-03", "2025-03", true}, {"CA janv. 25", "2025-01", true},
		{"Ventes août 2025", "2025-08", true}, {"Sales Mar 2025", "2025-03", true}, {"CA T3 2025", "2025-q3", true}, {"CA Q1 25", "2025-q1", true},
		{"CA 12 mois", "n", true}, {"CA 202503", "2025-03", true},
		{"CA", "", true}, {"CA HT", "", true},
		{"CA TTC 2025", "", false}, {"Objectif 2025", "", false}, {"Ville", "", false}, {"Adresse 2", "", false}, {"Code client", "", false},
	} {
		if p, ok := periodOf(c.in); p != c.want || ok != c.total {
			t.Errorf("periodOf(%q) = %q, %v; want %q, %v", c.in, p, ok, c.want, c.total)
		}
	}
	asOf := calendar.Of(2026, 3, 15)
	for p, want := range map[string]string{
		"n": "2025-03-16 2026-03-15", "n-1": "2024-03-16 2025-03-15", "2025": "2025-01-01 2025-12-31", "2025-02": "2025-02-01 2025-02-28",
		"2025-q4": "2025-10-01 2025-12-31", "2026": "2026-01-01 2026-03-15", "2026-03": "2026-03-01 2026-03-15",
	} {
		w, ok := Window(p, asOf)
		if got := w.From.String() + " " + w.To.String(); !ok || got != want {
			t.Errorf("%s read on %v is %s, %v; want %s", p, asOf, got, ok, want)
		}
	}
	for _, p := range []string{"2027", "2026-04", "", "2025-13", "1965", "n-x"} {
		if w, ok := Window(p, asOf); ok {
			t.Errorf("period %q is %v; want none: it has not begun or means nothing", p, w)
		}
	}
}

func TestRegisterNumbers(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		valid          bool
		why            Reason
	}{
		{"with spaces", "732 829 320 00074", "73282932000074", true, ""}, // INSEE's own example
		{"wrong key", "732 829 320 00075", "73282932000075", false, SiretKey},
		{"La Poste, head office, passes Luhn", "35600000000048", "35600000000048", true, ""},
		{"La Poste, another place: the sum of digits is a multiple of 5", "35600000049837", "35600000049837", true, ""}, // 3+5+6+4+9+8+3+7 = 45
		{"La Poste, wrong", "35600000049838", "35600000049838", false, SiretKey},
		{"damaged by Excel", "7,3283E+13", "", false, SiretSci},
		{"fourteen digits of somebody's invention", "55800959900016", "55800959900016", false, SiretKey},
		{"Monaco's form with letters", "MC123456789012", "MC123456789012", true, ""},
		{"too short", "1234", "", false, SiretShape},
	} {
		got, valid, why := ReadSiret(c.in)
		if got != c.want || valid != c.valid || why != c.why {
			t.Errorf("%s: %q = %q, %v, %q; want %q, %v, %q", c.name, c.in, got, valid, why, c.want, c.valid, c.why)
		}
	}
	zero := ""
	for n := range 10 { // a SIRET that begins with zero, its key found by trying
		if s := "0057802440001" + string(rune('0'+n)); portfolio.Luhn(s) {
			zero = s
		}
	}
	if got, valid, why := ReadSiret(zero[1:]); got != zero || !valid || why != SiretZero {
		t.Errorf("ReadSiret(%q) = %q, %v, %q; want the zero back: %q", zero[1:], got, valid, why, zero)
	}
	if got, valid, _ := ReadSiren("732 829 320"); got != "732829320" || !valid {
		t.Errorf("SIREN = %q, %v", got, valid)
	}
	if got, valid, _ := ReadVAT("FR 44 732829320"); got != "732829320" || !valid { // (12 + 3 × (732829320 mod 97)) mod 97 = 44
		t.Errorf("VAT = %q, %v; want SIREN 732829320", got, valid)
	}
	if _, valid, why := ReadVAT("FR45732829320"); valid || why != VATShape {
		t.Errorf("VAT with a wrong key is taken: %v %v", valid, why)
	}
}

func TestNamesAndPlaces(t *testing.T) {
	for _, c := range [][2]string{
		{"SARL L’Écluse", "L ECLUSE"}, {"Œnothèque S.A.S.", "oenotheque s a s"}, {"ETS DURAND", "Durand"}, {"Société Générale de Pêche", "GENERALE DE PECHE"},
	} {
		if a, b := foldName(c[0]), foldName(c[1]); a != b {
			t.Errorf("%q folds to %q, %q to %q; want one name", c[0], a, c[1], b)
		}
	}
	for _, c := range [][3]string{
		{"35400 ST MALO", "35400", "ST MALO"}, {"St Malo 35400", "35400", "St Malo"}, {"F-67000 Strasbourg", "67000", "Strasbourg"}, {"35040 RENNES CEDEX", "35040", "RENNES CEDEX"}, {"Rennes", "", "Rennes"},
	} {
		if p, city := splitPostcode(c[0]); p != c[1] || city != c[2] {
			t.Errorf("%q = %q, %q; want %q, %q", c[0], p, city, c[1], c[2])
		}
	}
	for _, c := range []struct {
		in      string
		country string
		want    string
		why     Reason
	}{{"01000", "", "01000", ""}, {"1000", "", "01000", PostcodeZero}, {"20000", "", "20000", ""}, {"97400", "", "97400", ""}, {"35 400", "", "35400", ""}, {"1000", "Belgique", "1000", ""}, {"SW1A 1AA", "", "SW1A 1AA", ""}, {"abc", "France", "abc", PostcodeShape}, {"-", "", "-", ""}} {
		if got, why := readPostcode(c.in, c.country); got != c.want || why != c.why {
			t.Errorf("postcode %q = %q, %q; want %q, %q", c.in, got, why, c.want, c.why)
		}
	}
	if got, _ := readInsee("2A004"); got != "2A004" {
		t.Errorf("INSEE code 2A004 = %q", got)
	}
	for in, want := range map[string]string{"06 12 34 56 78": "+33612345678", "+33 (0)6 12 34 56 78": "+33612345678", "0033612345678": "+33612345678", "06.12.34.56.78": "+33612345678", "612345678": "+33612345678"} {
		if got := phone(in); got != want {
			t.Errorf("phone %q = %q, want %q", in, got, want)
		}
	}
}
