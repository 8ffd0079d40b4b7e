package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// importPage brings a file in: file, columns and checks, import. Nothing is
// written before the last step, and for thirty days it can be undone.
type importPage struct {
	app.Compo

	E *Env

	step    int // 1 file, 2 columns, 3 import
	reading bool
	over    bool // a file is held above the page
	fault   string
	sheet   *bridge.ImportSheet
	columns []bridge.ImportColumn
	allCols bool
	scope   uint32
	asOf    int32 // reading date fixed with this file; 0: none
	accept  map[string]string
	all     bool // every proposal is taken
	editing string
	from    int // first issue shown

	report   *bridge.ImportReport
	tick     int // of the latest check asked
	checking bool
	progress bridge.Progress
	stop     context.CancelFunc
	running  bool
	done     *bridge.ImportDone
	undone   bool
	undoing  bool

	past Live[bridge.None, bridge.ImportList]
	form bool
	ctx  app.Context // of the page: buttons go with their step, and answers to them would be lost
}

var _ = screen(importPath, func(e *Env, _ string) app.Composer { return &importPage{E: e} })

// OnMount lists the imports that can be undone.
func (p *importPage) OnMount(ctx app.Context) {
	p.ctx = ctx
	if p.step == 0 {
		p.step = 1
	}
	p.past.Start(ctx, p.E, bridge.OpImports, func() bridge.None { return bridge.None{} })
}

// OnPreRender is OnMount in native tests.
func (p *importPage) OnPreRender(ctx app.Context) { p.OnMount(ctx) }

// OnDismount lets go of the form. An import that runs goes on: its end is said
// wherever the user is.
func (p *importPage) OnDismount() {
	p.hold(false)
	if p.stop != nil && !p.running {
		p.stop()
	}
}

func (p *importPage) hold(open bool) {
	if p.form != open {
		p.form = open
		part.FormOpen(open)
	}
}

// Render arranges the step at hand.
func (p *importPage) Render() app.UI {
	e := p.E
	if e.User.Demo {
		return Screen(e, Bar{Title: e.T("import.title"), Back: "/clients"}, e.demoFile())
	}
	bar := Bar{Title: e.T("import.title"), Actions: []app.UI{p.steps()}, Grid: "imp imp" + strconv.Itoa(max(1, p.step))}
	if p.sheet != nil && p.step > 1 {
		bar.Sub = e.T("import.sub", p.sheet.Name, p.sheet.Lines, len(p.sheet.Columns))
	}
	switch p.step {
	case 2:
		return Screen(e, bar, p.columnsCard(), app.Div().Class("col g16").Body(p.side()...), p.bottom())
	case 3:
		return Screen(e, bar, p.last())
	}
	bar.Back = "/clients"
	return Screen(e, bar, p.drop(), p.accepted(), p.pastCard())
}

func (p *importPage) steps() app.UI {
	e := p.E
	items := make([]app.UI, 3)
	for i := range items {
		li := app.Li()
		word := app.Span().Class("w").Text(e.T("import.step." + strconv.Itoa(i+1)))
		switch {
		case i+1 < p.step || p.done != nil:
			li = li.Class("done").Body(part.IconS("check"), word)
		case i+1 == max(1, p.step):
			li = li.Class("cur").Aria("current", "step").Body(app.B().Text(strconv.Itoa(i+1)), word)
		default:
			li = li.Body(app.B().Text(strconv.Itoa(i+1)), word)
		}
		items[i] = li
	}
	return app.Ol().Class("ims").Aria("label", e.T("import.steps")).Body(items...)
}

const importFile = "import-file"

// drop takes the file: dropped, or chosen.
func (p *importPage) drop() app.UI {
	e := p.E
	class := "card drop"
	if p.over {
		class += " over"
	}
	var word app.UI = app.Text("")
	if p.fault != "" {
		word = part.Fault(p.fault, "", nil)
	}
	label := e.T("import.choose")
	if p.reading {
		label = e.T("import.reading")
	}
	return app.Section().Class(class).Aria("label", e.T("import.step.1")).
		On("dragover", func(_ app.Context, ev app.Event) { ev.PreventDefault(); p.over = true }).
		On("dragleave", func(app.Context, app.Event) { p.over = false }).
		On("drop", func(ctx app.Context, ev app.Event) {
			ev.PreventDefault()
			p.over = false
			p.take(ctx, ev.Get("dataTransfer").Get("files"))
		}).
		Body(
			part.IconL("down-to"),
			app.H2().Text(e.T("import.drop")),
			app.P().Class("t2").Text(e.T("import.drop-sub")),
			app.Label().Class("btn pri lg").For(importFile).Body(part.Icon("file"), app.Text(label)),
			app.Input().ID(importFile).Class("sr").Type("file").Accept(".csv,.txt,.tsv,text/csv,text/plain").Disabled(p.reading).
				Aria("label", e.T("import.choose")).
				OnChange(func(ctx app.Context, _ app.Event) {
					p.take(ctx, ctx.JSSrc().Get("files"))
				}),
			app.Div().Attr("role", "status").Body(word),
		)
}

