package simulate

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/hub"
)

// Invariants are numbered as in sync.md 3.3.

// rightful is I4, first half: no answer holds a scope that is not granted.
func (w *world) rightful(d *device, ans *wire.Answer) {
	held := w.held(d.user)
	for _, p := range ans.Pages {
		if !held[p.Scope] {
			w.fail("I4: step %d: device %d is sent scope %d without a grant", w.step, d.n, p.Scope)
		}
	}
}

// held is what a user may read now.
func (w *world) held(user hub.Place) map[uint32]bool {
	held := map[uint32]bool{}
	w.must(w.server.db.View(ctx, func(r hub.Reader) error {
		gs, err := r.Grants(w.tenant, user.User)
		for _, g := range gs {
			if g.Holds(w.now) {
				held[g.Scope] = true
			}
		}
		return err
	}))
	return held
}

// A glance is what is watched of a device while an answer is taken.
type glance struct {
	status store.Status
	scopes []store.Scope
}

func (w *world) look(t *tab) glance {
	s, err := t.db.Status(ctx)
	w.must(err)
	sc, err := t.db.Scopes(ctx)
	w.must(err)
	return glance{s, sc}
}

// outboxKept is I15: the outbox shrinks by chained acknowledgements only, and
// nothing that was ever made leaves the device, but what a backup holds.
func (w *world) outboxKept(d *device, before, after glance, c store.Changed) {
	last := before.status.Last // numbers have no gap: how many there ever were
	if c.NewDevice {
		last, d.gone = last-d.gone, 0
	}
	d.gone += uint64(c.Pruned)
	if after.status.Last != last {
		w.fail("I15: step %d: device %d held %d operations, and holds %d", w.step, d.n, before.status.Last, after.status.Last)
	}
	if want := before.status.Pending - c.Acked + c.Refilled; !c.NewDevice && after.status.Pending != want {
		w.fail("I15: step %d: device %d has %d operations waiting, want %d: %+v", w.step, d.n, after.status.Pending, want, c)
	}
}

// cursorsGrow is I5: within an epoch cursors do not go back.
func (w *world) cursorsGrow(d *device, before, after glance) {
	if before.status.Epoch != after.status.Epoch {
		return
	}
	for _, b := range before.scopes {
		for _, a := range after.scopes {
			if a.ID == b.ID && b.Held && a.Held && a.Cursor < b.Cursor {
				w.fail("I5: step %d: device %d: cursor of scope %d went from %d back to %d", w.step, d.n, a.ID, b.Cursor, a.Cursor)
			}
		}
	}
}

// readsItsWrites is W, not in the list of the specification: what was just
// saved is what the user sees.
func (w *world) readsItsWrites(t *tab, groups [][]journal.Op) {
	if len(groups) > 1 {
		groups = groups[:1]
	}
	for _, op := range groups[0] {
		var v store.View
		var err error
		if op.Root.IsZero() {
			v, err = t.db.Misc(ctx, op.Scope, op.Entity)
		} else {
			v, err = t.db.Card(ctx, op.Root)
		}
		w.must(err)
		row, ok := v.Row(op.Rec)
		if !ok {
			w.fail("W: step %d: device %d does not see record %s that it just made", w.step, t.d.n, short(op.Rec))
		}
		for f, val := range op.Fields {
			if !bytes.Equal(row.Fields[f], val) {
				w.fail("W: step %d: device %d does not see field %d of %s that it just wrote", w.step, t.d.n, f, short(op.Rec))
			}
		}
	}
}

// keepsInSight is S, not in the list either: what a device wrote and the server
// still holds is what the device shows, between the acknowledgement and the
// arrival of the row too. Nothing flickers back to an older value.
func (w *world) keepsInSight(d *device) {
	if w.stats["rollback"]+w.stats["restore"] > 0 {
		return
	}
	for _, id := range d.made {
		op := w.made[id].op
		if op.Kind != journal.Patch {
			continue
		}
		var server *journal.Row
		w.must(w.server.db.View(ctx, func(r hub.Reader) (err error) { server, err = r.Record(w.tenant, op.Rec); return err }))
		var v store.View
		var err error
		if op.Root.IsZero() {
			v, err = d.tabs[0].db.Misc(ctx, op.Scope, op.Entity)
		} else {
			v, err = d.tabs[0].db.Card(ctx, op.Root)
		}
		w.must(err)
		row, ok := v.Row(op.Rec)
		for f, val := range op.Fields {
			if server == nil || !ok || !bytes.Equal(server.Fields[f], val) || bytes.Equal(row.Fields[f], val) {
				continue
			}
			if m := row.MarkOf(f); m.N > op.N && v.Pending[op.Rec] > 0 {
				continue // the device's own next change, which the server has not seen
			}
			w.fail("S: step %d: device %d shows %s in field %d of %s, the server holds %s, which the device wrote", w.step, d.n, row.Fields[f], f, short(op.Rec), val)
		}
	}
}

