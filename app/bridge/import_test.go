package bridge

import (
	"testing"

	"sillon/engine/intake"
)

func TestTheMenuOfTargetsIsThatOfTheEngine(t *testing.T) {
	fields := intake.Fields()
	if len(fields) != len(ImportFields) {
		t.Errorf("%d targets in the menu, %d in the engine", len(ImportFields), len(fields))
	}
	for i, f := range fields {
		want := ImportField{Key: f.Key(), Group: int(f.Group()), Numeric: f.Numeric() && f != intake.Lat && f != intake.Lon, Dated: f.Dated(), Period: f.Period(), Many: f.Many()}
		if i < len(ImportFields) && ImportFields[i] != want {
			t.Errorf("target %d is %+v, want %+v", i, ImportFields[i], want)
		}
	}
	if ImportMaxBytes != intake.MaxBytes {
		t.Errorf("the page takes %d bytes, the engine %d", ImportMaxBytes, intake.MaxBytes)
	}
}

func TestOnlyIssuesThatHoldALineWaitForAnAnswer(t *testing.T) {
	for _, c := range []struct {
		issue ImportIssue
		want  bool
	}{
		{ImportIssue{Code: "date", Action: "correct", Grave: true}, true},
		{ImportIssue{Code: "thousands", Action: "accept"}, true},
		{ImportIssue{Code: "detailed", Action: "leave"}, true},
		{ImportIssue{Code: "detailed", Action: "add"}, false},
		{ImportIssue{Code: "lookalike", Action: "merge"}, false},
		{ImportIssue{Code: "postcode-zero"}, false},
	} {
		if got := c.issue.Holds(); got != c.want {
			t.Errorf("%+v holds its line: %v, want %v", c.issue, got, c.want)
		}
	}
}
