package query

import (
	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/response"
	"sillon/engine/steering"
)

// SheetView is all that the method says of one client, for its sheet. Parts
// without facts have their figures na and the fact to collect in Collect.
type SheetView struct {
	ID        portfolio.ID    `cbor:"1,keyasint"`
	Name      string          `cbor:"2,keyasint"`
	AsOf      calendar.Day    `cbor:"3,keyasint"`
	N         calendar.Window `cbor:"4,keyasint"`
	Currency  string          `cbor:"5,keyasint"`
	Alone     bool            `cbor:"6,keyasint,omitempty"` // read without the others: what is measured against them is missing or weak
	Score     ScorePart       `cbor:"7,keyasint"`
	Place     PlacePart       `cbor:"8,keyasint"`
	Pen       PenPart         `cbor:"9,keyasint"`
	Life      LifePart        `cbor:"10,keyasint"`
	Families  []FamilyPart    `cbor:"11,keyasint,omitempty"`
	Movement  MovementPart    `cbor:"12,keyasint"`
	Engaged   EngagedPart     `cbor:"13,keyasint"`
	Months    []MonthPart     `cbor:"14,keyasint,omitempty"` // 24, oldest first
	Effort    EffortPart      `cbor:"15,keyasint"`
	Margin    MarginPart      `cbor:"16,keyasint"`
	Flow      FlowPart        `cbor:"17,keyasint"`
	Risk      RiskPart        `cbor:"18,keyasint"`
	Asked     AskedPart       `cbor:"19,keyasint"`
	Levers    LeverPart       `cbor:"20,keyasint"`
	People    []PersonPart    `cbor:"21,keyasint,omitempty"`
	Unmet     []string        `cbor:"22,keyasint,omitempty"` // roles of the relation map that nobody here holds
	Give      GivePart        `cbor:"23,keyasint"`
	Projects  []ProjectPart   `cbor:"24,keyasint,omitempty"`
	Collect   []string        `cbor:"25,keyasint,omitempty"` // facts to collect, the one that would change most first
	File      Figure          `cbor:"26,keyasint"`
	Overrides []Decided       `cbor:"27,keyasint,omitempty"` // what persons decided and still holds; Computed.Topic says of what
}

// ScorePart is the score and what would raise it (H5).
type ScorePart struct {
	Score  Figure      `cbor:"1,keyasint"`
	Rank   int         `cbor:"2,keyasint"`
	Of     int         `cbor:"3,keyasint"`
	Bars   []Bar       `cbor:"4,keyasint,omitempty"`
	Raises []WhyChange `cbor:"5,keyasint,omitempty"`
	Seven  Figure      `cbor:"6,keyasint"` // by the grid of seven criteria, the risk taken off
	Malus  float64     `cbor:"7,keyasint,omitempty"`
	Veto   bool        `cbor:"8,keyasint,omitempty"`
	Weight Figure      `cbor:"9,keyasint"`
	Class  Figure      `cbor:"10,keyasint"` // category
	Visits Figure      `cbor:"11,keyasint"` // of the year's plan
	Due    Figure      `cbor:"12,keyasint"` // urgency
}

// PlacePart is the P–R position (E5): last year, now, aim.
type PlacePart struct {
	PR       Figure `cbor:"1,keyasint"`
	P        Figure `cbor:"2,keyasint"`
	R        Figure `cbor:"3,keyasint"`
	WasR     int    `cbor:"4,keyasint"`           // −1: not known
	AimR     int    `cbor:"5,keyasint"`           // −1: none
	Climb    Figure `cbor:"6,keyasint"`           // sales that reach the aim
	Strategy uint8  `cbor:"7,keyasint,omitempty"` // potential.Strategy
	Key      Figure `cbor:"8,keyasint"`           // contact key
	Dotted   bool   `cbor:"9,keyasint,omitempty"`
}

// PenPart is what is ours, and what is left (E1, E4).
type PenPart struct {
	Pen        Figure      `cbor:"1,keyasint"`
	Left       Figure      `cbor:"2,keyasint"`
	Potential  Figure      `cbor:"3,keyasint"`
	Breadth    Figure      `cbor:"4,keyasint"`
	Depth      float64     `cbor:"5,keyasint,omitempty"`
	HasDepth   bool        `cbor:"6,keyasint,omitempty"`
	Low        money.Cents `cbor:"7,keyasint,omitempty"` // range of the estimates
	High       money.Cents `cbor:"8,keyasint,omitempty"`
	Confidence float64     `cbor:"9,keyasint,omitempty"`
	Accessible money.Cents `cbor:"10,keyasint,omitempty"`
	Overflow   bool        `cbor:"11,keyasint,omitempty"`
}

// LifePart is the phase and its story (C1).
type LifePart struct {
	Phase  Figure     `cbor:"1,keyasint"`
	Growth Figure     `cbor:"2,keyasint"`
	Index  Figure     `cbor:"3,keyasint"` // maturity index (C4)
	Why    uint8      `cbor:"4,keyasint"` // maturity.Why
	Age    int        `cbor:"5,keyasint"` // months
	Signs  int        `cbor:"6,keyasint"` // of ageing, of six
	Story  []StayPart `cbor:"7,keyasint,omitempty"`
	Erodes bool       `cbor:"8,keyasint,omitempty"` // hidden erosion
}

// A StayPart is a run of months in one phase.
type StayPart struct {
	Phase string       `cbor:"1,keyasint"`
	From  calendar.Day `cbor:"2,keyasint"`
	To    calendar.Day `cbor:"3,keyasint"`
}

