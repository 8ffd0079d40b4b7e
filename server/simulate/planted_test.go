package simulate

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"sillon/app/replicate"
	"sillon/app/store"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/hub"
)

// Rules broken on purpose, one per run, by wrapping the interface they live
// behind. The code under test is never changed.
const (
	ackByNumber   = "operations are acknowledged by number, without the chain"
	leftAnyScope  = "a card that left one scope is taken out of all"
	noCursorCheck = "pages are taken wherever the cursor is"
	splitGroups   = "a push may end in the middle of a group"
	forgetOps     = "the server forgets which operations it has had"
	deadGrants    = "grants that ended still let read"
	deafToDrops   = "a scope that is no longer granted keeps its rows"
	forgetAcked   = "acknowledged operations leave the view before their rows have come"
	noRefill      = "a restored server is not refilled"
	forgetSoon    = "a tablet forgets what it has handed in before a backup holds it"
	deafToBackups = "a tablet keeps what it has handed in for ever"
	splitWaiting  = "of a group that waited, the first operation is applied alone"
	savedTooSoon  = "saved is said when the requests succeeded, before the commit"
)

// plantedStore is the device's half of the protocol, with its rule broken.
func (w *world) plantedStore(s replicate.Store) replicate.Store {
	if w.planted == "" {
		return s
	}
	return plantedStore{s, w}
}

type plantedStore struct {
	replicate.Store
	w *world
}

func (p plantedStore) Batch(ctx context.Context, size, ops int) (store.Batch, error) {
	b, err := p.Store.Batch(ctx, size, ops)
	if err == nil && p.w.planted == splitGroups && len(b.Ops) > 1 {
		b.Ops = b.Ops[:1+p.w.r.IntN(len(b.Ops))]
	}
	return b, err
}

func (p plantedStore) ApplyAnswer(ctx context.Context, x store.Exchange) (store.Changed, error) {
	a := *x.Answer
	x.Answer = &a
	a.Pages = slices.Clone(a.Pages)
	all, err := p.Store.Batch(ctx, 1<<40, 1<<40)
	if err != nil {
		return store.Changed{}, err
	}
	first := all.First
	if first == 0 { // nothing waits: the last number is the acknowledged one
		st, err := p.Store.(*store.DB).Status(ctx)
		if err != nil {
			return store.Changed{}, err
		}
		first = st.Last + 1
	}
	switch p.w.planted {
	case ackByNumber:
		if x.Request.Device != all.Device {
			break
		}
		a.Fork = false
		if a.LastN >= first-1 {
			a.LastN = min(a.LastN, first-1+uint64(len(all.Ops)))
			a.LastChain = all.Prev
			for _, op := range all.Ops[:a.LastN-(first-1)] {
				a.LastChain = a.LastChain.Link(op)
			}
		}
	case noRefill:
		if a.LastN < first-1 && x.Request.Device == all.Device {
			a.LastN, a.LastChain = first-1, all.Prev
		}
	case forgetSoon:
		a.BackedUpN = a.LastN
	case deafToBackups:
		a.BackedUpN = 0
	case leftAnyScope:
		for i := range a.Pages {
			a.Pages[i].Left = slices.Clone(a.Pages[i].Left)
			for j := range x.Answer.Pages {
				if i != j {
					for _, l := range x.Answer.Pages[j].Left {
						a.Pages[i].Left = append(a.Pages[i].Left, wire.Left{Root: l.Root, Seq: 1 << 60})
					}
				}
			}
		}
	case forgetAcked:
		a.Given = map[uint32]uint64{} // nothing to wait for
	case deafToDrops:
		scopes, err := p.Store.(*store.DB).Scopes(ctx)
		if err != nil {
			return store.Changed{}, err
		}
		for _, s := range scopes {
			if slices.Contains(a.Drop, s.ID) {
				a.Pages = append(a.Pages, wire.Page{Scope: s.ID, From: s.Cursor, To: s.Cursor, Complete: true})
			}
		}
		a.Drop = nil
	case noCursorCheck:
		scopes, err := p.Store.(*store.DB).Scopes(ctx)
		if err != nil {
			return store.Changed{}, err
		}
		for _, s := range scopes {
			i := slices.IndexFunc(a.Pages, func(p wire.Page) bool { return p.Scope == s.ID })
			switch {
			case i >= 0:
				a.Pages[i].From = s.Cursor
			case s.Held && !slices.Contains(a.Drop, s.ID):
				a.Pages = append(a.Pages, wire.Page{Scope: s.ID, From: s.Cursor, To: s.Cursor})
			}
		}
	}
	return p.Store.ApplyAnswer(ctx, x)
}

