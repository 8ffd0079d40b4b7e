package query_test

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/query"
)

var (
	aMark = regexp.MustCompile(`aria-label="([^"]*)" data-go="([^"]*)"`)
	aPart = regexp.MustCompile(`who\.both (\d+) (\d+)`)
	aWord = regexp.MustCompile(`(?:^|[\s(])(\d+)(?:$|[\s).,:])`)
)

// counts are the whole numbers that the name of a mark says.
func counts(label string) (out []int) {
	add := func(s string) int { n, _ := strconv.Atoi(s); out = append(out, n); return n }
	for _, m := range aPart.FindAllStringSubmatch(label, -1) {
		add(strconv.Itoa(add(m[1]) + add(m[2]))) // clients and prospects
	}
	for _, w := range strings.Fields(label) {
		if aWord.MatchString(" " + w + " ") {
			add(strings.Trim(w, "(),.:"))
		}
	}
	return out
}

// found is how many clients the list of an address shows; -1 when it is not one.
func found(t *testing.T, s *query.Snapshot, a *query.Analysis, address string) int {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Path != "/clients" {
		return -1
	}
	q := u.Query()
	if key := q.Get("qui"); key != "" {
		who, ok := a.GroupWho(key)
		if !ok {
			t.Errorf("no list is named %q", key)
		}
		return len(who)
	}
	return s.ClientList(reader, query.ListAsk{Scope: a.Scope, Filter: q.Get("filtre"), Phase: q.Get("phase"), P: q.Get("p"), R: q.Get("r"), Weight: q.Get("poids")}).Found
}

// Every count that a mark or a link of the five tabs says is the length of the
// list it opens, and the parts of each picture add up to the clients it is of.
func TestTheCountOnAMarkIsTheLengthOfItsList(t *testing.T) {
	small, _ := goldenBook()
	company, c := team(1, calendar.Of(2026, time.November, 19))
	for k, p := range c.Portfolios {
		for _, card := range p.Cards {
			company.Deepen(query.Bundle{Root: card.ID, Scope: uint32(10 + k), Rows: card.Rows(uint32(10+k), journal.Mark{}, p.Noun.Owner)})
		}
	}
	for name, w := range map[string]struct {
		s     *query.Snapshot
		scope uint32
	}{"the golden dataset": {small, scope}, "400 clients": {story(400), scope}, "the demonstration": {company, 10}, "its second portfolio": {company, 11}} {
		s, a := w.s, w.s.Analysis(w.scope)
		ask := query.TabAsk{Scope: w.scope}
		base := s.TabBase(reader, a, ask)
		charts := map[string]query.TabChart{}
		o := s.PortfolioOverview(reader, query.PortfolioAsk{Scope: w.scope})
		for key, x := range map[string]query.Chart{"curve": o.Curve, "effort": o.Effort, "lorenz": o.Lorenz, "floors of potential": o.PFloors, "floors": o.Floors} {
			charts["overview, "+key] = query.TabChart{Chart: x}
		}
		m := a.MaturityTab(reader, query.MaturityTabAsk{Tab: ask}, base)
		charts["readings"], charts["starters"], charts["families"], charts["effort"] = m.Readings, m.Starters, m.Families, m.Effort
		charts["erosion"] = query.TabChart{Links: m.Erosion.Links}
		v := a.WeightTab(reader, query.WeightTabAsk{Tab: ask}, base)
		charts["cuts"], charts["storeys"], charts["crossed ABC"] = v.Cuts.Curve, v.Floors, v.Cross
		charts["climbs"] = query.TabChart{Links: v.Climbs.Links}
		d := a.ContactsTab(reader, query.ContactsTabAsk{Tab: ask}, base)
		charts["eaters"], charts["flow"], charts["crossed floors"], charts["return"] = d.Eaters, d.Flow, d.Crossed, d.Return
		charts["net"], charts["whale"], charts["price"], charts["invested"], charts["plan"] = d.Net, d.Whale, d.Price, d.Invested, d.Plan
		p := a.PotentialTab(reader, query.PotentialTabAsk{Tab: ask}, base)
		charts["concentration"], charts["board"], charts["penetration"], charts["trust"] = p.Lorenz, p.Board, p.Families, p.Trust

		sum, said := map[string]int{}, 0
		check := func(chart, label, to string) {
			n := found(t, s, a, to)
			if n < 0 {
				return
			}
			sum[chart] += n
			all := counts(label)
			if len(all) == 0 || strings.HasPrefix(label, "contacts.price.") || strings.HasPrefix(label, "contacts.invested.") {
				return // a share, an amount, a number of contacts
			}
			said++
			for _, x := range all {
				if x == n {
					return
				}
			}
			t.Errorf("%s, %s: %q opens a list of %d: %s", name, chart, label, n, to)
		}
		for chart, x := range charts {
			if x.Chart.Pic != nil {
				for _, g := range aMark.FindAllStringSubmatch(svg(x.Chart), -1) {
					check(chart, html.UnescapeString(g[1]), html.UnescapeString(g[2]))
				}
			}
			for _, l := range x.Links {
				check(chart+", its lists", l.Text, l.To)
			}
		}
		h := o.Head
		inPhase := h.Clients - h.Lost - h.Unphased
		for chart, want := range map[string]int{"overview, curve": inPhase, "overview, lorenz": len(a.CutWeight(query.WeightAsk{}).Order), "cuts": v.Cuts.Of, "board": h.Clients + h.Prospect} {
			if sum[chart] != want {
				t.Errorf("%s, %s: its lists have %d clients, it is of %d", name, chart, sum[chart], want)
			}
		}
		if said < 40 {
			t.Errorf("%s: %d marks say a count: the test shows nothing", name, said)
		}
	}
}
