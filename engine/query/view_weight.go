package query

import (
	"cmp"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
	"sillon/engine/weight"
)

// WeightAsk asks for the tab Weight of the portfolio.
type WeightAsk struct {
	By     string     `cbor:"1,keyasint,omitempty"` // sales, margin, units or potential; empty: sales
	Family string     `cbor:"2,keyasint,omitempty"` // code: sales of that family
	Before bool       `cbor:"3,keyasint,omitempty"` // of N-1: sales only
	Cuts   [2]float64 `cbor:"4,keyasint"`           // percent, as the reader moves them; 0: those of the team
	Heads  bool       `cbor:"5,keyasint,omitempty"` // cuts are percents of the clients, not of the total
}

// WeightView is the tab Weight: on whom the portfolio depends, who can climb
// (D1 to D3).
type WeightView struct {
	Ground   Ground        `cbor:"1,keyasint"`
	By       string        `cbor:"2,keyasint"`
	Pareto   ParetoSeries  `cbor:"3,keyasint"`
	Floors   FloorSeries   `cbor:"4,keyasint"`
	Lamps    []Lamp        `cbor:"5,keyasint"` // fragility, an indicator each
	Crossed  [4][4]Crossed `cbor:"6,keyasint"` // rows A B C prospects; columns A' B' C' unknown
	CrossWhy explain.Mark  `cbor:"7,keyasint"`
	Climbs   []Climb       `cbor:"8,keyasint,omitempty"` // nearest possible first
	Possible int           `cbor:"9,keyasint"`           // climbs that the potential allows, of all clients
	Asked    int           `cbor:"10,keyasint"`          // clients under another floor
}

// A ParetoSeries is the cumulated curve with its two cuts (D1).
type ParetoSeries struct {
	Order  []int32        `cbor:"1,keyasint"`           // clients, largest first
	Values []money.Cents  `cbor:"2,keyasint"`           // along Order; cents, or hundredths of contact units
	Share  []float64      `cbor:"3,keyasint"`           // made by the first k, k = 0…n
	Cut    [2]int         `cbor:"4,keyasint"`           // clients in A; in A and B
	Made   [2]float64     `cbor:"5,keyasint"`           // shares of the total at the cuts
	Class  [3]Who         `cbor:"6,keyasint"`           // A, B, C
	None   Who            `cbor:"7,keyasint,omitempty"` // without a value: prospects, unknown potential
	Sum    [3]money.Cents `cbor:"8,keyasint"`
	Total  money.Cents    `cbor:"9,keyasint"`
	Cuts   [2]float64     `cbor:"10,keyasint"` // percent, in force
	Heads  bool           `cbor:"11,keyasint,omitempty"`
	Count  Figure         `cbor:"12,keyasint"` // clients who make the first cut of the total
	Top    Figure         `cbor:"13,keyasint"` // share of the largest
}

// A FloorSeries is the pyramid of quarters (D2), top first.
type FloorSeries struct {
	Floor   [4]FloorRow `cbor:"1,keyasint"`
	Below   Who         `cbor:"2,keyasint,omitempty"` // on no floor: nothing positive (R0), or unknown
	Fragile bool        `cbor:"3,keyasint,omitempty"`
	Limit   int         `cbor:"4,keyasint"` // clients on top from which it is not
	Top     Figure      `cbor:"5,keyasint"` // clients on the top floor
	NEff    Figure      `cbor:"6,keyasint"`
}

// A FloorRow is one quarter of the total.
type FloorRow struct {
	Level int         `cbor:"1,keyasint"` // 4 is the top
	Who   Who         `cbor:"2,keyasint,omitempty"`
	Sum   money.Cents `cbor:"3,keyasint"`
	Low   money.Cents `cbor:"4,keyasint"` // the smallest on it
	High  money.Cents `cbor:"5,keyasint"`
	Hole  bool        `cbor:"6,keyasint,omitempty"`
}

