package hub_test

import (
	"fmt"
	"testing"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/hub"
)

// A world holds one record of every kind in every place that somebody may
// stand in a relation to.
type world struct {
	*office
	other   hub.Place // a rep of another team, under another manager
	foreign hub.Place // a rep of another organisation
	admin   hub.Place
	next    int
}

func newWorld(t *testing.T) *world {
	w := &world{office: newOffice(t), next: 10_000}
	w.admin = w.add(hub.NewUser{ID: id(6), Name: "Zoé", Login: "zoe", Role: portfolio.RoleAdmin})
	east, err := w.hub.Found(ctx, hub.Founding{Org: portfolio.Org{Name: "Rivale"}, OrgID: id(61), TeamID: id(62), AdminID: id(63), Name: "X", Login: "x"}, w.now)
	if err != nil {
		t.Fatal(err)
	}
	if w.foreign, err = w.hub.AddUser(ctx, east.Tenant, hub.NewUser{ID: id(64), Name: "Y", Login: "y", Role: portfolio.RoleRep}, w.now); err != nil {
		t.Fatal(err)
	}
	// A second team: its scope and its rep, whose portfolio nobody of the first holds.
	err = w.db.Update(ctx, func(tx hub.Tx) error {
		return tx.PutScope(w.boss.Tenant, hub.Scope{ID: 900, Kind: wire.ScopeTeam, Name: "Sud"})
	})
	if err != nil {
		t.Fatal(err)
	}
	w.other = w.add(hub.NewUser{ID: id(7), Name: "Cléo", Login: "cleo", Role: portfolio.RoleRep, Team: 900})
	return w
}

// noun is the least that a record of a kind may be.
func noun(k portfolio.Kind, root portfolio.ID) any {
	switch k {
	case portfolio.KindAccount:
		return portfolio.Account{Name: "shop"}
	case portfolio.KindSite:
		return portfolio.Site{Account: root, City: "Dinan"}
	case portfolio.KindPerson:
		return portfolio.Person{Account: root, Name: "Yann"}
	case portfolio.KindSale:
		return portfolio.Sale{Account: root, Amount: 1}
	case portfolio.KindContact:
		return portfolio.Contact{Account: root, Kind: portfolio.Visit}
	case portfolio.KindEstimate:
		return portfolio.Estimate{Account: root, Amount: 1}
	case portfolio.KindAppointment:
		return portfolio.Appointment{Account: root, Kind: portfolio.Visit}
	case portfolio.KindFamily:
		return portfolio.Family{Name: "soap"}
	case portfolio.KindSetting:
		return portfolio.Setting{Key: "k"}
	case portfolio.KindImport:
		return portfolio.Import{File: "f"}
	case portfolio.KindConflict:
		return portfolio.Conflict{Field: 2}
	case portfolio.KindRefusal:
		return portfolio.Refusal{N: 1}
	case portfolio.KindTeam:
		return portfolio.Team{Name: "team"}
	case portfolio.KindPortfolio:
		return portfolio.Portfolio{Name: "pf"}
	case portfolio.KindUser:
		return portfolio.User{Name: "u"}
	}
	return fact(k, root)
}

func fact(k portfolio.Kind, root portfolio.ID) any {
	switch k {
	case portfolio.KindService:
		return portfolio.Service{Account: root, Kind: portfolio.Complaint}
	case portfolio.KindCompetitor:
		return portfolio.Competitor{Account: root, Name: "them"}
	case portfolio.KindContract:
		return portfolio.Contract{Account: root, Start: 20_000}
	case portfolio.KindPayment:
		return portfolio.Payment{Account: root, Due: 20_000}
	case portfolio.KindProject:
		return portfolio.Project{Account: root, Name: "p"}
	case portfolio.KindCommitment:
		return portfolio.Commitment{Account: root, Side: portfolio.Us}
	case portfolio.KindEffort:
		return portfolio.Effort{Account: root, Code: "E01"}
	case portfolio.KindSignal:
		return portfolio.Signal{Account: root, Code: 3}
	case portfolio.KindOverride:
		return portfolio.Override{Account: root, What: "phase"}
	case portfolio.KindTool:
		return portfolio.Tool{Account: root, Name: "shelf"}
	case portfolio.KindFormer:
		return portfolio.Former{Account: root, Left: 20_000}
	case portfolio.KindCost:
		return portfolio.Cost{Year: 2026}
	case portfolio.KindTime:
		return portfolio.Time{Year: 2026}
	case portfolio.KindPlan:
		return portfolio.Plan{Year: 2027, Version: 1, State: portfolio.PlanDraft}
	case portfolio.KindAction:
		return portfolio.Action{Account: root, Year: 2027}
	case portfolio.KindModel:
		return portfolio.Model{Key: "hazard", Form: 1}
	case portfolio.KindTag:
		return portfolio.Tag{Account: root, Word: "fair"}
	case portfolio.KindReading:
		return portfolio.Reading{Account: root, What: portfolio.SoldOut, Day: 20_000}
	}
	return portfolio.Org{Name: "o"}
}

