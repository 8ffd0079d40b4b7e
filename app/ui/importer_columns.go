package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
)

const (
	columnsShown = 60 // more are behind a button: a file of 300 columns is a mistake
	previewCols  = 30
	previewRows  = 20
)

func selectID(i int) string { return "imp-" + strconv.Itoa(i) }

// columnsCard is what each column becomes and how well it is understood.
func (p *importPage) columnsCard() app.UI {
	e := p.E
	shown := len(p.columns)
	if !p.allCols {
		shown = min(shown, columnsShown)
	}
	rows := make([]app.UI, 0, shown)
	for i := range p.columns[:shown] {
		rows = append(rows, p.columnRow(i))
	}
	return app.Section().Class("card p0 imp-cols").Aria("label", e.T("import.step.2")).Body(
		app.If(p.sheet.NoHeader, func() app.UI {
			return app.Div().Class("imp-note").Body(part.Hint("in", app.Text(e.T("import.no-header"))))
		}),
		app.If(p.sheet.Known, func() app.UI {
			return app.Div().Class("imp-note").Body(part.Hint("in", app.Text(e.T("import.known"))))
		}),
		app.Table().Body(
			app.THead().Body(app.Tr().Body(
				app.Th().Scope("col").Text(e.T("import.in-file")),
				app.Th().Aria("hidden", "true"),
				app.Th().Scope("col").Text(e.T("import.in-sillon")),
				app.Th().Scope("col").Text(e.T("import.control")),
			)),
			app.TBody().Body(rows...),
		),
		app.If(shown < len(p.columns), func() app.UI {
			return app.Button().Type("button").Class("btn ghost").Text(e.T("import.more-columns", len(p.columns)-shown)).OnClick(func(app.Context, app.Event) { p.allCols = true })
		}),
		p.preview(),
		p.readingOptions(),
		app.Button().Type("button").Class("btn ghost imp-keep").Text(e.T("import.remember")).OnClick(p.keep), // on a phone the bar is short
	)
}

// columnName is the header of a column, or its place.
func (p *importPage) columnName(i int) string {
	if n := p.columns[i].Name; n != "" {
		return n
	}
	return p.E.T("import.column", i+1)
}

func (p *importPage) columnRow(i int) app.UI {
	e, c := p.E, p.columns[i]
	f := p.field(c.Field)
	class := ""
	if c.Field == "" {
		class = "off"
	}
	return app.Tr().Class(class).Body(
		app.Th().Scope("row").Class("who").Body(app.B().Class("tn").Text(p.columnName(i)), app.Span().Text(c.Sample)),
		app.Td().Class("t3 imp-to").Body(part.IconS("arrow")),
		app.Td().Body(
			app.Div().Class("field quiet").Body(p.targetSelect(i), part.IconS("down")),
			app.If(f.Period || f.Numeric || f.Dated, func() app.UI { return p.formatSelects(i, f) }),
		),
		app.Td().Class("imp-ok").Body(p.control(i, f), app.If(p.keeps(f), func() app.UI {
			return part.Toggle("keep/"+strconv.Itoa(i), e.T("import.keep"), "soft", c.Policy == "keep", func(ctx app.Context) {
				if p.columns[i].Policy == "keep" {
					p.columns[i].Policy = "overwrite"
				} else {
					p.columns[i].Policy = "keep"
				}
				p.check(ctx, pause)
			})
		})),
	)
}

// keeps reports whether clients already here may keep their value: said only
// when the file meets some.
func (p *importPage) keeps(f bridge.ImportField) bool {
	return p.report != nil && p.report.Changed+p.report.Same > 0 && (f.Group == 1 || f.Group == 2 || f.Group == 3) && f.Key != "code"
}

func (p *importPage) field(key string) bridge.ImportField {
	for _, f := range bridge.ImportFields {
		if f.Key == key && key != "" {
			return f
		}
	}
	return bridge.ImportField{}
}

func (p *importPage) targetSelect(i int) app.UI {
	e, c := p.E, p.columns[i]
	options := []app.UI{part.Choice("", e.T("import.skip"), c.Field == "")}
	for g := 1; g <= 4; g++ {
		var in []app.UI
		for _, f := range bridge.ImportFields {
			if f.Group == g {
				in = append(in, part.Choice(f.Key, e.T("import.field."+f.Key), f.Key == c.Field))
			}
		}
		options = append(options, app.OptGroup().Label(e.T("import.group."+strconv.Itoa(g))).Body(in...))
	}
	return app.Select().ID(selectID(i)).Aria("label", e.T("import.target", p.columnName(i))).Body(options...).
		OnChange(func(ctx app.Context, _ app.Event) { p.target(ctx, i, part.Chosen(ctx)) }, app.EventScope("target", i))
}

// pause is how long the user may go on choosing before the file is checked
// again; tests do without.
var pause = 600 * time.Millisecond

