package cbor_test

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"testing"

	oracle "github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"sillon/app/bridge"
	"sillon/app/notebook"
	"sillon/engine/cbor"
	"sillon/engine/explain"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// real are the types that are stored, sent or passed between page and worker.
func real() []reflect.Type {
	of := []any{
		journal.Op{}, journal.Row{}, journal.Mark{}, journal.Clock{}, portfolio.Fields{}, map[uint16]journal.Mark{}, explain.Result{},
		wire.Request{}, wire.Answer{}, wire.Problem{}, wire.SignIn{}, wire.Me{}, wire.Setup{},
		query.TodayAsk{}, query.Today{}, query.ListAsk{}, query.List{}, query.ClientAsk{}, query.Client{}, query.PortfolioAsk{}, query.Portfolio{}, query.Team{},
		bridge.None{}, bridge.Hello{}, bridge.Welcome{}, bridge.SignedIn{}, bridge.SignOut{}, bridge.Status{}, bridge.JournalAsk{}, bridge.Journal{}, bridge.Diagnosis{},
		bridge.Saved{}, bridge.LogVisit{}, bridge.Undo{}, bridge.PlanVisit{}, bridge.CancelVisit{}, bridge.Edit{}, bridge.NewAccount{}, bridge.ArchiveAccount{},
		bridge.RecordsAsk{}, bridge.Records{}, bridge.Form{}, bridge.Remove{}, bridge.Likes{}, bridge.Settle{}, bridge.SetRule{}, bridge.DropRefused{}, bridge.Nudge{}, bridge.Export{}, bridge.File{},
		bridge.Local{}, bridge.Progress{}, bridge.Event{}, bridge.Fault{},
		bridge.ImportOpen{}, bridge.ImportSheet{}, bridge.ImportCheck{}, bridge.ImportReport{}, bridge.ImportDone{}, bridge.ImportList{}, bridge.ImportBad{},
		notebook.Act{}, notebook.ImportNote{},
	}
	var types []reflect.Type
	for _, v := range of {
		types = append(types, reflect.TypeOf(v))
	}
	for k := portfolio.Kind(1); portfolio.New(k) != nil; k++ {
		types = append(types, reflect.TypeOf(portfolio.New(k)).Elem())
	}
	return types
}

var (
	ourRaw   = reflect.TypeFor[cbor.RawMessage]()
	theirRaw = reflect.TypeFor[oracle.RawMessage]()
)

// twin is the type as the library wants it: with its own RawMessage.
func twin(t reflect.Type) reflect.Type {
	switch t.Kind() {
	case reflect.Slice:
		if t == ourRaw {
			return theirRaw
		}
		return reflect.SliceOf(twin(t.Elem()))
	case reflect.Array:
		return reflect.ArrayOf(t.Len(), twin(t.Elem()))
	case reflect.Map:
		return reflect.MapOf(twin(t.Key()), twin(t.Elem()))
	case reflect.Pointer:
		return reflect.PointerTo(twin(t.Elem()))
	case reflect.Struct:
		var fields []reflect.StructField
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() {
				fields = append(fields, reflect.StructField{Name: f.Name, Type: twin(f.Type), Tag: f.Tag})
			}
		}
		return reflect.StructOf(fields)
	}
	return t
}

// carry copies a value into its twin, or back.
func carry(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.Slice:
		if from.IsNil() {
			return
		}
		to.Set(reflect.MakeSlice(to.Type(), from.Len(), from.Len()))
		fallthrough
	case reflect.Array:
		for i := range from.Len() {
			carry(to.Index(i), from.Index(i))
		}
	case reflect.Map:
		if from.IsNil() {
			return
		}
		to.Set(reflect.MakeMap(to.Type()))
		for it := from.MapRange(); it.Next(); {
			k, x := reflect.New(to.Type().Key()).Elem(), reflect.New(to.Type().Elem()).Elem()
			carry(k, it.Key())
			carry(x, it.Value())
			to.SetMapIndex(k, x)
		}
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(to.Type().Elem()))
			carry(to.Elem(), from.Elem())
		}
	case reflect.Struct:
		for i := range from.NumField() {
			if f := from.Type().Field(i); f.IsExported() {
				carry(to.FieldByName(f.Name), from.Field(i))
			}
		}
	default:
		to.Set(from.Convert(to.Type()))
	}
}

// item draws one well-formed item of the subset.
func item(t *rapid.T, depth int) any {
	switch rapid.IntRange(0, 7+min(depth, 2)).Draw(t, "what") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2:
		return rapid.Uint64().Draw(t, "uint")
	case 3:
		return rapid.Int64().Draw(t, "int")
	case 4:
		return float(t)
	case 5, 6:
		return rapid.String().Draw(t, "text")
	case 7:
		return rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
	case 8:
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "n") {
			list = append(list, item(t, depth-1))
		}
		return list
	}
	m := map[any]any{}
	for i := range rapid.IntRange(0, 3).Draw(t, "n") {
		m[i] = item(t, depth-1)
	}
	return m
}

