// Package part holds the components that several pages use. They show what
// they are given and tell what was tapped; words come in through i18n.Lang or
// as arguments.
//
//	Icon IconS IconL            a line icon by name (20, 16, 24 px)
//	Card                        a card with a title
//	Chart                       draws a query.Chart: finding, picture, « Voir en tableau », advice
//	Table                       a query.Table as a real table
//	Chip Toggle Seg             filter chips, pressed chips, exclusive views
//	Phase Weight PR Score       badges; Furrows is the gauge alone, Spark a sparkline
//	Field Area Select           label, control, help, error
//	Sheet                       a side sheet, a bottom sheet on small screens
//	Snackbar, Queue             what happened, and Annuler for 8 s
//	Hint Empty Skeleton Fault   the states of a page
//	List                        a windowed list of rows of one height
//	Width Resized Focus SetValue Tel Download    the few things asked of the DOM
//
// Traps of go-app that every component here respects: no Style (the CSP
// forbids style attributes: use classes, or [SetStyle]); a handler that closes
// over the data of a row carries app.EventScope(id); the order of elements
// stays the same between two renders (a missing one is an empty [app.Text] or
// an app.If at the end).
package part
