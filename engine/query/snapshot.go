package query

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/maturity"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A Reader is who looks at a screen, and in which words.
type Reader struct {
	Words    Words
	User     portfolio.ID
	Readonly bool // the worker's decision: a manager looking at a rep's portfolio
}

// A Snapshot is everything the screens of a device need, in memory: the cards'
// columns, the organisation, its people, portfolios and settings, and the
// scores that follow from them, computed when asked and kept until something
// they depend on changes. One goroutine at a time.
type Snapshot struct {
	today    calendar.Day
	org      portfolio.Org
	users    map[portfolio.ID]portfolio.User
	ports    map[uint32]portfolio.Portfolio // by scope of the cards
	teams    map[uint32]portfolio.Team      // by scope of the team
	settings []setting
	cards    map[portfolio.ID]*Card
	scored   map[uint32]*Scored

	deep   map[portfolio.ID]*Deep // facts of the cards that an analysis asked for
	facts  uint32                 // counts the changes of deep
	whole  map[uint32]uint32      // facts when a portfolio last lacked none
	ledger ledger
	fits   map[uint32]*Fits
	kept   map[uint32]*Analysis
	shares map[uint32]map[portfolio.ID]int32 // visits of a year as last shared out: see pace

	past *Snapshot // see Past; nil: not made, or no longer
	now  *Snapshot // of which this is the past; nil: of none
}

// NewSnapshot is empty; today is the local day of the device.
func NewSnapshot(today calendar.Day) *Snapshot {
	s := &Snapshot{today: today, fits: map[uint32]*Fits{}, whole: map[uint32]uint32{}}
	s.SetMisc(nil)
	s.SetCards()
	return s
}

// SetToday moves the day. Nothing needs deriving again.
func (s *Snapshot) SetToday(today calendar.Day) {
	if s.today != today {
		s.today, s.past = today, nil
	}
}

// A setting is a parameter row with the mark that decides between two of them.
type setting struct {
	portfolio.Setting
	mark journal.Mark
}

// SetMisc replaces what is known of the organisation: rows of kinds org, user,
// team, portfolio, family, setting, cost and time, from every scope. Other
// kinds are ignored.
func (s *Snapshot) SetMisc(rows []journal.Row) {
	s.org, s.settings, s.past = portfolio.Org{}, nil, nil
	s.users, s.ports = map[portfolio.ID]portfolio.User{}, map[uint32]portfolio.Portfolio{}
	s.teams = map[uint32]portfolio.Team{}
	s.ledger = newLedger()
	for i := range rows {
		r := &rows[i]
		if r.Deleted() {
			continue
		}
		switch r.Entity {
		case portfolio.KindOrg:
			into(r, &s.org)
		case portfolio.KindUser:
			var u portfolio.User
			if into(r, &u) {
				s.users[r.Rec] = u
			}
		case portfolio.KindPortfolio:
			var p portfolio.Portfolio
			if into(r, &p) {
				s.ports[p.Scope] = p
			}
		case portfolio.KindTeam:
			var t portfolio.Team
			if into(r, &t) {
				s.teams[t.Scope] = t
			}
		case portfolio.KindFamily, portfolio.KindCost, portfolio.KindTime, portfolio.KindPlan:
			s.ledger.take(r)
		case portfolio.KindSetting:
			x := setting{mark: r.Mark}
			if into(r, &x.Setting) {
				s.settings = append(s.settings, x)
			}
		}
	}
	s.ledger.settle()
	// Outer layers first; of two records of one key, the later one speaks last.
	sorting.Stable(s.settings, func(a, b setting) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Key, b.Key), a.mark.Compare(b.mark))
	})
}

func into(r *journal.Row, noun any) bool { return r.Fields.Into(noun) == nil }

// SetCards replaces all cards: the decoded chunks.
func (s *Snapshot) SetCards(cards ...[]Card) {
	s.cards, s.scored = map[portfolio.ID]*Card{}, map[uint32]*Scored{}
	s.deep, s.kept, s.past = map[portfolio.ID]*Deep{}, map[uint32]*Analysis{}, nil
	s.facts++
	for _, chunk := range cards {
		for i := range chunk {
			s.cards[chunk[i].ID] = &chunk[i]
		}
	}
	for _, c := range s.cards {
		sc := s.place(c.Scope)
		sc.all = append(sc.all, c)
	}
	for _, sc := range s.scored {
		sorting.By(sc.all, byID)
	}
}

func byID(a, b *Card) int { return bytes.Compare(a.ID[:], b.ID[:]) }

func (s *Snapshot) place(scope uint32) *Scored {
	sc := s.scored[scope]
	if sc == nil {
		sc = &Scored{Scope: scope, stale: true}
		s.scored[scope] = sc
	}
	return sc
}

