package ui

import (
	"html"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

func TestListAddressRoundTrip(t *testing.T) {
	for _, s := range []listState{
		{},
		{Text: "école & café", Filter: "due", Weight: "A", Phase: "C", P: "4", R: "2", Category: "1", Sort: "sales", Asc: true},
		{Who: "weight:abc:0:36:sales:n:Épicerie fine", View: "pr"}, {Filter: "leaving", Risk: "3", Type: "fickle", Sort: "risk"},
		{P: "0"}, {Phase: "X", Sort: "urgency"}, {Filter: "archived"},
	} {
		v, err := url.ParseQuery(strings.TrimPrefix(s.query(), "?"))
		if err != nil {
			t.Fatal(err)
		}
		if got := parseList(v); got != s {
			t.Errorf("%+v → %s → %+v", s, s.query(), got)
		}
	}
}

func TestListAddressLeavesOutWhatItDoesNotKnow(t *testing.T) {
	v, _ := url.ParseQuery("filtre=drop&poids=Z&phase=CQ&p=49&tri=password&sens=up")
	if got := parseList(v); got != (listState{Phase: "C", P: "4"}) {
		t.Errorf("read %+v; want phase C and P4 alone", got)
	}
}

func TestSortingTwiceTurnsTheOrder(t *testing.T) {
	s := listState{}
	for i, want := range []listState{{Sort: "name", Asc: true}, {Sort: "name"}, {Sort: "name", Asc: true}} {
		if s = s.sortBy("name"); s != want {
			t.Errorf("tap %d on Client: %+v; want %+v", i+1, s, want)
		}
	}
	if s = s.sortBy("score"); s != (listState{}) {
		t.Errorf("back to score: %+v; want the plain list", s)
	}
}

func TestClientsAskForWhatTheAddressSays(t *testing.T) {
	g := lay(t, -1)
	_, _, page := g.visit(t, "/clients?phase=C&tri=sales&filtre=win")
	asks := orders[query.ListAsk](g, "list")
	if q := asks[len(asks)-1]; q.Phase != "C" || q.Sort != "sales" || q.Filter != "win" || q.Limit != rowPage || q.Lang != "fr" {
		t.Errorf("asked %+v", q)
	}
	reads(t, page, "Clients", "Tous", "À voir", "Fort potentiel, peu pénétré", "sur 216", "Pénétration", "Croissance", "Tout afficher")
}

func TestTypingAsksAgainButNeverQueues(t *testing.T) {
	g := lay(t, -1)
	e, engine, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	before := len(orders[query.ListAsk](g, "list"))
	for _, text := range []string{"d", "di", "din", "dina", "dinan"} {
		p.search(text)
	}
	engine.ConsumeAll()
	asks := orders[query.ListAsk](g, "list")[before:]
	if len(asks) != 2 || asks[1].Text != "dinan" {
		t.Errorf("five letters asked %d questions, the last for %q; want 2, dinan", len(asks), asks[len(asks)-1].Text)
	}
	if e.Param("q") != "dinan" {
		t.Errorf("the address says q=%s", e.Param("q"))
	}
	if p.rows.found == 0 || p.rows.found >= 216 {
		t.Errorf("found %d clients; want those of Dinan", p.rows.found)
	}
	reads(t, page, "Dinan")
}

func TestRowsAreFetchedByThePage(t *testing.T) {
	g := lay(t, -1)
	_, engine, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	if _, ok := p.rows.at(150); ok {
		t.Fatal("row 150 is there before it was needed")
	}
	p.rows.need(p.ctx, 125, 150)
	p.rows.need(p.ctx, 130, 158)
	engine.ConsumeAll()
	if _, ok := p.rows.at(150); !ok {
		t.Error("row 150 did not come")
	}
	asks := orders[query.ListAsk](g, "list")
	if last := asks[len(asks)-1]; len(asks) != 2 || last.Offset != 120 || last.Limit != 40 {
		t.Errorf("asked %d times, the last %+v; want rows 120 to 159, once", len(asks), last)
	}
}

func TestARowIsTextWhateverTheNamesInIt(t *testing.T) {
	g := lay(t, 40)
	e, _, _ := g.visit(t, "/clients")
	r := g.first()
	r.Name, r.City, r.Sector, r.Waiting = `Chez <b onclick="x">O'Neil</b> & fils`, `"Dol"`, "<i>", true
	row := e.rowHTML(r, 4, groundDay, 3, false)
	for _, bad := range []string{"<b onclick", `"Dol"`, "<i>Chez", " · <i>"} {
		if strings.Contains(row, bad) {
			t.Errorf("a name writes %s into the page:\n%s", bad, row)
		}
	}
	r.Phase = ""
	if row := e.rowHTML(r, 4, groundDay, 3, false); !strings.Contains(row, `title="Sans phase">–<`) {
		t.Errorf("a client in no phase has an empty cell:\n%s", row)
	}
	for _, want := range []string{`role="row"`, `aria-rowindex="6"`, `id="row-4"`, "&amp; fils", "P4–R"} {
		if !strings.Contains(row, want) {
			t.Errorf("the row lacks %s:\n%s", want, row)
		}
	}
}

// Rows under the fold keep for one frame what they were; none keeps it longer.
func TestRowsUnderTheFoldFollowAFrameLater(t *testing.T) {
	p := &clientsPage{E: NewEnv(nil, "fr", "", time.Now)}
	answer := func(names ...string) {
		rows := make([]query.ClientRow, len(names))
		for i, n := range names {
			rows[i].Name = n
		}
		p.rows.list, p.rows.rows = &query.List{}, map[int][]query.ClientRow{0: rows}
		p.rows.version++
	}
	draws := func(i int, want string) {
		t.Helper()
		if got := app.HTMLString(p.row(i)); !contains(got, want) {
			t.Errorf("row %d is %q, want %q", i, got, want)
		}
	}
	answer("Abel", "Brun")
	draws(0, "Abel")
	draws(1, "Brun")
	answer("Caron", "Doré", "Erard")
	p.fold = 1
	draws(0, "Caron")
	draws(1, "Brun")
	draws(2, "cl-wait") // was not there
	p.fold = 0
	draws(1, "Doré")
	draws(2, "Erard")

	// A row is made again for another version of the rows, or selected.
	p.rows.rows[0][1].Name = "nobody looks"
	draws(1, "Doré")
	p.picks.put(p.rows.rows[0][1].ID, 0, true)
	draws(1, "nobody looks")
}

func TestAnEmptyFilterSaysWhichCriterionToTakeOff(t *testing.T) {
	g := lay(t, -1)
	_, engine, page := g.visit(t, "/clients?q=introuvable&phase=C")
	reads(t, page, "0 fiche trouvée sur 216", "Aucun client ne répond à ces critères", "Retirer « la recherche « introuvable » »")
	p := page.(*clientsPage)
	p.drop(p.rows.list.Narrow)
	engine.ConsumeAll()
	if p.state.Text != "" || p.state.Phase != "C" || p.rows.found == 0 {
		t.Errorf("state %+v, %d found; want growth clients", p.state, p.rows.found)
	}
}

func TestBackToTheListFindsItsRows(t *testing.T) {
	g := lay(t, -1)
	e, engine, page := g.visit(t, "/clients?phase=C")
	found := page.(*clientsPage).rows.found
	r := g.first()
	u, _ := url.Parse(ClientPath(r.ID))
	e.At(u)
	if err := engine.Load(find(e, e.Path())); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	if left.query != "?phase=C" || left.rows.found != found {
		t.Errorf("left %s with %d rows; want ?phase=C with %d", left.query, left.rows.found, found)
	}
}

func TestKeysMoveAlongTheRows(t *testing.T) {
	g := lay(t, 40)
	_, _, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	for range 3 {
		p.key(p.ctx, "j")
	}
	p.key(p.ctx, "k")
	if p.current != 1 {
		t.Errorf("row %d after j j j k; want 1", p.current)
	}
	if p.key(p.ctx, "x") {
		t.Error("x is taken")
	}
}

func TestThreeLinesMakeAClient(t *testing.T) {
	g := lay(t, 40)
	e, engine, page := g.visit(t, "/clients")
	p := page.(*clientsPage)
	s := &newClientSheet{E: e, page: p.ctx, OnClose: func(app.Context) {}}
	s.add(p.ctx)
	if s.fail == "" {
		t.Error("a client without a name is accepted")
	}
	s.q = bridge.NewAccount{Name: "Crêperie du Port", City: "Cancale", Phone: "02 99 00 00 00"}
	g.alike = []bridge.Like{{ID: g.first().ID, Name: "Crêperie du port", City: "Cancale", Why: "phone"}}
	s.look()
	engine.ConsumeAll()
	if asked := orders[bridge.NewAccount](g, "likes"); len(asked) != 1 || asked[0].Phone != "02 99 00 00 00" || len(s.likes) != 1 {
		t.Errorf("alike: asked %+v, found %+v", asked, s.likes)
	}
	reads(t, &show{ui: s.alike}, "Déjà chez vous ?", "Crêperie du port", "même téléphone")
	s.toggle(p.ctx)
	s.add(p.ctx)
	engine.ConsumeAll()
	made := orders[bridge.NewAccount](g, "create")
	if len(made) != 1 || made[0].Name != "Crêperie du Port" || made[0].Status != portfolio.Client {
		t.Errorf("made %+v", made)
	}
	if sn := e.queue.Shown(); sn == nil || sn.Act == nil {
		t.Error("a new client cannot be undone")
	}
}

func TestAListRestsOnceDrawn(t *testing.T) {
	g := lay(t, 60)
	_, engine, _ := g.visit(t, "/clients")
	done := make(chan bool)
	go func() { engine.ConsumeAll(); done <- true }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("the list renders for ever")
	}
}

