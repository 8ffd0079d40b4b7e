package portfolio

import (
	"errors"
	"math"
	"strings"
	"testing"

	"sillon/engine/calendar"
)

func TestValidateKeepsWhatARepCouldHaveMeant(t *testing.T) {
	lat, far, sure := 48.65, 91.0, 1.2
	eight, eleven := 8, 11
	tests := []struct {
		name string
		kind Kind
		noun any
		ok   bool
	}{
		{"a shop with its note", KindAccount, Account{Name: "Boulangerie Le Goff", Status: Client, Summary: strings.Repeat("mot ", 2000)}, true},
		{"a note of a novel's length", KindAccount, Account{Summary: strings.Repeat("mot ", 3000)}, false},
		{"a name that is a paragraph", KindAccount, Account{Name: strings.Repeat("x", MaxText+1)}, false},
		{"accents count as characters, not bytes", KindAccount, Account{Name: strings.Repeat("é", MaxText)}, true},
		{"an escape sequence in a name", KindAccount, Account{Name: "Le\x1b[31mGoff"}, false},
		{"a sixth status", KindAccount, Account{Status: 6}, false},
		{"a shop closed on Mondays and for lunch", KindAccount, Account{Opens: 480, Lunch: 720, Back: 840, Closes: 1440, Shut: []int{1, 7}}, true},
		{"a shop open at 25 o'clock", KindAccount, Account{Closes: 1500}, false},
		{"an eighth day of the week", KindAccount, Account{Shut: []int{8}}, false},
		{"a place in Brittany", KindSite, Site{Lat: &lat, Postcode: "35400"}, true},
		{"a place beyond the pole", KindSite, Site{Lat: &far}, false},
		{"a visit at 23:59", KindContact, Contact{Kind: Visit, Minute: 1439, Outcome: Order}, true},
		{"a visit at 24:00", KindContact, Contact{Kind: Visit, Minute: 1440}, false},
		{"a credit note", KindSale, Sale{Amount: -12_50, Return: true, From: calendar.Of(2026, 3, 2)}, true},
		{"a sale in the year 20260", KindSale, Sale{From: calendar.Of(20260, 3, 2)}, false},
		{"a period that ends before it begins", KindSale, Sale{From: 200, To: 100}, false},
		{"a margin above the price", KindFamily, Family{Margin: 1.2}, false},
		{"a satisfaction of 11 out of 10", KindContact, Contact{Content: &eleven}, false},
		{"a visit by car and on foot", KindContact, Contact{Travel: 35, Prep: 10, Km: 21.5, Spent: 12_50, Topics: []string{"prices"}, Content: &eight}, true},
		{"an open complaint", KindService, Service{Kind: Complaint, Severity: 2, Opened: calendar.Of(2026, 3, 2)}, true},
		{"a complaint of severity 4", KindService, Service{Kind: Complaint, Severity: 4}, false},
		{"a competitor of strength 4", KindCompetitor, Competitor{Name: "them", Strength: 4}, false},
		{"a project in the seventh phase", KindProject, Project{Phase: 6, State: Won}, true},
		{"a project in an eighth", KindProject, Project{Phase: 7}, false},
		{"a project that is 120 % sure", KindProject, Project{Chance: &sure}, false},
		{"a promise worth six points", KindCommitment, Commitment{Side: Us, Points: 6}, false},
		{"an effort nobody weighs", KindEffort, Effort{Code: "E01", Weight: -1}, false},
		{"a fourteenth signal", KindSignal, Signal{Code: 14}, false},
		{"an ex-client who showed a signal 0", KindFormer, Former{Left: calendar.Of(2025, 3, 2), Seen: []int{1, 0}}, false},
		{"an ex-client", KindFormer, Former{Left: calendar.Of(2025, 3, 2), Seen: []int{1, 13}, Unknown: []int{2}}, true},
		{"a year of 400 days of leave", KindTime, Time{Year: 2026, Leave: 400}, false},
		{"a week of eight days in the field", KindTime, Time{Year: 2026, FieldDays: 8}, false},
		{"the pay of a rep", KindCost, Cost{Year: 2026, Pay: 43_000_00, Charges: 18_060_00}, true},
		{"a parameter that is not a number", KindSetting, Setting{Values: []float64{math.NaN()}}, false},
	}
	for _, tt := range tests {
		f, err := ToFields(tt.noun)
		if err != nil {
			t.Fatal(err)
		}
		if err := Validate(tt.kind, f); (err == nil) != tt.ok || (err != nil && !errors.Is(err, ErrInvalid)) {
			t.Errorf("%s: %v, want valid %v", tt.name, err, tt.ok)
		}
	}
}

func TestValidateReadsPatches(t *testing.T) {
	if err := Validate(KindAccount, Fields{2: Null, 999: Value("of a later version")}); err != nil {
		t.Errorf("a cleared name and a field of a later version: %v, want valid", err)
	}
	if err := Validate(KindAccount, Fields{2: Value(12)}); !errors.Is(err, ErrInvalid) {
		t.Errorf("a number as a name: %v, want invalid", err)
	}
}

func TestEveryKnownKindHasANoun(t *testing.T) {
	for k := range table {
		if New(k) == nil {
			t.Errorf("kind %d has no noun to decode into", k)
		}
	}
}
