package query

import (
	"cmp"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/sorting"
)

// A Why says where one figure comes from (Pourquoi): the number, three steps at
// most with this client's own figures, the thresholds with the band it lies in,
// what would change it, and what it rests on.
type Why struct {
	Figure      Figure         `cbor:"1,keyasint"` // Topic is worded by "topic." and "meaning."; its steps are the long form
	Section     string         `cbor:"2,keyasint"` // of the method: "E5", the page of docs/method
	Steps       []explain.Step `cbor:"3,keyasint,omitempty"`
	Rulers      []WhyRuler     `cbor:"4,keyasint,omitempty"` // one under each of the first steps, or one for the figure
	Bands       []WhyBand      `cbor:"5,keyasint,omitempty"`
	Band        int            `cbor:"6,keyasint"`           // current place in Bands; −1: none
	Changes     []WhyChange    `cbor:"7,keyasint,omitempty"` // nearest first
	AsOf        calendar.Day   `cbor:"8,keyasint"`
	Data        []WhyData      `cbor:"9,keyasint,omitempty"`
	Confidence  float64        `cbor:"10,keyasint,omitempty"` // 0-1, where it is told
	Interpreted bool           `cbor:"11,keyasint,omitempty"` // the arithmetic is ours: « méthode interprétée »
	Decided     *Decided       `cbor:"12,keyasint,omitempty"` // a person has the last word
	Collect     string         `cbor:"13,keyasint,omitempty"` // the fact to collect when the figure is missing or weak
}

// A WhyRuler sets a client among the others: strokes by band, and where he is.
type WhyRuler struct {
	Topic  string    `cbor:"1,keyasint"`
	Bands  []WhyBand `cbor:"2,keyasint"`
	At     int       `cbor:"3,keyasint"` // band of the client; −1: none
	Within float64   `cbor:"4,keyasint"` // 0-1 inside the band
	Place  int       `cbor:"5,keyasint"` // rank among Of, 1 the largest
	Of     int       `cbor:"6,keyasint"`
	Value  float64   `cbor:"7,keyasint,omitempty"` // of the client, where the bands are levels of an amount: cents
}

// A WhyBand is a band of a threshold.
type WhyBand struct {
	Key   string  `cbor:"1,keyasint"` // worded by "band." + topic + "." + key
	From  float64 `cbor:"2,keyasint,omitempty"`
	To    float64 `cbor:"3,keyasint,omitempty"`
	Open  uint8   `cbor:"4,keyasint,omitempty"` // 1 nothing below, 2 nothing above
	Count int     `cbor:"5,keyasint,omitempty"` // clients in it
}

// A WhyChange is what would change a figure.
type WhyChange struct {
	Key      string       `cbor:"1,keyasint"` // what: "sales", "potential", "units", "criterion.p", "signal.S4"…; worded by "change."
	Need     float64      `cbor:"2,keyasint"` // how much more (less, when negative)
	Unit     explain.Unit `cbor:"3,keyasint"`
	Value    float64      `cbor:"4,keyasint,omitempty"` // of the figure afterwards
	Band     string       `cbor:"5,keyasint,omitempty"` // and its band or class
	Far      float64      `cbor:"6,keyasint"`           // share of what there is: the order
	Near     bool         `cbor:"7,keyasint,omitempty"` // a loss within a tenth: dangerously near
	Tried    bool         `cbor:"8,keyasint,omitempty"` // recomputed; else by the inverse of the formula
	Worsened bool         `cbor:"9,keyasint,omitempty"` // it is not a change to wish for
}

// WhyData is one kind of facts a figure rests on.
type WhyData struct {
	Key  string       `cbor:"1,keyasint"` // sales contacts estimates persons promises services efforts contracts projects clients settings
	N    int          `cbor:"2,keyasint,omitempty"`
	From calendar.Day `cbor:"3,keyasint,omitempty"`
	To   calendar.Day `cbor:"4,keyasint,omitempty"` // the latest
	Kind uint8        `cbor:"5,keyasint,omitempty"` // of an estimate: portfolio.Appraisal
}

// Decided is what a person decided in place of the computed value.
type Decided struct {
	Author   portfolio.ID `cbor:"1,keyasint"`
	Reason   string       `cbor:"2,keyasint,omitempty"` // their words
	Day      calendar.Day `cbor:"3,keyasint,omitempty"`
	Until    calendar.Day `cbor:"4,keyasint,omitempty"`
	Computed Figure       `cbor:"5,keyasint"`
}

