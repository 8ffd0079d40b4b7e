package query_test

import (
	"strconv"
	"strings"
	"testing"

	"sillon/engine/query"
)

// The overview of one family: the figures drawn are those of its lists, and the
// board stays that of the whole clients.
func TestTheOverviewOfAFamily(t *testing.T) {
	s := story(300)
	a := s.Analysis(scope)
	whole := s.PortfolioOverview(reader, query.PortfolioAsk{Scope: scope})
	for _, f := range a.Products {
		v := s.FamilyOverview(reader, query.PortfolioAsk{Scope: scope, Family: f.Code}, a)
		if v.Base.Family != f.Code || len(v.Cells) != len(whole.Cells) || v.HotCount != whole.HotCount {
			t.Fatalf("%s: %+v", f.Code, v.Base)
		}
		for name, c := range map[string]query.Chart{"curve": v.Curve, "lorenz": v.Lorenz, "floors": v.Floors, "effort": v.Effort, "potential": v.PFloors} {
			drawn(t, a, f.Code+" "+name, query.TabChart{Chart: c})
		}
		for k, letter := range []string{"D", "C", "M", "V"} {
			who, ok := a.GroupWho("maturity:phase:" + letter + ":" + f.Code)
			if !ok || strconv.Itoa(len(who)) != twin(v.Curve).Rows[k][1] {
				t.Errorf("%s %s: %s drawn, %d in the list", f.Code, letter, twin(v.Curve).Rows[k][1], len(who))
			}
		}
		if strings.Contains(svg(v.Curve), "/clients?phase=") || !strings.Contains(svg(v.Curve), "/clients?qui=maturity:phase:") {
			t.Errorf("%s: the curve opens the lists of the whole clients", f.Code)
		}
		sum := 0
		for k, letter := range []string{"A", "B", "C"} {
			n, _ := strconv.Atoi(twin(v.Lorenz).Rows[k][1])
			who, ok := a.GroupWho("weight:abc:" + strconv.Itoa(sum) + ":" + strconv.Itoa(sum+n) + ":sales:n:" + f.Code)
			if sum += n; !ok || len(who) != n {
				t.Errorf("%s %s: %d drawn, %d in the list", f.Code, letter, n, len(who))
			}
		}
	}
	if v := s.FamilyOverview(reader, query.PortfolioAsk{Scope: scope, Family: "none"}, a); v.Base.Family != "" || svg(v.Curve) != svg(whole.Curve) {
		t.Error("an unknown family changes the overview")
	}
}
