package query_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A tape is bytes read as choices; at its end it gives zeros.
type tape struct {
	b    []byte
	asOf calendar.Day
	wild bool // an amount too large for sums was drawn
}

func (t *tape) next() int {
	if len(t.b) == 0 {
		return 0
	}
	x := t.b[0]
	t.b = t.b[1:]
	return int(x)
}

func (t *tape) pick(n int) int { return t.next() % n }
func (t *tape) word() int      { return t.next()<<8 | t.next() }
func (t *tape) yes() bool      { return t.next()%2 == 1 }

// day is mostly of the last four years, now and then from nowhere.
func (t *tape) day() calendar.Day {
	k := t.word()
	if k%16 != 0 {
		return t.asOf - calendar.Day(k/16%1500)
	}
	odd := []calendar.Day{0, t.asOf, t.asOf + 1, t.asOf + 40, t.asOf + 4000, -1, 1, math.MinInt32, math.MinInt32 + 1, math.MaxInt32, math.MaxInt32 - 1,
		calendar.Of(2024, 2, 29), calendar.Of(2024, 2, 28), calendar.Of(2024, 3, 1), calendar.Of(2023, 2, 28), calendar.Of(1900, 1, 1)}
	return odd[k/16%len(odd)]
}

// amount is mostly of a wholesaler's lines, now and then absurd.
func (t *tape) amount() money.Cents {
	k := t.next()
	switch {
	case k < 160:
		return money.Cents(1+t.word()) * money.Cents(1+k)
	case k < 200:
		return -money.Cents(1 + t.word()*(1+k))
	case k < 240:
		return money.Cents(k - 200)
	}
	t.wild = true
	odd := []money.Cents{math.MaxInt64, math.MinInt64, math.MaxInt64 / 3, -math.MaxInt64 / 3, 1e15, -1e15, 1e17, math.MinInt64 + 1}
	return odd[k%len(odd)]
}

// real is mostly small, now and then no number at all.
func (t *tape) real() float64 {
	if k := t.next(); k < 200 {
		return float64(k) / 40
	} else {
		odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 1e300, -1e300, 5e-324, 0, 1, 1e12}
		return odd[k%len(odd)]
	}
}

func (t *tape) family() string {
	return []string{"", "soap", "soap", "wax", "tin", "unheard"}[t.pick(6)]
}

// settings are values of parameters, inside and outside their bounds, as a
// screen of settings would have stored them.
func (t *tape) settings(d *draft) {
	rows := params.Rows()
	for range t.pick(12) {
		r := rows[t.word()%len(rows)]
		x := portfolio.Setting{Key: string(r.Key), Level: 1 + t.pick(3), Scope: scope}
		if r.Kind == params.Word {
			words := append([]string{"nothing"}, r.Words...)
			x.Word = words[t.pick(len(words))]
		} else if r.CanOff && t.yes() {
			x.Word = params.Off
		} else {
			for k, v := range r.Default {
				b := r.Bounds[min(k, len(r.Bounds)-1)]
				low, high := max(b.Low, -1e9), min(b.High, 1e9)
				if b.Any {
					low, high = -1e9, 1e9
				}
				mid := low + (high-low)*float64(t.next())/255
				if r.Whole {
					mid = math.Round(mid)
				}
				x.Values = append(x.Values, []float64{v, low, high, mid, mid, v, low - 1, high + 1, math.NaN(), math.Inf(1)}[t.pick(10)])
			}
			if r.Rule == params.SumIs { // a row that may pass: all on one number
				if k := t.pick(4); k < 3 {
					for j := range x.Values {
						x.Values[j] = 0
						if j%r.Width == k%r.Width {
							x.Values[j] = r.Sum
						}
					}
				}
			}
			if t.pick(20) == 0 {
				x.Values = append(x.Values, 1)
			}
		}
		d.add(portfolio.KindSetting, x)
	}
}

