package chart

import (
	"cmp"
	"strings"
)

// A Person is somebody who counts at a client.
type Person struct {
	Name, Initials string
	Role           int     // row
	Attitude       int     // column, against first; below 0: not known
	Influence      float64 // 0-1: size
	Words          string  // of the table: influence
	Missing        bool    // the role is known, nobody is met: dashed
	Link           Link
}

// People is the relation map of a client: roles in rows, attitudes in columns,
// influence as size; a role nobody of ours has met is a dashed ring.
type People struct {
	Words     `cbor:"Words"`
	People    []Person
	Roles     []string
	Attitudes []string // against first
	Unknown   string   // column of those whose attitude is not known; empty: none
}

func (d People) columns() []string {
	if d.Unknown == "" {
		return d.Attitudes
	}
	return append(append([]string(nil), d.Attitudes...), d.Unknown)
}

// place of a person; what is out of range goes to the nearest end.
func (d People) place(q Person) (row, col int) {
	cols := len(d.columns())
	col = min(q.Attitude, len(d.Attitudes)-1)
	if col < 0 {
		col = 0
		if d.Unknown != "" {
			col = cols - 1
		}
	}
	return min(max(q.Role, 0), len(d.Roles)-1), max(col, 0)
}

func (d People) sorted() []Person {
	out := make([]Person, 0, len(d.People))
	for _, i := range sorted(len(d.People), func(i, j int) int {
		a, b := d.People[i], d.People[j]
		ra, ca := d.place(a)
		rb, cb := d.place(b)
		return cmp.Or(ra-rb, ca-cb, cmp.Compare(clip01(b.Influence), clip01(a.Influence)), strings.Compare(a.Name, b.Name), strings.Compare(a.Link.Go, b.Link.Go), strings.Compare(a.Initials, b.Initials))
	}) {
		out = append(out, d.People[i])
	}
	return out
}

// Draw draws each person as a disc with initials, the name under it.
func (d People) Draw(w int) string {
	cols := d.columns()
	if len(d.People) == 0 || len(d.Roles) == 0 || len(cols) == 0 {
		return d.none(w)
	}
	const cell, top, title = 62.0, 22.0, 20.0
	wf := width(w, 260)
	room := wf / float64(len(cols))
	across := max(1, int(room/88))
	people := d.sorted()
	count := make([]int, len(d.Roles)*len(cols))
	for _, q := range people {
		r, c := d.place(q)
		count[r*len(cols)+c]++
	}
	ys := make([]float64, len(d.Roles)+1)
	ys[0] = top
	for r := range d.Roles {
		rows := 1
		for c := range cols {
			rows = max(rows, (count[r*len(cols)+c]+across-1)/across)
		}
		ys[r+1] = ys[r] + title + cell*float64(rows)
	}
	links := make([]Link, 0, len(people))
	for _, q := range people {
		links = append(links, q.Link)
	}
	p := frame(wf, ys[len(d.Roles)]+2, d.Label, anyLink(links...))
	for c, s := range cols {
		x := room * float64(c)
		fill := "surface-2"
		switch {
		case c < len(d.Attitudes) && c == 0:
			fill = "danger-soft"
		case c == len(d.Attitudes)-1:
			fill = "accent-soft"
		}
		p.rect(x+1, top, room-2, ys[len(d.Roles)]-top, 8, paint{fill: fill})
		p.text(x+room/2, 14, middle, tx2, short(s, 12, room-2))
	}
	for r, s := range d.Roles {
		if r > 0 {
			p.path(paint{stroke: "border-strong", width: 1, dash: "1 4"}, "MH", 0.0, ys[r], wf)
		}
		p.over(4, ys[r]+14, left, tx, short(s, 12, wf-8))
	}
	seen := make([]int, len(count))
	for _, q := range people {
		r, c := d.place(q)
		i := r*len(cols) + c
		k := seen[i]
		seen[i]++
		n := min(count[i]-k/across*across, across)
		x := room*float64(c) + room*(float64(k%across)+.5)/float64(max(n, 1))
		y := ys[r] + title + cell*float64(k/across) + 22
		p.mark(q.Link, func() { p.person(q, x, y, room/float64(min(max(n, 1), across)), d.Weak) })
	}
	return p.done()
}

func (p *pic) person(q Person, x, y, room float64, weak bool) {
	r := 12 + 8*clip01(q.Influence)
	a, ink := paint{fill: "accent"}, "on-accent"
	if q.Missing || weak {
		a, ink = paint{fill: "surface", stroke: "text-2", width: 1.5, dash: "3 3"}, "text"
	}
	p.circle(x, y, r, a)
	p.text(x, y+4.5, middle, font{fill: ink, size: 13, weight: 700}, short(q.Initials, 13, 2*r))
	p.text(x, y+35, middle, tx2, short(q.Name, 12, room-4))
}

// Table has a row for each person: role, attitude, influence.
func (d People) Table() Table {
	t := Table{Head: d.Head}
	cols := d.columns()
	if len(d.Roles) == 0 || len(cols) == 0 {
		return t.tidy()
	}
	for _, q := range d.sorted() {
		r, c := d.place(q)
		t.Rows = append(t.Rows, []string{q.Name, d.Roles[r], cols[c], q.Words})
	}
	return t.tidy()
}
