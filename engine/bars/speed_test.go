package bars

import (
	"testing"

	"sillon/engine/foresight"
	"sillon/engine/response"
	"sillon/engine/visits"
)

func BenchmarkFitBGNBD(b *testing.B)     { benchFit(b, foresight.BG) }
func BenchmarkFitMBGNBD(b *testing.B)    { benchFit(b, foresight.MBG) }
func BenchmarkFitParetoNBD(b *testing.B) { benchFit(b, foresight.Pareto) }

func benchFit(b *testing.B, kind foresight.Kind) {
	_, hs := cohort(b, "cdnow")
	for b.Loop() {
		foresight.FitOrders(hs, kind, 1, foresight.Params{})
	}
}

func BenchmarkFitRegular(b *testing.B) {
	_, hs := cohort(b, "grocery")
	for b.Loop() {
		foresight.FitRegular(hs, foresight.Params{MaxK: 6})
	}
}

func BenchmarkFitGammaGamma(b *testing.B) {
	_, hs := cohort(b, "cdnow")
	for b.Loop() {
		foresight.FitSpend(hs, foresight.Params{})
	}
}

func BenchmarkForecastOfAPortfolio(b *testing.B) {
	_, hs := cohort(b, "grocery")
	f := foresight.Fit{Kind: foresight.MBG, K: 2, R: 1.3292, Alpha: 2.8126, A: .42472, B: .79004}
	for b.Loop() {
		for _, h := range hs {
			f.Forecast(h, 13, .8)
		}
	}
}

func BenchmarkFitPanel(b *testing.B) {
	var p response.Panel
	for _, v := range detailing(b) {
		p.Counts, p.Visits = append(p.Counts, v.counts), append(p.Visits, v.visits)
	}
	for b.Loop() {
		response.FitPanel(p)
	}
}

func BenchmarkAllocate(b *testing.B) {
	s := table(b, "allocation/optimum.csv")
	for i := range s.rows {
		t := readTerritory(b, s.text(i, "instance")).ours()
		b.Run(s.text(i, "instance"), func(b *testing.B) {
			for b.Loop() {
				visits.Allocate(t)
			}
		})
	}
}
