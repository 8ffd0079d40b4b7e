package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// stripLines blanks what a Go program for WebAssembly carries only to print
// file names, line numbers and arguments in a stack trace: the tables from
// instruction to file and to line, the names of files, the names of functions
// that are not ours, the layouts of arguments. No linker flag does it. Our own
// functions keep their names, so a trace still says where; their frames read
// "?:0". The tables of places where a thread may be stopped by a signal go too:
// WebAssembly has no signals (preemptMSupported of runtime/os_wasm.go). What the
// runtime needs to walk and to collect stacks stays as it is, byte for byte.
// [join] then writes the memory as fewer pieces.
//
// The layout is that of runtime/symtab.go and runtime2.go (pcHeader, _func) of
// Go 1.20 to 1.26; another layout is an error, not a broken program.
func stripLines(wasm []byte) ([]byte, error) {
	d, err := findData(wasm)
	if err != nil {
		return nil, err
	}
	memory := d.memory()
	t, err := findTable(memory)
	if err != nil {
		return nil, err
	}
	if wasm, err = hush(wasm, t); err != nil {
		return nil, err
	}
	if d, err = findData(wasm); err != nil { // it has moved
		return nil, err
	}
	if err := t.blank(); err != nil {
		return nil, err
	}
	muteTypes(memory)
	return d.with(wasm, memory), nil
}

// unspoken begin the names of types that no value shows to reflection: those
// the compiler makes for the shared code of generics, and those of the objects
// behind closures.
var unspoken = [][]byte{[]byte("go.shape."), []byte("struct { F uintptr")}

// muteTypes blanks such names wherever a type carries one: a byte of flags, the
// length, then "*" for the pointer and the name, up to 32 kB long. Kilobytes of
// field lists and tags go, which only a debugger would read.
func muteTypes(memory []byte) {
	for _, begins := range unspoken {
		for from := 0; ; {
			i := bytes.Index(memory[from:], begins)
			if i < 0 {
				break
			}
			at := from + i
			from = at + len(begins)
			if stop := nameStop(memory, at); stop > from {
				clear(memory[from:stop])
			}
		}
	}
}

// nameStop is where the name of a type ends that has a word at a place of its
// first bytes; 0 when no length before it says that this is a name.
func nameStop(memory []byte, at int) int {
	for start := at; start > max(3, at-24) && memory[start] >= ' '; start-- {
		for n := 1; n <= 3; n++ { // bytes of the length
			length, read := binary.Uvarint(memory[start-n : start])
			stop := start + int(length)
			if read != n || length > 1<<15 || stop <= at || stop > len(memory) || memory[start-n-1] > 0xf {
				continue
			}
			if memory[start] == '*' && bytes.IndexByte(memory[start:stop], 0) < 0 {
				return stop
			}
		}
	}
	return 0
}

// join writes memory as a data section of few pieces. The linker starts a new
// piece after eight zeros, a hundred thousand in all: smaller on disk, but the
// address and the length of each is noise to brotli, which packs zeros into
// nothing.
func join(memory []byte) []byte {
	const gap = 4096 // zeros that are worth an address
	var pieces []segment
	for at := 0; at < len(memory); {
		start := at
		for start < len(memory) && memory[start] == 0 {
			start++
		}
		stop := start // behind the last byte that is not zero
		for at = start; at < len(memory) && at-stop < gap; at++ {
			if memory[at] != 0 {
				stop = at + 1
			}
		}
		if stop > start {
			pieces = append(pieces, segment{start, memory[start:stop]})
		}
	}
	body := binary.AppendUvarint(nil, uint64(len(pieces)))
	for _, s := range pieces {
		body = append(body, 0, i32Const)
		body = appendSigned(body, int64(s.at))
		body = append(body, end)
		body = binary.AppendUvarint(body, uint64(len(s.bytes)))
		body = append(body, s.bytes...)
	}
	return body
}

