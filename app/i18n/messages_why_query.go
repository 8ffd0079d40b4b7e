//go:build !engine

package i18n

// The words of the rulers of « pourquoi ».
var _ = lend(table{
	"why.under":    {"sous {0}", "under {0}"},
	"why.from":     {"dès {0}", "from {0}"},
	"why.between":  {"de {0} à {1}", "{0} to {1}"},
	"why.clients":  {"{0} {0:client|clients}", "{0} {0:client|clients}"},
	"why.note":     {"note {0} :", "mark {0}:"},
	"why.band":     {"Tranche", "Band"},
	"why.count":    {"Clients", "Clients"},
	"why.here-col": {"Ce client", "This client"},
	"why.rank":     {"{0}{0:er|e} sur {1}", "no. {0} of {1}"},
})
