package ui

import (
	"html"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func init() {
	groundOps["found"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "found", in, func(q bridge.FoundAsk) (out bridge.Founds) {
			if q.Who {
				out.Found = g.snap.FoundBy(q.List, nil)
			}
			out.Count = g.snap.CountBy(q.Count, nil)
			return out
		})
	}
	groundOps["bulk"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "bulk", in, func(q bridge.Bulk) bridge.Bulked {
			switch q.What {
			case bridge.BulkLook:
				return bridge.Bulked{Tags: []query.TagCount{{Word: "Salon", Count: 4, Picked: 1}, {Word: "VIP", Count: 9, Picked: len(q.IDs)}},
					Could: []bridge.CouldAsk{{Code: "E01", Key: "effort.E01", Count: 2}}}
			case bridge.BulkUndo:
				return bridge.Bulked{Act: q.Act, Done: 2}
			}
			return bridge.Bulked{Act: portfolio.ID{0xbb}, Done: len(q.IDs)}
		})
	}
	kept := map[*ground][]byte{}
	groundOps["local-get"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "local-get", in, func(q bridge.Local) bridge.Local { return bridge.Local{Key: q.Key, Data: kept[g]} })
	}
	groundOps["local-put"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "local-put", in, func(q bridge.Local) bridge.None { kept[g] = q.Data; return bridge.None{} })
	}
}

// tap does something as a tap would: the page is drawn after it.
func tap(p *clientsPage, engine app.TestEngine, f func()) {
	p.ctx.Dispatch(func(app.Context) { f() })
	engine.ConsumeAll()
}

// A row, a range beyond the rows here, all of a filter: what is selected is
// whom the list shows, and its sales add up.
func TestRowsAreSelected(t *testing.T) {
	g := lay(t, -1)
	_, engine, page := g.visit(t, "/clients?phase=C")
	p := page.(*clientsPage)
	tap(p, engine, func() { p.toggle(1, false) })
	reads(t, page, "1 fiche ", "Étiqueter", "Exporter", "Fixer un objectif", "Tout sélectionner (33)")
	if text := app.HTMLString(page); strings.Count(text, `aria-checked="true"`) != 1 || strings.Count(text, `cl-row sel`)+strings.Count(text, `cl-row hot sel`) != 1 || !contains(text, `aria-checked="mixed"`) {
		t.Error("the row selected is not shown so")
	}
	p.extend(4)
	if len(p.picks.sales) != 4 || p.current != 4 {
		t.Errorf("%d selected from row 1 to row 4, at row %d", len(p.picks.sales), p.current)
	}
	p.pickAll()
	engine.ConsumeAll()
	if len(p.picks.sales) != 33 || p.picks.sum != p.rows.list.Sum || !p.allPicked() {
		t.Errorf("%d selected for %d; the list finds %d for %d", len(p.picks.sales), p.picks.sum, p.rows.found, p.rows.list.Sum)
	}
	// another filter: the selection stays, and only its own rows are ticked
	p.set(listState{Phase: "D"})
	engine.ConsumeAll()
	if len(p.picks.sales) != 33 || p.allPicked() {
		t.Errorf("%d selected under another filter", len(p.picks.sales))
	}
	p.pickAll()
	engine.ConsumeAll()
	if len(p.picks.sales) != 47 { // 33 growing and 14 starting
		t.Errorf("%d of both filters", len(p.picks.sales))
	}
	p.pickAll()
	if len(p.picks.sales) != 0 || p.picks.sum != 0 {
		t.Errorf("%d selected after all were taken off", len(p.picks.sales))
	}
	// a range over rows that are not here
	p.set(listState{})
	engine.ConsumeAll()
	p.toggle(2, false)
	p.rows.rows[3] = nil
	p.extend(130)
	engine.ConsumeAll()
	if len(p.picks.sales) != 129 {
		t.Errorf("%d selected of rows 2 to 130", len(p.picks.sales))
	}
}

func TestASelectionIsStillThereAfterASheet(t *testing.T) {
	g := lay(t, 60)
	e, engine, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	p.toggle(0, false)
	r, _ := p.rows.at(0)
	if err := engine.Load(find(e, ClientPath(r.ID))); err != nil { // and back
		t.Fatal(err)
	}
	engine.ConsumeAll()
	back := find(e, e.Path()).(*clientsPage)
	if err := engine.Load(back); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	if !back.picks.has(r.ID) {
		t.Error("the selection is lost on the way back")
	}
}

func TestAReaderMayOnlyExport(t *testing.T) {
	g := lay(t, 40)
	g.read = true
	_, engine, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	tap(p, engine, func() { p.toggle(0, false) })
	if text := text(page); contains(text, "Étiqueter") || contains(text, "Fixer un objectif") || !contains(text, "Exporter") {
		t.Errorf("a reader is offered: %s", text)
	}
}

