package query

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// The views of this file and of its neighbours (view_*.go) are pure functions
// of an [Analysis]: plain numbers with their unit, keys to be worded by the
// catalogue, series for the charts, and the clients behind every mark. No
// sentence is made here.
//
// A number of a row that can be tapped bears the tag `why:"topic"`: [Analysis.Why]
// answers for that topic and that client. Figures say their topic themselves.

// A Ground is what a deep view stands on: whose clients, over which windows.
// Clients are told by their place in IDs everywhere else in the view.
type Ground struct {
	Scope    uint32          `cbor:"1,keyasint"`
	AsOf     calendar.Day    `cbor:"2,keyasint"`
	N        calendar.Window `cbor:"3,keyasint"`
	Before   calendar.Window `cbor:"4,keyasint"` // N-1
	Currency string          `cbor:"5,keyasint"`
	IDs      []portfolio.ID  `cbor:"6,keyasint"`
	Names    []string        `cbor:"7,keyasint"`
	Few      bool            `cbor:"8,keyasint,omitempty"`  // under eight clients: counts, no conclusion
	Family   string          `cbor:"9,keyasint,omitempty"`  // code of the only family looked at
	Second   bool            `cbor:"10,keyasint,omitempty"` // a whole second year is known
}

// A Who is the clients behind a mark, by their place in [Ground].IDs.
type Who = []int32

func (a *Analysis) ground(family string) Ground {
	g := Ground{Scope: a.Scope, AsOf: a.AsOf, N: a.N, Before: a.Before, Currency: a.currency, Family: family, Second: a.sc.Second,
		IDs: make([]portfolio.ID, a.Len()), Names: make([]string, a.Len()), Few: a.Len() < few}
	for i, c := range a.Cards {
		g.IDs[i], g.Names[i] = c.ID, c.Name
	}
	return g
}

// who lists the clients that are.
func (a *Analysis) who(is func(i int) bool) Who {
	var out Who
	for i := range a.Cards {
		if is(i) {
			out = append(out, int32(i))
		}
	}
	return out
}

// short keeps seven digits of a number: what a screen shows, in half the bytes.
func short(x float64) float64 {
	if x-x != 0 {
		return 0
	}
	y := float64(float32(x))
	if y-y != 0 {
		return x
	}
	return y
}

// thin picks at most so many points of a long line, both ends among them.
func thin(n, most int) []int {
	if n <= most {
		out := make([]int, n)
		for k := range out {
			out[k] = k
		}
		return out
	}
	out := make([]int, most)
	for k := range out {
		out[k] = int(math.Round(float64(k) * float64(n-1) / float64(most-1)))
	}
	return out
}

// figure is a result with its topic.
func figure(topic string, r explain.Result, u explain.Unit) Figure {
	return Figure{Topic: topic, Value: r.Value, Unit: u, Mark: r.Mark}
}

func amount(topic string, c money.Cents, m explain.Mark) Figure {
	return Figure{Topic: topic, Value: float64(c), Unit: explain.Money, Mark: m}
}

// letterOf is the letter of a phase; empty for none.
func letterOf(p maturity.Phase) string {
	if p < maturity.Prospect || p > maturity.Lost {
		return ""
	}
	return "PDCMVX"[p-1 : p]
}

// familyAt is the place of a family of the catalogue; −1: none.
func (a *Analysis) familyAt(code string) int { return int(a.product(code)) }

// familyName names the family at a place; the pseudo-family has no name.
func (a *Analysis) familyName(f int) string {
	if f < 0 || f >= len(a.Products) {
		return ""
	}
	if n := a.Products[f].Name; n != "" {
		return n
	}
	return a.Products[f].Code
}

func sqrt(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return math.Sqrt(x)
}
