package demo

import (
	"fmt"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// sales draws the lines of three years. Each window of twelve months adds up
// to its plan to the cent, returns included.
func (t *teller) sales(c *Card, p *plan, tr *trade) {
	perYear := []int{5, 6 + t.rng.IntN(4), 10 + t.rng.IntN(4), 13 + t.rng.IntN(4), 19 + t.rng.IntN(8)}[p.r]
	mix := t.mix(p, tr)
	for k := 2; k >= 0; k-- {
		w := calendar.Periods{}.Back(t.asOf, k)
		w.From, w.To = max(w.From, p.first), min(w.To, p.last, t.asOf-1)
		if p.sales[k] <= 0 || w.Days() == 0 {
			continue
		}
		t.window(c, p.sales[k], w, max(1, perYear*w.Days()/365), w.From == p.first, tr, &mix[k])
	}
	slices.SortStableFunc(c.Sales, func(a, b Record[portfolio.Sale]) int { return int(a.Noun.From - b.Noun.From) })
}

// mix weighs the families in each window: growing clients adopt one, ageing
// ones drop one, and some lose ground in one while their total holds.
func (t *teller) mix(p *plan, tr *trade) [3][len(families)]int64 {
	var m [3][len(families)]int64
	var bought []int
	for f := range families {
		if t.rng.IntN(10) >= tr.buys[f] {
			continue
		}
		bought = append(bought, f)
		usual := int64(0) // the client's taste: about the same every year
		for k := range m {
			if x := int64(60 + t.rng.IntN(80)); usual == 0 {
				usual = x
			} else {
				usual += (x - 100) / 20
			}
			m[k][f] = families[f].weight * usual / 10
		}
	}
	if len(bought) == 0 {
		bought = append(bought, 1)
		m[0][1], m[1][1], m[2][1] = 100, 100, 100
	}
	if len(bought) < 2 {
		return m
	}
	f := bought[t.rng.IntN(len(bought))]
	switch {
	case p.phase == growth && t.rng.IntN(5) < 2:
		m[1][f], m[2][f] = 0, 0
	case p.phase == ageing && t.rng.IntN(4) == 0:
		m[0][f] = 0
	case (p.phase == growth || p.phase == mature) && t.rng.IntN(4) == 0:
		m[0][f] = m[0][f] * 55 / 100
	}
	return m
}

// window draws the orders of one year.
func (t *teller) window(c *Card, total money.Cents, w calendar.Window, orders int, first bool, tr *trade, mix *[len(families)]int64) {
	var lines []portfolio.Sale
	var weights []int64
	days := w.Days()
	for i := range orders {
		d := w.From
		if a, b := days*i/orders, days*(i+1)/orders; !first || i > 0 {
			d = w.From + calendar.Day(a+t.rng.IntN(max(1, b-a)))
			if d = t.working(d, +1); d > w.To {
				d = max(w.From, t.working(w.To, -1))
			}
		}
		t.invoice++
		y, m, _ := d.Civil()
		channel := []string{"visit", "phone", "web", "sedentary"}[t.pick([]int{4, 3, 2, 1})]
		n := len(lines)
		for f, weight := range mix {
			if weight == 0 || t.rng.IntN(families[f].every) > 0 || families[f].every == 1 && t.rng.IntN(4) == 0 {
				continue
			}
			lines, weights = append(lines, portfolio.Sale{Account: c.ID, From: d, Family: families[f].code, Channel: channel,
				Ref: fmt.Sprintf("F%02d%02d-%05d/%d", y%100, int(m), t.invoice, len(lines)-n+1)}),
				append(weights, weight*int64(tr.season[m-1])*int64(70+t.rng.IntN(61)))
		}
		if len(lines) == n { // an order holds something
			f := strongest(mix)
			lines, weights = append(lines, portfolio.Sale{Account: c.ID, From: d, Family: families[f].code, Channel: channel,
				Ref: fmt.Sprintf("F%02d%02d-%05d/1", y%100, int(m), t.invoice)}), append(weights, mix[f]*int64(tr.season[m-1])*100)
		}
	}
	drawn := money.Split(total, weights)
	for i, amount := range money.Split(total, balanced(lines, weights, mix)) {
		s := lines[i]
		back := portfolio.Sale{}
		if drawn[i] >= 90_00 && t.rng.IntN(70) == 0 {
			back = s
			back.Return, back.Amount = true, -amount.Scale(int64(15+t.rng.IntN(26)), 100)
			back.From = t.working(s.From+calendar.Day(5+t.rng.IntN(20)), +1)
			back.Ref = "A" + s.Ref[1:]
			if back.From <= w.To {
				amount -= back.Amount
			}
		}
		if s.Amount = amount; drawn[i] == 0 {
			continue
		}
		s.Qty = units(amount, price(s.Family))
		c.Sales = append(c.Sales, Record[portfolio.Sale]{t.ids.at(s.From), s})
		if back.Return && back.From <= w.To {
			back.Qty = -units(-back.Amount, price(s.Family))
			c.Sales = append(c.Sales, Record[portfolio.Sale]{t.ids.at(back.From), back})
		}
	}
}

// balanced weighs the lines so that each family makes its part of the year: what
// a client adopts or drops then shows, and not the chance of a few orders.
func balanced(lines []portfolio.Sale, weights []int64, mix *[len(families)]int64) []int64 {
	out := slices.Clone(weights)
	for f := range families {
		var made int64
		for i := range lines {
			if lines[i].Family == families[f].code {
				made += weights[i]
			}
		}
		for i := range lines {
			if lines[i].Family == families[f].code && made > 0 {
				out[i] = max(1, weights[i]*(mix[f]*1000/int64(families[f].every))/made)
			}
		}
	}
	return out
}

func strongest(mix *[len(families)]int64) int {
	best := 0
	for f := range mix {
		if families[f].every <= 2 && mix[f] > mix[best] || mix[best] == 0 {
			best = f
		}
	}
	return best
}

func price(code string) int64 {
	for _, f := range families {
		if f.code == code {
			return f.price
		}
	}
	return 1
}
