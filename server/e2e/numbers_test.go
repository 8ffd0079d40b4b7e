package e2e

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// plainWords lends the engine a catalogue of keys: the test compares numbers,
// not sentences.
type plainWords struct{}

func (plainWords) T(key string, args ...any) string { return key + fmt.Sprint(args...) }
func (plainWords) Percent(share float64) string     { return fmt.Sprint(share) }
func (plainWords) Money(c money.Cents) string       { return fmt.Sprint(c) }
func (plainWords) MoneyShort(c money.Cents) string  { return fmt.Sprint(c) }
func (plainWords) Day(d calendar.Day) string        { return fmt.Sprint(d) }
func (plainWords) DayLong(d calendar.Day) string    { return fmt.Sprint(d) }
func (plainWords) Number(x float64, decimals int) string {
	return strconv.FormatFloat(x, 'f', decimals, 64)
}
func (plainWords) Month(d calendar.Day, short bool) string { return fmt.Sprint(d) }

// TestTheSameNumbersOnTheScreenAndInTheEngine computes the demonstration's
// first portfolio natively and compares what the browser shows: score, rank,
// phase, weight, position, sales, penetration and potential of five clients.
func TestTheSameNumbersOnTheScreenAndInTheEngine(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)

	today := calendar.Day(time.Now().Unix() / 86400) // as the server and, in this test, the tablet
	company := demo.NewCompany(1, today)
	const scope = 1
	snap := query.NewSnapshot(calendar.Day(eval[int](maelle, `(d => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 864e5)(new Date())`)))
	bundles := map[portfolio.ID]query.Bundle{}
	for _, card := range company.Portfolios[0].Cards {
		b := query.Bundle{Root: card.ID, Scope: scope, Rows: card.Rows(scope, journal.Mark{}, company.Users[1].ID)}
		c, ok := query.Derive(b)
		if !ok {
			t.Fatalf("no card of %s", card.Account.Name)
		}
		snap.Update(c)
		bundles[card.ID] = b
	}
	reader := query.Reader{Words: plainWords{}, User: company.Users[1].ID}
	list := snap.ClientList(reader, query.ListAsk{Lang: "fr", Limit: 200})
	list.Rows = append(list.Rows, snap.ClientList(reader, query.ListAsk{Lang: "fr", Offset: 200, Limit: 200}).Rows...)
	if n := len(list.Rows); n != list.Found || n < 200 {
		t.Fatalf("the engine lists %d of %d clients", n, list.Found)
	}
	maelle.follow("/clients")
	if n := maelle.clients(); n != list.Found {
		t.Errorf("the list of the browser has %d clients, the engine's %d", n, list.Found)
	}
	shown := maelle.rows()
	cells := eval[[][]string](maelle, `[...document.querySelectorAll(".cl-row")].map(r => [".c-score", ".c-sales b", ".c-pen"].map(c => r.querySelector(c).innerText`+plainJS+`))`)
	check := func(what, of, got string, want float64) {
		t.Helper()
		n, half, ok := number(got)
		if !ok || math.Abs(n-want) > half*1.0001 {
			t.Errorf("%s of %s is %q on the screen and %v in the engine", what, of, got, want)
		}
	}
	for i, r := range list.Rows[:20] {
		if shown[i].Path != "/clients/"+r.ID.String() {
			t.Fatalf("line %d of the list is %s in the browser and %s in the engine", i+1, shown[i].Name, r.Name)
		}
		check("the score", r.Name, cells[i][0], r.Score)
		check("the sales", r.Name, cells[i][1], float64(r.Sales)/100)
		if r.HasPen {
			check("the penetration", r.Name, strings.TrimSuffix(cells[i][2], "%"), 100*r.Penetration)
		}
	}
	for _, i := range []int{0, 7, 41, 99, 180} {
		r := list.Rows[i]
		sheet, ok := snap.ClientSheet(reader, query.ClientAsk{Lang: "fr", ID: r.ID, Width: 1040}, bundles[r.ID])
		if !ok {
			t.Fatalf("no sheet of %s", r.Name)
		}
		maelle.follow("/clients/" + r.ID.String())
		maelle.wait("the sheet of "+r.Name, fmt.Sprintf(`document.querySelector("#title").innerText === %q`, r.Name))
		check("the score", r.Name, maelle.text(".fc-score .figb"), sheet.Score.Value)
		if got, want := maelle.text(".fc-score"), fmt.Sprintf(" sur %d", sheet.Of); !strings.Contains(got, want) || !strings.Contains(got, fmt.Sprint(sheet.Rank)) {
			t.Errorf("the rank of %s is %q on the screen and %d of %d in the engine", r.Name, got, sheet.Rank, sheet.Of)
		}
		badges := maelle.text(".fc-badges")
		if !strings.Contains(badges, r.Weight) || r.Phase == "" || !strings.Contains(badges, fmt.Sprintf("P%d–R%d", r.P, r.R)) && r.P > 0 {
			t.Errorf("the classes of %s are %q on the screen; weight %s, P%d–R%d in the engine", r.Name, badges, r.Weight, r.P, r.R)
		}
		if r.HasPen {
			check("the penetration", r.Name, strings.TrimSuffix(maelle.text("section[aria-label='Pénétration'] .fc-sum .figb"), "%"), sheet.Pen.Value*100)
			check("the potential", r.Name, maelle.text("section[aria-label='Potentiel'] .fc-sum .figb"), sheet.Potential.Value/100)
		}
	}
	maelle.clean()
}

// number reads a number as the screen writes it in French, with half of its
// last digit: "54,7 k€" is 54700 give or take 50.
func number(s string) (n, half float64, ok bool) {
	s = strings.NewReplacer(" ", "", "€", "", "−", "-", ",", ".").Replace(s)
	unit := 1.0
	for suffix, by := range map[string]float64{"k": 1e3, "M": 1e6} {
		if cut, yes := strings.CutSuffix(s, suffix); yes {
			s, unit = cut, by
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	_, part, _ := strings.Cut(s, ".")
	return n * unit, unit * math.Pow10(-len(part)) / 2, err == nil
}
