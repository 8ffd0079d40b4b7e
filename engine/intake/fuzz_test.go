package intake_test

import (
	"testing"
	"unicode/utf8"

	"sillon/engine/intake"
	"sillon/engine/money"

	"pgregory.net/rapid"
)

// FuzzImport: whatever the bytes, Open and Check end without panic, every line
// is accounted for once, and the drafts hold exactly the sales that are told.
func FuzzImport(f *testing.F) {
	for _, s := range []string{
		"code client;nom;cp;CA N;CA N-1\n1;Durand;35000;1 234,56 €;(1 200)\n2;TOTAL;;12k;\n",
		"customer,date,sales_gbp,lines,units,returns_gbp,return_lines\n12346,2009-12-14,90.00,3,20,0.00,0\n",
		"nom;siret\n\"a;7,3283E+13\nb;73282932000074\n", "\xff\xfea\x00;\x00b\x00\n\x00", "\xef\xbb\xbfnom\n\xe9t\xe9\n", "sep=,\n1,2\n",
		"C001;Brasserie;35400;12/03/2025;120,50\n", "nom;date;montant\na;31/02/2023;1,234\n", "\"\"\"\n\"", ";;;\n;;;\n",
	} {
		f.Add([]byte(s), uint8(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, force uint8) {
		if len(data) > 1<<16 {
			return
		}
		o := intake.Options{Header: intake.HeaderChoice(force % 3), Encoding: []string{"", intake.UTF8, intake.Windows, intake.UTF16LE}[force/3%4], Separator: []byte{0, ';', ',', '\t'}[force/12%4]}
		s, err := intake.Open(data, o)
		if err != nil {
			return
		}
		if s.Rows() == 0 || len(s.Header) != s.Width || len(s.Shape) != 16 {
			t.Fatalf("an open sheet of %d rows, %d headers for %d columns, shape %q", s.Rows(), len(s.Header), s.Width, s.Shape)
		}
		for _, row := range s.Preview(20) {
			for _, c := range row {
				if !utf8.ValidString(c) {
					t.Fatalf("cell %q is not text", c)
				}
			}
		}
		m := intake.Mapping{Columns: intake.Guess(s, asOf), AsOf: asOf, AcceptAll: force&0x80 != 0}
		r, err := intake.Check(noStep, s, m, device())
		if err != nil {
			t.Fatal(err)
		}
		if r.Ready+r.Doubtful+r.Refused+r.Passed != s.Rows() && r.Blocking == "" {
			t.Fatalf("%d ready, %d to check, %d refused, %d passed of %d lines", r.Ready, r.Doubtful, r.Refused, r.Passed, s.Rows())
		}
		lines := 0
		for _, d := range r.Drafts {
			lines += len(d.Lines)
			if d.Account.Name == "" {
				t.Fatalf("a client without a name: %+v", d.Account)
			}
		}
		if lines != r.LinesNew+r.LinesChanged {
			t.Fatalf("drafts hold %d lines, %d told", lines, r.LinesNew+r.LinesChanged)
		}
		_ = r.RefusedFile("Motif", func(i intake.Issue) string { return string(i.Code) })
	})
}

// TestAmountsSurviveWritingAndReading: an amount written in any of the usual
// ways is read to the cent, whatever its size.
func TestAmountsSurviveWritingAndReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "lines")
		thousands := rapid.SampledFrom([]string{"", " ", "\u202f", "."}).Draw(t, "thousands")
		var want money.Cents
		text := "code client;date;montant ht\n"
		for range n {
			c := money.Cents(rapid.Int64Range(-99_999_999_99, 99_999_999_99).Draw(t, "cents"))
			want += c
			text += "A;01/02/2025;" + french(c, thousands) + "\n"
		}
		s, err := intake.Open([]byte(text), intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := intake.Check(noStep, s, intake.Mapping{Columns: intake.Guess(s, asOf), AsOf: asOf}, nil)
		if err != nil || r.Sales-r.Returns != want || r.Ready != n {
			t.Fatalf("%d net of %d lines ready, want %d of %d: %v\n%s", r.Sales-r.Returns, r.Ready, want, n, err, text)
		}
	})
}

// french writes an amount with two decimals and its thousands grouped.
func french(c money.Cents, thousands string) string {
	neg := c < 0
	if neg {
		c = -c
	}
	s := ""
	for i, digits := 0, []byte(itoa(int64(c/100))); i < len(digits); i++ {
		if i > 0 && (len(digits)-i)%3 == 0 {
			s += thousands
		}
		s += string(digits[i])
	}
	s += "," + itoa(int64(c%100/10)) + itoa(int64(c%10))
	if neg {
		s = "-" + s
	}
	return s
}

func itoa(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
