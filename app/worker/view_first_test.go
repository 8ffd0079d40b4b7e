package main

import (
	"context"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// leader is a browser whose one tab leads: replication runs.
type leader struct{ alone }

func (leader) Lead(ctx context.Context, _ string, run func(context.Context)) { run(ctx) }

// counting is an office that counts who spoke to it, and about whom.
type counting struct {
	town
	calls   atomic.Int32
	devices chan portfolio.ID
}

func (o *counting) Exchange(_ context.Context, r *wire.Request) (*wire.Answer, error) {
	o.calls.Add(1)
	select {
	case o.devices <- r.Device:
	default:
	}
	return nil, errAway
}

func (o *counting) SignOut(ctx context.Context) error {
	o.calls.Add(1)
	return o.town.SignOut(ctx)
}

var storyDay = calendar.Of(2026, time.November, 19)

// tell makes the demonstration on a tablet as the page does.
func tell(tab *tablet) {
	tab.t.Helper()
	c := demo.Alone(1, storyDay)
	u := c.Users[1]
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoBegin, User: u.ID, Name: u.Noun.Name, Login: u.Noun.Login, Grants: []wire.Grant{
		{Scope: demo.AloneOrg, Kind: wire.ScopeOrg, Role: portfolio.RoleRep, Name: c.Org.Name},
		{Scope: demo.AloneTeam, Kind: wire.ScopeTeam, Role: portfolio.RoleRep, Name: c.Team.Name},
		{Scope: demo.AloneUser, Kind: wire.ScopeUser, Role: portfolio.RoleRep, Name: u.Noun.Name},
		{Scope: demo.AlonePortfolio, Kind: wire.ScopePortfolio, Role: portfolio.RoleRep, Name: c.Portfolios[0].Noun.Name},
	}})
	c.Each(1500, journal.Mark{Stamp: journal.At(1_795_000_000_000), N: 1}, func(rows []journal.Row) bool {
		must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoRows, Rows: rows})
		return true
	})
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoRows, Last: true})
}

func snapshots(disk *memory.Disk, names ...string) map[string]memory.Copy {
	out := map[string]memory.Copy{}
	for _, n := range names {
		out[n] = disk.Copy(n)
	}
	return out
}

// The demonstration comes, is worked in and is erased beside a real portfolio
// with work that waits: the disk is then what it was, to the last byte, and no
// exchange was about it.
func TestTheDemonstrationLeavesNoTrace(t *testing.T) {
	disk := memory.NewDisk()
	office := &counting{devices: make(chan portfolio.ID, 100)}
	real := onWith(t, disk, office, alone{})
	must(real, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	s, _ := real.session()
	s.book.Own, s.book.Mine = 7, 9
	must(real, bridge.OpCreate, bridge.NewAccount{Name: "Hôtel du Phare", City: "Cancale"})
	if err := s.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.close()
	mine := s.profile.Database()
	before := snapshots(disk, mine, store.ProfilesDB)

	// Made while the real portfolio is open, which goes on working.
	tab := onWith(t, disk, office, alone{})
	tell(tab)
	if w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}); w.Demo || w.User != rep {
		t.Errorf("making the demonstration opened it: %+v", w)
	}
	if said := must(tab, bridge.OpDemo, bridge.Demo{}); !said.Here || said.Cards != 0 {
		t.Errorf("after making: %+v", said)
	}
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoOpen})
	shut(t, tab)

	tab = onWith(t, disk, office, leader{})
	w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"})
	if !w.Demo || !w.Loaded || w.Name != "Maëlle Guivarch" || w.Role != portfolio.RoleRep || w.Org != "Armor Hygiène" || w.Currency != "EUR" {
		t.Fatalf("welcomed %+v", w)
	}
	today := must(tab, bridge.OpToday, query.TodayAsk{Lang: "fr"})
	if today.Head.Clients != 186 || today.Head.Prospect != 30 || today.Head.Sales != 1_620_000_00 || today.Head.Readonly || today.Brief == nil {
		t.Errorf("today's head is %+v", today.Head)
	}
	p := must(tab, bridge.OpPortfolio, query.PortfolioAsk{Lang: "fr", Width: 1040})
	if p.Head.Empty {
		t.Error("the portfolio is empty")
	}
	client := today.Brief.Row.ID
	must(tab, bridge.OpLog, bridge.LogVisit{Account: client, Outcome: portfolio.StepForward})
	must(tab, bridge.OpCreate, bridge.NewAccount{Name: "Essai", City: "Dinan"})
	if st := must(tab, bridge.OpSync, bridge.None{}); st.State != bridge.StateDemo || st.Pending != 2 {
		t.Errorf("the chip says %+v", st)
	}
	if _, err := ask(tab, bridge.OpImportOpen, bridge.ImportOpen{Name: "clients.csv", Data: []byte("nom;ville\nA;B\n")}); !isFault(err, bridge.FaultDemo) {
		t.Errorf("a file was read into the demonstration: %v", err)
	}
	if said := must(tab, bridge.OpDemo, bridge.Demo{}); said.Cards != 217 || said.Acts != 2 {
		t.Errorf("it holds %+v", said)
	}
	if got := snapshots(disk, mine); !reflect.DeepEqual(got[mine], before[mine]) {
		t.Error("working in the demonstration wrote to the real portfolio")
	}

	// Left: the real portfolio opens again, the demonstration stays.
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoLeave})
	tab = onWith(t, disk, office, alone{})
	if w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}); w.Demo || w.User != rep {
		t.Errorf("welcomed %+v after leaving", w)
	}
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoOpen})
	shut(t, tab)
	tab = onWith(t, disk, office, leader{})
	if st := must(tab, bridge.OpStatus, bridge.None{}); st.Pending != 2 {
		t.Errorf("opened again, it has forgotten what was done: %+v", st)
	}

	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoErase})
	if got := snapshots(disk, mine, store.ProfilesDB); !reflect.DeepEqual(got, before) {
		t.Error("the disk is not what it was before the demonstration")
	}
	if disk.Copy("sillon-demo") != nil {
		t.Error("the database of the demonstration is still there")
	}
	if n := office.calls.Load(); n != 0 {
		t.Errorf("the server was spoken to %d times about the demonstration", n)
	}
	tab = onWith(t, disk, office, alone{})
	if j := must(tab, bridge.OpJournal, bridge.JournalAsk{Lang: "fr"}); len(j.Waiting) != 1 || j.Waiting[0].Name != "Hôtel du Phare" {
		t.Errorf("the journal says %+v", j.Waiting)
	}
	if list := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Limit: 10}); len(list.Rows) != 1 {
		t.Errorf("the real list holds %d", len(list.Rows))
	}
}

