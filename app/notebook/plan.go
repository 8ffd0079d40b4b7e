package notebook

import (
	"context"
	"unicode/utf8"

	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// A Plan is a visit or call to come.
type Plan struct {
	ID        portfolio.ID // zero: a new one; else the one that moves
	Account   portfolio.ID
	Day       calendar.Day // zero: InDays from today
	InDays    int
	Minute    int
	Kind      portfolio.ContactKind
	Objective string
}

// PlanVisit plans an act, or moves one already planned. It returns what Undo
// names.
func (b *Book) PlanVisit(ctx context.Context, p Plan) (portfolio.ID, error) {
	day := p.Day
	if day == 0 {
		day = b.Today() + calendar.Day(p.InDays)
	}
	switch {
	case day < b.Today():
		return p.ID, &InputError{"field.day", "past"}
	case day > b.Today()+2*366:
		return p.ID, &InputError{"field.day", "too-far"}
	case p.Minute < 0 || p.Minute > 24*60-1:
		return p.ID, &InputError{"field.minute", "out-of-bounds"}
	case utf8.RuneCountInString(p.Objective) > maxLine:
		return p.ID, &InputError{"field.objective", "too-long"}
	}
	card, err := b.card(ctx, p.Account)
	if err != nil {
		return p.ID, err
	}
	if !p.ID.IsZero() {
		return b.move(ctx, card, p, day)
	}
	a := portfolio.Appointment{Account: p.Account, User: b.User, Day: day, Minute: p.Minute, Kind: p.Kind, Objective: p.Objective, State: portfolio.Planned}
	if a.Kind == 0 {
		a.Kind = portfolio.Visit
	}
	id := b.ID()
	op, err := b.create(card.Scope, p.Account, id, portfolio.KindAppointment, a)
	if err != nil {
		return id, err
	}
	_, err = b.save(ctx, Act{ID: id, Key: "plan", Root: p.Account, Kind: portfolio.KindAppointment}, op)
	return id, err
}

func (b *Book) move(ctx context.Context, card store.View, p Plan, day calendar.Day) (portfolio.ID, error) {
	row, ok := card.Row(p.ID)
	if !ok || row.Entity != portfolio.KindAppointment {
		return p.ID, ErrMissing
	}
	f := portfolio.Fields{appDay: portfolio.Value(day), appMinute: portfolio.Value(p.Minute), appState: portfolio.Value(portfolio.Planned)}
	if p.Objective != "" {
		f[appObjective] = portfolio.Value(p.Objective)
	}
	if p.Kind != 0 {
		f[appKind] = portfolio.Value(p.Kind)
	}
	act := Act{ID: b.ID(), Key: "move", Root: p.Account, Kind: portfolio.KindAppointment, Rec: p.ID, Back: restores(&row, f)}
	_, err := b.save(ctx, act, b.patch(card.Scope, &row, f))
	return act.ID, err
}

// CancelVisit takes an appointment off; root is its card. It returns what Undo
// names.
func (b *Book) CancelVisit(ctx context.Context, root, id portfolio.ID) (portfolio.ID, error) {
	card, err := b.card(ctx, root)
	if err != nil {
		return id, err
	}
	row, ok := card.Row(id)
	if !ok || row.Entity != portfolio.KindAppointment {
		return id, ErrMissing
	}
	f := portfolio.Fields{appState: portfolio.Value(portfolio.Cancelled)}
	act := Act{ID: b.ID(), Key: "cancel", Root: root, Kind: portfolio.KindAppointment, Rec: id, Back: restores(&row, f)}
	_, err = b.save(ctx, act, b.patch(card.Scope, &row, f))
	return act.ID, err
}