func TestTagsOfTheSelected(t *testing.T) {
	g := lay(t, 40)
	e, engine, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	p.toggle(0, false)
	p.toggle(1, false)
	closed := 0
	s := &bulkSheet{E: e, IDs: p.picks.ids(), page: p.ctx, OnClose: func(app.Context) { closed++ }}
	s.OnMount(p.ctx)
	engine.ConsumeAll()
	if text := html.UnescapeString(app.HTMLString(s)); !contains(text, `aria-pressed="mixed"`) || strings.Count(text, "aria-pressed") != 2 || contains(text, `aria-pressed="false"`) || !contains(text, "1 / 2") {
		t.Errorf("the tags of two: %s", text)
	}
	s.tag("VIP", true)
	engine.ConsumeAll()
	asked := orders[bridge.Bulk](g, "bulk")
	if q := asked[len(asked)-1]; q.What != bridge.BulkUntag || q.Word != "VIP" || len(q.IDs) != 2 || closed != 1 {
		t.Errorf("asked %+v, closed %d times", q, closed)
	}
	sn := e.queue.Shown()
	if sn == nil || sn.Act == nil || !contains(sn.Text, "retirée de 2 fiches") {
		t.Fatalf("the snackbar says %+v", sn)
	}
	sn.Act(p.ctx)
	engine.ConsumeAll()
	asked = orders[bridge.Bulk](g, "bulk")
	if q := asked[len(asked)-1]; q.What != bridge.BulkUndo || q.Act != (portfolio.ID{0xbb}) {
		t.Errorf("taken back by %+v", q)
	}
	// a refusal stays in the sheet, with what was typed
	g.refuse["bulk"] = &bridge.Fault{Code: bridge.FaultQuota}
	s.tag("Salon", false)
	engine.ConsumeAll()
	if s.fail == "" || closed != 1 {
		t.Errorf("refused: %q, closed %d times", s.fail, closed)
	}
}

func TestEffortsOfTheSelected(t *testing.T) {
	g := lay(t, 40)
	e, engine, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	p.toggle(0, false)
	s := &bulkSheet{E: e, Ask: true, IDs: p.picks.ids(), page: p.ctx, OnClose: func(app.Context) {}}
	s.OnMount(p.ctx)
	engine.ConsumeAll()
	if text := html.UnescapeString(app.HTMLString(s)); !contains(text, "possible pour 2") {
		t.Errorf("what can be asked: %s", text)
	}
	s.ask(s.look.Could[0])
	engine.ConsumeAll()
	asked := orders[bridge.Bulk](g, "bulk")
	if q := asked[len(asked)-1]; q.What != bridge.BulkAsk || q.Code != "E01" {
		t.Errorf("asked %+v", q)
	}
}

// A filter is named, counted, lit, renamed, dropped and brought back; the device
// keeps it.
func TestFiltersAreNamed(t *testing.T) {
	g := lay(t, -1)
	e, engine, page := g.visit(t, "/clients?phase=C&q=saint")
	p := page.(*clientsPage)
	p.nameView("  À  suivre ")
	engine.ConsumeAll()
	reads(t, page, "À suivre "+e.Count(p.rows.found))
	if !chipLit(t, page, "À suivre ") || chipLit(t, page, "Tous ") {
		t.Error("the filter in force is not the chip that is lit")
	}
	if p.nameView("à SUIVRE"); p.viewFail == "" || len(p.views) != 1 {
		t.Error("two filters of one name")
	}
	p.set(listState{})
	engine.ConsumeAll()
	if chipLit(t, page, "À suivre ") || !chipLit(t, page, "Tous ") {
		t.Error("the whole list is not lit")
	}
	p.renameView(0, "Saint-Malo")
	engine.ConsumeAll()
	e, engine, page = g.visit(t, "/clients")
	p = page.(*clientsPage)
	if v := p.views; len(v) != 1 || v[0] != (view{"Saint-Malo", "?q=saint&phase=C"}) {
		t.Fatalf("the device keeps %+v", v)
	}
	p.dropView(0)
	engine.ConsumeAll()
	if len(p.views) != 0 {
		t.Error("it is still there")
	}
	e.queue.Shown().Act(p.ctx)
	engine.ConsumeAll()
	if len(p.views) != 1 || p.views[0].Name != "Saint-Malo" {
		t.Errorf("undone: %+v", p.views)
	}
}

// chipLit reports whether the chip of that name is.
func chipLit(t *testing.T, page app.Composer, name string) bool {
	t.Helper()
	text := html.UnescapeString(app.HTMLString(page))
	text = text[strings.Index(text, "cl-chips"):]
	i := strings.Index(text, name)
	if i < 0 {
		t.Fatalf("no chip %q", name)
	}
	return !contains(text[strings.LastIndex(text[:i], "<button"):i], `aria-pressed="false"`)
}

// A group's chip, or a criterion, is lit alone.
func TestTousIsNotLitBesideAGroup(t *testing.T) {
	g := lay(t, -1)
	_, _, page := g.visit(t, "/clients?qui=maturity:phase:C:")
	if chipLit(t, page, "Tous ") {
		t.Error("the whole list is lit beside a group")
	}
}

func TestTagsAreOnRowsAndInTheAddress(t *testing.T) {
	g := lay(t, 40)
	e, _, page := g.visit(t, "/clients?etiquette=Salon")
	p := page.(*clientsPage)
	if asks := orders[query.ListAsk](g, "list"); asks[len(asks)-1].Tag != "Salon" || p.rows.found != 0 {
		t.Errorf("asked %+v", asks[len(asks)-1])
	}
	reads(t, page, "Retirer « l'étiquette « Salon » »")
	r := g.first()
	r.Tags = []string{"<b>", "Salon", "VIP"}
	if row := e.rowHTML(r, 0, groundDay, 1, true); !contains(row, `&lt;b&gt;</span>`) || !contains(row, "+2</span>") || !contains(row, `title="&lt;b&gt;, Salon, VIP"`) || !contains(row, `aria-checked="true"`) {
		t.Errorf("the row: %s", row)
	}
	if tagged("Été 26") != "/clients?etiquette=%C3%89t%C3%A9+26" {
		t.Error(tagged("Été 26"))
	}
}
