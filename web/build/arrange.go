package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Each record of a function points at its name, at its tables of steps and at
// its maps of the stack, most of which serve this function alone. [arrange] puts
// them one behind the other in the order of the functions, each once: what is like
// stands together, places grow from record to record, what nobody points at any
// more is gone (18 kB at brotli 11). The program that comes out runs like the one
// that went in.

// The kinds of funcdata, of internal/abi/funcdata.go.
const (
	argMaps     = 0
	localMaps   = 1
	stackObject = 2
	openDefer   = 4
	wrapped     = 7
)

const (
	gofuncAt    = 40 * 8 // of moduledata: where funcdata is counted from
	bucketReach = 4096   // addresses
)

// arrange lays out anew what the functions of a program share; after [stripLines].
func arrange(wasm []byte) ([]byte, error) {
	d, err := findData(wasm)
	if err != nil {
		return nil, err
	}
	memory := d.memory()
	t, err := findTable(memory)
	if err != nil {
		return nil, err
	}
	module, err := t.module(memory)
	if err != nil {
		return nil, err
	}
	records, err := t.records()
	if err != nil {
		return nil, err
	}
	if err := t.short(records); err != nil {
		return nil, err
	}
	names, err := t.arrangeNames(records)
	if err != nil {
		return nil, err
	}
	steps, err := t.arrangeSteps(records)
	if err != nil {
		return nil, err
	}
	maps, err := arrangeMaps(memory, int(binary.LittleEndian.Uint64(memory[module+gofuncAt:])), records)
	if err != nil {
		return nil, err
	}
	// All of it fits where names, units, files and steps were.
	room := memory[t.at+headerSize : len(memory)-len(t.funcs)]
	mapsAt := (len(names) + 7) &^ 7
	stepsAt := mapsAt + len(maps)
	if stepsAt+len(steps) > len(room) {
		return nil, fmt.Errorf("arrange: %d bytes of names, %d of maps and %d of steps have no room in %d", len(names), len(maps), len(steps), len(room))
	}
	buckets := int(binary.LittleEndian.Uint64(memory[module+findfuncAt:]))
	if buckets+t.bucketsSize() > len(memory) {
		return nil, errWasm
	}
	byAddress := memory[buckets:][:t.bucketsSize()]
	for b := range t.number * perFunc {
		if b%perFunc > 0 && (b+1)*bucketSize <= len(byAddress) {
			clear(byAddress[b*bucketSize:][:bucketSize])
		}
	}
	clear(room)
	copy(room, names)
	copy(room[mapsAt:], maps)
	copy(room[stepsAt:], steps)
	binary.LittleEndian.PutUint64(memory[module+gofuncAt:], uint64(t.at+headerSize+mapsAt))
	binary.LittleEndian.PutUint64(memory[module+pctabAt:], uint64(t.at+headerSize+stepsAt))
	for _, size := range []int{8, 16} { // of the slice: length, capacity
		binary.LittleEndian.PutUint64(memory[module+pctabAt+size:], uint64(len(steps)))
	}
	return d.with(wasm, memory), nil
}

// module is where the description of the module stands.
func (t *lineTable) module(memory []byte) (int, error) {
	for at := 0; at+gofuncAt+8 <= len(memory); at += 8 {
		if binary.LittleEndian.Uint64(memory[at:]) == uint64(t.at) && binary.LittleEndian.Uint64(memory[at+8:]) == uint64(t.at+headerSize) {
			return at, nil
		}
	}
	return 0, fmt.Errorf("find the module's description: not in the layout of Go 1.26; see web/build/fold.go")
}

// records are those of all functions, in order.
func (t *lineTable) records() ([][]byte, error) {
	list := make([][]byte, t.number)
	for i := range list {
		at := int(binary.LittleEndian.Uint32(t.funcs[8*i+4:]))
		if at+recordSize > len(t.funcs) {
			return nil, errWasm
		}
		f := t.funcs[at:]
		data := binary.LittleEndian.Uint32(f[npcdataAt:])
		if data > mostData || f[nfuncAt] > mostData || recordSize+4*(int(data)+int(f[nfuncAt])) > len(f) {
			return nil, errWasm
		}
		list[i] = f[:recordSize+4*(int(data)+int(f[nfuncAt]))]
	}
	return list, nil
}

// short makes sure that no function reaches its second bucket: what the table by
// address says of the others is never asked (if it were, the runtime would look
// from the first function on, which is right, and slow).
func (t *lineTable) short(records [][]byte) error {
	for i, f := range records {
		at := int(binary.LittleEndian.Uint32(f[pcspAt:]))
		if at == 0 {
			continue
		}
		b, reach := t.steps[min(len(t.steps), at):], uint64(0)
		for first := true; len(b) > 0 && (first || b[0] != 0); first = false {
			_, n := binary.Uvarint(b)
			if n <= 0 {
				return errWasm
			}
			x, m := binary.Uvarint(b[n:])
			if m <= 0 {
				return errWasm
			}
			reach += x
			b = b[n+m:]
		}
		if reach > bucketReach {
			return fmt.Errorf("arrange function %d: it has %d addresses, more than a bucket holds; see web/build/arrange.go", i, reach)
		}
	}
	return nil
}

