package intake

// A Field is what a column becomes (cible de la colonne).
type Field uint8

// The fields. Their keys are remembered with mappings: never rename one.
const (
	Skip Field = iota // leave the column out
	Code
	Name
	Status
	FirstOrder
	Solvency
	Summary
	Tags
	Siren
	Siret
	VAT
	SiteName
	Street // may be used by several columns: number, lane, complement
	Postcode
	City
	PostcodeCity
	Insee
	Country
	Lat
	Lon
	Zone
	Sector
	Naf
	Headcount
	Phone
	Email
	Web
	Potential
	PotentialMin
	PotentialMax
	Appraisal
	Captive // part of a potential that is out of reach
	Rebate  // due at the end of the year
	Total   // sales over the period of the column; several columns
	Day
	Amount
	Return
	Family
	Qty
	Ref
	Channel
	Cost
	Margin
	Rate
	lastField
)

// A reading is how the values of a field are read.
type reading uint8

const (
	asText reading = iota
	asAmount
	asNumber // with decimals, not money
	asCount  // whole, not negative
	asShare  // 12 % or 0,12
	asPart   // the same, of a whole: 0 to 1
	asDay
	asStatus
	asSolvency
	asAppraisal
	asPostcode
	asPostcodeCity
	asInsee
	asSiret
	asSiren
	asVAT
	asPhone
	asEmail
	asDegrees
)

// A Group gathers fields in a menu.
type Group uint8

// The groups.
const (
	OfNothing Group = iota
	OfClient
	OfPlace
	OfPotential
	OfSales
)

var fields = [lastField]struct {
	key   string
	group Group
	read  reading
	max   int  // characters
	many  bool // several columns may feed it
}{
	Skip:         {"", OfNothing, asText, 0, true},
	Code:         {"code", OfClient, asText, 40, false},
	Name:         {"name", OfClient, asText, 120, false},
	Status:       {"status", OfClient, asStatus, 0, false},
	FirstOrder:   {"first-order", OfClient, asDay, 0, false},
	Solvency:     {"solvency", OfClient, asSolvency, 0, false},
	Summary:      {"summary", OfClient, asText, 4000, true},
	Tags:         {"tags", OfClient, asText, 500, true},
	Siren:        {"siren", OfClient, asSiren, 0, false},
	Siret:        {"siret", OfClient, asSiret, 0, false},
	VAT:          {"vat", OfClient, asVAT, 0, false},
	SiteName:     {"site-name", OfPlace, asText, 120, false},
	Street:       {"street", OfPlace, asText, 120, true},
	Postcode:     {"postcode", OfPlace, asPostcode, 12, false},
	City:         {"city", OfPlace, asText, 80, false},
	PostcodeCity: {"postcode-city", OfPlace, asPostcodeCity, 100, false},
	Insee:        {"insee", OfPlace, asInsee, 12, false},
	Country:      {"country", OfPlace, asText, 80, false},
	Lat:          {"lat", OfPlace, asDegrees, 0, false},
	Lon:          {"lon", OfPlace, asDegrees, 0, false},
	Zone:         {"zone", OfPlace, asText, 80, false},
	Sector:       {"sector", OfPlace, asText, 80, false},
	Naf:          {"naf", OfPlace, asText, 12, false},
	Headcount:    {"headcount", OfPlace, asCount, 0, false},
	Phone:        {"phone", OfPlace, asPhone, 40, false},
	Email:        {"email", OfPlace, asEmail, 120, false},
	Web:          {"web", OfPlace, asText, 200, false},
	Potential:    {"potential", OfPotential, asAmount, 0, false},
	PotentialMin: {"potential-min", OfPotential, asAmount, 0, false},
	PotentialMax: {"potential-max", OfPotential, asAmount, 0, false},
	Appraisal:    {"appraisal", OfPotential, asAppraisal, 0, false},
	Captive:      {"captive", OfPotential, asPart, 0, false},
	Rebate:       {"rebate", OfClient, asPart, 0, false},
	Total:        {"total", OfSales, asAmount, 0, true},
	Day:          {"day", OfSales, asDay, 0, false},
	Amount:       {"amount", OfSales, asAmount, 0, false},
	Return:       {"return", OfSales, asAmount, 0, false},
	Family:       {"family", OfSales, asText, 80, false},
	Qty:          {"qty", OfSales, asNumber, 0, false},
	Ref:          {"ref", OfSales, asText, 80, false},
	Channel:      {"channel", OfSales, asText, 40, false},
	Cost:         {"cost", OfSales, asAmount, 0, false},
	Margin:       {"margin", OfSales, asAmount, 0, false},
	Rate:         {"rate", OfSales, asShare, 0, false},
}

// Key names the field in a remembered mapping and in the catalogue; "" leaves
// the column out.
func (f Field) Key() string {
	if f >= lastField {
		return ""
	}
	return fields[f].key
}

// Group says in which part of a menu the field belongs.
func (f Field) Group() Group {
	if f >= lastField {
		return OfNothing
	}
	return fields[f].group
}

// Numeric reports whether the decimal sign of the column matters.
func (f Field) Numeric() bool {
	switch fields[f%lastField].read {
	case asAmount, asNumber, asShare, asPart, asDegrees:
		return true
	}
	return false
}

// Dated reports whether the order of day and month of the column matters.
func (f Field) Dated() bool { return fields[f%lastField].read == asDay }

// Many reports whether several columns may feed the field.
func (f Field) Many() bool { return f < lastField && fields[f].many }

// Period reports whether the column needs a period.
func (f Field) Period() bool { return f == Total }

// FieldOf returns the field of a key; an unknown key leaves the column out.
func FieldOf(key string) Field {
	for f := Skip + 1; f < lastField; f++ {
		if fields[f].key == key {
			return f
		}
	}
	return Skip
}

// Fields lists the fields in the order of a menu, Skip left out.
func Fields() []Field {
	all := make([]Field, 0, lastField-1)
	for f := Skip + 1; f < lastField; f++ {
		all = append(all, f)
	}
	return all
}
