package query

import (
	"cmp"
	"slices"
	"strings"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// maxRows bounds a window of the list.
const maxRows = 200

// A place is a client in the portfolio it belongs to.
type place struct {
	sc  *Scored
	i   int32
	off uint8 // letters away from what is searched; 0: it is there as typed
}

func (p place) card() *Card { return p.sc.Cards[p.i] }

// savedFilters are the filters of the list, in the order of the screen.
var savedFilters = []string{"due", "win", "grow", "start", "unknown"}

// ClientList is a window of the client list.
func (s *Snapshot) ClientList(r Reader, ask ListAsk) List { return s.ClientListOf(r, ask, nil) }

// ClientListOf is a window of the client list with what an analysis adds; b is
// nil before there is one.
func (s *Snapshot) ClientListOf(r Reader, ask ListAsk, b *Behind) List {
	l := List{Head: s.head(r, ask.Scope), Counts: map[string]int{}, Offset: max(0, ask.Offset)}
	if ask.Filter == "archived" {
		s.archived(ask, &l)
		return l
	}
	if b != nil {
		b.chips(l.Counts)
		l.Family = b.family(ask.Who)
	}
	l.Board = make([]int, 25)
	tags := map[string]int{}
	s.each(ask.Scope, func(sc *Scored) {
		sc.tally(l.Counts)
		sc.tags(tags)
		l.Of += len(sc.Cards)
	})
	if second := false; l.Counts != nil {
		s.each(ask.Scope, func(sc *Scored) { second = second || sc.Second })
		for _, key := range [...]string{"phase:C", "phase:M", "grow"} {
			if !second && l.Counts[key] == 0 { // not told, rather than none
				delete(l.Counts, key)
			}
		}
	}
	l.Tags = tagCounts(tags)
	want := wish(ask)
	want = b.wish(want, ask.Who)
	found := s.found(ask, want)
	for _, p := range found {
		l.Board[5*int(p.sc.Levels.P[p.i])+int(p.sc.R.Level[p.i])]++
		l.Sum = l.Sum.Plus(p.sc.N[p.i])
		l.Mixed += one(p.sc.prospect[p.i])
		l.Near += one(p.off > 0)
	}
	l.Counts[""] = l.Of
	l.Found = len(found)
	if l.Found == 0 {
		l.Narrow = s.narrow(ask.Scope, want)
		return l
	}
	order(found, ask.Sort, ask.Asc, b)
	limit := ask.Limit
	if limit <= 0 || limit > maxRows {
		limit = maxRows
	}
	l.Offset = min(l.Offset, l.Found)
	for _, p := range found[l.Offset:min(l.Found, l.Offset+limit)] {
		l.Rows = append(l.Rows, p.sc.row(int(p.i)))
		if b != nil {
			l.Risk = append(l.Risk, b.band(p))
		}
	}
	return l
}

// found are the clients that meet every criterion. When next to none bears what
// is searched, those that differ from it by a letter or two are found too.
func (s *Snapshot) found(ask ListAsk, want wanted) []place {
	var found []place
	s.each(ask.Scope, func(sc *Scored) {
		for i := range sc.Cards {
			if p := (place{sc: sc, i: int32(i)}); want.takes(p) {
				found = append(found, p)
			}
		}
	})
	if len(found) > fewFound || len(want) == 0 || want[0].key != "text" {
		return found
	}
	near := nearly(strings.Fields(Fold(ask.Text)))
	if near == nil {
		return found
	}
	s.each(ask.Scope, func(sc *Scored) {
		for i, c := range sc.Cards {
			p := place{sc: sc, i: int32(i)}
			if p.off = near.of(c.Fold); p.off > 0 && p.off < tooFar && want[1:].takes(p) {
				found = append(found, p)
			}
		}
	})
	return found
}

// FoundBy are the clients that a list finds, in its order: of all of it, or of
// Limit of them from Offset on.
func (s *Snapshot) FoundBy(ask ListAsk, b *Behind) Found {
	var out Found
	if ask.Filter == "archived" {
		return out
	}
	found := s.found(ask, b.wish(wish(ask), ask.Who))
	order(found, ask.Sort, ask.Asc, b)
	from := min(max(0, ask.Offset), len(found))
	to := len(found)
	if ask.Limit > 0 {
		to = min(to, from+ask.Limit)
	}
	for _, p := range found[from:to] {
		out.IDs = append(out.IDs, p.card().ID)
		out.Sales = append(out.Sales, p.sc.N[p.i])
	}
	return out
}

// CountBy is how many clients each of several lists finds.
func (s *Snapshot) CountBy(asks []ListAsk, b *Behind) []int {
	out := make([]int, len(asks))
	for k, ask := range asks {
		if ask.Filter == "archived" {
			var l List
			s.archived(ask, &l)
			out[k] = l.Found
			continue
		}
		out[k] = len(s.found(ask, b.wish(wish(ask), ask.Who)))
	}
	return out
}

// archived lists the cards put away, by name.
func (s *Snapshot) archived(ask ListAsk, l *List) {
	words := strings.Fields(Fold(ask.Text))
	s.each(ask.Scope, func(sc *Scored) {
		for _, c := range sc.all {
			if c.Archived && c.has(words) {
				l.Rows = append(l.Rows, sc.plain(c))
			}
		}
	})
	sorting.Stable(l.Rows, func(a, b ClientRow) int { return strings.Compare(Fold(a.Name), Fold(b.Name)) })
	l.Of, l.Found = len(l.Rows), len(l.Rows)
	l.Offset = min(l.Offset, l.Found)
	l.Rows = l.Rows[l.Offset:min(l.Found, l.Offset+maxRows)]
}

// tally counts the clients of each saved filter and of each class.
func (sc *Scored) tally(n map[string]int) {
	var by struct {
		weight, category [5]int
		p, r             [5]int
		filter           [5]int
		phase            [7]int
	}
	for i := range sc.Cards {
		by.weight[sc.ABC.Class[i]]++
		by.phase[sc.Phase[i]]++
		by.p[sc.Levels.P[i]]++
		by.r[sc.R.Level[i]]++
		if c := sc.Category[i]; int(c) < len(by.category) {
			by.category[c]++
		}
		for k, f := range savedFilters {
			if sc.passes(i, f) {
				by.filter[k]++
			}
		}
	}
	for k, f := range savedFilters {
		n[f] += by.filter[k]
	}
	for k := 1; k <= 3; k++ {
		n["weight:"+string(rune('A'+k-1))] += by.weight[k]
	}
	for k, letter := range []string{"0", "P", "D", "C", "M", "V", "X"} {
		n["phase:"+letter] += by.phase[k]
	}
	for k := range by.p {
		n["p:"+digit(k)] += by.p[k]
		n["r:"+digit(k)] += by.r[k]
	}
	for k := 1; k < len(by.category); k++ {
		n["category:"+digit(k)] += by.category[k]
	}
}

func digit(k int) string { return string(rune('0' + k)) }

// passes says whether client i is in a saved filter.
func (sc *Scored) passes(i int, filter string) bool {
	switch filter {
	case "":
		return true
	case "due":
		return sc.isDue(i)
	case "win":
		return hot(int(sc.Levels.P[i]), int(sc.R.Level[i]))
	case "grow":
		return sc.letter(i) == "C"
	case "start":
		return sc.letter(i) == "D"
	case "unknown":
		return !sc.known[i]
	}
	return false
}

// isDue reports whether the next visit of client i is today or past.
func (sc *Scored) isDue(i int) bool { return sc.Visits.Interval[i] > 0 && sc.Visits.DueIn[i] <= 0 }

// A criterion is one way of leaving clients out.
type criterion struct {
	key   string
	takes func(p place) bool
}

// A wanted list takes the clients that meet every criterion.
type wanted []criterion

func wish(ask ListAsk) wanted {
	var w wanted
	add := func(key, on string, f func(p place) bool) {
		if on != "" {
			w = append(w, criterion{key, f})
		}
	}
	words := strings.Fields(Fold(ask.Text))
	if len(words) > 0 { // first: see found
		w = append(w, criterion{"text", func(p place) bool { return p.card().has(words) }})
	}
	add("filter", ask.Filter, func(p place) bool { return p.sc.passes(int(p.i), ask.Filter) })
	add("weight", ask.Weight, func(p place) bool {
		c := p.sc.ABC.Class[p.i]
		return c != 0 && strings.Contains(ask.Weight, c.String())
	})
	add("phase", ask.Phase, func(p place) bool {
		return strings.Contains(ask.Phase, cmp.Or(p.sc.letter(int(p.i)), "0"))
	})
	add("p", ask.P, func(p place) bool { return strings.ContainsRune(ask.P, rune('0'+p.sc.Levels.P[p.i])) })
	add("r", ask.R, func(p place) bool { return strings.ContainsRune(ask.R, rune('0'+p.sc.R.Level[p.i])) })
	tag := Fold(ask.Tag)
	add("tag", tag, func(p place) bool { return p.card().Tags != "" && p.card().tagged(tag) })
	add("category", ask.Category, func(p place) bool { return strings.ContainsRune(ask.Category, rune('0'+p.sc.Category[p.i])) })
	return w
}

// has reports whether every folded word is somewhere in the card.
func (c *Card) has(words []string) bool {
	for _, w := range words {
		if !strings.Contains(c.Fold, w) {
			return false
		}
	}
	return true
}

func (w wanted) takes(p place) bool {
	for i := range w {
		if !w[i].takes(p) {
			return false
		}
	}
	return true
}

// narrow names the criterion without which most clients would be found; of
// equals, the one that leaves out most by itself.
func (s *Snapshot) narrow(scope uint32, w wanted) string {
	without, alone := make([]int, len(w)), make([]int, len(w))
	s.each(scope, func(sc *Scored) {
		for i := range sc.Cards {
			failed, which := 0, 0
			for k := range w {
				if !w[k].takes(place{sc: sc, i: int32(i)}) {
					failed, which = failed+1, k
					alone[k]++
				}
			}
			if failed == 1 {
				without[which]++
			}
		}
	})
	best := -1
	for k := range w {
		if best < 0 || without[k] > without[best] || without[k] == without[best] && alone[k] > alone[best] {
			best = k
		}
	}
	if best < 0 {
		return ""
	}
	return w[best].key
}

// order sorts clients by a column; equals by score, then name. Only small
// structs with their key move.
func order(found []place, by string, asc bool, b *Behind) {
	type item struct {
		key, score float64
		name       string
		off, none  uint8
	}
	items := make([]item, len(found))
	for k, p := range found {
		x := &items[k]
		*x = item{key: sortKey(p, by), score: p.sc.Sheet.Score100[p.i], off: p.off}
		switch by {
		case "name":
			x.name = fname(p.card())
		case "risk":
			x.key = b.risk(p)
			x.none = uint8(max(0, -x.key))
		case "last", "sales":
		default:
			x.none = uint8(one(x.key < 0))
		}
	}
	idx := make([]int32, len(found))
	for k := range idx {
		idx[k] = int32(k)
	}
	slices.SortFunc(idx, func(a, b int32) int {
		x, y := &items[a], &items[b]
		if x.off != y.off {
			return int(x.off) - int(y.off)
		}
		if x.none != y.none { // what is unknown is last, up or down
			return int(x.none) - int(y.none)
		}
		c := cmp.Or(cmp.Compare(x.key, y.key), strings.Compare(x.name, y.name))
		if !asc {
			c = -c
		}
		if c != 0 {
			return c
		}
		p, q := found[a].card(), found[b].card()
		return cmp.Or(cmp.Compare(y.score, x.score), strings.Compare(fname(p), fname(q)), slices.Compare(p.ID[:], q.ID[:]))
	})
	sorted := make([]place, len(found))
	for k, j := range idx {
		sorted[k] = found[j]
	}
	copy(found, sorted)
}

// fname is the folded name: the first line of the searched text.
func fname(c *Card) string {
	rest := strings.TrimPrefix(c.Fold, "\n")
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		return rest[:i]
	}
	return rest
}

// sortKey is the number a column is sorted by; below zero what is unknown, but
// for sales and the last visit, which every client has: never is the longest ago.
func sortKey(p place, by string) float64 {
	sc, i := p.sc, int(p.i)
	switch by {
	case "name":
		return 0
	case "weight":
		if sc.ABC.Class[i] == 0 {
			return -1
		}
		return float64(sc.ABC.Class[i])
	case "phase":
		return float64([...]int{-1, 5, 1, 2, 3, 4, 6}[sc.Phase[i]])
	case "sales":
		return float64(sc.N[i])
	case "penetration":
		if pen := sc.pen(i); pen.Has() {
			return pen.Rate
		}
		return -1
	case "urgency":
		if !(sc.Visits.Interval[i] > 0) {
			return -1
		}
		return sc.Visits.Urgency[i]
	case "last":
		return float64(sc.LastVisit[i])
	case "pr":
		if !sc.Board.Known[i] {
			return -1
		}
		return float64(sc.Board.PR[i]+4)*8 + float64(sc.Levels.P[i])
	}
	if sc.scoreState(i) == explain.NA {
		return -1
	}
	return sc.Sheet.Score100[i]
}