// A FamilyPart is one family at the client (C4).
type FamilyPart struct {
	Code     string      `cbor:"1,keyasint"`
	Name     string      `cbor:"2,keyasint"`
	Phase    string      `cbor:"3,keyasint,omitempty"` // empty: never bought
	Sales    money.Cents `cbor:"4,keyasint"`
	Before   money.Cents `cbor:"5,keyasint"`
	Share    float64     `cbor:"6,keyasint,omitempty"`
	Months   []float64   `cbor:"7,keyasint,omitempty"` // twelve, major units
	Erodes   bool        `cbor:"8,keyasint,omitempty"`
	Opening  bool        `cbor:"9,keyasint,omitempty"`
	Buyers   int         `cbor:"10,keyasint,omitempty"` // peers who buy it
	Peers    int         `cbor:"11,keyasint,omitempty"`
	Worth    money.Cents `cbor:"12,keyasint,omitempty"` // potential of the family
	States   string      `cbor:"13,keyasint,omitempty"` // ribbon, a letter by period: "." closed, "-" away, "=" with, "+" enters, "x" leaves
	Periods  []float64   `cbor:"14,keyasint,omitempty"` // sales by period of the ribbon, major units
	OneShot  bool        `cbor:"15,keyasint,omitempty"`
	Answered bool        `cbor:"16,keyasint,omitempty"` // a competitor is known in it
}

// MovementPart is adoption and exclusion (F1, F2).
type MovementPart struct {
	Type      Figure         `cbor:"1,keyasint"`
	Adoption  Figure         `cbor:"2,keyasint"`
	Exclusion Figure         `cbor:"3,keyasint"`
	Heading   Figure         `cbor:"4,keyasint"`
	Now       float64        `cbor:"5,keyasint"`
	InAYear   float64        `cbor:"6,keyasint"` // share held in twelve months at this pace
	FastIn    float64        `cbor:"7,keyasint"` // limits of the quadrant
	FastOut   float64        `cbor:"8,keyasint"`
	Was       [2]float64     `cbor:"9,keyasint"` // adoption and exclusion a year ago
	HasWas    bool           `cbor:"10,keyasint,omitempty"`
	Ends      []calendar.Day `cbor:"11,keyasint,omitempty"` // last days of the ribbon's periods
	Enters    int            `cbor:"12,keyasint"`
	Leaves    int            `cbor:"13,keyasint"`
	HalfYears bool           `cbor:"14,keyasint,omitempty"`
	Pool      bool           `cbor:"15,keyasint,omitempty"` // the rates of the portfolio
	Contacts  float64        `cbor:"16,keyasint"`           // × contacts of its type
}

// EngagedPart is the engagement index (F3).
type EngagedPart struct {
	Index      Figure          `cbor:"1,keyasint"`
	Parts      []ComponentPart `cbor:"2,keyasint,omitempty"`
	Coverage   float64         `cbor:"3,keyasint"`
	Behaviour  Figure          `cbor:"4,keyasint"`
	Attitude   Figure          `cbor:"5,keyasint"`
	Contract   bool            `cbor:"6,keyasint,omitempty"`
	Captive    bool            `cbor:"7,keyasint,omitempty"`
	Regularity Figure          `cbor:"8,keyasint"`
	Lateness   Figure          `cbor:"9,keyasint"`
	RFM        Figure          `cbor:"10,keyasint"`
	Expected   Figure          `cbor:"11,keyasint"` // sales of the horizon, by the models
	Low        float64         `cbor:"12,keyasint,omitempty"`
	High       float64         `cbor:"13,keyasint,omitempty"`
	Late       bool            `cbor:"14,keyasint,omitempty"` // the silence is too long for this client
}

// A ComponentPart is one component of the index.
type ComponentPart struct {
	Key    string  `cbor:"1,keyasint"`
	Value  float64 `cbor:"2,keyasint"`
	Weight float64 `cbor:"3,keyasint"`
	Points float64 `cbor:"4,keyasint"`
	Known  bool    `cbor:"5,keyasint,omitempty"`
}

// A MonthPart is a month of sales and contacts.
type MonthPart struct {
	From   calendar.Day `cbor:"1,keyasint"`
	Sales  money.Cents  `cbor:"2,keyasint"`
	Visits int          `cbor:"3,keyasint,omitempty"`
	Others int          `cbor:"4,keyasint,omitempty"`
}

// EffortPart is what the client was given (A2).
type EffortPart struct {
	Invested    Figure         `cbor:"1,keyasint"`
	Units       Figure         `cbor:"2,keyasint"`
	Parts       []ChannelShare `cbor:"3,keyasint,omitempty"`
	Visits      int            `cbor:"4,keyasint"` // held in N
	Visit       Figure         `cbor:"5,keyasint"` // price
	Share       float64        `cbor:"6,keyasint"` // of the effort of the portfolio
	Quarters    [4]money.Cents `cbor:"7,keyasint"`
	Cumulative  money.Cents    `cbor:"8,keyasint"` // since the first contact
	Acquisition money.Cents    `cbor:"9,keyasint"`
	PerMonth    money.Cents    `cbor:"10,keyasint"`
	Since       calendar.Day   `cbor:"11,keyasint,omitempty"`
}

// MarginPart is the waterfall from sales to net margin (A3).
type MarginPart struct {
	Sales     money.Cents `cbor:"1,keyasint"`
	Bought    money.Cents `cbor:"2,keyasint"` // cost of what was sold
	Gross     Figure      `cbor:"3,keyasint"`
	Invested  money.Cents `cbor:"4,keyasint"`
	Other     money.Cents `cbor:"5,keyasint"`
	Net       Figure      `cbor:"6,keyasint"`
	OfSales   Figure      `cbor:"7,keyasint"`
	Rate      Figure      `cbor:"8,keyasint"`
	Return    Figure      `cbor:"9,keyasint"`
	BreakEven Figure      `cbor:"10,keyasint"`
	Order     Figure      `cbor:"11,keyasint"`           // that pays a visit
	Bearable  Figure      `cbor:"12,keyasint"`           // visits
	Hollow    bool        `cbor:"13,keyasint,omitempty"` // phase D: an investment
}

