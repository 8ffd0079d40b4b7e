package query

import (
	"encoding/binary"
	"math"

	"sillon/engine/calendar"
	"sillon/engine/cbor"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// FactsVersion changes with the form of a chunk of facts, or with what
// DeriveDeep puts in it: older chunks are dropped and built again from the
// bundles.
const FactsVersion = 4

// Facts are those of one card, as they are kept.
type Facts struct {
	ID   portfolio.ID
	Said uint64 // the caller's own mark of the bundle they were read from
	Deep *Deep
}

// A chunk of facts is: version, the table of its texts, number of cards, totals
// of families, lines and contacts, then the cards. What is many is written by
// hand, what is rare as CBOR.

// trusted reads what this device wrote itself, of any size.
var trusted cbor.Limits

// rarely are the facts of few cards.
type rarely struct {
	Services    []portfolio.Service     `cbor:"1,keyasint,omitempty"`
	Competitors []portfolio.Competitor  `cbor:"2,keyasint,omitempty"`
	Contracts   []portfolio.Contract    `cbor:"3,keyasint,omitempty"`
	Payments    []portfolio.Payment     `cbor:"4,keyasint,omitempty"`
	Projects    []portfolio.Project     `cbor:"5,keyasint,omitempty"`
	ProjectID   []portfolio.ID          `cbor:"6,keyasint,omitempty"`
	Commitments []portfolio.Commitment  `cbor:"7,keyasint,omitempty"`
	CommitID    []portfolio.ID          `cbor:"8,keyasint,omitempty"`
	Efforts     []portfolio.Effort      `cbor:"9,keyasint,omitempty"`
	Signals     []portfolio.Signal      `cbor:"10,keyasint,omitempty"`
	Formers     []portfolio.Former      `cbor:"11,keyasint,omitempty"`
	Overrides   []portfolio.Override    `cbor:"12,keyasint,omitempty"`
	Tools       []portfolio.Tool        `cbor:"13,keyasint,omitempty"`
	Appointed   []portfolio.Appointment `cbor:"14,keyasint,omitempty"`
	Relevance   *int                    `cbor:"15,keyasint,omitempty"`
	Trust       *int                    `cbor:"16,keyasint,omitempty"`
	Readings    []portfolio.Reading     `cbor:"17,keyasint,omitempty"`
	Told        *Told                   `cbor:"18,keyasint,omitempty"`
	Actions     []portfolio.Action      `cbor:"19,keyasint,omitempty"`
	ActionID    []portfolio.ID          `cbor:"20,keyasint,omitempty"`
	Open        *Open                   `cbor:"21,keyasint,omitempty"`
}

func (d *Deep) rarely() rarely {
	r := rarely{
		Services: d.Services, Competitors: d.Competitors, Contracts: d.Contracts, Payments: d.Payments, Efforts: d.Efforts, Signals: d.Signals,
		Formers: d.Formers, Overrides: d.Overrides, Tools: d.Tools, Appointed: d.Appointed, Relevance: d.Relevance, Trust: d.Trust,
		Readings: d.Readings, Told: d.Told,
	}
	if d.Open != (Open{}) {
		r.Open = &d.Open
	}
	for i := range d.Actions {
		r.Actions, r.ActionID = append(r.Actions, d.Actions[i].Action), append(r.ActionID, d.Actions[i].ID)
	}
	for i := range d.Projects {
		r.Projects, r.ProjectID = append(r.Projects, d.Projects[i].Project), append(r.ProjectID, d.Projects[i].ID)
	}
	for i := range d.Commitments {
		r.Commitments, r.CommitID = append(r.Commitments, d.Commitments[i].Commitment), append(r.CommitID, d.Commitments[i].ID)
	}
	return r
}

func (r *rarely) into(d *Deep) bool {
	if len(r.Projects) != len(r.ProjectID) || len(r.Commitments) != len(r.CommitID) || len(r.Actions) != len(r.ActionID) {
		return false
	}
	d.Services, d.Competitors, d.Contracts, d.Payments, d.Efforts, d.Signals = r.Services, r.Competitors, r.Contracts, r.Payments, r.Efforts, r.Signals
	d.Formers, d.Overrides, d.Tools, d.Appointed, d.Relevance, d.Trust = r.Formers, r.Overrides, r.Tools, r.Appointed, r.Relevance, r.Trust
	d.Readings, d.Told = r.Readings, r.Told
	if r.Open != nil {
		d.Open = *r.Open
	}
	for i := range r.Actions {
		d.Actions = append(d.Actions, ActionFact{r.ActionID[i], r.Actions[i]})
	}
	for i := range r.Projects {
		d.Projects = append(d.Projects, ProjectFact{r.ProjectID[i], r.Projects[i]})
	}
	for i := range r.Commitments {
		d.Commitments = append(d.Commitments, CommitmentFact{r.CommitID[i], r.Commitments[i]})
	}
	return true
}

// A writer of facts gives each text its place in the table.
type factWriter struct {
	b     []byte
	place map[string]uint64
	table []string
}

func (w *factWriter) text(s string) {
	k, ok := w.place[s]
	if !ok {
		k = uint64(len(w.table))
		w.place[s] = k
		w.table = append(w.table, s)
	}
	w.many(k)
}

func (w *factWriter) many(n ...uint64) {
	for _, x := range n {
		w.b = binary.AppendUvarint(w.b, x)
	}
}

func (w *factWriter) signed(n ...int64) {
	for _, x := range n {
		w.b = binary.AppendVarint(w.b, x)
	}
}

func flags(on ...bool) (f byte) {
	for i, x := range on {
		if x {
			f |= 1 << i
		}
	}
	return f
}

// EncodeFacts writes facts as bytes for the store.
func EncodeFacts(list []Facts) ([]byte, error) {
	w := factWriter{place: map[string]uint64{}}
	var n [3]uint64
	for i := range list {
		if err := w.card(&list[i], &n); err != nil {
			return nil, err
		}
	}
	size := 0
	for _, s := range w.table {
		size += len(s)
	}
	b := binary.AppendUvarint(make([]byte, 0, len(w.b)+size+2*len(w.table)+64), FactsVersion)
	b = binary.AppendUvarint(b, uint64(len(w.table)))
	for _, s := range w.table {
		b = binary.AppendUvarint(b, uint64(len(s)))
	}
	b = binary.AppendUvarint(b, uint64(size))
	for _, s := range w.table {
		b = append(b, s...)
	}
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, k := range n {
		b = binary.AppendUvarint(b, k)
	}
	return append(b, w.b...), nil
}

func (w *factWriter) card(f *Facts, n *[3]uint64) error {
	d := f.Deep
	w.b = append(w.b, f.ID[:]...)
	w.b = binary.LittleEndian.AppendUint64(w.b, f.Said)
	var rest []byte
	if r := d.rarely(); !r.none() {
		b, err := portfolio.Enc.Marshal(&r)
		if err != nil {
			return err
		}
		rest = b
	}
	w.b = append(w.b, flags(d.Natural, d.Strategic, rest != nil))
	w.signed(int64(d.LostOn), int64(d.Headcount))
	w.many(uint64(d.Motive), uint64(d.Identity), uint64(len(d.Families)), uint64(len(d.Contacts)), uint64(len(d.Persons)), uint64(len(d.Topics)), uint64(len(d.Ordered)))
	n[0] += uint64(len(d.Families))
	for k := range d.Families {
		s := &d.Families[k]
		w.text(s.Family)
		w.many(uint64(len(s.Lines)))
		n[1] += uint64(len(s.Lines))
		day := calendar.Day(0)
		for i := range s.Lines {
			w.line(&s.Lines[i], &s.Cost[i], day)
			day = s.Lines[i].From
		}
	}
	n[2] += uint64(len(d.Contacts))
	day := calendar.Day(0)
	for i := range d.Contacts {
		w.met(&d.Contacts[i], day)
		day = d.Contacts[i].Day
	}
	for i := range d.Persons {
		w.person(&d.Persons[i])
	}
	for _, s := range d.Topics {
		w.text(s)
	}
	for _, o := range d.Ordered {
		w.signed(int64(o.Day), int64(o.Amount))
	}
	if rest != nil {
		w.many(uint64(len(rest)))
		w.b = append(w.b, rest...)
	}
	return nil
}

func (r *rarely) none() bool {
	return len(r.Services)+len(r.Competitors)+len(r.Contracts)+len(r.Payments)+len(r.Projects)+len(r.Commitments)+len(r.Efforts)+
		len(r.Signals)+len(r.Formers)+len(r.Overrides)+len(r.Tools)+len(r.Appointed)+len(r.Readings)+len(r.Actions) == 0 && r.Relevance == nil && r.Trust == nil && r.Told == nil && r.Open == nil
}

// Flags of a line.
const (
	lineSelf = 1 << iota
	lineLong // a period
	lineBare // no line names its cost: Bare is Net
	lineCost // all do: Bare is 0
)

func (w *factWriter) line(l *SaleDay, c *Costing, after calendar.Day) {
	f := flags(c.Self, l.To != l.From, c.Bare == l.Net && c.Cost == 0, c.Bare == 0)
	w.b = append(w.b, f)
	w.signed(int64(l.From-after), int64(l.Net))
	if f&lineLong != 0 {
		w.signed(int64(l.To - l.From))
	}
	if f&lineBare != 0 {
		return
	}
	w.signed(int64(c.Cost))
	if f&lineCost == 0 {
		w.signed(int64(c.Bare))
	}
}

func (w *factWriter) met(m *Met, after calendar.Day) {
	more := m.Efforts != Efforts{}
	w.b = append(w.b, flags(m.Inbound, m.Next, more, m.Far > 0), byte(m.Kind), byte(m.Outcome), byte(m.Content))
	w.signed(int64(m.Day-after), int64(m.Minute), int64(m.Duration), int64(m.Travel), int64(m.Prep), int64(m.Late), int64(m.Spent))
	w.many(uint64(m.Persons), uint64(m.Topics))
	if more {
		w.many(uint64(uint16(m.Weight)), uint64(m.Together), uint64(m.Shared))
	}
	if m.Far > 0 {
		w.many(uint64(m.Far))
	}
}

func (w *factWriter) person(p *PersonFact) {
	w.b = append(w.b, p.ID[:]...)
	w.b = append(w.b, flags(p.Consent))
	w.text(p.Name)
	w.text(p.Function)
	w.signed(int64(p.Influence), int64(p.Attitude), int64(p.Since), int64(p.Until))
	w.many(uint64(len(p.Roles)))
	for _, s := range p.Roles {
		w.text(s)
	}
}

// The fewest bytes each part may take.
const (
	minFacts  = 16 + 8 + 1 + 9
	minFamily = 2
	minLine   = 3
	minMet    = 4 + 9
	minPerson = 16 + 1 + 7
)

// DecodeFacts reads what EncodeFacts wrote; [ErrChunkVersion] and [ErrChunk]
// both mean: build it again.
func DecodeFacts(b []byte) ([]Facts, error) {
	r := factReader{decoder: decoder{b: b}}
	if r.whole() != FactsVersion {
		return nil, ErrChunkVersion
	}
	r.words()
	list := make([]Facts, r.count(minFacts))
	r.families = make([]FamilySales, r.count(minFamily))
	n := r.count(minLine)
	r.lines, r.costs = make([]SaleDay, n), make([]Costing, n)
	r.mets = make([]Met, r.count(minMet))
	for i := range list {
		r.card(&list[i])
	}
	if r.bad || len(r.b)-r.at+len(r.families)+len(r.lines)+len(r.mets) > 0 {
		return nil, ErrChunk
	}
	return list, nil
}

type factReader struct {
	decoder
	table    []string
	families []FamilySales // what is left of them
	lines    []SaleDay
	costs    []Costing
	mets     []Met
}

// words reads the table of texts.
func (r *factReader) words() {
	sizes := make([]int32, r.count(1))
	for i := range sizes {
		sizes[i] = int32(min(r.whole(), math.MaxInt32))
	}
	r.text = string(r.bytes(r.count(1)))
	r.table = make([]string, len(sizes))
	for i, n := range sizes {
		if int(n) > len(r.text) {
			r.fail()
			return
		}
		r.table[i], r.text = r.text[:n], r.text[n:]
	}
}

func (r *factReader) word() string {
	if k := r.whole(); k < len(r.table) {
		return r.table[k]
	}
	r.fail()
	return ""
}

func (r *factReader) small() int { return int(r.signed()) }

func (r *factReader) card(f *Facts) {
	d := &Deep{}
	f.Deep = d
	copy(f.ID[:], r.bytes(16))
	if b := r.bytes(8); b != nil {
		f.Said = binary.LittleEndian.Uint64(b)
	}
	on := r.byte()
	d.Natural, d.Strategic = on&1 != 0, on&2 != 0
	d.LostOn, d.Headcount = r.day(), r.small()
	d.Motive, d.Identity = portfolio.Motive(r.whole()), r.whole()
	nf, nm := r.whole(), r.whole()
	np, nt, no := r.count(minPerson), r.count(1), r.count(2)
	if nf > len(r.families) || nm > len(r.mets) {
		r.fail()
		return
	}
	if nf > 0 {
		d.Families, r.families = r.families[:nf:nf], r.families[nf:]
	}
	for k := range d.Families {
		if !r.family(&d.Families[k]) {
			return
		}
	}
	if nm > 0 {
		d.Contacts, r.mets = r.mets[:nm:nm], r.mets[nm:]
	}
	day := calendar.Day(0)
	for i := range d.Contacts {
		day = r.met(&d.Contacts[i], day)
	}
	d.Persons = room[PersonFact](np)
	for i := range d.Persons {
		r.person(&d.Persons[i])
	}
	d.Topics = r.list(nt)
	d.Ordered = room[OrderSaid](no)
	for i := range d.Ordered {
		d.Ordered[i] = OrderSaid{r.day(), money.Cents(r.signed())}
	}
	if on&4 != 0 {
		var rest rarely
		if trusted.Unmarshal(r.bytes(r.count(1)), &rest) != nil || !rest.into(d) {
			r.fail()
		}
	}
}

func room[T any](n int) []T {
	if n == 0 {
		return nil
	}
	return make([]T, n)
}

func (r *factReader) list(n int) []string {
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = r.word()
	}
	return out
}

