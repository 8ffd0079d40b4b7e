package relation_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/relation"
)

func deals(rng *rand.Rand, n int) []relation.Deal {
	out := make([]relation.Deal, n)
	for i := range out {
		out[i] = relation.Deal{Amount: money.Cents(rng.IntN(90_000_00)), Phase: rng.IntN(7), Chance: rng.Float64()*2 - 1, Days: rng.IntN(90)}
	}
	return out
}

// J2: weighted pipeline = Σ amount × p, with p rising from phase to phase: no
// project loses worth by moving up a phase, by a better chance, by a larger
// amount; the phases add up to the whole, within the half cent each of them
// rounds; a project that waits longer is never less stale.
func TestPipelineIsMonotoneAndConserved(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 1))
	p, median := relation.Defaults(), []float64{10, 10, 10, 10, 10, 10, 10}
	for range 400 {
		list := deals(rng, 1+rng.IntN(10))
		before := relation.Weigh(list, median, 7, p)
		var parts money.Cents
		n := 0
		for j := range before.Weighted {
			parts += before.Weighted[j]
			n += before.N[j]
			if before.Weighted[j] > before.Amount[j] || before.StaleN[j] > before.N[j] {
				t.Fatalf("phase %d weighs %d of %d", j, before.Weighted[j], before.Amount[j])
			}
		}
		if n != len(list) || math.Abs(float64(parts-before.TotalWorth)) > 4 {
			t.Fatalf("phases hold %d projects of %d, %d of %d", n, len(list), parts, before.TotalWorth)
		}
		k := rng.IntN(len(list))
		for what, change := range map[string]func(d *relation.Deal){
			"a phase up": func(d *relation.Deal) { d.Phase = min(d.Phase+1, 6) },
			"more money": func(d *relation.Deal) { d.Amount += 1000_00 },
			"likelier": func(d *relation.Deal) {
				if d.Chance >= 0 {
					d.Chance = min(1, d.Chance+.1)
				}
			},
			"older": func(d *relation.Deal) { d.Days += 30 },
		} {
			was := list[k]
			change(&list[k])
			after := relation.Weigh(list, median, 7, p)
			if after.TotalWorth < before.TotalWorth || what == "older" && (before.Stale[k] && !after.Stale[k] || after.TotalWorth != before.TotalWorth) {
				t.Fatalf("%s: %d after %d, stale %t after %t", what, after.TotalWorth, before.TotalWorth, after.Stale[k], before.Stale[k])
			}
			list[k] = was
		}
	}
}

// J4: ρ = theirs kept ÷ ours kept. One more promise that they keep never lowers
// ρ nor raises an alert of what is not returned; one more of ours never raises
// ρ; what both released, or is still promised, changes neither; all amounts and
// the value of a point ×100, another currency: the same ρ, alerts and lists.
func TestReciprocityIsMonotone(t *testing.T) {
	rng := rand.New(rand.NewPCG(22, 1))
	p := relation.Defaults()
	rich := p
	rich.PointValue *= 100
	for range 600 {
		n := rng.IntN(10)
		lines := make([]relation.Line, n)
		for i := range lines {
			lines[i] = relation.Line{Side: portfolio.Side(1 + rng.IntN(2)), State: portfolio.Promise(1 + rng.IntN(4)), Value: money.Cents(max(0, rng.IntN(900_00)-200_00)),
				Points: rng.IntN(6), Done: calendar.Day(1 + rng.IntN(50)), Answers: int32(rng.IntN(n+1)) - 1, Survey: rng.IntN(4) == 0, Written: rng.IntN(2) == 0}
		}
		a := relation.Account(lines, p)
		with := func(x relation.Line) relation.Ledger { return relation.Account(append(lines[:n:n], x), p) }
		one := relation.Line{State: portfolio.KeptIt, Value: 100_00, Done: 60, Answers: -1}
		theirs, ours, released, promised := one, one, one, one
		theirs.Side, ours.Side, released.Side, promised.Side = portfolio.Them, portfolio.Us, portfolio.Us, portfolio.Us
		released.State, promised.State = portfolio.Released, portfolio.Promised
		const owed = relation.LowReturn | relation.Unanswered
		if b := with(theirs); b.Received != a.Received+100_00 || b.Given != a.Given || a.HasRho && b.Rho < a.Rho || b.Alerts&owed&^a.Alerts != 0 || len(b.Unreturned) > len(a.Unreturned) {
			t.Fatalf("they kept one more: %+v, before %+v", b, a)
		}
		if b := with(ours); b.Given != a.Given+100_00 || a.HasRho && b.Rho > a.Rho || len(b.Unreturned) < len(a.Unreturned) || owed&a.Alerts&^b.Alerts != 0 {
			t.Fatalf("we kept one more: %+v, before %+v", b, a)
		}
		if b := with(released); b.Rho != a.Rho || b.Alerts != a.Alerts || b.Lines != a.Lines {
			t.Fatalf("a released one counts: %+v, before %+v", b, a)
		}
		if b := with(promised); b.Rho != a.Rho || b.Balance != a.Balance || b.OpenOurs != a.OpenOurs+100_00 {
			t.Fatalf("a promise counts as kept: %+v, before %+v", b, a)
		}
		dear := make([]relation.Line, n)
		for i, x := range lines {
			x.Value *= 100
			dear[i] = x
		}
		if b := relation.Account(dear, rich); math.Abs(b.Rho-a.Rho) > 1e-12 || b.Alerts != a.Alerts || b.Given != 100*a.Given || len(b.Unreturned) != len(a.Unreturned) {
			t.Fatalf("in another currency: %+v, before %+v", b, a)
		}
	}
}

