package query

import (
	"cmp"

	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/potential"
	"sillon/engine/sorting"
	"sillon/engine/visits"
)

// A candidate is a reason to go, with how much it presses.
type candidate struct {
	press float64
	Reason
}

// reasons are the three that press most to see client i.
func (sc *Scored) reasons(w Words, i int) []Reason {
	var all []candidate
	add := func(press float64, r Reason) { all = append(all, candidate{press, r}) }
	sc.missed(w, i, add)
	sc.toTake(w, i, add)
	sc.trend(w, i, add)
	sc.rhythm(w, i, add)
	sc.stage(w, i, add)
	sc.standing(w, i, add)
	sorting.Stable(all, func(a, b candidate) int { return cmp.Compare(b.press, a.press) })
	out := make([]Reason, 0, 3)
	for _, c := range all[:min(3, len(all))] {
		out = append(out, c.Reason)
	}
	return out
}

// missed: an appointment that has passed without being logged.
func (sc *Scored) missed(w Words, i int, add func(float64, Reason)) {
	for _, p := range sc.Cards[i].Plans {
		if p.Day < sc.today && p.Day >= sc.today-60 {
			add(95, Reason{
				Key: "missed", Title: w.T("brief.missed"), Detail: w.T("brief.missed-text", w.Day(p.Day)),
				Figure: Figure{Topic: "planned", Value: float64(sc.today - p.Day), Unit: explain.Days, Mark: explain.Sound(explain.Of("query.planned", float64(p.Day), explain.Date))},
			})
			return
		}
	}
}

// toTake: what is left of the potential, or that it is not known.
func (sc *Scored) toTake(w Words, i int, add func(float64, Reason)) {
	pen := sc.penOf(i)
	if !pen.Has() {
		add(50, Reason{
			Key: "missing-potential", Title: w.T("brief.missing-potential"), Detail: w.T("brief.missing-potential-text"),
			Figure: Figure{Topic: "potential", Unit: explain.Money, Mark: pen.Mark},
		})
		return
	}
	if pen.Remaining <= 0 {
		return
	}
	press, title := 40.0, "brief.potential-left"
	if p, r, _ := sc.at(i); hot(p, r) {
		press, title = 85, "brief.potential"
	}
	rate := min(1, pen.Rate)
	detail := w.T("brief.potential-text", w.MoneyShort(sc.N[i]), w.MoneyShort(sc.worth[i]))
	if sc.N[i] <= 0 {
		detail = w.T("brief.potential-none", w.MoneyShort(sc.worth[i]))
	}
	add(press, Reason{
		Key: "potential", Title: w.T(title), Detail: detail, Gauge: &rate,
		Figure: Figure{Topic: "penetration", Value: pen.Rate, Unit: explain.Percent, Mark: pen.Mark},
	})
}

// trend: growth or decline against the year before.
func (sc *Scored) trend(w Words, i int, add func(float64, Reason)) {
	v := sc.Verdict[i]
	if !v.HasG || !sc.Second || sc.Phase[i] == maturity.Lost || sc.Phase[i] == 0 {
		return
	}
	p := sc.rules.maturity
	key, press := "", 0.0
	switch {
	case v.G*100 <= p.Down:
		key, press = "decline", 92
	case v.G*100 >= p.Up:
		key, press = "growth", 55
	default:
		return
	}
	detail := w.T("brief."+key+"-text", w.MoneyShort(sc.N[i]), w.MoneyShort(sc.N1[i]))
	spark := sc.spark(i)
	add(press, Reason{
		Key: key, Title: w.T("brief." + key), Detail: detail,
		Figure: Figure{Topic: "growth", Value: v.G, Unit: explain.Percent, Mark: explain.Mark{Status: v.Status, Reason: v.Mark.Reason, Steps: v.Explain(p)}},
		Pic:    &chart.Spec{Spark: &chart.Line{Label: w.T("chart.spark", w.Percent(v.G)), Values: spark}},
	})
}

// rhythm: how long ago the last visit was, against the interval.
func (sc *Scored) rhythm(w Words, i int, add func(float64, Reason)) {
	interval := sc.Visits.Interval[i]
	if interval <= 0 {
		return
	}
	u := sc.urgency(i)
	since := sc.Visits.Since[i]
	if since < 0 {
		title := "brief.never-seen"
		if sc.prospect[i] {
			title = "brief.never-met"
		}
		add(80, Reason{
			Key: "never-seen", Title: w.T(title), Detail: w.T("brief.never-text", round(interval)),
			Figure: Figure{Topic: "urgency", Unit: explain.Days, Mark: explain.Missing(explain.NoContact, u.Steps...)},
		})
		return
	}
	key, press := "on-time", 20.0
	if u.Value > 1 {
		key, press = "rhythm", 60+min(30, 30*(u.Value-1))
	}
	label := w.T("chart.rhythm", int(since), round(interval))
	add(press, Reason{
		Key: key, Title: w.T("brief." + key), Detail: w.T("brief.rhythm-text", int(since), round(interval)),
		Figure: Figure{Topic: "urgency", Value: float64(since), Unit: explain.Days, Mark: u.Mark},
		Pic:    &chart.Spec{Rhythm: &chart.Rest{Label: label, Since: float64(since), Interval: interval}},
	})
}

