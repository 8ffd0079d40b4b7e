package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sillon/app/bridge"
	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/cbor"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Today is computed again only when something has changed: its answer is kept,
// sealed like everything else, with a stamp of all it was computed from, and
// the next start gives it before the columns of thousands of clients have been
// read. An answer whose stamp is not that of the data as they are now, to the
// last operation and the last row received, is never shown.
//
// A day begins with a start, so the answers of the days to come are kept too:
// nothing but the date sets them apart.

const (
	preKept   = "today/"
	keptDays  = 4                // today and three more: over a weekend
	keptDelay = 2 * time.Second  // after a change
	keptIdle  = 20 * time.Second // the days to come: once nothing has changed for so long
)

// A kept is an answer of Today with what it holds for.
type kept struct {
	Stamp string      `cbor:"1,keyasint"`
	Lang  string      `cbor:"2,keyasint"`
	View  query.Today `cbor:"3,keyasint"`
}

// keptMode reads what this device wrote itself: a chart nests deeper than what
// the protocol allows.
var keptMode cbor.Limits

func keptKey(day calendar.Day) string { return fmt.Sprintf("%s%06d", preKept, int(day)) }

// stamp is everything that Today depends on, but the day and the language: the
// program, the operations made here, and how far the server's rows were read.
func (s *session) stamp(ctx context.Context) (string, error) {
	st, err := s.db.Status(ctx)
	if err != nil {
		return "", err
	}
	scopes, err := s.db.Scopes(ctx)
	if err != nil {
		return "", err
	}
	b, err := portfolio.Enc.Marshal(scopes)
	return fmt.Sprintf("%s %d %s %d %d %d %d %v %x", s.desk.w.Version, query.ColumnsVersion, st.User, st.Epoch, st.Last, st.Pending, st.Later, st.Complete, b), err
}

// findKept looks for the answer that still holds.
func (s *session) findKept(ctx context.Context) {
	chunks, err := s.db.Chunks(ctx, keptKey(s.book.Today()))
	if err != nil || len(chunks) == 0 {
		return
	}
	now, err := s.stamp(ctx)
	var k kept
	if err == nil && keptMode.Unmarshal(chunks[0].Value, &k) == nil && k.Stamp == now {
		s.kept = &k
	}
}

// ahead is the answer kept for a question, while the columns are not read yet.
func (s *session) ahead(q query.TodayAsk) (query.Today, bool) {
	k := s.kept
	if k == nil || s.loaded() || k.Lang != q.Lang || !q.Client.IsZero() || q.Limit != 0 || q.Scope != 0 || k.View.Head.AsOf != s.book.Today() && !k.View.Head.Fixed {
		return query.Today{}, false
	}
	return k.View, true
}

// keep keeps the answers of a number of days from today on, if they are not
// those kept already, and forgets those of the past.
func (s *session) keep(ctx context.Context, lang string, days int) error {
	now, err := s.stamp(ctx)
	if err != nil || lang == "" {
		return err
	}
	today := s.book.Today()
	old, err := s.db.Chunks(ctx, preKept)
	if err != nil {
		return err
	}
	var out []store.Chunk
	for _, c := range old {
		if c.Key < keptKey(today) {
			out = append(out, store.Chunk{Key: c.Key})
		}
	}
	// What has been received may not be in the figures yet.
	dirty, err := s.db.Dirty(ctx)
	if err == nil {
		err = s.refresh(ctx, s.unread(dirty))
	}
	if err == nil {
		err = s.newMisc(ctx)
	}
	if err != nil {
		return err
	}
	for i := range days {
		key := keptKey(today + calendar.Day(i))
		at := slices.IndexFunc(old, func(c store.Chunk) bool { return c.Key == key })
		var k kept
		if at >= 0 && keptMode.Unmarshal(old[at].Value, &k) == nil && k.Stamp == now && k.Lang == lang {
			continue
		}
		k = kept{Stamp: now, Lang: lang}
		if k.View, err = s.viewOn(ctx, today+calendar.Day(i), query.TodayAsk{Lang: lang}); err != nil {
			return err
		}
		b, err := portfolio.Enc.Marshal(k)
		if err != nil {
			return err
		}
		out = append(out, store.Chunk{Key: key, Value: b})
		s.cols.yield()
	}
	if days > 1 { // the next screen asks of today
		s.mu.Lock()
		s.today()
		s.snap.ClientList(s.reader(lang, false), listProbe(s.book.Own))
		s.mu.Unlock()
	}
	if after, err := s.stamp(ctx); err != nil || after != now || len(out) == 0 {
		return err // something has changed meanwhile: it will be kept in its turn
	}
	return s.db.SetChunks(ctx, store.Dirty{}, out...)
}