// plantedKV is the device's storage, with its rule broken.
func (w *world) plantedKV(kv store.KV) store.KV {
	if w.planted != savedTooSoon {
		return kv
	}
	return hasty{kv}
}

type hasty struct{ store.KV }

func (h hasty) Update(ctx context.Context, stores []string, f func(store.Tx) error) error {
	asked := false
	err := h.KV.Update(ctx, stores, func(t store.Tx) error {
		err := f(t)
		asked = err == nil
		return err
	})
	if asked && (errors.Is(err, store.ErrQuota) || errors.Is(err, store.ErrAborted)) {
		return nil
	}
	return err
}

// plantedTx and plantedReader are the server's store, with its rule broken.
func (w *world) plantedTx(t hub.Tx) hub.Tx {
	switch w.planted {
	case forgetOps:
		return forgetful{t}
	case splitWaiting:
		return splitter{t}
	}
	return t
}

type splitter struct{ hub.Tx }

func (s splitter) Parked(tenant uint32, rec portfolio.ID) ([]hub.Parked, error) {
	ps, err := s.Tx.Parked(tenant, rec)
	return ps[:min(1, len(ps))], err
}

type forgetful struct{ hub.Tx }

func (forgetful) OpKnown(uint32, portfolio.ID) (bool, error) { return false, nil }

func (w *world) plantedReader(r hub.Reader) hub.Reader {
	if w.planted == deadGrants {
		return generous{r}
	}
	return r
}

type generous struct{ hub.Reader }

func (g generous) Grants(tenant uint32, user portfolio.ID) ([]hub.Grant, error) {
	gs, err := g.Reader.Grants(tenant, user)
	for i := range gs {
		gs[i].Until = 0
	}
	return gs, err
}

// TestPlantedFaults breaks one rule at a time. Each is noticed within a few
// seeds, by the invariant that it should break; a rule whose breaking nobody
// notices is a rule without a guard.
func TestPlantedFaults(t *testing.T) {
	if underRace {
		t.Skip("one thread: nothing for the race detector to see")
	}
	const most, part = 200, 10 // seeds
	for _, c := range []struct {
		fault string
		want  string // what may notice
	}{
		{ackByNumber, "I2 I12 I15"},
		{leftAnyScope, "I1"},
		{noCursorCheck, "I1 I5"},
		{splitGroups, "I10"},
		{forgetOps, "I2 error"}, // the store itself refuses the same identifier twice
		{deadGrants, "I4"},
		{deafToDrops, "I4 I12"},
		{forgetAcked, "S"},
		{noRefill, "I2 I12"},
		{forgetSoon, "B"},
		{deafToBackups, "B"},
		{splitWaiting, "I10"},
		{savedTooSoon, "I2 W"},
	} {
		t.Run(c.fault, func(t *testing.T) {
			how := map[string]int{}
			for first := uint64(1); first < most; first += part {
				bad := each(first, part, func(seed uint64) error {
					p := planOf(seed)
					p.planted = c.fault
					_, err := run(p)
					return err
				})
				for seed, err := range bad {
					what, _, _ := strings.Cut(err.Error(), ":")
					how[what]++
					if slices.Contains(strings.Fields(c.want), what) {
						t.Logf("noticed in seed %d of at most %d: %.200s", seed, first+part-1, err)
						return
					}
				}
			}
			t.Errorf("not noticed in %d seeds, except as %v", most, how)
		})
	}
}
