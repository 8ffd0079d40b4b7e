//go:build !engine

package i18n

// Words of the « pourquoi » sheet.
var _ = add(table{
	"why.steps": {"Le calcul, pas à pas", "The calculation, step by step"},
	"why.here":  {"Calculé sur cette tablette · {0}", "Worked out on this tablet · {0}"},
})
