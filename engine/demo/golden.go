// Package demo makes the fictional data of Sillon: the twelve-client golden
// dataset every test shares, and portfolios from a seed.
package demo

import (
	"time"

	"sillon/engine/calendar"
	"sillon/engine/money"
)

// A GoldenClient is one line of the golden dataset.
type GoldenClient struct {
	Code, Name string
	Sales      money.Cents // N
	SalesN1    money.Cents
	MarginRate float64 // margin ÷ sales
	Potential  money.Cents
	Visits     int
	Calls      int
	UnitsN1    float64
	FirstOrder calendar.Day
	Note       float64 // of its typology, 1-4
}

// Units are the contact units of N: a visit is one, a call a fifth.
func (c GoldenClient) Units() float64 { return float64(5*c.Visits+c.Calls) / 5 }

// A GoldenSet is a small portfolio with columns by client.
type GoldenSet struct {
	AsOf    calendar.Day
	Clients []GoldenClient
}

// Golden is the twelve-client extract of method §2, at 30 June 2026, with
// results in its Appendix A. A contact unit costs 100 €. A first order given
// as a year is set on 1 January, as a month on its first day.
func Golden() GoldenSet {
	first := func(y int, m time.Month, d int) calendar.Day { return calendar.Of(y, m, d) }
	return GoldenSet{
		AsOf: calendar.Of(2026, time.June, 30),
		Clients: []GoldenClient{
			{"C01", "Alpha", 24_000_00, 22_000_00, .22, 30_000_00, 24, 30, 25, first(2015, 1, 1), 3},
			{"C02", "Brume", 16_000_00, 16_500_00, .25, 20_000_00, 20, 25, 25, first(2012, 1, 1), 3},
			{"C03", "Celte", 13_000_00, 10_000_00, .30, 40_000_00, 12, 20, 10, first(2022, 5, 1), 4},
			{"C04", "Dunes", 10_000_00, 12_000_00, .28, 12_000_00, 18, 20, 24, first(2010, 1, 1), 2},
			{"C05", "Embrun", 9_000_00, 8_500_00, .30, 15_000_00, 10, 15, 12, first(2018, 1, 1), 3},
			{"C06", "Falaise", 7_000_00, 4_000_00, .35, 35_000_00, 6, 10, 5, first(2024, 11, 1), 3},
			{"C07", "Granit", 6_000_00, 6_200_00, .30, 8_000_00, 30, 40, 25, first(2016, 1, 1), 1},
			{"C08", "Houle", 5_000_00, 6_000_00, .32, 25_000_00, 5, 10, 12, first(2019, 1, 1), 2},
			{"C09", "Iroise", 4_000_00, 4_200_00, .30, 6_000_00, 12, 15, 15, first(2014, 1, 1), 3},
			{"C10", "Jusant", 3_000_00, 0, .35, 30_000_00, 4, 5, 0, first(2025, 9, 10), 4},
			{"C11", "Kelp", 2_000_00, 2_000_00, .40, 4_000_00, 16, 20, 20, first(2017, 1, 1), 1},
			{"C12", "Lande", 1_000_00, 0, .30, 25_000_00, 3, 5, 0, first(2026, 2, 3), 3},
		},
	}
}

func column[T any](g GoldenSet, get func(GoldenClient) T) []T {
	out := make([]T, len(g.Clients))
	for i, c := range g.Clients {
		out[i] = get(c)
	}
	return out
}

// Codes, Sales and the others are the columns of the set.
func (g GoldenSet) Codes() []string {
	return column(g, func(c GoldenClient) string { return c.Code })
}

// Sales are the sales of N.
func (g GoldenSet) Sales() []money.Cents {
	return column(g, func(c GoldenClient) money.Cents { return c.Sales })
}

// SalesN1 are the sales of N-1.
func (g GoldenSet) SalesN1() []money.Cents {
	return column(g, func(c GoldenClient) money.Cents { return c.SalesN1 })
}

// Margins are the gross margins of N, to the cent.
func (g GoldenSet) Margins() []money.Cents {
	return column(g, func(c GoldenClient) money.Cents { return c.Sales.Scale(int64(c.MarginRate*100+.5), 100) })
}

// Potentials are what each client could buy in a year.
func (g GoldenSet) Potentials() []money.Cents {
	return column(g, func(c GoldenClient) money.Cents { return c.Potential })
}

// Units are the contact units of N.
func (g GoldenSet) Units() []float64 {
	return column(g, func(c GoldenClient) float64 { return c.Units() })
}

// Notes are the notes of the typology.
func (g GoldenSet) Notes() []float64 {
	return column(g, func(c GoldenClient) float64 { return c.Note })
}
