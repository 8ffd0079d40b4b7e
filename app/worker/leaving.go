package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/replicate"
	"sillon/app/store"
)

// goodbye is how long the server is given to end a session; signing out does
// not wait for it, only the next sign-in does.
const goodbye = 10 * time.Second

// signOut closes the profile here and in the other tabs, and notes on the
// device that only a sign-in opens it again; all of that works without network.
// What it holds stays sealed, unless the user erases it. The server ends the
// session when it can be reached, now or later.
func (d *desk) signOut(ctx context.Context, q bridge.SignOut, _ func(bridge.Progress)) (bridge.None, error) {
	s, err := d.session()
	if err != nil {
		return bridge.None{}, nil
	}
	if s.profile.Demo { // no server knows of it
		return bridge.None{}, faultOf(d.demoLeave(ctx, q.Erase))
	}
	st, err := s.db.Status(ctx)
	if err != nil {
		return bridge.None{}, faultOf(err)
	}
	if q.Erase && st.Groups > 0 && !q.Anyway {
		return bridge.None{}, &bridge.Fault{Code: bridge.FaultWaiting, Args: []string{i18n.Number(i18n.EN, float64(st.Groups))}, Text: "actions wait"}
	}
	profiles := store.NewProfiles(d.w.Opener)
	if err := errors.Join(profiles.Owe(ctx, true), profiles.Leave(ctx, s.profile.Key, st.Groups)); err != nil {
		return bridge.None{}, faultOf(err)
	}
	d.w.Crowd.Tell(s.profile.Key, bridge.Event{Kind: bridge.EventLeft})
	d.shut(ctx, s)
	go d.farewell(context.WithoutCancel(ctx))
	if !q.Erase {
		return bridge.None{}, nil
	}
	return bridge.None{}, faultOf(profiles.Erase(ctx, s.profile.Key))
}

// shut closes a profile whose user has signed out. What was being kept until
// now is counted again.
func (d *desk) shut(ctx context.Context, s *session) {
	d.mu.Lock()
	mine := d.open == s
	if mine {
		d.open = nil
	}
	d.mu.Unlock()
	if !mine {
		return
	}
	st, err := s.db.Status(ctx)
	if err == nil {
		err = store.NewProfiles(d.w.Opener).Recount(ctx, s.profile.Key, st.Groups)
	}
	if err != nil && !errors.Is(err, store.ErrClosed) { // closed: another tab erases it
		fmt.Println("sillon: count what waits:", err)
	}
	s.close()
}

// farewell tells the server of a sign-out that it has not heard of yet.
func (d *desk) farewell(ctx context.Context) {
	d.ending.Lock()
	defer d.ending.Unlock()
	profiles := store.NewProfiles(d.w.Opener)
	if owed, err := profiles.Owes(ctx); err != nil || !owed {
		return
	}
	short, stop := store.Within(ctx, goodbye)
	defer stop()
	err := d.w.Office.SignOut(short)
	var refused *replicate.Failure
	if err != nil && !errors.As(err, &refused) {
		return // out of reach: at the next start, or when the network is back
	}
	if err == nil {
		err = profiles.Owe(ctx, false)
	}
	if err != nil {
		fmt.Println("sillon: end the session at the server:", err)
	}
}

// left lists what waits in profiles whose users have signed out.
func (d *desk) left(ctx context.Context) ([]bridge.Left, error) {
	list, err := store.NewProfiles(d.w.Opener).List(ctx)
	if err != nil {
		return nil, err
	}
	var left []bridge.Left
	for _, p := range list {
		if p.Left && p.Waiting > 0 {
			left = append(left, bridge.Left{Name: p.Name, Login: p.Login, Waiting: p.Waiting})
		}
	}
	return left, nil
}

// gone reports whether the user of a profile has signed out, perhaps in another
// tab while this one was opening it.
func (d *desk) gone(ctx context.Context, key string) bool {
	list, err := store.NewProfiles(d.w.Opener).List(ctx)
	if err != nil {
		return false
	}
	for _, p := range list {
		if p.Key == key {
			return p.Left
		}
	}
	return true // erased
}
