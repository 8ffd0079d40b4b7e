package main

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/notebook"
	"sillon/app/replicate"
	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/sorting"
	"sillon/engine/wire"
)

// hello is the handshake: versions first, then who the device belongs to.
func (d *desk) hello(ctx context.Context, q bridge.Hello, _ func(bridge.Progress)) (bridge.Welcome, error) {
	if q.Version != d.w.Version {
		return bridge.Welcome{Version: d.w.Version}, &bridge.Fault{Code: bridge.FaultVersion, Args: []string{d.w.Version}, Text: "page " + q.Version + ", worker " + d.w.Version}
	}
	return d.welcome(ctx)
}

func (d *desk) welcome(ctx context.Context) (bridge.Welcome, error) {
	w := bridge.Welcome{Version: d.w.Version}
	s, err := d.opened()
	if err != nil {
		d.mu.Lock()
		w.Storage = d.lack
		d.mu.Unlock()
		if w.Storage == "" {
			if w.Left, err = d.left(ctx); err != nil {
				return w, faultOf(err)
			}
		}
		return w, nil
	}
	st, err := s.db.Status(ctx)
	if err != nil {
		return w, err
	}
	w.User, w.Name, w.Login = s.profile.User, s.profile.Name, s.profile.Login
	w.Role, w.Org, w.Currency, w.Demo = s.role(), s.org, s.currency, s.profile.Demo
	w.Scopes = grants(s.scopes)
	w.Loaded = !st.Exchange.IsZero() && st.Complete
	return w, nil
}

// signIn asks the server once, then opens (or makes) the profile of the user
// it named. A profile of somebody else that was open is left: it stays as it is
// on the device until its user signs in.
func (d *desk) signIn(ctx context.Context, q wire.SignIn, _ func(bridge.Progress)) (bridge.SignedIn, error) {
	d.ending.Lock() // a sign-out under way would take the new cookie with it
	defer d.ending.Unlock()
	if q.Device.IsZero() {
		q.Device = d.device(ctx)
	}
	me, err := d.w.Office.SignIn(ctx, q)
	var f *replicate.Failure
	if errors.As(err, &f) && f.Status == 403 {
		return bridge.SignedIn{}, &bridge.Fault{Code: bridge.FaultOff, Text: err.Error()}
	}
	if err != nil {
		return bridge.SignedIn{}, entryFault(err)
	}
	return d.enter(ctx, me)
}

func (d *desk) setup(ctx context.Context, q wire.Setup, _ func(bridge.Progress)) (bridge.SignedIn, error) {
	d.ending.Lock()
	defer d.ending.Unlock()
	if q.Device.IsZero() {
		q.Device = d.device(ctx) // set-up signs in too
	}
	me, err := d.w.Office.Setup(ctx, q)
	if err != nil {
		return bridge.SignedIn{}, entryFault(err)
	}
	return d.enter(ctx, me)
}

// device is the identity the session is bound to: that of the open profile, or
// a new one.
func (d *desk) device(ctx context.Context) portfolio.ID {
	if s, err := d.session(); err == nil && !s.profile.Demo {
		if st, err := s.db.Status(ctx); err == nil {
			return st.Device
		}
	}
	return d.w.ID()
}

func (d *desk) enter(ctx context.Context, me wire.Me) (bridge.SignedIn, error) {
	p := store.Profile{Key: "u-" + me.User.String(), Name: me.Name, Login: me.Login, User: me.User}
	if s, err := d.session(); err == nil && s.profile.Key == p.Key {
		s.wake(replicate.Signed) // the same person, back on line
		w, err := d.welcome(ctx)
		return bridge.SignedIn{Welcome: w}, err
	}
	profiles := store.NewProfiles(d.w.Opener)
	if err := d.leaveOther(ctx, profiles); err != nil {
		return bridge.SignedIn{}, faultOf(err)
	}
	if err := errors.Join(profiles.Use(ctx, p, d.w.Now()), profiles.Owe(ctx, false)); err != nil { // the server ended the session of before
		return bridge.SignedIn{}, faultOf(err)
	}
	s, err := d.openProfile(ctx, p)
	if err != nil {
		return bridge.SignedIn{}, faultOf(err)
	}
	if err := s.loadCards(ctx); err != nil {
		s.close()
		return bridge.SignedIn{}, faultOf(err)
	}
	d.take(ctx, s)
	s.wake(replicate.Signed)
	w, err := d.welcome(ctx)
	return bridge.SignedIn{Welcome: w}, err
}

