// Package simulate runs the synchronisation whole and in one thread: the real
// app/replicate and app/store over IndexedDB's twin in memory, the real
// server/hub over its store in memory or SQLite, and between them a network
// that loses, doubles, delays and reorders. A seed decides everything, so a
// failure is replayed with
//
//	go test ./server/simulate -run TestSimulation -sim.seed=4711 -sim.trace
//
// What is broken on purpose besides the network: the server is killed before
// and after commits and restored from a backup; tabs are killed, their
// transactions abort, their disk is full; clocks jump by ten days; a device's
// storage is put back to an older copy; two tabs share one storage; grants come
// and go; cards move.
//
// What must hold is written in invariants_test.go, numbered as in the
// protocol (docs/protocol.md). The rules themselves are broken one at a time in
// planted_test.go, to see that the invariants notice.
//
// The package holds tests only.
package simulate
