package ui

import (
	"html"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/engine/query"
)

func init() {
	groundOps["maturity"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "maturity", in, func(q query.MaturityTabAsk) query.MaturityTab {
			a, base := g.base(q.Tab)
			if a == nil {
				return query.MaturityTab{Base: base}
			}
			return a.MaturityTab(g.reader(q.Tab.Lang), q, base)
		})
	}
	groundOps["weigh"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "weigh", in, func(q query.WeightTabAsk) query.WeightTab {
			a, base := g.base(q.Tab)
			if a == nil {
				return query.WeightTab{Base: base}
			}
			return a.WeightTab(g.reader(q.Tab.Lang), q, base)
		})
	}
	groundOps["cut"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "cut", in, func(q query.WeightTabAsk) query.CutsTab {
			a, base := g.base(q.Tab)
			return a.CutsTab(g.reader(q.Tab.Lang), q, base)
		})
	}
	groundOps["story"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "story", in, func(q query.TabAsk) query.TabChart {
			if a := g.deep(); a != nil {
				return a.StoryTab(g.reader(q.Lang), q)
			}
			return query.TabChart{}
		})
	}
	groundOps["many"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "many", in, func(q query.TabAsk) query.PortfoliosTab {
			return g.snap.PortfoliosTab(g.reader(q.Lang), []*query.Analysis{g.deep()}, q)
		})
	}
}

// base is the analysis and the ground of a tab, as the worker finds them.
func (g *ground) base(q query.TabAsk) (*query.Analysis, query.TabBase) {
	a := g.deep()
	q.Scope = 7
	return a, g.snap.TabBase(g.reader(q.Lang), a, q)
}

func TestTheMaturityTabSaysWhoIsAgeing(t *testing.T) {
	g := lay(t, -1)
	e, _, page := g.visit(t, "/portefeuille/maturite")
	reads(t, page, "186 clients", "Maturité", "Trois lectures de la même courbe", "de l'effort, les C", "Dans 12 mois, même rythme", "Mortalité des démarrages",
		"Par famille de produits", "Érosion cachée", "Effort et cible, par phase", "Mois après mois", "Façon de vendre", "Vente courante", "Indice de vieillissement", "Voir en tableau")
	p := page.(*maturityPage)
	s := html.UnescapeString(app.HTMLString(page))
	for _, to := range []string{"/portefeuille", "/portefeuille/poids", "/portefeuille/contacts", "/portefeuille/potentiel", "/clients?qui=maturity:phase:C:"} {
		if !strings.Contains(s, `"`+to+`"`) {
			t.Errorf("nothing leads to %s", to)
		}
	}
	if !strings.Contains(s, `aria-current="page"`) {
		t.Error("the bar does not say which tab this is")
	}
	if e.Currency != "EUR" || p.view.Value.Base.Head.Clients != 186 {
		t.Errorf("the ground is %+v", p.view.Value.Base.Head)
	}
}

// The number over a column is the number of clients of its list.
func TestTheFiguresOfTheMaturityTabAreThoseOfTheLists(t *testing.T) {
	g := lay(t, -1)
	_, _, page := g.visit(t, "/portefeuille/maturite")
	now := page.(*maturityPage).view.Value.Ahead.Chart.Table(nil).Rows
	for k, letter := range []string{"D", "C", "M", "V"} {
		who, ok := g.deep().GroupWho("maturity:phase:" + letter + ":")
		if n := strings.TrimSuffix(now[k][1], " auj."); !ok || n != (&Env{Lang: "fr"}).Count(len(who)) {
			t.Errorf("%s: %q on the page, %d in the list", letter, now[k][1], len(who))
		}
	}
}

