//go:build js && wasm

package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"syscall/js"
	"time"

	"github.com/hack-pad/go-indexeddb/idb"
)

// Browser opens IndexedDB databases. It is the only code of Sillon that does.
//
// go-indexeddb v0.3.2 makes the schema and writes; views read by getAll, which
// it lacks, on the same connection. What its edges taught: no
// upgrader returns an error (it would end the program), every Await is
// followed by a look at its context, a transaction is awaited from its first
// turn on, and an open request listens to "blocked" by itself.
type Browser struct{}

const (
	physical  = 1               // version of the stores, frozen
	patience  = 5 * time.Second // for other tabs to let go of a database being erased
	keyKEK    = "kek"           // in meta: the CryptoKey that wraps the data key
	writing   = "readwrite"
	reading_  = "readonly"
	algorithm = "AES-GCM"
)

var strict = idb.TransactionOptions{Mode: idb.TransactionReadWrite, Durability: idb.DurabilityStrict}

// Open opens a database, empty when new.
func (Browser) Open(ctx context.Context, name string) (KV, error) {
	kv, err := open(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return kv, nil
}

func open(ctx context.Context, name string) (*browserKV, error) {
	global := js.Global().Get("indexedDB")
	if !global.Truthy() {
		return nil, ErrUnavailable
	}
	blocked := make(chan struct{}, 1)
	onBlocked := js.FuncOf(func(js.Value, []js.Value) any {
		select {
		case blocked <- struct{}{}:
		default:
		}
		return nil
	})
	defer onBlocked.Release()
	// The library opens through this factory, so that the request is ours to
	// listen to as well.
	opener := js.FuncOf(func(_ js.Value, args []js.Value) any {
		req := global.Call("open", args[0], args[1])
		req.Call("addEventListener", "blocked", onBlocked)
		return req
	})
	defer opener.Release()
	factory, err := idb.WrapFactory(js.ValueOf(map[string]any{"open": opener}))
	if err != nil {
		return nil, err
	}
	var failed error
	req, err := factory.Open(context.WithoutCancel(ctx), name, physical, func(db *idb.Database, _, _ uint) error {
		for _, s := range Stores {
			if _, err := db.CreateObjectStore(s, idb.ObjectStoreOptions{}); err != nil {
				failed = err
			}
		}
		return nil // never an error: it would end the program
	})
	if err != nil {
		return nil, named(err, ErrUnavailable)
	}
	wait, stop := context.WithCancel(ctx)
	defer stop()
	held := false
	go func() {
		select {
		case <-blocked:
			held = true
			stop()
		case <-wait.Done():
		}
	}()
	db, err := req.Await(wait)
	switch {
	case held:
		err = ErrBlocked
	case ctx.Err() != nil:
		err = ctx.Err()
	case err != nil:
		err = named(err, ErrUnavailable)
	default:
		err = failed
	}
	if err != nil {
		return nil, err
	}
	raw, err := req.Request.Result()
	if err != nil {
		return nil, err
	}
	kv := &browserKV{db: db, raw: raw}
	for _, event := range []string{"versionchange", "close"} { // another version wants it; the browser took it
		raw.Call("addEventListener", event, js.FuncOf(func(js.Value, []js.Value) any { kv.shut(); return nil }))
	}
	return kv, nil
}

// Erase deletes a database; open connections to it give way.
func (Browser) Erase(ctx context.Context, name string) error {
	global := js.Global().Get("indexedDB")
	if !global.Truthy() {
		return fmt.Errorf("erase %s: %w", name, ErrUnavailable)
	}
	wait, stop := Within(ctx, patience)
	defer stop()
	_, err := await(wait, func() js.Value { return global.Call("deleteDatabase", name) })
	if errors.Is(err, context.Canceled) && ctx.Err() == nil {
		err = ErrBlocked // it will be deleted when the last tab lets go
	}
	if err != nil {
		return fmt.Errorf("erase %s: %w", name, err)
	}
	return nil
}

// browserKV is one connection.
type browserKV struct {
	db  *idb.Database
	raw js.Value

	mu     sync.Mutex
	closed bool
}

func (k *browserKV) shut() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.closed = true
}

