//go:build race

package query_test

// Under the race detector everything takes ten times as long.
const raced = true
