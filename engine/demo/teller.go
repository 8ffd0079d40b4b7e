package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A teller tells the story of one portfolio.
type teller struct {
	rng    *rand.Rand
	ids    *issuer
	asOf   calendar.Day
	author portfolio.ID // the rep
	names  *naming
	base   int // codes are numbered from there
	effort [4]int
	towns  []town

	off     map[calendar.Day]bool // public holidays
	taken   map[calendar.Day]int  // contacts of the rep by day
	perDay  int
	invoice int
}

func newTeller(seed, stream uint64, asOf calendar.Day, author portfolio.ID, names *naming) *teller {
	rng := rand.New(rand.NewPCG(seed, stream))
	t := &teller{rng: rng, ids: &issuer{rng: rng}, asOf: asOf, author: author, names: names,
		off: map[calendar.Day]bool{}, taken: map[calendar.Day]int{}}
	year, _, _ := asOf.Civil()
	for i := -4; i <= 1; i++ {
		for _, h := range calendar.Holidays(calendar.France, year+i) {
			t.off[h.Day] = true
		}
	}
	return t
}

// tell makes the cards of a portfolio.
func (t *teller) tell(s shape, n, lost, prospects int) []Card {
	t.effort, t.towns = s.effort, s.towns
	t.perDay = max(8, n/20)
	for _, k := range slices.Concat(s.known, s.wanted) {
		t.names.used[k.name] = true
	}
	plans := t.cast(s, n, lost, prospects)
	t.rng.Shuffle(len(plans), func(i, j int) { plans[i], plans[j] = plans[j], plans[i] })
	cards := make([]Card, len(plans))
	for i := range plans {
		cards[i] = t.card(&plans[i], fmt.Sprintf("C%04d", t.base+i+1))
	}
	if len(s.known) == 0 {
		t.today(plans, cards)
	}
	for i := range plans {
		t.life(&cards[i], &plans[i])
	}
	return cards
}

func (t *teller) card(p *plan, code string) Card {
	tr, tn := t.trade(p), t.town(p)
	seen := t.asOf.AddMonths(-30) // since when we know the client
	if p.first != 0 {
		seen = min(p.first, t.asOf.AddMonths(-3))
	}
	c := Card{ID: t.ids.at(seen), Account: portfolio.Account{Code: code, Status: portfolio.Client, FirstOrder: p.first,
		Typology: t.typology(p), Solvency: portfolio.SolvencyOK}}
	a := &c.Account
	switch {
	case p.story != nil:
		a.Name, a.Summary = p.story.name, p.story.summary
	default:
		a.Name = t.names.house(t.rng, tr, tn.name)
		if t.rng.IntN(5) == 0 {
			a.Summary = summaries[t.rng.IntN(len(summaries))]
		}
	}
	switch p.phase {
	case unknown:
		a.Status, a.Solvency = portfolio.Prospect, 0
		if p.suspect {
			a.Status = portfolio.Suspect
		}
	case gone:
		a.Status = portfolio.Lost
		if t.rng.IntN(3) == 0 {
			a.Status = portfolio.Inactive
		}
		a.Summary = "Dernière commande le " + frenchDay(p.last) + ". Motif noté : " + []string{"regroupement des achats du groupe", "fermeture du site", "écart de prix", "retards de livraison"}[t.rng.IntN(4)] + "."
	default:
		if x := t.rng.IntN(100); p.story == nil && x < 6 {
			a.Solvency = portfolio.SolvencyWatch
			if x == 0 {
				a.Solvency = portfolio.SolvencyBlocked
			}
		}
		if p.story == nil && p.p >= 2 && t.rng.IntN(60) == 0 {
			a.Category, a.CatUntil = portfolio.Strategic, t.asOf+calendar.Day(120+t.rng.IntN(200))
			a.CatWhy = "Référence du secteur, ouvre les portes du groupe"
		}
	}
	var siret string
	a.Siren, siret = t.names.siret()
	t.sites(&c, p, tr, tn, siret)
	t.people(&c, p, tr)
	if p.first != 0 {
		t.sales(&c, p, tr)
	}
	if p.p > 0 || p.phase == gone {
		t.estimates(&c, p)
	}
	t.contacts(&c, p)
	t.appointments(&c, p)
	return c
}

