package fetch_test

import (
	"context"
	"errors"
	"testing"

	"sillon/app/fetch"
	"sillon/app/replicate"
	"sillon/engine/wire"
)

func encode(t *testing.T, m any) []byte {
	t.Helper()
	b, err := wire.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestExchange(t *testing.T) {
	problem := encode(t, &wire.Problem{Code: wire.CodeBusy, Retry: 7})
	for _, c := range []struct {
		name    string
		reply   fetch.Reply
		err     error
		offline bool   // want
		code    string // want a Failure with it
	}{
		{name: "an answer", reply: fetch.Reply{Status: 200, Type: wire.ContentType, Body: encode(t, &wire.Answer{Epoch: 4})}},
		{name: "no network", err: fetch.ErrOffline, offline: true},
		{name: "a hotel's sign-in page", reply: fetch.Reply{Status: 200, Type: "text/html", Body: []byte("<html>")}, offline: true},
		{name: "a problem of ours", reply: fetch.Reply{Status: 503, Type: wire.ContentType, Body: problem}, code: wire.CodeBusy},
		{name: "a gateway without its server", reply: fetch.Reply{Status: 502, Type: "text/html"}, code: wire.CodeBusy},
		{name: "a proxy with a smaller limit", reply: fetch.Reply{Status: 413, Type: "text/html"}, code: wire.CodeTooLarge},
		{name: "a session that ended", reply: fetch.Reply{Status: 401}, code: wire.CodeSignIn},
	} {
		t.Run(c.name, func(t *testing.T) {
			client := fetch.New(func(_ context.Context, r fetch.Request) (fetch.Reply, error) {
				var got wire.Request
				if err := wire.Decode(r.Body, &got); err != nil || got.Build != "b1" || r.Method != "POST" || r.Path != fetch.SyncPath {
					t.Errorf("%s %s %+v %v", r.Method, r.Path, got, err)
				}
				return c.reply, c.err
			})
			a, err := client.Exchange(t.Context(), &wire.Request{Build: "b1"})
			var f *replicate.Failure
			switch {
			case c.offline:
				if !errors.Is(err, fetch.ErrOffline) {
					t.Errorf("error %v", err)
				}
			case c.code != "":
				if !errors.As(err, &f) || f.Problem.Code != c.code || f.Status != c.reply.Status {
					t.Errorf("error %v", err)
				}
			case err != nil || a.Epoch != 4:
				t.Errorf("%+v %v", a, err)
			}
		})
	}
}

var _ replicate.Transport = (*fetch.Client)(nil)
