package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
	"sillon/engine/wire"
)

// Why the pages of an answer were not taken. None of it is an error: the next
// exchange brings them.
const (
	IgnoredEpoch   = "an earlier epoch than the one read"
	IgnoredCursor  = "a page that does not follow what was read"
	IgnoredScopes  = "not every scope held is named"
	IgnoredNoPages = "no pages"
	IgnoredDamage  = "a stored bundle was damaged: everything is read again"
)

// ApplyAnswer takes an answer whole or not at all, in one transaction:
//
//   - operations leave the outbox when the chain recomputed over them equals
//     the server's, never by number alone;
//   - acknowledged operations leave the sent log when a backup of the server
//     holds them;
//   - pages are taken when each follows the stored cursor and every scope held
//     is named; a row only if it is newer than the stored one; "left" takes
//     away the rows of that scope only; cursors move with the rows.
func (db *DB) ApplyAnswer(ctx context.Context, x Exchange) (Changed, error) {
	if x.Request == nil || x.Answer == nil {
		return Changed{}, errors.New("store: an exchange needs its request and its answer")
	}
	var a *applying
	err := db.update(ctx, []string{Meta, Root, Misc, Out, Sent, Later}, func(t sealedTx) error {
		h, err := t.head()
		if err != nil {
			return err
		}
		r, err := t.reading()
		if err != nil {
			return err
		}
		a = &applying{sealedTx: t, db: db, h: h, r: r, ans: x.Answer, before: scopeNames(r.Scopes)}
		return a.run(x)
	})
	if err != nil {
		return Changed{}, fmt.Errorf("apply answer: %w", err)
	}
	return a.out, nil
}

// Reread puts every cursor back to zero: the next exchanges bring all rows
// again. The outbox is not touched.
func (db *DB) Reread(ctx context.Context) error {
	err := db.update(ctx, []string{Meta}, func(t sealedTx) error {
		r, err := t.reading()
		if err != nil {
			return err
		}
		r.again()
		return t.put(Meta, keySync, &r)
	})
	if err != nil {
		return fmt.Errorf("read again: %w", err)
	}
	return nil
}

// again makes every row suspect and every scope unread. Rows stay in sight
// until their scope has been read again, or turns out to be granted no more.
func (r *reading) again() {
	r.Era++
	r.Cookie, r.Complete = nil, false
	for i := range r.Scopes {
		s := &r.Scopes[i]
		s.Cursor, s.Complete, s.Held, s.Suspect = 0, false, false, s.Held || s.Suspect
	}
}

// applying is one answer being taken.
type applying struct {
	sealedTx
	db     *DB
	h      head
	r      reading
	ans    *wire.Answer
	out    Changed
	before map[uint32]string

	bundles map[string]*loaded // root and misc bundles touched, by key
	roots   map[portfolio.ID]bool
	misc    map[MiscKey]bool
}

type loaded struct {
	bundle
	store   string
	key     string
	changed bool
}

var errDamagedBundle = errors.New("damaged bundle")

func (a *applying) run(x Exchange) error {
	ans := a.ans
	if !ans.User.IsZero() {
		if a.h.User.IsZero() {
			a.h.User = ans.User
		} else if a.h.User != ans.User {
			return ErrUser
		}
	}
	if ans.Epoch < a.r.Epoch {
		a.out.Ignored = IgnoredEpoch
		return nil
	}
	if ans.Epoch > a.r.Epoch {
		if a.r.Epoch != 0 {
			a.r.again()
			a.out.NewEpoch = true
		}
		a.r.Epoch = ans.Epoch
	}
	device := a.h.Device
	if x.Request.Device == device { // an answer to an earlier identity says nothing about this one
		if err := a.acknowledge(x.Request); err != nil {
			return err
		}
	}
	if x.Offset != nil {
		a.h.OffMS = x.Offset.Milliseconds()
	}
	if ans.Clamped && a.h.N == a.h.Acked {
		a.h.HLC.Reset(ans.HLC)
	} else {
		a.h.HLC.Seen(ans.HLC)
	}

	a.out.Ignored = a.fits()
	if a.out.Ignored == "" {
		saved := a.r
		saved.Scopes = slices.Clone(a.r.Scopes)
		switch err := a.pages(); {
		case errors.Is(err, errDamagedBundle):
			a.r = saved
			a.r.again()
			a.out.Ignored = IgnoredDamage
		case err != nil:
			return err
		default:
			a.r.Cookie = ans.Cookie
			a.r.Complete = !ans.More && !slices.ContainsFunc(ans.Pages, func(p wire.Page) bool { return !p.Complete })
			a.out.Complete = a.r.Complete
			a.r.LastMS = a.db.opt.Now().UnixMilli()
		}
	}
	a.grants()
	if err := a.uncover(x.Request.Device == device); err != nil {
		return err
	}
	if x.Request.Device == a.h.Device {
		if err := a.prune(); err != nil {
			return err
		}
	}
	return a.finish()
}

