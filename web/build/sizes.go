package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
)

// budgets are bytes at brotli 11, paid once, at the first download: what a build
// may not pass (docs/performance.md). The method and the diagnosis have their own
// budget in the engine, and the plan comes on top.
var budgets = map[string]int{
	"app.wasm":     2_200_000,
	"engine.wasm":  1_800_000,
	"plan.wasm":    600_000,
	"sheets.wasm":  2_100_000,
	diagnosis.file: 1_600_000,
}

// diagnosis is the engine without what the map and the plan alone need. It is
// weighed and not sent.
var diagnosis = program{"engine without the plan", "./app/worker", "engine,noplan"}

// weigh adds the diagnosis to the table.
func weigh(d dirs, table []packed) ([]packed, error) {
	wasm, err := diagnosis.link(d)
	if err != nil {
		return nil, err
	}
	p := packed{name: diagnosis.file, raw: len(wasm), br: len(brotliOf(wasm, smallest)), gz: len(gzipOf(wasm)), quality: smallest}
	return append(table, p), nil
}

// report prints what the larger files weigh. With sizes it returns an error
// for each binary over its budget.
func report(out io.Writer, table []packed, sizes bool) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "file\traw\tgzip\tbrotli\tquality\tbudget\t")
	var over error
	var rest packed
	for _, p := range table {
		budget, budgeted := budgets[p.name]
		if !budgeted {
			rest.raw, rest.br, rest.gz = rest.raw+p.raw, rest.br+p.br, rest.gz+p.gz
			continue
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t\n", p.name, p.raw, p.gz, p.br, p.quality, budget)
		if sizes && p.br > budget {
			over = errors.Join(over, fmt.Errorf("%s is %d bytes at brotli %d, over its budget of %d", p.name, p.br, p.quality, budget))
		}
	}
	fmt.Fprintf(w, "text\t%d\t%d\t%d\t\t\t\n", rest.raw, rest.gz, rest.br)
	w.Flush()
	return over
}
