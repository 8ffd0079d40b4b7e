package potential

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
)

// Appraise fuses the estimates of a client known at asOf (E1).
func Appraise(estimates []Estimate, sales money.Cents, asOf calendar.Day, p Params) Appraisal {
	panic("todo")
}

// Rank gives the P levels (E2).
func Rank(in LevelsInput, p Params) Levels { panic("todo") }

// Shown is a level as the organisation reads it: pScale may make 1 the top.
func (p Params) Shown(level uint8) uint8 { panic("todo") }

// Concentrate measures the concentration of any amounts; empty says why a zero total has no value.
func Concentrate[T ~int64 | ~float64](amounts []T, p Params, empty explain.Reason) Concentration {
	panic("todo")
}

// Top is the share of the k largest clients.
func (c Concentration) Top(k int) float64 { panic("todo") }

// Align is the alignment of two distributions over the same clients, weak under its limit.
func Align[T, U ~int64 | ~float64](x []T, y []U, empty explain.Reason) explain.Result { panic("todo") }

// Penetrate is the penetration of one client.
func Penetrate(sales, potential money.Cents, known bool) Penetration { panic("todo") }

// PenetrateAll is the penetration of a portfolio, weighted: never the mean of rates.
func PenetrateAll(sales, potential []money.Cents, known []bool) Penetration { panic("todo") }

// BreadthDepth splits a client's penetration over its families.
func BreadthDepth(families []Family) Split { panic("todo") }

// PR builds the board (E5).
func PR(in PRInput, p Params) Board { panic("todo") }

// Explain gives the steps of client i.
func (b Board) Explain(i int) []explain.Step { panic("todo") }

// StrategyOf reads a cell; p from 1 to 4, r from 0 to 4.
func StrategyOf(p, r uint8) Strategy { panic("todo") }
