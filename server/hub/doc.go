// Package hub is the server's half of the synchronisation: it applies what
// tablets push, once and in order, and tells them what changed since.
//
// The hub decides; it has no clock, no randomness and no goroutine. Time comes
// in as an argument, identifiers of the records that it writes itself follow
// from the operation that caused them (so a push that is repeated after a
// restore makes the same ones), and everything rests in a [Store].
//
// A push is one transaction: either all of it is on disk when the answer goes
// out, or none. A pull is one consistent cut of every scope that the user
// holds. The protocol is docs/protocol; the rules of merging are
// engine/journal's, the same as on the tablet.
package hub