// target gives a column another field. A field that only one column may feed
// leaves the one it had.
func (p *importPage) target(ctx app.Context, i int, key string) {
	f, c := p.field(key), &p.columns[i]
	if key != "" && !f.Many {
		for j := range p.columns {
			if j != i && p.columns[j].Field == key {
				p.columns[j].Field = ""
				part.Choose(selectID(j), "")
			}
		}
	}
	old := p.field(c.Field)
	c.Field, c.Sure = key, true
	switch {
	case f.Period && !old.Period:
		_, decimal := splitFormat(old, c.Format)
		c.Format = joinFormat("n", decimal)
	case old.Period && f.Numeric:
		_, c.Format = splitFormat(old, c.Format)
	case f.Numeric != old.Numeric || f.Dated != old.Dated:
		if c.Format = ""; f.Dated {
			c.Format = "dmy"
		}
	}
	p.check(ctx, pause)
}

// splitFormat cuts a format into the period of a total and the decimal sign.
func splitFormat(f bridge.ImportField, format string) (period, decimal string) {
	if !f.Period {
		return "", format
	}
	period, decimal, _ = strings.Cut(format, " ")
	return period, decimal
}

func joinFormat(period, decimal string) string { return strings.TrimSuffix(period+" "+decimal, " ") }

// formatShown is the choice that the format list of a column shows.
func formatShown(f bridge.ImportField, format string) string {
	if f.Numeric || f.Period {
		_, d := splitFormat(f, format)
		return d
	}
	return format
}

// formatSelects choose period, decimal sign, order of dates. The decimal sign
// is asked only where the values do not tell.
func (p *importPage) formatSelects(i int, f bridge.ImportField) app.UI {
	e, c := p.E, p.columns[i]
	var lists []app.UI
	period, decimal := splitFormat(f, c.Format)
	if f.Period {
		lists = append(lists, p.list(selectID(i)+"-period", e.T("import.period", p.columnName(i)), period, p.periods(period), func(ctx app.Context, v string) {
			_, d := splitFormat(f, p.columns[i].Format)
			p.columns[i].Format = joinFormat(v, d)
			p.check(ctx, pause)
		}, app.EventScope("period", i, c.Field)))
	}
	switch {
	case f.Dated:
		lists = append(lists, p.list(selectID(i)+"-format", e.T("import.format", p.columnName(i)), c.Format, p.options("import.format.", "dmy", "ymd", "mdy", "excel", "excel4"), func(ctx app.Context, v string) {
			p.columns[i].Format = v
			p.check(ctx, pause)
		}, app.EventScope("format", i, c.Field)))
	case !c.Sure || p.undecided(i):
		lists = append(lists, p.list(selectID(i)+"-format", e.T("import.format", p.columnName(i)), decimal, []part.Option{
			{Key: "", Label: e.T("import.format.none")}, {Key: ",", Label: e.T("import.format.comma")}, {Key: ".", Label: e.T("import.format.point")},
		}, func(ctx app.Context, v string) {
			period, _ := splitFormat(f, p.columns[i].Format)
			if p.columns[i].Format = v; f.Period {
				p.columns[i].Format = joinFormat(period, v)
			}
			p.check(ctx, pause)
		}, app.EventScope("format", i, c.Field)))
	}
	if len(lists) == 0 {
		return app.Text("")
	}
	return app.Div().Class("imp-fmt").Body(lists...)
}

// undecided reports whether a column holds numbers that its neighbours do not
// explain.
func (p *importPage) undecided(i int) bool {
	if p.report == nil {
		return false
	}
	for _, x := range p.report.Issues {
		if x.Code == "ambiguous" && x.Column == p.columnName(i) {
			return true
		}
	}
	return false
}

func (p *importPage) options(prefix string, keys ...string) []part.Option {
	out := make([]part.Option, len(keys))
	for i, k := range keys {
		out[i] = part.Option{Key: k, Label: p.E.T(prefix + k)}
	}
	return out
}

// periods are those of a total: rolling years, civil years, and the one its
// header named.
func (p *importPage) periods(current string) []part.Option {
	e := p.E
	out := p.options("import.period.", "n", "n-1", "n-2", "n-3")
	year, _, _ := calendar.Day(p.readAt()).Civil()
	seen := false
	for y := year; y > year-6; y-- {
		k := strconv.Itoa(y)
		out = append(out, part.Option{Key: k, Label: e.T("import.period.year", k)})
	}
	for _, o := range out {
		seen = seen || o.Key == current
	}
	if !seen {
		out = append(out, part.Option{Key: current, Label: p.periodName(current)})
	}
	return out
}

