package geo

import (
	"math"
	"strings"
)

// A Match says how a commune was found, the surest first.
type Match uint8

// Shown, never stored.
const (
	NoMatch     Match = iota
	ByBoth            // the town bears this postcode
	ByTown            // the town is in this department under another postcode, or there is no postcode and only one such town
	ByPostcode        // the postcode is known, the town is not: its largest commune
	ByNeighbour       // neither: the largest commune of the nearest postcode of the department
)

// Locate finds the commune of an address: postcode and town as a person types
// them ("35407", "ST MALO CEDEX"). The table has one postcode for each commune:
// a second one of a large town is found by the town's name, else by its
// neighbours, nearest number first, and the answer says so. i is meaningful
// unless it is [NoMatch].
func (g *Gazetteer) Locate(postcode, town string) (i int, how Match) {
	code, name := digits(strings.TrimSpace(postcode)), g.norm(town)
	if code < 0 {
		return g.alone(name)
	}
	from, to := g.span(code, code)
	if from < to {
		if i, ok := g.named(from, to, name, true); ok {
			return i, ByBoth
		}
	}
	low, high := department(code)
	near, far := g.span(low, high)
	if i, ok := g.named(near, far, name, from == to); ok {
		return i, ByTown
	}
	if from < to {
		return g.largest(from, to), ByPostcode
	}
	if near == far {
		return 0, NoMatch
	}
	// from is where the postcode would stand.
	best := int32(-1)
	if from < far {
		best = g.codes[g.order[from]]
	}
	if from > near {
		if below := g.codes[g.order[from-1]]; best < 0 || code-below <= best-code {
			best = below
		}
	}
	from, to = g.span(best, best)
	return g.largest(from, to), ByNeighbour
}

// department is the range of the postcodes of one department: two digits, three
// overseas.
func department(code int32) (low, high int32) {
	size := int32(1000)
	if code >= 97000 {
		size = 100
	}
	low = code / size * size
	return low, low + size - 1
}

// span is where the postcodes from low to high stand in g.order.
func (g *Gazetteer) span(low, high int32) (from, to int) { return g.first(low), g.first(high + 1) }

