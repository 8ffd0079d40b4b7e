package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/engine/query"
)

func TestThePortfolioSaysItsShape(t *testing.T) {
	g := lay(t, -1)
	_, _, page := g.visit(t, "/portefeuille")
	reads(t, page, "Portefeuille", "186 clients", "30 prospects", "Maturité du portefeuille", "La courbe monte", "Potentiel × réalisé",
		"à conquérir ou à développer", "Temps passé", "Poids", "Interquartiles du potentiel", "Interquartiles du chiffre d'affaires",
		"Chiffres clés", "Pénétration du portefeuille", "Clients équivalents", "Voir en tableau", "Ce que les données ne disent pas encore")
	if s := app.HTMLString(page); !strings.Contains(s, `href="/clients?p=4&r=2"`) && !strings.Contains(s, `href="/clients?p=4&amp;r=2"`) {
		t.Error("the cell P4–R2 does not lead to its clients")
	}
}

func TestFewClientsGiveCountsOnly(t *testing.T) {
	g := lay(t, 5)
	_, _, page := g.visit(t, "/portefeuille")
	reads(t, page, "Trop peu de clients pour conclure", "Voir les clients")
	if contains(text(page), "La courbe") {
		t.Error("five clients are read as a curve")
	}
}

func TestAnEmptyPortfolioOffersTheImport(t *testing.T) {
	g := lay(t, 0)
	_, _, page := g.visit(t, "/portefeuille")
	reads(t, page, "Pas encore de clients dans ce portefeuille", "Importer un fichier")
}

func TestTheBoardHasARowForUnknownPotentialOnlyWhenNeeded(t *testing.T) {
	if rows := boardGrid([]query.Cell{{P: 4, R: 0, Count: 2}, {P: 0, R: 1}}); len(rows) != 4 || rows[0][0].Count != 2 || rows[3][4].R != 4 {
		t.Errorf("%d rows, first cell %+v; want P4 to P1", len(rows), rows[0][0])
	}
	if rows := boardGrid([]query.Cell{{P: 0, R: 1, Count: 3}}); len(rows) != 5 || rows[4][1].Count != 3 {
		t.Errorf("%d rows; want a fifth for unknown potential", len(rows))
	}
}

func TestThePortfolioOfTheAddressIsAsked(t *testing.T) {
	g := lay(t, 40)
	e, engine, page := g.visit(t, "/portefeuille?p=7")
	p := page.(*portfolioPage)
	p.choose(p.ctx, "0")
	engine.ConsumeAll()
	asks := orders[query.PortfolioAsk](g, "portfolio")
	if len(asks) != 2 || asks[0].Scope != 7 || asks[1].Scope != 0 || e.Param("p") != "" {
		t.Errorf("asked %+v, address p=%s; want 7, then all", asks, e.Param("p"))
	}
}
