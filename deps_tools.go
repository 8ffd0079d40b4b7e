//go:build tools

// Package sillon only pins modules while the tree is being laid; removed before landing.
package sillon

import (
	_ "github.com/andybalholm/brotli"
	_ "github.com/chromedp/chromedp"
	_ "github.com/fxamacker/cbor/v2"
	_ "github.com/google/uuid"
	_ "github.com/hack-pad/go-indexeddb/idb"
	_ "github.com/klauspost/compress/gzip"
	_ "github.com/maxence-charriere/go-app/v10/pkg/app"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "golang.org/x/crypto/argon2"
	_ "golang.org/x/text/encoding/charmap"
	_ "golang.org/x/text/unicode/norm"
	_ "modernc.org/sqlite"
	_ "pgregory.net/rapid"
)
