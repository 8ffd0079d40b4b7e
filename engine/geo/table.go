package geo

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"

	"sillon/engine/sorting"
)

// A Commune is a town or village (commune) with its postcode.
type Commune struct {
	Name     string
	Postcode string // five digits; of several, the first
	Dept     string // number of the department: "35", "2A", "971"
	At       Position
	People   int // inhabitants
}

// ErrTable says that a table of places is damaged or of another version.
var ErrTable = errors.New("geo: the table of places is damaged")

// tableMark begins a table; its last byte is the version.
const tableMark = "PLACES\x01"

// step is the precision of a position in the table, in degrees: 11 m.
const step = 1e-4

// mostCommunes bounds a table: Europe has about 120 000.
const mostCommunes = 1 << 18

// Pack writes a table that [Open] reads, and sorts the communes by department,
// postcode and name. Column by column: number of communes, of departments; each
// department's number and communes; lengths of names; differences of postcodes,
// latitudes and longitudes; inhabitants; the names. Whole numbers are varints:
// what differs little from the line before takes a byte or two.
func Pack(list []Commune) []byte {
	sorting.Stable(list, func(a, b Commune) int {
		for _, c := range [...]int{strings.Compare(a.Dept, b.Dept), strings.Compare(a.Postcode, b.Postcode), strings.Compare(a.Name, b.Name)} {
			if c != 0 {
				return c
			}
		}
		return b.People - a.People
	})
	var depts []string
	count := map[string]int{}
	for i := range list {
		if d := list[i].Dept; count[d] == 0 {
			depts = append(depts, d)
		}
		count[list[i].Dept]++
	}
	b := binary.AppendUvarint([]byte(tableMark), uint64(len(list)))
	b = binary.AppendUvarint(b, uint64(len(depts)))
	for _, d := range depts {
		b = append(append(binary.AppendUvarint(b, uint64(len(d))), d...), binary.AppendUvarint(nil, uint64(count[d]))...)
	}
	for i := range list {
		b = binary.AppendUvarint(b, uint64(len(list[i].Name)))
	}
	column := func(of func(c *Commune) int64) {
		last := int64(0)
		for i := range list {
			x := of(&list[i])
			b = binary.AppendVarint(b, x-last)
			last = x
		}
	}
	column(func(c *Commune) int64 { return int64(digits(c.Postcode)) })
	column(func(c *Commune) int64 { return int64(math.Round(c.At.Lat / step)) })
	column(func(c *Commune) int64 { return int64(math.Round(c.At.Lon / step)) })
	for i := range list {
		b = binary.AppendUvarint(b, uint64(list[i].People))
	}
	for i := range list {
		b = append(b, list[i].Name...)
	}
	return b
}

// digits reads a postcode; −1 for what is none.
func digits(s string) int32 {
	if len(s) != 5 {
		return -1
	}
	n := int32(0)
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int32(c-'0')
	}
	return n
}

// A Gazetteer is the communes of a country, to find them by name, by postcode
// and by position. It holds columns, not structs: 34,562 communes are 2 MB.
type Gazetteer struct {
	fold   func(string) string
	names  string
	ends   []uint32 // end of each name
	folded string   // "\n" before each folded name and at the end
	fends  []uint32 // where the "\n" after each stands
	codes  []int32
	order  []int32 // places by rising postcode
	lat    []int32 // in steps
	lon    []int32
	people []int32
	depts  []string
	dept   []uint8
}

// Open reads a table that [Pack] wrote. fold is the form in which names are
// compared: lower case, without accents, one space for punctuation.
func Open(table []byte, fold func(string) string) (*Gazetteer, error) {
	if !strings.HasPrefix(string(table[:min(len(table), len(tableMark))]), tableMark) {
		return nil, ErrTable
	}
	r := reader{b: table[len(tableMark):]}
	n, nd := int(r.whole(mostCommunes)), int(r.whole(255))
	if r.bad || n > len(r.b) { // a commune takes more than a byte
		return nil, ErrTable
	}
	g := &Gazetteer{fold: fold, dept: make([]uint8, 0, n), ends: make([]uint32, n), fends: make([]uint32, n),
		codes: make([]int32, n), lat: make([]int32, n), lon: make([]int32, n), people: make([]int32, n), order: make([]int32, n)}
	for d := range nd {
		g.depts = append(g.depts, r.text(int(r.whole(8))))
		for range r.whole(uint64(n - len(g.dept))) {
			g.dept = append(g.dept, uint8(d))
		}
	}
	long := uint32(0)
	for i := range g.ends {
		long += uint32(r.whole(200))
		g.ends[i] = long
	}
	r.column(g.codes, 0, 99999)
	r.column(g.lat, -90/step, 90/step)
	r.column(g.lon, -180/step, 180/step)
	for i := range g.people {
		g.people[i] = int32(r.whole(math.MaxInt32))
	}
	g.names = r.text(int(long))
	if r.bad || len(r.b) > 0 || len(g.dept) != n {
		return nil, ErrTable
	}
	g.index()
	return g, nil
}

func (g *Gazetteer) index() {
	var b strings.Builder
	b.Grow(len(g.names) + len(g.ends))
	b.WriteByte('\n')
	keys := make([]uint64, len(g.codes))
	for i := range g.ends {
		b.WriteString(g.norm(g.name(i)))
		g.fends[i] = uint32(b.Len())
		b.WriteByte('\n')
		g.order[i], keys[i] = int32(i), sorting.Whole(int64(g.codes[i]))
	}
	g.folded = b.String()
	sorting.Index(g.order, keys, nil)
}

// Len is the number of communes.
func (g *Gazetteer) Len() int { return len(g.codes) }

func (g *Gazetteer) name(i int) string {
	if i == 0 {
		return g.names[:g.ends[0]]
	}
	return g.names[g.ends[i-1]:g.ends[i]]
}

// folded name of commune i.
func (g *Gazetteer) key(i int) string {
	if i == 0 {
		return g.folded[1:g.fends[0]]
	}
	return g.folded[g.fends[i-1]+1 : g.fends[i]]
}

// Position of commune i.
func (g *Gazetteer) Position(i int) Position {
	return Position{Lat: float64(g.lat[i]) / (1 / step), Lon: float64(g.lon[i]) / (1 / step)}
}

// Commune is commune i.
func (g *Gazetteer) Commune(i int) Commune {
	code := [5]byte{}
	n := g.codes[i]
	for k := 4; k >= 0; k-- {
		code[k] = byte('0' + n%10)
		n /= 10
	}
	return Commune{Name: g.name(i), Postcode: string(code[:]), Dept: g.depts[g.dept[i]], At: g.Position(i), People: int(g.people[i])}
}

// A reader takes numbers and texts off the front; once bad, it gives zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) whole(most uint64) uint64 {
	x, n := binary.Uvarint(r.b)
	if n <= 0 || x > most {
		r.bad = true
	}
	if r.bad {
		return 0
	}
	r.b = r.b[n:]
	return x
}

func (r *reader) column(out []int32, low, high int64) {
	last := int64(0)
	for i := range out {
		x, n := binary.Varint(r.b)
		if last += x; n <= 0 || x < -1<<32 || x > 1<<32 || last < low || last > high {
			r.bad = true
		}
		if r.bad {
			return
		}
		r.b = r.b[n:]
		out[i] = int32(last)
	}
}

func (r *reader) text(n int) string {
	if n > len(r.b) {
		r.bad = true
	}
	if r.bad {
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}
