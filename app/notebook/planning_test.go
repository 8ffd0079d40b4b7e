package notebook_test

import (
	"errors"
	"testing"

	"sillon/app/notebook"
	"sillon/engine/portfolio"
)

// last is the last version of the plans, and how many records there are.
func lastPlan(t *testing.T, b bench) (p portfolio.Plan, n int) {
	t.Helper()
	v, err := b.Store.Misc(t.Context(), b.Own, portfolio.KindPlan)
	if err != nil {
		t.Fatal(err)
	}
	for i := range v.Rows {
		var x portfolio.Plan
		if err := v.Rows[i].Fields.Into(&x); err != nil {
			t.Fatal(err)
		}
		if n++; x.Version > p.Version {
			p = x
		}
	}
	return p, n
}

// A draft is changed in place; a version that was proposed is closed, and the
// next change opens another one that begins from it. A manager signs.
func TestAPlanIsDraftedProposedAndSigned(t *testing.T) {
	b := open(t)
	set := func(list ...notebook.Number) {
		t.Helper()
		if err := b.SetPlan(t.Context(), b.Own, b.User, 2027, list); err != nil {
			t.Fatal(err)
		}
	}
	set(notebook.Number{Field: 12, Value: 5}, notebook.Number{Field: 14, Value: 14})
	set(notebook.Number{Field: 12, Value: 7})
	p, n := lastPlan(t, b)
	if n != 1 || p.Version != 1 || p.State != portfolio.PlanDraft || p.Growth != 7 || p.Rate1 == nil || *p.Rate1 != 14 || p.User != b.User {
		t.Fatalf("%d records, %+v", n, p)
	}
	set(notebook.Number{Field: 14, Clear: true})
	if p, _ := lastPlan(t, b); p.Rate1 != nil {
		t.Errorf("the frequency is still %d", *p.Rate1)
	}
	if err := b.ProposePlan(t.Context(), b.Own, 2027, 759, 738, 120); err != nil {
		t.Fatal(err)
	}
	if err := b.ProposePlan(t.Context(), b.Own, 2027, 759, 738, 120); !errors.Is(err, notebook.ErrMissing) {
		t.Errorf("proposed twice: %v", err)
	}
	if err := b.SignPlan(t.Context(), b.Own, 2027, true, ""); err != nil {
		t.Fatal(err)
	}
	p, n = lastPlan(t, b)
	if n != 1 || p.State != portfolio.PlanSigned || p.Hours != 759 || p.Visits != 738 || p.Prospect != 120 || p.Signer != b.User || p.Signed != b.Today() {
		t.Errorf("%d records, %+v", n, p)
	}
	set(notebook.Number{Field: 12, Value: 9})
	if p, n = lastPlan(t, b); n != 2 || p.Version != 2 || p.State != portfolio.PlanDraft || p.Growth != 9 || p.Hours != 759 || p.Signed != 0 || !p.Signer.IsZero() {
		t.Errorf("%d records, %+v", n, p)
	}
	// What signs is not among the fields a rep changes.
	set(notebook.Number{Field: 4, Value: 3}, notebook.Number{Field: 13, Value: 2})
	if p, _ = lastPlan(t, b); p.State != portfolio.PlanDraft || p.By != portfolio.ByNorms {
		t.Errorf("state %d, shared %d", p.State, p.By)
	}
	var in *notebook.InputError
	for _, bad := range []notebook.Number{{Field: 14, Value: 400}, {Field: 12, Value: -1}, {Field: 12, Value: 1.5}, {Field: 5, Value: 9}} {
		if err := b.SetPlan(t.Context(), b.Own, b.User, 2027, []notebook.Number{bad}); !errors.As(err, &in) {
			t.Errorf("field %d takes %v: %v", bad.Field, bad.Value, err)
		}
	}
	if err := b.SetPlan(t.Context(), 0, b.User, 2027, nil); !errors.Is(err, notebook.ErrScope) {
		t.Errorf("without a portfolio: %v", err)
	}
}

