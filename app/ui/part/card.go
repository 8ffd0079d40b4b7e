package part

import (
	"math"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// Card is a section with a title; extra stands at the right of it and may be
// nil.
func Card(title string, extra app.UI, body ...app.UI) app.UI {
	if extra == nil {
		extra = Nothing()
	}
	head := Div("card-h", H2("", title), Space(), extra)
	return Section("card", title, append([]app.UI{head}, body...)...)
}

// Chart draws a chart of the worker: its topic, the finding as title, the
// picture, the advice; « Voir en tableau » turns it into its table.
type Chart struct {
	app.Compo

	Lang     i18n.Lang
	Currency string
	Topic    string      // eyebrow, worded
	Data     query.Chart // as the worker computed it
	Bare     bool        // no card around it
	Level    int         // of its heading; 0: 2

	table bool
}

// Render arranges the frame.
func (c *Chart) Render() app.UI {
	body := []app.UI{
		Line("eyebrow", c.Topic),
		c.heading(),
		app.If(c.Data.Mark.Status == explain.Weak, func() app.UI { return Weak(c.Lang, c.Data.Mark) }),
		c.drawing(),
		app.If(c.Data.Advice != "", func() app.UI { return Hint("", app.Text(c.Data.Advice)) }),
		app.If(c.Data.Tabled(), func() app.UI {
			key := "part.asTable"
			if c.table {
				key = "part.asChart"
			}
			return Div("chart-f no-print",
				app.Button().Type("button").Class("lnk").Aria("pressed", c.table).Text(i18n.T(c.Lang, key)).OnClick(c.toggle))
		}),
	}
	if c.Bare {
		return Div("chart", body...)
	}
	return Section("card chart", c.Topic, body...)
}

func (c *Chart) heading() app.UI {
	if c.Data.Finding == "" {
		return Nothing()
	}
	if c.Level == 3 {
		return H3("q", c.Data.Finding)
	}
	return H2("q", c.Data.Finding)
}

func (c *Chart) drawing() app.UI {
	switch {
	case c.table:
		return Table(c.Topic, c.Data.Table(Writing(c.Lang, c.Currency)))
	case c.Data.Mark.Status == explain.NA || c.Data.Pic == nil:
		return P("verdict chart-na", i18n.Reason(c.Lang, c.Data.Mark.Reason))
	}
	return Div("chart-d", app.Raw(c.Data.Draw(Writing(c.Lang, c.Currency))))
}

func (c *Chart) toggle(app.Context, app.Event) { c.table = !c.table }

// Writing writes the values of pictures for the reader.
func Writing(lang i18n.Lang, currency string) chart.Write {
	return func(u chart.Unit, x float64) string {
		switch u {
		case chart.Percent:
			return i18n.Percent(lang, x)
		case chart.Money:
			return i18n.MoneyShort(lang, int64(math.Round(x)), currency)
		}
		return i18n.Number(lang, x)
	}
}

// Weak is the line that says a figure rests on little data.
func Weak(lang i18n.Lang, m explain.Mark) app.UI {
	why := i18n.Reason(lang, m.Reason)
	if why != "" {
		why = " · " + why
	}
	return app.P().Class("weakline").Body(B(i18n.Solidity(lang, explain.Weak)), app.Text(why))
}

// Table is the twin of a chart: the same data as a real table. The first
// column names the row; the others are numbers.
func Table(caption string, t query.Table) app.UI {
	head := make([]app.UI, len(t.Head))
	for i, h := range t.Head {
		th := app.Th().Scope("col").Text(h)
		if i > 0 {
			th = th.Class("num")
		}
		head[i] = th
	}
	rows := make([]app.UI, len(t.Rows))
	for i, r := range t.Rows {
		cells := make([]app.UI, len(r))
		for j, text := range r {
			if j == 0 {
				cells[j] = app.Th().Scope("row").Text(text)
			} else {
				cells[j] = app.Td().Class("num").Text(text)
			}
		}
		rows[i] = app.Tr().Body(cells...)
	}
	return app.Div().Class("tblw").TabIndex(0).Aria("label", caption).Attr("role", "group").Body(app.Table().Class("twin").Body(
		app.Caption().Class("sr").Text(caption),
		app.THead().Body(app.Tr().Body(head...)),
		app.TBody().Body(rows...),
	))
}