func (r *factReader) family(s *FamilySales) bool {
	s.Family = r.word()
	n := r.whole()
	if n > len(r.lines) {
		r.fail()
		return false
	}
	s.Lines, r.lines = r.lines[:n:n], r.lines[n:]
	s.Cost, r.costs = r.costs[:n:n], r.costs[n:]
	day := calendar.Day(0)
	for i := range s.Lines {
		f := r.byte()
		day += r.day()
		l := SaleDay{From: day, To: day, Net: money.Cents(r.signed())}
		if f&lineLong != 0 {
			l.To += r.day()
		}
		c := Costing{Self: f&lineSelf != 0}
		if f&lineBare != 0 {
			c.Bare = l.Net
		} else {
			c.Cost = money.Cents(r.signed())
			if f&lineCost == 0 {
				c.Bare = money.Cents(r.signed())
			}
		}
		s.Lines[i], s.Cost[i] = l, c
	}
	return true
}

func (r *factReader) met(m *Met, after calendar.Day) calendar.Day {
	b := r.bytes(4)
	if b == nil {
		return after
	}
	m.Next = b[0]&2 != 0
	m.Inbound, m.Kind, m.Outcome, m.Content = b[0]&1 != 0, portfolio.ContactKind(b[1]), portfolio.Outcome(b[2]), int8(b[3])
	m.Day, m.Minute = after+r.day(), int16(r.signed())
	m.Duration, m.Travel, m.Prep, m.Late = int16(r.signed()), int16(r.signed()), int16(r.signed()), int16(r.signed())
	m.Spent, m.Persons, m.Topics = money.Cents(r.signed()), uint32(r.whole()), uint32(r.whole())
	if b[0]&4 != 0 {
		m.Weight, m.Together, m.Shared = int16(r.whole()), uint8(r.whole()), uint8(r.whole())
	}
	if b[0]&8 != 0 {
		m.Far = int32(r.whole())
	}
	return m.Day
}

func (r *factReader) person(p *PersonFact) {
	copy(p.ID[:], r.bytes(16))
	p.Consent = r.byte()&1 != 0
	p.Name, p.Function = r.word(), r.word()
	p.Influence, p.Attitude, p.Since, p.Until = r.small(), r.small(), r.day(), r.day()
	p.Roles = r.list(r.count(1))
}

// Facts are those held of a card; nil when it lacks them.
func (s *Snapshot) Facts(id portfolio.ID) *Deep { return s.deep[id] }

// Keep puts facts that were kept in place, for the cards that the snapshot
// holds and that lack them: what was derived since is newer.
func (s *Snapshot) Keep(list []Facts) {
	for i := range list {
		if id := list[i].ID; s.cards[id] != nil && s.deep[id] == nil {
			s.deep[id] = list[i].Deep
		}
	}
	s.facts++
	s.past = nil
}