func (k *browserKV) alive(ctx context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return ErrClosed
	}
	return ctx.Err()
}

// Close ends the connection.
func (k *browserKV) Close() error {
	k.shut()
	k.raw.Call("close")
	return nil
}

// Update runs f in a strict read-write transaction.
func (k *browserKV) Update(ctx context.Context, stores []string, f func(Tx) error) error {
	if err := k.alive(ctx); err != nil {
		return err
	}
	txn, err := k.db.TransactionWithOptions(strict, stores[0], stores[1:]...)
	if err != nil {
		return named(err, ErrClosed)
	}
	// Listening begins in this turn: a wait that begins after the end never ends.
	// It is not cancelled: once f has returned, the outcome must be known.
	done := make(chan error, 1)
	go func() { done <- txn.Await(context.WithoutCancel(ctx)) }()
	t := &writeTx{ctx: ctx, stores: make(map[string]*idb.ObjectStore, len(stores))}
	for _, s := range stores {
		if t.stores[s], err = txn.ObjectStore(s); err != nil {
			break
		}
	}
	if err == nil {
		err = f(t)
	}
	if err != nil {
		_ = txn.Abort() // fails when it ended by itself
		<-done
		return err
	}
	if err := <-done; err != nil {
		return named(err, ErrAborted)
	}
	return nil
}

// View runs f in a read-only transaction.
func (k *browserKV) View(ctx context.Context, stores []string, f func(Tx) error) error {
	if err := k.alive(ctx); err != nil {
		return err
	}
	names := make([]any, len(stores))
	for i, s := range stores {
		names[i] = s
	}
	var txn js.Value
	if err := try(func() { txn = k.raw.Call("transaction", names, reading_) }); err != nil {
		return named(err, ErrClosed)
	}
	return f(&readTx{ctx: ctx, txn: txn, stores: stores})
}

// readTx reads by raw requests. The requests of a transaction end in the order
// they were made: waiting for the last is waiting for all.
type readTx struct {
	ctx    context.Context
	txn    js.Value
	stores []string
}

var (
	errStore    = errors.New("store: the transaction does not name this store")
	errReadOnly = errors.New("store: writing in a reading transaction")
)

func (t *readTx) request(store string, method string, args ...any) (js.Value, error) {
	if !slices.Contains(t.stores, store) {
		return js.Value{}, fmt.Errorf("%w: %s", errStore, store)
	}
	return await(t.ctx, func() js.Value { return t.txn.Call("objectStore", store).Call(method, args...) })
}

func (t *readTx) Get(store, key string) ([]byte, error) {
	v, err := t.request(store, "get", key)
	if err != nil {
		return nil, err
	}
	return toGo(v), nil
}

func (t *readTx) GetMany(store string, keys []string) ([][]byte, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	if !slices.Contains(t.stores, store) {
		return nil, fmt.Errorf("%w: %s", errStore, store)
	}
	reqs := make([]js.Value, len(keys))
	_, err := await(t.ctx, func() js.Value {
		s := t.txn.Call("objectStore", store)
		for i, k := range keys {
			reqs[i] = s.Call("get", k)
		}
		return reqs[len(reqs)-1]
	})
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(keys))
	for i, r := range reqs {
		out[i] = toGo(r.Get("result"))
	}
	return out, nil
}

func (t *readTx) GetAll(store string, r Range, limit int) ([]Pair, error) {
	q, empty := query(r)
	if empty {
		return nil, nil
	}
	if !slices.Contains(t.stores, store) {
		return nil, fmt.Errorf("%w: %s", errStore, store)
	}
	var keys js.Value
	values, err := await(t.ctx, func() js.Value {
		s := t.txn.Call("objectStore", store)
		keys = s.Call("getAllKeys", args(q, limit)...)
		return s.Call("getAll", args(q, limit)...)
	})
	if err != nil {
		return nil, err
	}
	keys = keys.Get("result")
	out := make([]Pair, keys.Length())
	for i := range out {
		out[i] = Pair{keys.Index(i).String(), toGo(values.Index(i))}
	}
	return out, nil
}

