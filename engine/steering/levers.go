package steering

import (
	"sillon/engine/arena"
	"sillon/engine/explain"
	"sillon/engine/money"
)

// A Lever is a way to animate a relation (levier d'animation, G3).
type Lever uint8

const (
	Discourse Lever = iota // élargir le discours
	Bases                  // élargir les bases de la relation
	Presence               // être omniprésent
	Promises               // montrer du professionnalisme
	Ledger                 // obliger ses clients
	Levers    = iota
)

// A Person is an active interlocutor's part in the contacts.
type Person struct {
	Function int32 // of the catalogue of functions; under 0: not known
	Contacts int
}

// Life is what the last twelve months recorded of one client.
type Life struct {
	Topics          []int32 // times each topic of the catalogue was discussed; empty: no catalogue
	SinceOtherTopic int32   // days since the last topic that is not the product; under 0: never

	People    []Person
	Functions int // functions that exist at the client; 0: not known

	Touches       []int32 // contacts of any kind by month, one entry per month seen
	Silence       int32   // days of the longest silence
	Target        float64 // days of the target interval; 0: none
	Channels      []int32 // contacts by kind
	PromisesDue   int
	PromisesKept  int // on time
	Reports       int
	ReportsInTime int // within 48 hours
	Quotes        int
	QuotesInTime  int // within the target delay
	Visits        int
	Prepared      int // visits with their preparation sheet done

	Rendered, Returned float64 // ledger of services, in one unit
}

// An Animation is how lively a relation is: five branches from 0 to 1.
type Animation struct {
	Branch  [Levers]float64
	Known   [Levers]bool // a lever without its whole (no catalogue, no promise…) is skipped
	Score   float64      // mean of the known ones, 0-100
	Weakest []Lever      // known levers, lowest first: the next touch

	Undiscussed     []int32 // topics never discussed here
	SinceOtherTopic int32
	Mono            bool    // one person carries more than 80 % of the contacts
	Top             float64 // the share of the one who carries most
	Silence         float64 // longest silence ÷ target interval; 0: no target
	Mix             float64 // kinds of contact in use ÷ kinds counted
	Reports, Quotes explain.Result
	Preparation     explain.Result
	explain.Mark
}

// mono is the share of contacts from which one person carries the relation.
const mono = .80

// Animate measures the five levers (G3), each by its first metric: topics
// discussed ÷ catalogue, functions met ÷ functions existing, months touched ÷
// months, promises kept ÷ due, services returned ÷ rendered capped at 1.
func Animate(l Life) Animation {
	var r Room
	a := r.Animate(&l)
	if !a.Has() {
		return a
	}
	for k, known := range a.Known {
		if known {
			a.Steps = append(a.Steps, explain.Share(leverSteps[k], a.Branch[k]))
		}
	}
	a.Steps = append(a.Steps, explain.Of("steering.score", a.Score, explain.Points))
	return a
}

// A Room is memory for the animations of many clients, measured one after the
// other.
type Room struct {
	levers []Lever
	topics []int32
}

// Animate is [Animate] without steps. The room keeps nothing of l.
func (r *Room) Animate(l *Life) Animation {
	a := Animation{SinceOtherTopic: l.SinceOtherTopic}
	said := 0
	undiscussed := arena.Open(&r.topics, len(l.Topics))
	for k, n := range l.Topics {
		if n > 0 {
			said++
		} else {
			undiscussed = append(undiscussed, int32(k))
		}
	}
	a.Undiscussed = arena.Close(&r.topics, undiscussed)
	touched := positive(l.Touches)
	a.Branch[Discourse], a.Known[Discourse] = part(float64(said), float64(len(l.Topics)))
	a.Branch[Bases], a.Known[Bases] = part(float64(a.meet(l)), float64(l.Functions))
	a.Branch[Presence], a.Known[Presence] = part(float64(touched), float64(len(l.Touches)))
	a.Branch[Promises], a.Known[Promises] = part(float64(l.PromisesKept), float64(l.PromisesDue))
	a.Branch[Ledger], a.Known[Ledger] = part(l.Returned, l.Rendered)
	if l.Target > 0 && l.Silence > 0 {
		a.Silence = min(1e6, float64(l.Silence)/l.Target)
	}
	a.Mix, _ = part(float64(positive(l.Channels)), float64(len(l.Channels)))
	a.Reports, a.Quotes, a.Preparation = rate(l.ReportsInTime, l.Reports), rate(l.QuotesInTime, l.Quotes), rate(l.Prepared, l.Visits)
	a.score(r)
	return a
}

