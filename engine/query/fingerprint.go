package query

import (
	"strconv"
	"strings"
)

// Fingerprint is a text of what a snapshot makes of its cards: per client all
// classes, ranks and whole numbers, then the reals in exact hexadecimal, one
// per word that starts with "~". Two machines agree when the words without ~
// are equal and the reals within 1e-12 of each other (docs/decisions.md: Same
// numbers everywhere).
func Fingerprint(s *Snapshot) string {
	var b strings.Builder
	whole := func(name string, n int64) { b.WriteString(" " + name + "=" + strconv.FormatInt(n, 10)) }
	real := func(name string, x float64) { b.WriteString(" ~" + name + "=" + strconv.FormatFloat(x, 'x', -1, 64)) }
	s.each(0, func(sc *Scored) {
		b.WriteString("portfolio")
		whole("scope", int64(sc.Scope))
		whole("asof", int64(sc.AsOf))
		whole("clients", int64(len(sc.Cards)))
		whole("shape", int64(sc.Curve.Shape))
		whole("a", int64(sc.ABC.N[1]))
		whole("b", int64(sc.ABC.N[2]))
		whole("due", int64(len(sc.Visits.Order)))
		real("neff", sc.R.NEff)
		real("top1", sc.R.Top1)
		real("pen", sc.Pen.Rate)
		real("ageing", sc.Curve.Ageing)
		for _, d := range sc.Curve.Distance {
			real("distance", d)
		}
		b.WriteByte('\n')
		for i, c := range sc.Cards {
			b.WriteString(c.ID.String() + " " + sc.letter(i) + sc.ABC.Class[i].String() + sc.PABC.Class[i].String())
			whole("n", int64(sc.N[i]))
			whole("n1", int64(sc.N1[i]))
			whole("p", int64(sc.Levels.P[i]))
			whole("r", int64(sc.R.Level[i]))
			whole("rb", int64(sc.RBefore.Level[i]))
			whole("pr", int64(sc.Board.PR[i]))
			whole("strategy", int64(sc.Board.Strategy[i]))
			whole("category", int64(sc.Category[i]))
			whole("rank", int64(sc.Rank[i]))
			whole("potential", int64(sc.worth[i]))
			whole("last", int64(sc.LastVisit[i]))
			whole("duein", int64(sc.Visits.DueIn[i]))
			for _, m := range sc.months(c, 24) {
				whole("m", int64(m))
			}
			real("score", sc.Sheet.Score100[i])
			real("g", sc.Verdict[i].G)
			real("cum", sc.ABC.CumBefore[i])
			real("pi", sc.pen(i).Rate)
			real("sure", sc.Appraisal[i].Confidence)
			real("u", sc.Visits.Urgency[i])
			real("units", sc.Units[i])
			real("key", sc.Board.Key[i])
			b.WriteByte('\n')
		}
	})
	return b.String()
}

// FingerprintAnalysis is the same text of what the whole method says of a
// portfolio, one line a client, without what rests on a fitted model.
func FingerprintAnalysis(a *Analysis) string {
	var b strings.Builder
	whole := func(name string, n int64) { b.WriteString(" " + name + "=" + strconv.FormatInt(n, 10)) }
	real := func(name string, x float64) { b.WriteString(" ~" + name + "=" + strconv.FormatFloat(x, 'x', -1, 64)) }
	c, r, m, f, l, g := a.Cost(), a.Response(), a.Maturity(), a.Families(), a.Loyalty(), a.Steering()
	t, v, at, rel := a.Time(), a.Visits(), a.Attrition(), a.Relation()
	b.WriteString("analysis")
	whole("clients", int64(a.Len()))
	whole("net", int64(c.Margins.Net))
	whole("unit", int64(c.Unit))
	whole("shape", int64(m.Curves.Sales.Shape))
	whole("needed", int64(m.Forecast.Needed))
	whole("capacity", int64(t.Stock.Visits))
	whole("prospects", int64(t.Prospects.Visits))
	whole("budget", int64(v.Budget))
	whole("lost", int64(at.Rates.Lost))
	whole("pipeline", int64(rel.Pipeline.TotalWorth))
	whole("expected", int64(l.Overview.Expected))
	real("cm", m.Effort.Ratio)
	real("dead", m.Mortality.Rate)
	real("gini", a.Potential().Effort.Gini)
	real("aligned", a.Potential().EffortPotential.Value)
	real("loyalty", t.Split.Loyalty)
	real("complete", a.Files().All.Rate)
	real("attrition", at.Rates.Attrition)
	for _, k := range rel.KPI {
		real(k.Code, k.Value)
	}
	b.WriteByte('\n')
	for i, card := range a.Cards {
		b.WriteString(card.ID.String())
		whole("phase", int64(m.Phase[i]))
		whole("mb", int64(c.Gross.Margin[i]))
		whole("i", int64(c.Invested.Amount[i]))
		whole("mcn", int64(c.Margins.Client[i].Net))
		if k := r.Place[i]; k >= 0 {
			whole("class", int64(r.Balance.Class[k]))
			whole("advice", int64(r.Strategy.Proposal[k].Advice))
			whole("reason", int64(r.Flow.Reading[k].Reason))
			real("d", r.Balance.D[k])
			real("e", r.Flow.Reading[k].E)
			real("rm", r.Flow.Reading[k].Return)
		}
		whole("openings", int64(len(f.OpeningsOf(i))))
		whole("type", int64(l.Reading.Speed[i].Type))
		whole("rfm", int64(l.RFM.Code[i]))
		whole("visits", int64(v.ByScore.Visits[i]))
		whole("bymix", int64(a.Plans().ByMix.Visits[i]))
		whole("on", int64(at.Case[i].On))
		whole("band", int64(at.Departure[i].Band))
		whole("decision", int64(at.Worth[i].Decision))
		whole("best", int64(at.Worth[i].Best))
		whole("rule", int64(at.Weapon[i].Rule))
		whole("deadline", int64(at.Weapon[i].Deadline))
		whole("ledger", int64(rel.Ledger[i].Balance))
		real("index", f.Index[i])
		real("va", l.Reading.Speed[i].Adoption)
		real("ve", l.Reading.Speed[i].Exclusion)
		real("engaged", l.Engagement[i].Value)
		real("effort", g.Score[i].IE)
		real("alive", g.Animation[i].Score)
		real("file", a.Files().Filling[i].Rate)
		real("seven", a.Grid().Seven.Score100[i])
		real("key", a.Plans().Key[i].Key)
		real("risk", at.Departure[i].P)
		real("worth", at.Worth[i].Value)
		real("tie", rel.Bond[i].Index)
		b.WriteByte('\n')
	}
	return b.String()
}