func (t *readTx) Keys(store string, r Range, limit int) ([]string, error) {
	q, empty := query(r)
	if empty {
		return nil, nil
	}
	v, err := t.request(store, "getAllKeys", args(q, limit)...)
	if err != nil {
		return nil, err
	}
	out := make([]string, v.Length())
	for i := range out {
		out[i] = v.Index(i).String()
	}
	return out, nil
}

func (t *readTx) Last(store string, r Range, limit int) ([]Pair, error) {
	return last(t, store, r, limit)
}

func (t *readTx) Count(store string, r Range) (int, error) {
	q, empty := query(r)
	if empty {
		return 0, nil
	}
	v, err := t.request(store, "count", q)
	if err != nil {
		return 0, err
	}
	return v.Int(), nil
}

func (t *readTx) Put(string, string, []byte) error { return errReadOnly }
func (t *readTx) Delete(string, string) error      { return errReadOnly }
func (t *readTx) DeleteRange(string, Range) error  { return errReadOnly }

// last reads the highest keys: few, of a list of keys only.
func last(t Tx, store string, r Range, limit int) ([]Pair, error) {
	keys, err := t.Keys(store, r, 0)
	if err != nil {
		return nil, err
	}
	if limit > 0 && len(keys) > limit {
		keys = keys[len(keys)-limit:]
	}
	values, err := t.GetMany(store, keys)
	if err != nil {
		return nil, err
	}
	out := make([]Pair, len(keys))
	for i := range keys {
		out[len(keys)-1-i] = Pair{keys[i], values[i]}
	}
	return out, nil
}

// writeTx goes through the library.
type writeTx struct {
	ctx    context.Context
	stores map[string]*idb.ObjectStore
}

func (t *writeTx) store(name string) (*idb.ObjectStore, error) {
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	s := t.stores[name]
	if s == nil {
		return nil, fmt.Errorf("%w: %s", errStore, name)
	}
	return s, nil
}

func (t *writeTx) Get(store, key string) ([]byte, error) {
	out, err := t.GetMany(store, []string{key})
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

func (t *writeTx) GetMany(store string, keys []string) ([][]byte, error) {
	s, err := t.store(store)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	reqs := make([]*idb.Request, len(keys))
	for i, k := range keys {
		if reqs[i], err = s.Get(js.ValueOf(k)); err != nil {
			return nil, named(err, ErrFinished)
		}
	}
	if _, err := reqs[len(reqs)-1].Await(t.ctx); err != nil { // they end in order
		return nil, named(err, ErrFinished)
	}
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	out := make([][]byte, len(keys))
	for i, r := range reqs {
		v, err := r.Result()
		if err != nil {
			return nil, named(err, ErrFinished)
		}
		out[i] = toGo(v)
	}
	return out, nil
}

func (t *writeTx) GetAll(store string, r Range, limit int) ([]Pair, error) {
	keys, err := t.Keys(store, r, limit)
	if err != nil {
		return nil, err
	}
	values, err := t.GetMany(store, keys)
	if err != nil {
		return nil, err
	}
	out := make([]Pair, len(keys))
	for i := range keys {
		out[i] = Pair{keys[i], values[i]}
	}
	return out, nil
}

func (t *writeTx) Keys(store string, r Range, limit int) ([]string, error) {
	s, err := t.store(store)
	if err != nil {
		return nil, err
	}
	kr, err := keyRange(r)
	if err != nil || kr == nil {
		return nil, err
	}
	req, err := s.GetAllKeysRange(kr, uint(limit))
	if err != nil {
		return nil, named(err, ErrFinished)
	}
	values, err := req.Await(t.ctx)
	if err != nil {
		return nil, named(err, ErrFinished)
	}
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.String()
	}
	return out, nil
}

func (t *writeTx) Last(store string, r Range, limit int) ([]Pair, error) {
	return last(t, store, r, limit)
}

func (t *writeTx) Count(store string, r Range) (int, error) {
	s, err := t.store(store)
	if err != nil {
		return 0, err
	}
	kr, err := keyRange(r)
	if err != nil || kr == nil {
		return 0, err
	}
	req, err := s.CountRange(kr)
	if err != nil {
		return 0, named(err, ErrFinished)
	}
	n, err := req.Await(t.ctx)
	if err != nil {
		return 0, named(err, ErrFinished)
	}
	return int(n), t.ctx.Err()
}

