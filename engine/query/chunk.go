package query

import (
	"encoding/binary"
	"errors"
	"math"

	"sillon/engine/calendar"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// ColumnsVersion changes with the form of a chunk, or with what Derive puts in
// it: older chunks are dropped and built again from the bundles.
const ColumnsVersion = 5

// ChunkCards is about how many cards make a chunk.
const ChunkCards = 500

// Errors of a chunk: either way it is built again.
var (
	ErrChunkVersion = errors.New("query: columns of another version")
	ErrChunk        = errors.New("query: columns are damaged")
)

// A chunk is: version, number of cards, totals of lines, contacts, estimates,
// plans, announced orders and decisions, length of the text, the text of all cards, then the cards. Whole
// numbers are varints, days the difference from the one before; texts are
// lengths into the common text, so that decoding allocates once.

// EncodeChunk writes cards as bytes for the store.
func EncodeChunk(cards []Card) []byte {
	var n [6]int
	var text []byte
	for i := range cards {
		c := &cards[i]
		n[0] += len(c.Sales)
		n[1] += len(c.Touches)
		n[2] += len(c.Estimates)
		n[3] += len(c.Plans)
		n[4] += len(c.Said)
		n[5] += len(c.Decided)
		for _, s := range c.texts() {
			text = append(text, *s...)
		}
		for j := range c.Estimates {
			text = append(text, c.Estimates[j].Family...)
		}
		for j := range c.Plans {
			text = append(text, c.Plans[j].Objective...)
		}
	}
	b := make([]byte, 0, len(text)+len(cards)*96+n[0]*8+n[1]*5+n[2]*24+n[3]*24+n[4]*6+n[5]*12)
	b = binary.AppendUvarint(b, ColumnsVersion)
	b = binary.AppendUvarint(b, uint64(len(cards)))
	for _, k := range n {
		b = binary.AppendUvarint(b, uint64(k))
	}
	b = binary.AppendUvarint(b, uint64(len(text)))
	b = append(b, text...)
	for i := range cards {
		b = cards[i].encode(b)
	}
	return b
}

// texts are the texts of a card in the order of the chunk.
func (c *Card) texts() [10]*string {
	return [10]*string{&c.Code, &c.Name, &c.Fold, &c.Street, &c.Postcode, &c.City, &c.Sector, &c.Phone, &c.Person, &c.Tags}
}

const (
	flagOneShot = 1 << iota
	flagArchived
	flagPos
	flagWaiting
	flagAbroad
)

func (c *Card) encode(b []byte) []byte {
	b = append(b, c.ID[:]...)
	b = binary.AppendUvarint(b, uint64(c.Scope))
	for _, s := range c.texts() {
		b = binary.AppendUvarint(b, uint64(len(*s)))
	}
	flags := byte(0)
	for i, on := range [...]bool{c.OneShot, c.Archived, c.HasPos, c.Waiting, c.Abroad} {
		if on {
			flags |= 1 << i
		}
	}
	b = append(b, flags, byte(c.Status), byte(c.Typology), byte(c.Solvency), byte(c.Category))
	b = binary.AppendVarint(b, int64(c.CatUntil))
	b = binary.AppendVarint(b, int64(c.FirstOrder))
	b = binary.AppendUvarint(b, uint64(c.Conflicts))
	if c.HasPos {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(c.Lat))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(c.Lon))
	}
	for _, k := range [...]int{len(c.Sales), len(c.Touches), len(c.Estimates), len(c.Plans), len(c.Said), len(c.Decided)} {
		b = binary.AppendUvarint(b, uint64(k))
	}
	day := calendar.Day(0)
	for _, s := range c.Sales {
		b = binary.AppendVarint(b, int64(s.From-day))
		b = binary.AppendVarint(b, int64(s.To-s.From))
		b = binary.AppendVarint(b, int64(s.Net))
		day = s.From
	}
	day = 0
	for _, t := range c.Touches {
		b = binary.AppendVarint(b, int64(t.Day-day))
		more := t.Efforts != Efforts{}
		b = binary.AppendUvarint(b, uint64(uint16(t.Minute))<<1|uint64(one(more)))
		b = append(b, byte(t.Kind), byte(t.Outcome))
		if more {
			b = append(binary.AppendUvarint(b, uint64(uint16(t.Weight))), t.Together, t.Shared)
		}
		day = t.Day
	}
	for _, e := range c.Estimates {
		b = binary.AppendVarint(b, int64(e.Day))
		for _, m := range [...]money.Cents{e.Amount, e.Min, e.Max} {
			b = binary.AppendVarint(b, int64(m))
		}
		b = append(b, byte(e.Method))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Quality))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Captive))
		b = binary.AppendUvarint(b, uint64(len(e.Family)))
	}
	for _, p := range c.Plans {
		b = append(b, p.ID[:]...)
		b = binary.AppendVarint(b, int64(p.Day))
		b = binary.AppendUvarint(b, uint64(p.Minute))
		b = append(b, byte(p.Kind))
		b = binary.AppendUvarint(b, uint64(len(p.Objective)))
	}
	day = 0
	for _, o := range c.Said {
		b = binary.AppendVarint(b, int64(o.Day-day))
		b = binary.AppendVarint(b, int64(o.Amount))
		day = o.Day
	}
	for _, o := range c.Decided {
		b = binary.AppendVarint(b, int64(o.Value))
		b = binary.AppendVarint(b, int64(o.Day))
		b = binary.AppendVarint(b, int64(o.Until))
		b = append(b, byte(o.Phase))
	}
	return b
}

