package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"testing"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

const t0 = 1_800_000_000_000

func id(n byte) portfolio.ID { return portfolio.ID{15: n} }

func by(dev byte) journal.Writer { return journal.Writer{Dev: id(dev), User: id(dev + 100)} }

func text(s string) portfolio.RawValue { return portfolio.Value(s) }

// card is an account as device 1 made it with its operation 1.
func card() *journal.Row {
	row, _ := journal.Apply(nil, &journal.Op{N: 1, Kind: journal.Create, Entity: portfolio.KindAccount, Rec: id(9), Root: id(9), Fields: portfolio.Fields{2: text("Le Goff")}}, journal.At(t0), by(1))
	return row
}

func patch(n uint64, field uint16, value string, base journal.Mark) *journal.Op {
	return &journal.Op{N: n, Kind: journal.Patch, Entity: portfolio.KindAccount, Rec: id(9), Root: id(9), Fields: portfolio.Fields{field: text(value)}, Base: map[uint16]journal.Mark{field: base}}
}

func TestStampsOfADeviceOnlyGrow(t *testing.T) {
	var c journal.Clock
	a := c.Next(t0)
	b := c.Next(t0 - 3600_000) // the clock was put back an hour
	c.Seen(journal.At(t0 + 5000))
	d := c.Next(t0)
	if a != journal.At(t0) || b != a+1 || d != journal.At(t0+5000)+1 {
		t.Errorf("stamps %d, %d, %d", a, b, d)
	}
	if d.MS() != t0+5000 || journal.At(-1) != 0 {
		t.Errorf("ms %d", d.MS())
	}
}

func TestMerge(t *testing.T) {
	first := card().Mark
	tests := []struct {
		name    string
		ops     []*journal.Op
		stamps  []int64 // ms after the creation
		devs    []byte
		want    string
		lost    int
		winning int64 // ms of the mark in place
	}{
		{"an edit of what one saw", []*journal.Op{patch(1, 2, "SARL", first)}, []int64{10}, []byte{2}, "SARL", 0, 10},
		{"the same, by a tablet three days slow", []*journal.Op{patch(1, 2, "SARL", first)}, []int64{-3 * 86400_000}, []byte{2}, "SARL", 0, 0},
		{"two blind edits: the later wins, the other is kept", []*journal.Op{patch(1, 2, "A", first), patch(1, 2, "B", first)}, []int64{10, 20}, []byte{2, 3}, "B", 1, 20},
		{"the same in the other order of arrival", []*journal.Op{patch(1, 2, "B", first), patch(1, 2, "A", first)}, []int64{20, 10}, []byte{3, 2}, "B", 1, 20},
		{"two blind edits that agree", []*journal.Op{patch(1, 2, "same", first), patch(1, 2, "same", first)}, []int64{10, 20}, []byte{2, 3}, "same", 0, 20},
		{"one's own next edit, sent before the answer came", []*journal.Op{patch(1, 2, "A", first), patch(2, 2, "B", first)}, []int64{10, 5}, []byte{2, 2}, "B", 0, 10},
		{"other fields do not meet", []*journal.Op{patch(1, 2, "A", first), patch(1, 13, "123", first)}, []int64{10, 5}, []byte{2, 3}, "A", 0, 10},
	}
	for _, tt := range tests {
		row := card()
		lost := 0
		for i, op := range tt.ops {
			var res journal.Result
			row, res = journal.Apply(row, op, journal.At(t0+tt.stamps[i]), by(tt.devs[i]))
			if res.Why != 0 {
				t.Fatalf("%s: refused for %d", tt.name, res.Why)
			}
			lost += len(res.Lost)
		}
		if got := row.Fields[2]; !bytes.Equal(got, text(tt.want)) || lost != tt.lost || row.MarkOf(2).Stamp.MS() != t0+tt.winning {
			t.Errorf("%s: %q at %d, %d lost; want %q at %d, %d lost", tt.name, got, row.MarkOf(2).Stamp.MS()-t0, lost, tt.want, tt.winning, tt.lost)
		}
	}
}

func TestALostValueTellsBothSides(t *testing.T) {
	row := card()
	first := row.Mark
	journal.Apply(row, patch(1, 2, "A", first), journal.At(t0+20), by(2))
	_, res := journal.Apply(row, patch(1, 2, "B", first), journal.At(t0+10), by(3))
	if len(res.Lost) != 1 || res.Changed {
		t.Fatalf("%+v", res)
	}
	l := res.Lost[0]
	if !bytes.Equal(l.Winner, text("A")) || !bytes.Equal(l.Loser, text("B")) || l.WinnerMark.Dev != id(2) || l.LoserMark.Dev != id(3) || l.NewWins || row.Author != id(102) {
		t.Errorf("%+v, author %s", l, row.Author)
	}
}

func TestAClearedFieldIsAbsentAndKeepsItsMark(t *testing.T) {
	row := card()
	op := patch(1, 2, "", row.Mark)
	op.Fields[2] = portfolio.Null
	journal.Apply(row, op, journal.At(t0+10), by(2))
	if _, ok := row.Fields[2]; ok || row.MarkOf(2).Dev != id(2) {
		t.Errorf("fields %v, mark %v", row.Fields, row.MarkOf(2))
	}
}

