package intake_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"sillon/engine/intake"
)

func utf16le(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

func windows(s string) []byte {
	var out []byte
	for _, r := range s {
		switch r {
		case '€':
			out = append(out, 0x80)
		case 'œ':
			out = append(out, 0x9c)
		default:
			out = append(out, byte(r))
		}
	}
	return out
}

// swapped turns the bytes of every unit around.
func swapped(le []byte) []byte {
	be := slices.Clone(le)
	for i := 0; i+1 < len(be); i += 2 {
		be[i], be[i+1] = be[i+1], be[i]
	}
	return be
}

func TestFilesAsExcelAndOthersWriteThem(t *testing.T) {
	const text = "Code client;Raison sociale;CA N\r\n1;Cœur d'Été;12,50 €\r\n2;\"Le \"\"Bon\"\" Coin\";7\r\n"
	want := [][]string{{"1", "Cœur d'Été", "12,50 €"}, {"2", `Le "Bon" Coin`, "7"}}
	for _, c := range []struct {
		name      string
		data      []byte
		encoding  string
		separator byte
	}{
		{"UTF-8", []byte(text), intake.UTF8, ';'},
		{"UTF-8 with its mark", []byte("\xef\xbb\xbf" + text), intake.UTF8, ';'},
		{"Windows-1252, what a French Excel writes", windows(text), intake.Windows, ';'},
		{"UTF-16 LE, Excel's Unicode text", utf16le(strings.ReplaceAll(text, ";", "\t")), intake.UTF16LE, '\t'},
		{"UTF-16 LE without its mark", utf16le(text)[2:], intake.UTF16LE, ';'},
		{"UTF-16 BE with its mark", swapped(utf16le(text)), intake.UTF16BE, ';'},
		{"UTF-16 BE without its mark", swapped(utf16le(text)[2:]), intake.UTF16BE, ';'},
		{"lines of an old Macintosh", []byte(strings.ReplaceAll(text, "\r\n", "\r")), intake.UTF8, ';'},
		{"Excel's line that names the separator", []byte("sep=;\r\n" + text), intake.UTF8, ';'},
		{"blank lines around", []byte("\r\n\r\n" + text + "\r\n;;\r\n"), intake.UTF8, ';'},
		{"separators at the end of every line", []byte(strings.ReplaceAll(text, "\r\n", ";\r\n")), intake.UTF8, ';'},
		{"titles above the header", []byte("Portefeuille Bretagne\r\nExtraction du 01/02/2026\r\n" + text), intake.UTF8, ';'},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, c.data)
			if s.Encoding != c.encoding || s.Separator != c.separator || s.NoHeader || s.Width != 3 {
				t.Fatalf("encoding %s, separator %q, no header %v, %d columns; want %s, %q, false, 3", s.Encoding, s.Separator, s.NoHeader, s.Width, c.encoding, c.separator)
			}
			got := s.Preview(20)
			for i := range got {
				got[i] = got[i][:3]
			}
			if !slices.EqualFunc(got, want, slices.Equal) {
				t.Errorf("preview %q, want %q", got, want)
			}
		})
	}
}

func TestSeparatorsAreNotFooledByDecimalCommas(t *testing.T) {
	for text, want := range map[string]byte{
		"nom;ca n;ca n-1\na;1,5;2,5\nb;3,5;4,5\n":              ';',
		"name,city,total\na,x,1.5\nb,y,2\n":                    ',',
		"nom\tville\na\tRennes, Bretagne\nb\tBrest, Finist\n":  '\t',
		"nom;note\n\"a;b\";\"ligne 1\nligne 2, suite\"\nc;d\n": ';',
		"nom\nDurand\nDupont\n":                                ';',
		"nom|ville\na|b\nc|d\n":                                '|',
	} {
		if s := open(t, []byte(text)); s.Separator != want {
			t.Errorf("%q is cut by %q, want %q", text, s.Separator, want)
		}
	}
}