// rest ends all faults and lets every tab synchronise until nothing moves: I12
// says that it takes a bounded number of rounds.
func (w *world) rest() {
	w.calm = true
	w.deliver()
	const rounds = 200
	for round := range rounds {
		w.step++
		w.now += 1000
		for _, d := range w.device {
			for _, t := range d.tabs {
				w.sync(t)
			}
		}
		for len(w.net) > 0 {
			m := w.net[0]
			w.net = w.net[1:]
			if m.at = 0; m.ans == nil && m.fail == nil {
				w.serve(m)
			} else {
				w.receive(m)
			}
		}
		if round > 3 && w.quiet() {
			w.say("quiet after %d rounds", round)
			return
		}
	}
	w.fail("I12: not at rest after %d rounds: %s", rounds, w.unrest())
}

func (w *world) quiet() bool { return w.unrest() == "" }

// unrest says what still moves.
func (w *world) unrest() string {
	for _, d := range w.device {
		g := w.look(d.tabs[0])
		if g.status.Pending > 0 {
			return fmt.Sprintf("device %d has %d operations waiting", d.n, g.status.Pending)
		}
		held := w.held(d.user)
		for _, s := range g.scopes {
			if !s.Held {
				return fmt.Sprintf("device %d has not read scope %d", d.n, s.ID)
			}
			if !held[s.ID] {
				return fmt.Sprintf("device %d holds scope %d, which is not granted", d.n, s.ID)
			}
			if head := w.head(s.ID); s.Cursor != head {
				return fmt.Sprintf("device %d has read scope %d to %d of %d", d.n, s.ID, s.Cursor, head)
			}
			delete(held, s.ID)
		}
		if len(held) > 0 {
			return fmt.Sprintf("device %d does not know of scopes %v", d.n, slices.Sorted(maps.Keys(held)))
		}
		if rec := w.shownWaiting(d); !rec.IsZero() { // its last answer told of an acknowledgement, and its pages came too late
			return fmt.Sprintf("device %d shows record %s as waiting", d.n, short(rec))
		}
	}
	return ""
}

// shownWaiting returns a record that a device shows as not confirmed yet; zero:
// there is none.
func (w *world) shownWaiting(d *device) (rec portfolio.ID) {
	look := func(v store.View) {
		for r := range v.Pending {
			if rec.IsZero() || bytes.Compare(r[:], rec[:]) < 0 {
				rec = r
			}
		}
	}
	db := d.tabs[0].db
	w.must(db.EachCard(ctx, func(v store.View) error { look(v); return nil }))
	for kind := portfolio.Kind(1); kind.Known(); kind++ {
		views, err := db.Kind(ctx, kind)
		w.must(err)
		for _, v := range views {
			look(v)
		}
	}
	return rec
}

func (w *world) head(scope uint32) (seq uint64) {
	w.must(w.server.db.View(ctx, func(r hub.Reader) error {
		s, err := r.Scope(w.tenant, scope)
		seq = s.Seq
		return err
	}))
	return seq
}

// logged reads the history of every operation, through the store's contract.
func (w *world) logged() map[portfolio.ID][]hub.Logged {
	out := map[portfolio.ID][]hub.Logged{}
	w.must(w.server.db.View(ctx, func(r hub.Reader) error {
		for _, dev := range w.identities() {
			d, err := r.Device(w.tenant, dev)
			if err != nil {
				return err
			}
			for n := uint64(1); n <= d.LastN; n++ {
				l, err := r.Op(w.tenant, dev, n)
				if err != nil {
					return err
				}
				if l.N != n {
					w.fail("I6: device %s has no operation %d of %d", short(dev), n, d.LastN)
				}
				out[l.ID] = append(out[l.ID], l)
			}
		}
		return nil
	}))
	return out
}

// identities lists the devices that ever spoke to the server.
func (w *world) identities() []portfolio.ID {
	return slices.SortedFunc(maps.Keys(w.devs), func(a, b portfolio.ID) int { return bytes.Compare(a[:], b[:]) })
}

