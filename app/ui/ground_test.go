package ui

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A ground is a worker for the tests of the pages: it answers questions from
// the first portfolio of the demonstration company with the real engine, and
// keeps the orders it is given without carrying them out.
type ground struct {
	snap    *query.Snapshot
	bundles map[portfolio.ID]query.Bundle
	words   query.Words
	read    bool // a manager is looking
	alike   []bridge.Like

	mu     sync.Mutex
	asked  map[string][]any
	refuse map[string]error
	saved  int
}

var groundDay = calendar.Of(2026, time.November, 19)

func lay(t *testing.T, keep int) *ground {
	t.Helper()
	company := demo.NewCompany(1, groundDay)
	company.ByFamily(1)
	p := company.Portfolios[0]
	g := &ground{
		snap: query.NewSnapshot(groundDay), bundles: map[portfolio.ID]query.Bundle{}, words: words{i18n.FR},
		asked: map[string][]any{}, refuse: map[string]error{},
	}
	mark := journal.Mark{}
	var cards []query.Card
	for i, c := range p.Cards {
		if i == keep {
			break
		}
		b := query.Bundle{Root: c.ID, Scope: 7, Rows: c.Rows(7, mark, company.Users[1].ID)}
		g.bundles[c.ID] = b
		if card, ok := query.Derive(b); ok {
			cards = append(cards, card)
		}
	}
	var misc []journal.Row
	for _, n := range []struct {
		kind portfolio.Kind
		id   portfolio.ID
		noun any
	}{
		{portfolio.KindOrg, company.OrgID, company.Org},
		{portfolio.KindUser, company.Users[1].ID, company.Users[1].Noun},
		{portfolio.KindPortfolio, p.ID, portfolio.Portfolio{Name: p.Noun.Name, Area: p.Noun.Area, Owner: p.Noun.Owner, Scope: 7}},
	} {
		f, err := portfolio.ToFields(n.noun)
		if err != nil {
			t.Fatal(err)
		}
		misc = append(misc, journal.Row{Rec: n.id, Entity: n.kind, Fields: f})
	}
	misc = append(misc, company.FamilyRows(1, mark, company.Users[1].ID)...)
	misc = append(misc, p.BudgetRows(7, mark, company.Users[1].ID)...)
	slices.SortFunc(cards, func(a, b query.Card) int { return slices.Compare(a.ID[:], b.ID[:]) })
	g.snap.SetMisc(misc)
	g.snap.SetCards(cards)
	return g
}

// first is the card of the best score.
func (g *ground) first() query.ClientRow {
	return g.snap.ClientList(g.reader("fr"), query.ListAsk{Limit: 1}).Rows[0]
}

func (g *ground) reader(lang string) query.Reader {
	return query.Reader{Words: words{i18n.Of(lang)}, Readonly: g.read}
}

func (g *ground) Listen(func(bridge.Event)) func() { return func() {} }

// Do answers as the worker would.
func (g *ground) Do(_ context.Context, op string, in []byte, _ func(bridge.Progress)) ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.refuse[op]; err != nil {
		return nil, err
	}
	switch op {
	case "today":
		return answer(g, op, in, func(q query.TodayAsk) query.Today {
			var bs []query.Bundle
			for _, id := range g.snap.TodayNeeds(q) {
				bs = append(bs, g.bundles[id])
			}
			return g.snap.Today(g.reader(q.Lang), q, bs...)
		})
	case "list":
		return answer(g, op, in, func(q query.ListAsk) query.List {
			if q.Who == "" {
				return g.snap.ClientList(g.reader(q.Lang), q)
			}
			return g.snap.ClientListOf(g.reader(q.Lang), q, g.deep().Behind())
		})
	case "client":
		var q query.ClientAsk
		if err := portfolio.Dec.Unmarshal(in, &q); err != nil {
			return nil, err
		}
		c, ok := g.snap.ClientSheet(g.reader(q.Lang), q, g.bundles[q.ID])
		if !ok {
			return nil, &bridge.Fault{Code: bridge.FaultMissing}
		}
		return portfolio.Enc.Marshal(c)
	case "portfolio":
		return answer(g, op, in, func(q query.PortfolioAsk) query.Portfolio { return g.snap.PortfolioOverview(g.reader(q.Lang), q) })
	case "log":
		return order1[bridge.LogVisit](g, op, in)
	case "undo":
		return order1[bridge.Undo](g, op, in)
	case "plan":
		return order1[bridge.PlanVisit](g, op, in)
	case "cancel-visit":
		return order1[bridge.CancelVisit](g, op, in)
	case "edit":
		return order1[bridge.Edit](g, op, in)
	case "create":
		return order1[bridge.NewAccount](g, op, in)
	case "settle":
		return order1[bridge.Settle](g, op, in)
	case "archive":
		return order1[bridge.ArchiveAccount](g, op, in)
	}
	if do := groundOps[op]; do != nil {
		return do(g, in)
	}
	return nil, fmt.Errorf("ground: no operation %q", op)
}

