package portfolio

// Types of fields that only forms have, beside those of the sheet.
const (
	MoneyField    FieldType = "money"    // not negative
	RateField     FieldType = "rate"     // a share, typed in percent
	RealField     FieldType = "real"     // not negative
	FlagField     FieldType = "flag"     // yes, or nothing
	CodesField    FieldType = "codes"    // several of Codes
	FamilyField   FieldType = "family"   // code of one product family
	FamiliesField FieldType = "families" // of several
	PersonsField  FieldType = "persons"  // several of the card
	WordsField    FieldType = "words"    // any, set apart by commas
	NumbersField  FieldType = "numbers"  // several of Low to High
	ClockField    FieldType = "clock"    // a minute of the day, typed 8:30
)

// A FormField is one field of a record that a person fills in: a fact that the
// method reads (person, potential, competitor, tool, project, service event,
// contract, commitment, payment, warning, file of an ex-client, reading), what a
// contact took, or what is told of the client itself. Its label is "form.<kind>.<field>", those of its
// choices "form.<kind>.<field>.<number>".
type FormField struct {
	Field     uint16
	Type      FieldType
	Low, High int  // of a choice, of numbers, High of an amount without unit; or most characters. A choice from 0 or less is never left open
	Need      bool // a record without it says nothing
	Codes     []string
}

// A FieldText is one field of a form as a person typed it, or reads it.
type FieldText struct {
	Field uint16 `cbor:"1,keyasint"`
	Text  string `cbor:"2,keyasint,omitempty"` // empty: nothing any more
}

// FormFields lists what a person may fill in of a kind; nil: no form.
func FormFields(k Kind) []FormField {
	for i := range forms {
		if forms[i].kind == k {
			return forms[i].fields
		}
	}
	return nil
}

// FormFieldOf returns the description of one field.
func FormFieldOf(k Kind, field uint16) (FormField, bool) {
	for _, f := range FormFields(k) {
		if f.Field == field {
			return f, true
		}
	}
	return FormField{}, false
}

// Roles of a person (rôles), as they are stored.
var Roles = []string{"decider", "buyer", "user", "influencer", "technical", "gatekeeper"}

