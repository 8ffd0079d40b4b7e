package hub

import (
	"context"
	"errors"

	"sillon/engine/portfolio"
)

// What the office does: organisations, users, grants, moves. Identifiers come
// from the caller.

var errLater = errors.New("not written yet")

// A Founding is what an organisation starts with.
type Founding struct {
	Org     portfolio.Org
	OrgID   portfolio.ID // of the records
	TeamID  portfolio.ID
	Team    string
	AdminID portfolio.ID // an administrator who is also the team's manager
	Name    string
	Login   string
	Hash    string
}

// A NewUser is somebody to add.
type NewUser struct {
	ID          portfolio.ID
	Name        string
	Login       string
	Hash        string
	Role        portfolio.Role
	Team        uint32       // scope of the team; 0: the only one
	Portfolio   string       // name of a rep's portfolio; "": the rep's name
	PortfolioID portfolio.ID // of its record
	Area        string
}

// Place says which scopes belong to a user.
type Place struct {
	Tenant    uint32
	User      portfolio.ID
	Org       uint32
	Team      uint32
	Home      uint32
	Portfolio uint32 // 0: none
}

// Found creates an organisation with its team and its administrator.
func (h *Hub) Found(ctx context.Context, f Founding, nowMS int64) (Place, error) {
	return Place{}, errLater
}

// AddUser adds somebody to an organisation. A rep gets a portfolio, which the
// managers of the team hold too; a manager gets every portfolio of the team.
func (h *Hub) AddUser(ctx context.Context, tenant uint32, u NewUser, nowMS int64) (Place, error) {
	return Place{}, errLater
}

// Grant gives a user a role in a scope.
func (h *Hub) Grant(ctx context.Context, tenant uint32, user portfolio.ID, scope uint32, role portfolio.Role, nowMS int64) error {
	return errLater
}

// Revoke ends every grant of a user in a scope.
func (h *Hub) Revoke(ctx context.Context, tenant uint32, user portfolio.ID, scope uint32, nowMS int64) error {
	return errLater
}

// Reassign moves a card with all its records to another scope.
func (h *Hub) Reassign(ctx context.Context, tenant uint32, root portfolio.ID, to uint32, nowMS int64) error {
	return errLater
}

// NewEpoch starts a new history line after a restore: tablets read everything
// again and hand in what the backup did not have. It returns the epoch, at
// least atLeast.
func NewEpoch(ctx context.Context, store Store, tenant, atLeast uint32) (uint32, error) {
	return 0, errLater
}

// Key returns the cookie key of the store, after putting fresh there when it
// has none.
func Key(ctx context.Context, store Store, fresh []byte) ([]byte, error) { return nil, errLater }
