package method_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"sillon/docs/method"
	"sillon/engine/params"
)

var sections = map[string][]string{
	"fr": {"Ce que cela décide", "Formule", "Exemple", "Limites", "Source"},
	"en": {"What it decides", "Formula", "Example", "Limits", "Source"},
}

// chapters are the packages of the method that have pages, and those of their
// pages the package comment does not name by number.
var chapters = map[string][]string{
	"cost": nil, "response": nil, "maturity": nil, "weight": nil, "potential": nil, "loyalty": nil, "steering": nil,
	"capacity": nil, "scoring": nil, "visits": nil, "attrition": nil, "relation": nil,
	"cockpit": {"k"}, "exercise": {"exercises"}, "tour": {"h8"}, "plan": {"week"}, "geo": {"places"}, "foresight": {"foresight"},
}

// others are the packages that compute no figure of a page of their own.
var others = []string{
	"arena", "bars", "calendar", "cbor", "chart", "demo", "explain", "export", "hazard", "intake", "journal", "money", "params",
	"portfolio", "query", "sorting", "wire",
}

// page is a page cut at its headings.
func page(t *testing.T, lang, id string) (text, title string, parts []string) {
	t.Helper()
	text, ok := method.Page(lang, id)
	if !ok {
		t.Fatalf("no page %s in %q", id, lang)
	}
	head, rest, _ := strings.Cut(text, "\n")
	for part := range strings.SplitSeq("\n"+rest, "\n## ") {
		parts = append(parts, part)
	}
	return text, strings.TrimPrefix(head, "# "), parts[1:]
}

func TestEveryPageHasTheSameSectionsInBothLanguages(t *testing.T) {
	if n := len(method.IDs()); n < 40 {
		t.Fatalf("%d pages; want those of all the sections of the method", n)
	}
	for _, id := range method.IDs() {
		for _, lang := range method.Languages {
			text, title, parts := page(t, lang, id)
			if number := strings.ToUpper(id) + " — "; len(id) <= 2 && !strings.HasPrefix(title, number) {
				t.Errorf("%s/%s: title %q does not begin with %q", lang, id, title, number)
			}
			var names []string
			for _, p := range parts {
				name, body, _ := strings.Cut(p, "\n")
				names = append(names, name)
				if strings.TrimSpace(body) == "" {
					t.Errorf("%s/%s: nothing under %q", lang, id, name)
				}
			}
			if !slices.Equal(names, sections[lang]) {
				t.Errorf("%s/%s: sections %q, want %q", lang, id, names, sections[lang])
			}
			if n := strings.Count(text, "\n"); n > 45 {
				t.Errorf("%s/%s: %d lines; half a page is enough", lang, id, n)
			}
		}
	}
}

func TestUnknownPages(t *testing.T) {
	for _, c := range [][2]string{{"fr", "z9"}, {"de", "a1"}, {"", "a1"}, {"fr", ""}, {"..", "a1"}, {"fr", "../en/a1"}, {"fr", "a1.md"}} {
		if _, ok := method.Page(c[0], c[1]); ok {
			t.Errorf("Page(%q, %q) exists", c[0], c[1])
		}
	}
}

func TestEveryChapterHasItsPages(t *testing.T) {
	dirs, err := os.ReadDir("../../engine")
	if err != nil {
		t.Fatal(err)
	}
	ids := method.IDs()
	for _, d := range dirs {
		if !d.IsDir() || slices.Contains(others, d.Name()) {
			continue
		}
		want, known := chapters[d.Name()]
		if !known {
			t.Errorf("engine/%s: neither a chapter of the method nor another package; say which here", d.Name())
			continue
		}
		doc, err := os.ReadFile(filepath.Join("../../engine", d.Name(), "doc.go"))
		if err != nil {
			t.Fatal(err)
		}
		comment, _, _ := strings.Cut(string(doc), "\npackage ")
		named := regexp.MustCompile(`\b[A-J]\d\b`).FindAllString(comment, -1)
		if len(want)+len(named) == 0 {
			t.Errorf("engine/%s: its comment names no section of the method", d.Name())
		}
		for _, s := range named {
			want = append(want, strings.ToLower(s))
		}
		for _, id := range want {
			if !slices.Contains(ids, id) {
				t.Errorf("engine/%s: no page %s", d.Name(), id)
			}
		}
	}
}

var (
	link      = regexp.MustCompile(`\]\(([^)]*)\)`)
	reference = regexp.MustCompile(`\(([A-K]\d)\)`)
)

func TestNoLinkIsDead(t *testing.T) {
	ids := method.IDs()
	for _, id := range ids {
		for _, lang := range method.Languages {
			text, _, _ := page(t, lang, id)
			for _, m := range link.FindAllStringSubmatch(text, -1) {
				if to, is := strings.CutSuffix(m[1], ".md"); !is || !slices.Contains(ids, to) {
					t.Errorf("%s/%s: link to %q, which is not a page beside it", lang, id, m[1])
				}
			}
			for _, m := range reference.FindAllStringSubmatch(text, -1) {
				if !slices.Contains(ids, strings.ToLower(m[1])) {
					t.Errorf("%s/%s: speaks of %s, which has no page", lang, id, m[1])
				}
			}
		}
	}
}