// meet counts the functions met, and looks for one person who carries all.
func (a *Animation) meet(l *Life) int {
	n := 0
	var all, top int
	for k := range l.People {
		p := &l.People[k]
		if p.Contacts <= 0 {
			continue
		}
		all += p.Contacts
		top = max(top, p.Contacts)
		if p.Function >= 0 && !met(l.People[:k], p.Function) {
			n++
		}
	}
	a.Top, _ = part(float64(top), float64(all))
	a.Mono = a.Top > mono
	return n
}

// met reports whether one of some persons has a function and was contacted.
func met(people []Person, function int32) bool {
	for k := range people {
		if people[k].Function == function && people[k].Contacts > 0 {
			return true
		}
	}
	return false
}

func positive(x []int32) int {
	n := 0
	for _, v := range x {
		if v > 0 {
			n++
		}
	}
	return n
}

func rate(n, of int) explain.Result {
	x, ok := part(float64(n), float64(of))
	if !ok {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	return explain.Result{Value: x, Mark: explain.Sound()}
}

var leverSteps = [Levers]string{"steering.discourse", "steering.bases", "steering.presence", "steering.promises", "steering.ledger"}

func (a *Animation) score(r *Room) {
	var sum float64
	weakest := arena.Open(&r.levers, Levers)
	for k := range a.Branch {
		if !a.Known[k] {
			continue
		}
		sum += a.Branch[k]
		at := len(weakest) // insertion: equals stay in the order of the levers
		weakest = append(weakest, Lever(k))
		for ; at > 0 && a.Branch[weakest[at-1]] > a.Branch[k]; at-- {
			weakest[at] = weakest[at-1]
		}
		weakest[at] = Lever(k)
	}
	a.Weakest = arena.Close(&r.levers, weakest)
	if len(a.Weakest) == 0 {
		a.Mark = explain.Missing(explain.NoData)
		return
	}
	a.Score = 100 * sum / float64(len(a.Weakest))
	a.Mark = explain.Sound()
	if len(a.Weakest) < Levers {
		a.Status, a.Reason = explain.Weak, explain.NoData
	}
}

// A Gift is what one person received, or would.
type Gift struct {
	Person string // its identifier
	Year   int
	Amount money.Cents
}

// Gifts is one person's year against the ethical cap on gifts.
type Gifts struct {
	Given money.Cents
	Left  money.Cents // that may still be given; 0 at or over the cap
	Over  bool
}

// GiftsTo sums a person's gifts of a year. A gift taken back counts under zero
// and frees its amount.
func GiftsTo(person string, year int, gifts []Gift, p Params) Gifts {
	var g Gifts
	for _, x := range gifts {
		if x.Person == person && x.Year == year {
			g.Given = g.Given.Plus(x.Amount)
		}
	}
	if g.Left = p.GiftCap; g.Given > 0 {
		g.Left = max(0, p.GiftCap-g.Given)
	}
	g.Over = g.Given > p.GiftCap
	return g
}

// MayGive reports whether a further gift keeps the person at or under the cap
// of its year.
func MayGive(next Gift, gifts []Gift, p Params) bool {
	g := GiftsTo(next.Person, next.Year, gifts, p)
	return next.Amount <= 0 || next.Amount <= g.Left
}