// harmless is a field of each kind that a person may change, where one may.
func harmless(k portfolio.Kind) (uint16, any) {
	switch k {
	case portfolio.KindConflict:
		return 12, portfolio.Kept
	case portfolio.KindRefusal:
		return 9, true
	case portfolio.KindSite:
		return 3, "rue"
	case portfolio.KindPerson:
		return 2, "Yann Le Goff"
	case portfolio.KindFamily, portfolio.KindAccount:
		return 2, "name"
	case portfolio.KindAppointment:
		return 6, "why"
	case portfolio.KindSale:
		return 4, 2
	case portfolio.KindContact:
		return 9, "note"
	case portfolio.KindEstimate:
		return 3, 2
	case portfolio.KindImport:
		return 2, "g"
	}
	if k == portfolio.KindTag {
		return 3, true
	}
	if k == portfolio.KindReading {
		return 6, 1
	}
	if k == portfolio.KindPlan || k == portfolio.KindAction {
		return 12, 1
	}
	if k >= portfolio.KindService && k <= portfolio.KindTime {
		return 9, nil // cleared
	}
	return 1, "name"
}

// Rights by hand, as sync.md 2.7 tells them: who may create (c) or patch (p)
// records of a kind in a scope that they hold. Facts are created only.
var byHand = map[string]map[portfolio.Kind]string{
	"rep in own portfolio": {portfolio.KindAccount: "cp", portfolio.KindSite: "cp", portfolio.KindPerson: "cp", portfolio.KindAppointment: "cp", portfolio.KindSale: "c", portfolio.KindContact: "c", portfolio.KindEstimate: "c", portfolio.KindConflict: "p", portfolio.KindSetting: "cp",
		portfolio.KindService: "cp", portfolio.KindCompetitor: "cp", portfolio.KindContract: "cp", portfolio.KindPayment: "cp", portfolio.KindProject: "cp", portfolio.KindCommitment: "cp",
		portfolio.KindEffort: "cp", portfolio.KindSignal: "cp", portfolio.KindOverride: "cp", portfolio.KindTool: "cp", portfolio.KindFormer: "c", portfolio.KindTag: "cp", portfolio.KindReading: "cp", portfolio.KindCost: "cp", portfolio.KindTime: "cp", portfolio.KindPlan: "cp", portfolio.KindAction: "cp"},
	"manager in team's portfolio": {portfolio.KindAccount: "cp", portfolio.KindSite: "cp", portfolio.KindPerson: "cp", portfolio.KindAppointment: "cp", portfolio.KindSale: "c", portfolio.KindContact: "c", portfolio.KindEstimate: "c", portfolio.KindConflict: "p", portfolio.KindSetting: "cp",
		portfolio.KindService: "cp", portfolio.KindCompetitor: "cp", portfolio.KindContract: "cp", portfolio.KindPayment: "cp", portfolio.KindProject: "cp", portfolio.KindCommitment: "cp",
		portfolio.KindEffort: "cp", portfolio.KindSignal: "cp", portfolio.KindOverride: "cp", portfolio.KindTool: "cp", portfolio.KindFormer: "c", portfolio.KindTag: "cp", portfolio.KindReading: "cp", portfolio.KindCost: "cp", portfolio.KindTime: "cp", portfolio.KindPlan: "cp", portfolio.KindAction: "cp"},
	"rep in own scope":     {portfolio.KindImport: "c", portfolio.KindRefusal: "p", portfolio.KindConflict: "p"},
	"manager in own scope": {portfolio.KindImport: "c", portfolio.KindRefusal: "p", portfolio.KindConflict: "p"},
	"admin in own scope":   {portfolio.KindImport: "c", portfolio.KindRefusal: "p", portfolio.KindConflict: "p"},
	"manager in org":       {portfolio.KindSetting: "cp", portfolio.KindFamily: "cp", portfolio.KindTeam: "p", portfolio.KindPortfolio: "p"},
	"admin in org":         {portfolio.KindSetting: "cp", portfolio.KindFamily: "cp", portfolio.KindOrg: "p", portfolio.KindUser: "p", portfolio.KindTeam: "p", portfolio.KindPortfolio: "p"},
	"manager in team":      {portfolio.KindSetting: "cp"},
	// everything else: nothing
}

