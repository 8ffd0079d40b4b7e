//go:build js && wasm

// Command planner is the search for a week in a worker of its own, started when
// one is asked for and ended after: a search of seconds would hold up whoever
// asks the engine, and its code is not for those who never plan.
package main

import (
	"context"
	"syscall/js"
	"time"

	"sillon/app/bridge"
	"sillon/app/heap"
	"sillon/app/planner/work"
)

func main() {
	heap.Room(64 << 20)
	version := js.Global().Get("sillonVersion").String()
	bridge.NewServer(work.Operations(time.Now), version).Listen(context.Background())
	select {}
}
