package query_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"sillon/engine/cbor"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/query"
)

// judge asks all parts, all views and all whys of an analysis: every real is a
// number, every result has a status, every view crosses the bridge, every
// client is counted once, and, where the amounts can be added at all, every sum
// is conserved.
func judge(t *testing.T, name string, a *query.Analysis, modest bool) {
	t.Helper()
	sound(t, name, a)
	for _, v := range deepViews(a) {
		if bad := broken(v.name, reflect.ValueOf(v.view)); bad != "" {
			t.Errorf("%s: %s", name, bad)
		}
		if _, err := cbor.Marshal(v.view); err != nil {
			t.Errorf("%s, %s: %v", name, v.name, err)
		}
	}
	for _, ask := range []query.WeightAsk{{Cuts: [2]float64{20, 50}, Heads: true}, {By: "margin"}, {By: "potential"}, {Before: true}, {By: "units", Cuts: [2]float64{1, 99}}} {
		for _, v := range []any{a.WeightView(ask), a.CutWeight(ask)} {
			if bad := broken("weight by "+ask.By, reflect.ValueOf(v)); bad != "" {
				t.Errorf("%s: %s", name, bad)
			}
		}
	}
	if bad := broken("portfolios", reflect.ValueOf(query.ComparePortfolios([]*query.Analysis{a, a}))); bad != "" {
		t.Errorf("%s: %s", name, bad)
	}
	for i := range min(a.Len(), 4) {
		for _, topic := range query.Topics() {
			if y, ok := a.WhyOf(topic, i); ok {
				holds(t, fmt.Sprintf("%s: why %s of client %d", name, topic, i), y)
				if bad := broken("why "+topic, reflect.ValueOf(y)); bad != "" {
					t.Errorf("%s: %s", name, bad)
				}
			}
		}
		if bad := broken("facets", reflect.ValueOf(a.Facets(i))); bad != "" {
			t.Errorf("%s: %s", name, bad)
		}
	}
	answered(t, name, a, nil)
	counted(t, name, a)
	if modest && !a.Single {
		conserved(t, name, a)
	}
}

// answered calls whatever an analysis answers, tabs with their drawings
// included, with the asks that fill writes; nil: empty ones, at a tablet's width.
// A method that is written tomorrow is called too.
func answered(t *testing.T, name string, a *query.Analysis, fill func(reflect.Value)) {
	t.Helper()
	if a.Len() == 0 {
		return
	}
	all := reflect.ValueOf(a)
	for k := range all.NumMethod() {
		m, f := all.Type().Method(k), all.Method(k)
		if m.Name == "Plan" { // changes the analysis
			continue
		}
		for i := range min(a.Len(), 2) {
			var in []reflect.Value
			numbers := 0
			for j := range f.Type().NumIn() {
				x := reflect.New(f.Type().In(j)).Elem()
				switch x.Kind() {
				case reflect.Int: // the client, then anything
					if x.SetInt(int64(i)); numbers > 0 {
						x.SetInt(6)
					}
					numbers++
				case reflect.Struct:
					if w := x.FieldByName("Words"); w.IsValid() {
						x.Set(reflect.ValueOf(reader))
					} else if fill != nil {
						fill(x)
					} else {
						wide(x)
					}
				default:
					if fill != nil {
						fill(x)
					}
				}
				in = append(in, x)
			}
			for _, out := range f.Call(in) {
				if out.Kind() == reflect.Pointer { // parts: looked through by sound
					continue
				}
				if bad := broken(m.Name, out); bad != "" {
					t.Errorf("%s: %s", name, bad)
				}
				if bad := misspelt(m.Name, out); bad != "" {
					t.Errorf("%s: %s", name, bad)
				}
			}
			if numbers == 0 && fill == nil {
				break
			}
		}
	}
}

// wide sets the width of an ask.
func wide(x reflect.Value) {
	for k := range x.NumField() {
		switch f := x.Field(k); {
		case f.Kind() == reflect.Struct:
			wide(f)
		case x.Type().Field(k).Name == "Width":
			f.SetInt(800)
		}
	}
}