func shut(t *testing.T, tab *tablet) {
	t.Helper()
	s, err := tab.session()
	if err != nil {
		t.Fatal(err)
	}
	s.close()
}

// On a device where nobody ever signed in, the demonstration works too, and
// leaves it as empty as it was. A sign-in from it names another device, and no
// work of it waits at the door.
func TestTheDemonstrationOnADeviceOfNobody(t *testing.T) {
	disk := memory.NewDisk()
	office := &counting{devices: make(chan portfolio.ID, 100)}
	tab := onWith(t, disk, office, alone{})
	must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}) // opens the registry
	before := snapshots(disk, store.ProfilesDB)
	tell(tab)
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoOpen})
	tab = onWith(t, disk, office, leader{})
	if w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}); !w.Demo {
		t.Fatalf("welcomed %+v", w)
	}
	must(tab, bridge.OpCreate, bridge.NewAccount{Name: "Essai"})
	must(tab, bridge.OpSignOut, bridge.SignOut{}) // the menu of a page of before
	tab = onWith(t, disk, office, alone{})
	if w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}); !w.User.IsZero() || len(w.Left) != 0 {
		t.Errorf("welcomed %+v after leaving; want nobody, and nothing that waits", w)
	}
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoErase})
	if got := snapshots(disk, store.ProfilesDB); !reflect.DeepEqual(got, before) {
		t.Error("the registry is not what it was")
	}

	tell(tab)
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoOpen})
	tab = onWith(t, disk, office, leader{})
	s, err := tab.session()
	if err != nil {
		t.Fatal(err)
	}
	st, _ := s.db.Status(t.Context())
	if tab.device(t.Context()) == st.Device {
		t.Error("a sign-in would name the device of the demonstration")
	}
	tab.desk.w.Poked = func(ctx context.Context, _ func()) { <-ctx.Done() }
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	if w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}); w.Demo || w.User != rep {
		t.Errorf("welcomed %+v after signing in", w)
	}
	for range 100 {
		if office.calls.Load() > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	var named []portfolio.ID
	for more := true; more; { // an exchange may still be going on: the channel stays open
		select {
		case id := <-office.devices:
			named = append(named, id)
		default:
			more = false
		}
	}
	if slices.Contains(named, st.Device) {
		t.Error("the demonstration's device spoke to the server")
	}
}

// A making that is cut short opens nothing; the next one begins again.
func TestAMakingCutShort(t *testing.T) {
	disk := memory.NewDisk()
	tab := on(t, disk)
	must(tab, bridge.OpHello, bridge.Hello{Version: "v1"})
	c := demo.Alone(1, storyDay)
	grants := []wire.Grant{{Scope: demo.AloneOrg, Kind: wire.ScopeOrg, Role: portfolio.RoleRep}}
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoBegin, User: c.Users[1].ID, Grants: grants})
	if said := must(tab, bridge.OpDemo, bridge.Demo{}); said.Here {
		t.Error("a demonstration without rows is offered")
	}
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoOpen})
	if tab = on(t, disk); must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}).Demo {
		t.Error("it was opened")
	}
	if _, err := ask(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoRows, Last: true}); err == nil {
		t.Error("rows were taken by a worker that had not begun")
	}
	must(tab, bridge.OpDemo, bridge.Demo{Act: bridge.DemoErase})
	if disk.Copy("sillon-demo") != nil {
		t.Error("what was made is still there")
	}
}