// A reading is how one topic is explained. Functions may be nil.
type reading struct {
	topic, section string
	figure         func(a *Analysis, i int) Figure // nil: of the whole portfolio, given by the view
	show           []string                        // keys of the steps shown, three at most; nil: the last three
	bands          func(a *Analysis) (cuts []float64, keys []string)
	classes        []string                                 // of a figure that is a class of several measures: the bands in their order, without limits
	value          func(a *Analysis, i int) (float64, bool) // against bands; nil: the figure's own
	rulers         func(a *Analysis, i int) []WhyRuler
	change         func(a *Analysis, i int) []WhyChange
	data           string // initials of [WhyData] keys: s c e p o v f t j
	decided        string // what a person may decide: "phase", "departure", "category", "potential", "type"
	collect        string
}

// Topics are the topics that have a Why, those of a client first.
func Topics() []string {
	out := make([]string, 0, len(clientReadings())+len(wholeReadings()))
	for k := range clientReadings() {
		out = append(out, clientReadings()[k].topic)
	}
	for k := range wholeReadings() {
		out = append(out, wholeReadings()[k].topic)
	}
	return out
}

// ChangeKeys are what [WhyChange.Key] may be beside a criterion of the score
// and "signal." with its code, worded by "change." + key.
var ChangeKeys = []string{
	"sales", "visits", "units", "margin", "silence", "age", "estimate", "potential", "adopt", "exclude", "visit", "days", "theirs", "ours",
	"move-to-c", "move-to-potential", "all",
	"equilibrium", "loyalty", "regularity", "penetration", "efforts", "satisfaction", "interlocutors", "commitments",
	"discourse", "bases", "presence", "promises", "ledger",
	"field.identity", "field.person", "field.potential", "field.families", "field.competitor", "field.visit", "field.consent",
}

// CollectKeys are the facts a view may ask for, worded by "collect." + key.
var CollectKeys = []string{
	"identity", "person", "potential", "families", "competitor", "visit", "consent", "potential-family", "sales", "first-order", "cost", "margin",
	"file", "typology", "effort", "promise", "tool",
}

// BandKeys are the bands of all topics, worded by "band." + key.
func (a *Analysis) BandKeys() (out []string) {
	for _, list := range [...][]reading{clientReadings(), wholeReadings()} {
		for k := range list {
			if r := &list[k]; r.bands != nil {
				_, keys := r.bands(a)
				for _, key := range keys {
					if key[0] == 's' && len(key) == len("scale.1") { // worded for all
						continue
					}
					out = append(out, r.topic+"."+key)
				}
			}
		}
	}
	return out
}

func find(list []reading, topic string) *reading {
	for k := range list {
		if list[k].topic == topic {
			return &list[k]
		}
	}
	return nil
}

// FigureOf is the figure of a topic for client i, with its steps; false when
// the topic is not one of a client.
func (a *Analysis) FigureOf(topic string, i int) (Figure, bool) {
	r := find(clientReadings(), topic)
	if r == nil || i < 0 || i >= a.Len() {
		return Figure{}, false
	}
	f := r.figure(a, i)
	f.Topic = topic
	if f.Value-f.Value != 0 {
		f.Value = 0
	}
	if a.Single && f.Mark.Status == explain.OK && a.leans(r, i) {
		f.Mark.Status, f.Mark.Reason = explain.Weak, explain.FewClients
	}
	return f, true
}

// leans reports whether a figure rests on the other clients: drawn to their
// mean (F1, and what is made of it), or at their rate.
func (a *Analysis) leans(r *reading, i int) bool {
	switch r.topic {
	case "behaviour", "engagement", "animation", "score-seven":
		return true
	case "stake", "retain":
		return !a.Cost().Margins.Client[i].HasRates
	}
	return r.section == "F1"
}

// WhyOf explains a figure of client i; false for a topic that is unknown.
func (a *Analysis) WhyOf(topic string, i int) (Why, bool) {
	f, ok := a.FigureOf(topic, i)
	if !ok {
		return Why{}, false
	}
	return a.explain(find(clientReadings(), topic), f, i), true
}

// WhyFigure explains a figure of the whole that a view holds; false for a topic
// that is unknown.
func (a *Analysis) WhyFigure(f Figure) (Why, bool) {
	r := find(wholeReadings(), f.Topic)
	if r == nil {
		return Why{}, false
	}
	return a.explain(r, f, -1), true
}

