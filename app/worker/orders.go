package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/app/replicate"
	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// order runs one action of the notebook and tells everybody what moved. The
// time measured ends with the completed transaction.
func (d *desk) order(ctx context.Context, root portfolio.ID, act func(*session) (id, touched portfolio.ID, err error)) (bridge.Saved, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Saved{}, err
	}
	began := d.w.Now()
	id, touched, err := act(s)
	if err != nil {
		return bridge.Saved{}, faultOf(err)
	}
	took := ms(d.w.Now().Sub(began))
	if touched == root && !root.IsZero() {
		// The card is on the screen and the work is on the disk: say so at once,
		// the figures follow with the event.
		go func() {
			if err := s.changed(context.WithoutCancel(ctx), root); err != nil {
				fmt.Println("sillon: derive a changed card:", err)
			}
		}()
	} else if err := s.changed(ctx, touched); err != nil {
		return bridge.Saved{}, err
	}
	st, err := s.db.Status(ctx)
	if err != nil {
		return bridge.Saved{}, err
	}
	return bridge.Saved{ID: id, Pending: st.Groups, TookMS: took}, nil
}

// changed puts one card's new figures in place and tells pages, tabs and the
// replication.
func (s *session) changed(ctx context.Context, roots ...portfolio.ID) error {
	if err := s.refresh(ctx, roots); err != nil {
		return err
	}
	s.later()
	s.tell(bridge.Event{Kind: "changed", Roots: roots})
	s.wake(replicate.Change)
	return nil
}

// faultOf words the notebook's and the store's refusals for the page.
func faultOf(err error) error {
	var in *notebook.InputError
	switch {
	case errors.As(err, &in):
		return &bridge.Fault{Code: bridge.FaultInput, Args: []string{in.Field, in.Why}, Text: err.Error()}
	case errors.Is(err, notebook.ErrMissing):
		return &bridge.Fault{Code: bridge.FaultMissing, Text: err.Error()}
	case errors.Is(err, notebook.ErrNoUndo):
		return &bridge.Fault{Code: "no-undo", Text: err.Error()}
	case errors.Is(err, notebook.ErrScope):
		return &bridge.Fault{Code: "no-portfolio", Text: err.Error()}
	case errors.Is(err, store.ErrQuota):
		return &bridge.Fault{Code: bridge.FaultQuota, Text: err.Error()}
	case errors.Is(err, store.ErrBlocked):
		return &bridge.Fault{Code: bridge.FaultBlocked, Text: err.Error()}
	case errors.Is(err, store.ErrClosed), errors.Is(err, store.ErrUnavailable), errors.Is(err, store.ErrDamaged), errors.Is(err, store.ErrAborted):
		return &bridge.Fault{Code: bridge.FaultStorage, Args: []string{lackOf(err)}, Text: err.Error()}
	}
	return err
}

func (d *desk) logVisit(ctx context.Context, q bridge.LogVisit, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.LogVisit(ctx, notebook.Visit{
			Account: q.Account, Kind: q.Kind, Outcome: q.Outcome, Notes: q.Notes, Objective: q.Objective,
			Order: money.Cents(q.Order), Duration: q.Duration, Next: q.Next, Amends: q.Amends,
		})
		return id, q.Account, err
	})
}

func (d *desk) undo(ctx context.Context, q bridge.Undo, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		touched, err = s.book.Undo(ctx, q.ID, q.Account)
		return q.ID, touched, err
	})
}

func (d *desk) plan(ctx context.Context, q bridge.PlanVisit, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.PlanVisit(ctx, notebook.Plan{
			ID: q.ID, Account: q.Account, Day: calendar.Day(q.Day), InDays: q.InDays, Minute: q.Minute, Kind: q.Kind, Objective: q.Objective,
		})
		return id, q.Account, err
	})
}

func (d *desk) cancelVisit(ctx context.Context, q bridge.CancelVisit, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.CancelVisit(ctx, q.Account, q.ID)
		return id, q.Account, err
	})
}

func (d *desk) edit(ctx context.Context, q bridge.Edit, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.EditField(ctx, notebook.Edit{Account: q.Account, Rec: q.Rec, Kind: q.Kind, Field: q.Field, Text: q.Text})
		return id, q.Account, err
	})
}

func (d *desk) create(ctx context.Context, q bridge.NewAccount, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, portfolio.ID{}, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.AddAccount(ctx, notebook.Stranger{Name: q.Name, City: q.City, Phone: q.Phone, Siret: q.Siret, Status: q.Status, Scope: q.Scope})
		return id, id, err
	})
}

func (d *desk) archive(ctx context.Context, q bridge.ArchiveAccount, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.ArchiveAccount(ctx, q.Account, q.Back)
		return id, q.Account, err
	})
}

// amount reads what a person types for money; empty is zero.
func amount(text string) (money.Cents, error) {
	if text == "" {
		return 0, nil
	}
	c, ok := intake.ReadAmount(text)
	if !ok {
		return 0, &bridge.Fault{Code: bridge.FaultInput, Args: []string{"field.potential", "not-a-number"}, Text: "not an amount"}
	}
	return c, nil
}

func (d *desk) settle(ctx context.Context, q bridge.Settle, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.Settle(ctx, q.Account, q.Conflict, q.TakeOther)
		return id, q.Account, err
	})
}

func (d *desk) dropRefused(ctx context.Context, q bridge.DropRefused, _ func(bridge.Progress)) (bridge.Saved, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Saved{}, err
	}
	if err := s.book.CloseRefusal(ctx, q.ID, q.Retry); err != nil {
		return bridge.Saved{}, faultOf(err)
	}
	s.tell(bridge.Event{Kind: "changed"})
	s.wake(replicate.Change)
	return bridge.Saved{ID: q.ID}, nil
}

func (d *desk) localGet(ctx context.Context, q bridge.Local, _ func(bridge.Progress)) (bridge.Local, error) {
	s, err := d.session()
	if err != nil {
		return q, err
	}
	q.Data, err = s.db.Local(ctx, "page/"+q.Key)
	return q, err
}

func (d *desk) localPut(ctx context.Context, q bridge.Local, _ func(bridge.Progress)) (bridge.None, error) {
	s, err := d.session()
	if err != nil {
		return bridge.None{}, err
	}
	return bridge.None{}, faultOf(s.db.SetLocal(ctx, store.LocalValue{Name: "page/" + q.Key, Value: q.Data}))
}
