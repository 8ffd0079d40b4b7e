package query_test

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// thursday is when the weeks of these tests are planned: 2026-11-19.
var thursday = calendar.Of(2026, time.November, 19)

// seen is a client of this place who buys, and was visited on those days.
func seen(n int, code string, days ...calendar.Day) *draft {
	lat, lon := 48.5+float64(n)/100, -1.75
	d := client(n, code)
	d.add(portfolio.KindSite, portfolio.Site{City: "Dol", Lat: &lat, Lon: &lon})
	d.year(thursday, thursday-1500, 1000_00)
	for _, day := range days {
		d.visit(day, portfolio.NoChange)
	}
	return d
}

func (d *draft) visit(day calendar.Day, how portfolio.Outcome) {
	d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, User: user, Kind: portfolio.Visit, Day: day, Outcome: how})
}

func weekOf(t *testing.T, plans []any, all ...*draft) (*query.Snapshot, query.WeekTab) {
	t.Helper()
	m := &draft{Bundle: query.Bundle{Scope: scope}, n: 700}
	for _, p := range plans {
		switch p := p.(type) {
		case portfolio.Plan:
			m.add(portfolio.KindPlan, p)
		case portfolio.Time:
			m.add(portfolio.KindTime, p)
		}
	}
	bundles := make([]query.Bundle, len(all))
	for i, d := range all {
		bundles[i] = d.Bundle
	}
	s := load(thursday, append(miscRows(0), m.Rows...), bundles...)
	s.Deepen(bundles...)
	return s, s.WeekTab(reader, query.WeekAsk{Scope: scope}, nil)
}

func inBook(t *testing.T, w *query.WeekTab, code string) *plan.Client {
	t.Helper()
	for i := range w.Book.Clients {
		if w.Book.Clients[i].Code == code {
			return &w.Book.Clients[i]
		}
	}
	t.Fatalf("no client %s in the book", code)
	return nil
}

// The plan of the year reaches the week, by hand. 52 weeks are 364 days. Fixed at
// 12: every 30 days; 2 visits of 2026 made, that of December is of the year
// before, an absent client was not seen: 10 left. All other economic clients 6 by
// hand: every 60 days, 6 less 1 made. Fixed at 2, both made: none left. Fixed at
// none: no cadence, and no count. Due this year: 10 + 5 + 0, the last not at all.
func TestThePlanOfTheYearReachesTheWeek(t *testing.T) {
	jan, mar := calendar.Of(2026, time.January, 10), calendar.Of(2026, time.March, 3)
	fix := func(d *draft, n float64) *draft {
		d.add(portfolio.KindOverride, portfolio.Override{Account: d.Root, What: query.WhatFixed, Value: n, Day: thursday - 30, Until: thursday + 300})
		return d
	}
	twelve, six := fix(seen(1, "twelve", calendar.Of(2025, time.December, 20), jan, mar), 12), seen(2, "six", mar)
	twelve.visit(mar+60, portfolio.Absent)
	two, none := fix(seen(3, "two", jan, mar), 2), fix(seen(4, "none", jan), 0)
	rate := 6
	hand := portfolio.Plan{User: user, Year: 2026, Version: 1, State: portfolio.PlanDraft, By: portfolio.ByHand, Rate1: &rate, Rate2: &rate, Rate3: &rate, Rate4: &rate, Rate5: &rate}
	s, w := weekOf(t, []any{hand}, twelve, six, two, none)
	for code, want := range map[string][2]int32{"twelve": {30, 10}, "six": {60, 5}, "two": {182, 0}, "none": {0, -1}} {
		if x := inBook(t, &w, code); x.Every != want[0] || x.Left != want[1] {
			t.Errorf("%s: every %d days, %d left, want %v", code, x.Every, x.Left, want)
		}
	}
	if w.Book.Planned != 15 {
		t.Errorf("%d visits still planned, want 15", w.Book.Planned)
	}
	solver, err := plan.Begin(&w.Book)
	if err != nil {
		t.Fatal(err)
	}
	week := solver.Week()
	reason := map[string]uint8{}
	for _, l := range append(week.Left, week.Others...) {
		reason[w.Book.Clients[l.Client].Code] = l.Why.Code
	}
	if week.Planned != 15 || reason["two"] != plan.NotLeft || reason["none"] != plan.NotCadence || plan.Verify(&w.Book, week) != plan.Sound {
		t.Errorf("the week plans %d; %v", week.Planned, reason)
	}

	// A visit logged today is taken off; the next week counts the appointment before it.
	six.visit(thursday, portfolio.Order)
	twelve.add(portfolio.KindAppointment, portfolio.Appointment{Account: twelve.Root, Day: thursday + 1, Minute: 540, Kind: portfolio.Visit, State: portfolio.Planned})
	for _, d := range []*draft{six, twelve} {
		c, _ := query.Derive(d.Bundle)
		s.Update(c)
		s.Deepen(d.Bundle)
	}
	w = s.WeekTab(reader, query.WeekAsk{Scope: scope, From: thursday + 7}, nil)
	if a, b := inBook(t, &w, "six").Left, inBook(t, &w, "twelve").Left; a != 4 || b != 9 || w.Book.Planned != 13 {
		t.Errorf("%d and %d left, %d planned; want 4, 9 and 13", a, b, w.Book.Planned)
	}
}

