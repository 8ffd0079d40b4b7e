// Package report is the server's work on what an organisation holds as a whole:
// models that one portfolio is too small to find.
//
// The hazard of departures (method I3, method 3; analytics §1) is fitted on the
// client-periods of every portfolio, from fifty former clients on, and laid
// down as a record of the organisation: tablets receive it by the ordinary
// exchange, take it as the prior of their own, and work without it until then.
// An organisation never sees another's.
package report

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/hazard"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
	"sillon/server/hub"
)

// MostRows is how many client-periods a pooled fit reads at most. Beyond, whole
// clients are left out by a hash of their identifiers: always the same ones.
const MostRows = 60_000

// tolerance is how far the odds of a departure may move before tablets are sent
// another model: 5 %.
const tolerance = .05

// pageRows is how many records are read at once.
const pageRows = 5000

// A Pool gathers the client-periods of an organisation, a portfolio at a time.
type pool struct {
	spells []attrition.Spell
	hashes []uint64 // of their clients
	shift  uint     // clients whose hash has so many leading zero bits are kept
	next   int32    // number of the next client
	most   int

	lost, start int
}

// Hazard learns the pooled hazard of an organisation; false when its portfolios
// hold too few former clients. Only one portfolio is in memory at a time, with
// the client-periods.
func Hazard(ctx context.Context, store hub.Store, tenant uint32, day calendar.Day) (portfolio.Model, bool, error) {
	return learn(ctx, store, tenant, day, MostRows)
}

func learn(ctx context.Context, store hub.Store, tenant uint32, day calendar.Day, most int) (portfolio.Model, bool, error) {
	var scopes []hub.Scope
	var misc []journal.Row
	err := store.View(ctx, func(r hub.Reader) (err error) {
		if scopes, err = r.Scopes(tenant); err != nil {
			return err
		}
		misc, err = all(r, tenant, hub.OrgScope)
		return err
	})
	if err != nil {
		return portfolio.Model{}, false, fmt.Errorf("read organisation %d: %w", tenant, err)
	}
	p := pool{most: most}
	for _, sc := range scopes {
		if sc.Kind != wire.ScopePortfolio {
			continue
		}
		if err := ctx.Err(); err != nil {
			return portfolio.Model{}, false, err
		}
		var rows []journal.Row
		err := store.View(ctx, func(r hub.Reader) (err error) { rows, err = all(r, tenant, sc.ID); return err })
		if err != nil {
			return portfolio.Model{}, false, fmt.Errorf("read portfolio %d of organisation %d: %w", sc.ID, tenant, err)
		}
		p.add(sc.ID, day, misc, rows)
	}
	return p.model(day)
}

// all reads the live records of a scope.
func all(r hub.Reader, tenant, scope uint32) ([]journal.Row, error) {
	var out []journal.Row
	for after := uint64(0); ; {
		rows, err := r.Rows(tenant, scope, after, pageRows)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			after = rows[i].Seq
			if !rows[i].Deleted() {
				out = append(out, rows[i])
			}
		}
		if len(rows) < pageRows {
			return out, nil
		}
	}
}

// bundles puts the records of a portfolio together by card; the others are the
// portfolio's own.
func bundles(scope uint32, rows []journal.Row) (cards []query.Bundle, own []journal.Row) {
	at := map[portfolio.ID]int{}
	for i := range rows {
		root := rows[i].Root
		if root.IsZero() && rows[i].Entity.IsRoot() {
			root = rows[i].Rec
		}
		if root.IsZero() {
			own = append(own, rows[i])
			continue
		}
		k, ok := at[root]
		if !ok {
			k = len(cards)
			at[root] = k
			cards = append(cards, query.Bundle{Root: root, Scope: scope})
		}
		cards[k].Rows = append(cards[k].Rows, rows[i])
	}
	return cards, own
}

// add takes the client-periods of one portfolio.
func (p *pool) add(scope uint32, day calendar.Day, misc, rows []journal.Row) {
	cards, own := bundles(scope, rows)
	s := query.NewSnapshot(day)
	s.SetMisc(slices.Concat(misc, own))
	var columns []query.Card
	for _, b := range cards {
		if c, ok := query.Derive(b); ok {
			columns = append(columns, c)
		}
	}
	s.SetCards(columns)
	s.Deepen(cards...)
	a := s.Analysis(scope)
	if a == nil {
		return
	}
	r := a.Attrition().Rates
	p.start += r.Start
	p.lost += max(0, r.Lost-r.Natural)
	last := int32(-1)
	for _, sp := range query.Spells(a.Book) {
		h := hashOf(a.Cards[sp.Client].ID)
		last = max(last, sp.Client)
		sp.Client += p.next
		p.keep(sp, h)
	}
	p.next += last + 1
}

