package query

// cut takes n elements, all zero, from a block that many clients share: one
// allocation where each would make its own. They cannot grow into each other.
func cut[T any](block *[]T, n int) []T {
	if n == 0 {
		return nil
	}
	from := len(*block)
	if cap(*block)-from < n {
		*block, from = make([]T, 0, max(n, 1024)), 0
	}
	*block = (*block)[:from+n]
	return (*block)[from : from+n : from+n]
}
