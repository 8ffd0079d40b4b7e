package main

import (
	"context"
	"fmt"
	"time"

	"sillon/app/bridge"
	"sillon/app/replicate"
	"sillon/app/store"
	"sillon/engine/query"
)

func listProbe(scope uint32) query.ListAsk { return query.ListAsk{Lang: "fr", Scope: scope, Limit: 1} }

// follow starts what runs as long as the profile is open: the other tabs'
// news, the buckets' writing, and the replication once this tab leads.
func (s *session) follow(ctx context.Context) {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	before := s.stop
	s.stop = func() { stop(); before() }
	s.flushes = make(chan struct{}, 1)
	go s.flusher(ctx)
	unlisten := s.desk.w.Crowd.Listen(s.profile.Key, func(e bridge.Event) { s.heard(ctx, e) })
	context.AfterFunc(ctx, unlisten)
	go s.desk.w.Crowd.Lead(ctx, s.profile.Key, func(ctx context.Context) { s.lead(ctx) })
	s.later()
}

// lead runs the replication while this tab is the one that does.
func (s *session) lead(ctx context.Context) {
	if s.profile.Demo {
		s.leadDemo(ctx)
		return
	}
	loop := replicate.NewLoop(replicate.Options{
		Store: s.db, Transport: s.desk.w.Office, Build: s.desk.w.Version,
		Now: s.desk.w.Now, Random: s.desk.w.Float,
		Changed: func(c store.Changed) { s.received(ctx, c) },
		Status:  func(st replicate.Status) { s.told(ctx, st) },
	})
	s.set(func() { s.loop, s.leads = loop, true })
	if s.desk.w.After != nil {
		s.mu.Lock()
		s.deeps.ahead = true
		s.mu.Unlock()
	}
	if err := s.book.Forget(ctx); err != nil {
		fmt.Println("sillon: forget old notes:", err)
	}
	go s.desk.w.Poked(ctx, func() { loop.Wake(replicate.Poke) })
	loop.Wake(replicate.Change)
	if err := loop.Run(ctx); err != nil && ctx.Err() == nil {
		fmt.Println("sillon: replication ended:", err)
	}
	s.set(func() { s.loop, s.leads = nil, false })
}

func (s *session) set(f func()) {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	f()
}

// received takes what an answer changed into the figures and tells everybody.
func (s *session) received(ctx context.Context, c store.Changed) {
	if len(c.Scopes) > 0 || len(c.Misc) > 0 {
		if err := s.loadMisc(ctx); err != nil {
			fmt.Println("sillon: read the organisation:", err)
		}
	}
	if err := s.refresh(ctx, c.Roots); err != nil {
		fmt.Println("sillon: derive received cards:", err)
	}
	s.drop(c.Left)
	s.later()
	if c.Any() {
		e := bridge.Event{Kind: "changed"}
		if len(c.Scopes) == 0 && len(c.Left) == 0 && len(c.Misc) == 0 && len(c.Roots) <= 50 {
			e.Roots = c.Roots
		}
		s.tell(e)
	}
}

// told passes the chip's state to page and tabs.
func (s *session) told(ctx context.Context, st replicate.Status) {
	s.set(func() { s.phase = st })
	s.tellStatus(ctx)
}

func (s *session) tellStatus(ctx context.Context) {
	st, err := s.status(ctx)
	if err != nil {
		return
	}
	s.tell(bridge.Event{Kind: "status", Status: &st})
}

// tell speaks to this tab's page and to the other tabs.
func (s *session) tell(e bridge.Event) {
	s.desk.w.Tell(e)
	s.desk.w.Crowd.Tell(s.profile.Key, e)
}

// heard is what another tab told.
func (s *session) heard(ctx context.Context, e bridge.Event) {
	switch e.Kind {
	case "changed":
		if err := s.catchUp(ctx, e); err != nil {
			fmt.Println("sillon: follow another tab:", err)
			return
		}
		s.wake(replicate.Change)
	case "status":
		if e.Status != nil {
			s.set(func() { s.chip = e.Status })
		}
	case eventWake:
		s.wake(replicate.Asked)
		return
	case eventFits:
		s.newFits()
		e.Kind = bridge.EventChanged
	case bridge.EventLeft:
		s.desk.shut(context.WithoutCancel(ctx), s)
	}
	s.desk.w.Tell(e)
}

// catchUp reads again what another tab changed; an event without cards means
// many, and the columns are read whole.
func (s *session) catchUp(ctx context.Context, e bridge.Event) error {
	if len(e.Roots) > 0 {
		return s.refresh(ctx, e.Roots)
	}
	return s.load(ctx)
}