// FlowPart is sensitivity to contacts and the advice (B1 to B4).
type FlowPart struct {
	Class    Figure    `cbor:"1,keyasint"`
	D        Figure    `cbor:"2,keyasint"`
	E        Figure    `cbor:"3,keyasint"`
	DUnits   float64   `cbor:"4,keyasint"`
	DSales   float64   `cbor:"5,keyasint"`
	Quadrant uint8     `cbor:"6,keyasint,omitempty"`
	Band     uint8     `cbor:"7,keyasint,omitempty"`
	Decision uint8     `cbor:"8,keyasint,omitempty"`
	Marginal Figure    `cbor:"9,keyasint"` // return of one more unit
	Advice   Figure    `cbor:"10,keyasint"`
	Visits   int       `cbor:"11,keyasint"`
	Proposed Figure    `cbor:"12,keyasint"`
	Curve    []float64 `cbor:"13,keyasint,omitempty"` // margin at 0, 1, 2… visits, cents, to twice today's
	Then     *ThenPart `cbor:"14,keyasint,omitempty"` // at the visits proposed, by the measured response
}

// ThenPart is a client at other visits (B3).
type ThenPart struct {
	Margin money.Cents `cbor:"1,keyasint"`
	Gain   money.Cents `cbor:"2,keyasint"`
	Cost   money.Cents `cbor:"3,keyasint"`
	Net    money.Cents `cbor:"4,keyasint"`
}

// RiskPart is the departure risk, and what to do (I2 to I5).
type RiskPart struct {
	P        Figure       `cbor:"1,keyasint"`
	Low      float64      `cbor:"2,keyasint"`
	High     float64      `cbor:"3,keyasint"`
	Band     string       `cbor:"4,keyasint,omitempty"` // low watch high
	Grey     bool         `cbor:"5,keyasint,omitempty"` // data too poor to believe it
	APriori  bool         `cbor:"6,keyasint,omitempty"`
	Method   uint8        `cbor:"7,keyasint,omitempty"` // attrition.Method
	Decided  bool         `cbor:"8,keyasint,omitempty"`
	Reasons  []ReasonPart `cbor:"9,keyasint,omitempty"`
	Signals  []SignalPart `cbor:"10,keyasint,omitempty"` // that are on, or that a person settled
	Unknown  []string     `cbor:"11,keyasint,omitempty"` // signals nobody records
	WhatIf   []WhyChange  `cbor:"12,keyasint,omitempty"` // each signal settled, then "all"
	Stake    Figure       `cbor:"13,keyasint"`
	Retain   Figure       `cbor:"14,keyasint"`
	Gains    []GainPart   `cbor:"15,keyasint,omitempty"` // by action, best first
	Weapon   Figure       `cbor:"16,keyasint"`
	Who      uint8        `cbor:"17,keyasint,omitempty"` // attrition.Sender
	Means    uint8        `cbor:"18,keyasint,omitempty"` // attrition.Means
	Deadline calendar.Day `cbor:"19,keyasint,omitempty"`
	Control  calendar.Day `cbor:"20,keyasint,omitempty"`
	Quadrant uint8        `cbor:"21,keyasint,omitempty"`
	Silence  float64      `cbor:"22,keyasint,omitempty"` // chance of no order within the horizon, by the models
	Horizon  int          `cbor:"23,keyasint,omitempty"` // days
	Renews   float64      `cbor:"24,keyasint,omitempty"` // chance that the contract is renewed
	RenewOn  calendar.Day `cbor:"25,keyasint,omitempty"` // at this anniversary; 0: no contract runs
}

// A ReasonPart is one cause of a risk, in points of it.
type ReasonPart struct {
	Signal    string  `cbor:"1,keyasint,omitempty"` // "S4"
	Predictor uint8   `cbor:"2,keyasint,omitempty"` // attrition.Predictor
	Points    float64 `cbor:"3,keyasint"`
}

// A SignalPart is a warning signal with its evidence (I2).
type SignalPart struct {
	Code     string       `cbor:"1,keyasint"`
	Settled  bool         `cbor:"2,keyasint,omitempty"`
	Strength uint8        `cbor:"3,keyasint"`
	Count    int          `cbor:"4,keyasint"`
	Since    calendar.Day `cbor:"5,keyasint,omitempty"`
	Latest   calendar.Day `cbor:"6,keyasint,omitempty"`
	Value    float64      `cbor:"7,keyasint"`
	Limit    float64      `cbor:"8,keyasint"`
}

// A GainPart is what an action should bring (I4).
type GainPart struct {
	Action uint8   `cbor:"1,keyasint"` // attrition.Action
	Net    float64 `cbor:"2,keyasint"` // cents
	Cost   float64 `cbor:"3,keyasint"`
	Offer  float64 `cbor:"4,keyasint,omitempty"`
}

// AskedPart is the efforts asked of the client, and the balance (G1, G2).
type AskedPart struct {
	Index    Figure    `cbor:"1,keyasint"`
	Efforts  []AskPart `cbor:"2,keyasint,omitempty"`
	Excess   int       `cbor:"3,keyasint,omitempty"`
	Balance  Figure    `cbor:"4,keyasint"`
	Ours     float64   `cbor:"5,keyasint"` // ÷ the mean
	Theirs   float64   `cbor:"6,keyasint"`
	Carrier  uint8     `cbor:"7,keyasint,omitempty"` // steering.Carrier
	Neglect  bool      `cbor:"8,keyasint,omitempty"`
	Room     int       `cbor:"9,keyasint"`            // efforts that may still be asked
	Possible []AskPart `cbor:"10,keyasint,omitempty"` // not asked, measured in the facts: targets to suggest
}

// An AskPart is one effort of the catalogue.
type AskPart struct {
	Code     string       `cbor:"1,keyasint"` // E01 … E15
	Key      string       `cbor:"2,keyasint"` // of the effort
	Measure  string       `cbor:"3,keyasint"` // key of its measure
	Unit     explain.Unit `cbor:"4,keyasint"`
	Baseline float64      `cbor:"5,keyasint"`
	Target   float64      `cbor:"6,keyasint"`
	Actual   float64      `cbor:"7,keyasint"`
	Measured bool         `cbor:"8,keyasint,omitempty"`
	Counted  bool         `cbor:"9,keyasint,omitempty"`
	Attained float64      `cbor:"10,keyasint"`
	Weight   float64      `cbor:"11,keyasint"`
	Weak     bool         `cbor:"12,keyasint,omitempty"` // under four peers
}

