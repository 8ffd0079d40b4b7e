package query

import (
	"cmp"
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// ContactsTabAsk asks for the tab Contacts.
type ContactsTabAsk struct {
	Tab TabAsk `cbor:"1,keyasint"`
	All bool   `cbor:"2,keyasint,omitempty"` // every line of the strategy, not the first ones
}

// ContactsTab is the tab Contacts, drawn: what the effort costs, what it brings
// back, what to do with each client (A1 to A3, B1, B2, B4).
type ContactsTab struct {
	Base     TabBase    `cbor:"1,keyasint"`
	Eaters   TabChart   `cbor:"2,keyasint"`  // B1: contacts against margin
	Flow     TabChart   `cbor:"3,keyasint"`  // B2: more contacts, more sales?
	Arrows   TabChart   `cbor:"4,keyasint"`  // B2: from N-1 to N
	Crossed  TabChart   `cbor:"5,keyasint"`  // quarters of sales × quarters of contacts
	Return   TabChart   `cbor:"6,keyasint"`  // what one unit of money brings
	Price    TabChart   `cbor:"7,keyasint"`  // A1
	Invested TabChart   `cbor:"8,keyasint"`  // A2
	Net      TabChart   `cbor:"9,keyasint"`  // A3: sales to net margin
	Whale    TabChart   `cbor:"10,keyasint"` // A3
	Plan     TabChart   `cbor:"11,keyasint"` // B4: now and proposed
	Lines    []Proposed `cbor:"12,keyasint,omitempty"`
	Left     int        `cbor:"13,keyasint,omitempty"` // lines not sent
	Open     int        `cbor:"14,keyasint,omitempty"` // proposals to decide
	Accepted int        `cbor:"15,keyasint,omitempty"`
	Refused  int        `cbor:"16,keyasint,omitempty"`
	Price1   []Figure   `cbor:"17,keyasint,omitempty"` // of a unit, a visit, a call
	Money    []Figure   `cbor:"18,keyasint,omitempty"` // invested, margin rate, net, whale
	Visits   []Figure   `cbor:"19,keyasint,omitempty"` // freed, needed, left
}

// A TabChart is a chart of a tab with what stands around it.
type TabChart struct {
	Chart Chart     `cbor:"1,keyasint"`
	Note  string    `cbor:"2,keyasint,omitempty"` // how to read it
	Links []TabLink `cbor:"3,keyasint,omitempty"` // the lists it speaks of
}

// A TabLink opens a list.
type TabLink struct {
	To   string `cbor:"1,keyasint"`
	Text string `cbor:"2,keyasint"`
}

// A Proposed is one line of the contact strategy, to accept or refuse.
type Proposed struct {
	ID      portfolio.ID `cbor:"1,keyasint"`
	Name    string       `cbor:"2,keyasint"`
	Phase   string       `cbor:"3,keyasint,omitempty"`
	Class   string       `cbor:"4,keyasint,omitempty"` // code of B1
	Advice  uint8        `cbor:"5,keyasint"`           // response.Advice
	Now     int          `cbor:"6,keyasint"`           // visits of N
	Then    Figure       `cbor:"7,keyasint"`           // visits proposed
	Choice  Choosing     `cbor:"8,keyasint,omitempty"`
	Decided int          `cbor:"9,keyasint,omitempty"` // visits
	Day     calendar.Day `cbor:"10,keyasint,omitempty"`
	Bounded bool         `cbor:"11,keyasint,omitempty"` // by the yearly change or the bounds of the plan
}

// Choosing is what a person decided of a proposal.
type Choosing uint8

// Stored in an override's What; sent as they are.
const (
	Undecided Choosing = iota
	Accepted           // acceptée : autant de visites l'an prochain
	Refused            // refusée : autant que cette année
)

// What names the decisions of a contact strategy among a client's overrides;
// its value is a number of visits a year.
const (
	WhatAccepted = "contacts"
	WhatRefused  = "contacts-refused"
)

// maxProposals bounds the lines of the strategy that are sent at once.
const maxProposals = 12

// chosen is what was decided last of the contacts of client i, and still holds.
// Decisions are of the tablet's day, whatever the reading date.
func (a *Analysis) chosen(i int) (o portfolio.Override, c Choosing) {
	for _, x := range a.facts[i].Overrides {
		way := Undecided
		switch x.What {
		case WhatAccepted:
			way = Accepted
		case WhatRefused:
			way = Refused
		}
		if way == Undecided || x.Until != 0 && x.Until < a.today || !(x.Value >= 0 && x.Value < 1e6) {
			continue
		}
		if c == Undecided || x.Day > o.Day || x.Day == o.Day && x.Value > o.Value {
			o, c = x, way
		}
	}
	return o, c
}

// ContactsTab draws the tab Contacts.
func (a *Analysis) ContactsTab(r Reader, ask ContactsTabAsk, base TabBase) ContactsTab {
	v := a.ContactsView()
	d := contactsDraw{a: a, v: &v, w: r.Words, base: &base}
	left, right := twoCards(ask.Tab.wide(), 563, 461)
	half, _ := twoCards(ask.Tab.wide(), 1, 1)
	out := ContactsTab{Base: base}
	out.Eaters = d.eaters(left)
	out.Flow, out.Arrows = d.flow(right), d.arrows(right)
	out.Crossed = d.crossed(left)
	out.Return = d.returns(right)
	out.Price, out.Invested = d.price(half), d.invested(half)
	out.Net, out.Whale = d.net(half), d.whale(half)
	out.Plan = d.plan(left)
	out.Price1 = []Figure{v.Price.Unit, v.Price.Visit, v.Price.Call}
	if d.marginless() {
		return out
	}
	d.lines(&out, ask.All)
	if !d.contacted() { // the margin left is before them
		v.Margin.Net.Mark, v.Whale.Ratio.Mark = explain.Missing(explain.NoContact), explain.Missing(explain.NoContact)
	}
	out.Money = []Figure{v.Invested.Total, v.Margin.Rate, v.Margin.Net, v.Whale.Ratio}
	out.Visits = []Figure{v.Strategy.Freed, v.Strategy.Needed, v.Strategy.Left}
	if v.Strategy.Left.Value < 0 { // more is asked for than is freed: nothing is left
		out.Visits = out.Visits[:2]
	}
	return out
}

// Doing is the tab of a year gone by with what there is to do now.
func (t ContactsTab) Doing(now ContactsTab) ContactsTab {
	t.Plan, t.Lines, t.Left, t.Open, t.Accepted, t.Refused, t.Visits = now.Plan, now.Lines, now.Left, now.Open, now.Accepted, now.Refused, now.Visits
	return t
}

// twoCards is what two cards side by side leave to their drawings; under 900
// pixels each has the whole width.
func twoCards(width int, a, b float64) (left, right int) {
	if width < 900 {
		w := share(width, 1, 1, 1)
		return w, w
	}
	return share(width, a, a+b, 2), share(width, b, a+b, 2)
}

// lines are the proposals that change something, the largest change first, then
// those that were decided, the latest first.
func (d *contactsDraw) lines(out *ContactsTab, all bool) {
	type line struct {
		k, change int
		o         portfolio.Override
		c         Choosing
	}
	var list []line
	for k := range d.v.Rows {
		r := &d.v.Rows[k]
		o, c := d.a.chosen(int(r.Client))
		switch {
		case c == Accepted:
			out.Accepted++
		case c == Refused:
			out.Refused++
		case r.Proposed != r.Visits:
			out.Open++
		default:
			continue
		}
		list = append(list, line{k, max(r.Proposed-r.Visits, r.Visits-r.Proposed), o, c})
	}
	sorting.Stable(list, func(x, y line) int {
		return cmp.Or(one(x.c != Undecided)-one(y.c != Undecided), cmp.Compare(y.o.Day, x.o.Day), y.change-x.change)
	})
	sent := [2]int{} // to decide, decided
	for k := range list {
		l := &list[k]
		most := maxProposals
		if all {
			most = maxRows
		}
		if n := &sent[one(l.c != Undecided)]; *n < most {
			*n++
		} else {
			out.Left++
			continue
		}
		r := &d.v.Rows[l.k]
		then, _ := d.a.FigureOf("proposed", int(r.Client))
		then.Value, then.Unit, then.Text = float64(r.Proposed), explain.Count, ""
		out.Lines = append(out.Lines, Proposed{ID: d.v.Ground.IDs[r.Client], Name: d.v.Ground.Names[r.Client], Phase: r.Phase, Class: r.Class,
			Advice: r.Advice, Now: r.Visits, Then: then, Choice: l.c, Decided: int(l.o.Value), Day: l.o.Day, Bounded: r.Flags&RowCapped != 0})
	}
}

// contactsWho lists the clients behind a mark of the tab Contacts; key is what
// follows the first colon of the address.
func (a *Analysis) contactsWho(key string) (Who, bool) {
	v := a.ContactsView()
	return a.contactsOf(&v, key)
}

// contactsOf is contactsWho with the view at hand.
func (a *Analysis) contactsOf(v *ContactsView, key string) (Who, bool) {
	kind, rest, _ := strings.Cut(key, ":")
	at := func(n int) (int, bool) {
		if len(rest) != 1 && len(rest) != 2 {
			return 0, false
		}
		k := 0
		for i := range len(rest) {
			if rest[i] < '0' || rest[i] > '9' {
				return 0, false
			}
			k = 10*k + int(rest[i]-'0')
		}
		return k, k < n
	}
	switch kind {
	case "class":
		if k, ok := at(len(v.Balance.Class)); ok {
			return v.Balance.Class[k], true
		}
	case "devourers":
		return v.Balance.Devourers, true
	case "small":
		return v.Balance.Small, true
	case "losing":
		return v.Margin.Losing, true
	case "quadrant":
		if k, ok := at(len(v.Flow.Quadrant)); ok {
			return v.Flow.Quadrant[k], true
		}
	case "decision":
		if k, ok := at(len(v.Flow.Decision)); ok {
			return v.Flow.Decision[k], true
		}
	case "advice":
		if k, ok := at(len(v.Strategy.Advice)); ok {
			return v.Strategy.Advice[k], true
		}
	case "floor": // contacts, then sales, both from 1 the top quarter
		if k, ok := at(100); ok && k/10 >= 1 && k/10 <= 4 && k%10 >= 1 && k%10 <= 4 {
			return v.Floors[k/10-1][k%10-1], true
		}
	case "small-often":
		return smallOften(v), true
	case "kind": // who had contacts of a kind
		if k, ok := at(len(contactKeys)); ok {
			by := a.Cost().Invested.ByKind
			return a.who(func(i int) bool { return by[i][k] != 0 }), true
		}
	case "return":
		for k := range v.Returns {
			if g := &v.Returns[k]; rest == returnKey(g) {
				return g.Who, true
			}
		}
		return nil, rest != ""
	case "bought":
		return a.who(func(i int) bool { return a.Sales[i] != 0 }), true
	case "met":
		return a.who(func(i int) bool { return a.Cost().Units[i] > 0 }), true
	case "whale":
		if k, ok := at(2); ok {
			return inOrder(whaleSide(&v.Whale, k == 0)), true
		}
	case "proposed":
		return a.who(func(i int) bool {
			k := a.Response().Place[i]
			return k >= 0 && v.Rows[k].Proposed != v.Rows[k].Visits
		}), true
	}
	return nil, false
}

// smallOften are the clients of the last quarter of sales in the first two of
// contacts: small, and seen as often as the large ones.
func smallOften(v *ContactsView) (out Who) {
	out = append(out, v.Floors[0][3]...)
	return append(out, v.Floors[1][3]...)
}

func returnKey(r *Return) string {
	if r.Often {
		return r.Class + "-often"
	}
	return r.Class + "-seldom"
}
