package cbor_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math"
	"reflect"
	"runtime"
	"sync"
	"testing"
	"time"

	oracle "github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// inner and outer have every shape that the project stores or sends.
type inner struct {
	ID   [16]byte `cbor:"1,keyasint"`
	Word string   `cbor:"2,keyasint,omitempty"`
}

type outer struct {
	Bool   bool              `cbor:"1,keyasint"`
	Int    int64             `cbor:"2,keyasint,omitempty"`
	Small  int8              `cbor:"3,keyasint,omitempty"`
	Uint   uint64            `cbor:"24,keyasint"`
	Byte   uint8             `cbor:"300,keyasint,omitempty"`
	Float  float64           `cbor:"4,keyasint,omitempty"`
	Single float32           `cbor:"5,keyasint"`
	Text   string            `cbor:"6,keyasint"`
	Bytes  []byte            `cbor:"7,keyasint"`
	ID     [16]byte          `cbor:"8,keyasint,omitzero"`
	List   []inner           `cbor:"9,keyasint,omitempty"`
	Words  [][]string        `cbor:"10,keyasint"`
	Counts map[string]int    `cbor:"11,keyasint"`
	ByNum  map[uint16][]byte `cbor:"12,keyasint,omitempty"`
	ByID   map[[16]byte]bool `cbor:"13,keyasint,omitempty"`
	Maybe  *inner            `cbor:"14,keyasint,omitempty"`
	Number *float64          `cbor:"15,keyasint,omitempty"`
	Four   [4]int            `cbor:"16,keyasint"`
	Named  string
	Minus  int   `cbor:"-5,keyasint"`
	Hidden int   `cbor:"-"`
	Nested inner `cbor:"17,keyasint"`
	inner  int   //lint:ignore U1000 unexported: never written
}

var theirs = func() oracle.EncMode {
	m, err := oracle.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err)
	}
	return m
}()

var limits = cbor.Limits{Nesting: 8, Array: 4096, Map: 4096}

// theirDec is the library as strict as we are: the limits of the protocol, no
// simple values, keys in their own case. It still pads and cuts arrays.
var theirDec = func() oracle.DecMode {
	var others []func(*oracle.SimpleValueRegistry) error
	for v := range 256 {
		if v < 20 || v > 31 {
			others = append(others, oracle.WithRejectedSimpleValue(oracle.SimpleValue(v)))
		}
	}
	simple, err := oracle.NewSimpleValueRegistryFromDefaults(others...)
	if err != nil {
		panic(err)
	}
	m, err := oracle.DecOptions{
		MaxNestedLevels: 8, MaxArrayElements: 4096, MaxMapPairs: 4096, DupMapKey: oracle.DupMapKeyEnforcedAPF,
		IndefLength: oracle.IndefLengthForbidden, TagsMd: oracle.TagsForbidden, UTF8: oracle.UTF8RejectInvalid,
		FieldNameMatching: oracle.FieldNameMatchingCaseSensitive, SimpleValues: simple,
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()

func draw(t *rapid.T) outer {
	id := func(name string) (a [16]byte) {
		copy(a[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, name))
		return a
	}
	in := rapid.Custom(func(*rapid.T) inner { return inner{id("in"), rapid.String().Draw(t, "word")} })
	o := outer{
		Bool: rapid.Bool().Draw(t, "bool"), Int: rapid.Int64().Draw(t, "int"), Small: rapid.Int8().Draw(t, "small"),
		Uint: rapid.Uint64().Draw(t, "uint"), Byte: rapid.Byte().Draw(t, "byte"),
		Float:  rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, 1, -2, 0.5, 1.5, 65504, 65505, 5.960464477539063e-8, math.Inf(1), math.NaN(), 0.1})).Draw(t, "float"),
		Single: rapid.Float32().Draw(t, "single"), Text: rapid.String().Draw(t, "text"), Bytes: rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"),
		ID: id("id"), List: rapid.SliceOfN(in, 0, 3).Draw(t, "list"),
		Words:  rapid.SliceOfN(rapid.SliceOfN(rapid.String(), 0, 2), 0, 2).Draw(t, "words"),
		Counts: rapid.MapOf(rapid.String(), rapid.Int()).Draw(t, "counts"),
		ByNum:  rapid.MapOf(rapid.Uint16(), rapid.SliceOf(rapid.Byte())).Draw(t, "bynum"),
		Named:  rapid.String().Draw(t, "named"), Minus: rapid.Int().Draw(t, "minus"), Nested: in.Draw(t, "nested"),
	}
	if rapid.Bool().Draw(t, "some") {
		x := in.Draw(t, "maybe")
		o.Maybe, o.ByID = &x, map[[16]byte]bool{id("k"): true, id("l"): false}
		o.Number, o.Words, o.Counts, o.Bytes = &o.Float, nil, nil, nil
	}
	return o
}

