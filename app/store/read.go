package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// Card returns a card; one without rows when the device does not hold it.
func (db *DB) Card(ctx context.Context, root portfolio.ID) (View, error) {
	v, err := db.Cards(ctx, root)
	if err != nil {
		return View{}, err
	}
	return v[0], nil
}

// Cards returns several cards of one moment, in the order asked.
func (db *DB) Cards(ctx context.Context, roots ...portfolio.ID) ([]View, error) {
	keys := make([]string, len(roots))
	for i, r := range roots {
		keys[i] = rootKey(r)
	}
	out := make([]View, 0, len(roots))
	err := db.view(ctx, []string{Meta, Root, Out, Sent}, func(t sealedTx) error {
		out = out[:0]
		values, err := t.GetMany(Root, keys)
		if err != nil {
			return err
		}
		return db.compose(t, Root, keys, values, func(i int, v View) error {
			v.Root = roots[i]
			out = append(out, v)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read %d cards: %w", len(roots), err)
	}
	return out, nil
}

// EachCard calls f with every card, in order of identifier, yielding between.
// Cards are read a hundred at a time: one that changes meanwhile is marked
// dirty as usual.
func (db *DB) EachCard(ctx context.Context, f func(View) error) error {
	roots, err := db.Roots(ctx)
	if err != nil {
		return err
	}
	last := db.opt.Now()
	for part := range slices.Chunk(roots, 100) {
		views, err := db.Cards(ctx, part...)
		if err != nil {
			return err
		}
		for _, v := range views {
			if len(v.Rows) == 0 {
				continue // gone meanwhile
			}
			if err := f(v); err != nil {
				return err
			}
			if t := db.opt.Now(); t.Sub(last) >= yieldEvery {
				db.opt.Yield()
				last = db.opt.Now()
			}
		}
	}
	return nil
}

// Roots lists the cards this device holds, those made here included.
func (db *DB) Roots(ctx context.Context) ([]portfolio.ID, error) {
	var out []portfolio.ID
	err := db.view(ctx, []string{Meta, Root}, func(t sealedTx) error {
		keys, err := t.Keys(Root, Range{}, 0)
		if err != nil {
			return err
		}
		h, err := t.head()
		if err != nil {
			return err
		}
		groups, err := db.pendingOf(t, &h, nil)
		if err != nil {
			return err
		}
		all := make(map[portfolio.ID]bool, len(keys))
		for _, k := range keys {
			id, err := portfolio.ParseID(k)
			if err != nil {
				return fmt.Errorf("store: root %q: %w", k, err)
			}
			all[id] = true
		}
		for k := range groups {
			if id, err := portfolio.ParseID(k); err == nil {
				all[id] = true
			}
		}
		out = sorted(all, compareID)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list cards: %w", err)
	}
	return out, nil
}

// Misc returns the rows of one kind that have no card, in one scope.
func (db *DB) Misc(ctx context.Context, scope uint32, kind portfolio.Kind) (View, error) {
	var out View
	err := db.view(ctx, []string{Meta, Misc, Out, Sent}, func(t sealedTx) error {
		return db.composeMisc(t, []string{miscKey(scope, kind)}, func(v View) { out = v })
	})
	if err != nil {
		return View{}, fmt.Errorf("read kind %d of scope %d: %w", kind, scope, err)
	}
	return out, nil
}

// Kind returns the rows of one kind that have no card, in every scope.
func (db *DB) Kind(ctx context.Context, kind portfolio.Kind) ([]View, error) {
	return db.Kinds(ctx, kind)
}

// Kinds returns the rows of some kinds that have no card, in every scope, all of
// one moment: kind by kind, in the order asked.
func (db *DB) Kinds(ctx context.Context, kinds ...portfolio.Kind) ([]View, error) {
	var out []View
	err := db.view(ctx, []string{Meta, Misc, Out, Sent}, func(t sealedTx) error {
		out = nil
		stored, err := t.Keys(Misc, Range{}, 0)
		if err != nil {
			return err
		}
		h, err := t.head()
		if err != nil {
			return err
		}
		groups, err := db.pendingOf(t, &h, nil)
		if err != nil {
			return err
		}
		keys := map[string]bool{}
		for _, k := range stored {
			keys[k] = true
		}
		for k := range groups {
			keys[k] = true
		}
		all := sorting.Keys(keys)
		var wanted []string
		for _, kind := range kinds {
			for _, k := range all {
				if m, ok := parseMisc(k); ok && m.Kind == kind {
					wanted = append(wanted, k)
				}
			}
		}
		return db.composeMisc(t, wanted, func(v View) { out = append(out, v) })
	})
	if err != nil {
		return nil, fmt.Errorf("read kinds %d: %w", kinds, err)
	}
	return out, nil
}

func (db *DB) composeMisc(t sealedTx, keys []string, f func(View)) error {
	values, err := t.GetMany(Misc, keys)
	if err != nil {
		return err
	}
	return db.compose(t, Misc, keys, values, func(i int, v View) error {
		m, _ := parseMisc(keys[i])
		v.Scope = m.Scope
		f(v)
		return nil
	})
}

// Rec returns one record without a card; false when the device does not hold it.
func (db *DB) Rec(ctx context.Context, scope uint32, kind portfolio.Kind, rec portfolio.ID) (journal.Row, bool, error) {
	v, err := db.Misc(ctx, scope, kind)
	if err != nil {
		return journal.Row{}, false, err
	}
	row, ok := v.Row(rec)
	return row, ok, nil
}

// compose applies the pending operations to stored bundles and hands out the
// views, in order.
func (db *DB) compose(t sealedTx, store string, keys []string, values [][]byte, f func(int, View) error) error {
	h, err := t.head()
	if err != nil {
		return err
	}
	index, err := db.pendingOf(t, &h, keys)
	if err != nil {
		return err
	}
	by := journal.Writer{Dev: h.Device, User: h.User}
	for i, key := range keys {
		var b bundle
		if values[i] != nil {
			if err := t.decode(store, key, values[i], &b); err != nil {
				return err
			}
		}
		v := View{Rows: b.Rows, Mark: h.Mark}
		if ns := index[key]; len(ns) > 0 {
			ops, err := t.groupOps(&h, ns)
			if err != nil {
				return err
			}
			v.apply(key, ops, by)
		}
		if len(v.Rows) > 0 {
			v.Scope = v.Rows[0].Scope
			for j := range v.Rows {
				if v.Rows[j].Entity.IsRoot() {
					v.Scope = v.Rows[j].Scope
				}
			}
		}
		if err := f(i, v); err != nil {
			return err
		}
	}
	return nil
}

// apply merges pending operations into the view, in order of number, by the
// rules the server will use.
func (v *View) apply(key string, ops []journal.Op, by journal.Writer) {
	v.Pending = map[portfolio.ID]int{}
	rows := make(map[portfolio.ID]*journal.Row, len(v.Rows)+len(ops))
	for i := range v.Rows {
		rows[v.Rows[i].Rec] = &v.Rows[i]
	}
	for i := range ops {
		op := &ops[i]
		if bundleOf(op) != key {
			continue // another card of the same group
		}
		v.Pending[op.Rec]++
		if row, _ := journal.Apply(rows[op.Rec], op, op.HLC, by); row != nil {
			rows[op.Rec] = row
		}
	}
	out := make([]journal.Row, 0, len(rows))
	for _, r := range rows {
		if !r.Deleted() {
			out = append(out, *r)
		}
	}
	sorting.By(out, func(a, b journal.Row) int { return compareID(a.Rec, b.Rec) })
	v.Rows = out
}

// pendingOf returns, for the bundles asked (nil: for all that have any), the
// groups whose effect is not in the stored rows yet.
func (db *DB) pendingOf(t sealedTx, h *head, keys []string) (map[string][]uint64, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.index.device != h.Device || db.index.gen != h.Gen || db.index.groups == nil {
		db.mu.Unlock()
		groups, err := t.pendingGroups(h)
		db.mu.Lock()
		if err != nil {
			return nil, err
		}
		db.index = index{h.Device, h.Gen, groups}
	}
	if keys == nil {
		return maps.Clone(db.index.groups), nil
	}
	out := make(map[string][]uint64, len(keys))
	for _, k := range keys {
		if ns := db.index.groups[k]; len(ns) > 0 {
			out[k] = ns
		}
	}
	return out, nil
}

func (t sealedTx) pendingGroups(h *head) (map[string][]uint64, error) {
	lists, err := t.GetAll(Meta, Prefix(prePend), 0)
	if err != nil {
		return nil, err
	}
	groups := map[string][]uint64{}
	for _, l := range lists {
		var list []pending
		if err := t.decode(Meta, l.Key, l.Value, &list); err != nil {
			return nil, err
		}
		for _, g := range list {
			if g.N <= h.Covered {
				continue
			}
			for _, k := range g.Keys {
				groups[k] = append(groups[k], g.N)
			}
		}
	}
	return groups, nil
}

// groupOps reads the operations of groups, wherever they rest.
func (t sealedTx) groupOps(h *head, ns []uint64) ([]journal.Op, error) {
	var ops []journal.Op
	for _, part := range []struct {
		store string
		ns    []uint64
	}{{Sent, upTo(ns, h.Acked)}, {Out, ns[len(upTo(ns, h.Acked)):]}} {
		if len(part.ns) == 0 {
			continue
		}
		keys := make([]string, len(part.ns))
		for i, n := range part.ns {
			keys[i] = Num(n)
		}
		values, err := t.GetMany(part.store, keys)
		if err != nil {
			return nil, err
		}
		for i, v := range values {
			if v == nil {
				return nil, fmt.Errorf("store: group %d is listed and not in %s", part.ns[i], part.store)
			}
			var g group
			if err := t.decode(part.store, keys[i], v, &g); err != nil {
				return nil, err
			}
			more, err := g.decode()
			if err != nil {
				return nil, err
			}
			ops = append(ops, more...)
		}
	}
	return ops, nil
}

// upTo is the head of growing numbers, up to n.
func upTo(ns []uint64, n uint64) []uint64 {
	i, found := slices.BinarySearch(ns, n)
	if found {
		i++
	}
	return ns[:i]
}

// Scopes returns the scope table, in order of scope.
func (db *DB) Scopes(ctx context.Context) ([]Scope, error) {
	var r reading
	err := db.view(ctx, []string{Meta}, func(t sealedTx) (err error) { r, err = t.reading(); return err })
	if err != nil {
		return nil, fmt.Errorf("read scopes: %w", err)
	}
	return r.Scopes, nil
}

// Status returns the figures of the sync chip.
func (db *DB) Status(ctx context.Context) (Status, error) {
	var s Status
	err := db.view(ctx, []string{Meta, Out, Later}, func(t sealedTx) error {
		h, err := t.head()
		if err != nil {
			return err
		}
		r, err := t.reading()
		if err != nil {
			return err
		}
		s = Status{
			User: h.User, Device: h.Device, Epoch: r.Epoch, Last: h.N,
			Pending: int(h.N - h.Acked), Groups: h.Groups,
			Complete: r.Complete, Offset: time.Duration(h.OffMS) * time.Millisecond,
		}
		if h.SentDay == localDay(db.opt.Now()) {
			s.Sent = h.SentN
		}
		if r.LastMS != 0 {
			s.Exchange = time.UnixMilli(r.LastMS)
		}
		if s.Later, err = t.Count(Later, Range{}); err != nil {
			return err
		}
		first, err := t.GetAll(Out, Range{}, 1)
		if err != nil || len(first) == 0 {
			return err
		}
		var g group
		if err := t.decode(Out, first[0].Key, first[0].Value, &g); err != nil {
			return err
		}
		s.Oldest = time.UnixMilli(g.MadeMS)
		return nil
	})
	if err != nil {
		return Status{}, fmt.Errorf("read status: %w", err)
	}
	return s, nil
}

// localDay is the civil day on the tablet's own calendar.
func localDay(t time.Time) int32 { return int32(calendar.Of(t.Date())) }

// Outbox lists the oldest groups that wait; limit 0: all.
func (db *DB) Outbox(ctx context.Context, limit int) ([]Entry, error) {
	return db.entries(ctx, Out, func(t sealedTx) ([]Pair, error) { return t.GetAll(Out, Range{}, limit) })
}

// SentLog lists the latest acknowledged groups, latest first; limit 0: all.
func (db *DB) SentLog(ctx context.Context, limit int) ([]Entry, error) {
	return db.entries(ctx, Sent, func(t sealedTx) ([]Pair, error) { return t.Last(Sent, Range{}, limit) })
}

func (db *DB) entries(ctx context.Context, store string, list func(sealedTx) ([]Pair, error)) ([]Entry, error) {
	var pairs []Pair
	err := db.view(ctx, []string{store}, func(t sealedTx) (err error) { pairs, err = list(t); return err })
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", store, err)
	}
	out := make([]Entry, 0, len(pairs))
	for _, p := range pairs {
		var g group
		if err := db.seal.decode(store, p.Key, p.Value, &g); err != nil {
			return nil, err
		}
		ops, err := g.decode()
		if err != nil {
			return nil, err
		}
		e := Entry{N: ops[0].N, Group: g.Group, Made: time.UnixMilli(g.MadeMS), Ops: ops}
		if g.AckMS != 0 {
			e.Acked = time.UnixMilli(g.AckMS)
		}
		out = append(out, e)
	}
	return out, nil
}

// exported is the file of the last resort: plain, so that a server's
// administrator can read it in for a tablet that cannot.
type exported struct {
	Format string            `cbor:"1,keyasint"`
	User   portfolio.ID      `cbor:"2,keyasint"`
	Device portfolio.ID      `cbor:"3,keyasint"`
	Epoch  uint32            `cbor:"4,keyasint"`
	Prev   journal.Chain     `cbor:"5,keyasint"`
	Ops    []cbor.RawMessage `cbor:"6,keyasint"`
	AtMS   int64             `cbor:"7,keyasint"`
}

// ExportFormat begins the file that [DB.ExportOutbox] writes.
const ExportFormat = "sillon-outbox-1"

// ExportOutbox returns the whole outbox as a file: the last resort when a
// tablet can no longer reach its server.
func (db *DB) ExportOutbox(ctx context.Context) ([]byte, error) {
	b, err := db.batch(ctx, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("export outbox: %w", err)
	}
	return portfolio.Enc.Marshal(&exported{ExportFormat, b.User, b.Device, b.Epoch, b.Prev, b.Ops, db.opt.Now().UnixMilli()})
}

// Batch returns the head of the outbox: whole groups, at most ops operations
// and about size bytes, but never less than one group.
func (db *DB) Batch(ctx context.Context, size, ops int) (Batch, error) {
	b, err := db.batch(ctx, size, ops)
	if err != nil {
		return Batch{}, fmt.Errorf("read outbox: %w", err)
	}
	return b, nil
}

// batch with size 0 is everything.
func (db *DB) batch(ctx context.Context, size, ops int) (Batch, error) {
	var b Batch
	err := db.view(ctx, []string{Meta, Out}, func(t sealedTx) error {
		h, err := t.head()
		if err != nil {
			return err
		}
		r, err := t.reading()
		if err != nil {
			return err
		}
		b = Batch{User: h.User, Device: h.Device, Epoch: r.Epoch, Cookie: r.Cookie, Prev: h.AckChain}
		after := Range{}
		for {
			pairs, err := t.GetAll(Out, after, 64)
			if err != nil || len(pairs) == 0 {
				return err
			}
			for _, p := range pairs {
				var g group
				if err := t.decode(Out, p.Key, p.Value, &g); err != nil {
					return err
				}
				n := 0
				for _, op := range g.Ops {
					n += len(op)
				}
				if len(b.Ops) == 0 {
					b.Prev, b.First = g.Prev, h.Acked+1
				} else if size > 0 && (b.Bytes+n > size || len(b.Ops)+len(g.Ops) > ops) {
					b.More = true
					return nil
				}
				b.Ops = append(b.Ops, g.Ops...)
				b.Bytes += n
			}
			after = After(pairs[len(pairs)-1].Key)
		}
	})
	return b, err
}

// Local returns a named value of this device, nil when there is none.
func (db *DB) Local(ctx context.Context, name string) ([]byte, error) {
	var b []byte
	err := db.view(ctx, []string{Local}, func(t sealedTx) (err error) { b, err = t.Get(Local, name); return err })
	if err == nil && b != nil {
		b, err = db.seal.open(Local, name, b)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return b, nil
}

// Locals returns the named values whose names begin with prefix, in order.
func (db *DB) Locals(ctx context.Context, prefix string) ([]LocalValue, error) {
	pairs, err := db.all(ctx, Local, prefix)
	if err != nil {
		return nil, err
	}
	out := make([]LocalValue, len(pairs))
	for i, p := range pairs {
		out[i] = LocalValue{p.Key, p.Value}
	}
	return out, nil
}

// SetLocal writes named values in one transaction; a nil value deletes.
func (db *DB) SetLocal(ctx context.Context, values ...LocalValue) error {
	err := db.update(ctx, []string{Local}, func(t sealedTx) error { return t.putLocal(values) })
	if err != nil {
		return fmt.Errorf("write %d local values: %w", len(values), err)
	}
	return nil
}

// all reads and opens the values under a prefix.
func (db *DB) all(ctx context.Context, store, prefix string) ([]Pair, error) {
	var pairs []Pair
	err := db.view(ctx, []string{store}, func(t sealedTx) (err error) { pairs, err = t.GetAll(store, Prefix(prefix), 0); return err })
	for i := range pairs {
		if err == nil {
			pairs[i].Value, err = db.seal.open(store, pairs[i].Key, pairs[i].Value)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read %s %s: %w", store, prefix, err)
	}
	return pairs, nil
}

// Dirty lists the cards changed since the columns were last written.
func (db *DB) Dirty(ctx context.Context) (Dirty, error) {
	var d Dirty
	err := db.view(ctx, []string{Meta}, func(t sealedTx) (err error) { d, err = t.dirty(); return err })
	if err != nil {
		return Dirty{}, fmt.Errorf("list changed cards: %w", err)
	}
	return d, nil
}

func (t sealedTx) dirty() (d Dirty, err error) {
	pairs, err := t.GetAll(Meta, Prefix(preDirty), 0)
	if err != nil {
		return d, err
	}
	seen := map[portfolio.ID]bool{}
	d.last = map[portfolio.ID]string{}
	for _, p := range pairs {
		var roots []portfolio.ID
		if err := t.decode(Meta, p.Key, p.Value, &roots); err != nil {
			return d, err
		}
		for _, r := range roots {
			seen[r] = true
			d.last[r] = p.Key
		}
		d.upTo = p.Key
	}
	d.Roots = sorted(seen, compareID)
	return d, nil
}

// ChunkKeys lists the derived columns whose keys begin with prefix, in order.
func (db *DB) ChunkKeys(ctx context.Context, prefix string) ([]string, error) {
	var keys []string
	err := db.view(ctx, []string{Cols}, func(t sealedTx) (err error) { keys, err = t.Keys(Cols, Prefix(prefix), 0); return err })
	if err != nil {
		return nil, fmt.Errorf("list columns %s: %w", prefix, err)
	}
	return keys, nil
}

// ChunksAt returns the derived columns under several prefixes, and the cards
// that have changed since, all of one moment.
func (db *DB) ChunksAt(ctx context.Context, prefixes ...string) ([][]Chunk, Dirty, error) {
	var d Dirty
	out := make([][]Chunk, len(prefixes))
	err := db.view(ctx, []string{Meta, Cols}, func(t sealedTx) (err error) {
		for i, p := range prefixes {
			pairs, err := t.GetAll(Cols, Prefix(p), 0)
			if err != nil {
				return err
			}
			out[i] = make([]Chunk, len(pairs))
			for k := range pairs {
				out[i][k] = Chunk(pairs[k])
			}
		}
		d, err = t.dirty()
		return err
	})
	for _, list := range out {
		for k := range list {
			if err == nil {
				list[k].Value, err = db.seal.open(Cols, list[k].Key, list[k].Value)
			}
		}
	}
	if err != nil {
		return nil, Dirty{}, fmt.Errorf("read columns %v: %w", prefixes, err)
	}
	return out, d, nil
}

// Chunks returns the derived columns whose keys begin with prefix, in order.
func (db *DB) Chunks(ctx context.Context, prefix string) ([]Chunk, error) {
	pairs, err := db.all(ctx, Cols, prefix)
	if err != nil {
		return nil, err
	}
	out := make([]Chunk, len(pairs))
	for i, p := range pairs {
		out[i] = Chunk(p)
	}
	return out, nil
}

// SetChunks writes derived columns and forgets the dirty marks they cover, in
// one transaction.
func (db *DB) SetChunks(ctx context.Context, covered Dirty, chunks ...Chunk) error {
	sealed := make([]Chunk, len(chunks))
	for i, c := range chunks {
		sealed[i].Key = c.Key
		if c.Value != nil {
			b, err := db.seal.seal(Cols, c.Key, c.Value)
			if err != nil {
				return err
			}
			sealed[i].Value = b
		}
	}
	err := db.update(ctx, []string{Meta, Cols}, func(t sealedTx) error {
		for _, c := range sealed {
			var err error
			if c.Value == nil {
				err = t.Delete(Cols, c.Key)
			} else {
				err = t.Put(Cols, c.Key, c.Value)
			}
			if err != nil {
				return err
			}
		}
		if covered.upTo == "" {
			return nil
		}
		return t.DeleteRange(Meta, Range{preDirty, covered.upTo + "\x00"})
	})
	if err != nil {
		return fmt.Errorf("write %d column chunks: %w", len(chunks), err)
	}
	return nil
}
