package main

import (
	"context"
	"sync"
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/app/replicate"
	"sillon/app/store/memory"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// room is the tabs of one browser: what one tells, the others hear.
type room struct {
	mu   sync.Mutex
	next int
	ears map[int]ear
}

type ear struct {
	tab  *seat
	name string
	f    func(bridge.Event)
}

// A seat is one tab's place in the room; it never leads.
type seat struct{ *room }

func (*seat) Lead(ctx context.Context, _ string, _ func(context.Context)) { <-ctx.Done() }

func (s *seat) Tell(name string, e bridge.Event) {
	var fs []func(bridge.Event)
	s.mu.Lock()
	for _, x := range s.ears {
		if x.name == name && x.tab != s {
			fs = append(fs, x.f)
		}
	}
	s.mu.Unlock()
	for _, f := range fs {
		f(e)
	}
}

func (s *seat) Listen(name string, f func(bridge.Event)) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	n := s.next
	if s.ears == nil {
		s.ears = map[int]ear{}
	}
	s.ears[n] = ear{s, name, f}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.ears, n)
	}
}

// town is an office whose network comes and goes, and that knows two people.
type town struct {
	mu    sync.Mutex
	dead  bool
	outs  int // sign-outs it has heard of
	hears chan struct{}
}

var colleague = portfolio.ID{2}

func (o *town) up(f func()) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.dead {
		return errAway
	}
	f()
	return nil
}

func (o *town) Exchange(context.Context, *wire.Request) (*wire.Answer, error) { return nil, errAway }
func (o *town) Setup(context.Context, wire.Setup) (wire.Me, error)            { return wire.Me{}, errAway }
func (o *town) SignIn(_ context.Context, s wire.SignIn) (wire.Me, error) {
	if err := o.up(func() {}); err != nil {
		return wire.Me{}, err
	}
	switch {
	case s.Password != "x":
		return wire.Me{}, &replicate.Failure{Status: 401, Problem: wire.Problem{Code: wire.CodeSignIn}}
	case s.Login == "soizic":
		return wire.Me{}, &replicate.Failure{Status: 403, Problem: wire.Problem{Code: wire.CodeForbidden}}
	case s.Login == "yann":
		return wire.Me{User: colleague, Name: "Yann Le Goff", Login: "yann", Role: portfolio.RoleRep}, nil
	}
	return wire.Me{User: rep, Name: "Maëlle Guivarch", Login: "maelle", Role: portfolio.RoleRep}, nil
}

func (o *town) SignOut(context.Context) error {
	err := o.up(func() { o.outs++ })
	o.hears <- struct{}{}
	return err
}

func (o *town) set(dead bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dead = dead
}

// tried waits until a sign-out has been tried, and settled.
func (o *town) tried(t *testing.T, tab *tablet) {
	t.Helper()
	select {
	case <-o.hears:
	case <-time.After(10 * time.Second):
		t.Fatal("the server was not told of the sign-out")
	}
	tab.ending.Lock()
	defer tab.ending.Unlock()
}

func newTown() *town { return &town{hears: make(chan struct{}, 10)} }

func in(t *testing.T, disk *memory.Disk, r *room, o *town) *tablet {
	t.Helper()
	return onWith(t, disk, o, &seat{r})
}

func (tab *tablet) who() portfolio.ID {
	tab.t.Helper()
	return must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}).User
}

func (tab *tablet) heardOf(kind string) bool {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	for _, e := range tab.events {
		if e.Kind == kind {
			return true
		}
	}
	return false
}

