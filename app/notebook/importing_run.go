package notebook

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// Prefixes of what this device keeps of an import for its undo.
const (
	importPrefix = "import/"      // the note
	backPrefix   = "import-back/" // former values, in parts
	backPart     = 500
)

// An ImportNote is what this device remembers of an import.
type ImportNote struct {
	ID       portfolio.ID `cbor:"1,keyasint"`
	File     string       `cbor:"2,keyasint,omitempty"`
	AtMS     int64        `cbor:"3,keyasint"`
	Scope    uint32       `cbor:"4,keyasint,omitempty"`
	Accounts int          `cbor:"5,keyasint,omitempty"` // cards made or changed
	Lines    int          `cbor:"6,keyasint,omitempty"` // sale lines added or corrected
	Undone   bool         `cbor:"7,keyasint,omitempty"`
	AsOf     *Restore     `cbor:"8,keyasint,omitempty"` // the reading date of the portfolio as it was
}

// UntilMS is the moment until which the import can be undone.
func (n *ImportNote) UntilMS() int64 { return n.AtMS + undoDays*24*3600*1000 }

// A former is a field that an import changed: what it was, what it became.
type former struct {
	Root  portfolio.ID       `cbor:"1,keyasint"`
	Rec   portfolio.ID       `cbor:"2,keyasint"`
	Field uint16             `cbor:"3,keyasint"`
	Old   portfolio.RawValue `cbor:"4,keyasint,omitempty"`
	New   portfolio.RawValue `cbor:"5,keyasint,omitempty"`
}

// An ImportDone is an import that is on the disk, whole.
type ImportDone struct {
	ID       portfolio.ID
	Result   *intake.Result
	Appended store.Appended
}

// Run imports the open file: it checks once more against the cards as they are
// now, makes one group of operations per card and appends all of them in one
// transaction. The record of the import is in the last group.
func (im *Importer) Run(ctx context.Context, a ImportAsk, told Progress) (ImportDone, error) {
	b := im.Book
	if a.Scope == 0 {
		a.Scope = b.Own
	}
	if a.Scope == 0 || b.Mine == 0 {
		return ImportDone{}, ErrScope
	}
	remember := a.Remember
	a.Remember = false // goes with the transaction
	im.existing = nil
	r, err := im.Check(ctx, a, told)
	if err != nil {
		return ImportDone{}, err
	}
	if r.Blocking != "" {
		return ImportDone{Result: r}, fmt.Errorf("import %s: %w: %s", im.file, ErrBlocked, r.Blocking)
	}
	step := im.pace(ctx, told)
	w := &importWriter{book: b, id: b.ID(), scope: a.Scope}
	w.idValue = portfolio.Value(w.id)
	if err := im.write(ctx, w, r.Drafts, step("prepare")); err != nil {
		return ImportDone{}, fmt.Errorf("import %s: %w", im.file, err)
	}
	note := ImportNote{ID: w.id, File: im.file, AtMS: b.Now().UnixMilli(), Scope: a.Scope, Accounts: r.New + r.Changed, Lines: r.LinesNew + r.LinesChanged}
	if a.AsOf != 0 {
		if err := im.fixAsOf(ctx, w, &note, a.AsOf); err != nil {
			return ImportDone{}, err
		}
	}
	rec, err := b.insert(journal.Fact, b.Mine, portfolio.ID{}, w.id, portfolio.KindImport, portfolio.Import{
		User: b.User, File: note.File, Day: b.Today(), Scope: a.Scope, Accounts: note.Accounts, Lines: note.Lines, Refused: r.Refused + r.Doubtful, Shape: im.sheet.Shape,
	})
	if err != nil {
		return ImportDone{}, err
	}
	w.groups = append(w.groups, []journal.Op{rec})
	local, err := w.local(&note)
	if err != nil {
		return ImportDone{}, err
	}
	if remember {
		v, err := im.remember(a.Columns)
		if err != nil {
			return ImportDone{}, err
		}
		local = append(local, v)
	}
	old, err := im.expired(ctx)
	if err != nil {
		return ImportDone{}, err
	}
	save := step("save")
	if told != nil {
		told("save", 0, len(w.groups))
	}
	done, err := im.Store.Append(ctx, w.groups, store.AppendOptions{Local: append(local, old...), Progress: func(n, of int) { _ = save(n, of) }})
	if err != nil {
		return ImportDone{}, fmt.Errorf("import %s: %w", im.file, err)
	}
	im.existing = nil
	return ImportDone{w.id, r, done}, nil
}

