package main

import (
	"testing"

	"sillon/app/bridge"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A proposal is accepted, then refused, with the server away, and the refusal is
// undone: one decision is in force at a time. The tabs are answered.
func TestADecisionOnContactsIsKeptOfflineAndUndone(t *testing.T) {
	const n = 12
	tab, s, ids := clients(t, n)
	at := query.TabAsk{Lang: "fr", Width: 1040}
	if v := must(tab, bridge.OpContacts, query.ContactsTabAsk{Tab: at}); v.Base.Scope != 7 || v.Base.Head.Clients != n || v.Price.Chart.Finding == "" {
		t.Errorf("contacts: scope %d, %d clients", v.Base.Scope, v.Base.Head.Clients)
	}
	if v := must(tab, bridge.OpPotential, query.PotentialTabAsk{Tab: at}); v.Base.Scope != 7 || !v.None || v.Board.Chart.Finding == "" {
		t.Errorf("potential: scope %d, none known %t", v.Base.Scope, v.None)
	}
	inForce := func(s *session) (o portfolio.Override, k int) {
		t.Helper()
		err := s.analysed(t.Context(), 0, nil, func(a *query.Analysis) error {
			for _, x := range a.Deep(a.Index(ids[0])).Overrides {
				if x.What != "" && x.Until >= s.today() {
					o, k = x, k+1
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return o, k
	}
	must(tab, bridge.OpDecideContacts, bridge.DecideContacts{Account: ids[0], Choice: query.Accepted, Visits: 15})
	tab.settle(2*n + 1)
	if o, k := inForce(s); k != 1 || o.What != query.WhatAccepted || o.Value != 15 {
		t.Errorf("accepted: %d in force, %+v", k, o)
	}
	second := must(tab, bridge.OpDecideContacts, bridge.DecideContacts{Account: ids[0], Choice: query.Refused, Visits: 4})
	tab.settle(2*n + 2)
	if o, k := inForce(s); k != 1 || o.What != query.WhatRefused || o.Value != 4 {
		t.Errorf("refused: %d in force, %+v", k, o)
	}
	must(tab, bridge.OpUndo, bridge.Undo{Account: ids[0], ID: second.ID})
	tab.settle(2*n + 3)
	if o, k := inForce(s); k != 1 || o.What != query.WhatAccepted || o.Value != 15 {
		t.Errorf("undone: %d in force, %+v", k, o)
	}
	if _, err := ask(tab, bridge.OpDecideContacts, bridge.DecideContacts{Account: ids[0], Choice: query.Accepted, Visits: -3}); !isFault(err, bridge.FaultInput) {
		t.Errorf("minus three visits: %v", err)
	}
}
