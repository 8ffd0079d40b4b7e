package report

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"testing"
	"time"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/hazard"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/server/hub"
	"sillon/server/store/memory"
)

var today = calendar.Of(2026, time.November, 29)

func id(kind byte, n int) portfolio.ID {
	return portfolio.ID{kind, byte(n >> 16), byte(n >> 8), byte(n), 15: byte(n)}
}

// client is one who orders every month or so; one in so many stops, at some
// time that the rule of C1 has had time to see.
func client(scope uint32, n, oneIn int) (rows []journal.Row) {
	add := func(k portfolio.Kind, rec, root portfolio.ID, noun any) {
		f, err := portfolio.ToFields(noun)
		if err != nil {
			panic(err)
		}
		rows = append(rows, journal.Row{Rec: rec, Root: root, Entity: k, Scope: scope, Fields: f})
	}
	root := id(1, n)
	add(portfolio.KindAccount, root, root, portfolio.Account{Name: fmt.Sprint("Client ", n), Status: portfolio.Client, FirstOrder: today - 2000})
	stop := 0
	if n%oneIn == 0 {
		stop = 560 + n*37%600
	}
	for k := range 48 {
		if back := 10 + n%13 + k*(28+n%9); back >= stop {
			add(portfolio.KindSale, id(2, n*64+k), root, portfolio.Sale{From: today - calendar.Day(back), Amount: 100_00})
		}
	}
	return rows
}

