// Package fetch talks to the server through the browser's own fetch, in a few
// lines of syscall/js: net/http would add over a megabyte to the worker.
//
// Bodies are CBOR, and those above a kilobyte are compressed by the browser's
// CompressionStream; answers are decompressed by the browser itself. Nothing
// is cached: every answer of the API says no-store.
package fetch

import (
	"context"
	"errors"
	"fmt"

	"sillon/app/replicate"
	"sillon/engine/wire"
)

// Paths of the API that the application calls.
const (
	SyncPath    = "/api/1/sync"
	SignInPath  = "/api/signin"
	SignOutPath = "/api/signout"
	MePath      = "/api/me"
	SetupPath   = "/api/setup"
)

// ErrOffline says that no answer came: no network, no server, or an answer cut
// short. The request may have been carried out.
var ErrOffline = errors.New("fetch: the server cannot be reached")

// An Exchanger carries one request; Do of this package is the browser's.
type Exchanger func(ctx context.Context, r Request) (Reply, error)

// A Request is what goes out.
type Request struct {
	Method string
	Path   string // on the page's own origin
	Body   []byte // nil: none
}

// A Reply is what came back.
type Reply struct {
	Status int
	Type   string // media type
	Body   []byte
}

// A Client speaks the protocol over an exchanger.
type Client struct{ do Exchanger }

// New returns a client; a nil exchanger is the browser's fetch.
func New(do Exchanger) *Client {
	if do == nil {
		do = Do
	}
	return &Client{do}
}

// Exchange is one synchronisation: see [replicate.Transport].
func (c *Client) Exchange(ctx context.Context, r *wire.Request) (*wire.Answer, error) {
	var a wire.Answer
	if err := c.Call(ctx, "POST", SyncPath, r, &a); err != nil {
		return nil, err
	}
	return &a, nil
}

// SignIn opens a session; the browser keeps its cookie.
func (c *Client) SignIn(ctx context.Context, s wire.SignIn) (wire.Me, error) {
	var me wire.Me
	err := c.Call(ctx, "POST", SignInPath, &s, &me)
	return me, err
}

// SignOut ends the session. What is on the device stays.
func (c *Client) SignOut(ctx context.Context) error {
	return c.Call(ctx, "POST", SignOutPath, nil, nil)
}

// Me says who is signed in.
func (c *Client) Me(ctx context.Context) (wire.Me, error) {
	var me wire.Me
	err := c.Call(ctx, "GET", MePath, nil, &me)
	return me, err
}

// Setup founds the organisation on an empty server.
func (c *Client) Setup(ctx context.Context, s wire.Setup) (wire.Me, error) {
	var me wire.Me
	err := c.Call(ctx, "POST", SetupPath, &s, &me)
	return me, err
}

// Call sends a message and reads another; either may be nil. An answer that is
// not a success is a [*replicate.Failure].
func (c *Client) Call(ctx context.Context, method, path string, in, out any) error {
	r := Request{Method: method, Path: path}
	if in != nil {
		b, err := wire.Encode(in)
		if err != nil {
			return err
		}
		r.Body = b
	}
	reply, err := c.do(ctx, r)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if reply.Status < 200 || reply.Status > 299 {
		return fmt.Errorf("%s %s: %w", method, path, failure(reply))
	}
	if out == nil {
		return nil
	}
	if reply.Type != wire.ContentType {
		// A hotel's or a proxy's page, with the status of a success.
		return fmt.Errorf("%s %s: %w: answer of type %q", method, path, ErrOffline, reply.Type)
	}
	if err := wire.Decode(reply.Body, out); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return nil
}

// failure reads the problem, or makes one from the status when somebody
// between the tablet and the server has answered.
func failure(r Reply) *replicate.Failure {
	f := &replicate.Failure{Status: r.Status}
	if r.Type == wire.ContentType && wire.Decode(r.Body, &f.Problem) == nil && f.Problem.Code != "" {
		return f
	}
	f.Problem = wire.Problem{Text: "not an answer of ours"}
	switch r.Status {
	case 401:
		f.Problem.Code = wire.CodeSignIn
	case 413:
		f.Problem.Code = wire.CodeTooLarge
	case 429, 502, 503, 504:
		f.Problem.Code = wire.CodeBusy
	}
	return f
}