func TestTheWeightTabSaysOnWhomOneDepends(t *testing.T) {
	g := lay(t, -1)
	e, engine, page := g.visit(t, "/portefeuille/poids")
	reads(t, page, "Poids, coupes à déplacer", "clients font", "20 / 50 % clients", "80 / 95 % total", "Quatre étages", "clients tiennent le premier quart",
		"ABC croisée", "Monter d'un étage", "montées possibles sur", "↑ R", "Clients équivalents", "Les 12 mois d'avant")
	p := page.(*weightPage)
	p.by = "margin"
	p.tab.set(p.tab.at)
	engine.ConsumeAll()
	asks := orders[query.WeightTabAsk](g, "weigh")
	if last := asks[len(asks)-1]; last.By != "margin" || e.Param(inBy) != "margin" {
		t.Errorf("asked %+v at %q", last, e.Param(inBy))
	}
	reads(t, page, "de la marge")
	// a climb is tried, and taken back
	id := p.view.Value.Climbs.Rows[0].ID
	p.climb(p.tab.ctx, id)
	engine.ConsumeAll()
	reads(t, page, "Avec 1 montée", "Revenir à aujourd'hui")
	p.climb(p.tab.ctx, id)
	engine.ConsumeAll()
	if len(p.try) != 0 || strings.Contains(text(page), "Avec 1 montée") {
		t.Error("the climb is still there")
	}
}

// A cut that moves is asked for alone; once it rests the page follows.
func TestACutMovesThenThePageFollows(t *testing.T) {
	g := lay(t, -1)
	e, engine, page := g.visit(t, "/portefeuille/poids")
	p := page.(*weightPage)
	was := p.view.Value.Cuts.Cut
	const kept = "Avec les coupes en vigueur"
	if strings.Contains(text(page), kept) {
		t.Error("the crossed classes speak of a trial before any")
	}
	p.begin()
	p.drag.at = putCut(was, 0, was[0]+5, p.view.Value.Cuts.Of)
	p.askCut(p.tab.ctx)
	engine.ConsumeAll()
	if p.drag.last == nil || p.drag.last.Cut != [2]int{was[0] + 5, was[1]} || p.view.Value.Cuts.Cut != was {
		t.Fatalf("drawn at %+v, the page at %v; want five more than %v on the drawing alone", p.drag.last, p.view.Value.Cuts.Cut, was)
	}
	p.settle(p.tab.ctx)
	if p.at != [2]int{was[0] + 5, was[1]} || p.view.Value.Cuts.Cut != p.at || p.drag.last != nil {
		t.Errorf("the page is at %v, asks %v", p.view.Value.Cuts.Cut, p.at)
	}
	if cuts := orders[query.WeightTabAsk](g, "cut"); len(cuts) != 1 || cuts[0].At != p.at {
		t.Errorf("asked %+v", cuts)
	}
	p.again(p.tab.ctx) // another width
	engine.ConsumeAll()
	reads(t, page, kept)
	at := p.at
	if at[0] != was[0]+5 || !p.view.Value.Cuts.Moved {
		t.Errorf("the cuts are at %v once the page is turned", at)
	}
	_, _, back := g.visit(t, Address(e.Path(), inCutA, e.Param(inCutA), inCutB, e.Param(inCutB))) // on the way back from a client
	if v := back.(*weightPage).view.Value; v.Cuts.Cut != at || !v.Cuts.Moved {
		t.Errorf("the way back finds the cuts at %v, want %v", v.Cuts.Cut, at)
	}
	p.tab.set(tabAt{before: true}) // its cuts are its own
	engine.ConsumeAll()
	if p.at != [2]int{} || p.view.Value.Cuts.Moved || e.Param(inCutA) != "" {
		t.Error("the cuts of one portfolio are put on another")
	}
}

