package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The program collects garbage under a deep stack, recovers from a panic,
// prints its own trace and then panics: all that the tables serve.
const traced = `package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
)

type node struct{ next *node; fill [100]byte }

func deep(n int) *node {
	if n == 0 {
		runtime.GC()
		return nil
	}
	return &node{next: deep(n - 1)}
}

func length(n *node) (k int) {
	for ; n != nil; n = n.next { k++ }
	return k
}

func sturdy() (err error) {
	defer func() { err = fmt.Errorf("caught: %v", recover()) }()
	var list []int
	_ = list[len(fmt.Sprint())]
	return nil
}

func nobody() (err error) {
	defer func() { err = fmt.Errorf("caught: %v", recover()) }()
	var none *time.Time
	return fmt.Errorf("%s", said(none))
}

func said(s fmt.Stringer) string { return s.String() }

func main() {
	fmt.Println(nobody())
	fmt.Println(length(deep(20000)), sturdy())
	done := make(chan int)
	for i := range 50 { go func() { done <- length(deep(i)) }() }
	sum := 0
	for range 50 { sum += <-done }
	fmt.Println(sum)
	fmt.Println(string(debug.Stack()))
}
`

func TestAStrippedProgramRunsAsBefore(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the browser tests run the stripped programs themselves")
	}
	before, after := buildTraced(t)
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec_node.js")
	run := func(wasm []byte) string {
		name := filepath.Join(t.TempDir(), "p.wasm")
		if err := os.WriteFile(name, wasm, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(node, "--stack-size=8192", script, name).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return string(out)
	}
	arranged, err := arrange(after)
	if err != nil {
		t.Fatal(err)
	}
	was, is := run(before), run(after)
	if again := run(arranged); again != is {
		t.Errorf("it said %q, and arranged %q", is, again)
	}
	head, _, _ := strings.Cut(was, "goroutine")
	if !strings.HasPrefix(is, head) || !strings.Contains(head, "value method time.Time.String called using nil *Time pointer\n20000 caught: runtime error: index out of range [0] with length 0\n1225\n") {
		t.Errorf("it said %q, and now %q", was, is)
	}
	if !strings.Contains(was, "main.go:") || !strings.Contains(is, "main.main()\n\t?:0") {
		t.Errorf("a trace was %q and is %q; want names of functions alone", was, is)
	}
}

func TestOnlyWhatTracesPrintIsBlanked(t *testing.T) {
	wasm, stripped := buildTraced(t)
	before, rest := unfold(t, wasm)
	after, same := unfold(t, stripped)
	was, is := bodies(t, rest), bodies(t, same)
	traps := 0
	for i := range is {
		if i < len(was) && !bytes.Equal(is[i], was[i]) {
			traps++
			if !bytes.Equal(is[i], []byte{0, unreachable, end}) {
				t.Fatalf("the body of function %d is another one, and no trap", i)
			}
		}
	}
	if len(was) != len(is) || traps < 120 || traps > 270 {
		t.Errorf("%d of %d functions are traps, of %d before; want those of the idle tools", traps, len(is), len(was))
	}
	if len(before) != len(after) {
		t.Fatalf("memory of %d bytes became %d", len(before), len(after))
	}
	blanked := 0
	for i := range before {
		if before[i] != after[i] {
			blanked++
			if after[i] != 0 && after[i] != none[0] {
				t.Fatalf("byte %d became %d, want none", i, after[i])
			}
		}
	}
	if blanked < len(before)/100 {
		t.Errorf("only %d of %d bytes are blanked", blanked, len(before))
	}
	if bytes.Contains(after, []byte("runtime.gcBgMarkWorker\x00")) || !bytes.Contains(after, []byte("main.length\x00")) {
		t.Error("want our names and nobody else's")
	}
	again, err := stripLines(stripped)
	if err != nil || !bytes.Equal(again, stripped) {
		t.Errorf("a second time it changes again, or fails: %v", err)
	}
}

func TestNamesAreOursWithoutTypeArguments(t *testing.T) {
	for name, want := range map[string]string{
		"sillon/engine/sorting.lend[go.shape.struct { A []int }].func2": "sillon/engine/sorting.lend[...].func2",
		"main.main":     "main.main",
		"runtime.throw": "",
	} {
		at := []byte{2, 0, 0, 0}
		table := lineTable{names: []byte("x\x00" + name + "\x00y\x00")}
		if err := table.forget(at); err != nil {
			t.Fatal(err)
		}
		got, _, _ := strings.Cut(string(table.names[2:]), "\x00")
		if got != want || (at[0] == 0) != (want == "") || !bytes.HasSuffix(table.names, []byte("\x00y\x00")) {
			t.Errorf("%s became %q in %q, at %d; want %q", name, got, table.names, at[0], want)
		}
	}
}

