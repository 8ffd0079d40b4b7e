package main

import (
	"testing"
	"time"

	"sillon/app/bridge"
	"sillon/engine/query"
)

// The list opens without the analysis; what it adds comes once it is there.
func TestTheListDoesNotWaitForTheAnalysis(t *testing.T) {
	tab, s, ids := clients(t, 9)
	var later []func()
	tab.w.After = func(d time.Duration, f func()) {
		if d == afterList {
			later = append(later, f)
		}
	}
	q := query.ListAsk{Lang: "fr", Limit: 40, Facts: true}
	l := must(tab, bridge.OpList, q)
	if _, ok := l.Counts["leaving"]; ok || len(l.Risk) > 0 || l.Found != len(ids) {
		t.Errorf("%d found, counts %v before the facts are there", l.Found, l.Counts)
	}
	s.mu.Lock()
	lacking := len(s.snap.Lacking(s.deepScope(0)))
	s.mu.Unlock()
	if lacking != len(ids) || len(later) != 1 {
		t.Fatalf("%d lack their facts, %d put off; want all, and one", lacking, len(later))
	}
	later[0]()
	tab.until(bridge.EventDeep, 1)
	l = must(tab, bridge.OpList, q)
	if _, ok := l.Counts["leaving"]; !ok || len(l.Risk) != len(ids) || len(later) != 1 {
		t.Errorf("%d risks, counts %v, put off %d times", len(l.Risk), l.Counts, len(later))
	}
}

// A group is loaded for; one that is none, or of no client, lists nobody.
func TestAGroupIsListedFromTheDevice(t *testing.T) {
	tab, _, ids := clients(t, 9)
	if l := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Who: "contacts:kind:1"}); l.Found != len(ids) {
		t.Errorf("%d had a visit; want nine", l.Found)
	}
	if l := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Who: "contacts:kind:1\nchip:risk:9"}); l.Found != 0 || l.Narrow != "chip:risk:9" {
		t.Errorf("%d found, %q leaves out most", l.Found, l.Narrow)
	}
	none, _, _ := clients(t, 0)
	if l := must(none, bridge.OpList, query.ListAsk{Lang: "fr", Who: "contacts:kind:1"}); l.Found != 0 || !l.Head.Empty {
		t.Errorf("nobody: %+v", l)
	}
}
