package response

import (
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
)

// Params are the settings of the chapter.
type Params struct {
	Result        Result
	Threshold     Threshold
	Devourer      float64 // D from which a client devours
	Method        Method
	MarketAdjust  bool
	MinAbsUnits   float64    // contact units
	MinRel        float64    // share of one
	Bands         [3]float64 // reverse | insensitive | moderate | very sensitive
	AddAbove      float64    // × price of a unit
	ReduceBelow   float64
	MinPeriods    int
	Shrink        float64 // periods
	Multipliers   [9]float64
	MaxChange     float64 // share of one
	ChangeCapped  bool    // visit.maxChange is on
	FixedUnits    float64 // limits of balance.threshold = fixed: contact units
	FixedResult   float64 // and cents, or orders; the registry has no key for them: both 0, not set
	HighPotential uint8   // P level from which a skeleton is worth a trial
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	p := Params{
		Devourer: s.Float(params.BalanceDevourer), MarketAdjust: s.Bool(params.MarketAdjusted),
		MinAbsUnits: s.Float(params.ElasticityMinAbsUnits), MinRel: s.Share(params.ElasticityMinRel),
		AddAbove: s.Float(params.ElasticityAddAbove), ReduceBelow: s.Float(params.ElasticityReduceBelow),
		MinPeriods: s.Int(params.ElasticityMinPeriods), Shrink: s.Float(params.ElasticityShrink),
		MaxChange: s.Share(params.VisitMaxChange), ChangeCapped: s.On(params.VisitMaxChange), HighPotential: 3,
	}
	copy(p.Bands[:], s.Floats(params.ElasticityBands))
	copy(p.Multipliers[:], s.Floats(params.StrategyMultipliers))
	switch s.Word(params.BalanceResult) {
	case "sales":
		p.Result = BySales
	case "orders":
		p.Result = ByOrders
	}
	switch s.Word(params.BalanceThreshold) {
	case "median":
		p.Threshold = Median
	case "fixed":
		p.Threshold = Fixed
	}
	switch s.Word(params.ElasticityMethod) {
	case "point":
		p.Method = Point
	case "regression":
		p.Method = Regression
	}
	return p
}

// Result is what a client gives back (balance.result).
type Result uint8

const (
	ByMargin Result = iota
	BySales
	ByOrders
)

// Threshold separates low from high (balance.threshold).
type Threshold uint8

const (
	Mean Threshold = iota
	Median
	Fixed
)

// Method is how an elasticity is read (elasticity.method).
type Method uint8

const (
	Arc Method = iota
	Point
	Regression
)

// Class is the quadrant of contacts and result (B1); zero: no class.
type Class uint8

// Stored and sent: add at the end, never renumber.
const (
	Skeleton Class = iota + 1 // squelette : peu de contacts, peu de résultat
	Hen                       // poule aux œufs d'or : peu de contacts, résultat élevé
	Devourer                  // contactivore : beaucoup de contacts, peu de résultat
	Cow                       // vache à lait : beaucoup de contacts, résultat élevé
)

// String is the French code word of the class, for steps; empty for none.
func (c Class) String() string {
	return [...]string{"", "squelette", "poule", "contactivore", "vache"}[min(c, Cow+1)%5]
}

// Alarm says that a client takes more contacts than it gives back.
type Alarm uint8

const (
	NoAlarm       Alarm = iota
	Devours             // dévoreur de contacts
	DevoursLittle       // petit dévoreur: D is high, contacts are few
)

// WordKeys are the words of classes, badges, quadrants, decisions and advice,
// worded by the catalogue: classes by their code, the others by their number.
var WordKeys = []string{
	"response.class.squelette", "response.class.poule", "response.class.contactivore", "response.class.vache",
	"response.band.1", "response.band.2", "response.band.3", "response.band.4",
	"response.quadrant.1", "response.quadrant.2", "response.quadrant.3", "response.quadrant.4",
	"response.decision.1", "response.decision.2", "response.decision.3",
	"response.advice.1", "response.advice.2", "response.advice.3", "response.advice.4", "response.advice.5", "response.advice.6",
	"response.advice.7", "response.advice.8", "response.advice.9", "response.advice.10", "response.advice.11",
}

