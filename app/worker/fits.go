package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sillon/app/store"
	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/hazard"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The models of a portfolio (engine/query Fit) take from some hundredths of a
// second to some seconds to find. They are kept on this device, sealed, and
// found again at the next start; they are fitted in the background, with
// pauses, when their data have moved:
//
//   - there are none, or those of another form;
//   - the lines and contacts held are 2 % more or fewer than those fitted:
//     an import, a first exchange;
//   - the organisation has sent another prior;
//   - once a day, if a line or a contact has been added since or the reading
//     date has moved: a visit by itself never makes them be fitted again.
//
// They are no part of what is exchanged: each device finds the same.

const (
	preFits     = "fits/"
	fitsVersion = 1
	fitSlice    = 12 * time.Millisecond // of work, between two pauses
)

// keptFits are the models of a portfolio with what they were fitted on.
type keptFits struct {
	Version int          `cbor:"1,keyasint"`
	On      calendar.Day `cbor:"2,keyasint"` // day of the device
	Rows    int          `cbor:"3,keyasint"` // lines and contacts
	Prior   int          `cbor:"4,keyasint"` // turn of the organisation's model
	Fits    query.Fits   `cbor:"5,keyasint"`
}

func fitsKey(scope uint32) string { return fmt.Sprintf("%s%08x", preFits, scope) }

// equip gives the snapshot the models kept of a portfolio, once; s.mu is held.
func (s *session) equip(ctx context.Context, scope uint32) error {
	if _, done := s.deeps.equipped[scope]; done {
		return nil
	}
	if s.deeps.equipped == nil {
		s.deeps.equipped = map[uint32]*keptFits{}
	}
	k, err := s.readFits(ctx, scope)
	if err != nil {
		return err
	}
	s.deeps.equipped[scope] = k
	if k == nil {
		s.snap.SetFits(scope, nil)
		return nil
	}
	s.snap.SetFits(scope, &k.Fits)
	return nil
}

func (s *session) readFits(ctx context.Context, scope uint32) (*keptFits, error) {
	b, err := s.db.Local(ctx, fitsKey(scope))
	if errors.Is(err, store.ErrDamaged) {
		return nil, nil
	}
	if err != nil || b == nil {
		return nil, err
	}
	k := &keptFits{}
	if keptMode.Unmarshal(b, k) != nil || k.Version != fitsVersion {
		return nil, nil // to be fitted again
	}
	return k, nil
}

// rowsOf counts the lines and contacts of a portfolio; s.mu is held.
func (s *session) rowsOf(scope uint32) (n int) {
	s.snap.Cards(scope, func(c *query.Card) bool { n += len(c.Sales) + len(c.Touches); return true })
	return n
}

// outdated reports whether models no longer fit their data; see above.
func (k *keptFits) outdated(now *keptFits, asOf calendar.Day) bool {
	if k == nil || k.Prior != now.Prior {
		return true
	}
	moved := max(now.Rows-k.Rows, k.Rows-now.Rows)
	return moved*50 > k.Rows || k.On != now.On && (moved > 0 || k.Fits.Day != asOf)
}

// eventFits tells the workers of other tabs that models have been fitted.
const eventFits = "fits"

// newFits takes the models that another tab has fitted.
func (s *session) newFits() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deeps.equipped = nil // read again when next asked for
}

// fit fits the models of a portfolio when they are out of date, and reports
// whether it has. The facts are there; s.mu is held while it works, and let go
// in each pause.
func (s *session) fit(ctx context.Context, scope uint32) (fitted bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	today := s.today()
	if len(s.snap.Lacking(scope)) > 0 {
		return false, nil // changed meanwhile: next time
	}
	a, err := s.analysis(ctx, scope)
	if err != nil {
		return false, err
	}
	office := s.office
	now := &keptFits{Version: fitsVersion, On: today, Rows: s.rowsOf(scope), Prior: office.turn}
	if !s.deeps.equipped[scope].outdated(now, a.AsOf) {
		return false, nil
	}
	began := s.desk.w.Now()
	fits, done := query.FitSlowly(a.Book, office.hazard, func() bool {
		if s.desk.w.Now().Sub(began) < fitSlice {
			return true
		}
		s.mu.Unlock()
		s.giveWay(ctx)
		s.mu.Lock()
		began = s.desk.w.Now()
		return ctx.Err() == nil
	})
	if !done {
		return false, ctx.Err()
	}
	fits.Team = office.team
	now.Fits = fits
	b, err := portfolio.Enc.Marshal(now)
	if err != nil {
		return false, err
	}
	if err := s.db.SetLocal(ctx, store.LocalValue{Name: fitsKey(scope), Value: b}); err != nil {
		return false, err
	}
	if s.deeps.equipped == nil { // another tab has fitted too, meanwhile
		s.deeps.equipped = map[uint32]*keptFits{}
	}
	s.deeps.equipped[scope] = now
	s.snap.SetFits(scope, &now.Fits)
	return true, nil
}

// An officeModel is what the organisation has sent of all its portfolios.
type officeModel struct {
	turn   int           // 0: nothing
	hazard *hazard.Model // nil: none of a form that this version reads
	team   attrition.Prior
}

func officeOf(rows []journal.Row) (o officeModel) {
	for i := range rows {
		var m portfolio.Model
		if rows[i].Entity != portfolio.KindModel || rows[i].Fields.Into(&m) != nil || m.Key != portfolio.ModelHazard || m.Form != portfolio.HazardForm {
			continue
		}
		h := &hazard.Model{}
		if keptMode.Unmarshal(m.Data, h) != nil || h.P() != attrition.NPredictors {
			continue
		}
		o = officeModel{turn: m.Turn, hazard: h, team: attrition.PriorOf(attrition.Rates{Lost: m.Lost, Start: m.Start})}
	}
	return o
}
