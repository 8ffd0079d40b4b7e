package attrition

import (
	"sillon/engine/calendar"
	"sillon/engine/maturity"
	"sillon/engine/portfolio"
)

// Facts are what method 3 reads of a client, from the same file as his
// signals. Contacts are the touches that were answered; the caller puts contact
// units (A1) instead where it has them, and the phase.
func (d *Detector) Facts(f *File) Facts {
	d.readOrders(f.Lines)
	var s1 Signal
	d.renewal(f, &s1)
	x := Facts{Orders: d.orders, Gap: d.median, Missed: s1.State == On, NoAnniversaries: f.Silent.Has(S1), NoServices: f.Silent.Has(S2) && f.Silent.Has(S3), NoContacts: f.Silent.Has(S7)}
	if d.orders > 0 {
		x.Age, x.Recency = int(d.asOf-d.days[0]), int(d.asOf-d.lastOrder)
	}
	now := calendar.Window{From: d.asOf - Period + 1, To: d.asOf}
	before := calendar.Window{From: now.From - Period, To: now.From - 1}
	for i := range f.Lines {
		l := &f.Lines[i]
		if l.From > d.asOf {
			continue
		}
		day := l.To == 0 || l.To <= l.From
		if day || l.To <= d.asOf {
			x.Sales = x.Sales.Plus(l.Net)
		} else {
			x.Sales = x.Sales.Plus(part(l, false, calendar.Window{From: l.From, To: d.asOf}))
		}
		x.Sales90 = x.Sales90.Plus(part(l, day, now))
		x.SalesPrev90 = x.SalesPrev90.Plus(part(l, day, before))
	}
	for _, e := range f.Services {
		if e.Kind != portfolio.AfterSalesCall && e.Kind != portfolio.Complaint && e.Kind != portfolio.ReturnedGoods || !seen(e.Opened, d.asOf) {
			continue
		}
		x.Services++
		if now.Contains(e.Opened) {
			x.Services90++
		}
	}
	for _, t := range f.Touches {
		if now.Contains(t.Day) && (t.Answered || t.Inbound) {
			x.Contacts90++
		}
	}
	x.Sales = max(0, x.Sales)
	return x
}

// Freeze reads a client in the six months before a day, for [Learn]: a signal
// on at the end of any of them is on, one that was readable at none is unknown
// (I3: "had it in the six months before leaving"). The day of a former client
// is the one he said he left, or was seen to; that of the 18-month rule of C1
// would not do, since silence alone leads to it and S4 would be on for all. Of
// a retained client it is today.
func Freeze(files []File, days []calendar.Day, p Params) []Case {
	out := make([]Case, min(len(files), len(days)))
	at := map[calendar.Day]*Detector{} // clients often share their days
	var s Signals
	for i := range out {
		for m := range 6 {
			day := days[i].AddMonths(-m)
			d := at[day]
			if d == nil {
				d = NewDetector(day, p)
				at[day] = d
			}
			d.Read(&files[i], &s)
			c := s.Case()
			out[i].On |= c.On
			out[i].Known |= c.Known
		}
	}
	return out
}

// A Past is a client of the past, gone or not, with his whole file.
type Past struct {
	File    *File
	Gone    bool // lost by rule 1 of C1, or said
	Natural bool // then no event: his periods end
}

// Spells cuts the past of clients into periods of 90 days, for [Train]: up to
// so many, the last eve being settle days before asOf.
//
// A client leaves in the first period that begins after his last order. The
// day on which the rule of C1 declares him lost would not do: it comes after a
// silence of fixed length, so silence alone would foretell it. For the same
// reason the last settle days are left out (540 is the 18 months of the rule):
// nobody knows yet who left in them. phase may be nil.
func Spells(past []Past, asOf calendar.Day, settle, periods int, phase func(client int, eve calendar.Day) maturity.Phase, p Params) []Spell {
	last := make([]calendar.Day, len(past))
	at := NewDetector(asOf, p)
	for i := range past {
		at.readOrders(past[i].File.Lines)
		last[i] = at.lastOrder
	}
	var out []Spell
	for k := min(periods, 400) - 1; k >= 0; k-- {
		eve := asOf - calendar.Day(max(0, min(settle, 36_500))+k*Period)
		d := NewDetector(eve, p)
		for i, c := range past {
			left := eve >= last[i] // no order ever after
			switch {
			case left && (!c.Gone || c.Natural), eve >= last[i]+Period: // undecided, natural, or gone already
				continue
			}
			f := d.Facts(c.File)
			if f.Orders == 0 {
				continue
			}
			if phase != nil {
				f.Phase = phase(i, eve)
			}
			out = append(out, Spell{Facts: f, Client: int32(i), Eve: eve, Left: left})
		}
	}
	return out
}
