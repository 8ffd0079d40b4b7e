package query_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/foresight"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// contracted is a client under contracts who orders now and then.
func contracted(n int, asOf calendar.Day, a portfolio.Account, terms ...portfolio.Contract) query.Bundle {
	d := newCard(n, a)
	for m := range 30 {
		d.add(portfolio.KindSale, portfolio.Sale{From: asOf.AddMonths(-m) - 2, Amount: 100_00})
	}
	for _, c := range terms {
		d.add(portfolio.KindContract, c)
	}
	return d.Bundle
}

// Anniversaries are counted by hand: as of 15 June 2026, S1 giving 15 days.
func TestRenewalsAreCountedFromContracts(t *testing.T) {
	asOf := calendar.Of(2026, 6, 15)
	day := func(y, m, d int) calendar.Day { return calendar.Of(y, time.Month(m), d) }
	year := func(y int) portfolio.Contract {
		return portfolio.Contract{Start: day(y, 3, 1), End: day(y+1, 2, 28)}
	}
	for _, c := range []struct {
		what                string
		account             portfolio.Account
		terms               []portfolio.Contract
		taken, last, chance int
		next                calendar.Day
	}{
		{"no contract", portfolio.Account{}, nil, 0, 0, 0, 0},
		{"the first year runs", portfolio.Account{}, []portfolio.Contract{year(2026)}, 0, 0, 0, day(2027, 3, 1)},
		{"renewed twice", portfolio.Account{}, []portfolio.Contract{year(2024), year(2025), year(2026)}, 2, 2, 2, day(2027, 3, 1)},
		{"renewed once, then not", portfolio.Account{}, []portfolio.Contract{year(2024), year(2025)}, 1, 1, 2, 0},
		{"a year missed, then back", portfolio.Account{}, []portfolio.Contract{year(2023), year(2025), year(2026)}, 2, 3, 3, day(2027, 3, 1)},
		{"renews itself", portfolio.Account{}, []portfolio.Contract{{Start: day(2023, 9, 10), Renews: true}}, 2, 2, 2, day(2026, 9, 10)},
		{"renewed itself until he left", portfolio.Account{LostOn: day(2025, 1, 1)}, []portfolio.Contract{{Start: day(2023, 9, 10), Renews: true}}, 1, 1, 2, 0},
		{"three years at once: no opportunity inside", portfolio.Account{}, []portfolio.Contract{{Start: day(2024, 3, 1), End: day(2027, 2, 28)}}, 0, 0, 0, day(2027, 3, 1)},
		{"ended ten days ago: it may still come", portfolio.Account{}, []portfolio.Contract{{Start: day(2025, 6, 5), End: day(2026, 6, 4)}}, 0, 0, 0, day(2026, 6, 5)},
		{"ended a month ago", portfolio.Account{}, []portfolio.Contract{{Start: day(2025, 5, 5), End: day(2026, 5, 4)}}, 0, 0, 1, 0},
	} {
		c.account.Code, c.account.Status = "A", portfolio.Client
		bundles := []query.Bundle{contracted(1, asOf, c.account, c.terms...)}
		// Somebody to learn from: renewed four times.
		bundles = append(bundles, contracted(2, asOf, portfolio.Account{Code: "B", Status: portfolio.Client}, portfolio.Contract{Start: day(2022, 1, 10), Renews: true}))
		s := load(asOf, miscRows(0), bundles...)
		s.Deepen(bundles...)
		fits := query.Fit(s.Book(scope), nil)
		a := query.Analyse(s.Book(scope), &fits)
		r := a.Ahead().Renewal[a.Index(bundles[0].Root)]
		if r.Renewals != (foresight.Renewals{Taken: c.taken, Last: c.last, Chance: c.chance}) || r.Next != c.next {
			t.Errorf("%s: %+v, next %v; want %d taken, the last %d, of %d, next %v", c.what, r.Renewals, r.Next, c.taken, c.last, c.chance, c.next)
		}
	}
}

