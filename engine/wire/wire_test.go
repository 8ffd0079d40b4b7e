package wire_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

var update = flag.Bool("update", false, "write the golden files again")

func id(n byte) portfolio.ID { return portfolio.ID{15: n} }

// messages are one of each, every field in use.
func messages(t testing.TB) map[string]any {
	t.Helper()
	op := journal.Op{
		N: 3, ID: id(1), Kind: journal.Patch, Entity: portfolio.KindAccount, Schema: 1, Rec: id(2), Root: id(2), Scope: 5, HLC: journal.At(1_800_000_000_000) + 7,
		Fields: portfolio.Fields{2: portfolio.Value("Boulangerie Le Goff"), 14: portfolio.Value([]string{"pain"})},
		Base:   map[uint16]journal.Mark{2: {Stamp: journal.At(1_700_000_000_000), Dev: id(3), N: 1}},
		WallMS: 1_800_000_000_123, OffMS: -45, Group: 9,
	}
	raw, err := wire.Encode(op)
	if err != nil {
		t.Fatal(err)
	}
	grants := []wire.Grant{{Scope: 5, Kind: wire.ScopePortfolio, Role: portfolio.RoleRep, Name: "Saint-Malo"}}
	return map[string]any{
		"op": &op,
		"request": &wire.Request{Proto: 1, Schema: 1, Build: "a1b2c3", Device: id(3), Epoch: 2, Cookie: []byte{1, 2, 3}, Prev: journal.Chain{9, 8},
			Ops: []cbor.RawMessage{raw}, MaxRows: 500, SentMS: 1_800_000_000_200},
		"answer": &wire.Answer{Epoch: 2, NowMS: 1_800_000_000_300, HLC: journal.At(1_800_000_000_300), LastN: 3, LastChain: journal.Chain{}.Link(raw), Fork: true, Clamped: true,
			Given: map[uint32]uint64{5: 41}, Cookie: []byte{4, 5}, Drop: []uint32{6}, Grants: grants, More: true, User: id(4), Notices: []string{"n"},
			Pages: []wire.Page{{Scope: 5, From: 40, To: 42, Complete: true, Left: []wire.Left{{Root: id(7), Seq: 42}}, Rows: []journal.Row{{
				Rec: id(2), Entity: portfolio.KindAccount, Root: id(2), Seq: 41, Ver: 2, Epoch: 2, Fields: op.Fields, Mark: op.Base[2],
				Marks: map[uint16]journal.Mark{2: {Stamp: op.HLC, Dev: id(3), N: 3}}, Author: id(4), WallMS: op.WallMS, Scope: 5}}}}},
		"backedup": &wire.Answer{Epoch: 2, LastN: 3, BackedUpN: 2},
		"problem":  &wire.Problem{Code: wire.CodeUpgrade, Text: "upgrade", Retry: 30, Answer: &wire.Answer{Epoch: 2, LastN: 3}},
		"signin":   &wire.SignIn{Login: "ana", Password: "un sillon droit", Device: id(3), Label: "tablette"},
		"me":       &wire.Me{User: id(4), Name: "Ana", Login: "ana", Role: portfolio.RoleRep, Tenant: "Kerouan", Grants: grants},
		"setup":    &wire.Setup{Token: "t", Org: "Kerouan", Currency: "EUR", Locale: "fr", TimeZone: "Europe/Paris", Name: "Mona", Login: "mona", Password: "un sillon droit", Device: id(3)},
	}
}

// The golden bytes are what tablets in the field send and expect: a change
// that shows here breaks them.
func TestGoldenBytes(t *testing.T) {
	for name, m := range messages(t) {
		b, err := wire.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name+".hex")
		got := hex.EncodeToString(b) + "\n"
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is %s, golden %s", name, got, want)
		}
		old, err := hex.DecodeString(strings.TrimSpace(string(want)))
		if err != nil {
			t.Fatal(err)
		}
		back := reflect.New(reflect.TypeOf(m).Elem()).Interface()
		if err := wire.Decode(old, back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, m) {
			t.Errorf("%s comes back as %+v, was %+v", name, back, m)
		}
	}
}