func (t *teller) trade(p *plan) *trade {
	weights := make([]int, len(trades))
	for i := range trades {
		weights[i] = trades[i].weight
		if p.story != nil && trades[i].name == p.story.trade {
			return &trades[i]
		}
		if big := trades[i].name == "Santé" || trades[i].name == "Collectivité" || trades[i].name == "Agroalimentaire" || trades[i].name == "Hébergement"; p.p >= 3 {
			if big {
				weights[i] *= 4
			}
		}
	}
	return &trades[t.pick(weights)]
}

func (t *teller) town(p *plan) *town {
	weights := make([]int, len(t.towns))
	for i := range t.towns {
		weights[i] = t.towns[i].weight
		if p.story != nil && t.towns[i].name == p.story.town {
			return &t.towns[i]
		}
	}
	return &t.towns[t.pick(weights)]
}

func (t *teller) sites(c *Card, p *plan, tr *trade, tn *town, siret string) {
	n := 1
	if p.p >= 3 && p.story == nil && t.rng.IntN(5) == 0 {
		n = 2
	}
	for i := range n {
		where := tn
		s := portfolio.Site{Account: c.ID, Country: "FR", Sector: tr.name, Naf: tr.naf}
		if i == 0 {
			s.Siret = siret
			s.Headcount = []int{2, 6, 14, 32, 75}[p.p] + t.rng.IntN(4+8*p.p)
			s.PhoneRaw = fmt.Sprintf("02 61 91 %02d %02d", t.rng.IntN(100), t.rng.IntN(100))
			s.Email = "contact@" + slug(c.Account.Name) + ".example"
		} else {
			where = &t.towns[t.rng.IntN(len(t.towns))]
			s.Name = "Second site"
			s.PhoneRaw = fmt.Sprintf("02 61 91 %02d %02d", t.rng.IntN(100), t.rng.IntN(100))
		}
		s.Phone = portfolio.E164(s.PhoneRaw)
		s.Postcode, s.City, s.Insee = where.postcode, where.name, where.insee
		s.Street = fmt.Sprintf("%d, %s", 1+t.rng.IntN(80), streets[t.rng.IntN(len(streets))])
		if strings.HasPrefix(s.Street[strings.Index(s.Street, " ")+1:], "ZA") {
			_, s.Street, _ = strings.Cut(s.Street, ", ")
		}
		if i == 0 && p.story != nil && p.story.street != "" {
			s.Street = p.story.street
		}
		lat := where.lat + float64(t.rng.IntN(1601)-800)/1e5 // within about a kilometre
		lon := where.lon + float64(t.rng.IntN(2001)-1000)/1e5
		s.Lat, s.Lon = &lat, &lon
		c.Sites = append(c.Sites, Record[portfolio.Site]{t.ids.at(c.when()), s})
	}
}

// when is the day inside the card's identifier.
func (c *Card) when() calendar.Day {
	var ms int64
	for _, b := range c.ID[:6] {
		ms = ms<<8 | int64(b)
	}
	return calendar.Day(ms / dayMS)
}

