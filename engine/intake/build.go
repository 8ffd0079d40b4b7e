package intake

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A builder gathers lines into drafts, one per client.
type builder struct {
	rd     *reader
	lines  bool // the file holds dated lines: a client may come back on every one
	sales  bool // the file holds sales of either sort
	drafts []draft
	byCode map[string]int32
	bySire map[string]int32
	byName names // drafts without a card here
	byCard map[int32]int32
	first  calendar.Day // of the dated lines
	last   calendar.Day
}

// A draft is one client while lines are read.
type draft struct {
	card   int32 // in the index, or unknownCard
	set    uint64
	values []fieldValue
	sales  []pending
	line   int // of the file, first seen
	row    int32
}

type fieldValue struct {
	f    Field
	keep bool
	s    string
}

// A pending sale line, with where it comes from.
type pending struct {
	portfolio.Sale
	row    int32
	line   int32
	column int32
	done   bool // identical to a line here, or left out
	old    *Line
}

func newBuilder(rd *reader) *builder {
	b := &builder{rd: rd, byCode: map[string]int32{}, bySire: map[string]int32{}, byName: newNames(), byCard: map[int32]int32{}}
	for _, l := range rd.lanes {
		b.lines = b.lines || l.Field == Amount || l.Field == Return
		b.sales = b.sales || l.Field == Total
	}
	b.sales = b.sales || b.lines
	return b
}

// line reads one line and puts it where it belongs.
func (b *builder) line(i int) {
	rd := b.rd
	r := &rd.rec
	pass := func() { rd.result.state[i] = passed }
	if !rd.read(i) {
		pass()
		return
	}
	if b.foot(i) {
		rd.issue(-1, r.text[Name], TotalLine, Note, None)
		pass()
		return
	}
	if !r.drop {
		rd.settle()
	}
	if r.hold > Note || r.drop {
		return
	}
	d := b.place()
	if r.hold > Note || r.drop {
		return
	}
	if d < 0 {
		b.drafts = append(b.drafts, draft{card: unknownCard, line: r.line, row: r.row})
		d = int32(len(b.drafts) - 1)
	}
	before := b.drafts[d].set
	switch b.merge(&b.drafts[d]) {
	case mergePassed:
		pass()
	case mergeDone:
		if b.drafts[d].set != before { // it said something new of the client
			b.know(d)
		}
	}
}

// foot reports whether the line is the total at the foot of a table: its name
// says so, it has no code, and it is among the last.
func (b *builder) foot(i int) bool {
	r := &b.rd.rec
	if i < b.rd.sheet.Rows()-3 || r.has(Siret) || r.has(Name) && r.has(Code) {
		return false
	}
	name := r.text[Name]
	if !r.has(Name) {
		name = r.text[Code]
	}
	switch Fold(name) {
	case "total", "totaux", "total general", "totals", "grand total", "sous total", "somme", "total ht":
		return i > 0
	}
	return false
}

// place finds the draft of the client a line is about: by code, else by SIRET,
// else by name and postcode; -1 for a new one.
func (b *builder) place() int32 {
	rd := b.rd
	r, e := &rd.rec, rd.existing
	code, siret := codeKey(r.text[Code]), ""
	if r.has(Siret) && siretValid(r.text[Siret]) {
		siret = strings.ToUpper(compact(r.text[Siret]))
	}
	if code != "" {
		if d, ok := b.byCode[code]; ok {
			return d
		}
	}
	bySiret, hasSiret := e.bySiret[siret]
	if byCode, ok := e.byCode[code]; ok && code != "" {
		if hasSiret && siret != "" && bySiret != byCode {
			rd.issue(rd.columnOf(Siret, Siret), r.text[Siret], TwoCards, Ask, Accept, e.card(byCode).Account.Name, e.card(bySiret).Account.Name)
		}
		return b.open(byCode)
	}
	if siret != "" {
		if d, ok := b.bySire[siret]; ok && code == "" {
			return d
		}
		if hasSiret {
			c, at := e.card(bySiret), rd.columnOf(Siret, Siret)
			switch {
			case code == "" || c.Account.Code == "":
				if !b.opened(bySiret) && r.has(Name) && foldName(c.Account.Name) != foldName(r.text[Name]) {
					rd.issue(at, r.text[Siret], SameSiret, Note, None, c.Account.Name, c.Account.Code)
				}
				return b.open(bySiret)
			case rd.chosen(at, SameSiret, Separate):
			case rd.issue(at, r.text[Siret], SameSiret, Ask, Merge, c.Account.Name, c.Account.Code):
				return b.open(bySiret)
			default:
				return -1
			}
		}
	}
	return b.byNames(code, siret)
}

