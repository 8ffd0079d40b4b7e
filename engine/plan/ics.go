package plan

import (
	"strconv"
	"strings"

	"sillon/engine/calendar"
)

// An Event is one appointment of a calendar file.
type Event struct {
	UID    string // stays the same when the event changes
	Day    calendar.Day
	Start  int32 // minutes after midnight of the wall clock in Paris
	Length int32 // minutes
	Title  string
	Place  string
	Note   string
	At     Point
}

// ICS writes events as iCalendar (RFC 5545): lines of at most 75 octets ended
// by CR LF, text escaped, hours local to Europe/Paris with the rules of its
// changes of hour. stamp is the moment of writing in UTC, "20261129T181500Z":
// the same events and stamp give the same bytes.
func ICS(events []Event, stamp string) []byte {
	var b strings.Builder
	for _, l := range [...]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sillon//Plan//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"BEGIN:VTIMEZONE", "TZID:Europe/Paris",
		"BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
		"BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
		"END:VTIMEZONE"} {
		fold(&b, l)
	}
	for i := range events {
		e := &events[i]
		fold(&b, "BEGIN:VEVENT")
		fold(&b, "UID:"+text(e.UID))
		fold(&b, "DTSTAMP:"+stamp)
		fold(&b, "DTSTART;TZID=Europe/Paris:"+local(e.Day, e.Start))
		fold(&b, "DTEND;TZID=Europe/Paris:"+local(e.Day, e.Start+max(e.Length, 0)))
		fold(&b, "SUMMARY:"+text(e.Title))
		if e.Place != "" {
			fold(&b, "LOCATION:"+text(e.Place))
		}
		if e.Note != "" {
			fold(&b, "DESCRIPTION:"+text(e.Note))
		}
		if e.At.placed() {
			fold(&b, "GEO:"+strconv.FormatFloat(e.At.Lat, 'f', 6, 64)+";"+strconv.FormatFloat(e.At.Lon, 'f', 6, 64))
		}
		fold(&b, "STATUS:CONFIRMED")
		fold(&b, "END:VEVENT")
	}
	fold(&b, "END:VCALENDAR")
	return []byte(b.String())
}

// local writes a wall clock time; minutes carry over to the next day.
func local(d calendar.Day, m int32) string {
	for ; m >= 24*60; m -= 24 * 60 {
		d++
	}
	for ; m < 0; m += 24 * 60 {
		d--
	}
	y, mo, day := d.Civil()
	return digits(y, 4) + digits(int(mo), 2) + digits(day, 2) + "T" + digits(int(m/60), 2) + digits(int(m%60), 2) + "00"
}

func digits(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

// text escapes a value (RFC 5545, 3.3.11); other control characters have no
// place in it.
func text(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r >= ' ' && r != 0x7f || r == '\t':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fold ends a line, broken where it is longer than 75 octets, never within a
// character (3.1).
func fold(b *strings.Builder, line string) {
	room := 75
	for len(line) > room {
		cut := room
		for cut > 1 && line[cut]&0xC0 == 0x80 {
			cut--
		}
		b.WriteString(line[:cut])
		b.WriteString("\r\n ")
		line, room = line[cut:], 74
	}
	b.WriteString(line)
	b.WriteString("\r\n")
}
