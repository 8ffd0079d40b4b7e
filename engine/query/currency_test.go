package query_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/steering"
)

// dearer writes rows over in a currency worth a tenth: every amount ×10.
func dearer(t *testing.T, rows []journal.Row) []journal.Row {
	t.Helper()
	nouns := map[portfolio.Kind]any{portfolio.KindSale: &portfolio.Sale{}, portfolio.KindContact: &portfolio.Contact{}, portfolio.KindEstimate: &portfolio.Estimate{},
		portfolio.KindContract: &portfolio.Contract{}, portfolio.KindPayment: &portfolio.Payment{}, portfolio.KindProject: &portfolio.Project{}, portfolio.KindCommitment: &portfolio.Commitment{},
		portfolio.KindService: &portfolio.Service{}, portfolio.KindCompetitor: &portfolio.Competitor{}, portfolio.KindTool: &portfolio.Tool{}, portfolio.KindCost: &portfolio.Cost{}}
	out := make([]journal.Row, len(rows))
	for i, r := range rows {
		out[i] = r
		if r.Entity == portfolio.KindEffort { // in the unit of its measure
			one := []journal.Row{r}
			again(one, r.Entity, func(e *portfolio.Effort) {
				c := steering.CodeOf(e.Code)
				if c == 0 || steering.Catalogue()[c-1].Measures[0].Unit != explain.Money {
					return
				}
				if e.Baseline, e.Target = 10*e.Baseline, 10*e.Target; e.Actual != nil {
					e.Actual = of(*e.Actual * 10)
				}
			})
			out[i] = one[0]
			continue
		}
		noun, ok := nouns[r.Entity]
		if !ok {
			continue
		}
		v := reflect.ValueOf(noun).Elem()
		v.SetZero()
		if err := r.Fields.Into(noun); err != nil {
			t.Fatal(err)
		}
		for k := range v.NumField() {
			switch f := v.Field(k).Addr().Interface().(type) {
			case *money.Cents:
				*f *= 10
			case **money.Cents:
				if *f != nil {
					x := **f * 10
					*f = &x
				}
			}
		}
		fields, err := portfolio.ToFields(v.Interface())
		if err != nil {
			t.Fatal(err)
		}
		out[i].Fields = fields
	}
	return out
}

// euros are the parameters in euros, ×10; give.pointValue, cost.defaultPRC and
// the catalogue of I4.
func dearParameters(t *testing.T) (rows []journal.Row) {
	t.Helper()
	d := &draft{Bundle: query.Bundle{Scope: scope}, n: 900}
	for _, key := range []params.Key{params.CostDefaultPRC, params.GiftCap, params.GivePointValue, params.RetainActions} {
		x := params.Default().Floats(key)
		for k := range x {
			if key != params.RetainActions || k%4 == 1 || k%4 == 3 { // fixed cost and incentive; γ and contacts stay
				x[k] *= 10
			}
		}
		if _, err := params.Default().Number(params.Org, key, x...); err != nil {
			t.Fatal(err)
		}
		d.add(portfolio.KindSetting, portfolio.Setting{Key: string(key), Values: x, Level: 1})
	}
	return d.Rows
}

