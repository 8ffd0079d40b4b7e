package weight

import (
	"sillon/engine/explain"
	"sillon/engine/money"
)

// Cross places every account between today's business and tomorrow's growth
// (D3). A prospect is on line P whatever its class of sales; an unknown
// potential is in the last column.
func Cross(in CrossInput) Matrix {
	n := len(in.Sales)
	m := Matrix{Row: make([]Row, n), Column: make([]Column, n), Segment: make([]Segment, n)}
	var left money.Cents
	for i := range n {
		r, c := row(in, i), column(in, i)
		m.Row[i], m.Column[i], m.Segment[i] = r, c, SegmentOf(r, c)
		cell := &m.Cell[r][c]
		cell.N++
		cell.Sales = cell.Sales.Plus(in.Net[i])
		if in.Spent != nil {
			cell.Spent += in.Spent[i]
		}
		if c != ColumnUnknown {
			rest := max(0, in.Worth[i]-max(0, in.Net[i]))
			cell.Potential = cell.Potential.Plus(in.Worth[i])
			cell.Remaining = cell.Remaining.Plus(rest)
			left = left.Plus(rest)
		}
	}
	why := explain.None
	if n == 0 {
		why = explain.NoData
	}
	m.Mark = mark(n, why, explain.Tally("weight.clients", n), explain.Amount("weight.remaining", left))
	return m
}

func row(in CrossInput, i int) Row {
	if in.Prospect != nil && in.Prospect[i] {
		return RowP
	}
	switch in.Sales[i] {
	case A:
		return RowA
	case B:
		return RowB
	}
	return RowC
}

func column(in CrossInput, i int) Column {
	switch in.Potential[i] {
	case A:
		return ColumnA
	case B:
		return ColumnB
	case C:
		return ColumnC
	}
	return ColumnUnknown
}

// SegmentOf reads a cell: line A is protected, AA' developed too; the other
// large potentials are the growth; the rest is managed economically.
func SegmentOf(r Row, c Column) Segment {
	switch {
	case r == RowA && c == ColumnA:
		return ProtectDevelop
	case r == RowA:
		return Protect
	case c == ColumnA:
		return Growth
	}
	return Economy
}

// Explain gives the steps that put client i in its cell, "A" and "B'".
func (m Matrix) Explain(i int) []explain.Step {
	return []explain.Step{
		explain.Name("weight.row", string("ABCP"[m.Row[i]])),
		explain.Name("weight.column", [...]string{"A'", "B'", "C'", "?"}[m.Column[i]]),
	}
}
