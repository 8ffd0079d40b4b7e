package plan

import (
	"math/rand"
	"testing"

	"sillon/engine/calendar"
)

// at puts a client some kilometres east of the rep's home: at 48° N a degree of
// longitude is 74.4 km.
func east(km float64) Point { return Point{Lat: 48, Lon: km / 74.4, Known: true} }

// plain is a working week of one rep from Monday 23 November 2026, 9 to 18 with
// an hour for lunch, at home at 48° N 0° E.
func plain(days int, clients ...Client) *Book {
	b := &Book{Seed: 1, Visit: 45}
	for d := range days {
		b.Days = append(b.Days, Workday{Day: monday + calendar.Day(d), Open: 9 * 60, Close: 18 * 60, Break: Span{12 * 60, 13 * 60}, From: east(0), To: east(0)})
	}
	b.Clients = clients
	return b
}

func client(km float64, every, ago int32) Client {
	return Client{At: east(km), Every: every, Last: monday - calendar.Day(ago), Left: -1, Value: 5000}
}

func solve(t *testing.T, b *Book, n int) *Week {
	t.Helper()
	s, err := Begin(b)
	if err != nil {
		t.Fatal(err)
	}
	s.Run(n)
	w := s.Week()
	if f := Verify(b, w); f != Sound {
		t.Fatalf("rule %d broken", f)
	}
	return w
}

func why(w *Week, client int32) uint8 {
	for _, list := range [...][]Left{w.Left, w.Others} {
		for i := range list {
			if list[i].Client == client {
				return list[i].Why.Code
			}
		}
	}
	return 0
}

// TestEachClientIsToldWhyHeIsLeftOut: one client for each reason. The days and
// distances are those of the case's own sentence.
func TestEachClientIsToldWhyHeIsLeftOut(t *testing.T) {
	shut := plain(1)
	shut.Hours = []Hours{{Week: [][]Span{nil, {{600, 700}}}}} // open on Tuesdays only
	for _, tt := range []struct {
		name string
		c    Client
		want uint8
	}{
		{"blocked", Client{At: east(5), Every: 20, Out: true, Left: -1, Value: 1}, NotOut},
		{"the year's visits are made", Client{At: east(5), Every: 20, Left: 0, Value: 1}, NotLeft},
		{"no position", Client{Every: 20, Left: -1, Value: 1}, NotPlaced},
		{"no cadence", Client{At: east(5), Left: -1, Value: 1}, NotCadence},
		{"not before ten days", client(5, 60, 35), NotYet},
		{"seen two days ago", client(5, 3, 1), NotSoon},
		{"planned on Friday week", Client{At: east(5), Every: 20, Left: -1, Next: monday + 11}, NotPlanned},
		{"closed on Mondays", Client{At: east(5), Every: 20, Left: -1, Hours: 1, Value: 100}, NotOpen},
		{"800 km away", Client{At: east(800), Every: 20, Left: -1, Value: 1e9}, NotNear},
		{"100 km for a visit worth one euro", Client{At: east(100), Every: 20, Left: -1, Value: 100}, NotWorth},
	} {
		b := *shut
		b.Clients = []Client{tt.c}
		if tt.want == NotSoon {
			b.Clients[0].Least = 7
		}
		if got := why(solve(t, &b, 200), 0); got != tt.want {
			t.Errorf("%s: reason %d, want %d", tt.name, got, tt.want)
		}
	}
}

// TestTheDayIsReadAsADiary: by hand. The client is 5 km east: 5 · 1.38 = 6.9 km
// at 40 km/h are 10.35 minutes, so 11, and 5 to park and walk in: 16. Out at
// 9:00, there at 9:16, begun at 9:20, 45 minutes, home 11 minutes after 10:05.
func TestTheDayIsReadAsADiary(t *testing.T) {
	w := solve(t, plain(1, client(5, 20, 30)), 100)
	d := &w.Days[0]
	if len(d.Stops) != 1 {
		t.Fatalf("%d stops", len(d.Stops))
	}
	s := d.Stops[0]
	if s.Arrive != 9*60+16 || s.Start != 9*60+20 || s.End != 10*60+5 || d.Back != 10*60+16 || d.Travel != 27 {
		t.Errorf("arrive %d, start %d, end %d, back %d, travel %d", s.Arrive, s.Start, s.End, d.Back, d.Travel)
	}
	if m := d.Meters; m < 13_780 || m > 13_830 { // 2 · 6.9 km
		t.Errorf("%d m", m)
	}
	if len(s.Why) == 0 || s.Why[0] != (Reason{Code: WhyLate, N: 10}) { // seen 30 days ago, every 20
		t.Errorf("reasons %v", s.Why)
	}
	if len(d.Free) != 2 || d.Free[0] != (Span{605, 720}) || d.Free[1].From != 780 { // from 10:05 to noon, and the afternoon
		t.Errorf("free %v", d.Free)
	}
}

