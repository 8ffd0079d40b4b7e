//go:build !engine

package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/journal"
	"sillon/engine/maturity"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/relation"
	"sillon/engine/response"
	"sillon/engine/scoring"
)

// worded fails when a key has no words in one of the languages.
func worded(t *testing.T, keys ...string) {
	t.Helper()
	for _, k := range keys {
		for _, lang := range []Lang{FR, EN} {
			if text := T(lang, k); text == k || strings.TrimSpace(text) == "" {
				t.Errorf("%s has no words in %q", k, lang)
			}
		}
	}
}

func under(prefix string, keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = prefix + k
	}
	return out
}

func row(t *testing.T, kind portfolio.Kind, rec portfolio.ID, noun any) journal.Row {
	t.Helper()
	f, err := portfolio.ToFields(noun)
	if err != nil {
		t.Fatal(err)
	}
	return journal.Row{Rec: rec, Entity: kind, Fields: f}
}

// book is the analysis of a portfolio of the demonstration company.
func book(t *testing.T) *query.Analysis {
	t.Helper()
	today := calendar.Of(2026, time.November, 19)
	s := query.NewSnapshot(today)
	var cards []query.Card
	var bundles []query.Bundle
	company := demo.NewCompany(1, today)
	p := company.Portfolios[0]
	p.Noun.Scope = 7
	misc := []journal.Row{row(t, portfolio.KindOrg, company.OrgID, company.Org), row(t, portfolio.KindPortfolio, p.ID, p.Noun)}
	for _, u := range company.Users {
		misc = append(misc, row(t, portfolio.KindUser, u.ID, u.Noun))
	}
	for _, card := range p.Cards[:60] {
		b := query.Bundle{Root: card.ID, Scope: 7, Rows: card.Rows(7, journal.Mark{}, p.Noun.Owner)}
		if c, ok := query.Derive(b); ok {
			cards = append(cards, c)
		}
		bundles = append(bundles, b)
	}
	s.SetCards(cards)
	s.SetMisc(misc)
	s.Deepen(bundles...)
	return s.Analysis(7)
}

func TestEveryTopicHasWords(t *testing.T) {
	worded(t, under("topic.", query.Topics())...)
	worded(t, under("meaning.", query.Topics())...)
}

func TestEveryBandHasWords(t *testing.T) {
	a := book(t)
	if a == nil {
		t.Fatal("no analysis")
	}
	keys := a.BandKeys()
	if len(keys) < 50 {
		t.Fatalf("only %d bands", len(keys))
	}
	worded(t, under("band.", keys)...)
	worded(t, "band.penetration.under", "band.penetration.over", "band.penetration.overflow")
}

func TestEveryChangeAndFactHasWords(t *testing.T) {
	worded(t, under("change.", query.ChangeKeys)...)
	worded(t, under("change.", scoring.CriterionKeys)...)
	for c := attrition.S1; c <= attrition.S13; c++ {
		worded(t, "change.signal."+c.String())
		if strings.HasPrefix(Signal(FR, c.String()), "attrition.") {
			t.Errorf("signal %s has no words", c)
		}
	}
	worded(t, under("collect.", query.CollectKeys)...)
	a := book(t)
	for _, c := range a.FactsView().Chips {
		worded(t, "chip."+c.Key)
	}
}

// What a Why and a view show of real clients is words, never a code.
func TestWhysOfClientsAreWords(t *testing.T) {
	a := book(t)
	for i := range a.Len() {
		for _, topic := range query.Topics() {
			w, ok := a.WhyOf(topic, i)
			if !ok {
				continue
			}
			for _, c := range w.Changes {
				if text := Change(FR, "EUR", c.Key, c.Need, c.Unit); strings.HasPrefix(text, "change.") || strings.Contains(text, "{") {
					t.Errorf("%s: change %q", topic, text)
				}
				if text := Leads(FR, topic, c.Key, c.Band); text == c.Band && strings.ToLower(text) == text && text != "" {
					t.Errorf("%s: a change leads to %q", topic, text)
				}
			}
			for _, r := range w.Rulers {
				for _, b := range r.Bands {
					if text := Band(FR, r.Topic, b.Key); text == b.Key && !slices.Contains([]string{"plevel", "rlevel"}, r.Topic) {
						t.Errorf("%s: band %q of a ruler", topic, text)
					}
				}
			}
			for _, step := range w.Figure.Mark.Steps {
				if name, value := Step(FR, "EUR", step); strings.HasPrefix(name, "step.") || strings.Contains(name+value, "{") {
					t.Errorf("%s: step %q %q", topic, name, value)
				}
			}
			for _, d := range w.Data {
				worded(t, "data."+d.Key)
			}
			if text := w.Figure.Text; text != "" && Class(FR, topic, text) == text {
				t.Errorf("%s shows the code %q", topic, text)
			}
			if w.Collect != "" {
				worded(t, "collect."+w.Collect)
			}
		}
	}
}

// tables are the key tables of engine/query's views, with what their words
// begin with.
var tables = map[string]string{
	"segmentKeys": "segment.", "riskKeys": "band.departure.", "retainKeys": "retain.", "engagementKeys": "component.", "leverKeys": "lever.",
	"fieldKeys": "file.", "costingKeys": "costing.", "resultKeys": "result.", "situationKeys": "situation.", "indicatorKeys": "indicator.",
	"contactKeys": "contact.", "mapRoles": "role.", "strategyKeys": "strategy.", "ChangeKeys": "change.", "CollectKeys": "collect.",
	"funnelKeys": "funnel.",
}

