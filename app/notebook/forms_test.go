package notebook_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"sillon/app/notebook"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

func (b bench) fill(f notebook.Form) portfolio.ID {
	b.t.Helper()
	id, err := b.SaveForm(b.t.Context(), f)
	if err != nil {
		b.t.Fatalf("form %+v: %v", f, err)
	}
	return id
}

// texts are pairs of a field and what was typed in it.
func texts(pairs ...any) (out []notebook.Text) {
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, notebook.Text{Field: uint16(pairs[i].(int)), Text: pairs[i+1].(string)})
	}
	return out
}

// filled is a record as the form shows it again.
func (b bench) filled(root, rec portfolio.ID) map[uint16]string {
	b.t.Helper()
	v, err := b.db.Card(b.t.Context(), root)
	if err != nil {
		b.t.Fatal(err)
	}
	row, ok := v.Row(rec)
	if !ok {
		b.t.Fatalf("no record %s", rec)
	}
	out := map[uint16]string{}
	for _, t := range notebook.Filled(&row, ",") {
		out[t.Field] = t.Text
	}
	return out
}

var thatDay = calendar.Of(2026, 11, 19)

func TestEveryFormNotesItsFactWithWhatGoesWithoutSaying(t *testing.T) {
	b := open(t)
	client := b.client()
	form := func(k portfolio.Kind, pairs ...any) portfolio.ID {
		return b.fill(notebook.Form{Account: client, Kind: k, Texts: texts(pairs...)})
	}
	person := form(portfolio.KindPerson, 2, "Soazig Morvan", 3, "Cheffe de cuisine", 4, "user,decider", 5, "4", 6, "-1", 7, "06 12 34 56 78", 8, "soazig@ecluse.example", 12, "2", 14, "3")
	if p := rows[portfolio.Person](b, client, portfolio.KindPerson)[person]; p.Account != client || p.Name != "Soazig Morvan" || len(p.Roles) != 2 || p.Roles[1] != "decider" ||
		p.Influence != 4 || p.Attitude != -1 || p.Phone != "+33612345678" || p.Purpose != portfolio.ForOffers || p.Consent != thatDay || p.Channel != portfolio.Call {
		t.Errorf("person %+v; want what was typed, and a consent of today since a purpose was given", p)
	}
	rival := form(portfolio.KindCompetitor, 2, " Maison Rivale ", 4, "2", 7, "12 400,50", 3, "LAV")
	if c := rows[portfolio.Competitor](b, client, portfolio.KindCompetitor)[rival]; c.Name != "Maison Rivale" || c.Strength != 2 || c.Share != 12_400_50 || c.Family != "LAV" || c.Raised != 0 {
		t.Errorf("competitor %+v; a strength noted for the first time is no rise", c)
	}
	project := form(portfolio.KindProject, 2, "Lave-vaisselle à capot", 3, "9600", 5, "3", 10, "2027-03-31", 4, "LAV,SAV", 9, "35")
	if x := rows[portfolio.Project](b, client, portfolio.KindProject)[project]; x.Phase != 3 || x.Since != thatDay || x.Opened != thatDay || x.State != portfolio.Running || x.Amount != 9_600_00 ||
		len(x.Families) != 2 || x.Chance == nil || *x.Chance != .35 || x.Close != calendar.Of(2027, 3, 31) {
		t.Errorf("project %+v", x)
	}
	need := form(portfolio.KindProject, 2, "Doseurs", 4, "LAV")
	if x := rows[portfolio.Project](b, client, portfolio.KindProject)[need]; x.Phase != 0 || x.Since != thatDay || x.State != portfolio.Running {
		t.Errorf("need %+v; want a project whose need is not recognised yet", x)
	}
	service := form(portfolio.KindService, 2, "6", 7, "Ton monté avec le gérant")
	if x := rows[portfolio.Service](b, client, portfolio.KindService)[service]; x.Opened != thatDay || x.Severity != 1 || x.Involved != b.User || x.Closed != 0 {
		t.Errorf("service event %+v; want it open, light, about the rep himself", x)
	}
	contract := form(portfolio.KindContract, 3, "2027-06-30", 4, "1", 5, "18 000")
	if x := rows[portfolio.Contract](b, client, portfolio.KindContract)[contract]; x.End != calendar.Of(2027, 6, 30) || !x.Renews || x.Expected != 18_000_00 {
		t.Errorf("contract %+v", x)
	}
	promise := form(portfolio.KindCommitment, 3, "2", 4, "Relevé des consommations", 8, "2026-12-03")
	if x := rows[portfolio.Commitment](b, client, portfolio.KindCommitment)[promise]; x.Side != portfolio.Them || x.State != portfolio.Promised || x.Made != thatDay || x.Due != calendar.Of(2026, 12, 3) {
		t.Errorf("commitment %+v", x)
	}
	tool := form(portfolio.KindTool, 2, "Centrale de dilution", 3, "2500", 4, "500", 5, "2026-11-12", 6, "1,5")
	if x := rows[portfolio.Tool](b, client, portfolio.KindTool)[tool]; x.Ours != 2_500_00 || x.Theirs != 500_00 || x.Used != calendar.Of(2026, 11, 12) || x.Replace != 1.5 {
		t.Errorf("tool %+v", x)
	}
	bracket := form(portfolio.KindEstimate, 4, "10000", 5, "20000")
	if x := rows[portfolio.Estimate](b, client, portfolio.KindEstimate)[bracket]; x.Amount != 15_000_00 || x.Min != 10_000_00 || x.Max != 20_000_00 || x.Method != portfolio.Declared || x.Day != thatDay || x.Author != b.User {
		t.Errorf("potential %+v; want the middle of the bracket, declared, today", x)
	}
	likely := form(portfolio.KindEstimate, 4, "10000", 3, "12000", 5, "20000", 6, "5", 2, "LAV")
	if x := rows[portfolio.Estimate](b, client, portfolio.KindEstimate)[likely]; x.Amount != 12_000_00 || x.Family != "LAV" || x.Method != portfolio.Judgment {
		t.Errorf("potential %+v; want the likely amount", x)
	}
	// read again, the forms show what was typed
	for rec, want := range map[portfolio.ID]map[uint16]string{
		person:  {2: "Soazig Morvan", 3: "Cheffe de cuisine", 4: "user,decider", 5: "4", 6: "-1", 7: "+33612345678", 8: "soazig@ecluse.example", 11: "2026-11-19", 12: "2", 14: "3"},
		rival:   {2: "Maison Rivale", 4: "2", 7: "12400,50", 3: "LAV"},
		project: {2: "Lave-vaisselle à capot", 3: "9600", 5: "3", 10: "2027-03-31", 4: "LAV,SAV", 9: "35", 11: "1"},
		tool:    {2: "Centrale de dilution", 3: "2500", 4: "500", 5: "2026-11-12", 6: "1,5"},
		bracket: {4: "10000", 5: "20000", 6: "1"},
		likely:  {4: "10000", 3: "12000", 5: "20000", 6: "5", 2: "LAV"},
	} {
		got := b.filled(client, rec)
		if len(got) != len(want) {
			t.Errorf("shown again %v; want %v", got, want)
		}
		for n, text := range want {
			if got[n] != text {
				t.Errorf("field %d shown again as %q; want %q", n, got[n], text)
			}
		}
	}
	if st, _ := b.db.Status(t.Context()); st.Groups != 11 {
		t.Errorf("%d actions wait; want the client and ten facts", st.Groups)
	}
}