// A newer side may say more than an older one knows.
func TestUnknownFieldsAreSkipped(t *testing.T) {
	b, err := wire.Encode(map[int]any{1: "busy", 3: 30, 99: []int{1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	var p wire.Problem
	if err := wire.Decode(b, &p); err != nil || p.Code != "busy" || p.Retry != 30 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestHostileBytesAreRefused(t *testing.T) {
	for name, b := range map[string][]byte{
		"nothing":                {},
		"a key twice":            {0xa2, 1, 1, 1, 2},
		"an indefinite length":   {0xbf, 1, 1, 0xff},
		"a tag":                  {0xa1, 1, 0xc1, 1},
		"bytes after the end":    {0xa1, 1, 1, 0},
		"a length that is a lie": {0xa1, 6, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"text that is not UTF-8": {0xa1, 3, 0x61, 0xff},
		"nine levels":            append(bytes.Repeat([]byte{0x81}, 9), 0),
	} {
		var r wire.Request
		if err := wire.Decode(b, &r); err == nil {
			t.Errorf("%s: read as %+v", name, r)
		}
	}
}

// A full answer of the largest cards passes the limits of its own reader.
func TestAFullAnswerCanBeRead(t *testing.T) {
	a := wire.Answer{}
	row := messages(t)["answer"].(*wire.Answer).Pages[0].Rows[0]
	row.Fields = portfolio.Fields{}
	for f := range uint16(256) {
		row.Fields[f+1] = portfolio.Value([]string{"word", "word"})
	}
	p := wire.Page{}
	for range wire.MaxRows {
		p.Rows = append(p.Rows, row)
	}
	a.Pages = append(a.Pages, p)
	for s := range uint32(wire.MaxScopes) {
		a.Pages = append(a.Pages, wire.Page{Scope: s + 9})
	}
	b, err := wire.Encode(&a)
	if err != nil {
		t.Fatal(err)
	}
	var back wire.Answer
	if err := wire.Decode(b, &back); err != nil {
		t.Error(err)
	}
}

func FuzzRequest(f *testing.F) {
	for _, m := range messages(f) {
		b, err := wire.Encode(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, m := range []any{&wire.Request{}, &wire.Answer{}, &wire.SignIn{}, &wire.Setup{}} {
			if wire.Decode(b, m) != nil {
				continue
			}
			once, err := wire.Encode(m)
			if err != nil {
				t.Fatalf("read as %T, but not written: %v", m, err)
			}
			back := reflect.New(reflect.TypeOf(m).Elem()).Interface()
			if err := wire.Decode(once, back); err != nil {
				t.Fatalf("%T written, but not read again: %v", m, err)
			}
			if twice, err := wire.Encode(back); err != nil || !bytes.Equal(once, twice) {
				t.Fatalf("%T is not the same bytes twice: %x, %x, %v", m, once, twice, err)
			}
		}
	})
}

// Versions run side by side: one that does not know of backups yet skips what
// it is told, and one that does is told nothing by an older server.
func TestVersionsThatDoNotKnowOfBackups(t *testing.T) {
	var old struct {
		Epoch uint32 `cbor:"1,keyasint"`
		LastN uint64 `cbor:"4,keyasint"`
	}
	b, err := wire.Encode(&wire.Answer{Epoch: 2, LastN: 3, BackedUpN: 2})
	if err == nil {
		err = wire.Decode(b, &old)
	}
	if err != nil || old.Epoch != 2 || old.LastN != 3 {
		t.Errorf("an older tablet reads %+v, %v", old, err)
	}
	if b, err = wire.Encode(&old); err != nil {
		t.Fatal(err)
	}
	var a wire.Answer
	if err := wire.Decode(b, &a); err != nil || a.LastN != 3 || a.BackedUpN != 0 {
		t.Errorf("from an older server: %+v, %v", a, err)
	}
}
