package i18n

import (
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
)

func init() {
	add(table{
		"test.kept":  {"Hors connexion · {0} {0:action gardée|actions gardées} ici", "Offline · {0} {0:action|actions} kept here"},
		"test.none":  {"{0:Rien|Une action|{0} actions} de {1}", "{0:Nothing|One action|{0} actions} of {1}"},
		"test.typo":  {"Qu'en dire ? « {0} » : 5 %", "What's {0}?"},
		"test.order": {"{1} puis {0}", "{0} after {1}"},
	})
}

func TestMessagesFillAndAgree(t *testing.T) {
	for _, c := range []struct {
		lang Lang
		key  string
		args []any
		want string
	}{
		{FR, "test.kept", []any{0}, "Hors connexion · 0 action gardée ici"}, // French counts zero as one
		{FR, "test.kept", []any{1}, "Hors connexion · 1 action gardée ici"},
		{FR, "test.kept", []any{3}, "Hors connexion · 3 actions gardées ici"},
		{EN, "test.kept", []any{0}, "Offline · 0 actions kept here"},
		{EN, "test.kept", []any{1}, "Offline · 1 action kept here"},
		{EN, "test.kept", []any{1234}, "Offline · 1,234 actions kept here"},
		{FR, "test.order", []any{"Rennes", "Dinan"}, "Dinan puis Rennes"},
		{FR, "test.typo", []any{"L'Écluse !"}, "Qu’en dire\u202f? «\u202fL'Écluse !\u202f»\u202f: 5\u202f%"}, // an argument stays as it was typed
		{EN, "test.typo", []any{"up"}, "What’s up?"},
		{FR, "test.none", []any{0, "Luc"}, "Rien de Luc"},
		{EN, "test.none", []any{1, "Luc"}, "One action of Luc"},
		{EN, "test.none", []any{1500, "Luc"}, "1,500 actions of Luc"},
		{FR, "no.such.key", nil, "no.such.key"},
	} {
		if got := T(c.lang, c.key, c.args...); got != c.want {
			t.Errorf("T(%s, %s, %v) = %q, want %q", c.lang, c.key, c.args, got, c.want)
		}
	}
}

func TestNumbersAreWrittenTheWayEachLanguageDoes(t *testing.T) {
	for _, c := range []struct {
		name, got, want string
	}{
		{"an amount with cents, French", Money(FR, 123450, "EUR"), "1\u202f234,50\u00a0€"},
		{"an amount with cents, English", Money(EN, 123450, "EUR"), "€1,234.50"},
		{"whole euros lose their cents", Money(FR, 64000, "EUR"), "640\u00a0€"},
		{"a credit note", Money(FR, -64000, "EUR"), "−640\u00a0€"},
		{"dirhams, English", Money(EN, 123450, "MAD"), "DH\u00a01,234.50"},
		{"said short, French", MoneyShort(FR, 1840000, "EUR"), "18,4\u00a0k€"},
		{"said short, English", MoneyShort(EN, 1840000, "EUR"), "€18.4k"},
		{"six figures have no decimal", MoneyShort(FR, 35812300, "EUR"), "358\u00a0k€"},
		{"millions", MoneyShort(FR, 162000000, "EUR"), "1,62\u00a0M€"},
		{"under ten thousand in full", MoneyShort(FR, 124000, "EUR"), "1\u202f240\u00a0€"},
		{"just under ten thousand rounds up", MoneyShort(FR, 999960, "EUR"), "10\u00a0k€"},
		{"a share, French", Percent(FR, .28), "28\u202f%"},
		{"a share, English", Percent(EN, .28), "28%"},
		{"a small share keeps a decimal", Percent(FR, .045), "4,5\u202f%"},
		{"a rise", Delta(FR, .18), "+18\u202f%"},
		{"a fall", Delta(EN, -.05), "−5%"},
		{"no change has no sign", Delta(FR, 0), "0\u202f%"},
		{"clients", Number(FR, 34562), "34\u202f562"},
		{"one decimal at most", Number(EN, 7.564), "7.6"},
		{"less than one keeps two", Number(FR, .1322), "0,13"},
		{"no negative zero", Number(FR, -.001), "0"},
		{"storage", Bytes(FR, 212e6), "212\u00a0Mo"},
		{"storage, English", Bytes(EN, 2e9), "2\u00a0GB"},
		{"a day", Day(FR, calendar.Of(2026, 11, 19)), "jeu.\u00a019\u00a0nov."},
		{"a day, English", Day(EN, calendar.Of(2026, 11, 19)), "Thu\u00a019\u00a0Nov"},
		{"the first of a month", DayLong(FR, calendar.Of(2027, 1, 1)), "vendredi 1er\u00a0janvier"},
		{"an old day", DayNear(FR, calendar.Of(2024, 9, 2), calendar.Of(2026, 11, 19)), "2\u00a0sept.\u00a02024"},
		{"no day", Day(FR, calendar.None), "–"},
		{"a time", DayTime(8*60 + 42), "08:42"},
		{"48 days ago", Ago(FR, 48), "il y a 48\u00a0j"},
		{"yesterday", Ago(EN, 1), "yesterday"},
		{"in three days", In(FR, 3), "dans 3\u00a0j"},
		{"six hours ten", Hours(370), "6\u00a0h\u00a010"},
		{"three quarters of an hour", Hours(45), "45\u00a0min"},
		{"a figure without a value", Value(FR, "EUR", 0, explain.Percent, "", explain.NA), "–"},
		{"a class", Value(FR, "EUR", 0, explain.Number, "A", explain.OK), "A"},
		{"a weak figure is still shown", Value(FR, "EUR", .28, explain.Percent, "", explain.Weak), "28\u202f%"},
		{"a ratio", Value(FR, "EUR", 1.26, explain.Ratio, "", explain.OK), "×\u00a01,26"},
		{"a visit interval", Value(FR, "EUR", 48, explain.Days, "", explain.OK), "48\u00a0j"},
		{"a step in money", step(EN, explain.Step{Key: "potential.remaining", Value: 4760000, Unit: explain.Money}), "Left to win: €47.6k"},
		{"a step of a criterion", step(FR, explain.Step{Key: "scoring.contribution", Value: 28, Unit: explain.Points, Text: "criterion.p"}), "Apport au score, potentiel (P): 28"},
		{"a step that is a phase", step(FR, explain.Name("maturity.phase", "C")), "Phase: Croissance"},
		{"a step that only says yes", step(EN, explain.Tally("weight.outOfTotal", 1)), "Left out of the total: yes"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func step(lang Lang, s explain.Step) string {
	name, value := Step(lang, "EUR", s)
	return name + ": " + value
}

func TestAnInstantIsToldFromNow(t *testing.T) {
	now := time.Date(2026, 11, 19, 10, 30, 0, 0, time.UTC)
	for want, at := range map[string]time.Time{
		"auj. 09:40":             now.Add(-50 * time.Minute),
		"hier 15:40":             time.Date(2026, 11, 18, 15, 40, 0, 0, time.UTC),
		"12\u00a0nov. 08:15":     time.Date(2026, 11, 12, 8, 15, 0, 0, time.UTC),
		"2\u00a0sept.\u00a02024": time.Date(2024, 9, 2, 8, 15, 0, 0, time.UTC),
	} {
		if got := WhenMS(FR, at.UnixMilli(), now); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