func TestAChangeTouchesItsFieldsAndWhatFollowsFromThem(t *testing.T) {
	b := open(t)
	client := b.client()
	edit := func(k portfolio.Kind, rec portfolio.ID, pairs ...any) portfolio.ID {
		return b.fill(notebook.Form{Account: client, Rec: rec, Kind: k, Texts: texts(pairs...), Day: thatDay - 9})
	}
	rival := edit(portfolio.KindCompetitor, portfolio.ID{}, 2, "Maison Rivale", 4, "1")
	if act := edit(portfolio.KindCompetitor, rival, 4, "1", 2, "Maison Rivale"); act != rival {
		t.Error("nothing changed, and something was written")
	}
	edit(portfolio.KindCompetitor, rival, 4, "3")
	if c := rows[portfolio.Competitor](b, client, portfolio.KindCompetitor)[rival]; c.Strength != 3 || c.Raised != thatDay-9 || c.Name != "Maison Rivale" {
		t.Errorf("competitor %+v; want its strength raised that day (S8)", c)
	}
	edit(portfolio.KindCompetitor, rival, 4, "0", 2, "Rivale SA")
	if c := rows[portfolio.Competitor](b, client, portfolio.KindCompetitor)[rival]; c.Strength != 0 || c.Raised != thatDay-9 || c.Name != "Rivale SA" {
		t.Errorf("competitor %+v; a strength that falls raises nothing", c)
	}
	project := edit(portfolio.KindProject, portfolio.ID{}, 2, "Capot", 5, "2")
	edit(portfolio.KindProject, project, 11, "2")
	if x := rows[portfolio.Project](b, client, portfolio.KindProject)[project]; x.Ended != thatDay-9 || x.State != portfolio.Won || x.Phase != 2 {
		t.Errorf("project %+v; want it won that day", x)
	}
	edit(portfolio.KindProject, project, 11, "1", 5, "4")
	if x := rows[portfolio.Project](b, client, portfolio.KindProject)[project]; x.Ended != 0 || x.Since != thatDay-9 || x.Phase != 4 {
		t.Errorf("project %+v; want it running again, in its phase since that day", x)
	}
	promise := edit(portfolio.KindCommitment, portfolio.ID{}, 3, "1", 4, "Audit")
	edit(portfolio.KindCommitment, promise, 11, "2")
	if x := rows[portfolio.Commitment](b, client, portfolio.KindCommitment)[promise]; x.Done != thatDay-9 || x.State != portfolio.KeptIt {
		t.Errorf("commitment %+v; want it kept that day", x)
	}
	service := edit(portfolio.KindService, portfolio.ID{}, 2, "1", 5, "2026-11-02")
	edit(portfolio.KindService, service, 6, "2026-11-12")
	if x := rows[portfolio.Service](b, client, portfolio.KindService)[service]; x.Closed != calendar.Of(2026, 11, 12) || x.Kind != portfolio.Complaint {
		t.Errorf("service event %+v; want it settled on 12 November", x)
	}
}

