package attrition

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A Detector reads the signals of clients one after the other, at one date.
type Detector struct {
	p    Params
	asOf calendar.Day

	m3, m12     calendar.Window // the last three months, the twelve before them
	q, q1       calendar.Window // the quarter ending at asOf, the same a year before
	m6          calendar.Day    // first day of the last six months
	years       [2]calendar.Window
	monthOf     []uint8 // month of each day from years[1].From to asOf
	days        []calendar.Day
	gaps        []int32
	median      float64 // usual interval; the fields below are of the client being read
	lastOrder   calendar.Day
	orders      int
	quarter     money.Cents
	quarterBack money.Cents
	byMonth     [12]int32 // orders of the last two years
}

// end is some day of the year 7400: months can be counted from it both ways.
const end calendar.Day = 2_000_000

// NewDetector prepares the windows. A date beyond any calendar is read as the
// end of ours.
func NewDetector(asOf calendar.Day, p Params) *Detector {
	asOf = max(-end, min(asOf, end))
	months := func(n int) calendar.Day { return (asOf + 1).AddMonths(-n) }
	for _, n := range []*int{&p.RenewalDays, &p.ComplaintDays, &p.SilenceDays, &p.TrifleDays, &p.DeciderMonths} {
		*n = max(0, min(*n, 12_000)) // a calendar has an end, the registry has none
	}
	d := &Detector{p: p, asOf: asOf, m6: months(6)}
	d.m3 = calendar.Window{From: months(3), To: asOf}
	d.m12 = calendar.Window{From: months(15), To: d.m3.From - 1}
	d.q = d.m3
	d.q1 = calendar.Window{From: months(15), To: months(12) - 1}
	d.years = [2]calendar.Window{{From: months(12), To: asOf}, {From: months(24), To: months(12) - 1}}
	d.monthOf = make([]uint8, 0, 800)
	for m := range 25 {
		from := d.years[1].From.AddMonths(m)
		_, month, _ := from.Civil()
		for len(d.monthOf) < int(asOf-d.years[1].From)+1 && d.years[1].From+calendar.Day(len(d.monthOf)) <= from.EndOfMonth() {
			d.monthOf = append(d.monthOf, uint8(month))
		}
	}
	return d
}

// ReadAll reads a whole portfolio.
func ReadAll(files []File, asOf calendar.Day, p Params) []Signals {
	d := NewDetector(asOf, p)
	out := make([]Signals, len(files))
	for i := range files {
		d.Read(&files[i], &out[i])
	}
	return out
}

// Read gives the thirteen signals of a client (I2).
func (d *Detector) Read(f *File, out *Signals) {
	*out = Signals{}
	d.readOrders(f.Lines)
	d.renewal(f, &out[S1-1])
	d.rising(f.Services, portfolio.AfterSalesCall, d.p.CallRatio, d.p.CallMin, &out[S2-1])
	d.complaints(f.Services, &out[S3-1])
	pause := f.Pause | d.pause()
	d.late(pause, &out[S4-1])
	d.drop(pause, &out[S5-1])
	d.decider(f.Deciders, &out[S6-1])
	d.silence(f.Touches, &out[S7-1])
	d.competitor(f.Competitor, &out[S8-1])
	d.incident(f.Services, &out[S9-1])
	d.exclusion(f, &out[S10-1])
	d.payments(f.Payments, &out[S11-1])
	d.satisfaction(f.Satisfaction, &out[S12-1])
	d.trifles(f.Services, &out[S13-1])
	d.noted(f.Noted, out)
	for i := range out {
		s := &out[i]
		if s.State == Off && f.Silent.Has(Code(i+1)) && s.Count == 0 {
			s.State = Unknown
		}
		if c := f.Closed[i]; s.State == On && seen(c, d.asOf) && c >= s.Latest {
			s.State = Settled
		}
		if s.State != On && s.State != Settled {
			s.Strength = 0
		}
	}
}

// set decides a signal whose value must reach a limit, both positive.
func (s *Signal) set(value, limit float64, on bool) {
	s.State, s.Value, s.Limit = Off, value, limit
	if !on {
		return
	}
	s.State, s.Strength = On, 1
	switch r := value / limit; {
	case r >= 2:
		s.Strength = 3
	case r >= 1.5:
		s.Strength = 2
	}
}

