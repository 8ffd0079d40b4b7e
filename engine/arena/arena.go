// Package arena cuts the small slices of thousands of clients out of few
// blocks: one allocation where each client would make its own. What is cut
// cannot grow into its neighbour. A block lives as long as any part of it, so
// only what is kept together is cut together.
package arena

// least is how many elements a new block holds.
const least = 512

// Cut takes n elements, all zero; nil for none.
func Cut[T any](block *[]T, n int) []T {
	if n == 0 {
		return nil
	}
	return Close(block, Open(block, n)[:n])
}

// Open gives an empty slice to append up to most elements to; [Close] then
// keeps them.
func Open[T any](block *[]T, most int) []T {
	if cap(*block)-len(*block) < most {
		*block = make([]T, 0, max(most, least))
	}
	n := len(*block)
	return (*block)[n : n : n+most]
}

// Close keeps what was appended to an opened slice; nil when nothing was.
func Close[T any](block *[]T, opened []T) []T {
	if len(opened) == 0 {
		return nil
	}
	*block = (*block)[:len(*block)+len(opened)]
	return opened[:len(opened):len(opened)]
}
