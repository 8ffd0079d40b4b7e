package notebook

import (
	"context"
	"slices"

	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// Undo takes back an act of this device, or a contact or estimate of one's own
// when its card is named: facts are voided by a new fact, fields get their
// former value back. What a colleague has changed meanwhile stays, and the
// clash is kept as a conflict like any other.
func (b *Book) Undo(ctx context.Context, id, root portfolio.ID) (portfolio.ID, error) {
	a, err := b.act(ctx, id)
	if err != nil {
		if root.IsZero() {
			return root, err
		}
		a = Act{ID: id, Root: root}
	}
	if a.Rec.IsZero() {
		a.Rec = id
	}
	card, err := b.card(ctx, a.Root)
	if err != nil {
		return a.Root, err
	}
	row, ok := card.Row(a.Rec)
	if !ok {
		return a.Root, ErrMissing
	}
	ops, err := b.undoing(card, &row, a)
	if err != nil {
		return a.Root, err
	}
	_, err = b.Store.Append(ctx, [][]journal.Op{ops}, store.AppendOptions{Local: []store.LocalValue{{Name: actPrefix + id.String()}}})
	return a.Root, err
}

func (b *Book) undoing(card store.View, row *journal.Row, a Act) ([]journal.Op, error) {
	var ops []journal.Op
	switch {
	case row.Entity == portfolio.KindContact:
		op, err := b.void(card, row, new(portfolio.Contact))
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	case row.Entity == portfolio.KindEstimate && !a.Was.IsZero():
		op, err := b.unsaid(card, row, a.Was)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	case row.Entity == portfolio.KindEstimate:
		op, err := b.void(card, row, new(portfolio.Estimate))
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	case a.Key == "plan":
		ops = append(ops, b.patch(card.Scope, row, portfolio.Fields{appState: portfolio.Value(portfolio.Cancelled)}))
	case a.Key == "create":
		op := b.patch(card.Scope, row, portfolio.Fields{accArchived: portfolio.Value(true)})
		op.Kind = journal.Archive
		ops = append(ops, op)
	}
	return append(ops, b.back(card, a.Back)...), noneLeft(len(ops) + len(a.Back))
}

func noneLeft(n int) error {
	if n == 0 {
		return ErrNoUndo
	}
	return nil
}

// void makes the fact that takes another one back; noun is a pointer to a zero
// value of its kind.
func (b *Book) void(card store.View, row *journal.Row, noun any) (journal.Op, error) {
	if err := row.Fields.Into(noun); err != nil {
		return journal.Op{}, err
	}
	switch n := noun.(type) {
	case *portfolio.Contact:
		n.Amends, n.Void = row.Rec, true
	case *portfolio.Estimate:
		n.Amends, n.Void = row.Rec, true
	}
	return b.fact(card.Scope, row.Root, b.ID(), row.Entity, noun)
}

// back writes former values, record by record.
func (b *Book) back(card store.View, rs []Restore) []journal.Op {
	var ops []journal.Op
	for len(rs) > 0 {
		rec, f := rs[0].Rec, portfolio.Fields{}
		for _, r := range rs {
			if r.Rec == rec {
				f[r.Field] = r.Old
			}
		}
		if row, ok := card.Row(rec); ok {
			ops = append(ops, b.patch(card.Scope, &row, f))
		}
		rs = slices.DeleteFunc(slices.Clone(rs), func(r Restore) bool { return r.Rec == rec })
	}
	return ops
}