// misc are the rows without a card.
func (t *tape) misc() []journal.Row {
	d := &draft{Bundle: query.Bundle{Scope: scope}}
	if t.pick(4) > 0 {
		d.add(portfolio.KindOrg, portfolio.Org{Name: "Maison", Currency: []string{"EUR", "", "MAD", "???"}[t.pick(4)], FiscalFrom: t.pick(15) - 1})
	}
	if t.pick(4) > 0 {
		d.add(portfolio.KindPortfolio, portfolio.Portfolio{Name: "Côte", Owner: user, Scope: scope, Kind: portfolio.Situation(t.pick(9)),
			Months: []int{0, 0, 0, 12, 24, 1, 60, -3, 1 << 30}[t.pick(9)],
			AsOf:   []calendar.Day{0, 0, t.asOf, t.asOf - 400}[t.pick(4)]})
	}
	for k := range t.pick(4) {
		f := portfolio.Family{Code: []string{"soap", "wax", "tin", ""}[k], Margin: t.real() / 4, Cycle: []int{0, 0, 18, -4, 1 << 30}[t.pick(5)]}
		if t.yes() {
			f.Launched, f.Stopped = t.day(), t.day()
		}
		d.add(portfolio.KindFamily, f)
	}
	for range t.pick(3) {
		year, _, _ := t.asOf.Civil()
		d.add(portfolio.KindCost, portfolio.Cost{User: []portfolio.ID{user, {}, id("user", 2)}[t.pick(3)], Year: year + 1 - t.pick(3), Pay: t.amount(), Charges: t.amount(), Manager: t.amount()})
	}
	for range t.pick(3) {
		year, _, _ := t.asOf.Civil()
		d.add(portfolio.KindTime, portfolio.Time{User: user, Year: year - t.pick(3), Weekend: t.next(), Leave: t.pick(60), Sick: t.pick(400) - 20, FieldDays: t.real(),
			Minutes: t.word() % 900, Overhead: t.pick(200), Visit: t.pick(120) - 10, Travel: t.pick(90), Part: t.real()})
	}
	t.settings(d)
	return d.Rows
}

