package portfolio_test

import (
	"testing"

	"sillon/engine/portfolio"
)

func TestSiretDoubt(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  portfolio.Doubt
	}{
		{"", ""},
		{"73282932000074", ""}, // INSEE's example
		{"732 829 320 00074", ""},
		{"732 829 320 00075", portfolio.DoubtSiretKey},
		{"35600000049837", ""}, // La Poste: 3+5+6+4+9+8+3+7 = 45 = 9 × 5
		{"35600000049838", portfolio.DoubtSiretKey},
		{"0000MC01234567", ""}, // Monaco
		{"732829320", portfolio.DoubtSiret},
		{"7328293200007", portfolio.DoubtSiret},
		{"abc", portfolio.DoubtSiret},
		{"7328293200007é", portfolio.DoubtSiret},
		{"73282932000074/2", portfolio.DoubtSiret},
	} {
		if got := portfolio.SiretDoubt(c.typed); got != c.want {
			t.Errorf("SIRET %q: %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestPostcodeDoubt(t *testing.T) {
	for _, c := range []struct {
		typed, country string
		want           portfolio.Doubt
	}{
		{"", "", ""},
		{"35400", "", ""},
		{"35 400", "FR", ""},
		{"01000", "France", ""},
		{"abc", "", portfolio.DoubtPostcode},
		{"abc", "FR", portfolio.DoubtPostcode},
		{"3540", "France métropolitaine", portfolio.DoubtPostcode},
		{"354000", "fra", portfolio.DoubtPostcode},
		{"2A004", "FR", portfolio.DoubtPostcode}, // a commune's code
		{"2A004", "", ""},                        // nobody says where
		{"SW1A 1AA", "", ""},
		{"SW1A 1AA", "France", portfolio.DoubtPostcode},
		{"3540", "", portfolio.DoubtPostcode},
		{"SW1A 1AA", "United Kingdom", ""},
		{"1000", "Belgique", ""},
	} {
		if got := portfolio.PostcodeDoubt(c.typed, c.country); got != c.want {
			t.Errorf("postcode %q in %q: %q, want %q", c.typed, c.country, got, c.want)
		}
	}
}
