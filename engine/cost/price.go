package cost

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A Channel is the price of one type of contact.
type Channel struct {
	Contacts int     // that count, joint lines left out
	Units    float64 // contact units
	Price    float64 // cents per contact, the mean in time mode; 0 without contacts
}

// A Price is what the contacts of a representative, or of the team, cost.
type Price struct {
	Full     money.Cents
	Contacts int
	Units    float64
	PRC      float64 // cents: of a contact in simple mode, of a contact unit otherwise
	Unit     float64 // cents per contact unit in every mode
	Hours    float64 // time mode: the hours the cost is spread over
	Hourly   float64 // time mode: cents
	Unused   money.Cents
	Kind     [kinds]Channel
	Trend    [4]Quarter
	explain.Mark
}

// A Quarter is the PRC of a quarter of the window; Known is false when nobody
// was contacted.
type Quarter struct {
	Units float64
	PRC   float64
	Known bool
}

// Prices are the prices of each representative and of the team (A1).
type Prices struct {
	Rep  []Price
	Team Price

	p      Params
	reps   []Rep
	window calendar.Window
	sheet  []sheet // of the reps, the team's last
}

// A sheet is the work of one price sheet.
type sheet struct {
	full    money.Cents
	known   bool // a budget, and work to spread it on
	unit    int64
	minute  int64 // millionths of a cent
	worked  tally
	quarter [4]tally
	minutes [kinds]tally // time mode: minutes logged, by kind
	kind    [kinds]tally
	value   [kinds]int64 // millionths of a cent, by kind
}

// A tally counts contacts in whole numbers.
type tally struct {
	n      int
	share  int64 // millionths of a contact
	weight int64 // millionths of a contact unit
	time   int64 // minutes
	cost   int64 // millionths of a cent
}

func (t *tally) add(weight, share, minutes, cost int64, joint bool) {
	if !joint && share > 0 {
		t.n++
	}
	t.share, t.weight, t.time = plus(t.share, share), plus(t.weight, weight), plus(t.time, minutes)
	t.cost = plus(t.cost, cost)
}

func plus(a, b int64) int64 { return int64(money.Cents(a).Plus(money.Cents(b))) }

// PriceContacts prices the contacts made in the window (A1). Contacts outside
// it are left aside. Without contacts there is no price; without a budget the
// default price holds, weakly.
func PriceContacts(reps []Rep, contacts []Contact, window calendar.Window, p Params) *Prices {
	s := &Prices{p: p, reps: reps, window: window, sheet: make([]sheet, len(reps)+1), Rep: make([]Price, len(reps))}
	team := &s.sheet[len(reps)]
	for i := range contacts { // the usual minutes, of contacts logged whole
		c := &contacts[i]
		if p.Costing != Time {
			break
		}
		if c.Minutes <= 0 || !window.Contains(c.Day) {
			continue
		}
		weight, share := p.counts(c)
		if share != million {
			continue
		}
		s.of(c).minutes[c.Kind].add(weight, share, int64(c.Minutes), 0, false)
		team.minutes[c.Kind].add(weight, share, int64(c.Minutes), 0, false)
	}
	edges := quarters(window)
	for i := range contacts {
		c := &contacts[i]
		if !window.Contains(c.Day) {
			continue
		}
		weight, share := p.counts(c)
		if share <= 0 {
			continue
		}
		m, q := s.minutesOf(c, share), quarterOf(edges, c.Day)
		for _, t := range [...]*sheet{s.of(c), team} {
			t.worked.add(weight, share, m, 0, c.Joint)
			t.quarter[q].add(weight, share, m, 0, c.Joint)
			t.kind[c.Kind].add(weight, share, m, 0, c.Joint)
		}
	}
	for r := range reps {
		s.spread(r)
	}
	for i := range contacts { // what it cost
		c := &contacts[i]
		if !window.Contains(c.Day) {
			continue
		}
		weight, share := p.counts(c)
		if share <= 0 {
			continue
		}
		v, q := s.effort(c, weight, share), quarterOf(edges, c.Day)
		if p.Costing == Time {
			v = plus(v, micro(c.Direct))
		}
		for _, t := range [...]*sheet{s.of(c), team} {
			t.value[c.Kind] = plus(t.value[c.Kind], v)
			t.worked.cost = plus(t.worked.cost, v)
			t.quarter[q].cost = plus(t.quarter[q].cost, v)
		}
	}
	for r := range reps {
		s.Rep[r] = s.price(r)
	}
	s.Team = s.price(len(reps))
	return s
}