// viewOn is the answer of Today on a day.
func (s *session) viewOn(ctx context.Context, day calendar.Day, q query.TodayAsk) (query.Today, error) {
	s.mu.Lock()
	defer s.mu.Unlock() // all along: another question would move the day back
	s.snap.SetToday(day)
	q.Scope = s.scopeFor(q.Scope)
	cards, err := s.bundles(ctx, s.snap.TodayNeeds(q))
	if err != nil {
		return query.Today{}, err
	}
	return s.snap.Today(s.reader(q.Lang, s.readonly(q.Scope)), q, cards...), nil
}

// newMisc reads the organisation again when its rows are not those in force.
func (s *session) newMisc(ctx context.Context) error {
	rows, err := s.miscRows(ctx)
	if err != nil {
		return err
	}
	if b, err := portfolio.Enc.Marshal(rows); err != nil || string(b) == s.misc {
		return err
	}
	return s.loadMisc(ctx)
}

// keepSoon keeps the answers once nothing has changed for a while.
func (s *session) keepSoon(ctx context.Context) {
	if s.desk.w.After == nil {
		return
	}
	s.desk.mu.Lock()
	s.changes++
	mine := s.changes
	s.desk.mu.Unlock()
	ctx = context.WithoutCancel(ctx)
	s.warmSoon()
	for days, wait := range map[int]time.Duration{1: keptDelay, keptDays: keptIdle} {
		s.desk.w.After(wait, func() {
			s.desk.mu.Lock()
			still, lang := s.changes == mine && s.desk.open == s, s.lang
			s.desk.mu.Unlock()
			if !still {
				return
			}
			if err := s.keep(ctx, lang, days); err != nil && !errors.Is(err, store.ErrClosed) {
				fmt.Println("sillon: keep what Today says:", err)
			}
		})
	}
}

// loaded reports whether the columns have been read.
func (s *session) loaded() bool {
	select {
	case <-s.ready:
		return true
	default:
		return false
	}
}

// finish reads the columns of a profile that is open, and starts what follows
// it. With an answer kept for the first screen, that goes first.
func (d *desk) finish(ctx context.Context, s *session) {
	if s.kept != nil && d.w.After != nil {
		select {
		case <-s.wanted:
		case <-time.After(keptDelay):
		}
	}
	err := s.loadCards(context.WithoutCancel(ctx))
	d.mu.Lock()
	mine := d.open == s
	if err != nil && mine {
		d.open, d.lack = nil, lackOf(err)
	}
	d.mu.Unlock()
	if err != nil {
		fmt.Println("sillon: read the columns:", err)
		close(s.ready)
		s.close()
		return
	}
	if !mine { // somebody else has signed in meanwhile
		close(s.ready)
		return
	}
	s.loadMS = float64(d.w.Now().Sub(s.began).Microseconds()) / 1000
	s.follow(ctx)
	close(s.ready)
	switch {
	case d.gone(ctx, s.profile.Key):
		d.shut(ctx, s)
		d.tell(bridge.Event{Kind: bridge.EventLeft})
	case s.kept != nil: // another tab may have changed something before this one listened
		if now, err := s.stamp(ctx); err != nil || now != s.kept.Stamp {
			d.tell(bridge.Event{Kind: bridge.EventChanged})
		}
	}
}

// tell speaks to the page, once it is there.
func (d *desk) tell(e bridge.Event) {
	if d.w.Tell != nil {
		d.w.Tell(e)
	}
}

// speaks notes the language that questions are asked in.
func (s *session) speaks(lang string) {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	if lang = strings.TrimSpace(lang); lang != "" {
		s.lang = lang
	}
}