// Put does not wait: the commit does, for all of them.
func (t *writeTx) Put(store, key string, value []byte) error {
	s, err := t.store(store)
	if err != nil {
		return err
	}
	u8 := js.Global().Get("Uint8Array").New(len(value))
	js.CopyBytesToJS(u8, value)
	if _, err := s.PutKey(js.ValueOf(key), u8); err != nil {
		return named(err, ErrFinished)
	}
	return nil
}

func (t *writeTx) Delete(store, key string) error { return t.delete(store, js.ValueOf(key)) }

func (t *writeTx) DeleteRange(store string, r Range) error {
	q, empty := query(r)
	if empty {
		return nil
	}
	return t.delete(store, q)
}

func (t *writeTx) delete(store string, what js.Value) error { // a key or a range
	s, err := t.store(store)
	if err != nil {
		return err
	}
	if _, err := s.Delete(what); err != nil {
		return named(err, ErrFinished)
	}
	return nil
}

// query is a Range as IndexedDB has it; empty when nothing can be in it.
func query(r Range) (q js.Value, empty bool) {
	k := js.Global().Get("IDBKeyRange")
	switch {
	case r.To == "":
		return k.Call("lowerBound", r.From), false
	case r.From >= r.To:
		return js.Value{}, true
	}
	return k.Call("bound", r.From, r.To, false, true), false
}

// keyRange is the same for the library; nil when nothing can be in it.
func keyRange(r Range) (*idb.KeyRange, error) {
	switch {
	case r.To == "":
		return idb.NewKeyRangeLowerBound(js.ValueOf(r.From), false)
	case r.From >= r.To:
		return nil, nil
	}
	return idb.NewKeyRangeBound(js.ValueOf(r.From), js.ValueOf(r.To), false, true)
}

func args(q js.Value, limit int) []any {
	if limit > 0 {
		return []any{q, limit}
	}
	return []any{q}
}

func toGo(v js.Value) []byte {
	if !v.Truthy() {
		return nil
	}
	b := make([]byte, v.Length())
	js.CopyBytesToGo(b, v)
	return b
}

// await makes a request and waits for its end.
func await(ctx context.Context, start func() js.Value) (js.Value, error) {
	if err := ctx.Err(); err != nil {
		return js.Value{}, err
	}
	var req js.Value
	if err := try(func() { req = start() }); err != nil {
		return js.Value{}, named(err, ErrFinished)
	}
	done := make(chan struct{})
	var failed error
	ok := js.FuncOf(func(js.Value, []js.Value) any { close(done); return nil })
	ko := js.FuncOf(func(js.Value, []js.Value) any {
		failed = js.Error{Value: req.Get("error")}
		close(done)
		return nil
	})
	req.Set("onsuccess", ok)
	req.Set("onerror", ko)
	defer func() {
		req.Set("onsuccess", js.Null())
		req.Set("onerror", js.Null())
		ok.Release()
		ko.Release()
	}()
	select {
	case <-done:
	case <-ctx.Done():
		return js.Value{}, ctx.Err()
	}
	if failed != nil {
		return js.Value{}, named(failed, ErrAborted)
	}
	return req.Get("result"), nil
}

// try turns what JavaScript throws into an error.
func try(f func()) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case js.Error:
			err = e
		default:
			panic(e)
		}
	}()
	f()
	return nil
}

// named gives an exception of the browser its error of this package. state is
// what is wrong when it was thrown at once instead of reported later: go-
// indexeddb keeps the text of such an exception only, and with our keys and
// values there is one cause at each place.
func named(err error, state error) error {
	name := ""
	var thrown js.Error
	var dom idb.DOMException
	switch {
	case errors.As(err, &thrown):
		name = thrown.Get("name").String()
	case !errors.As(err, &dom):
		return fmt.Errorf("%w (%w)", state, err)
	}
	for _, e := range []struct {
		name string
		is   error
	}{
		{"QuotaExceededError", ErrQuota}, {"VersionError", ErrVersion}, {"AbortError", ErrAborted},
		{"TransactionInactiveError", ErrFinished}, {"InvalidStateError", state},
		{"SecurityError", ErrUnavailable}, {"UnknownError", ErrAborted}, // UnknownError: the disk failed
	} {
		if name == e.name || errors.Is(err, idb.NewDOMException(e.name)) {
			return fmt.Errorf("%w (%w)", e.is, err)
		}
	}
	return err
}

