package attrition

import (
	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

// A Report is one contact, and how it was reported.
type Report struct {
	By        portfolio.Desk
	Full      bool  // a full report, not a bare date
	Hours     int32 // after the contact
	Satisfied bool  // satisfaction was measured
}

// ReportHours is how soon a report counts as complete.
const ReportHours = 48

// Coverage says how well signals can be detected at all (mieux détecter).
type Coverage struct {
	N, Complete  [portfolio.DeskService + 1]int     // by desk; [0] all
	Share        [portfolio.DeskService + 1]float64 // complete ÷ contacts
	Measured     int                                // clients whose satisfaction was measured
	Of           int
	Satisfaction float64 // measured ÷ clients
	explain.Mark
}

// Cover counts full reports within 48 hours by desk, and the clients
// whose satisfaction is measured.
func Cover(reports []Report, measured, clients int) Coverage {
	c := Coverage{Measured: max(0, min(measured, clients)), Of: max(0, clients)}
	for _, r := range reports {
		if r.By < portfolio.DeskRep || r.By > portfolio.DeskService {
			continue
		}
		done := r.Full && r.Hours >= 0 && r.Hours <= ReportHours
		for _, k := range [...]int{0, int(r.By)} {
			c.N[k]++
			if done {
				c.Complete[k]++
			}
		}
	}
	for k, n := range c.N {
		if n > 0 {
			c.Share[k] = float64(c.Complete[k]) / float64(n)
		}
	}
	if c.Of > 0 {
		c.Satisfaction = float64(c.Measured) / float64(c.Of)
	}
	c.Mark = explain.Missing(explain.NoContact)
	if c.N[0] > 0 {
		c.Mark = explain.Sound()
	}
	return c
}