// An importWriter turns drafts into operations.
type importWriter struct {
	book    *Book
	id      portfolio.ID
	idValue portfolio.RawValue
	scope   uint32
	groups  [][]journal.Op
	back    []former
}

// write makes the groups of every draft; cards that are here are read again
// for the marks of the fields that change.
func (im *Importer) write(ctx context.Context, w *importWriter, drafts []intake.Draft, step intake.Step) error {
	for at := 0; at < len(drafts); at += 100 {
		part := drafts[at:min(at+100, len(drafts))]
		var roots []portfolio.ID
		for i := range part {
			if part[i].Card != nil {
				roots = append(roots, part[i].Card.ID)
			}
		}
		views := make(map[portfolio.ID]store.View, len(roots))
		if len(roots) > 0 {
			vs, err := im.Store.Cards(ctx, roots...)
			if err != nil {
				return err
			}
			for _, v := range vs {
				views[v.Root] = v
			}
		}
		for i := range part {
			if err := step(at+i, len(drafts)); err != nil {
				return err
			}
			var view store.View
			if part[i].Card != nil {
				view = views[part[i].Card.ID]
			}
			if err := w.card(&part[i], view); err != nil {
				return err
			}
		}
	}
	return step(len(drafts), len(drafts))
}

// card writes one draft. The first group holds the card; lines that do not fit
// follow in others, which the server takes after it.
func (w *importWriter) card(d *intake.Draft, view store.View) error {
	b := w.book
	root, scope := b.ID(), w.scope
	var ops []journal.Op
	if d.Card == nil {
		d.Account.Import = w.id
		op, err := b.create(scope, root, root, portfolio.KindAccount, d.Account)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	} else {
		if root, scope = d.Card.ID, view.Scope; len(view.Rows) == 0 {
			return fmt.Errorf("%w: card %s", ErrMissing, root)
		}
		changed, err := w.changes(d, view)
		if err != nil {
			return err
		}
		ops = append(ops, changed...)
	}
	if d.HasPlace {
		rec := b.ID()
		d.Place.Account = root
		op, err := b.create(scope, root, rec, portfolio.KindSite, d.Place)
		if err != nil {
			return err
		}
		ops = append(ops, op)
		if d.Card != nil { // a record cannot be deleted: undoing empties it
			for n, v := range op.Fields {
				if n != accountField {
					w.back = append(w.back, former{Root: root, Rec: rec, Field: n, New: v})
				}
			}
		}
	}
	if d.Potential != nil {
		e := *d.Potential
		e.Account, e.Author, e.Import = root, b.User, w.id
		op, err := b.fact(scope, root, b.ID(), portfolio.KindEstimate, e)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	for i := range d.Voids {
		v := &d.Voids[i]
		op, err := b.fact(scope, root, b.ID(), portfolio.KindSale, portfolio.Sale{Account: root, From: v.From, To: v.To, Import: w.id, Amends: v.ID, Void: true})
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	rootValue := portfolio.Value(root)
	for i := range d.Lines {
		ops = append(ops, w.sale(scope, root, rootValue, &d.Lines[i]))
	}
	for ; len(ops) > store.MaxGroupOps; ops = ops[store.MaxGroupOps:] {
		w.groups = append(w.groups, ops[:store.MaxGroupOps:store.MaxGroupOps])
	}
	if len(ops) > 0 {
		w.groups = append(w.groups, ops)
	}
	return nil
}

// Numbers of fields written without their noun; TestSaleFieldsByHand holds
// them against it.
const (
	accountField   = 1
	saleFrom       = 2
	saleTo         = 3
	saleAmount     = 4
	saleCost       = 5
	saleFamily     = 6
	saleQty        = 7
	saleReturn     = 8
	saleImport     = 9
	saleAmends     = 10
	saleChannel    = 12
	saleRef        = 13
	estimateImport = 12
)

// sale writes one sale line. Sixty thousand of them go by: their fields are
// made one by one, without the detour through the noun.
func (w *importWriter) sale(scope uint32, root portfolio.ID, rootValue portfolio.RawValue, l *intake.SaleDraft) journal.Op {
	s := &l.Sale
	f := make(portfolio.Fields, 6)
	f[accountField], f[saleImport] = rootValue, w.idValue
	f[saleFrom] = portfolio.Value(s.From)
	f[saleAmount] = portfolio.Value(s.Amount)
	if s.To != 0 {
		f[saleTo] = portfolio.Value(s.To)
	}
	if s.Cost != nil {
		f[saleCost] = portfolio.Value(*s.Cost)
	}
	if s.Family != "" {
		f[saleFamily] = portfolio.Value(s.Family)
	}
	if s.Channel != "" {
		f[saleChannel] = portfolio.Value(s.Channel)
	}
	if s.Ref != "" {
		f[saleRef] = portfolio.Value(s.Ref)
	}
	if s.Qty != 0 {
		f[saleQty] = portfolio.Value(s.Qty)
	}
	if s.Return {
		f[saleReturn] = portfolio.Value(true)
	}
	if l.Old != nil {
		f[saleAmends] = portfolio.Value(l.Old.ID)
	}
	return journal.Op{ID: w.book.ID(), Kind: journal.Fact, Entity: portfolio.KindSale, Rec: w.book.ID(), Root: root, Scope: scope, Fields: f}
}

// changes writes the fields of a card that is here, and keeps what they were.
func (w *importWriter) changes(d *intake.Draft, view store.View) ([]journal.Op, error) {
	b := w.book
	var ops []journal.Op
	for _, k := range []struct {
		kind portfolio.Kind
		rec  portfolio.ID
	}{{portfolio.KindAccount, d.Card.ID}, {portfolio.KindSite, d.Card.Site}} {
		f := portfolio.Fields{}
		for _, c := range d.Changes {
			if c.Kind == k.kind {
				f[c.Field] = c.New
				w.back = append(w.back, former{Root: d.Card.ID, Rec: k.rec, Field: c.Field, Old: c.Old, New: c.New})
			}
		}
		if len(f) == 0 {
			continue
		}
		row, ok := view.Row(k.rec)
		if !ok {
			return nil, fmt.Errorf("%w: %s of card %s", ErrMissing, k.rec, d.Card.ID)
		}
		ops = append(ops, b.patch(view.Scope, &row, f))
	}
	if d.Revive {
		row, ok := view.Row(d.Card.ID)
		if !ok {
			return nil, fmt.Errorf("%w: card %s", ErrMissing, d.Card.ID)
		}
		f := portfolio.Fields{accArchived: portfolio.Value(false)}
		op := b.patch(view.Scope, &row, f)
		op.Kind = journal.Archive
		ops = append(ops, op)
		w.back = append(w.back, former{Root: d.Card.ID, Rec: d.Card.ID, Field: accArchived, Old: row.Fields[accArchived], New: f[accArchived]})
	}
	return ops, nil
}

// fixAsOf makes the portfolio read on a fixed date: an old file read today is
// all lost clients. It is a setting of the portfolio's own scope, which a rep
// may write; undoing it gives the date back to the calendar.
func (im *Importer) fixAsOf(ctx context.Context, w *importWriter, note *ImportNote, day calendar.Day) error {
	row, s, err := im.reading(ctx, w.scope)
	if err != nil {
		return err
	}
	fixed := portfolio.Value([]float64{float64(day)})
	if row != nil {
		f := portfolio.Fields{settingValues: fixed}
		if len(s.Values) == 1 && s.Values[0] == float64(day) {
			return nil
		}
		w.groups = append(w.groups, []journal.Op{im.Book.patch(w.scope, row, f)})
		note.AsOf = &restores(row, f)[0]
		return nil
	}
	b := im.Book
	op, err := b.create(w.scope, portfolio.ID{}, b.ID(), portfolio.KindSetting, portfolio.Setting{
		Key: portfolio.ReadingDate, Values: []float64{float64(day)}, Level: 3, Scope: w.scope, Author: b.User,
	})
	if err != nil {
		return err
	}
	w.groups = append(w.groups, []journal.Op{op})
	note.AsOf = &Restore{op.Rec, settingValues, portfolio.Value([]float64{0})}
	return nil
}

const settingValues = 2 // field of Setting

// reading finds the setting that fixes the reading date of a portfolio.
func (im *Importer) reading(ctx context.Context, scope uint32) (*journal.Row, portfolio.Setting, error) {
	v, err := im.Store.Misc(ctx, scope, portfolio.KindSetting)
	if err != nil {
		return nil, portfolio.Setting{}, err
	}
	for i := range v.Rows {
		var s portfolio.Setting
		if err := v.Rows[i].Fields.Into(&s); err != nil {
			return nil, s, err
		}
		if s.Key == portfolio.ReadingDate {
			return &v.Rows[i], s, nil
		}
	}
	return nil, portfolio.Setting{}, nil
}

// local is the note of the import and the former values, written with it.
func (w *importWriter) local(note *ImportNote) ([]store.LocalValue, error) {
	v, err := portfolio.Enc.Marshal(note)
	if err != nil {
		return nil, fmt.Errorf("note the import: %w", err)
	}
	out := []store.LocalValue{{Name: importPrefix + note.ID.String(), Value: v}}
	for i := 0; i < len(w.back); i += backPart {
		v, err := portfolio.Enc.Marshal(w.back[i:min(i+backPart, len(w.back))])
		if err != nil {
			return nil, fmt.Errorf("note the former values: %w", err)
		}
		out = append(out, store.LocalValue{Name: backPrefix + note.ID.String() + "/" + strconv.Itoa(1000+i/backPart), Value: v})
	}
	return out, nil
}

// Imports lists the imports of this device that can be undone, latest first,
// with those that were.
func (im *Importer) Imports(ctx context.Context) ([]ImportNote, error) {
	notes, err := im.notes(ctx)
	if err != nil {
		return nil, err
	}
	now := im.Book.Now().UnixMilli()
	var out []ImportNote
	for i := len(notes) - 1; i >= 0; i-- {
		if notes[i].UntilMS() > now {
			out = append(out, notes[i])
		}
	}
	return out, nil
}

// notes are in order of time: identifiers are made by time too, but not relied
// upon.
func (im *Importer) notes(ctx context.Context) ([]ImportNote, error) {
	vs, err := im.Store.Locals(ctx, importPrefix)
	if err != nil {
		return nil, err
	}
	notes := make([]ImportNote, 0, len(vs))
	for _, v := range vs {
		var n ImportNote
		if err := portfolio.Dec.Unmarshal(v.Value, &n); err != nil {
			return nil, fmt.Errorf("notebook: read the note %s: %w", v.Name, err)
		}
		notes = append(notes, n)
	}
	sortNotes(notes)
	return notes, nil
}

// expired lists what this device keeps of imports too old to be undone.
func (im *Importer) expired(ctx context.Context) ([]store.LocalValue, error) {
	notes, err := im.notes(ctx)
	if err != nil {
		return nil, err
	}
	var drop []store.LocalValue
	for i := range notes {
		if notes[i].UntilMS() > im.Book.Now().UnixMilli() {
			continue
		}
		drop = append(drop, store.LocalValue{Name: importPrefix + notes[i].ID.String()})
		parts, err := im.Store.Locals(ctx, backPrefix+notes[i].ID.String()+"/")
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			drop = append(drop, store.LocalValue{Name: p.Name})
		}
	}
	return drop, nil
}

func sameValue(a, b portfolio.RawValue) bool {
	null := func(v portfolio.RawValue) bool { return len(v) == 0 || bytes.Equal(v, portfolio.Null) }
	return null(a) && null(b) || bytes.Equal(a, b)
}