// take reads the first of the files given by the browser.
func (p *importPage) take(_ app.Context, files app.Value) {
	if p.reading || files == nil || !files.Truthy() || files.Get("length").Int() == 0 {
		return
	}
	f := files.Index(0)
	name, size := f.Get("name").String(), f.Get("size").Int()
	part.SetValue(importFile, "") // the same file can be chosen again once corrected
	if !p.fits(name, size) {
		return
	}
	p.reading, p.fault = true, ""
	f.Call("arrayBuffer").Then(func(buffer app.Value) {
		bytes := app.Window().Get("Uint8Array").New(buffer)
		data := make([]byte, bytes.Get("length").Int())
		app.CopyBytesToGo(data, bytes)
		p.ctx.Dispatch(func(ctx app.Context) { p.open(ctx, bridge.ImportOpen{Name: name, Data: data, Lang: string(p.E.Lang)}) })
	})
}

// fits refuses what is too large before a byte of it is read.
func (p *importPage) fits(name string, size int) bool {
	if size <= bridge.ImportMaxBytes {
		return true
	}
	e := p.E
	p.fault = e.T("import.too-large", name, i18n.Bytes(e.Lang, float64(size)), i18n.Bytes(e.Lang, bridge.ImportMaxBytes))
	return false
}

// open hands the file to the worker; without data, the last file again under
// other options.
func (p *importPage) open(_ app.Context, q bridge.ImportOpen) {
	p.reading, p.fault = true, ""
	Ask(p.ctx, p.E, bridge.OpImportOpen, q, func(ctx app.Context, s bridge.ImportSheet, err error) {
		p.reading = false
		if err != nil {
			p.fault = p.trouble(err)
			if p.step == 2 {
				p.E.Snack(p.fault, nil)
			}
			return
		}
		p.show(ctx, s)
	})
}

// show goes to the columns of a sheet.
func (p *importPage) show(ctx app.Context, s bridge.ImportSheet) {
	p.sheet, p.columns = &s, slices.Clone(s.Columns)
	p.step, p.report, p.done, p.undone, p.editing, p.from, p.all, p.asOf = 2, nil, nil, false, "", 0, false, 0
	p.accept = map[string]string{}
	if len(s.Scopes) > 0 && p.scope == 0 {
		p.scope = s.Scopes[0].Scope
	}
	p.hold(true)
	p.check(ctx, 0)
	ctx.Defer(func(app.Context) {
		for i, c := range p.columns { // go-app leaves the choice of an old list in place
			part.Choose(selectID(i), c.Field)
			part.Choose(selectID(i)+"-format", formatShown(p.field(c.Field), c.Format))
		}
		part.Focus("title")
	})
}

// ask is the mapping as it stands.
func (p *importPage) ask() bridge.ImportCheck {
	return bridge.ImportCheck{Columns: slices.Clone(p.columns), Scope: p.scope, AsOf: p.asOf, Accept: maps.Clone(p.accept), AllOK: p.all, Lang: string(p.E.Lang)}
}

// check tries the mapping once the user has paused: a check under way is given
// up for the newer one.
func (p *importPage) check(_ app.Context, after time.Duration) {
	ctx := p.ctx
	p.tick++
	tick := p.tick
	if p.stop != nil {
		p.stop()
	}
	p.checking = true
	if after <= 0 {
		p.run(ctx, tick)
		return
	}
	ctx.After(after, func(ctx app.Context) {
		if tick == p.tick && p.step == 2 {
			p.run(ctx, tick)
		}
	})
}

func (p *importPage) run(ctx app.Context, tick int) {
	q := p.ask()
	c, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	ctx.Async(func() {
		r, err := bridge.CallProgress(c, p.E.Caller, bridge.OpImportCheck, q, nil)
		cancel()
		ctx.Dispatch(func(app.Context) {
			if tick != p.tick {
				return
			}
			p.checking = false
			if err != nil {
				p.fault = p.trouble(err)
				p.E.Snack(p.fault, nil)
				return
			}
			p.fault, p.report = "", &r
			if p.from >= len(p.held()) {
				p.from = 0
			}
		})
	})
}

// keep remembers the mapping for files of this shape.
func (p *importPage) keep(app.Context, app.Event) {
	q := p.ask()
	q.Remember = true
	Save(p.ctx, p.E, bridge.OpImportCheck, q, func(app.Context, bridge.ImportReport) { p.E.Snack(p.E.T("import.remembered"), nil) })
}

