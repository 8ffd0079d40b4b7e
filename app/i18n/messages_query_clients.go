//go:build !engine

package i18n

// What a tag was when two people did not agree, said by engine/query.
var _ = lend(table{
	"tag.on":  {"posée", "put on"},
	"tag.off": {"retirée", "taken off"},
})
