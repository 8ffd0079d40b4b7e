package weight

import (
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
)

// Params are the settings of the chapter.
type Params struct {
	CutA, CutB float64 // percent of the total, abc.cuts
	Tol        float64 // percent points, abc.tol
	Boundary   Boundary
	FragileMax int // clients in rank 1, fragile.rank1Max
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	cuts := s.Floats(params.ABCCuts)
	p := Params{CutA: cuts[0], CutB: cuts[1], Tol: s.Float(params.ABCTol), FragileMax: s.Int(params.FragileRank1Max)}
	if s.Word(params.RankBoundary) == "midpoint" {
		p.Boundary = Midpoint
	}
	return p
}

// Boundary says which point of a client's slice of the total gives its rank.
type Boundary uint8

const (
	Before   Boundary = iota // its beginning, cumBefore
	Midpoint                 // its middle, (cumBefore + cumAfter) / 2
)

// An Input is one value per client, by the caller's index.
type Input struct {
	Values []money.Cents  // sales, margin, potential, or hundredths of anything
	Second []money.Cents  // breaks ties, larger first: potential for sales, sales for potential; nil: none
	Codes  []string       // breaks the remaining ties; nil: the index does
	Out    []bool         // clients without a value (unknown potential): no class, no rank; nil: none
	Empty  explain.Reason // why nothing is there to rank; zero: NO_SALES
}

// Class is the ABC class; the zero value is a client without a value.
type Class uint8

const (
	A Class = iota + 1
	B
	C
)

// String is the letter, or "?" for a client without a value.
func (c Class) String() string { return [...]string{"?", "A", "B", "C"}[min(c, C)%4] }

// A Pareto is an ABC ranking. Slices are indexed like the input, except Order.
type Pareto struct {
	Class     []Class
	Order     []int32   // the clients that have a value, largest first
	CumBefore []float64 // share of the total made by larger clients; 1 for those out of the total
	CumAfter  []float64 // the same, with the client itself
	Total     money.Cents
	N         [4]int         // clients by class; N[0]: without a value
	Sum       [4]money.Cents // amounts by class
	Sentence  Sentence
	explain.Mark

	in Input
	p  Params
}

// A Sentence is the real Pareto sentence: Clients of Of clients make Share of
// the total; it takes the fewest clients to reach the first cut.
type Sentence struct {
	Clients, Of int
	Share       float64
}

// Floors are the quarters of the total (étages). Slices are indexed like the
// input, except Order; N, Sum and Hole by rank − 1.
type Floors struct {
	Rank      []uint8 // 1 the top quarter … 4; 0 without a value
	Level     []uint8 // 5 − rank: 4 is the top; 0 without a value, and for R without positive sales
	Order     []int32
	CumBefore []float64 // as in Pareto
	Total     money.Cents
	N         [4]int
	Sum       [4]money.Cents
	Hole      [4]bool // an empty rank above an occupied one: information, not an error
	Below     int     // clients at zero or below: in N[3], except for R
	Fragile   bool
	Top1      float64 // share of the largest client
	NEff      float64 // number of equal clients it amounts to
	explain.Mark

	in       Input
	p        Params
	realised bool
	lowest   [4]money.Cents // smallest positive value of each rank
}

// A Climb is what it takes to reach the next occupied floor.
type Climb struct {
	To       uint8       // rank reached
	Cost     money.Cents // more sales needed, everything else equal
	Verified bool        // re-ranked with the new total
}

// Row is a line of the crossed matrix: today's class, or P for prospects.
type Row uint8

const (
	RowA Row = iota
	RowB
	RowC
	RowP
)

// Column is a column of the crossed matrix: tomorrow's class, or unknown.
type Column uint8

const (
	ColumnA Column = iota
	ColumnB
	ColumnC
	ColumnUnknown
)

// Segment is the reading of a cell (D3).
type Segment uint8

const (
	Protect        Segment = iota + 1 // fonds de commerce : protéger
	ProtectDevelop                    // AA' : protéger et développer
	Growth                            // potentiel de développement
	Economy                           // gestion économique
)

// A CrossInput adds to the two classes what the cells sum.
type CrossInput struct {
	Sales     []Class // of D1 on sales
	Potential []Class // of D1 on potentials, prospects counted; 0: unknown
	Prospect  []bool  // nil: none
	Net       []money.Cents
	Worth     []money.Cents // potential; 0 where unknown
	Spent     []float64     // visits or contact units; nil: none
}

// A Cell sums the clients of one crossing.
type Cell struct {
	N         int
	Sales     money.Cents
	Potential money.Cents
	Remaining money.Cents // Σ max(0, potential − positive sales), known potentials only
	Spent     float64
}

// A Matrix is the crossed ABC. Row, Column and Segment are indexed like the
// input, Cell by row and column.
type Matrix struct {
	Row     []Row
	Column  []Column
	Segment []Segment
	Cell    [4][4]Cell
	explain.Mark
}