// groundOps are the operations that the tests of one screen add, each in its
// own file.
var groundOps = map[string]func(*ground, []byte) ([]byte, error){}

func answer[Q, A any](g *ground, op string, in []byte, f func(Q) A) ([]byte, error) {
	var q Q
	if err := portfolio.Dec.Unmarshal(in, &q); err != nil {
		return nil, err
	}
	g.asked[op] = append(g.asked[op], q)
	return portfolio.Enc.Marshal(f(q))
}

func order1[Q any](g *ground, op string, in []byte) ([]byte, error) {
	return answer(g, op, in, func(Q) bridge.Saved {
		g.saved++
		return bridge.Saved{ID: portfolio.ID{0xaa, byte(g.saved)}}
	})
}

// orders are the requests of one type that were given, oldest first.
func orders[Q any](g *ground, op string) []Q {
	g.mu.Lock()
	defer g.mu.Unlock()
	var qs []Q
	for _, q := range g.asked[op] {
		qs = append(qs, q.(Q))
	}
	return qs
}

// visit opens a page at an address and waits until it has its answers.
func (g *ground) visit(t *testing.T, address string) (*Env, app.TestEngine, app.Composer) {
	t.Helper()
	e := NewEnv(g, i18n.FR, "test", func() time.Time { return time.Date(2026, time.November, 19, 8, 42, 0, 0, time.UTC) })
	e.User = bridge.Welcome{User: portfolio.ID{1}, Name: "Maëlle Guivarch", Role: portfolio.RoleRep}
	e.stage = ready
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	e.At(u)
	page := find(e, e.Path())
	if page == nil {
		t.Fatalf("no page at %s", address)
	}
	engine := app.NewTestEngine()
	if err := engine.Load(page); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	return e, engine, page
}

var tags = regexp.MustCompile(`(?s)<svg.*?</svg>|<[^>]*>`)

// text is what a reader sees of a page, without its drawings.
func text(page app.UI) string {
	s := html.UnescapeString(tags.ReplaceAllString(app.HTMLString(page), " "))
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(s)), " ")
}

// reads fails the test unless the page shows every one of the words.
func reads(t *testing.T, page app.UI, words ...string) {
	t.Helper()
	seen := text(page)
	for _, w := range words {
		if !strings.Contains(seen, w) {
			t.Errorf("the page does not say %q; it says:\n%s", w, seen)
		}
	}
}

// words lends the catalogue to the engine as the worker does.
type words struct{ lang i18n.Lang }

func (w words) T(key string, args ...any) string { return i18n.T(w.lang, key, args...) }
func (w words) Percent(share float64) string     { return i18n.Percent(w.lang, share) }
func (w words) Money(c money.Cents) string       { return i18n.Money(w.lang, int64(c), "EUR") }
func (w words) MoneyShort(c money.Cents) string  { return i18n.MoneyShort(w.lang, int64(c), "EUR") }
func (w words) Day(d calendar.Day) string        { return i18n.Day(w.lang, d) }
func (w words) DayLong(d calendar.Day) string    { return i18n.DayLong(w.lang, d) }
func (w words) Number(x float64, n int) string   { return i18n.Decimal(w.lang, x, n) }
func (w words) Month(d calendar.Day, short bool) string {
	_, m, _ := d.Civil()
	return i18n.MonthName(w.lang, m, short)
}
