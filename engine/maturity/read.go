package maturity

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// Read gives the phase of a client at a date, from its lines (C1).
func Read(h History, asOf calendar.Day, p Params) Verdict {
	v := (&reader{p: p}).read(h, asOf)
	v.Steps = v.Explain(p)
	return v
}

// ReadAll is Read for a whole portfolio. The steps are left out: ask
// [Verdict.Explain] for the client that is looked at.
func ReadAll(clients []History, asOf calendar.Day, p Params) []Verdict {
	r := &reader{p: p}
	out := make([]Verdict, len(clients))
	for i := range clients {
		out[i] = r.read(clients[i], asOf)
	}
	return out
}

// Phases are the phases alone, at a date: what ReadAll gives, in a third of the
// time.
func Phases(clients []History, asOf calendar.Day, p Params) []Phase {
	r := &reader{p: p, brief: true}
	out := make([]Phase, len(clients))
	for i := range clients {
		out[i] = r.read(clients[i], asOf).Phase
	}
	return out
}

// GrowthOf is the growth of a portfolio between two years, for
// dcmv.relativeToPortfolio; 0 without sales in the first.
func GrowthOf(salesN, salesN1 []money.Cents) float64 {
	var n, n1 money.Cents
	for i := range salesN {
		n, n1 = n.Plus(salesN[i]), n1.Plus(salesN1[i])
	}
	if n1 <= 0 {
		return 0
	}
	return float64(n)/float64(n1) - 1
}

// A reader reads clients one after the other with the same windows.
type reader struct {
	p     Params
	brief bool // only phases and sales are wanted: what they do not need is left out
	cache [lookBack + 1]frame
	used  int
	days  []calendar.Day // scratch
	gaps  []int32
}

// A frame is the windows at one date.
type frame struct {
	asOf     calendar.Day
	n, n1    calendar.Window
	quarters [8]calendar.Window // oldest first
}

func (r *reader) at(asOf calendar.Day) *frame {
	for i := range r.used {
		if r.cache[i].asOf == asOf {
			return &r.cache[i]
		}
	}
	f := frame{asOf: asOf}
	f.n, f.n1 = r.p.windows(asOf)
	for k := range f.quarters {
		f.quarters[k] = calendar.Periods{Months: 3}.Back(asOf, len(f.quarters)-1-k)
	}
	if r.used == len(r.cache) { // another date than the one before: start again
		r.used = 0
	}
	r.cache[r.used] = f
	r.used++
	return &r.cache[r.used-1]
}

// windows are N and N-1; with SameSeason N-1 starts whole years before N, so
// that a window shorter than a year meets the same months.
func (p Params) windows(asOf calendar.Day) (n, n1 calendar.Window) {
	n, n1 = p.Periods.Back(asOf, 0), p.Periods.Back(asOf, 1)
	if p.SameSeason && p.Periods.Mode == calendar.Rolling && p.Periods.Months > 0 {
		years := (p.Periods.Months + 11) / 12
		n1 = p.Periods.Back((asOf+1).AddMonths(-12*years)-1, 0)
	}
	return n, n1
}

// missed is how many days of a window may lie before the first sale known
// without its being a part year: a portfolio does not sell every day.
const missed = 45

func covers(known calendar.Day, w calendar.Window) bool { return known <= w.From+missed }

// Covers reports whether the window N-1 at a date is covered by sales known
// from a day on.
func (p Params) Covers(known, asOf calendar.Day) bool {
	_, n1 := p.windows(asOf)
	return covers(known, n1)
}

func (r *reader) read(h History, asOf calendar.Day) Verdict {
	v := r.raw(h, asOf, 0, 0)
	if r.p.Robust {
		r.hold(h, asOf, &v)
	}
	if o := h.Override; o.Phase != 0 && (orNone(o.Until) == calendar.None || asOf <= o.Until) {
		v.Phase, v.Why = o.Phase, Locked
		if v.Computed == 0 {
			v.Mark = explain.Sound() // the person knows
		}
	}
	return v
}

