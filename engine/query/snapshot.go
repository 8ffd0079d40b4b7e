package query

import (
	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// A Reader is who looks at a screen, and in which words.
type Reader struct {
	Words    Words
	User     portfolio.ID
	Readonly bool // the worker's decision: a manager looking at a rep's portfolio
}

// A Snapshot is everything the screens of a device need, in memory: the cards'
// columns, the organisation, its people, portfolios and settings, and the
// scores that follow from them, computed when asked and kept until something
// they depend on changes. One goroutine at a time.
type Snapshot struct{ soon }

type soon struct{}

// NewSnapshot is empty; today is the local day of the device.
func NewSnapshot(today calendar.Day) *Snapshot { return nil }

// SetToday moves the day. Nothing needs deriving again.
func (s *Snapshot) SetToday(today calendar.Day) {}

// SetMisc replaces what is known of the organisation: rows of kinds org, user,
// team, portfolio and setting, from every scope. Other kinds are ignored.
func (s *Snapshot) SetMisc(rows []journal.Row) {}

// SetCards replaces all cards: the decoded chunks.
func (s *Snapshot) SetCards(cards ...[]Card) {}

// Update puts one card in place of its former self. A new contact or
// appointment costs nothing more; what changes weights makes its portfolio be
// scored again at the next question.
func (s *Snapshot) Update(c Card) {}

// Drop forgets a card.
func (s *Snapshot) Drop(id portfolio.ID) {}

// Len counts the cards.
func (s *Snapshot) Len() int { return 0 }

// Card returns the columns of one card.
func (s *Snapshot) Card(id portfolio.ID) (Card, bool) { return Card{}, false }

// Cards calls f with the cards of a portfolio, all when scope is 0, in order
// of identifier, until f returns false.
func (s *Snapshot) Cards(scope uint32, f func(*Card) bool) {}

// AsOf is the reading date of a portfolio, and whether it is fixed.
func (s *Snapshot) AsOf(scope uint32) (calendar.Day, bool) { return 0, false }

// Row is one client as the list shows it.
func (s *Snapshot) Row(id portfolio.ID) (ClientRow, bool) { return ClientRow{}, false }

// Weights are the scoring grid's weights R, P, typology in a portfolio; try
// those of scope 0 for the organisation's.
func (s *Snapshot) Weights(scope uint32) []float64 { return nil }

// TryWeights counts the clients whose whole score would differ with other
// weights, without keeping them.
func (s *Snapshot) TryWeights(scope uint32, weights []float64) (moved int, err error) { return 0, nil }

// TodayNeeds lists the cards whose bundles Today wants: the brief's client.
func (s *Snapshot) TodayNeeds(ask TodayAsk) []portfolio.ID { return nil }

// Today says what to do now.
func (s *Snapshot) Today(r Reader, ask TodayAsk, cards ...Bundle) Today { return Today{} }

// ClientList is a window of the client list.
func (s *Snapshot) ClientList(r Reader, ask ListAsk) List { return List{} }

// ClientSheet is the sheet of one client; false when its bundle has no
// account.
func (s *Snapshot) ClientSheet(r Reader, ask ClientAsk, card Bundle) (Client, bool) {
	return Client{}, false
}

// PortfolioOverview is the overview of one portfolio, or of all.
func (s *Snapshot) PortfolioOverview(r Reader, ask PortfolioAsk) Portfolio { return Portfolio{} }

// TeamNeeds lists the cards whose bundles TeamView wants: those with the
// latest contacts.
func (s *Snapshot) TeamNeeds(ask PortfolioAsk) []portfolio.ID { return nil }

// TeamView is the manager's screen.
func (s *Snapshot) TeamView(r Reader, ask PortfolioAsk, cards ...Bundle) Team { return Team{} }
