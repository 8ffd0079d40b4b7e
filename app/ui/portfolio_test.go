package ui

import (
	"html"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
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
	p.tab.set(tabAt{})
	engine.ConsumeAll()
	asks := orders[query.PortfolioAsk](g, "portfolio")
	if len(asks) != 2 || asks[0].Scope != 7 || asks[1].Scope != 0 || e.Param("p") != "" {
		t.Errorf("asked %+v, address p=%s; want 7, then all", asks, e.Param("p"))
	}
}

// D + C + M + V drawn, with the lost and those in no phase, are the clients:
// each number opens its list, within the portfolio asked for.
func TestThePortfolioCountsEveryClientAndOpensTheList(t *testing.T) {
	g := lay(t, -1)
	_, _, page := g.visit(t, "/portefeuille?p=7")
	p := page.(*portfolioPage)
	h := p.view.Value.Head
	if h.Clients != 186 || h.Lost != 6 {
		t.Fatalf("the demonstration has %d clients, %d of them lost; the review saw 186 and 6", h.Clients, h.Lost)
	}
	reads(t, page, "186 clients , dont 6 perdus", "30 prospects")
	h.Unphased = 3
	line := part.Div("sub", p.E.counted(h, 7, false)...)
	if s := text(line); s != "186 clients , dont 6 perdus et 3 sans phase · 30 prospects" {
		t.Errorf("says %q", s)
	}
	s := html.UnescapeString(app.HTMLString(line) + app.HTMLString(p.E.lacks(h, tabAt{scope: 7})) + app.HTMLString(page))
	for _, to := range []string{"/clients?phase=DCMVX0&portefeuille=7", "/clients?phase=X&portefeuille=7", "/clients?phase=0&portefeuille=7", "/clients?phase=P&portefeuille=7", "/clients?p=4&r=2&portefeuille=7"} {
		if !strings.Contains(s, `href="`+to+`"`) {
			t.Errorf("nothing leads to %s", to)
		}
	}
	if s := text(p.E.lacks(h, tabAt{scope: 7})); !strings.Contains(s, "3 sans phase : que des retours") {
		t.Errorf("what the data does not say yet leaves out who has no phase: %q", s)
	}
}

func TestTheBoardSaysWhatIsMissing(t *testing.T) {
	g := lay(t, 60)
	_, _, page := g.visit(t, "/portefeuille")
	p := page.(*portfolioPage)
	v := *p.view.Value
	v.HotCount, v.HotNew = 12, 4
	if s := text(p.boardCard(&v)); !strings.Contains(s, "8 clients et 4 prospects · ") {
		t.Errorf("prospects are called clients: %q", s)
	}
	v.HotCount, v.HotNew, v.HotSales, v.Unknown = 0, 0, 0, v.Head.Clients+v.Head.Prospect
	s := html.UnescapeString(app.HTMLString(p.boardCard(&v)))
	if seen := text(p.boardCard(&v)); strings.Contains(seen, "0 client") || !strings.Contains(seen, "Aucun potentiel connu") || !strings.Contains(s, `href="/clients?filtre=unknown"`) {
		t.Errorf("nobody has a potential: %q", seen)
	}
	if c := (query.Cell{P: 4, Count: 5, New: 5}); !strings.Contains(app.HTMLString(p.cell(c, "P4")), "5 prospects") {
		t.Errorf("a cell of prospects: %s", app.HTMLString(p.cell(c, "P4")))
	}
}