// Every mark of every tab opens the list of exactly its clients, and the list
// says whose they are.
func TestEveryMarkOfAPortfolioOpensItsClients(t *testing.T) {
	g := lay(t, -1)
	a := g.deep()
	b := a.Behind()
	links := map[string]bool{}
	for _, tab := range []string{"", "?famille=BOI", "/maturite", "/poids", "/contacts", "/potentiel"} {
		_, _, page := g.visit(t, "/portefeuille"+tab)
		text := html.UnescapeString(app.HTMLString(page))
		n := 0
		for _, l := range strings.Split(text, clientsPath+"?qui=")[1:] {
			l = l[:strings.IndexAny(l, `"' <`)]
			links[l] = true
			n++
		}
		if n == 0 && strings.HasPrefix(tab, "/") {
			t.Errorf("%s opens no list", tab)
		}
	}
	if len(links) < 60 {
		t.Errorf("only %d lists are opened", len(links))
	}
	e := NewEnv(nil, "fr", "", time.Now)
	for link := range links {
		v, err := url.ParseQuery("qui=" + link)
		if err != nil {
			t.Fatal(err)
		}
		s := parseList(v)
		who, ok := a.GroupWho(s.Who)
		if !ok || len(who) == 0 {
			t.Errorf("%s: %d clients, %t", s.Who, len(who), ok)
			continue
		}
		want := map[portfolio.ID]bool{}
		for _, i := range who {
			want[a.Cards[i].ID] = true
		}
		q := s.ask("fr", 0, 0, 200)
		l := g.snap.ClientListOf(g.reader("fr"), q, b)
		q.Offset = 200
		rows := append(l.Rows, g.snap.ClientListOf(g.reader("fr"), q, b).Rows...)
		if l.Found != len(want) || len(rows) != len(want) {
			t.Errorf("%s: %d found, %d rows; the mark has %d", s.Who, l.Found, len(rows), len(want))
		}
		for _, r := range rows {
			if !want[r.ID] {
				t.Errorf("%s lists %s, who is not behind the mark", s.Who, r.Name)
			}
		}
		if name := e.groupName(s.Who, l.Family); name == "" || contains(name, "inconnu") && !contains(s.Who, "unknown") && !contains(s.Who, "cross:") || contains(name, "group.") {
			t.Errorf("%s is called %q", s.Who, name)
		}
	}
}

