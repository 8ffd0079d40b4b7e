package exercise

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/params"
)

// Params are the tolerances of grading.
type Params struct {
	Rel         float64 // share of the key, grade.relTol
	Abs         float64 // in display units, grade.absTol
	Half        float64 // × the tolerance for half the points, grade.half
	Feasibility float64 // share of an allocation's score, grade.feasibility
}

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	return Params{Rel: s.Share(params.GradeRelTol), Abs: s.Float(params.GradeAbsTol), Half: s.Float(params.GradeHalf), Feasibility: s.Share(params.GradeFeasibility)}
}

// Kind is what a task asks for.
type Kind uint8

// Stored and sent: add at the end, never renumber.
const (
	Number         Kind = iota + 1 // un nombre
	Choice                         // un choix
	MultiSet                       // plusieurs choix
	Classification                 // classer des clients
	Ranking                        // ordonner
	Allocation                     // répartir, à somme fixée
	Matrix                         // remplir un tableau
	FreeText                       // texte libre
	Decision                       // décider d'une action
	Calculation                    // calcul avec ses étapes
)

// A Tolerance overrides the parameters for one task; zero: theirs.
type Tolerance struct {
	Rel float64 `cbor:"1,keyasint,omitempty"` // share of the key
	Abs float64 `cbor:"2,keyasint,omitempty"` // in display units
}

// A Criterion is an item of a rubric (grille de correction).
type Criterion struct {
	Text     string   `cbor:"1,keyasint"`
	Points   float64  `cbor:"2,keyasint"`
	Keywords []string `cbor:"3,keyasint,omitempty"` // hints for the trainer, never points
}

// A Task is one question of an exercise (tâche).
type Task struct {
	ID        string      `cbor:"1,keyasint"`
	Kind      Kind        `cbor:"2,keyasint"`
	Prompt    string      `cbor:"3,keyasint"`
	Inputs    []string    `cbor:"4,keyasint,omitempty"` // what is given, in words
	Items     []string    `cbor:"5,keyasint,omitempty"` // choices, clients to class or rank, lines to share between, cells, steps
	Classes   []string    `cbor:"6,keyasint,omitempty"` // of a classification, or of a matrix of classes
	Ordered   bool        `cbor:"7,keyasint,omitempty"` // the classes have an order
	ByHand    bool        `cbor:"8,keyasint,omitempty"` // computed results stay hidden until the answer is in
	Points    float64     `cbor:"9,keyasint"`
	Tolerance Tolerance   `cbor:"10,keyasint,omitzero"`
	Display   float64     `cbor:"11,keyasint,omitempty"` // value of one display unit: 100 for cents shown in euros, .01 for a share in percent; 0: 1
	Sum       float64     `cbor:"12,keyasint,omitempty"` // of an allocation
	Low       []float64   `cbor:"13,keyasint,omitempty"` // bounds of its lines; empty: 0
	High      []float64   `cbor:"14,keyasint,omitempty"` // empty: Sum
	Query     string      `cbor:"15,keyasint,omitempty"` // what the engine is asked for the key
	Feedback  string      `cbor:"16,keyasint,omitempty"` // said at the debrief
	Rubric    []Criterion `cbor:"17,keyasint,omitempty"`
}

// Hides reports that computed results of the data set must not be shown while
// the task is open (exam mode).
func (t Task) Hides(submitted bool) bool { return t.ByHand && !submitted }

// Aim says who receives an inject.
type Aim uint8

// Stored and sent: add at the end, never renumber.
const (
	Everyone Aim = iota + 1 // tous
	Group                   // un groupe
	Seat                    // une place
)

// An Inject is what happens during the exercise (événement injecté): a
// complaint, a resignation, a competitor's offer.
type Inject struct {
	ID      string `cbor:"1,keyasint"`
	At      int    `cbor:"2,keyasint,omitempty"` // minutes since the start, when Trigger is empty
	Trigger string `cbor:"3,keyasint,omitempty"` // task whose answer releases it, or the word "trainer"
	Aim     Aim    `cbor:"4,keyasint"`
	Target  string `cbor:"5,keyasint,omitempty"` // group or seat
	Events  []byte `cbor:"6,keyasint,omitempty"` // operations to add, as the journal encodes them
	Message string `cbor:"7,keyasint,omitempty"`
}

// A Slot is a line of the timetable.
type Slot struct {
	From  int      `cbor:"1,keyasint"` // minutes since the start
	To    int      `cbor:"2,keyasint"`
	Title string   `cbor:"3,keyasint"`
	Tasks []string `cbor:"4,keyasint,omitempty"`
}

// A Setting is a parameter locked for the exercise.
type Setting struct {
	Key     params.Key `cbor:"1,keyasint"`
	Numbers []float64  `cbor:"2,keyasint,omitempty"`
	Word    string     `cbor:"3,keyasint,omitempty"`
}