// Update puts one card in place of its former self. A new contact or
// appointment costs nothing more; what changes weights makes its portfolio be
// scored again at the next question.
func (s *Snapshot) Update(c Card) {
	s.shallow(c.ID)
	s.put(c)
}

// Renew is Update for a card whose rows say what they said: it keeps its facts,
// and what was computed from them.
func (s *Snapshot) Renew(c Card) {
	if old := s.cards[c.ID]; old == nil || old.Scope != c.Scope {
		s.shallow(c.ID)
	}
	s.put(c)
}

func (s *Snapshot) put(c Card) {
	s.past = nil
	old := s.cards[c.ID]
	card := &c
	if old != nil && old.Scope != c.Scope {
		s.Drop(c.ID)
		old = nil
	}
	s.cards[c.ID] = card
	sc := s.place(c.Scope)
	i, found := slices.BinarySearchFunc(sc.all, card, byID)
	if !found {
		sc.all = sorting.Insert(sc.all, i, card)
		sc.stale = true
		return
	}
	sc.all[i] = card
	if sc.stale || !old.sameWeight(card) {
		sc.stale = true
		return
	}
	sc.renew(old, card)
}

// Drop forgets a card.
func (s *Snapshot) Drop(id portfolio.ID) {
	c := s.cards[id]
	if c == nil {
		return
	}
	delete(s.cards, id)
	s.shallow(id)
	sc := s.scored[c.Scope]
	if i, found := slices.BinarySearchFunc(sc.all, c, byID); found {
		sc.all = slices.Delete(sc.all, i, i+1)
	}
	sc.stale = true
	if len(sc.all) == 0 {
		delete(s.scored, c.Scope)
		delete(s.kept, c.Scope)
	}
}

// shallow forgets the facts of a card that changes.
func (s *Snapshot) shallow(id portfolio.ID) {
	delete(s.deep, id)
	s.facts++
	s.past = nil
}

// sameWeight reports whether nothing differs that classes are made of.
func (c *Card) sameWeight(o *Card) bool {
	return c.Code == o.Code && c.Status == o.Status && c.Typology == o.Typology && c.Solvency == o.Solvency &&
		c.Category == o.Category && c.CatUntil == o.CatUntil && c.FirstOrder == o.FirstOrder &&
		c.OneShot == o.OneShot && c.Archived == o.Archived && c.HasPos == o.HasPos &&
		slices.Equal(c.Sales, o.Sales) && slices.Equal(c.Estimates, o.Estimates) &&
		slices.Equal(c.Said, o.Said) && slices.Equal(c.Decided, o.Decided)
}

// Len counts the cards.
func (s *Snapshot) Len() int { return len(s.cards) }

// Card returns the columns of one card.
func (s *Snapshot) Card(id portfolio.ID) (Card, bool) {
	if c := s.cards[id]; c != nil {
		return *c, true
	}
	return Card{}, false
}

// Cards calls f with the cards of a portfolio, all when scope is 0, in order
// of portfolio and identifier, until f returns false.
func (s *Snapshot) Cards(scope uint32, f func(*Card) bool) {
	for _, n := range s.scopes(scope) {
		for _, c := range s.scored[n].all {
			if !f(c) {
				return
			}
		}
	}
}

// scopes lists the portfolios that hold cards, in order; only the one asked
// when scope is not 0.
func (s *Snapshot) scopes(scope uint32) []uint32 {
	if scope == 0 {
		return sorting.Keys(s.scored)
	}
	if s.scored[scope] == nil {
		return nil
	}
	return []uint32{scope}
}

// AsOf is the reading date of a portfolio, and whether it is fixed. For scope
// 0 it is the latest of the portfolios' dates.
func (s *Snapshot) AsOf(scope uint32) (calendar.Day, bool) {
	if s.now != nil {
		day, fixed := s.now.AsOf(scope)
		return yearBefore(day), fixed
	}
	if scope == 0 && len(s.scored) > 0 {
		var last calendar.Day
		all := true
		for i, n := range s.scopes(0) {
			d, fixed := s.AsOf(n)
			if i == 0 || d > last {
				last = d
			}
			all = all && fixed
		}
		return last, all
	}
	for _, x := range slices.Backward(s.settings) {
		if x.Key == portfolio.ReadingDate && x.Scope == scope && len(x.Values) == 1 {
			if d := calendar.Day(x.Values[0]); d != 0 {
				return d, true
			}
			break // given back to the calendar
		}
	}
	if p := s.ports[scope]; p.AsOf != 0 {
		return p.AsOf, true
	}
	if s.org.AsOf != 0 {
		return s.org.AsOf, true
	}
	return s.today, false
}

