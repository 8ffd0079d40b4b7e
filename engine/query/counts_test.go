package query_test

import (
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Who is due is counted by its name everywhere: prospects apart from clients,
// and the clients of a rate are those of its total.
func TestDueProspectsAreCountedApart(t *testing.T) {
	met := 0
	for seed := uint64(1); seed <= 3; seed++ {
		s, _ := team(seed, calendar.Of(2026, time.November, 19))
		for _, card := range s.TeamView(reader, query.PortfolioAsk{}).Cards {
			today := s.Today(reader, query.TodayAsk{Scope: card.Scope})
			all := s.ClientList(reader, query.ListAsk{Scope: card.Scope, Filter: "due"})
			clients := s.ClientList(reader, query.ListAsk{Scope: card.Scope, Filter: "due", Phase: "DCMVX0"})
			prospects := s.ClientList(reader, query.ListAsk{Scope: card.Scope, Filter: "due", Phase: "P"})
			if prospects.Found != card.DueNew || today.DueNew != card.DueNew || all.Mixed != card.DueNew || clients.Mixed != 0 {
				t.Errorf("seed %d, scope %d: prospects due: %d listed, %d on the card, %d on Today, %d of the whole list", seed, card.Scope, prospects.Found, card.DueNew, today.DueNew, all.Mixed)
			}
			if clients.Found != card.Due-card.DueNew || clients.Found+prospects.Found != all.Found || clients.Found > card.Head.Clients {
				t.Errorf("seed %d, scope %d: %d clients and %d prospects listed, %d on the card of %d clients", seed, card.Scope, clients.Found, prospects.Found, card.Due, card.Head.Clients)
			}
			met += prospects.Found
		}
	}
	if met == 0 {
		t.Error("no prospect is due: the test shows nothing")
	}
}

// D + C + M + V + lost + in no phase are the clients of the head, and each can
// be listed: returns only, a single sale, a growth without a year to compare.
func TestEveryClientIsInAPhaseOrInNone(t *testing.T) {
	short, _ := shortFile()
	company, _ := team(1, calendar.Of(2026, time.November, 19))
	asOf := golden().Scored(scope).AsOf
	for name, s := range map[string]*query.Snapshot{"a short file": short, "the company": company, "fictional": load(asOf, miscRows(0), fictional(500, 3)...)} {
		l := s.ClientList(reader, query.ListAsk{})
		h, sum := l.Head, 0
		for _, letter := range []string{"D", "C", "M", "V", "X", "0", "P"} {
			n := l.Counts["phase:"+letter]
			if found := s.ClientList(reader, query.ListAsk{Phase: letter}).Found; found != n {
				t.Errorf("%s: phase %s counts %d and lists %d", name, letter, n, found)
			}
			sum += n
		}
		if l.Counts["phase:0"] != h.Unphased || l.Counts["phase:X"] != h.Lost || l.Counts["phase:P"] != h.Prospect || sum != h.Clients+h.Prospect || sum != l.Of {
			t.Errorf("%s: phases %v add up to %d; head %+v, %d in all", name, l.Counts, sum, h, l.Of)
		}
		if name != "the company" && h.Unphased == 0 {
			t.Errorf("%s: everybody has a phase: the test shows nothing", name)
		}
	}
	sheet, _ := short.ClientSheet(reader, clientAsk(id("card", 3)), query.Bundle{Root: id("card", 3)})
	if sheet.PhaseText != "phase-why.returns" {
		t.Errorf("returns only: %q", sheet.PhaseText)
	}
}

// The board says who is in it, and what is missing when nobody can be placed.
func TestTheBoardNamesWhoItCounts(t *testing.T) {
	asOf := golden().Scored(scope).AsOf
	s := load(asOf, miscRows(0), fictional(500, 3)...)
	p := s.PortfolioOverview(reader, query.PortfolioAsk{})
	count, prospects := 0, 0
	for _, c := range p.Cells {
		list := s.ClientList(reader, query.ListAsk{P: string(rune('0' + c.P)), R: string(rune('0' + c.R))})
		if list.Mixed != c.New || list.Found != c.Count {
			t.Errorf("P%d R%d: %d of whom %d prospects, the list has %d of whom %d", c.P, c.R, c.Count, c.New, list.Found, list.Mixed)
		}
		count, prospects = count+c.Count, prospects+c.New
	}
	if count != p.Head.Clients+p.Head.Prospect || prospects != p.Head.Prospect || prospects == 0 {
		t.Errorf("the board holds %d, %d of them prospects; the head says %+v", count, prospects, p.Head)
	}
	win := s.ClientList(reader, query.ListAsk{Filter: "win"})
	if win.Found != p.HotCount || win.Mixed != p.HotNew || p.HotNew == 0 || !strings.HasPrefix(p.BoardOne, "board.hot who.both ") {
		t.Errorf("%d to win, %d of them prospects: %q; the list has %d and %d", p.HotCount, p.HotNew, p.BoardOne, win.Found, win.Mixed)
	}
	if n := s.ClientList(reader, query.ListAsk{Filter: "unknown"}).Found; n != p.Unknown {
		t.Errorf("%d without a potential, the list has %d", p.Unknown, n)
	}
	d := newCard(1, portfolio.Account{Name: "A", Status: portfolio.Client})
	d.sale(asOf-10, 100_00)
	if v := load(asOf, miscRows(0), d.Bundle).PortfolioOverview(reader, query.PortfolioAsk{}); v.Unknown != 1 || v.BoardOne != "board.no-potential 1" {
		t.Errorf("nobody has a potential: %d unknown, %q", v.Unknown, v.BoardOne)
	}
}

// The number of visits of the week opens on its parts, which add up to it.
func TestTheVisitsOfTheWeekAddUp(t *testing.T) {
	s, _ := team(1, calendar.Of(2026, time.November, 19))
	v := s.TeamView(reader, query.PortfolioAsk{})
	whole := 0
	for _, c := range v.Cards {
		sum := 0
		for _, step := range c.Seen.Mark.Steps {
			if step.Unit == explain.Count {
				sum += int(step.Value)
			}
		}
		if sum != c.Visits7 || c.Seen.Value != float64(c.Visits7) {
			t.Errorf("%s: %d visits, steps of %d, figure %v", c.Name, c.Visits7, sum, c.Seen.Value)
		}
		whole += c.Visits7
	}
	if v.Seen.Value != float64(whole) || whole == 0 {
		t.Errorf("the team: %v, its portfolios %d", v.Seen.Value, whole)
	}
	if s := v.Cards[0]; !strings.Contains(svg(s.Curve), "portefeuille=") {
		t.Error("the marks of a portfolio's curve do not lead to its own clients")
	}
}