// fits says why the pages cannot be taken, or nothing.
func (a *applying) fits() string {
	if len(a.ans.Pages) == 0 && len(a.ans.Drop) == 0 {
		return IgnoredNoPages
	}
	named := map[uint32]bool{}
	for _, s := range a.ans.Drop {
		named[s] = true
	}
	for _, p := range a.ans.Pages {
		var cursor uint64
		if s := a.r.scope(p.Scope); s != nil {
			cursor = s.Cursor
		}
		if p.From != cursor {
			return IgnoredCursor
		}
		named[p.Scope] = true
	}
	for _, s := range a.r.Scopes {
		if s.Held && !named[s.ID] {
			return IgnoredScopes
		}
	}
	return ""
}

// pages takes all pages of the answer.
func (a *applying) pages() error {
	a.bundles, a.roots, a.misc = map[string]*loaded{}, map[portfolio.ID]bool{}, map[MiscKey]bool{}
	if err := a.load(); err != nil {
		return err
	}
	gone := slices.Clone(a.ans.Drop)
	for _, s := range a.r.Scopes { // an answer to a device that holds nothing names all that is granted
		if id := s.ID; s.Suspect && !s.Held && !slices.ContainsFunc(a.ans.Pages, func(p wire.Page) bool { return p.Scope == id }) {
			gone = append(gone, id)
		}
	}
	for _, s := range gone {
		if err := a.drop(s, func(*loaded, *journal.Row) bool { return true }); err != nil {
			return err
		}
		if i, ok := a.r.find(s); ok {
			a.r.Scopes = slices.Delete(a.r.Scopes, i, i+1)
		}
		if err := a.DeleteRange(Later, Prefix(scopePrefix(s))); err != nil {
			return err
		}
	}
	for i := range a.ans.Pages {
		p := &a.ans.Pages[i]
		if err := a.page(p); err != nil {
			return err
		}
		s := a.r.add(p.Scope)
		s.Held, s.Cursor, s.Complete = true, p.To, p.Complete
		if p.Complete && s.Suspect { // what was not sent again is no longer there
			s.Suspect = false
			era := a.r.Era
			stale := func(b *loaded, row *journal.Row) bool { return b.Era < era || slices.Contains(b.Old, row.Rec) }
			if err := a.drop(p.Scope, stale); err != nil {
				return err
			}
			if err := a.sweepLater(p.Scope); err != nil {
				return err
			}
		}
	}
	return a.store()
}

