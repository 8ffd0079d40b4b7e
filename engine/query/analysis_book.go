package query

import (
	"bytes"
	"cmp"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A Book is what an [Analysis] reads (livre du portefeuille): the clients of a
// portfolio with their columns and facts, the catalogue of families, the
// budgets of the rep. Slices by client are indexed like Cards.
type Book struct {
	Scope     uint32
	AsOf      calendar.Day
	N, Before calendar.Window // N and N-1
	Cards     []*Card         // in order of identifier; not archived
	Single    bool            // one client taken alone
	Owner     portfolio.ID
	heads     bool               // the owner is a manager: somebody above goes in his place (I5)
	Products  []portfolio.Family // the catalogue, and the codes of lines and estimates that it does not hold; in order of code
	Costs     []portfolio.Cost   // of the portfolio's scope, in order of year
	Times     []portfolio.Time

	Sales, Sales1 []money.Cents // of N and N-1
	Worth         []money.Cents // potential; 0 where Known is false
	Known         []bool
	Prospect      []bool // no order yet
	Codes         []string

	facts     []*Deep
	shelf     [][]int32 // by client: places in Products of its families; −1: none
	at        []int32   // places in sc
	sc        *Scored
	one       *single
	turn      uint32
	read      uint32 // state of the facts
	currency  string
	catalogue []portfolio.Family
	today     calendar.Day
	rules     rules
	chapters  chapters
	situation portfolio.Situation
	since     calendar.Day // first day lines are held from; None: from the beginning
	wish      Wish
}

var nothing Deep

// book says what the analysis of a portfolio, or of one of its clients, depends
// on; open then reads the facts.
func (s *Snapshot) book(sc *Scored, one *single) *Book {
	p := s.ports[sc.Scope]
	b := &Book{
		Scope: sc.Scope, AsOf: sc.AsOf, Owner: p.Owner, heads: s.users[p.Owner].Role == portfolio.RoleManager, situation: p.Kind, Single: one != nil, currency: s.org.Currency,
		catalogue: s.ledger.products, Costs: s.ledger.costs[sc.Scope], Times: s.ledger.times[sc.Scope],
		Cards: sc.Cards, Sales: sc.N, Sales1: sc.N1, Worth: sc.worth, Known: sc.known, Prospect: sc.prospect, Codes: sc.codes,
		sc: sc, one: one, turn: sc.turn, read: s.facts, today: sc.today, rules: sc.rules, chapters: chaptersOf(s.Params(sc.Scope)),
	}
	b.N, b.Before = b.back(0), b.back(1)
	return b
}

// open reads the facts into a book.
func (s *Snapshot) open(b *Book) {
	sc := b.sc
	if b.one != nil {
		i := b.one.at
		b.Cards, b.Sales, b.Sales1, b.Worth = sc.Cards[i:i+1], sc.N[i:i+1], sc.N1[i:i+1], sc.worth[i:i+1]
		b.Known, b.Prospect, b.Codes = sc.known[i:i+1], sc.prospect[i:i+1], sc.codes[i:i+1]
		b.at, b.facts = []int32{i}, []*Deep{b.one.deep}
	} else {
		b.Cards = slices.Clone(sc.Cards) // a card that changes takes another's place
		b.at, b.facts = make([]int32, len(sc.Cards)), make([]*Deep, len(sc.Cards))
		for i, c := range sc.Cards {
			b.at[i], b.facts[i] = int32(i), &nothing
			if d := s.deep[c.ID]; d != nil {
				b.facts[i] = d
			}
		}
	}
	if b.rules.said {
		b.facts = slices.Clone(b.facts)
		for i := range b.facts {
			b.facts[i] = b.facts[i].spoken()
		}
	}
	b.since = sc.since()
	b.shelve()
}

// shelve makes the list of families: those of the catalogue, and the codes of
// sale lines and of estimates that nobody described; and finds the place of each client's.
func (b *Book) shelve() {
	var codes []string
	n := 0
	for _, d := range b.facts {
		n += len(d.Families)
		for k := range d.Families {
			codes = insert(codes, d.Families[k].Family)
		}
	}
	for _, c := range b.Cards { // known from an estimate alone
		for k := range c.Estimates {
			codes = insert(codes, c.Estimates[k].Family)
		}
	}
	b.Products = b.catalogue
	for _, c := range codes {
		if c != "" && b.product(c) < 0 {
			b.Products = append(b.Products[:len(b.Products):len(b.Products)], portfolio.Family{Code: c})
			sorting.By(b.Products, compareFamily)
		}
	}
	at := make([]int32, len(codes))
	for k, c := range codes {
		at[k] = b.product(c)
	}
	all := make([]int32, 0, n)
	b.shelf = make([][]int32, len(b.facts))
	for i, d := range b.facts {
		from, k := len(all), 0
		for j := range d.Families { // both in order of code
			for codes[k] != d.Families[j].Family {
				k++
			}
			all = append(all, at[k])
		}
		b.shelf[i] = all[from:len(all):len(all)]
	}
}

// insert puts a word in a sorted list that does not hold it.
func insert(list []string, word string) []string {
	if k, ok := slices.BinarySearch(list, word); !ok {
		return sorting.Insert(list, k, word)
	}
	return list
}

// since is the first day lines are held from: that of the first line of all,
// when some client is known to have ordered before it.
func (sc *Scored) since() calendar.Day {
	first, older := calendar.None, false
	for _, c := range sc.Cards {
		if len(c.Sales) > 0 && (first == calendar.None || c.Sales[0].From < first) {
			first = c.Sales[0].From
		}
	}
	for _, c := range sc.Cards {
		older = older || c.FirstOrder != 0 && c.FirstOrder < first
	}
	if !older {
		return calendar.None
	}
	return first
}

// Len counts the clients.
func (b *Book) Len() int { return len(b.Cards) }

// Deep are the facts of client i.
func (b *Book) Deep(i int) *Deep { return b.facts[i] }

// Index is the place of a client, −1 when it is not in the book.
func (b *Book) Index(id portfolio.ID) int {
	if b.Single {
		if b.Cards[0].ID == id {
			return 0
		}
		return -1
	}
	lo, hi := 0, len(b.Cards)
	for lo < hi {
		if m := (lo + hi) / 2; bytes.Compare(b.Cards[m].ID[:], id[:]) < 0 {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(b.Cards) && b.Cards[lo].ID == id {
		return lo
	}
	return -1
}

// seen is the day an act counts on, as for the lists.
func (b *Book) seen(day calendar.Day) (calendar.Day, bool) {
	if day <= b.AsOf {
		return day, true
	}
	return b.sc.seen(day)
}

// ours takes the values of the book's clients from a column of the portfolio.
func ours[T any](b *Book, column []T) []T {
	if b.Single {
		return column[b.at[0] : b.at[0]+1]
	}
	return column
}

// amountIn is the part of a line inside a window.
func amountIn(l *SaleDay, w calendar.Window) money.Cents {
	if l.To <= l.From {
		if w.Contains(l.From) {
			return l.Net
		}
		return 0
	}
	return slice(l.Net, l, w)
}

// slice is the part of an amount of a line's period inside a window.
func slice(amount money.Cents, l *SaleDay, w calendar.Window) money.Cents {
	from, to, of := w.Steps(calendar.Window{From: l.From, To: max(l.From, l.To)})
	switch {
	case to <= from:
		return 0
	case to-from == of:
		return amount
	}
	return amount.Slice(from, to, of)
}

// product is the place of a family in the catalogue; −1: none, or not in it.
func (b *Book) product(code string) int32 {
	lo, hi := 0, len(b.Products)
	for lo < hi {
		if m := (lo + hi) / 2; b.Products[m].Code < code {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if code != "" && lo < len(b.Products) && b.Products[lo].Code == code {
		return int32(lo)
	}
	return -1
}

func compareFamily(a, b portfolio.Family) int {
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Margin, b.Margin), cmp.Compare(a.Parent, b.Parent),
		cmp.Compare(a.Cycle, b.Cycle), cmp.Compare(a.Launched, b.Launched), cmp.Compare(a.Stopped, b.Stopped), cmp.Compare(a.Opens, b.Opens), cmp.Compare(a.Closes, b.Closes))
}

func compareCost(a, b portfolio.Cost) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), bytes.Compare(a.User[:], b.User[:]), cmp.Compare(fullCost(&a), fullCost(&b)), cmp.Compare(a.Manager, b.Manager))
}