// noted adds what people saw, which no trigger can deny: on until closed.
func (d *Detector) noted(list []Note, out *Signals) {
	for _, n := range list {
		if n.Code < S1 || n.Code > NSignals || !seen(n.Day, d.asOf) {
			continue
		}
		s := &out[n.Code-1]
		switch {
		case !seen(n.Closed, d.asOf):
			s.evidence(n.Day)
			s.Noted++
			s.State, s.Strength = On, max(1, s.Strength)
		case s.State == Unknown: // it was told, then cured: known, and off
			s.State = Off
		}
	}
}

// evidence adds a dated fact.
func (s *Signal) evidence(d calendar.Day) {
	s.Count++
	if s.Since == 0 || d < s.Since {
		s.Since = d
	}
	s.Latest = max(s.Latest, d)
}

// readOrders walks the lines once: order days, the two quarters of S5.
func (d *Detector) readOrders(lines []maturity.Line) {
	d.days, d.quarter, d.quarterBack = d.days[:0], 0, 0
	d.byMonth = [12]int32{}
	for i := range lines {
		l := &lines[i]
		if l.From > d.asOf {
			continue
		}
		day := l.To == 0 || l.To <= l.From
		d.quarter = d.quarter.Plus(part(l, day, d.q))
		d.quarterBack = d.quarterBack.Plus(part(l, day, d.q1))
		if !day || l.Net <= 0 {
			continue
		}
		d.days = append(d.days, l.From)
	}
	d.days = calendar.Distinct(d.days)
	d.orders, d.median, d.lastOrder = len(d.days), 0, calendar.None
	d.gaps = d.gaps[:0]
	for i, day := range d.days {
		if i > 0 {
			d.gaps = append(d.gaps, int32(day-d.days[i-1]))
		}
		if back := int(day - d.years[1].From); back >= 0 && back < len(d.monthOf) {
			d.byMonth[d.monthOf[back]-1]++
		}
		d.lastOrder = day
	}
	d.median = sorting.Median(d.gaps)
}

// part is what a line sells inside a window.
func part(l *maturity.Line, day bool, w calendar.Window) money.Cents {
	if day {
		if w.Contains(l.From) {
			return l.Net
		}
		return 0
	}
	from, to, of := w.Steps(calendar.Window{From: l.From, To: l.To})
	if to <= from {
		return 0
	}
	return l.Net.Slice(from, to, of)
}

// renewal is S1: an anniversary passed by more than so many days without
// renewal. Without one on file, a client whose every interval is a year but
// 35 days at most has the anniversary of his last order.
func (d *Detector) renewal(f *File, s *Signal) {
	limit := float64(d.p.RenewalDays)
	if len(f.Anniversaries) == 0 {
		if len(d.gaps) == 0 {
			return
		}
		for _, g := range d.gaps {
			if g < 330 || g > 400 {
				return
			}
		}
		late := int(d.asOf - d.lastOrder.AddMonths(12))
		s.set(float64(max(0, late)), limit, late > d.p.RenewalDays)
		if s.State == On {
			s.evidence(d.lastOrder.AddMonths(12))
		}
		return
	}
	worst, on := 0, false
	for _, a := range f.Anniversaries {
		if !seen(a.Day, d.asOf) || seen(a.Renewed, d.asOf) {
			continue
		}
		late := int(d.asOf - a.Day)
		worst = max(worst, late)
		if late > d.p.RenewalDays {
			on = true
			s.evidence(a.Day)
		}
	}
	s.set(float64(worst), limit, on)
}

// rising is the test of S2: (n₃ ÷ 3) ÷ ((n₁₂ + ½) ÷ 12) reaches the ratio, and
// n₃ the minimum.
func (d *Detector) rising(list []Service, kind portfolio.ServiceKind, ratio, least float64, s *Signal) {
	var n3, n12 float64
	for _, e := range list {
		if e.Kind != kind || !given(e.Opened) {
			continue
		}
		weight := 1.0
		if kind == portfolio.Complaint && e.Severity >= 3 {
			weight = 2
		}
		switch {
		case d.m3.Contains(e.Opened):
			n3 += weight
			s.evidence(e.Opened)
		case d.m12.Contains(e.Opened):
			n12 += weight
		}
	}
	v := n3 / 3 / ((n12 + .5) / 12)
	s.set(v, ratio, v >= ratio && n3 >= least)
}