// Without a plan of this year, that of the next says how often and nothing is
// counted; in its own January it is. 41 weeks (205 days of the example of H2) are
// 287 days: 7 visits are one in 41.
func TestThePlanOfNextYearIsNotConsumedYet(t *testing.T) {
	rate := 7
	next := portfolio.Plan{User: user, Year: 2027, Version: 1, State: portfolio.PlanDraft, By: portfolio.ByHand, Rate1: &rate, Rate2: &rate, Rate3: &rate, Rate4: &rate, Rate5: &rate}
	s, w := weekOf(t, []any{next, yearH2}, seen(1, "A", thursday-40), seen(2, "B", thursday-50))
	if x := inBook(t, &w, "A"); x.Every != 41 || x.Left != -1 {
		t.Errorf("every %d days, %d left, want 41 and no count", x.Every, x.Left)
	}
	if w.Book.Visit != 45 {
		t.Errorf("a visit of %d minutes, the time budget says 45", w.Book.Visit)
	}
	w = s.WeekTab(reader, query.WeekAsk{Scope: scope, From: calendar.Of(2027, time.January, 4)}, nil)
	if x := inBook(t, &w, "A"); x.Every != 41 || x.Left != 7 {
		t.Errorf("in January: every %d days, %d left, want 41 and 7", x.Every, x.Left)
	}
}

// Shared out by score, each client has the visits that the screen of the plan
// shows, and a plan without a sharing leaves the intervals of the categories.
func TestTheWeekFollowsTheSharesOfThePlan(t *testing.T) {
	a, b := seen(1, "A", thursday-40), seen(2, "B", thursday-50)
	b.sale(thursday-20, 9000_00)
	share := portfolio.Plan{User: user, Year: 2026, Version: 1, State: portfolio.PlanDraft, By: portfolio.ByScore}
	s, w := weekOf(t, []any{share, yearH2}, a, b)
	an := s.Analysis(scope)
	shown := an.PlanVisits(s.PlanBase(an, query.TabBase{}), 100)
	if len(shown.Rows) != 2 {
		t.Fatalf("%d rows", len(shown.Rows))
	}
	for _, r := range shown.Rows {
		x := inBook(t, &w, r.Name)
		if x.Left != r.Visits-1 || r.Visits == 0 || x.Every != int32(287/float64(r.Visits)) {
			t.Errorf("%s: every %d, %d left, the plan says %d", r.Name, x.Every, x.Left, r.Visits)
		}
	}
	_, w = weekOf(t, []any{portfolio.Plan{User: user, Year: 2026, Version: 1, State: portfolio.PlanDraft, Pressure: 2}}, a, b)
	_, bare := weekOf(t, nil, a, b)
	for i := range w.Book.Clients {
		if x, y := w.Book.Clients[i], bare.Book.Clients[i]; x.Every != y.Every || x.Left != -1 || y.Left != -1 || y.Every == 0 {
			t.Errorf("%s: every %d, %d left; without a plan every %d", x.Code, x.Every, x.Left, y.Every)
		}
	}
}

