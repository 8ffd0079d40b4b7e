package intake

import (
	"testing"

	"sillon/engine/money"
)

func TestAnAmountIsReadAsTyped(t *testing.T) {
	for text, want := range map[string]money.Cents{
		"12 400":           12_400_00,
		"12\u202f400,50 €": 12_400_50,
		"12400.5":          12_400_50,
		"12,5k":            12_500_00,
		"1.234":            1_234_00, // a thousands point
		"1,234":            1_234_00, // and its English sister
		"0":                0,
	} {
		if got, ok := ReadAmount(text); !ok || got != want {
			t.Errorf("%q is %d, %t; want %d cents", text, got, ok, want)
		}
	}
	for _, text := range []string{"douze", "12 %", "1,2,3"} {
		if got, ok := ReadAmount(text); ok {
			t.Errorf("%q is read as %d; want a refusal", text, got)
		}
	}
}
