package query

import (
	"sillon/engine/calendar"
	"sillon/engine/geo"
	"sillon/engine/params"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// WeekAsk asks for the days of a rep, to be planned.
type WeekAsk struct {
	Lang  string       `cbor:"1,keyasint"`
	Scope uint32       `cbor:"2,keyasint,omitempty"`
	From  calendar.Day `cbor:"3,keyasint,omitempty"` // a day of the first week; 0: today's
	Days  int          `cbor:"4,keyasint,omitempty"` // 5 or 10 working days; 0: 5
	Now   int32        `cbor:"5,keyasint,omitempty"` // minute of today that has come
	Rep   WeekRep      `cbor:"6,keyasint"`
}

// WeekRep is how a rep works: a setting of the device (journée du commercial).
type WeekRep struct {
	Open  int32          `cbor:"1,keyasint"` // minutes after midnight; all zero: 8:30 to 18:00, lunch from 12:30 to 13:30
	Close int32          `cbor:"2,keyasint"`
	Break plan.Span      `cbor:"3,keyasint,omitzero"`
	Home  plan.Point     `cbor:"4,keyasint,omitzero"` // not known: the middle of the clients
	Name  string         `cbor:"5,keyasint,omitempty"`
	Off   uint8          `cbor:"6,keyasint,omitempty"` // days of the week off besides the week-end, Monday first, one bit each
	Leave []calendar.Day `cbor:"7,keyasint,omitempty"` // days off
}

// WeekTab is the book of a week, and what a screen shows of it. The planner
// turns the book into tours.
type WeekTab struct {
	Head    Head          `cbor:"1,keyasint"`
	From    calendar.Day  `cbor:"2,keyasint"` // Monday
	Book    plan.Book     `cbor:"3,keyasint"`
	Rows    []WeekRow     `cbor:"4,keyasint,omitempty"`  // along Book.Clients
	Fixed   []WeekFixed   `cbor:"5,keyasint,omitempty"`  // along Book.Fixed
	Others  []Appointment `cbor:"6,keyasint,omitempty"`  // acts without travel of those days
	Rep     WeekRep       `cbor:"7,keyasint"`            // in force
	Guessed bool          `cbor:"8,keyasint,omitempty"`  // home is the middle of the clients
	Names   []string      `cbor:"9,keyasint,omitempty"`  // key of the holiday of each day, or empty
	Big     []int32       `cbor:"10,keyasint,omitempty"` // clients of weight A without visit planned, due before the year ends

}

// A WeekRow is what a screen shows of a client.
type WeekRow struct {
	ID     portfolio.ID `cbor:"1,keyasint"`
	Name   string       `cbor:"2,keyasint"`
	City   string       `cbor:"3,keyasint,omitempty"`
	Phase  string       `cbor:"4,keyasint,omitempty"`
	Weight string       `cbor:"5,keyasint,omitempty"`
	Score  int32        `cbor:"6,keyasint"`
	Phone  string       `cbor:"7,keyasint,omitempty"`
	Since  int32        `cbor:"8,keyasint"` // days since the last visit; −1: never
}

// A WeekFixed is what a screen shows of an appointment.
type WeekFixed struct {
	ID        portfolio.ID `cbor:"1,keyasint"`
	Objective string       `cbor:"2,keyasint,omitempty"`
}

// The usual day, where a rep has said nothing.
var usualDay = WeekRep{Open: 8*60 + 30, Close: 18 * 60, Break: plan.Span{From: 12*60 + 30, To: 13*60 + 30}}

// drivenDays is how far back the minutes of road are read.
const drivenDays = 366

// usualRoad is the overall road of the method: while a team keeps it, the bands
// of distance hold (H8).
var usualRoad = geo.DefaultRoad

// pointCents is what a visit on time is worth for each point of the score, in
// cents, against the road (plan.Book.Rate).
const pointCents = 100

// WeekTab writes the book of the days asked for; places may be nil: then only
// clients with a position of their own are proposed.
func (s *Snapshot) WeekTab(r Reader, ask WeekAsk, places *Places) WeekTab {
	sc := s.Scored(ask.Scope)
	out := WeekTab{Head: s.head(r, ask.Scope), Rep: ask.Rep}
	if out.Rep.Close <= out.Rep.Open {
		home, name := out.Rep.Home, out.Rep.Name
		out.Rep = usualDay
		out.Rep.Home, out.Rep.Name, out.Rep.Off, out.Rep.Leave = home, name, ask.Rep.Off, ask.Rep.Leave
	}
	from := ask.From
	if from <= 0 {
		from = out.Rep.next(s.today)
	}
	out.From = from.Monday()
	if sc == nil {
		return out
	}
	b := &out.Book
	b.Rate, b.Seed = plan.DefaultRate, uint64(out.From)
	if set := s.Params(ask.Scope); set.Float(params.TourCircuity) != usualRoad.Circuity || set.Float(params.TourSpeed) != usualRoad.KmH {
		b.Road = plan.Road{Circuity: set.Float(params.TourCircuity), KmH: set.Float(params.TourSpeed)}
	}
	if !out.Rep.Home.Known {
		out.Rep.Home, out.Guessed = sc.middle(), true
	}
	out.days(s.today, ask)
	first, last := b.Days[0].Day, b.Days[len(b.Days)-1].Day
	year, _, _ := last.Civil()
	end := calendar.Of(year, 12, 31)
	pace := s.pace(sc, year)
	b.Visit = int32(pace.budget.Visit)
	var hours weekHours
	for i, c := range sc.Cards {
		at, how := places.Of(c)
		x := plan.Client{Code: c.Code, At: plan.Point{Lat: at.Lat, Lon: at.Lon, Known: how != Nowhere, Rough: how != Given && how != Nowhere}, Category: uint8(sc.Category[i]), Last: max(0, sc.LastVisit[i]),
			Every: int32(sc.Visits.Interval[i]), Left: -1, Value: int64(sc.Sheet.Score100[i] * pointCents), Prospect: sc.prospect[i],
			Out: c.Solvency == portfolio.SolvencyBlocked || c.Status == portfolio.Lost || c.Status == portfolio.Inactive}
		if d := s.deep[c.ID]; d != nil {
			x.Hours, x.Due = hours.of(d.Open), promisedBy(d.Commitments, x.Last, s.today, last+14)
			for k := range d.Contacts {
				m := &d.Contacts[k]
				if !face(m.Kind) {
					continue
				}
				if m.Duration > 0 {
					x.Seen, x.Spent = x.Seen+1, x.Spent+int32(m.Duration)
				}
				if m.Day > s.today-drivenDays {
					b.Drives = append(b.Drives, plan.Drive{Day: m.Day, Minute: int32(m.Minute), Client: int32(len(b.Clients)), Meters: m.Far, Took: int32(m.Travel)})
				}
			}
		}
		pace.into(&x, i, c, s.today, first, year)
		row := WeekRow{ID: c.ID, Name: c.Name, City: c.City, Phase: sc.letter(i), Score: int32(round(sc.Sheet.Score100[i])), Phone: c.Phone, Since: sc.Visits.Since[i]}
		if sc.ABC.Class[i] != 0 {
			row.Weight = sc.ABC.Class[i].String()
		}
		coming := false
		for _, p := range c.Plans {
			coming = coming || p.Day >= s.today
			switch {
			case !face(p.Kind):
				if p.Day >= first && p.Day <= last {
					out.Others = append(out.Others, sc.appointment(i, p))
				}
			case p.Day < s.today:
			case p.Day < first:
				x.Last = max(x.Last, p.Day) // it will have been made
			case p.Day > last:
				if x.Next == 0 {
					x.Next = p.Day
				}
			default:
				start := int32(p.Minute)
				if start == 0 {
					start = -1
				}
				b.Fixed = append(b.Fixed, plan.Fixed{Client: int32(len(b.Clients)), Day: p.Day, Start: start})
				out.Fixed = append(out.Fixed, WeekFixed{p.ID, p.Objective})
			}
		}
		if x.Every > 0 && !x.Out {
			due := max(sc.today, x.Last+calendar.Day(x.Every))
			if x.Left >= 0 {
				b.Planned += x.Left
			} else if due <= end {
				b.Planned += 1 + int32(end-due)/x.Every
			}
			if due <= end && x.Left != 0 {
				if row.Weight == "A" && !coming {
					out.Big = append(out.Big, int32(len(b.Clients)))
				}
			}
		}
		b.Clients, out.Rows = append(b.Clients, x), append(out.Rows, row)
	}
	b.Hours = hours.list
	for d := max(first, s.today); d <= end; d++ {
		if off, _ := out.Rep.off(d); off == plan.Works {
			b.Field++
		}
	}
	return out
}

// off says whether a day is one of the rep's, and the holiday it is.
func (w *WeekRep) off(d calendar.Day) (off uint8, name string) {
	wd := uint(d - d.Monday())
	year, _, _ := d.Civil()
	for _, h := range calendar.Holidays(calendar.France, year) {
		if h.Day == d {
			return plan.Holiday, h.Key
		}
	}
	for _, l := range w.Leave {
		if l == d {
			return plan.DayOff, ""
		}
	}
	if wd > 4 || w.Off>>wd&1 != 0 {
		return plan.Weekend, ""
	}
	return plan.Works, ""
}

// next is the first day from today on that the rep works: on a Sunday, or on
// leave, the week asked for is the one to come.
func (w *WeekRep) next(today calendar.Day) calendar.Day {
	for d := today; d < today+60; d++ {
		if off, _ := w.off(d); off == plan.Works {
			return d
		}
	}
	return today
}

// days are Monday to Friday of one week or two; what has passed is off.
func (out *WeekTab) days(today calendar.Day, ask WeekAsk) {
	n := 5
	if ask.Days > 5 {
		n = 10
	}
	for i := range n {
		d := out.From + calendar.Day(i+i/5*2)
		w := plan.Workday{Day: d, Open: out.Rep.Open, Close: out.Rep.Close, Break: out.Rep.Break, From: out.Rep.Home, To: out.Rep.Home}
		name := ""
		w.Off, name = out.Rep.off(d)
		switch {
		case d < today:
			w.Off = plan.Past
		case d == today && ask.Now > w.Open:
			w.Open = min((ask.Now+14)/15*15, 24*60)
			w.Close = max(w.Close, w.Open)
		}
		out.Book.Days, out.Names = append(out.Book.Days, w), append(out.Names, name)
	}
}

// middle is the client in the middle of the others by latitude and by
// longitude: where a day begins while nobody has said.
func (sc *Scored) middle() (p plan.Point) {
	var lat, lon []int32
	for _, c := range sc.Cards {
		if c.HasPos {
			lat, lon = append(lat, int32(c.Lat*1e6)), append(lon, int32(c.Lon*1e6))
		}
	}
	if len(lat) == 0 {
		return p
	}
	sorting.Ints(lat)
	sorting.Ints(lon)
	return plan.Point{Lat: float64(lat[len(lat)/2]) / 1e6, Lon: float64(lon[len(lon)/2]) / 1e6, Known: true, Rough: true}
}
