package query

import "sillon/engine/portfolio"

// SheetAsk asks for the deep parts of the sheet of one client; Width is that of
// the content, in CSS pixels.
type SheetAsk struct {
	Lang  string       `cbor:"1,keyasint"`
	ID    portfolio.ID `cbor:"2,keyasint"`
	Width int          `cbor:"3,keyasint,omitempty"`
}

// SheetTab is what the whole method says of one client, drawn. Its figures come
// without their steps: [WhyAsk] asks for those of one.
type SheetTab struct {
	View     SheetView `cbor:"1,keyasint"`
	Ribbon   Chart     `cbor:"2,keyasint"` // families by period (F2)
	Quadrant Chart     `cbor:"3,keyasint"` // adoption and exclusion, now and a year ago (F1)
	Margin   Chart     `cbor:"4,keyasint"` // from sales to net margin (A3)
	Response Chart     `cbor:"5,keyasint"` // margin by visits (B3); na without a fitted curve
	Levers   Chart     `cbor:"6,keyasint"` // the five levers (G3)
	Balance  Chart     `cbor:"7,keyasint"` // of efforts (G1)
	Map      Chart     `cbor:"8,keyasint"` // people by role and attitude
	Authors  []string  `cbor:"9,keyasint,omitempty"`
	Readonly bool      `cbor:"10,keyasint,omitempty"`
}

// WhatIfAsk asks what the departure risk would be once some signals are
// settled.
type WhatIfAsk struct {
	ID      portfolio.ID `cbor:"1,keyasint"`
	Settled []string     `cbor:"2,keyasint,omitempty"` // codes: "S4"
}

// WhatIf is the risk then: na when the method cannot tell.
type WhatIf struct {
	P    Figure `cbor:"1,keyasint"`
	Band string `cbor:"2,keyasint,omitempty"` // low watch high
}
