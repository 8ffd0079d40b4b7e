package main

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// idle begin the names of functions of the runtime that only a tool would start:
// the recorder of execution traces, the tables of runtime/metrics, the profiles
// of processor, waits and goroutines, the reports that GODEBUG asks for; and of
// those that serve what a page has not: C, plugins (several modules to compare
// types of), arenas, dumps of a corrupted heap (the program ends there all the
// same), days printed as Go source. No flag of GODEBUG reaches a page. The linker
// keeps them since the runtime calls them behind tests that never hold.
var idle = []string{
	"runtime.traceLocker.", "runtime.traceWriter.", "runtime.(*traceMap).", "runtime.(*traceRegionAlloc).", "runtime.(*traceBuf).",
	"runtime.(*traceStackTable).", "runtime.(*traceStringTable).", "runtime.(*traceTypeTable).", "runtime.traceEventWriter.",
	"runtime.traceAdvance", "runtime.traceCPUFlush", "runtime.traceReadCPU", "runtime.traceStopReadCPU", "runtime.traceStack",
	"runtime.traceSyncBatch", "runtime.traceBufFlush", "runtime.unsafeTrace", "runtime.dumpStacksRec", "runtime.dumpTypesRec",
	"runtime.traceRegisterLabelsAndReasons", "runtime.initMetrics", "runtime.(*profBuf).", "runtime.schedtrace", "runtime.dumpScanStats",
	"runtime.checkFinalizersAndCleanups", "runtime.printScavTrace", "runtime.printAncestorTraceback", "runtime.findGoroutineLeaks",
	"runtime.findMaybeRunnableGoroutines", "runtime.allGsSnapshotSortedForGC", "runtime.doRecordGoroutineProfile", "runtime.saveblockevent",
	"runtime.fpTracebackPartialExpand", "runtime.fpunwindExpand", "runtime.printOneCgoTraceback", "runtime.expandCgoFrames",
	"runtime.oneNewExtraM", "runtime.typesEqual", "runtime.(*mspan).setUserArenaChunkToFault", "runtime.(*mspan).reportZombies",
	"runtime.gcDumpObject", "runtime.(*hexdumper).", "runtime.tracebackHexdump", "time.Time.GoString",
}

// awake are functions of those families that the runtime does call.
var awake = []string{"runtime.traceLocker.ok", "runtime.traceStackTable", "runtime.traceAdvancerState"}

const (
	codeSection = 10
	unreachable = 0x00
	firstEntry  = 0x1000 // funcValueOffset of the linker: the entry of the first function
)

// hush replaces the bodies of idle functions by a trap: 130 kB of code that is
// never run and that every device would load.
func hush(wasm []byte, t *lineTable) ([]byte, error) {
	quiet := map[int]bool{}
	for i := range t.number {
		entry := binary.LittleEndian.Uint32(t.funcs[8*i:])
		record := int(binary.LittleEndian.Uint32(t.funcs[8*i+4:]))
		if record+recordSize > len(t.funcs) || entry < firstEntry {
			return nil, errWasm
		}
		at := binary.LittleEndian.Uint32(t.funcs[record+nameAt:])
		if uint64(at) >= uint64(len(t.names)) {
			return nil, errWasm
		}
		name, _, _ := bytes.Cut(t.names[at:], []byte{0})
		if idles(string(name)) {
			quiet[int(entry-firstEntry)] = true
		}
	}
	for rest := wasm[8:]; len(rest) > 0; {
		length, n := binary.Uvarint(rest[1:])
		if n <= 0 || length > uint64(len(rest)-1-n) {
			return nil, errWasm
		}
		if rest[0] == codeSection {
			body, err := mute(rest[1+n:][:length], quiet)
			if err != nil {
				return nil, err
			}
			out := append(bytes.Clone(wasm[:len(wasm)-len(rest)]), codeSection)
			out = binary.AppendUvarint(out, uint64(len(body)))
			out = append(out, body...)
			return append(out, rest[1+n+int(length):]...), nil
		}
		rest = rest[1+n+int(length):]
	}
	return nil, errWasm
}

func idles(name string) bool {
	begins := func(p string) bool { return strings.HasPrefix(name, p) }
	for _, p := range awake {
		if begins(p) {
			return false
		}
	}
	for _, p := range idle {
		if begins(p) {
			return true
		}
	}
	return false
}

// mute gives a code section where the functions of some numbers are traps.
func mute(section []byte, quiet map[int]bool) ([]byte, error) {
	count, n := binary.Uvarint(section)
	if n <= 0 {
		return nil, errWasm
	}
	out := binary.AppendUvarint(nil, count)
	rest := section[n:]
	for i := range int(count) {
		length, n := binary.Uvarint(rest)
		if n <= 0 || length > uint64(len(rest)-n) {
			return nil, errWasm
		}
		body := rest[n:][:length]
		rest = rest[n+int(length):]
		if quiet[i] {
			body = []byte{0, unreachable, end} // no locals
		}
		out = binary.AppendUvarint(out, uint64(len(body)))
		out = append(out, body...)
	}
	return out, nil
}