// micro is an amount in millionths of a cent.
func micro(c money.Cents) int64 {
	if c == 0 {
		return 0
	}
	return int64(c.Scale(million, 1))
}

// payer is the index of the price sheet a contact is charged to: a control
// visit is the manager's. Without one it is the team's, which has no budget.
func (s *Prices) payer(c *Contact) int {
	r := int(c.Rep)
	if r < 0 || r >= len(s.reps) {
		return len(s.reps)
	}
	if m := int(s.reps[r].Manager); c.Kind == portfolio.ManagerControlVisit && m > 0 && m <= len(s.reps) {
		return m - 1
	}
	return r
}

// of is the sheet of a contact; a throw-away when it would be the team's, which
// is counted beside.
func (s *Prices) of(c *Contact) *sheet {
	if k := s.payer(c); k < len(s.reps) {
		return &s.sheet[k]
	}
	return &sheet{}
}

// minutesOf is the time of a contact: as logged; else the mean of its type by
// its representative, then by the team, then by weight.
func (s *Prices) minutesOf(c *Contact, share int64) int64 {
	if s.p.Costing != Time {
		return 0
	}
	if c.Minutes > 0 {
		return int64(c.Minutes)
	}
	team := &s.sheet[len(s.reps)]
	for _, t := range [...]*sheet{s.of(c), team} {
		if m := t.minutes[c.Kind]; m.share > 0 {
			return int64(money.Cents(m.time).Scale(share, m.share))
		}
	}
	var all tally
	for k := range team.minutes {
		all.time, all.weight = plus(all.time, team.minutes[k].time), plus(all.weight, team.minutes[k].weight)
	}
	if all.weight <= 0 {
		return 0
	}
	weight, _ := s.p.counts(c)
	return int64(money.Cents(all.time).Scale(weight, all.weight))
}

// spread divides the cost of one representative over its work.
func (s *Prices) spread(r int) {
	t, rep := &s.sheet[r], s.reps[r]
	t.full = max(0, rep.Full)
	over := t.worked.weight
	switch s.p.Costing {
	case Simple:
		over = t.worked.share
	case Time:
		over = s.minutes(r)
		if t.known = rep.Budgeted && over > 0; t.known {
			t.minute = int64(t.full.Scale(million, over))
		}
		return
	}
	if t.known = rep.Budgeted && over > 0; t.known {
		t.unit = int64(t.full.Scale(million*million, over))
	}
}

// minutes are those the cost of a representative is spread over.
func (s *Prices) minutes(r int) int64 {
	if h := s.reps[r].Hours; s.p.Normal && h > 0 {
		return int64(math.Round(min(h, 1e9) * 60))
	}
	return s.sheet[r].worked.time
}

// effort is the price of a contact in millionths of a cent, direct cost apart.
func (s *Prices) effort(c *Contact, weight, share int64) int64 {
	if share <= 0 {
		return 0
	}
	t := &s.sheet[s.payer(c)]
	units := weight
	if s.p.Costing == Simple {
		units = share
	}
	switch {
	case !t.known:
		return scale(micro(s.p.DefaultPRC), units)
	case s.p.Costing == Time:
		return int64(money.Cents(t.minute).Scale(s.minutesOf(c, share), 1))
	}
	return scale(t.unit, units)
}

// Value is what a contact costs, direct cost included, in cents. It holds for
// contacts outside the window too, at the price of the window.
func (s *Prices) Value(c Contact) float64 {
	weight, share := s.p.counts(&c)
	return float64(plus(s.effort(&c, weight, share), micro(c.Direct))) / million
}