func TestRightsOfEveryRoleOnEveryKindEverywhere(t *testing.T) {
	w := newWorld(t)
	manager := w.add(hub.NewUser{ID: id(8), Name: "Max", Login: "max", Role: portfolio.RoleManager})
	roles := []struct {
		name string
		at   hub.Place
	}{{"rep", w.ana}, {"manager", manager}, {"admin", w.admin}}
	cells := 0
	for n, role := range roles {
		places := []struct {
			name  string
			scope uint32
			kind  wire.ScopeKind
		}{
			{"own portfolio", w.ana.Portfolio, wire.ScopePortfolio}, {"colleague's portfolio", w.bob.Portfolio, wire.ScopePortfolio},
			{"other team's portfolio", w.other.Portfolio, wire.ScopePortfolio}, {"own scope", role.at.Home, wire.ScopeUser},
			{"colleague's own scope", w.bob.Home, wire.ScopeUser}, {"org", w.boss.Org, wire.ScopeOrg}, {"team", w.boss.Team, wire.ScopeTeam},
			{"other team", 900, wire.ScopeTeam}, {"unknown scope", 4242, 0},
		}
		for _, place := range places {
			rule := role.name + " in " + place.name
			if role.name == "manager" && (place.name == "own portfolio" || place.name == "colleague's portfolio") {
				rule = "manager in team's portfolio"
			}
			for _, k := range portfolio.Kinds() {
				for _, deed := range []string{"c", "p"} {
					if place.name == "unknown scope" && deed == "p" {
						continue
					}
					cells++
					want := byHand[rule][k]
					ok := len(want) > 0 && (want == "cp" || want == deed)
					if got := w.try(role.at, n*1000+cells, place.scope, k, deed); got != ok {
						t.Errorf("%s, kind %d, %s: allowed %v, want %v", rule, k, map[string]string{"c": "create", "p": "patch"}[deed], got, ok)
					}
				}
			}
		}
	}
	t.Logf("%d cells", cells)
}

// try lets somebody create or patch a record and reports whether it was done.
func (w *world) try(at hub.Place, dev int, scope uint32, k portfolio.Kind, deed string) bool {
	w.t.Helper()
	w.next += 10
	rec, root := id(w.next), portfolio.ID{}
	d := w.tablet(at, 50_000+dev)
	if k.IsRoot() {
		root = rec
	} else if k.IsChild() {
		root = id(w.next + 1)
	}
	f, err := portfolio.ToFields(noun(k, root))
	if err != nil {
		w.t.Fatal(err)
	}
	if deed == "c" {
		op := journal.Op{Kind: journal.Create, Entity: k, Rec: rec, Root: root, Scope: scope, Fields: f}
		if k.IsFact() {
			op.Kind = journal.Fact
		}
		d.do(op)
	} else {
		if err := w.hub.Load(ctx, at.Tenant, []journal.Row{{Rec: rec, Entity: k, Root: root, Scope: scope, Fields: f}}, w.now); err != nil {
			w.t.Fatalf("kind %d in scope %d: %v", k, scope, err)
		}
		field, v := harmless(k)
		row := w.row(at.Tenant, rec)
		d.do(journal.Op{Kind: journal.Patch, Entity: k, Rec: rec, Root: root, Scope: scope, Fields: portfolio.Fields{field: portfolio.Value(v)}, Base: map[uint16]journal.Mark{field: row.Mark}})
	}
	before := w.row(at.Tenant, rec)
	if a, err := w.hub.Sync(ctx, d.who, d.request(), w.now); err != nil || a.LastN != 1 {
		w.t.Fatalf("%+v, %v", a, err)
	}
	after := w.row(at.Tenant, rec)
	if deed == "c" {
		return after != nil
	}
	return after.Ver != before.Ver
}

