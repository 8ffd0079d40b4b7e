package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// A Go program for WebAssembly finds a function of its own by two tables and a
// record of each function. Most of that is counting: the table by address says
// "function 7" sixteen times in twenty bytes each, the table by function gives
// numbers that follow each other and the places of records whose sizes are
// known. Brotli packs repetition, not counting: the tables cost it 110 kB for
// what a rule gives. [fold] leaves them out of the file and writes the records
// column by column in their place; [unfolding] is the rule, behind wasm_exec.js,
// which puts all of it back before the program starts (2 ms), byte for byte.
//
// The folded form, at the place of the table by function, is numbers as LEB128:
// how many bytes follow; how many functions; where the table by address stands
// and how many buckets it has; then a column after another: whether its numbers
// are differences, and one for each function that has such a field. A difference
// is 0 for "none", else 1 more than its zigzag from the last that was some.
// Address rootAt, where no program looks, says where the folded form is.

const rootAt = 16

// Of moduledata, runtime/symtab.go.
const (
	ftabAt     = 16 * 8
	findfuncAt = 19 * 8
	bucketSize = 20 // of findfuncbucket: the number of a function, sixteen steps from it
	perFunc    = 16 // buckets: a function has 65 536 addresses, a bucket 4 096
	mostData   = 8  // of pcdata and of funcdata in a record
)

// A column is one field of the records.
type column struct {
	delta bool
	get   func(f []byte) (uint32, bool) // of a record; false: it has no such field
}

func u32(at int) func(f []byte) (uint32, bool) {
	return func(f []byte) (uint32, bool) { return binary.LittleEndian.Uint32(f[at:]), true }
}

// columns are the fields, the counts of what stands behind the record first.
// They are told apart by which of the two forms is smaller once packed.
func columns() []column {
	all := []column{{false, u32(npcdataAt)}, {false, u32(idAt)}, {true, u32(nameAt)}, {false, u32(2 * 4)}, {false, u32(3 * 4)}, {false, u32(pcspAt)}}
	for k := range mostData {
		all = append(all, column{false, func(f []byte) (uint32, bool) {
			if k >= int(binary.LittleEndian.Uint32(f[npcdataAt:])) {
				return 0, false
			}
			return binary.LittleEndian.Uint32(f[recordSize+4*k:]), true
		}})
	}
	for k := range mostData {
		all = append(all, column{k == 2, func(f []byte) (uint32, bool) { // stack objects lie in the order of their functions
			if k >= int(f[nfuncAt]) {
				return 0, false
			}
			return binary.LittleEndian.Uint32(f[recordSize+4*(int(binary.LittleEndian.Uint32(f[npcdataAt:]))+k):]) + 1, true // 0: none
		}})
	}
	return all
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
	module := -1
	for at := 0; at+findfuncAt+8 <= len(memory) && module < 0; at += 8 {
		if binary.LittleEndian.Uint64(memory[at:]) == uint64(t.at) && binary.LittleEndian.Uint64(memory[at+8:]) == uint64(t.at+headerSize) {
			module = at
		}
	}
	if module < 0 {
		return fmt.Errorf("find the module's description: not in the layout of Go 1.26; see web/build/fold.go")
	}
	table := int(binary.LittleEndian.Uint64(memory[module+ftabAt:]))
	buckets := int(binary.LittleEndian.Uint64(memory[module+findfuncAt:]))
	count := perFunc*(t.number-1) + 1 // the table ends with the first step of the last function
	size := bucketSize*(count-1) + 5
	if table != len(memory)-len(t.funcs) || buckets%4 != 0 || table%8 != 0 || buckets < table || buckets+size > len(memory) {
		return errWasm
	}
	for b := range count {
		x := memory[buckets:][b*bucketSize : min(size, (b+1)*bucketSize)]
		if binary.LittleEndian.Uint32(x) != uint32(b/perFunc) || !zero(x[4:]) {
			return fmt.Errorf("fold the table by address: bucket %d is not the rule's; see web/build/fold.go", b)
		}
	}
	at := (8*t.number + 4 + 7) &^ 7 // the table by function ends with half an entry more
	records := make([][]byte, t.number)
	for i := range records {
		if binary.LittleEndian.Uint32(t.funcs[8*i:]) != uint32(firstEntry+i) || binary.LittleEndian.Uint32(t.funcs[8*i+4:]) != uint32(at) || at+recordSize > len(t.funcs) {
			return fmt.Errorf("fold function %d: not where the rule puts it; see web/build/fold.go", i)
		}
		f := t.funcs[at:]
		data := int(binary.LittleEndian.Uint32(f[npcdataAt:]))
		if data > mostData || int(f[nfuncAt]) > mostData || binary.LittleEndian.Uint32(f) != uint32(firstEntry+i) || !zero(f[pcfileAt:pclnAt+4]) || !zero(f[unitAt:lineAt+4]) {
			return fmt.Errorf("fold function %d: not the record the rule makes; see web/build/fold.go", i)
		}
		size := recordSize + 4*(data+int(f[nfuncAt]))
		records[i] = f[:size]
		at += size + size%8 // a multiple of four
	}
	if binary.LittleEndian.Uint32(t.funcs[8*t.number:]) != uint32(firstEntry+t.number) {
		return errWasm
	}

	var b []byte
	put := func(x uint64) { b = binary.AppendUvarint(b, x) }
	put(uint64(t.number))
	put(uint64(buckets))
	put(uint64(count))
	for _, c := range columns() {
		put(uint64(one(c.delta)))
		last := int64(0)
		for _, f := range records {
			x, is := c.get(f)
			switch {
			case !is:
			case !c.delta || x == 0:
				put(uint64(x))
			default:
				d := int64(x) - last
				put(uint64(d<<1^d>>63) + 1)
				last = int64(x)
			}
		}
	}
	b = append(binary.AppendUvarint(nil, uint64(len(b))), b...)
	if len(b) > at || !zero(memory[rootAt:][:4]) {
		return errWasm
	}
	clear(memory[buckets:][:size])
	clear(t.funcs[:at])
	copy(t.funcs, b)
	binary.LittleEndian.PutUint32(memory[rootAt:], uint32(table))
	return nil
}

