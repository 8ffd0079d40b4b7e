package ui

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A noting is the form open over the sheet of a client.
type noting struct {
	spec *formSpec
	rec  portfolio.ID // zero: a new record
	seed []portfolio.FieldText
	more bool
}

// id tells the forms of a page apart.
func (f *noting) id() string { return f.spec.key + f.rec.String() }

// fill opens a form for a new record; seed is what is known of it already.
func (p *clientPage) fill(key string, seed ...portfolio.FieldText) {
	spec := formNamed(key)
	if spec == nil || !p.writable() {
		return
	}
	if p.facts.env == nil {
		p.askFacts()
	}
	p.noting = &noting{spec: spec, seed: seed}
	if spec.kind == portfolio.KindAccount {
		p.noting.rec = p.id
	}
	if key == "consent" { // that of somebody: of whoever has not been asked
		p.noting = nil
		for _, r := range p.records(portfolio.KindPerson) {
			if p.noting == nil || r.Text(11) == "" {
				p.noting = &noting{spec: spec, rec: r.ID}
			}
			if r.Text(11) == "" {
				break
			}
		}
		if p.noting == nil { // nobody yet
			p.noting = &noting{spec: formNamed("person"), more: true}
		}
	}
}

// amend opens the form of a record.
func (p *clientPage) amend(id portfolio.ID) {
	if r := p.record(id); r != nil && p.writable() {
		p.noting = &noting{spec: formOf(r), rec: id}
	}
}

// records are those of one kind; record is one of them, nil until it is known.
func (p *clientPage) records(k portfolio.Kind) (out []*bridge.Record) {
	if p.facts.Value == nil {
		return nil
	}
	for i := range p.facts.Value.All {
		if r := &p.facts.Value.All[i]; r.Kind == k {
			out = append(out, r)
		}
	}
	return out
}

func (p *clientPage) record(id portfolio.ID) *bridge.Record {
	if p.facts.Value != nil {
		for i := range p.facts.Value.All {
			if r := &p.facts.Value.All[i]; r.ID == id {
				return r
			}
		}
	}
	return nil
}

// askFacts asks for the records that forms change.
func (p *clientPage) askFacts() {
	p.facts.Start(p.ctx, p.E, bridge.OpRecords, func() bridge.RecordsAsk {
		return bridge.RecordsAsk{Account: p.id, Lang: string(p.E.Lang)}
	})
}

// noted are the facts to collect that a form takes, and its key.
var noted = map[string]string{
	"potential": "potential", "potential-family": "potential-family", "person": "person", "consent": "consent",
	"competitor": "competitor", "life": "life", "terms": "terms", "interest": "interest", "payment": "payment", "signal": "signal", "former": "former", "tool": "tool", "promise": "promise", "need": "need", "project": "project", "service": "service", "contract": "contract",
}

// collect goes where a fact can be noted: its form, or its place on the sheet;
// false when the fact is noted elsewhere.
func (p *clientPage) collect(ctx app.Context, fact string) bool {
	switch form := noted[fact]; {
	case form != "":
		p.fill(form)
	case fact == "visit":
		p.log = true
	case fact == "effort":
		ctx.ScrollTo("fc-efforts")
	case slices.Contains([]string{"typology", "address", "phone", "email", "identity", "first-order", "file"}, fact):
		ctx.ScrollTo("fc-fields")
	default:
		return false
	}
	return true
}

// arrive opens what the address asks for: "?noter=competitor".
func (p *clientPage) arrive(ctx app.Context) {
	fact := p.E.Param("noter")
	if fact == "" || p.view.Value == nil || noted[fact] == "consent" && p.facts.Value == nil {
		return
	}
	p.E.Replace(p.E.Path())
	if p.writable() {
		p.collect(ctx, fact)
	}
}

// formSheet is the open form.
type formSheet struct {
	app.Compo

	P     *clientPage
	F     *noting
	Facts *bridge.Records // so that it is drawn again when they come

	rec   portfolio.ID
	texts map[uint16]string // as they stand; nil until the record is known
	was   map[uint16]string // as they were shown first
	bad   map[uint16]string
	fault string
	more  bool
	busy  bool
}

