package notebook

import (
	"context"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

const (
	conflictState = 12
	refusalClosed = 9
)

// Settle closes a conflict: the value in place is kept, or the other one is
// put back by an ordinary edit, which syncs and can be undone.
func (b *Book) Settle(ctx context.Context, root, conflict portfolio.ID, takeOther bool) (portfolio.ID, error) {
	card, err := b.card(ctx, root)
	if err != nil {
		return conflict, err
	}
	row, ok := card.Row(conflict)
	if !ok || row.Entity != portfolio.KindConflict {
		return conflict, ErrMissing
	}
	var c portfolio.Conflict
	if err := row.Fields.Into(&c); err != nil {
		return conflict, err
	}
	state := portfolio.Kept
	var ops []journal.Op
	act := Act{ID: b.ID(), Key: "settle", Root: root, Kind: portfolio.KindConflict, Rec: conflict}
	if takeOther {
		state = portfolio.TookOther
		target, ok := card.Row(c.Rec)
		if !ok {
			return conflict, ErrMissing
		}
		other := c.Loser
		if len(other) == 0 {
			other = portfolio.Null
		}
		f := portfolio.Fields{c.Field: other}
		act.Back = restores(&target, f)
		ops = append(ops, b.patch(card.Scope, &target, f))
	}
	f := portfolio.Fields{conflictState: portfolio.Value(state)}
	act.Back = append(act.Back, restores(&row, f)...)
	_, err = b.save(ctx, act, append(ops, b.patch(card.Scope, &row, f))...)
	return act.ID, err
}

// Refusals lists the actions of this user that the server could not accept
// and that nobody has dealt with.
func (b *Book) Refusals(ctx context.Context) (map[portfolio.ID]portfolio.Refusal, error) {
	v, err := b.Store.Misc(ctx, b.Mine, portfolio.KindRefusal)
	if err != nil {
		return nil, err
	}
	open := map[portfolio.ID]portfolio.Refusal{}
	for i := range v.Rows {
		var r portfolio.Refusal
		if err := v.Rows[i].Fields.Into(&r); err != nil {
			return nil, err
		}
		if !r.Closed {
			open[v.Rows[i].Rec] = r
		}
	}
	return open, nil
}

// CloseRefusal gives up a refused action, or sends it again as it was. What
// was refused stays readable in the journal either way.
func (b *Book) CloseRefusal(ctx context.Context, id portfolio.ID, retry bool) error {
	v, err := b.Store.Misc(ctx, b.Mine, portfolio.KindRefusal)
	if err != nil {
		return err
	}
	row, ok := v.Row(id)
	if !ok {
		return ErrMissing
	}
	var r portfolio.Refusal
	if err := row.Fields.Into(&r); err != nil {
		return err
	}
	ops := []journal.Op{b.patch(b.Mine, &row, portfolio.Fields{refusalClosed: portfolio.Value(true)})}
	if retry {
		again, err := RefusedOp(r)
		if err != nil {
			return err
		}
		again.ID = b.ID() // the server remembers the refused one by its identifier
		again.N, again.Group, again.HLC = 0, 0, 0
		ops = append(ops, again)
	}
	_, err = b.save(ctx, Act{ID: b.ID(), Key: "settle", Kind: portfolio.KindRefusal, Rec: id}, ops...)
	return err
}

// RefusedOp returns the operation that was refused, as it was sent: a refusal
// holds its bytes as a byte string.
func RefusedOp(r portfolio.Refusal) (journal.Op, error) {
	var raw []byte
	var op journal.Op
	if err := portfolio.Dec.Unmarshal(r.Op, &raw); err != nil {
		return op, err
	}
	return op, portfolio.Dec.Unmarshal(raw, &op)
}