func TestWhatAFormCannotTakeIsSaidOnItsField(t *testing.T) {
	b := open(t)
	client := b.client()
	for _, c := range []struct {
		kind  portfolio.Kind
		texts []notebook.Text
		field int
		why   string
	}{
		{portfolio.KindPerson, texts(3, "Gérant"), 2, "empty"},
		{portfolio.KindPerson, texts(2, "A", 8, "soazig"), 8, "not-an-email"},
		{portfolio.KindPerson, texts(2, "A", 4, "boss"), 4, "unknown"},
		{portfolio.KindPerson, texts(2, "A", 5, "6"), 5, "unknown"},
		{portfolio.KindPerson, texts(2, "A", 11, "2026-11-20"), 11, "future"},
		{portfolio.KindPerson, texts(2, "A", 9, "2026-05-01", 10, "2026-04-01"), 10, "before-start"},
		{portfolio.KindCompetitor, texts(2, "R", 7, "beaucoup"), 7, "not-a-number"},
		{portfolio.KindCompetitor, texts(2, "R", 7, "-5"), 7, "negative"},
		{portfolio.KindEstimate, texts(6, "1"), 4, "empty"},
		{portfolio.KindEstimate, texts(4, "20", 5, "10"), 5, "reversed"},
		{portfolio.KindEstimate, texts(4, "10", 3, "25", 5, "20"), 3, "outside"},
		{portfolio.KindContract, texts(5, "100"), 3, "empty"},
		{portfolio.KindContract, texts(2, "2027-01-01", 3, "2026-01-01"), 3, "before-start"},
		{portfolio.KindContract, texts(3, "31/02/2027"), 3, "not-a-date"},
		{portfolio.KindService, texts(3, "2"), 2, "empty"},
		{portfolio.KindService, texts(2, "1", 5, "2026-11-10", 6, "2026-11-01"), 6, "before-open"},
		{portfolio.KindService, texts(2, "1", 6, "2026-12-01"), 6, "future"},
		{portfolio.KindProject, texts(3, "100"), 2, "empty"},
		{portfolio.KindProject, texts(2, "P", 9, "120"), 9, "out-of-bounds"},
		{portfolio.KindCommitment, texts(3, "1"), 4, "empty"},
		{portfolio.KindTool, texts(2, "T", 5, "2027-01-01"), 5, "future"},
		{portfolio.KindTool, texts(2, "T", 99, "1"), 99, "unknown"},
	} {
		_, err := b.SaveForm(t.Context(), notebook.Form{Account: client, Kind: c.kind, Texts: c.texts})
		var in *notebook.InputError
		want := "form." + strconv.Itoa(int(c.kind)) + "." + strconv.Itoa(c.field)
		if !errors.As(err, &in) || in.Field != want || in.Why != c.why {
			t.Errorf("kind %d %v: %v; want %s: %s", c.kind, c.texts, err, want, c.why)
		}
	}
	if _, err := b.SaveForm(t.Context(), notebook.Form{Account: client, Kind: portfolio.KindSale, Texts: texts(4, "100")}); err == nil {
		t.Error("a sale line has no form, and one was taken")
	}
	if st, _ := b.db.Status(t.Context()); st.Groups != 1 {
		t.Errorf("%d actions wait; what was refused wrote something", st.Groups)
	}
}

