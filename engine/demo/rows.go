package demo

import (
	"fmt"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// Rows are the records of the card as the journal keeps them, the account
// first. They all carry the same mark: one writer, one moment. Numbering them
// (Seq, Ver, Epoch) is the store's business.
func (c Card) Rows(scope uint32, mark journal.Mark, author portfolio.ID) []journal.Row {
	w := writer{scope: scope, mark: mark, author: author, root: c.ID}
	w.rows = make([]journal.Row, 0, 1+len(c.Sites)+len(c.Persons)+len(c.Sales)+len(c.Contacts)+len(c.Estimates)+len(c.Appointments))
	w.add(portfolio.KindAccount, c.ID, c.Account)
	addAll(&w, portfolio.KindSite, c.Sites)
	addAll(&w, portfolio.KindPerson, c.Persons)
	addAll(&w, portfolio.KindSale, c.Sales)
	addAll(&w, portfolio.KindContact, c.Contacts)
	addAll(&w, portfolio.KindEstimate, c.Estimates)
	addAll(&w, portfolio.KindAppointment, c.Appointments)
	addAll(&w, portfolio.KindService, c.Services)
	addAll(&w, portfolio.KindCompetitor, c.Competitors)
	addAll(&w, portfolio.KindContract, c.Contracts)
	addAll(&w, portfolio.KindPayment, c.Payments)
	addAll(&w, portfolio.KindProject, c.Projects)
	addAll(&w, portfolio.KindCommitment, c.Commitments)
	addAll(&w, portfolio.KindEffort, c.Efforts)
	addAll(&w, portfolio.KindSignal, c.Signals)
	addAll(&w, portfolio.KindFormer, c.Formers)
	addAll(&w, portfolio.KindTool, c.Tools)
	return w.rows
}

// BudgetRows are the rep's budgets of cost and time as rows of the portfolio's
// scope.
func (p Portfolio) BudgetRows(scope uint32, mark journal.Mark, author portfolio.ID) []journal.Row {
	w := writer{scope: scope, mark: mark, author: author}
	w.add(portfolio.KindCost, p.Cost.ID, p.Cost.Noun)
	w.add(portfolio.KindTime, p.Time.ID, p.Time.Noun)
	return w.rows
}

// FamilyRows are the product families as rows of the organisation's scope.
func (c Company) FamilyRows(scope uint32, mark journal.Mark, author portfolio.ID) []journal.Row {
	w := writer{scope: scope, mark: mark, author: author}
	addAll(&w, portfolio.KindFamily, c.Families)
	return w.rows
}

type writer struct {
	scope  uint32
	mark   journal.Mark
	author portfolio.ID
	root   portfolio.ID
	rows   []journal.Row
}

func (w *writer) add(k portfolio.Kind, id portfolio.ID, noun any) {
	f, err := portfolio.ToFields(noun)
	if err != nil {
		panic(fmt.Sprintf("demo: kind %d: %v", k, err)) // a noun of ours always encodes
	}
	w.rows = append(w.rows, journal.Row{
		Rec: id, Entity: k, Root: w.root, Fields: f, Mark: w.mark,
		Author: w.author, WallMS: w.mark.Stamp.MS(), Scope: w.scope,
	})
}

func addAll[T any](w *writer, k portfolio.Kind, records []Record[T]) {
	for i := range records {
		w.add(k, records[i].ID, records[i].Noun)
	}
}