// bring imports.
func (p *importPage) bring(ctx app.Context, _ app.Event) {
	if p.running || !p.ready() {
		return
	}
	if p.stop != nil {
		p.stop()
	}
	p.tick++ // a check under way is of no use any more
	p.checking = false
	q := p.ask()
	c, cancel := context.WithCancel(context.Background())
	p.step, p.running, p.stop, p.progress = 3, true, cancel, bridge.Progress{Stage: "check"}
	over := p.E.over(ctx)
	ctx.Defer(func(app.Context) { part.Focus("title") })
	ctx.Async(func() {
		done, err := bridge.CallProgress(c, p.E.Caller, bridge.OpImportRun, q, func(g bridge.Progress) {
			over.Dispatch(func(ctx app.Context) {
				p.progress = g
				ctx.Update()
			})
		})
		cancel()
		over.Dispatch(func(app.Context) { p.ended(done, err) })
	})
}

// ended says how the import ended, on this page or on another one.
func (p *importPage) ended(done bridge.ImportDone, err error) {
	e := p.E
	p.running = false
	switch {
	case err == nil:
		p.done = &done
		p.hold(false)
		e.Snack(e.T("import.finished", done.Report.New+done.Report.Changed), nil)
	case errors.Is(err, context.Canceled) || IsFault(err, bridge.FaultCancelled):
		p.step = 2
		e.Snack(e.T("import.stopped"), nil)
	default:
		p.step = 2
		e.Snack(p.trouble(err), nil)
	}
}

// takeBack undoes an import.
func (p *importPage) takeBack(_ app.Context, id portfolio.ID) {
	ctx := p.ctx
	if p.undoing {
		return
	}
	p.undoing = true
	ctx.Async(func() {
		_, err := bridge.Call(context.Background(), p.E.Caller, bridge.OpImportUndo, bridge.Undo{ID: id})
		p.E.over(ctx).Dispatch(func(app.Context) {
			p.undoing = false
			if err != nil {
				p.E.Snack(p.trouble(err), nil)
				return
			}
			if p.done != nil && p.done.ID == id {
				p.undone = true
			}
			p.E.Snack(p.E.T("import.undone"), nil)
		})
		ctx.Dispatch(func(ctx app.Context) { p.past.Again(ctx) })
	})
}

func (p *importPage) download(app.Context, app.Event) {
	Save(p.ctx, p.E, bridge.OpImportBad, bridge.ImportBad{Lang: string(p.E.Lang)}, func(_ app.Context, f bridge.File) { part.Download(f.Name, f.Type, f.Data) })
}

// restart goes back to the choice of a file.
func (p *importPage) restart(app.Context, app.Event) {
	ctx := p.ctx
	if p.stop != nil {
		p.stop()
	}
	p.hold(false)
	p.tick++
	p.step, p.sheet, p.report, p.done, p.fault, p.checking = 1, nil, nil, nil, "", false
	p.past.Again(ctx)
	ctx.Defer(func(app.Context) { part.Focus("title") })
}

// held are the issues that keep a line out, noted those that only explain.
func (p *importPage) held() []bridge.ImportIssue  { return p.issues(true) }
func (p *importPage) noted() []bridge.ImportIssue { return p.issues(false) }

func (p *importPage) issues(held bool) []bridge.ImportIssue {
	var out []bridge.ImportIssue
	if p.report == nil {
		return nil
	}
	for _, i := range p.report.Issues {
		if i.Holds() == held {
			out = append(out, i)
		}
	}
	return out
}

// ready reports whether the import can be ordered.
func (p *importPage) ready() bool {
	return p.report != nil && p.report.Blocking == "" && !p.checking && p.report.Ready > 0
}

// why says what keeps the import from being ordered, empty when nothing does.
func (p *importPage) why() string {
	e := p.E
	switch {
	case p.report == nil || p.checking:
		return e.T("import.checking")
	case p.report.Blocking != "":
		return p.report.Blocking
	}
	return ""
}

// trouble says what is wrong with a file, and what to do.
func (p *importPage) trouble(err error) string {
	var f *bridge.Fault
	if !errors.As(err, &f) || f.Code != bridge.FaultImport || len(f.Args) == 0 || !i18n.Has("fault.import-"+f.Args[0]) {
		return p.E.Fault(err)
	}
	args := make([]any, len(f.Args)-1)
	for i, a := range f.Args[1:] {
		args[i] = a
		if n, err := strconv.Atoi(a); err == nil {
			args[i] = n
		}
	}
	return p.E.T("fault.import-"+f.Args[0], args...)
}

// readAt is the date that periods are read at.
func (p *importPage) readAt() int32 {
	if p.sheet.AsOf != 0 {
		return p.sheet.AsOf
	}
	return int32(i18n.Today(p.E.Now()))
}

// day writes a day number.
func (p *importPage) day(n int32) string { return i18n.Date(p.E.Lang, calendar.Day(n)) }
