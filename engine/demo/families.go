package demo

import (
	"math/rand/v2"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// served is how much of a client's purchases each family makes, in per cent, in
// the order of families.
var served = [len(families)]int64{24, 26, 19, 13, 10, 8}

// ByFamily splits what is known of potentials over the families, for the
// clients whose rep asked: seven in ten. Never less than they buy of it. It has
// dice of its own, so that the rest of the story does not depend on it.
func (c *Company) ByFamily(seed uint64) {
	n := calendar.Window{From: c.AsOf.AddMonths(-12) + 1, To: c.AsOf}
	for k := range c.Portfolios {
		rng := rand.New(rand.NewPCG(seed, uint64(200+k)))
		ids := &issuer{rng: rng}
		for i := range c.Portfolios[k].Cards {
			if card := &c.Portfolios[k].Cards[i]; len(card.Estimates) > 0 && rng.IntN(10) < 7 {
				card.byFamily(rng, ids, n)
			}
		}
	}
}

func (c *Card) byFamily(rng *rand.Rand, ids *issuer, n calendar.Window) {
	whole := c.Estimates[0].Noun
	var weights [len(families)]int64
	var bought [len(families)]money.Cents
	for f := range families {
		weights[f] = served[f] * int64(60+rng.IntN(81))
		for _, s := range c.Sales {
			if s.Noun.Family == families[f].code && n.Contains(s.Noun.From) {
				bought[f] += s.Noun.Amount
			}
		}
	}
	for f, x := range money.Split(whole.Amount, weights[:]) {
		x = max(x, bought[f].Scale(int64(105+rng.IntN(20)), 100)).Scale(1, 50_00) * 50_00
		if x <= 0 {
			continue
		}
		e := portfolio.Estimate{Account: c.ID, Family: families[f].code, Amount: x, Method: whole.Method, Day: whole.Day, Author: whole.Author}
		c.Estimates = append(c.Estimates, Record[portfolio.Estimate]{ids.at(e.Day), e})
	}
}