var forms = [...]struct {
	kind   Kind
	fields []FormField
}{
	{KindPerson, []FormField{
		{Field: 2, Type: TextField, High: 120, Need: true}, {Field: 3, Type: TextField, High: 120}, {Field: 4, Type: CodesField, Codes: Roles},
		{Field: 5, Type: ChoiceField, Low: 1, High: 5}, {Field: 6, Type: ChoiceField, Low: -2, High: 2},
		{Field: 7, Type: TelField, High: 40}, {Field: 8, Type: EmailField, High: 120},
		{Field: 9, Type: DateField}, {Field: 10, Type: DateField}, {Field: 11, Type: DateField},
		{Field: 12, Type: ChoiceField, Low: 1, High: int(ForBoth)}, {Field: 13, Type: ChoiceField, Low: 1, High: int(ByContract)},
		{Field: 14, Type: ChoiceField, Low: int(Visit), High: int(ManagerControlVisit)},
	}},
	{KindEstimate, []FormField{
		{Field: 4, Type: MoneyField}, {Field: 3, Type: MoneyField}, {Field: 5, Type: MoneyField},
		{Field: 6, Type: ChoiceField, Low: 1, High: int(Judgment)}, {Field: 2, Type: FamilyField, High: 60}, {Field: 13, Type: RateField},
	}},
	{KindCompetitor, []FormField{
		{Field: 2, Type: TextField, High: 120, Need: true}, {Field: 4, Type: ChoiceField, High: 3}, {Field: 7, Type: MoneyField}, {Field: 3, Type: FamilyField, High: 60},
		{Field: 5, Type: DateField}, {Field: 6, Type: DateField}, {Field: 8, Type: NoteField, High: 4000},
	}},
	{KindContract, []FormField{
		{Field: 3, Type: DateField}, {Field: 2, Type: DateField}, {Field: 4, Type: FlagField}, {Field: 5, Type: MoneyField},
		{Field: 6, Type: FlagField}, {Field: 7, Type: NoteField, High: 4000}, {Field: 8, Type: DateField}, {Field: 9, Type: NumberField, High: 60},
	}},
	{KindService, []FormField{
		{Field: 2, Type: ChoiceField, Low: 1, High: int(OutOfStock), Need: true}, {Field: 12, Type: FamilyField, High: 60}, {Field: 3, Type: ChoiceField, Low: 1, High: 3},
		{Field: 5, Type: DateField}, {Field: 6, Type: DateField}, {Field: 7, Type: NoteField, High: 4000}, {Field: 8, Type: NoteField, High: 4000},
		{Field: 9, Type: ChoiceField, Low: 1, High: int(DeskService)}, {Field: 10, Type: MoneyField},
	}},
	{KindProject, []FormField{
		{Field: 2, Type: TextField, High: 120, Need: true}, {Field: 3, Type: MoneyField}, {Field: 5, Type: ChoiceField, High: 6}, {Field: 10, Type: DateField},
		{Field: 4, Type: FamiliesField, High: 60}, {Field: 9, Type: RateField}, {Field: 11, Type: ChoiceField, Low: 1, High: int(GivenUpByThem)}, {Field: 12, Type: NoteField, High: 4000},
	}},
	{KindCommitment, []FormField{
		{Field: 3, Type: ChoiceField, Low: 1, High: int(Them), Need: true}, {Field: 4, Type: TextField, High: MaxText, Need: true}, {Field: 8, Type: DateField}, {Field: 5, Type: MoneyField},
		{Field: 6, Type: ChoiceField, Low: 1, High: 5}, {Field: 11, Type: ChoiceField, Low: 1, High: int(Released)},
		{Field: 9, Type: DateField}, {Field: 10, Type: DateField}, {Field: 13, Type: FlagField},
	}},
	{KindTool, []FormField{
		{Field: 2, Type: TextField, High: 120, Need: true}, {Field: 3, Type: MoneyField}, {Field: 4, Type: MoneyField}, {Field: 5, Type: DateField},
		{Field: 6, Type: RealField, High: 10_000}, {Field: 7, Type: DateField}, {Field: 9, Type: MoneyField},
	}},
	{KindAccount, []FormField{
		{Field: 25, Type: DateField}, {Field: 24, Type: DateField}, {Field: 26, Type: FlagField}, {Field: 28, Type: FlagField}, {Field: 27, Type: FlagField}, {Field: 23, Type: FlagField},
		{Field: 29, Type: RateField}, {Field: 30, Type: MoneyField}, {Field: 35, Type: ChoiceField, Low: 1, High: int(Declined)}, {Field: 34, Type: NumberField, High: 10_000},
		{Field: 20, Type: NumberField, High: 100}, {Field: 21, Type: NumberField, High: 100}, {Field: 32, Type: ChoiceField, Low: 1, High: 10}, {Field: 33, Type: ChoiceField, Low: 1, High: 10},
		{Field: 31, Type: FlagField}, {Field: 22, Type: TextField, High: 120},
		{Field: 40, Type: NumbersField, Low: 1, High: 7}, {Field: 36, Type: ClockField}, {Field: 37, Type: ClockField}, {Field: 38, Type: ClockField}, {Field: 39, Type: ClockField},
	}},
	{KindContact, []FormField{
		{Field: 17, Type: PersonsField}, {Field: 22, Type: WordsField, High: 60}, {Field: 23, Type: NumberField, High: 10}, {Field: 21, Type: MoneyField},
		{Field: 6, Type: NumberField, High: 1440}, {Field: 18, Type: NumberField, High: 1440}, {Field: 20, Type: RealField, High: 5000}, {Field: 19, Type: NumberField, High: 1440},
		{Field: 25, Type: NumberField, High: 20}, {Field: 26, Type: NumberField, High: MaxList}, {Field: 27, Type: RealField, High: 10}, {Field: 16, Type: FlagField}, {Field: 24, Type: DateField},
	}},
	{KindEffort, []FormField{ // what was measured by hand of one that was asked
		{Field: 8, Type: RealField, High: 100_000_000}, {Field: 9, Type: DateField}, {Field: 2, Type: TextField, High: 3}, {Field: 10, Type: FlagField},
	}},
	{KindPayment, []FormField{
		{Field: 2, Type: DateField, Need: true}, {Field: 4, Type: MoneyField, Need: true}, {Field: 3, Type: DateField}, {Field: 5, Type: TextField, High: 80},
	}},
	{KindSignal, []FormField{
		{Field: 2, Type: ChoiceField, Low: 1, High: 13, Need: true}, {Field: 3, Type: DateField}, {Field: 4, Type: DateField}, {Field: 5, Type: NoteField, High: 4000},
	}},
	{KindFormer, []FormField{
		{Field: 2, Type: DateField, Need: true}, {Field: 3, Type: ChoiceField, Low: 1, High: int(MotiveNatural)}, {Field: 4, Type: FlagField},
		{Field: 5, Type: NumbersField, Low: 1, High: 13}, {Field: 7, Type: NoteField, High: 4000},
	}},
	{KindReading, []FormField{
		{Field: 2, Type: ChoiceField, Low: 1, High: int(SoldOut), Need: true}, {Field: 3, Type: DateField}, {Field: 4, Type: DateField}, {Field: 5, Type: MoneyField},
		{Field: 6, Type: NumberField, High: 1_000_000}, {Field: 7, Type: NumberField, High: 1_000_000}, {Field: 8, Type: NoteField, High: 4000},
	}},
}

// Amending are the numbers of the fields by which a fact names the one it takes
// the place of, and takes it back; 0: the kind is no such fact.
func (k Kind) Amending() (amends, void uint16) {
	switch k {
	case KindContact:
		return 11, 12
	case KindSale, KindEstimate:
		return 10, 11
	case KindFormer:
		return 8, 9
	}
	return 0, 0
}

// FieldRemoved is the number, the same in every kind of a card's children that
// has no other way, of the mark of a record that a person has deleted: true.
// Taking the mark away restores the record as it is by then, so that nothing
// written meanwhile is lost.
const FieldRemoved = 99

// Removed reports whether a record's fields carry that mark.
func (f Fields) Removed() bool { v := f[FieldRemoved]; return len(v) == 1 && v[0] == cborTrue }

const cborTrue = 0xf5