// organisation makes a tenant of so many reps with so many clients each.
func organisation(t testing.TB, h *hub.Hub, seed, reps, clients, oneIn int) (hub.Place, []hub.Place) {
	t.Helper()
	boss := id(9, seed*1000)
	at, err := h.Found(t.Context(), hub.Founding{
		Org: portfolio.Org{Name: fmt.Sprint("Org ", seed)}, OrgID: id(8, seed), TeamID: id(7, seed), Team: "Team",
		AdminID: boss, Name: "Boss", Login: fmt.Sprint("boss", seed),
	}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var places []hub.Place
	for r := range reps {
		p, err := h.AddUser(t.Context(), at.Tenant, hub.NewUser{ID: id(9, seed*1000+r+1), Name: "Rep", Login: fmt.Sprint("rep", seed, "-", r), Role: portfolio.RoleRep}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, p)
		fill(t, h, at.Tenant, p.Portfolio, r*clients, clients, oneIn)
	}
	return at, places
}

func fill(t testing.TB, h *hub.Hub, tenant, scope uint32, from, clients, oneIn int) {
	t.Helper()
	var rows []journal.Row
	for n := range clients {
		rows = append(rows, client(scope, from+n, oneIn)...)
	}
	if err := h.Load(t.Context(), tenant, rows, 2000); err != nil {
		t.Fatal(err)
	}
}

func model(t testing.TB, db hub.Store, tenant uint32) (portfolio.Model, bool) {
	t.Helper()
	var m portfolio.Model
	var ok bool
	if err := db.View(t.Context(), func(r hub.Reader) (err error) {
		m, ok, err = hub.Model(r, tenant, portfolio.ModelHazard)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return m, ok
}

// The hazard of an organisation is that of the client-periods of all its
// portfolios; it is sent when there is something new in it, and an
// organisation never sees another's.
func TestTheHazardIsPooledOverAnOrganisation(t *testing.T) {
	db := memory.New()
	h := hub.New(db, hub.Env{Key: make([]byte, 32)})
	large, places := organisation(t, h, 1, 3, 110, 4)
	small, _ := organisation(t, h, 2, 1, 40, 4)
	pool := func() int {
		t.Helper()
		n, err := Pool(t.Context(), db, h, today, 5000)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := pool(); n != 1 {
		t.Fatalf("%d models sent, want that of the large organisation", n)
	}
	m, ok := model(t, db, large.Tenant)
	if !ok || m.Turn != 1 || m.Events < attrition.MinHazard || m.Day != today || m.Start == 0 {
		t.Errorf("%+v", m)
	}
	if _, ok := model(t, db, small.Tenant); ok {
		t.Error("ten departures make no model")
	}
	var got hazard.Model
	if err := portfolio.Dec.Unmarshal(m.Data, &got); err != nil || got.P() != attrition.NPredictors || len(got.Cov) == 0 {
		t.Errorf("the model: %+v, %v", got, err)
	}
	// Nothing written: nothing read. A few visits: nothing new.
	if n := pool(); n != 0 {
		t.Errorf("%d sent though nothing has changed", n)
	}
	fill(t, h, large.Tenant, places[0].Portfolio, 900, 2, 1000)
	if n := pool(); n != 0 {
		t.Errorf("%d sent for two clients more", n)
	}
	// Many departures: another one, under the same record.
	fill(t, h, large.Tenant, places[0].Portfolio, 1000, 150, 2)
	if n := pool(); n != 1 {
		t.Errorf("%d sent after 75 departures more", n)
	}
	after, _ := model(t, db, large.Tenant)
	if after.Turn != 2 || after.Events <= m.Events || reflect.DeepEqual(after.Data, m.Data) {
		t.Errorf("turn %d, %d departures", after.Turn, after.Events)
	}
	// It travels as any record of the organisation's scope.
	var rows []journal.Row
	if err := db.View(t.Context(), func(r hub.Reader) (err error) {
		rows, err = r.Rows(large.Tenant, hub.OrgScope, 0, 1000)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if last := rows[len(rows)-1]; last.Entity != portfolio.KindModel || last.Ver != 2 {
		t.Errorf("the last record of the organisation: kind %d, version %d", last.Entity, last.Ver)
	}
}

// The same data make the same model to the last bit, also when clients are left
// out, and one over the whole is not far from one over part.
func TestThePooledHazardIsDeterminate(t *testing.T) {
	db := memory.New()
	h := hub.New(db, hub.Env{Key: make([]byte, 32)})
	at, _ := organisation(t, h, 1, 3, 160, 3)
	fit := func(most int) portfolio.Model {
		m, ok, err := learn(t.Context(), db, at.Tenant, today, most)
		if err != nil || !ok {
			t.Fatalf("%v, %v", ok, err)
		}
		return m
	}
	if a, b := fit(MostRows), fit(MostRows); !reflect.DeepEqual(a, b) {
		t.Error("twice, two models")
	}
	whole, part := fit(MostRows), fit(2500)
	if !reflect.DeepEqual(part, fit(2500)) || part.Rows > 2500 || part.Rows < 1000 {
		t.Errorf("%d rows of at most 2500", part.Rows)
	}
	if part.Lost != whole.Lost || part.Start != whole.Start {
		t.Error("rates are counted over everybody")
	}
	var a, b hazard.Model
	if portfolio.Dec.Unmarshal(whole.Data, &a) != nil || portfolio.Dec.Unmarshal(part.Data, &b) != nil {
		t.Fatal("no model")
	}
	if p, q := a.Of(nil).P, b.Of(nil).P; math.Abs(math.Log(p/q)) > .7 {
		t.Errorf("mean hazard %v over the whole, %v over a part", p, q)
	}
}

func TestWhatTellsNothingNewIsNotSent(t *testing.T) {
	m := hazard.Model{Coef: make([]float64, attrition.NPredictors+1), Mean: make([]float64, attrition.NPredictors), Scale: make([]float64, attrition.NPredictors)}
	for j := range m.Scale {
		m.Scale[j] = 1
	}
	m.Coef[0], m.Coef[4] = -3, .5
	of := func(change func(*hazard.Model), events, lost int) portfolio.Model {
		c := m
		c.Coef = append([]float64(nil), m.Coef...)
		if change != nil {
			change(&c)
		}
		data, err := portfolio.Enc.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		return portfolio.Model{Key: portfolio.ModelHazard, Form: portfolio.HazardForm, Events: events, Lost: lost, Start: 1000, Data: data}
	}
	old := of(nil, 200, 100)
	for _, c := range []struct {
		what string
		now  portfolio.Model
		same bool
	}{
		{"the same", of(nil, 210, 100), true},
		{"odds 4 % higher", of(func(m *hazard.Model) { m.Coef[0] += .04 }, 200, 100), true},
		{"odds 6 % higher", of(func(m *hazard.Model) { m.Coef[0] += .06 }, 200, 100), false},
		{"a predictor counts more", of(func(m *hazard.Model) { m.Coef[9] += .06 }, 200, 100), false},
		{"more of them leave", of(nil, 200, 106), false},
		{"another form", func() portfolio.Model { x := of(nil, 200, 100); x.Form++; return x }(), false},
		{"damaged", portfolio.Model{Key: portfolio.ModelHazard, Form: portfolio.HazardForm, Events: 200, Lost: 100, Start: 1000, Data: []byte{1}}, false},
	} {
		if got := same(old, c.now); got != c.same {
			t.Errorf("%s: the same %v, want %v", c.what, got, c.same)
		}
	}
}

// BenchmarkPool is the job on an organisation of 10,000 clients in fifty
// portfolios; both time and what it holds grow with portfolios, not their sum.
func BenchmarkPool(b *testing.B) {
	db := memory.New()
	h := hub.New(db, hub.Env{Key: make([]byte, 32)})
	at, _ := organisation(b, h, 1, 50, 200, 5)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		m, ok, err := Hazard(b.Context(), db, at.Tenant, today)
		if err != nil || !ok {
			b.Fatal(ok, err)
		}
		b.ReportMetric(float64(m.Rows), "rows")
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapSys-before.HeapSys)/(1<<20), "MB")
}
