//go:build !engine

package i18n

// Words of the « pourquoi » sheet.
var _ = add(table{
	"why.steps":       {"Le calcul, pas à pas", "The calculation, step by step"},
	"why.page":        {"La page de la méthode", "The page of the method"},
	"why.page.absent": {"Cette page n’est pas encore sur la tablette : elle viendra avec le réseau.", "This page is not on the tablet yet: it comes with the network."},
	"why.here":        {"Calculé sur cette tablette · {0}", "Worked out on this tablet · {0}"},
})
