package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/query"
)

// tour is the way to a stop of the agenda, and the free slot after it.
func (e *Env) tour(t *query.Today, a query.Appointment) (way []app.UI, free *query.TodayFree) {
	if t.Tour == nil {
		return nil, nil
	}
	for i := range t.Agenda {
		x := &t.Agenda[i]
		if x.Account != a.Account || x.Minute != a.Minute || x.State != a.State || i >= len(t.Tour.Legs) {
			continue
		}
		if l := t.Tour.Legs[i]; l.Minutes > 0 {
			way = []app.UI{app.Li().Class("leg").Aria("label", e.T("today.way-of", int(l.Minutes), e.Number(float64((l.Meters+500)/1000)))).Body(
				part.IconS("car"), part.Span("xs t2", e.T("today.way", int(l.Minutes))))}
		}
		for k := range t.Tour.Free {
			if int(t.Tour.Free[k].After) == i {
				free = &t.Tour.Free[k]
			}
		}
		return way, free
	}
	return nil, nil
}

// free is a slot of the day with nobody in it, and whom to see then.
func (p *todayPage) free(f *query.TodayFree) app.UI {
	e := p.E
	body := []app.UI{part.Line("b sm", e.T("today.slot", i18n.Hours(int(f.To-f.From))))}
	if len(f.Near) == 0 {
		body = append(body, part.Line("xs t2", e.T("today.slot-none")))
	} else {
		body = append(body, part.Line("xs t2", e.T("today.slot-near", len(f.Near))))
	}
	for _, n := range f.Near {
		body = append(body, part.Press("near"+n.ID.String()+strconv.Itoa(int(f.From)), "btn sm sec", func() { p.show(n.ID) },
			part.Words(n.Name+" · "+e.T("today.way", int(n.Minutes)))))
	}
	return part.Div("slot", part.Span("tm", i18n.DayTime(int(f.From))), part.Div("slot-in", body...))
}