func compareTime(a, b portfolio.Time) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), bytes.Compare(a.User[:], b.User[:]), cmp.Compare(a.Weekend, b.Weekend), cmp.Compare(a.Holidays, b.Holidays),
		cmp.Compare(a.Leave, b.Leave), cmp.Compare(a.Meetings, b.Meetings), cmp.Compare(a.Sick, b.Sick), cmp.Compare(a.Training, b.Training),
		cmp.Compare(a.Fairs, b.Fairs), cmp.Compare(a.FieldDays, b.FieldDays), cmp.Compare(a.Minutes, b.Minutes), cmp.Compare(a.Overhead, b.Overhead),
		cmp.Compare(a.Visit, b.Visit), cmp.Compare(a.Travel, b.Travel), cmp.Compare(a.Report, b.Report), cmp.Compare(a.Part, b.Part))
}

// unique keeps one family of each code: the first in the order of all fields.
func unique(list []portfolio.Family) []portfolio.Family {
	out := list[:0]
	for _, f := range list {
		if f.Code == "" || len(out) > 0 && out[len(out)-1].Code == f.Code {
			continue
		}
		out = append(out, f)
	}
	return out
}

// own keeps the budgets of the owner, or of nobody in particular.
func own[T any](list []T, owner portfolio.ID, user func(*T) portfolio.ID) []T {
	var out []T
	for i := range list {
		if u := user(&list[i]); u == owner || u.IsZero() {
			out = append(out, list[i])
		}
	}
	return out
}
