package main

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// away is an office that cannot be reached, but for the sign-in.
type away struct{ me wire.Me }

var errAway = errors.New("no network")

func (away) Exchange(context.Context, *wire.Request) (*wire.Answer, error) { return nil, errAway }
func (a away) SignIn(context.Context, wire.SignIn) (wire.Me, error)        { return a.me, nil }
func (away) Setup(context.Context, wire.Setup) (wire.Me, error)            { return wire.Me{}, errAway }
func (away) SignOut(context.Context) error                                 { return nil }

// alone is a browser with one tab: it never leads here, so nothing exchanges.
type alone struct{}

func (alone) Lead(ctx context.Context, _ string, _ func(context.Context)) { <-ctx.Done() }
func (alone) Tell(string, bridge.Event)                                   {}
func (alone) Listen(string, func(bridge.Event)) func()                    { return func() {} }

type plain struct{}

func (plain) Wrap(_ context.Context, k []byte) ([]byte, error)   { return k, nil }
func (plain) Unwrap(_ context.Context, k []byte) ([]byte, error) { return k, nil }

// tablet is a desk on a disk in memory.
type tablet struct {
	*desk
	mux    *bridge.Mux
	t      *testing.T
	mu     sync.Mutex
	events []bridge.Event
	yields atomic.Int64 // how often the worker gave way
}

var rep = portfolio.ID{1}

func on(t *testing.T, disk *memory.Disk) *tablet {
	t.Helper()
	return onWith(t, disk, away{wire.Me{User: rep, Name: "Maëlle Guivarch", Login: "maelle", Role: portfolio.RoleRep}}, alone{})
}

func onWith(t *testing.T, disk *memory.Disk, o office, c crowd) *tablet {
	t.Helper()
	tab := &tablet{t: t}
	now := time.Date(2026, 11, 19, 10, 50, 0, 0, time.UTC)
	tab.desk = newDesk(World{
		Version: "v1", Opener: disk, Wrap: func(store.KV) store.KeyWrap { return plain{} },
		Office: o, Crowd: c, Now: func() time.Time { return now }, Random: rand.Reader, Float: func() float64 { return 0.5 },
		ID:    func() portfolio.ID { return store.NewID(now, rand.Reader) },
		Yield: func() { tab.yields.Add(1) },
		Tell: func(e bridge.Event) {
			tab.mu.Lock()
			defer tab.mu.Unlock()
			tab.events = append(tab.events, e)
		},
	})
	if err := tab.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	tab.session() // once its columns are read
	tab.mux = tab.operations()
	t.Cleanup(func() {
		if s, err := tab.session(); err == nil {
			s.close()
		}
	})
	return tab
}

func ask[Q, A any](tab *tablet, op bridge.Op[Q, A], q Q) (A, error) {
	return bridge.Call(tab.t.Context(), bridge.NewTwin(tab.mux), op, q)
}

// must is ask where nothing can go wrong.
func must[Q, A any](tab *tablet, op bridge.Op[Q, A], q Q) A {
	tab.t.Helper()
	a, err := ask(tab, op, q)
	if err != nil {
		tab.t.Fatalf("%s: %v", op.Name, err)
	}
	return a
}

func isFault(err error, code string) bool {
	var f *bridge.Fault
	return errors.As(err, &f) && f.Code == code
}

func TestAWorkerOfAnotherVersionIsRefused(t *testing.T) {
	tab := on(t, memory.NewDisk())
	var f *bridge.Fault
	if _, err := ask(tab, bridge.OpHello, bridge.Hello{Version: "v2"}); !errors.As(err, &f) || f.Code != bridge.FaultVersion {
		t.Errorf("got %v; want the fault of versions", err)
	}
}

func TestNobodyYetIsSaidAndOrdersAreRefused(t *testing.T) {
	tab := on(t, memory.NewDisk())
	if w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}); !w.User.IsZero() || w.Storage != "" {
		t.Errorf("welcomed %+v; want nobody, and storage", w)
	}
	var f *bridge.Fault
	if _, err := ask(tab, bridge.OpLog, bridge.LogVisit{}); !errors.As(err, &f) || f.Code != bridge.FaultSignIn {
		t.Errorf("an order without a user gives %v; want to sign in", err)
	}
}

func TestABrowserWithoutStorageSaysWhy(t *testing.T) {
	disk := memory.NewDisk()
	disk.Refuse(store.ErrUnavailable)
	d := newDesk(World{Version: "v1", Opener: disk, Now: time.Now})
	if err := d.start(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("started with %v", err)
	}
	if w, err := d.welcome(t.Context()); err != nil || w.Storage != "private" {
		t.Errorf("welcomed %+v, %v; want the word private", w, err)
	}
}