// Render shows the form over the page.
func (s *formSheet) Render() app.UI {
	e := s.P.E
	return &part.Sheet{ID: "form-sheet", Eyebrow: s.P.name(), Title: e.T("form." + s.F.spec.key), Close: e.T("part.close"), Form: true, Body: s.body, OnClose: s.close}
}

// start fills the form in with what is known.
func (s *formSheet) start() bool {
	if s.texts != nil {
		return true
	}
	if s.rec.IsZero() {
		s.rec = s.F.rec
	}
	s.was = map[uint16]string{}
	s.more = s.F.more
	if s.rec.IsZero() {
		s.texts = map[uint16]string{}
		for _, t := range append(slices.Clone(s.F.spec.preset), s.F.seed...) {
			if s.texts[t.Field] = t.Text; t.Text == today {
				s.texts[t.Field] = s.today().String()
			}
		}
	} else {
		r := s.P.record(s.rec)
		if r == nil {
			return false
		}
		for _, t := range r.Texts {
			s.was[t.Field] = t.Text
		}
		s.texts = maps.Clone(s.was)
	}
	if d := s.P.drafts[s.F.id()]; d != nil {
		s.texts = maps.Clone(d)
	}
	return true
}

func (s *formSheet) body() []app.UI {
	e := s.P.E
	if !s.start() {
		return []app.UI{part.Skeleton(e.T("part.loading"), 2)}
	}
	spec := s.F.spec
	body := []app.UI{part.P("verdict", e.T("form."+spec.key+".text"))}
	if l := s.lost(); len(l.Lost) > 0 {
		body = append(body, s.P.lost(l, false))
	}
	if s.F.spec.key == "consent" {
		body = append(body, s.whom())
	}
	for _, n := range spec.first {
		body = append(body, s.field(n))
	}
	if len(spec.more) > 0 {
		body = append(body, part.Open("ff-more", "btn sm ghost ff-more", "", e.T(map[bool]string{false: "form.more", true: "form.less"}[s.more], len(spec.more)), s.more, func() { s.more = !s.more }))
	}
	if s.more {
		for _, n := range spec.more {
			body = append(body, s.field(n))
		}
	}
	foot := []app.UI{part.Submit("btn pri lg", e.T("form.save"), s.busy)}
	if !s.rec.IsZero() && spec.key != "consent" && spec.kind != portfolio.KindAccount && spec.kind != portfolio.KindContact {
		foot = append(foot, part.Space(), part.Button("ff-remove"+s.rec.String(), "ghost ff-del", "trash", e.T("form.remove"), s.remove))
	}
	return []app.UI{app.Form().Class("lg ff").Attr("novalidate", true).OnSubmit(func(_ app.Context, ev app.Event) { ev.PreventDefault(); s.save() }).Body(
		append(body, app.P().Class("err").Attr("role", "alert").Hidden(s.fault == "").Text(s.fault), part.Div("row ff-foot", foot...))...)}
}

// whom chooses the person a consent is of.
func (s *formSheet) whom() app.UI {
	e := s.P.E
	all := s.P.records(portfolio.KindPerson)
	if len(all) < 2 {
		return part.P("b", s.texts[2])
	}
	chips := make([]app.UI, len(all))
	for i, r := range all {
		id := r.ID
		chips[i] = part.Toggle("ff-who"+id.String(), r.Text(2), "soft", id == s.rec, func(app.Context) { s.rec, s.texts, s.bad, s.fault = id, nil, nil, "" })
	}
	return s.group("ff-who", e.T("form.who"), "", chips...)
}

// lost are the values of this record that a later one has replaced.
func (s *formSheet) lost() (v query.Value) {
	r := s.P.record(s.rec)
	if r == nil || s.P.view.Value == nil {
		return v
	}
	e := s.P.E
	for _, l := range s.P.view.Value.Lost {
		if slices.Contains(r.Lost, l.Conflict) {
			l = e.lostSaid(l)
			l.Lost = e.T("act.detail", e.T(l.Field), l.Lost)
			v.Lost = append(v.Lost, l)
		}
	}
	return v
}

