package demo_test

import (
	"testing"

	"sillon/engine/demo"
	"sillon/engine/money"
)

func TestPotentialsByFamilyLeaveTheStoryAsItIs(t *testing.T) {
	plain, split := demo.NewCompany(1, asOf), demo.NewCompany(1, asOf)
	split.ByFamily(1)
	told, asked := 0, 0
	for k, p := range split.Portfolios {
		for i, c := range p.Cards {
			before := plain.Portfolios[k].Cards[i]
			if len(c.Sales) != len(before.Sales) || len(c.Contacts) != len(before.Contacts) || len(c.Estimates) < len(before.Estimates) {
				t.Fatalf("%s: another story", c.Account.Code)
			}
			var sum money.Cents
			for j, e := range c.Estimates {
				switch {
				case j < len(before.Estimates):
					if e != before.Estimates[j] {
						t.Fatalf("%s: estimate %d has changed", c.Account.Code, j)
					}
				case e.Noun.Family == "" || e.Noun.Amount <= 0:
					t.Errorf("%s: %+v", c.Account.Code, e.Noun)
				default:
					sum += e.Noun.Amount
				}
			}
			if len(before.Estimates) == 0 {
				continue
			}
			if asked++; sum > 0 {
				told++
				if whole := before.Estimates[0].Noun.Amount; sum < whole-300_00 {
					t.Errorf("%s: families add up to %d of %d", c.Account.Code, sum, whole)
				}
			}
		}
	}
	if told*10 < asked*6 || told*10 > asked*8 {
		t.Errorf("%d of %d are split, want seven in ten", told, asked)
	}
	again := demo.NewCompany(1, asOf)
	again.ByFamily(1)
	if a, b := fingerprint(t, split), fingerprint(t, again); a != b {
		t.Errorf("%s, then %s", a, b)
	}
}
