package weight

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// million is the grain of the cuts: 79.5 % is 795 000 millionths.
const million = 1_000_000

// ABC ranks the clients by value and cuts the cumulated total (D1). Without
// any positive value every client is C and the mark says why.
func ABC(in Input, p Params) Pareto {
	n := len(in.Values)
	r := Pareto{
		Class: make([]Class, n), Order: order(in),
		CumBefore: make([]float64, n), CumAfter: make([]float64, n),
		in: in, p: p,
	}
	t, why := total(in, r.Order)
	r.Total = t
	for _, i := range r.Order {
		r.Class[i], r.CumBefore[i], r.CumAfter[i] = C, 1, 1
	}
	if t > 0 {
		r.classify(p)
	}
	for i, c := range r.Class {
		r.N[c]++
		if in.Values[i] > 0 {
			r.Sum[c] = r.Sum[c].Plus(in.Values[i])
		}
	}
	r.Mark = mark(len(r.Order), why, explain.Tally("weight.clients", len(r.Order)), explain.Amount("weight.total", t),
		explain.Of("weight.cutA", (p.CutA-p.Tol)/100, explain.Percent), explain.Of("weight.cutB", (p.CutB-p.Tol)/100, explain.Percent))
	return r
}

// classify fills classes and cumulated shares; ties share the better class.
func (r *Pareto) classify(p Params) {
	cutA, cutB, goal := millionths(p.CutA-p.Tol), millionths(p.CutB-p.Tol), millionths(p.CutA)
	t := float64(r.Total)
	var made money.Cents // by the clients of the Pareto sentence
	groups(r.in, r.Order, func(before money.Cents, members []int32) {
		class := C
		switch {
		case money.Compare(before, r.Total, cutA, million) < 0:
			class = A
		case money.Compare(before, r.Total, cutB, million) < 0:
			class = B
		}
		for k, i := range members {
			v := r.in.Values[i]
			r.Class[i] = class
			r.CumBefore[i] = float64(before) / t
			after := before + v*money.Cents(k+1)
			r.CumAfter[i] = float64(after) / t
			if money.Compare(made, r.Total, goal, million) < 0 {
				made = after
				r.Sentence.Clients++
			}
		}
	})
	r.Sentence.Of, r.Sentence.Share = len(r.Order), float64(made)/t
}

func millionths(percent float64) int64 { return int64(math.Round(percent * (million / 100))) }

// Heads is the head-count variant of ABC: the first share of the clients by
// value are A, the next B, whatever they sell (20/30/50 in the method). Ties
// share the better class; clients at zero or below are C.
func Heads(in Input, percentA, percentB float64) []Class {
	class := make([]Class, len(in.Values))
	idx := order(in)
	for _, i := range idx {
		class[i] = C
	}
	n, place := int64(len(idx)), int64(0)
	groups(in, idx, func(_ money.Cents, members []int32) {
		c := C
		switch {
		case place*million < millionths(percentA)*n:
			c = A
		case place*million < millionths(percentA+percentB)*n:
			c = B
		}
		for _, i := range members {
			class[i] = c
		}
		place += int64(len(members))
	})
	return class
}

// Explain gives the steps that put client i in its class.
func (r Pareto) Explain(i int) []explain.Step {
	v := r.in.Values[i]
	if r.Class[i] == 0 || v <= 0 || r.Total == 0 {
		return []explain.Step{explain.Amount("weight.value", v), explain.Tally("weight.outOfTotal", 1), explain.Name("weight.class", r.Class[i].String())}
	}
	return []explain.Step{
		explain.Amount("weight.value", v), explain.Amount("weight.total", r.Total),
		explain.Share("weight.cumBefore", r.CumBefore[i]), explain.Share("weight.cumAfter", r.CumAfter[i]),
		explain.Share("weight.cutA", (r.p.CutA-r.p.Tol)/100), explain.Share("weight.cutB", (r.p.CutB-r.p.Tol)/100),
		explain.Name("weight.class", r.Class[i].String()),
	}
}