func (t *teller) people(c *Card, p *plan, tr *trade) {
	var list []portfolio.Person
	if p.story != nil {
		list = slices.Clone(p.story.people)
	}
	if len(list) == 0 {
		n := min(len(tr.posts), 1+t.rng.IntN(1+(1+p.p)/2)+p.p/3)
		for i := range n {
			her := t.rng.IntN(2)
			q := portfolio.Person{Function: post(tr.posts[i], her), Influence: max(1, 5-i-t.rng.IntN(2)), Attitude: t.rng.IntN(4) - 1}
			if i == 0 && tr.family && t.rng.IntN(3) > 0 { // the family whose name is over the door
				for _, s := range surnames {
					if strings.HasSuffix(c.Account.Name, " "+s) {
						q.Name = firstNames[her][t.rng.IntN(len(firstNames[her]))] + " " + s
					}
				}
			}
			if q.Name == "" {
				q.Name = firstNames[her][t.rng.IntN(len(firstNames[her]))] + " " + surnames[t.rng.IntN(len(surnames))]
			}
			q.Roles = [][]string{{"decider"}, {"user", "influencer"}, {"gatekeeper"}, {"user"}}[i]
			if p.phase == ageing {
				q.Attitude--
			}
			list = append(list, q)
		}
	}
	for _, q := range list {
		q.Account = c.ID
		if t.rng.IntN(3) > 0 {
			q.Phone = portfolio.E164(fmt.Sprintf("06 39 98 %02d %02d", t.rng.IntN(100), t.rng.IntN(100)))
		}
		if t.rng.IntN(2) == 0 {
			q.Email = slug(q.Name) + "@" + slug(c.Account.Name) + ".example"
		}
		c.Persons = append(c.Persons, Record[portfolio.Person]{t.ids.at(c.when()), q})
	}
}

// post words a function for him (0) or her (1).
func post(words string, her int) string {
	if his, hers, ok := strings.Cut(words, "|"); ok {
		return []string{his, hers}[her]
	}
	return words
}

// estimates are what the rep knows of the potential; several never agree.
func (t *teller) estimates(c *Card, p *plan) {
	n := 1
	if x := t.rng.IntN(10); p.story == nil && x > 5 {
		n = 2 + x/9
	}
	for i := range n {
		e := portfolio.Estimate{Account: c.ID, Amount: p.potential, Author: t.author,
			Method: portfolio.Appraisal(1 + t.pick([]int{45, 20, 10, 5, 20}))}
		if p.story != nil {
			e.Method = portfolio.Declared
		}
		back := 10 + t.rng.IntN(420)
		if i > 0 {
			back += 200
			e.Amount = p.potential.Scale(int64(88+t.rng.IntN(25)), 100).Scale(1, 100_00) * 100_00
		}
		e.Day = t.working(t.asOf-calendar.Day(back), -1)
		if e.Method == portfolio.Declared && p.story == nil && t.rng.IntN(2) == 0 { // asked as a bracket
			half := e.Amount.Scale(15, 100).Scale(1, 500_00) * 500_00
			e.Min, e.Max = e.Amount-half, e.Amount+half
		}
		c.Estimates = append(c.Estimates, Record[portfolio.Estimate]{t.ids.at(e.Day), e})
	}
}

// pick draws an index in proportion to the weights.
func (t *teller) pick(weights []int) int {
	x := t.rng.IntN(sum(weights))
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// working is the day itself, or the nearest working day in a direction.
func (t *teller) working(d calendar.Day, step calendar.Day) calendar.Day {
	for t.off[d] || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d += step
	}
	return d
}

// slots are the hours at which a rep's contacts begin.
var slots = [...]int{8*60 + 30, 9*60 + 20, 10*60 + 15, 11*60 + 15, 13*60 + 40, 14*60 + 30, 15*60 + 20, 16*60 + 15}

// book finds room in the rep's diary, on the day or on one further along.
func (t *teller) book(d, step calendar.Day) (calendar.Day, int) {
	for d = t.working(d, step); t.taken[d] >= t.perDay; d = t.working(d+step, step) {
	}
	t.taken[d]++
	return d, slots[(t.taken[d]-1)%len(slots)]
}

func frenchDay(d calendar.Day) string {
	y, m, day := d.Civil()
	name := [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}[m-1]
	if day == 1 {
		return fmt.Sprintf("1er %s %d", name, y)
	}
	return fmt.Sprintf("%d %s %d", day, name, y)
}

// units rounds an amount to whole units of a price, one at least.
func units(amount money.Cents, price int64) float64 {
	return float64(max(1, (int64(amount)+price/2)/price))
}
