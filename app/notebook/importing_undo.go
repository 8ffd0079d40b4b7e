package notebook

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

func sortNotes(notes []ImportNote) {
	sorting.By(notes, func(a, b ImportNote) int {
		return cmp.Or(cmp.Compare(a.AtMS, b.AtMS), slices.Compare(a.ID[:], b.ID[:]))
	})
}

// Undo takes an import of the last thirty days back, in one transaction: its
// lines and estimates are voided, lines it had replaced count again, fields get
// their former value unless somebody wrote since, and the cards it made are
// archived unless something else was noted on them.
func (im *Importer) Undo(ctx context.Context, id portfolio.ID, told Progress) (store.Appended, error) {
	b := im.Book
	note, back, err := im.noted(ctx, id)
	if err != nil {
		return store.Appended{}, err
	}
	step := im.pace(ctx, told)
	u := &undoing{book: b, id: id, back: back}
	tell, n := step("undo"), 0
	err = im.Store.EachCard(ctx, func(v store.View) error {
		if err := u.card(v); err != nil {
			return err
		}
		n++
		return tell(n, n+1)
	})
	if err != nil {
		return store.Appended{}, fmt.Errorf("undo the import %s: %w", id, err)
	}
	if note.AsOf != nil {
		row, _, err := im.reading(ctx, note.Scope)
		if err != nil {
			return store.Appended{}, err
		}
		if row != nil && row.Rec == note.AsOf.Rec {
			u.groups = append(u.groups, []journal.Op{b.patch(note.Scope, row, portfolio.Fields{note.AsOf.Field: note.AsOf.Old})})
		}
	}
	rec, err := b.insert(journal.Fact, b.Mine, portfolio.ID{}, b.ID(), portfolio.KindImport, portfolio.Import{
		User: b.User, File: note.File, Day: b.Today(), Scope: note.Scope, Accounts: note.Accounts, Lines: note.Lines, Undone: true, Of: id,
	})
	if err != nil {
		return store.Appended{}, err
	}
	u.groups = append(u.groups, []journal.Op{rec})
	note.Undone = true
	local, err := (&importWriter{}).local(&note)
	if err != nil {
		return store.Appended{}, err
	}
	save := step("save")
	done, err := im.Store.Append(ctx, u.groups, store.AppendOptions{Local: local, Progress: func(n, of int) { _ = save(n, of) }})
	if err != nil {
		return store.Appended{}, fmt.Errorf("undo the import %s: %w", id, err)
	}
	im.existing = nil
	return done, nil
}

// noted returns the note of an import that can still be undone, and the former
// values by card.
func (im *Importer) noted(ctx context.Context, id portfolio.ID) (ImportNote, map[portfolio.ID][]former, error) {
	var note ImportNote
	v, err := im.Store.Local(ctx, importPrefix+id.String())
	if err != nil {
		return note, nil, err
	}
	if v == nil {
		return note, nil, ErrNoUndo
	}
	if err := portfolio.Dec.Unmarshal(v, &note); err != nil {
		return note, nil, fmt.Errorf("notebook: read the note of the import %s: %w", id, err)
	}
	if note.Undone || note.UntilMS() <= im.Book.Now().UnixMilli() {
		return note, nil, ErrNoUndo
	}
	parts, err := im.Store.Locals(ctx, backPrefix+id.String()+"/")
	if err != nil {
		return note, nil, err
	}
	back := map[portfolio.ID][]former{}
	for _, p := range parts {
		var fs []former
		if err := portfolio.Dec.Unmarshal(p.Value, &fs); err != nil {
			return note, nil, fmt.Errorf("notebook: read the former values of the import %s: %w", id, err)
		}
		for _, f := range fs {
			back[f.Root] = append(back[f.Root], f)
		}
	}
	return note, back, nil
}

// An undoing gathers what takes an import back.
type undoing struct {
	book   *Book
	id     portfolio.ID
	back   map[portfolio.ID][]former
	groups [][]journal.Op
}

