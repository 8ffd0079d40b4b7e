package bridge

import (
	"context"
	"errors"
)

// AsFault tells any error as a Fault; what nobody foresaw keeps its English
// text for the log and the code "unexpected".
func AsFault(err error) *Fault {
	var f *Fault
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, context.Canceled):
		return &Fault{Code: FaultCancelled, Text: err.Error()}
	}
	return &Fault{Code: FaultUnexpected, Text: err.Error()}
}

// FaultUnexpected is a failure nobody foresaw: nothing was lost, the text goes
// to whoever helps.
const FaultUnexpected = "unexpected"
