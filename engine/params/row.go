package params

// A Key names a parameter, as in method §1.3.
type Key string

// Kind says what a value looks like.
type Kind uint8

const (
	Numbers Kind = iota + 1 // one number, or several in the order of Labels
	Word                    // one of Words
	Flag                    // 0 no, 1 yes
)

// Rule is a condition on the numbers of one row together.
type Rule uint8

const (
	Free        Rule = iota
	Increasing       // each larger than the one before
	Decreasing       // each smaller than the one before
	NotFalling       // each at least the one before: a lower and an upper bound
	SumIs            // the numbers of each row of Width add up to Sum
	SumPositive      // at least one is positive
)

// A Bound limits one number; Open leaves the lower end out (> 0).
type Bound struct {
	Low, High float64
	Open      bool
	Any       bool // no limit
}

// A Row is one parameter of the registry.
type Row struct {
	Key     Key
	Section string // of the method: "D1", "E2, E5"
	Kind    Kind
	Default []float64
	Word    string   // default of an enumeration
	Words   []string // its values
	Unit    string   // "%", "months", "€"…; stable, worded by the catalogue
	Labels  []string // names of the numbers, when there are several
	Bounds  []Bound  // one for all numbers, or one each
	Rule    Rule
	Width   int     // numbers per row of a table, for SumIs
	Sum     float64 // for SumIs
	Whole   bool    // whole numbers only
	CanOff  bool    // may be switched off with the word "off"
}

// Off is the word that switches a parameter off.
const Off = "off"

// bound is the limit of number i.
func (r *Row) bound(i int) Bound {
	if len(r.Bounds) == 1 {
		return r.Bounds[0]
	}
	return r.Bounds[i]
}

// An order ties two parameters: Low must stay under High, or at most equal.
type order struct {
	Low, High Key
	Strict    bool
}

// orders are the conditions between two rows of method §1.3.
var orders = []order{
	{ElasticityReduceBelow, ElasticityAddAbove, false},
	{DCMVGDown, DCMVGUp, true},
	{ProspectFloor, ProspectCap, false},
	{VisitMin, VisitMax, false},
	{RiskAmber, RiskRed, true},
}