// check compares everything at the end with what must be.
func (w *world) check() {
	rows := map[uint32]map[portfolio.ID]journal.Row{}
	all := map[portfolio.ID]journal.Row{}
	w.must(w.server.db.View(ctx, func(r hub.Reader) error {
		scopes, err := r.Scopes(w.tenant)
		if err != nil {
			return err
		}
		for _, s := range scopes {
			list, err := r.Rows(w.tenant, s.ID, 0, 1<<30)
			if err != nil {
				return err
			}
			rows[s.ID] = map[portfolio.ID]journal.Row{}
			for _, row := range list {
				rows[s.ID][row.Rec] = row
				all[row.Rec] = row
			}
		}
		return nil
	}))
	for _, d := range w.device {
		w.converged(d, rows)
		w.forgotten(d)
	}
	log := w.logged()
	w.outcomes(log, all)
	w.succession(log, all)
	for _, scope := range slices.Sorted(maps.Keys(rows)) {
		for _, id := range slices.SortedFunc(maps.Keys(rows[scope]), func(a, b portfolio.ID) int { return bytes.Compare(a[:], b[:]) }) {
			row := rows[scope][id]
			b, err := portfolio.Enc.Marshal(&row)
			w.must(err)
			w.say("row %d %x", scope, b)
		}
	}
}

// keptForRestore is B, of sync.md 2.20: what leaves the sent log is in a backup
// that was confirmed.
func (w *world) keptForRestore(d *device, now glance) {
	if safe := w.safe[now.status.Device]; d.gone > safe {
		w.fail("B: step %d: device %d has forgotten %d operations, a safe backup holds %d", w.step, d.n, d.gone, safe)
	}
}

// forgotten is B too: what a safe backup holds is no longer kept on the device,
// but for the latest groups.
func (w *world) forgotten(d *device) {
	t := d.tabs[0]
	st, err := t.db.Status(ctx)
	w.must(err)
	var backed uint64
	w.must(w.server.db.View(ctx, func(r hub.Reader) error {
		x, err := r.Device(w.tenant, st.Device)
		backed = x.BackedUpN
		return err
	}))
	sent, err := t.db.SentLog(ctx, 0)
	w.must(err)
	n := 0
	for _, e := range sent {
		if e.N+uint64(len(e.Ops))-1 <= backed {
			n++
		}
	}
	if most := max(0, kept[d.n%len(kept)]); n > most {
		w.fail("B: device %d keeps %d groups up to operation %d, which is backed up", d.n, n, backed)
	}
}

// converged is I1 and I4: a device sees what the server holds in the scopes
// granted to its user, to the last mark, and nothing else.
func (w *world) converged(d *device, rows map[uint32]map[portfolio.ID]journal.Row) {
	t := d.tabs[0]
	want := map[portfolio.ID]journal.Row{}
	for scope := range w.held(d.user) {
		maps.Copy(want, rows[scope])
	}
	take := func(v store.View) {
		for rec := range v.Pending {
			w.fail("I1: device %d still shows record %s as waiting", d.n, short(rec))
		}
		for _, row := range v.Rows {
			server, ok := want[row.Rec]
			if !ok {
				w.fail("I4: device %d holds record %s of scope %d, which it must not hold", d.n, short(row.Rec), row.Scope)
			}
			if !same(&row, &server) {
				w.fail("I1: device %d: record %s is\n%+v\nthe server has\n%+v", d.n, short(row.Rec), row, server)
			}
			delete(want, row.Rec)
		}
	}
	w.must(t.db.EachCard(ctx, func(v store.View) error { take(v); return nil }))
	for kind := portfolio.Kind(1); kind.Known(); kind++ {
		views, err := t.db.Kind(ctx, kind)
		w.must(err)
		for _, v := range views {
			take(v)
		}
	}
	for rec, row := range want {
		if !row.Deleted() {
			w.fail("I1: device %d does not hold record %s of scope %d (kind %d)", d.n, short(rec), row.Scope, row.Entity)
		}
	}
}

func same(a, b *journal.Row) bool {
	x, y := *a, *b
	if len(x.Marks) == 0 {
		x.Marks = nil
	}
	if len(y.Marks) == 0 {
		y.Marks = nil
	}
	return reflect.DeepEqual(x, y)
}

