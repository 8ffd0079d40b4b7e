package ui

import (
	"strconv"
	"strings"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A formSpec is how one form looks: at most four fields at first, the others
// folded under « Plus ». What a field takes is portfolio.FormFields' to say.
type formSpec struct {
	key    string // "form.<key>": its name; "form.<key>.open": the button that opens it
	kind   portfolio.Kind
	icon   string
	first  []uint16
	more   []uint16
	preset []portfolio.FieldText
	high   int // last choice offered of a project's phase; 0: all
}

var formSpecs = []formSpec{
	{key: "person", kind: portfolio.KindPerson, icon: "user", first: []uint16{2, 3, 4, 5}, more: []uint16{6, 14, 7, 8, 12, 11, 13, 9, 10}},
	{key: "consent", kind: portfolio.KindPerson, icon: "shield", first: []uint16{12, 11, 14}, more: []uint16{13}},
	{key: "potential", kind: portfolio.KindEstimate, icon: "target", first: []uint16{4, 3, 5, 6}, more: []uint16{2, 13}, preset: []portfolio.FieldText{{Field: 6, Text: "1"}}},
	{key: "potential-family", kind: portfolio.KindEstimate, icon: "target", first: []uint16{2, 4, 5, 6}, more: []uint16{3, 13}, preset: []portfolio.FieldText{{Field: 6, Text: "1"}}},
	{key: "competitor", kind: portfolio.KindCompetitor, icon: "building", first: []uint16{2, 4, 7, 3}, more: []uint16{6, 5, 8}, preset: []portfolio.FieldText{{Field: 4, Text: "1"}}},
	{key: "need", kind: portfolio.KindProject, icon: "bulb", first: []uint16{2, 5, 4, 3}, more: []uint16{10}, preset: []portfolio.FieldText{{Field: 5, Text: "1"}}, high: 1},
	{key: "project", kind: portfolio.KindProject, icon: "trend", first: []uint16{2, 3, 5, 10}, more: []uint16{11, 4, 9, 12}, preset: []portfolio.FieldText{{Field: 5, Text: "2"}}},
	{key: "tool", kind: portfolio.KindTool, icon: "gear", first: []uint16{2, 3, 4, 5}, more: []uint16{6, 7, 9}},
	{key: "service", kind: portfolio.KindService, icon: "warn", first: []uint16{2, 3, 5, 6}, more: []uint16{12, 7, 8, 9, 10}, preset: []portfolio.FieldText{{Field: 3, Text: "1"}, {Field: 5, Text: today}}},
	{key: "contract", kind: portfolio.KindContract, icon: "file", first: []uint16{3, 4, 5, 2}, more: []uint16{8, 9, 6, 7}},
	{key: "promise", kind: portfolio.KindCommitment, icon: "swap", first: []uint16{3, 4, 8, 5}, more: []uint16{11, 6, 9, 10, 13}, preset: []portfolio.FieldText{{Field: 3, Text: "1"}}},
	{key: "life", kind: portfolio.KindAccount, icon: "warn", first: []uint16{25, 24, 26, 28}},
	{key: "terms", kind: portfolio.KindAccount, icon: "file", first: []uint16{29, 30, 35, 34}, more: []uint16{27, 23}},
	{key: "hours", kind: portfolio.KindAccount, icon: "clock", first: []uint16{40, 36, 39}, more: []uint16{37, 38}},
	{key: "interest", kind: portfolio.KindAccount, icon: "target", first: []uint16{20, 21, 32, 33}, more: []uint16{31, 23, 22}},
	{key: "contact", kind: portfolio.KindContact, icon: "pen", first: []uint16{17, 23, 22, 21}, more: []uint16{6, 18, 20, 19, 25, 26, 27, 16, 24}},
	{key: "effort", kind: portfolio.KindEffort, icon: "pen", first: []uint16{8, 9}},
	{key: "payment", kind: portfolio.KindPayment, icon: "file", first: []uint16{2, 4, 3}, more: []uint16{5}},
	{key: "signal", kind: portfolio.KindSignal, icon: "warn", first: []uint16{2, 3, 4}, more: []uint16{5}, preset: []portfolio.FieldText{{Field: 3, Text: today}}},
	{key: "former", kind: portfolio.KindFormer, icon: "warn", first: []uint16{2, 3, 5, 4}, more: []uint16{7}},
	{key: "installed", kind: portfolio.KindReading, icon: "gear", first: []uint16{6, 7, 3}, more: []uint16{8}, preset: []portfolio.FieldText{{Field: 2, Text: "1"}, {Field: 3, Text: today}}},
	{key: "prescribed", kind: portfolio.KindReading, icon: "swap", first: []uint16{3, 5}, more: []uint16{8}, preset: []portfolio.FieldText{{Field: 2, Text: "2"}, {Field: 3, Text: today}}},
	{key: "soldout", kind: portfolio.KindReading, icon: "trend", first: []uint16{4, 3, 5}, more: []uint16{8}, preset: []portfolio.FieldText{{Field: 2, Text: "3"}, {Field: 3, Text: today}}},
}

// readings are the forms of a reading, by what it is of.
var readings = [...]string{"installed", "prescribed", "soldout"}

// today in a preset is the day the form is opened.
const today = "today"

func formNamed(key string) *formSpec {
	for k := range formSpecs {
		if formSpecs[k].key == key {
			return &formSpecs[k]
		}
	}
	return nil
}

// formOf is the form that edits a record.
func formOf(r *bridge.Record) *formSpec {
	if r.Kind == portfolio.KindEstimate && r.Text(2) != "" {
		return formNamed("potential-family")
	}
	if n, _ := strconv.Atoi(r.Text(2)); r.Kind == portfolio.KindReading && n >= 1 && n <= len(readings) {
		return formNamed(readings[n-1])
	}
	for k := range formSpecs {
		if formSpecs[k].kind == r.Kind && formSpecs[k].key != "need" {
			return &formSpecs[k]
		}
	}
	return nil
}

// shortcuts are the days offered before the calendar, from today.
func (s *formSpec) shortcuts(field uint16) []int {
	switch {
	case s.kind == portfolio.KindCommitment && field == 8:
		return []int{7, 14, 30}
	case s.kind == portfolio.KindService && field == 6, s.kind == portfolio.KindTool && field == 5, s.kind == portfolio.KindCompetitor && field == 6,
		s.kind == portfolio.KindPerson && field == 11, s.kind == portfolio.KindCommitment && field == 9:
		return []int{0}
	case s.kind == portfolio.KindAccount && field >= 24 && field <= 25, s.kind == portfolio.KindPayment && field == 3, s.kind == portfolio.KindSignal && field == 4,
		s.kind == portfolio.KindContract && field == 8, s.kind == portfolio.KindEffort && field == 9, s.kind == portfolio.KindReading && field == 3:
		return []int{0}
	case s.kind == portfolio.KindContract && field == 3:
		return []int{90, 365}
	case s.kind == portfolio.KindProject && field == 10:
		return []int{30, 90}
	}
	return nil
}

// channels are the means a person may prefer, the likeliest first.
var channels = []portfolio.ContactKind{portfolio.Visit, portfolio.Call, portfolio.Email, portfolio.Visio, portfolio.Letter}

// phases are the words of a project's phases (J2).
var phases = [...]string{"unrecognised", "recognised", "exploration", "evaluation", "doubts", "decision", "concretisation"}

// formChoice words one choice of a field.
func (e *Env) formChoice(k portfolio.Kind, field uint16, n int) string {
	number := strconv.Itoa(n)
	switch {
	case k == portfolio.KindPerson && field == 5:
		return number
	case k == portfolio.KindPerson && field == 14:
		return i18n.ContactKind(e.Lang, portfolio.ContactKind(n))
	case k == portfolio.KindEstimate:
		return e.T("appraisal." + number)
	case k == portfolio.KindProject && field == 5 && n >= 0 && n < len(phases):
		return e.T("maturation." + phases[n])
	case k == portfolio.KindProject:
		return e.T("project." + number)
	case k == portfolio.KindCommitment && field == 3:
		return e.T([...]string{"sheet.us", "sheet.them"}[min(max(n-1, 0), 1)])
	case k == portfolio.KindCommitment && field == 11:
		return e.T("promise." + number)
	case k == portfolio.KindCommitment, k == portfolio.KindAccount && field != 35 && field != 40:
		return number
	case k == portfolio.KindSignal, k == portfolio.KindFormer && field == 5:
		return e.T("attrition.signal." + number)
	case k == portfolio.KindFormer:
		return e.T("attrition.motive." + number)
	}
	return e.T(fieldKey(k, field) + "." + number)
}

// chosen words several choices, set apart by commas.
func (e *Env) chosen(k portfolio.Kind, field uint16, text string) string {
	words := strings.Split(text, ",")
	for i, w := range words {
		if n, err := strconv.Atoi(strings.TrimSpace(w)); err == nil {
			words[i] = e.formChoice(k, field, n)
		}
	}
	return strings.Join(words, ", ")
}

// fieldKey is the catalogue key of a field's label.
func fieldKey(k portfolio.Kind, field uint16) string {
	return "form." + strconv.Itoa(int(k)) + "." + strconv.Itoa(int(field))
}

// lostWords are the words of a replaced value of a form, where it is a choice.
func (e *Env) lostWords(key, text string) string {
	var k, f, n int
	parts := strings.Split(key, ".")
	if len(parts) != 3 || parts[0] != "form" {
		return text
	}
	k, _ = strconv.Atoi(parts[1])
	f, _ = strconv.Atoi(parts[2])
	spec, ok := portfolio.FormFieldOf(portfolio.Kind(k), uint16(f))
	n, err := strconv.Atoi(text)
	if ok && spec.Type == portfolio.NumbersField {
		return e.chosen(portfolio.Kind(k), uint16(f), text)
	}
	if ok && spec.Type == portfolio.ChoiceField && (err == nil || text == "" && spec.Low <= 0) {
		return e.formChoice(portfolio.Kind(k), uint16(f), n)
	}
	return text
}

// lostSaid puts the values of a replaced field of a form in words.
func (e *Env) lostSaid(l query.LostValue) query.LostValue {
	l.Lost, l.Kept = e.lostWords(l.Field, l.Lost), e.lostWords(l.Field, l.Kept)
	if l.Field == "field.removed" {
		l.Lost, l.Kept = e.T("form.back"), e.T("form.gone")
	}
	return l
}

// said words what a record holds in one field: empty when nothing.
func (e *Env) said(r *bridge.Record, field uint16, families []bridge.Family) string {
	f, ok := portfolio.FormFieldOf(r.Kind, field)
	text := r.Text(field)
	if !ok || text == "" {
		return ""
	}
	switch f.Type {
	case portfolio.ChoiceField:
		n, _ := strconv.Atoi(text)
		return e.formChoice(r.Kind, field, n)
	case portfolio.MoneyField:
		if c, ok := parseAmount(text); ok {
			return e.MoneyShort(money.Cents(c))
		}
	case portfolio.DateField:
		if d, err := calendar.ParseISO(text); err == nil {
			return i18n.Date(e.Lang, d)
		}
	case portfolio.RateField:
		return e.T("form.percent", text)
	case portfolio.FlagField:
		return ""
	case portfolio.NumbersField:
		return e.chosen(r.Kind, field, text)
	case portfolio.FamilyField:
		for _, x := range families {
			if x.Code == text {
				return x.Name
			}
		}
	}
	return text
}
