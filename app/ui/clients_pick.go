package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// picks are the clients selected, of whatever filter; the list keeps them when
// it is left and come back to.
type picks struct {
	sales  map[portfolio.ID]money.Cents // of those selected
	sum    money.Cents
	mode   bool // a tap on a row selects it, on a phone
	anchor int  // row from which a range is taken
}

func (k *picks) has(id portfolio.ID) bool { _, ok := k.sales[id]; return ok }

func (k *picks) put(id portfolio.ID, sales money.Cents, on bool) {
	if k.has(id) == on {
		return
	}
	if !on {
		k.sum -= k.sales[id]
		delete(k.sales, id)
		return
	}
	if k.sales == nil {
		k.sales = map[portfolio.ID]money.Cents{}
	}
	k.sales[id] = sales
	k.sum += sales
}

func (k *picks) clear() { *k = picks{} }

func (k *picks) ids() []portfolio.ID {
	out := make([]portfolio.ID, 0, len(k.sales))
	for id := range k.sales {
		out = append(out, id)
	}
	return out
}

// toggle selects a row, or takes it off; far takes all rows from the last one
// touched to it.
func (p *clientsPage) toggle(i int, far bool) {
	r, ok := p.rows.at(i)
	if !ok {
		return
	}
	on := !p.picks.has(r.ID)
	if far {
		p.extend(i)
		return
	}
	p.picks.put(r.ID, r.Sales, on)
	p.picks.mode = len(p.picks.sales) > 0
	p.picks.anchor, p.current = i, i
	p.repaint()
}

// extend selects all rows from the anchor to row i.
func (p *clientsPage) extend(i int) {
	from, to := min(p.picks.anchor, i), max(p.picks.anchor, i)
	p.current = i
	for k := from; k <= to; k++ {
		if _, ok := p.rows.at(k); !ok {
			p.found(from, to-from+1)
			return
		}
	}
	for k := from; k <= to; k++ {
		r, _ := p.rows.at(k)
		p.picks.put(r.ID, r.Sales, true)
	}
	p.picks.mode = true
	p.repaint()
}

// repaint draws the rows again; the one that has the focus keeps it.
func (p *clientsPage) repaint() {
	p.rows.version++
	part.KeepFocus(p.ctx)
}

// pickAll selects all that the list finds, or nobody when all are.
func (p *clientsPage) pickAll() {
	if p.allPicked() {
		p.picks.clear()
		p.repaint()
		return
	}
	p.found(0, 0)
}

// found selects the clients of some rows, or of all, that are not here.
func (p *clientsPage) found(from, n int) {
	q := p.state.ask(string(p.E.Lang), 0, from, n)
	Ask(p.ctx, p.E, bridge.OpFound, bridge.FoundAsk{List: q, Who: true}, func(_ app.Context, a bridge.Founds, err error) {
		if err != nil {
			p.E.Snack(p.E.Fault(err), nil)
			return
		}
		for i, id := range a.Found.IDs {
			p.picks.put(id, a.Found.Sales[i], true)
		}
		p.picks.mode = len(p.picks.sales) > 0
		p.repaint()
	})
}

// allPicked reports whether as many are selected as the list finds, and all the
// rows here are among them.
func (p *clientsPage) allPicked() bool {
	if p.rows.found == 0 || len(p.picks.sales) < p.rows.found {
		return false
	}
	for _, rows := range p.rows.rows {
		for i := range rows {
			if !p.picks.has(rows[i].ID) {
				return false
			}
		}
	}
	return true
}

func (p *clientsPage) pickable() bool {
	return p.rows.list != nil && p.state.View == "" && p.rows.found > 0
}

const (
	holding = 500 * time.Millisecond // a press this long selects
	lifting = time.Second            // the click that may follow it comes within
	tickID  = "tick-"
)