func (a *Analysis) explain(r *reading, f Figure, i int) Why {
	out := Why{Figure: f, Section: r.section, Band: -1, AsOf: a.AsOf, Data: a.dataOf(r.data, i), Steps: shown(f.Mark.Steps, r.show),
		Interpreted: slices.Contains(potential.Interpreted, r.section) || slices.Contains(loyalty.Interpreted, r.section)}
	if !f.Mark.Has() || f.Mark.Status == explain.Weak {
		out.Collect = r.collect
		if out.Collect == "" {
			out.Collect = collectOf(f.Mark.Reason)
		}
	}
	if r.bands != nil {
		cuts, keys := r.bands(a)
		x, ok := f.Value, f.Mark.Has()
		if i >= 0 && r.value != nil {
			x, ok = r.value(a, i)
		}
		out.Bands = bandsOf(cuts, keys)
		if ok {
			out.Band = bandAt(cuts, x)
		}
		if i >= 0 && r.rulers == nil && ok && !a.doubted(r, i) {
			out.Rulers = []WhyRuler{a.ruler(r, cuts, keys, i, x)}
		}
	}
	for k, key := range r.classes {
		out.Bands = append(out.Bands, WhyBand{Key: key, Open: 3})
		if f.Mark.Has() && int(f.Value) == k+1 {
			out.Band = k
		}
	}
	if i < 0 {
		if r.change != nil && f.Mark.Has() {
			out.Changes = nearest(r.change(a, i))
		}
		return out
	}
	if r.rulers != nil {
		out.Rulers = r.rulers(a, i)
	}
	if r.change != nil && f.Mark.Has() {
		out.Changes = nearest(r.change(a, i))
	}
	if containsByte(r.data, 'e') && a.Known[i] {
		out.Confidence = ours(a.Book, a.sc.Appraisal)[i].Confidence
	}
	if r.topic == "departure" {
		out.Confidence = a.Files().Filling[i].Rate
	}
	out.Decided = a.decision(r.decided, f, i)
	return out
}

func containsByte(s string, b byte) bool {
	for k := range len(s) {
		if s[k] == b {
			return true
		}
	}
	return false
}