// The fewest bytes each part may take: a count that promises more than the
// bytes left is refused before anything is allocated for it.
const (
	minCard     = 16 + 1 + 10 + 5 + 3 + 6
	minSale     = 3
	minTouch    = 4
	minEstimate = 4 + 1 + 8 + 8 + 1
	minPlan     = 16 + 4
	minSaid     = 2
	minDecision = 4
)

// DecodeChunk reads what EncodeChunk wrote; [ErrChunkVersion] and [ErrChunk]
// both mean: build it again.
func DecodeChunk(b []byte) ([]Card, error) {
	d := decoder{b: b}
	if d.whole() != ColumnsVersion {
		return nil, ErrChunkVersion
	}
	cards := make([]Card, d.count(minCard))
	d.sales = make([]SaleDay, d.count(minSale))
	d.touches = make([]Touch, d.count(minTouch))
	d.estimates = make([]Estimate, d.count(minEstimate))
	d.plans = make([]Plan, d.count(minPlan))
	d.said = make([]OrderSaid, d.count(minSaid))
	d.decided = make([]Decision, d.count(minDecision))
	d.text = string(d.bytes(d.count(1)))
	for i := range cards {
		d.card(&cards[i])
	}
	if d.bad || len(d.b)-d.at+len(d.text)+len(d.sales)+len(d.touches)+len(d.estimates)+len(d.plans)+len(d.said)+len(d.decided) > 0 {
		return nil, ErrChunk
	}
	return cards, nil
}

// A decoder reads a chunk; after the first fault everything is zero.
type decoder struct {
	b         []byte
	at        int // next byte
	bad       bool
	text      string // what is left of the common text
	sales     []SaleDay
	touches   []Touch
	estimates []Estimate
	plans     []Plan
	said      []OrderSaid
	decided   []Decision
}

func (d *decoder) fail() { d.bad, d.at = true, len(d.b) }

// varint is the only reader of whole numbers: a call costs more than the
// number in WebAssembly, so the loop is written out.
func (d *decoder) varint() uint64 {
	b, at := d.b, d.at
	var x uint64
	for shift := uint(0); shift < 64 && at < len(b); shift += 7 {
		c := b[at]
		at++
		if c < 0x80 {
			d.at = at
			return x | uint64(c)<<shift
		}
		x |= uint64(c&0x7f) << shift
	}
	d.fail()
	return 0
}

// zigzag reads the sign from the lowest bit, as binary.AppendVarint writes it.
func zigzag(x uint64) int64 { return int64(x>>1) ^ -int64(x&1) }

func (d *decoder) signed() int64 { return zigzag(d.varint()) }

func (d *decoder) day() calendar.Day { return calendar.Day(zigzag(d.varint())) }

// whole reads a number that fits 32 bits.
func (d *decoder) whole() int {
	x := d.varint()
	if x > math.MaxUint32 {
		d.fail()
		return 0
	}
	return int(x)
}