// card undoes what the import did to one card.
func (u *undoing) card(v store.View) error {
	gone := map[portfolio.ID]bool{}
	for i := range v.Rows {
		r := &v.Rows[i]
		if r.Entity == portfolio.KindSale || r.Entity == portfolio.KindEstimate {
			if raw, ok := r.Fields[saleAmends]; ok {
				var old portfolio.ID
				if portfolio.Dec.Unmarshal(raw, &old) == nil {
					gone[old] = true
				}
			}
		}
	}
	var ops []journal.Op
	for i := range v.Rows {
		r := &v.Rows[i]
		if gone[r.Rec] || !u.brought(r) {
			continue
		}
		op, err := u.fact(v, r)
		if err != nil {
			return err
		}
		if op.Kind != 0 {
			ops = append(ops, op)
		}
	}
	ops = append(ops, u.restore(v)...)
	if row, ok := v.Row(v.Root); ok && u.made(&row) && !u.lived(v) {
		op := u.book.patch(v.Scope, &row, portfolio.Fields{accArchived: portfolio.Value(true)})
		op.Kind = journal.Archive
		ops = append(ops, op)
	}
	for part := range slices.Chunk(ops, store.MaxGroupOps) {
		u.groups = append(u.groups, part)
	}
	return nil
}

// brought reports whether the import brought a fact.
func (u *undoing) brought(r *journal.Row) bool {
	n := uint16(saleImport)
	switch r.Entity {
	case portfolio.KindSale:
	case portfolio.KindEstimate:
		n = estimateImport
	default:
		return false
	}
	return u.names(r, n)
}

func (u *undoing) names(r *journal.Row, field uint16) bool {
	raw, ok := r.Fields[field]
	var id portfolio.ID
	return ok && portfolio.Dec.Unmarshal(raw, &id) == nil && id == u.id
}

// made reports whether the import made a card that is not archived.
func (u *undoing) made(row *journal.Row) bool {
	const accImport = 16
	return u.names(row, accImport) && !sameValue(row.Fields[accArchived], portfolio.Value(true))
}

// lived reports whether something was noted on a card beside the import.
func (u *undoing) lived(v store.View) bool {
	for i := range v.Rows {
		switch r := &v.Rows[i]; r.Entity {
		case portfolio.KindContact, portfolio.KindAppointment, portfolio.KindPerson:
			return true
		case portfolio.KindSale, portfolio.KindEstimate:
			if !u.brought(r) {
				return true
			}
		case portfolio.KindAccount, portfolio.KindSite, portfolio.KindConflict: // the import's own
		default:
			return true
		}
	}
	return false
}

// fact takes one fact back. What it had replaced is stated anew, because a
// fact that was amended never counts again.
func (u *undoing) fact(v store.View, r *journal.Row) (journal.Op, error) {
	if r.Entity == portfolio.KindEstimate {
		var e portfolio.Estimate
		if err := r.Fields.Into(&e); err != nil || e.Void {
			return journal.Op{}, err
		}
		e.Amends, e.Void = r.Rec, true
		return u.book.fact(v.Scope, v.Root, u.book.ID(), r.Entity, e)
	}
	var s portfolio.Sale
	if err := r.Fields.Into(&s); err != nil {
		return journal.Op{}, err
	}
	if s.Amends.IsZero() {
		if s.Void {
			return journal.Op{}, nil
		}
		return u.book.fact(v.Scope, v.Root, u.book.ID(), r.Entity, portfolio.Sale{Account: v.Root, From: s.From, To: s.To, Amends: r.Rec, Void: true})
	}
	old, ok := v.Row(s.Amends)
	if !ok {
		return journal.Op{}, nil // it left this device with older history
	}
	var before portfolio.Sale
	if err := old.Fields.Into(&before); err != nil {
		return journal.Op{}, err
	}
	before.Amends = r.Rec
	return u.book.fact(v.Scope, v.Root, u.book.ID(), r.Entity, before)
}

// restore gives the fields of a card their former values, where nobody wrote
// since.
func (u *undoing) restore(v store.View) []journal.Op {
	fs := u.back[v.Root]
	var ops []journal.Op
	for i := range v.Rows {
		r := &v.Rows[i]
		f := portfolio.Fields{}
		for _, x := range fs {
			if x.Rec == r.Rec && sameValue(r.Fields[x.Field], x.New) {
				if f[x.Field] = x.Old; len(x.Old) == 0 {
					f[x.Field] = portfolio.Null
				}
			}
		}
		if raw, ok := f[accArchived]; ok && r.Entity == portfolio.KindAccount {
			delete(f, accArchived)
			op := u.book.patch(v.Scope, r, portfolio.Fields{accArchived: raw})
			op.Kind = journal.Archive
			ops = append(ops, op)
		}
		if len(f) > 0 {
			ops = append(ops, u.book.patch(v.Scope, r, f))
		}
	}
	return ops
}
