package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
)

// clientCriteria are the filters above the list. A key typed in the search
// leaves them as they are: they are drawn again when one of the exported fields
// has changed.
type clientCriteria struct {
	app.Compo

	State    listState // without what is searched
	Narrowed bool      // the search counts
	Counts   map[string]int
	Of       int
	Open     bool

	page *clientsPage
}

func (p *clientsPage) criteria() app.UI {
	l, s := p.rows.list, p.state
	s.Text = ""
	return &clientCriteria{State: s, Narrowed: p.state.narrowed(), Counts: l.Counts, Of: l.Of, Open: p.more, page: p}
}

// Render shows the saved filters, then the lists of criteria.
func (c *clientCriteria) Render() app.UI {
	return part.Div("cl-crit", c.page.saved(), c.page.filters())
}

// saved are the filters with their counts.
func (p *clientsPage) saved() app.UI {
	e := p.E
	chips := make([]app.UI, len(savedFilters))
	for i, f := range savedFilters {
		n := p.rows.list.Counts[f]
		if f == "" && n == 0 {
			n = p.rows.list.Of
		}
		count := e.Count(n)
		if f == "archived" { // not among the clients counted
			count = ""
		}
		chips[i] = part.Chip("saved/"+f, e.T("clients.f."+f), count, p.state.Filter == f, func(app.Context) {
			s := p.state
			s.Filter = f
			p.set(s)
		})
	}
	return app.Div().Class("cl-chips").Attr("role", "group").Aria("label", e.T("clients.saved")).Body(chips...)
}

func (p *clientsPage) filters() app.UI {
	e := p.E
	class := "cl-bar more-f"
	if p.more {
		class += " open"
	}
	all := part.Option{Label: e.T("clients.phase")}
	phases := []part.Option{all}
	for _, l := range []string{"D", "C", "M", "V", "P", "X", "0"} {
		phases = append(phases, part.Option{Key: l, Label: p.counted(i18n.Phase(e.Lang, l), "phase:"+l)})
	}
	levels := []part.Option{{Label: e.T("clients.p")}}
	for _, l := range []string{"4", "3", "2", "1"} {
		levels = append(levels, part.Option{Key: l, Label: p.counted("P"+l, "p:"+l)})
	}
	levels = append(levels, part.Option{Key: "0", Label: p.counted(e.T("clients.p.0"), "p:0")})
	categories := []part.Option{{Label: e.T("clients.category")}}
	for c := portfolio.Strategic; c <= portfolio.Economy; c++ {
		key := string('0' + byte(c))
		categories = append(categories, part.Option{Key: key, Label: p.counted(i18n.Category(e.Lang, c), "category:"+key)})
	}
	order := []part.Option{}
	for _, s := range []string{"", "name", "weight", "sales", "penetration", "urgency", "last"} {
		order = append(order, part.Option{Key: s, Label: e.T("clients.sort") + " · " + e.T(sortLabel(s))})
	}
	pick := func(put func(*listState, string)) func(app.Context, string) {
		return func(_ app.Context, v string) {
			s := p.state
			put(&s, v)
			p.set(s)
		}
	}
	weights := []part.Option{{Label: e.T("clients.all")}, {Key: "A", Label: "A"}, {Key: "B", Label: "B"}, {Key: "C", Label: "C"}}
	return part.Div(class,
		part.Seg("f-weight", e.T("clients.weight"), p.state.Weight, weights, pick(func(s *listState, v string) { s.Weight = v })),
		e.choice("f-phase", e.T("clients.phase"), "", p.state.Phase, phases, pick(func(s *listState, v string) { s.Phase = v })),
		e.choice("f-p", e.T("clients.p"), "", p.state.P, levels, pick(func(s *listState, v string) { s.P = v })),
		e.choice("f-cat", e.T("clients.category"), "", p.state.Category, categories, pick(func(s *listState, v string) { s.Category = v })),
		e.choice("f-sort", e.T("clients.sort"), "cl-fbtn", p.state.Sort, order, pick(func(s *listState, v string) { s.Sort, s.Asc = v, sorts[v] })),
		app.If(p.state.R != "", func() app.UI {
			return part.Press("drop-r", "chip soft", func() { p.drop("r") }, part.Words(e.T("clients.r", p.state.R)), part.IconS("close")).Aria("pressed", true)
		}),
		app.If(p.state.Scope != 0, func() app.UI {
			return part.Press("drop-scope", "chip soft", func() { p.drop("scope") }, part.Words(e.T("clients.scope", p.rows.list.Head.Name)), part.IconS("close")).Aria("pressed", true)
		}),
		app.If(p.state.narrowed(), func() app.UI {
			return part.Button("drop-all", "ghost sm", "", e.T("clients.reset"), func(app.Context) { p.drop("") })
		}),
	)
}

func (p *clientsPage) counted(label, key string) string {
	if n, ok := p.rows.list.Counts[key]; ok {
		return label + " · " + p.E.Count(n)
	}
	return label
}

// drop takes a criterion off; "" takes all.
func (p *clientsPage) drop(criterion string) {
	p.set(p.state.without(criterion))
	p.fill()
}

// choice is a browser's own list as a chip; its first option means all.
func (e *Env) choice(id, label, class, value string, options []part.Option, pick func(app.Context, string)) app.UI {
	ui := make([]app.UI, len(options))
	for i, o := range options {
		ui[i] = part.Choice(o.Key, o.Label, o.Key == value)
	}
	if value != "" {
		class += " on"
	}
	return app.Select().ID(id).Class(strings.TrimSpace(class)).Aria("label", label).Body(ui...).
		OnChange(func(ctx app.Context, _ app.Event) { pick(ctx, part.Chosen(ctx)) }, app.EventScope(id))
}

func sortLabel(column string) string {
	switch column {
	case "":
		return "clients.col.score"
	case "penetration":
		return "clients.col.pen"
	case "urgency":
		return "clients.sort.due"
	case "last":
		return "clients.sort.last"
	}
	return "clients.col." + column
}
