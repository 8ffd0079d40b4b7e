package notebook

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A Visit is what is known when a contact is logged: the outcome is enough.
type Visit struct {
	Account   portfolio.ID
	Kind      portfolio.ContactKind // zero: a visit
	Outcome   portfolio.Outcome
	Notes     string
	Objective string
	Order     money.Cents // announced, never counted as sales
	Duration  int         // minutes
	Next      string
	Amends    portfolio.ID // corrects an earlier contact
}

const (
	maxNotes = 8000
	maxLine  = 300
)

// clockDoubt is how far the tablet's clock must be off to be written down.
const clockDoubt = 2 * time.Minute

// LogVisit logs a contact as a fact and ticks the appointment of the day, in
// one group. It returns the identifier of the contact.
func (b *Book) LogVisit(ctx context.Context, v Visit) (portfolio.ID, error) {
	if err := v.check(); err != nil {
		return portfolio.ID{}, err
	}
	card, err := b.card(ctx, v.Account)
	if err != nil {
		return portfolio.ID{}, err
	}
	now, id := b.Now(), b.ID()
	c := portfolio.Contact{
		Account: v.Account, User: b.User, Kind: v.Kind, Day: b.Today(), Minute: now.Hour()*60 + now.Minute(),
		Duration: v.Duration, Outcome: v.Outcome, Objective: v.Objective, Notes: v.Notes, Order: v.Order,
		Amends: v.Amends, Next: v.Next,
	}
	if c.Kind == 0 {
		c.Kind = portfolio.Visit
	}
	if !v.Amends.IsZero() {
		if err := keepMoment(&c, card.Rows, v.Amends); err != nil {
			return id, err
		}
	}
	if off := b.Off(); off.Abs() > clockDoubt {
		c.ClockOff = int(off / time.Second)
	}
	op, err := b.fact(card.Scope, v.Account, id, portfolio.KindContact, c)
	if err != nil {
		return id, err
	}
	ops := []journal.Op{op}
	act := Act{ID: id, Key: "visit", Root: v.Account, Kind: portfolio.KindContact}
	ticked := b.ticked(ctx, v.Amends)
	row := dueToday(card.Rows, c.Day, c.Kind)
	if len(ticked) > 0 {
		if r, ok := card.Row(ticked[0].Rec); ok {
			row = &r
		}
	}
	switch {
	case row != nil && v.Outcome.Met():
		f := portfolio.Fields{appState: portfolio.Value(portfolio.Done), appDone: portfolio.Value(id)}
		if act.Back = ticked; len(ticked) == 0 {
			act.Back = restores(row, f)
		}
		ops = append(ops, b.patch(card.Scope, row, f))
	case len(ticked) > 0: // nobody was met after all: the appointment is still to be kept
		ops = append(ops, b.back(card, ticked)...)
	}
	_, err = b.save(ctx, act, ops...)
	return id, err
}

// ticked is the appointment that the contact being corrected has fulfilled, as
// it was before: undoing the correction undoes the whole contact.
func (b *Book) ticked(ctx context.Context, amends portfolio.ID) []Restore {
	if amends.IsZero() {
		return nil
	}
	a, err := b.act(ctx, amends)
	if err != nil { // of another device, or too old to be undone
		return nil
	}
	return a.Back
}

// keepMoment leaves a corrected contact at the day and hour it happened, with
// what it took, as somebody may have told since: whom it met, the minutes, what
// was spent.
func keepMoment(c *portfolio.Contact, rows []journal.Row, amends portfolio.ID) error {
	i := slices.IndexFunc(rows, func(r journal.Row) bool { return r.Rec == amends && r.Entity == portfolio.KindContact })
	if i < 0 {
		return ErrMissing
	}
	var old portfolio.Contact
	if err := rows[i].Fields.Into(&old); err != nil {
		return err
	}
	now := *c
	*c = old
	c.Kind, c.Outcome, c.Objective, c.Notes, c.Order, c.Next, c.Amends, c.Void, c.Import = now.Kind, now.Outcome, now.Objective, now.Notes, now.Order, now.Next, amends, false, portfolio.ID{}
	if now.Duration > 0 {
		c.Duration = now.Duration
	}
	return nil
}

func (v *Visit) check() error {
	switch {
	case v.Outcome < portfolio.Order || v.Outcome > portfolio.Postponed:
		return &InputError{"field.outcome", "empty"}
	case v.Kind > portfolio.ManagerControlVisit:
		return &InputError{"field.kind", "unknown"}
	case utf8.RuneCountInString(v.Notes) > maxNotes:
		return &InputError{"field.notes", "too-long"}
	case utf8.RuneCountInString(v.Objective) > maxLine || utf8.RuneCountInString(v.Next) > maxLine:
		return &InputError{"field.objective", "too-long"}
	case v.Order < 0:
		return &InputError{"field.order", "negative"}
	case v.Duration < 0 || v.Duration > 24*60:
		return &InputError{"field.duration", "out-of-bounds"}
	}
	return nil
}

// Field numbers of portfolio.Appointment that actions patch.
const (
	appDay       = 3
	appMinute    = 4
	appKind      = 5
	appObjective = 6
	appState     = 7
	appDone      = 8
)

// dueToday finds the planned appointment that a contact of the day fulfils:
// the earliest one not after it, of the same means.
func dueToday(rows []journal.Row, day calendar.Day, kind portfolio.ContactKind) *journal.Row {
	var best *journal.Row
	var bestDay calendar.Day
	for i := range rows {
		if rows[i].Entity != portfolio.KindAppointment {
			continue
		}
		var a portfolio.Appointment
		if rows[i].Fields.Into(&a) != nil || a.State != portfolio.Planned || a.Day > day || a.Kind != kind {
			continue
		}
		if best == nil || a.Day < bestDay {
			best, bestDay = &rows[i], a.Day
		}
	}
	return best
}

// restores notes the values that a patch is about to replace.
func restores(row *journal.Row, f portfolio.Fields) []Restore {
	var rs []Restore
	for n := range f {
		old := row.Fields[n]
		if old == nil {
			old = portfolio.Null
		}
		rs = append(rs, Restore{row.Rec, n, old})
	}
	sorting.By(rs, func(a, b Restore) int { return int(a.Field) - int(b.Field) })
	return rs
}
