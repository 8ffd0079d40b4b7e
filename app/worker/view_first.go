package main

import (
	"context"
	"time"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/engine/wire"
)

// The demonstration is a profile like that of a user, with a database of its
// own, whose rows came from the page instead of a server: no exchange ever runs
// for it. While it is open no other profile is; leaving it opens the one used
// before, which has not been written to meanwhile; erasing it deletes its
// database. So nothing of it can mix with real data, nor outlive it.
//
// A profile is registered once all rows are there: a making that is cut short
// leaves a database that the next making, or erasing, deletes.

const demoKey = "demo"

// A making is a demonstration on its way to the disk.
type making struct {
	profile store.Profile
	db      *store.DB
	grants  []wire.Grant
	read    map[uint32]uint64 // rows told so far, by scope
}

// resting reports whether a profile is a demonstration that was left: it stays,
// and is not opened by itself.
func resting(p store.Profile) bool { return p.Demo && p.UsedMS == 0 }

// rest notes it, without a word about any other profile.
func (d *desk) rest(ctx context.Context, p store.Profile) error {
	return store.NewProfiles(d.w.Opener).Use(ctx, p, time.UnixMilli(0))
}

func (d *desk) demo(ctx context.Context, q bridge.Demo, _ func(bridge.Progress)) (bridge.DemoSaid, error) {
	var err error
	switch q.Act {
	case bridge.DemoBegin:
		err = d.demoBegin(ctx, q)
	case bridge.DemoRows:
		err = d.demoRows(ctx, q)
	case bridge.DemoOpen:
		err = d.demoOpen(ctx)
	case bridge.DemoLeave, bridge.DemoErase:
		err = d.demoLeave(ctx, q.Act == bridge.DemoErase)
	}
	if err != nil {
		return bridge.DemoSaid{}, faultOf(err)
	}
	return d.demoSaid(ctx)
}

// demoProfile is the registered demonstration.
func (d *desk) demoProfile(ctx context.Context) (store.Profile, bool, error) {
	list, err := store.NewProfiles(d.w.Opener).List(ctx)
	for _, p := range list {
		if p.Demo {
			return p, true, err
		}
	}
	return store.Profile{}, false, err
}

func (d *desk) demoSaid(ctx context.Context) (bridge.DemoSaid, error) {
	var out bridge.DemoSaid
	var err error
	if _, out.Here, err = d.demoProfile(ctx); err != nil {
		return out, faultOf(err)
	}
	if s, err := d.opened(); err == nil && s.profile.Demo {
		st, err := s.db.Status(ctx)
		if err != nil {
			return out, faultOf(err)
		}
		s.mu.Lock()
		out.Cards, out.Acts = s.snap.Len(), st.Groups
		s.mu.Unlock()
	}
	return out, nil
}

// unmake closes what a making holds.
func (d *desk) unmake() {
	d.mu.Lock()
	m := d.making
	d.making = nil
	d.mu.Unlock()
	if m != nil {
		m.db.Close()
	}
}

func (d *desk) demoBegin(ctx context.Context, q bridge.Demo) error {
	d.unmake()
	profiles := store.NewProfiles(d.w.Opener)
	if err := profiles.Erase(ctx, demoKey); err != nil {
		return err
	}
	p := store.Profile{Key: demoKey, Name: q.Name, Login: q.Login, User: q.User, Demo: true}
	db, err := profiles.Open(ctx, p, store.Options{User: p.User, Random: d.w.Random, Now: d.w.Now, Yield: d.w.Yield}, d.w.Wrap)
	if err != nil {
		return err
	}
	d.mu.Lock()
	d.making = &making{profile: p, db: db, grants: q.Grants, read: map[uint32]uint64{}}
	d.mu.Unlock()
	return nil
}

// demoRows takes rows as if a server had answered with them. The device named
// is none, so that the answer says nothing about the outbox.
func (d *desk) demoRows(ctx context.Context, q bridge.Demo) error {
	d.mu.Lock()
	m := d.making
	d.mu.Unlock()
	if m == nil {
		return store.ErrClosed
	}
	a := &wire.Answer{Epoch: 1, NowMS: d.w.Now().UnixMilli(), Grants: m.grants, More: !q.Last, User: m.profile.User}
	for _, g := range m.grants {
		p := wire.Page{Scope: g.Scope, From: m.read[g.Scope], Complete: q.Last}
		for i := range q.Rows {
			if q.Rows[i].Scope == g.Scope {
				r := q.Rows[i]
				m.read[g.Scope]++
				r.Seq, r.Ver, r.Epoch = m.read[g.Scope], 1, 1
				p.Rows = append(p.Rows, r)
			}
		}
		p.To = m.read[g.Scope]
		a.Pages = append(a.Pages, p)
	}
	_, err := m.db.ApplyAnswer(ctx, store.Exchange{Request: &wire.Request{}, Answer: a})
	if err != nil || !q.Last {
		return err
	}
	d.unmake()
	return d.rest(ctx, m.profile)
}

// demoOpen makes the demonstration the profile that the next start opens.
func (d *desk) demoOpen(ctx context.Context) error {
	p, here, err := d.demoProfile(ctx)
	if err != nil || !here {
		return err
	}
	return store.NewProfiles(d.w.Opener).Use(ctx, p, d.w.Now())
}

// demoLeave closes the demonstration where it is open, in every tab when it is
// erased.
func (d *desk) demoLeave(ctx context.Context, erase bool) error {
	d.unmake()
	if s, err := d.opened(); err == nil && s.profile.Demo {
		d.mu.Lock()
		d.open = nil
		d.mu.Unlock()
		s.close()
	}
	if erase {
		d.w.Crowd.Tell(demoKey, bridge.Event{Kind: bridge.EventLeft})
		return store.NewProfiles(d.w.Opener).Erase(ctx, demoKey)
	}
	p, here, err := d.demoProfile(ctx)
	if err != nil || !here {
		return err
	}
	return d.rest(ctx, p)
}

// leadDemo is lead without anything to exchange.
func (s *session) leadDemo(ctx context.Context) {
	s.set(func() { s.leads = true })
	if s.desk.w.After != nil {
		s.mu.Lock()
		s.deeps.ahead = true
		s.mu.Unlock()
	}
	<-ctx.Done()
	s.set(func() { s.leads = false })
}