func TestEveryFormIsUndoneWhetherItMadeChangedOrDeleted(t *testing.T) {
	b := open(t)
	client := b.client()
	undo := func(id portfolio.ID) {
		t.Helper()
		if _, err := b.Undo(t.Context(), id, client); err != nil {
			t.Fatal(err)
		}
	}
	rival := func(rec portfolio.ID) (portfolio.Competitor, bool) {
		v, _ := b.db.Card(t.Context(), client)
		row, _ := v.Row(rec)
		return rows[portfolio.Competitor](b, client, portfolio.KindCompetitor)[rec], row.Fields.Removed()
	}
	made := b.fill(notebook.Form{Account: client, Kind: portfolio.KindCompetitor, Texts: texts(2, "Rivale", 4, "1", 7, "100")})
	act := b.fill(notebook.Form{Account: client, Rec: made, Kind: portfolio.KindCompetitor, Texts: texts(4, "3", 7, "")})
	if c, _ := rival(made); c.Strength != 3 || c.Share != 0 {
		t.Fatalf("changed %+v", c)
	}
	undo(act)
	if c, _ := rival(made); c.Strength != 1 || c.Share != 100_00 || c.Raised != 0 {
		t.Errorf("undone %+v; want what stood before", c)
	}
	gone, err := b.RemoveForm(t.Context(), client, made)
	if err != nil {
		t.Fatal(err)
	}
	if _, removed := rival(made); !removed {
		t.Error("deleted, and still there")
	}
	if _, err := b.RemoveForm(t.Context(), client, made); !errors.Is(err, notebook.ErrMissing) {
		t.Errorf("deleted twice: %v", err)
	}
	if _, err := b.SaveForm(t.Context(), notebook.Form{Account: client, Rec: made, Kind: portfolio.KindCompetitor, Texts: texts(4, "2")}); !errors.Is(err, notebook.ErrMissing) {
		t.Errorf("a deleted record was edited: %v", err)
	}
	undo(gone)
	if c, removed := rival(made); removed || c.Name != "Rivale" {
		t.Errorf("the deletion undone: %+v, removed %v", c, removed)
	}
	undo(made)
	if _, removed := rival(made); !removed {
		t.Error("a competitor whose making is undone is still there")
	}

	stands := func() []portfolio.Estimate { _, list := appraised(b, client); return list }
	est := b.fill(notebook.Form{Account: client, Kind: portfolio.KindEstimate, Texts: texts(3, "12000")})
	better := b.fill(notebook.Form{Account: client, Rec: est, Kind: portfolio.KindEstimate, Texts: texts(3, "20000")})
	if s := stands(); len(s) != 1 || s[0].Amount != 20_000_00 || s[0].Amends != est {
		t.Fatalf("corrected: %+v; want the new amount in place of the old", s)
	}
	undo(better)
	if s := stands(); len(s) != 1 || s[0].Amount != 12_000_00 {
		t.Fatalf("the correction undone: %+v; want 12 000 again", s)
	}
	ids, _ := appraised(b, client)
	gone, err = b.RemoveForm(t.Context(), client, ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if s := stands(); len(s) != 0 {
		t.Fatalf("deleted: %+v", s)
	}
	undo(gone)
	if s := stands(); len(s) != 1 || s[0].Amount != 12_000_00 {
		t.Errorf("the deletion undone: %+v; want 12 000 again", s)
	}
}

// appraised are the estimates that nothing has taken the place of.
func appraised(b bench, client portfolio.ID) (ids []portfolio.ID, out []portfolio.Estimate) {
	all := rows[portfolio.Estimate](b, client, portfolio.KindEstimate)
	amended := map[portfolio.ID]bool{}
	for _, e := range all {
		amended[e.Amends] = true
	}
	for id, e := range all {
		if !amended[id] && !e.Void {
			ids, out = append(ids, id), append(out, e)
		}
	}
	return ids, out
}

// Whatever a form takes, the server takes: the tablet does not carry its checks.
func TestWhatAFormTakesIsWithinTheBoundsOfTheServer(t *testing.T) {
	b := open(t)
	long := strings.Repeat("é", 5000)
	tries := []string{"", "0", "1", "2", "3", "5", "7", "9", "-2", "-1", "1e9", "12 400,50", "1000000000000", "1000000000001", "10000", "10000,01", "100", "100,01", "99999999999999999999",
		"2026-11-19", "1899-12-31", "2199-12-31", "2200-01-01", "0001-01-01", "9999-12-31", "decider,user", "boss", "a,b,c", strings.Repeat("a,", 150) + "a", long, long[:240], long[:1000], "a\x00b", "a\x7f", "ligne\nligne", "\xff", "06 12", "x@y", "é@é", "LAV"}
	taken := 0
	for _, k := range portfolio.Kinds() {
		for _, f := range portfolio.FormFields(k) {
			client := b.client()
			for _, text := range tries {
				form := notebook.Form{Account: client, Kind: k, Texts: whole(k)}
				if k == portfolio.KindContact {
					form.Rec, form.Texts = b.visit(client), nil
				}
				form.Texts = append(form.Texts, notebook.Text{Field: f.Field, Text: text})
				id, err := b.SaveForm(t.Context(), form)
				if err != nil {
					continue
				}
				taken++
				v, _ := b.db.Card(t.Context(), client)
				if k == portfolio.KindAccount { // its act has a name of its own
					id = client
				}
				row, ok := v.Row(id)
				if !ok {
					t.Fatalf("kind %d field %d %.20q: not there", k, f.Field, text)
				}
				if err := portfolio.Validate(k, row.Fields); err != nil {
					t.Errorf("kind %d field %d takes %.20q, the server does not: %v", k, f.Field, text, err)
				}
			}
		}
	}
	if taken < 500 {
		t.Errorf("%d values taken: the test tries nothing", taken)
	}
}

// whole is what a record of a kind cannot do without.
func whole(k portfolio.Kind) []notebook.Text {
	switch k {
	case portfolio.KindService:
		return texts(2, "1")
	case portfolio.KindContract:
		return texts(3, "2199-01-01")
	case portfolio.KindEstimate:
		return texts(3, "1000")
	case portfolio.KindCommitment:
		return texts(3, "1", 4, "Audit")
	case portfolio.KindAccount:
		return nil
	case portfolio.KindPayment:
		return texts(2, "2026-10-31", 4, "100")
	case portfolio.KindSignal:
		return texts(2, "8")
	case portfolio.KindFormer:
		return texts(2, "2026-10-31")
	case portfolio.KindReading:
		return texts(2, "2")
	}
	return texts(2, "Nom")
}
