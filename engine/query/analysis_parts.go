package query

import (
	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/cost"
	"sillon/engine/explain"
	"sillon/engine/foresight"
	"sillon/engine/hazard"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/relation"
	"sillon/engine/response"
	"sillon/engine/scoring"
	"sillon/engine/steering"
	"sillon/engine/visits"
	"sillon/engine/weight"
)

// Slices of the parts are indexed like [Book].Cards unless they say otherwise.

// PartCost is chapter A: the price of the sales effort.
type PartCost struct {
	Prices   *cost.Prices // A1; Rep[0] is the rep, Rep[1] the manager where he has a price
	Price    cost.Price   // of the rep
	Unit     money.Cents  // price of one contact unit; 0: unknown
	Visit    money.Cents  // of a visit
	Call     money.Cents
	Invested cost.Investments // A2
	Gross    cost.Gross       // A3: gross margin
	Rate     float64          // gross margin ÷ sales of the portfolio; 0 without positive sales
	Late     []money.Cents    // cost of late payments
	Service  []money.Cents    // cost of after-sales
	Rebates  []money.Cents    // year-end rebates due
	Margins  cost.Margins     // A3: net margin, whale curve
	Units    []float64        // contact units of N
	Before   []float64        // and of N-1
	Orders   []int32          // order days of N
	Met      []int32          // visits held in N: face to face
}

// PartResponse is chapter B: what clients give back. Its results hold the
// clients alone, prospects and lost ones left out: Clients says who they are,
// Place where each one is.
type PartResponse struct {
	Clients  []int32            // places in the book
	Place    []int32            // by place in the book: place in Clients; −1: not there
	Balance  response.Balance   // B1
	Flow     response.Flow      // B2
	Measure  []response.Measure // B3: measured response; zero without a fitted model
	Curve    []response.Curve   // B3: the curve of that measure, blended with the rep's judgments
	Judged   []bool             // there are some; nil: of nobody
	Fitted   bool               // a model of the response was given, or a judgment
	Strategy response.Strategy  // B4, bounded by H6
}

// PartMaturity is C1 to C3, C6 and C7.
type PartMaturity struct {
	Verdict    []maturity.Verdict // C1 with the signs of ageing, and what a person decided
	Phase      []maturity.Phase   // 0: one-shot, or nothing is known of a client's orders
	Moved      []int32            // clients whose phase is not that of the lists, which know no signs
	Curves     maturity.Curves    // C2
	Effort     maturity.Alignment // C3
	Adapted    maturity.Adaptation
	Mortality  maturity.Mortality // C7
	Snapshots  [][]maturity.Phase
	Transition maturity.Transition
	Forecast   maturity.Forecast // without new clients
}

// PartFamilies is C4 and the split of E4. Columns of the matrix are
// [Book].Products, then the sales without a family.
type PartFamilies struct {
	maturity.Families
	Split []potential.Split // E4: breadth and depth; na without potentials by family
}

// PartWeight is chapter D beside what the lists hold: see [Scored].
type PartWeight struct {
	Margin  weight.Pareto // D1 on gross margin
	Units   weight.Floors // D2 on contact units
	Crossed [4][4]int     // D2 on units × D2 on sales
	Matrix  weight.Matrix // D3, with the units spent
}

// PartPotential is E3; E1, E2, E4 and E5 are in [Scored].
type PartPotential struct {
	Sales, Potential, Effort potential.Concentration
	EffortPotential          explain.Result // alignments
	EffortMargin             explain.Result
	Penetration              []potential.Penetration // E4
}

// PartLoyalty is chapter F.
type PartLoyalty struct {
	Reading    loyalty.Reading // F1
	Overview   loyalty.Overview
	Excluded   [][]uint8            // families lost by period, the last first; nil: unknown
	Rhythm     []loyalty.Rhythm     // F3
	RFM        loyalty.RFM          // F3
	Indicators []loyalty.Indicators // F3
	Engagement []loyalty.Engagement // F3
}

// PartSteering is chapter G.
type PartSteering struct {
	Facts      []steering.Facts
	Objectives [][]steering.Objective // G2
	Score      []steering.Score       // G2
	Sharing    steering.Sharing       // G1; indexed like PartResponse.Clients
	Topics     []string               // the catalogue: every subject talked about in the portfolio
	Animation  []steering.Animation   // G3
}

// PartFiles is H0.
type PartFiles struct {
	File    []capacity.File
	Filling []capacity.Filling
	All     capacity.Files
}

// PartTime is H1 to H3.
type PartTime struct {
	Evidence              capacity.Evidence
	Questions             capacity.Questions // as answered, or as the portfolio suggests
	Split                 capacity.Split     // H1
	Budgeted              bool               // a time budget is known
	Year                  capacity.Year
	Visit                 explain.Result // minutes of a visit: measured, or the norm
	Stock                 capacity.Stock // H2
	Needs                 capacity.Needs
	Prospects             capacity.Prospects // H3
	Sharing               capacity.Sharing   // reserve, prospects, clients
	Approached, Held, Won int                // over N: prospects, visits before a first order, clients won
	Profile               capacity.Profile   // conversions by sector
	Sectors               []string           // classes of Profile
}

