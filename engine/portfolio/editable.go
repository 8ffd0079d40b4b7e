package portfolio

// A FieldType is how an editable field is typed and read.
type FieldType string

// The types of editable fields.
const (
	TextField   FieldType = "text"
	NoteField   FieldType = "note"   // several lines
	TelField    FieldType = "tel"    //
	EmailField  FieldType = "email"  //
	NumberField FieldType = "number" // whole, not negative
	DateField   FieldType = "date"   // ISO on the wire of the page
	ChoiceField FieldType = "choice" // index from 1 into Pick
	SiretField  FieldType = "siret"  // checked, never blocking
)

// A FieldSpec describes one field that a person may edit on a client sheet.
type FieldSpec struct {
	Kind  Kind
	Field uint16
	Key   string // catalogue key of its label
	Type  FieldType
	Max   int      // runes
	Pick  []string // catalogue keys of the choices, for ChoiceField
}

// Editable lists the fields that a person may edit, in the order of the sheet.
// The kinds KindAccount and KindSite have one record each on a simple card.
func Editable() []FieldSpec { return editable }

// EditableField returns the description of one field.
func EditableField(k Kind, field uint16) (FieldSpec, bool) {
	for _, s := range editable {
		if s.Kind == k && s.Field == field {
			return s, true
		}
	}
	return FieldSpec{}, false
}

var editable = []FieldSpec{
	{KindAccount, 2, "field.name", TextField, 120, nil},
	{KindAccount, 1, "field.code", TextField, 40, nil},
	{KindAccount, 3, "field.status", ChoiceField, 0, []string{"status.1", "status.2", "status.3", "status.4", "status.5"}},
	{KindSite, 3, "field.street", TextField, 120, nil},
	{KindSite, 4, "field.postcode", TextField, 12, nil},
	{KindSite, 5, "field.city", TextField, 80, nil},
	{KindSite, 15, "field.phone", TelField, 40, nil},
	{KindSite, 17, "field.email", EmailField, 120, nil},
	{KindSite, 11, "field.sector", TextField, 80, nil},
	{KindSite, 12, "field.siret", SiretField, 24, nil},
	{KindSite, 14, "field.headcount", NumberField, 9, nil},
	{KindAccount, 4, "field.first-order", DateField, 10, nil},
	{KindAccount, 5, "field.typology", ChoiceField, 0, []string{"typology.1", "typology.2", "typology.3", "typology.4", "typology.5", "typology.6"}},
	{KindAccount, 6, "field.solvency", ChoiceField, 0, []string{"solvency.1", "solvency.2", "solvency.3"}},
	{KindAccount, 11, "field.summary", NoteField, 4000, nil},
}
