package notebook

import (
	"context"
	"slices"

	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// Undo takes back an act of this device, or a fact of one's own (a contact, an
// estimate, the file of an ex-client) when its card is named: facts are voided by a new fact, fields get their
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
	amends, _ := row.Entity.Amending()
	switch {
	case amends != 0 && !a.Was.IsZero():
		op, err := b.unsaid(card, row, a.Was)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	case amends != 0:
		ops = append(ops, b.inPlace(card, row, row.Rec, true))
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
