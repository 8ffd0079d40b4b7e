package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// Above this many operations they are numbered and sealed before the
// transaction, in slices of yieldEvery; below, inside it. Before means that
// another tab may take the numbers meanwhile: then it is done again.
const (
	inside     = 200
	yieldEvery = 50 * time.Millisecond
	tries      = 4
)

var errMoved = errors.New("store: another tab took the numbers")

// Append adds groups of operations to the outbox in one strict transaction:
// all of them, or none. It numbers and stamps the operations in place (N, HLC,
// Group, WallMS, OffMS, and ID and Schema where they are missing) and links
// them to the chain.
func (db *DB) Append(ctx context.Context, groups [][]journal.Op, o AppendOptions) (Appended, error) {
	total := 0
	for i, g := range groups {
		if len(g) == 0 {
			return Appended{}, fmt.Errorf("append group %d: %w", i, ErrEmpty)
		}
		if len(g) > MaxGroupOps {
			return Appended{}, fmt.Errorf("append group %d of %d operations: %w", i, len(g), ErrTooLarge)
		}
		total += len(g)
	}
	if total == 0 {
		return Appended{}, fmt.Errorf("append: %w", ErrEmpty)
	}
	a, err := db.append(ctx, groups, total, o)
	if err != nil {
		return Appended{}, fmt.Errorf("append %d operations: %w", total, err)
	}
	return a, nil
}

func (db *DB) append(ctx context.Context, groups [][]journal.Op, total int, o AppendOptions) (Appended, error) {
	if total > inside {
		for range tries {
			var h head
			err := db.view(ctx, []string{Meta}, func(t sealedTx) (err error) { h, err = t.head(); return err })
			if err != nil {
				return Appended{}, err
			}
			p, err := db.prepare(ctx, h, groups, total, o.Progress, db.opt.Yield)
			if err != nil {
				return Appended{}, err
			}
			if a, err := db.commit(ctx, p, o.Local); !errors.Is(err, errMoved) {
				return a, err
			}
		}
	}
	var p *prepared
	var a Appended
	err := db.update(ctx, appendStores(o.Local), func(t sealedTx) error {
		h, err := t.head()
		if err != nil {
			return err
		}
		if p, err = db.prepare(ctx, h, groups, total, nil, func() {}); err != nil {
			return err
		}
		a, err = p.write(t, h, o.Local)
		return err
	})
	if err == nil {
		db.remember(p, a)
	}
	return a, err
}

// commit writes what was prepared, if the head is still the one it was
// prepared for.
func (db *DB) commit(ctx context.Context, p *prepared, local []LocalValue) (a Appended, err error) {
	err = db.update(ctx, appendStores(local), func(t sealedTx) error {
		h, err := t.head()
		if err != nil {
			return err
		}
		if h.Device != p.from.Device || h.N != p.from.N || h.Chain != p.from.Chain || h.Group != p.from.Group {
			return errMoved
		}
		a, err = p.write(t, h, local)
		return err
	})
	if err == nil {
		db.remember(p, a)
	}
	return a, err
}

func appendStores(local []LocalValue) []string {
	if len(local) > 0 {
		return []string{Meta, Out, Local}
	}
	return []string{Meta, Out}
}

// prepared is an Append that only has to be written.
type prepared struct {
	from, to head
	values   []Pair // of out, sealed
	list     []pending
	roots    []portfolio.ID
	groups   []uint64
	ops      int
	gen      uint64 // once written
}

