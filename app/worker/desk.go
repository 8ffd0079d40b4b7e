package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/app/replicate"
	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// An office is the server as the desk sees it: accounts, and the exchange.
type office interface {
	replicate.Transport
	SignIn(ctx context.Context, s wire.SignIn) (wire.Me, error)
	Setup(ctx context.Context, s wire.Setup) (wire.Me, error)
	SignOut(ctx context.Context) error
}

// A crowd is the other tabs of this browser.
type crowd interface {
	// Lead calls run when this tab becomes the one that synchronises, with a
	// context that ends when it no longer is.
	Lead(ctx context.Context, name string, run func(context.Context))
	Tell(name string, e bridge.Event)
	Listen(name string, f func(bridge.Event)) (stop func())
}

// World is what the desk needs from its browser; tests bring their own.
type World struct {
	Version string
	Opener  store.Opener
	Wrap    func(store.KV) store.KeyWrap
	Office  office
	Crowd   crowd
	Now     func() time.Time
	ID      func() portfolio.ID
	Random  io.Reader
	Float   func() float64
	Yield   func()
	Tell    func(bridge.Event)                     // to this tab's page
	Poked   func(ctx context.Context, news func()) // calls news when the server has something; returns when ctx ends
	Memory  func() float64
	Tidy    func()                          // gives back what is no longer used, in a moment when nobody waits; nil: nothing
	After   func(d time.Duration, f func()) // calls f later, off the event loop; nil: nothing is kept for the next start

	Asset func(ctx context.Context, path string) ([]byte, error) // a file of the site; nil: none
}

// A desk serves one tab: the open profile, its figures in memory, and the
// replication when this tab leads.
type desk struct {
	w World

	mu     sync.Mutex // guards what follows; never held while the store is asked
	open   *session   // nil: nobody yet
	lack   string     // why nothing can be kept on this device
	heard  time.Time  // when the page last asked for something
	making *making    // a demonstration on its way to the disk

	ending sync.Mutex // held while a session is opened or ended at the server
	atlas  atlas
}

// A session is an open profile.
type session struct {
	desk    *desk
	profile store.Profile
	db      *store.DB
	book    *notebook.Book
	scopes  []store.Scope

	mu   sync.Mutex // the snapshot answers one question at a time
	snap *query.Snapshot

	fresh map[portfolio.ID]uint64 // up to which mark a card is in the snapshot; guarded by mu

	office officeModel // of the organisation; guarded by mu

	behind map[uint32]*query.Behind // what the analysis of a portfolio adds to lists; guarded by mu

	cols    columns
	deeps   deeps
	hurried atomic.Int32 // questions that wait for an analysis
	flushes chan struct{}
	life    context.Context // ends with the session
	stop    context.CancelFunc
	loadMS  float64

	ready  chan struct{} // closed once the columns are read
	wanted chan struct{} // closed once the page has asked for a screen
	asked  sync.Once
	began  time.Time
	kept   *kept  // what Today said last, if it still holds
	misc   string // the rows of the organisation in force

	currency string // of the organisation
	org      string
	people   map[portfolio.ID]string

	files   sync.Mutex // one import at a time
	imports *notebook.Importer

	// Guarded by desk.mu.
	loop  *replicate.Loop // nil unless this tab leads
	leads bool
	phase replicate.Status
	chip  *bridge.Status // what the leading tab said last

	lang    string // of the last question
	changes int    // counts what has been written
	warmth  int    // counts the times that getting ready was put off
}

func newDesk(w World) *desk { return &desk{w: w} }

// start opens the profile used last, if any, unless its user has signed out. A
// device without storage is said,
// never a reason to stay silent.
func (d *desk) start(ctx context.Context) error {
	profiles := store.NewProfiles(d.w.Opener)
	list, err := profiles.List(ctx)
	if err != nil {
		d.lack = lackOf(err)
		return err
	}
	if len(list) == 0 || list[0].Left || resting(list[0]) {
		if owed, err := profiles.Owes(ctx); err == nil && owed {
			go d.farewell(ctx)
		}
		return nil
	}
	s, err := d.openProfile(ctx, list[0])
	if err != nil {
		d.lack = lackOf(err)
		return err
	}
	s.findKept(ctx)
	d.open = s
	go d.finish(ctx, s)
	return nil
}

// lackOf names, for the page, why storage cannot be had.
func lackOf(err error) string {
	switch {
	case errors.Is(err, store.ErrUnavailable):
		return "private"
	case errors.Is(err, store.ErrBlocked):
		return "blocked"
	case errors.Is(err, store.ErrQuota):
		return "quota"
	case errors.Is(err, store.ErrVersion):
		return "version"
	case errors.Is(err, store.ErrDamaged):
		return "damaged"
	}
	return "storage"
}

// take makes a session the open one and starts its replication.
func (d *desk) take(ctx context.Context, s *session) {
	d.mu.Lock()
	old := d.open
	d.open, d.lack = s, ""
	d.mu.Unlock()
	if old != nil {
		old.close()
	}
	s.follow(ctx)
	close(s.ready)
}