// listenPicks follows presses on the rows: they are plain HTML, and neither a
// scroll nor a passing finger may cost a render.
func (p *clientsPage) listenPicks(ctx app.Context) {
	if !app.IsClient {
		return
	}
	doc := app.Window().Get("document")
	listen := func(event string, passive bool, f func(e app.Value)) {
		fn := app.FuncOf(func(_ app.Value, args []app.Value) any {
			f(args[0])
			return nil
		})
		opt := map[string]any{"capture": true, "passive": passive}
		doc.Call("addEventListener", event, fn, opt)
		p.undo = append(p.undo, func() {
			doc.Call("removeEventListener", event, fn, opt)
			fn.Release()
		})
	}
	var held *time.Timer
	var swallow bool // the click that ends a long press
	drop := func(app.Value) {
		if held != nil {
			held.Stop()
			held = nil
		}
	}
	stop := func(e app.Value) {
		e.Call("preventDefault")
		e.Call("stopPropagation")
	}
	do := func(f func()) { ctx.Dispatch(func(app.Context) { f() }) }
	listen("touchstart", true, func(e app.Value) {
		drop(e)
		swallow = false
		i := rowOf(e.Get("target"))
		if i < 0 || e.Get("touches").Length() != 1 {
			return
		}
		held = time.AfterFunc(holding, func() {
			held, swallow = nil, true
			time.AfterFunc(lifting, func() { swallow = false }) // most browsers send none: the row has been drawn anew
			do(func() { p.toggle(i, false) })
		})
	})
	listen("touchmove", true, drop)
	listen("touchend", true, drop)
	listen("touchcancel", true, drop)
	listen("contextmenu", false, func(e app.Value) {
		if held != nil || swallow {
			stop(e) // a long press has its own meaning here
		}
	})
	listen("click", false, func(e app.Value) {
		if swallow {
			swallow = false
			stop(e)
			return
		}
		i := rowOf(e.Get("target"))
		if i < 0 {
			return
		}
		far, more := e.Get("shiftKey").Bool(), e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool()
		if !far && !more && !e.Get("target").Call("closest", ".tick").Truthy() && !p.phonePicking() {
			if k := whyIn(e); k >= 0 {
				stop(e)
				do(func() { p.whyRow(i, k) })
			}
			return
		}
		stop(e)
		do(func() { p.toggle(i, far && !more) })
	})
	listen("keydown", false, func(e app.Value) { p.pickKey(e, stop, do) })
}

// rowOf is the row of the list that an element stands in; −1: none.
func rowOf(el app.Value) int {
	if !el.Truthy() || !el.Get("closest").Truthy() {
		return -1
	}
	row := el.Call("closest", "#rows [role=row]")
	if !row.Truthy() {
		return -1
	}
	n, err := strconv.Atoi(row.Call("getAttribute", "aria-rowindex").String())
	if err != nil {
		return -1
	}
	return n - 2
}

// phonePicking reports whether a tap on a row selects: on a phone, where rows
// have no box of their own, once something is.
func (p *clientsPage) phonePicking() bool {
	if !p.picks.mode {
		return false
	}
	w, _ := app.Window().Size()
	return w < 600
}

// pickKey is the keyboard of the selection: x or Space a row, Shift and arrows
// the next ones too, Ctrl+A all, Escape none.
func (p *clientsPage) pickKey(e app.Value, stop func(app.Value), do func(func())) {
	doc := app.Window().Get("document")
	target := e.Get("target")
	if !p.pickable() || e.Get("altKey").Bool() || e.Get("isComposing").Bool() || doc.Call("querySelector", "[role=dialog]").Truthy() {
		return
	}
	if target.Get("matches").Truthy() && target.Call("matches", "input,textarea,select,[contenteditable]").Bool() {
		return
	}
	key, ctrl, shift := e.Get("key").String(), e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool(), e.Get("shiftKey").Bool()
	at := rowOf(target)
	if at < 0 {
		at = p.current
	}
	switch {
	case ctrl && (key == "a" || key == "A") && !shift:
		stop(e)
		do(func() {
			if !p.allPicked() {
				p.pickAll()
			}
		})
	case ctrl:
	case shift && (key == "ArrowDown" || key == "ArrowUp"):
		stop(e)
		do(func() {
			if len(p.picks.sales) == 0 {
				p.picks.anchor = max(at, 0)
			}
			to := at + 1
			if key == "ArrowUp" {
				to = at - 1
			}
			to = min(max(to, 0), p.rows.found-1)
			p.extend(to)
			p.focusRow(to)
		})
	case key == "w" && at >= 0:
		stop(e)
		do(func() { p.whyRow(at, 0) })
	case key == "x" && at >= 0, key == " " && at >= 0 && rowOf(target) >= 0 && !target.Call("matches", "button").Bool():
		stop(e)
		do(func() { p.toggle(at, false) })
	case key == "Escape" && len(p.picks.sales) > 0:
		do(func() {
			p.picks.clear()
			p.repaint()
		})
	}
}