// arrangeNames gives each function that has a name its own, in their order.
func (t *lineTable) arrangeNames(records [][]byte) ([]byte, error) {
	out := []byte{0}
	for _, f := range records {
		at := binary.LittleEndian.Uint32(f[nameAt:])
		if uint64(at) >= uint64(len(t.names)) {
			return nil, errWasm
		}
		stop := bytes.IndexByte(t.names[at:], 0)
		if stop <= 0 {
			clear(f[nameAt:][:4])
			continue
		}
		binary.LittleEndian.PutUint32(f[nameAt:], uint32(len(out)))
		out = append(out, t.names[at:][:stop+1]...)
	}
	if len(out) > len(t.names) {
		return nil, errWasm
	}
	return out, nil
}

// arrangeSteps puts the tables of steps in the order of their first use, field by
// field. Offset 0 is none.
func (t *lineTable) arrangeSteps(records [][]byte) ([]byte, error) {
	out := []byte{0}
	for k := -1; k < mostData; k++ {
		seen := map[uint32]uint32{}
		for _, f := range records {
			field := f[pcspAt:][:4]
			if k >= 0 {
				if k >= int(binary.LittleEndian.Uint32(f[npcdataAt:])) {
					continue
				}
				field = f[recordSize+4*k:][:4]
			}
			at := binary.LittleEndian.Uint32(field)
			if at == 0 {
				continue
			}
			now, is := seen[at]
			if !is {
				size := stepsSize(t.steps[min(len(t.steps), int(at)):])
				if size <= 0 {
					return nil, errWasm
				}
				now = uint32(len(out))
				seen[at] = now
				out = append(out, t.steps[at:][:size]...)
			}
			binary.LittleEndian.PutUint32(field, now)
		}
	}
	if len(out) > len(t.steps) {
		return nil, errWasm
	}
	return out, nil
}

// stepsSize is how long the table at the beginning of b is, its end included; 0:
// there is none.
func stepsSize(b []byte) int {
	for i, first := 0, true; i < len(b); first = false {
		if b[i] == 0 && !first {
			return i + 1
		}
		for range 2 {
			_, n := binary.Uvarint(b[i:])
			if n <= 0 {
				return 0
			}
			i += n
		}
	}
	return 0
}

// arrangeMaps puts what funcdata points at in the order of its first use, kind by
// kind, and clears the place where it was.
func arrangeMaps(memory []byte, base int, records [][]byte) ([]byte, error) {
	var out []byte
	type old struct{ at, size int }
	var gone []old
	for k := range mostData {
		seen := map[uint32]uint32{}
		for _, f := range records {
			if k >= int(f[nfuncAt]) {
				continue
			}
			field := f[recordSize+4*(int(binary.LittleEndian.Uint32(f[npcdataAt:]))+k):][:4]
			if bytes.Equal(field, none) {
				continue
			}
			off := binary.LittleEndian.Uint32(field)
			now, is := seen[off]
			if !is {
				at := base + int(off)
				if at < 0 || at+8 > len(memory) {
					return nil, errWasm
				}
				size, align := mapSize(memory[at:], k)
				if size <= 0 || at+size > len(memory) {
					return nil, fmt.Errorf("arrange: funcdata %d is of a kind not known here; see web/build/arrange.go", k)
				}
				for len(out)%align != 0 {
					out = append(out, 0)
				}
				now = uint32(len(out))
				seen[off] = now
				out = append(out, memory[at:][:size]...)
				gone = append(gone, old{at, size})
			}
			binary.LittleEndian.PutUint32(field, now)
		}
	}
	for _, g := range gone {
		clear(memory[g.at:][:g.size])
	}
	return out, nil
}

// mapSize is how many bytes a map of a kind has, and where it may begin; 0: not
// known.
func mapSize(b []byte, kind int) (size, align int) {
	switch kind {
	case argMaps, localMaps: // stackmap: how many, how many bits each, the bits
		n, bits := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
		if n > 1<<16 || bits > 1<<20 {
			return 0, 1
		}
		return 8 + int(n)*int((bits+7)/8), 4
	case stackObject: // how many, then a record of each
		n := binary.LittleEndian.Uint64(b)
		if n > 1<<16 {
			return 0, 1
		}
		return 8 + 16*int(n), 8
	case openDefer: // two numbers
		for range 2 {
			_, n := binary.Uvarint(b[size:])
			if n <= 0 {
				return 0, 1
			}
			size += n
		}
		return size, 1
	case wrapped: // the function behind a wrapper
		return 4, 4
	}
	return 0, 1
}
