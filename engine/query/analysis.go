package query

import (
	"slices"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/capacity"
	"sillon/engine/cockpit"
	"sillon/engine/cost"
	"sillon/engine/foresight"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/relation"
	"sillon/engine/response"
	"sillon/engine/sorting"
	"sillon/engine/steering"
)

// An Analysis is the whole method on the facts of one portfolio, or of one
// client ([Snapshot.Alone]). Each part is computed when it is first asked for,
// together with those its formulas need, and kept: the same value is never
// computed twice, and a screen pays only for what it shows.
//
// Nothing of it may be written to. One goroutine at a time.
type Analysis struct {
	*Book
	from  *Snapshot
	fits  *Fits
	part  parts
	story []PhaseMonth // see StoryTab
	memo  memo

	pause    func() // see NextSlowly; nil: nobody waits
	regraded bool   // since the part that is computed was begun
}

// memo are what several parts read and none shows.
type memo struct {
	signs          []maturity.Signs // of ageing, by client
	clients, place []int32          // see [Analysis.clients]
	worth          []money.Cents    // see [Analysis.worthByFamily]
	worthy         bool             // worth was read
	lately         []int32          // see [Analysis.lately]
	lamps          []Lamp           // see [Analysis.lamps]
	lit            bool             // lamps were read
	climbs         climbed          // those asked for last
	climbed        bool             // they were
}

// A Wish is what the reader may set for the plan of visits.
type Wish struct {
	Visits int // visits to share over the clients; 0: what H2 and H3 leave
	// Answers are those of the four questions; nil: what the portfolio itself says.
	Answers *capacity.Questions
	Growth  int // clients wanted beyond today's (H3)

	said    said // of the plan in hand
	planned bool // there is one
}

// parts are what has been computed so far.
type parts struct {
	cost      *PartCost
	response  *PartResponse
	maturity  *PartMaturity
	families  *PartFamilies
	weight    *PartWeight
	potential *PartPotential
	loyalty   *PartLoyalty
	steering  *PartSteering
	files     *PartFiles
	year      *dayBook
	time      *PartTime
	grid      *PartGrid
	visits    *PartVisits
	plans     *PartPlans
	appeal    *PartAppeal
	signals   *PartSignals
	attrition *PartAttrition
	relation  *PartRelation
	ledgers   []relation.Ledger
	ahead     *PartAhead
	cockpit   *cockpit.Rep
}

// chapters are the settings of those that the lists do not use. All are plain
// values, so that == tells whether anything changed.
type chapters struct {
	response  response.Params
	loyalty   loyalty.Params
	steering  steering.Params
	capacity  capacity.Params
	attrition attrition.Params
	relation  relation.Params
	cockpit   cockpit.Params
	foresight foresight.Params
	fixed     float64 // attr.priorFixed
}

func chaptersOf(set *params.Set) chapters {
	return chapters{
		response: response.From(set), loyalty: loyalty.From(set), steering: steering.From(set), capacity: capacity.From(set),
		attrition: attrition.From(set), relation: relation.From(set), cockpit: cockpit.From(set),
		foresight: foresight.From(set), fixed: set.Share(params.AttrPriorFixed),
	}
}

// Analyse prepares the analysis of a book. fits may be nil.
func Analyse(b *Book, fits *Fits) *Analysis { return &Analysis{Book: b, fits: fits} }

// All computes every part, in a fixed order, and returns a.
func (a *Analysis) All() *Analysis {
	a.Cost()
	a.Response()
	a.Maturity()
	a.Families()
	a.Weight()
	a.Potential()
	a.Loyalty()
	a.Steering()
	a.Files()
	a.Time()
	a.Grid()
	a.Visits()
	a.Plans()
	a.Appeal()
	a.Signals()
	a.Attrition()
	a.Relation()
	a.Ahead()
	a.Cockpit()
	return a
}

// Plan sets the wishes for the plan of visits; only what depends on them is
// computed again.
func (a *Analysis) Plan(w Wish) {
	if a.wish != w {
		a.wish = w
		a.part.time, a.part.cockpit = nil, nil
		a.regrade()
	}
}

// regrade forgets what the weights of the grid change. Categories and the seven
// criteria are not of it.
func (a *Analysis) regrade() {
	a.regraded = true
	a.part.visits, a.part.plans, a.part.cockpit = nil, nil, nil
	if g := a.part.grid; g != nil {
		a.part.grid = &PartGrid{Verdict: g.Verdict, Sheet: a.sc.Sheet, Seven: g.Seven}
	}
}

// Analysis is the analysis of a portfolio, kept until something it depends on
// changes; nil when the device holds no card of it. The facts of all its cards
// must have been given: see [Snapshot.Lacking].
func (s *Snapshot) Analysis(scope uint32) *Analysis {
	sc := s.Scored(scope)
	if sc == nil {
		return nil
	}
	if a := s.kept[scope]; a != nil && a.holds(s, sc) {
		s.planned(a)
		return a
	}
	b := s.book(sc, nil)
	s.open(b)
	a := Analyse(b, s.fits[scope])
	a.from = s
	if was := s.kept[scope]; was != nil {
		a.wish = was.wish
	}
	s.kept[scope] = a
	s.planned(a)
	return a
}

