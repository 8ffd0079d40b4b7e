package notebook

import (
	"context"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// A ContactChoice is what a person decides of the contact strategy proposed for
// a client (method B4).
type ContactChoice struct {
	Account portfolio.ID
	What    string // kind of override; empty: none any more
	Visits  int    // a year
}

// strategyDays is how long a decision on contacts holds: the year it is for.
const strategyDays = 365

// maxVisits bounds the visits of a year.
const maxVisits = 1000

// DecideContacts keeps a decision on the contacts of a client for a year, in
// place of an earlier one of the kinds given. It returns what Undo names.
func (b *Book) DecideContacts(ctx context.Context, c ContactChoice, kinds ...string) (portfolio.ID, error) {
	if c.Visits < 0 || c.Visits > maxVisits {
		return portfolio.ID{}, &InputError{"field.override", "out-of-bounds"}
	}
	card, err := b.card(ctx, c.Account)
	if err != nil {
		return portfolio.ID{}, err
	}
	act := Act{ID: b.ID(), Key: "override", Root: c.Account, Kind: portfolio.KindOverride}
	today := b.Today()
	var ops []journal.Op
	var back []Restore
	for _, what := range kinds {
		o, r, err := b.ending(card.Rows, card.Scope, what, today-1)
		if err != nil {
			return act.ID, err
		}
		ops, back = append(ops, o...), append(back, r...)
	}
	if c.What == "" {
		if len(ops) == 0 {
			return act.ID, ErrMissing
		}
		act.Rec, act.Back = ops[0].Rec, back
		_, err = b.save(ctx, act, ops...)
		return act.ID, err
	}
	op, err := b.create(card.Scope, c.Account, act.ID, portfolio.KindOverride, portfolio.Override{
		Account: c.Account, What: c.What, Value: float64(c.Visits), Author: b.User, Day: today, Until: today + strategyDays})
	if err != nil {
		return act.ID, err
	}
	act.Back = append(back, Restore{act.ID, overrideWhat, portfolio.Null}) // an override of nothing is none
	_, err = b.save(ctx, act, append(ops, op)...)
	return act.ID, err
}
