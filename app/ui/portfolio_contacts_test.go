package ui

import (
	"html"
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func init() {
	groundOps["contacts"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "contacts", in, func(q query.ContactsTabAsk) query.ContactsTab {
			a := g.deep()
			q.Tab.Scope = 7
			base := g.snap.TabBase(g.reader(q.Tab.Lang), a, q.Tab)
			if a == nil {
				return query.ContactsTab{Base: base}
			}
			return a.ContactsTab(g.reader(q.Tab.Lang), q, base)
		})
	}
	groundOps["potential"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "potential", in, func(q query.PotentialTabAsk) query.PotentialTab {
			a := g.deep()
			q.Tab.Scope = 7
			base := g.snap.TabBase(g.reader(q.Tab.Lang), a, q.Tab)
			if a == nil {
				return query.PotentialTab{Base: base}
			}
			return a.PotentialTab(g.reader(q.Tab.Lang), q, base)
		})
	}
	groundOps["decide-contacts"] = func(g *ground, in []byte) ([]byte, error) {
		return order1[bridge.DecideContacts](g, "decide-contacts", in)
	}
}

// deep is the analysis of the portfolio, with its facts.
func (g *ground) deep() *query.Analysis {
	for _, id := range g.snap.Lacking(7) {
		g.snap.Deepen(g.bundles[id])
	}
	return g.snap.Analysis(7)
}

func TestTheContactsTabSaysWhoTakesAndWhoGives(t *testing.T) {
	g := lay(t, -1)
	_, _, page := g.visit(t, "/portefeuille/contacts")
	reads(t, page, "Dévoreurs de contacts", "des contacts pour", "Sensibilité aux contacts", "Interquartiles croisés", "Rentabilité", "de contact rapporte jusqu'à",
		"Coût d'un contact", "Une visite coûte", "Montant investi", "Marge nette", "il reste", "Courbe de la baleine", "Stratégie de contacts", "Client par client",
		"Accepter", "Refuser", "Voir en tableau", "Une corrélation n'est pas une cause")
	v := page.(*contactsPage).view.Value
	s := html.UnescapeString(app.HTMLString(page))
	for _, to := range []string{"/clients?qui=contacts:devourers", "/clients?qui=contacts:class:3", "/clients?qui=contacts:quadrant:1", "/clients?qui=contacts:losing", "/clients/" + v.Lines[0].ID.String()} {
		if !strings.Contains(s, `"`+to+`"`) {
			t.Errorf("nothing leads to %s", to)
		}
	}
}

func TestTheSensitivityShowsWaysToo(t *testing.T) {
	g := lay(t, -1)
	_, engine, page := g.visit(t, "/portefeuille/contacts")
	p := page.(*contactsPage)
	p.arrows = true
	p.tab.ctx.Update()
	engine.ConsumeAll()
	reads(t, page, "en un an", "Creux : N-1")
}

func TestAProposalIsAcceptedRefusedAndTakenBack(t *testing.T) {
	g := lay(t, -1)
	_, engine, page := g.visit(t, "/portefeuille/contacts")
	p := page.(*contactsPage)
	l := p.view.Value.Lines
	p.decide(l[0], query.Accepted)
	p.decide(l[1], query.Refused)
	engine.ConsumeAll()
	p.tab.ctx.Update()
	engine.ConsumeAll()
	reads(t, page, "Acceptée :", "Refusée :", "Revenir")
	got := orders[bridge.DecideContacts](g, "decide-contacts")
	want := []bridge.DecideContacts{{Account: l[0].ID, Choice: query.Accepted, Visits: int(l[0].Then.Value)}, {Account: l[1].ID, Choice: query.Refused, Visits: l[1].Now}}
	if len(got) != 2 || !(got[0] == want[0] && got[1] == want[1] || got[0] == want[1] && got[1] == want[0]) {
		t.Errorf("ordered %+v, want %+v", got, want)
	}
	g.refuse["decide-contacts"] = &bridge.Fault{Code: bridge.FaultStorage}
	p.decide(l[2], query.Accepted)
	engine.ConsumeAll()
	if _, kept := p.chosen[l[2].ID]; kept {
		t.Error("a refused order is shown as decided")
	}
}