// first is the first place in g.order of a postcode of at least code.
func (g *Gazetteer) first(code int32) int {
	low, high := 0, len(g.order)
	for low < high {
		if mid := int(uint(low+high) >> 1); g.codes[g.order[mid]] < code {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// named finds a name among those of a part of g.order: the same words, or with
// short the only one that begins with them (Saint-Briac for
// Saint-Briac-sur-Mer). Of two of a name, the larger.
func (g *Gazetteer) named(from, to int, name string, short bool) (found int, ok bool) {
	if name == "" {
		return 0, false
	}
	begins, several := -1, false
	for _, p := range g.order[from:to] {
		i := int(p)
		switch same, begun := compare(g.key(i), name); {
		case same:
			if !ok || g.people[i] > g.people[found] {
				found, ok = i, true
			}
		case begun:
			several, begins = begins >= 0, i
		}
	}
	if !ok && short && begins >= 0 && !several {
		return begins, true
	}
	return found, ok
}

// alone finds a town without postcode: the only one of its name, or one ten
// times as large as all others of it together.
func (g *Gazetteer) alone(name string) (int, Match) {
	if name == "" {
		return 0, NoMatch
	}
	best, all := -1, int64(0)
	g.each(name, func(i, rank int) {
		if rank > 0 {
			return
		}
		all += int64(g.people[i])
		if best < 0 || g.people[i] > g.people[best] {
			best = i
		}
	})
	if best < 0 || 10*(all-int64(g.people[best])) > int64(g.people[best]) {
		return 0, NoMatch
	}
	return best, ByTown
}

func (g *Gazetteer) largest(from, to int) int {
	best := g.order[from]
	for _, i := range g.order[from:to] {
		if g.people[i] > g.people[best] {
			best = i
		}
	}
	return int(best)
}

// compare says whether two folded names are of the same words, articles apart
// ("Havre" is Le Havre), or whether long begins with those of short.
func compare(long, short string) (same, begun bool) {
	for {
		a, b := "", ""
		a, long = word(long)
		b, short = word(short)
		if b == "" {
			return a == "", a != ""
		}
		if a != b {
			return false, false
		}
	}
}

// word takes the first word that is no article off a folded name.
func word(s string) (first, rest string) {
	for s != "" {
		first, s, _ = strings.Cut(s, " ")
		if first != "le" && first != "la" && first != "les" && first != "l" {
			return first, s
		}
	}
	return "", ""
}

// norm folds a name and writes what is abbreviated in full: St, Ste, S/ or sur;
// Cedex and what follows it, and the number of a district (Paris 15e), are no
// part of a name.
func (g *Gazetteer) norm(s string) string {
	f := g.fold(s)
	plain := true
	for i := range len(f) {
		if f[i] >= '0' && f[i] <= '9' {
			plain = false
		}
	}
	if plain && !strings.Contains(f, "st") && !strings.Contains(f, "cedex") && !strings.Contains(f, "s ") {
		return f
	}
	var b strings.Builder
	for f != "" {
		var w string
		w, f, _ = strings.Cut(f, " ")
		switch {
		case w == "st":
			w = "saint"
		case w == "ste":
			w = "sainte"
		case w == "sts" || w == "stes":
			w = "saint" + w[2:]
		case w == "s" && b.Len() > 0:
			w = "sur"
		case w == "cedex":
			return b.String()
		case w == "" || w[0] >= '0' && w[0] <= '9' || w == "arrondissement":
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// each calls f with every commune one of whose words begins with a folded name:
// rank 0 the whole name, 1 its beginning, 2 further on.
func (g *Gazetteer) each(name string, f func(i, rank int)) {
	i := 0
	for at := 0; ; {
		k := strings.Index(g.folded[at:], name)
		if k < 0 {
			return
		}
		at += k
		for int(g.fends[i]) < at {
			i++
		}
		end := at + len(name)
		switch before := g.folded[at-1]; {
		case before == '\n' && g.folded[end] == '\n':
			f(i, 0)
			at = end
		case before == '\n':
			f(i, 1)
			at = end
		case before == ' ':
			f(i, 2)
			at = end
		default:
			at++
		}
	}
}

// Search lists at most limit communes whose name or postcode begins with what
// is typed ("st ma", "354", "saint 35"): whole names first, then those that
// begin so, then those with such a word; the larger first.
func (g *Gazetteer) Search(text string, limit int) []int {
	low, high := int32(0), int32(99999)
	for rest := g.fold(text); rest != ""; {
		var w string
		w, rest, _ = strings.Cut(rest, " ")
		if n := len(w); n > 0 && n <= 5 && digits("00000"[n:]+w) >= 0 {
			low = digits((w + "00000")[:5])
			high = digits((w + "99999")[:5])
		}
	}
	best := topper{g: g, limit: limit}
	name := g.norm(text)
	switch {
	case name != "":
		g.each(name, func(i, rank int) {
			if c := g.codes[i]; c >= low && c <= high {
				best.offer(i, rank)
			}
		})
	case low > 0 || high < 99999:
		from, to := g.span(low, high)
		for _, i := range g.order[from:to] {
			best.offer(int(i), 0)
		}
	}
	return best.list
}

// Largest lists at most limit communes of a box, the larger first.
func (g *Gazetteer) Largest(southWest, northEast Position, limit int) []int {
	best := topper{g: g, limit: limit}
	for i := range g.codes {
		if p := g.Position(i); p.Lat >= southWest.Lat && p.Lat <= northEast.Lat && p.Lon >= southWest.Lon && p.Lon <= northEast.Lon {
			best.offer(i, 0)
		}
	}
	return best.list
}

// A topper keeps the best few: lower rank, then more inhabitants, then the
// order of the table. No commune twice.
type topper struct {
	g     *Gazetteer
	limit int
	list  []int
	ranks []int
}

func (t *topper) offer(i, rank int) {
	at := len(t.list)
	for at > 0 && (rank < t.ranks[at-1] || rank == t.ranks[at-1] && t.g.people[i] > t.g.people[t.list[at-1]]) {
		at--
	}
	for _, j := range t.list[:at] {
		if j == i {
			return
		}
	}
	if at >= t.limit {
		return
	}
	if len(t.list) < t.limit {
		t.list, t.ranks = append(t.list, 0), append(t.ranks, 0)
	}
	copy(t.list[at+1:], t.list[at:])
	copy(t.ranks[at+1:], t.ranks[at:])
	t.list[at], t.ranks[at] = i, rank
}

// Nearest is the commune whose centre is nearest to a position, and how far;
// false when there is none.
func (g *Gazetteer) Nearest(p Position) (i int, d Meters, ok bool) {
	if !p.Valid() || len(g.codes) == 0 {
		return 0, 0, false
	}
	// On a map true to its angles around p: right to the metre where it matters.
	width := math.Cos(p.Lat * (math.Pi / 180))
	lat, lon := p.Lat/step, p.Lon/step
	least := math.Inf(1)
	for k := range g.codes {
		y, x := float64(g.lat[k])-lat, (float64(g.lon[k])-lon)*width
		if far := float64(x*x) + float64(y*y); far < least {
			i, least = k, far
		}
	}
	d, _ = Distance(p, g.Position(i))
	return i, d, true
}