// price reads the sheet of a representative, or the last one, the team's.
func (s *Prices) price(r int) Price {
	t := &s.sheet[r]
	team := r == len(s.reps)
	out := Price{Contacts: t.worked.n, Units: float64(t.worked.weight) / million}
	budgeted := true
	if team {
		out.Full, budgeted = s.whole()
	} else {
		out.Full, budgeted = t.full, s.reps[r].Budgeted
	}
	why := explain.None
	switch {
	case t.worked.share == 0:
		why = explain.NoContact
	case !budgeted:
		why = explain.NoCost
	}
	if t.worked.weight > 0 {
		out.Unit = float64(t.worked.cost) / float64(t.worked.weight)
		out.PRC = out.Unit
		if s.p.Costing == Simple {
			out.PRC = float64(t.worked.cost) / float64(t.worked.share)
		}
	}
	for k := range t.kind {
		n := &t.kind[k]
		out.Kind[k] = Channel{Contacts: n.n, Units: float64(n.weight) / million}
		if n.share > 0 {
			out.Kind[k].Price = float64(t.value[k]) / float64(n.share)
		}
	}
	s.time(&out, r)
	s.trend(&out, t, why == explain.NoCost || s.p.Costing == Time && s.p.Normal)
	steps := []explain.Step{explain.Amount("cost.full", out.Full), explain.Tally("cost.contacts", out.Contacts),
		explain.Num("cost.units", out.Units), explain.Of("cost.price", out.PRC, explain.Money)}
	if why == explain.NoCost {
		steps = append(steps, explain.Amount("cost.default", s.p.DefaultPRC))
	}
	if s.p.Costing == Time {
		steps = append(steps, explain.Num("cost.hours", out.Hours), explain.Of("cost.hourly", out.Hourly, explain.Money), explain.Amount("cost.unused", out.Unused))
	}
	switch why {
	case explain.NoContact:
		out.Mark = explain.Missing(why, steps...)
	case explain.NoCost:
		out.Mark = explain.Thin(why, steps...)
	default:
		out.Mark = explain.Sound(steps...)
	}
	if why == explain.None && !team && !t.known { // time mode and not a minute logged
		out.Mark = explain.Thin(explain.NoData, steps...)
	}
	return out
}

// whole is the full cost of the team, and whether every budget that was used
// is known.
func (s *Prices) whole() (full money.Cents, known bool) {
	known = true
	var counted int64
	for r := range s.reps {
		full = full.Plus(s.sheet[r].full)
		known = known && (s.reps[r].Budgeted || s.sheet[r].worked.share == 0)
		counted = plus(counted, s.sheet[r].worked.share)
	}
	return full, known && counted == s.sheet[len(s.reps)].worked.share
}

// time fills hours, hourly price and unused capacity: full cost − Σ PRC, direct
// costs apart. More hours than available make it negative: overtime.
func (s *Prices) time(out *Price, r int) {
	if s.p.Costing != Time {
		return
	}
	from, to := r, r+1
	if r == len(s.reps) {
		from, to = 0, r
	}
	var minutes, used int64
	var full money.Cents
	for k := from; k < to; k++ {
		t := &s.sheet[k]
		if !t.known {
			continue
		}
		minutes, full = plus(minutes, s.minutes(k)), full.Plus(t.full)
		used = plus(used, int64(money.Cents(t.minute).Scale(t.worked.time, 1)))
	}
	out.Hours = float64(minutes) / 60
	if minutes > 0 {
		out.Hourly = float64(full) / out.Hours
	}
	if s.p.Normal {
		out.Unused = full.Plus(-money.Cents(used).Scale(1, million))
	}
}

// trend is the PRC by quarter: a quarter of the cost over its work, or what the
// work was charged, under normal absorption and where a budget is missing.
func (s *Prices) trend(out *Price, t *sheet, charged bool) {
	for q := range t.quarter {
		w := &t.quarter[q]
		over := w.weight
		if s.p.Costing == Simple {
			over = w.share
		}
		out.Trend[q].Units = float64(w.weight) / million
		if over <= 0 {
			continue
		}
		spent := float64(micro(out.Full.Slice(q, q+1, 4)))
		if charged {
			spent = float64(w.cost)
		}
		out.Trend[q].PRC, out.Trend[q].Known = spent/float64(over), true
	}
}

// quarters are the first days of the four quarters of a window: of its months
// when they divide by four, of its days otherwise.
func quarters(w calendar.Window) (edge [4]calendar.Day) {
	months := calendar.FullMonths(w.From, w.To+1)
	whole := months%4 == 0 && w.From.AddMonths(months) == w.To+1
	for k := range edge {
		edge[k] = w.From + calendar.Day(w.Days()*k/4)
		if whole {
			edge[k] = w.From.AddMonths(months * k / 4)
		}
	}
	return edge
}

func quarterOf(edge [4]calendar.Day, d calendar.Day) int {
	q := 0
	for q < 3 && d >= edge[q+1] {
		q++
	}
	return q
}
