//go:build !engine

package i18n

// lent are the tables of which the worker says something.
var lent []table

// lend puts messages into the catalogue that the worker says too. Its program is
// linked without them: the page, which has them anyway, sends them.
func lend(t table) bool {
	lent = append(lent, t)
	return add(t)
}

// Lent returns the messages of lend in the form that Learn reads.
func Lent() []byte {
	b := make([]byte, 0, 128<<10)
	for _, t := range lent {
		for key, m := range t {
			for _, text := range [...]string{key, m[0], m[1]} {
				b = append(append(b, text...), 0)
			}
		}
	}
	return b
}
