package query_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/hazard"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

var (
	update   = flag.Bool("update", false, "rewrite testdata/numbers.gz from this machine")
	parts    = flag.Bool("parts", false, "print the digest of every part")
	recorded = flag.Bool("recorded", false, "fail on a result that testdata/numbers.gz does not hold yet")
)

//go:embed testdata/numbers.gz
var reference []byte

// A dataset is a portfolio as a store holds it.
type dataset struct {
	name    string
	misc    []journal.Row
	bundles []query.Bundle
	office  *hazard.Model
}

func (d dataset) load() *query.Snapshot {
	s := load(demo.Golden().AsOf, d.misc, d.bundles...)
	s.Deepen(d.bundles...)
	return s
}

// withLeavers has three years of lives; of the clients, one in so many has left,
// and left so many files of former clients: with fifty, method 3 is in force.
func withLeavers(n, every, files int) dataset {
	asOf := demo.Golden().AsOf
	d := &draft{Bundle: query.Bundle{Scope: scope}, n: 100}
	d.add(portfolio.KindCost, portfolio.Cost{User: user, Year: 2026, Pay: 43_000_00, Charges: 18_060_00, Vehicle: 14_000_00, Support: 7_500_00})
	d.add(portfolio.KindTime, portfolio.Time{User: user, Year: 2026, Weekend: 104, Holidays: 11, Leave: 25, Meetings: 10, FieldDays: 4, Minutes: 480, Overhead: 60})
	out := dataset{name: fmt.Sprintf("%d with leavers", n)}
	out.misc = append(append(miscRows(0), demo.NewCompany(1, asOf).FamilyRows(1, journal.Mark{}, user)...), d.Rows...)
	for i, c := range demo.Cards(7, n, asOf) {
		b := query.Bundle{Root: c.ID, Scope: scope, Rows: c.Rows(scope, journal.Mark{}, user)}
		if i%every == 0 {
			ends := asOf - 600 - calendar.Day(i%400)
			b.Rows = slices.DeleteFunc(b.Rows, func(r journal.Row) bool {
				var x portfolio.Sale
				return r.Entity == portfolio.KindSale && r.Fields.Into(&x) == nil && x.From > ends
			})
			f := &draft{Bundle: query.Bundle{Root: c.ID, Scope: scope}, n: 10_000 + 100*i}
			for k := range files {
				f.add(portfolio.KindFormer, portfolio.Former{Left: ends + 20 - calendar.Day(200*k), Seen: []int{1 + (i+k)%13, 1 + (i*5+k)%13}})
			}
			b.Rows = append(b.Rows, f.Rows...)
		}
		out.bundles = append(out.bundles, b)
	}
	return out
}

// proved are the datasets whose numbers are recorded and compared everywhere:
// Appendix A; a company's clients of all phases, whose hazard has an office's
// behind it; and a portfolio that former clients teach.
func proved() []dataset {
	company := dataset{name: "company"}
	misc, bundles, _ := territory()
	company.misc = misc
	for k := 0; k < len(bundles); k += 6 {
		company.bundles = append(company.bundles, bundles[k])
	}
	taught := withLeavers(48, 2, 3)
	office := query.Fit(withLeavers(200, 5, 0).load().Book(scope), nil).Hazard
	company.office = &office
	return []dataset{{name: "golden", misc: miscRows(0), bundles: goldenBundles()}, company, taught}
}

// A strand is the leaves of all that has one name: whole numbers and words as a
// digest, reals in their order, and which of them rest on a fitted model.
type strand struct {
	wholes, n uint64
	reals     []float64
	fitted    []bool
}

// A record is the strands by name: the part and two fields of it.
type record map[string]*strand

// add walks a part. plain is the same part without any model, if there is one:
// a real that is the same there does not rest on a model.
func (r record) add(where string, p part, plain []leaf, has bool) {
	var name []byte
	k := 0
	leaves(p.name, p.value, func(at trail, l leaf) {
		name = append(name[:0], where...)
		for k, deep := 0, 0; k < len(at) && deep < 3; k++ {
			if x := at[k]; x.name != "" {
				name = append(append(name, '.'), x.name...)
				deep++
			}
		}
		t := r[string(name)]
		if t == nil {
			t = &strand{}
			r[string(name)] = t
		}
		if l.real {
			t.reals = append(t.reals, l.float())
			t.fitted = append(t.fitted, !has || k >= len(plain) || plain[k] != l)
		} else {
			t.wholes = mix(t.wholes, l.bits) // its lower half is recorded
			t.n++
		}
		k++
	})
}