// card is one client, of whom much or nothing is known.
func (t *tape) card(n int) query.Bundle {
	optional := func() *int {
		if x := t.pick(130); x < 120 {
			x -= 5
			return &x
		}
		return nil
	}
	d := newCard(n, portfolio.Account{Code: []string{fmt.Sprint("C", n), "C", ""}[min(t.pick(6), 2)], Name: "x",
		Status:   []portfolio.Status{portfolio.Client, portfolio.Client, portfolio.Client, portfolio.Prospect, portfolio.Suspect, portfolio.Lost, portfolio.Inactive, 0, 99}[t.pick(9)],
		Typology: portfolio.Typology(t.pick(9)), Solvency: portfolio.Solvency(t.pick(5)), Category: portfolio.Category(t.pick(24) % 7),
		OneShot: t.pick(12) == 1, Archived: t.pick(20) == 1, Strategic: t.pick(5) == 1, Natural: t.pick(5) == 1, Motive: portfolio.Motive(t.pick(16))})
	if t.yes() {
		var a portfolio.Account
		if d.Rows[0].Fields.Into(&a) == nil {
			a.FirstOrder, a.LostOn, a.CatUntil, a.Relevance, a.Trust = t.day(), t.day(), t.day(), optional(), optional()
			d.Rows = d.Rows[:0]
			d.put(portfolio.KindAccount, d.Root, a)
		}
	}
	if t.pick(3) == 0 { // a steady client: enough orders for every chapter
		amount := t.amount()
		for m := range 6 * t.pick(6) {
			d.add(portfolio.KindSale, portfolio.Sale{From: t.asOf.AddMonths(-m) - calendar.Day(t.pick(9)), Amount: amount + money.Cents(m), Family: t.family()})
		}
		d.touches(t.asOf, t.pick(30), portfolio.Visit)
	}
	var people []portfolio.ID
	for range t.pick(40) {
		switch t.pick(20) {
		case 0, 1, 2, 3:
			s := portfolio.Sale{From: t.day(), Amount: t.amount(), Family: t.family(), Channel: []string{"", "visit", "web"}[t.pick(3)], Void: t.pick(30) == 1}
			if t.pick(4) == 0 {
				s.To = s.From + calendar.Day(t.pick(200))
			}
			if t.pick(3) == 0 {
				c := t.amount()
				s.Cost = &c
			}
			d.add(portfolio.KindSale, s)
		case 4, 5, 6:
			c := portfolio.Contact{User: user, Kind: portfolio.ContactKind(t.pick(12)), Day: t.day(), Minute: t.word(), Duration: t.word() - 900, Travel: t.pick(90), Prep: t.pick(60),
				Outcome: portfolio.Outcome(t.pick(10)), Inbound: t.pick(4) == 1, Spent: t.amount(), Order: t.amount(), Content: optional(), Reported: t.day(), Persons: people, Void: t.pick(30) == 1}
			if t.yes() {
				c.Topics = []string{"price", t.family()}
			}
			d.add(portfolio.KindContact, c)
		case 7:
			d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: t.amount(), Min: t.amount(), Max: t.amount(), Method: portfolio.Appraisal(t.pick(8)), Quality: t.real(), Day: t.day(), Family: t.family()})
		case 8:
			people = append(people, d.add(portfolio.KindPerson, portfolio.Person{Name: "p", Function: t.family(), Roles: [][]string{{"decider"}, {"buyer"}, nil}[t.pick(3)],
				Influence: t.pick(9), Attitude: t.pick(9) - 4, Since: t.day(), Until: t.day(), Consent: t.day()}))
		case 9:
			d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.ServiceKind(t.pick(9)), Severity: t.pick(6) - 1, Opened: t.day(), Closed: t.day(), By: portfolio.Desk(t.pick(5)), Cost: t.amount(), Involved: user})
		case 10:
			d.add(portfolio.KindContract, portfolio.Contract{Start: t.day(), End: t.day(), Renews: t.yes(), Expected: t.amount(), Exclusive: t.yes()})
		case 11:
			d.add(portfolio.KindPayment, portfolio.Payment{Due: t.day(), Paid: t.day(), Amount: t.amount()})
		case 12:
			p := portfolio.Project{Amount: t.amount(), Phase: t.pick(12) - 2, Since: t.day(), Opened: t.day(), Ended: t.day(), State: portfolio.ProjectState(t.pick(6)),
				Signals: []string{"0.satisfied", "3.price"}[:t.pick(3)]}
			if t.yes() {
				x := t.real()
				p.Chance = &x
			}
			d.add(portfolio.KindProject, p)
		case 13:
			d.add(portfolio.KindCommitment, portfolio.Commitment{Side: portfolio.Side(t.pick(4)), State: portfolio.Promise(t.pick(6)), Value: t.amount(), Points: t.pick(12) - 3,
				Made: t.day(), Due: t.day(), Done: t.day(), Written: t.day(), Answers: id("r35", 1+t.pick(40)), Survey: t.yes()})
		case 14:
			e := portfolio.Effort{Code: fmt.Sprintf("E%02d", t.pick(18)), Baseline: t.real(), Target: t.real(), Weight: t.real(), From: t.day(), To: t.day(), Dropped: t.pick(5) == 1}
			if t.yes() {
				x := t.real()
				e.Actual = &x
			}
			d.add(portfolio.KindEffort, e)
		case 15:
			d.add(portfolio.KindSignal, portfolio.Signal{Code: t.pick(17) - 1, Day: t.day(), Closed: t.day()})
		case 16:
			d.add(portfolio.KindFormer, portfolio.Former{Left: t.day(), Motive: portfolio.Motive(t.pick(14)), Natural: t.yes(), Seen: []int{t.pick(16), t.pick(16)}, Unknown: []int{t.pick(16)}})
		case 17:
			d.add(portfolio.KindOverride, portfolio.Override{What: []string{"phase", "departure", "type", "potential", "category", "?"}[t.pick(6)], Value: t.real(), Day: t.day(), Until: t.day()})
		case 18:
			d.add(portfolio.KindTool, portfolio.Tool{Ours: t.amount(), Theirs: t.amount(), Used: t.day(), Replace: t.real(), LentFrom: t.day(), Gone: t.pick(6) == 1, StatedGains: t.amount()})
		case 19:
			d.add(portfolio.KindAppointment, portfolio.Appointment{User: user, Day: t.day(), Kind: portfolio.ContactKind(t.pick(12)), State: portfolio.Progress(t.pick(6))})
		}
	}
	return d.Bundle
}

// asOfs are reading dates, some at the ends of months that others lack.
func asOfs() []calendar.Day {
	return []calendar.Day{demo.Golden().AsOf, calendar.Of(2024, 2, 29), calendar.Of(2025, 2, 28), calendar.Of(2026, 3, 31), calendar.Of(2025, 12, 31), calendar.Of(1970, 1, 2)}
}

