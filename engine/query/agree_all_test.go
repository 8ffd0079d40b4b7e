package query_test

import (
	"html"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// charts calls f with every chart and every link of a view, by where it is.
func charts(v reflect.Value, path string, chart func(path string, c query.Chart), link func(path string, l query.TabLink)) {
	switch x := v.Interface().(type) {
	case query.Chart:
		chart(path, x)
		return
	case query.TabLink:
		link(path, x)
		return
	case query.Figure, query.TabBase:
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				charts(v.Field(i), path+"."+v.Type().Field(i).Name, chart, link)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			charts(v.Index(i), path, chart, link)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			charts(v.Elem(), path, chart, link)
		}
	}
}

// The count that a mark or a link says is the length of the list it opens, on
// every tab of every portfolio.
func TestEveryListHasTheCountOfItsMark(t *testing.T) {
	said := 0
	for _, g := range grounds() {
		v := g.tabs()
		check := func(path, label, to string) {
			n := found(t, g.s, g.a, to)
			all := counts(label)
			if n < 0 || len(all) == 0 || strings.HasPrefix(label, "contacts.price.") || strings.HasPrefix(label, "contacts.invested.") {
				return // not a list, or a share, an amount, a number of contacts
			}
			said++
			if !slices.Contains(all, n) {
				t.Errorf("%s, %s: %q opens a list of %d: %s", g.name, path, label, n, to)
			}
		}
		for name, tab := range map[string]any{"overview": v.overview, "maturity": v.maturity, "weight": v.weight, "contacts": v.contacts, "potential": v.potential} {
			charts(reflect.ValueOf(tab), name, func(path string, c query.Chart) {
				if c.Pic == nil {
					return
				}
				for _, m := range aMark.FindAllStringSubmatch(svg(c), -1) {
					check(path, html.UnescapeString(m[1]), html.UnescapeString(m[2]))
				}
			}, func(path string, l query.TabLink) { check(path, l.Text, l.To) })
		}
	}
	if said < 400 {
		t.Errorf("%d marks say a count: the test shows nothing", said)
	}
}

// Who is counted by a name is counted the same by the chips of the list, the
// overview and the tabs; classes of one kind add up to the list.
func TestTheNamedCountsOfAllScreensAgree(t *testing.T) {
	for _, g := range grounds() {
		l := g.s.ClientListOf(reader, query.ListAsk{Scope: g.scope}, g.a.Behind())
		v := g.tabs()
		contacts, life, worth := g.a.ContactsView(), g.a.MaturityView(query.MaturityAsk{}), g.a.PotentialView(query.PotentialAsk{})
		same := func(name string, of map[string]int) {
			first, where := -1, ""
			for screen, n := range of {
				if first >= 0 && n != first {
					t.Errorf("%s: %s is %d on %s and %d on %s", g.name, name, n, screen, first, where)
				}
				first, where = n, screen
			}
		}
		who := func(key string) int {
			list, ok := g.a.GroupWho(key)
			if !ok {
				t.Errorf("%s: no group %q", g.name, key)
			}
			return len(list)
		}
		same("devourers on alert", map[string]int{"the list": l.Counts["devourers"], "Contacts": len(contacts.Balance.Devourers), "its list": who("contacts:devourers")})
		for k, key := range []string{"squelette", "poule", "contactivore", "vache"} {
			same(key, map[string]int{"the list": l.Counts["class:"+key], "Contacts": len(contacts.Balance.Class[k+1])})
		}
		if v.contacts.Net.Chart.Pic != nil {
			same("losing", map[string]int{"the list": l.Counts["losing"], "Contacts": len(contacts.Margin.Losing)})
		}
		same("one more contact pays", map[string]int{"the list": l.Counts["add"], "Contacts": len(contacts.Flow.Decision[1])})
		same("eroding", map[string]int{"the list": l.Counts["eroding"], "Maturité": len(life.Eroding)})
		same("to open", map[string]int{"the list": l.Counts["openings"], "Maturité": len(life.Openings)})
		same("to win", map[string]int{"the list": l.Counts["win"], "the overview": v.overview.HotCount, "Potentiel": len(worth.Hot), "its list": who("potential:hot")})
		same("unknown", map[string]int{"the list": l.Counts["unknown"], "the overview": v.overview.Unknown, "Potentiel": len(worth.Unknown), "p:0": l.Counts["p:0"]})
		if len(life.Moved) == 0 { // whose phase a sign changed, the tab says
			for k, letter := range []string{"0", "P", "D", "C", "M", "V", "X"} {
				same("phase "+letter, map[string]int{"the list": l.Counts["phase:"+letter], "Maturité": len(life.Phases[k])})
			}
		}
		for kind, keys := range map[string]string{"risk:": "0 1 2 3", "type:": "engaged fickle careful fleeing 0", "class:": "squelette poule contactivore vache 0",
			"p:": "0 1 2 3 4", "r:": "0 1 2 3 4", "phase:": "0 P D C M V X", "category:": "1 2 3 4"} {
			sum := 0
			for _, key := range strings.Fields(keys) {
				sum += l.Counts[kind+key]
			}
			if sum != l.Of {
				t.Errorf("%s: %s adds up to %d of %d", g.name, kind, sum, l.Of)
			}
		}
		board, cells, sales := 0, 0, l.Sum
		for _, c := range v.overview.Cells {
			cells += c.Count
			sales -= c.Sales
			who := worth.Board[c.P][c.R]
			board += len(who.Who)
			if len(who.Who) != c.Count || who.Sales != c.Sales || who.Prospect != c.New {
				t.Errorf("%s: P%d R%d has %d (%d new, %d) on the overview and %d (%d new, %d) on Potentiel", g.name, c.P, c.R, c.Count, c.New, c.Sales, len(who.Who), who.Prospect, who.Sales)
			}
		}
		if cells != l.Of || board != l.Of || sales != 0 || l.Sum != v.overview.Head.Sales || contacts.Margin.Sales != l.Sum {
			t.Errorf("%s: %d and %d in the cells of %d, %d cents over; head %d, list %d, Contacts %d", g.name, cells, board, l.Of, sales, v.overview.Head.Sales, l.Sum, contacts.Margin.Sales)
		}
		m := &contacts.Margin
		if m.Net.Mark.Has() && m.Net.Value != float64(m.Gross.Plus(-m.Invested).Plus(-m.Other)) {
			t.Errorf("%s: %d − %d − %d is not %v", g.name, m.Gross, m.Invested, m.Other, m.Net.Value)
		}
		if n := v.overview.Head; n.Clients+n.Prospect != l.Of || n.Lost != l.Counts["phase:X"] || n.Unphased != l.Counts["phase:0"] || n.Prospect != l.Counts["phase:P"] {
			t.Errorf("%s: head %+v, list of %d, %v", g.name, n, l.Of, l.Counts)
		}
	}
}

