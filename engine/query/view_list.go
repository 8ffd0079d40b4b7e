package query

import (
	"sillon/engine/attrition"
	"sillon/engine/loyalty"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/response"
)

// FactsView is what the deeper analytics add to the list of clients: a row of
// each for columns and sorting, and the chips with their clients.
type FactsView struct {
	Scope uint32     `cbor:"1,keyasint"`
	Rows  []ListFact `cbor:"2,keyasint,omitempty"` // in order of identifier
	Chips []Chip     `cbor:"3,keyasint"`
}

// A ListFact is one client, light. Classes are those of the lists' own row
// where both have them; the phase here knows the signs of ageing.
type ListFact struct {
	ID       portfolio.ID       `cbor:"1,keyasint"`
	Phase    string             `cbor:"2,keyasint,omitempty" why:"phase"`
	Risk     float64            `cbor:"3,keyasint,omitempty" why:"departure"`
	Band     uint8              `cbor:"4,keyasint,omitempty"`                       // attrition.Band; 0: none
	Grey     bool               `cbor:"5,keyasint,omitempty"`                       // data too poor to believe it
	Signals  int                `cbor:"6,keyasint,omitempty"`                       // on
	Type     uint8              `cbor:"7,keyasint,omitempty" why:"engagement-type"` // loyalty.Type
	Engaged  float64            `cbor:"8,keyasint,omitempty" why:"engagement"`
	Class    uint8              `cbor:"9,keyasint,omitempty" why:"balance"` // response.Class
	Alarm    uint8              `cbor:"10,keyasint,omitempty"`              // response.Alarm
	Decision uint8              `cbor:"11,keyasint,omitempty" why:"marginal"`
	Net      money.Cents        `cbor:"12,keyasint,omitempty" why:"net"`
	Category portfolio.Category `cbor:"13,keyasint,omitempty" why:"category"`
	Erodes   bool               `cbor:"14,keyasint,omitempty"`
	Openings int                `cbor:"15,keyasint,omitempty"`
	Retain   uint8              `cbor:"16,keyasint,omitempty" why:"retain"` // attrition.Decision
	Stake    money.Cents        `cbor:"17,keyasint,omitempty" why:"stake"`
	Late     bool               `cbor:"18,keyasint,omitempty"` // silence too long for this client, by the models
	Visits   int                `cbor:"19,keyasint,omitempty" why:"planned-visits"`
	File     float64            `cbor:"20,keyasint,omitempty" why:"file"`
	Carrier  uint8              `cbor:"21,keyasint,omitempty" why:"effort-balance"` // steering.Carrier
	Poor     bool               `cbor:"22,keyasint,omitempty"`                      // too little in the file
}

// A Chip is one filter with its clients.
type Chip struct {
	Key   string `cbor:"1,keyasint"` // "risk:3", "type:engaged", "class:contactivore", "leaving"…
	Count int    `cbor:"2,keyasint"`
}

// chip is a filter of the deeper analytics.
type chip struct {
	key   string
	takes func(f *ListFact) bool
}

// savedChips are the filters, saved ones first: on the way out, devourers, a
// family lost, a family to open, growing and never visited, silent too long,
// to be asked for an effort.
var savedChips = []chip{
	{"leaving", func(f *ListFact) bool { return f.Band >= uint8(attrition.Amber) && !f.Grey }},
	{"devourers", func(f *ListFact) bool { return f.Alarm == uint8(response.Devours) }},
	{"eroding", func(f *ListFact) bool { return f.Erodes }},
	{"openings", func(f *ListFact) bool { return f.Openings > 0 }},
	{"neglected", func(f *ListFact) bool { return f.Carrier == 3 && (f.Phase == "C" || f.Phase == "D") }},
	{"late", func(f *ListFact) bool { return f.Late }},
	{"losing", func(f *ListFact) bool { return f.Net < 0 }},
	{"retain", func(f *ListFact) bool { return f.Retain == uint8(attrition.Retain) }},
	{"add", func(f *ListFact) bool { return f.Decision == uint8(response.Add) }},
	{"file", func(f *ListFact) bool { return f.Poor }},
	{"risk:1", func(f *ListFact) bool { return f.Band == 1 && !f.Grey }},
	{"risk:2", func(f *ListFact) bool { return f.Band == 2 && !f.Grey }},
	{"risk:3", func(f *ListFact) bool { return f.Band == 3 && !f.Grey }},
	{"risk:0", func(f *ListFact) bool { return f.Band == 0 || f.Grey }},
	{"type:engaged", func(f *ListFact) bool { return f.Type == uint8(loyalty.Engaged) }},
	{"type:fickle", func(f *ListFact) bool { return f.Type == uint8(loyalty.Fickle) }},
	{"type:careful", func(f *ListFact) bool { return f.Type == uint8(loyalty.Careful) }},
	{"type:fleeing", func(f *ListFact) bool { return f.Type == uint8(loyalty.Fleeing) }},
	{"type:0", func(f *ListFact) bool { return f.Type == 0 }},
	{"class:squelette", func(f *ListFact) bool { return f.Class == uint8(response.Skeleton) }},
	{"class:poule", func(f *ListFact) bool { return f.Class == uint8(response.Hen) }},
	{"class:contactivore", func(f *ListFact) bool { return f.Class == uint8(response.Devourer) }},
	{"class:vache", func(f *ListFact) bool { return f.Class == uint8(response.Cow) }},
	{"class:0", func(f *ListFact) bool { return f.Class == 0 }},
}

