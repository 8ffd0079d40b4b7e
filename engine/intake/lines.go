package intake

import (
	"strconv"

	"sillon/engine/calendar"
	"sillon/engine/money"
)

// A lineKey says when two sale lines are the same: nothing but the identifier
// tells them apart.
type lineKey struct {
	from, to calendar.Day
	amount   money.Cents
	family   string
	ref      string
}

// compare sets the client's sale lines against those that are here: identical
// ones are passed over (one for one: two equal orders of a day stay two), one
// with the same reference or period and another amount takes the place of the
// old, totals and their details never count twice.
func (b *builder) compare(d *draft, out *Draft) {
	var here []Line
	if out.Card != nil {
		here = out.Card.Lines
	}
	used := make([]bool, len(here))
	b.identical(d, here, used)
	b.corrected(d, here, used)
	if len(here) > 0 {
		b.overlaps(d, here, used, out)
	}
	res := b.rd.result
	for i := range d.sales {
		p := &d.sales[i]
		if p.done && p.old == nil {
			continue // held back, or a detail known here
		}
		b.count(p)
		if p.done {
			continue
		}
		if p.old != nil {
			res.LinesChanged++
		} else {
			res.LinesNew++
		}
		out.Lines = append(out.Lines, SaleDraft{Sale: p.Sale, Old: p.old})
	}
}

func (b *builder) count(p *pending) {
	res := b.rd.result
	res.SaleLines++
	if p.Amount > 0 {
		res.Sales += p.Amount
	} else {
		res.Returns -= p.Amount
	}
	w := window(p.From, p.To)
	if res.From == 0 || w.From < res.From {
		res.From = w.From
	}
	if res.To == 0 || w.To > res.To {
		res.To = w.To
	}
}

func (b *builder) identical(d *draft, here []Line, used []bool) {
	if len(here) == 0 {
		return
	}
	index := make(map[lineKey][]int32, len(here))
	for i := range here {
		l := &here[i]
		k := lineKey{l.From, l.To, l.Amount, l.Family, l.Ref}
		index[k] = append(index[k], int32(i))
	}
	for i := range d.sales {
		p := &d.sales[i]
		k := lineKey{p.From, p.To, p.Amount, p.Family, p.Ref}
		if at := index[k]; len(at) > 0 {
			index[k] = at[1:]
			used[at[0]] = true
			p.done, p.old = true, &here[at[0]]
		}
	}
}

// corrected finds the line that another amount replaces.
func (b *builder) corrected(d *draft, here []Line, used []bool) {
	if len(here) == 0 {
		return
	}
	type refKey struct {
		from, to    calendar.Day
		family, ref string
		back        bool
	}
	index := map[refKey][]int32{}
	key := func(ref, family string, from, to calendar.Day, back bool) (refKey, bool) {
		switch {
		case ref != "":
			return refKey{ref: ref, family: family, back: back}, true
		case to != 0:
			return refKey{from: from, to: to, family: family}, true
		}
		return refKey{}, false
	}
	for i := range here {
		l := &here[i]
		if k, ok := key(l.Ref, l.Family, l.From, l.To, l.Return); ok && !used[i] {
			index[k] = append(index[k], int32(i))
		}
	}
	for i := range d.sales {
		p := &d.sales[i]
		if p.done {
			continue
		}
		k, ok := key(p.Ref, p.Family, p.From, p.To, p.Return)
		if at := index[k]; ok && len(at) > 0 {
			index[k] = at[1:]
			used[at[0]] = true
			p.old = &here[at[0]]
		}
	}
}

func families(a, b string) bool { return a == "" || b == "" || a == b }

// overlaps keeps totals and details from counting twice.
//
// New lines that cover at least three quarters of a total that is here take
// its place; fewer wait for an answer. A new total whose time is detailed here
// is left out, with a note when the details cover three quarters of it.
func (b *builder) overlaps(d *draft, here []Line, used []bool, out *Draft) {
	for i := range here {
		q := &here[i]
		if used[i] || q.To == 0 {
			continue
		}
		covered, meets := 0, false
		for j := range d.sales {
			p := &d.sales[j]
			if !families(p.Family, q.Family) || p.done && p.old == nil {
				continue
			}
			w := window(p.From, p.To)
			n := q.window().Overlap(w)
			if p.To != 0 {
				covered += n
			}
			meets = meets || n > 0 && p.old == nil
		}
		if !meets {
			continue
		}
		if b.lines {
			covered = q.window().Overlap(calendar.Window{From: b.first, To: b.last})
		}
		if covered*quarters >= q.window().Days()*nearlyWhole || b.mayReplace(d, q) {
			used[i] = true
			out.Voids = append(out.Voids, *q)
		}
	}
	for j := range d.sales {
		if p := &d.sales[j]; p.To != 0 && p.old == nil && !p.done {
			b.detailed(p, here, used)
		}
	}
}

// mayReplace asks whether the new lines that meet a total that is here take
// its place; without an answer they wait, all of them on one issue.
func (b *builder) mayReplace(d *draft, q *Line) bool {
	var asked *Issue
	ok := false
	for j := range d.sales {
		p := &d.sales[j]
		w := window(p.From, p.To)
		if p.done || p.old != nil || !families(p.Family, q.Family) || q.window().Overlap(w) == 0 {
			continue
		}
		if asked == nil {
			b.at(p)
			args := []string{strconv.FormatInt(int64(q.Amount), 10), q.From.String(), q.To.String()}
			if b.rd.chosen(int(p.column), Overlap, Add) {
				return false // counted beside it, as the user said
			}
			ok = b.rd.issue(int(p.column), "", Overlap, Ask, Replace, args...)
			asked = &Issue{Line: int(p.line), Column: int(p.column), Code: Overlap, Args: args, Level: Ask, Action: Replace}
		} else if !ok {
			b.rd.result.leave(p.row, *asked)
		}
		if !ok {
			p.done = true
		}
	}
	return ok
}

// detailed leaves a total out when its time is known here line by line.
func (b *builder) detailed(p *pending, here []Line, used []bool) {
	w := calendar.Window{From: p.From, To: p.To}
	var sum money.Cents
	n := 0
	span := calendar.Window{From: 0, To: -1}
	for i := range here {
		l := &here[i]
		if l.To != 0 || !families(p.Family, l.Family) || !w.Contains(l.From) {
			continue
		}
		sum += l.Amount
		if n++; n == 1 {
			span = calendar.Window{From: l.From, To: l.From}
		}
		span.From, span.To = min(span.From, l.From), max(span.To, l.From)
	}
	if n == 0 {
		return
	}
	b.at(p)
	if b.rd.chosen(int(p.column), Detailed, Add) {
		return
	}
	args := []string{strconv.FormatInt(int64(sum), 10), strconv.Itoa(n)}
	if span.Days()*quarters >= w.Days()*nearlyWhole {
		b.rd.issue(int(p.column), "", Detailed, Note, Add, args...)
	} else {
		b.rd.issue(int(p.column), "", Detailed, Ask, Leave, args...)
	}
	p.done = true
}

// at makes a pending line the one that issues are told of.
func (b *builder) at(p *pending) {
	b.rd.rec.row, b.rd.rec.line, b.rd.rec.hold, b.rd.rec.drop = p.row, int(p.line), Note, false
}