func TestAManagerReadsTheStrategyWithoutDeciding(t *testing.T) {
	g := lay(t, -1)
	g.read = true
	_, _, page := g.visit(t, "/portefeuille/contacts")
	if contains(text(page), "Accepter") {
		t.Error("a manager is offered to accept for the rep")
	}
}

func TestThePotentialTabSaysWhereItLies(t *testing.T) {
	g := lay(t, -1)
	e, engine, page := g.visit(t, "/portefeuille/potentiel")
	reads(t, page, "Concentration et alignement", "Alignement de l'effort", "seuil 60 %", "visites sur 100", "Gini", "Plateau P × R, prospects compris", "Pénétration", "Confiance dans les potentiels",
		"À qui le demander d'abord", "Demander")
	p := page.(*potentialPage)
	x := p.view.Value.Ask[0]
	p.plan(x)
	engine.ConsumeAll()
	p.tab.ctx.Update()
	engine.ConsumeAll()
	reads(t, page, "Prévu")
	got := orders[bridge.PlanVisit](g, "plan")
	if len(got) != 1 || got[0].Account != x.ID || got[0].ID != x.Plan || got[0].Objective != e.T("pfp.objective") || x.Plan != (portfolio.ID{}) && got[0].Day != int32(x.Day) {
		t.Errorf("planned %+v of %+v", got, x)
	}
}

func TestTabsOfAFewClientsGiveCountsOnly(t *testing.T) {
	for _, path := range []string{"/portefeuille/contacts", "/portefeuille/potentiel"} {
		g := lay(t, 5)
		_, _, page := g.visit(t, path)
		reads(t, page, "Trop peu de clients pour conclure")
		if s := text(page); contains(s, "Dévoreurs") || contains(s, "Concentration") {
			t.Errorf("%s: five clients are read as a portfolio", path)
		}
		g = lay(t, 0)
		_, _, page = g.visit(t, path)
		reads(t, page, "Pas encore de clients dans ce portefeuille", "Importer un fichier")
	}
}

func TestATabThatFailsSaysSoAndOffersAWayOn(t *testing.T) {
	g := lay(t, 40)
	g.refuse["contacts"] = &bridge.Fault{Code: bridge.FaultStorage}
	_, _, page := g.visit(t, "/portefeuille/contacts")
	reads(t, page, "Rien n'a pu être enregistré sur ce")
}

// without takes all records of a kind from every client.
func (g *ground) without(kind portfolio.Kind) *ground {
	var cards []query.Card
	for id, b := range g.bundles {
		b.Rows = slices.DeleteFunc(slices.Clone(b.Rows), func(r journal.Row) bool { return r.Entity == kind })
		g.bundles[id] = b
		if c, ok := query.Derive(b); ok {
			cards = append(cards, c)
		}
	}
	slices.SortFunc(cards, func(a, b query.Card) int { return slices.Compare(a.ID[:], b.ID[:]) })
	g.snap.SetCards(cards)
	return g
}

func TestTabsWithoutContactsOrPotentialsSayWhatIsMissing(t *testing.T) {
	g := lay(t, -1).without(portfolio.KindContact)
	_, _, page := g.visit(t, "/portefeuille/contacts")
	reads(t, page, "Rien à comparer : contacts ou résultat manquent", "Sensibilité illisible", "Aucun contact noté : rien à croiser", "Aucun contact : pas encore de coût", "Pas encore de stratégie à proposer", "avant les contacts, que personne n'a notés")
	if s := text(page); contains(s, "Accepter") || contains(s, "NaN") || contains(s, "Une visite coûte 0") {
		t.Errorf("without a contact the tab says:\n%s", s)
	}
	_, _, page = g.visit(t, "/portefeuille/potentiel")
	reads(t, page, "Aucun contact noté : l'effort ne se compare pas encore", "Plateau P × R")
	g = lay(t, -1).without(portfolio.KindEstimate)
	_, _, page = g.visit(t, "/portefeuille/potentiel")
	reads(t, page, "Pas de potentiel connu", "Aucun potentiel connu : personne ne peut être placé", "Aucun potentiel par famille", "Aucun potentiel connu : demandez une fourchette", "sans potentiel")
	if s := text(page); contains(s, "NaN") || contains(s, "visites sur 100") {
		t.Errorf("without a potential the tab says:\n%s", s)
	}
}