// LeverPart is the five levers (G3).
type LeverPart struct {
	Score   Figure     `cbor:"1,keyasint"`
	Levers  []OneLever `cbor:"2,keyasint,omitempty"`
	Topics  []string   `cbor:"3,keyasint,omitempty"` // never discussed here
	Mono    bool       `cbor:"4,keyasint,omitempty"` // one person carries nearly all
	Silence float64    `cbor:"5,keyasint"`           // longest silence ÷ target interval
}

// OneLever is one branch of the radar.
type OneLever struct {
	Key   string  `cbor:"1,keyasint"`
	Value float64 `cbor:"2,keyasint"`
	Known bool    `cbor:"3,keyasint,omitempty"`
	Weak  bool    `cbor:"4,keyasint,omitempty"` // the next to touch
}

// A PersonPart is somebody on the relation map.
type PersonPart struct {
	ID        portfolio.ID `cbor:"1,keyasint"`
	Name      string       `cbor:"2,keyasint"`
	Function  string       `cbor:"3,keyasint,omitempty"`
	Roles     []string     `cbor:"4,keyasint,omitempty"`
	Influence int          `cbor:"5,keyasint,omitempty"`
	Attitude  int          `cbor:"6,keyasint,omitempty"`
	Contacts  int          `cbor:"7,keyasint,omitempty"` // over N
	Last      calendar.Day `cbor:"8,keyasint,omitempty"`
	New       bool         `cbor:"9,keyasint,omitempty"` // a decider not met yet
	Gone      bool         `cbor:"10,keyasint,omitempty"`
	Consent   bool         `cbor:"11,keyasint,omitempty"`
}

// GivePart is the give-and-take, and the tie (J4, J6).
type GivePart struct {
	Rho        Figure        `cbor:"1,keyasint"`
	Given      money.Cents   `cbor:"2,keyasint"`
	Received   money.Cents   `cbor:"3,keyasint"`
	OpenOurs   money.Cents   `cbor:"4,keyasint"`
	OpenTheirs money.Cents   `cbor:"5,keyasint"`
	Alerts     uint8         `cbor:"6,keyasint,omitempty"` // relation.Alerts
	AskFirst   bool          `cbor:"7,keyasint,omitempty"`
	Written    float64       `cbor:"8,keyasint"`
	Lines      []PromisePart `cbor:"9,keyasint,omitempty"` // latest first
	Tie        Figure        `cbor:"10,keyasint"`
}

// A PromisePart is one commitment.
type PromisePart struct {
	ID     portfolio.ID      `cbor:"1,keyasint"`
	Ours   bool              `cbor:"2,keyasint,omitempty"`
	Text   string            `cbor:"3,keyasint,omitempty"`
	State  portfolio.Promise `cbor:"4,keyasint"`
	Value  money.Cents       `cbor:"5,keyasint,omitempty"`
	Points int               `cbor:"6,keyasint,omitempty"`
	Made   calendar.Day      `cbor:"7,keyasint,omitempty"`
	Due    calendar.Day      `cbor:"8,keyasint,omitempty"`
	Done   calendar.Day      `cbor:"9,keyasint,omitempty"`
	Late   int               `cbor:"10,keyasint,omitempty"` // days overdue
	Alone  bool              `cbor:"11,keyasint,omitempty"` // ours, kept, and nothing answers it
}

// A ProjectPart is one project with the phase its signals show (J2).
type ProjectPart struct {
	ID      portfolio.ID           `cbor:"1,keyasint"`
	Name    string                 `cbor:"2,keyasint,omitempty"`
	Amount  money.Cents            `cbor:"3,keyasint,omitempty"`
	State   portfolio.ProjectState `cbor:"4,keyasint,omitempty"`
	Phase   int                    `cbor:"5,keyasint"` // from 0
	Of      int                    `cbor:"6,keyasint"`
	Code    string                 `cbor:"7,keyasint"` // of the phase, worded by the catalogue
	Next    string                 `cbor:"8,keyasint,omitempty"`
	Moved   int                    `cbor:"9,keyasint,omitempty"`
	Days    int                    `cbor:"10,keyasint,omitempty"` // in the phase
	Stale   bool                   `cbor:"11,keyasint,omitempty"`
	Missing int                    `cbor:"12,keyasint,omitempty"` // 1 + the phase that nothing proves; 0: none
}

// maxLines bounds the promises and the persons of a sheet.
const maxLines = 60

// SheetView is the sheet of the client at a place of the book.
func (a *Analysis) SheetView(i int) SheetView {
	c := a.Cards[i]
	fig := func(topic string) Figure { f, _ := a.FigureOf(topic, i); return f }
	out := SheetView{ID: c.ID, Name: c.Name, AsOf: a.AsOf, N: a.N, Currency: a.currency, Alone: a.Single, File: fig("file")}
	a.scorePart(i, fig, &out.Score)
	a.placePart(i, fig, &out.Place)
	a.penPart(i, fig, &out.Pen)
	a.lifePart(i, fig, &out.Life)
	a.familyParts(i, &out)
	a.movementPart(i, fig, &out.Movement)
	a.engagedPart(i, fig, &out.Engaged)
	out.Months = a.monthParts(i)
	a.effortPart(i, fig, &out.Effort)
	a.marginPart(i, fig, &out.Margin)
	a.flowPart(i, fig, &out.Flow)
	a.riskPart(i, fig, &out.Risk)
	a.askedPart(i, fig, &out.Asked)
	a.leverPart(i, fig, &out.Levers)
	a.peopleParts(i, &out)
	a.givePart(i, fig, &out.Give)
	out.Projects = a.projectParts(i)
	for _, what := range [...][2]string{{"phase", "phase"}, {"departure", "departure"}, {"category", "category"}, {"potential", "potential"}, {"type", "engagement-type"}} {
		if d := a.decision(what[0], fig(what[1]), i); d != nil {
			d.Computed.Mark.Steps = nil
			out.Overrides = append(out.Overrides, *d)
		}
	}
	out.Collect = a.collectFor(i, &out)
	return out
}