// complaints is S3: the same ratio, or one open for more than so many days;
// then the days are what is told.
func (d *Detector) complaints(list []Service, s *Signal) {
	d.rising(list, portfolio.Complaint, d.p.ComplaintRatio, d.p.ComplaintMin, s)
	ratio := s.State == On
	for _, e := range list {
		if e.Kind != portfolio.Complaint || !seen(e.Opened, d.asOf) || !e.open(d.asOf) || int(d.asOf-e.Opened) <= d.p.ComplaintDays {
			continue
		}
		if !d.m3.Contains(e.Opened) {
			s.evidence(e.Opened)
		}
		s.State, s.Strength = On, max(s.Strength, min(3, max(1, e.Severity)))
		if days := float64(d.asOf - e.Opened); !ratio && (s.Limit != float64(d.p.ComplaintDays) || s.Value < days) {
			s.Value, s.Limit = days, float64(d.p.ComplaintDays)
		}
	}
}

// pause finds the months in which the client never orders (pause saisonnière):
// no order there in either of two years, where his rhythm of the other months
// makes three or more expected, a chance under 5 % (Poisson, e⁻³). He must
// have been a client through both, and have ordered in the last one.
func (d *Detector) pause() Months {
	if d.orders == 0 || d.days[0] > d.years[1].From+31 || d.lastOrder < d.years[0].From {
		return 0
	}
	var orders, busy int
	for _, n := range d.byMonth {
		orders += int(n)
		if n > 0 {
			busy++
		}
	}
	var m Months
	for start := range 12 { // runs of empty months, round the year
		if d.byMonth[start] > 0 || d.byMonth[(start+11)%12] == 0 {
			continue
		}
		run, set := 0, Months(0)
		for k := start; d.byMonth[k%12] == 0; k++ {
			run++
			set |= 1 << (k % 12)
		}
		if run*orders >= 3*busy { // 2·run months × orders ÷ (2·busy)
			m |= set
		}
	}
	return m
}

// late is S4: days since the last order, pauses aside, against the usual
// interval. Under three orders it is unknown; in a pause, muted.
func (d *Detector) late(pause Months, s *Signal) {
	if d.orders < 3 || !(d.median > 0) {
		return
	}
	since := 0
	if pause == 0 {
		since = int(d.asOf - d.lastOrder)
	} else {
		day := d.lastOrder + 1
		if old := d.asOf - 40_000; day < old { // a century: the calendar need not be walked
			since, day = int(old)-int(day), old
		}
		for day <= d.asOf {
			last := min(day.EndOfMonth(), d.asOf)
			if !pause.Has(day) {
				since += int(last-day) + 1
			}
			day = last + 1
		}
	}
	r := float64(since) / d.median
	s.set(r, d.p.Late, r >= d.p.Late)
	switch {
	case pause.Has(d.asOf):
		s.State = Muted
	case s.State == On:
		s.evidence(d.lastOrder)
		s.Strength = 1
		if r >= d.p.LateRed {
			s.Strength = 3
		}
	}
}

// drop is S5: the quarter against the same a year before, in whole numbers.
func (d *Detector) drop(pause Months, s *Signal) {
	if d.quarterBack <= 0 {
		return
	}
	fall := d.quarter.Plus(-d.quarterBack)
	on := money.Compare(fall, d.quarterBack, int64(math.Round(d.p.Drop*1e6)), 100_000_000) <= 0
	s.set(100*float64(fall)/float64(d.quarterBack), d.p.Drop, on)
	switch {
	case pause.Has(d.asOf):
		s.State = Muted
	case on:
		s.evidence(d.q.From)
	}
}

// decider is S6: in place for less than so many months and never met.
func (d *Detector) decider(list []Decider, s *Signal) {
	first := d.asOf.AddMonths(-d.p.DeciderMonths)
	for _, e := range list {
		if seen(e.Since, d.asOf) && e.Since > first && !seen(e.Met, d.asOf) {
			s.evidence(e.Since)
		}
	}
	s.set(float64(s.Count), 1, s.Count > 0)
	s.Strength = min(s.Strength, 1)
}

// silence is S7: refusals, or the last touches of ours without an answer.
func (d *Detector) silence(list []Touch, s *Signal) {
	from := d.asOf - calendar.Day(d.p.SilenceDays) + 1
	refused, unanswered := 0, 0
	answer := calendar.None // day of the last answer
	for _, t := range list {
		if t.Day < from || t.Day > d.asOf {
			continue
		}
		if (t.Answered || t.Inbound) && !t.Refused {
			answer = max(answer, t.Day)
		}
	}
	for _, t := range list {
		if t.Day < from || t.Day > d.asOf || t.Inbound && !t.Refused {
			continue
		}
		switch {
		case t.Refused:
			refused++
			s.evidence(t.Day)
		case !t.Answered && t.Day > answer:
			unanswered++
			s.evidence(t.Day)
		}
	}
	silent := unanswered >= d.p.Silences
	s.set(float64(refused), float64(d.p.Refusals), refused >= d.p.Refusals || silent)
	if silent && refused < d.p.Refusals {
		s.set(float64(unanswered), float64(d.p.Silences), true)
	}
}