// holds reports whether the analysis still says what a new one would. New
// weights of the grid are taken in place.
func (a *Analysis) holds(s *Snapshot, sc *Scored) bool {
	now := s.book(sc, nil)
	if a.sc != sc || a.turn != now.turn || a.today != now.today || a.chapters != now.chapters || a.Owner != now.Owner || a.situation != now.situation ||
		!a.rules.graded(now.rules) || a.fits != s.fits[sc.Scope] || a.read != now.read || a.currency != now.currency ||
		!slices.Equal(a.catalogue, now.catalogue) || !slices.Equal(a.Costs, now.Costs) || !slices.Equal(a.Times, now.Times) {
		return false
	}
	if !a.rules.equal(now.rules) {
		a.rules = now.rules
		a.regrade()
	}
	return true
}

// Lacking lists the cards of a portfolio, in order, whose facts an analysis
// needs and the snapshot does not hold: the caller loads their bundles and
// gives them to [Snapshot.Deepen].
func (s *Snapshot) Lacking(scope uint32) []portfolio.ID {
	if s.whole[scope] == s.facts { // asked with every question
		return nil
	}
	var out []portfolio.ID
	s.Cards(scope, func(c *Card) bool {
		if s.deep[c.ID] == nil && !c.Archived {
			out = append(out, c.ID)
		}
		return true
	})
	if len(out) == 0 {
		s.whole[scope] = s.facts
	}
	return out
}

// Deepen keeps the facts of some cards. A card that is updated loses its own.
func (s *Snapshot) Deepen(bundles ...Bundle) {
	for i := range bundles {
		d := DeriveDeep(bundles[i])
		s.deep[bundles[i].Root] = &d
		s.facts++
		s.past = nil
	}
}

// Alone is the analysis of one client from its bundle, for its sheet: what is
// measured against the rest of the portfolio (classes of B1, pools of F1,
// openings of C4…) is missing or weak, everything else is as in the whole. nil
// when the card is not held or is archived, and when the settings read facts of
// the others that no column holds: the minutes of A1, the slope of B2.
func (s *Snapshot) Alone(b Bundle) *Analysis {
	sc, i := s.find(b.Root)
	if sc == nil || i < 0 {
		return nil
	}
	d := DeriveDeep(b)
	book := s.book(sc, &single{int32(i), &d})
	if book.rules.cost.Costing == cost.Time || book.chapters.response.Method == response.Regression {
		return nil
	}
	s.open(book)
	return Analyse(book, s.fits[sc.Scope])
}

// Book is what the analysis of a portfolio reads, for [Fit]; nil without any
// card.
func (s *Snapshot) Book(scope uint32) *Book {
	if a := s.Analysis(scope); a != nil {
		return a.Book
	}
	return nil
}

// single is the one client of a book.
type single struct {
	at   int32
	deep *Deep
}

// SetFits keeps the models of a portfolio; nil forgets them.
func (s *Snapshot) SetFits(scope uint32, f *Fits) { s.fits[scope] = f }

// A ledger is the catalogue of families, and the budgets by scope.
type ledger struct {
	products []portfolio.Family
	costs    map[uint32][]portfolio.Cost
	times    map[uint32][]portfolio.Time
	plans    map[uint32][]portfolio.Plan
	planned  []rowOf
}

func newLedger() ledger {
	return ledger{costs: map[uint32][]portfolio.Cost{}, times: map[uint32][]portfolio.Time{}, plans: map[uint32][]portfolio.Plan{}}
}

// take keeps a family, a cost or a time.
func (l *ledger) take(r rowOf) {
	switch r.Entity {
	case portfolio.KindFamily:
		var f portfolio.Family
		if r.Fields.Into(&f) == nil {
			if !finite(f.Margin) {
				f.Margin = 0
			}
			l.products = append(l.products, f)
		}
	case portfolio.KindCost:
		list := l.costs[r.Scope]
		keep(r, &list)
		l.costs[r.Scope] = list
	case portfolio.KindPlan:
		l.planned = append(l.planned, r)
	case portfolio.KindTime:
		var t portfolio.Time
		if r.Fields.Into(&t) == nil && finite(t.FieldDays) && finite(t.Part) {
			l.times[r.Scope] = append(l.times[r.Scope], t)
		}
	}
}

// settle puts them in an order that does not depend on the rows'.
func (l *ledger) settle() {
	sorting.By(l.products, compareFamily)
	l.products = unique(l.products)
	for _, list := range l.costs {
		sorting.By(list, compareCost)
	}
	for _, list := range l.times {
		sorting.By(list, compareTime)
	}
	l.settlePlans()
}

// back is the window k years before N.
func (b *Book) back(k int) calendar.Window { return b.rules.maturity.Periods.Back(b.AsOf, k) }