func (a *Analysis) scorePart(i int, fig func(string) Figure, out *ScorePart) {
	k := a.where(i)
	*out = ScorePart{Score: fig("score"), Rank: int(a.sc.Rank[k]), Of: len(a.sc.Cards), Bars: a.sc.bars(k), Raises: nearest(a.scoreChanges(i)),
		Seven: fig("score-seven"), Weight: fig("weight"), Class: fig("category"), Visits: fig("planned-visits"), Due: fig("urgency")}
	if s := &a.Grid().Seven; i < len(s.Malus) {
		out.Malus, out.Veto = s.Malus[i], s.Veto[i]
	}
}

func (a *Analysis) placePart(i int, fig func(string) Figure, out *PlacePart) {
	k := a.where(i)
	b := &a.sc.Board
	*out = PlacePart{PR: fig("pr"), P: fig("plevel"), R: fig("rlevel"), WasR: -1, AimR: -1, Climb: fig("climb"), Key: fig("contact-key"),
		Strategy: uint8(b.Strategy[k]), Dotted: a.sc.Levels.Dotted[k] || b.Provisional[k]}
	if b.HasDelta[k] && a.lived().Phase[i] != maturity.Start {
		out.WasR = int(a.sc.RBefore.Level[k])
	}
	if b.Known[k] && a.sc.aims(k) {
		out.AimR = int(a.sc.R.Level[k]) + 1
	}
}

func (a *Analysis) penPart(i int, fig func(string) Figure, out *PenPart) {
	ap, s := &ours(a.Book, a.sc.Appraisal)[i], &a.Families().Split[i]
	*out = PenPart{Pen: fig("penetration"), Left: fig("left"), Potential: fig("potential"), Breadth: fig("breadth-client"), Depth: s.Depth, HasDepth: s.Has() && s.DepthKnown,
		Low: ap.Min, High: ap.Max, Confidence: ap.Confidence, Accessible: ap.Accessible, Overflow: a.Potential().Penetration[i].Overflow || ap.Raised}
}

func (a *Analysis) lifePart(i int, fig func(string) Figure, out *LifePart) {
	v := &a.lived().Verdict[i]
	*out = LifePart{Phase: fig("phase"), Growth: fig("growth"), Index: fig("maturity-index"), Why: uint8(v.Why), Age: v.Age, Signs: v.Score, Erodes: a.Families().Erosion[i]}
	if a.lived().left(i) || !a.sc.Second {
		return
	}
	for _, s := range a.Timeline(i, 24) {
		out.Story = append(out.Story, StayPart{letterOf(s.Phase), s.From, s.To})
	}
}

var ribbonLetters = [...]byte{loyalty.Closed: '.', loyalty.Away: '-', loyalty.With: '=', loyalty.Enters: '+', loyalty.Leaves: 'x'}

// periodEnds are the last days of the periods of a ribbon, oldest first.
func (a *Analysis) periodEnds(n int, half bool) []calendar.Day {
	out, step := make([]calendar.Day, n), 3
	if half {
		step = 6
	}
	for k := range out {
		out[k] = (a.AsOf + 1).AddMonths(-step*(n-1-k)) - 1
	}
	return out
}

func (a *Analysis) familyParts(i int, out *SheetView) {
	fam, r := a.Families(), a.Loyalty().Reading
	ribbon := r.Ribbon(i)
	half := r.Speed[i].HalfYears
	ends := a.periodEnds(ribbon.Periods, half)
	out.Movement.Ends = ends
	worth := a.worthOf(i)
	open := fam.OpeningsOf(i)
	for f := range a.Products {
		ph, net := fam.Of(i, f)
		x := FamilyPart{Code: a.Products[f].Code, Name: a.familyName(f), Phase: letterOf(ph), Sales: net, Erodes: fam.Erodes(i, f)}
		for _, o := range open {
			if int(o.Family) == f {
				x.Opening, x.Buyers, x.Peers = true, int(o.Buyers), int(o.Peers)
			}
		}
		if worth != nil {
			x.Worth = worth[f]
		}
		if a.Sales[i] > 0 {
			x.Share = float64(net) / float64(a.Sales[i])
		}
		for _, c := range a.facts[i].Competitors {
			x.Answered = x.Answered || c.Family == x.Code
		}
		if n := ribbon.Periods; n > 0 && (f+1)*n <= len(ribbon.States) {
			states := make([]byte, n)
			for k, s := range ribbon.States[f*n : (f+1)*n] {
				states[k] = ribbonLetters[min(int(s), len(ribbonLetters)-1)]
				out.Movement.Enters += one(s == loyalty.Enters)
				out.Movement.Leaves += one(s == loyalty.Leaves)
			}
			x.States, x.OneShot = string(states), f < len(ribbon.OneShot) && ribbon.OneShot[f]
		}
		a.familySales(i, f, ends, &x)
		if ph != 0 || x.Opening || x.Worth > 0 || x.Answered {
			out.Families = append(out.Families, x)
		}
	}
}

// familySales sums the lines of a family by month and by period of the ribbon.
func (a *Analysis) familySales(i, f int, ends []calendar.Day, x *FamilyPart) {
	for k := range a.facts[i].Families {
		if int(a.shelf[i][k]) != f {
			continue
		}
		lines := a.facts[i].Families[k].Lines
		months, periods := make([]float64, 12), make([]float64, len(ends))
		for l := range lines {
			for m := range months {
				w := calendar.Window{From: (a.AsOf + 1).AddMonths(m - 12), To: (a.AsOf + 1).AddMonths(m-11) - 1}
				months[m] += float64(amountIn(&lines[l], w)) / 100
			}
			for p, end := range ends {
				from := calendar.Day(-1 << 30)
				if p > 0 {
					from = ends[p-1] + 1
				} else if len(ends) > 1 {
					from = end - (ends[1] - ends[0]) + 1
				}
				periods[p] += float64(amountIn(&lines[l], calendar.Window{From: from, To: end})) / 100
			}
			x.Before = x.Before.Plus(amountIn(&lines[l], a.Before))
		}
		for k := range months {
			months[k] = short(months[k])
		}
		for k := range periods {
			periods[k] = short(periods[k])
		}
		x.Months, x.Periods = months, periods
	}
}