// count reads how many parts of at least size bytes follow.
func (d *decoder) count(size int) int {
	n := d.whole()
	if n*size > len(d.b)-d.at {
		d.fail()
		return 0
	}
	return n
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.b)-d.at {
		d.fail()
		return nil
	}
	d.at += n
	return d.b[d.at-n : d.at]
}

func (d *decoder) byte() byte {
	if d.at >= len(d.b) {
		d.fail()
		return 0
	}
	d.at++
	return d.b[d.at-1]
}

func (d *decoder) real() float64 {
	if p := d.bytes(8); p != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(p))
	}
	return 0
}

func (d *decoder) string() string {
	n := d.whole()
	if n > len(d.text) {
		d.fail()
		return ""
	}
	s := d.text[:n]
	d.text = d.text[n:]
	return s
}

func (d *decoder) card(c *Card) {
	copy(c.ID[:], d.bytes(16))
	c.Scope = uint32(d.whole())
	for _, s := range c.texts() {
		*s = d.string()
	}
	flags := d.byte()
	c.OneShot, c.Archived = flags&flagOneShot != 0, flags&flagArchived != 0
	c.HasPos, c.Waiting, c.Abroad = flags&flagPos != 0, flags&flagWaiting != 0, flags&flagAbroad != 0
	c.Status, c.Typology = portfolio.Status(d.byte()), portfolio.Typology(d.byte())
	c.Solvency, c.Category = portfolio.Solvency(d.byte()), portfolio.Category(d.byte())
	c.CatUntil, c.FirstOrder, c.Conflicts = d.day(), d.day(), d.whole()
	if c.HasPos {
		c.Lat, c.Lon = d.real(), d.real()
	}
	ns, nt, ne, np, no, nd := d.whole(), d.whole(), d.whole(), d.whole(), d.whole(), d.whole()
	if ns > len(d.sales) || nt > len(d.touches) || ne > len(d.estimates) || np > len(d.plans) || no > len(d.said) || nd > len(d.decided) {
		d.fail()
		return
	}
	c.Sales, d.sales = d.sales[:ns:ns], d.sales[ns:]
	c.Touches, d.touches = d.touches[:nt:nt], d.touches[nt:]
	c.Estimates, d.estimates = d.estimates[:ne:ne], d.estimates[ne:]
	c.Plans, d.plans = d.plans[:np:np], d.plans[np:]
	c.Said, d.said = d.said[:no:no], d.said[no:]
	c.Decided, d.decided = d.decided[:nd:nd], d.decided[nd:]
	d.facts(c)
}

func (d *decoder) facts(c *Card) {
	day := calendar.Day(0)
	for i := range c.Sales {
		from := day + d.day()
		c.Sales[i] = SaleDay{From: from, To: from + d.day(), Net: money.Cents(d.signed())}
		day = from
	}
	day = 0
	for i := range c.Touches {
		day += d.day()
		minute := d.whole()
		t := &c.Touches[i]
		t.Day, t.Minute, t.Kind, t.Outcome = day, int16(minute>>1), portfolio.ContactKind(d.byte()), portfolio.Outcome(d.byte())
		if minute&1 != 0 {
			t.Weight, t.Together, t.Shared = int16(d.whole()), d.byte(), d.byte()
		}
	}
	for i := range c.Estimates {
		e := &c.Estimates[i]
		e.Day, e.Amount, e.Min, e.Max = d.day(), money.Cents(d.signed()), money.Cents(d.signed()), money.Cents(d.signed())
		e.Method, e.Quality, e.Captive, e.Family = portfolio.Appraisal(d.byte()), d.real(), d.real(), d.string()
	}
	for i := range c.Plans {
		p := &c.Plans[i]
		copy(p.ID[:], d.bytes(16))
		p.Day, p.Minute, p.Kind, p.Objective = d.day(), int16(d.whole()), portfolio.ContactKind(d.byte()), d.string()
	}
	day = 0
	for i := range c.Said {
		day += d.day()
		c.Said[i] = OrderSaid{day, money.Cents(d.signed())}
	}
	for i := range c.Decided {
		c.Decided[i] = Decision{money.Cents(d.signed()), d.day(), d.day(), min(maturity.Phase(d.byte()), maturity.Lost)}
	}
}