func TestWritesTheBytesOfTheLibraryAndReadsThemBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := draw(t)
		got, err := cbor.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		want, err := theirs.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("wrote %x\n want %x", got, want)
		}
		var a, b outer
		if err := limits.Unmarshal(got, &a); err != nil {
			t.Fatal(err)
		}
		if err := theirDec.Unmarshal(got, &b); err != nil {
			t.Fatal(err)
		}
		again, _ := theirs.Marshal(a)
		if !bytes.Equal(again, got) {
			t.Fatalf("read %+v; the library reads %+v", a, b)
		}
	})
}

// RFC 8949, appendix A, the rows of our subset.
func TestNumbersAsInTheStandard(t *testing.T) {
	for want, v := range map[string]any{
		"00": 0, "17": 23, "1818": 24, "1864": 100, "1903e8": 1000, "1a000f4240": 1_000_000, "1b000000e8d4a51000": int64(1e12),
		"1bffffffffffffffff": uint64(math.MaxUint64), "20": -1, "29": -10, "3863": -100, "3903e7": -1000,
		"f90000": 0.0, "f93c00": 1.0, "fb3ff199999999999a": 1.1, "f93e00": 1.5, "f97bff": 65504.0, "fa47c35000": 100000.0,
		"fa7f7fffff": 3.4028234663852886e+38, "fb7e37e43c8800759c": 1.0e+300, "f90001": 5.960464477539063e-8, "f90400": 0.00006103515625,
		"f9c400": -4.0, "fbc010666666666666": -4.1, "f97c00": math.Inf(1), "f97e00": math.NaN(), "f9fc00": math.Inf(-1),
		"f4": false, "f5": true, "f6": nil, "40": []byte{}, "4401020304": []byte{1, 2, 3, 4},
		"60": "", "6449455446": "IETF", "62c3bc": "ü", "63e6b0b4": "水", "80": []int{}, "83010203": []int{1, 2, 3},
		"a201020304": map[int]int{1: 2, 3: 4},
	} {
		got, err := cbor.Marshal(v)
		if err != nil || hex.EncodeToString(got) != want {
			t.Errorf("%v is %x, %v; want %s", v, got, err, want)
		}
	}
}

func TestWhatIsRefusedAndWhy(t *testing.T) {
	var into outer
	for name, c := range map[string]struct {
		in   string
		want error
	}{
		"nothing":                      {"", cbor.ErrEnd},
		"a text cut short":             {"a1066449", cbor.ErrEnd},
		"a length beyond the input":    {"a1079b7fffffffffffffff", cbor.ErrEnd},
		"a tag":                        {"c000", cbor.ErrForbidden},
		"an indefinite array":          {"9f01ff", cbor.ErrForbidden},
		"a byte behind":                {"a000", cbor.ErrTrailing},
		"a field twice":                {"a202010202", cbor.ErrDuplicate},
		"a key twice in a map":         {"a10ba2616101616102", cbor.ErrDuplicate},
		"text that is not UTF-8":       {"a10661ff", cbor.ErrText},
		"a number too large":           {"a103190100", cbor.ErrType},
		"text for a number":            {"a1026161", cbor.ErrType},
		"a short identifier":           {"a1084101", cbor.ErrLength},
		"nine levels":                  {"a11863818181818181818100", cbor.ErrLimit},
		"a list for a struct":          {"8100", cbor.ErrType},
		"a simple value":               {"a101e5", cbor.ErrForbidden},
		"an unknown key twice":         {"a2186301186302", cbor.ErrDuplicate},
		"the same key in two forms":    {"a218640119006402", cbor.ErrDuplicate},
		"a key of bytes":               {"a1410100", cbor.ErrType},
		"below the least integer":      {"a1023bffffffffffffffff", cbor.ErrType},
		"a tag in what is skipped":     {"a11863c000", cbor.ErrForbidden},
		"a reserved length":            {"1c", cbor.ErrMalformed},
		"a simple value out of bounds": {"f801", cbor.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := hex.DecodeString(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if err := limits.Unmarshal(b, &into); !errors.Is(err, c.want) {
				t.Errorf("got %v; want %v", err, c.want)
			}
		})
	}
	long := append([]byte{0x99, 0x10, 0x01}, bytes.Repeat([]byte{0}, 4097)...)
	var list []int
	if err := limits.Unmarshal(long, &list); !errors.Is(err, cbor.ErrLimit) {
		t.Errorf("4,097 elements: %v; want the limit", err)
	}
}

