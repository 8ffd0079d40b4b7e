package foresight

import "sillon/engine/explain"

// Models are the fits of a portfolio: what is kept.
type Models struct {
	Orders Fit   `cbor:"1,keyasint"`
	Spend  Spend `cbor:"2,keyasint"`
}

// Learn fits what the product uses, MBG/CNBD-k and Gamma-Gamma, on a portfolio.
// It takes tens of milliseconds: once after a sync, never for a screen.
func Learn(hs []History, p Params) Models { return LearnSlowly(hs, p, nil) }

// LearnSlowly is Learn that calls pause before each pass over the clients. A
// pause that does not return (it panics, and its author recovers) ends it.
func LearnSlowly(hs []History, p Params, pause func()) Models {
	return Models{Orders: fitRegular(hs, p, pause), Spend: fitSpend(hs, p, pause)}
}

// An Outlook is what the models say of one client, for the horizon of Params.
type Outlook struct {
	Alive   float64 // P(alive); to be shown only if Leaving
	Leaving bool    // departures are identified: 1 − Alive is a probability of having left
	Orders  Forecast
	Amount  Amount  // mean worth of one order, cents
	Value   float64 // expected sales, cents excluding VAT
	Low     float64 // value of the low and the high number of orders
	High    float64
	Silence Silence
	explain.Mark
}

// Outlook reads the models for one client. season multiplies the expected
// orders ([Season.Factor]); 1 without. A prospect is NA (NO_SALES); a client of
// one order is weak (NEW_CLIENT); else the mark is that of the fit.
//
// Orders feed I4 (Value × margin rate is the margin at stake, for one horizon),
// Orders.NoOrder and, if Leaving, 1 − Alive feed I3, Silence feeds S4.
func (m *Models) Outlook(h History, season float64, p Params) Outlook {
	f := &m.Orders
	switch {
	case !h.sound():
		return Outlook{Mark: explain.Missing(explain.NoSales)}
	case !f.usable() || f.Status == explain.NA:
		return Outlook{Mark: explain.Missing(explain.NoData)}
	}
	if !(season > 0 && season < 100) {
		season = 1
	}
	o := Outlook{
		Alive: f.Alive(h), Leaving: f.Verdict == Identified,
		Orders: f.Forecast(h, float64(p.Horizon)/week, p.Interval),
		Amount: m.Spend.Amount(h, p.Interval), Silence: f.Silence(h, p),
	}
	o.Value = o.Orders.Mean * season * o.Amount.Mean
	o.Low, o.High = float64(o.Orders.Low)*season*o.Amount.Mean, float64(o.Orders.High)*season*o.Amount.Mean
	steps := []explain.Step{
		explain.Tally("foresight.repeats", h.Repeats()), explain.Of("foresight.recency", h.Recency*week, explain.Days),
		explain.Of("foresight.age", h.Age*week, explain.Days), explain.Share("foresight.alive", o.Alive),
		explain.Of("foresight.horizon", float64(p.Horizon), explain.Days), explain.Num("foresight.orders", o.Orders.Mean),
		explain.Tally("foresight.low", o.Orders.Low), explain.Tally("foresight.high", o.Orders.High),
		explain.Share("foresight.noOrder", o.Orders.NoOrder), explain.Of("foresight.season", season, explain.Ratio),
		explain.Of("foresight.spend", o.Amount.Mean, explain.Money), explain.Of("foresight.value", o.Value, explain.Money),
		explain.Of("foresight.silence", float64(o.Silence.Days), explain.Days),
		explain.Of("foresight.usual", float64(o.Silence.Usual), explain.Days),
		explain.Of("foresight.limit", float64(o.Silence.Limit), explain.Days),
	}
	o.Mark = explain.Mark{Status: f.Status, Reason: f.Reason, Steps: steps}
	if h.Orders == 1 && f.Status == explain.OK {
		o.Mark = explain.Thin(explain.NewClient, steps...)
	}
	return o
}