func TestWhatCannotBeApplied(t *testing.T) {
	sale := func() *journal.Row {
		row, _ := journal.Apply(nil, &journal.Op{N: 1, Kind: journal.Fact, Entity: portfolio.KindSale, Rec: id(8), Root: id(9)}, journal.At(t0), by(1))
		return row
	}
	for name, tt := range map[string]struct {
		row *journal.Row
		op  *journal.Op
		why portfolio.Refused
	}{
		"a patch of a fact":           {sale(), &journal.Op{N: 2, Kind: journal.Patch, Entity: portfolio.KindSale, Fields: portfolio.Fields{4: text("x")}}, portfolio.Frozen},
		"a record made twice":         {card(), &journal.Op{N: 2, Kind: journal.Create, Entity: portfolio.KindAccount}, portfolio.Exists},
		"a kind of operation to come": {card(), &journal.Op{N: 2, Kind: 99}, portfolio.Malformed},
		"a patch of nothing":          {nil, patch(2, 2, "x", journal.Mark{}), 0},
	} {
		before := bytes.Buffer{}
		if tt.row != nil {
			b, _ := portfolio.Enc.Marshal(tt.row)
			before.Write(b)
		}
		row, res := journal.Apply(tt.row, tt.op, journal.At(t0+1), by(2))
		if res.Why != tt.why || res.Changed {
			t.Errorf("%s: %+v, want reason %d", name, res, tt.why)
		}
		if tt.row != nil {
			if b, _ := portfolio.Enc.Marshal(row); !bytes.Equal(b, before.Bytes()) {
				t.Errorf("%s changed the row", name)
			}
		}
	}
}