// misspelt names the first text or drawing that shows a number that is none.
func misspelt(at string, v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		for _, bad := range []string{"NaN", "+Inf", "-Inf", "%!"} {
			if strings.Contains(v.String(), bad) {
				return fmt.Sprintf("%s shows %s: %.200s", at, bad, v.String())
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if bad := misspelt(at+"."+v.Type().Field(i).Name, v.Field(i)); bad != "" {
				return bad
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if v.Type().Elem().Kind() == reflect.Uint8 {
				break
			}
			if bad := misspelt(fmt.Sprintf("%s[%d]", at, i), v.Index(i)); bad != "" {
				return bad
			}
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return misspelt(at, v.Elem())
		}
	}
	return ""
}

// once fails unless some groups hold every client of the book exactly once.
func once(t *testing.T, what string, n int, groups ...query.Who) {
	t.Helper()
	seen := make([]int, n)
	for _, g := range groups {
		for _, i := range g {
			seen[i]++
		}
	}
	for i, k := range seen {
		if k != 1 {
			t.Errorf("%s: client %d is in %d groups, want one", what, i, k)
			return
		}
	}
}

// counted: no client is lost or counted twice, and shares of a whole make one.
func counted(t *testing.T, name string, a *query.Analysis) {
	t.Helper()
	n := a.Len()
	is := func(what string, got, want float64) {
		if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
			t.Errorf("%s: %s makes %v, want %v", name, what, got, want)
		}
	}
	m := a.Maturity()
	phases := a.MaturityView(query.MaturityAsk{}).Phases
	once(t, name+": phases", n, phases[:]...)
	in := [7]int{}
	for _, ph := range m.Phase {
		in[ph]++
	}
	live := in[maturity.Start] + in[maturity.Growth] + in[maturity.Mature] + in[maturity.Ageing]
	is("clients of the curve", float64(m.Curves.Clients.Clients), float64(live))
	for k, c := range []maturity.Curve{m.Curves.Clients, m.Curves.Sales, m.Curves.Margin, m.Curves.Potential, m.Curves.Units} {
		if c.Has() {
			is(fmt.Sprint("shares of curve ", k), c.Share[0]+c.Share[1]+c.Share[2]+c.Share[3], 1)
			if !(c.Ageing >= 1 && c.Ageing <= 4) {
				t.Errorf("%s: ageing %v", name, c.Ageing)
			}
		}
	}
	if e := m.Effort; e.Has() {
		is("effort by phase", e.Actual[0]+e.Actual[1]+e.Actual[2]+e.Actual[3], 1)
		is("gaps of effort", e.Gap[0]+e.Gap[1]+e.Gap[2]+e.Gap[3], 1-(e.Target[0]+e.Target[1]+e.Target[2]+e.Target[3]))
	}
	for r, row := range m.Transition.T {
		is(fmt.Sprint("row of transitions ", r), row[0]+row[1]+row[2]+row[3], 1)
	}
	if m.Forecast.Has() {
		f := m.Forecast
		is("clients in a year", f.Next[0]+f.Next[1]+f.Next[2]+f.Next[3]+f.Lost, float64(live))
	}
	if a.Single {
		return
	}
	r := a.Attrition().Rates
	if r.End != r.Start-r.Lost+r.Acquired+r.Returned || r.Natural > r.Lost || r.Lost > r.Start {
		t.Errorf("%s: rates %+v", name, r)
	}
	w := a.WeightView(query.WeightAsk{})
	once(t, name+": classes of weight", n, append(w.Pareto.Class[:], w.Pareto.None)...)
	floors := []query.Who{w.Floors.Below}
	for _, f := range w.Floors.Floor {
		floors = append(floors, f.Who)
	}
	once(t, name+": floors", n, floors...)
	var cells []query.Who
	for _, row := range w.Crossed {
		for _, c := range row {
			cells = append(cells, c.Who)
		}
	}
	once(t, name+": crossed matrix", n, cells...)
	pv := a.PotentialView(query.PotentialAsk{})
	once(t, name+": strategies", n, pv.Strategy[:]...)
	board := 0
	for _, row := range pv.Board {
		for _, c := range row {
			board += len(c.Who)
		}
	}
	is("clients on the board", float64(board), float64(n))
	cv := a.ContactsView()
	once(t, name+": carried", n, append(cv.Carried[:], missing(n, a.Response().Clients))...)
	rest := missing(n, a.Response().Clients)
	once(t, name+": balance", n, append(cv.Balance.Class[:], rest)...)
	once(t, name+": quadrants", n, append(cv.Flow.Quadrant[:], rest)...)
	once(t, name+": bands", n, append(cv.Flow.Band[:], rest)...)
	once(t, name+": decisions", n, append(cv.Flow.Decision[:], rest)...)
	once(t, name+": advice", n, append(cv.Strategy.Advice[:], rest)...)
	if inv := a.Cost().Invested; inv.Total > 0 {
		sum := 0.0
		for _, x := range inv.Share {
			sum += x
		}
		is("shares of effort", sum, 1)
	}
	v := a.Visits()
	for _, p := range []struct {
		Visits                           []int32
		Budget, Given, Surplus, Shortage int
		explain.Mark
	}{{v.ByScore.Visits, v.ByScore.Budget, v.ByScore.Given, v.ByScore.Surplus, v.ByScore.Shortage, v.ByScore.Mark},
		{a.Plans().ByMix.Visits, a.Plans().ByMix.Budget, a.Plans().ByMix.Given, a.Plans().ByMix.Surplus, a.Plans().ByMix.Shortage, a.Plans().ByMix.Mark}} {
		sum := 0
		for i, x := range p.Visits {
			sum += int(x)
			if x < 0 || p.Shortage == 0 && x > max(v.Hi[i], 0) {
				t.Errorf("%s: %d visits to client %d, bounds %d to %d", name, x, i, v.Low[i], v.Hi[i])
			}
		}
		if p.Has() && (sum != p.Given || p.Given+p.Surplus != p.Budget) {
			t.Errorf("%s: %d visits given, %d said, %d over, %d short, of %d", name, sum, p.Given, p.Surplus, p.Shortage, p.Budget)
		}
	}
	for i, e := range a.Loyalty().Engagement {
		if e.Has() {
			sum := 0.0
			for _, x := range e.Points {
				sum += x
			}
			is("points of engagement", sum, e.Value)
			if e.Value < 0 || e.Value > 100+1e-9 {
				t.Errorf("%s: engagement of %d is %v", name, i, e.Value)
			}
		}
	}
	for i, d := range a.Attrition().Departure {
		if d.Has() && !(d.P >= 0 && d.P <= 1) {
			t.Errorf("%s: departure of %d is %+v", name, i, d)
		}
	}
	for i, x := range a.Grid().Sheet.Score100 {
		if !(x >= 0 && x <= 100) {
			t.Errorf("%s: score of %d is %v", name, i, x)
		}
	}
	k := a.Cockpit()
	if k.Accounts != n || k.Phases != [4]int{in[maturity.Start], in[maturity.Growth], in[maturity.Mature], in[maturity.Ageing]} {
		t.Errorf("%s: cockpit counts %d accounts, phases %v", name, k.Accounts, k.Phases)
	}
}

