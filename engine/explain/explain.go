// Package explain is what every analytic returns beside its value: how solid
// it is, why it may be missing, and the steps to redo it by hand.
//
// Source: method §0.3, rows Status and Explainability.
package explain

// Status says how far a result can be trusted (solidité).
type Status uint8

// Stored and sent: add at the end, never renumber.
const (
	OK   Status = iota + 1 // fiable
	Weak                   // peu de données
	NA                     // sans valeur, voir la raison
)

// Reason says why a result is NA, or weak.
type Reason uint8

// Stored and sent: add at the end, never renumber.
const (
	None        Reason = iota
	NoData             // NO_DATA
	NoSales            // NO_SALES
	NoContact          // NO_CONTACT
	NewClient          // NEW_CLIENT
	FewClients         // FEW_CLIENTS: under four clients
	NoPotential        // NO_POTENTIAL
	NoVariation        // NO_VARIATION
	Negative           // NEGATIVE: negative where a positive value is needed
	NoCost             // NO_COST
	FewPeriods         // FEW_PERIODS
	Overflow           // OVERFLOW: amounts of a damaged file do not fit 64 bits
)

// Unit says how a step's number is read and shown.
type Unit uint8

// Stored and sent: add at the end, never renumber.
const (
	Number  Unit = iota // a pure number
	Money               // whole cents, as a float64 of cents
	Percent             // a share: 0.25 is shown as 25 %
	Count               // clients, visits, lines
	Days                // days
	Months              // full months
	Points              // score points
	Date                // a calendar day number (days since 1970-01-01)
	Level               // P or R level, 0 to 4
	Ratio               // × something
)

// A Step is one named intermediate value. Key is a stable identifier that the
// catalogue words in French and English ("weight.cumBefore"); Text carries a
// name or a class letter when the value is not a number. Steps are not compared
// with ==: what compares arrays of one to fifteen of them would weigh 20 kB.
type Step struct {
	_ [0]func()

	Key   string  `cbor:"1,keyasint"`
	Value float64 `cbor:"2,keyasint,omitempty"`
	Unit  Unit    `cbor:"3,keyasint,omitempty"`
	Text  string  `cbor:"4,keyasint,omitempty"`
}

// A Mark is the part of a result every analytic shares.
type Mark struct {
	Status Status `cbor:"1,keyasint"`
	Reason Reason `cbor:"2,keyasint,omitempty"`
	Steps  []Step `cbor:"3,keyasint,omitempty"`
}

// A Result is a figure that can be questioned.
type Result struct {
	Value float64 `cbor:"1,keyasint,omitempty"`
	Mark  `cbor:"2,keyasint"`
}

// Sound marks a reliable result.
func Sound(steps ...Step) Mark { return Mark{Status: OK, Steps: steps} }

// Thin marks a result from too little data.
func Thin(r Reason, steps ...Step) Mark { return Mark{Status: Weak, Reason: r, Steps: steps} }

// Missing marks a result that has no value, with the reason.
func Missing(r Reason, steps ...Step) Mark { return Mark{Status: NA, Reason: r, Steps: steps} }
