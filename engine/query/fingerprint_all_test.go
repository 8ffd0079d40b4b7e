package query_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/cockpit"
	"sillon/engine/exercise"
	"sillon/engine/foresight"
	"sillon/engine/geo"
	"sillon/engine/hazard"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A part is one result, by name.
type part struct {
	name  string
	value any
}

// worded are the parts that a reader is told: words and drawings of figures
// that others hold. They are compared between browsers and between orders, not
// with the recorded numbers: pictures have golden files of their own.
func (p part) worded() bool {
	name, _, _ := strings.Cut(p.name, " ")
	m, ok := reflect.TypeFor[*query.Analysis]().MethodByName(strings.TrimPrefix(name, "Alone/"))
	if !ok {
		m, ok = reflect.TypeFor[*query.Snapshot]().MethodByName(name)
	}
	return ok && m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeFor[query.Reader]()
}

// everything is all that can be computed of a portfolio: what each method of an
// analysis and of a snapshot gives. The methods are found in the types, so that
// a chapter, a view or a tab that is added is proved with the others; one whose
// question cannot be made up here is to be asked in madeUp (unasked names it).
func everything(s *query.Snapshot, bundles []query.Bundle) []part {
	a := s.Analysis(scope)
	at := asking{s: s, a: a, bundles: bundles}
	out := append(at.results(reflect.ValueOf(a), ""), at.results(reflect.ValueOf(s), "")...)
	out = append(out, part{"ComparePortfolios", query.ComparePortfolios([]*query.Analysis{a, a})})
	lines, split := query.Compare([]*query.Analysis{a, a})
	out = append(out, part{"Compare", []any{lines, split}})
	reps := []cockpit.Rep{*a.Cockpit(), *a.Cockpit()}
	reps[1].Code = "b"
	k := cockpit.Defaults()
	worth := cockpit.Worth{Visit: 30_00, Prospect: 25_00, Potential: 10_00, MarginRate: .4}
	out = append(out, part{"cockpit.Sum", cockpit.Sum("team", reps...)}, part{"cockpit.Of", cockpit.Of("team", reps, worth, k)}, part{"cockpit.Read", reps[0].Read(k)})
	out = append(out, part{"exercise", grades(a)})
	for k, i := range sample(a.Len()) {
		if k%4 == 0 {
			alone := s.Alone(bundleOf(bundles, a, i))
			out = append(out, asking{s: s, a: alone, bundles: bundles}.results(reflect.ValueOf(alone), "Alone/")...)
		}
	}
	return out
}

func bundleOf(bundles []query.Bundle, a *query.Analysis, i int) query.Bundle {
	k := slices.IndexFunc(bundles, func(b query.Bundle) bool { return b.Root == a.Cards[i].ID })
	return bundles[k]
}

// sample is up to twelve clients, the first and the last among them.
func sample(n int) (at []int) {
	for k := range min(n, 12) {
		at = append(at, k*(n-1)/max(1, min(n, 12)-1))
	}
	return at
}

// other are the methods that give no result of their own: they keep, load or
// look up.
var other = map[string]bool{
	"Analysis.All": true, "Analysis.Plan": true, "Analysis.Len": true, "Analysis.Index": true, "Analysis.Left": true, "Analysis.Next": true, "Analysis.NextSlowly": true, "Analysis.Past": true, "Snapshot.Past": true,
	"Snapshot.Alone": true, "Snapshot.Analysis": true, "Snapshot.Book": true, "Snapshot.Cards": true, "Snapshot.Deepen": true, "Snapshot.Drop": true,
	"Snapshot.Keep": true, "Snapshot.Renew": true, "Snapshot.SetCards": true, "Snapshot.SetFits": true, "Snapshot.SetMisc": true,
	"Snapshot.SetToday": true, "Snapshot.Rules": true, "Snapshot.Locked": true, "Snapshot.Refuses": true, "Snapshot.Update": true,
}

// unasked are those for which madeUp had no question.
var unasked []string

// asking is what the methods are asked of.
type asking struct {
	s       *query.Snapshot
	a       *query.Analysis
	bundles []query.Bundle
}

// results calls every method of an analysis or a snapshot with all it can be
// asked.
func (w asking) results(v reflect.Value, prefix string) (out []part) {
	for m := range v.NumMethod() {
		name, f := v.Type().Method(m).Name, v.Method(m)
		full := v.Type().Elem().Name() + "." + name
		if other[full] {
			continue
		}
		asked := [][]reflect.Value{nil}
		for k := range f.Type().NumIn() {
			if f.Type().IsVariadic() && k == f.Type().NumIn()-1 {
				break
			}
			answers, ok := w.madeUp(name, k, f.Type().In(k))
			if !ok && !slices.Contains(unasked, full) {
				unasked = append(unasked, full)
			}
			var next [][]reflect.Value
			for _, q := range asked {
				for _, x := range answers {
					next = append(next, append(q[:len(q):len(q)], x))
				}
			}
			asked = next
		}
		for _, q := range asked {
			got, called := []any{}, prefix+name
			for _, x := range q {
				if x.Kind() == reflect.String {
					called += " " + x.String()
				}
			}
			for _, r := range f.Call(q) {
				got = append(got, r.Interface())
			}
			out = append(out, part{called, got})
		}
	}
	return out
}