// prove records a dataset, and tells the digest of each of its parts.
func prove(d dataset, r record, tell func(name string, digest uint64)) {
	s := d.load()
	plain := everything(s, d.bundles)
	models, fits := fitted(s.Book(scope), d.office)
	s.SetFits(scope, &fits)
	full := everything(s, d.bundles)
	with := map[string]uint64{}
	for k, p := range append(full, models...) {
		var without []leaf
		if k < len(full) {
			leaves("", plain[k].value, func(_ trail, l leaf) { without = append(without, l) })
		}
		if !strings.HasPrefix(p.name, "Alone/") && !p.worded() { // the record has the whole
			r.add(d.name, p, without, k < len(full))
		}
		group, _, _ := strings.Cut(p.name, " ")
		leaves("", p.value, func(_ trail, l leaf) { with[group] = mix(with[group], l.bits) })
		for _, l := range without {
			with[group] = mix(with[group], l.bits)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(with)) {
		tell(d.name+"/"+name, with[name])
	}
}

// TestTheSameNumbersEverywhere holds this machine, native or WebAssembly,
// against the recorded numbers of an amd64: classes, ranks, words and whole
// numbers identical, reals within 1e-12 of each other, and within 1e-7 what
// rests on a fitted model. It prints the digest of every part, which
// TestTheSameNumbersInEveryBrowser compares bit for bit.
func TestTheSameNumbersEverywhere(t *testing.T) {
	got, all := record{}, sha256.New()
	for _, d := range proved() {
		prove(d, got, func(name string, digest uint64) {
			fmt.Fprintf(all, "%s %x\n", name, digest)
			if *parts {
				t.Logf("part %s %016x", strings.ReplaceAll(name, " ", "_"), digest)
			}
		})
	}
	t.Logf("fingerprint %x", all.Sum(nil))
	if *update {
		if err := os.WriteFile("testdata/numbers.gz", got.encode(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := decode(reference)
	if err != nil {
		t.Fatalf("testdata/numbers.gz: %v; make golden rewrites it", err)
	}
	reals := 0
	for _, name := range slices.Sorted(maps.Keys(got)) {
		g, w := got[name], want[name]
		if w == nil {
			if *recorded {
				t.Errorf("%s is not recorded: go test ./engine/query -run TheSameNumbersEverywhere -update", name)
			}
			continue
		}
		reals += len(g.reals)
		if err := g.agree(w); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone := 0
	for name := range want {
		if got[name] == nil {
			gone++
		}
	}
	t.Logf("%d names, %d recorded, %d of them gone; %d reals compared", len(got), len(want), gone, reals)
	if t.Failed() {
		t.Log("when a result is meant to change: go test ./engine/query -run TheSameNumbersEverywhere -update")
	}
	if !*recorded {
		return
	}
	if gone > 0 {
		t.Errorf("%d recorded names are gone", gone)
	}
	for _, name := range unasked {
		t.Errorf("%s is neither proved nor said to give no result: see madeUp and other", name)
	}
}

// agree compares a strand with the recorded one.
func (t *strand) agree(w *strand) error {
	if t.n != w.n || len(t.reals) != len(w.reals) {
		return fmt.Errorf("%d whole numbers and %d reals, recorded %d and %d", t.n, len(t.reals), w.n, len(w.reals))
	}
	if uint32(t.wholes) != uint32(w.wholes) {
		return fmt.Errorf("a class, a rank, a word or a whole number among %d differs", t.n)
	}
	for i, x := range t.reals {
		y, within := w.reals[i], 1e-12
		if t.fitted[i] {
			within = 1e-7
		}
		if x != y && !(math.Abs(x-y) <= within*max(math.Abs(x), math.Abs(y))) {
			return fmt.Errorf("real %d of %d is %v, recorded %v (%.2g off, %.0g allowed)", i, len(t.reals), x, y, math.Abs(x-y)/max(math.Abs(x), math.Abs(y)), within)
		}
	}
	return nil
}

// encode writes a record: its reals once each, then by name their places.
func (r record) encode() []byte {
	var dict []float64
	seen := map[uint64]bool{}
	for _, t := range r {
		for _, x := range t.reals {
			if b := math.Float64bits(x); !seen[b] {
				seen[b] = true
				dict = append(dict, x)
			}
		}
	}
	slices.Sort(dict)
	place := map[uint64]int{}
	var b []byte
	b = binary.AppendUvarint(b, uint64(len(dict)))
	for i, x := range dict {
		place[math.Float64bits(x)] = i
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	for _, name := range slices.Sorted(maps.Keys(r)) {
		t := r[name]
		b = append(binary.AppendUvarint(b, uint64(len(name))), name...)
		b = binary.LittleEndian.AppendUint32(binary.AppendUvarint(b, t.n), uint32(t.wholes))
		b = binary.AppendUvarint(b, uint64(len(t.reals)))
		for _, x := range t.reals {
			b = binary.AppendUvarint(b, uint64(place[math.Float64bits(x)]))
		}
	}
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

func decode(file []byte) (r record, err error) {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("damaged")
		}
	}()
	number := func() uint64 {
		x, n := binary.Uvarint(b)
		b = b[n:]
		return x
	}
	bits := func() uint64 {
		x := binary.LittleEndian.Uint64(b)
		b = b[8:]
		return x
	}
	dict := make([]float64, number())
	for i := range dict {
		dict[i] = math.Float64frombits(bits())
	}
	r = record{}
	for len(b) > 0 {
		n := number()
		name := string(b[:n])
		b = b[n:]
		t := &strand{n: number(), wholes: uint64(binary.LittleEndian.Uint32(b))}
		b = b[4:]
		t.reals = make([]float64, number())
		for i := range t.reals {
			t.reals[i] = dict[number()]
		}
		r[name] = t
	}
	return r, nil
}