// outcomes is I2, I8 and I10: every durable operation has one outcome, a group
// has the same for all, facts are what their author wrote, and what was not
// durable is nowhere.
func (w *world) outcomes(log map[portfolio.ID][]hub.Logged, all map[portfolio.ID]journal.Row) {
	for _, id := range w.ordered() {
		m := w.made[id]
		if l := log[id]; len(l) == 0 {
			if !w.void[id] {
				w.fail("I2: operation %s (%d on record %s) is lost", short(id), m.op.N, short(m.op.Rec))
			}
			continue
		}
		first, n := w.outcome(log, id)
		if n != 1 {
			w.fail("I2: operation %s has %d outcomes: %+v", short(id), n, log[id])
		}
		if first == journal.Parked && !slices.ContainsFunc(m.group, func(id portfolio.ID) bool { return w.orphan(id, all) }) {
			w.fail("I2: operation %s on record %s still waits, and nothing of its group has to", short(id), short(m.op.Rec))
		}
		for _, other := range m.group {
			if o, n := w.outcome(log, other); n == 0 || o != first {
				w.fail("I10: operation %s of a group is %d, operation %s is %d", short(id), first, short(other), o)
			}
		}
		if m.op.Kind == journal.Fact && first == journal.Applied {
			row, ok := all[m.op.Rec]
			if !ok || !reflect.DeepEqual(row.Fields, m.op.Fields) {
				w.fail("I8: fact %s is %+v, written as %+v", short(m.op.Rec), row.Fields, m.op.Fields)
			}
		}
	}
	for id := range w.never {
		if len(log[id]) > 0 {
			w.fail("I2: operation %s was not saved, and is on the server", short(id))
		}
	}
}

// orphan reports whether an operation changes a record that is not there.
func (w *world) orphan(id portfolio.ID, all map[portfolio.ID]journal.Row) bool {
	op := w.made[id].op
	_, there := all[op.Rec]
	return !there && op.Kind != journal.Create && op.Kind != journal.Fact
}

func (w *world) outcome(log map[portfolio.ID][]hub.Logged, id portfolio.ID) (first journal.Outcome, n int) {
	for _, l := range log[id] {
		if l.Outcome != journal.Repeated {
			first = l.Outcome
			n++
		}
	}
	return first, n
}

func (w *world) ordered() []portfolio.ID {
	return slices.SortedFunc(maps.Keys(w.made), func(a, b portfolio.ID) int { return bytes.Compare(a[:], b[:]) })
}

// writer names a write for good: by the device and the number it came under.
type writer struct {
	dev portfolio.ID
	n   uint64
}

// succession is I3 and I11: a value that a later accepted operation had seen is
// never final, and a value that nobody saw before it went is kept as a
// conflict.
func (w *world) succession(log map[portfolio.ID][]hub.Logged, all map[portfolio.ID]journal.Row) {
	if w.stats["rollback"]+w.stats["restore"] > 0 {
		return // the same write has other names then; the model says the same
	}
	type place struct {
		rec   portfolio.ID
		field uint16
	}
	lost := map[place][]portfolio.Conflict{}
	for _, row := range all {
		if row.Entity == portfolio.KindConflict {
			var c portfolio.Conflict
			w.must(row.Fields.Into(&c))
			p := place{c.Rec, c.Field}
			lost[p] = append(lost[p], c)
		}
	}
	seen := map[place]map[writer]bool{}
	own := map[place]map[portfolio.ID]uint64{} // highest applied number per device
	applied := map[portfolio.ID]hub.Logged{}
	for _, id := range w.ordered() {
		for _, l := range log[id] {
			if l.Outcome == journal.Applied {
				applied[id] = l
			}
		}
		l, ok := applied[id]
		if !ok {
			continue
		}
		op := w.made[id].op
		for f := range op.Fields {
			p := place{op.Rec, f}
			if seen[p] == nil {
				seen[p], own[p] = map[writer]bool{}, map[portfolio.ID]uint64{}
			}
			if b, ok := op.Base[f]; ok {
				seen[p][writer{b.Dev, b.N}] = true
			}
			own[p][l.Device] = max(own[p][l.Device], l.N)
		}
	}
	for _, id := range w.ordered() {
		l, ok := applied[id]
		if !ok {
			continue
		}
		op := w.made[id].op
		if op.Kind == journal.Fact || op.Kind == journal.Archive {
			continue
		}
		row, ok := all[op.Rec]
		if !ok {
			continue
		}
		for f, val := range op.Fields {
			p := place{op.Rec, f}
			final := bytes.Equal(row.Fields[f], val)
			known := seen[p][writer{l.Device, l.N}] || own[p][l.Device] > l.N
			if final && known && op.Kind == journal.Patch {
				w.fail("I3: %s of record %s, field %d, was seen by a later operation and is final", val, short(op.Rec), f)
			}
			if final || known {
				continue
			}
			kept := slices.ContainsFunc(lost[p], func(c portfolio.Conflict) bool {
				return bytes.Equal(c.Loser, val) || bytes.Equal(c.Winner, val)
			})
			if !kept {
				w.fail("I11: %s of record %s, field %d, was overwritten unseen and is kept nowhere", val, short(op.Rec), f)
			}
		}
	}
}
