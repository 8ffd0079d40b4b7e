package demo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/weight"
)

var asOf = calendar.Of(2026, time.November, 19)

// days are awkward ones: the day of the documentation, a Saturday in season,
// the leap day, New Year's Day.
var days = []calendar.Day{asOf, calendar.Of(2026, time.July, 25), calendar.Of(2028, time.February, 29), calendar.Of(2027, time.January, 1)}

var mark = journal.Mark{Stamp: journal.At(1_795_000_000_000), N: 1}

func fingerprint(t *testing.T, c demo.Company) string {
	t.Helper()
	h := sha256.New()
	put := func(v any) {
		b, err := portfolio.Enc.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		h.Write(b)
	}
	put([]any{c.OrgID, c.Org, c.TeamID, c.Team})
	for _, u := range c.Users {
		put([]any{u.ID, u.Noun})
	}
	put(c.FamilyRows(1, mark, c.OrgID))
	for i, p := range c.Portfolios {
		put([]any{p.ID, p.Noun})
		put(p.BudgetRows(uint32(i), mark, p.Noun.Owner))
		for _, card := range p.Cards {
			put(card.Rows(uint32(i), mark, p.Noun.Owner))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// The story is part of the documentation and of the pictures: it changes on
// purpose only, together with this line.
const toldOnPurpose = "b274661bf21ea333"

func TestTheSameSeedTellsTheSameStory(t *testing.T) {
	a, b := fingerprint(t, demo.NewCompany(1, asOf)), fingerprint(t, demo.NewCompany(1, asOf))
	if a != b {
		t.Fatalf("fingerprints %s and %s of one seed", a, b)
	}
	if a != toldOnPurpose {
		t.Errorf("fingerprint %s, want %s", a, toldOnPurpose)
	}
	if c := fingerprint(t, demo.NewCompany(2, asOf)); c == a {
		t.Error("another seed tells the same story")
	}
}

// figures are what the engine reads in a portfolio.
type figures struct {
	phases           [7]int // by maturity.Phase
	shape            maturity.Shape
	sales, potential money.Cents // of the clients, N
	known            int         // clients with a potential
	clients          int
	prospects        int
	lost             int
	lines, contacts  int
	visits           [7]int    // in N, by phase
	board            [5][5]int // clients by P and R
	today            int       // appointments
	later            int
}

func read(t *testing.T, cards []demo.Card, asOf calendar.Day) figures {
	t.Helper()
	var f figures
	mp, pp := maturity.Defaults(), potential.Defaults()
	var phases []maturity.Phase
	var sales, pot []money.Cents
	var known, isClient []bool
	var codes []string
	n := calendar.Periods{}.Back(asOf, 0)
	for _, c := range cards {
		f.lines += len(c.Sales)
		f.contacts += len(c.Contacts)
		h := maturity.History{FirstOrder: c.Account.FirstOrder}
		var year money.Cents
		for _, s := range c.Sales {
			h.Lines = append(h.Lines, maturity.Line{From: s.Noun.From, To: s.Noun.From, Net: s.Noun.Amount})
			if n.Contains(s.Noun.From) {
				year += s.Noun.Amount
			}
		}
		v := maturity.Read(h, asOf, mp)
		f.phases[v.Phase]++
		phases = append(phases, v.Phase)
		var es []potential.Estimate
		for _, e := range c.Estimates {
			es = append(es, potential.Estimate{Amount: e.Noun.Amount, Min: e.Noun.Min, Max: e.Noun.Max, Method: e.Noun.Method, Day: e.Noun.Day})
		}
		a := potential.Appraise(es, year, asOf, pp)
		for _, x := range c.Contacts {
			if x.Noun.Kind == portfolio.Visit && n.Contains(x.Noun.Day) {
				f.visits[v.Phase]++
			}
		}
		for _, x := range c.Appointments {
			if x.Noun.Day == asOf {
				f.today++
			} else if x.Noun.Day > asOf {
				f.later++
			}
		}
		st := c.Account.Status
		switch st {
		case portfolio.Client:
			f.clients++
			f.sales += year
			if a.Has() {
				f.potential += a.Value
				f.known++
			}
		case portfolio.Prospect, portfolio.Suspect:
			f.prospects++
		default:
			f.lost++
			continue
		}
		sales, pot, codes = append(sales, year), append(pot, a.Value), append(codes, c.Account.Code)
		known, isClient = append(known, a.Has()), append(isClient, st == portfolio.Client)
	}
	curve := maturity.CurveOf(phases, nil, mp)
	f.shape = curve.Shape
	p := potential.Rank(potential.LevelsInput{Potential: pot, Known: known, Sales: sales, Codes: codes}, pp)
	r := weight.RLevels(weight.Input{Values: sales, Second: pot, Codes: codes}, weight.Defaults())
	for i := range sales {
		if isClient[i] {
			f.board[p.P[i]][r.Level[i]]++
		}
	}
	return f
}

// The portfolio of the documentation: 180 clients, 1.62 M€, potential 4.1 M€,
// D 14 · C 33 · M 61 · V 72; P and R levels of the same figure.
func TestTheFirstPortfolioIsThatOfTheDocumentation(t *testing.T) {
	for seed := range uint64(2) {
		f := read(t, demo.NewCompany(seed, asOf).Portfolios[0].Cards, asOf)
		if f.clients != 180 || f.phases[maturity.Start] != 14 || f.phases[maturity.Growth] != 33 || f.phases[maturity.Mature] != 61 || f.phases[maturity.Ageing] != 72 {
			t.Errorf("seed %d: %d clients in phases %v, want 180 in D 14, C 33, M 61, V 72", seed, f.clients, f.phases)
		}
		near(t, "sales", f.sales, 1_620_000_00, 1)
		near(t, "potential", f.potential, 4_100_000_00, 3)
		if f.known != 153 { // 85 % of 180
			t.Errorf("seed %d: %d clients with a potential, want 153", seed, f.known)
		}
		want := [5][5]int{1: {1: 95 - 27, 2: 11}, 2: {1: 22, 2: 15, 3: 3}, 3: {1: 4, 2: 6, 3: 9, 4: 3}, 4: {1: 1, 2: 2, 3: 4, 4: 5}}
		for p := 1; p <= 4; p++ {
			for r := 1; r <= 4; r++ {
				if got := f.board[p][r]; got-want[p][r] > 3 || want[p][r]-got > 3 {
					t.Errorf("seed %d: %d clients in P%d R%d, want about %d", seed, got, p, r, want[p][r])
				}
			}
		}
		if c, m := f.visits[maturity.Growth], f.visits[maturity.Mature]; c*10 > m*8 {
			t.Errorf("seed %d: %d visits in C and %d in M; the story is that M takes most of them", seed, c, m)
		}
	}
}

func near(t *testing.T, what string, got, want money.Cents, percent int64) {
	t.Helper()
	if d := got - want; max(d, -d) > want.Scale(percent, 100) {
		t.Errorf("%s %.0f €, want %.0f within %d %%", what, got.Float(), want.Float(), percent)
	}
}

func TestEachRepHasAnotherCurve(t *testing.T) {
	want := []struct {
		shape                    maturity.Shape
		clients, prospects, lost int
		phases                   [4]int
	}{
		{maturity.RisingCurve, 180, 30, 6, [4]int{14, 33, 61, 72}},
		{maturity.Bell, 166, 18, 5, [4]int{31, 55, 56, 24}},
		{maturity.U, 155, 14, 9, [4]int{52, 21, 24, 58}},
	}
	for _, day := range days {
		c := demo.NewCompany(1, day)
		for i, w := range want {
			f := read(t, c.Portfolios[i].Cards, day)
			if f.shape != w.shape || [4]int(f.phases[maturity.Start:maturity.Ageing+1]) != w.phases {
				t.Errorf("%s, %s: shape %d of %v, want %d of %v", day, c.Portfolios[i].Noun.Name, f.shape, f.phases, w.shape, w.phases)
			}
			if f.clients != w.clients || f.prospects != w.prospects || f.lost != w.lost || f.phases[maturity.Lost] != w.lost || f.phases[maturity.Prospect] != w.prospects {
				t.Errorf("%s, %s: %d clients, %d prospects, %d lost; phases %v", day, c.Portfolios[i].Noun.Name, f.clients, f.prospects, f.lost, f.phases)
			}
			if n := len(c.Portfolios[i].Cards); f.lines < 30*n || f.lines > 60*n || f.contacts < 12*n || f.contacts > 25*n {
				t.Errorf("%s, %s: %d lines and %d contacts for %d cards", day, c.Portfolios[i].Noun.Name, f.lines, f.contacts, n)
			}
			if f.today < 5 || f.today > 9 || f.later < 8 {
				t.Errorf("%s, %s: %d appointments today and %d later", day, c.Portfolios[i].Noun.Name, f.today, f.later)
			}
		}
	}
}

func TestCardsAreAsManyAsAsked(t *testing.T) {
	for _, n := range []int{0, 1, 4, 12, 180, 1000} {
		cards := demo.Cards(7, n, asOf)
		f := read(t, cards, asOf)
		if len(cards) != n || f.clients != n || f.prospects+f.lost != 0 {
			t.Errorf("%d cards, %d clients, want %d", len(cards), f.clients, n)
		}
		if n > 12 && f.shape != maturity.Bell {
			t.Errorf("%d clients: shape %d, want the bell", n, f.shape)
		}
	}
}

func TestNoTwoAreTheSameAndEveryRecordIsValid(t *testing.T) {
	for _, day := range days[1:3] {
		c := demo.NewCompany(3, day)
		ids := map[portfolio.ID]bool{}
		unique := map[string]map[string]bool{"code": {}, "name": {}, "SIRET": {}, "invoice line": {}}
		once := func(what, v string) {
			if unique[what][v] {
				t.Errorf("%s: %s %q twice", day, what, v)
			}
			unique[what][v] = true
		}
		see := func(id portfolio.ID) {
			if ids[id] || id.IsZero() || id[6]>>4 != 7 || id[8]>>6 != 2 {
				t.Errorf("%s: identifier %s is missing, not of version 7 or used twice", day, id)
			}
			ids[id] = true
		}
		for _, id := range []portfolio.ID{c.OrgID, c.TeamID} {
			see(id)
		}
		for _, u := range c.Users {
			see(u.ID)
		}
		rows := c.FamilyRows(1, mark, c.Users[0].ID)
		for i, p := range c.Portfolios {
			see(p.ID)
			rows = append(rows, p.BudgetRows(7, mark, p.Noun.Owner)...)
			if p.Noun.Owner != c.Users[i+1].ID {
				t.Errorf("portfolio %q belongs to somebody else", p.Noun.Name)
			}
			for _, card := range p.Cards {
				once("code", card.Account.Code)
				once("name", card.Account.Name)
				site := card.Sites[0].Noun
				once("SIRET", site.Siret)
				if !luhn(site.Siret) || len(site.Siret) != 14 || !luhn(card.Account.Siren) || site.Siret[:9] != card.Account.Siren {
					t.Errorf("SIRET %s or SIREN %s fails the check of Luhn", site.Siret, card.Account.Siren)
				}
				fictional(t, card)
				told(t, card, day)
				for _, s := range card.Sales {
					once("invoice line", s.Noun.Ref)
				}
				rows = append(rows, card.Rows(7, mark, p.Noun.Owner)...)
			}
		}
		for _, r := range rows {
			see(r.Rec)
			if err := portfolio.Validate(r.Entity, r.Fields); err != nil {
				t.Errorf("%s: %s: %v", day, r.Rec, err)
			}
			if (r.Entity.IsChild() || r.Entity.IsRoot()) == r.Root.IsZero() || r.Entity.IsRoot() && r.Root != r.Rec {
				t.Errorf("%s: record of kind %d with root %s", r.Rec, r.Entity, r.Root)
			}
		}
	}
}

// luhn is the check of SIREN and SIRET: from the right, every second digit
// doubled, nines cast out; the sum is a multiple of ten.
func luhn(number string) bool {
	total := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		total += d/10 + d%10
	}
	return total%10 == 0
}

// fictional checks that nobody can be called or written to: the numbers that
// Arcep keeps for films are 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49
// and 06 39 98; the domain .example leads nowhere (RFC 2606).
func fictional(t *testing.T, c demo.Card) {
	t.Helper()
	for _, s := range c.Sites {
		if !strings.HasPrefix(s.Noun.Phone, "+3326191") || s.Noun.Email != "" && !strings.HasSuffix(s.Noun.Email, ".example") {
			t.Errorf("%s: %s, %s", c.Account.Name, s.Noun.Phone, s.Noun.Email)
		}
	}
	for _, p := range c.Persons {
		if p.Noun.Phone != "" && !strings.HasPrefix(p.Noun.Phone, "+3363998") || p.Noun.Email != "" && !strings.HasSuffix(p.Noun.Email, ".example") {
			t.Errorf("%s: %s, %s", p.Noun.Name, p.Noun.Phone, p.Noun.Email)
		}
	}
}

// told checks that the story of a card holds together and ends today.
func told(t *testing.T, c demo.Card, day calendar.Day) {
	t.Helper()
	for i, s := range c.Sales {
		if s.Noun.Amount == 0 || s.Noun.From > day || (s.Noun.Amount < 0) != s.Noun.Return || s.Noun.From < c.Account.FirstOrder {
			t.Errorf("%s: line %d of %s for %d, first order %s", c.Account.Name, i, s.Noun.From, s.Noun.Amount, c.Account.FirstOrder)
		}
	}
	for i, k := range c.Contacts {
		if k.Noun.Day > day || k.Noun.Day < day.AddMonths(-25) || k.Noun.Outcome == 0 || i > 0 && k.Noun.Day < c.Contacts[i-1].Noun.Day {
			t.Errorf("%s: contact %d of %s", c.Account.Name, i, k.Noun.Day)
		}
	}
	for _, a := range c.Appointments {
		if (a.Noun.State == portfolio.Planned) != (a.Noun.Day >= day && a.Noun.Done.IsZero()) {
			t.Errorf("%s: appointment of %s in state %d", c.Account.Name, a.Noun.Day, a.Noun.State)
		}
	}
}

func TestTheStoriesAreTold(t *testing.T) {
	cards := demo.NewCompany(1, asOf).Portfolios[0].Cards
	for _, w := range []struct {
		name   string
		sales  money.Cents // N
		before money.Cents // N-1
		last   calendar.Day
	}{
		{"Brasserie de l’Écluse", 18_400_00, 15_593_22, asOf - 48}, // 18 400 ÷ 1.18
		{"Clinique de la Rance", 46_200_00, 56_341_46, asOf - 62},  // 46 200 ÷ 0.82
		{"Garage Lemarchand", 2_100_00, 0, asOf - 14},
	} {
		var n, n1 money.Cents
		last := calendar.None
		for _, c := range cards {
			if c.Account.Name != w.name {
				continue
			}
			for _, s := range c.Sales {
				switch {
				case calendar.Periods{}.Back(asOf, 0).Contains(s.Noun.From):
					n += s.Noun.Amount
				case calendar.Periods{}.Back(asOf, 1).Contains(s.Noun.From):
					n1 += s.Noun.Amount
				}
			}
			for _, k := range c.Contacts {
				if k.Noun.Kind == portfolio.Visit {
					last = k.Noun.Day
				}
			}
		}
		if n != w.sales || n1 != w.before || last != w.last {
			t.Errorf("%s: %d and %d cents, last seen %s; want %d, %d and %s", w.name, n, n1, last, w.sales, w.before, w.last)
		}
	}
}

func BenchmarkNewCompany(b *testing.B) {
	for b.Loop() {
		demo.NewCompany(1, asOf)
	}
}
