package store

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/wire"
)

// acknowledge compares the server's count of this device's operations with
// ours, by number and by chain.
func (a *applying) acknowledge(req *wire.Request) error {
	n, chain := a.ans.LastN, a.ans.LastChain
	switch {
	case a.ans.Fork, n > a.h.N: // the server knows operations that this storage has forgotten, or never made
		return a.fork()
	case n == a.h.Acked:
		if chain != a.h.AckChain {
			return a.fork()
		}
		return nil
	case n < a.h.Acked:
		return a.refill()
	}
	pairs, err := a.GetAll(Out, Range{To: Num(n + 1)}, 0)
	if err != nil {
		return err
	}
	groups := make([]group, len(pairs))
	last, at := a.h.AckChain, a.h.Acked
	var whole int         // groups acknowledged to their end
	var end journal.Chain // after them
	var endN = a.h.Acked  // last operation of them
	for i, p := range pairs {
		if err := a.decode(Out, p.Key, p.Value, &groups[i]); err != nil {
			return err
		}
		for _, op := range groups[i].Ops {
			if at < n {
				last, at = last.Link(op), at+1
			}
		}
		if endN+uint64(len(groups[i].Ops)) <= n {
			whole, end, endN = i+1, last, endN+uint64(len(groups[i].Ops))
		}
	}
	if at != n || last != chain {
		return a.fork()
	}
	if whole == 0 {
		return nil
	}
	given := maps.Clone(a.ans.Given)
	if req.Prev != a.h.AckChain || uint64(len(req.Ops)) < endN-a.h.Acked {
		given = nil // says nothing about operations that another exchange carried
	}
	return a.move(pairs[:whole], groups[:whole], endN, end, given)
}

// move puts acknowledged groups from out to sent.
func (a *applying) move(pairs []Pair, groups []group, endN uint64, end journal.Chain, given map[uint32]uint64) error {
	now := a.db.opt.Now()
	for i := range groups {
		groups[i].AckMS = now.UnixMilli()
		if err := a.put(Sent, pairs[i].Key, &groups[i]); err != nil {
			return err
		}
		if err := a.Delete(Out, pairs[i].Key); err != nil {
			return err
		}
	}
	a.out.Acked = int(endN - a.h.Acked)
	if day := localDay(now); a.h.SentDay != day {
		a.h.SentDay, a.h.SentN = day, 0
	}
	a.h.SentN += a.out.Acked
	a.h.Acked, a.h.AckChain = endN, end
	a.h.Groups -= len(groups)
	a.r.Cover = append(a.r.Cover, cover{UpTo: endN, Given: given})
	return nil
}

// prune takes out of the sent log what a backup of the server holds: no restore
// will ask for it again. The latest groups stay, for the journal; and so does
// what is still shown from here because its rows have not come.
func (a *applying) prune() error {
	upTo := min(a.ans.BackedUpN, a.h.Acked, a.h.Covered)
	if upTo <= a.h.Backed {
		return nil
	}
	a.h.Backed = upTo
	gone := Range{To: Num(upTo + 1)}
	if keep := a.db.opt.Kept; keep > 0 {
		kept, err := a.Last(Sent, Range{}, keep)
		if err != nil || len(kept) < keep {
			return err
		}
		gone.To = min(gone.To, kept[keep-1].Key)
	}
	last, err := a.Last(Sent, gone, 1)
	if err != nil || len(last) == 0 {
		return err
	}
	var g group
	if err := a.decode(Sent, last[0].Key, last[0].Value, &g); err != nil {
		return err
	}
	end := unNum(last[0].Key) + uint64(len(g.Ops)) // after the group
	if end > upTo+1 {
		end = unNum(last[0].Key)
	}
	first, err := a.Keys(Sent, Range{}, 1)
	if err != nil {
		return err
	}
	a.out.Pruned = int(end - unNum(first[0]))
	return a.DeleteRange(Sent, Range{To: Num(end)})
}

// unNum is the number that Num wrote.
func unNum(key string) uint64 {
	n, _ := strconv.ParseUint(key, 16, 64)
	return n
}

// refill takes back into the outbox what a restored server has lost. When the
// server's chain is not the one we had there, or what is missing is no longer
// here, this storage gets a new identity instead, and sends all it has.
func (a *applying) refill() error {
	n := a.ans.LastN
	pairs, err := a.GetAll(Sent, Range{From: Num(n + 1)}, 0)
	if err != nil {
		return err
	}
	groups := make([]group, len(pairs))
	for i, p := range pairs {
		if err := a.decode(Sent, p.Key, p.Value, &groups[i]); err != nil {
			return err
		}
	}
	if len(pairs) == 0 || pairs[0].Key != Num(n+1) || groups[0].Prev != a.ans.LastChain {
		if n < a.h.Backed && a.fits() != "" {
			return nil // of before the backup: late, or another tab was faster
		}
		return a.fork()
	}
	for i := range groups {
		groups[i].AckMS = 0
		if err := a.put(Out, pairs[i].Key, &groups[i]); err != nil {
			return err
		}
		if err := a.Delete(Sent, pairs[i].Key); err != nil {
			return err
		}
	}
	a.out.Refilled = int(a.h.Acked - n)
	a.h.Acked, a.h.AckChain = n, a.ans.LastChain
	a.h.Groups += len(groups)
	a.h.Covered = min(a.h.Covered, n)
	a.r.Cover = slices.DeleteFunc(a.r.Cover, func(c cover) bool { return c.UpTo > n })
	return a.relist()
}

