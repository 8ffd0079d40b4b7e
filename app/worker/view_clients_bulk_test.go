package main

import (
	"strings"
	"testing"

	"sillon/app/bridge"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// Tags go on the clients of a list, are filtered by, exported, told in the
// journal as one action, and taken back; no figure is computed again for it.
func TestManyAreTaggedAtOnce(t *testing.T) {
	tab, s, ids := clients(t, 9)
	found := must(tab, bridge.OpFound, bridge.FoundAsk{Who: true, List: query.ListAsk{Lang: "fr", Text: "client", Sort: "name", Asc: true},
		Count: []query.ListAsk{{Tag: "Salon"}, {Text: "client 1"}, {Who: "chip:risk:0"}}})
	if len(found.Found.IDs) != 9 || len(found.Found.Sales) != 9 || found.Count[0] != 0 || found.Count[1] == 0 || found.Count[2] != -1 {
		t.Fatalf("%d found, counts %v", len(found.Found.IDs), found.Count)
	}
	must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Sort: "risk", Limit: 40}) // the analysis is there
	s.mu.Lock()
	was := s.computed(t.Context(), s.deepScope(0))
	s.mu.Unlock()
	told := tab.heard(bridge.EventChanged)
	did := must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkTag, IDs: ids[:4], Word: "Salon"})
	tab.settleTo(told + 1)
	s.mu.Lock()
	now := s.computed(t.Context(), s.deepScope(0))
	s.mu.Unlock()
	if did.Done != 4 || was == nil || was != now {
		t.Errorf("%d tagged; the analysis is the same: %t", did.Done, was == now)
	}
	l := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Tag: "salon", Facts: true, Limit: 40})
	if l.Found != 4 || len(l.Rows[0].Tags) != 1 || len(l.Tags) != 1 || l.Tags[0].Count != 4 || len(l.Risk) != 4 {
		t.Errorf("%d found by their tag, %v, %d risks", l.Found, l.Tags, len(l.Risk))
	}
	look := must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkLook, IDs: ids[2:6]})
	if len(look.Tags) != 1 || look.Tags[0].Picked != 2 {
		t.Errorf("of those selected: %v", look.Tags)
	}
	file := must(tab, bridge.OpExport, bridge.Export{What: "clients", Lang: "fr", IDs: ids[:2]})
	if text := string(file.Data); strings.Count(text, "\n") != 3 || strings.Count(text, "Salon") != 2 {
		t.Errorf("the file of two clients:\n%s", text)
	}
	j := must(tab, bridge.OpJournal, bridge.JournalAsk{Lang: "fr"})
	last := j.Waiting[0]
	for _, a := range j.Waiting {
		if a.AtMS >= last.AtMS && a.Key == "tag" {
			last = a
		}
	}
	if last.Key != "tag" || last.Detail != "Salon" || last.Cards != 4 || last.Name != "" {
		t.Errorf("the journal says %+v", last)
	}
	more := must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkTag, IDs: ids[3:6], Word: "SALON"})
	tab.settleTo(told + 2)
	if l := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Limit: 40}); more.Done != 2 || len(l.Tags) != 1 || l.Tags[0] != (query.TagCount{Word: "Salon", Count: 6}) {
		t.Errorf("%d more, tags %v; want the spelling in use", more.Done, l.Tags)
	}
	must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkUndo, Act: more.Act})
	must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkUndo, Act: did.Act})
	tab.settleTo(told + 4)
	if l := must(tab, bridge.OpList, query.ListAsk{Lang: "fr", Tag: "salon"}); l.Found != 0 || len(l.Tags) != 0 {
		t.Errorf("undone: %d found, tags %v", l.Found, l.Tags)
	}
}

// An effort is asked of those of the selected of whom it can be, each of his own
// measure.
func TestAnEffortIsAskedOfMany(t *testing.T) {
	tab, s, ids := clients(t, 9)
	for _, id := range ids { // peers have a relational type
		must(tab, bridge.OpEdit, bridge.Edit{Account: id, Kind: portfolio.KindAccount, Rec: id, Field: 5, Text: "2", Lang: "fr"})
	}
	look := must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkLook, IDs: ids, Ask: true})
	if len(look.Could) == 0 {
		t.Skip("nothing can be asked of these")
	}
	x := look.Could[0]
	did := must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkAsk, IDs: ids, Code: x.Code})
	if did.Done != x.Count || did.Done == 0 {
		t.Errorf("asked of %d; %d could be", did.Done, x.Count)
	}
	for _, y := range must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkLook, IDs: ids, Ask: true}).Could {
		if y.Code == x.Code {
			t.Errorf("%s can be asked again of %d", y.Code, y.Count)
		}
	}
	must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkUndo, Act: did.Act})
	if got := must(tab, bridge.OpBulk, bridge.Bulk{What: bridge.BulkLook, IDs: ids, Ask: true}).Could; len(got) == 0 || got[0] != x {
		t.Errorf("undone, %v can be asked; want %v first", got, x)
	}
	_ = s
}