func float(t *rapid.T) float64 {
	return rapid.OneOf(rapid.Float64(), rapid.Map(rapid.Float32(), func(f float32) float64 { return float64(f) }),
		rapid.Map(rapid.IntRange(-4000, 4000), func(n int) float64 { return float64(n) / 64 }),
		rapid.SampledFrom([]float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 65504, 65505, 65520, 6e-8, 0x1p-24, 0x1p-25, 0x3p-24, 0x1p-14, math.MaxFloat32, 0x1p-149}),
	).Draw(t, "float")
}

// fill draws a value of any of our types: zeros and nils come often, as they do.
func fill(t *rapid.T, v reflect.Value) {
	if rapid.IntRange(0, 3).Draw(t, "zero") == 0 {
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "int"))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(rapid.Uint64().Draw(t, "uint"))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float(t))
	case reflect.String:
		v.SetString(rapid.String().Draw(t, "text"))
	case reflect.Slice:
		if v.Type() == ourRaw {
			b, err := theirs.Marshal(item(t, 3))
			if err != nil {
				t.Fatal(err)
			}
			v.SetBytes(b)
			return
		}
		n := rapid.IntRange(0, 3).Draw(t, "n")
		if rapid.IntRange(0, 40).Draw(t, "long") == 0 {
			n = 30
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			k, x := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(t, k)
			fill(t, x)
			v.SetMapIndex(k, x)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("cbor") != "-" {
				fill(t, v.Field(i))
			}
		}
	default:
		t.Fatalf("no value of a %s", v.Type())
	}
}

// Whatever the project stores or sends is the library's bytes, and either
// reads what the other wrote.
func TestOurTypesAreTheBytesOfTheLibrary(t *testing.T) {
	wide := cbor.Limits{Nesting: 32}
	for _, typ := range real() {
		other := twin(typ)
		t.Run(typ.String(), rapid.MakeCheck(func(t *rapid.T) {
			v, w := reflect.New(typ), reflect.New(other)
			fill(t, v.Elem())
			carry(w.Elem(), v.Elem())
			want, err := theirs.Marshal(w.Interface())
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range []any{v.Interface(), v.Elem().Interface()} {
				got, err := cbor.Marshal(x)
				if err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%+v is written %x, %v\nthe library writes %x", x, got, err, want)
				}
			}
			if got, err := cbor.Append([]byte("x"), v.Interface()); err != nil || string(got) != "x"+string(want) {
				t.Fatalf("appended %x, %v; want x and %x", got, err, want)
			}
			back, theirBack := reflect.New(typ), reflect.New(other)
			if err := wide.Unmarshal(want, back.Interface()); err != nil {
				t.Fatal(err)
			}
			if err := oracle.Unmarshal(want, theirBack.Interface()); err != nil {
				t.Fatal(err)
			}
			carried := reflect.New(other)
			carry(carried.Elem(), back.Elem())
			if again, err := cbor.Marshal(back.Interface()); err != nil || !bytes.Equal(again, want) {
				t.Fatalf("read and written again: %x, %v; was %x", again, err, want)
			}
			a, _ := theirs.Marshal(carried.Interface())
			b, _ := theirs.Marshal(theirBack.Interface())
			if !bytes.Equal(a, b) {
				t.Fatalf("read as %x; the library reads %x", a, b)
			}
		}))
	}
}

// A noun read from its fields is the noun read from the map of them.
func TestFieldsAreReadAsTheirMapIs(t *testing.T) {
	for k := portfolio.Kind(1); portfolio.New(k) != nil; k++ {
		typ := reflect.TypeOf(portfolio.New(k)).Elem()
		t.Run(typ.Name(), rapid.MakeCheck(func(t *rapid.T) {
			noun := reflect.New(typ)
			fill(t, noun.Elem())
			f, err := portfolio.ToFields(noun.Interface())
			if err != nil {
				t.Skip(err) // nested deeper than the protocol
			}
			for range rapid.IntRange(0, 3).Draw(t, "changed") {
				raw := reflect.New(ourRaw).Elem()
				fill(t, raw)
				f[rapid.Uint16Range(0, 20).Draw(t, "field")] = raw.Bytes()
			}
			for range rapid.IntRange(0, 1).Draw(t, "damaged") {
				f[rapid.Uint16Range(0, 20).Draw(t, "field")] = rapid.SliceOf(rapid.Byte()).Draw(t, "raw")
			}
			theirMap := map[uint16]oracle.RawMessage{}
			for k, raw := range f {
				theirMap[k] = oracle.RawMessage(raw)
			}
			b, lib := theirs.Marshal(theirMap)
			want := reflect.New(twin(typ))
			if lib == nil {
				lib = theirDec.Unmarshal(b, want.Interface())
			}
			got := reflect.New(typ)
			err = f.Into(got.Interface())
			if errors.Is(err, cbor.ErrLength) { // the library pads and cuts
				return
			}
			if (err == nil) != (lib == nil) {
				t.Fatalf("%x: %v; by the library %v", f, err, lib)
			}
			if err != nil {
				return
			}
			carried := reflect.New(twin(typ))
			carry(carried.Elem(), got.Elem())
			x, _ := theirs.Marshal(carried.Interface())
			y, _ := theirs.Marshal(want.Interface())
			if !bytes.Equal(x, y) {
				t.Fatalf("%x is read as %x; by the library as %x", f, x, y)
			}
		}))
	}
}