// madeUp are the values that parameter k of a method is asked with.
func (w asking) madeUp(method string, k int, t reflect.Type) (out []reflect.Value, ok bool) {
	s, a := w.s, w.a
	add := func(x any) { out = append(out, reflect.ValueOf(x)) }
	switch {
	case t == reflect.TypeFor[query.Reader]():
		add(reader)
	case t == reflect.TypeFor[query.TabBase]():
		add(s.TabBase(reader, a, query.TabAsk{Lang: "fr", Width: 1040}))
	case t == reflect.TypeFor[query.PlanBase]():
		add(s.PlanBase(a, query.TabBase{}))
	case t == reflect.TypeFor[*query.Analysis]():
		add(a)
	case t == reflect.TypeFor[[]*query.Analysis]():
		add([]*query.Analysis{a, a})
	case t == reflect.TypeFor[query.Bundle]():
		for _, i := range sample(a.Len()) {
			add(bundleOf(w.bundles, a, i))
		}
	case t == reflect.TypeFor[*query.Behind]():
		add(a.Behind())
	case t == reflect.TypeFor[*query.Places]():
		add((*query.Places)(nil))
	case t == reflect.TypeFor[geo.Road]():
		add(geo.Bands)
	case t == reflect.TypeFor[query.ListAsk]():
		for _, by := range []string{"score", "name", "weight", "phase", "sales", "penetration", "urgency", "last", "pr"} {
			add(query.ListAsk{Lang: "fr", Sort: by})
		}
	case t == reflect.TypeFor[[]query.ListAsk]():
		add([]query.ListAsk{{Lang: "fr", Sort: "name"}, {Lang: "fr", Sort: "name", Text: "brasserie"}})
	case t == reflect.TypeFor[[]portfolio.ID]():
		var some []portfolio.ID
		for _, i := range sample(a.Len()) {
			some = append(some, a.Cards[i].ID)
		}
		add(some)
	case t == reflect.TypeFor[query.Figure]():
		for _, f := range figures(reflect.ValueOf([]any{a.MaturityView(query.MaturityAsk{}), a.WeightView(query.WeightAsk{}), a.PotentialView(query.PotentialAsk{}), a.ContactsView()})) {
			add(f)
		}
	case t == reflect.TypeFor[calendar.Day]():
		add(a.AsOf)
	case t == reflect.TypeFor[money.Cents]():
		add(money.Cents(100_00))
	case t == reflect.TypeFor[portfolio.ID]():
		for _, i := range sample(a.Len()) {
			for k := range a.Deep(i).Persons {
				add(a.Deep(i).Persons[k].ID)
			}
			add(a.Cards[i].ID)
		}
	case t.Kind() == reflect.Uint32:
		add(uint32(scope))
	case t.Kind() == reflect.String && (method == "WhyOf" || method == "FigureOf"):
		for _, topic := range query.Topics() {
			add(topic)
		}
	case t.Kind() == reflect.String && method == "GroupWho":
		for _, key := range a.BandKeys() {
			add(key)
		}
	case t.Kind() == reflect.Int && (method == "Story" || method == "Timeline" && k == 1):
		add(12)
	case t.Kind() == reflect.Int: // a client
		at := sample(a.Len())
		if method == "WhyOf" || method == "FigureOf" {
			at = []int{at[0], at[len(at)/2]}
		}
		for _, i := range at {
			add(i)
		}
	case t.Kind() == reflect.Struct && strings.HasSuffix(t.Name(), "Ask"):
		q := reflect.New(t).Elem()
		if f := q.FieldByName("Lang"); f.IsValid() {
			f.SetString("fr")
		}
		if f := q.FieldByName("Width"); f.IsValid() {
			f.SetInt(1040)
		}
		out = append(out, q)
	default:
		return nil, false
	}
	return out, true
}

// figures are those that a view holds.
func figures(v reflect.Value) (out []query.Figure) {
	switch v.Kind() {
	case reflect.Struct:
		if f, ok := v.Interface().(query.Figure); ok {
			return []query.Figure{f}
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out = append(out, figures(v.Field(i))...)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			out = append(out, figures(v.Index(i))...)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			out = figures(v.Elem())
		}
	}
	return out
}

