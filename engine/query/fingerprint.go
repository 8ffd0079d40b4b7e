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