// prepare numbers, stamps, links and seals.
func (db *DB) prepare(ctx context.Context, h head, groups [][]journal.Op, total int, progress func(done, total int), yield func()) (*prepared, error) {
	p := &prepared{from: h, to: h, ops: total, values: make([]Pair, 0, len(groups)), list: make([]pending, 0, len(groups))}
	now := db.opt.Now()
	wall := now.UnixMilli()
	last, done := now, 0
	seen := map[portfolio.ID]bool{}
	for i := range groups {
		p.to.Group++
		g := group{Group: p.to.Group, MadeMS: wall, Prev: p.to.Chain, Ops: make([]cbor.RawMessage, 0, len(groups[i]))}
		first, size := p.to.N+1, 0
		var keys []string
		for j := range groups[i] {
			op := &groups[i][j]
			p.to.N++
			op.N, op.HLC, op.Group = p.to.N, p.to.HLC.Next(wall+h.OffMS), p.to.Group
			op.WallMS, op.OffMS = wall, h.OffMS
			if op.ID.IsZero() {
				op.ID = NewID(now, db.opt.Random)
			}
			if op.Schema == 0 {
				op.Schema = journal.Schema
			}
			raw, err := encodeOp(op)
			if err != nil {
				return nil, fmt.Errorf("group %d, operation %d: %w", i, j, err)
			}
			size += len(raw)
			p.to.Chain = p.to.Chain.Link(raw)
			g.Ops = append(g.Ops, raw)
			if k := bundleOf(op); !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
			if root := rootOf(op.Entity, op.Rec, op.Root); !root.IsZero() && !seen[root] {
				seen[root] = true
				p.roots = append(p.roots, root)
			}
		}
		if size > MaxGroupBytes {
			return nil, fmt.Errorf("group %d of %d bytes: %w", i, size, ErrTooLarge)
		}
		key := Num(first)
		v, err := db.seal.encode(Out, key, &g)
		if err != nil {
			return nil, err
		}
		p.values = append(p.values, Pair{key, v})
		p.list = append(p.list, pending{first, keys})
		p.groups = append(p.groups, g.Group)
		done += len(groups[i])
		if t := db.opt.Now(); t.Sub(last) >= yieldEvery {
			yield()
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if progress != nil {
				progress(done, total)
			}
			last = db.opt.Now()
		}
	}
	return p, nil
}

// encodeOp writes an operation, within the limits the server sets.
func encodeOp(op *journal.Op) ([]byte, error) {
	for f, v := range op.Fields {
		if len(v) > wire.MaxField {
			return nil, fmt.Errorf("field %d of %d bytes: %w", f, len(v), ErrTooLarge)
		}
	}
	raw, err := portfolio.Enc.Marshal(op)
	if err != nil {
		return nil, err
	}
	if len(raw) > wire.MaxOp {
		return nil, fmt.Errorf("operation of %d bytes: %w", len(raw), ErrTooLarge)
	}
	return raw, nil
}

// write puts the groups, the list of what they touch, and the head; h is what
// the transaction read.
func (p *prepared) write(t sealedTx, h head, local []LocalValue) (Appended, error) {
	for _, v := range p.values {
		if err := t.Put(Out, v.Key, v.Value); err != nil {
			return Appended{}, err
		}
	}
	if err := t.put(Meta, prePend+p.values[0].Key, p.list); err != nil {
		return Appended{}, err
	}
	h.N, h.Chain, h.Group = p.to.N, p.to.Chain, p.to.Group
	h.HLC.Seen(p.to.HLC.Last)
	h.Groups += len(p.values)
	h.Gen++
	p.gen = h.Gen
	if err := t.markDirty(&h, p.roots); err != nil {
		return Appended{}, err
	}
	if err := t.put(Meta, keyHead, &h); err != nil {
		return Appended{}, err
	}
	if err := t.putLocal(local); err != nil {
		return Appended{}, err
	}
	return Appended{Device: h.Device, First: p.from.N + 1, Last: h.N, Groups: p.groups, Pending: int(h.N - h.Acked)}, nil
}

// markDirty notes roots whose columns are out of date; the caller writes h.
func (t sealedTx) markDirty(h *head, roots []portfolio.ID) error {
	if len(roots) == 0 {
		return nil
	}
	h.Mark++
	return t.put(Meta, preDirty+Num(h.Mark), roots)
}

func (t sealedTx) putLocal(values []LocalValue) error {
	for _, v := range values {
		if v.Value == nil {
			if err := t.Delete(Local, v.Name); err != nil {
				return err
			}
			continue
		}
		b, err := t.sealer.seal(Local, v.Name, v.Value)
		if err != nil {
			return err
		}
		if err := t.Put(Local, v.Name, b); err != nil {
			return err
		}
	}
	return nil
}

// remember adds what was written to the index, if nothing else has changed
// the list since; otherwise the next reader builds it again.
func (db *DB) remember(p *prepared, a Appended) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.index.device != a.Device || db.index.gen+1 != p.gen {
		return
	}
	db.index.gen = p.gen
	for _, g := range p.list {
		for _, k := range g.Keys {
			db.index.groups[k] = append(db.index.groups[k], g.N)
		}
	}
}