// byNames finds a client by name and postcode. Where both have a code or a
// SIRET and they differ, they are two clients that look alike.
func (b *builder) byNames(code, siret string) int32 {
	rd := b.rd
	r, e := &rd.rec, rd.existing
	name := foldName(r.text[Name])
	if name == "" {
		return -1
	}
	at, place := rd.columnOf(Name, Name), r.text[Postcode]
	near, several := noRow, false
	if code == "" {
		exact, ok := b.byName.place[name+"\x00"+place]
		if ok {
			return exact
		}
		near, several = b.byName.near(name, place)
		if near != noRow && !several && len(e.byName.list[name]) == 0 {
			return near
		}
	}
	card, ok := e.byName.place[name+"\x00"+place]
	if !ok {
		here, more := e.byName.near(name, place)
		if (more || several || here != noRow && near != noRow) && code == "" && siret == "" {
			rd.issue(at, r.text[Name], SeveralNames, Refuse, Correct, strconv.Itoa(len(e.byName.list[name])+len(b.byName.list[name])))
			return -1
		}
		if more || near != noRow || here == noRow {
			return -1
		}
		card = here
	}
	c := e.card(card)
	other := code != "" && c.Account.Code != "" || siret != "" && c.Place.Siret != "" && !strings.EqualFold(compact(c.Place.Siret), siret)
	if other {
		if code != "" && !rd.issue(at, r.text[Name], Lookalike, Note, Merge, c.Account.Name, c.Account.Code) || code == "" {
			return -1
		}
		return b.open(card)
	}
	if (code != "" || !ok) && !b.opened(card) {
		rd.issue(at, r.text[Name], SameName, Note, None, c.Account.Name)
	}
	return b.open(card)
}

// open returns the draft of a card that is here.
func (b *builder) open(card int32) int32 {
	d, ok := b.byCard[card]
	if !ok {
		b.drafts = append(b.drafts, draft{card: card, line: b.rd.rec.line, row: b.rd.rec.row})
		d = int32(len(b.drafts) - 1)
		b.byCard[card] = d
	}
	return d
}

func (b *builder) opened(card int32) bool { _, ok := b.byCard[card]; return ok }

// know makes a draft found again by what its line said.
func (b *builder) know(d int32) {
	r := &b.rd.rec
	if k := codeKey(r.text[Code]); k != "" {
		keep(b.byCode, k, d)
	}
	if r.has(Siret) && siretValid(r.text[Siret]) {
		keep(b.bySire, strings.ToUpper(compact(r.text[Siret])), d)
	}
	if n := foldName(r.text[Name]); n != "" && b.drafts[d].card == unknownCard {
		b.byName.add(n, b.drafts[d].value(Postcode), d, true)
	}
}

func (d *draft) value(f Field) string {
	if d.set&(1<<f) == 0 {
		return ""
	}
	for i := range d.values {
		if d.values[i].f == f {
			return d.values[i].s
		}
	}
	return ""
}

