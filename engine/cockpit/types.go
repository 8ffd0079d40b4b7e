package cockpit

import (
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
)

// Params are the settings of the cockpit.
type Params struct {
	Sigma     float64 // funnel.sigma
	CtoM      float64 // alert.CtoM
	Usable    float64 // share of the fields, file.usable
	Deadline  float64 // working days to act on a red risk, rescue.deadline
	Maturity  maturity.Params
	Plan      float64 // share of the visit plan that is kept when all is well, team.plan
	Coverage  float64 // share of the accounts whose potential is known, team.coverage
	Idle      float64 // share of the capacity under which the diary has holes, team.idle
	SyncHours float64 // a tablet silent for longer is late, team.silence
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	return Params{Sigma: s.Float(params.FunnelSigma), CtoM: s.Float(params.AlertCtoM), Usable: s.Share(params.FileUsable),
		Deadline: s.Float(params.RescueDeadline), Maturity: maturity.From(s), Plan: s.Share(params.TeamPlan),
		Coverage: s.Share(params.TeamCoverage), Idle: s.Share(params.TeamIdle), SyncHours: s.Float(params.TeamSilence)}
}

// A Rep is the sums of one rep, or of a team (commercial, équipe). Counts are
// over the same period for all.
type Rep struct {
	Code                    string
	Accounts                int    // followed, prospects included
	VisitsDone, Capacity    int    // visits held, and those the time of the period allows
	Planned, Done           [4]int // visits of the plan due by now, and held, by category of H4
	ClientsC, ClientsM      int
	UnitsC, UnitsM          int64     // hundredths of contact units
	Phases                  [4]int    // clients in D, C, M, V
	PR                      [4][5]int // accounts by P − 1 and R
	Portfolios, Fragile     int
	Red, RedActed           int         // accounts at red risk, and those acted upon
	ActionDays              int         // Σ working days from alert to action, of those acted upon
	RedStake                money.Cents // value at stake of those not acted upon (I4)
	Clients                 int         // with a net margin
	MCN                     money.Cents // Σ net commercial margin
	MCNSquares              float64     // Σ of its squares, in units of money squared
	Losses                  money.Cents // Σ of the negative ones, as a positive amount
	Known                   int         // accounts of known potential
	Sales, Potential        money.Cents // of these
	Filled, Wanted          int         // fields of the files, by their weights (H0)
	Devices, Late           int         // tablets, and those silent for longer than Params.SyncHours
	Silence                 int         // hours since the last sync of the most silent
	Controls, ControlsDue   int         // satisfaction visits by the manager
	Prospects, ProspectsDue int         // prospect visits held, and the target by now
}

// Tile names a tile of the cockpit (tuile).
type Tile uint8

// Stored and sent: add at the end, never renumber.
const (
	Capacity    Tile = iota + 1 // capacité utilisée
	PlanKept                    // respect du plan de visites
	CtoM                        // effort C ÷ M
	Curve                       // forme de la courbe
	Board                       // tableau P–R
	Fragile                     // portefeuilles fragiles
	RedRisks                    // risques rouges et délai d'action
	NetMargin                   // marge commerciale nette
	Coverage                    // potentiels connus
	Quality                     // qualité des fiches
	Freshness                   // fraîcheur des tablettes
	Controls                    // visites de contrôle
	Prospecting                 // visites de prospection
	Penetration                 // pénétration
	Tiles       = 14
)

// String is the code of the tile, worded by the catalogue.
func (t Tile) String() string {
	return [...]string{"tile", "tile.capacity", "tile.plan", "tile.ctom", "tile.curve", "tile.board", "tile.fragile", "tile.red",
		"tile.mcn", "tile.coverage", "tile.quality", "tile.freshness", "tile.controls", "tile.prospecting", "tile.penetration"}[min(t, Tiles+1)%(Tiles+1)]
}

// Verb is what kind of lever an instruction pulls.
type Verb uint8

// Stored and sent: add at the end, never renumber.
const (
	Message    Verb = iota + 1 // écrire au commercial
	Assign                     // confier, réaffecter
	ChangeNorm                 // changer une norme, un objectif
)

// An Instruction is what a tile ends in (consigne); Code is worded by the
// catalogue.
type Instruction struct {
	Verb Verb
	Code string
}

// A Reading is one tile of a rep or of the team.
type Reading struct {
	Tile      Tile
	Value     float64
	Unit      explain.Unit
	Second    float64 // kept ÷ due of the plan, mean days to act, late tablets, clients above +1 in P-R: see Read
	Boundless bool    // C ÷ M without any contact on M: infinite, and fine
	Shape     maturity.Shape
	Off       bool // not as it should be
	Low, High float64
	HasLimits bool
	Different int8 // −1 under the limits of the team, +1 over, 0 inside or without
	Do        Instruction
	explain.Mark
}
