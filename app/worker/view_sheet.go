package main

import (
	"context"
	"strconv"
	"strings"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func (d *desk) viewSheet(ctx context.Context, q query.SheetAsk, _ func(bridge.Progress)) (query.SheetTab, error) {
	s, err := d.session()
	if err != nil {
		return query.SheetTab{}, err
	}
	var out query.SheetTab
	err = s.deepClient(ctx, q.ID, func(a *query.Analysis, i int) error {
		out = a.SheetTab(s.reader(q.Lang, s.readonly(a.Scope)), q, i)
		for _, o := range out.View.Overrides {
			out.Authors = append(out.Authors, s.people[o.Author])
		}
		return nil
	})
	return out, err
}

func (d *desk) viewWhatIf(ctx context.Context, q query.WhatIfAsk, _ func(bridge.Progress)) (query.WhatIf, error) {
	s, err := d.session()
	if err != nil {
		return query.WhatIf{}, err
	}
	var out query.WhatIf
	err = s.deepClient(ctx, q.ID, func(a *query.Analysis, i int) error {
		out = a.WhatIf(q, i)
		return nil
	})
	return out, err
}

func (d *desk) override(ctx context.Context, q bridge.Override, _ func(bridge.Progress)) (bridge.Saved, error) {
	value := 0.0
	if !q.End {
		var err error
		if value, err = decided(q.What, q.Text); err != nil {
			return bridge.Saved{}, err
		}
	}
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		s.mu.Lock()
		day := s.readingDay(q.Account)
		s.mu.Unlock()
		if q.End {
			id, err = s.book.EndOverride(ctx, q.Account, q.What, day)
		} else {
			id, err = s.book.Override(ctx, notebook.Decision{Account: q.Account, What: q.What, Value: value, Why: q.Why, Day: day, Until: calendar.Day(q.Until)})
		}
		return id, q.Account, err
	})
}

// readingDay is the day the figures of a client are read on: the decision of a
// portfolio whose reading date is fixed holds from that day. s.mu is held.
func (s *session) readingDay(id portfolio.ID) calendar.Day {
	today := s.today()
	if c, ok := s.snap.Card(id); ok {
		if day, fixed := s.snap.AsOf(c.Scope); fixed {
			return min(day, today)
		}
	}
	return today
}

// decided reads the value a person decides: a class is its number, a potential
// an amount, a risk a percentage.
func decided(what, text string) (float64, error) {
	bad := &bridge.Fault{Code: bridge.FaultInput, Args: []string{"field.override", "not-a-number"}, Text: "not a value: " + what}
	switch what {
	case "potential":
		c, err := amount(text)
		if err == nil && c <= 0 {
			return 0, bad
		}
		return float64(c), err
	case "departure":
		c, ok := intake.ReadAmount(strings.TrimRight(strings.TrimSpace(text), "%\u00a0\u202f "))
		if !ok || c < 0 || c > 100_00 {
			return 0, bad
		}
		return float64(c) / 100_00, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, bad
	}
	return float64(n), nil
}

func (d *desk) effort(ctx context.Context, q bridge.NewEffort, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		s.mu.Lock()
		day := s.readingDay(q.Account)
		s.mu.Unlock()
		id, err = s.book.AddEffort(ctx, portfolio.Effort{Account: q.Account, Code: q.Code, Baseline: q.Baseline, Target: q.Target, From: day})
		return id, q.Account, err
	})
}
