//go:build !js

// A browser opens no folder of a corpus.

package plan

import (
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzICS: whatever a title says, the file keeps its lines.
func FuzzICS(f *testing.F) {
	f.Add("Hôtel, des; Roches\\\n", "é")
	f.Fuzz(func(t *testing.T, title, place string) {
		out := string(ICS([]Event{{UID: "x", Day: monday, Start: 600, Length: 30, Title: title, Place: place}}, "20261124T180000Z"))
		lines := strings.Split(strings.TrimSuffix(out, "\r\n"), "\r\n")
		for _, l := range lines {
			if len(l) > 75 || !utf8.ValidString(l) {
				t.Fatalf("%q", l)
			}
		}
		n := 0
		for _, l := range unfold(out) {
			if l == "END:VEVENT" {
				n++
			}
		}
		if n != 1 || lines[len(lines)-1] != "END:VCALENDAR" {
			t.Fatalf("%d events", n)
		}
	})
}

// FuzzWeek: no book panics, and none breaks a rule.
func FuzzWeek(f *testing.F) {
	f.Add(int64(1), int32(0), int32(600), int32(0), int64(0))
	f.Fuzz(func(t *testing.T, seed int64, day, start, every int32, value int64) {
		b := territory(rand.New(rand.NewSource(seed)), 12)
		for i := range b.Clients {
			b.Clients[i].Every, b.Clients[i].Least, b.Clients[i].Value = every, every/3, value
		}
		for i := range b.Fixed {
			b.Fixed[i].Start, b.Fixed[i].Length = start, day
		}
		b.Rate = value
		s, err := Begin(b)
		if err != nil {
			return
		}
		s.Run(20)
		if r := Verify(b, s.Week()); r != Sound {
			t.Fatalf("rule %d broken", r)
		}
	})
}