// classes are all classes, ranks, levels, shapes, decisions and whole numbers
// that the method gives a client and the portfolio, as text; shares are those
// of its real numbers that have no currency.
func classes(a *query.Analysis) (out []string, shares []float64) {
	say := func(what string, x ...any) { out = append(out, what+" "+fmt.Sprint(x...)) }
	m, r, l, st, at, v := a.Maturity(), a.Response(), a.Loyalty(), a.Steering(), a.Attrition(), a.Visits()
	w, p := a.WeightView(query.WeightAsk{}), a.PotentialView(query.PotentialAsk{})
	say("phases", m.Phase)
	say("curves", m.Curves.Clients.Shape, m.Curves.Sales.Shape, m.Curves.Margin.Shape, m.Curves.Potential.Shape, m.Curves.Units.Shape)
	say("effort", m.Effort.Alert, m.Effort.N)
	say("families", a.Families().Phase, a.Families().Erosion, a.Families().Openings)
	say("forecast", m.Transition.Count, m.Forecast.Needed)
	say("balance", r.Balance.Class, r.Balance.Alarm, r.Balance.Devourers)
	for i := range r.Flow.Reading {
		x := &r.Flow.Reading[i]
		say("flow", i, x.Quadrant, x.Band, x.Decision, x.Silent, x.Status, x.Reason)
		shares = append(shares, x.E)
	}
	for i := range r.Strategy.Proposal {
		say("proposal", i, r.Strategy.Proposal[i].Advice, r.Strategy.Proposal[i].Visits)
	}
	say("weight", w.Pareto.Class, w.Floors.Fragile, a.Weight().Margin.Class, a.Weight().Crossed, a.Weight().Matrix.Row, a.Weight().Matrix.Column)
	for _, f := range w.Floors.Floor {
		say("floor", f.Level, f.Who)
	}
	for _, row := range p.Board {
		for _, c := range row {
			say("board", c.Who)
		}
	}
	say("strategy", p.Strategy, p.Over, p.Unsure)
	for i, s := range l.Reading.Speed {
		say("type", i, s.Type, s.Status)
		shares = append(shares, s.Adoption, s.Exclusion, s.Heading)
	}
	say("rfm", l.RFM.Code)
	say("carrier", st.Sharing.Carrier, st.Sharing.Neglect)
	for i := range a.Cards {
		say("category", i, a.Grid().Verdict[i].Category, a.Grid().Verdict[i].AtRisk)
		d := &at.Departure[i]
		say("departure", i, d.Band, d.Method, d.N, d.Grey)
		say("worth", i, at.Worth[i].Decision, at.Worth[i].Best, at.Worth[i].Ranked)
		say("weapon", i, at.Weapon[i].Deadline)
		g := &a.Relation().Ledger[i]
		say("ledger", i, g.Alerts, g.Unreturned)
		for k, s := range a.Signals().Signal[i] {
			say("signal", i, k, s.State, s.Strength)
		}
		shares = append(shares, d.P, l.Engagement[i].Value, a.Grid().Sheet.Score100[i], a.Grid().Seven.Score100[i], g.Rho, a.Relation().Bond[i].Index, st.Animation[i].Score, a.Files().Filling[i].Rate)
	}
	say("visits", v.ByScore.Visits, a.Plans().ByMix.Visits, v.Due.Order)
	say("prospects", a.Appeal().Board.Order, a.Time().Prospects.Visits)
	say("rates", at.Rates.Start, at.Rates.Lost, at.Controls, at.Order)
	shares = append(shares, a.Potential().Sales.Gini, a.Potential().Potential.HHI, a.Potential().EffortPotential.Value, p.Pen.Value, a.Cost().Rate, at.Rates.SalesAttrition)
	return out, shares
}

// In a currency worth a tenth, every amount and every price ×10, no class, rank,
// level, decision or visit moves, and no share beyond what cents round.
func TestAnotherCurrencyMovesNoClass(t *testing.T) {
	misc, bundles, asOf := territory()
	other := make([]query.Bundle, len(bundles))
	for i, b := range bundles {
		other[i] = query.Bundle{Root: b.Root, Scope: b.Scope, Rows: dearer(t, b.Rows)}
	}
	read := func(misc []journal.Row, bundles []query.Bundle) *query.Analysis {
		s := load(asOf, misc, bundles...)
		s.Deepen(bundles...)
		return s.Analysis(scope)
	}
	a, b := read(misc, bundles), read(append(dearer(t, misc), dearParameters(t)...), other)
	x, p := classes(a)
	y, q := classes(b)
	if len(x) != len(y) || len(p) != len(q) {
		t.Fatalf("%d classes and %d shares, %d and %d in the other currency", len(x), len(p), len(y), len(q))
	}
	wrong := 0
	for k := range x {
		if x[k] != y[k] {
			if wrong++; wrong < 12 {
				t.Errorf("%.300s\nin the other currency %.300s", x[k], y[k])
			}
		}
	}
	for k := range p {
		if math.Abs(p[k]-q[k]) > 1e-4*max(1, math.Abs(p[k])) {
			t.Errorf("share %d: %v, in the other currency %v", k, p[k], q[k])
		}
	}
	if d := float64(b.Cost().Margins.Net) - 10*float64(a.Cost().Margins.Net); math.Abs(d) > 10*float64(3*a.Len()) {
		t.Errorf("net margin %d, in the other currency %d", a.Cost().Margins.Net, b.Cost().Margins.Net)
	}
	t.Logf("%d classes, %d shares of %d clients", len(x), len(p), a.Len())
}