// FactsView is the rows and the chips of the list of clients.
func (a *Analysis) FactsView() FactsView {
	out := FactsView{Scope: a.Scope, Rows: make([]ListFact, a.Len()), Chips: make([]Chip, len(savedChips))}
	for k := range savedChips {
		out.Chips[k].Key = savedChips[k].key
	}
	blind := a.marginless() // no net margin is believed, as on the tab Contacts
	openings := make([]int, a.Len())
	for _, o := range a.Families().Openings {
		openings[o.Client]++
	}
	for i := range out.Rows {
		f := &out.Rows[i]
		*f = a.listFact(i)
		f.Openings = openings[i]
		if blind {
			f.Net = 0
		}
		for k := range savedChips {
			out.Chips[k].Count += one(savedChips[k].takes(f))
		}
	}
	return out
}

func (a *Analysis) listFact(i int) ListFact {
	at, c, st := a.Attrition(), a.Cost(), a.Steering()
	d, w := &at.Departure[i], &at.Worth[i]
	f := ListFact{ID: a.Cards[i].ID, Phase: letterOf(a.lived().Phase[i]), Net: c.Margins.Client[i].Net, Category: ours(a.Book, a.sc.Category)[i],
		Erodes: a.Families().Erosion[i], File: short(a.Files().Filling[i].Rate), Poor: !a.Files().Filling[i].Usable}
	if d.Has() {
		f.Risk, f.Band, f.Grey = short(d.P), uint8(d.Band), d.Grey
	}
	for k := range a.Signals().Signal[i] {
		f.Signals += one(a.Signals().Signal[i][k].State == attrition.On)
	}
	if s := &a.Loyalty().Reading.Speed[i]; s.Has() {
		f.Type = uint8(s.Type)
	}
	if e := &a.Loyalty().Engagement[i]; e.Has() {
		f.Engaged = short(e.Value)
	}
	if k, ok := a.placed(i); ok {
		b := a.Response()
		f.Class = uint8(b.Balance.Class[k])
		if k < len(b.Balance.Alarm) {
			f.Alarm = uint8(b.Balance.Alarm[k])
		}
		if r := &b.Flow.Reading[k]; r.Has() {
			f.Decision = uint8(r.Decision)
		}
		if k < len(st.Sharing.Carrier) {
			f.Carrier = uint8(st.Sharing.Carrier[k])
		}
	}
	if w.Has() {
		f.Retain, f.Stake = uint8(w.Decision), round64(w.Value)
	}
	if h := a.Ahead(); h.Fitted && i < len(h.Late) {
		f.Late = h.Late[i]
	}
	if v := &a.Visits().ByScore; i < len(v.Visits) {
		f.Visits = int(v.Visits[i])
	}
	return f
}

// ChipWho lists the clients of a chip, by place; nil for a key that is
// unknown.
func (v *FactsView) ChipWho(key string) Who {
	for k := range savedChips {
		if savedChips[k].key != key {
			continue
		}
		out := Who{}
		for i := range v.Rows {
			if savedChips[k].takes(&v.Rows[i]) {
				out = append(out, int32(i))
			}
		}
		return out
	}
	return nil
}
