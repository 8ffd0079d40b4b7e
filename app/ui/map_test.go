package ui

import (
	"math"
	"os"
	"strings"
	"testing"

	"sillon/app/bridge"
	"sillon/engine/geo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func init() {
	groundOps[bridge.OpMap.Name] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, bridge.OpMap.Name, in, func(q query.MapAsk) query.MapView {
			table, err := os.ReadFile("../../web/data/places.bin")
			if err != nil {
				panic(err)
			}
			p, err := query.OpenPlaces(table)
			if err != nil {
				panic(err)
			}
			return g.snap.Map(g.reader(q.List.Lang), q, p, nil, geo.Bands)
		})
	}
	groundOps[bridge.OpPlaced.Name] = func(g *ground, in []byte) ([]byte, error) {
		return order1[bridge.Placing](g, bridge.OpPlaced.Name, in)
	}
}

// board makes the map of a list, with its first answer.
func board(t *testing.T, g *ground, state listState) *mapBoard {
	t.Helper()
	e, _, _ := g.visit(t, "/clients")
	state.View = "carte"
	m := &mapBoard{E: e, State: state}
	q := m.ask()
	m.measure()
	q.W, q.H = int(m.view.w), int(m.view.h)
	in, _ := portfolio.Enc.Marshal(q)
	out, err := groundOps[bridge.OpMap.Name](g, in)
	if err != nil {
		t.Fatal(err)
	}
	m.live.Value = new(query.MapView)
	if err := portfolio.Dec.Unmarshal(out, m.live.Value); err != nil {
		t.Fatal(err)
	}
	v := m.live.Value
	m.view.x, m.view.y, m.view.scale = v.X, v.Y, v.Scale
	return m
}

func TestTheMapAsksForTheClientsOfTheList(t *testing.T) {
	g := lay(t, 60)
	g.visit(t, "/clients?vue=carte&phase=M&filtre=due")
	asks := orders[query.MapAsk](g, "map")
	if len(asks) != 1 || asks[0].List.Phase != "M" || asks[0].List.Filter != "due" || asks[0].Scale != 0 || asks[0].Minute != 8*60+42 || asks[0].W < 200 {
		t.Errorf("asked %+v", asks)
	}
}

func TestTheListSaysWhatTheMapShows(t *testing.T) {
	m := board(t, lay(t, 60), listState{})
	page := m.Render()
	reads(t, page, "min", "Durées depuis votre prochain rendez-vous, Brasserie de l'Écluse.", "Licence Ouverte", "Natural Earth")
	v := m.live.Value
	sum := 0
	for _, r := range v.Rings {
		sum += r.N
	}
	if sum < v.Found*9/10 {
		t.Errorf("the rings hold %d of %d", sum, v.Found)
	}
	svg := m.marks(v)
	if n := strings.Count(svg, `role="button"`); n != len(v.Rings) {
		t.Errorf("%d marks can be tapped, %d rings", n, len(v.Rings))
	}
	m.told = "refused"
	reads(t, m.Render(), "Position refusée")
}

func TestANameOnTheMapIsText(t *testing.T) {
	m := board(t, lay(t, 60), listState{})
	v := m.live.Value
	v.Rings[0].Name, v.Towns = `"><script>x</script>`, []query.MapTown{{X: 300, Y: 300, Name: "<b>Dol</b>"}}
	if svg := m.marks(v); strings.Contains(svg, "<script") || strings.Contains(svg, "<b>") {
		t.Errorf("a name writes into the page:\n%.400s", svg)
	}
}

// A picture of 642 × 618: twice as near keeps the middle, fingers that part
// keep what is between them, a drag of 100 pixels moves by 100.
func TestFingersMoveTheChartAsThePictureMoves(t *testing.T) {
	m := board(t, lay(t, 60), listState{})
	was := m.view
	m.zoom(2)
	if m.view.scale != 2*was.scale || math.Abs(m.view.x-was.x) > 1e-9 || math.Abs(m.view.y-was.y) > 1e-9 {
		t.Errorf("nearer: %+v, was %+v", m.view, was)
	}
	was = m.view
	m.pan(100, -50)
	if d := (was.x - m.view.x) * was.scale; math.Abs(d-100) > 1e-9 {
		t.Errorf("a drag of 100 pixels moved by %v", d)
	}
	h := &hand{}
	h.fingers = []finger{{1, 100, 100}, {2, 200, 100}}
	h.grip()
	h.fingers = []finger{{1, 50, 120}, {2, 250, 120}} // twice as far apart, 20 lower
	if !h.follow() {
		t.Fatal("two fingers are no tap")
	}
	x, y := h.by.k*150+h.by.x, h.by.k*100+h.by.y // what was between them
	if h.by.k != 2 || math.Abs(x-150) > 1e-9 || math.Abs(y-120) > 1e-9 {
		t.Errorf("%+v takes what was between the fingers to %v, %v", h.by, x, y)
	}
	one := &hand{fingers: []finger{{1, 100, 100}}}
	one.grip()
	one.fingers[0].x = 104
	if one.follow() {
		t.Error("a tap that trembles is a drag")
	}
}

func TestAsManyAreProposedAsTheTimeHolds(t *testing.T) {
	m := board(t, lay(t, 216), listState{})
	v := m.live.Value
	v.Due, v.Free = 3, 0
	for i := range v.Near {
		v.Near[i].Planned = false
	}
	if n := len(m.picked()); n != 3 {
		t.Errorf("%d proposed on a free day, want 3", n)
	}
	v.Free = 105 // two visits of 30 minutes with their ways
	if n := len(m.picked()); n != 2 {
		t.Errorf("%d proposed in 1 h 45, want 2", n)
	}
	m.choose(v.Near[0].ID)
	m.choose(v.Near[5].ID)
	if rows := m.picked(); len(rows) != 2 || rows[0].ID != v.Near[1].ID || rows[1].ID != v.Near[5].ID {
		t.Errorf("chosen %d", len(rows))
	}
	if at := m.slot(); at != 8*60+45 { // it is 8:42
		t.Errorf("from %d minutes, want 8:45", at)
	}
}

func TestTheDevicesOwnNavigationIsOpened(t *testing.T) {
	own := guide(&query.NearRow{Lat: 48.65, Lon: -2.02, Spot: query.Given, Address: "35400 Saint-Malo"})
	town := guide(&query.NearRow{Lat: 48.65, Lon: -2.02, Spot: query.InTown, Address: "2, quai Trichet, 35400 Saint-Malo"})
	if !strings.Contains(own, "48.65000%2C-2.02000") || !strings.Contains(town, "quai+Trichet") || guide(&query.NearRow{}) != "" {
		t.Errorf("%s, %s", own, town)
	}
}