// raw is the phase at a date without hysteresis.
func (r *reader) raw(h History, asOf calendar.Day, raiseUp, raiseDown float64) Verdict {
	f := r.at(asOf)
	facts := r.facts(h, f)
	t, thin := facts.trend(), false
	if r.p.Robust {
		if slope, ok := robust(h, facts, f, r.p.SameSeason); ok {
			t.robust, t.g = true, slope
		} else {
			thin = true
		}
	}
	v := facts.decide(asOf, r.p, t, raiseUp, raiseDown)
	if thin && v.Computed != Prospect && v.Computed != 0 {
		v.Mark = explain.Thin(explain.FewPeriods)
	}
	return v
}

// facts sums the lines known at the date of the frame.
func (r *reader) facts(h History, f *frame) Facts {
	out := Facts{FirstOrder: orNone(h.FirstOrder), LastOrder: calendar.None, Growth: h.Growth, Score: h.Signs.Score(f.asOf), Known: calendar.None}
	if k := orNone(h.Known); k != calendar.None && !covers(k, f.n1) {
		out.Known = k
	}
	r.days = r.days[:0]
	for _, l := range h.Lines {
		if l.From > f.asOf {
			continue
		}
		out.N = out.N.Plus(l.in(f.n))
		out.N1 = out.N1.Plus(l.in(f.n1))
		if l.Net <= 0 {
			continue
		}
		if out.FirstOrder == calendar.None || l.From < out.FirstOrder {
			out.FirstOrder = l.From
		}
		out.LastOrder = max(out.LastOrder, min(l.last(), f.asOf))
		if !r.brief && l.dated() {
			r.days = append(r.days, l.From)
		}
	}
	if out.LastOrder == calendar.None { // no line is held: the first order is the last one known
		out.LastOrder = out.FirstOrder
	}
	if r.brief && out.mayBeLost(f.asOf, r.p) {
		for _, l := range h.Lines {
			if l.From <= f.asOf && l.Net > 0 && l.dated() {
				r.days = append(r.days, l.From)
			}
		}
	}
	out.Interval = r.interval()
	return out
}

// mayBeLost reports that the usual interval decides whether a client is lost.
func (f Facts) mayBeLost(asOf calendar.Day, p Params) bool {
	return f.LastOrder != calendar.None && int64(asOf)-int64(f.LastOrder) > int64(28*p.LostMin)
}

// interval is the median of the days between orders; 0 under two orders.
func (r *reader) interval() float64 {
	r.days = calendar.Distinct(r.days)
	r.gaps = r.gaps[:0]
	for i := 1; i < len(r.days); i++ {
		r.gaps = append(r.gaps, int32(r.days[i]-r.days[i-1]))
	}
	return sorting.Median(r.gaps)
}

func (l Line) dated() bool { return l.To <= l.From || l.To == calendar.None }

func (l Line) last() calendar.Day {
	if l.dated() {
		return l.From
	}
	return l.To
}

// in is the part of the line in a window: the whole of a dated line, or of a
// period by days.
func (l Line) in(w calendar.Window) money.Cents {
	if l.dated() {
		if w.Contains(l.From) {
			return l.Net
		}
		return 0
	}
	period := calendar.Window{From: l.From, To: l.To}
	switch w.Overlap(period) {
	case 0:
		return 0
	case period.Days():
		return l.Net
	}
	from, to, of := w.Steps(period)
	return l.Net.Slice(from, to, of)
}

// Score counts the signs of ageing that hold at a date, out of six.
func (s Signs) Score(asOf calendar.Day) int {
	n := 0
	since := func(d calendar.Day) bool { return orNone(d) != calendar.None && d <= asOf }
	if since(s.DeciderChanged) && s.DeciderChanged.AddMonths(12) > asOf {
		n++
	}
	errors, half := 0, asOf
	if len(s.ServiceErrors) > 0 {
		half = asOf.AddMonths(-6)
	}
	for _, d := range s.ServiceErrors {
		if since(d) && d > half {
			errors++
		}
	}
	if errors >= 2 {
		n++
	}
	for _, d := range [...]calendar.Day{s.CompetitorRaised, s.OfferUnsuitable, s.ActivityFalling} {
		if since(d) {
			n++
		}
	}
	if since(s.LastNewFamily) && s.LastNewFamily.AddMonths(24) <= asOf {
		n++
	}
	return n
}