func (d *draft) put(f Field, s string, keep bool) {
	if d.set&(1<<f) != 0 {
		for i := range d.values {
			if d.values[i].f == f {
				d.values[i].s = s
			}
		}
		return
	}
	d.set |= 1 << f
	d.values = append(d.values, fieldValue{f, keep, s})
}

type merged uint8

const (
	mergeDone merged = iota
	mergePassed
	mergeHeld
)

// merge adds the line to its draft.
func (b *builder) merge(d *draft) merged {
	rd := b.rd
	r := &rd.rec
	again := len(d.values)+len(d.sales) > 0
	if again && !b.lines {
		fresh, sales := false, 0
		for f := Code; f < Total; f++ {
			if !r.has(f) {
				continue
			}
			switch have := d.value(f); {
			case have == "":
				fresh = true
			case have != r.text[f]:
				if !rd.issue(rd.columnOf(f, f), r.text[f], Duplicate, Ask, Merge, strconv.Itoa(d.line), f.Key()) {
					return mergeHeld
				}
				fresh = true
			}
		}
		for i, t := range r.totals {
			for _, p := range d.sales {
				if p.From != t.window.From || p.Family != r.text[Family] || t.amount == 0 {
					continue
				}
				if p.Amount != t.amount && !rd.chosen(t.column, TotalTwice, Leave) {
					if !rd.issue(t.column, "", TotalTwice, Ask, Add, strconv.Itoa(int(p.line)), strconv.FormatInt(int64(t.amount), 10)) {
						return mergeHeld
					}
					continue
				}
				r.totals[i].amount = 0 // the same total again
			}
			if r.totals[i].amount != 0 {
				sales++
			}
		}
		if !fresh && sales == 0 {
			rd.issue(-1, r.text[Name], Twice, Note, None, strconv.Itoa(d.line))
			return mergePassed
		}
	}
	for i := range rd.lanes {
		l := &rd.lanes[i]
		if l.Field < Total && r.has(l.Field) {
			d.put(l.Field, r.text[l.Field], l.Keep)
		}
		if l.Field == PostcodeCity {
			if r.has(Postcode) {
				d.put(Postcode, r.text[Postcode], l.Keep)
			}
			if r.has(City) {
				d.put(City, r.text[City], l.Keep)
			}
		}
		if l.Field == Siret || l.Field == VAT {
			if r.has(Siren) {
				d.put(Siren, r.text[Siren], l.Keep)
			}
		}
	}
	b.sell(d)
	return mergeDone
}

// sell adds the sale lines of the line at hand.
func (b *builder) sell(d *draft) {
	r := &b.rd.rec
	base := pending{row: r.row, line: int32(r.line), column: -1, Sale: portfolio.Sale{Family: r.text[Family], Ref: r.text[Ref], Channel: r.text[Channel]}}
	for _, t := range r.totals {
		if t.amount == 0 {
			continue
		}
		p := base
		p.column = int32(t.column)
		p.From, p.To, p.Amount, p.Return = t.window.From, t.window.To, t.amount, t.amount < 0
		d.sales = append(d.sales, p)
	}
	if !b.lines || !r.has(Day) {
		return
	}
	if b.first == 0 || r.day < b.first {
		b.first = r.day
	}
	if b.last == 0 || r.day > b.last {
		b.last = r.day
	}
	base.From = r.day
	if a := r.cents[Amount]; a != 0 {
		p := base
		p.Amount, p.Qty, p.Return = a, r.num[Qty], a < 0
		p.Cost = b.cost(a)
		d.sales = append(d.sales, p)
	}
	if a := r.cents[Return]; a != 0 { // a return is written positive or negative; it always takes away
		p := base
		p.Amount, p.Return = -max(a, -a), true
		if r.cents[Amount] == 0 {
			p.Qty = r.num[Qty]
		}
		d.sales = append(d.sales, p)
	}
}