// TestAnAppointmentTheRoadForbidsIsToldLate: two appointments 100 km apart,
// the second begins when the first ends. Both stay; by hand the road is 100 ·
// 1.22 = 122 km at 85 km/h = 86.1, so 87 minutes, and 5 to park.
func TestAnAppointmentTheRoadForbidsIsToldLate(t *testing.T) {
	b := plain(1, client(0, 20, 30), client(100, 20, 30))
	b.Fixed = []Fixed{{Client: 0, Day: monday, Start: 600, Length: 60}, {Client: 1, Day: monday, Start: 660, Length: 60}}
	w := solve(t, b, 100)
	if s := w.Days[0].Stops; len(s) != 2 || s[0].Start != 600 || s[1].Start != 660 || s[0].Late != 0 || s[1].Late != 92 {
		t.Errorf("%+v", s)
	}
}

// TestTheYearIsComparedWithItsDays: 8 hours of work a day (9 to 18 without
// lunch), a visit of 45 minutes and a road of 27 for the one stop: 72 minutes.
// 20 days left hold 480 · 20 ÷ 72 = 133 visits.
func TestTheYearIsComparedWithItsDays(t *testing.T) {
	b := plain(1, client(5, 20, 30))
	b.Planned, b.Field = 412, 20
	if w := solve(t, b, 50); w.Planned != 412 || w.Possible != 133 {
		t.Errorf("%d planned, %d possible", w.Planned, w.Possible)
	}
}

// TestLengthsAreShrunk: the example of the package's formula. Ten visits of 30
// minutes in all, said 45: (10·30 + 5·45) ÷ 15 = 35. The category is as all;
// the client with them (300 + 5·35) ÷ 15 = 31.7, so 30; one without any, 35.
func TestLengthsAreShrunk(t *testing.T) {
	b := plain(1, client(5, 20, 30), client(5, 20, 30))
	b.Clients[0].Seen, b.Clients[0].Spent = 10, 300
	g := lay(b)
	if got := Shrunk(10, 300, 45); got != 35 {
		t.Errorf("%d", got)
	}
	// The category: (300 + 5·35) ÷ 15 = 31.7, so 32, to five minutes 30.
	if g.length[0] != 30 || g.length[1] != 30 || g.learned[1] != 35 {
		t.Errorf("%v %v", g.length, g.learned)
	}
}

// TestTheRoadIsLearnedFromTheMeter: three ways of 100 km by the bird, 122 by the
// bands, read as 134.2, 134.2 and once 900 (another errand): by the formula of
// geo.Learned, (2 · 134.2 + 100) ÷ (2 · 122 + 100) = 1.0709.
func TestTheRoadIsLearnedFromTheMeter(t *testing.T) {
	b := plain(1, client(0, 20, 30), client(100, 20, 30))
	for d := range 3 {
		far := int32(134_200)
		if d == 2 {
			far = 900_000
		}
		b.Drives = append(b.Drives, Drive{Day: monday - calendar.Day(d), Minute: 700, Client: 1, Meters: far}, Drive{Day: monday - calendar.Day(d), Minute: 600, Client: 0, Meters: 5000})
	}
	if f := b.road().Factor; f < 1.070 || f > 1.072 {
		t.Errorf("factor %v", f)
	}
	// The minutes said, a tenth more than the 86.1 estimated, say the same.
	for i := range b.Drives {
		if b.Drives[i].Client == 1 && b.Drives[i].Meters < 900_000 {
			b.Drives[i].Meters, b.Drives[i].Took = 0, 95 // 95 ÷ 86.12 = 1.103
		}
	}
	if f := b.road().Factor; f < 1.072 || f > 1.074 {
		t.Errorf("factor %v from the minutes", f)
	}
}

// TestAfterACancellationNothingElseMoves: a week, one visit falls out, another
// comes in its place; hours and days of the others are the same to the minute.
func TestAfterACancellationNothingElseMoves(t *testing.T) {
	for seed := range int64(60) {
		b := full(seed, 5, 60)
		w := solve(t, b, 400)
		kept := Keep(w)
		if len(kept) < 6 {
			t.Fatalf("only %d planned", len(kept))
		}
		gone := kept[len(kept)/2]
		b.Kept = append(append([]Fixed(nil), kept[:len(kept)/2]...), kept[len(kept)/2+1:]...)
		b.Clients[gone.Client].Out = true
		after := solve(t, b, 300)
		if after.Moved != 0 || after.Dropped != 0 {
			t.Fatalf("territory %d: %d moved, %d dropped", seed, after.Moved, after.Dropped)
		}
		if after.Visits < w.Visits-1 {
			t.Fatalf("territory %d: %d visits, were %d", seed, after.Visits, w.Visits)
		}
	}
}

