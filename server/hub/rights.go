package hub

import (
	"slices"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// late is how long after the end of a grant its holder may still hand in
// facts: visits made before, on a tablet without network since.
const lateMS = 30 * 24 * 3600 * 1000

// A deed is what somebody may do to records of a kind.
type deed uint8

const (
	bring  deed = 1 << iota // a new record
	change                  // fields of one
	both   = bring | change
)

// rights says, per kind of scope, role and kind of record, what devices may
// write. What is not here is refused. Reading needs a grant, nothing more.
var rights = map[wire.ScopeKind]map[portfolio.Role]map[portfolio.Kind]deed{
	wire.ScopeOrg: {
		portfolio.RoleAdmin: {
			portfolio.KindSetting: both, portfolio.KindFamily: both,
			portfolio.KindOrg: change, portfolio.KindUser: change, portfolio.KindTeam: change, portfolio.KindPortfolio: change,
		},
		portfolio.RoleManager: {
			portfolio.KindSetting: both, portfolio.KindFamily: both,
			portfolio.KindTeam: change, portfolio.KindPortfolio: change,
		},
	},
	wire.ScopeTeam: {
		portfolio.RoleManager: {portfolio.KindSetting: both},
	},
	wire.ScopePortfolio: {
		portfolio.RoleRep:     card,
		portfolio.RoleManager: card,
	},
	wire.ScopeUser: {
		portfolio.RoleRep:     own,
		portfolio.RoleManager: own,
		portfolio.RoleAdmin:   own,
	},
}

var (
	card = map[portfolio.Kind]deed{
		portfolio.KindAccount: both, portfolio.KindSite: both, portfolio.KindPerson: both, portfolio.KindAppointment: both,
		portfolio.KindSale: bring, portfolio.KindContact: bring, portfolio.KindEstimate: bring,
		portfolio.KindConflict: change, portfolio.KindSetting: both,
		portfolio.KindService: both, portfolio.KindCompetitor: both, portfolio.KindContract: both, portfolio.KindPayment: both,
		portfolio.KindProject: both, portfolio.KindCommitment: both, portfolio.KindEffort: both, portfolio.KindSignal: both,
		portfolio.KindOverride: both, portfolio.KindTool: both, portfolio.KindFormer: bring, portfolio.KindTag: both, portfolio.KindReading: both,
		portfolio.KindCost: both, portfolio.KindTime: both, portfolio.KindPlan: both, portfolio.KindAction: both,
	}
	own = map[portfolio.Kind]deed{
		portfolio.KindImport: bring, portfolio.KindRefusal: change, portfolio.KindConflict: change,
	}
)

// open lists the fields that devices may change of records which the server
// makes; shut lists those of other kinds that only the server changes, because
// rights and sign-ins go by them.
var (
	open = map[portfolio.Kind][]uint16{
		portfolio.KindConflict: {12}, // State
		portfolio.KindRefusal:  {9},  // Closed
	}
	shut = map[portfolio.Kind][]uint16{
		portfolio.KindUser:      {2, 3, 5}, // Login, Role, Off
		portfolio.KindTeam:      {2, 3},    // Manager, Scope
		portfolio.KindPortfolio: {2, 3, 4}, // Owner, Scope, Team
	}
)

// may reports whether a role allows an operation in a kind of scope.
func may(in wire.ScopeKind, role portfolio.Role, op *journal.Op) bool {
	d := change
	if op.Kind == journal.Create || op.Kind == journal.Fact {
		d = bring
	}
	if rights[in][role][op.Entity]&d == 0 {
		return false
	}
	if op.Entity == portfolio.KindPlan && role != portfolio.RoleManager && signs(op) {
		return false
	}
	for f := range op.Fields {
		if only, ok := open[op.Entity]; ok && !slices.Contains(only, f) || slices.Contains(shut[op.Entity], f) {
			return false
		}
	}
	return true
}

// signs reports whether an operation says a plan is signed or returned, or by
// whom: a manager's word, also in the portfolio of a rep.
func signs(op *journal.Op) bool {
	var p portfolio.Plan
	if op.Fields.Into(&p) != nil {
		return true
	}
	return p.State >= portfolio.PlanSigned || p.Signed != 0 || !p.Signer.IsZero() || p.Note != ""
}

// allowed reports whether a user may do op in scope sc, where the record is
// stored or would be.
func (p *push) allowed(user portfolio.ID, sc *Scope, op *journal.Op) (bool, error) {
	grants, err := p.grantsOf(user)
	if err != nil {
		return false, err
	}
	held := func(g Grant) bool { // now or, for a fact, until lately
		return g.Holds(p.now) || op.Kind == journal.Fact && g.Until != 0 && p.now-g.Until < lateMS
	}
	for _, g := range grants {
		if g.Scope == sc.ID && held(g) && may(sc.Kind, g.Role, op) {
			return true, nil
		}
	}
	if op.Kind != journal.Fact || op.Root.IsZero() || sc.Kind != wire.ScopePortfolio {
		return false, nil
	}
	left, err := p.tx.LeftOf(p.t.ID, op.Root) // the card has moved away from a scope of the user's
	if err != nil {
		return false, err
	}
	for _, l := range left {
		for _, g := range grants {
			if g.Scope == l.Scope && p.now-l.At < lateMS && held(g) && may(sc.Kind, g.Role, op) {
				return true, nil
			}
		}
	}
	return false, nil
}
