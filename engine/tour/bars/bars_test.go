package bars

import (
	"flag"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"sillon/engine/tour"
)

var (
	budget = flag.Float64("budget", 0, "CPU `seconds` of each search; 0: the tests skip")
	seed   = flag.Uint64("seed", 1, "of the search")
	only   = flag.String("only", "", "one instance")
)

// solve searches for the seconds of the flag. The first twentieth measures how
// many iterations the rest holds, so that the cooling ends with the time.
func solve(t testing.TB, in *instance, seconds float64) (tour.Plan, float64, int) {
	t.Helper()
	from := cpu()
	s, err := tour.New(&in.Problem, *seed)
	if err != nil {
		t.Fatalf("%s: %v", in.name, err)
	}
	done, batch := 0, 200
	s.Cool(1 << 30)
	for cpu()-from < seconds/20 {
		s.Run(batch)
		done += batch
	}
	for {
		used := cpu() - from
		if used >= seconds {
			break
		}
		left := int(float64(done) * (seconds - used) / used)
		if left < batch/4 {
			break
		}
		s.Cool(left)
		n := min(left, max(batch, left/8))
		s.Run(n)
		done += n
	}
	plan := s.Best()
	return plan, cpu() - from, done
}

type gaps struct {
	sum, worst, cpu float64
	n               int
}

func (g *gaps) add(gap, cpu float64) {
	g.n++
	g.sum += gap
	g.cpu += cpu
	g.worst = math.Max(g.worst, gap)
}

func (g *gaps) mean() float64 { return g.sum / float64(max(1, g.n)) }

// line is what .ci/bench-plan looks for.
func line(t *testing.T, id, what, ours, peers, bar string, met bool) {
	t.Helper()
	word := "met"
	if !met {
		word = "NOT MET"
		t.Fail()
	}
	t.Logf("BAR %s %s: ours %s · peer %s · bar %s · %s", id, what, ours, peers, bar, word)
}

func percent(v float64) string { return fmt.Sprintf("%.2f %%", 100*v) }

// machine is where the search runs; a bar has a limit for each.
func machine() string {
	if runtime.GOARCH == "wasm" {
		return "WebAssembly"
	}
	return "native"
}

// limit is the bar of a machine at the seconds asked, 1 (no bar) otherwise.
func limit(native, wasm map[float64]float64) (float64, string) {
	of := native
	if runtime.GOARCH == "wasm" {
		of = wasm
	}
	if v, ok := of[*budget]; ok {
		return v, percent(v)
	}
	return math.Inf(1), "none at these seconds"
}

func asked(t *testing.T) {
	if *budget == 0 {
		t.Skip("asked for by make bench-plan only (-budget)")
	}
}

// peer24 are the cases the peers were measured on: m of 2 and 4 of these.
var peer24 = map[string]bool{"c103": true, "pr01": true, "pr03": true, "pr05": true, "pr13": true, "pr15": true, "r101": true, "r105": true, "r203": true, "rc101": true, "rc107": true, "rc203": true}

// TestD1 is the team orienteering problem with time windows.
func TestD1(t *testing.T) {
	asked(t)
	peers := map[string]map[string][2]float64{} // by case, then peer: score and CPU
	for _, r := range rows(t, "toptw/peers_measured.csv") {
		key := r["instance"] + " " + r["m"]
		if peers[key] == nil {
			peers[key] = map[string][2]float64{}
		}
		peers[key][strings.ToLower(r["peer"])] = [2]float64{num(r["score"]), num(r["cpu_s"])}
	}
	var ours gaps
	theirs := map[string]*gaps{}
	all := rows(t, "toptw/reference.csv")
	known := false // else every case of the folder with m of 2 and 4
	for _, r := range all {
		known = known || peer24[r["instance"]]
	}
	for _, r := range all {
		if m := num(r["m"]); m != 2 && m != 4 || known && !peer24[r["instance"]] || *only != "" && r["instance"] != *only {
			continue
		}
		in := readTOPTW(t, r["instance"], int(num(r["m"])))
		plan, used, n := solve(t, in, *budget)
		score, best := in.judge(t, &plan), num(r["best"])
		ours.add((best-score)/best, used)
		text := ""
		for _, peer := range []string{"VROOM", "PyVRP", "nextroute"} {
			p, ok := peers[r["instance"]+" "+r["m"]][strings.ToLower(peer)]
			if !ok {
				continue
			}
			if theirs[peer] == nil {
				theirs[peer] = &gaps{}
			}
			theirs[peer].add((best-p[0])/best, p[1])
			text += fmt.Sprintf(" · %s %.0f in %.1f s", peer, p[0], p[1])
		}
		t.Logf("CASE D1 %s m=%s: best %s · ours %.0f, gap %s, %.2f s, %d iterations%s", in.name, r["m"], r["best"], score, percent((best-score)/best), used, n, text)
	}
	most, bar := limit(map[float64]float64{5: .005}, map[float64]float64{5: .010, 1: .025})
	text := ""
	for _, peer := range []string{"VROOM", "PyVRP", "nextroute"} {
		if p := theirs[peer]; p != nil {
			text += fmt.Sprintf("%s %s in %.1f s  ", peer, percent(p.mean()), p.cpu/float64(p.n))
		}
	}
	line(t, "D1", fmt.Sprintf("choice and order of visits, %s at %g s, mean gap of %d", machine(), *budget, ours.n), percent(ours.mean()), text, bar, ours.mean() <= most)
	line(t, "D1", fmt.Sprintf("the same, worst gap, %s at %g s", machine(), *budget), percent(ours.worst), "-", "4.00 %", ours.worst <= .04)
	for _, peer := range []string{"VROOM", "PyVRP", "nextroute"} {
		if p := theirs[peer]; p != nil && p.cpu >= ours.cpu {
			line(t, "D1", "ahead of "+peer+" on the mean, at no more CPU", percent(ours.mean()), percent(p.mean()), "below it", ours.mean() < p.mean())
		} else if p != nil {
			t.Logf("note: %s took %.1f s on average and ours %.1f: give BUDGET=%.1f to compare at equal CPU", peer, p.cpu/float64(p.n), ours.cpu/float64(max(1, ours.n)), p.cpu/float64(p.n))
		}
	}
}