// The chances are those of the model; who has always renewed is likelier to
// than who has stopped, and a near anniversary is a risk.
func TestRenewalsAreAheadOfAnniversaries(t *testing.T) {
	asOf := calendar.Of(2026, 6, 15)
	var bundles []query.Bundle
	for n := range 40 {
		start := asOf.AddMonths(-12*4+1) + calendar.Day(n%20)
		terms := []portfolio.Contract{{Start: start, Renews: true}}
		if n%4 == 0 { // one in four left after two years
			terms = []portfolio.Contract{{Start: start, End: start.AddMonths(24)}}
		}
		bundles = append(bundles, contracted(n+1, asOf, portfolio.Account{Code: string(rune('A' + n)), Status: portfolio.Client}, terms...))
	}
	s := load(asOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	fits := query.Fit(s.Book(scope), nil)
	a := query.Analyse(s.Book(scope), &fits)
	ahead := a.Ahead()
	stays, left := ahead.Renewal[a.Index(bundles[1].Root)], ahead.Renewal[a.Index(bundles[0].Root)]
	if want := 1 - fits.Renewal.Forecast(stays.Renewals, 1, .9).NoOrder; stays.P != want || !(stays.P > .8) || !(left.P < stays.P/2) || !(left.Alive < stays.Alive) {
		t.Errorf("renews %v (alive %v), left %v (alive %v)", stays.P, stays.Alive, left.P, left.Alive)
	}
	i := a.Index(bundles[1].Root)
	if got := ahead.Risk[i]; got < 1-stays.P || math.IsNaN(got) {
		t.Errorf("risk %v before an anniversary that is renewed with %v", got, stays.P)
	}
	if without := query.Analyse(s.Book(scope), nil).Ahead(); without.Renewal != nil {
		t.Error("without a model nothing is said of renewals")
	}
}

// With the organisation's hazard, whose departures are enough, a portfolio with
// few former clients of its own is read by method 3 too.
func TestTheOfficesHazardIsUsed(t *testing.T) {
	s := story(150)
	book := s.Book(scope)
	spells := query.Spells(book)
	office := attrition.Train(spells)
	if !office.Has() {
		t.Fatal("nothing to pool")
	}
	office.Events = attrition.MinHazard
	fits := query.Fit(book, &office)
	if fits.Office != attrition.MinHazard {
		t.Fatalf("%d departures behind", fits.Office)
	}
	if m := query.Analyse(book, &fits).Attrition().Method; m != attrition.Hazard {
		t.Errorf("read by method %d", m)
	}
	fits.Office = attrition.MinHazard - 1
	a := query.Analyse(book, &fits)
	if m := a.Attrition().Method; a.Attrition().Formers < attrition.MinHazard && m == attrition.Hazard {
		t.Errorf("read by method %d on %d former clients", m, a.Attrition().Formers)
	}
}

// The intercept is moved so that the model foretells, over the last year of the
// data, the departures that were seen.
func TestTheHazardIsRecalibratedOnTheLastYear(t *testing.T) {
	asOf := demo.Golden().AsOf
	var bundles []query.Bundle
	for n := range 160 { // some stop, more of them lately
		d := newCard(n+1, portfolio.Account{Code: fmt.Sprint("C", n), Status: portfolio.Client, FirstOrder: asOf - 2000})
		stop := 0
		switch {
		case n%5 == 0:
			stop = 560 + n*2
		case n%16 == 1:
			stop = 900 + n*3
		}
		for k := range 80 {
			if back := 10 + n%13 + k*(23+n%9); back >= stop {
				d.add(portfolio.KindSale, portfolio.Sale{From: asOf - calendar.Day(back), Amount: 100_00})
			}
		}
		bundles = append(bundles, d.Bundle)
	}
	s := load(asOf, miscRows(0), bundles...)
	s.Deepen(bundles...)
	book := s.Book(scope)
	spells := query.Spells(book)
	last := calendar.Day(0)
	for _, x := range spells {
		last = max(last, x.Eve)
	}
	var year []attrition.Spell
	seen := 0.0
	for _, x := range spells {
		if x.Eve > last-4*attrition.Period {
			year = append(year, x)
			if x.Left {
				seen++
			}
		}
	}
	foretold := func(f query.Fits) (sum float64) {
		rows := attrition.Rows(year)
		for i := range year {
			sum += f.Hazard.Of(rows.X[i*rows.P : (i+1)*rows.P]).P
		}
		return sum
	}
	before := foretold(query.Fits{Hazard: attrition.Train(spells)})
	got := foretold(query.Fit(book, nil))
	if seen < 10 || math.Abs(before-seen) < .5 {
		t.Fatalf("%v departures seen in the last year, %v foretold by the whole: the test shows nothing", seen, before)
	}
	if math.Abs(got-seen) > 1e-6*seen {
		t.Errorf("%v departures foretold over the last year, %v seen; %v before", got, seen, before)
	}
}