func (a *Analysis) movementPart(i int, fig func(string) Figure, out *MovementPart) {
	r := &a.Loyalty().Reading
	s := &r.Speed[i]
	out.Type, out.Adoption, out.Exclusion, out.Heading = fig("engagement-type"), fig("adoption"), fig("exclusion"), fig("heading")
	out.Now, out.FastIn, out.FastOut = s.Now, r.FastAdoption, r.FastExclusion
	out.HalfYears, out.Pool = s.HalfYears, s.PoolOnly
	out.Contacts = a.chapters.loyalty.Multiplier(s.Type)
	if !s.Has() {
		return
	}
	periods := 4
	if s.HalfYears {
		periods = 2
	}
	out.InAYear = loyalty.Project(s.Now, s.Adoption, s.Exclusion, periods)
	in := loyalty.Observe(a.sourceOf(i), yearBefore(a.AsOf), a.chapters.loyalty)
	in.Pools = &r.Pools
	was := loyalty.Read(in, a.chapters.loyalty)
	if w := &was.Speed[0]; w.Has() && !w.PoolOnly {
		out.Was, out.HasWas = [2]float64{w.Adoption, w.Exclusion}, true
	}
}

// sourceOf is what F1 reads of client i alone, for its speeds a year ago: they
// are drawn toward the rates of the portfolio of today.
func (a *Analysis) sourceOf(i int) loyalty.Source {
	c := loyalty.Customer{FirstOrder: a.Cards[i].FirstOrder, Potential: a.Worth[i]}
	for k := range a.facts[i].Families {
		for _, l := range a.facts[i].Families[k].Lines {
			c.Sales = append(c.Sales, loyalty.Sale{Family: a.shelf[i][k], From: l.From, To: l.To, Net: l.Net})
		}
	}
	src := loyalty.Source{Families: make([]loyalty.Family, len(a.Products)), Customers: []loyalty.Customer{c}, Potential: a.worthOf(i), Since: a.since}
	for f, p := range a.Products {
		src.Families[f] = loyalty.Family{Launched: p.Launched, Ends: p.Stopped}
	}
	return src
}

// worthOf are the potentials of client i by family; nil without any.
func (a *Analysis) worthOf(i int) []money.Cents {
	var out []money.Cents
	var of []potential.Estimate
	for f := range a.Products {
		of = of[:0]
		for _, e := range a.Cards[i].Estimates {
			if e.Family != "" && e.Family == a.Products[f].Code {
				of = append(of, e.Estimate)
			}
		}
		if len(of) == 0 {
			continue
		}
		if x := potential.Appraise(of, 0, a.AsOf, a.rules.potential); x.Has() {
			if out == nil {
				out = make([]money.Cents, len(a.Products))
			}
			out[f] = x.Value
		}
	}
	return out
}

func (a *Analysis) engagedPart(i int, fig func(string) Figure, out *EngagedPart) {
	l := a.Loyalty()
	e, facets := &l.Engagement[i], a.Facets(i)
	*out = EngagedPart{Index: fig("engagement"), Coverage: e.Coverage, Contract: facets.Contractual.InForce, Captive: facets.Captive,
		Behaviour: fig("behaviour"), Attitude: fig("attitude"),
		Regularity: fig("regularity"), Lateness: fig("lateness"), RFM: fig("rfm"), Expected: fig("expected")}
	parts := l.Indicators[i].Parts(l.Reading.Speed[i])
	for k, p := range parts {
		out.Parts = append(out.Parts, ComponentPart{engagementKeys[k], p.Value, a.chapters.loyalty.Weights[k], e.Points[k], p.Known})
	}
	if f := a.Ahead(); f.Fitted && i < len(f.Outlook) {
		out.Low, out.High, out.Late = f.Outlook[i].Low, f.Outlook[i].High, f.Late[i]
	}
}

func (a *Analysis) monthParts(i int) []MonthPart {
	out := make([]MonthPart, 24)
	lines := a.Cards[i].Sales
	for k := range out {
		w := calendar.Window{From: (a.AsOf + 1).AddMonths(k - 24), To: (a.AsOf + 1).AddMonths(k-23) - 1}
		out[k].From = w.From
		for l := range lines {
			out[k].Sales = out[k].Sales.Plus(amountIn(&lines[l], w))
		}
		for j := range a.facts[i].Contacts {
			m := &a.facts[i].Contacts[j]
			if day, ok := a.seen(m.Day); ok && w.Contains(day) && held(m.Outcome) {
				if face(m.Kind) {
					out[k].Visits++
				} else {
					out[k].Others++
				}
			}
		}
	}
	return out
}

func (a *Analysis) effortPart(i int, fig func(string) Figure, out *EffortPart) {
	c := a.Cost()
	v := &c.Invested
	*out = EffortPart{Invested: fig("invested"), Units: fig("units"), Parts: channels(v.ByKind[i][:]), Visits: int(c.Met[i]),
		Visit: amount("visit-price", c.Visit, c.Price.Mark), Share: v.Share[i], Quarters: v.Spark[i], Cumulative: v.Cumulative[i], Acquisition: v.Acquisition[i], PerMonth: v.PerMonth[i]}
	if d := v.Since[i]; d != calendar.None {
		out.Since = d
	}
}

func (a *Analysis) marginPart(i int, fig func(string) Figure, out *MarginPart) {
	c := a.Cost()
	m := &c.Margins.Client[i]
	*out = MarginPart{Sales: a.Sales[i], Bought: a.Sales[i].Plus(-c.Gross.Margin[i]), Gross: fig("gross"), Invested: c.Invested.Amount[i], Other: m.Other, Net: fig("net"),
		OfSales: fig("of-sales"), Rate: fig("margin-rate-client"), Return: fig("return"), BreakEven: fig("break-even"), Order: fig("break-even-order"), Bearable: fig("bearable"), Hollow: m.Hollow}
}