// A Lamp says whether the top floor of one amount stands on enough clients.
type Lamp struct {
	Key  string      `cbor:"1,keyasint"`           // sales margin units potential family
	Code string      `cbor:"2,keyasint,omitempty"` // of the family
	Name string      `cbor:"3,keyasint,omitempty"`
	Top  Figure      `cbor:"4,keyasint"` // clients on the top floor
	One  float64     `cbor:"5,keyasint"` // share of the largest
	Bad  bool        `cbor:"6,keyasint,omitempty"`
	Near bool        `cbor:"7,keyasint,omitempty"` // one client more than fragile
	Who  Who         `cbor:"8,keyasint,omitempty"`
	Sum  money.Cents `cbor:"9,keyasint"`
}

// A Crossed is one square of the crossed ABC (D3).
type Crossed struct {
	Who       Who         `cbor:"1,keyasint,omitempty"`
	Sales     money.Cents `cbor:"2,keyasint"`
	Potential money.Cents `cbor:"3,keyasint"`
	Left      money.Cents `cbor:"4,keyasint"`
	Units     float64     `cbor:"5,keyasint"` // contact units spent
	Segment   string      `cbor:"6,keyasint"` // core core-develop develop economy
}

// A Climb is what a client lacks for the next floor (D2).
type Climb struct {
	Client   int32       `cbor:"1,keyasint"`
	Value    money.Cents `cbor:"2,keyasint"`
	Level    int         `cbor:"3,keyasint" why:"rlevel"`
	To       int         `cbor:"4,keyasint"`
	Cost     money.Cents `cbor:"5,keyasint" why:"climb"`
	Left     money.Cents `cbor:"6,keyasint,omitempty" why:"left"`
	Known    bool        `cbor:"7,keyasint,omitempty"` // potential
	Possible bool        `cbor:"8,keyasint,omitempty"` // what is left allows it
	Phase    string      `cbor:"9,keyasint,omitempty" why:"phase"`
	Growth   float64     `cbor:"10,keyasint,omitempty" why:"growth"`
	Grows    bool        `cbor:"11,keyasint,omitempty"` // Growth is known
}

// maxClimbs bounds the rows of climbs.
const maxClimbs = 40

// WeightView is the tab Weight.
func (a *Analysis) WeightView(ask WeightAsk) WeightView {
	in, by, f := a.weighed(ask)
	if f < 0 {
		ask.Family = ""
	}
	out := WeightView{Ground: a.ground(ask.Family), By: by, Pareto: a.pareto(in, ask)}
	floors := a.floorsOf(in, by)
	out.Floors = a.floorSeries(in, floors)
	out.Lamps = a.lamps()
	a.crossed(&out)
	// Trying a climb of each client takes most of it, and no cut changes it.
	if at, m := (WeightAsk{By: by, Family: ask.Family, Before: ask.Before}), &a.memo.climbs; a.memo.climbed && m.at == at {
		out.Climbs, out.Asked, out.Possible = append([]Climb(nil), m.list...), m.asked, m.possible
	} else {
		a.climbs(in, floors, &out)
		*m, a.memo.climbed = climbed{at, append([]Climb(nil), out.Climbs...), out.Asked, out.Possible}, true
	}
	return out
}

// climbed are the climbs of one amount.
type climbed struct {
	at              WeightAsk
	list            []Climb
	asked, possible int
}

