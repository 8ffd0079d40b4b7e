package plan

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sillon/engine/calendar"
)

// unfold undoes the folding of RFC 5545, 3.1.
func unfold(s string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(s, "\r\n ", ""), "\r\n"), "\r\n")
}

// TestTheCalendarFileFollowsRFC5545: lines of 75 octets at most ended by CR LF,
// whole characters, escapes of 3.3.11, what 3.6.1 requires of an event, and the
// last Sundays of March and October of 3.6.5's own example for a zone.
func TestTheCalendarFileFollowsRFC5545(t *testing.T) {
	long := strings.Repeat("Crêperie « L’Écluse » ; ", 12) + "fin"
	out := string(ICS([]Event{
		{UID: "a@sillon", Day: calendar.Of(2026, 11, 25), Start: 570, Length: 45, Title: long, Place: `Dol, rue "A\B"`, Note: "ligne 1\nligne 2\x07", At: Point{Lat: 48.5, Lon: -1.75, Known: true}},
		{UID: "b@sillon", Day: calendar.Of(2026, 12, 31), Start: 23*60 + 30, Length: 60, Title: "minuit"},
	}, "20261124T180000Z"))
	for _, l := range strings.Split(strings.TrimSuffix(out, "\r\n"), "\r\n") {
		if len(l) > 75 || strings.ContainsAny(l, "\r\n\x07") || !utf8.ValidString(l) {
			t.Errorf("line %q: %d octets", l, len(l))
		}
	}
	has := map[string]int{}
	for _, l := range unfold(out) {
		has[l]++
	}
	for _, want := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR", "UID:a@sillon", "DTSTART;TZID=Europe/Paris:20261125T093000", "DTEND;TZID=Europe/Paris:20261125T101500",
		"SUMMARY:" + strings.ReplaceAll(long, ";", `\;`), `LOCATION:Dol\, rue "A\\B"`, `DESCRIPTION:ligne 1\nligne 2`, "GEO:48.500000;-1.750000",
		"DTSTART;TZID=Europe/Paris:20261231T233000", "DTEND;TZID=Europe/Paris:20270101T003000", "TZID:Europe/Paris", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
	} {
		if has[want] != 1 {
			t.Errorf("%q is there %d times", want, has[want])
		}
	}
	if has["BEGIN:VEVENT"] != 2 || has["END:VEVENT"] != 2 || has["DTSTAMP:20261124T180000Z"] != 2 {
		t.Error("two events begin, end and are stamped")
	}
}
