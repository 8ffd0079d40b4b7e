package notebook

import (
	"context"
	"strings"
	"unicode/utf8"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// A Decision is what a person puts in place of a computed class or figure
// (valeur décidée).
type Decision struct {
	Account portfolio.ID
	What    string  // phase, type, potential, departure
	Value   float64 // class number, cents, or share
	Why     string
	Day     calendar.Day // from which it holds; 0: today
	Until   calendar.Day // the last day; 0: without end
}

const (
	overrideWhat  = 2
	overrideUntil = 7

	effortDropped = 10

	promiseDone  = 9
	promiseState = 11
)

// overridable are the values that a person may decide, with their bounds.
var overridable = map[string][2]float64{
	"phase":     {2, 6}, // engine/maturity: Start … Lost
	"type":      {1, 4}, // engine/loyalty: the four types
	"potential": {1, 1e14},
	"departure": {0, 1},
}

// Override notes a decision with its author, its day and its reason. One
// already in force is left in the history: the later one has the last word.
// It returns what Undo names.
func (b *Book) Override(ctx context.Context, d Decision) (portfolio.ID, error) {
	bounds, ok := overridable[d.What]
	d.Why = strings.TrimSpace(d.Why)
	if d.Day == 0 {
		d.Day = b.Today()
	}
	switch {
	case !ok:
		return portfolio.ID{}, &InputError{"field.override", "unknown"}
	case !(d.Value >= bounds[0] && d.Value <= bounds[1]):
		return portfolio.ID{}, &InputError{"field.override", "out-of-bounds"}
	case d.Why == "":
		return portfolio.ID{}, &InputError{"field.reason", "empty"}
	case utf8.RuneCountInString(d.Why) > portfolio.MaxText:
		return portfolio.ID{}, &InputError{"field.reason", "too-long"}
	case d.Until != 0 && d.Until < d.Day:
		return portfolio.ID{}, &InputError{"field.until", "past"}
	}
	card, err := b.card(ctx, d.Account)
	if err != nil {
		return portfolio.ID{}, err
	}
	ended, back, err := b.ending(card.Rows, card.Scope, d.What, d.Day-1)
	if err != nil {
		return portfolio.ID{}, err
	}
	id := b.ID()
	op, err := b.create(card.Scope, d.Account, id, portfolio.KindOverride, portfolio.Override{
		Account: d.Account, What: d.What, Value: d.Value, Why: d.Why, Author: b.User, Day: d.Day, Until: d.Until})
	if err != nil {
		return id, err
	}
	back = append(back, Restore{id, overrideWhat, portfolio.Null}) // an override of nothing is none
	act := Act{ID: id, Key: "override", Root: d.Account, Kind: portfolio.KindOverride, Back: back}
	_, err = b.save(ctx, act, append(ended, op)...)
	return id, err
}

// EndOverride gives the computed value its place back from a day on. It returns
// what Undo names.
func (b *Book) EndOverride(ctx context.Context, account portfolio.ID, what string, day calendar.Day) (portfolio.ID, error) {
	if day == 0 {
		day = b.Today()
	}
	card, err := b.card(ctx, account)
	if err != nil {
		return account, err
	}
	ops, back, err := b.ending(card.Rows, card.Scope, what, day-1)
	if err != nil {
		return account, err
	}
	if len(ops) == 0 {
		return account, ErrMissing
	}
	act := Act{ID: b.ID(), Key: "override", Root: account, Kind: portfolio.KindOverride, Rec: ops[0].Rec, Back: back}
	_, err = b.save(ctx, act, ops...)
	return act.ID, err
}

// ending ends the decisions of one kind that hold beyond a day.
func (b *Book) ending(rows []journal.Row, scope uint32, what string, last calendar.Day) (ops []journal.Op, back []Restore, err error) {
	for i := range rows {
		var o portfolio.Override
		if rows[i].Entity != portfolio.KindOverride {
			continue
		}
		if err := rows[i].Fields.Into(&o); err != nil {
			return nil, nil, err
		}
		if o.What != what || o.Until != 0 && o.Until <= last {
			continue
		}
		f := portfolio.Fields{overrideUntil: portfolio.Value(last)}
		back = append(back, restores(&rows[i], f)...)
		ops = append(ops, b.patch(scope, &rows[i], f))
	}
	return ops, back, nil
}

// AddEffort asks an effort of a client for a year (objectif d'effort). It
// returns what Undo names.
func (b *Book) AddEffort(ctx context.Context, e portfolio.Effort) (portfolio.ID, error) {
	e, err := b.asked(e)
	if err != nil {
		return portfolio.ID{}, err
	}
	card, err := b.card(ctx, e.Account)
	if err != nil {
		return portfolio.ID{}, err
	}
	id := b.ID()
	op, err := b.create(card.Scope, e.Account, id, portfolio.KindEffort, e)
	if err != nil {
		return id, err
	}
	act := Act{ID: id, Key: "effort", Root: e.Account, Kind: portfolio.KindEffort, Back: []Restore{{id, effortDropped, portfolio.Value(true)}}}
	_, err = b.save(ctx, act, op)
	return id, err
}

// asked completes an effort and checks it.
func (b *Book) asked(e portfolio.Effort) (portfolio.Effort, error) {
	finite := func(x float64) bool { return x-x == 0 }
	switch {
	case len(e.Code) != 3 || e.Code < "E01" || e.Code > "E15":
		return e, &InputError{"field.effort", "unknown"}
	case !finite(e.Baseline) || !finite(e.Target) || e.Baseline == e.Target:
		return e, &InputError{"field.effort", "out-of-bounds"}
	}
	if e.From == 0 {
		e.From = b.Today()
	}
	if e.To == 0 {
		e.To = e.From + 365
	}
	if e.Weight == 0 {
		e.Weight = 1
	}
	return e, nil
}
