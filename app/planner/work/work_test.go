package work

import (
	"context"
	"math/rand"
	"reflect"
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/engine/calendar"
	"sillon/engine/plan"
)

const monday = calendar.Day(20780) // 23 November 2026

func book(clients int) plan.Book {
	r := rand.New(rand.NewSource(3))
	home := plan.Point{Lat: 48, Lon: 0, Known: true}
	b := plan.Book{Seed: 5}
	for d := range 5 {
		b.Days = append(b.Days, plan.Workday{Day: monday + calendar.Day(d), Open: 510, Close: 1080, Break: plan.Span{From: 750, To: 810}, From: home, To: home})
	}
	for range clients {
		b.Clients = append(b.Clients, plan.Client{At: plan.Point{Lat: 47.7 + .6*r.Float64(), Lon: -.4 + .8*r.Float64(), Known: true},
			Every: 30, Last: monday - 60, Left: -1, Value: int64(2000 + r.Intn(7000))})
	}
	return b
}

// A clock goes on by a millisecond each time it is read.
func clock() func() time.Time {
	t := time.Unix(0, 0)
	return func() time.Time { t = t.Add(time.Millisecond); return t }
}

// TestAWeekComesAtOnceAndGetsBetter follows the page's questions to the end.
func TestAWeekComesAtOnceAndGetsBetter(t *testing.T) {
	c := bridge.NewTwin(Operations(clock()))
	b := book(200)
	s, err := bridge.Call(t.Context(), c, bridge.OpSolve, bridge.Solve{Book: b, MS: 2000, Of: 1500})
	if err != nil || s.Week == nil || s.Week.Visits < 20 || plan.Verify(&b, s.Week) != plan.Sound || s.Of != 1500 {
		t.Fatalf("%v %+v", err, s.Week)
	}
	first, last := s.Week, s.Week
	for n := 0; s.Ran < s.Of; n++ {
		if n > 500 {
			t.Fatal("it never ends")
		}
		if s, err = bridge.Call(t.Context(), c, bridge.OpBetter, bridge.Better{MS: 80}); err != nil {
			t.Fatal(err)
		}
		if s.Week != nil {
			last = s.Week
			if plan.Verify(&b, last) != plan.Sound {
				t.Fatal("a better week breaks a rule")
			}
		}
	}
	if last.Lost > first.Lost || last.Visits <= first.Visits {
		t.Errorf("%d visits and %d lost, at first %d and %d", last.Visits, last.Lost, first.Visits, first.Lost)
	}
}

// TestTheSameQuestionsTheSameWeek: the clock only says when to stop.
func TestTheSameQuestionsTheSameWeek(t *testing.T) {
	run := func(now func() time.Time) *plan.Week {
		c := bridge.NewTwin(Operations(now))
		s, err := bridge.Call(t.Context(), c, bridge.OpSolve, bridge.Solve{Book: book(120), MS: 1000, Of: 600})
		if err != nil {
			t.Fatal(err)
		}
		last := s.Week
		for s.Ran < s.Of {
			if s, err = bridge.Call(t.Context(), c, bridge.OpBetter, bridge.Better{MS: 80}); err != nil {
				t.Fatal(err)
			}
			if s.Week != nil {
				last = s.Week
			}
		}
		return last
	}
	if a, b := run(clock()), run(time.Now); !reflect.DeepEqual(a.Days, b.Days) {
		t.Error("two clocks, two weeks")
	}
}

// TestAClientIsPutByHand, and a full day says that it is.
func TestAClientIsPutByHand(t *testing.T) {
	c := bridge.NewTwin(Operations(clock()))
	b := book(12)
	b.Hold = true
	s, err := bridge.Call(t.Context(), c, bridge.OpSolve, bridge.Solve{Book: b, Add: &bridge.Put{Client: 4, Day: monday + 2, Wish: -1}})
	if err != nil || s.Tight || len(s.Week.Days[2].Stops) != 1 || s.Week.Days[2].Stops[0].Client != 4 || len(s.Kept) != 1 {
		t.Fatalf("%v %+v", err, s)
	}
	b.Days[2].Off = plan.Holiday
	if s, err = bridge.Call(t.Context(), c, bridge.OpSolve, bridge.Solve{Book: b, Add: &bridge.Put{Client: 4, Day: monday + 2, Wish: -1}}); err != nil || !s.Tight {
		t.Errorf("%v %+v", err, s.Tight)
	}
	if _, err := bridge.Call(context.Background(), bridge.NewTwin(Operations(clock())), bridge.OpBetter, bridge.Better{}); err == nil {
		t.Error("better than nothing, and no error")
	}
}
