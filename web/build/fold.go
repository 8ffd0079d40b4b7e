package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// A Go program for WebAssembly finds a function of its own by two tables and a
// record of each function. Most of that is counting: the table by address says
// "function 7" in 320 bytes, the table by function gives numbers that follow each
// other and the places of records whose sizes are known; most of what a record
// points at is, once [arrange] has been there, what follows the last. Brotli packs
// repetition, not counting: the tables cost it 90 kB for what a rule gives. [foldTables]
// leaves them out of the file and writes the records column by column in their
// place; [unfolding] is the rule, behind wasm_exec.js, which puts all of it back
// before the program starts (10 to 15 ms, for three megabytes less to load), byte
// for byte.
//
// The folded form, at the place of the table by function, is numbers as LEB128:
// how many bytes follow; how many functions; where the table by address stands,
// and what the places of names, steps and maps of the stack are counted from; then
// for each function a byte that says how many pcdata it has, for each function one
// for its funcdata; then a column after another: 1, and a number for each function
// that has such a field. Of three columns that is the field itself; of those that
// point somewhere it is 0 for nowhere, 1 for "the next one", 2 and more for those
// met before, in the order of meeting. A column where all point nowhere is a 0.
// Address rootAt, where no program looks, says where the folded form is.

const (
	rootAt  = 16
	nowhere = 0xffffffff // of funcdata
)

// Of moduledata, runtime/symtab.go.
const (
	ftabAt     = 16 * 8
	pctabAt    = 10 * 8
	findfuncAt = 19 * 8
	bucketSize = 20 // of findfuncbucket: the number of a function, sixteen steps from it
	perFunc    = 16 // buckets: a function may have 65 536 addresses, a bucket has 4 096
	mostData   = 8  // of pcdata and of funcdata in a record
)

// A shelf is where things lie one behind the other.
type shelf struct {
	at   int // in memory: where their places are counted from
	next int
	size func(b []byte) (size, align int) // of the thing that b begins with
}

// column writes a field of all records that points into a shelf; get gives 0, and
// false, for those that have none, and nowhere is what points at nothing.
func (l *shelf) column(b, memory []byte, records [][]byte, nowhere uint32, get func(f []byte) (uint32, bool)) ([]byte, error) {
	some := false
	for _, f := range records {
		x, is := get(f)
		some = some || is && x != nowhere
	}
	if !some {
		return append(b, 0), nil
	}
	b = append(b, 1)
	seen := map[uint32]int{}
	for i, f := range records {
		x, is := get(f)
		if !is {
			continue
		}
		if x == nowhere {
			b = append(b, 0)
			continue
		}
		if k, is := seen[x]; is {
			b = binary.AppendUvarint(b, uint64(k+2))
			continue
		}
		size, align := l.size(memory[min(len(memory), l.at+int(x)):])
		l.next = (l.next + align - 1) &^ (align - 1)
		if size <= 0 || int(x) != l.next {
			return nil, fmt.Errorf("fold function %d: what it points at is not the next; see web/build/arrange.go", i)
		}
		seen[x] = len(seen)
		l.next += size
		b = append(b, 1)
	}
	return b, nil
}

func u32(at int) func(f []byte) (uint32, bool) {
	return func(f []byte) (uint32, bool) { return binary.LittleEndian.Uint32(f[at:]), true }
}

// pcdata and funcdata are fields behind the record, where it has them.
func pcdata(k int) func(f []byte) (uint32, bool) {
	return func(f []byte) (uint32, bool) {
		if k >= int(binary.LittleEndian.Uint32(f[npcdataAt:])) {
			return 0, false
		}
		return binary.LittleEndian.Uint32(f[recordSize+4*k:]), true
	}
}

func funcdata(k int) func(f []byte) (uint32, bool) {
	return func(f []byte) (uint32, bool) {
		if k >= int(f[nfuncAt]) {
			return 0, false
		}
		return binary.LittleEndian.Uint32(f[recordSize+4*(int(binary.LittleEndian.Uint32(f[npcdataAt:]))+k):]), true
	}
}