// stage: a start to keep, a loss to understand, a first order to open.
func (sc *Scored) stage(w Words, i int, add func(float64, Reason)) {
	v := sc.Verdict[i]
	phase := Figure{Topic: "phase", Text: sc.letter(i), Mark: explain.Sound(v.Explain(sc.rules.maturity)...)}
	switch sc.Phase[i] {
	case maturity.Start:
		detail := w.T("brief.start-new")
		if v.Age > 0 {
			detail = w.T("brief.start-text", v.Age)
		}
		add(58, Reason{Key: "start", Title: w.T("brief.start"), Detail: detail, Figure: phase})
	case maturity.Lost:
		detail := w.T("brief.lost-status")
		if v.LastOrder != calendar.None && v.LastOrder != 0 {
			detail = w.T("brief.lost-text", w.DayLong(v.LastOrder))
		}
		add(88, Reason{Key: "lost", Title: w.T("brief.lost"), Detail: detail, Figure: phase})
	case maturity.Prospect:
		add(45, Reason{Key: "prospect", Title: w.T("brief.prospect"), Detail: w.T("brief.prospect-text"), Figure: phase})
	}
}

// standing: what the client weighs, and what its position asks for.
func (sc *Scored) standing(w Words, i int, add func(float64, Reason)) {
	if sc.ABC.Total > 0 && sc.N[i] > 0 {
		share := float64(sc.N[i]) / float64(sc.ABC.Total)
		press := 12.0
		if sc.ABC.Class[i].String() == "A" {
			press = 35
		}
		add(press, Reason{
			Key: "weight", Title: w.T("brief.weight." + sc.ABC.Class[i].String()), Detail: w.T("brief.weight-text", w.Percent(share), w.MoneyShort(sc.N[i])),
			Figure: Figure{Topic: "weight", Text: sc.ABC.Class[i].String(), Mark: explain.Mark{Status: sc.ABC.Status, Reason: sc.ABC.Mark.Reason, Steps: sc.ABC.Explain(i)}},
		})
	}
	if sc.Board.Known[i] {
		add(15, Reason{
			Key: "position", Title: w.T("brief.position", w.T("strategy."+strategyKey(sc.Board.Strategy[i]))), Detail: w.T("strategy-text." + strategyKey(sc.Board.Strategy[i])),
			Figure: sc.prFigure(i),
		})
	}
	add(1, Reason{
		Key: "score", Title: w.T("brief.score"), Detail: w.T("brief.score-text", int(sc.Rank[i]), len(sc.Cards)),
		Figure: sc.scoreFigure(i),
	})
}

// strategyKey is the stable name of a strategy of E5.
func strategyKey(s potential.Strategy) string {
	if int(s) < len(strategyKeys) {
		return strategyKeys[s]
	}
	return strategyKeys[0]
}

var strategyKeys = [...]string{
	"unknown", "conquer", "probe", "develop", "accompany", "protect", "maintain", "economise",
	"maintain-light", "lock", "light-and-ask", "check-potential", "step-back",
}

// urgency is u of client i with its steps.
func (sc *Scored) urgency(i int) explain.Result {
	last := calendar.Day(0)
	if sc.LastVisit[i] != 0 {
		last = min(sc.LastVisit[i], sc.AsOf)
	}
	return visits.Urgency(last, sc.AsOf, sc.Visits.Interval[i])
}

// penOf is the penetration of client i with its steps.
func (sc *Scored) penOf(i int) potential.Penetration {
	p := sc.pen(i)
	if sc.Levels.Dotted[i] && p.Status == explain.OK {
		p.Status = explain.Weak
	}
	return p
}

func (sc *Scored) scoreFigure(i int) Figure {
	m := explain.Mark{Status: sc.scoreState(i)}
	if m.Status != explain.OK {
		m.Reason = explain.NoData
	}
	for _, b := range sc.bars(i) {
		m.Steps = append(m.Steps, explain.Step{Key: "scoring.contribution", Value: b.Points, Unit: explain.Points, Text: b.Key})
	}
	m.Steps = append(m.Steps, explain.Of("scoring.score100", sc.Sheet.Score100[i], explain.Points))
	if sc.Sheet.Veto[i] {
		m.Steps = append(m.Steps, explain.Tally("scoring.veto", 1))
	}
	return Figure{Topic: "score", Value: sc.Sheet.Score100[i], Unit: explain.Points, Mark: m}
}

func (sc *Scored) prFigure(i int) Figure {
	f := Figure{Topic: "pr", Value: float64(sc.Board.PR[i]), Unit: explain.Number, Mark: explain.Mark{Status: explain.OK, Steps: sc.Board.Explain(i)}}
	switch {
	case !sc.Board.Known[i]:
		f.Mark.Status, f.Mark.Reason = explain.NA, explain.NoPotential
	case sc.Board.Provisional[i]:
		f.Mark.Status, f.Mark.Reason = explain.Weak, explain.NewClient
	case sc.Board.Status == explain.Weak:
		f.Mark.Status, f.Mark.Reason = explain.Weak, sc.Board.Reason
	case sc.Levels.Dotted[i]:
		f.Mark.Status = explain.Weak
	}
	return f
}
