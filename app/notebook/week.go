package notebook

import (
	"context"
	"unicode/utf8"

	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// PlanMany plans the visits of a week as one act. A client who has an act
// planned on the day already keeps that one: nothing that exists moves.
func (b *Book) PlanMany(ctx context.Context, plans []Plan, told Progress) (Bulk, error) {
	w := &bulk{act: Act{ID: b.ID(), Key: "week", Kind: portfolio.KindAppointment}}
	by := map[portfolio.ID][]Plan{}
	roots := make([]portfolio.ID, len(plans))
	for i, p := range plans {
		switch {
		case p.Day < b.Today():
			return Bulk{}, &InputError{"field.day", "past"}
		case p.Day > b.Today()+2*366:
			return Bulk{}, &InputError{"field.day", "too-far"}
		case p.Minute < 0 || p.Minute > 24*60-1:
			return Bulk{}, &InputError{"field.minute", "out-of-bounds"}
		case utf8.RuneCountInString(p.Objective) > maxLine:
			return Bulk{}, &InputError{"field.objective", "too-long"}
		}
		by[p.Account] = append(by[p.Account], p)
		roots[i] = p.Account
	}
	err := b.each(ctx, roots, told, func(v store.View) error {
		var ops []journal.Op
		var back []Restore
		for _, p := range by[v.Root] {
			busy, err := planned(v, p)
			if busy || err != nil {
				if err != nil {
					return err
				}
				continue
			}
			a := portfolio.Appointment{Account: p.Account, User: b.User, Day: p.Day, Minute: p.Minute, Kind: p.Kind, Objective: p.Objective, State: portfolio.Planned}
			if a.Kind == 0 {
				a.Kind = portfolio.Visit
			}
			id := b.ID()
			op, err := b.create(v.Scope, v.Root, id, portfolio.KindAppointment, a)
			if err != nil {
				return err
			}
			ops, back = append(ops, op), append(back, Restore{id, appState, portfolio.Value(portfolio.Cancelled)})
		}
		if len(ops) > 0 {
			w.on(v.Root, back, ops...)
		}
		return nil
	})
	if err != nil {
		return Bulk{}, err
	}
	return b.keep(ctx, w)
}

// planned says whether a card holds an act planned on the same day.
func planned(v store.View, p Plan) (bool, error) {
	for i := range v.Rows {
		r := &v.Rows[i]
		if r.Entity != portfolio.KindAppointment || r.Deleted() {
			continue
		}
		var a portfolio.Appointment
		if err := r.Fields.Into(&a); err != nil {
			return false, err
		}
		if a.State == portfolio.Planned && a.Day == p.Day {
			return true, nil
		}
	}
	return false, nil
}
