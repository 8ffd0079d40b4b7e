package tour

// chance is a stream of numbers that depends on its seed alone (splitmix64,
// Steele, Lea and Flood 2014).
type chance uint64

func (c *chance) next() uint64 {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a whole number from 0 to n-1; n is at least 1.
func (c *chance) below(n int) int { return int(c.next() >> 33 % uint64(n)) }

// draws is how many levels of chance the acceptance knows.
const draws = 4096

// losses holds -ln((k+½)/draws): what a uniform draw allows the search to
// lose, in temperatures. It is summed by hand so that no machine's logarithm
// differs: ln((k+3/2)/(k+1/2)) = 2·artanh(1/(2k+2)).
func losses() []float64 {
	t := make([]float64, draws)
	sum := artanh(1.0/(4*draws-1)) * 2 // the top draw: -ln(1-1/(2·draws))
	for k := draws - 1; ; k-- {
		t[k] = sum
		if k == 0 {
			return t
		}
		sum += 2 * artanh(1/float64(2*k))
	}
}

// artanh is the odd series x + x³/3 + …, for |x| ≤ ½.
func artanh(x float64) float64 {
	sum, power, square := 0.0, x, float64(x*x)
	for n := 1; power > 1e-18; n += 2 {
		sum += float64(power / float64(n))
		power = float64(power * square)
	}
	return sum
}