// Params is the set of parameters in force in a portfolio; of the organisation
// for scope 0. A setting that breaks a bound is left out: the outer value
// holds. So it does for two settings of one level that cross, and when the level
// above keeps the rule for itself.
func (s *Snapshot) Params(scope uint32) *params.Set {
	set, _ := s.settled(scope, int(params.Portfolio), nil)
	return set
}

// settled is Params without the levels inside one, and with what is tried in
// place of what its level says; and what was left out. Each level is judged as a
// whole: a pair of thresholds may be legal though neither is without the other.
func (s *Snapshot) settled(scope uint32, inner int, try *RulesAsk) (*params.Set, []*params.Error) {
	set := params.Default()
	var refused []*params.Error
	for level := int(params.Org); level <= min(inner, int(params.Portfolio)); level++ {
		var keys []params.Key
		var values []params.Value
		for i := range s.settings {
			x := &s.settings[i]
			if x.Level != level || !s.speaks(x, scope) || s.lockedOver(scope, x.Key, x.Level) != 0 ||
				try != nil && try.Level == x.Level && try.Key == x.Key {
				continue
			}
			keys, values = append(keys, params.Key(x.Key)), append(values, params.Value{Numbers: x.Values, Word: x.Word})
		}
		if try != nil && try.Level == level && !try.Back {
			keys, values = append(keys, params.Key(try.Key)), append(values, params.Value{Numbers: try.Values, Word: try.Word})
		}
		if len(keys) > 0 {
			next, out := set.Layer(params.Scope(level), keys, values)
			set, refused = next, append(refused, out...)
		}
	}
	return set, refused
}

// speaks reports whether a setting is meant for a portfolio; for scope 0, for
// the organisation.
func (s *Snapshot) speaks(x *setting, scope uint32) bool {
	switch params.Scope(x.Level) {
	case params.Org:
		return true
	case params.Team:
		return scope != 0 && x.Scope == s.ports[scope].Team
	case params.Portfolio:
		return scope != 0 && x.Scope == scope
	}
	return false
}

// rules are the chapters' settings in a portfolio.
func (s *Snapshot) rules(scope uint32) rules { return s.rulesIn(scope, s.Params(scope)) }

// rulesIn are those of another set.
func (s *Snapshot) rulesIn(scope uint32, set *params.Set) rules {
	r := rulesOf(set)
	if m := s.org.FiscalFrom; m >= 1 && m <= 12 {
		r.maturity.Periods.FiscalStart = time.Month(m)
	}
	p := s.ports[scope]
	r.maturity = maturity.Adapt(maturity.Situation(p.Kind), p.Months, r.maturity).Params
	if p.Months > 0 {
		r.maturity.Periods.Months = p.Months
	}
	return r
}

// Scored is a portfolio with all classes of its clients, at its reading date;
// nil when the device holds no card of it. It is kept until something it
// depends on changes.
func (s *Snapshot) Scored(scope uint32) *Scored {
	sc := s.scored[scope]
	if sc == nil {
		return nil
	}
	asOf, fixed := s.AsOf(scope)
	r := s.rules(scope)
	switch {
	case sc.stale || sc.AsOf != asOf || sc.Fixed != fixed || !sc.rules.graded(r):
		sc.AsOf, sc.Fixed, sc.today = asOf, fixed, s.today
		sc.score(r)
		return sc
	case !sc.rules.equal(r):
		sc.rules = r
		sc.grade()
		sc.call()
	}
	switch {
	case sc.today != s.today:
		sc.today = s.today
		sc.meet()
	case sc.due:
		sc.call()
		sc.lacks()
	}
	return sc
}

// each calls f with every portfolio asked for, scored, in order.
func (s *Snapshot) each(scope uint32, f func(*Scored)) {
	for _, n := range s.scopes(scope) {
		f(s.Scored(n))
	}
}

// find is the scored portfolio of a card and its place there; −1 when the card
// is archived.
func (s *Snapshot) find(id portfolio.ID) (*Scored, int) {
	c := s.cards[id]
	if c == nil {
		return nil, -1
	}
	sc := s.Scored(c.Scope)
	return sc, sc.index(c)
}

// teamName is the team that all portfolios on the device belong to, else the
// organisation.
func (s *Snapshot) teamName() string {
	name := ""
	for i, n := range s.scopes(0) {
		t := s.teams[s.ports[n].Team].Name
		if i > 0 && t != name {
			return s.org.Name
		}
		name = t
	}
	return cmp.Or(name, s.org.Name)
}

// owner is the name of the rep who answers for a portfolio.
func (s *Snapshot) owner(scope uint32) string { return s.users[s.ports[scope].Owner].Name }