// cost is what the line cost: as said, or its amount less its margin.
func (b *builder) cost(amount money.Cents) *money.Cents {
	r := &b.rd.rec
	var c money.Cents
	switch {
	case r.has(Cost):
		c = r.cents[Cost]
	case r.has(Margin):
		c = amount - r.cents[Margin]
	case r.has(Rate):
		c = money.Cents(math.Round(float64(amount) * (1 - r.num[Rate])))
	default:
		return nil
	}
	return &c
}

// finish turns the drafts into what is to be written.
func (b *builder) finish(step Step) error {
	res := b.rd.result
	res.Drafts = make([]Draft, 0, len(b.drafts))
	for i := range b.drafts {
		if i%everyLine == 0 {
			if err := step(i, len(b.drafts)); err != nil {
				return err
			}
		}
		d := b.write(&b.drafts[i])
		switch {
		case d.Card == nil:
			res.New++
		case d.Writes():
			res.Changed++
		default:
			res.Same++
			continue
		}
		res.Drafts = append(res.Drafts, d)
	}
	return nil
}

// write makes the draft of one client.
func (b *builder) write(d *draft) Draft {
	var out Draft
	if d.card != unknownCard {
		out.Card = b.rd.existing.card(d.card)
		out.Account, out.Place = out.Card.Account, out.Card.Place
		out.Revive = out.Card.Account.Archived
	}
	out.apply(d.values)
	b.compare(d, &out)
	a := &out.Account
	if a.Name == "" {
		a.Name = cmpText(a.Code, out.Place.Siret)
	}
	if out.Card == nil {
		if a.Status == 0 {
			a.Status = portfolio.Client
			if b.sales && !b.lines && len(out.Lines) == 0 {
				a.Status = portfolio.Prospect // a list with totals, and none of his
			}
		}
		out.HasPlace = out.Place != (portfolio.Site{})
	} else {
		if (a.Status == portfolio.Prospect || a.Status == portfolio.Suspect) && d.set&(1<<Status) == 0 && sold(out.Lines) > 0 {
			a.Status = portfolio.Client
		}
		before := out.Card.Account
		before.Archived, out.Account.Archived = false, false
		out.changes(portfolio.KindAccount, before, out.Account)
		if out.Card.Site.IsZero() {
			out.HasPlace = out.Place != (portfolio.Site{})
		} else {
			out.changes(portfolio.KindSite, out.Card.Place, out.Place)
		}
	}
	out.potential(d, b.rd.plan.AsOf)
	return out
}

func cmpText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func sold(lines []SaleDraft) money.Cents {
	var sum money.Cents
	for i := range lines {
		sum += lines[i].Sale.Amount
	}
	return sum
}

// apply writes values into account and place: an empty field is filled, a full
// one is replaced unless its column says keep.
func (out *Draft) apply(values []fieldValue) {
	a, p := &out.Account, &out.Place
	if a.Name == a.Code && out.Card != nil {
		a.Name = "" // a code stood in for a name that was not known yet
	}
	for _, v := range values {
		text := func(dst *string) {
			if *dst == "" || !v.keep {
				*dst = v.s
			}
		}
		n, _ := strconv.Atoi(v.s)
		switch v.f {
		case Code:
			text(&a.Code)
		case Name:
			text(&a.Name)
		case Status:
			if a.Status == 0 || !v.keep {
				a.Status = portfolio.Status(n)
			}
		case FirstOrder:
			if a.FirstOrder == 0 || !v.keep {
				a.FirstOrder = calendar.Day(n)
			}
		case Solvency:
			if a.Solvency == 0 || !v.keep {
				a.Solvency = portfolio.Solvency(n)
			}
		case Rebate:
			if a.RebateRate == 0 || !v.keep {
				a.RebateRate = shareOf(v.s)
			}
		case Summary:
			text(&a.Summary)
		case Tags:
			a.Tags = addTags(a.Tags, v.s)
		case Siren:
			text(&a.Siren)
		case Siret:
			text(&p.Siret)
		case SiteName:
			text(&p.Name)
		case Street:
			text(&p.Street)
		case Postcode:
			text(&p.Postcode)
		case City:
			text(&p.City)
		case Insee:
			text(&p.Insee)
		case Country:
			text(&p.Country)
		case Zone:
			text(&p.Zone)
		case Sector:
			text(&p.Sector)
		case Naf:
			text(&p.Naf)
		case Email:
			text(&p.Email)
		case Web:
			text(&p.Web)
		case Headcount:
			if p.Headcount == 0 || !v.keep {
				p.Headcount = n
			}
		case Lat:
			degrees(&p.Lat, v)
		case Lon:
			degrees(&p.Lon, v)
		case Phone:
			if p.Phone == "" && p.PhoneRaw == "" || !v.keep {
				p.PhoneRaw, p.Phone = v.s, phone(v.s)
			}
		}
	}
	if out.Card != nil && a.Name == "" {
		a.Name = out.Card.Account.Name
	}
}