// weighed is the amount that is asked for; f is the family, −1 for all.
func (a *Analysis) weighed(ask WeightAsk) (in weight.Input, by string, f int) {
	f = -1
	if ask.Family != "" {
		f = a.familyAt(ask.Family)
	}
	in = weight.Input{Values: a.Sales, Second: a.Worth, Codes: a.Codes, Out: a.Prospect}
	switch {
	case f >= 0:
		in.Values = make([]money.Cents, a.Len())
		for i := range in.Values {
			_, in.Values[i] = a.Families().Of(i, f)
		}
		return in, "sales", f
	case ask.By == "margin":
		in.Values = a.Cost().Gross.Margin
		return in, ask.By, f
	case ask.By == "units":
		return weight.Input{Values: hundredths(a.Cost().Units), Second: a.Sales, Codes: a.Codes, Empty: explain.NoContact}, ask.By, f
	case ask.By == "potential":
		unknown := make([]bool, a.Len())
		for i := range unknown {
			unknown[i] = !a.Known[i]
		}
		return weight.Input{Values: a.Worth, Second: a.Sales, Codes: a.Codes, Out: unknown, Empty: explain.NoPotential}, ask.By, f
	case ask.Before:
		in.Values = a.Sales1
	}
	return in, "sales", f
}

// floorsOf are the levels R for sales, so that they agree with every list.
func (a *Analysis) floorsOf(in weight.Input, by string) weight.Floors {
	if by == "sales" {
		return weight.RLevels(in, a.rules.weight)
	}
	return weight.Quarters(in, a.rules.weight)
}

// CutWeight is the curve alone, for cuts that move under the finger.
func (a *Analysis) CutWeight(ask WeightAsk) ParetoSeries {
	in, _, _ := a.weighed(ask)
	return a.pareto(in, ask)
}

func (a *Analysis) pareto(in weight.Input, ask WeightAsk) ParetoSeries {
	p := a.rules.weight
	set := ask.Cuts[0] > 0 && ask.Cuts[0] < ask.Cuts[1] && ask.Cuts[1] <= 100
	if set {
		p.CutA, p.CutB = ask.Cuts[0], ask.Cuts[1]
	}
	abc, heads := weight.ABC(in, p), set && ask.Heads
	class := abc.Class
	if heads {
		class = weight.Heads(in, p.CutA, p.CutB-p.CutA)
	}
	out := ParetoSeries{Order: abc.Order, Total: abc.Total, Cuts: [2]float64{p.CutA, p.CutB}, Heads: heads,
		Count: Figure{Topic: "pareto", Value: float64(abc.Sentence.Clients), Unit: explain.Count, Mark: abc.Mark},
		Top:   Figure{Topic: "top1", Unit: explain.Percent, Mark: abc.Mark}}
	out.Values = make([]money.Cents, len(abc.Order))
	out.Share = append(make([]float64, 0, len(abc.Order)+1), 0)
	for k, i := range abc.Order {
		out.Values[k] = in.Values[i]
		after := abc.CumAfter[i]
		out.Share = append(out.Share, short(max(out.Share[k], min(1, after))))
		if k == 0 && abc.Has() {
			out.Top.Value = after
		}
		switch class[i] {
		case weight.A:
			out.Cut[0], out.Cut[1] = k+1, k+1
		case weight.B:
			out.Cut[1] = k + 1
		}
	}
	for k, at := range out.Cut {
		out.Made[k] = out.Share[at]
	}
	for i, c := range class {
		if c == 0 {
			out.None = append(out.None, int32(i))
			continue
		}
		out.Class[c-1] = append(out.Class[c-1], int32(i))
		if in.Values[i] > 0 { // what returns outweigh is C, and out of the total
			out.Sum[c-1] = out.Sum[c-1].Plus(in.Values[i])
		}
	}
	return out
}

func (a *Analysis) floorSeries(in weight.Input, f weight.Floors) FloorSeries {
	out := FloorSeries{Fragile: f.Fragile, Limit: a.rules.weight.FragileMax,
		Top:  Figure{Topic: "floor-top", Value: float64(f.N[0]), Unit: explain.Count, Mark: f.Mark},
		NEff: Figure{Topic: "neff", Value: f.NEff, Unit: explain.Number, Mark: f.Mark}}
	if f.Has() && len(in.Values) < 2 { // as E3: one client is not spread
		out.NEff.Mark = explain.Missing(explain.FewClients)
	}
	for k := range out.Floor {
		out.Floor[k] = FloorRow{Level: 4 - k, Sum: f.Sum[k], Hole: f.Hole[k]}
	}
	for i, level := range f.Level {
		if level < 1 || level > 4 {
			out.Below = append(out.Below, int32(i))
			continue
		}
		row := &out.Floor[4-level]
		v := in.Values[i]
		if row.Who == nil {
			row.Low, row.High = v, v
		}
		row.Low, row.High = min(row.Low, v), max(row.High, v)
		row.Who = append(row.Who, int32(i))
	}
	return out
}