// The linker makes 100 000 pieces of a large program.
func TestMemoryComesInFewPieces(t *testing.T) {
	before, after := buildTraced(t)
	was, err := findData(before)
	if err != nil {
		t.Fatal(err)
	}
	is, err := findData(after)
	if err != nil {
		t.Fatal(err)
	}
	if len(was.pieces) < 1000 || len(is.pieces) > 20 {
		t.Errorf("%d pieces became %d; want thousands, then a handful", len(was.pieces), len(is.pieces))
	}
}

func TestJoinedPiecesHoldTheSameMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var memory []byte
		for range rapid.IntRange(0, 6).Draw(t, "runs") {
			memory = append(memory, make([]byte, rapid.SampledFrom([]int{0, 1, 8, 60, 4095, 4096, 4097, 70000}).Draw(t, "zeros"))...)
			memory = append(memory, rapid.SliceOfN(rapid.ByteRange(0, 3), 0, 5).Draw(t, "bytes")...)
		}
		body := join(memory)
		pieces, err := readSegments(body)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]byte, len(memory))
		for _, s := range pieces {
			copy(got[s.at:], s.bytes)
		}
		if !bytes.Equal(got, memory) {
			t.Errorf("%d pieces hold another memory", len(pieces))
		}
	})
}

func TestWhatIsNoGoProgramIsRefused(t *testing.T) {
	before, _ := buildTraced(t)
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("hello"), "only a head": before[:8], "cut": before[:len(before)/2],
		"another layout": bytes.ReplaceAll(before, magic, []byte{0xf2, 0xff, 0xff, 0xff, 0, 0, 1, 8}),
	} {
		if _, err := stripLines(b); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// unfold returns the memory a program starts with, and all that is not it.
func unfold(t *testing.T, wasm []byte) (memory, rest []byte) {
	t.Helper()
	d, err := findData(wasm)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range d.pieces {
		if grow := s.at + len(s.bytes) - len(memory); grow > 0 {
			memory = append(memory, make([]byte, grow)...)
		}
		copy(memory[s.at:], s.bytes)
	}
	return memory, slices.Concat(wasm[:d.from], wasm[d.to:])
}

func buildTraced(t *testing.T) (before, after []byte) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"main.go": traced, "go.mod": "module traced\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "build", "-trimpath", noInlining, "-ldflags", "-s -w", "-o", "p.wasm", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before, err := os.ReadFile(filepath.Join(dir, "p.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if after, err = stripLines(before); err != nil {
		t.Fatal(err)
	}
	return before, after
}

func TestNamesNobodySpeaksAreBlanked(t *testing.T) {
	named := func(s string) string { return string(rune(1)) + string(binary.AppendUvarint(nil, uint64(len(s)))) + s }
	long := "*[]go.shape.struct { Name string \"cbor:\\\"1,keyasint\\\"\"; " + strings.Repeat("A int; ", 40) + "}"
	for name, want := range map[string]string{
		"*go.shape.int":                       "*go.shape.",
		"*struct { F uintptr; X0 func(int) }": "*struct { F uintptr",
		long:                                  "*[]go.shape.",
		"*query.Figure":                       "*query.Figure",
		"*struct { Foo int }":                 "*struct { Foo int }",
	} {
		memory := []byte("text before\x00\x00" + named(name) + "text after go.shape. is none")
		want := "text before\x00\x00" + named(name)[:len(named(name))-len(name)] + want + strings.Repeat("\x00", len(name)-len(want)) + "text after go.shape. is none"
		muteTypes(memory)
		if string(memory) != want {
			t.Errorf("%q, want %q", memory, want)
		}
	}
}

// bodies returns those of the functions.
func bodies(t *testing.T, wasm []byte) (list [][]byte) {
	for rest := wasm[8:]; len(rest) > 0; {
		length, n := binary.Uvarint(rest[1:])
		section := rest[1+n:][:length]
		if rest[0] == codeSection {
			count, n := binary.Uvarint(section)
			for section = section[n:]; len(section) > 0; {
				length, n := binary.Uvarint(section)
				list = append(list, section[n:][:length])
				section = section[n+int(length):]
			}
			if len(list) != int(count) {
				t.Fatalf("%d functions, want %d", len(list), count)
			}
			return list
		}
		rest = rest[1+n+int(length):]
	}
	t.Fatal("no code")
	return nil
}

func TestOnlyTheToolsOfTheRuntimeIdle(t *testing.T) {
	for name, want := range map[string]bool{
		"runtime.traceLocker.GoStart": true, "runtime.traceLocker.ok": false, "runtime.traceAcquire": false, "runtime.traceEnabled": false,
		"runtime.traceAdvance.func1": true, "runtime.initMetrics.func61": true, "runtime.mallocgc": false, "runtime.traceback2": false,
		"runtime.(*profBuf).read": true, "sillon/engine/query.traceLocker": false,
	} {
		if idles(name) != want {
			t.Errorf("%s idles: %v, want %v", name, !want, want)
		}
	}
}