// A table that is not known here has no words either: its prefix is to be added.
func TestEveryKeyTableHasWords(t *testing.T) {
	files, _ := filepath.Glob("../../engine/query/*.go")
	seen := map[string]bool{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range g.Specs {
				v, ok := s.(*ast.ValueSpec)
				if !ok || len(v.Names) != 1 || len(v.Values) != 1 {
					continue
				}
				name := v.Names[0].Name
				list, ok := v.Values[0].(*ast.CompositeLit)
				if !ok || !strings.HasSuffix(name, "Keys") && name != "mapRoles" {
					continue
				}
				prefix, known := tables[name]
				if !known {
					t.Errorf("%s of %s has no words: add them, and its prefix here", name, path)
					continue
				}
				seen[name] = true
				var keys []string
				for _, e := range list.Elts {
					if l, ok := e.(*ast.BasicLit); ok {
						key, _ := strconv.Unquote(l.Value)
						keys = append(keys, key)
						if key != "" {
							worded(t, prefix+key)
						}
					}
				}
				if name == "strategyKeys" && !slices.Equal(keys, strategyKeys[:]) {
					t.Errorf("strategies of engine/query are %v, here %v", keys, strategyKeys)
				}
			}
		}
	}
	for name := range tables {
		if !seen[name] {
			t.Errorf("no table %s any more", name)
		}
	}
}

// Classes that views give by their number.
func TestClassesByNumberHaveWords(t *testing.T) {
	for prefix, last := range map[string]int{
		"response.alarm.": int(response.DevoursLittle), "response.band.": int(response.VerySensitive), "response.quadrant.": int(response.Withdrawing),
		"response.decision.": int(response.Reduce), "maturity.why.": int(maturity.Uncovered), "promise.": int(portfolio.Released),
		"project.": int(portfolio.GivenUpByThem), "attrition.band.": int(attrition.Red), "steering.carrier.": 3,
	} {
		for n := 1; n <= last; n++ {
			worded(t, prefix+strconv.Itoa(n))
		}
	}
	worded(t, "response.band.0", "response.quadrant.0", "response.decision.0", "response.advice.0", "attrition.band.0", "steering.carrier.0")
	for _, a := range []relation.Alerts{relation.LowReturn, relation.Unanswered, relation.FreeStudy} {
		worded(t, "relation.alert."+strconv.Itoa(int(a)))
	}
	for n := range strategyKeys {
		worded(t, "strategy."+strategyKey(uint8(n)), "strategy-text."+strategyKey(uint8(n)))
	}
	// Curves (C2), lamps (D2) and concentrations (E3) say by what they are read.
	worded(t, under("by.", strings.Fields("clients sales margin units effort potential family"))...)
}

func TestAChangeReadsLikeWords(t *testing.T) {
	for _, c := range []struct {
		key    string
		need   float64
		unit   explain.Unit
		fr, en string
	}{
		{"visits", -1, explain.Count, "1 visite en moins", "1 fewer visit"},
		{"visits", 3, explain.Count, "3 visites en plus", "3 more visits"},
		{"units", 1.5, explain.Number, "1,5 unité de contact en plus", "1.5 more contact units"},
		{"exclude", -2, explain.Count, "2 familles perdues en moins", "2 fewer families lost"},
		{"silence", 12, explain.Days, "12\u00a0j de plus sans commande", "12\u00a0d more without an order"},
		{"signal.S3", 1, explain.Count, "Réclamations réglées", "Complaints settled"},
		{"satisfaction", -.4, explain.Percent, "Une satisfaction plus haute", "A higher satisfaction"},
	} {
		if got := Change(FR, "EUR", c.key, c.need, c.unit); got != c.fr {
			t.Errorf("%s %v: %q, want %q", c.key, c.need, got, c.fr)
		}
		if got := Change(EN, "EUR", c.key, c.need, c.unit); got != c.en {
			t.Errorf("%s %v: %q, want %q", c.key, c.need, got, c.en)
		}
	}
	for n, want := range []string{"aucun contact noté", "1 contact noté", "2 contacts notés"} {
		if got := Fact(FR, "contacts", n); got != want {
			t.Errorf("%d contacts are %q, want %q", n, got, want)
		}
	}
	for _, c := range []struct{ topic, text, want string }{
		{"balance", "contactivore", "Contactivore"}, {"retain", "let-go", "Ne pas retenir\u202f: une lettre au plus"}, {"engagement-type", "fleeing", "Fuyant"},
		{"phase", "V", "Vieillissement"}, {"category", "1", "Stratégique"}, {"devouring", "∞", "sans retour"}, {"contact-advice", "response.advice.4", "Gardez la cadence\u202f: il y répond."},
	} {
		if got := Class(FR, c.topic, c.text); got != c.want {
			t.Errorf("%s %s is %q, want %q", c.topic, c.text, got, c.want)
		}
	}
	if got := Leads(FR, "adoption", "exclude", "slow"); got != "Exclut lentement" {
		t.Errorf("fewer families lost lead to %q", got)
	}
	if got := Leads(FR, "balance", "units", "vache"); got != "Vache à lait" {
		t.Errorf("a change to %q", got)
	}
	if got := Leads(FR, "pr", "sales", "P4–R2"); got != "P4–R2" {
		t.Errorf("a change to %q", got)
	}
}