// load reads every bundle that the pages touch, once.
func (a *applying) load() error {
	var roots, misc []string
	add := func(list *[]string, key string) {
		if a.bundles[key] == nil {
			a.bundles[key] = &loaded{key: key, bundle: bundle{Era: a.r.Era}}
			*list = append(*list, key)
		}
	}
	for _, p := range a.ans.Pages {
		for i := range p.Rows {
			row := &p.Rows[i]
			if root := rootOf(row.Entity, row.Rec, row.Root); !root.IsZero() {
				add(&roots, rootKey(root))
			} else {
				add(&misc, miscKey(p.Scope, row.Entity))
			}
		}
		for _, l := range p.Left {
			add(&roots, rootKey(l.Root))
		}
	}
	for _, part := range []struct {
		store string
		keys  []string
	}{{Root, roots}, {Misc, misc}} {
		values, err := a.GetMany(part.store, part.keys)
		if err != nil {
			return err
		}
		for i, v := range values {
			b := a.bundles[part.keys[i]]
			b.store = part.store
			if v == nil {
				continue
			}
			if err := a.fill(b, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// fill decodes a stored bundle. One that does not open is deleted, and the
// device reads everything again: the outbox is elsewhere.
func (a *applying) fill(b *loaded, sealed []byte) error {
	if err := a.decode(b.store, b.key, sealed, &b.bundle); err != nil {
		if err := a.Delete(b.store, b.key); err != nil {
			return err
		}
		return errDamagedBundle
	}
	return nil
}

// renew makes the rows of an older era suspect before the bundle is changed.
func (b *loaded) renew(era uint32) {
	if b.Era == era {
		return
	}
	b.Era, b.Old, b.changed = era, nil, true
	for i := range b.Rows {
		b.Old = append(b.Old, b.Rows[i].Rec)
	}
}

// page takes the rows and departures of one scope, in order of seq.
func (a *applying) page(p *wire.Page) error {
	left := p.Left
	for i := range p.Rows {
		row := p.Rows[i] // a copy: the answer is not ours
		for len(left) > 0 && left[0].Seq < row.Seq {
			a.leave(p.Scope, left[0].Root)
			left = left[1:]
		}
		row.Scope = p.Scope
		if !row.Entity.Known() {
			if err := a.later(&row); err != nil {
				return err
			}
			continue
		}
		a.take(&row)
	}
	for _, l := range left {
		a.leave(p.Scope, l.Root)
	}
	return nil
}

// take puts a row in its bundle if it is newer than the one there.
func (a *applying) take(row *journal.Row) {
	key := miscKey(row.Scope, row.Entity)
	root := rootOf(row.Entity, row.Rec, row.Root)
	if !root.IsZero() {
		key = rootKey(root)
	}
	b := a.bundles[key]
	b.renew(a.r.Era)
	i, have := b.find(row.Rec)
	old := slices.Index(b.Old, row.Rec)
	if have && old < 0 && row.Ver <= b.Rows[i].Ver {
		return
	}
	if old >= 0 {
		b.Old = slices.Delete(b.Old, old, old+1)
	}
	switch {
	case row.Deleted() && have:
		b.Rows = slices.Delete(b.Rows, i, i+1)
	case row.Deleted():
		return
	case have:
		b.Rows[i] = *row
	default:
		b.Rows = sorting.Insert(b.Rows, i, *row)
	}
	a.touch(b)
}

// leave takes away the rows of a card that are known as rows of that scope.
func (a *applying) leave(scope uint32, root portfolio.ID) {
	b := a.bundles[rootKey(root)]
	a.strip(b, func(row *journal.Row) bool { return row.Scope == scope })
}

// strip removes rows from a bundle.
func (a *applying) strip(b *loaded, gone func(*journal.Row) bool) {
	n := len(b.Rows)
	b.Rows = slices.DeleteFunc(b.Rows, func(r journal.Row) bool { return gone(&r) })
	if len(b.Rows) == n {
		return
	}
	b.Old = slices.DeleteFunc(b.Old, func(id portfolio.ID) bool { _, ok := b.find(id); return !ok })
	a.touch(b)
}

func (a *applying) touch(b *loaded) {
	b.changed = true
	if b.store == Root {
		if id, err := portfolio.ParseID(b.key); err == nil {
			a.roots[id] = true
		}
		return
	}
	if m, ok := parseMisc(b.key); ok {
		a.misc[m] = true
	}
}

// drop goes through everything of a scope: rare (a grant ended, a new epoch),
// so there is no list of what a scope holds.
func (a *applying) drop(scope uint32, gone func(*loaded, *journal.Row) bool) error {
	for _, part := range []struct {
		store string
		r     Range
	}{{Root, Range{}}, {Misc, Prefix(scopePrefix(scope))}} {
		r := part.r
		for {
			pairs, err := a.GetAll(part.store, r, 100)
			if err != nil {
				return err
			}
			if len(pairs) == 0 {
				break
			}
			for _, p := range pairs {
				if a.bundles[p.Key] != nil {
					continue // below
				}
				b := &loaded{store: part.store, key: p.Key}
				if err := a.fill(b, p.Value); err != nil {
					return err
				}
				if a.strip(b, func(row *journal.Row) bool { return row.Scope == scope && gone(b, row) }); b.changed {
					a.bundles[p.Key] = b
				}
			}
			r.From = pairs[len(pairs)-1].Key + "\x00"
		}
	}
	for _, b := range a.bundles {
		a.strip(b, func(row *journal.Row) bool { return row.Scope == scope && gone(b, row) })
	}
	return nil
}

// store writes the bundles that changed.
func (a *applying) store() error {
	for _, key := range sorting.Keys(a.bundles) {
		b := a.bundles[key]
		if !b.changed {
			continue
		}
		if len(b.Rows) == 0 {
			if err := a.Delete(b.store, key); err != nil {
				return err
			}
			continue
		}
		if err := a.put(b.store, key, &b.bundle); err != nil {
			return err
		}
	}
	for _, root := range sorted(a.roots, compareID) {
		if len(a.bundles[rootKey(root)].Rows) == 0 {
			a.out.Left = append(a.out.Left, root)
		} else {
			a.out.Roots = append(a.out.Roots, root)
		}
	}
	a.out.Misc = sorted(a.misc, func(x, y MiscKey) int {
		return cmp.Or(cmp.Compare(x.Scope, y.Scope), cmp.Compare(x.Kind, y.Kind))
	})
	return nil
}

// A laterRow is a row of a kind this version does not know, for the next one.
type laterRow struct {
	Era uint32      `cbor:"1,keyasint"`
	Row journal.Row `cbor:"2,keyasint"`
}

func (a *applying) later(row *journal.Row) error {
	key := scopePrefix(row.Scope) + row.Rec.String()
	var have laterRow
	found, err := a.get(Later, key, &have)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err
	}
	if found && err == nil && have.Era == a.r.Era && row.Ver <= have.Row.Ver {
		return nil
	}
	if row.Deleted() {
		return a.Delete(Later, key)
	}
	return a.put(Later, key, &laterRow{a.r.Era, *row})
}

func (a *applying) sweepLater(scope uint32) error {
	pairs, err := a.GetAll(Later, Prefix(scopePrefix(scope)), 0)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		var l laterRow
		if err := a.decode(Later, p.Key, p.Value, &l); err != nil || l.Era < a.r.Era {
			if err := a.Delete(Later, p.Key); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeLater moves rows whose kind this version knows into their bundles.
func (db *DB) takeLater(t sealedTx, h *head) error {
	pairs, err := t.GetAll(Later, Range{}, 0)
	if err != nil || len(pairs) == 0 {
		return err
	}
	r, err := t.reading()
	if err != nil {
		return err
	}
	var page wire.Page
	a := &applying{sealedTx: t, db: db, h: *h, r: r, bundles: map[string]*loaded{}, roots: map[portfolio.ID]bool{}, misc: map[MiscKey]bool{}}
	a.ans = &wire.Answer{}
	for _, p := range pairs {
		var l laterRow
		if err := t.decode(Later, p.Key, p.Value, &l); err != nil {
			continue
		}
		if !l.Row.Entity.Known() {
			continue
		}
		page = wire.Page{Scope: l.Row.Scope, Rows: []journal.Row{l.Row}}
		a.ans.Pages = append(a.ans.Pages, page)
		if err := t.Delete(Later, p.Key); err != nil {
			return err
		}
	}
	if len(a.ans.Pages) == 0 {
		return nil
	}
	switch err := a.load(); {
	case errors.Is(err, errDamagedBundle):
		r.again()
		return t.put(Meta, keySync, &r)
	case err != nil:
		return err
	}
	for i := range a.ans.Pages {
		if err := a.page(&a.ans.Pages[i]); err != nil {
			return err
		}
	}
	if err := a.store(); err != nil {
		return err
	}
	return t.markDirty(h, a.out.Roots)
}

func scopeNames(scopes []Scope) map[uint32]string {
	m := map[uint32]string{}
	for _, s := range scopes {
		m[s.ID] = fmt.Sprint(s.Held, s.Kind, s.Roles, s.Name)
	}
	return m
}

// grants renews the names and roles of the scope table; holding a scope or not
// is the business of pages and drops.
func (a *applying) grants() {
	if len(a.ans.Grants) > 0 {
		listed := map[uint32]bool{}
		for _, g := range a.ans.Grants {
			s := a.r.add(g.Scope)
			if !listed[g.Scope] {
				listed[g.Scope] = true
				s.Kind, s.Name, s.Roles = g.Kind, g.Name, nil
			}
			s.Roles = append(s.Roles, g.Role)
		}
		a.r.Scopes = slices.DeleteFunc(a.r.Scopes, func(s Scope) bool { return !s.Held && !s.Suspect && !listed[s.ID] })
	}
	after := scopeNames(a.r.Scopes)
	for id := range a.before {
		if _, ok := after[id]; !ok {
			after[id] = ""
		}
	}
	for id, name := range after {
		if a.before[id] != name {
			a.out.Scopes = append(a.out.Scopes, id)
		}
	}
	sorting.Sort(a.out.Scopes)
}

func (a *applying) finish() error {
	if err := a.markDirty(&a.h, slices.Concat(a.out.Roots, a.out.Left)); err != nil {
		return err
	}
	if err := a.put(Meta, keySync, &a.r); err != nil {
		return err
	}
	return a.put(Meta, keyHead, &a.h)
}