// wake asks the replication for an exchange: here, or in the tab that leads.
func (s *session) wake(r replicate.Reason) {
	var loop *replicate.Loop
	s.set(func() { loop = s.loop })
	if loop != nil {
		loop.Wake(r)
		return
	}
	if r == replicate.Asked || r == replicate.Signed {
		s.desk.w.Crowd.Tell(s.profile.Key, bridge.Event{Kind: eventWake})
	}
}

// flushDelay gathers changes before the derived columns are written: they can
// always be derived again.
const flushDelay = 400 * time.Millisecond

// later asks for the stale buckets to be written soon.
func (s *session) later() {
	select {
	case s.flushes <- struct{}{}:
	default:
	}
}

func (s *session) flusher(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.flushes:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(flushDelay):
		}
		if err := s.flush(ctx); err != nil && ctx.Err() == nil {
			fmt.Println("sillon: write the derived columns:", err)
		}
	}
}

// status is the chip.
func (s *session) status(ctx context.Context) (bridge.Status, error) {
	st, err := s.db.Status(ctx)
	if err != nil {
		return bridge.Status{}, err
	}
	open, err := s.book.Refusals(ctx)
	if err != nil {
		return bridge.Status{}, err
	}
	out := bridge.Status{State: bridge.StateOffline, Pending: st.Groups, Refused: len(open)}
	if !st.Oldest.IsZero() {
		out.OldestMS = st.Oldest.UnixMilli()
	}
	if !st.Exchange.IsZero() {
		out.LastMS = st.Exchange.UnixMilli()
	}
	if st.Offset.Abs() > 2*time.Minute {
		out.ClockOff = -st.Offset.Milliseconds()
	}
	s.mu.Lock()
	s.snap.Cards(0, func(c *query.Card) bool { out.Replaced += c.Conflicts; return true })
	s.mu.Unlock()
	s.set(func() {
		out.Leader = s.leads
		switch {
		case s.profile.Demo:
			out.State = bridge.StateDemo
		case s.leads:
			out.State = stateOf(s.phase, st)
			if s.phase.Err != nil {
				out.Detail = s.phase.Err.Error()
			}
		case s.chip != nil:
			out.State, out.Detail = s.chip.State, s.chip.Detail
		}
	})
	return out, nil
}

func stateOf(p replicate.Status, st store.Status) bridge.State {
	switch p.Phase {
	case replicate.Idle:
		return bridge.StateOK
	case replicate.Syncing:
		return bridge.StateSyncing
	case replicate.SignIn:
		return bridge.StateSignIn
	case replicate.TooOld:
		return bridge.StateUpgrade
	case replicate.Trouble:
		return bridge.StateProblem
	}
	return bridge.StateOffline
}

func (d *desk) viewStatus(ctx context.Context, _ bridge.None, _ func(bridge.Progress)) (bridge.Status, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Status{State: bridge.StateSignIn}, nil
	}
	return s.status(ctx)
}

// syncNow asks for an exchange and waits for its end, not for the network for
// ever.
func (d *desk) syncNow(ctx context.Context, _ bridge.None, _ func(bridge.Progress)) (bridge.Status, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Status{}, err
	}
	if s.profile.Demo {
		return s.status(ctx)
	}
	var since time.Time
	s.set(func() { since = s.phase.Since })
	s.wake(replicate.Asked)
	for range 100 {
		select {
		case <-ctx.Done():
			return bridge.Status{}, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
		done := false
		s.set(func() { done = s.phase.Since != since && s.phase.Phase != replicate.Syncing })
		if done {
			break
		}
	}
	return s.status(ctx)
}

// eventWake asks the tab that leads for an exchange; it is for workers alone.
const eventWake = "wake"

// network passes the browser's own word: online, offline, visible.
func (d *desk) network(what string) {
	s, err := d.session()
	if err != nil {
		if what == "online" {
			go d.farewell(context.Background())
		}
		return
	}
	switch what {
	case "online":
		s.wake(replicate.Online)
	case "visible":
		s.wake(replicate.Visible)
	case "poke":
		s.wake(replicate.Poke)
	case "offline":
		var loop *replicate.Loop
		s.set(func() { loop = s.loop })
		if loop != nil {
			loop.Offline()
		}
	}
}

func (d *desk) nudge(_ context.Context, q bridge.Nudge, _ func(bridge.Progress)) (bridge.None, error) {
	d.network(q.What)
	return bridge.None{}, nil
}