// A Pack is a whole exercise (ExercisePack).
type Pack struct {
	ID        string       `cbor:"1,keyasint"`
	Version   int          `cbor:"2,keyasint"`
	Title     string       `cbor:"3,keyasint"`
	Locale    string       `cbor:"4,keyasint"`
	Author    string       `cbor:"5,keyasint,omitempty"`
	AsOf      calendar.Day `cbor:"6,keyasint"`
	Dataset   []byte       `cbor:"7,keyasint,omitempty"` // fictional, as a bundle
	Locked    []Setting    `cbor:"8,keyasint,omitempty"`
	Tasks     []Task       `cbor:"9,keyasint"`
	Injects   []Inject     `cbor:"10,keyasint,omitempty"`
	Times     []Slot       `cbor:"11,keyasint,omitempty"`
	Rubric    string       `cbor:"12,keyasint,omitempty"`
	Signature []byte       `cbor:"13,keyasint,omitempty"` // made and checked by the shells
}

// Settings are the parameters in force: the method's, those of an exercise,
// then the locked ones. They are judged together, as those of a scope are in
// the product: two that are tied may come in any order, and be legal though
// neither is without the other. Where one is refused, the first refusal is the
// error, with the set of the others.
func (p Pack) Settings() (*params.Set, error) {
	s := params.Default().ForExercise()
	if len(p.Locked) == 0 {
		return s, nil
	}
	keys, values := make([]params.Key, len(p.Locked)), make([]params.Value, len(p.Locked))
	for i, x := range p.Locked {
		keys[i], values[i] = x.Key, params.Value{Numbers: x.Numbers, Word: x.Word}
	}
	s, refused := s.Layer(params.Exercise, keys, values)
	if len(refused) > 0 {
		return s, refused[0]
	}
	return s, nil
}

// A Value is what was answered, or its key; which fields count depends on the
// kind. An empty one is no answer.
type Value struct {
	Given   bool      `cbor:"1,keyasint,omitempty"` // something was answered
	Number  float64   `cbor:"2,keyasint,omitempty"` // Number; the result of a Calculation
	Items   []int32   `cbor:"3,keyasint,omitempty"` // indexes of the items: the choice, the set, the ranking from the first on; by item, the class (−1: none)
	Numbers []float64 `cbor:"4,keyasint,omitempty"` // by item: allocation, cells of a matrix, steps of a calculation
	Blank   []bool    `cbor:"5,keyasint,omitempty"` // by item: left empty; shorter: not
	Text    string    `cbor:"6,keyasint,omitempty"`
}

// blank reports an item that was left empty.
func (v Value) blank(i int) bool { return i >= len(v.Numbers) || i < len(v.Blank) && v.Blank[i] }

// A Key is the reference a task is graded against, computed on the trainer's
// device.
type Key struct {
	Value
	Rank      []float64 // Ranking with ties: by item, larger first; nil: Items is the order
	Payoff    []float64 // Decision: the expected gain of each choice (I4), in cents
	Nothing   int       // Decision: the choice that does nothing; −1: there is none
	Mandatory []int32   // Decision: the choices a rule leaves (I5); nil: all
	Optimal   float64   // Allocation: the best value (B3); 0: graded by closeness
	Achieved  float64   // Allocation: the value of this answer
	Carried   Value     // Calculation: what each step should be, given the trainee's own steps before it
}

// Tags say what kind of error was made, as bits.
type Tags uint16

// Stored and sent: never renumber.
const (
	SignError  Tags = 1 << iota // right but for the sign
	UnitError                   // right but for a power of ten, or months for years
	NoAnswer                    // nothing was answered
	Infeasible                  // an allocation over or under its sum, or out of bounds
	RuleBroken                  // a decision that a mandatory rule excludes
	Forward                     // an error carried forward, and forgiven after its first step
	ByTrainer                   // nobody but the trainer can grade it
)

// A Score is how well a task was done.
type Score struct {
	Value float64 // 0 to 1
	Tags  Tags
	explain.Mark
}

// An Answer is what one seat sent (réponse).
type Answer struct {
	Seat      string `cbor:"1,keyasint"`
	Task      string `cbor:"2,keyasint"`
	Value     Value  `cbor:"3,keyasint"`
	Started   int64  `cbor:"4,keyasint,omitempty"` // milliseconds since the start of the exercise
	Submitted int64  `cbor:"5,keyasint,omitempty"` // 0: a partial save
	Seq       uint32 `cbor:"6,keyasint"`           // of the device, larger later
	Hash      []byte `cbor:"7,keyasint,omitempty"`
}

// A Grade is the mark of one answer (note).
type Grade struct {
	Seat     string    `cbor:"1,keyasint"`
	Task     string    `cbor:"2,keyasint"`
	Auto     float64   `cbor:"3,keyasint,omitempty"` // 0 to 1, by the engine
	Trainer  *float64  `cbor:"4,keyasint,omitempty"` // 0 to 1, by the trainer: it wins
	Peers    []float64 `cbor:"5,keyasint,omitempty"` // 0 to 1, optional
	Tags     Tags      `cbor:"6,keyasint,omitempty"`
	Late     bool      `cbor:"7,keyasint,omitempty"` // kept, and marked
	Comments string    `cbor:"8,keyasint,omitempty"`
}
