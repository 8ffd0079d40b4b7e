package i18n_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"sillon/app/i18n"
	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// voice lends the catalogue to the engine, as the worker does.
type voice struct{ lang i18n.Lang }

func (v voice) T(key string, args ...any) string      { return i18n.T(v.lang, key, args...) }
func (v voice) Number(x float64, decimals int) string { return i18n.Decimal(v.lang, x, decimals) }
func (v voice) Percent(share float64) string          { return i18n.Percent(v.lang, share) }
func (v voice) Money(c money.Cents) string            { return i18n.Money(v.lang, int64(c), "EUR") }
func (v voice) MoneyShort(c money.Cents) string       { return i18n.MoneyShort(v.lang, int64(c), "EUR") }
func (v voice) Day(d calendar.Day) string             { return i18n.Day(v.lang, d) }
func (v voice) DayLong(d calendar.Day) string         { return i18n.Date(v.lang, d) }
func (v voice) Month(d calendar.Day, short bool) string {
	_, m, _ := d.Civil()
	return i18n.MonthName(v.lang, m, short)
}

// bare finds a key that was not worded, or an argument that was not filled.
var bare = regexp.MustCompile(`\b(curve|effort|lorenz|floors|board|strategy|strategy-text|brief|phase-why|raise|activity|chart|estimate|shape|reason|category|phase|appraisal|client)\.[a-zA-Z0-9]|\{\d`)

// texts calls f with every text of a view that people read.
func texts(v reflect.Value, path string, f func(path, text string)) {
	switch v.Kind() {
	case reflect.String:
		f(path, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name != "Key" && name != "Topic" && name != "Field" && name != "Pick" {
				texts(v.Field(i), path+"."+name, f)
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			texts(v.Index(i), path, f)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), path, f)
		}
	}
}

func company() (*query.Snapshot, []query.Bundle, demo.Company) {
	today := calendar.Of(2026, time.November, 19)
	c := demo.NewCompany(1, today)
	put := func(kind portfolio.Kind, rec portfolio.ID, noun any) journal.Row {
		f, err := portfolio.ToFields(noun)
		if err != nil {
			panic(err)
		}
		return journal.Row{Rec: rec, Entity: kind, Fields: f}
	}
	misc := []journal.Row{put(portfolio.KindOrg, c.OrgID, c.Org)}
	for _, u := range c.Users {
		misc = append(misc, put(portfolio.KindUser, u.ID, u.Noun))
	}
	var bundles []query.Bundle
	var cards []query.Card
	for k, p := range c.Portfolios {
		p.Noun.Scope = uint32(10 + k)
		misc = append(misc, put(portfolio.KindPortfolio, p.ID, p.Noun))
		for _, card := range p.Cards {
			b := query.Bundle{Root: card.ID, Scope: p.Noun.Scope, Rows: card.Rows(p.Noun.Scope, journal.Mark{}, p.Noun.Owner)}
			bundles = append(bundles, b)
			if x, ok := query.Derive(b); ok {
				cards = append(cards, x)
			}
		}
	}
	s := query.NewSnapshot(today)
	s.SetMisc(misc)
	s.SetCards(cards)
	return s, bundles, c
}

func TestEveryViewIsWordedInBothLanguages(t *testing.T) {
	s, bundles, c := company()
	for _, lang := range []i18n.Lang{i18n.FR, i18n.EN} {
		r := query.Reader{Words: voice{lang}, User: c.Users[1].ID}
		var views []any
		for _, scope := range []uint32{0, 10, 11, 12} {
			ask := query.PortfolioAsk{Scope: scope, Width: 1040}
			views = append(views, s.PortfolioOverview(r, ask), s.TeamView(r, ask, bundles[:5]...),
				s.Today(r, query.TodayAsk{Scope: scope}, bundles...), s.ClientList(r, query.ListAsk{Scope: scope}))
		}
		for k := 0; k < len(bundles); k += 9 {
			b := bundles[k]
			v, ok := s.ClientSheet(r, query.ClientAsk{ID: b.Root, Width: 1040}, b)
			if !ok {
				t.Fatalf("no sheet of %v", b.Root)
			}
			views = append(views, v, s.Today(r, query.TodayAsk{Client: b.Root}, b).Brief)
		}
		for _, v := range views {
			texts(reflect.ValueOf(v), fmt.Sprintf("%s %T", lang, v), func(path, text string) {
				if m := bare.FindString(text); m != "" {
					t.Errorf("%s shows %q", path, text[max(0, strings.Index(text, m)-20):min(len(text), strings.Index(text, m)+40)])
				}
			})
		}
	}
}