// foldTables folds the tables of a program that [stripLines] has made.
func foldTables(wasm []byte) ([]byte, error) {
	d, err := findData(wasm)
	if err != nil {
		return nil, err
	}
	memory := d.memory()
	t, err := findTable(memory)
	if err != nil {
		return nil, err
	}
	if err := t.fold(memory); err != nil {
		return nil, err
	}
	return d.with(wasm, memory), nil
}

func (t *lineTable) fold(memory []byte) error {
	module, err := t.module(memory)
	if err != nil {
		return err
	}
	table := int(binary.LittleEndian.Uint64(memory[module+ftabAt:]))
	buckets := int(binary.LittleEndian.Uint64(memory[module+findfuncAt:]))
	if table != len(memory)-len(t.funcs) || buckets%4 != 0 || table%8 != 0 || buckets < table || buckets+t.bucketsSize() > len(memory) {
		return errWasm
	}
	byAddress := memory[buckets:][:t.bucketsSize()]
	for i := range t.number {
		x := byAddress[i*perFunc*bucketSize:][:min(perFunc*bucketSize, len(byAddress)-i*perFunc*bucketSize)]
		if binary.LittleEndian.Uint32(x) != uint32(i) || !zero(x[4:]) {
			return fmt.Errorf("fold function %d: the table by address is not the rule's; see web/build/fold.go", i)
		}
	}
	at := (8*t.number + 4 + 7) &^ 7 // the table by function ends with half an entry more
	records, err := t.records()
	if err != nil {
		return err
	}
	for i, f := range records {
		if binary.LittleEndian.Uint32(t.funcs[8*i:]) != uint32(firstEntry+i) || binary.LittleEndian.Uint32(t.funcs[8*i+4:]) != uint32(at) || at+recordSize > len(t.funcs) {
			return fmt.Errorf("fold function %d: not where the rule puts it; see web/build/fold.go", i)
		}
		if binary.LittleEndian.Uint32(f) != uint32(firstEntry+i) || !zero(f[pcfileAt:pclnAt+4]) || !zero(f[unitAt:lineAt+4]) {
			return fmt.Errorf("fold function %d: not the record the rule makes; see web/build/fold.go", i)
		}
		at += len(f) + len(f)%8 // a multiple of four
	}
	if binary.LittleEndian.Uint32(t.funcs[8*t.number:]) != uint32(firstEntry+t.number) {
		return errWasm
	}

	names := shelf{t.at + headerSize, 1, nameSize}
	steps := shelf{int(binary.LittleEndian.Uint64(memory[module+pctabAt:])), 1, stepsSize}
	maps := shelf{at: int(binary.LittleEndian.Uint64(memory[module+gofuncAt:]))}
	var b []byte
	for _, x := range []int{t.number, buckets, names.at, steps.at, maps.at} {
		b = binary.AppendUvarint(b, uint64(x))
	}
	for _, f := range records {
		b = append(b, f[npcdataAt])
	}
	for _, f := range records {
		b = append(b, f[nfuncAt])
	}
	for _, field := range []int{idAt, argsAt, deferAt} {
		b = append(b, 1)
		for _, f := range records {
			x := binary.LittleEndian.Uint32(f[field:])
			if field == idAt {
				x &= 1<<24 - 1 // without how many funcdata
			}
			b = binary.AppendUvarint(b, uint64(x))
		}
	}
	b, err = names.column(b, memory, records, 0, u32(nameAt))
	if err == nil {
		b, err = steps.column(b, memory, records, 0, u32(pcspAt))
	}
	for k := 0; k < mostData && err == nil; k++ {
		b, err = steps.column(b, memory, records, 0, pcdata(k))
	}
	for k := 0; k < mostData && err == nil; k++ {
		maps.size = func(b []byte) (int, int) { return mapSize(b, k) }
		b, err = maps.column(b, memory, records, nowhere, funcdata(k))
	}
	if err != nil {
		return err
	}
	b = append(binary.AppendUvarint(nil, uint64(len(b))), b...)
	if len(b) > at || !zero(memory[rootAt:][:4]) {
		return errWasm
	}
	clear(byAddress)
	clear(t.funcs[:at])
	copy(t.funcs, b)
	binary.LittleEndian.PutUint32(memory[rootAt:], uint32(table))
	return nil
}

