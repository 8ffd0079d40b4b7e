package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// A Go program for WebAssembly finds a function of its own by two tables and a
// record of each function. The tables only count: the one by address says
// "function 7" in 320 bytes, the one by function gives numbers that follow each
// other and the places of records whose sizes are known; and a record begins with
// its number. Brotli packs repetition, not counting: that costs it 50 to 60 kB.
// [foldTables] leaves it out of the file; [unfolding] is the rule, behind
// wasm_exec.js, which puts it back before the program starts (two milliseconds,
// for three megabytes less to load), byte for byte.
//
// In the place of the table by function stand two numbers: how many functions, and
// where the table by address is. Address rootAt, where no program looks, says
// where that place is.

const rootAt = 16

// Of moduledata, runtime/symtab.go.
const (
	ftabAt     = 16 * 8
	pctabAt    = 10 * 8
	findfuncAt = 19 * 8
	bucketSize = 20 // of findfuncbucket: the number of a function, sixteen steps from it
	perFunc    = 16 // buckets: a function may have 65 536 addresses, a bucket has 4 096
	mostData   = 8  // of pcdata and of funcdata in a record
)

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
	if !zero(memory[rootAt:][:4]) {
		return errWasm
	}
	clear(byAddress)
	for _, f := range records {
		clear(f[:4])
	}
	clear(t.funcs[:8*t.number+4])
	binary.LittleEndian.PutUint32(t.funcs, uint32(t.number))
	binary.LittleEndian.PutUint32(t.funcs[4:], uint32(buckets))
	binary.LittleEndian.PutUint32(memory[rootAt:], uint32(table))
	return nil
}

// bucketsSize is how many bytes the table by address has: it ends with the first
// step of the last function.
func (t *lineTable) bucketsSize() int { return bucketSize*perFunc*(t.number-1) + 5 }

func zero(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }

// unfolding is the rule, put behind wasm_exec.js.
const unfolding = `
// The tables that web/build/fold.go has folded, put back before a program starts.
(() => {
	const unfold = buffer => {
		const word = new Uint32Array(buffer), base = word[4] / 4;
		if (!base) return;
		word[4] = 0;
		const n = word[base], buckets = word[base + 1] / 4;
		for (let i = 0, record = base + 2 * n + 2 & ~1; i < n; i++) {
			word[buckets + 80 * i] = i;
			word[base + 2 * i] = word[record] = 4096 + i;
			word[base + 2 * i + 1] = 4 * (record - base);
			record += 11 + word[record + 7] + (word[record + 10] >>> 24); // with its pcdata and funcdata
			record += record & 1;
		}
		word[base + 2 * n] = 4096 + n;
	};
	const run = Go.prototype.run;
	Go.prototype.run = function (instance) {
		unfold(instance.exports.mem.buffer);
		return run.call(this, instance);
	};
})();
`
