package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
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
	Family   string // of the group
	Found    int    // in it
	Tags     []query.TagCount
	Views    []view
	Own      []int // how many each finds
	Others   bool  // the criteria less used are shown

	page *clientsPage
}

func (p *clientsPage) criteria() app.UI {
	if p.fold > 0 && p.crit.page != nil { // in the next frame
		c := p.crit
		return &c
	}
	l, s := p.rows.list, p.state
	s.Text = ""
	found := 0
	if s.Who != "" {
		found = l.Found
	}
	p.crit = clientCriteria{Tags: l.Tags, Views: p.views, Own: p.counts, Others: p.others, Found: found, State: s, Narrowed: p.state.narrowed(), Counts: l.Counts, Of: l.Of, Open: p.more, Family: l.Family, page: p}
	c := p.crit
	return &c
}

// OnMount brings the chip that is lit into view.
func (c *clientCriteria) OnMount(ctx app.Context) { c.OnUpdate(ctx) }

// OnUpdate is OnMount for other criteria.
func (c *clientCriteria) OnUpdate(ctx app.Context) {
	ctx.Defer(func(app.Context) { part.IntoView(".cl-chips", "[aria-pressed=true]") })
}

// Render shows the saved filters, then the lists of criteria.
func (c *clientCriteria) Render() app.UI {
	return part.Div("cl-crit", c.page.saved(), c.page.filters())
}

