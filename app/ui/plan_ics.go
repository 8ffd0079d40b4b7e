package ui

import (
	"time"

	"sillon/app/ui/part"
	"sillon/engine/plan"
)

// ics gives the day shown as a calendar file: its appointments, and what is
// proposed as it stands.
func (p *weekPage) ics() {
	day := &p.week.Days[p.day]
	events := make([]plan.Event, 0, len(day.Stops))
	for i := range day.Stops {
		s := &day.Stops[i]
		row := &p.tab.Rows[s.Client]
		id, note := row.ID.String()+"-"+day.Day.String(), ""
		if s.Kind == plan.Appointment && int(s.Fixed) < len(p.tab.Fixed) {
			f := &p.tab.Fixed[s.Fixed]
			id, note = f.ID.String(), f.Objective
		}
		events = append(events, plan.Event{UID: uid(id), Day: day.Day, Start: s.Start, Length: s.End - s.Start, Title: row.Name, Place: row.City, Note: note, At: p.tab.Book.Clients[s.Client].At})
	}
	part.Download("sillon-"+day.Day.String()+".ics", "text/calendar;charset=utf-8", plan.ICS(events, stampOf(p.E.Now())))
}

// uid makes a record the name of an event.
func uid(id string) string { return id + "@sillon" }

// stampOf writes a moment as RFC 5545 does.
func stampOf(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