// What a page may be written with: titles, paragraphs and *stress*, so that a
// screen needs no more than that to show it.
func TestPagesArePlainParagraphs(t *testing.T) {
	marker := regexp.MustCompile(`^([-+*>|] |\||1[.)] |#{3,}|<|    |\x60{3})`)
	for _, id := range method.IDs() {
		for _, lang := range method.Languages {
			text, _, _ := page(t, lang, id)
			if !strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\n\n") {
				t.Errorf("%s/%s: does not end in one end of line", lang, id)
			}
			for i, line := range strings.Split(text, "\n") {
				if utf8.RuneCountInString(line) > 120 {
					t.Errorf("%s/%s:%d: over 120 characters", lang, id, i+1)
				}
				if marker.MatchString(line) || strings.TrimRight(line, " ") != line {
					t.Errorf("%s/%s:%d: %q is no plain line", lang, id, i+1, line)
				}
			}
			for p := range strings.SplitSeq(text, "\n\n") {
				if strings.Count(strings.ReplaceAll(p, "A*", "A"), "*")%2 != 0 { // A* is a symbol of F1
					t.Errorf("%s/%s: a * is not closed in %q", lang, id, p)
				}
			}
		}
	}
}

func TestFrenchSpacesDoNotBreak(t *testing.T) {
	loose := regexp.MustCompile(`[ \n][:;?!»%€]|«[ \n]|\d[ \n]\d{3}\b`)
	for _, id := range method.IDs() {
		text, _, _ := page(t, "fr", id)
		for _, m := range loose.FindAllStringIndex(text, -1) {
			t.Errorf("fr/%s: %q breaks", id, text[max(0, m[0]-20):min(len(text), m[1]+5)])
		}
	}
}

var (
	digits  = regexp.MustCompile(`\d[\d.]*\d|\d`)
	list    = regexp.MustCompile(`,(\D)`)
	french  = regexp.MustCompile(`(\d)[ \n\x{202f}](\d{3}\b)`)
	english = regexp.MustCompile(`(\d),(\d{3}\b)`)
	words   = map[string][]string{
		"fr": {"zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze"},
		"en": {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"},
	}
)

var halves = map[string]string{"fr": "demi", "en": "half"}

// numbers lists the numbers of a text, written the same way in both languages.
func numbers(lang, text string) []string {
	thousands := english
	if lang == "fr" { // a comma between two digits is the decimal one, any other ends a number
		text, thousands = list.ReplaceAllString(text, ";$1"), french
	}
	for thousands.MatchString(text) {
		text = thousands.ReplaceAllString(text, "$1$2")
	}
	if lang == "fr" {
		text = strings.ReplaceAll(text, ",", ".")
	}
	return digits.FindAllString(text, -1)
}

func TestExamplesSayTheSameInBothLanguages(t *testing.T) {
	for _, id := range method.IDs() {
		_, _, fr := page(t, "fr", id)
		_, _, en := page(t, "en", id)
		a, b := numbers("fr", fr[2]), numbers("en", en[2])
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%s: the numbers of the examples differ:\nfr %v\nen %v", id, a, b)
		}
	}
}

// silent are the settings a page does not quote, and why.
var silent = map[params.Key]string{
	params.ForecastMatrix:   "C7 shows those its example uses",
	params.AEFast:           "F1 shows speeds, F2 names them",
	params.AEHistoryPeriods: "how far back F1 reads changes nothing a reader redoes",
	params.ChurnScorecard:   "I3 shows what it gives, not its weights",
	params.RiskMinQuality:   "I3 says it in words",
	params.TeamSilence:      "168 hours: K says one week",
	params.AttrPriorFixed:   "0: none is set",
	params.ForesightHorizon: "91 days: a quarter",
	params.ForesightCycle:   "a bound of the fit",
}