func (a *Analysis) flowPart(i int, fig func(string) Figure, out *FlowPart) {
	*out = FlowPart{Class: fig("balance"), D: fig("devouring"), E: fig("elasticity"), Marginal: fig("marginal"), Advice: fig("contact-advice"),
		Visits: int(a.Cost().Met[i]), Proposed: fig("proposed")}
	k, ok := a.placed(i)
	if !ok {
		return
	}
	b := a.Response()
	if r := &b.Flow.Reading[k]; r.Has() {
		out.DUnits, out.DSales, out.Quadrant, out.Band, out.Decision = r.RelUnits, r.RelResult, uint8(r.Quadrant), uint8(r.Band), uint8(r.Decision)
	}
	if !b.Fitted || b.Measure[k] == (response.Measure{}) && !(b.Judged != nil && b.Judged[k]) || out.Visits <= 0 {
		return
	}
	margin, now := a.Cost().Gross.Margin[i], float64(out.Visits)
	out.Curve = b.Curve[k].Values(margin, now, min(2*out.Visits, 60))
	if s := b.Curve[k].Simulate(margin, now, out.Proposed.Value, a.Cost().Visit); s.Has() {
		out.Then = &ThenPart{s.Margin, s.Gain, s.Cost, s.Net}
	}
}

func (a *Analysis) riskPart(i int, fig func(string) Figure, out *RiskPart) {
	at := a.Attrition()
	d, w, act := &at.Departure[i], &at.Worth[i], &at.Weapon[i]
	*out = RiskPart{P: fig("departure"), Low: d.Low, High: d.High, Band: bandKey(d.Band), Grey: d.Grey, APriori: d.APriori, Method: uint8(d.Method), Decided: at.Override[i],
		Stake: fig("stake"), Retain: fig("retain"), Weapon: fig("weapon"), Quadrant: uint8(w.Quadrant), Who: uint8(act.Who), Means: uint8(act.Means)}
	for k := range min(d.N, len(d.Reasons)) {
		r := d.Reasons[k]
		x := ReasonPart{Predictor: uint8(r.Predictor), Points: r.Points}
		if r.Signal != 0 {
			x.Signal = r.Signal.String()
		}
		out.Reasons = append(out.Reasons, x)
	}
	var on []attrition.Code
	for k := range a.Signals().Signal[i] {
		s, code := &a.Signals().Signal[i][k], attrition.Code(k+1)
		switch s.State {
		case attrition.On, attrition.Settled:
			if s.State == attrition.On {
				on = append(on, code)
			}
			out.Signals = append(out.Signals, SignalPart{code.String(), s.State == attrition.Settled, s.Strength, int(s.Count), s.Since, s.Latest, s.Value, s.Limit})
		case attrition.Unknown:
			out.Unknown = append(out.Unknown, code.String())
		}
	}
	out.WhatIf = a.departureChanges(i)
	if x, ok := a.departureIf(i, on...); ok && len(on) > 1 && x.P < d.P {
		out.WhatIf = append(out.WhatIf, WhyChange{Key: "all", Need: float64(len(on)), Unit: explain.Count, Value: x.P, Band: bandKey(x.Band), Tried: true})
	}
	if w.Has() {
		for _, action := range w.Ranked {
			if action >= 1 && int(action) <= len(w.Gains) {
				g := &w.Gains[action-1]
				out.Gains = append(out.Gains, GainPart{uint8(action), g.Net, g.Cost, g.Delta})
			}
		}
	}
	if act.Deadline != calendar.None {
		out.Deadline = act.Deadline
	}
	if act.Control != calendar.None {
		out.Control = act.Control
	}
	f := a.Ahead()
	if f.Fitted && i < len(f.Risk) {
		out.Silence, out.Horizon = f.Risk[i], f.Horizon
	}
	if i < len(f.Renewal) {
		out.Renews, out.RenewOn = f.Renewal[i].P, f.Renewal[i].Next
	}
}

// askOf is an effort of the catalogue with its measure.
func askOf(o *steering.Objective) AskPart {
	x := AskPart{Code: o.Effort.String(), Baseline: o.Baseline, Target: o.Target, Actual: o.Actual, Measured: o.Measured, Weight: o.Weight}
	if list := steering.Catalogue(); o.Effort >= 1 && int(o.Effort) <= len(list) {
		e := &list[o.Effort-1]
		x.Key = e.Key
		if int(o.Measure) < len(e.Measures) {
			m := &e.Measures[o.Measure]
			x.Measure, x.Unit = m.Key, m.Unit
		}
	}
	return x
}

func (a *Analysis) askedPart(i int, fig func(string) Figure, out *AskedPart) {
	st, p := a.Steering(), a.chapters.steering
	s := &st.Score[i]
	*out = AskedPart{Index: fig("effort-index"), Balance: fig("effort-balance"), Excess: s.Excess, Room: max(0, p.Most-len(st.Objectives[i]))}
	var asked uint32
	for k := range st.Objectives[i] {
		o := &st.Objectives[i][k]
		asked |= 1 << o.Effort
		x := askOf(o)
		if k < len(s.Counted) {
			x.Counted, x.Attained = s.Counted[k], s.Attainment[k]
		}
		out.Efforts = append(out.Efforts, x)
	}
	if k, ok := a.placed(i); ok && k < len(st.Sharing.Rep) {
		out.Ours, out.Theirs, out.Carrier, out.Neglect = st.Sharing.Rep[k], st.Sharing.Client[k], uint8(st.Sharing.Carrier[k]), st.Sharing.Neglect[k]
	}
	if out.Room == 0 || a.Single || !(a.Cards[i].Typology > 0) {
		return
	}
	var peers []float64
	for code := steering.BuyMore; code <= steering.CoDevelop; code++ {
		base, ok := st.Facts[i].Measure(code, 0)
		if asked&(1<<code) != 0 || !ok {
			continue
		}
		peers = peers[:0]
		for j := range a.Cards {
			if j != i && a.Cards[j].Typology == a.Cards[i].Typology {
				if x, ok := st.Facts[j].Measure(code, 0); ok {
					peers = append(peers, x)
				}
			}
		}
		r := steering.Suggest(code, 0, base, peers, p)
		if !r.Has() || r.Value == base {
			continue
		}
		o := steering.Objective{Effort: code, Baseline: base, Target: r.Value, Actual: base, Measured: true, Weight: 1}
		if inMoney(code) { // asked in whole units of money
			o.Baseline, o.Target, o.Actual = base/100, r.Value/100, base/100
		}
		x := askOf(&o)
		x.Weak = r.Status == explain.Weak
		out.Possible = append(out.Possible, x)
	}
}