func TestAGroupIsAChipThatGoes(t *testing.T) {
	g := lay(t, -1)
	who, _ := g.deep().GroupWho("maturity:phase:C:")
	_, engine, page := g.visit(t, "/clients?qui=maturity:phase:C:&tri=sales")
	p := page.(*clientsPage)
	if p.rows.found != len(who) {
		t.Errorf("%d found; the mark has %d", p.rows.found, len(who))
	}
	reads(t, page, "Groupe : Croissance", "Sur le départ", "Engagés · ", "Risque élevé · ", "Risque")
	p.drop("who")
	engine.ConsumeAll()
	if p.state.Who != "" || p.state.Sort != "sales" || p.rows.found != 216 {
		t.Errorf("%+v, %d found", p.state, p.rows.found)
	}
}

func TestAGroupThatIsNoneListsNobody(t *testing.T) {
	g := lay(t, -1)
	_, engine, page := g.visit(t, "/clients?qui=nothing:1&phase=C")
	reads(t, page, "Retirer « le groupe « groupe inconnu » »")
	p := page.(*clientsPage)
	p.drop(p.rows.list.Narrow)
	engine.ConsumeAll()
	if p.rows.found == 0 || p.state.Phase != "C" || p.state.Who != "" {
		t.Errorf("%+v, %d found", p.state, p.rows.found)
	}
}