func zero(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// unfolding is the rule, put behind wasm_exec.js.
const unfolding = `
// The tables that web/build/fold.go has folded, put back before a program starts.
(() => {
	const run = Go.prototype.run;
	Go.prototype.run = function (instance) {
		const memory = instance.exports.mem.buffer, word = new Uint32Array(memory);
		const table = word[4];
		if (table) {
			word[4] = 0;
			let bytes = new Uint8Array(memory), at = table;
			const next = () => {
				let x = 0, shift = 0, c;
				do {
					c = bytes[at++];
					x |= (c & 127) << shift;
					shift += 7;
				} while (c > 127);
				return x >>> 0;
			};
			const length = next(), from = at;
			bytes = bytes.slice(at, at + length);
			new Uint8Array(memory).fill(0, table, from + length);
			at = 0;
			const n = next(), buckets = next() / 4, count = next();
			for (let b = 0; b < count; b++) word[buckets + 5 * b] = b >>> 4;
			const column = has => {
				const delta = next(), out = new Uint32Array(n);
				for (let i = 0, last = 0; i < n; i++) {
					if (!has(i)) continue;
					const x = next();
					out[i] = x && delta ? last += (x - 1) >>> 1 ^ -((x - 1) & 1) : x;
				}
				return out;
			};
			const all = () => true;
			const data = column(all), ids = column(all), name = column(all), args = column(all), defer = column(all), stack = column(all);
			const pc = [], func = [];
			for (let k = 0; k < 8; k++) pc.push(column(i => k < data[i]));
			for (let k = 0; k < 8; k++) func.push(column(i => k < ids[i] >>> 24));
			const base = table / 4;
			let to = base + 2 * n + 2 & ~1;
			for (let i = 0; i < n; i++) {
				word[base + 2 * i] = word[to] = 4096 + i;
				word[base + 2 * i + 1] = 4 * (to - base);
				word[to + 1] = name[i];
				word[to + 2] = args[i];
				word[to + 3] = defer[i];
				word[to + 4] = stack[i];
				word[to + 7] = data[i];
				word[to + 10] = ids[i];
				to += 11;
				for (let k = 0; k < data[i]; k++) word[to++] = pc[k][i];
				for (let k = 0; k < ids[i] >>> 24; k++) word[to++] = func[k][i] - 1;
				to += to & 1;
			}
			word[base + 2 * n] = 4096 + n;
		}
		return run.call(this, instance);
	};
})();
`