// However the pushes of three tablets reach the server, everybody sees the
// same in the end, and whatever lost is kept.
func FuzzArrivalOrderDoesNotMatter(f *testing.F) {
	f.Add(uint8(10), uint8(20), uint8(30), uint8(0))
	f.Add(uint8(7), uint8(7), uint8(7), uint8(5))
	f.Fuzz(func(t *testing.T, a, b, c, order uint8) {
		first := card().Mark
		type write struct {
			op  *journal.Op
			at  journal.Stamp
			dev byte
		}
		// One write per tablet, all after the creation and none aware of another.
		all := []write{{patch(1, 2, "a", first), journal.At(t0 + 1 + int64(a)), 2}, {patch(1, 2, "b", first), journal.At(t0 + 1 + int64(b)), 3}, {patch(1, 2, "c", first), journal.At(t0 + 1 + int64(c)), 4}}
		type end struct {
			value string
			mark  journal.Mark
		}
		run := func(order [3]int) (end, int) {
			row, lost := card(), 0
			for _, i := range order {
				_, res := journal.Apply(row, all[i].op, all[i].at, by(all[i].dev))
				lost += len(res.Lost)
			}
			return end{string(row.Fields[2]), row.MarkOf(2)}, lost
		}
		orders := [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
		want, lost := run(orders[0])
		got, lost2 := run(orders[int(order)%len(orders)])
		if got != want || lost != 2 || lost2 != 2 {
			t.Errorf("%v and %v, lost %d and %d", want, got, lost, lost2)
		}
	})
}

func TestCheck(t *testing.T) {
	root := id(9)
	create := func(k portfolio.Kind, rec, root portfolio.ID, noun any) journal.Op {
		f, err := portfolio.ToFields(noun)
		if err != nil {
			t.Fatal(err)
		}
		op := journal.Op{N: 1, ID: id(1), Kind: journal.Create, Entity: k, Rec: rec, Root: root, HLC: 1, Fields: f}
		if k.IsFact() {
			op.Kind = journal.Fact
		}
		return op
	}
	account := create(portfolio.KindAccount, root, root, portfolio.Account{Name: "Le Goff"})
	visit := create(portfolio.KindContact, id(8), root, portfolio.Contact{Account: root, Kind: portfolio.Visit})
	with := func(op journal.Op, change func(*journal.Op)) journal.Op {
		op.Fields = maps.Clone(op.Fields)
		change(&op)
		return op
	}
	edit := with(account, func(op *journal.Op) { op.Kind = journal.Patch; op.N = 2 })
	for _, tt := range []struct {
		name string
		op   journal.Op
		why  portfolio.Refused
	}{
		{"a card", account, 0},
		{"a visit", visit, 0},
		{"an edit", edit, 0},
		{"an archive", with(edit, func(op *journal.Op) {
			op.Kind = journal.Archive
			op.Fields = portfolio.Fields{12: portfolio.Value(true)}
		}), 0},
		{"a field of a later version", with(account, func(op *journal.Op) { op.Fields[900] = portfolio.Value([]string{"kept"}) }), 0},
		{"a kind of a later version", with(account, func(op *journal.Op) { op.Entity = 900 }), portfolio.UnknownKind},
		{"no number", with(account, func(op *journal.Op) { op.N = 0 }), portfolio.Malformed},
		{"no identifier", with(account, func(op *journal.Op) { op.ID = portfolio.ID{} }), portfolio.Malformed},
		{"no record", with(account, func(op *journal.Op) { op.Rec = portfolio.ID{} }), portfolio.Malformed},
		{"no stamp", with(account, func(op *journal.Op) { op.HLC = 0 }), portfolio.Malformed},
		{"a card under another card", with(account, func(op *journal.Op) { op.Root = id(7) }), portfolio.Malformed},
		{"a visit of no card", with(visit, func(op *journal.Op) { op.Root = portfolio.ID{} }), portfolio.Malformed},
		{"a visit of a card, under another", with(visit, func(op *journal.Op) { op.Root = id(7) }), portfolio.Malformed},
		{"a visit as a changeable record", with(visit, func(op *journal.Op) { op.Kind = journal.Create }), portfolio.Malformed},
		{"a card as a fact", with(account, func(op *journal.Op) { op.Kind = journal.Fact }), portfolio.Malformed},
		{"a new card that clears a field", with(account, func(op *journal.Op) { op.Fields[2] = portfolio.Null }), portfolio.Malformed},
		{"a new card that replaces", with(account, func(op *journal.Op) { op.Base = map[uint16]journal.Mark{2: {}} }), portfolio.Malformed},
		{"an edit of nothing", with(edit, func(op *journal.Op) { op.Fields = nil }), portfolio.Malformed},
		{"a person who changes card by a patch", with(edit, func(op *journal.Op) {
			op.Entity = portfolio.KindPerson
			op.Fields = portfolio.Fields{1: portfolio.Value(id(7))}
		}), portfolio.Malformed},
		{"an archive that renames", with(edit, func(op *journal.Op) { op.Kind = journal.Archive }), portfolio.Malformed},
		{"a number for a name", with(edit, func(op *journal.Op) { op.Fields[2] = portfolio.Value(3) }), portfolio.Malformed},
		{"a field of 33 kB", with(edit, func(op *journal.Op) { op.Fields[11] = portfolio.Value(make([]byte, 33<<10)) }), portfolio.Malformed},
		{"300 fields", with(edit, func(op *journal.Op) {
			for i := range uint16(300) {
				op.Fields[1000+i] = portfolio.Value(1)
			}
		}), portfolio.Malformed},
		{"a kind of operation to come", with(edit, func(op *journal.Op) { op.Kind = 50 }), portfolio.Malformed},
	} {
		why, err := journal.Check(&tt.op, 100)
		if why != tt.why || (err != nil) != (why != 0) || err != nil && !errors.Is(err, journal.ErrMalformed) {
			t.Errorf("%s: %d, %v; want %d", tt.name, why, err, tt.why)
		}
	}
	if why, _ := journal.Check(&account, 65<<10); why != portfolio.Malformed {
		t.Errorf("an operation of 65 kB: %d", why)
	}
}

func TestTheChainTellsTwoHistoriesApart(t *testing.T) {
	var c journal.Chain
	a, b := c.Link([]byte{1}).Link([]byte{2}), c.Link([]byte{1}).Link([]byte{3})
	if a == b || a == c.Link([]byte{2}).Link([]byte{1}) || a == c.Link([]byte{1, 2}) {
		t.Error("different operations, the same chain")
	}
	// head -c 16 /dev/zero | (cat; printf '\\1') | sha256sum | head -c 32
	if got := fmt.Sprintf("%x", c.Link([]byte{1})); got != "bd839e8f98c7bf2b8f2bf476f25ffc4c" {
		t.Errorf("the chain after 01 is %s", got)
	}
}

// Whatever bytes arrive as an operation, they are read, judged and written
// again without harm.
func FuzzOp(f *testing.F) {
	row := card()
	for _, op := range []*journal.Op{patch(1, 2, "x", row.Mark), {N: 1, ID: id(1), Kind: journal.Create, Entity: portfolio.KindAccount, Rec: id(9), Root: id(9), HLC: 1, Fields: portfolio.Fields{2: text("a")}}} {
		b, err := portfolio.Enc.Marshal(op)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var op journal.Op
		if portfolio.Dec.Unmarshal(b, &op) != nil {
			return
		}
		again, err := portfolio.Enc.Marshal(&op)
		if err != nil {
			t.Fatalf("read, but not written: %v", err)
		}
		var same journal.Op
		if err := portfolio.Dec.Unmarshal(again, &same); err != nil {
			t.Fatalf("written, but not read again: %v", err)
		}
		if twice, err := portfolio.Enc.Marshal(&same); err != nil || !bytes.Equal(again, twice) {
			t.Fatalf("not the same bytes twice: %x, %x, %v", again, twice, err)
		}
		if why, _ := journal.Check(&op, len(b)); why == 0 {
			for _, r := range []*journal.Row{nil, card()} {
				if got, res := journal.Apply(r, &op, op.HLC, by(3)); got != nil && res.Why == 0 {
					if _, err := portfolio.Enc.Marshal(got); err != nil {
						t.Fatalf("a row that cannot be stored: %v", err)
					}
				}
			}
		}
	})
}