func (p *clientsPage) focusRow(i int) {
	p.ctx.Defer(func(app.Context) { part.Focus(rowID(i)) })
}

// tick is the box of a row.
func (e *Env) tick(i int, name string, on bool) string {
	class, state := "cb", "false"
	if on {
		class, state = "cb on", "true"
	}
	return `<button type="button" class="tick" id="` + tickID + strconv.Itoa(i) + `" role="checkbox" aria-checked="` + state + `" aria-label="` + name +
		`"><span class="` + class + `"></span></button>`
}

// tickAll is the box of the header: all that the list finds.
func (p *clientsPage) tickAll() app.UI {
	state, class := "false", "cb"
	switch {
	case p.allPicked():
		state, class = "true", "cb on"
	case len(p.picks.sales) > 0:
		state, class = "mixed", "cb on"
	}
	return part.Press("tick-all", "tick", p.pickAll, part.Box(class)).Attr("role", "checkbox").Aria("checked", state).
		Aria("label", p.E.T("bulk.all", p.rows.found))
}

// actBar is what may be done to those selected.
func (p *clientsPage) actBar() app.UI {
	e, k := p.E, &p.picks
	n := len(k.sales)
	if n == 0 {
		return part.Nothing()
	}
	said := e.T("bulk.picked", n)
	all := part.Nothing()
	if p.pickable() && !p.allPicked() {
		all = part.Button("bulk-all", "ghost", "", e.T("bulk.all", p.rows.found), func(app.Context) { p.pickAll() })
	}
	acts := []app.UI{part.Button("bulk-file", "sec", "", e.T("bulk.export"), p.exportPicked)}
	if !p.readonly() {
		acts = append(acts,
			part.Button("bulk-ask", "sec", "", e.T("bulk.ask"), func(app.Context) { p.sheet = sheetAsk }),
			part.Button("bulk-tag", "pri", "", e.T("bulk.tag"), func(app.Context) { p.sheet = sheetTags }))
	}
	return app.Div().Class("actbar cl-act").Attr("role", "group").Aria("label", said).Body(
		part.Press("bulk-none", "btn icon ghost", func() { k.clear(); p.repaint() }, part.Icon("close")).Aria("label", e.T("bulk.none")),
		app.P().Attr("role", "status").Body(part.B(said), part.Span("t2 sm", e.T("bulk.sales", e.MoneyShort(k.sum)))),
		all, part.Space(), part.Div("cl-acts", acts...))
}

func (p *clientsPage) readonly() bool { h := p.head(); return h != nil && h.Readonly }

// exportPicked gives those selected as a file.
func (p *clientsPage) exportPicked(app.Context) {
	e, n := p.E, len(p.picks.sales)
	Ask(p.ctx, e, bridge.OpExport, bridge.Export{What: "clients", Lang: string(e.Lang), IDs: p.picks.ids()}, func(_ app.Context, f bridge.File, err error) {
		if err != nil {
			e.Snack(e.Fault(err), nil)
			return
		}
		part.Download(f.Name, f.Type, f.Data)
		e.Snack(e.T("bulk.exported", n), nil)
	})
}
