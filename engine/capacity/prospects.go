package capacity

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// Needs are what prospecting must bring (H3): a number of clients, or a sales
// target when Target is set. A rate under 0 is not known.
type Needs struct {
	Clients   int     // of today
	Attrition float64 // share of clients lost in a year; under 0: as Lost and Kept say
	Growth    int     // clients wanted beyond today's

	Target, Sales, Upsell, FirstYear money.Cents // the revenue variant; FirstYear: mean first-year sales of a new client

	Conversion float64 // new clients per prospect visit; under 0: no history
	VisitsPer  float64 // visits per conversion: used instead when above 0

	Lost, Kept int // last year, for the minimum of time
	Capacity   int // visits of the year, H2
}

// Prospects is the number of prospect visits.
type Prospects struct {
	ToWin       int
	Wanted      int // before the floor and the cap
	Visits      int
	Share       float64 // of the capacity
	AtFloor     bool
	AtCap       bool
	Pilot       bool    // nobody was ever converted: try on the floor's visits first
	MinimumTime float64 // share of time under which the losses are not made good
	Enough      bool    // the share reaches it
	explain.Mark
}

// Prospect counts the prospect visits of a year (H3).
func Prospect(in Needs, p Params) Prospects {
	var r Prospects
	rate, guess := in.Conversion, false
	if in.VisitsPer > 0 {
		rate = 1 / tame(in.VisitsPer)
	} else if !(rate >= 0) {
		rate, guess = p.Conversion, true
	}
	rate = share(rate)
	lost := 0
	r.ToWin, lost = in.toWin()
	if rate > 0 {
		r.Wanted = int(min(math.Round(float64(r.ToWin)/rate), 1e9))
	}
	r.Pilot = rate == 0 && r.ToWin > 0
	capacity := float64(max(0, in.Capacity))
	low := int(math.Ceil(float64(share(p.Floor)*capacity) - 1e-9))
	high := int(math.Floor(float64(share(p.Cap)*capacity) + 1e-9))
	r.Visits = max(low, min(high, r.Wanted))
	r.AtFloor, r.AtCap = r.Wanted < low, r.Wanted > high
	if capacity > 0 {
		r.Share = float64(r.Visits) / capacity
	}
	// A prospect takes about twice the time of a kept client.
	if cost := tame(p.TimeCost) * float64(max(0, in.Lost)); cost > 0 {
		r.MinimumTime = cost / (cost + float64(max(0, in.Kept)))
	}
	r.Enough = r.Share >= r.MinimumTime-1e-12
	_, unknown := in.gone()
	r.Mark = explain.Sound(explain.Tally("capacity.lost", lost), explain.Tally("capacity.growth", max(0, r.ToWin-lost)),
		explain.Tally("capacity.toWin", r.ToWin), explain.Share("capacity.conversion", rate),
		explain.Tally("capacity.floor", low), explain.Tally("capacity.cap", high), explain.Tally("capacity.prospects", r.Visits),
		explain.Share("capacity.share", r.Share), explain.Share("capacity.minimumTime", r.MinimumTime))
	switch {
	case capacity == 0:
		r.Status, r.Reason = explain.NA, explain.NoData
	case guess || unknown:
		r.Status, r.Reason = explain.Weak, explain.NoData
	case r.Pilot:
		r.Status, r.Reason = explain.Weak, explain.NoVariation
	}
	return r
}

// toWin is the clients to win, and those of them that replace losses.
func (in Needs) toWin() (all, lost int) {
	gone, _ := in.gone()
	lost = ceil(gone * float64(max(0, in.Clients)))
	if in.Target <= 0 {
		return lost + max(0, min(in.Growth, 1e9)), lost
	}
	if in.FirstYear <= 0 {
		return lost, lost
	}
	kept := float64(max(0, in.Sales)) * (1 - gone)
	missing := float64(in.Target) - kept - float64(max(0, in.Upsell))
	all = ceil(missing / float64(in.FirstYear))
	return all, min(all, lost)
}

// gone is the share of clients lost in a year; unknown, and 0, when nothing says it.
func (in Needs) gone() (rate float64, unknown bool) {
	if in.Attrition >= 0 {
		return share(in.Attrition), false
	}
	lost, kept := float64(max(0, in.Lost)), float64(max(0, in.Kept))
	if lost+kept == 0 {
		return 0, in.Clients > 0
	}
	return lost / (lost + kept), false
}

// Verdict says in a sentence of the catalogue what decides the number of
// prospect visits, with the numbers the sentence names.
func (r *Prospects) Verdict() (key string, numbers []int) {
	switch {
	case !r.Has():
		return "prospecting.none", nil
	case r.Pilot:
		return "prospecting.pilot", []int{r.Visits}
	case r.AtCap:
		return "prospecting.cap", []int{r.Wanted, r.Visits, r.ToWin}
	case !r.Enough:
		return "prospecting.short", []int{r.Visits, r.ToWin}
	case r.AtFloor:
		return "prospecting.floor", []int{r.Wanted, r.Visits}
	}
	return "prospecting.holds", []int{r.Visits, r.ToWin}
}

// Progress is prospect visits made ÷ those due by now (the progress ring): above
// 1, ahead. It has no value when none was due.
func Progress(made, due int) explain.Result {
	if due <= 0 {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	return explain.Result{Value: float64(max(0, made)) / float64(due),
		Mark: explain.Sound(explain.Tally("capacity.made", max(0, made)), explain.Tally("capacity.due", due))}
}

// ceil is the next whole number up: 12.0000000001 is 12.
func ceil(x float64) int {
	if !(x > 0) {
		return 0
	}
	return int(min(math.Ceil(x-1e-9*(1+x)), 1e9))
}