// grades are marks of answers that follow from the results: a key of each kind,
// and a trainee who errs by what the portfolio was a year ago.
func grades(a *query.Analysis) []exercise.Score {
	n := a.Len()
	n = min(n, 40)
	var key, was, order, other []int32
	var share, given, cells []float64
	seats := 0.0
	for i := range n {
		key, was = append(key, int32(a.Phase(i))%5), append(was, int32(a.Phase((i+3)%n))%5)
		order, other = append(order, int32(i)), append(other, int32((i*7+2)%n))
		share = append(share, float64(a.Visits().ByScore.Visits[i]))
		given = append(given, float64(a.Plans().ByMix.Visits[i]))
		cells = append(cells, a.Attrition().Departure[i].P)
		seats += share[i]
	}
	items := func(x []int32) exercise.Value { return exercise.Value{Given: true, Items: x} }
	numbers := func(x []float64) exercise.Value { return exercise.Value{Given: true, Numbers: x, Number: x[0]} }
	slices.SortStableFunc(order, func(i, j int32) int { return cmp.Compare(a.Sales[j], a.Sales[i]) })
	classes := []string{"P", "D", "C", "M", "V"}
	p := exercise.Defaults()
	var out []exercise.Score
	for _, q := range []struct {
		task   exercise.Task
		key    exercise.Key
		answer exercise.Value
	}{
		{exercise.Task{Kind: exercise.Number}, exercise.Key{Value: numbers(share)}, numbers(given)},
		{exercise.Task{Kind: exercise.Choice}, exercise.Key{Value: items(key)}, items(was)},
		{exercise.Task{Kind: exercise.MultiSet}, exercise.Key{Value: items(order[:n/2])}, items(other[:n/2])},
		{exercise.Task{Kind: exercise.Classification, Classes: classes}, exercise.Key{Value: items(key)}, items(was)},
		{exercise.Task{Kind: exercise.Classification, Ordered: true, Classes: classes}, exercise.Key{Value: items(key)}, items(was)},
		{exercise.Task{Kind: exercise.Ranking}, exercise.Key{Value: items(order)}, items(other)},
		{exercise.Task{Kind: exercise.Ranking}, exercise.Key{Rank: cells}, items(order)},
		{exercise.Task{Kind: exercise.Allocation, Items: make([]string, n), Sum: seats}, exercise.Key{Value: numbers(share)}, numbers(given)},
		{exercise.Task{Kind: exercise.Decision}, exercise.Key{Payoff: cells}, items(other)},
		{exercise.Task{Kind: exercise.Matrix}, exercise.Key{Value: numbers(cells)}, numbers(given)},
		{exercise.Task{Kind: exercise.Calculation}, exercise.Key{Value: numbers(share), Carried: numbers(cells)}, numbers(given)},
		{exercise.Task{Kind: exercise.FreeText}, exercise.Key{}, items(key)},
	} {
		out = append(out, q.task.Mark(q.key, q.answer, p))
	}
	return out
}

// fitted are the models of a portfolio, those that the product keeps and those
// of the chapters that it keeps for comparison.
func fitted(book *query.Book, office *hazard.Model) ([]part, query.Fits) {
	f := query.Fit(book, office)
	a := query.Analyse(book, &f)
	hs := a.Ahead().History
	p := foresight.Defaults()
	free := p
	free.Prior = false
	out := []part{{"fits", f}}
	for _, kind := range []foresight.Kind{foresight.MBG, foresight.BG, foresight.Pareto} {
		out = append(out, part{fmt.Sprintf("orders %d", kind), foresight.FitOrders(hs, kind, 1, p)})
		// Without priors, data that show no departure leave parameters open: what
		// follows from them is not.
		m := foresight.FitOrders(hs, kind, 1, free)
		if m.Verdict == foresight.Identified {
			out = append(out, part{fmt.Sprintf("orders %d without priors", kind), m})
		}
		var follows []any
		for _, h := range hs {
			if h.Orders > 0 {
				follows = append(follows, m.Alive(h), m.Forecast(h, 13, .8), m.Silence(h, p))
			}
		}
		out = append(out, part{fmt.Sprintf("follows %d", kind), []any{m.LogLik, follows}})
	}
	var renewals []foresight.Renewals
	for _, h := range hs {
		taken := min(h.Repeats(), 6)
		renewals = append(renewals, foresight.Renewals{Taken: taken, Last: min(6, taken+h.Orders%2*min(1, taken)), Chance: 6})
	}
	r := foresight.FitRenewal(renewals, p)
	out = append(out, part{"renewals", []any{r, r.Alive(renewals[0]), r.Forecast(renewals[0], 3, .8)}})
	d := hazard.Data{P: 3}
	var risks []float64
	for i := range a.Len() {
		x := [attrition.NPredictors]float64{}
		if hs[i].Orders == 0 {
			continue
		}
		x[0], x[1], x[2] = float64(hs[i].Orders), hs[i].Recency, hs[i].Age
		d.X, d.Left = append(d.X, x[:3]...), append(d.Left, hs[i].Age-hs[i].Recency > 20)
		risks = append(risks, a.Ahead().Risk[i])
	}
	shift, _ := hazard.Shift(risks, d.Left)
	low, high, _ := hazard.Profile(d, 1)
	out = append(out, part{"hazard", []any{hazard.Fit(d), hazard.Ridge(d), hazard.Calibrate(risks, d.Left), shift, low, high}})
	return out, f
}