// WebCrypto keeps the data key wrapped by an AES key that JavaScript cannot
// export and that rests in the database's own meta store. Whoever copies the
// values without the browser's key storage reads nothing; a lock by code or
// passkey adds another wrap later, and touches no value.
func WebCrypto(kv KV) KeyWrap { return &webCrypto{kv.(*browserKV)} }

type webCrypto struct{ kv *browserKV }

func (w *webCrypto) Wrap(ctx context.Context, key []byte) ([]byte, error) {
	iv := make([]byte, 12)
	if _, err := io.ReadFull(Random, iv); err != nil {
		return nil, err
	}
	out, err := w.do(ctx, "encrypt", iv, key)
	if err != nil {
		return nil, err
	}
	return append(iv, out...), nil
}

func (w *webCrypto) Unwrap(ctx context.Context, wrapped []byte) ([]byte, error) {
	if len(wrapped) < 12 {
		return nil, ErrDamaged
	}
	return w.do(ctx, "decrypt", wrapped[:12], wrapped[12:])
}

func (w *webCrypto) do(ctx context.Context, what string, iv, data []byte) ([]byte, error) {
	subtle := js.Global().Get("crypto").Get("subtle")
	if !subtle.Truthy() {
		return nil, fmt.Errorf("%w: no WebCrypto outside https and localhost", ErrUnavailable)
	}
	kek, err := w.key(ctx, subtle)
	if err != nil {
		return nil, err
	}
	out, err := promise(ctx, func() js.Value {
		return subtle.Call(what, map[string]any{"name": algorithm, "iv": toJS(iv)}, kek, toJS(data))
	})
	if err != nil {
		return nil, err
	}
	return toGo(js.Global().Get("Uint8Array").New(out)), nil
}

// key reads the wrapping key, or makes it. Of two tabs that make one, the
// first to store it wins.
func (w *webCrypto) key(ctx context.Context, subtle js.Value) (js.Value, error) {
	read := func() js.Value {
		return w.kv.raw.Call("transaction", []any{Meta}, reading_).Call("objectStore", Meta).Call("get", keyKEK)
	}
	kek, err := await(ctx, read)
	if err != nil || kek.Truthy() {
		return kek, err
	}
	mine, err := promise(ctx, func() js.Value {
		return subtle.Call("generateKey", map[string]any{"name": algorithm, "length": 256}, false, []any{"encrypt", "decrypt"})
	})
	if err != nil {
		return kek, err
	}
	var txn js.Value
	kek, err = await(ctx, func() js.Value {
		txn = w.kv.raw.Call("transaction", []any{Meta}, writing, map[string]any{"durability": "strict"})
		return txn.Call("objectStore", Meta).Call("get", keyKEK)
	})
	if err != nil || kek.Truthy() {
		return kek, err
	}
	if _, err = await(ctx, func() js.Value { return txn.Call("objectStore", Meta).Call("put", mine, keyKEK) }); err != nil {
		return kek, err
	}
	return await(ctx, read) // after the commit: a transaction over meta waits for it
}

func toJS(b []byte) js.Value {
	u8 := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(u8, b)
	return u8
}

// promise waits for a promise.
func promise(ctx context.Context, start func() js.Value) (js.Value, error) {
	var p js.Value
	if err := try(func() { p = start() }); err != nil {
		return js.Value{}, err
	}
	done := make(chan struct{})
	var out js.Value
	var failed error
	ok := js.FuncOf(func(_ js.Value, a []js.Value) any { out = a[0]; close(done); return nil })
	ko := js.FuncOf(func(_ js.Value, a []js.Value) any { failed = js.Error{Value: a[0]}; close(done); return nil })
	defer ok.Release()
	defer ko.Release()
	p.Call("then", ok, ko)
	<-done // short, and not cancelled: the functions must be there when it calls them
	if failed == nil {
		failed = ctx.Err()
	}
	return out, failed
}