// A rep signs out in the street, with two actions unsent: the profile closes in
// both tabs, no start opens it again, and signing in brings everything back.
func TestSigningOutClosesTheProfileAndKeepsWhatWaits(t *testing.T) {
	disk, r, o := memory.NewDisk(), &room{}, newTown()
	one := in(t, disk, r, o)
	must(one, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	two := in(t, disk, r, o)
	if two.who() != rep {
		t.Fatal("the second tab does not open the profile")
	}
	s, _ := one.session()
	s.book.Own, s.book.Mine = 7, 9
	client := must(one, bridge.OpCreate, bridge.NewAccount{Name: "Hôtel du Phare", City: "Cancale"}).ID
	must(one, bridge.OpLog, bridge.LogVisit{Account: client, Outcome: portfolio.StepForward})

	o.set(true)
	must(one, bridge.OpSignOut, bridge.SignOut{})
	o.tried(t, one)
	if one.who() != (portfolio.ID{}) || two.who() != (portfolio.ID{}) {
		t.Errorf("after the sign-out the tabs are %v's and %v's; want nobody's", one.who(), two.who())
	}
	if !two.heardOf(bridge.EventLeft) {
		t.Error("the page of the other tab is not told")
	}
	if _, err := ask(two, bridge.OpList, query.ListAsk{Lang: "fr", Limit: 10}); !isFault(err, bridge.FaultSignIn) {
		t.Errorf("the other tab still lists clients: %v", err)
	}

	three := in(t, disk, r, o)
	o.tried(t, three) // still out of reach
	w := must(three, bridge.OpHello, bridge.Hello{Version: "v1"})
	if !w.User.IsZero() || len(w.Left) != 1 || w.Left[0] != (bridge.Left{Name: "Maëlle Guivarch", Login: "maelle", Waiting: 2}) {
		t.Errorf("a new start welcomes %+v; want nobody, and two actions of Maëlle that wait", w)
	}
	if _, err := ask(three, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"}); !isFault(err, bridge.FaultNetwork) {
		t.Errorf("signing in without network: %v; want it to need the network", err)
	}

	// The network is back: the old session ends first of all.
	o.set(false)
	three.network("online")
	o.tried(t, three)
	if o.outs != 1 {
		t.Errorf("%d sign-outs reached the server; want the one that was owed", o.outs)
	}
	if _, err := ask(three, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "wrong"}); err == nil || three.who() != (portfolio.ID{}) {
		t.Errorf("a wrong password: %v, and it is %v's", err, three.who())
	}
	must(three, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	j := must(three, bridge.OpJournal, bridge.JournalAsk{Lang: "fr"})
	list := must(three, bridge.OpList, query.ListAsk{Lang: "fr", Text: "hotel", Limit: 10})
	if j.Status.Pending != 2 || len(list.Rows) != 1 {
		t.Errorf("signed in again: %d actions wait, %d hotels; want 2 and 1", j.Status.Pending, len(list.Rows))
	}
	if four := in(t, disk, r, o); four.who() != rep {
		t.Error("signed in again, a new start does not open the profile")
	}
	three.network("online")
	if o.outs != 1 {
		t.Errorf("%d sign-outs reached the server; want one, none for the new session", o.outs)
	}
}

func TestADisabledAccountIsSaid(t *testing.T) {
	tab := in(t, memory.NewDisk(), &room{}, newTown())
	if _, err := ask(tab, bridge.OpSignIn, wire.SignIn{Login: "soizic", Password: "x"}); !isFault(err, bridge.FaultOff) {
		t.Errorf("signed in with %v; want to hear that the account is disabled", err)
	}
}

func TestSigningOutOnLineEndsTheSessionAtTheServer(t *testing.T) {
	disk, r, o := memory.NewDisk(), &room{}, newTown()
	tab := in(t, disk, r, o)
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	must(tab, bridge.OpSignOut, bridge.SignOut{})
	o.tried(t, tab)
	if w := must(tab, bridge.OpHello, bridge.Hello{Version: "v1"}); !w.User.IsZero() || len(w.Left) != 0 || o.outs != 1 {
		t.Errorf("welcomed %+v after %d sign-outs; want nobody, nothing that waits, one", w, o.outs)
	}
}

// Two people share a tablet: the second one's sign-in leaves the first one's
// profile, and erasing the second does not show the first.
func TestAnotherUserLeavesTheProfileOfTheFirst(t *testing.T) {
	disk, r, o := memory.NewDisk(), &room{}, newTown()
	tab := in(t, disk, r, o)
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "maelle", Password: "x"})
	s, _ := tab.session()
	s.book.Own = 7
	must(tab, bridge.OpCreate, bridge.NewAccount{Name: "Garage Lemarchand"})
	other := in(t, disk, r, o)
	must(tab, bridge.OpSignIn, wire.SignIn{Login: "yann", Password: "x"})
	if tab.who() != colleague || other.who() != (portfolio.ID{}) {
		t.Errorf("the tabs are %v's and %v's; want the colleague's, and nobody's", tab.who(), other.who())
	}
	must(tab, bridge.OpSignOut, bridge.SignOut{Erase: true})
	o.tried(t, tab)
	w := must(in(t, disk, r, o), bridge.OpHello, bridge.Hello{Version: "v1"})
	if !w.User.IsZero() || len(w.Left) != 1 || w.Left[0].Waiting != 1 {
		t.Errorf("a new start welcomes %+v; want nobody, and one action of Maëlle that waits", w)
	}
}