func (a *Analysis) leverPart(i int, fig func(string) Figure, out *LeverPart) {
	st := a.Steering()
	s := &st.Animation[i]
	*out = LeverPart{Score: fig("animation"), Mono: s.Mono, Silence: s.Silence}
	for k := range s.Branch {
		out.Levers = append(out.Levers, OneLever{leverKeys[k], s.Branch[k], s.Known[k], len(s.Weakest) > 0 && int(s.Weakest[0]) == k})
	}
	for _, t := range s.Undiscussed {
		if int(t) < len(st.Topics) && len(out.Topics) < 12 {
			out.Topics = append(out.Topics, st.Topics[t])
		}
	}
}

// mapRoles are the roles a relation map looks for.
var mapRoles = [...]string{"decider", "buyer", "user", "influencer", "technical", "gatekeeper"}

func (a *Analysis) peopleParts(i int, out *SheetView) {
	d := a.facts[i]
	var roles uint32
	for k := range d.Persons[:min(len(d.Persons), maxLines)] {
		p := &d.Persons[k]
		x := PersonPart{ID: p.ID, Name: p.Name, Function: p.Function, Roles: p.Roles, Influence: p.Influence, Attitude: p.Attitude,
			Gone: seenBy(p.Until, a.AsOf), Consent: p.Consent}
		for j := range d.Contacts {
			m := &d.Contacts[j]
			day, ok := a.seen(m.Day)
			if !ok || m.Persons&bit(k) == 0 || !(m.Outcome == 0 || m.Outcome.Met()) {
				continue
			}
			x.Last = max(x.Last, day)
			x.Contacts += one(a.N.Contains(day))
		}
		x.New = decides(p) && !x.Gone && x.Last == 0
		if !x.Gone {
			for r, name := range mapRoles {
				for _, role := range p.Roles {
					if role == name {
						roles |= 1 << r
					}
				}
			}
		}
		out.People = append(out.People, x)
	}
	for r, name := range mapRoles {
		if roles&(1<<r) == 0 {
			out.Unmet = append(out.Unmet, name)
		}
	}
}

func (a *Analysis) givePart(i int, fig func(string) Figure, out *GivePart) {
	l, list := &a.ledgers()[i], a.facts[i].Commitments
	*out = GivePart{Rho: fig("reciprocity"), Given: l.Given, Received: l.Received, OpenOurs: l.OpenOurs, OpenTheirs: l.OpenTheirs,
		Alerts: uint8(l.Alerts), AskFirst: l.AskFirst, Written: l.WrittenRate, Tie: fig("tie")}
	for k := len(list) - 1; k >= 0 && len(out.Lines) < maxLines; k-- {
		c := &list[k]
		x := PromisePart{ID: c.ID, Ours: c.Side == portfolio.Us, Text: c.Text, State: c.State, Value: c.Value, Points: c.Points, Made: c.Made, Due: c.Due, Done: c.Done}
		if (c.State == portfolio.Promised || c.State == 0) && c.Due != 0 && c.Due < a.AsOf {
			x.Late = int(a.AsOf - c.Due)
		}
		for _, u := range l.Unreturned {
			x.Alone = x.Alone || int(u) == k
		}
		out.Lines = append(out.Lines, x)
	}
}

func (a *Analysis) projectParts(i int) []ProjectPart {
	r := a.Relation()
	var out []ProjectPart
	for k := range r.Projects {
		p := &r.Projects[k]
		if int(p.Client) != i {
			continue
		}
		x := ProjectPart{ID: p.Project.ID, Name: p.Project.Name, Amount: p.Project.Amount, State: p.Project.State, Phase: p.Reading.Phase, Of: len(r.Model),
			Next: p.Reading.Next, Moved: p.Reading.Moved, Missing: p.Reading.Missing + 1}
		if x.Phase >= 0 && x.Phase < len(r.Model) {
			x.Code = r.Model[x.Phase].Code
		}
		if since := max(p.Project.Since, p.Project.Opened); since != 0 && since <= a.AsOf {
			x.Days = int(a.AsOf - since)
		}
		for j, at := range r.Running {
			if int(at) == k && j < len(r.Pipeline.Stale) {
				x.Stale = r.Pipeline.Stale[j]
			}
		}
		out = append(out, x)
	}
	return out
}

// collectFor lists the facts that the sheet lacks: those of the file by what
// they would change, then those that parts ask for.
func (a *Analysis) collectFor(i int, s *SheetView) []string {
	var out []string
	add := func(key string) {
		if key == "" {
			return
		}
		for _, k := range out {
			if k == key {
				return
			}
		}
		out = append(out, key)
	}
	for _, m := range a.Files().Filling[i].Missing {
		add(fieldKeys[m])
	}
	for _, f := range [...]*Figure{&s.Pen.Potential, &s.Life.Phase, &s.Movement.Type, &s.Asked.Index, &s.Give.Rho, &s.Give.Tie, &s.Flow.Marginal} {
		if r := find(clientReadings(), f.Topic); r != nil && !f.Mark.Has() {
			add(r.collect)
		}
	}
	if a.Cost().Invested.Reason == explain.NoCost {
		add("cost")
	}
	if len(s.Families) > 0 && !s.Pen.Breadth.Mark.Has() {
		add("potential-family")
	}
	if a.Cards[i].Typology == 0 {
		add("typology")
	}
	return out
}
