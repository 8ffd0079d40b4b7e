//go:build !unix

package bars

import "time"

var start = time.Now()

// cpu is the time since the start: the browser has one thread for us.
func cpu() float64 { return time.Since(start).Seconds() }