// PartGrid is H4 and H5 with the departure risk.
type PartGrid struct {
	Verdict []scoring.Verdict // H4 with the overlay of I3
	Sheet   scoring.Sheet     // H5, default grid: that of the lists
	Seven   scoring.Sheet     // H5, seven criteria with the malus of I3
}

// PartVisits is H6 and H8 by the default policy.
type PartVisits struct {
	Low, Hi []int32        // bounds
	Budget  int            // visits shared
	Set     bool           // by the reader; else what H3 leaves
	ByScore visits.Plan    // H6 b, the key being the score
	Weeks   float64        // available
	Due     visits.List    // H8 by that plan
	Respect explain.Result // H7: policy planned against visits held
	Last    []int32        // visits of N
}

// PartPlans is H6 by the other policies, over the same stock and bounds.
type PartPlans struct {
	Key      []visits.Waterfall // of the mix, by lens; without steps
	ByMix    visits.Plan        // H6 b, the key being the mix of lenses
	ByNorm   visits.Plan        // H6 a
	Marginal visits.Plan        // H6 c; na without a fitted response
}

// PartAppeal is H9: prospects by double attraction. The board holds the
// prospects alone, suspects left out: Clients are their places in the book.
type PartAppeal struct {
	Clients []int32
	Board   scoring.ProspectBoard
}

// PartSignals is I2.
type PartSignals struct {
	File   []attrition.File
	Signal []attrition.Signals
	Silent attrition.Set // recorded nowhere in the portfolio
}

// PartAttrition is I1 and I3 to I7.
type PartAttrition struct {
	Rates     attrition.Rates    // I1, over N
	ByPhase   []attrition.Rates  // [0] all, then by phase at the beginning of N
	Causes    attrition.Causes   // I1: motives, over all that is held
	Survival  attrition.Survival // I1: by half-year
	Formers   int                // former clients, natural departures aside
	Method    attrition.Method   // I3
	Table     attrition.Table    // method 1
	Case      []attrition.Case
	Departure []attrition.Departure
	Override  []bool  // the probability was decided by a person
	Order     []int32 // clients at risk, whom to call first
	Catalogue attrition.Catalogue
	Worth     []attrition.Worth     // I4
	Weapon    []attrition.Proposal  // I5
	WinBack   []int32               // I6
	Returned  attrition.AfterReturn // I6
	Coverage  attrition.Coverage    // how well signals can be detected
	Controls  []int32               // I7: satisfaction visits of the manager
}

// PartRelation is chapter J. Projects and commitments are in the order of the
// book's clients, then of their records.
type PartRelation struct {
	Model    relation.Model
	Projects []ProjectRead
	Median   []float64         // days in phase of the projects won
	Pipeline relation.Pipeline // of Running
	Running  []int32           // places in Projects, in the order of Pipeline.Stale
	Ledger   []relation.Ledger // J4, by client
	Owed     relation.Ledger   // J4 of the portfolio
	Bond     []relation.Bond   // J6
	Facts    relation.Facts    // J1
	KPI      []relation.KPI
}

// A ProjectRead is a project with its phase as its signals say.
type ProjectRead struct {
	Client  int32
	Project *ProjectFact
	Reading relation.Reading
}

// PartAhead is what the models of foresight add to S4, I3 and I4.
type PartAhead struct {
	Fitted  bool
	History []foresight.History
	Outlook []foresight.Outlook
	Late    []bool     // the silence is too long: beside S4
	Risk    []float64  // chance of no order within the horizon: beside I3
	Margin  []float64  // expected margin of the horizon in cents: beside I4
	Horizon int        // days
	Sales   float64    // Σ expected sales of the horizon, cents
	Renewal []Renewing // of the clients under yearly contracts; nil: no model of renewals
	explain.Mark
}

// Fits are the models of a portfolio that take longer to find than a screen
// may wait: made once after a sync by [Fit], kept, and given to [Analyse].
type Fits struct {
	Day      calendar.Day        `cbor:"1,keyasint"` // as-of date they were fitted at
	Orders   foresight.Models    `cbor:"2,keyasint"`
	Season   foresight.Season    `cbor:"3,keyasint"`
	Learnt   calendar.Window     `cbor:"4,keyasint"` // the window Orders was learnt over
	Hazard   hazard.Model        `cbor:"5,keyasint"` // I3, method 3
	Trained  int                 `cbor:"6,keyasint"` // departures behind it, of the portfolio itself
	Response []Responds          `cbor:"7,keyasint"` // B3, in order of client
	Pooled   response.Elasticity `cbor:"8,keyasint"`
	Team     attrition.Prior     `cbor:"11,keyasint"` // I3, of all portfolios of the organisation; zero: not known
	Office   int                 `cbor:"9,keyasint"`  // departures of the organisation behind Hazard; 0: it sent none
	Renewal  foresight.Renewal   `cbor:"10,keyasint"` // of yearly contracts
}

// Responds is the measured response of one client.
type Responds struct {
	ID      portfolio.ID     `cbor:"1,keyasint"`
	Measure response.Measure `cbor:"2,keyasint"`
}