// leaveOther leaves the profile of somebody else that is open: the session is
// no longer theirs.
func (d *desk) leaveOther(ctx context.Context, profiles *store.Profiles) error {
	s, err := d.session()
	if err != nil {
		return nil
	}
	if s.profile.Demo {
		return d.demoLeave(ctx, false)
	}
	st, err := s.db.Status(ctx)
	if err != nil {
		return err
	}
	if err := profiles.Leave(ctx, s.profile.Key, st.Groups); err != nil {
		return err
	}
	d.w.Crowd.Tell(s.profile.Key, bridge.Event{Kind: bridge.EventLeft})
	d.shut(ctx, s)
	return nil
}

// entryFault words a refused sign-in.
func entryFault(err error) error {
	var f *replicate.Failure
	if !errors.As(err, &f) {
		return &bridge.Fault{Code: bridge.FaultNetwork, Text: err.Error()}
	}
	switch f.Status {
	case 401, 403:
		return &bridge.Fault{Code: bridge.FaultSignIn, Text: err.Error()}
	case 429:
		return &bridge.Fault{Code: bridge.FaultThrottled, Args: []string{i18n.Number(i18n.EN, float64(f.Problem.Retry))}, Text: err.Error()}
	case 400:
		return &bridge.Fault{Code: bridge.FaultInput, Args: []string{"field.setup", f.Problem.Code}, Text: err.Error()}
	}
	return &bridge.Fault{Code: "server", Text: err.Error()}
}

// viewJournal lists what waits, what left, what was replaced and refused.
func (d *desk) viewJournal(ctx context.Context, q bridge.JournalAsk, _ func(bridge.Progress)) (bridge.Journal, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Journal{}, err
	}
	if q.Limit == 0 {
		q.Limit = 50
	}
	st, err := s.status(ctx)
	if err != nil {
		return bridge.Journal{}, err
	}
	j := bridge.Journal{Status: st}
	out, err := s.db.Outbox(ctx, q.Limit)
	if err != nil {
		return j, err
	}
	sent, err := s.db.SentLog(ctx, q.Limit)
	if err != nil {
		return j, err
	}
	lang := i18n.Of(q.Lang)
	for _, e := range out {
		j.Waiting = append(j.Waiting, s.actOf(lang, e))
	}
	for _, e := range sent {
		j.Sent = append(j.Sent, s.actOf(lang, e))
	}
	j.WaitAll, j.SentAll = st.Pending, len(j.Sent)
	if j.Refused, err = s.refused(ctx, lang); err != nil {
		return j, err
	}
	j.Lost, err = s.lost(ctx, q.Lang)
	return j, err
}

// actOf names a group of operations by what the user did.
func (s *session) actOf(lang i18n.Lang, e store.Entry) bridge.Act {
	a := bridge.Act{AtMS: e.Made.UnixMilli(), Ops: len(e.Ops)}
	if !e.Acked.IsZero() {
		a.SentMS = e.Acked.UnixMilli()
	}
	if len(e.Ops) == 0 {
		return a
	}
	first := &e.Ops[0]
	a.ID, a.Account = first.Rec, first.Root
	a.Key, a.Detail = s.named(lang, first)
	if c := (portfolio.Contact{}); first.Entity == portfolio.KindContact && first.Fields.Into(&c) == nil {
		a.Amends = c.Amends
	}
	cards := 1 // an act on several names them one after the other
	for i := 1; i < len(e.Ops); i++ {
		if e.Ops[i].Root != e.Ops[i-1].Root {
			cards++
		}
	}
	if cards > 1 && a.Key != "import" {
		a.Cards, a.Account = cards, portfolio.ID{}
		return a
	}
	s.mu.Lock()
	if c, ok := s.snap.Card(first.Root); ok {
		a.Name = c.Name
	}
	s.mu.Unlock()
	return a
}

