package attrition_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/money"
)

// Four equal clients and a budget for fewer: whoever comes first in the list,
// the same ones are chosen, and the same sums are made.
func TestSpendDoesNotDependOnTheOrderOfClients(t *testing.T) {
	p, rng := attrition.Defaults(), rand.New(rand.NewPCG(4, 4))
	w := p.Judge(attrition.Stake{Margin: 3500_00, Risk: .55}, p.Price(costs))
	small := p.Judge(attrition.Stake{Margin: 1500_00, Risk: .3}, p.Price(costs))
	all := []attrition.Worth{w, w, w, w, small, small}
	var want map[string]attrition.Action
	var wantGain, wantSpent float64
	for round := range 30 {
		order := rng.Perm(len(all))
		list, codes := make([]attrition.Worth, len(all)), make([]string, len(all))
		for k, i := range order {
			list[k], codes[k] = all[i], fmt.Sprintf("C%02d", i)
		}
		chosen, gain, spent := attrition.Spend(list, codes, money.Cents(1300_00))
		got := map[string]attrition.Action{}
		for k, a := range chosen {
			got[codes[k]] = a
		}
		if round == 0 {
			want, wantGain, wantSpent = got, gain, spent
			if gain <= 0 || spent <= 0 || len(got) != 6 {
				t.Fatalf("nothing is chosen: %v, %v, %v", got, gain, spent)
			}
			continue
		}
		for c, a := range want {
			if got[c] != a {
				t.Fatalf("order %v: %s gets %d, was %d", order, c, got[c], a)
			}
		}
		if gain != wantGain || spent != wantSpent {
			t.Fatalf("order %v: gain %v, spent %v; were %v, %v", order, gain, spent, wantGain, wantSpent)
		}
	}
}