func hashOf(id portfolio.ID) uint64 {
	h := fnv.New64a()
	h.Write(id[:])
	x := h.Sum64() // FNV's high bits are its poor ones: mix them (splitmix64)
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func (p *pool) keep(s attrition.Spell, h uint64) {
	if h>>(64-p.shift) != 0 {
		return
	}
	p.spells, p.hashes = append(p.spells, s), append(p.hashes, h)
	for len(p.spells) > p.most && p.shift < 32 {
		p.shift++
		n := 0
		for i, h := range p.hashes {
			if h>>(64-p.shift) == 0 {
				p.spells[n], p.hashes[n] = p.spells[i], h
				n++
			}
		}
		p.spells, p.hashes = p.spells[:n], p.hashes[:n]
	}
}

// model fits what was gathered.
func (p *pool) model(day calendar.Day) (portfolio.Model, bool, error) {
	events := 0
	for i := range p.spells {
		if p.spells[i].Left {
			events++
		}
	}
	if events < attrition.MinHazard {
		return portfolio.Model{}, false, nil
	}
	h := attrition.Train(p.spells)
	if !h.Has() {
		return portfolio.Model{}, false, nil
	}
	h.Steps = nil
	data, err := portfolio.Enc.Marshal(h)
	if err != nil {
		return portfolio.Model{}, false, fmt.Errorf("encode the pooled hazard: %w", err)
	}
	return portfolio.Model{
		Key: portfolio.ModelHazard, Form: portfolio.HazardForm, Day: day, Rows: h.Rows, Events: h.Events,
		Lost: p.lost, Start: p.start, Data: data,
	}, true, nil
}

// same reports whether a model would tell tablets nothing new: at the means of
// the predictors, and one standard deviation beside each, the odds differ by no
// more than the tolerance, as does the rate of attrition; and it is of the same
// form.
func same(old, now portfolio.Model) bool {
	if old.Form != now.Form || old.Key != now.Key || apart(float64(old.Lost)+.5, float64(old.Start)+1, float64(now.Lost)+.5, float64(now.Start)+1) {
		return false
	}
	var a, b hazard.Model
	if portfolio.Dec.Unmarshal(old.Data, &a) != nil || portfolio.Dec.Unmarshal(now.Data, &b) != nil || a.P() != b.P() || len(b.Mean) != b.P() || len(b.Scale) != b.P() {
		return false
	}
	if (old.Events < attrition.MinHazard*2) != (now.Events < attrition.MinHazard*2) { // much more is behind it
		return false
	}
	x := slices.Clone(b.Mean)
	near := func() bool {
		p, q := a.Of(x).P, b.Of(x).P
		return math.Abs(math.Log(p/(1-p))-math.Log(q/(1-q))) <= tolerance
	}
	if !near() {
		return false
	}
	for j := range x {
		for _, side := range [...]float64{-1, 1} {
			x[j] = b.Mean[j] + side*b.Scale[j]
			if !near() {
				return false
			}
		}
		x[j] = b.Mean[j]
	}
	return true
}

// apart reports whether two rates differ by more than the tolerance, in
// proportion.
func apart(a, b, c, d float64) bool { return math.Abs(math.Log(a/b)-math.Log(c/d)) > tolerance }

// moved sums the counters of an organisation's portfolios: equal to the last
// time, nothing has been written in any.
func moved(r hub.Reader, tenant uint32) (uint64, error) {
	scopes, err := r.Scopes(tenant)
	var sum uint64
	for _, s := range scopes {
		if s.Kind == wire.ScopePortfolio {
			sum += s.Seq
		}
	}
	return sum, err
}

func seenKey(tenant uint32) string { return fmt.Sprintf("pooled/%d", tenant) }

// Pool learns the hazard of every organisation in which something has been
// written since it last did, and sends it to the tablets when it tells them
// something new. It returns how many were sent.
func Pool(ctx context.Context, store hub.Store, h *hub.Hub, day calendar.Day, nowMS int64) (sent int, err error) {
	var tenants []hub.Tenant
	if err := store.View(ctx, func(r hub.Reader) (err error) { tenants, err = r.Tenants(); return err }); err != nil {
		return 0, fmt.Errorf("pool: %w", err)
	}
	for _, t := range tenants {
		ok, err := poolOne(ctx, store, h, t.ID, day, nowMS)
		if err != nil {
			return sent, fmt.Errorf("pool organisation %d: %w", t.ID, err)
		}
		if ok {
			sent++
		}
	}
	return sent, nil
}

func poolOne(ctx context.Context, store hub.Store, h *hub.Hub, tenant uint32, day calendar.Day, nowMS int64) (bool, error) {
	var at uint64
	var old portfolio.Model
	var had, done bool
	err := store.View(ctx, func(r hub.Reader) (err error) {
		if at, err = moved(r, tenant); err != nil {
			return err
		}
		seen, err := r.Meta(seenKey(tenant))
		if err != nil {
			return err
		}
		done = len(seen) == 8 && binary.BigEndian.Uint64(seen) == at
		old, had, err = hub.Model(r, tenant, portfolio.ModelHazard)
		return err
	})
	if err != nil || done {
		return false, err
	}
	m, ok, err := Hazard(ctx, store, tenant, day)
	if err != nil {
		return false, err
	}
	send := ok && !(had && same(old, m))
	if send {
		m.Turn = old.Turn + 1
		if err := h.SetModel(ctx, tenant, m, nowMS); err != nil {
			return false, err
		}
	}
	return send, store.Update(ctx, func(tx hub.Tx) error {
		return tx.PutMeta(seenKey(tenant), binary.BigEndian.AppendUint64(nil, at))
	})
}