// missing are the places not in a list.
func missing(n int, list []int32) (out query.Who) {
	in := make([]bool, n)
	for _, i := range list {
		in[i] = true
	}
	for i := range in {
		if !in[i] {
			out = append(out, int32(i))
		}
	}
	return out
}

// conserved: amounts of the parts make those of the whole, to the cent.
func conserved(t *testing.T, name string, a *query.Analysis) {
	t.Helper()
	c := a.Cost()
	var sales, gross, invested, other, net, channel money.Cents
	for i := range a.Cards {
		m := &c.Margins.Client[i]
		sales, gross, invested, other, net = sales+a.Sales[i], gross+c.Gross.Margin[i], invested+c.Invested.Amount[i], other+m.Other, net+m.Net
		if m.Net != c.Gross.Margin[i]-c.Invested.Amount[i]-m.Other {
			t.Errorf("%s: net margin of %d is %d, want %d − %d − %d", name, i, m.Net, c.Gross.Margin[i], c.Invested.Amount[i], m.Other)
		}
		var kinds, families money.Cents
		for _, x := range c.Invested.ByKind[i] {
			kinds += x
		}
		if kinds != c.Invested.Amount[i] {
			t.Errorf("%s: channels of %d make %d, invested %d", name, i, kinds, c.Invested.Amount[i])
		}
		for f := range len(a.Products) + 1 {
			_, x := a.Families().Of(i, f)
			families += x
		}
		if families != a.Sales[i] {
			t.Errorf("%s: families of %d make %d, sales %d", name, i, families, a.Sales[i])
		}
		if c.Gross.Sales[i] != a.Sales[i] {
			t.Errorf("%s: sales of %d are %d for the margin, %d for the list", name, i, c.Gross.Sales[i], a.Sales[i])
		}
	}
	for _, x := range c.Invested.Channel {
		channel += x
	}
	same := func(what string, got, want money.Cents) {
		if got != want {
			t.Errorf("%s: %s makes %d, want %d", name, what, got, want)
		}
	}
	same("gross margin", gross, c.Margins.Gross)
	same("invested", invested, c.Margins.Invested)
	same("invested by client", invested, c.Invested.Total)
	same("invested by channel", channel, c.Invested.Total)
	same("other costs", other, c.Margins.Other)
	same("net margin", net, c.Margins.Net)
	if w := c.Margins.Whale; len(w.Cum) > 0 {
		same("whale", w.Cum[len(w.Cum)-1], net)
		same("whale destroyed", w.Peak-w.Destroyed, net)
	}
	m := a.Weight().Matrix
	var crossed money.Cents
	for _, row := range m.Cell {
		for _, x := range row {
			crossed += x.Sales
		}
	}
	same("crossed matrix", crossed, sales)
	for _, by := range []string{"sales", "margin", "potential"} {
		p := a.WeightView(query.WeightAsk{By: by}).Pareto
		same("classes by "+by, p.Sum[0]+p.Sum[1]+p.Sum[2], p.Total)
	}
	lines, split := query.Compare([]*query.Analysis{a, a})
	same("portfolios side by side", lines[0].Sales, sales)
	if split.Has() && math.Abs(split.Share[0]+split.Share[1]-1) > 1e-9 {
		t.Errorf("%s: shares of effort %v", name, split.Share)
	}
}

// screens asks the screens of the lists, as [visit] does.
func screens(t *testing.T, s *query.Snapshot, bundles []query.Bundle) {
	t.Helper()
	views := []any{s.Today(reader, query.TodayAsk{}, bundles...), s.ClientList(reader, query.ListAsk{Sort: "urgency"}),
		s.PortfolioOverview(reader, query0(600)), s.TeamView(reader, query0(600), bundles...)}
	for _, b := range bundles[:min(len(bundles), 2)] {
		if v, ok := s.ClientSheet(reader, clientAsk(b.Root), b); ok {
			views = append(views, v)
		}
	}
	for _, v := range views {
		if bad := broken(fmt.Sprintf("%T", v), reflect.ValueOf(v)); bad != "" {
			t.Error(bad)
		}
	}
}