// A BalanceInput is one portfolio, by the caller's index. Only the result
// chosen by balance.result is needed.
type BalanceInput struct {
	Codes    []string // breaks ties; nil: the index does
	Units    []float64
	Margin   []money.Cents // gross margin MB
	Sales    []money.Cents
	Orders   []int32
	Invested []money.Cents // for the severity
	Starting []bool        // phase D: an investment, no alarm; nil: none
}

// A Balance is the contacts of a portfolio against its result (B1). Slices are
// indexed like the input, except Devourers and Small.
type Balance struct {
	Class    []Class
	CI, RI   []float64 // index of contacts and of result, 1 is the mean
	D        []float64 // devouring index; 0 where it is infinite or has no meaning
	Infinite []bool    // no positive result: D is shown ∞
	Alarm    []Alarm
	Severity []money.Cents // of the alarm
	Hollow   []bool        // phase D, shown as an investment

	Devourers []int32 // by falling severity
	Small     []int32
	N         [5]int // clients by class

	MeanUnits, MeanResult   float64
	LimitUnits, LimitResult float64
	explain.Mark

	in     BalanceInput
	p      Params
	result []money.Cents
}

// Band is the badge of an elasticity (B2).
type Band uint8

// Stored and sent: add at the end, never renumber.
const (
	Reverse       Band = iota + 1 // inverse ou contre-productif
	Insensitive                   // insensible
	Moderate                      // modérément sensible
	VerySensitive                 // très sensible
)

// Quadrant names the two directions of a client's year.
type Quadrant uint8

// Stored and sent: add at the end, never renumber.
const (
	Responsive        Quadrant = iota + 1 // sensible (+, +)
	CounterProductive                     // contre-productif (+, −)
	SelfStanding                          // autonome (−, +)
	Withdrawing                           // en retrait (−, −)
)

// Decision is what the return of one more unit advises.
type Decision uint8

// Stored and sent: add at the end, never renumber.
const (
	Add    Decision = iota + 1 // ajouter
	Hold                       // maintenir
	Reduce                     // réduire
)

// A FlowInput is one portfolio over two periods, by the caller's index, and
// over more for the regression.
type FlowInput struct {
	Codes         []string
	Before, Units []float64      // contact units of N-1 and N
	SalesBefore   []money.Cents  // Q of N-1
	Sales         []money.Cents  // Q of N
	Margin        []money.Cents  // gross margin of N
	Price         money.Cents    // of one contact unit (PRC); 0: unknown
	Others        [2]money.Cents // sales of N-1 and N of the portfolio's clients that are not among these

	// For the regression: units and sales by period, oldest first, by client.
	PeriodUnits [][]float64
	PeriodSales [][]money.Cents
}

// A Reading is the sensitivity of one client to contacts (B2). E must never be
// shown without the two variations.
type Reading struct {
	E                         float64
	ChangeUnits, ChangeResult float64 // raw variations, units and cents
	RelUnits, RelResult       float64 // as the method measures them; 0 when it cannot
	Return                    float64 // RM: cents for one more unit
	HasReturn                 bool
	Band                      Band
	Quadrant                  Quadrant
	Decision                  Decision       // 0: no price or no return
	Silent                    explain.Reason // why there is no decision: NO_CONTACT, no unit to rest a return on; NO_COST, no price
	Autonomous                bool           // contacts fell, sales did not
	Periods                   int            // usable periods: the quality of the reading
	explain.Mark
}

// A Flow is the sensitivities of a portfolio.
type Flow struct {
	Reading []Reading
	Market  float64 // growth taken out of the sales of N; 0 unless marketAdjusted
	Pool    float64 // slope within all clients, for the regression
	HasPool bool

	in FlowInput
	p  Params
}
