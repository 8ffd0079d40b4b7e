package simulate

import (
	"fmt"

	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// Fields that devices patch in this simulation. Every value written is unlike
// any other, so that a value says which operation wrote it.
const (
	accountName    = 2
	accountSummary = 11
	archived       = 12
	personName     = 2
	rdvObjective   = 6
	rdvState       = 7
	settingWord    = 3
)

// edit does what a user does: one to four operations that belong together.
func (w *world) edit(t *tab) {
	scopes, err := t.db.Scopes(ctx)
	w.must(err)
	var mine []uint32
	for _, s := range scopes {
		if s.Held && s.Kind == wire.ScopePortfolio {
			mine = append(mine, s.ID)
		}
	}
	if len(mine) == 0 {
		return
	}
	roots, err := t.db.Roots(ctx)
	w.must(err)
	var groups [][]journal.Op
	switch x := w.r.IntN(100); {
	case x < 20 || len(roots) == 0:
		groups = [][]journal.Op{w.newCard(pick(w, mine), 1+w.r.IntN(2))}
	case x < 21:
		for range 30 { // an import: numbered outside the transaction
			groups = append(groups, w.newCard(pick(w, mine), 8))
		}
	case x < 30:
		groups = [][]journal.Op{w.setting(t, pick(w, mine))}
	default:
		groups = [][]journal.Op{w.visit(t, roots)}
	}
	if len(groups[0]) == 0 {
		return
	}
	_, err = t.db.Append(ctx, groups, store.AppendOptions{})
	durable := err == nil || t.fault == memory.KillAfter
	if err != nil && t.fault == memory.None {
		w.must(err)
	}
	n := 0
	for _, g := range groups {
		var ids []portfolio.ID
		for _, op := range g {
			ids = append(ids, op.ID)
		}
		for _, op := range g {
			n++
			if durable {
				w.made[op.ID] = &made{op: op, group: ids}
				t.d.made = append(t.d.made[max(0, len(t.d.made)-3):], op.ID)
			} else {
				w.never[op.ID] = true
			}
		}
	}
	w.stats["operations"] += n
	w.say("device %d: %d operations, durable %v", t.d.n, n, durable)
	w.reopen(t)
	if durable {
		w.readsItsWrites(t.d.tabs[0], groups)
	}
}

func (w *world) value() string {
	w.serial++
	return fmt.Sprint("v", w.serial)
}

func (w *world) id(kind byte) portfolio.ID {
	w.serial++
	return name(kind, w.serial)
}

func (w *world) fields(noun any) portfolio.Fields {
	f, err := portfolio.ToFields(noun)
	w.must(err)
	return f
}

func (w *world) newCard(scope uint32, n int) []journal.Op {
	root := w.id('A')
	ops := []journal.Op{{Kind: journal.Create, Entity: portfolio.KindAccount, Rec: root, Root: root, Scope: scope,
		Fields: w.fields(&portfolio.Account{Name: w.value(), Status: portfolio.Client})}}
	for range n - 1 {
		ops = append(ops, w.child(root, scope))
	}
	return ops
}

func (w *world) child(root portfolio.ID, scope uint32) journal.Op {
	op := journal.Op{Root: root, Scope: scope}
	switch w.r.IntN(4) {
	case 0:
		op.Kind, op.Entity, op.Rec = journal.Fact, portfolio.KindSale, w.id('S')
		op.Fields = w.fields(&portfolio.Sale{Account: root, From: calendar.Of(2026, 11, 24), Amount: 12_50, Ref: w.value()})
	case 1:
		op.Kind, op.Entity, op.Rec = journal.Fact, portfolio.KindContact, w.id('C')
		op.Fields = w.fields(&portfolio.Contact{Account: root, Kind: portfolio.Visit, Outcome: portfolio.Order, Notes: w.value()})
	case 2:
		op.Kind, op.Entity, op.Rec = journal.Create, portfolio.KindPerson, w.id('P')
		op.Fields = w.fields(&portfolio.Person{Account: root, Name: w.value()})
	default:
		op.Kind, op.Entity, op.Rec = journal.Create, portfolio.KindAppointment, w.id('R')
		op.Fields = w.fields(&portfolio.Appointment{Account: root, State: portfolio.Planned, Objective: w.value()})
	}
	return op
}

// visit touches one card, sometimes two.
func (w *world) visit(t *tab, roots []portfolio.ID) []journal.Op {
	var ops []journal.Op
	for range 1 + w.r.IntN(4)/3 {
		v, err := t.db.Card(ctx, pick(w, roots))
		w.must(err)
		if len(v.Rows) == 0 {
			continue
		}
		for range 1 + w.r.IntN(2) {
			if w.chance(40) {
				ops = append(ops, w.child(v.Root, v.Scope))
				continue
			}
			row := pick(w, v.Rows)
			for _, r := range v.Rows { // most corrections are of the card itself
				if r.Entity.IsRoot() && w.chance(60) {
					row = r
				}
			}
			if op, ok := w.patch(&row, v.Scope); ok && !twice(ops, op) {
				ops = append(ops, op)
			}
		}
	}
	return ops
}

// twice reports whether a group already changes the same field: one user's
// action changes a field once.
func twice(ops []journal.Op, op journal.Op) bool {
	for _, o := range ops {
		for f := range o.Fields {
			if _, ok := op.Fields[f]; ok && o.Rec == op.Rec {
				return true
			}
		}
	}
	return false
}

func (w *world) patch(row *journal.Row, scope uint32) (journal.Op, bool) {
	op := journal.Op{Kind: journal.Patch, Entity: row.Entity, Rec: row.Rec, Root: row.Root, Scope: scope}
	var field uint16
	var val any = w.value()
	switch row.Entity {
	case portfolio.KindAccount:
		field = pick(w, []uint16{accountName, accountSummary})
		if w.chance(5) {
			op.Kind, field, val = journal.Archive, archived, w.chance(50)
		}
	case portfolio.KindPerson:
		field = personName
	case portfolio.KindAppointment:
		field = rdvObjective
	case portfolio.KindSetting:
		field = settingWord
	default:
		return op, false // facts are not changed
	}
	op.Fields = portfolio.Fields{field: portfolio.Value(val)}
	op.Base = map[uint16]journal.Mark{field: row.MarkOf(field)}
	return op, true
}

// setting makes or changes a parameter: a record without a card.
func (w *world) setting(t *tab, scope uint32) []journal.Op {
	v, err := t.db.Misc(ctx, scope, portfolio.KindSetting)
	w.must(err)
	if len(v.Rows) > 0 && w.chance(70) {
		row := pick(w, v.Rows)
		op, _ := w.patch(&row, scope)
		return []journal.Op{op}
	}
	return []journal.Op{{Kind: journal.Create, Entity: portfolio.KindSetting, Rec: w.id('K'), Scope: scope,
		Fields: w.fields(&portfolio.Setting{Key: "visit.cadence", Word: w.value(), Level: 3, Scope: scope})}}
}
