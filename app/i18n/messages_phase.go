//go:build !engine

package i18n

// Words of the phases that the data cannot decide.
var _ = add(table{
	"step.maturity.knownFrom": {"Première vente connue", "First sale known"},
})
