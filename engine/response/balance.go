package response

import (
	"cmp"
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// few is the number of clients under which a portfolio is hardly one.
const few = 4

// million is the grain of contact units: sums of it are exact.
const million = 1_000_000

// WeighBalance sets the contacts of each client against its result (B1). Run
// it inside each portfolio. Without any contact, or when the results do not
// add up to something positive, or with fixed limits that are not set, no
// client has a class.
func WeighBalance(in BalanceInput, p Params) Balance {
	n := len(in.Units)
	b := Balance{
		Class: make([]Class, n), CI: make([]float64, n), RI: make([]float64, n), D: make([]float64, n), Infinite: make([]bool, n),
		Alarm: make([]Alarm, n), Severity: make([]money.Cents, n), Hollow: make([]bool, n), in: in, p: p, result: results(in, p, n),
	}
	units := make([]money.Cents, n) // millionths
	var u, q money.Cents
	for i := range n {
		units[i] = grains(in.Units[i])
		u, q = u.Plus(units[i]), q.Plus(b.result[i])
		b.Hollow[i] = i < len(in.Starting) && in.Starting[i]
	}
	why := explain.None
	switch {
	case n == 0:
		why = explain.NoData
	case u == math.MaxInt64 || q == math.MaxInt64 || q == -math.MaxInt64:
		why = explain.Overflow
	case u == 0:
		why = explain.NoContact
	case q < 0:
		why = explain.Negative
	case q == 0:
		why = explain.NoSales
	case p.unlimited():
		why = explain.NoData
	}
	if n > 0 {
		b.MeanUnits, b.MeanResult = float64(u)/million/float64(n), float64(q)/float64(n)
	}
	if why == explain.None {
		lowU, lowQ := b.limits(units, u, q)
		for i := range n {
			b.place(i, units[i], u, q, lowU(units[i]), lowQ(b.result[i]))
		}
		b.alarms()
	}
	for _, c := range b.Class {
		b.N[c]++
	}
	steps := []explain.Step{explain.Tally("response.clients", n), explain.Num("response.meanUnits", b.MeanUnits),
		explain.Of("response.meanResult", b.MeanResult, b.unit()), explain.Of("response.devourerFrom", clean(p.Devourer), explain.Ratio)}
	if p.unlimited() {
		steps = append(steps, explain.Tally("response.limitsSet", 0))
	}
	b.Mark = portfolioMark(n, why, steps...)
	return b
}

// unlimited: fixed limits are asked for, and nobody has set any.
func (p *Params) unlimited() bool {
	return p.Threshold == Fixed && clean(p.FixedUnits) == 0 && clean(p.FixedResult) == 0
}

// results is the column balance.result chooses; a missing one counts nothing.
func results(in BalanceInput, p Params, n int) []money.Cents {
	out := make([]money.Cents, n)
	switch p.Result {
	case BySales:
		copy(out, in.Sales)
	case ByOrders:
		for i := range min(n, len(in.Orders)) {
			out[i] = money.Cents(in.Orders[i])
		}
	default:
		copy(out, in.Margin)
	}
	return out
}

func (b *Balance) unit() explain.Unit {
	if b.p.Result == ByOrders {
		return explain.Number
	}
	return explain.Money
}

// grains are contact units in whole millionths.
func grains(units float64) money.Cents {
	if !(units > 0) {
		return 0
	}
	return money.Cents(math.Round(min(units, 1e9) * million))
}

// limits gives what is low: under the mean, the median or a fixed value. The
// mean is compared in whole numbers, x·n < Σ.
func (b *Balance) limits(units []money.Cents, u, q money.Cents) (lowU, lowQ func(money.Cents) bool) {
	under := func(limit money.Cents) func(money.Cents) bool {
		return func(x money.Cents) bool { return x < limit }
	}
	n := int64(len(units))
	switch b.p.Threshold {
	case Median: // twice, for the middle of two
		mu, mq := twiceMedian(units), twiceMedian(b.result)
		b.LimitUnits, b.LimitResult = mu/2/million, mq/2
		return func(x money.Cents) bool { return 2*float64(x) < mu }, func(x money.Cents) bool { return 2*float64(x) < mq }
	case Fixed:
		b.LimitUnits, b.LimitResult = clean(b.p.FixedUnits), clean(b.p.FixedResult)
		return under(grains(b.LimitUnits)), func(x money.Cents) bool { return float64(x) < b.LimitResult }
	}
	b.LimitUnits, b.LimitResult = b.MeanUnits, b.MeanResult
	return func(x money.Cents) bool { return money.Compare(x, u, 1, n) < 0 }, func(x money.Cents) bool { return money.Compare(x, q, 1, n) < 0 }
}

func twiceMedian(x []money.Cents) float64 {
	s := slices.Clone(x)
	sorting.Sort(s)
	return float64(s[(len(s)-1)/2]) + float64(s[len(s)/2])
}

func (b *Balance) place(i int, units, u, q money.Cents, lowU, lowQ bool) {
	res := b.result[i]
	b.CI[i] = float64(units) / float64(u) * float64(len(b.Class))
	b.RI[i] = float64(res) / float64(q) * float64(len(b.Class))
	switch {
	case lowU && (lowQ || res <= 0):
		b.Class[i] = Skeleton
	case lowU:
		b.Class[i] = Hen
	case lowQ || res <= 0:
		b.Class[i] = Devourer
	default:
		b.Class[i] = Cow
	}
	switch {
	case units == 0: // nothing was spent: nothing is devoured
	case res <= 0:
		b.Infinite[i] = true
	default:
		b.D[i] = float64(units) / float64(u) / (float64(res) / float64(q))
	}
}

// alarms finds the devourers. A quotient that should be exactly the limit may
// fall a last bit short of it, hence the hair.
func (b *Balance) alarms() {
	for i := range b.Class {
		if b.Hollow[i] || !b.Infinite[i] && b.D[i] < b.p.Devourer-1e-12 || b.Class[i] == 0 {
			continue
		}
		b.Severity[i] = b.severity(i)
		if b.Class[i] == Devourer || b.Class[i] == Cow {
			b.Alarm[i] = Devours
			b.Devourers = append(b.Devourers, int32(i))
		} else {
			b.Alarm[i] = DevoursLittle
			b.Small = append(b.Small, int32(i))
		}
	}
	bySeverity := func(x, y int32) int {
		if b.Severity[x] != b.Severity[y] {
			return cmp.Compare(b.Severity[y], b.Severity[x])
		}
		return byCode(b.in.Codes, x, y)
	}
	slices.SortFunc(b.Devourers, bySeverity)
	slices.SortFunc(b.Small, bySeverity)
}

func byCode(codes []string, x, y int32) int {
	if int(max(x, y)) < len(codes) && codes[x] != codes[y] {
		return cmp.Compare(codes[x], codes[y])
	}
	return cmp.Compare(x, y)
}

// severity is what the client costs beyond its margin; a client that still
// earns its contacts is weighed by what it takes beyond its share. An infinite
// D counts the whole investment.
func (b *Balance) severity(i int) money.Cents {
	invested, margin := at(b.in.Invested, i), at(b.in.Margin, i)
	if loss := invested.Plus(-margin); loss > 0 {
		return loss
	}
	if b.Infinite[i] {
		return invested
	}
	return money.Cents(math.Round(min((b.D[i]-1)*float64(invested), 9e18)))
}

func at(x []money.Cents, i int) money.Cents {
	if i < len(x) {
		return x[i]
	}
	return 0
}

// Explain gives the steps that put client i in its class.
func (b *Balance) Explain(i int) []explain.Step {
	s := []explain.Step{
		explain.Num("response.units", clean(b.in.Units[i])), explain.Num("response.meanUnits", b.MeanUnits),
		explain.Of("response.contactIndex", b.CI[i], explain.Ratio),
		explain.Of("response.result", float64(b.result[i]), b.unit()), explain.Of("response.meanResult", b.MeanResult, b.unit()),
		explain.Of("response.resultIndex", b.RI[i], explain.Ratio),
	}
	if b.p.unlimited() {
		s = append(s, explain.Tally("response.limitsSet", 0))
	} else if b.p.Threshold != Mean {
		s = append(s, explain.Num("response.limitUnits", b.LimitUnits), explain.Of("response.limitResult", b.LimitResult, b.unit()))
	}
	if b.Infinite[i] {
		s = append(s, explain.Name("response.devouring", "∞"))
	} else {
		s = append(s, explain.Of("response.devouring", b.D[i], explain.Ratio))
	}
	s = append(s, explain.Name("response.class", b.Class[i].String()))
	if b.Alarm[i] != NoAlarm {
		s = append(s, explain.Of("response.devourerFrom", clean(b.p.Devourer), explain.Ratio), explain.Amount("response.invested", at(b.in.Invested, i)),
			explain.Amount("response.margin", at(b.in.Margin, i)), explain.Amount("response.severity", b.Severity[i]))
	}
	return s
}

// portfolioMark says how solid a portfolio of n clients is.
func portfolioMark(n int, why explain.Reason, steps ...explain.Step) explain.Mark {
	switch {
	case why != explain.None:
		return explain.Missing(why, steps...)
	case n < few:
		return explain.Thin(explain.FewClients, steps...)
	}
	return explain.Sound(steps...)
}
