package foresight

import "math"

// A shape is what distinguishes the models of a client who leaves after an
// order: the stages between two orders, and whether the first order counts.
type shape struct {
	k        int
	modified bool // he may leave after the first order too
	stays    bool // nobody leaves: the model departures are tested against
}

// standing is what one client's orders say at given parameters, and the slopes
// that a fit needs.
type standing struct {
	there   float64 // S, still a client
	left    float64 // D, gone after the last order
	scale   float64 // both are to be multiplied by exp(scale)
	ln1     float64 // ln(α+T)
	ln2     float64 // ln(α+t)
	thereN  float64 // ∂S/∂n
	thereZ  float64 // z·∂S/∂z
	survive float64 // the denominator of D
}

// stand weighs "still there" against "gone". n = r + kx.
func (s shape) stand(x int, t, age, n, alpha, a, b float64) standing {
	survive := s.survive(x, b)
	return s.weigh(x, t, age, n, alpha, math.Log(alpha+age), math.Log(alpha+t), survive, math.Log(a/survive))
}

// survive is the denominator of D; 1 where nobody can have left.
func (s shape) survive(x int, b float64) float64 {
	if s.stays || s.survivals(x) == 0 {
		return 1
	}
	return b + float64(s.survivals(x)-1)
}

// weigh is stand with its logarithms given: ln1, ln2 and ln (a ÷ survive).
func (s shape) weigh(x int, t, age, n, alpha, ln1, ln2, survive, lnLeave float64) standing {
	st := standing{there: 1, ln1: ln1, ln2: ln2, survive: survive}
	if s.k > 1 {
		z := (age - t) / (alpha + age)
		term, h := 1.0, 0.0
		for j := 1; j < s.k; j++ { // (n)ⱼ/j!·zʲ
			c := n + float64(j-1)
			term *= c * z / float64(j)
			h += 1 / c
			st.there += term
			st.thereN += float64(term * h)
			st.thereZ += float64(float64(j) * term)
		}
	}
	if s.stays || s.survivals(x) == 0 {
		return st
	}
	ln := lnLeave + float64(n*(st.ln1-st.ln2))
	if ln > 500 {
		st.scale = ln
		st.left = 1
		down := math.Exp(-ln)
		st.there *= down
		st.thereN *= down
		st.thereZ *= down
		return st
	}
	st.left = math.Exp(ln)
	return st
}

// survivals is the number of times a client with x repeats could have left and
// did not, if he is still there: the exponent of 1−p.
func (s shape) survivals(x int) int {
	if s.modified {
		return x + 1
	}
	return x
}

// ordersTarget is minus the log-likelihood of the (M)BG/CNBD-k, eq. of the
// package, without the part that no parameter moves.
func ordersTarget(s shape, d *base) target {
	rs := d.rows
	ln := make([]float64, len(d.times)) // of α + time: clients share their days
	return func(th, g *point) float64 {
		r, alpha := math.Exp(th[0]), math.Exp(th[1])
		a, b := 1.0, 1.0
		if !s.stays {
			a, b = math.Exp(th[2]), math.Exp(th[3])
		}
		lnAlpha := th[1]
		var ll, gr, gAlpha, ga, gb float64
		up, stay, all := rise{z: r}, rise{z: b}, rise{z: a + b}
		var group, groupR, groupA, groupB, survive, lnLeave float64
		for i, v := range d.times {
			ln[i] = math.Log(alpha + v)
		}
		for i := range rs {
			w := &rs[i]
			if i == 0 || w.x != rs[i-1].x {
				up.to(s.k * w.x)
				group, groupR = up.ln+float64(r*lnAlpha), up.psi+lnAlpha
				survive = s.survive(w.x, b)
				lnLeave = math.Log(a / survive)
				if !s.stays {
					stay.to(s.survivals(w.x))
					all.to(s.survivals(w.x))
					group += stay.ln - all.ln
					groupA, groupB = -all.psi, stay.psi-all.psi
				}
			}
			n := r + float64(s.k*w.x)
			st := s.weigh(w.x, w.t, w.age, n, alpha, ln[w.ageAt], ln[w.tAt], survive, lnLeave)
			tot := st.there + st.left
			in1, in2 := 1/(alpha+w.age), 1/(alpha+w.t)
			ll += float64(w.clients * (group - float64(n*st.ln1) + st.scale + math.Log(tot)))
			c := w.clients / tot
			gr += float64(w.clients*(groupR-st.ln1)) + float64(c*(float64(st.left*(st.ln1-st.ln2))+st.thereN))
			gAlpha += float64(w.clients*(r/alpha-float64(n*in1))) + float64(c*(float64(st.left*n*(in1-in2))-float64(st.thereZ*in1)))
			if !s.stays {
				ga += float64(w.clients*groupA) + float64(c*st.left)/a
				gb += float64(w.clients*groupB) - float64(c*st.left)/st.survive
			}
		}
		*g = point{-gr * r, -gAlpha * alpha, -ga * a, -gb * b}
		return -ll
	}
}