// shown picks the steps of the short form: those named, in the order of the
// long one, else the last three.
func shown(steps []explain.Step, keys []string) []explain.Step {
	var out []explain.Step
	for _, s := range steps {
		if slices.Contains(keys, s.Key) && len(out) < 3 {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		out = steps[max(0, len(steps)-3):]
	}
	return out
}

// collectOf is the fact that a missing figure asks for.
func collectOf(r explain.Reason) string {
	switch r {
	case explain.NoPotential:
		return "potential"
	case explain.NoSales, explain.FewPeriods:
		return "sales"
	case explain.NoContact:
		return "visit"
	case explain.NoCost:
		return "cost"
	case explain.NoData:
		return "file"
	}
	return ""
}

func bandsOf(cuts []float64, keys []string) []WhyBand {
	if len(keys) == 0 {
		return nil
	}
	out := make([]WhyBand, len(keys))
	for k := range out {
		out[k].Key = keys[k]
		if k == 0 {
			out[k].Open |= 1
		} else {
			out[k].From = cuts[k-1]
		}
		if k == len(keys)-1 {
			out[k].Open |= 2
		} else {
			out[k].To = cuts[k]
		}
	}
	return out
}

// bandAt is the band a value lies in: one that equals a cut is above it.
func bandAt(cuts []float64, x float64) int {
	k := 0
	for k < len(cuts) && x >= cuts[k] {
		k++
	}
	return k
}

// ruler counts the clients of each band, and places client i among them.
func (a *Analysis) ruler(r *reading, cuts []float64, keys []string, i int, x float64) WhyRuler {
	out := WhyRuler{Topic: r.topic, Bands: bandsOf(cuts, keys), At: bandAt(cuts, x), Place: 1}
	value := r.value
	if value == nil {
		value = func(a *Analysis, i int) (float64, bool) {
			f := r.figure(a, i)
			return f.Value, f.Mark.Has()
		}
	}
	below, inside := 0, 0
	for k := range a.Cards {
		y, ok := value(a, k)
		if !ok || a.doubted(r, k) {
			continue
		}
		out.Of++
		b := bandAt(cuts, y)
		out.Bands[b].Count++
		if y > x {
			out.Place++
		}
		if b == out.At {
			inside++
			below += one(y < x)
		}
	}
	if inside > 0 {
		out.Within = (float64(below) + .5) / float64(inside)
	}
	return out
}

// doubted reports that the figure of a client is not to be believed: no list
// has him in a class, and no ruler counts him.
func (a *Analysis) doubted(r *reading, i int) bool {
	return r.topic == "departure" && a.Attrition().Departure[i].Grey
}

// levelRuler is the quarter ruler: the clients by level, the amount inside.
func (a *Analysis) levelRuler(topic string, levels []uint8, values []money.Cents, i int) WhyRuler {
	out := WhyRuler{Topic: topic, Bands: make([]WhyBand, 4), At: int(levels[i]) - 1, Place: 1}
	for k := range out.Bands {
		out.Bands[k].Key = digit(k + 1)
	}
	below, inside := 0, 0
	for k, l := range levels {
		if l < 1 || l > 4 {
			continue
		}
		out.Of++
		out.Bands[l-1].Count++
		out.Place += one(values[k] > values[i])
		if l == levels[i] {
			inside++
			below += one(values[k] < values[i])
		}
	}
	if inside > 0 {
		out.Within = (float64(below) + .5) / float64(inside)
	}
	if topic != "weight" {
		out.Value = float64(values[i])
	}
	return out
}

// nearest puts the smallest changes first.
func nearest(list []WhyChange) []WhyChange {
	out := list[:0]
	for _, c := range list {
		if c.Need-c.Need != 0 || c.Value-c.Value != 0 || c.Far-c.Far != 0 {
			continue
		}
		if c.Far < 0 {
			c.Far = -c.Far
		}
		c.Near = c.Worsened && c.Far <= .1
		out = append(out, c)
	}
	sorting.Stable(out, func(x, y WhyChange) int { return cmp.Compare(x.Far, y.Far) })
	return out[:min(len(out), 4)]
}

// dataOf says what facts were read, of client i or of the whole.
func (a *Analysis) dataOf(kinds string, i int) []WhyData {
	var out []WhyData
	for k := range len(kinds) {
		var d WhyData
		from, to := i, i+1
		if i < 0 {
			from, to = 0, a.Len()
		}
		for j := from; j < to; j++ {
			a.countData(kinds[k], j, &d)
		}
		if d.Key == "" {
			continue
		}
		out = append(out, d)
	}
	return out
}

func (d *WhyData) add(n int, from, to calendar.Day) {
	if n == 0 {
		return
	}
	d.N += n
	if from != 0 && from != calendar.None && (d.From == 0 || from < d.From) {
		d.From = from
	}
	if to != calendar.None {
		d.To = max(d.To, to)
	}
}

func (a *Analysis) countData(kind byte, i int, d *WhyData) {
	f, c := a.facts[i], a.Cards[i]
	switch kind {
	case 's':
		d.Key = "sales"
		if n := len(c.Sales); n > 0 {
			d.add(n, c.Sales[0].From, min(a.AsOf, max(c.Sales[n-1].From, c.Sales[n-1].To)))
		}
	case 'c':
		d.Key = "contacts"
		for k := range f.Contacts {
			if day, ok := a.seen(f.Contacts[k].Day); ok {
				d.add(1, day, day)
			}
		}
	case 'e':
		d.Key = "estimates"
		for _, e := range c.Estimates {
			if e.Day <= a.AsOf {
				d.add(1, e.Day, e.Day)
				d.Kind = uint8(e.Method)
			}
		}
	case 'p':
		d.Key = "persons"
		d.add(len(f.Persons), 0, 0)
	case 'o':
		d.Key = "promises"
		for k := range f.Commitments {
			d.add(1, f.Commitments[k].Made, max(f.Commitments[k].Made, f.Commitments[k].Done))
		}
	case 'v':
		d.Key = "services"
		for k := range f.Services {
			d.add(1, f.Services[k].Opened, f.Services[k].Opened)
		}
	case 'f':
		d.Key = "efforts"
		for k := range f.Efforts {
			d.add(1, f.Efforts[k].From, f.Efforts[k].On)
		}
	case 't':
		d.Key = "contracts"
		d.add(len(f.Contracts), 0, 0)
	case 'j':
		d.Key = "projects"
		d.add(len(f.Projects), 0, 0)
	case 'n':
		d.Key = "clients"
		d.N++
	}
}

// decision is what a person put in place of a computed value, if it holds.
func (a *Analysis) decision(what string, f Figure, i int) *Decided {
	switch what {
	case "phase", "departure":
		o, ok := a.decided(i, what)
		if !ok {
			return nil
		}
		d := &Decided{Author: o.Author, Reason: o.Why, Day: o.Day, Until: o.Until, Computed: Figure{Topic: f.Topic, Mark: f.Mark}}
		if v := &a.lived().Verdict[i]; what == "phase" {
			d.Computed.Text = letterOf(v.Computed)
		} else {
			d.Computed = a.departureComputed(i)
		}
		return d
	case "category":
		c := a.Cards[i]
		if c.Category == 0 || c.CatUntil != 0 && a.AsOf > c.CatUntil {
			return nil
		}
		x := &ours(a.Book, a.sc.Computed)[i]
		return &Decided{Until: c.CatUntil, Computed: Figure{Topic: f.Topic, Value: float64(x.Category), Text: digit(int(x.Category)), Mark: explain.Mark{Status: x.Status, Reason: x.Reason}}}
	case "potential", "type":
		return a.decisionOn(what, f, i)
	}
	return nil
}
