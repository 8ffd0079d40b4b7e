package potential

import (
	"cmp"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// PR crosses the level of potential with the level of results (E5).
func PR(in PRInput, p Params) Board {
	n := len(in.P)
	b := Board{Known: make([]bool, n), PR: make([]int8, n), Delta: make([]int8, n), HasDelta: make([]bool, n),
		Strategy: make([]Strategy, n), Key: make([]float64, n), Provisional: make([]bool, n), in: in}
	if p.Fine && in.PShare != nil && in.RShare != nil {
		b.Fine = make([]float64, n)
	}
	for i := range n {
		level, result := min(in.P[i], 4), min(in.R[i], 4)
		b.Cell[level][result]++
		if level > 0 {
			b.place(i, level, result, p)
			b.Order = append(b.Order, int32(i))
		}
	}
	b.sort()
	b.Mark = explain.Sound(explain.Tally("potential.clients", n), explain.Tally("potential.known", len(b.Order)))
	switch {
	case n == 0:
		b.Status, b.Reason = explain.NA, explain.NoData
	case len(b.Order) == 0:
		b.Status, b.Reason = explain.NA, explain.NoPotential
	case n < 4:
		b.Status, b.Reason = explain.Weak, explain.FewClients
	}
	return b
}

func (b *Board) place(i int, level, result uint8, p Params) {
	in := b.in
	pr := int8(level) - int8(result)
	b.Known[i], b.PR[i] = true, pr
	b.Strategy[i] = StrategyOf(level, result)
	b.Key[i] = ContactKey(level, pr, p)
	b.Provisional[i] = in.Starting != nil && in.Starting[i]
	if in.PBefore != nil && in.RBefore != nil && in.PBefore[i] > 0 {
		b.Delta[i], b.HasDelta[i] = pr-(int8(in.PBefore[i])-int8(in.RBefore[i])), true
	}
	if b.Fine != nil {
		b.Fine[i] = 4 * (in.PShare[i] - in.RShare[i])
	}
}

func (b *Board) sort() {
	rest, codes, key := b.in.Remaining, b.in.Codes, make([]uint64, len(b.PR))
	for i, pr := range b.PR { // levels first, then what is left to win, short of the largest amounts there are
		left := uint64(0)
		if rest != nil {
			left = sorting.Whole(int64(rest[i])) >> 8
		}
		key[i] = ^(uint64(uint8(pr)^128)<<56 | left)
	}
	sorting.Index(b.Order, key, func(x, y int32) int {
		if rest != nil && rest[x] != rest[y] {
			return cmp.Compare(rest[y], rest[x])
		}
		if codes != nil && codes[x] != codes[y] {
			return cmp.Compare(codes[x], codes[y])
		}
		return cmp.Compare(x, y)
	})
}

// ContactKey is the weight of a client in the sharing of contacts:
// max(floor, P·(1 + slope·PR)).
func ContactKey(level uint8, pr int8, p Params) float64 {
	return max(p.KeyFloor, float64(level)*(1+float64(p.KeySlope*float64(pr))))
}

// StrategyOf reads a cell of the table of E5; level from 1 to 4, result from 0
// to 4. A level of 0 has no strategy.
func StrategyOf(level, result uint8) Strategy {
	if level == 0 {
		return 0
	}
	high, pr := level >= 3, int(level)-int(result)
	switch {
	case pr >= 2 && high:
		return Conquer
	case pr >= 2:
		return Probe
	case pr == 1 && high:
		return Develop
	case pr == 1:
		return Accompany
	case pr == 0:
		return [...]Strategy{Economise, MaintainLight, Maintain, ProtectTop}[level-1]
	case pr == -1 && high:
		return Lock
	case pr == -1:
		return LightAndAsk
	case result == 4:
		return CheckPotential
	}
	return StepBackGently
}

// Explain gives the steps of client i.
func (b Board) Explain(i int) []explain.Step {
	steps := []explain.Step{
		explain.Of("potential.p", float64(b.in.P[i]), explain.Level),
		explain.Of("potential.r", float64(b.in.R[i]), explain.Level),
	}
	if !b.Known[i] {
		return steps
	}
	steps = append(steps, explain.Num("potential.pr", float64(b.PR[i])))
	if b.HasDelta[i] {
		steps = append(steps, explain.Num("potential.prBefore", float64(b.PR[i]-b.Delta[i])), explain.Num("potential.prDelta", float64(b.Delta[i])))
	}
	return append(steps, explain.Num("potential.key", b.Key[i]))
}
