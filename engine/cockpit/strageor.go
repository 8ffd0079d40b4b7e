package cockpit

// Version is one of the two of STRAGEOR (S0).
type Version uint8

const (
	Individual Version = iota + 1 // un commercial, un portefeuille
	Company                       // un manager, plusieurs portefeuilles consolidés
)

// A Module is one of the four of STRAGEOR with the chapters of the method that
// answer it (L); the names are derived, the number is found. Code is worded by
// the catalogue.
type Module struct {
	Code       string
	Chapters   []string // as in the method
	Individual []string // analytics one rep reads on one portfolio
	Company    []string // what the consolidation adds
}

// Modules is the correspondence.
var Modules = [4]Module{
	{"strageor.profit", []string{"A", "B"}, []string{"A1", "A2", "A3", "B1", "B2", "B3", "B4"}, []string{"A1", "A3", "B1", "K"}},
	{"strageor.maturity", []string{"C"}, []string{"C1", "C2", "C3", "C4", "C6", "C7"}, []string{"C2", "C3", "C5", "K"}},
	{"strageor.weight", []string{"D", "E"}, []string{"D1", "D2", "D3", "E1", "E2", "E3", "E4", "E5"}, []string{"D2", "E3", "E4", "E5", "K"}},
	{"strageor.loyalty", []string{"F", "G", "H6"}, []string{"F1", "F2", "F3", "G1", "G2", "G3", "H6"}, []string{"F2", "G2", "H6", "K"}},
}

// Of lists the analytics of a module in a version.
func (m Module) Of(v Version) []string {
	if v == Company {
		return m.Company
	}
	return m.Individual
}