// today is the day the figures are read on: what is noted of a file read at
// another day belongs to that one.
func (s *formSheet) today() calendar.Day {
	if s.Facts != nil && s.Facts.Day != 0 {
		return calendar.Day(s.Facts.Day)
	}
	return s.P.E.today()
}

func (s *formSheet) fieldID(n uint16) string {
	return "ff-" + strconv.Itoa(int(s.F.spec.kind)) + "-" + strconv.Itoa(int(n))
}

// set keeps what a field says now.
func (s *formSheet) set(n uint16, text string) {
	s.texts[n] = text
	delete(s.bad, n)
	s.fault = ""
}

// group is a label over things to tap.
func (s *formSheet) group(id, label, bad string, chips ...app.UI) app.UI {
	return app.Div().Class("ff-g").Attr("role", "group").Aria("labelledby", id+"-l").Body(
		app.Span().ID(id+"-l").Class("lab").Text(label), part.Div("chips", chips...),
		app.P().Class("err").Attr("role", "alert").Hidden(bad == "").Text(bad))
}

// field is one field: chips where a few words answer, else what the browser has.
func (s *formSheet) field(n uint16) app.UI {
	e, k := s.P.E, s.F.spec.kind
	f, _ := portfolio.FormFieldOf(k, n)
	id, text := s.fieldID(n), s.texts[n]
	d := part.F{ID: id, Label: e.T(fieldKey(k, n)), Error: s.bad[n], Value: text, Auto: "off", Required: f.Need}
	if help := fieldKey(k, n) + ".help"; i18n.Has(help) {
		d.Help = e.T(help)
	}
	input := func(_ app.Context, t string) { s.set(n, t) }
	scope := id + s.rec.String()
	switch f.Type {
	case portfolio.ChoiceField:
		return s.choice(n, f, d)
	case portfolio.CodesField:
		chips := make([]app.UI, len(f.Codes))
		for i, code := range f.Codes {
			chips[i] = part.Toggle(scope+code, e.T("role."+code), "soft", listed(text, code), func(app.Context) { s.set(n, switched(s.texts[n], code)) })
		}
		return s.group(id, d.Label, d.Error, chips...)
	case portfolio.FamilyField, portfolio.FamiliesField:
		return s.families(n, f, d)
	case portfolio.NumbersField:
		chips := make([]app.UI, 0, f.High)
		for x := f.Low; x <= f.High; x++ {
			code := strconv.Itoa(x)
			chips = append(chips, part.Toggle(scope+code, e.formChoice(k, n, x), "soft", listed(text, code), func(app.Context) { s.set(n, switched(s.texts[n], code)) }))
		}
		return s.group(id, d.Label, d.Error, chips...)
	case portfolio.PersonsField:
		var chips []app.UI
		for _, r := range s.P.records(portfolio.KindPerson) {
			code := r.ID.String()
			chips = append(chips, part.Toggle(scope+code, r.Text(2), "soft", listed(text, code), func(app.Context) { s.set(n, switched(s.texts[n], code)) }))
		}
		if len(chips) == 0 {
			chips = append(chips, part.P("sm t3", e.T("form.nobody")))
		}
		return s.group(id, d.Label, d.Error, chips...)
	case portfolio.ClockField:
		d.Type = "time"
	case portfolio.NumberField:
		d.Mode = "numeric"
	case portfolio.FlagField:
		chips := []app.UI{part.Toggle(scope, d.Label, "soft", text != "", func(app.Context) {
			if s.texts[n] != "" {
				s.set(n, "")
			} else {
				s.set(n, "1")
			}
		})}
		if d.Help != "" {
			chips = append(chips, part.P("xs t3", d.Help))
		}
		return s.group(id, e.T("form.flag"), d.Error, chips...)
	case portfolio.DateField:
		return s.date(n, d)
	case portfolio.NoteField:
		return part.Area(d, 3, input)
	case portfolio.MoneyField, portfolio.RateField, portfolio.RealField:
		d.Mode = "decimal"
	case portfolio.TelField, portfolio.EmailField:
		d.Type = string(f.Type)
		d.Max = f.High
	default:
		d.Max = f.High
	}
	return part.Field(d, input)
}

