package attrition

import (
	"cmp"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// Stage is where a case of retention stands (I6).
type Stage uint8

// Stored and sent: add at the end, never renumber.
const (
	Alerted     Stage = iota + 1 // alerte
	Contacted                    // contacté
	Met                          // rencontré
	Remedied                     // remède ou offre
	Saved                        // sauvé
	LostClient                   // perdu
	Abandoned                    // abandonné
	WinningBack                  // reconquête en cours
	Reconquered                  // reconquis
)

// next are the moves of the board.
var next = [...][]Stage{
	Alerted:     {Contacted, Met, Saved, LostClient, Abandoned},
	Contacted:   {Met, Remedied, Saved, LostClient, Abandoned},
	Met:         {Remedied, Saved, LostClient, Abandoned},
	Remedied:    {Met, Saved, LostClient, Abandoned},
	Saved:       {Alerted},
	LostClient:  {WinningBack},
	Abandoned:   {LostClient},
	WinningBack: {Reconquered, LostClient},
	Reconquered: {Alerted},
}

// Next lists where a case may go from a stage; steps may be skipped forwards.
func (s Stage) Next() []Stage {
	if int(s) < len(next) {
		return next[s]
	}
	return nil
}

// A Rescue is one case, from its alert.
type Rescue struct {
	Stage     Stage
	Natural   bool         // never counts
	Alert     calendar.Day // None or 0: unknown
	Contacted calendar.Day
	Spent     money.Cents // cost of the actions and incentives
	Value     money.Cents // V of the client (I4), gained when saved
}

// Board are the counts and rates of the rescues (tableau de reconquête).
type Board struct {
	N           [Reconquered + 1]int // by stage; natural ones left out
	Alerts      int
	Saved       int
	Open        int // still being worked at
	Spent       money.Cents
	NetSaved    money.Cents // value of the saved − all that was spent
	SaveRate    float64     // saved ÷ alerts
	PerSave     float64     // cents spent, on all, for one saved; when Saved > 0
	Delay       float64     // median days from alert to contact; when Delays > 0
	Delays      int
	Reconquered int
	explain.Mark
}

// Summarise counts the rescues.
func Summarise(list []Rescue) Board {
	var b Board
	var delays []int64
	for _, r := range list {
		if r.Natural || r.Stage < Alerted || r.Stage > Reconquered {
			continue
		}
		b.N[r.Stage]++
		b.Alerts++
		b.Spent = b.Spent.Plus(max(0, r.Spent))
		switch r.Stage {
		case Saved:
			b.Saved++
			b.NetSaved = b.NetSaved.Plus(r.Value)
		case Reconquered:
			b.Reconquered++
		case Alerted, Contacted, Met, Remedied, WinningBack:
			b.Open++
		}
		if given(r.Alert) && given(r.Contacted) && r.Contacted >= r.Alert {
			delays = append(delays, min(int64(r.Contacted)-int64(r.Alert), 1<<30))
		}
	}
	b.NetSaved = b.NetSaved.Plus(-b.Spent)
	steps := []explain.Step{explain.Tally("attrition.alerts", b.Alerts), explain.Tally("attrition.saved", b.Saved), explain.Amount("attrition.spent", b.Spent)}
	if b.Delays = len(delays); b.Delays > 0 {
		sorting.Sort(delays)
		b.Delay = (float64(delays[(b.Delays-1)/2]) + float64(delays[b.Delays/2])) / 2
		steps = append(steps, explain.Of("attrition.delay", b.Delay, explain.Days))
	}
	if b.Alerts == 0 {
		b.Mark = explain.Missing(explain.NoData, steps...)
		return b
	}
	b.SaveRate = float64(b.Saved) / float64(b.Alerts)
	steps = append(steps, explain.Share("attrition.saveRate", b.SaveRate))
	if b.Saved > 0 {
		b.PerSave = float64(b.Spent) / float64(b.Saved)
		steps = append(steps, explain.Of("attrition.perSave", b.PerSave, explain.Money))
	}
	b.Mark = explain.Sound(append(steps, explain.Amount("attrition.netSaved", b.NetSaved))...)
	if b.Alerts < 4 {
		b.Status, b.Reason = explain.Weak, explain.FewClients
	}
	return b
}

// Cohorts are the boards of the alerts of each quarter, oldest first, the last
// one ending on asOf (courbe par cohorte). Alerts without a date, or older, are
// in none.
func Cohorts(list []Rescue, asOf calendar.Day, quarters int) []Board {
	quarters = max(0, min(quarters, 400))
	out := make([]Board, quarters)
	var of []Rescue
	for k := range out {
		w := calendar.Periods{Months: 3}.Back(asOf, quarters-1-k)
		of = of[:0]
		for _, r := range list {
			if given(r.Alert) && w.Contains(r.Alert) {
				of = append(of, r)
			}
		}
		out[k] = Summarise(of)
	}
	return out
}

// An Absent is a lost client who may be won back.
type Absent struct {
	Natural bool
	Removed bool    // the motive of his departure is gone
	Value   float64 // V of I4, cents
	Code    string
}

// WinBack lists the clients to win back: lost, avoidable, worth something, the
// motive removed; the most valuable first.
func WinBack(lost []Absent) []int32 {
	var order []int32
	for i, a := range lost {
		if !a.Natural && a.Removed && a.Value > 0 {
			order = append(order, int32(i))
		}
	}
	sorting.By(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(lost[b].Value, lost[a].Value), cmp.Compare(lost[a].Code, lost[b].Code), cmp.Compare(a, b))
	})
	return order
}

// A Loyal is what is known of a client's loyalty after the fact.
type Loyal struct {
	Reconquered  bool
	Exclusion    float64 // v_e (F1); negative: unknown
	Satisfaction float64 // out of ten; negative: unknown
}

// AfterReturn compares the reconquered with the others: is a reconquered client
// more loyal? Means over those known; [0] the others, [1] the reconquered.
type AfterReturn struct {
	N, KnownExclusion, KnownSatisfaction [2]int
	Exclusion, Satisfaction              [2]float64
	explain.Mark
}

// CompareReturned tests the claim of the method. Fewer than four on a side is
// weak.
func CompareReturned(list []Loyal) AfterReturn {
	var a AfterReturn
	var exclusion, satisfaction [2][]float64
	for _, l := range list {
		k := 0
		if l.Reconquered {
			k = 1
		}
		a.N[k]++
		if l.Exclusion >= 0 && l.Exclusion <= 1 {
			exclusion[k] = append(exclusion[k], l.Exclusion)
		}
		if l.Satisfaction >= 0 && l.Satisfaction <= 10 {
			satisfaction[k] = append(satisfaction[k], l.Satisfaction)
		}
	}
	few := false
	for k := range 2 {
		a.Exclusion[k], a.KnownExclusion[k] = mean(exclusion[k])
		a.Satisfaction[k], a.KnownSatisfaction[k] = mean(satisfaction[k])
		few = few || max(a.KnownExclusion[k], a.KnownSatisfaction[k]) < 4
	}
	switch {
	case a.N[0] == 0 || a.N[1] == 0:
		a.Mark = explain.Missing(explain.NoData)
	case few:
		a.Mark = explain.Thin(explain.FewClients)
	default:
		a.Mark = explain.Sound()
	}
	return a
}

// mean sorts first: the same bits in any order.
func mean(x []float64) (float64, int) {
	if len(x) == 0 {
		return 0, 0
	}
	sorting.Sort(x)
	var s float64
	for _, v := range x {
		s += v
	}
	return s / float64(len(x)), len(x)
}