// saved are the filters with their counts.
func (p *clientsPage) saved() app.UI {
	e := p.E
	counts := p.rows.list.Counts
	chips := make([]app.UI, 0, len(savedFilters)+len(deepFilters)+1)
	now := p.viewNow()
	choose := func(f, label, count string) {
		on := p.state.Filter == f && now < 0 && (f != "" || p.state.Who == "")
		chips = append(chips, part.Chip("saved/"+f, label, count, on, func(app.Context) {
			s := p.state
			if f == "" && (on || now >= 0) {
				s = listState{Sort: s.Sort, Asc: s.Asc, View: s.View}
			}
			if s.Filter = f; f == "" {
				s.Who = ""
			}
			p.set(s)
			p.fill()
		}))
	}
	if key := p.state.Who; key != "" {
		name := e.groupName(key, p.rows.list.Family)
		chips = append(chips, part.Press("drop-who/"+key, "chip cl-group", func() { p.drop("who") }, part.Words(e.T("clients.group", name)+" "), part.B(e.Count(p.rows.list.Found)), part.IconS("close")).
			Aria("pressed", true).Title(e.T("clients.group.drop", name)))
	}
	for _, f := range savedFilters {
		if f == "archived" {
			for _, deep := range deepFilters { // once they are counted
				if n, ok := counts[deep]; ok || p.state.Filter == deep {
					choose(deep, i18n.Chip(e.Lang, deep), e.Count(n))
				}
			}
		}
		n := counts[f]
		if f == "" && n == 0 {
			n = p.rows.list.Of
		}
		count := e.Count(n)
		if _, ok := counts[f]; !ok && f != "" { // put away ones are not counted, nor a phase that nothing tells
			count = ""
		}
		choose(f, e.T("clients.f."+f), count)
		if f != "" {
			continue
		}
		for i, v := range p.views { // those of the rep come next
			count := ""
			if i < len(p.counts) && p.counts[i] >= 0 {
				count = e.Count(p.counts[i])
			}
			chips = append(chips, part.Chip("view/"+v.Name+v.Query, v.Name, count, i == now, func(app.Context) {
				s := parseQuery(v.Query)
				if i == now {
					s = listState{}
				}
				p.set(s)
				p.fill()
				part.SetValue(searchID, s.Text)
			}))
		}
	}
	return part.Div("cl-saved",
		app.Div().Class("cl-chips").Attr("role", "group").Aria("label", e.T("clients.saved")).Body(chips...),
		part.Press("view-new", "chip cl-new", func() { p.sheet, p.viewFail, p.renaming = sheetViews, "", 0 }, part.IconS("plus")).Aria("label", e.T("views.new")).Title(e.T("views.new")))
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
	realised := []part.Option{{Label: e.T("clients.col.r")}}
	for _, l := range []string{"4", "3", "2", "1", "0"} {
		realised = append(realised, part.Option{Key: l, Label: p.counted("R"+l, "r:"+l)})
	}
	types, risks := []part.Option{{Label: e.T("clients.type")}}, []part.Option{{Label: e.T("clients.risk")}}
	for _, t := range engagements {
		types = append(types, part.Option{Key: t, Label: p.counted(i18n.Chip(e.Lang, "type:"+t), "type:"+t)})
	}
	for _, r := range []string{"3", "2", "1", "0"} {
		risks = append(risks, part.Option{Key: r, Label: p.counted(i18n.Chip(e.Lang, "risk:"+r), "risk:"+r)})
	}
	_, deep := p.rows.list.Counts["risk:0"]
	order := []part.Option{}
	for _, s := range []string{"", "name", "weight", "phase", "pr", "sales", "penetration", "risk", "urgency", "last"} {
		order = append(order, part.Option{Key: s, Label: e.T("clients.sort") + " · " + e.T(sortLabel(s))})
	}
	pick := func(put func(*listState, string)) func(app.Context, string) {
		return func(_ app.Context, v string) {
			s := p.state
			put(&s, v)
			p.set(s)
		}
	}
	weights := []part.Option{{Label: e.T("clients.all")}}
	for _, l := range []string{"A", "B", "C"} {
		weights = append(weights, part.Option{Key: l, Label: p.counted(l, "weight:"+l)})
	}
	tags := p.tagOptions()
	others := p.others || p.state.R != "" || p.state.Category != "" || p.state.Tag != ""
	more := "cl-bar cl-more"
	if !others {
		more += " shut"
	}
	if p.more {
		more += " open"
	}
	return part.Div("cl-bars",
		part.Div(class,
			part.Seg("f-weight", e.T("clients.weight"), p.state.Weight, weights, pick(func(s *listState, v string) { s.Weight = v })),
			e.choice("f-phase", e.T("clients.phase"), "", p.state.Phase, phases, pick(func(s *listState, v string) { s.Phase = v })),
			e.choice("f-p", e.T("clients.p"), "", p.state.P, levels, pick(func(s *listState, v string) { s.P = v })),
			app.If(deep || p.state.Type != "", func() app.UI {
				return e.choice("f-type", e.T("clients.type"), "", p.state.Type, types, pick(func(s *listState, v string) { s.Type = v }))
			}),
			app.If(deep || p.state.Risk != "", func() app.UI {
				return e.choice("f-risk", e.T("clients.risk"), "", p.state.Risk, risks, pick(func(s *listState, v string) { s.Risk = v }))
			}),
			part.Press("f-others", "chip cl-others", func() { p.others = !others }, part.IconS("filter"), part.Words(e.T("clients.others"))).Aria("expanded", others),
			part.Space(), p.viewSeg()),
		part.Div(more,
			e.choice("f-r", e.T("clients.col.r"), "", p.state.R, realised, pick(func(s *listState, v string) { s.R = v })),
			e.choice("f-cat", e.T("clients.category"), "", p.state.Category, categories, pick(func(s *listState, v string) { s.Category = v })),
			app.If(len(tags) > 1, func() app.UI {
				return e.choice("f-tag", e.T("clients.tag"), "", p.state.Tag, tags, pick(func(s *listState, v string) { s.Tag = v }))
			}),
			e.choice("f-sort", e.T("clients.sort"), "cl-fbtn", p.state.Sort, order, pick(func(s *listState, v string) { s.Sort, s.Asc = v, sorts[v] })),
			app.If(p.state.Scope != 0, func() app.UI {
				return part.Press("drop-scope", "chip soft", func() { p.drop("scope") }, part.Words(e.T("clients.scope", p.rows.list.Head.Name)), part.IconS("close")).Aria("pressed", true)
			}),
		))
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