// competitor is S8. The method gives no duration: six months, as for the
// changes of S6.
func (d *Detector) competitor(list []calendar.Day, s *Signal) {
	for _, e := range list {
		if seen(e, d.asOf) && e >= d.m6 {
			s.evidence(e)
		}
	}
	s.set(float64(s.Count), 1, s.Count > 0)
}

// incident is S9: a relational incident still open.
func (d *Detector) incident(list []Service, s *Signal) {
	grave := uint8(0)
	for _, e := range list {
		if e.Kind == portfolio.RelationalIncident && seen(e.Opened, d.asOf) && e.open(d.asOf) {
			s.evidence(e.Opened)
			grave = max(grave, e.Severity)
		}
	}
	s.set(float64(s.Count), 1, s.Count > 0)
	if s.State == On {
		s.Strength = min(3, max(1, grave))
	}
}

// exclusion is S10: families lost in the last periods (F1). No period: unknown.
func (d *Detector) exclusion(f *File, s *Signal) {
	if len(f.Excluded) == 0 {
		return
	}
	n := 0
	for _, k := range f.Excluded[:min(len(f.Excluded), d.p.FamilyPeriods)] {
		n += int(k)
	}
	s.set(float64(n), float64(d.p.Families), n >= d.p.Families)
	if n > 0 && seen(f.ExcludedOn, d.asOf) {
		s.evidence(f.ExcludedOn)
	}
	s.Count = int32(n)
}

// payments is S11: the late rate of three months, against that of the twelve
// before, in points. It needs payments due in both.
func (d *Detector) payments(list []Payment, s *Signal) {
	var due, late [2]int
	for _, e := range list {
		k := 0
		switch {
		case !given(e.Due):
			continue
		case d.m12.Contains(e.Due):
			k = 1
		case !d.m3.Contains(e.Due):
			continue
		}
		due[k]++
		if (seen(e.Paid, d.asOf) && e.Paid > e.Due) || (!seen(e.Paid, d.asOf) && e.Due < d.asOf) {
			late[k]++
			if k == 0 {
				s.evidence(e.Due)
			}
		}
	}
	if due[0] == 0 || due[1] == 0 {
		s.Count, s.Since, s.Latest = 0, 0, 0
		return
	}
	// points = 100·(late₀ ÷ due₀ − late₁ ÷ due₁), over one denominator
	points := 100 * float64(late[0]*due[1]-late[1]*due[0]) / float64(due[0]*due[1])
	s.set(points, d.p.LatePoints, points >= d.p.LatePoints)
}

// satisfaction is S12: the last mark, or its fall from the one before.
func (d *Detector) satisfaction(list []Mark10, s *Signal) {
	last, before := calendar.None, calendar.None
	var now, then float64
	for _, m := range list {
		if !seen(m.Day, d.asOf) || !(m.Score >= 0 && m.Score <= 10) {
			continue
		}
		switch { // two of one day: the worse is the later, whatever their order
		case last == calendar.None || m.Day > last || m.Day == last && m.Score <= now:
			before, then, last, now = last, now, m.Day, m.Score
		case before == calendar.None || m.Day > before || m.Day == before && m.Score <= then:
			before, then = m.Day, m.Score
		}
	}
	if last == calendar.None {
		return
	}
	fell := before != calendar.None && now-then <= d.p.SatisfactFall
	s.State, s.Value, s.Limit = Off, now, d.p.Satisfaction
	if now <= d.p.Satisfaction || fell {
		s.State, s.Strength = On, 1
		if now <= d.p.Satisfaction/2 {
			s.Strength = 3
		} else if now <= d.p.Satisfaction && fell {
			s.Strength = 2
		}
		s.evidence(last)
	}
}

// trifles is S13: minor dissatisfactions noted by any service.
func (d *Detector) trifles(list []Service, s *Signal) {
	from := d.asOf - calendar.Day(d.p.TrifleDays) + 1
	for _, e := range list {
		if e.Opened < from || e.Opened > d.asOf || !(e.Kind == portfolio.Trifle || e.Severity <= 1 && e.Kind != portfolio.AfterSalesCall && e.Kind != portfolio.CreditNote) {
			continue
		}
		s.evidence(e.Opened)
	}
	s.set(float64(s.Count), float64(d.p.Trifles), int(s.Count) >= d.p.Trifles)
}