// session returns the open one, once its columns have been read.
func (d *desk) session() (*session, error) {
	for {
		s, err := d.opened()
		if err != nil {
			return nil, err
		}
		s.want()
		<-s.ready
		d.mu.Lock()
		same := d.open == s
		d.heard = d.w.Now()
		d.mu.Unlock()
		if same {
			return s, nil
		}
	}
}

// want says that the page waits for the columns.
func (s *session) want() { s.asked.Do(func() { close(s.wanted) }) }

// opened returns the open session, whether its columns have been read or not.
func (d *desk) opened() (*session, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open == nil {
		if d.lack != "" {
			return nil, &bridge.Fault{Code: bridge.FaultStorage, Args: []string{d.lack}, Text: "no storage: " + d.lack}
		}
		return nil, &bridge.Fault{Code: bridge.FaultSignIn, Text: "nobody has signed in on this device"}
	}
	return d.open, nil
}

// openProfile opens the store of a profile and reads all but the cards.
func (d *desk) openProfile(ctx context.Context, p store.Profile) (*session, error) {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	db, err := store.NewProfiles(d.w.Opener).Open(ctx, p, store.Options{
		User: p.User, Random: d.w.Random, Now: d.w.Now, Yield: d.w.Yield,
	}, d.w.Wrap)
	if err != nil {
		stop()
		return nil, err
	}
	s := &session{desk: d, profile: p, db: db, life: ctx, stop: stop, snap: query.NewSnapshot(0),
		ready: make(chan struct{}), wanted: make(chan struct{}), began: d.w.Now()}
	s.book = &notebook.Book{Store: db, Now: d.w.Now, ID: d.w.ID, User: p.User, Off: s.offset}
	s.cols.init(d.w.Yield)
	s.snap.SetToday(s.book.Today())
	if err := s.loadMisc(ctx); err != nil {
		stop()
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// load fills the snapshot from the derived columns, and mends what the last
// session left dirty.
func (s *session) load(ctx context.Context) error {
	s.snap.SetToday(s.book.Today())
	if err := s.loadMisc(ctx); err != nil {
		return err
	}
	return s.loadCards(ctx)
}

// loadMisc reads organisation, people, portfolios and settings, and the scope
// table.
func (s *session) loadMisc(ctx context.Context) error {
	scopes, err := s.db.Scopes(ctx)
	if err != nil {
		return err
	}
	views, err := s.miscRows(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes = scopes
	s.currency, s.org, s.people = orgCurrency(views), orgName(views), names(views)
	s.snap.SetMisc(views)
	s.office = officeOf(views)
	if b, err := portfolio.Enc.Marshal(views); err == nil {
		s.misc = string(b)
	}
	s.book.Own, s.book.Mine = s.ownScope(), scopeOf(scopes, wire.ScopeUser)
	return nil
}

func scopeOf(scopes []store.Scope, kind wire.ScopeKind) uint32 {
	for _, s := range scopes {
		if s.Kind == kind {
			return s.ID
		}
	}
	return 0
}

// ownScope is the portfolio where new cards go: the first one held as a rep.
func (s *session) ownScope() uint32 {
	for _, sc := range s.scopes {
		if sc.Kind == wire.ScopePortfolio && slices.Contains(sc.Roles, portfolio.RoleRep) {
			return sc.ID
		}
	}
	return 0
}

// readonly reports whether this user only looks at a portfolio.
func (s *session) readonly(scope uint32) bool {
	i := slices.IndexFunc(s.scopes, func(sc store.Scope) bool { return sc.ID == scope })
	return i < 0 || !slices.Contains(s.scopes[i].Roles, portfolio.RoleRep)
}

// role is the landing role: manager before administrator before rep.
func (s *session) role() portfolio.Role {
	for _, r := range []portfolio.Role{portfolio.RoleManager, portfolio.RoleAdmin, portfolio.RoleTrainer, portfolio.RoleRep, portfolio.RoleTrainee} {
		if slices.ContainsFunc(s.scopes, func(sc store.Scope) bool { return slices.Contains(sc.Roles, r) }) {
			return r
		}
	}
	return 0
}

// grants lists what the server granted, one line per scope and role.
func grants(scopes []store.Scope) []wire.Grant {
	var gs []wire.Grant
	for _, sc := range scopes {
		for _, r := range sc.Roles {
			gs = append(gs, wire.Grant{Scope: sc.ID, Kind: sc.Kind, Role: r, Name: sc.Name})
		}
	}
	return gs
}

func (s *session) offset() time.Duration {
	st, err := s.db.Status(context.Background())
	if err != nil {
		return 0
	}
	return st.Offset
}

// today moves the snapshot's day, at midnight for instance.
func (s *session) today() calendar.Day {
	d := s.book.Today()
	s.snap.SetToday(d)
	return d
}

func (s *session) close() {
	s.stop()
	if err := s.db.Close(); err != nil {
		fmt.Println("sillon: close the profile:", err)
	}
}