// TestALateStartMovesOnlyThatDay: an hour and a half late on the first day; the
// other days stay to the minute, and on the first as many as can stay do.
func TestALateStartMovesOnlyThatDay(t *testing.T) {
	for seed := range int64(40) {
		b := full(seed, 5, 60)
		b.Kept = Keep(solve(t, b, 400))
		b.Days[0].Open += 90
		w := solve(t, b, 300)
		for _, f := range b.Kept {
			if f.Day == monday {
				continue
			}
			found := false
			for d := range w.Days {
				for _, s := range w.Days[d].Stops {
					found = found || s.Client == f.Client && w.Days[d].Day == f.Day && s.Start == f.Start
				}
			}
			if !found {
				t.Fatalf("territory %d: client %d of %v at %d has moved", seed, f.Client, f.Day, f.Start)
			}
		}
	}
}

// full is a territory whose days are full.
func full(seed int64, days, clients int) *Book {
	r := rand.New(rand.NewSource(seed))
	b := plain(days)
	for range clients {
		b.Clients = append(b.Clients, Client{At: Point{Lat: 47.8 + .4*r.Float64(), Lon: -.3 + .6*r.Float64(), Known: true}, Every: int32(15 + r.Intn(40)),
			Last: monday - calendar.Day(20+r.Intn(80)), Left: -1, Value: int64(1000 + r.Intn(9000))})
	}
	return b
}

// TestALongListIsPlannedToo: three thousand clients, all due.
func TestALongListIsPlannedToo(t *testing.T) {
	w := solve(t, full(7, 10, 3000), 100)
	if w.Visits < 40 || len(w.Left)+int(w.Visits) < 2900 {
		t.Errorf("%d visits, %d left", w.Visits, len(w.Left))
	}
}

// TestImpossibleBooksAreRefusedOrEmpty: nothing panics.
func TestImpossibleBooksAreRefusedOrEmpty(t *testing.T) {
	if _, err := Begin(&Book{}); err == nil {
		t.Error("no day, and no error")
	}
	b := plain(1)
	if w := solve(t, b, 10); w.Visits != 0 || len(w.Left) != 0 {
		t.Errorf("%+v", w)
	}
	b.Days = append(b.Days, b.Days[0])
	if _, err := Begin(b); err == nil {
		t.Error("the same day twice, and no error")
	}
	b = plain(1, client(1, 20, 30))
	b.Fixed = []Fixed{{Client: 3}}
	if _, err := Begin(b); err == nil {
		t.Error("an appointment with nobody, and no error")
	}
}

// BenchmarkFirst is the first plan of five days among 500 clients.
func BenchmarkFirst(b *testing.B) {
	book := full(7, 5, 500)
	for b.Loop() {
		s, err := Begin(book)
		if err != nil {
			b.Fatal(err)
		}
		s.Week()
	}
}

// BenchmarkThousand is a thousand iterations.
func BenchmarkThousand(b *testing.B) {
	s, err := Begin(full(7, 5, 500))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s.Run(1000)
	}
}

// A client seen 20 days before Friday, every 40 days, is due from the 30th day on
// by himself; a promise for that Friday lets him be seen once half the interval has
// passed, and not sooner.
func TestAPromiseBringsAVisitForward(t *testing.T) {
	home := Point{Lat: 48.5, Lon: -1.75, Known: true}
	b := &Book{Clients: []Client{{At: Point{Lat: 48.51, Lon: -1.75, Known: true}, Last: monday + 4 - 20, Every: 40, Left: -1, Value: 10_000}}}
	for d := range calendar.Day(5) {
		b.Days = append(b.Days, Workday{Day: monday + d, Open: 8 * 60, Close: 18 * 60, From: home, To: home})
	}
	visits := func() (days []calendar.Day) {
		s, err := Begin(b)
		if err != nil {
			t.Fatal(err)
		}
		w := s.Week()
		if f := Verify(b, w); f != Sound {
			t.Fatalf("rule %d broken", f)
		}
		for d := range w.Days {
			if len(w.Days[d].Stops) > 0 {
				days = append(days, w.Days[d].Day)
			}
		}
		return days
	}
	if days := visits(); len(days) != 0 {
		t.Errorf("visited on %v before the time", days)
	}
	b.Clients[0].Due = monday + 4
	if days := visits(); len(days) != 1 || days[0] != monday+4 {
		t.Errorf("visited on %v, want Friday, 20 days after the last visit", days)
	}
}
