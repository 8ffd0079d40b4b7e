package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/ui/part"
	"sillon/engine/query"
)

// tagLine is the tags of a client after what he is: each opens its list.
func (p *clientPage) tagLine(v *query.Client) []app.UI {
	e := p.E
	var line []app.UI
	for _, t := range v.Row.Tags {
		line = append(line, part.Link("tag", tagged(t), part.Words(t)))
	}
	if v.Readonly {
		return line
	}
	return append(line, part.Press("tags", "lnk fc-tag", func() { p.tagging = true }, part.IconS("plus"), part.Words(e.T("clients.tag"))).
		Aria("label", e.T("clients.tag")+" · "+e.T("clients.tag-edit", v.Row.Name)))
}

// tagged is the address of the list of a tag.
func tagged(word string) string { return clientsPath + listState{Tag: word}.query() }

// tagWords are the first tags of a row, and how many more there are.
func tagWords(tags []string, most int) (shown []string, more int) {
	if len(tags) <= most {
		return tags, 0
	}
	return tags[:most], len(tags) - most
}

// tagOptions are the tags of the ground with how many bear them.
func (p *clientsPage) tagOptions() []part.Option {
	out := []part.Option{{Label: p.E.T("clients.tag")}}
	known := p.state.Tag == ""
	for _, t := range p.rows.list.Tags {
		out = append(out, part.Option{Key: t.Word, Label: t.Word + " · " + p.E.Count(t.Count)})
		known = known || t.Word == p.state.Tag
	}
	if !known {
		out = append(out, part.Option{Key: p.state.Tag, Label: p.state.Tag})
	}
	return out
}
