package scoring

import (
	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

// Categorise gives the category of an account (H4).
func Categorise(a Account, p Params) Verdict { panic("todo") }

// Note is the note of a typology, false when it is not set.
func (p Params) Note(t portfolio.Typology) (float64, bool) { panic("todo") }

// DefaultGrid is R, P and typology (columns in that order: R level, P level, note).
func DefaultGrid(p Params) Grid { panic("todo") }

// W18 is the found example: growth (0.07 for 7 %), sales in euros, margin rate, references.
func W18() Grid { panic("todo") }

// Seven is the seven-criteria template: columns potential, growth, engagement, penetration, profitability, realised…
func Seven(p Params) Grid { panic("todo") }

// Score fills the sheet.
func (g Grid) Score(t Table) Sheet { panic("todo") }

// Levers lists what would raise client i, nearest change first.
func (s Sheet) Levers(i int) []Lever { panic("todo") }

// Explain gives the steps of client i.
func (s Sheet) Explain(i int) []explain.Step { panic("todo") }

// Sensitivities moves each weight by −1 and +1 and correlates the rankings.
func (s Sheet) Sensitivities() []Sensitivity { panic("todo") }

// Spearman is the rank correlation with average ranks.
func Spearman(x, y []float64) explain.Result { panic("todo") }

// Kendall is τ-b.
func Kendall(x, y []float64) explain.Result { panic("todo") }