// shareOf is a share of a whole, 0 where none was read.
func shareOf(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || !(x >= 0 && x <= 1) {
		return 0
	}
	return x
}

func degrees(dst **float64, v fieldValue) {
	if *dst != nil && v.keep {
		return
	}
	x, err := strconv.ParseFloat(v.s, 64)
	if err != nil || *dst != nil && **dst == x {
		return
	}
	*dst = &x
}

// phone writes E.164; nine digits have lost their zero in a spreadsheet.
func phone(s string) string {
	if c := compact(s); len(c) == 9 && allDigits(c) && c[0] != '0' {
		s = "0" + c
	}
	return portfolio.E164(s)
}

func addTags(tags []string, s string) []string {
	out := append([]string(nil), tags...)
next:
	for t := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '/' }) {
		t = cut(strings.TrimSpace(t), 60)
		if t == "" || len(out) >= portfolio.MaxList {
			continue
		}
		for _, have := range out {
			if Fold(have) == Fold(t) {
				continue next
			}
		}
		out = append(out, t)
	}
	return out
}

// changes lists the fields in which two versions of a noun differ.
func (out *Draft) changes(k portfolio.Kind, before, after any) {
	old, err1 := portfolio.ToFields(before)
	now, err2 := portfolio.ToFields(after)
	if err1 != nil || err2 != nil {
		return // nouns made of plain values always encode
	}
	for n := uint16(1); n < 64; n++ {
		if o, v := old[n], now[n]; v != nil && !bytes.Equal(o, v) {
			out.Changes = append(out.Changes, Change{k, n, o, v})
		}
	}
}

// potential adds an estimate when the file says another one than the card.
func (out *Draft) potential(d *draft, asOf calendar.Day) {
	amount := func(f Field) money.Cents {
		n, _ := strconv.ParseInt(d.value(f), 10, 64)
		return money.Cents(n)
	}
	e := portfolio.Estimate{Amount: amount(Potential), Min: amount(PotentialMin), Max: amount(PotentialMax), Method: portfolio.Judgment, Day: asOf, Captive: shareOf(d.value(Captive))}
	if e.Amount == 0 && e.Max > 0 {
		e.Amount = e.Min + (e.Max-e.Min)/2
	}
	if e.Amount <= 0 || e.Max > 0 && e.Max < e.Min {
		return
	}
	if n, err := strconv.Atoi(d.value(Appraisal)); err == nil {
		e.Method = portfolio.Appraisal(n)
	}
	if out.Card != nil && out.Card.Potential != nil {
		had := out.Card.Potential
		if had.Amount == e.Amount && had.Min == e.Min && had.Max == e.Max && had.Captive == e.Captive || d.keeps(Potential) {
			return
		}
	}
	out.Potential = &e
}

func (d *draft) keeps(f Field) bool {
	for _, v := range d.values {
		if v.f == f {
			return v.keep
		}
	}
	return false
}
