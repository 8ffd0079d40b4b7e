package bridge

import "sillon/engine/query"

// The tabs of a portfolio that rest on the whole method: a first computation
// tells its progress and can be cancelled.
var (
	OpMaturity = Op[query.MaturityTabAsk, query.MaturityTab]{"maturity"}
	OpMany     = Op[query.TabAsk, query.PortfoliosTab]{"many"} // all portfolios of the device
	OpStory    = Op[query.TabAsk, query.TabChart]{"story"}
	OpWeigh    = Op[query.WeightTabAsk, query.WeightTab]{"weigh"}
	OpCut      = Op[query.WeightTabAsk, query.CutsTab]{"cut"} // the curve alone, while a cut moves
)