// bucketsSize is how many bytes the table by address has: it ends with the first
// step of the last function.
func (t *lineTable) bucketsSize() int { return bucketSize*perFunc*(t.number-1) + 5 }

func zero(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }

// unfolding is the rule, put behind wasm_exec.js. Flat loops: they run once, before
// any of it is compiled well.
const unfolding = `
// The tables that web/build/fold.go has folded, put back before a program starts.
(() => {
	const unfold = buffer => {
		const word = new Uint32Array(buffer), memory = new Uint8Array(buffer), table = word[4];
		if (!table) return;
		word[4] = 0;
		let s = memory, p = table;
		const long = x => { // the rest of a number whose first byte is x
			x &= 127;
			for (let shift = 7, c = 128; c > 127; shift += 7) {
				c = s[p++];
				x |= (c & 127) << shift;
			}
			return x;
		};
		const next = () => {
			const x = s[p++];
			return x > 127 ? long(x) : x;
		};
		const size = next(), from = p;
		s = memory.slice(p, p + size);
		memory.fill(0, table, from + size);
		p = 0;
		const n = next(), buckets = next() / 4, names = next(), steps = next(), maps = next(), base = table / 4;
		const data = s.subarray(p, p + n), funcs = s.subarray(p + n, p += 2 * n); // how many stand behind each record
		const record = new Uint32Array(n), func = new Uint32Array(n);
		for (let i = 0, to = base + 2 * n + 2 & ~1; i < n; i++) {
			word[buckets + 80 * i] = i;
			word[base + 2 * i] = word[to] = 4096 + i;
			word[base + 2 * i + 1] = 4 * (to - base);
			word[to + 7] = data[i];
			word[to + 10] = funcs[i] << 24;
			record[i] = to;
			func[i] = to += 11 + data[i];
			for (let k = funcs[i]; k > 0; k--) word[to++] = -1; // nowhere
			to += to & 1;
		}
		word[base + 2 * n] = 4096 + n;
		const all = new Uint8Array(n).fill(255);
		let place = 0; // of what comes next, from at
		const column = (field, origin, limit, k, at, align, end) => {
			if (!s[p++]) return; // nothing there
			const seen = [];
			for (let i = 0; i < n; i++) {
				if (k >= limit[i]) continue;
				let x = s[p++];
				if (x === 0) continue;
				if (x > 127) x = long(x);
				const to = origin[i] + field;
				if (align === 0) word[to] |= x;
				else if (x > 1) word[to] = seen[x - 2];
				else {
					place = place + align - 1 & -align;
					seen.push(place);
					word[to] = place;
					place = end(at + place) - at;
				}
			}
		};
		column(10, record, all, 0, 0, 0);
		column(2, record, all, 0, 0, 0);
		column(3, record, all, 0, 0, 0);
		const end = a => memory.indexOf(0, a + 1) + 1; // the only zero, but for the first byte of some steps
		place = 1;
		column(1, record, all, 0, names, 1, end);
		place = 1;
		column(4, record, all, 0, steps, 1, end);
		for (let k = 0; k < 8; k++) column(11 + k, record, data, k, steps, 1, end);
		const number = a => { // where the number at a ends
			while (memory[a++] > 127);
			return a;
		};
		const bits = a => a + 8 + word[a / 4] * (word[a / 4 + 1] + 7 >>> 3);
		const kinds = [[4, bits], [4, bits], [8, a => a + 8 + 16 * word[a / 4]], , [1, a => number(number(a))], , , [4, a => a + 4]];
		place = 0;
		for (let k = 0; k < 8; k++) column(k, func, funcs, k, maps, ...kinds[k] || [1]);
	};
	const run = Go.prototype.run;
	Go.prototype.run = function (instance) {
		unfold(instance.exports.mem.buffer);
		return run.call(this, instance);
	};
})();
`
