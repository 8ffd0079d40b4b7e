package main

import (
	"bytes"
	"fmt"
	"io"
)

// A page built from Go names everything it asks of the browser by a string:
// "document", "createElement", "div", "setAttribute", "class", some ten for each
// element. wasm_exec.js decodes each anew; kept by their bytes, the same thousand
// names are found again in a third of the time.

// decoding is the line of wasm_exec.js that reads a string of the program.
const decoding = `return decoder.decode(new DataView(this._inst.exports.mem.buffer, saddr, len));`

// named makes wasm_exec.js keep short strings. A toolchain whose script is
// another runs as well, and slower: it is said.
func named(script []byte, say io.Writer) []byte {
	if bytes.Count(script, []byte(decoding)) != 1 {
		fmt.Fprintln(say, "web/build: wasm_exec.js decodes strings in another way; see web/build/names.go")
		return script
	}
	return append(bytes.Replace(script, []byte(decoding), []byte(`return goName(decoder, this._inst.exports.mem.buffer, saddr, len);`), 1), names...)
}

const names = `
// Short strings of a program, by a sum of their bytes: web/build/names.go.
const goNames = new Map();
let goBytes = new Uint8Array(0);
const goName = (decoder, memory, at, n) => {
	if (n > 24) return decoder.decode(new DataView(memory, at, n));
	if (goBytes.buffer !== memory) goBytes = new Uint8Array(memory);
	let sum = n;
	for (let i = 0; i < n; i++) sum = Math.imul(sum, 31) + goBytes[at + i] | 0;
	let name = goNames.get(sum);
	if (name !== undefined && name.length === n) {
		let i = 0;
		while (i < n && name.charCodeAt(i) === goBytes[at + i]) i++;
		if (i === n) return name;
	}
	name = decoder.decode(new DataView(memory, at, n));
	if (goNames.size > 4000) goNames.clear();
	goNames.set(sum, name);
	return name;
};
`