func TestCutsStayInOrder(t *testing.T) {
	for _, c := range []struct {
		at      [2]int
		i, k, n int
		want    [2]int
	}{
		{[2]int{36, 90}, 0, 37, 180, [2]int{37, 90}},
		{[2]int{36, 90}, 0, 0, 180, [2]int{1, 90}},
		{[2]int{36, 90}, 0, 120, 180, [2]int{120, 121}}, // pushes the other
		{[2]int{36, 90}, 0, 400, 180, [2]int{179, 180}},
		{[2]int{36, 90}, 1, 20, 180, [2]int{19, 20}},
		{[2]int{36, 90}, 1, 0, 180, [2]int{1, 2}},
		{[2]int{36, 90}, 1, 400, 180, [2]int{36, 180}},
		{[2]int{1, 2}, 0, 2, 2, [2]int{1, 2}},
	} {
		if got := putCut(c.at, c.i, c.k, c.n); got != c.want {
			t.Errorf("cut %d of %v at %d of %d: %v, want %v", c.i, c.at, c.k, c.n, got, c.want)
		}
	}
	for key, want := range map[string]int{"ArrowRight": 37, "ArrowLeft": 35, "ArrowUp": 37, "ArrowDown": 35, "PageUp": 46, "PageDown": 26, "Home": 1, "End": 180} {
		if k, ok := nudge(36, 180, key, false); !ok || k != want {
			t.Errorf("%s puts a cut at %d, want %d", key, k, want)
		}
	}
	if k, ok := nudge(36, 180, "ArrowRight", true); !ok || k != 46 {
		t.Errorf("with shift at %d, want 46", k)
	}
	if _, ok := nudge(36, 180, "a", false); ok {
		t.Error("a letter moves a cut")
	}
}

func TestTheAddressOfATabHoldsItsScope(t *testing.T) {
	g := lay(t, -1)
	e, engine, page := g.visit(t, "/portefeuille/poids?p=7&periode=n-1")
	p := page.(*weightPage)
	if asks := orders[query.WeightTabAsk](g, "weigh"); len(asks) != 1 || asks[0].Tab.Scope != 7 || !asks[0].Tab.Before {
		t.Errorf("asked %+v", asks)
	}
	p.tab.set(tabAt{scope: 7, family: "SOL"})
	engine.ConsumeAll()
	if e.Param("famille") != "SOL" || e.Param("p") != "7" || e.Param("periode") != "" {
		t.Errorf("the address is %v", e.Query())
	}
	if to := p.tab.at.to(tabMaturity); to != "/portefeuille/maturite?famille=SOL&p=7" {
		t.Errorf("the tab beside is at %s", to)
	}
}

func TestTheTabsOfFewClientsOrNone(t *testing.T) {
	for _, tab := range []string{"", "/maturite", "/poids"} {
		g := lay(t, 5)
		_, _, page := g.visit(t, "/portefeuille"+tab)
		reads(t, page, "Trop peu de clients pour conclure", "Vue d'ensemble")
		g = lay(t, 0)
		_, _, page = g.visit(t, "/portefeuille"+tab)
		reads(t, page, "Pas encore de clients dans ce portefeuille", "Importer un fichier", "Potentiel")
	}
}

func TestATabThatCannotBeReadSaysSo(t *testing.T) {
	for op, tab := range map[string]string{"maturity": "/maturite", "weigh": "/poids"} {
		g := lay(t, 40)
		g.refuse[op] = &bridge.Fault{Code: bridge.FaultCancelled}
		_, _, page := g.visit(t, "/portefeuille"+tab)
		reads(t, page, "Interrompu.", "Réessayer", "Vue d'ensemble")
	}
}

func TestALongFirstAnswerSaysHowFarItIs(t *testing.T) {
	e := NewEnv(nil, "fr", "test", nil)
	stopped := false
	w := wait{long: true, done: 60, of: 186, stop: func() { stopped = true }}
	s := app.HTMLString(w.shown(e))
	for _, want := range []string{"Premier calcul", `max="186"`, `value="60"`, "Arrêter"} {
		if !strings.Contains(html.UnescapeString(s), want) {
			t.Errorf("no %q in %s", want, s)
		}
	}
	if w.end(); !stopped || w.long {
		t.Error("the wait is not over")
	}
	if s := app.HTMLString(w.shown(e)); strings.Contains(s, "<progress") {
		t.Error("a short wait has a bar")
	}
}
