package query

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
)

// typeDecided is the type of engagement a person decided of client i, while it
// holds (F2).
func (a *Analysis) typeDecided(i int) (loyalty.Type, bool) {
	o, ok := a.decided(i, "type")
	if ok = ok && o.Value >= float64(loyalty.Engaged) && o.Value < float64(loyalty.Fleeing)+1; !ok {
		return 0, false
	}
	return loyalty.Type(o.Value), true
}

// decideTypes puts the types that persons decided in place of the computed
// ones; the speeds stay.
func (a *Analysis) decideTypes(r *loyalty.Reading) {
	for i := range r.Speed {
		if t, ok := a.typeDecided(i); ok {
			r.Speed[i].Type = t
		}
	}
}

// decisionOn is the decision on a potential or a type, with the value that was
// computed.
func (a *Analysis) decisionOn(what string, f Figure, i int) *Decided {
	o, ok := a.decided(i, what)
	if !ok {
		return nil
	}
	d := &Decided{Author: o.Author, Reason: o.Why, Day: o.Day, Until: o.Until, Computed: Figure{Topic: f.Topic}}
	if what == "potential" {
		if _, ok := a.Cards[i].decision(a.AsOf); !ok {
			return nil
		}
		x := a.sc.estimated(a.where(i))
		d.Computed = euros(float64(x.Value), x.Mark)
		d.Computed.Topic = f.Topic
		return d
	}
	if _, ok := a.typeDecided(i); !ok {
		return nil
	}
	r := &a.Loyalty().Reading
	s := &r.Speed[i]
	d.Computed.Unit, d.Computed.Mark = explain.Number, explain.Mark{Status: s.Status, Reason: s.Reason}
	if s.Has() {
		t := loyalty.TypeOf(s.Adoption, s.Exclusion, r.FastAdoption, r.FastExclusion)
		d.Computed.Value, d.Computed.Text = float64(t), t.Key()
	}
	return d
}

// lastNews is the last day something was written about client i: a contact or
// an estimate; 0: never.
func (a *Analysis) lastNews(i int) (last calendar.Day) {
	for k := range a.facts[i].Contacts {
		if day, ok := a.seen(a.facts[i].Contacts[k].Day); ok {
			last = max(last, day)
		}
	}
	for k := range a.Cards[i].Estimates {
		if day := a.Cards[i].Estimates[k].Day; day <= a.AsOf {
			last = max(last, day)
		}
	}
	return last
}