// named gives an operation its catalogue key and its detail.
func (s *session) named(lang i18n.Lang, op *journal.Op) (key, detail string) {
	if key, detail = namedForm(op); key != "" {
		return key, detail
	}
	w := words{lang, s.currency}
	switch op.Entity {
	case portfolio.KindContact:
		var c portfolio.Contact
		if op.Fields.Into(&c) != nil {
			return "visit", ""
		}
		if c.Void {
			return "undo", i18n.Outcome(lang, c.Outcome)
		}
		key = "visit"
		if c.Kind == portfolio.Call {
			key = "call"
		}
		return key, i18n.Outcome(lang, c.Outcome)
	case portfolio.KindAppointment:
		var a portfolio.Appointment
		if op.Fields.Into(&a) == nil && a.Day != 0 {
			detail = w.Day(a.Day)
		}
		return "plan", detail
	case portfolio.KindEstimate:
		var e portfolio.Estimate
		if op.Fields.Into(&e) == nil {
			detail = w.MoneyShort(e.Amount)
		}
		return "estimate", detail
	case portfolio.KindOverride:
		return "override", ""
	case portfolio.KindTag:
		var t portfolio.Tag
		if op.Fields.Into(&t) == nil {
			detail = t.Word
		}
		return "tag", detail
	case portfolio.KindSetting:
		return "setting", ""
	case portfolio.KindConflict, portfolio.KindRefusal:
		return "settle", ""
	case portfolio.KindImport, portfolio.KindSale:
		return "import", ""
	}
	return s.namedEdit(lang, op)
}

// accImport is the number of Account.Import.
const accImport = 16

func (s *session) namedEdit(lang i18n.Lang, op *journal.Op) (key, detail string) {
	switch op.Kind {
	case journal.Archive:
		return "archive", ""
	case journal.Create:
		if _, imported := op.Fields[accImport]; imported && op.Entity == portfolio.KindAccount {
			return "import", ""
		}
		return "create", ""
	}
	for _, spec := range portfolio.Editable() {
		if _, ok := op.Fields[spec.Field]; ok && spec.Kind == op.Entity {
			return "edit", i18n.T(lang, spec.Key)
		}
	}
	return "edit", ""
}

func (s *session) refused(ctx context.Context, lang i18n.Lang) ([]bridge.Act, error) {
	open, err := s.book.Refusals(ctx)
	if err != nil {
		return nil, err
	}
	var acts []bridge.Act
	for id, r := range open {
		a := bridge.Act{ID: id, Account: r.Root, AtMS: r.AtMS, Why: i18n.Refused(lang, r.Why)}
		if op, err := notebook.RefusedOp(r); err == nil {
			a.Key, a.Detail = s.named(lang, &op)
			a.AtMS = op.WallMS
		}
		s.mu.Lock()
		if c, ok := s.snap.Card(r.Root); ok {
			a.Name = c.Name
		}
		s.mu.Unlock()
		acts = append(acts, a)
	}
	sortActs(acts)
	return acts, nil
}

func sortActs(acts []bridge.Act) {
	sorting.By(acts, func(a, b bridge.Act) int {
		return cmp.Or(cmp.Compare(b.AtMS, a.AtMS), strings.Compare(a.ID.String(), b.ID.String()))
	})
}

// lost gathers the replaced values that wait to be read again.
func (s *session) lost(ctx context.Context, lang string) ([]query.LostValue, error) {
	const most = 50
	var ids []portfolio.ID
	s.mu.Lock()
	s.snap.Cards(0, func(c *query.Card) bool {
		if c.Conflicts > 0 {
			ids = append(ids, c.ID)
		}
		return len(ids) < most
	})
	s.mu.Unlock()
	bs, err := s.bundles(ctx, ids)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []query.LostValue
	for _, b := range bs {
		sheet, ok := s.snap.ClientSheet(s.reader(lang, s.readonly(b.Scope)), query.ClientAsk{Lang: lang, ID: b.Root}, b)
		if !ok {
			continue
		}
		for _, l := range sheet.Lost {
			if l.State == portfolio.Open {
				all = append(all, l)
			}
		}
	}
	return all, nil
}