// TestD4 is the same with several windows a day, a budget and limits by type.
func TestD4(t *testing.T) {
	asked(t)
	var toBest, toTop gaps
	for _, r := range rows(t, "mctopmtw/published.csv") {
		if *only != "" && r["instance"] != *only {
			continue
		}
		in := readWindows(t, r["instance"], int(num(r["m"])))
		plan, used, n := solve(t, in, *budget)
		score, best := in.judge(t, &plan), num(r["best"])
		top := math.Max(best, num(r["benchmark"]))
		toBest.add((best-score)/best, used)
		toTop.add((top-score)/top, used)
		t.Logf("CASE D4 %s m=%s: published best %s, benchmark %s · ours %.0f, %.2f s, %d iterations", in.name, r["m"], r["best"], r["benchmark"], score, used, n)
	}
	most, bar := limit(map[float64]float64{5: 0}, nil)
	line(t, "D4", fmt.Sprintf("several windows a day, %s at %g s, mean gap of %d to the published best", machine(), *budget, toBest.n), percent(toBest.mean()), "GRASP-ILS 0, 1.70 % on average", bar, toBest.mean() <= most)
	t.Logf("note: D4 mean gap to the better of published best and benchmark %s, worst %s", percent(toTop.mean()), percent(toTop.worst))
}

// TestD2 is the periodic problem, at the bar's seconds.
func TestD2(t *testing.T) {
	asked(t)
	var ours, cgl gaps
	for _, r := range rows(t, "pvrp/best_known.csv") {
		if *only != "" && r["instance"] != *only {
			continue
		}
		in := readPeriodic(t, r["instance"])
		plan, used, n := solve(t, in, *budget)
		cost, best := in.judge(t, &plan), num(r["best_verified"])
		if lit := num(r["literature_bks_unverified"]); r["instance"] != "p13" && lit > 0 {
			best = math.Min(best, lit)
		}
		if len(plan.Left) > 0 {
			t.Errorf("%s: %d visits left out", in.name, len(plan.Left))
		}
		ours.add((cost-best)/best, used)
		cgl.add((num(r["cgl1997_verified"])-best)/best, 0)
		t.Logf("CASE D2 %s: best %.2f · ours %.2f, gap %s, %.2f s, %d iterations · Cordeau 1997 %s", in.name, best, cost, percent((cost-best)/best), used, n, r["cgl1997_verified"])
	}
	most, bar := limit(map[float64]float64{10: .009}, map[float64]float64{10: .013})
	line(t, "D2", fmt.Sprintf("periodic visits, %s at %g s, mean gap of %d", machine(), *budget, ours.n), percent(ours.mean()), "Cordeau 1997 "+percent(cgl.mean()), bar, ours.mean() <= most)
	if runtime.GOARCH != "wasm" {
		line(t, "D2", "the same, not worse than Cordeau 1997", percent(ours.mean()), percent(cgl.mean()), "at most it", ours.mean() <= cgl.mean())
	}
}

// TestD3 is routing with windows where everything has to be visited. The
// peer is PyVRP after 10 s, length truncated to a decimal by leg.
func TestD3(t *testing.T) {
	asked(t)
	peers := map[string]float64{"r101": 1637.7, "r105": 1359.4, "rc101": 1619.8, "r201": 1143.2, "rc201": 1262.7, "c101": 827.3}
	var ours gaps
	for _, name := range []string{"r101", "r105", "rc101", "r201", "rc201", "c101"} {
		in := readSolomon(t, name)
		plan, used, n := solve(t, in, *budget)
		cost := in.judge(t, &plan)
		if len(plan.Left) > 0 {
			t.Errorf("%s: %d visits left out", in.name, len(plan.Left))
		}
		ours.add((cost-peers[name])/peers[name], used)
		t.Logf("CASE D3 %s: PyVRP %.1f · ours %.1f, %.2f s, %d iterations", name, peers[name], cost, used, n)
	}
	most, bar := limit(map[float64]float64{10: .02}, nil)
	line(t, "D3", fmt.Sprintf("every visit due, %s at %g s, mean gap of %d to PyVRP at 10 s", machine(), *budget, ours.n), percent(ours.mean()), "PyVRP 0", bar, ours.mean() <= most)
	t.Logf("note: D3 worst gap %s", percent(ours.worst))
}