// The pages quote the default of each setting of their section: a default that
// changes must change there too.
func TestPagesQuoteTheDefaultsOfTheSettings(t *testing.T) {
	for _, row := range params.Rows() {
		id := strings.ToLower(strings.Split(row.Section, ",")[0])
		if row.Kind != params.Numbers || !slices.Contains(method.IDs(), id) {
			continue
		}
		_, quiet := silent[row.Key]
		missing := 0
		for _, lang := range method.Languages {
			text, _, _ := page(t, lang, id)
			said := map[float64]bool{}
			for _, n := range numbers(lang, text) {
				x, err := strconv.ParseFloat(n, 64)
				if err != nil {
					t.Fatalf("%s/%s: number %q", lang, id, n)
				}
				said[x] = true
			}
			lower := strings.ToLower(text)
			said[.5] = said[.5] || strings.Contains(lower, halves[lang])
			for n, w := range words[lang] {
				if regexp.MustCompile(`(^|\PL)` + w + `(\PL|$)`).MatchString(lower) {
					said[float64(n)] = true
				}
			}
			for _, x := range row.Default {
				x = max(x, -x)
				if !said[x] && !said[round(100*x)] && !said[round(365/x)] { // a share in percent, an interval as visits a year
					missing++
					if !quiet {
						t.Errorf("%s/%s: does not say %v, a default of %s", lang, id, x, row.Key)
					}
				}
			}
		}
		if quiet && missing == 0 {
			t.Errorf("%s is quoted by page %s after all", row.Key, id)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(silent)) {
		if _, ok := params.Lookup(key); !ok {
			t.Errorf("no setting %s", key)
		}
	}
}

func round(x float64) float64 { return float64(int64(x*1e6+.5)) / 1e6 }

var place = regexp.MustCompile(`\(([A-Z]\d|K|exercises)(, [A-Z]\d)*\)$`)

// The glossary and the list of sources have one plain paragraph for each word
// and each code, the same in both languages; each word names pages that exist,
// and each code that a page cites is told.
func TestTheAnnexesHoldWhatThePagesNeed(t *testing.T) {
	ids := method.IDs()
	entries := map[string][]string{}
	for _, lang := range method.Languages {
		for _, name := range method.Annexes {
			text, ok := method.Annex(lang, name)
			if !ok || !strings.HasPrefix(text, "# ") {
				t.Fatalf("no %s in %s", name, lang)
			}
			for i, line := range strings.Split(text, "\n") {
				if utf8.RuneCountInString(line) > 120 {
					t.Errorf("%s, %s:%d: over 120 characters", name, lang, i+1)
				}
			}
			blocks := strings.Split(strings.TrimSpace(text), "\n\n")[2:]
			for _, b := range blocks {
				if !strings.HasPrefix(b, "*") || strings.Count(b, "*")%2 != 0 {
					t.Errorf("%s, %s: %q", name, lang, b)
				}
				if name == "glossary" {
					m := place.FindString(b)
					if m == "" {
						t.Errorf("%s: no page for %q", lang, b)
					}
					for _, id := range strings.FieldsFunc(m, func(r rune) bool { return strings.ContainsRune("(), ", r) }) {
						if !slices.Contains(ids, strings.ToLower(id)) {
							t.Errorf("%s: no page %s", lang, id)
						}
					}
					entries[lang] = append(entries[lang], m)
				}
			}
			if n := len(blocks); name == "glossary" && n < 70 || n < 25 {
				t.Errorf("%s, %s: %d entries", name, lang, n)
			}
		}
		slices.Sort(entries[lang])
		told, _ := method.Annex(lang, "sources")
		for _, id := range ids {
			_, _, parts := page(t, lang, id)
			for _, m := range regexp.MustCompile(`\([^)]*\)`).FindAllString(parts[len(parts)-1], -1) {
				for _, code := range regexp.MustCompile(`\b[SW]\d+\b`).FindAllString(m, -1) {
					if !regexp.MustCompile(`(?m)^\*([SW]\d+, )*` + code + `[,*]`).MatchString(told) {
						t.Errorf("%s: %s cites %s, which is not told", lang, id, code)
					}
				}
			}
		}
	}
	if !slices.Equal(entries["fr"], entries["en"]) {
		t.Error("the two glossaries do not name the same pages")
	}
	if _, ok := method.Annex("fr", "a1"); ok {
		t.Error("a page is an annex")
	}
	if _, ok := method.Annex("../fr", "glossary"); ok {
		t.Error("a language is a path")
	}
}

// The words of the specification and of the design are in the glossary; a bench
// test, where they are at hand.
func TestTheGlossaryKnowsTheWordsOfTheSpecification(t *testing.T) {
	spec, err := os.ReadFile("../../../shared/spec/method.md")
	if err != nil {
		t.Skip("the specification is not here")
	}
	_, table, _ := strings.Cut(string(spec), "### 1.1 Glossary")
	table, _, _ = strings.Cut(table, "### 1.2")
	glossary, _ := method.Annex("fr", "glossary")
	plain := strings.NewReplacer("\n", " ", "’", "'", "\u202f", " ", "\u00a0", " ")
	known := strings.ToLower(plain.Replace(glossary))
	n := 0
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || strings.TrimSpace(cells[1]) == "FR" || strings.HasPrefix(cells[1], "---") {
			continue
		}
		n++
		term, _, _ := strings.Cut(plain.Replace(strings.TrimSpace(cells[1])), " (")
		for _, word := range strings.FieldsFunc(term, func(r rune) bool { return strings.ContainsRune(",/", r) }) {
			word = strings.ToLower(strings.Trim(word, " «»"))
			if word != "" && !strings.Contains(known, word) && !strings.Contains(strings.Join(absent, "\n"), word) {
				t.Errorf("the glossary does not know %q", word)
			}
		}
	}
	if n < 50 {
		t.Errorf("%d words in the specification", n)
	}
}

// absent are words of the specification that no screen and no page uses.
var absent = []string{"strageor", "plan d'action commerciale", "filière", "séquence", "tp", "taf"}