// The budget of a year begins from the one before, with the weekends and the
// holidays of its own calendar: 2027 has 104 days of weekend, and 7 of the 11
// French holidays on working days (1 January, Easter Monday, Ascension, Whit
// Monday, 14 July, 1 and 11 November).
func TestATimeBudgetBeginsFromTheYearBefore(t *testing.T) {
	b := open(t)
	set := func(year int, list ...notebook.Number) {
		t.Helper()
		if err := b.SetTime(t.Context(), b.Own, b.User, year, list); err != nil {
			t.Fatal(err)
		}
	}
	set(2026, notebook.Number{Field: 5, Value: 25}, notebook.Number{Field: 10, Value: 4.5}, notebook.Number{Field: 11, Value: 480})
	set(2027)
	set(2027, notebook.Number{Field: 5, Value: 30})
	v, err := b.Store.Misc(t.Context(), b.Own, portfolio.KindTime)
	if err != nil || len(v.Rows) != 2 {
		t.Fatalf("%d budgets, %v", len(v.Rows), err)
	}
	for i := range v.Rows {
		var y portfolio.Time
		if err := v.Rows[i].Fields.Into(&y); err != nil {
			t.Fatal(err)
		}
		want := portfolio.Time{User: b.User, Year: 2026, Weekend: 104, Holidays: 9, Leave: 25, FieldDays: 4.5, Minutes: 480}
		if y.Year == 2027 {
			want.Year, want.Holidays, want.Leave = 2027, 7, 30
		}
		if y != want {
			t.Errorf("%+v, want %+v", y, want)
		}
	}
}

// A line of the action plan is written, changed, taken back; fixed visits too.
func TestALineOfTheActionPlanAndFixedVisitsAreTakenBack(t *testing.T) {
	b := open(t)
	client := b.client()
	id, err := b.PlanAction(t.Context(), portfolio.ID{}, portfolio.Action{Account: client, Year: 2027, Purpose: 6, Text: "essai", Visits: 4, Chance: .5, Due: b.Today() + 30, Indicator: "ventes"})
	if err != nil {
		t.Fatal(err)
	}
	line := rows[portfolio.Action](b, client, portfolio.KindAction)[id]
	line.Chance, line.Text = .6, ""
	act, err := b.PlanAction(t.Context(), id, line)
	if err != nil {
		t.Fatal(err)
	}
	if x := rows[portfolio.Action](b, client, portfolio.KindAction)[id]; x.Chance != .6 || x.Text != "" || x.Visits != 4 || x.User != b.User {
		t.Errorf("changed: %+v", x)
	}
	if _, err := b.Undo(t.Context(), act, client); err != nil {
		t.Fatal(err)
	}
	if x := rows[portfolio.Action](b, client, portfolio.KindAction)[id]; x.Chance != .5 || x.Text != "essai" {
		t.Errorf("taken back: %+v", x)
	}
	var in *notebook.InputError
	for _, bad := range []portfolio.Action{{Account: client, Chance: 2}, {Account: client, Visits: -1}, {Account: client, Spend: -1}} {
		if _, err := b.PlanAction(t.Context(), portfolio.ID{}, bad); !errors.As(err, &in) {
			t.Errorf("%+v is taken: %v", bad, err)
		}
	}
	fixed := func() (n int, visits float64) {
		for _, o := range rows[portfolio.Override](b, client, portfolio.KindOverride) {
			if o.What == "visits.fixed" && o.Until >= b.Today() {
				n, visits = n+1, o.Value
			}
		}
		return n, visits
	}
	for _, n := range []int{12, 15} {
		if _, err := b.FixVisits(t.Context(), client, "visits.fixed", n, b.Today()+90); err != nil {
			t.Fatal(err)
		}
	}
	if n, v := fixed(); n != 1 || v != 15 {
		t.Errorf("%d decisions, %v visits", n, v)
	}
	free, err := b.FixVisits(t.Context(), client, "visits.fixed", -1, 0)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := fixed(); n != 0 {
		t.Errorf("%d decisions left", n)
	}
	if _, err := b.Undo(t.Context(), free, client); err != nil {
		t.Fatal(err)
	}
	if n, v := fixed(); n != 1 || v != 15 {
		t.Errorf("taken back: %d decisions, %v visits", n, v)
	}
}