// The whole day of a tablet whose network never comes: sign in once, make a
// client, log, close, open again. Nothing is lost, and the figures are there
// although the last session ended before its columns were written.
func TestWhatWasDoneIsThereAfterARestart(t *testing.T) {
	disk := memory.NewDisk()
	tab := on(t, disk)
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	s, err := tab.session()
	if err != nil {
		t.Fatal(err)
	}
	s.book.Own, s.book.Mine = 7, 9 // what the first exchange would grant
	client := must(tab, bridge.OpCreate, bridge.NewAccount{Name: "Hôtel du Phare", City: "Cancale"}).ID
	saved := must(tab, bridge.OpLog, bridge.LogVisit{Account: client, Outcome: portfolio.StepForward})
	if saved.Pending != 2 {
		t.Errorf("%d actions wait; want the client and the visit", saved.Pending)
	}
	s.close() // before the flush

	again := on(t, disk)
	if w := must(again, bridge.OpHello, bridge.Hello{Version: "v1"}); w.User != rep || w.Name != "Maëlle Guivarch" {
		t.Errorf("welcomed %+v; want the profile opened without network", w)
	}
	list := must(again, bridge.OpList, query.ListAsk{Lang: "fr", Text: "hotel", Limit: 10})
	if len(list.Rows) != 1 || list.Rows[0].Name != "Hôtel du Phare" || list.Rows[0].LastVisit == 0 || !list.Rows[0].Waiting {
		t.Errorf("the list holds %+v; want the hotel, visited and waiting to be sent", list.Rows)
	}
	j := must(again, bridge.OpJournal, bridge.JournalAsk{Lang: "fr"})
	if len(j.Waiting) != 2 || j.Status.Pending != 2 || j.Status.State != bridge.StateOffline {
		t.Errorf("the journal says %+v", j)
	}
}

func TestAnExportIsNamedInTheUsersWords(t *testing.T) {
	tab := on(t, memory.NewDisk())
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	for _, c := range []struct{ what, lang, want string }{
		{"clients", "fr", "clients-2026-11-19.csv"}, {"visits", "fr", "visites-2026-11-19.csv"}, {"visits", "en", "visits-2026-11-19.csv"},
	} {
		if f := must(tab, bridge.OpExport, bridge.Export{What: c.what, Lang: c.lang}); f.Name != c.want {
			t.Errorf("%s in %s is %q, want %q", c.what, c.lang, f.Name, c.want)
		}
	}
}

func TestErasingIsRefusedWhileActionsWait(t *testing.T) {
	tab := on(t, memory.NewDisk())
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	s, _ := tab.session()
	s.book.Own = 7
	must(tab, bridge.OpCreate, bridge.NewAccount{Name: "Garage Lemarchand"})
	var f *bridge.Fault
	if _, err := ask(tab, bridge.OpSignOut, bridge.SignOut{Erase: true}); !errors.As(err, &f) || f.Code != bridge.FaultWaiting || f.Args[0] != "1" {
		t.Errorf("erased with %v; want a refusal that counts one action", err)
	}
	must(tab, bridge.OpSignOut, bridge.SignOut{Erase: true, Anyway: true})
	if w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}); !w.User.IsZero() {
		t.Errorf("welcomed %+v after erasing; want nobody", w)
	}
}

func TestEveryOperationOfThePageIsAnswered(t *testing.T) {
	m := newDesk(World{}).operations()
	for _, op := range []string{
		bridge.OpHello.Name, bridge.OpToday.Name, bridge.OpList.Name, bridge.OpClient.Name, bridge.OpPortfolio.Name, bridge.OpTeam.Name,
		bridge.OpStatus.Name, bridge.OpJournal.Name, bridge.OpDiagnosis.Name, bridge.OpLog.Name, bridge.OpUndo.Name, bridge.OpPlan.Name,
		bridge.OpCancel.Name, bridge.OpEdit.Name, bridge.OpCreate.Name, bridge.OpArchive.Name, bridge.OpRecords.Name, bridge.OpForm.Name, bridge.OpRemove.Name, bridge.OpLikes.Name,
		bridge.OpSettle.Name, bridge.OpRules.Name, bridge.OpSetRule.Name, bridge.OpDemo.Name, bridge.OpSignIn.Name, bridge.OpSetup.Name, bridge.OpSignOut.Name, bridge.OpSync.Name,
		bridge.OpExport.Name, bridge.OpOutbox.Name, bridge.OpDrop.Name, bridge.OpLocalGet.Name, bridge.OpLocalPut.Name, bridge.OpNudge.Name,
		bridge.OpImportOpen.Name, bridge.OpImportCheck.Name, bridge.OpImportRun.Name, bridge.OpImportUndo.Name, bridge.OpImports.Name, bridge.OpImportBad.Name,
	} {
		if !m.Answers(op) {
			t.Errorf("nothing answers %q", op)
		}
	}
}