// choice is chips, or the browser's list where there are many.
func (s *formSheet) choice(n uint16, f portfolio.FormField, d part.F) app.UI {
	e, k := s.P.E, s.F.spec.kind
	var numbers []int
	high := f.High
	if k == portfolio.KindProject && n == 5 && s.F.spec.high > 0 {
		high = s.F.spec.high
	}
	for i := f.Low; i <= high; i++ {
		numbers = append(numbers, i)
	}
	if k == portfolio.KindPerson && n == 14 {
		numbers = numbers[:0]
		for _, c := range channels {
			numbers = append(numbers, int(c))
		}
	}
	now := s.texts[n]
	if now == "" && f.Low <= 0 {
		now = "0"
	}
	if k == portfolio.KindEstimate || len(numbers) == 7 && k == portfolio.KindProject || len(numbers) > 8 {
		options := make([]part.Option, len(numbers), len(numbers)+1)
		for i, x := range numbers {
			options[i] = part.Option{Key: strconv.Itoa(x), Label: e.formChoice(k, n, x)}
		}
		if len(numbers) > 8 && (!f.Need || now == "") {
			options = append([]part.Option{{Label: e.T("form.choose")}}, options...)
		}
		d.Value = now
		return part.Select(d, options, func(_ app.Context, t string) { s.set(n, t) })
	}
	chips := make([]app.UI, len(numbers))
	for i, x := range numbers {
		key := strconv.Itoa(x)
		chips[i] = part.Toggle(d.ID+s.rec.String()+"/"+key, e.formChoice(k, n, x), "soft", now == key, func(app.Context) {
			if s.texts[n] == key && !f.Need && f.Low > 0 { // tapped again: nobody knows
				key := ""
				s.set(n, key)
				return
			}
			s.set(n, key)
		})
	}
	return s.group(d.ID, d.Label, d.Error, chips...)
}

// date is the browser's own, the usual days one tap away.
func (s *formSheet) date(n uint16, d part.F) app.UI {
	e := s.P.E
	d.Type = "date"
	field := part.Field(d, func(_ app.Context, t string) { s.set(n, t) })
	in := s.F.spec.shortcuts(n)
	if len(in) == 0 {
		return field
	}
	chips := make([]app.UI, len(in))
	for i, days := range in {
		day := (s.today() + calendar.Day(days)).String()
		label := e.T("log.in", days)
		if days == 0 {
			label = e.T("log.today")
		}
		chips[i] = part.Toggle(d.ID+s.rec.String()+day, label, "soft", s.texts[n] == day, func(app.Context) {
			to := day
			if s.texts[n] == day {
				to = ""
			}
			s.set(n, to)
			part.SetValue(d.ID, to)
		})
	}
	return part.Div("ff-d", field, part.Div("chips", chips...))
}

// families are those of the organisation: one, or several.
func (s *formSheet) families(n uint16, f portfolio.FormField, d part.F) app.UI {
	e := s.P.E
	var all []bridge.Family
	if s.Facts != nil {
		all = s.Facts.Families
	}
	if f.Type == portfolio.FamilyField {
		options := []part.Option{{Key: "", Label: e.T("form.all-families")}}
		if s.F.spec.key == "potential-family" {
			options[0].Label = e.T("form.choose-family")
		}
		known := d.Value == ""
		for _, x := range all {
			options = append(options, part.Option{Key: x.Code, Label: x.Name})
			known = known || x.Code == d.Value
		}
		if !known {
			options = append(options, part.Option{Key: d.Value, Label: d.Value})
		}
		return part.Select(d, options, func(_ app.Context, t string) { s.set(n, t) })
	}
	if len(all) == 0 {
		return part.Field(d, func(_ app.Context, t string) { s.set(n, t) })
	}
	chips := make([]app.UI, len(all))
	for i, x := range all {
		chips[i] = part.Toggle(d.ID+s.rec.String()+x.Code, x.Name, "soft", listed(d.Value, x.Code), func(app.Context) { s.set(n, switched(s.texts[n], x.Code)) })
	}
	return s.group(d.ID, d.Label, d.Error, chips...)
}

// listed reports whether a list of codes holds one; switched adds it, or takes
// it away.
func listed(list, code string) bool { return slices.Contains(strings.Split(list, ","), code) }

