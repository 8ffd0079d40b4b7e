package query_test

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/geo"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// On a Saturday and a Sunday the week asked for is the one to come; on a Friday
// off too. 19 November 2026 is a Thursday.
func TestTheWeekAskedForHasADayToFill(t *testing.T) {
	for _, c := range []struct {
		today, monday calendar.Day
		off           uint8
	}{
		{calendar.Of(2026, time.November, 20), calendar.Of(2026, time.November, 16), 0},
		{calendar.Of(2026, time.November, 20), calendar.Of(2026, time.November, 23), 1 << 4},
		{calendar.Of(2026, time.November, 21), calendar.Of(2026, time.November, 23), 0},
		{calendar.Of(2026, time.November, 22), calendar.Of(2026, time.November, 23), 0},
	} {
		s, _ := team(1, c.today)
		if w := s.WeekTab(reader, query.WeekAsk{Scope: 10, Rep: query.WeekRep{Open: 480, Close: 960, Off: c.off}}, nil); w.From != c.monday {
			t.Errorf("asked on %v, off %b: the week of %v, want %v", c.today, c.off, w.From, c.monday)
		}
	}
}

// The book of a week holds every appointment of those days that asks to go
// somewhere, where and when the diary has it; what has passed is off, today
// begins now, and Christmas Day is the holiday that it is.
func TestTheBookOfAWeekIsTheDiary(t *testing.T) {
	today := calendar.Of(2026, time.November, 19) // a Thursday
	s, _ := team(1, today)
	w := s.WeekTab(reader, query.WeekAsk{Scope: 10, Now: 10*60 + 5}, nil)
	if len(w.Book.Days) != 5 || w.From != today-3 {
		t.Fatalf("%d days from %v", len(w.Book.Days), w.From)
	}
	for d, want := range []uint8{plan.Past, plan.Past, plan.Past, plan.Works, plan.Works} {
		if w.Book.Days[d].Off != want {
			t.Errorf("day %d is %d, want %d", d, w.Book.Days[d].Off, want)
		}
	}
	if w.Book.Days[3].Open != 10*60+15 || w.Book.Days[4].Open != 8*60+30 { // to the next quarter; the usual day
		t.Errorf("today opens at %d, tomorrow at %d", w.Book.Days[3].Open, w.Book.Days[4].Open)
	}
	want := map[portfolio.ID]calendar.Day{}
	s.Cards(10, func(c *query.Card) bool {
		for _, p := range c.Plans {
			if !c.Archived && p.Kind == portfolio.Visit && p.Day >= today && p.Day <= today+1 {
				want[p.ID] = p.Day
			}
		}
		return true
	})
	if len(want) == 0 || len(w.Book.Fixed) != len(want) || len(w.Fixed) != len(want) {
		t.Fatalf("%d appointments in the book, %d in the diary", len(w.Book.Fixed), len(want))
	}
	for i, f := range w.Book.Fixed {
		if want[w.Fixed[i].ID] != f.Day {
			t.Errorf("appointment %v on %v", w.Fixed[i].ID, f.Day)
		}
	}
	if len(w.Rows) != len(w.Book.Clients) || w.Book.Planned == 0 || w.Book.Field == 0 || !w.Guessed {
		t.Errorf("%d rows of %d clients, %d visits planned, %d days in the field", len(w.Rows), len(w.Book.Clients), w.Book.Planned, w.Book.Field)
	}
	// 19 November to 31 December 2026 has 31 working days, Christmas apart 30.
	if w.Book.Field != 30 {
		t.Errorf("%d days in the field, want 30", w.Book.Field)
	}
	x := s.WeekTab(reader, query.WeekAsk{Scope: 10, From: calendar.Of(2026, time.December, 21)}, nil)
	if x.Book.Days[4].Off != plan.Holiday || x.Names[4] != "holiday.christmas" {
		t.Errorf("25 December: %d %q", x.Book.Days[4].Off, x.Names[4])
	}
	if y := s.WeekTab(reader, query.WeekAsk{Scope: 10, Days: 10, Rep: query.WeekRep{Open: 480, Close: 960, Off: 1 << 2}}, nil); len(y.Book.Days) != 10 ||
		y.Book.Days[7].Off != plan.Weekend || y.Book.Days[5].Open != 480 || y.Book.Days[5].Day.Weekday() != time.Monday {
		t.Errorf("two weeks without Wednesdays: %+v", y.Book.Days)
	}
	solver, err := plan.Begin(&w.Book)
	if err != nil {
		t.Fatal(err)
	}
	if f := plan.Verify(&w.Book, solver.Week()); f != plan.Sound {
		t.Errorf("its plan breaks rule %d", f)
	}
}

// The road of the day is that of geo between each two stops, and what is free
// between two appointments is told with who is due within ten minutes.
func TestTheRoadOfTheDay(t *testing.T) {
	today := calendar.Of(2026, time.November, 19)
	at := func(n int, minute int, lat, lon float64) query.Bundle {
		d := newCard(n, portfolio.Account{Code: string(rune('A' + n)), Name: string(rune('A' + n)), Status: portfolio.Client})
		d.add(portfolio.KindSite, portfolio.Site{City: "Dol", Lat: &lat, Lon: &lon})
		d.year(today, today-700, 100_00)
		d.touches(today-90, 1, portfolio.Visit)
		if minute > 0 {
			d.add(portfolio.KindAppointment, portfolio.Appointment{Day: today, Minute: minute, Kind: portfolio.Visit, State: portfolio.Planned})
		}
		return d.Bundle
	}
	s := load(today, miscRows(today), at(0, 540, 48.50, -1.75), at(1, 720, 48.60, -1.75), at(2, 0, 48.51, -1.75))
	v := s.Today(reader, query.TodayAsk{Scope: scope})
	if v.Tour == nil || len(v.Agenda) != 2 {
		t.Fatalf("agenda %d, tour %v", len(v.Agenda), v.Tour)
	}
	a, b := geo.Position{Lat: 48.50, Lon: -1.75}, geo.Position{Lat: 48.60, Lon: -1.75}
	minutes, _ := geo.Bands.Minutes(a, b)
	road, _, _ := geo.Bands.Travel(a, b)
	if l := v.Tour.Legs[1]; l.Minutes != minutes || l.Meters != int32(road) || v.Tour.Meters != l.Meters || v.Tour.Legs[0].Minutes != 0 {
		t.Errorf("%+v, want %d minutes", v.Tour.Legs, minutes)
	}
	// Nine o'clock and 45 minutes, to noon less the road.
	if f := v.Tour.Free; len(f) != 1 || f[0].From != 585 || f[0].To != 720-minutes || len(f[0].Near) > 1 {
		t.Errorf("%+v", f)
	}
}