// A figure of a client is the same in the list, at the top of the sheet, in its
// parts and in Pourquoi.
func TestAClientIsTheSameOnAllScreens(t *testing.T) {
	met := 0
	for _, g := range grounds() {
		list, place := g.a.FactsView(), map[portfolio.ID]int{}
		for i, c := range g.a.Cards {
			place[c.ID] = i
		}
		for n, b := range g.cards {
			if n%11 != 0 && len(g.cards) > 20 {
				continue
			}
			i, ok := place[b.Root]
			if !ok {
				continue
			}
			c, _ := g.s.ClientSheet(reader, clientAsk(b.Root), b)
			met++
			for topic, top := range map[string]query.Figure{"score": c.Score, "penetration": c.Pen, "left": c.Left, "plevel": c.PLevel, "rlevel": c.RLevel, "potential": c.Potential,
				"urgency": c.Urgency, "growth": c.Growth, "pr": c.PR} {
				part, _ := g.a.FigureOf(topic, i)
				if !alike(top, part) {
					t.Errorf("%s, %s: %s is %v %q (%v %v) at the top and %v %q (%v %v) below", g.name, c.Row.Name, topic, top.Value, top.Text, top.Mark.Status, top.Mark.Reason,
						part.Value, part.Text, part.Mark.Status, part.Mark.Reason)
				}
			}
			v := g.a.SheetView(i)
			if v.Score.Rank != c.Rank || v.Score.Of != c.Of {
				t.Errorf("%s, %s: rank %d of %d at the top, %d of %d below", g.name, c.Row.Name, c.Rank, c.Of, v.Score.Rank, v.Score.Of)
			}
			r := c.Row
			for topic, x := range map[string]struct {
				has   bool
				value float64
			}{"penetration": {r.HasPen, r.Penetration}, "growth": {r.HasGrowth, r.Growth}, "pr": {r.HasPR, float64(r.PR)}, "score": {r.ScoreState != explain.NA, r.Score}} {
				f, _ := g.a.FigureOf(topic, i)
				if f.Mark.Has() != x.has && topic != "growth" || x.has && f.Mark.Has() && math.Abs(f.Value-x.value) > 1e-9 {
					t.Errorf("%s, %s: %s is %v (%t) in the list and %v (%v %v) on the sheet", g.name, r.Name, topic, x.value, x.has, f.Value, f.Mark.Status, f.Mark.Reason)
				}
			}
			f := &list.Rows[i]
			if phase, _ := g.a.FigureOf("phase", i); phase.Mark.Has() && phase.Text != f.Phase || f.Phase != "" && !phase.Mark.Has() {
				t.Errorf("%s, %s: phase %q in the list, %q (%v) on the sheet", g.name, r.Name, f.Phase, phase.Text, phase.Mark.Status)
			}
			if class, _ := g.a.FigureOf("weight", i); class.Mark.Has() && class.Text != r.Weight || !class.Mark.Has() && r.Weight != "" {
				t.Errorf("%s, %s: class %q in the list, %q (%v %v) on the sheet", g.name, r.Name, r.Weight, class.Text, class.Mark.Status, class.Mark.Reason)
			}
			for topic, x := range map[string]float64{"net": float64(f.Net), "planned-visits": float64(f.Visits), "departure": f.Risk, "engagement": f.Engaged} {
				part, _ := g.a.FigureOf(topic, i)
				if part.Mark.Has() && math.Abs(part.Value-x) > 1e-5*max(1, math.Abs(x)) {
					t.Errorf("%s, %s: %s is %v in the list, %v on the sheet", g.name, r.Name, topic, x, part.Value)
				}
				if w, ok := g.a.WhyOf(topic, i); !ok || !alike(w.Figure, part) {
					t.Errorf("%s, %s: Pourquoi says %v of %s, the sheet %v", g.name, r.Name, w.Figure.Value, topic, part.Value)
				}
			}
			if m := &v.Margin; m.Net.Mark.Has() && (m.Gross.Value != float64(m.Sales-m.Bought) || m.Net.Value != m.Gross.Value-float64(m.Invested)-float64(m.Other)) {
				t.Errorf("%s, %s: the waterfall %d − %d = %v, − %d − %d = %v", g.name, r.Name, m.Sales, m.Bought, m.Gross.Value, m.Invested, m.Other, m.Net.Value)
			}
		}
	}
	if met < 100 {
		t.Errorf("%d clients: the test shows nothing", met)
	}
}