// fork takes a new identity: this storage was rolled back or cloned, and
// another one has used, or will use, the same numbers. Everything that was
// ever made here and is still here is numbered again from 1 and sent again;
// the server knows the operations it has by their identifiers.
func (a *applying) fork() error {
	var all []group
	var known []bool
	for _, store := range []string{Sent, Out} {
		pairs, err := a.GetAll(store, Range{}, 0)
		if err != nil {
			return err
		}
		for _, p := range pairs {
			var g group
			if err := a.decode(store, p.Key, p.Value, &g); err != nil {
				return err
			}
			all = append(all, g)
			known = append(known, g.Known || store == Sent)
		}
		if err := a.DeleteRange(store, Range{}); err != nil {
			return err
		}
	}
	a.h.Device = a.db.NewID()
	a.h.N, a.h.Chain, a.h.Acked, a.h.AckChain, a.h.Covered, a.h.Backed = 0, journal.Chain{}, 0, journal.Chain{}, 0, 0
	a.h.Groups = len(all)
	a.r.Cover = nil
	for i := range all {
		g := &all[i]
		ops, err := g.decode()
		if err != nil {
			return err
		}
		g.Prev, g.AckMS, g.Known, g.Ops = a.h.Chain, 0, known[i], make([]cbor.RawMessage, 0, len(ops))
		first := a.h.N + 1
		for j := range ops {
			a.h.N++
			ops[j].N = a.h.N
			raw, err := encodeOp(&ops[j])
			if err != nil {
				return err
			}
			a.h.Chain = a.h.Chain.Link(raw)
			g.Ops = append(g.Ops, raw)
		}
		if err := a.put(Out, Num(first), g); err != nil {
			return err
		}
	}
	a.out.NewDevice = true
	return a.relist()
}

// relist writes the list of pending groups anew from the outbox: after a
// refill or a new identity.
func (a *applying) relist() error {
	if err := a.DeleteRange(Meta, Prefix(prePend)); err != nil {
		return err
	}
	var list []pending
	for _, store := range []string{Sent, Out} {
		r := Range{From: Num(a.h.Covered + 1)}
		pairs, err := a.GetAll(store, r, 0)
		if err != nil {
			return err
		}
		for _, p := range pairs {
			var g group
			if err := a.decode(store, p.Key, p.Value, &g); err != nil {
				return err
			}
			ops, err := g.decode()
			if err != nil {
				return err
			}
			if g.Known {
				continue
			}
			var keys []string
			for i := range ops {
				if k := bundleOf(&ops[i]); !slices.Contains(keys, k) {
					keys = append(keys, k)
				}
			}
			list = append(list, pending{ops[0].N, keys})
		}
	}
	a.h.Gen++
	if len(list) == 0 {
		return nil
	}
	return a.put(Meta, prePend+Num(list[0].N), list)
}

// uncover lets acknowledged operations leave the view once the rows hold what
// they did, and forgets the lists that name only such.
func (a *applying) uncover(ours bool) error {
	was := a.h.Covered
	if ours && a.out.Complete { // this answer was read after the push of every operation it acknowledges
		a.r.Cover = nil
		a.h.Covered = a.h.Acked
	}
	for i := range a.r.Cover {
		if a.out.Ignored == "" {
			follow(a.ans.Pages, &a.r.Cover[i])
		}
		a.r.settle(&a.r.Cover[i])
	}
	for len(a.r.Cover) > 0 && a.r.Cover[0].Given != nil && len(a.r.Cover[0].Given) == 0 {
		a.h.Covered = a.r.Cover[0].UpTo
		a.r.Cover = a.r.Cover[1:]
	}
	if a.h.Covered == was {
		return nil
	}
	a.h.Gen++
	keys, err := a.Keys(Meta, Prefix(prePend), 0)
	if err != nil {
		return err
	}
	for i, k := range keys {
		next := prePend + Num(a.h.N+1)
		if i+1 < len(keys) {
			next = keys[i+1]
		}
		if next <= prePend+Num(a.h.Covered+1) {
			if err := a.Delete(Meta, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// elsewhere stands for the number of a row in a scope that is not known: no
// cursor reaches it, only an answer that leaves nothing unread.
const elsewhere = math.MaxUint64

// follow notes that a card has left a scope since a push wrote there: what was
// written may be in the rows of another scope, which are still to be read.
func follow(pages []wire.Page, c *cover) {
	for _, p := range pages {
		seq, ok := c.Given[p.Scope]
		if ok && slices.ContainsFunc(p.Left, func(l wire.Left) bool { return l.Seq > seq }) {
			c.Given[p.Scope] = elsewhere
		}
	}
}

// settle takes from a cover the scopes that were read to their end since. That
// the cursor has passed the number given is not enough: when the record was
// changed once more, its row has moved on to a later number.
func (r *reading) settle(c *cover) {
	for id, seq := range c.Given {
		if s := r.scope(id); s == nil || !s.Held || s.Complete && s.Cursor >= seq {
			delete(c.Given, id)
		}
	}
}