// The figure of a chip is the number of rows of its list.
func TestAChipCountsItsList(t *testing.T) {
	g := lay(t, -1)
	b := g.deep().Behind()
	all := g.snap.ClientListOf(g.reader("fr"), listState{}.ask("fr", 0, 0, 1), b)
	for key, s := range map[string]listState{"leaving": {Filter: "leaving"}, "eroding": {Filter: "eroding"}, "late": {Filter: "late"}, "risk:3": {Risk: "3"}, "risk:2": {Risk: "2"}, "risk:0": {Risk: "0"},
		"type:engaged": {Type: "engaged"}, "type:fleeing": {Type: "fleeing"}, "weight:A": {Weight: "A"}, "phase:V": {Phase: "V"}, "p:4": {P: "4"}, "r:2": {R: "2"}, "category:2": {Category: "2"}} {
		l := g.snap.ClientListOf(g.reader("fr"), s.ask("fr", 0, 0, 200), b)
		if n, ok := all.Counts[key]; !ok || n != l.Found {
			t.Errorf("%s: %d on the chip (%t), %d in the list", key, n, ok, l.Found)
		}
	}
	risky := g.snap.ClientListOf(g.reader("fr"), listState{Sort: "risk"}.ask("fr", 0, 0, 200), b)
	seen := byte(3)
	for i, band := range risky.Risk {
		if band != 9 && band > seen {
			t.Errorf("row %d is of band %d, under one of %d", i, band, seen)
		}
		if band != 9 {
			seen = band
		}
	}
}

// The cells of the board are the list: each opens as many clients as it says.
func TestTheBoardIsTheListByPotentialAndRealised(t *testing.T) {
	g := lay(t, -1)
	e, _, page := g.visit(t, "/clients?vue=pr&phase=DCMV")
	p := page.(*clientsPage)
	text := html.UnescapeString(app.HTMLString(page))
	if contains(text, "cl-row") || p.rows.list.Found == 0 {
		t.Fatal("the list is shown in the view P × R")
	}
	reads(t, page, "P × R", "touchez une case", "Liste")
	sum, hot := 0, 0
	for level := range 5 {
		for r := range 5 {
			n := p.rows.list.Board[5*level+r]
			s := listState{Phase: "DCMV", P: string(rune('0' + level)), R: string(rune('0' + r))}
			l := g.snap.ClientList(g.reader("fr"), s.ask("fr", 0, 0, 1))
			if l.Found != n {
				t.Errorf("P%d R%d: %d in the cell, %d in its list", level, r, n, l.Found)
			}
			if n > 0 && !contains(text, `href="`+clientsPath+s.query()+`"`) {
				t.Errorf("nothing leads to %s", s.query())
			}
			if hotCell(level, r) {
				hot += n
			}
			sum += n
		}
	}
	if sum != p.rows.list.Found {
		t.Errorf("cells of %d, %d found", sum, p.rows.list.Found)
	}
	if l := g.snap.ClientList(g.reader("fr"), listState{Phase: "DCMV", Filter: "win"}.ask("fr", 0, 0, 1)); l.Found != hot {
		t.Errorf("%d in the marked cells, %d in the saved filter", hot, l.Found)
	}
	if s := parseList(e.query); s.View != "pr" || !contains(s.query(), "vue=pr") {
		t.Errorf("the address says %s", s.query())
	}
}