func TestFieldsAreReadStraight(t *testing.T) {
	o := outer{Text: "Écluse", Int: -5, List: []inner{{Word: "a"}}}
	b, _ := cbor.Marshal(o)
	m := map[uint16]cbor.RawMessage{}
	if err := cbor.Unmarshal(mustCut(t, b), &m); err != nil {
		t.Fatal(err)
	}
	var got outer
	if err := cbor.UnmarshalFields(limits, m, &got); err != nil {
		t.Fatal(err)
	}
	if got.Text != o.Text || got.Int != o.Int || !reflect.DeepEqual(got.List, o.List) {
		t.Errorf("read %+v; want %+v", got, o)
	}
}

// mustCut writes only the fields with keys that fit the map.
func mustCut(t *testing.T, b []byte) []byte {
	var all map[any]any
	if err := oracle.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	keep := map[uint64]any{}
	for k, v := range all {
		if n, ok := k.(uint64); ok {
			keep[n] = v
		}
	}
	out, err := theirs.Marshal(keep)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Any input is refused or read as the library does, in every kind of target;
// package cbor lists the differences. A second reading gives the same.
func FuzzAgreesWithTheLibrary(f *testing.F) {
	for _, s := range []string{"a0", "a10663c3a962", "a2020118180a", "81a1015000000000000000000000000000000000", "f6", "a104f93e00", "a10bf6",
		"820102", "6161", "4101", "a10102", "fb3ff199999999999a", "a1f600", "a2186301186302", "a111a101500000000000000000000000000000000f", "a10c8f",
		"3bffffffffffffffff", "1bffffffffffffffff", "a1616101", "f7", "f5", "a1014100", "a11818fa47c35000", "a1108401020304", "a16161f93c00"} {
		b, err := hex.DecodeString(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	type step struct{ ours, theirs reflect.Type }
	var steps []step
	for _, v := range []any{outer{}, portfolio.Fields{}, wire.Answer{}, wire.Request{}, journal.Op{}, portfolio.Account{}, portfolio.Setting{}, portfolio.Refusal{},
		[]string{}, []byte{}, [16]byte{}, [2]int{}, map[string]int{}, map[int8][]float32{}, map[[2]byte]*string{}, (*bool)(nil), (**int)(nil), "", int8(0), uint32(0), int64(0), float32(0), 0.0, cbor.RawMessage{}, (*cbor.RawMessage)(nil)} {
		t := reflect.TypeOf(v)
		steps = append(steps, step{t, twin(t)})
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, s := range steps {
			a, b := reflect.New(s.ours), reflect.New(s.theirs)
			mine, lib := limits.Unmarshal(in, a.Interface()), theirDec.Unmarshal(in, b.Interface())
			if errors.Is(mine, cbor.ErrLength) {
				continue
			}
			if (mine == nil) != (lib == nil) {
				t.Fatalf("%x into %s: %v; the library says %v", in, s.ours, mine, lib)
			}
			if mine != nil {
				continue
			}
			c := reflect.New(s.theirs)
			carry(c.Elem(), a.Elem())
			x, err := theirs.Marshal(c.Interface())
			if err != nil {
				t.Fatal(err)
			}
			if y, _ := theirs.Marshal(b.Interface()); !bytes.Equal(x, y) {
				t.Fatalf("%x into %s is read as %x; the library reads %x", in, s.ours, x, y)
			}
			if z, err := cbor.Marshal(a.Interface()); err != nil || !bytes.Equal(x, z) {
				t.Fatalf("%x into %s is written %x, %v; the library writes %x", in, s.ours, z, err, x)
			}
		}
	})
}

// Every float16, and every float around what one holds.
func TestHalvesAreExact(t *testing.T) {
	try := func(x float64) {
		t.Helper()
		got, _ := cbor.Marshal(x)
		want, _ := theirs.Marshal(x)
		if !bytes.Equal(got, want) {
			t.Fatalf("%g is %x; the library writes %x", x, got, want)
		}
		var back float64
		if err := cbor.Unmarshal(got, &back); err != nil || back != x && x == x {
			t.Fatalf("%g comes back as %g, %v", x, back, err)
		}
	}
	for h := range 1 << 16 {
		var x, y float64
		b := []byte{0xf9, byte(h >> 8), byte(h)}
		if err := errors.Join(cbor.Unmarshal(b, &x), oracle.Unmarshal(b, &y)); err != nil || x != y && y == y {
			t.Fatalf("%x is %g; the library reads %g, %v", b, x, y, err)
		}
		f := float32(x)
		for _, v := range []float64{x, math.Nextafter(x, 1e9), float64(math.Nextafter32(f, 1e9)), float64(math.Nextafter32(f, -1e9)), x / 2, x * 3} {
			try(v)
		}
	}
}

func TestAnErrorNamesThePlace(t *testing.T) {
	in, err := theirs.Marshal(map[int]any{10: []any{map[int]any{1: 5}, map[int]any{1: 5, 4: []any{map[int]any{8: map[int]any{2: "x", 3: 1}, 9: map[int]any{1: "late"}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	var place *cbor.PlaceError
	if err := limits.Unmarshal(in, &wire.Answer{}); !errors.As(err, &place) || place.Path != ".Pages[1].Rows[0].Mark.Stamp" || !errors.Is(err, cbor.ErrType) {
		t.Errorf("got %v; want .Pages[1].Rows[0].Mark.Stamp, a type that does not fit", err)
	}
	fields := portfolio.Fields{8: {0xf9, 0x3c, 0}, 14: {0x61, 'x'}}
	if err := fields.Into(&portfolio.Site{}); !errors.As(err, &place) || place.Path != ".Headcount" {
		t.Errorf("got %v; want .Headcount", err)
	}
	if _, err := cbor.Marshal(map[int]any{1: cbor.RawMessage{0x81}}); !errors.Is(err, cbor.ErrEnd) {
		t.Errorf("half a raw value is written: %v", err)
	}
}

func TestTypesWithoutAForm(t *testing.T) {
	type embedded struct{ inner }
	type twice struct {
		A int `cbor:"1,keyasint"`
		B int `cbor:"01,keyasint"`
	}
	for _, v := range []any{make(chan int), func() {}, struct{ C chan int }{}, map[float64]int{}, time.Time{}, complex(1, 1), embedded{}, twice{}, map[bool]int{}, []any{func() {}}} {
		if b, err := cbor.Marshal(v); !errors.Is(err, cbor.ErrGo) {
			t.Errorf("%T is written %x, %v", v, b, err)
		}
	}
	for _, v := range []any{nil, 5, (*int)(nil), new(chan int), new(struct{ C chan int })} {
		if err := cbor.Unmarshal([]byte{0xf6}, v); !errors.Is(err, cbor.ErrGo) {
			t.Errorf("a %T is read: %v", v, err)
		}
	}
}

// A few bytes that promise much cost little: what is allocated stays within a
// multiple of the input, the size of an element.
func TestALieAllocatesNothing(t *testing.T) {
	for _, s := range []string{"9b00000000ffffffff", "bb00000000ffffffff", "5bffffffffffffffff", "7b7fffffffffffffff", "9affffffff", "a1019a00ffffff", "a10a9affffffff", "bbffffffffffffffff"} {
		in, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []any{new([]wire.Answer), new(wire.Answer), new(map[string]int), new(portfolio.Fields), new([]byte), new(string), new(outer)} {
			const runs = 100
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for range runs {
				if cbor.Unmarshal(in, v) == nil {
					t.Fatalf("%s is read into a %T", s, v)
				}
			}
			runtime.ReadMemStats(&after)
			if per := (after.TotalAlloc - before.TotalAlloc) / runs; per > 1024 {
				t.Errorf("%s into a %T allocates %d bytes", s, v, per)
			}
		}
	}
}

// What is read shares nothing with the input, nor with what was there before.
func TestNothingIsShared(t *testing.T) {
	old := outer{Bytes: []byte{1, 2, 3}, Words: [][]string{{"x"}}}
	bytes3, words := old.Bytes, old.Words
	in, err := cbor.Marshal(outer{Bytes: []byte{9, 9, 9}, Words: [][]string{{"y"}}, Text: "t"})
	if err != nil {
		t.Fatal(err)
	}
	var raw cbor.RawMessage
	fields := portfolio.Fields{}
	small, _ := cbor.Marshal(map[int]string{1: "abc", 2: "def"})
	if err := errors.Join(cbor.Unmarshal(in, &old), cbor.Unmarshal(in, &raw), cbor.Unmarshal(small, &fields)); err != nil {
		t.Fatal(err)
	}
	clear(in)
	clear(small)
	if old.Bytes[0] != 9 || old.Text != "t" || raw[0] == 0 || string(fields[1]) != "\x63abc" {
		t.Error("the input is still needed")
	}
	_ = append(fields[1], 0, 0, 0, 0, 0)
	if string(fields[2]) != "\x63def" || bytes3[0] != 1 || words[0][0] != "x" {
		t.Error("a value was changed through another")
	}
}

// The first use of a type may be in several goroutines at once.
func TestPlansAreMadeOnce(t *testing.T) {
	type leaf struct{ A, B, C []string }
	type tree struct {
		Left, Right *tree
		Leaf        map[string]leaf
	}
	v := tree{Left: &tree{}, Leaf: map[string]leaf{"a": {A: []string{"x"}}, "b": {}}}
	want, err := theirs.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			var back tree
			b, err := cbor.Marshal(v)
			if err != nil || !bytes.Equal(b, want) || cbor.Unmarshal(b, &back) != nil || back.Leaf["a"].A[0] != "x" {
				t.Errorf("%x, %v, %+v; want %x", b, err, back, want)
			}
		})
	}
	all.Wait()
}

// page is 500 rows as a tablet receives them, and the same for the library.
func page(b *testing.B) (ours *wire.Answer, theirs any) {
	contact, err := portfolio.ToFields(&portfolio.Contact{Account: portfolio.ID{1}, User: portfolio.ID{2}, Kind: portfolio.Visit, Day: 20_500, Minute: 600, Outcome: portfolio.Order, Notes: "Vu le gérant, rappeler en mars."})
	if err != nil {
		b.Fatal(err)
	}
	mark := journal.Mark{Stamp: journal.At(1_800_000_000_000), Dev: portfolio.ID{3}, N: 7}
	p := wire.Page{Scope: 5, To: 900}
	for i := range 500 {
		row := journal.Row{Rec: portfolio.ID{4, byte(i)}, Entity: portfolio.KindContact, Root: portfolio.ID{1}, Seq: uint64(i + 400), Ver: 1, Fields: contact, Mark: mark, Author: portfolio.ID{2}, WallMS: 1_800_000_000_123, Scope: 5}
		if i%10 == 0 {
			row.Marks = map[uint16]journal.Mark{4: mark, 7: mark}
		}
		p.Rows = append(p.Rows, row)
	}
	a := &wire.Answer{Epoch: 1, Pages: []wire.Page{p}, Given: map[uint32]uint64{5: 900}}
	w := reflect.New(twin(reflect.TypeFor[wire.Answer]()))
	carry(w.Elem(), reflect.ValueOf(a).Elem())
	return a, w.Interface()
}

func BenchmarkMarshal(b *testing.B) {
	a, w := page(b)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			cbor.Marshal(a)
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			theirs.Marshal(w)
		}
	})
}

func BenchmarkUnmarshal(b *testing.B) {
	a, w := page(b)
	in, err := cbor.Marshal(a)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if err := limits.Unmarshal(in, &wire.Answer{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			if err := theirDec.Unmarshal(in, reflect.New(reflect.TypeOf(w).Elem()).Interface()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkFields(b *testing.B) {
	a, _ := page(b)
	f := a.Pages[0].Rows[0].Fields
	for b.Loop() {
		if err := f.Into(&portfolio.Contact{}); err != nil {
			b.Fatal(err)
		}
	}
}