// J5: MESORE is a maximum, so another alternative never lowers it, nor our
// limit, and never widens the zone; ZOPA = R_them − R_us; the ladder gives the
// whole of start − target, cent by cent, in steps that shrink; +d ÷ (m − d) pays
// for the discount: (m − d)·(1 + v) = m, more for a larger discount, less for a
// larger margin.
func TestNegotiationHolds(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 1))
	p := relation.Defaults()
	for range 600 {
		alternatives := make([]relation.Alternative, rng.IntN(4))
		for i := range alternatives {
			alternatives[i] = relation.Alternative{P: rng.Float64(), Margin: money.Cents(rng.IntN(3000_00)), Cost: money.Cents(rng.IntN(300_00))}
		}
		s := relation.Sheet{Start: money.Cents(8000_00 + rng.IntN(4000_00)), Cost: money.Cents(5000_00 + rng.IntN(3000_00)), Ours: alternatives,
			RivalLow: money.Cents(7000_00 + rng.IntN(3000_00)), Switching: money.Cents(rng.IntN(500_00)), Risk: money.Cents(rng.IntN(300_00))}
		s.RivalHigh = s.RivalLow + money.Cents(rng.IntN(1000_00))
		s.Target = s.Start - money.Cents(rng.IntN(1500_00))
		z := s.Prepare()
		if z.Low != z.ThemLow-z.Us || z.High != z.ThemHigh-z.Us || z.Low > z.High || z.Us != s.Cost+z.Fallback || z.Fallback < 0 {
			t.Fatalf("%+v", z)
		}
		more := s
		more.Ours = append(alternatives[:len(alternatives):len(alternatives)], relation.Alternative{P: rng.Float64(), Margin: money.Cents(rng.IntN(3000_00))})
		if y := more.Prepare(); y.Us < z.Us || y.Low > z.Low || y.High > z.High {
			t.Fatalf("one alternative more: %+v, before %+v", y, z)
		}
		offers := p.Steps(s.Start, s.Target)
		last, step := s.Start, s.Start
		for _, x := range offers {
			if last-x > step+1 { // within the cent that the shares round
				t.Fatalf("a step grows: %v from %d", offers, s.Start)
			}
			last, step = x, last-x
		}
		if len(offers) > 0 && last != s.Target {
			t.Fatalf("%v ends at %d, want %d", offers, last, s.Target)
		}
		m, d := .05+rng.Float64()*.9, rng.Float64()*.9
		v := relation.Volume(d, m)
		if d < m-1e-9 != v.Has() {
			t.Fatalf("d %v, m %v: %+v", d, m, v)
		}
		if v.Has() {
			if math.Abs((m-d)*(1+v.Value)-m) > 1e-9 {
				t.Fatalf("d %v, m %v: %v does not pay for it", d, m, v.Value)
			}
			if w := relation.Volume(d*.9, m); !(w.Value <= v.Value) {
				t.Fatalf("a smaller discount needs more: %v, %v", w.Value, v.Value)
			}
			if w := relation.Volume(d, min(1, m*1.05)); !(w.Value <= v.Value) {
				t.Fatalf("a larger margin needs more: %v, %v", w.Value, v.Value)
			}
		}
	}
}

