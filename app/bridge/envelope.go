package bridge

// The envelope, the same on both sides. Everything is a plain object given to
// postMessage; every payload is CBOR in a Uint8Array whose buffer is
// transferred, so nothing is copied by the browser.
//
// Page to worker:
//
//	{v: 1, id: 7, op: "today", p: Uint8Array}   a request
//	{v: 1, cancel: 7}                            stop working on it; it is still answered
//	{v: 1, words: Uint8Array}                    messages it says, before all else; not answered
//
// Worker to page:
//
//	{id: 7, ok: Uint8Array}        its result
//	{id: 7, err: Uint8Array}       its failure, a [Fault]
//	{id: 7, progress: Uint8Array}  a [Progress], any number of times before one of the above
//	{ev: Uint8Array}               an [Event], unasked
//	{fatal: "text"}                the worker ends here (worker.js sends it too)
//
// Every request is answered exactly once, in any order. Identifiers count from
// 1 and are never used again by a page, across restarts of the worker too.
//
// The first request is [OpHello]. A worker of another version, or of another
// envelope (v), answers every request with [FaultVersion]. What comes before
// the worker's Go code listens waits in worker.js (self.__early: message
// events, oldest first); what comes before the answer to hello waits in the
// worker.
//
// When the worker dies, the page starts another one, says hello again by
// itself, and answers every waiting request with [FaultWorker]: an order may
// or may not have been kept, so nothing is repeated blindly. Then it tells an
// Event "changed" of its own, and the pages ask again.

// EnvelopeVersion is the v of every message from the page.
const EnvelopeVersion = 1

// Names of the fields of the envelope.
const (
	KeyVersion  = "v"
	KeyID       = "id"
	KeyOp       = "op"
	KeyPayload  = "p"
	KeyCancel   = "cancel"
	KeyWords    = "words"
	KeyOK       = "ok"
	KeyErr      = "err"
	KeyProgress = "progress"
	KeyEvent    = "ev"
	KeyFatal    = "fatal"
)