// fill writes an ask: words it may hold and others, numbers of any size.
func (t *tape) fill(v reflect.Value) {
	words := []string{"", "sales", "margin", "units", "potential", "soap", "unheard", "S3", "E01", "pr", "departure", "phase:C", "fr"}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(t.yes())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		x := int64(t.pick(40) - 4)
		switch v.Interface().(type) {
		case money.Cents:
			x = int64(t.amount())
		case calendar.Day:
			x = int64(t.day())
		default:
			if t.pick(30) == 0 && v.Kind() != reflect.Int8 {
				x = 30_000
			}
		}
		v.SetInt(x)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(t.pick(20)))
	case reflect.Float64:
		v.SetFloat(t.real())
	case reflect.String:
		v.SetString(words[t.pick(len(words))])
	case reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			x := id("card", 1+t.pick(4))
			reflect.Copy(v, reflect.ValueOf(x[:]))
			return
		}
		for k := range v.Len() {
			t.fill(v.Index(k))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), t.pick(4), 4))
		for k := range v.Len() {
			t.fill(v.Index(k))
		}
	case reflect.Pointer:
		if t.yes() {
			v.Set(reflect.New(v.Type().Elem()))
			t.fill(v.Elem())
		}
	case reflect.Struct:
		for k := range v.NumField() {
			if v.Field(k).CanSet() {
				t.fill(v.Field(k))
			}
		}
	}
}

// whatever plays a tape: settings, organisation, clients; and judges all that
// the method says of them.
func whatever(t *testing.T, tape *tape, fit bool) {
	t.Helper()
	tape.asOf = asOfs()[tape.pick(6)]
	misc := tape.misc()
	var bundles []query.Bundle
	for n := range tape.pick(9) {
		bundles = append(bundles, tape.card(n+1))
	}
	s := load(tape.asOf, misc, bundles...)
	lawful(t, s.Params(scope))
	s.Deepen(bundles...)
	a := s.Analysis(scope)
	if a == nil {
		return
	}
	judge(t, "whole", a, !tape.wild)
	if tape.yes() {
		answered(t, "asked", a, tape.fill)
	}
	screens(t, s, bundles)
	if fit {
		fits := query.Fit(a.Book, nil)
		if bad := broken("fits", reflect.ValueOf(fits)); bad != "" {
			t.Error(bad)
		}
		s.SetFits(scope, &fits)
		judge(t, "fitted", s.Analysis(scope), !tape.wild)
	}
	for _, b := range bundles[:min(len(bundles), 2)] {
		if one := s.Alone(b); one != nil {
			judge(t, "alone", one, false)
		}
	}
}

// lawful fails on a set that holds a value its own row does not allow.
func lawful(t *testing.T, set *params.Set) {
	t.Helper()
	for _, r := range params.Rows() {
		v, _ := set.Get(r.Key)
		for k, x := range v.Numbers {
			b := r.Bounds[min(k, len(r.Bounds)-1)]
			if x-x != 0 || !b.Any && (x < b.Low || x > b.High || b.Open && x == b.Low) || r.Whole && x != math.Trunc(x) {
				t.Fatalf("%s: %v is in force, outside %+v", r.Key, v.Numbers, b)
			}
		}
	}
}

// FuzzWhole gives the whole of the engine parameters and a portfolio made of
// bytes (method, Appendix B; issue 4: fuzzing of parameters and datasets).
func FuzzWhole(f *testing.F) {
	rng := rand.New(rand.NewPCG(7, 7))
	for _, n := range []int{0, 40, 400, 1500, 3000} {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		f.Add(b, true)
	}
	f.Fuzz(func(t *testing.T, b []byte, fit bool) {
		if len(b) > 1<<13 {
			return
		}
		whatever(t, &tape{b: b}, fit)
	})
}

// TestWholeOnRandomBytes is FuzzWhole from seeds, for the suite.
func TestWholeOnRandomBytes(t *testing.T) {
	n := 150
	if testing.Short() || raced {
		n = 12
	}
	for seed := range uint64(n) {
		rng := rand.New(rand.NewPCG(seed, 3))
		b := make([]byte, 200+rng.IntN(3000))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		whatever(t, &tape{b: b}, seed%4 == 0)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