// J6: tie = .4·used ÷ tools + .3·min(1, theirs ÷ ours) + .3·min(1, days ÷ 20):
// between 0 and 1; using a tool, more of the client's own money, more days to
// replace never lower it, more of ours never raises it; amounts in another
// currency and tools in another order: the same.
func TestTieIsBoundedAndMonotone(t *testing.T) {
	rng := rand.New(rand.NewPCG(24, 1))
	p := relation.Defaults()
	const asOf = calendar.Day(20_000)
	for range 500 {
		tools := make([]relation.Tool, 1+rng.IntN(5))
		for i := range tools {
			tools[i] = relation.Tool{Used: asOf - calendar.Day(rng.IntN(300)), Ours: money.Cents(rng.IntN(5000_00)), Theirs: money.Cents(rng.IntN(5000_00)), Replace: rng.Float64() * 12}
		}
		a := relation.Tie(tools, asOf, p)
		if !(a.Index >= 0 && a.Index <= 1+1e-12) {
			t.Fatalf("tie %v", a.Index)
		}
		k := rng.IntN(len(tools))
		was := tools[k]
		for what, change := range map[string]func(x *relation.Tool){
			"used today": func(x *relation.Tool) { x.Used = asOf }, "theirs": func(x *relation.Tool) { x.Theirs += 500_00 },
			"days": func(x *relation.Tool) { x.Replace += 2 }, "ours": func(x *relation.Tool) { x.Ours += 500_00 },
		} {
			change(&tools[k])
			b := relation.Tie(tools, asOf, p)
			zero := a.Ours == 0 // nothing of ours: the first euro makes it a ratio
			if what == "ours" && b.Index > a.Index+1e-12 && !zero || what != "ours" && b.Index < a.Index-1e-12 {
				t.Fatalf("%s: tie %v after %v", what, b.Index, a.Index)
			}
			tools[k] = was
		}
		for i := range tools {
			tools[i].Ours, tools[i].Theirs = 100*tools[i].Ours, 100*tools[i].Theirs
		}
		rng.Shuffle(len(tools), func(i, j int) { tools[i], tools[j] = tools[j], tools[i] })
		if b := relation.Tie(tools, asOf, p); math.Abs(b.Index-a.Index) > 1e-12 || b.InUse != a.InUse {
			t.Fatalf("another order and currency: %v, before %v", b.Index, a.Index)
		}
	}
}

// J2: the phase is the highest with half of its signals and every lower one
// proven: one more signal of a phase that does not deny the need, or one more
// test passed, never takes a project back.
func TestMoreSignalsNeverTakeAProjectBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(25, 1))
	p, m := relation.Defaults(), relation.Standard()
	for range 3000 {
		var ticks relation.Ticks
		for j := range m {
			ticks[j] = uint16(rng.IntN(1 << len(m[j].Signs)))
		}
		passed := uint8(rng.IntN(128))
		r := m.Read(0, ticks, passed, p) // from the first phase: where nothing enters, a project stays
		for j := range m {
			if !m[j].Denies {
				more := ticks
				more[j] |= 1 << rng.IntN(len(m[j].Signs))
				if s := m.Read(0, more, passed, p); s.Phase < r.Phase {
					t.Fatalf("phase %d, %d with one more signal of %d (ticks %v, passed %b)", r.Phase, s.Phase, j, ticks, passed)
				}
			}
			if s := m.Read(0, ticks, passed|1<<j, p); s.Phase < r.Phase {
				t.Fatalf("phase %d, %d with test %d passed (ticks %v, passed %b)", r.Phase, s.Phase, j, ticks, passed)
			}
		}
	}
}

// J1 and J3: a funnel loses along the way, its overall rate is the product of
// its steps; the gain of an action is between −1 and 1, and one more success
// with it never lowers it, one more failure never raises it.
func TestFunnelAndLeague(t *testing.T) {
	rng := rand.New(rand.NewPCG(26, 1))
	p := relation.Defaults()
	for range 300 {
		counts := []int{1 + rng.IntN(500)}
		for range 4 {
			counts = append(counts, rng.IntN(counts[len(counts)-1]+1))
		}
		f := relation.Funnel(counts, p)
		product := 1.0
		for _, s := range f.Step {
			if s.Has() && (s.Share < 0 || s.Share > 1 || s.Low > s.Share+1e-12 || s.High < s.Share-1e-12) {
				t.Fatalf("step %+v", s)
			}
			product *= s.Share
		}
		if math.Abs(product-f.Overall.Share) > 1e-12 {
			t.Fatalf("%v: overall %v, product %v", counts, f.Overall.Share, product)
		}
		trials := make([]relation.Trial, 5+rng.IntN(60))
		for i := range trials {
			trials[i] = relation.Trial{Action: int32(rng.IntN(3)), Phase: int8(rng.IntN(2)), Up: rng.IntN(2) == 0, Period: int32(rng.IntN(3))}
		}
		gain := func(list []relation.Trial) (float64, bool) {
			for _, e := range relation.League(list, 3, p) {
				if e.Gain < -1 || e.Gain > 1 || e.With+e.Without == 0 || e.WithUp > e.With {
					t.Fatalf("%+v", e)
				}
				if e.Action == 0 && e.Phase == 0 {
					return e.Gain, true
				}
			}
			return 0, false
		}
		n := len(trials)
		if was, ok := gain(trials); ok {
			up, _ := gain(append(trials[:n:n], relation.Trial{Up: true}))
			down, _ := gain(append(trials[:n:n], relation.Trial{}))
			if up < was-1e-12 || down > was+1e-12 {
				t.Fatalf("gain %v, %v with a success more, %v with a failure more", was, up, down)
			}
		}
	}
}
