package plan

import (
	"math/rand"
	"runtime"
	"testing"

	"sillon/engine/calendar"
)

// monday is Monday 23 November 2026, week 48.
const monday = calendar.Day(20780)

// territory is a made-up week that nobody chose: a rep's days with lunch,
// holidays and nights away, clients with hours, closed days, cadences, some
// without position, some at the same address, appointments that contradict each
// other, at midnight, on days off, visits kept from before.
func territory(r *rand.Rand, most int) *Book {
	b := &Book{Seed: r.Uint64(), Rate: int64(r.Intn(200)), Visit: int32(r.Intn(90)), Planned: int32(r.Intn(500)), Field: int32(r.Intn(100))}
	from := monday - 20 + calendar.Day(r.Intn(400)) // both changes of hour, the turn of the year
	home := Point{Lat: 48 + r.Float64(), Lon: -2 + r.Float64(), Known: r.Intn(12) > 0}
	for d := range 1 + r.Intn(MostDays) {
		w := Workday{Day: from + calendar.Day(d), Open: int32(r.Intn(11 * 60)), From: home, To: home}
		w.Close = min(24*60, w.Open+int32(r.Intn(12*60)))
		if r.Intn(2) == 0 {
			w.Break = Span{int32(12 * 60), int32(12*60 + 30*r.Intn(4))}
		}
		if wd := w.Day.Weekday(); wd == 0 || wd == 6 {
			w.Off = Weekend
		} else if r.Intn(8) == 0 {
			w.Off = Holiday
		}
		if r.Intn(6) == 0 && d > 0 { // a hotel
			w.From = Point{Lat: 48 + r.Float64(), Lon: -2 + r.Float64(), Known: true}
			b.Days[d-1].To = w.From
		}
		b.Days = append(b.Days, w)
	}
	for range r.Intn(4) {
		h := Hours{}
		for range 5 + r.Intn(3) {
			noon := int32(11*60 + r.Intn(120))
			h.Week = append(h.Week, [][]Span{nil, {{8 * 60, noon}, {noon + 90, 18 * 60}}, {{0, 24 * 60}}, {{noon, 15 * 60}, {8 * 60, noon}}}[r.Intn(4)])
		}
		b.Hours = append(b.Hours, h)
	}
	for range r.Intn(most + 1) {
		c := Client{Category: uint8(r.Intn(6)), Last: from - calendar.Day(r.Intn(200)), Every: int32(r.Intn(120)), Least: int32(r.Intn(3) * 7),
			Most: int32(r.Intn(2) * 60), Left: int32(r.Intn(8) - 1), Value: int64(r.Intn(20_000)), Prospect: r.Intn(5) == 0, Out: r.Intn(15) == 0,
			Hours: int32(r.Intn(len(b.Hours) + 1)), Seen: int32(r.Intn(9)), Spent: int32(r.Intn(500)), Minutes: int32(r.Intn(6) * r.Intn(60)),
			At: Point{Lat: 47.5 + 2*r.Float64(), Lon: -2.5 + 2*r.Float64(), Known: r.Intn(10) > 0}}
		switch r.Intn(10) {
		case 0:
			c.Last = 0
		case 1:
			c.Last = from + calendar.Day(r.Intn(5)) // a tablet whose clock is ahead
		case 2:
			c.Every = int32(1 + r.Intn(5))
		case 3:
			c.Due = from + calendar.Day(r.Intn(30)-10)
		case 4:
			c.Next = from + calendar.Day(r.Intn(30))
		case 5:
			c.Closed = []calendar.Day{from, from + 2}
		}
		if n := len(b.Clients); n > 0 && r.Intn(6) == 0 {
			c.At = b.Clients[n-1].At
		}
		b.Clients = append(b.Clients, c)
	}
	fixed := func() Fixed {
		f := Fixed{Client: int32(r.Intn(len(b.Clients))), Day: from + calendar.Day(r.Intn(len(b.Days)+1)), Start: int32(r.Intn(1440)), Length: int32(r.Intn(3) * 30), Lock: r.Intn(3) == 0}
		if r.Intn(5) == 0 {
			f.Start = -1
		}
		if r.Intn(2) == 0 {
			f.Start = int32(9*60 + 15*r.Intn(30))
		}
		return f
	}
	if len(b.Clients) > 0 {
		for range r.Intn(8) {
			b.Fixed = append(b.Fixed, fixed())
		}
		if r.Intn(2) == 0 {
			for range r.Intn(8) {
				b.Kept = append(b.Kept, fixed())
			}
		}
	}
	for range r.Intn(2) * r.Intn(30) {
		b.Drives = append(b.Drives, Drive{Day: from - calendar.Day(r.Intn(9)), Minute: int32(r.Intn(1440)), Client: int32(r.Intn(len(b.Clients)+2) - 1), Meters: int32(r.Intn(90_000))})
	}
	b.Hold = r.Intn(6) == 0
	return b
}

// TestNoHardRuleIsEverBroken follows the weeks of thousands of territories,
// first answer and improved.
func TestNoHardRuleIsEverBroken(t *testing.T) {
	n := 2000
	if runtime.GOARCH == "wasm" {
		n = 150
	}
	for seed := range n {
		b := territory(rand.New(rand.NewSource(int64(seed))), 60)
		s, err := Begin(b)
		if err != nil {
			t.Fatalf("territory %d: %v", seed, err)
		}
		for _, more := range []int{0, 40, 60} {
			s.Run(more)
			if f := Verify(b, s.Week()); f != Sound {
				t.Fatalf("territory %d after %d: rule %d broken", seed, more, f)
			}
		}
	}
}

// TestAClientPutByHandBreaksNoRule adds clients by hand on days of a week.
func TestAClientPutByHandBreaksNoRule(t *testing.T) {
	fits := 0
	for seed := range 800 {
		r := rand.New(rand.NewSource(int64(seed)))
		b := territory(r, 40)
		if len(b.Clients) == 0 {
			continue
		}
		s, _ := Begin(b)
		w := s.Week()
		b.Kept = Keep(w)
		b.Hold = true
		client, d := int32(r.Intn(len(b.Clients))), r.Intn(len(b.Days))
		kept, ok := Add(b, client, b.Days[d].Day, int32(r.Intn(1440)-300))
		if !ok {
			continue
		}
		fits++
		b.Kept = kept
		if s, _ = Begin(b); Verify(b, s.Week()) != Sound {
			t.Fatalf("territory %d: rule %d broken", seed, Verify(b, s.Week()))
		}
		w = s.Week()
		found := false
		for _, x := range w.Days[d].Stops {
			found = found || x.Client == client
		}
		if !found || w.Dropped > 0 {
			t.Fatalf("territory %d: put on the day and not found there (%d dropped)", seed, w.Dropped)
		}
	}
	if fits < 50 {
		t.Errorf("only %d fitted", fits)
	}
}