func (o *office) row(tenant uint32, rec portfolio.ID) (row *journal.Row) {
	err := o.db.View(ctx, func(r hub.Reader) (err error) {
		row, err = r.Record(tenant, rec)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return row
}

// What rights and sign-ins go by cannot be written by any device.
func TestFieldsThatOnlyTheServerWrites(t *testing.T) {
	w := newWorld(t)
	for _, tt := range []struct {
		rec   portfolio.ID
		kind  portfolio.Kind
		field uint16
		value any
	}{
		{id(4), portfolio.KindUser, 2, "login"}, {id(4), portfolio.KindUser, 3, portfolio.RoleAdmin}, {id(4), portfolio.KindUser, 5, true},
		{id(2), portfolio.KindTeam, 2, id(4)}, {id(2), portfolio.KindTeam, 3, 5},
		{id(14), portfolio.KindPortfolio, 2, id(5)}, {id(14), portfolio.KindPortfolio, 3, 7}, {id(14), portfolio.KindPortfolio, 4, 7},
	} {
		for i, at := range []hub.Place{w.admin, w.boss} {
			d := w.tablet(at, 300+i+int(tt.field)*10+int(tt.kind)*1000)
			d.sync()
			d.patch(tt.rec, tt.field, tt.value)
			before := w.row(at.Tenant, tt.rec)
			d.sync()
			if after := w.row(at.Tenant, tt.rec); after.Ver != before.Ver {
				t.Errorf("field %d of kind %d was written by a device of %s", tt.field, tt.kind, at.User)
			}
		}
	}
	ana := w.tablet(w.ana, 400)
	c := ana.account(100, "Le Goff")
	ana.sync()
	boss := w.tablet(w.boss, 401)
	boss.sync()
	ana.patch(c, 2, "A")
	boss.patch(c, 2, "B")
	ana.sync()
	boss.sync()
	ana.sync()
	for rec, r := range ana.rows {
		if r.Entity != portfolio.KindConflict {
			continue
		}
		ana.patch(rec, 5, portfolio.RawValue(portfolio.Value("forged loser")))
		ana.sync()
		if w.row(w.ana.Tenant, rec).Ver != r.Ver {
			t.Error("the content of a conflict was written by a device")
		}
	}
}

// No identifier of another organisation does anything, in any field.
func TestIdentifiersOfAnotherOrganisationDoNothing(t *testing.T) {
	w := newWorld(t)
	ana := w.tablet(w.ana, 21)
	c := ana.account(100, "Le Goff")
	ana.create(portfolio.KindPerson, id(101), c, portfolio.Person{Account: c, Name: "Yann"})
	ana.sync()
	stolen := []portfolio.ID{c, id(101), id(1), id(2), id(4), id(14), ana.ops[0].op.ID, ana.dev, w.ana.User}
	before := fmt.Sprint(w.row(w.ana.Tenant, c), w.row(w.ana.Tenant, id(101)))
	spy := w.tablet(w.foreign, 666)
	spy.sync()
	held := len(spy.rows)
	for _, x := range stolen {
		for _, scope := range []uint32{w.ana.Portfolio, w.foreign.Portfolio, w.ana.Home, 1} {
			spy.do(journal.Op{ID: x, Kind: journal.Create, Entity: portfolio.KindAccount, Rec: x, Root: x, Scope: scope, Fields: portfolio.Fields{2: portfolio.Value("spy")}})
			spy.do(journal.Op{Kind: journal.Patch, Entity: portfolio.KindAccount, Rec: x, Root: x, Scope: scope, Fields: portfolio.Fields{2: portfolio.Value("spy")}, Base: map[uint16]journal.Mark{2: w.row(w.ana.Tenant, c).Mark}})
			spy.do(journal.Op{Kind: journal.Fact, Entity: portfolio.KindContact, Rec: id(7000 + len(spy.ops)), Root: x, Scope: scope, Fields: portfolio.Fields{9: portfolio.Value("spy")}})
		}
	}
	spy.sync()
	if after := fmt.Sprint(w.row(w.ana.Tenant, c), w.row(w.ana.Tenant, id(101))); after != before {
		t.Errorf("a record changed across organisations:\n%s\n%s", before, after)
	}
	for rec, r := range spy.rows {
		if r.Author == w.ana.User {
			t.Errorf("record %s of another organisation was delivered", rec)
		}
	}
	ana.sync()
	if len(spy.rows) == held {
		t.Error("nothing came back at all: the spy's own refusals should")
	}
	for _, r := range ana.rows {
		if r.Author == w.foreign.User {
			t.Errorf("a record of the other organisation reached Ana: %+v", r)
		}
	}
}
