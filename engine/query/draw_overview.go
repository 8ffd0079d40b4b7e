package query

import (
	"strconv"

	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/weight"
)

// FamilyOverview is the overview of one portfolio read for one family of
// products: curve, effort, weight and floors are of its buyers and its sales.
// The P×R board stays that of the whole clients, as their levels are; potential
// is the family's where brackets by family are known.
func (s *Snapshot) FamilyOverview(r Reader, ask PortfolioAsk, a *Analysis) Portfolio {
	ask.Scope = a.Scope
	out := s.PortfolioOverview(r, ask)
	f := -1
	if ask.Family != "" {
		f = a.familyAt(ask.Family)
	}
	out.Base = s.TabBase(r, a, TabAsk{Scope: ask.Scope, Family: ask.Family, Before: s.now != nil})
	if f < 0 {
		return out
	}
	width := ask.Width
	if width <= 0 {
		width = 1040
	}
	wide, third := split(width)
	g := s.ground(ask.Scope)
	g.parts, g.family = nil, ask.Family
	g.phase, g.sales = make([]maturity.Phase, a.Len()), make([]money.Cents, a.Len())
	g.prospect = append([]bool(nil), g.prospect...)
	fam := a.Families()
	for i := range g.phase {
		g.phase[i], g.sales[i] = fam.Of(i, f)
		g.prospect[i] = g.prospect[i] || g.sales[i] <= 0 // who does not buy it has no weight in it
	}
	out.Curve = g.curve(r.Words, wide)
	out.Lorenz = g.lorenz(r.Words, third)
	out.Floors = g.stack(r.Words, third, g.floors(), "r")
	out.Effort, _ = g.effort(r.Words, third, yearly)
	worth := a.worthByFamily()
	g.worth, g.unknown = make([]money.Cents, a.Len()), make([]bool, a.Len())
	for i := range g.worth {
		if worth != nil {
			g.worth[i] = worth[i*len(a.Products)+f]
		}
		g.unknown[i] = g.worth[i] <= 0
	}
	out.PFloors = g.stack(r.Words, third, g.potentialFloors(), "p")
	out.Figures = g.figures()
	return out
}

// list is where a mark leads: to a list of the client list's own filters, or,
// where one family or the year before is looked at, to a group of the analysis;
// no group, no list.
func (g ground) list(plain, group string) string {
	switch {
	case g.family == "" && !g.before || plain == "":
		return plain
	case group == "":
		return ""
	}
	at := TabBase{Before: g.before}
	return "/clients?qui=" + escapeQuery(at.then(group+g.family)) + g.in
}

// ranks is the group of a class of weight: those from one rank to another.
func (g ground) ranks(n [4]int, class int) string {
	if len(g.parts) > 1 { // each has ranks of its own
		return ""
	}
	from := 0
	for k := range class {
		from += n[weight.A+weight.Class(k)]
	}
	return "weight:abc:" + strconv.Itoa(from) + ":" + strconv.Itoa(from+n[weight.A+weight.Class(class)]) + ":sales:n:"
}

// floor is the group of a floor of sales or, of whole clients, of potential.
func (g ground) floor(by string, level int) string {
	of := ":sales:n:"
	switch {
	case len(g.parts) > 1:
		return ""
	case by == "r":
	case g.family != "":
		return ""
	default:
		of = ":potential:n:"
	}
	return "weight:floor:" + digit(level) + of
}