func switched(list, code string) string {
	if list == "" {
		return code
	}
	all := strings.Split(list, ",")
	if i := slices.Index(all, code); i >= 0 {
		all = slices.Delete(all, i, i+1)
	} else {
		all = append(all, code)
	}
	return strings.Join(all, ",")
}

// touched are the fields that differ from what was shown.
func (s *formSheet) touched() (out []portfolio.FieldText) {
	for _, f := range portfolio.FormFields(s.F.spec.kind) {
		if t := strings.TrimSpace(s.texts[f.Field]); t != s.was[f.Field] {
			out = append(out, portfolio.FieldText{Field: f.Field, Text: t})
		}
	}
	return out
}

// close keeps what was typed for the next time the form is opened.
func (s *formSheet) close(ctx app.Context) {
	p := s.P
	if s.texts != nil && len(s.touched()) > 0 {
		if p.drafts == nil {
			p.drafts = map[string]map[uint16]string{}
		}
		p.drafts[s.F.id()] = s.texts
	}
	p.ctx.Dispatch(func(app.Context) { p.noting = nil })
}

// save notes the record; what is wrong is said under its field.
func (s *formSheet) save() {
	p, e := s.P, s.P.E
	if s.busy {
		return
	}
	spec := s.F.spec
	if spec.key == "potential-family" && s.texts[2] == "" {
		s.refuse(2, "empty")
		return
	}
	s.busy, s.bad, s.fault = true, nil, ""
	q := bridge.Form{Account: p.id, Rec: s.rec, Kind: spec.kind, Texts: s.touched()}
	name, what := p.name(), e.formName(spec)
	Ask(p.ctx, e, bridge.OpForm, q, func(_ app.Context, a bridge.Saved, err error) {
		s.busy = false
		if err != nil {
			s.failed(err)
			return
		}
		delete(p.drafts, s.F.id())
		p.noting = nil
		if a.ID == q.Rec { // nothing to write
			return
		}
		e.Snack(e.T("form.saved", name, what), p.undoing(a.ID, name, what))
	})
}

// remove deletes the record.
func (s *formSheet) remove(app.Context) {
	p, e := s.P, s.P.E
	name, what := p.name(), e.formName(s.F.spec)
	Ask(p.ctx, e, bridge.OpRemove, bridge.Remove{Account: p.id, Rec: s.rec}, func(_ app.Context, a bridge.Saved, err error) {
		if err != nil {
			s.failed(err)
			return
		}
		delete(p.drafts, s.F.id())
		p.noting = nil
		e.Snack(e.T("form.removed", name, what), p.undoing(a.ID, name, what))
	})
}

// formName names a form inside a sentence.
func (e *Env) formName(s *formSpec) string {
	name := e.T("form." + s.key)
	_, n := utf8.DecodeRuneInString(name)
	return strings.ToLower(name[:n]) + name[n:]
}

// undoing takes an act on a record back.
func (p *clientPage) undoing(id portfolio.ID, name, what string) part.Tap {
	e, account := p.E, p.id
	return func(ctx app.Context) {
		Save(ctx, e, bridge.OpUndo, bridge.Undo{Account: account, ID: id}, nil)
		e.Snack(e.T("form.undone", name, what), nil)
	}
}

// failed says a refusal on the field it is about, or under the form.
func (s *formSheet) failed(err error) {
	var f *bridge.Fault
	if errors.As(err, &f) && f.Code == bridge.FaultInput && len(f.Args) == 2 {
		n, _ := strconv.Atoi(f.Args[0][strings.LastIndexByte(f.Args[0], '.')+1:])
		if _, ok := portfolio.FormFieldOf(s.F.spec.kind, uint16(n)); ok {
			s.refuse(uint16(n), f.Args[1])
			return
		}
	}
	s.fault = s.P.E.Fault(err)
}

func (s *formSheet) refuse(n uint16, why string) {
	e := s.P.E
	key := "form.why." + why
	if !i18n.Has(key) {
		key = "form.why.unknown"
	}
	s.bad = map[uint16]string{n: e.T(key, e.T(fieldKey(s.F.spec.kind, n)))}
	s.more = s.more || slices.Contains(s.F.spec.more, n)
	part.Focus(s.fieldID(n))
}
