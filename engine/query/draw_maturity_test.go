package query_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"sillon/engine/query"
)

// ground is what the worker says of a tab.
func tabBase(s *query.Snapshot, a *query.Analysis, ask query.TabAsk) query.TabBase {
	ask.Scope = scope
	return s.TabBase(reader, a, ask)
}

// drawn checks what every chart of a tab owes: well-formed SVG, a finding, a
// table with as many cells as columns, marks whose lists exist.
func drawn(t *testing.T, a *query.Analysis, name string, c query.TabChart) {
	t.Helper()
	if c.Chart.Finding == "" {
		t.Errorf("%s has no finding", name)
	}
	dec := xml.NewDecoder(strings.NewReader(svg(c.Chart)))
	var marks []string
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if e, ok := tok.(xml.StartElement); ok {
			for _, at := range e.Attr {
				if at.Name.Local == "data-go" {
					marks = append(marks, at.Value)
				}
				if strings.Contains(at.Value, "NaN") {
					t.Errorf("%s draws NaN", name)
				}
			}
		}
	}
	for _, l := range c.Links {
		marks = append(marks, l.To)
	}
	for _, m := range marks {
		lists(t, a, name, m)
	}
	if c.Chart.Mark.Has() {
		if len(twin(c.Chart).Rows) == 0 {
			t.Errorf("%s has no table", name)
		}
		for _, r := range twin(c.Chart).Rows {
			if len(r) != len(twin(c.Chart).Head) {
				t.Errorf("%s: row %q under %q", name, r, twin(c.Chart).Head)
			}
		}
	}
}

// lists checks that an address of a list names clients; it returns them.
func lists(t *testing.T, a *query.Analysis, name, address string) query.Who {
	t.Helper()
	key, ok := strings.CutPrefix(address, "/clients?qui=")
	if !ok {
		if !strings.HasPrefix(address, "/clients") && !strings.HasPrefix(address, "/portefeuille/") {
			t.Errorf("%s leads to %q", name, address)
		}
		return nil
	}
	key, _, _ = strings.Cut(key, "&portefeuille=")
	who, ok := a.GroupWho(key)
	if !ok || len(who) == 0 {
		t.Errorf("%s: the list %q is of nobody", name, key)
	}
	return who
}

// Method, Appendix A: the bell 2/4/4/2 with ageing index 2.50; C7: 2 / 3.82 /
// 4.72 / 2.06 and 1.40 lost with two newcomers, which are those of the year.
func TestTheMaturityTabIsDrawn(t *testing.T) {
	s, _ := goldenBook()
	a := s.Analysis(scope)
	tab := a.MaturityTab(reader, query.MaturityTabAsk{}, tabBase(s, a, query.TabAsk{}))
	want := [][]string{
		{"mat.by.clients", "17", "33", "33", "17", "mat.shape.bell"}, // 2/12, 4/12
	}
	for k, row := range want {
		if got := strings.Join(twin(tab.Readings.Chart).Rows[k], " "); got != strings.Join(row, " ") {
			t.Errorf("reading %s; want %s", got, strings.Join(row, " "))
		}
	}
	// effort: .044 .330 .483 .143 of the contacts (C3)
	if got := strings.Join(twin(tab.Readings.Chart).Rows[2][:5], " "); got != "mat.by.effort 4 33 48 14" {
		t.Errorf("effort reads %s", got)
	}
	if !strings.HasPrefix(tab.Readings.Chart.Finding, "mat.read.effort 48% 33%") {
		t.Errorf("finding %q", tab.Readings.Chart.Finding)
	}
	// forecast: 4 C today, 3.82 then; lost 1.40 against 2 newcomers: one more
	ahead := twin(tab.Ahead.Chart).Rows
	if ahead[1][2] != "4" || ahead[2][2] != "5" || ahead[3][2] != "2" || tab.Ahead.Chart.Finding != "mat.ahead.more 1" {
		t.Errorf("forecast %q, %q; want 3.82, 4.72, 2.06 and one client more", ahead, tab.Ahead.Chart.Finding)
	}
	for name, c := range map[string]query.TabChart{"readings": tab.Readings, "ahead": tab.Ahead, "starters": tab.Starters, "families": tab.Families, "effort": tab.Effort} {
		drawn(t, a, name, c)
	}
}

// The figures on the tab are those of the lists behind its marks.
func TestTheMarksOfTheMaturityTabOpenTheirClients(t *testing.T) {
	s := story(400)
	a := s.Analysis(scope)
	for _, ask := range []query.TabAsk{{}, {Family: a.Products[1].Code}, {Width: 390}, {Width: 772}} {
		tab := a.MaturityTab(reader, query.MaturityTabAsk{Tab: ask}, tabBase(s, a, ask))
		for name, c := range map[string]query.TabChart{"readings": tab.Readings, "ahead": tab.Ahead, "starters": tab.Starters, "families": tab.Families, "effort": tab.Effort} {
			drawn(t, a, name, c)
		}
		drawn(t, a, "story", a.StoryTab(reader, ask))
		e := tab.Erosion
		if len(e.Rows) == 0 || len(e.Heads) == 0 || len(e.Links) == 0 {
			t.Fatalf("erosion %+v", e)
		}
		for _, r := range e.Rows {
			if len(r.Cells) != len(e.Heads) {
				t.Errorf("%s has %d cells under %d families", r.Name, len(r.Cells), len(e.Heads))
			}
		}
		if who := lists(t, a, "erosion", e.Links[0].To); len(who) != len(a.MaturityView(query.MaturityAsk{}).Eroding) {
			t.Errorf("%d clients erode, the list has %d", len(a.MaturityView(query.MaturityAsk{}).Eroding), len(who))
		}
	}
	for _, key := range []string{"", "maturity", "maturity:", "maturity:phase", "maturity:phase:Z", "maturity:phase:DC:", "maturity:phase:C:none", "other:phase:C"} {
		if who, ok := a.GroupWho(key); ok {
			t.Errorf("%q is %v", key, who)
		}
	}
}
