package chart

// What the tests of the samples need.
var (
	Check = check
	Wide  = wide
)