// What a rule would change starts from what the screens show: its first side
// has the counts of the list and of the tabs.
func TestARuleStartsFromTheCountsOfTheScreens(t *testing.T) {
	tried := 0
	for _, g := range grounds() {
		l := g.s.ClientListOf(reader, query.ListAsk{Scope: g.scope}, g.a.Behind())
		worth := g.a.PotentialView(query.PotentialAsk{})
		for key, values := range map[string][]float64{"risk.red": {60}, "abc.cuts": {70, 90}, "dcmv.gUp": {8}, "score.weights": {1, 1, 1}, "potential.minConfidence": {50}} {
			e := g.s.Rules(reader, query.RulesAsk{Scope: g.scope, Level: 3, Key: key, Values: values}, g.a).Effect
			if e == nil {
				continue // one of them is not a rule here, or the value is refused
			}
			tried++
			was, sum := &e.Sides[0], 0
			for _, n := range was.Bins {
				sum += n
			}
			if sum != l.Of || e.Cards != l.Of || e.Clients != l.Head.Clients {
				t.Errorf("%s, %s: %d by score, %d looked at, %d clients; the list has %d, %d clients", g.name, key, sum, e.Cards, e.Clients, l.Of, l.Head.Clients)
			}
			if was.Top != l.Counts["r:4"] || was.Faint != len(worth.Unsure) {
				t.Errorf("%s, %s: %d on the top floor, the list %d; %d potentials of low confidence, Potentiel %d", g.name, key, was.Top, l.Counts["r:4"], was.Faint, len(worth.Unsure))
			}
			for k, letter := range []string{"D", "C", "M", "V"} {
				if n := l.Counts["phase:"+letter]; was.Phases[k] != n {
					t.Errorf("%s, %s: %d in %s, the list %d", g.name, key, was.Phases[k], letter, n)
				}
			}
			for k, letter := range []string{"A", "B", "C"} {
				if n := l.Counts["weight:"+letter]; was.ABC[k] != n {
					t.Errorf("%s, %s: %d in %s, the list %d", g.name, key, was.ABC[k], letter, n)
				}
			}
			if !query.RuleDeep(key) {
				continue
			}
			for k, class := range []string{"squelette", "poule", "contactivore", "vache"} {
				if n := l.Counts["class:"+class]; was.Classes[k] != n {
					t.Errorf("%s, %s: %d %s, the list %d", g.name, key, was.Classes[k], class, n)
				}
			}
		}
	}
	if tried < 40 {
		t.Errorf("%d rules were tried", tried)
	}
}