// appendSigned writes a signed LEB128 number.
func appendSigned(b []byte, x int64) []byte {
	for {
		c := byte(x & 0x7f)
		x >>= 7
		if x == 0 && c&0x40 == 0 || x == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}

// A segment is a piece of the program's initial memory; its bytes lie in the
// file.
type segment struct {
	at    int
	bytes []byte
}

const (
	dataSection = 11
	i32Const    = 0x41
	end         = 0x0b
)

var errWasm = errors.New("this is no WebAssembly as Go links it")

// A data is the data section of a WebAssembly file: where it stands, its head
// included, and the initialised pieces of memory it holds.
type data struct {
	from, to int
	pieces   []segment
}

// memory is what the program starts with.
func (d data) memory() []byte {
	size := 0
	for _, s := range d.pieces {
		size = max(size, s.at+len(s.bytes))
	}
	memory := make([]byte, size)
	for _, s := range d.pieces {
		copy(memory[s.at:], s.bytes)
	}
	return memory
}

// with is the file with another memory.
func (d data) with(wasm, memory []byte) []byte {
	body := join(memory)
	out := append(bytes.Clone(wasm[:d.from]), dataSection)
	out = binary.AppendUvarint(out, uint64(len(body)))
	out = append(out, body...)
	return append(out, wasm[d.to:]...)
}

func findData(wasm []byte) (data, error) {
	if !bytes.HasPrefix(wasm, []byte("\x00asm\x01\x00\x00\x00")) {
		return data{}, errWasm
	}
	for rest := wasm[8:]; len(rest) > 0; {
		kind := rest[0]
		length, n := binary.Uvarint(rest[1:])
		if n <= 0 || length > uint64(len(rest)-1-n) {
			return data{}, errWasm
		}
		body := rest[1+n:][:length]
		if kind == dataSection {
			pieces, err := readSegments(body)
			return data{len(wasm) - len(rest), len(wasm) - len(rest) + 1 + n + int(length), pieces}, err
		}
		rest = rest[1+n+int(length):]
	}
	return data{}, errWasm
}

func readSegments(body []byte) ([]segment, error) {
	count, n := binary.Uvarint(body)
	if n <= 0 || count > uint64(len(body)) {
		return nil, errWasm
	}
	body = body[n:]
	list := make([]segment, 0, count)
	for range count {
		if len(body) < 2 || body[0] != 0 || body[1] != i32Const {
			return nil, errWasm
		}
		at, n := signed(body[2:])
		if n <= 0 || at < 0 || at > 1<<30 || 2+n >= len(body) || body[2+n] != end {
			return nil, errWasm
		}
		body = body[2+n+1:]
		length, n := binary.Uvarint(body)
		if n <= 0 || length > uint64(len(body)-n) {
			return nil, errWasm
		}
		list = append(list, segment{int(at), body[n:][:length]})
		body = body[n+int(length):]
	}
	return list, nil
}

// signed reads a signed LEB128 number.
func signed(b []byte) (x int64, n int) {
	for shift := 0; n < len(b) && n < 10; shift += 7 {
		c := b[n]
		n++
		x |= int64(c&0x7f) << shift
		if c&0x80 == 0 {
			if c&0x40 != 0 && shift+7 < 64 {
				x -= 1 << (shift + 7)
			}
			return x, n
		}
	}
	return 0, 0
}

// A lineTable is the runtime's table of functions, in the memory it is part of.
type lineTable struct {
	at     int    // where it stands
	names  []byte // of functions, each with a zero behind
	units  []byte // of runtime.cutab: from unit and file to file name
	files  []byte // names
	steps  []byte // of runtime.pctab: runs of (change of value, change of pc)
	funcs  []byte // the index, then the records it points into
	number int
}

// Of pcHeader, as of Go 1.20: the magic number, two zeros, an instruction of
// one byte, pointers of eight.
var magic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

const (
	headerSize = 8 + 8*8
	recordSize = 11 * 4 // of _func, before the offsets of its tables
	nameAt     = 1 * 4
	argsAt     = 2 * 4
	deferAt    = 3 * 4
	idAt       = 10 * 4
	wrapper    = 23 // abi.FuncIDWrapper
	pcspAt     = 4 * 4
	pcfileAt   = 5 * 4
	pclnAt     = 6 * 4
	npcdataAt  = 7 * 4
	unitAt     = 8 * 4
	lineAt     = 9 * 4
	nfuncAt    = 43
)

// Of internal/abi/symtab.go.
const (
	unsafePoints = 0 // PCDATA_UnsafePoint
	argInfo      = 5 // FUNCDATA_ArgInfo
	argLiveInfo  = 6 // FUNCDATA_ArgLiveInfo
)

func findTable(memory []byte) (*lineTable, error) {
	for from := 0; ; {
		i := bytes.Index(memory[from:], magic)
		if i < 0 {
			return nil, fmt.Errorf("find the runtime's line table: not in the layout of Go 1.20 to 1.26; see web/build/strip.go")
		}
		head := memory[from+i:]
		from += i + 1
		if len(head) < headerSize {
			continue
		}
		var at [5]uint64 // names, units, files, steps, funcs
		for k := range at {
			at[k] = binary.LittleEndian.Uint64(head[8*(4+k):])
		}
		number := binary.LittleEndian.Uint64(head[8:])
		size := uint64(len(head))
		if at[0] != headerSize || at[0] > at[1] || at[1] > at[2] || at[2] > at[3] || at[3] > at[4] || at[4] > size || number > (size-at[4])/8 {
			continue
		}
		return &lineTable{at: from - 1, names: head[at[0]:at[1]], units: head[at[1]:at[2]], files: head[at[2]:at[3]], steps: head[at[3]:at[4]], funcs: head[at[4]:], number: int(number)}, nil
	}
}

// blank forgets the tables of files and lines, and keeps every step that
// another table shares with them: the linker stores equal tables once.
func (t *lineTable) blank() error {
	keep := make([]bool, len(t.steps))
	for i := range t.number {
		at := int(binary.LittleEndian.Uint32(t.funcs[8*i+4:]))
		if at+recordSize > len(t.funcs) {
			return errWasm
		}
		f := t.funcs[at:]
		tables := int(binary.LittleEndian.Uint32(f[npcdataAt:]))
		if tables > (len(f)-recordSize)/4 {
			return errWasm
		}
		if err := t.hold(keep, binary.LittleEndian.Uint32(f[pcspAt:])); err != nil {
			return err
		}
		data := f[recordSize+4*tables:]
		number := int(f[nfuncAt])
		if number > len(data)/4 {
			return errWasm
		}
		for k := range tables {
			if k == unsafePoints {
				clear(f[recordSize:][:4])
				continue
			}
			if err := t.hold(keep, binary.LittleEndian.Uint32(f[recordSize+4*k:])); err != nil {
				return err
			}
		}
		for k := argInfo; k <= argLiveInfo && k < number; k++ {
			copy(data[4*k:], none)
		}
		clear(f[pcfileAt : pclnAt+4]) // 0: there is no table
		clear(f[unitAt : lineAt+4])
		if f[idAt] == wrapper {
			continue // runtime.panicwrap reads its name to say what was nil
		}
		if err := t.forget(f[nameAt:][:4]); err != nil {
			return err
		}
	}
	for i := range t.steps {
		if !keep[i] {
			t.steps[i] = 0
		}
	}
	clear(t.units)
	clear(t.files)
	return nil
}

var none = []byte{0xff, 0xff, 0xff, 0xff} // of funcdata

// forget blanks the name a record points to, and the pointer, unless it is one
// of ours; of those it blanks the type arguments, which no trace prints. A
// program's own package is called main.
func (t *lineTable) forget(pointer []byte) error {
	at := binary.LittleEndian.Uint32(pointer)
	if uint64(at) >= uint64(len(t.names)) {
		return errWasm
	}
	name := t.names[at:]
	stop := bytes.IndexByte(name, 0)
	if stop < 0 {
		return errWasm
	}
	name = name[:stop]
	if !bytes.HasPrefix(name, []byte("sillon/")) && !bytes.HasPrefix(name, []byte("main.")) {
		clear(name)
		clear(pointer) // 0: no name
		return nil
	}
	from, to := bytes.IndexByte(name, '['), bytes.LastIndexByte(name, ']')
	if from >= 0 && to > from {
		n := copy(name[from:], "[...]")
		n += copy(name[from+n:], name[to+1:])
		clear(name[from+n:])
	}
	return nil
}

// hold marks the steps of the table at an offset; 0 is none.
func (t *lineTable) hold(keep []bool, at uint32) error {
	if at == 0 {
		return nil
	}
	for i, first := int(at), true; i < len(t.steps); first = false {
		keep[i] = true
		if t.steps[i] == 0 && !first {
			return nil
		}
		for range 2 {
			_, n := binary.Uvarint(t.steps[i:])
			if n <= 0 {
				return errWasm
			}
			for k := range n {
				keep[i+k] = true
			}
			i += n
		}
	}
	return errWasm
}
