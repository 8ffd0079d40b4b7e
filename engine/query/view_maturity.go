package query

import (
	"cmp"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// MaturityAsk asks for the tab Maturity of the portfolio.
type MaturityAsk struct {
	Family  string `cbor:"1,keyasint,omitempty"` // code: the curves are of its buyers; empty: all
	Planned int    `cbor:"2,keyasint,omitempty"` // new clients of the plan; 0: what H3 wants to win
	Months  int    `cbor:"3,keyasint,omitempty"` // of history for the slider; 0: none, 36 at most
}

// MaturityView is the tab Maturity: who ages, and where it hides (C1 to C4, C7).
type MaturityView struct {
	Ground     Ground        `cbor:"1,keyasint"`
	Phases     [7]Who        `cbor:"2,keyasint"` // none, P, D, C, M, V, X: every client is in one
	Curves     []PhaseCurve  `cbor:"3,keyasint"` // "clients", "sales", "margin", "potential", "effort"
	Template   [4]float64    `cbor:"4,keyasint"` // the bell
	Effort     PhaseEffort   `cbor:"5,keyasint"`
	Families   []FamilyCurve `cbor:"6,keyasint,omitempty"`
	Cells      []FamilyCells `cbor:"7,keyasint,omitempty"` // clients that lose or could open a family, the most sales lost first
	Eroding    Who           `cbor:"8,keyasint,omitempty"`
	Openings   Who           `cbor:"9,keyasint,omitempty"`
	Unsorted   Who           `cbor:"10,keyasint,omitempty"` // bought, but no line says a family: left out, and counted
	Mortality  Figure        `cbor:"11,keyasint"`
	Starters   []Starters    `cbor:"12,keyasint,omitempty"` // by early follow-up
	Ahead      PhaseForecast `cbor:"13,keyasint"`
	Situation  Situation     `cbor:"14,keyasint"`
	Moved      Who           `cbor:"15,keyasint,omitempty"` // whose phase the signs of ageing or a person changed
	History    []PhaseMonth  `cbor:"16,keyasint,omitempty"`
	FamilyMark explain.Mark  `cbor:"17,keyasint"`
}

// A PhaseCurve is one D-C-M-V picture.
type PhaseCurve struct {
	Key    string     `cbor:"1,keyasint"`
	Weight [4]float64 `cbor:"2,keyasint"` // clients, cents or contact units
	Share  [4]float64 `cbor:"3,keyasint"`
	Shape  string     `cbor:"4,keyasint"`           // bell rising u falling flat none
	Second string     `cbor:"5,keyasint,omitempty"` // the other shape of a mixed curve
	Ageing Figure     `cbor:"6,keyasint"`           // index, 1 to 4
	Count  int        `cbor:"7,keyasint"`           // clients in D to V
}

// PhaseEffort sets contact units by phase against the target (C3).
type PhaseEffort struct {
	Units  [4]float64 `cbor:"1,keyasint"`
	Actual [4]float64 `cbor:"2,keyasint"`
	Target [4]float64 `cbor:"3,keyasint"`
	Gap    [4]float64 `cbor:"4,keyasint"` // in visits of the plan: above 0, to take away
	Ratio  Figure     `cbor:"5,keyasint"` // C ÷ M
	Head   Figure     `cbor:"6,keyasint"` // the same per client
	Alert  bool       `cbor:"7,keyasint,omitempty"`
	NoC    bool       `cbor:"8,keyasint,omitempty"`
}

// A FamilyCurve is the curve of the buyers of one family (C4).
type FamilyCurve struct {
	Code     string      `cbor:"1,keyasint"`
	Name     string      `cbor:"2,keyasint"`
	Curve    PhaseCurve  `cbor:"3,keyasint"`
	Sales    money.Cents `cbor:"4,keyasint"` // of N
	Phases   [4]Who      `cbor:"5,keyasint"` // D C M V in the family
	Eroding  Who         `cbor:"6,keyasint,omitempty"`
	Openings Who         `cbor:"7,keyasint,omitempty"` // peers buy it, never they
}

// FamilyCells is a row of the matrix clients × families.
type FamilyCells struct {
	Client int32       `cbor:"1,keyasint"`
	Phase  string      `cbor:"2,keyasint,omitempty" why:"phase"`
	Sales  money.Cents `cbor:"3,keyasint"`
	Index  float64     `cbor:"4,keyasint,omitempty" why:"maturity-index"`
	Cells  string      `cbor:"5,keyasint"`           // a letter by family: D C M V X, "-" never bought, "+" an opening
	Lost   []int       `cbor:"6,keyasint,omitempty"` // places in Cells of the families that erode
	Share  []float64   `cbor:"7,keyasint,omitempty"` // their share of the client's sales
	Worth  money.Cents `cbor:"8,keyasint,omitempty"` // sales in eroding families
}

// Starters are the clients who entered 12 to 24 months ago, by the visits of
// their first ninety days.
type Starters struct {
	Followed bool         `cbor:"1,keyasint,omitempty"` // three visits or more
	Kept     Who          `cbor:"2,keyasint,omitempty"`
	Lost     Who          `cbor:"3,keyasint,omitempty"`
	Mark     explain.Mark `cbor:"4,keyasint"`
}

// PhaseForecast is the portfolio in twelve months at the same pace (C7).
type PhaseForecast struct {
	Now     [4]int        `cbor:"1,keyasint"`
	Next    [4]float64    `cbor:"2,keyasint"` // without a new client
	Low     [4]float64    `cbor:"3,keyasint"` // 90 % of the outcomes, if each client moves by itself
	High    [4]float64    `cbor:"4,keyasint"`
	Lost    Figure        `cbor:"5,keyasint"`
	Planned int           `cbor:"6,keyasint"`
	Plan    [4]float64    `cbor:"7,keyasint"` // with the new clients of the plan
	Shape   string        `cbor:"8,keyasint"`
	Ageing  Figure        `cbor:"9,keyasint"`
	With    Figure        `cbor:"10,keyasint"` // ageing index with the plan
	Needed  Figure        `cbor:"11,keyasint"` // new clients that keep the index where it is
	Capped  bool          `cbor:"12,keyasint,omitempty"`
	Matrix  [4][4]float64 `cbor:"13,keyasint"` // rows D C M V, columns C M V X
	Own     bool          `cbor:"14,keyasint,omitempty"`
	Seen    int           `cbor:"15,keyasint"`
}

// Situation is the special way of selling of the portfolio (C6).
type Situation struct {
	Key       string `cbor:"1,keyasint"` // ordinary long-cycle seasonal tendering influencing subscribing distributing
	Indicator string `cbor:"2,keyasint"` // sales installed projects prescriptions contracts sell-out
	Window    int    `cbor:"3,keyasint"` // months of N
	LostAfter int    `cbor:"4,keyasint"` // months
	SameYear  bool   `cbor:"5,keyasint,omitempty"`
	Frozen    bool   `cbor:"6,keyasint,omitempty"` // alerts sleep out of season
}

// A PhaseMonth is the curve at the end of a month.
type PhaseMonth struct {
	Day     calendar.Day `cbor:"1,keyasint"`
	Clients [4]float64   `cbor:"2,keyasint"`
	Sales   [4]float64   `cbor:"3,keyasint"`
	Shape   string       `cbor:"4,keyasint"`
	Ageing  float64      `cbor:"5,keyasint"`
}

var (
	situationKeys = [...]string{"ordinary", "long-cycle", "seasonal", "tendering", "influencing", "subscribing", "distributing"}
	indicatorKeys = [...]string{"sales", "installed", "projects", "prescriptions", "contracts", "sell-out"}
)

// followed is how many visits within how many days make an early follow-up
// (design/ux.md §10; no parameter).
const followed, followedDays = 3, 90

// maxCells bounds the rows of the matrix of families; all clients are in the
// lists behind it.
const maxCells = 60

// MaturityView is the tab Maturity.
func (a *Analysis) MaturityView(ask MaturityAsk) MaturityView {
	f := -1
	if ask.Family != "" {
		f = a.familyAt(ask.Family)
	}
	if f < 0 {
		ask.Family = ""
	}
	m, fam := a.Maturity(), a.Families()
	out := MaturityView{Ground: a.ground(ask.Family), Template: a.rules.maturity.Templates[maturity.Bell-1], Moved: m.Moved, FamilyMark: fam.Mark}
	phase := m.Phase
	if f >= 0 {
		phase = make([]maturity.Phase, a.Len())
		for i := range phase {
			phase[i], _ = fam.Of(i, f)
		}
	}
	for k := range out.Phases {
		out.Phases[k] = a.who(func(i int) bool { return int(min(phase[i], 6)) == k })
	}
	out.Curves = a.phaseCurves(phase, f)
	out.Effort = a.phaseEffort(phase, f)
	a.familyCurves(&out)
	out.Mortality = figure("mortality", explain.Result{Value: m.Mortality.Rate, Mark: m.Mortality.Mark}, explain.Percent)
	out.Starters = a.starters()
	out.Ahead = a.phasesAhead(ask.Planned)
	out.Situation = a.special()
	if ask.Months > 0 {
		for _, p := range a.Story(min(ask.Months, 36)) {
			out.History = append(out.History, PhaseMonth{p.Day, p.Clients.Weight, p.Sales.Weight, shapeKey(p.Clients.Shape), short(p.Clients.Ageing)})
		}
	}
	return out
}

func curveOf(key string, c maturity.Curve) PhaseCurve {
	out := PhaseCurve{Key: key, Weight: c.Weight, Share: c.Share, Shape: shapeKey(c.Shape), Count: c.Clients,
		Ageing: Figure{Topic: "ageing", Value: c.Ageing, Unit: explain.Number, Mark: c.Mark}}
	if c.Mixed {
		out.Second = shapeKey(c.Second)
	}
	return out
}

// phaseCurves weighs the same phases in five ways; those of one family by its
// own sales and potential only.
func (a *Analysis) phaseCurves(phase []maturity.Phase, f int) []PhaseCurve {
	c := a.Maturity().Curves
	if f >= 0 {
		w := maturity.Weights{Sales: make([]money.Cents, a.Len())}
		for i := range w.Sales {
			_, w.Sales[i] = a.Families().Of(i, f)
		}
		if worth := a.worthByFamily(); worth != nil {
			w.Potential = make([]money.Cents, a.Len())
			for i := range w.Potential {
				w.Potential[i] = worth[i*len(a.Products)+f]
			}
		}
		c = maturity.CurvesOf(phase, w, a.rules.maturity)
		for _, mark := range [...]*explain.Mark{&c.Clients.Mark, &c.Sales.Mark, &c.Potential.Mark} {
			*mark = shortened(*mark, !a.sc.Second, a.sc.Second)
		}
	}
	return []PhaseCurve{curveOf("clients", c.Clients), curveOf("sales", c.Sales), curveOf("margin", c.Margin),
		curveOf("potential", c.Potential), curveOf("effort", c.Units)}
}

func (a *Analysis) phaseEffort(phase []maturity.Phase, f int) PhaseEffort {
	al := a.Maturity().Effort
	if f >= 0 { // contacts are made with the client, whatever the family
		al = maturity.Align(phase, a.Cost().Units, a.rules.maturity)
		al.Mark = shortened(al.Mark, !a.sc.Second, a.sc.Second)
	}
	out := PhaseEffort{Units: al.Units, Actual: al.Actual, Target: al.Target, Alert: al.Alert, NoC: al.NoGrowth,
		Ratio: Figure{Topic: "cm", Value: al.Ratio, Unit: explain.Ratio, Mark: al.Mark},
		Head:  Figure{Topic: "cm-head", Value: al.PerHead, Unit: explain.Ratio, Mark: al.Mark}}
	if al.Has() {
		out.Gap = al.Visits(float64(a.Visits().Budget))
		if !al.HasRatio {
			out.Ratio.Mark = explain.Missing(explain.NoContact, al.Steps...)
			out.Head.Mark = out.Ratio.Mark
		}
	}
	return out
}

// familyCurves fills what C4 shows.
func (a *Analysis) familyCurves(out *MaturityView) {
	fam := a.Families()
	n, last := a.Len(), len(a.Products)
	out.Eroding = a.who(func(i int) bool { return i < len(fam.Erosion) && fam.Erosion[i] })
	open := make([][]bool, n)
	for _, o := range fam.Openings {
		if open[o.Client] == nil {
			open[o.Client] = make([]bool, fam.Columns)
		}
		open[o.Client][o.Family] = true
	}
	out.Openings = a.who(func(i int) bool { return open[i] != nil })
	for f := range a.Products {
		x := FamilyCurve{Code: a.Products[f].Code, Name: a.familyName(f), Curve: curveOf("clients", fam.Curve[f])}
		bought := false
		for i := range n {
			ph, net := fam.Of(i, f)
			x.Sales = x.Sales.Plus(net)
			bought = bought || ph != 0
			if ph >= maturity.Start && ph <= maturity.Ageing {
				x.Phases[ph-maturity.Start] = append(x.Phases[ph-maturity.Start], int32(i))
			}
			if fam.Erodes(i, f) {
				x.Eroding = append(x.Eroding, int32(i))
			}
			if open[i] != nil && open[i][f] {
				x.Openings = append(x.Openings, int32(i))
			}
		}
		if bought {
			out.Families = append(out.Families, x)
		}
	}
	for i := range n {
		row := FamilyCells{Client: int32(i), Phase: letterOf(a.lived().Phase[i]), Sales: a.Sales[i], Index: short(fam.Index[i])}
		cells := make([]byte, last)
		some := false
		for f := range last {
			ph, net := fam.Of(i, f)
			cells[f] = '-'
			if ph != 0 {
				cells[f], some = letterOf(ph)[0], true
			} else if open[i] != nil && open[i][f] {
				cells[f] = '+'
			}
			if fam.Erodes(i, f) {
				row.Lost = append(row.Lost, f)
				row.Worth = row.Worth.Plus(net)
				if a.Sales[i] > 0 {
					row.Share = append(row.Share, short(float64(net)/float64(a.Sales[i])))
				}
			}
		}
		if !some && a.Sales[i] != 0 {
			out.Unsorted = append(out.Unsorted, int32(i))
		}
		if row.Cells = string(cells); len(row.Lost) > 0 || open[i] != nil {
			out.Cells = append(out.Cells, row)
		}
	}
	sorting.Stable(out.Cells, func(x, y FamilyCells) int {
		if x.Worth != y.Worth {
			return cmp.Compare(y.Worth, x.Worth)
		}
		return cmp.Compare(y.Sales, x.Sales)
	})
	out.Cells = out.Cells[:min(len(out.Cells), maxCells)]
}

// starters parts those who entered 12 to 24 months ago by their early visits.
func (a *Analysis) starters() []Starters {
	p := a.rules.maturity
	by := [2]Starters{{Followed: true}, {}}
	for i, v := range a.lived().Verdict {
		s, ok := v.Starter()
		if !ok || a.lived().left(i) {
			continue
		}
		if s.Lost && a.facts[i].LostOn != 0 {
			s.Last = min(s.Last, a.facts[i].LostOn)
		}
		died := maturity.Die([]maturity.Starter{s}, a.AsOf, p)
		if died.Entered == 0 {
			continue
		}
		visits := 0
		for k := range a.facts[i].Contacts {
			m := &a.facts[i].Contacts[k]
			if day, ok := a.seen(m.Day); ok && face(m.Kind) && (m.Outcome == 0 || m.Outcome.Met()) && day >= s.First && day < s.First+followedDays {
				visits++
			}
		}
		g := &by[one(visits < followed)]
		if died.Dead > 0 {
			g.Lost = append(g.Lost, int32(i))
		} else {
			g.Kept = append(g.Kept, int32(i))
		}
	}
	var out []Starters
	for _, g := range by {
		switch n := len(g.Kept) + len(g.Lost); {
		case n == 0:
			continue
		case n < 4:
			g.Mark = explain.Thin(explain.FewClients)
		default:
			g.Mark = explain.Sound()
		}
		out = append(out, g)
	}
	return out
}

func (a *Analysis) phasesAhead(planned int) PhaseForecast {
	m, p := a.Maturity(), a.rules.maturity
	if planned <= 0 {
		planned = a.Time().Prospects.ToWin
	}
	f := m.Forecast
	out := PhaseForecast{Next: f.Next, Planned: planned, Matrix: m.Transition.T, Own: m.Transition.Own, Seen: m.Transition.Seen,
		Shape: shapeKey(f.Curve.Shape), Capped: f.Capped,
		Lost:   Figure{Topic: "lost-ahead", Value: f.Lost, Unit: explain.Count, Mark: f.Mark},
		Ageing: Figure{Topic: "ageing-ahead", Value: f.Curve.Ageing, Unit: explain.Number, Mark: told(f.Curve.Mark, f.Mark)},
		Needed: Figure{Topic: "needed", Value: float64(f.Needed), Unit: explain.Count, Mark: f.Mark}}
	for _, ph := range m.Phase {
		if ph >= maturity.Start && ph <= maturity.Ageing {
			out.Now[ph-maturity.Start]++
		}
	}
	plan := maturity.Expect(out.Now, float64(planned), m.Transition, p)
	out.Plan = plan.Next
	out.With = Figure{Topic: "ageing-ahead", Value: plan.Curve.Ageing, Unit: explain.Number, Mark: told(plan.Curve.Mark, plan.Mark)}
	out.Low, out.High = spreadOf(out.Now, m.Transition)
	return out
}

// told is a mark, or that of what it comes from where it says nothing.
func told(m, from explain.Mark) explain.Mark {
	if m.Status == 0 {
		return explain.Missing(from.Reason)
	}
	return m
}

// spreadOf is the 90 % interval of each expected count, each client moving by
// itself by the matrix: n·t·(1 − t) summed, normal.
func spreadOf(now [4]int, t maturity.Transition) (low, high [4]float64) {
	for c := range 3 { // C, M, V; nobody is expected in D
		mean, variance := 0.0, 0.0
		for r, n := range now {
			x := t.T[r][c]
			mean += float64(n) * x
			variance += float64(float64(n)*x) * (1 - x)
		}
		half := 1.6448536269514722 * sqrt(variance)
		low[c+1], high[c+1] = max(0, mean-half), mean+half
	}
	return low, high
}

func (a *Analysis) special() Situation {
	ad := a.Maturity().Adapted
	s := Situation{Key: situationKeys[0], Indicator: indicatorKeys[0], Window: ad.Params.Periods.Months, LostAfter: ad.Params.LostMax,
		SameYear: ad.Params.SameSeason, Frozen: ad.Frozen}
	if k := int(a.situation); k < len(situationKeys) {
		s.Key = situationKeys[k]
	}
	if k := int(ad.Indicator); k < len(indicatorKeys) {
		s.Indicator = indicatorKeys[k]
	}
	return s
}

// PortfoliosView sets several portfolios side by side (C5).
type PortfoliosView struct {
	Lines []PortfolioLine `cbor:"1,keyasint"`
	Mark  explain.Mark    `cbor:"2,keyasint"` // of the split
}

// A PortfolioLine is one portfolio among others.
type PortfolioLine struct {
	Scope   uint32      `cbor:"1,keyasint"`
	Clients int         `cbor:"2,keyasint"`
	Sales   money.Cents `cbor:"3,keyasint"`
	Margin  money.Cents `cbor:"4,keyasint"`
	Net     money.Cents `cbor:"5,keyasint"`
	Curve   PhaseCurve  `cbor:"6,keyasint"`
	Ratio   Figure      `cbor:"7,keyasint"` // C ÷ M
	PerUnit Figure      `cbor:"8,keyasint"` // net margin of a contact unit
	Worth   money.Cents `cbor:"9,keyasint"` // remaining × margin rate × elasticity
	Share   float64     `cbor:"10,keyasint" why:"effort-split"`
	Now     float64     `cbor:"11,keyasint"` // share of today's contact units
}

// ComparePortfolios is the table of several portfolios with the effort each
// deserves.
func ComparePortfolios(of []*Analysis) PortfoliosView {
	lines, split := Compare(of)
	out := PortfoliosView{Mark: split.Mark}
	total := 0.0
	units := make([]float64, len(of))
	for k, a := range of {
		for _, u := range a.Cost().Units {
			units[k] += u
		}
		total += units[k]
	}
	for k, l := range lines {
		x := PortfolioLine{Scope: of[k].Scope, Clients: l.Clients, Sales: l.Sales, Margin: l.Margin, Net: l.Net, Curve: curveOf("clients", l.Curve),
			Ratio:   Figure{Topic: "cm", Value: l.Effort.Ratio, Unit: explain.Ratio, Mark: l.Effort.Mark},
			PerUnit: figure("per-unit", l.PerUnit, explain.Money)}
		if l.Effort.Has() && !l.Effort.HasRatio {
			x.Ratio.Mark = explain.Missing(explain.NoContact)
		}
		if k < len(split.Share) {
			x.Share, x.Worth = split.Share[k], round64(split.Worth[k])
		}
		if total > 0 {
			x.Now = units[k] / total
		}
		out.Lines = append(out.Lines, x)
	}
	return out
}

// contactKeys name the kinds of contact for the charts of costs; 0 is direct
// spending.
var contactKeys = [...]string{"direct", "visit", "visio", "call", "email", "letter", "event", "showroom", "after-sales", "control"}

func contactKey(k int) string {
	if k >= 0 && k < len(contactKeys) {
		return contactKeys[k]
	}
	return contactKeys[0]
}