// Opening hours, a promise and the kilometres reach the book, by hand. Closed on
// Mondays and for lunch; two with the same hours share them. A promise made after
// the last visit, for the 26th, is a day wanted; one that the client was seen
// since, one of the client's and one of next spring are not.
func TestHoursPromisesAndKilometresReachTheWeek(t *testing.T) {
	shop := func(d *draft) *draft {
		d.account(func(a *portfolio.Account) { a.Opens, a.Lunch, a.Back, a.Closes, a.Shut = 480, 720, 840, 1080, []int{1} })
		return d
	}
	promise := func(d *draft, side portfolio.Side, made, due calendar.Day) *draft {
		d.add(portfolio.KindCommitment, portfolio.Commitment{Account: d.Root, Side: side, Text: "a quote", Made: made, Due: due, State: portfolio.Promised})
		return d
	}
	a := promise(shop(seen(1, "A", thursday-30)), portfolio.Us, thursday-10, thursday+7)
	b := promise(shop(seen(2, "B", thursday-3)), portfolio.Us, thursday-10, thursday+7)
	c := promise(promise(seen(3, "C", thursday-30), portfolio.Them, thursday-10, thursday+7), portfolio.Us, thursday-10, thursday+150)
	odd := seen(4, "D")
	odd.account(func(a *portfolio.Account) { a.Opens, a.Closes, a.Lunch = 1080, 480, 600 })
	odd.add(portfolio.KindContact, portfolio.Contact{Account: odd.Root, User: user, Kind: portfolio.Visit, Day: thursday - 30, Outcome: portfolio.NoChange, Km: 12.5, Travel: 20, Minute: 600})
	_, w := weekOf(t, nil, a, b, c, odd)
	if len(w.Book.Hours) != 2 || inBook(t, &w, "A").Hours != inBook(t, &w, "B").Hours || inBook(t, &w, "C").Hours != 0 {
		t.Fatalf("hours %v", w.Book.Hours)
	}
	h := w.Book.Hours[inBook(t, &w, "A").Hours-1].Week
	if len(h) != 7 || len(h[0]) != 0 || len(h[1]) != 2 || h[1][0] != (plan.Span{From: 480, To: 720}) || h[6][1] != (plan.Span{From: 840, To: 1080}) {
		t.Errorf("the week of A is %v", h)
	}
	if h := w.Book.Hours[inBook(t, &w, "D").Hours-1].Week; len(h[0]) != 1 || h[0][0] != (plan.Span{To: 1440}) {
		t.Errorf("hours upside down are %v, want the whole day", h)
	}
	for code, want := range map[string]calendar.Day{"A": thursday + 7, "B": 0, "C": 0} {
		if due := inBook(t, &w, code).Due; due != want {
			t.Errorf("%s wanted by %v, want %v", code, due, want)
		}
	}
	met := 0
	for _, x := range w.Book.Drives {
		if x.Meters == 12_500 && x.Took == 20 {
			met++
		}
	}
	if met != 1 {
		t.Errorf("%d ways of 12.5 km in %v", met, w.Book.Drives)
	}
	solver, err := plan.Begin(&w.Book)
	if err != nil {
		t.Fatal(err)
	}
	week := solver.Week()
	if plan.Verify(&w.Book, week) != plan.Sound {
		t.Error("the week breaks a rule")
	}
	for _, s := range week.Days[0].Stops {
		if w.Book.Clients[s.Client].Hours != 0 {
			t.Error("a closed shop is visited on a Monday")
		}
	}
}