func (p *importPage) periodName(period string) string {
	e := p.E
	y, rest, _ := strings.Cut(period, "-")
	switch {
	case strings.HasPrefix(rest, "q"):
		return e.T("import.period.quarter", rest[1:], y)
	case rest != "":
		year, err1 := strconv.Atoi(y)
		month, err2 := strconv.Atoi(rest)
		if err1 == nil && err2 == nil {
			return monthOf(e, year, month)
		}
	case len(y) == 4:
		return e.T("import.period.year", y)
	}
	return period
}

func (p *importPage) list(id, label, value string, options []part.Option, pick func(app.Context, string), scope app.EventOption) app.UI {
	choices := make([]app.UI, len(options))
	for i, o := range options {
		choices[i] = part.Choice(o.Key, o.Label, o.Key == value)
	}
	return app.Div().Class("field quiet sm").Body(
		app.Select().ID(id).Aria("label", label).Body(choices...).
			OnChange(func(ctx app.Context, _ app.Event) { pick(ctx, part.Chosen(ctx)) }, scope),
		part.IconS("down"))
}

// control says how many values of a column are understood.
func (p *importPage) control(i int, f bridge.ImportField) app.UI {
	e, c := p.E, p.columns[i]
	if c.Field == "" {
		return app.Text("")
	}
	if p.report != nil && i < len(p.report.Columns) {
		c.Filled, c.Read = p.report.Columns[i].Filled, p.report.Columns[i].Read
	}
	if p.report == nil {
		return app.Span().Class("tag").Text("…")
	}
	if c.Filled == 0 {
		return app.Span().Class("tag").Text(e.T("import.empty"))
	}
	text := e.T("import.read", c.Read, c.Filled)
	if c.Read < c.Filled || !c.Sure {
		if !c.Sure && c.Read == c.Filled {
			text += " · " + e.T("import.unsure")
		}
		return app.Span().Class("tag bl").Body(part.IconS("info"), app.Text(text))
	}
	return app.Span().Class("tag okt").Body(part.IconS("check"), app.Text(text))
}

// preview is the file as it is read, its first lines.
func (p *importPage) preview() app.UI {
	e, s := p.E, p.sheet
	cols := min(len(p.columns), previewCols)
	head := make([]app.UI, cols)
	for i := range head {
		head[i] = app.Th().Scope("col").Text(p.columnName(i))
	}
	n := min(len(s.Preview), previewRows)
	rows := make([]app.UI, n)
	for i, r := range s.Preview[:n] {
		cells := make([]app.UI, cols)
		for j := range cells {
			v := ""
			if j < len(r) {
				v = r[j]
			}
			cells[j] = app.Td().Text(v)
		}
		rows[i] = app.Tr().Body(cells...)
	}
	return app.Details().Class("imp-pre").Body(
		app.Summary().Text(e.T("import.preview", n)),
		app.Div().Class("imp-scroll").TabIndex(0).Attr("role", "region").Aria("label", e.T("import.preview", n)).Body(
			app.Table().Body(app.THead().Body(app.Tr().Body(head...)), app.TBody().Body(rows...)),
		),
	)
}

// readingOptions change what was guessed of the file itself.
func (p *importPage) readingOptions() app.UI {
	e, s := p.E, p.sheet
	header := "yes"
	if s.NoHeader {
		header = "no"
	}
	again := func(ctx app.Context, encoding, separator, header string) {
		p.open(ctx, bridge.ImportOpen{Name: s.Name, Encoding: encoding, Separator: separator, NoHeader: header == "no", HasHeader: header == "yes", Lang: string(e.Lang)})
	}
	return app.Details().Class("imp-pre").Body(
		app.Summary().Text(e.T("import.reading.title")),
		app.Div().Class("imp-opt").Body(
			part.Select(part.F{ID: "imp-enc", Label: e.T("import.encoding"), Value: s.Encoding, Quiet: true}, []part.Option{
				{Key: "utf-8", Label: "UTF-8"}, {Key: "windows-1252", Label: e.T("import.enc.windows")}, {Key: "utf-16le", Label: "UTF-16"}, {Key: "utf-16be", Label: "UTF-16 BE"},
			}, func(ctx app.Context, v string) { again(ctx, v, s.Separator, header) }),
			part.Select(part.F{ID: "imp-sep", Label: e.T("import.separator"), Value: s.Separator, Quiet: true}, []part.Option{
				{Key: ";", Label: e.T("import.sep.semi")}, {Key: ",", Label: e.T("import.sep.comma")}, {Key: "\t", Label: e.T("import.sep.tab")}, {Key: "|", Label: e.T("import.sep.bar")},
			}, func(ctx app.Context, v string) { again(ctx, s.Encoding, v, header) }),
			part.Select(part.F{ID: "imp-head", Label: e.T("import.header"), Value: header, Quiet: true}, p.options("import.header.", "yes", "no"),
				func(ctx app.Context, v string) { again(ctx, s.Encoding, s.Separator, v) }),
		),
	)
}