// Keys that are made of two parts in the code: each must be in the catalogue.
func TestKeysMadeOfPartsHaveWords(t *testing.T) {
	for prefix, ends := range map[string]string{
		"curve.": "bell rising u falling flat", "curve.advice.": "bell rising u falling flat", "shape.": "none bell rising u falling flat",
		"strategy.":      "unknown conquer probe develop accompany protect maintain economise maintain-light lock light-and-ask check-potential step-back",
		"strategy-text.": "unknown conquer probe develop accompany protect maintain economise maintain-light lock light-and-ask check-potential step-back",
		"floors.r.":      "finding fragile advice none note col", "floors.p.": "finding fragile advice none note col",
		"effort.none.": "year month", "effort.note.": "year month", "brief.": "growth growth-text decline decline-text rhythm on-time",
		"brief.weight.": "A B C", "topic.": "criterion.r criterion.p criterion.typology", "phase.": "D C M V P X",
	} {
		for _, end := range strings.Fields(ends) {
			if !i18n.Has(prefix + end) {
				t.Errorf("%s%s has no words", prefix, end)
			}
		}
	}
}

func TestFindingsReadLikeSentences(t *testing.T) {
	s, bundles, _ := company()
	r := query.Reader{Words: voice{i18n.FR}}
	v := s.PortfolioOverview(r, query.PortfolioAsk{Scope: 10, Width: 1040})
	if got, want := v.Curve.Finding, "La courbe monte\u202f: peu de clients neufs, beaucoup d’anciens"; got != want {
		t.Errorf("curve: %q, want %q", got, want)
	}
	for _, got := range []string{v.Lorenz.Finding, v.Floors.Finding, v.PFloors.Finding, v.BoardOne, v.Effort.Finding} {
		if !regexp.MustCompile(`^\p{Lu}|^\d`).MatchString(got) || strings.HasSuffix(got, ".") {
			t.Errorf("finding %q", got)
		}
		t.Log(got)
	}
	if dir := os.Getenv("SILLON_LOOK"); dir != "" { // to look at the drawings with real words
		look(t, dir, s, r, bundles)
	}
}

func written(u chart.Unit, x float64) string {
	switch u {
	case chart.Percent:
		return i18n.Percent(i18n.FR, x)
	case chart.Money:
		return i18n.MoneyShort(i18n.FR, int64(x), "EUR")
	}
	return i18n.Number(i18n.FR, x)
}

func look(t *testing.T, dir string, s *query.Snapshot, r query.Reader, bundles []query.Bundle) {
	css, _ := filepath.Abs("../../web/css")
	var out strings.Builder
	fmt.Fprintf(&out, "<!doctype html><meta charset=utf-8><link rel=stylesheet href=%q><link rel=stylesheet href=%q><body>", css+"/tokens.css", css+"/ui.css")
	for _, theme := range []string{"light", "dark"} {
		fmt.Fprintf(&out, "<div data-theme=%s style='background:var(--bg);color:var(--text);display:flex;flex-wrap:wrap;gap:12px;padding:12px'>", theme)
		card := func(c query.Chart) {
			fmt.Fprintf(&out, "<div class=card><div class=q>%s</div>%s<div class=hint>%s</div></div>", c.Finding, c.Draw(written), c.Advice)
		}
		for _, b := range bundles[:6] {
			v, _ := s.ClientSheet(r, query.ClientAsk{ID: b.Root, Width: 1040}, b)
			card(v.Board)
			card(v.Activity)
			for _, x := range s.Today(r, query.TodayAsk{Client: b.Root}, b).Brief.Reasons {
				picture := ""
				if x.Pic != nil {
					picture = x.Pic.Draw(92, nil)
				}
				fmt.Fprintf(&out, "<div class=card><b>%s</b><p class=verdict>%s</p>%s</div>", x.Title, x.Detail, picture)
			}
			for _, x := range v.Raises {
				fmt.Fprintf(&out, "<p class=verdict>%s (%.1f)</p>", x.Text, x.Points)
			}
			fmt.Fprintf(&out, "<p class=verdict>%s</p>", v.PhaseText)
		}
		for _, scope := range []uint32{10, 11, 12, 0} {
			v := s.PortfolioOverview(r, query.PortfolioAsk{Scope: scope, Width: 1040})
			for _, c := range []query.Chart{v.Curve, v.Lorenz, v.Floors, v.PFloors, v.Effort} {
				card(c)
			}
		}
		for _, c := range s.TeamView(r, query.PortfolioAsk{Width: 1040}).Cards {
			card(c.Curve)
			card(c.Pair)
		}
		out.WriteString("</div>")
	}
	if err := os.WriteFile(filepath.Join(dir, "sillon-look.html"), []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
