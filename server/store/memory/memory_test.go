package memory_test

import (
	"testing"

	"sillon/server/store/memory"
	"sillon/server/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) storetest.Store { return memory.New() })
}