func TestLinesOfAnotherEncodingAreReadAndSaid(t *testing.T) {
	data := []byte("\xef\xbb\xbfnom;ville\nÉcluse;Orléans\n")
	data = append(data, windows("Hôtel Été;Nîmes\n")...)
	data = append(data, "Café;Sète\n"...)
	s := open(t, data)
	if got := s.Preview(3)[1]; got[0] != "Hôtel Été" || got[1] != "Nîmes" {
		t.Errorf("the Windows-1252 line is %q, want it read as such", got)
	}
	if len(s.Notes) != 1 || s.Notes[0].Code != intake.MixedEncoding || s.Notes[0].Line != 3 {
		t.Errorf("notes %+v, want one on line 3", s.Notes)
	}
	data = append(windows("nom;ville\nÉcluse;Orléans\nHôtel;Nîmes\n"), "Café;Sète\n"...)
	s = open(t, data)
	if got := s.Preview(3)[2]; s.Encoding != intake.Windows || got[0] != "Café" || len(s.Notes) != 1 || s.Notes[0].Line != 4 {
		t.Errorf("a UTF-8 line in a Windows-1252 file is %q in %s, notes %+v", got, s.Encoding, s.Notes)
	}
}

func TestAQuoteThatNothingClosesLosesItsLineOnly(t *testing.T) {
	s := open(t, []byte("nom;note\nTube 3/4\";acier\n\"jamais fermé;x\nDupont;y\nDurand;z\n"))
	if got := s.Preview(9); len(got) != 4 || got[0][0] != `Tube 3/4"` || got[2][0] != "Dupont" || got[3][0] != "Durand" {
		t.Errorf("rows %q: the quote swallowed its neighbours", got)
	}
	if len(s.Notes) != 1 || s.Notes[0].Code != intake.OpenQuote || s.Notes[0].Line != 3 {
		t.Errorf("notes %+v, want the open quote of line 3", s.Notes)
	}
}

func TestAFileWithoutHeaderIsReadByPosition(t *testing.T) {
	s := open(t, []byte("C001;Brasserie de l'Écluse;35400;Saint-Malo;12/03/2025;120,50\nC002;Garage Le Gall;29200;Brest;14/03/2025;88,00\n"))
	if !s.NoHeader || s.Rows() != 2 {
		t.Fatalf("no header %v, %d rows; want true, 2", s.NoHeader, s.Rows())
	}
	var keys []string
	for _, c := range intake.Guess(s, asOf2010) {
		keys = append(keys, c.Field.Key())
		if c.Sure {
			t.Errorf("column %+v claims to be sure", c)
		}
	}
	if got := strings.Join(keys, " "); got != "code name postcode city day amount" {
		t.Errorf("columns %s", got)
	}
	s, err := intake.Open([]byte("a;b\nc;d\n"), intake.Options{Header: intake.WithoutHeader})
	if err != nil || s.Rows() != 2 || !s.NoHeader {
		t.Errorf("told to have no header: %v %+v", err, s)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	lines := bytes.Repeat([]byte("a;b\n"), intake.MaxLines+2)
	for _, c := range []struct {
		name string
		data []byte
		want intake.Trouble
	}{
		{"nothing", nil, intake.Empty},
		{"blank lines", []byte(" \r\n\r\n"), intake.Empty},
		{"the mark of UTF-8 alone", []byte("\xef\xbb\xbf"), intake.Empty},
		{"only a header", []byte("Code client;Raison sociale\r\n"), intake.HeaderOnly},
		{"a workbook renamed", []byte("PK\x03\x04\x14\x00\x06\x00"), intake.Workbook},
		{"an old workbook renamed", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1aaaa"), intake.Workbook},
		{"a picture renamed", []byte("\x89PNG\r\n\x1a\n...."), intake.Binary},
		{"a program", []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\xff\xff"), intake.Binary},
		{"noise", bytes.Repeat([]byte{1, 2, 3, 4, 5, 'a'}, 100), intake.Binary},
		{"too many lines", lines, intake.TooMany},
		{"too wide", append(bytes.Repeat([]byte("a;"), 500), '\n'), intake.TooWide},
		{"too large", make([]byte, intake.MaxBytes+1), intake.TooLarge},
	} {
		_, err := intake.Open(c.data, intake.Options{})
		var fe *intake.FileError
		if !errors.As(err, &fe) || fe.Trouble != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}