// lamps say of each amount on how many clients its top quarter stands.
func (a *Analysis) lamps() []Lamp {
	if a.memo.lit {
		return append([]Lamp(nil), a.memo.lamps...)
	}
	var out []Lamp
	add := func(key, code, name string, f weight.Floors) {
		if !f.Has() || f.Total <= 0 {
			return
		}
		l := Lamp{Key: key, Code: code, Name: name, Top: Figure{Topic: "floor-top", Value: float64(f.N[0]), Unit: explain.Count, Mark: f.Mark},
			One: f.Top1, Bad: f.Fragile, Near: f.N[0] == a.rules.weight.FragileMax+1, Sum: f.Sum[0]}
		for i, r := range f.Rank {
			if r == 1 && f.Level[i] == 4 {
				l.Who = append(l.Who, int32(i))
			}
		}
		out = append(out, l)
	}
	for _, by := range [...]string{"sales", "margin", "units", "potential"} {
		in, by, _ := a.weighed(WeightAsk{By: by})
		add(by, "", "", a.floorsOf(in, by))
	}
	for f := range a.Products {
		in, _, _ := a.weighed(WeightAsk{Family: a.Products[f].Code})
		add("family", a.Products[f].Code, a.familyName(f), a.floorsOf(in, "sales"))
	}
	a.memo.lamps, a.memo.lit = append([]Lamp(nil), out...), true
	return out
}

var segmentKeys = [...]string{"", "core", "core-develop", "develop", "economy"}

// crossed fills the crossed ABC, that of the lists with the units spent.
func (a *Analysis) crossed(out *WeightView) {
	m := &a.Weight().Matrix
	out.CrossWhy = m.Mark
	for r := range out.Crossed {
		for c := range out.Crossed[r] {
			x := &out.Crossed[r][c]
			cell := m.Cell[r][c]
			*x = Crossed{Sales: cell.Sales, Potential: cell.Potential, Left: cell.Remaining, Units: cell.Spent}
			x.Segment = segmentKeys[weight.SegmentOf(weight.Row(r), weight.Column(c))]
		}
	}
	for i := range m.Row {
		x := &out.Crossed[m.Row[i]][m.Column[i]]
		x.Who = append(x.Who, int32(i))
	}
}

// climbs lists what the clients under another floor lack for it.
func (a *Analysis) climbs(in weight.Input, f weight.Floors, out *WeightView) {
	v := a.lived().Verdict
	left := a.Potential().Penetration
	for i := range a.Cards {
		c, ok := f.Climb(i)
		if !ok {
			continue
		}
		x := Climb{Client: int32(i), Value: in.Values[i], Level: int(f.Level[i]), To: 5 - int(c.To), Cost: c.Cost, Known: a.Known[i],
			Left: left[i].Remaining, Phase: letterOf(a.lived().Phase[i]), Grows: v[i].HasG && a.sc.Second}
		if x.Grows {
			x.Growth = short(v[i].G)
		}
		x.Possible = c.Verified && x.Known && x.Cost <= x.Left
		out.Asked++
		if x.Possible {
			out.Possible++
		}
		out.Climbs = append(out.Climbs, x)
	}
	sorting.Stable(out.Climbs, func(x, y Climb) int {
		return cmp.Or(one(y.Possible)-one(x.Possible), cmp.Compare(y.To, x.To), cmp.Compare(x.Cost, y.Cost))
	})
	out.Climbs = out.Climbs[:min(len(out.Climbs), maxClimbs)]
}
