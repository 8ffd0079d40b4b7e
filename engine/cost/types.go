package cost

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
)

// million is the grain of weights, rates and prices.
const million = 1_000_000

// kinds is one more than the types of contact; place 0 is direct spending.
const kinds = int(portfolio.ManagerControlVisit) + 1

// Costing is how a contact is priced (contact.costing).
type Costing uint8

const (
	Equivalence Costing = iota
	Simple
	Time
)

// Params are the settings of the chapter.
type Params struct {
	Weights           [kinds]int64 // millionths of a contact unit, by portfolio.ContactKind
	Cancelled         int64        // millionths of the type's weight, for absent and refused
	Costing           Costing
	Normal            bool        // hours available instead of hours logged
	DefaultPRC        money.Cents // of a unit, without a budget
	Prospecting       bool
	ProspectingMonths int
	Service           bool // after-sales is charged to the client
	LoanYears         int
	LateRate          int64 // millionths a year
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	p := Params{
		Cancelled: grains(s.Float(params.ContactWeightCancelled)), Normal: s.Word(params.CostAbsorption) == "normal",
		DefaultPRC: money.Cents(math.Round(s.Float(params.CostDefaultPRC) * 100)), Prospecting: s.Bool(params.CostIncludeProspecting),
		ProspectingMonths: s.Int(params.CostProspectingMonths), Service: s.Bool(params.CostIncludeService),
		LoanYears: s.Int(params.CostLoanYears), LateRate: grains(s.Share(params.CostLateRate)),
	}
	for k, w := range s.Floats(params.ContactWeights) {
		if k+1 < kinds {
			p.Weights[k+1] = grains(w)
		}
	}
	if p.Service {
		p.Weights[portfolio.AfterSalesVisit] = million
	}
	switch s.Word(params.ContactCosting) {
	case "simple":
		p.Costing = Simple
	case "time":
		p.Costing = Time
	}
	return p
}

// grains are whole millionths of a number between nothing and a million.
func grains(x float64) int64 {
	if !(x > 0) {
		return 0
	}
	return int64(math.Round(min(x, million) * million))
}

// A Budget is what a representative costs in a year (budget de coût).
type Budget struct {
	Pay      money.Cents // gross, variable included
	Charges  money.Cents // the employer's; see [EmployerCharges]
	Vehicle  money.Cents
	Travel   money.Cents
	Lodging  money.Cents // and meals
	Telecom  money.Cents // and tablet
	Samples  money.Cents
	Support  money.Cents // share of support and supervision
	Anything money.Cents // other lines
}

// Full is the full cost (coût complet).
func (b Budget) Full() money.Cents {
	return b.Pay.Plus(b.Charges).Plus(b.Vehicle).Plus(b.Travel).Plus(b.Lodging).Plus(b.Telecom).Plus(b.Samples).Plus(b.Support).Plus(b.Anything)
}

// EmployerCharges are the charges on a gross pay at a rate in percent.
func EmployerCharges(pay money.Cents, percent float64) money.Cents {
	return pay.Scale(grains(percent/100), million)
}

// A Rep is one price sheet: who spends the time, and what that costs over the
// window. For a price that changes with the years, give one Rep per year.
type Rep struct {
	Full     money.Cents // full cost over the window; see [Budget]
	Budgeted bool        // Full is known; else the organisation's default price
	Hours    float64     // available over the window, for normal absorption
	Manager  int32       // 1 + the index of who pays a manager's control visit this rep logged; 0: the rep itself
}

// A Contact is one line of effort. A contact two representatives made together
// is two lines, the second one Joint: each adds its own cost.
type Contact struct {
	Client   int32 // index; negative: −1 nobody, −2−k the clients of group k
	Rep      int32 // index of the price sheet
	Kind     portfolio.ContactKind
	Outcome  portfolio.Outcome // 0: not said, counted as met
	Day      calendar.Day
	Joint    bool
	Stayed   bool        // nobody travelled before an absence or a refusal
	Minutes  int32       // preparation, travel, contact and report; 0: not logged
	Direct   money.Cents // paid on the spot
	Weighted bool        // Weight takes the place of the type's
	Weight   float64     // contact units
	Shared   int32       // lines that stand for this one contact, one per client: each counts one nth; 0 or 1: this one alone
}

// A Group shares a contact between clients (contact partagé): by percentages,
// or equally.
type Group struct {
	Clients []int32
	Percent []float64 // nil: equally
}

// travels reports whether a type takes the representative out.
func travels(k portfolio.ContactKind) bool {
	return k == portfolio.Visit || k == portfolio.Event || k == portfolio.AfterSalesVisit || k == portfolio.ManagerControlVisit
}

// counts is what a contact counts, in millionths: weight in contact units, and
// share of a contact.
func (p *Params) counts(c *Contact) (weight, share int64) {
	if c.Kind == 0 || int(c.Kind) >= kinds || c.Outcome == portfolio.Postponed {
		return 0, 0
	}
	weight, share = p.Weights[c.Kind], million
	if c.Weighted {
		weight = grains(c.Weight)
	}
	if weight <= 0 {
		return 0, 0
	}
	if c.Outcome == portfolio.Absent || c.Outcome == portfolio.RefusedIn {
		if c.Stayed || !travels(c.Kind) {
			return 0, 0
		}
		weight, share = scale(weight, p.Cancelled), p.Cancelled
	}
	if n := int64(c.Shared); n > 1 {
		weight, share = weight/n, share/n
	}
	return weight, share
}

// Units are the contact units of a contact.
func (p *Params) Units(c Contact) float64 {
	w, _ := p.counts(&c)
	return float64(w) / million
}

func scale(x, by int64) int64 {
	if by == million {
		return x
	}
	return int64(money.Cents(x).Scale(by, million))
}
