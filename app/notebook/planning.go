package notebook

import (
	"context"
	"math"
	"unicode/utf8"

	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// Numbers of the fields of a plan and of a time budget that are named here.
const (
	planState    = 4
	planProposed = 21
	planSigned   = 25
	planSigner   = 26
	planNote     = 27

	timeFieldDays = 10
	timePart      = 16
)

// A Number is one field of a plan or of a time budget; Clear takes it away.
type Number struct {
	Field uint16
	Value float64
	Clear bool
}

// fields makes them: whole numbers, but for two of a time budget.
func fields(k portfolio.Kind, list []Number) (portfolio.Fields, error) {
	f := portfolio.Fields{}
	for _, n := range list {
		most := n.most(k)
		switch {
		case most == 0: // not for a rep to write
		case n.Clear:
			f[n.Field] = portfolio.Null
		case !(n.Value >= 0 && n.Value <= most):
			return nil, &InputError{"field.number", "out-of-bounds"}
		case k == portfolio.KindTime && (n.Field == timeFieldDays || n.Field == timePart):
			f[n.Field] = portfolio.Value(n.Value)
		case n.Value != math.Trunc(n.Value):
			return nil, &InputError{"field.number", "not-a-number"}
		default:
			f[n.Field] = portfolio.Value(int64(n.Value))
		}
	}
	return f, nil
}

// most is what a field may be at most, as portfolio.Validate has it, which would
// be much code in a tablet for a few numbers.
func (n *Number) most(k portfolio.Kind) float64 {
	if k == portfolio.KindTime {
		switch f := n.Field; {
		case f >= 3 && f <= 9:
			return 366
		case f == timeFieldDays:
			return 7
		case f == timePart:
			return 1
		case f >= 11 && f <= 15:
			return 1440
		}
		return 0
	}
	switch f := n.Field; {
	case f == 5, f == 10, f == 20:
		return 3
	case f >= 6 && f <= 9, f == 11:
		return 2
	case f == 12:
		return 10_000
	case f == 13:
		return 5
	case f >= 14 && f <= 19:
		return 366
	}
	return 0
}

// SetTime changes the time budget of a year (H2) in a portfolio of owner's. The
// first change of a year begins from the budget of the nearest year before it,
// or else from nothing.
func (b *Book) SetTime(ctx context.Context, scope uint32, owner portfolio.ID, year int, list []Number) error {
	f, err := fields(portfolio.KindTime, list)
	if err != nil {
		return err
	}
	v, err := b.Store.Misc(ctx, scope, portfolio.KindTime)
	if err != nil {
		return err
	}
	var base portfolio.Time
	for i := range v.Rows {
		var t portfolio.Time
		if v.Rows[i].Deleted() || v.Rows[i].Fields.Into(&t) != nil || !t.User.IsZero() && t.User != owner {
			continue
		}
		if t.Year == year {
			return b.patchMisc(ctx, scope, &v.Rows[i], f)
		}
		if t.Year < year && t.Year > base.Year || base.Year == 0 {
			base = t
		}
	}
	base.User, base.Year = owner, year
	// The weekends and holidays are those of the year itself.
	var off []calendar.Day
	for _, h := range calendar.Holidays(calendar.France, year) {
		off = append(off, h.Day)
	}
	y := capacity.Count(calendar.Window{From: calendar.Of(year, 1, 1), To: calendar.Of(year, 12, 31)}, off, nil)
	base.Weekend, base.Holidays = int(y.Weekend), int(y.Holidays)
	if base.Minutes == 0 {
		base.Minutes, base.FieldDays = 480, 5
	}
	return b.createMisc(ctx, scope, portfolio.KindTime, base, f)
}

// SetPlan changes the plan of a year. A version that was proposed is closed: the
// next change opens another one, which begins from it.
func (b *Book) SetPlan(ctx context.Context, scope uint32, owner portfolio.ID, year int, list []Number) error {
	f, err := fields(portfolio.KindPlan, list)
	if err != nil {
		return err
	}
	row, p, v, err := b.planOf(ctx, scope, year)
	if err != nil {
		return err
	}
	if row != nil && p.State == portfolio.PlanDraft {
		return b.patchMisc(ctx, v.Scope, row, f)
	}
	p.User, p.Year, p.Version, p.State = owner, year, p.Version+1, portfolio.PlanDraft
	p.Proposed, p.Signed, p.Signer, p.Note = 0, 0, portfolio.ID{}, ""
	return b.createMisc(ctx, scope, portfolio.KindPlan, p, f)
}

// ProposePlan closes the version in hand and shows it to the manager.
func (b *Book) ProposePlan(ctx context.Context, scope uint32, year, hours, visits, prospects int) error {
	row, p, v, err := b.planOf(ctx, scope, year)
	if err != nil {
		return err
	}
	if row == nil || p.State != portfolio.PlanDraft {
		return ErrMissing
	}
	f := portfolio.Fields{planState: portfolio.Value(portfolio.PlanProposed), planProposed: portfolio.Value(b.Today()),
		22: portfolio.Value(bounded(hours)), 23: portfolio.Value(bounded(visits)), 24: portfolio.Value(bounded(prospects))}
	return b.patchMisc(ctx, v.Scope, row, f)
}

// bounded keeps a total within what a record holds.
func bounded(n int) int { return min(max(0, n), 1_000_000) }

// SignPlan is the manager's answer to the version that was proposed: signed, or
// returned with a note.
func (b *Book) SignPlan(ctx context.Context, scope uint32, year int, signed bool, note string) error {
	if utf8.RuneCountInString(note) > portfolio.MaxText {
		return &InputError{"field.note", "too-long"}
	}
	row, p, v, err := b.planOf(ctx, scope, year)
	if err != nil {
		return err
	}
	if row == nil || p.State != portfolio.PlanProposed {
		return ErrMissing
	}
	state := portfolio.PlanReturned
	if signed {
		state = portfolio.PlanSigned
	}
	return b.patchMisc(ctx, v.Scope, row, portfolio.Fields{planState: portfolio.Value(state), planSigned: portfolio.Value(b.Today()),
		planSigner: portfolio.Value(b.User), planNote: portfolio.Value(note)})
}

// planOf is the last version of a year; of two records of one version, that of
// the lower identifier, on every device.
func (b *Book) planOf(ctx context.Context, scope uint32, year int) (row *journal.Row, p portfolio.Plan, v store.View, err error) {
	if scope == 0 {
		return nil, p, v, ErrScope
	}
	if v, err = b.Store.Misc(ctx, scope, portfolio.KindPlan); err != nil {
		return nil, p, v, err
	}
	v.Scope = scope
	for i := range v.Rows {
		r := &v.Rows[i]
		var x portfolio.Plan
		if r.Deleted() || r.Fields.Into(&x) != nil || x.Year != year || x.State == 0 {
			continue
		}
		if row == nil || x.Version > p.Version || x.Version == p.Version && string(r.Rec[:]) < string(row.Rec[:]) {
			row, p = r, x
		}
	}
	return row, p, v, nil
}

func (b *Book) patchMisc(ctx context.Context, scope uint32, row *journal.Row, f portfolio.Fields) error {
	act := Act{ID: b.ID(), Key: "plan-year", Kind: row.Entity, Rec: row.Rec, Back: restores(row, f)}
	_, err := b.save(ctx, act, b.patch(scope, row, f))
	return err
}

// createMisc makes a record of a noun with some fields changed.
func (b *Book) createMisc(ctx context.Context, scope uint32, kind portfolio.Kind, noun any, f portfolio.Fields) error {
	if scope == 0 {
		return ErrScope
	}
	id := b.ID()
	op, err := b.create(scope, portfolio.ID{}, id, kind, noun)
	if err != nil {
		return err
	}
	for n, v := range f {
		if len(v) == 1 && v[0] == portfolio.Null[0] {
			delete(op.Fields, n)
		} else {
			op.Fields[n] = v
		}
	}
	_, err = b.save(ctx, Act{ID: id, Key: "plan-year", Kind: kind}, op)
	return err
}

// FixVisits fixes the visits of a client in the plan of a year, in place of an
// earlier number; under 0 the key decides again. It returns what Undo names.
func (b *Book) FixVisits(ctx context.Context, account portfolio.ID, what string, visits int, until calendar.Day) (portfolio.ID, error) {
	if visits > 366 {
		return account, &InputError{"field.override", "out-of-bounds"}
	}
	card, err := b.card(ctx, account)
	if err != nil {
		return account, err
	}
	today := b.Today()
	act := Act{ID: b.ID(), Key: "override", Root: account, Kind: portfolio.KindOverride}
	ops, back, err := b.ending(card.Rows, card.Scope, what, today-1)
	if err != nil {
		return account, err
	}
	if visits < 0 {
		if len(ops) == 0 {
			return account, ErrMissing
		}
		act.Rec, act.Back = ops[0].Rec, back
		_, err = b.save(ctx, act, ops...)
		return act.ID, err
	}
	op, err := b.create(card.Scope, account, act.ID, portfolio.KindOverride, portfolio.Override{
		Account: account, What: what, Value: float64(visits), Author: b.User, Day: today, Until: max(today, until)})
	if err != nil {
		return act.ID, err
	}
	act.Back = append(back, Restore{act.ID, overrideWhat, portfolio.Null})
	_, err = b.save(ctx, act, append(ops, op)...)
	return act.ID, err
}

// PlanAction writes a line of the action plan on a card: a new one where id is
// zero. It returns what Undo names.
func (b *Book) PlanAction(ctx context.Context, id portfolio.ID, a portfolio.Action) (portfolio.ID, error) {
	switch {
	case utf8.RuneCountInString(a.Text) > portfolio.MaxText || utf8.RuneCountInString(a.Indicator) > portfolio.MaxText:
		return id, &InputError{"field.note", "too-long"}
	case !(a.Chance >= 0 && a.Chance <= 1) || a.Purpose < 0 || a.Purpose > 7 || a.State > portfolio.Cancelled || a.Spend > 1e12 || a.Captured > 1e12 || a.Visits < 0 || a.Visits > 366 || a.Spend < 0 || a.Captured < 0:
		return id, &InputError{"field.number", "out-of-bounds"}
	}
	card, err := b.card(ctx, a.Account)
	if err != nil {
		return id, err
	}
	if a.User.IsZero() {
		a.User = b.User
	}
	f, err := portfolio.ToFields(a)
	if err != nil {
		return id, err
	}
	if id.IsZero() {
		id = b.ID()
		op, err := b.create(card.Scope, a.Account, id, portfolio.KindAction, a)
		if err != nil {
			return id, err
		}
		act := Act{ID: id, Key: "form", Root: a.Account, Kind: portfolio.KindAction, Back: []Restore{{id, portfolio.FieldRemoved, portfolio.Value(true)}}}
		_, err = b.save(ctx, act, op)
		return id, err
	}
	row, ok := card.Row(id)
	if !ok || row.Entity != portfolio.KindAction {
		return id, ErrMissing
	}
	delete(f, 1)
	for n := uint16(3); n <= 12; n++ { // what is empty now is cleared
		if _, ok := f[n]; !ok {
			f[n] = portfolio.Null
		}
	}
	act := Act{ID: b.ID(), Key: "form", Root: a.Account, Kind: portfolio.KindAction, Rec: id, Back: restores(&row, f)}
	_, err = b.save(ctx, act, b.patch(card.Scope, &row, f))
	return act.ID, err
}
