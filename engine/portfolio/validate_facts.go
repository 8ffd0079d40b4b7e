package portfolio

// newFact is New for the kinds of facts.go.
func newFact(k Kind) any {
	switch k {
	case KindService:
		return new(Service)
	case KindCompetitor:
		return new(Competitor)
	case KindContract:
		return new(Contract)
	case KindPayment:
		return new(Payment)
	case KindProject:
		return new(Project)
	case KindCommitment:
		return new(Commitment)
	case KindEffort:
		return new(Effort)
	case KindSignal:
		return new(Signal)
	case KindFormer:
		return new(Former)
	case KindOverride:
		return new(Override)
	case KindTool:
		return new(Tool)
	case KindCost:
		return new(Cost)
	case KindTime:
		return new(Time)
	case KindModel:
		return new(Model)
	case KindPlan:
		return new(Plan)
	case KindAction:
		return new(Action)
	case KindTag:
		return new(Tag)
	case KindReading:
		return new(Reading)
	}
	return nil
}

type (
	wholeCheck func(name string, v, low, high int)
	shareCheck func(name string, v, low, high float64)
)

// fact checks what the type does not say of the nouns of facts.go.
func fact(noun any, within wholeCheck, share shareCheck) {
	switch n := noun.(type) {
	case *Service:
		within("kind", int(n.Kind), 0, int(OutOfStock))
		within("severity", n.Severity, 0, 3)
		within("service", int(n.By), 0, int(DeskService))
	case *Competitor:
		within("strength", n.Strength, 0, 3)
	case *Contract:
		within("months of notice", n.Months, 0, 60)
	case *Reading:
		within("kind", int(n.What), 0, int(SoldOut))
		within("machines", n.Total, 0, 1_000_000)
		within("machines of ours", n.Ours, 0, 1_000_000)
	case *Project:
		within("phase", n.Phase, 0, 6)
		within("state", int(n.State), 0, int(GivenUpByThem))
		if n.Chance != nil {
			share("probability", *n.Chance, 0, 1)
		}
	case *Commitment:
		within("side", int(n.Side), 0, int(Them))
		within("points", n.Points, 0, 5)
		within("state", int(n.State), 0, int(Released))
	case *Effort:
		share("weight", n.Weight, 0, 10)
	case *Signal:
		within("code", n.Code, 0, 13)
	case *Former:
		within("motive", int(n.Motive), 0, int(MotiveNatural))
		for _, list := range [...][]int{n.Seen, n.Unknown} {
			many("signals", len(list), within)
			for _, code := range list {
				within("signal", code, 1, 13)
			}
		}
	case *Tool:
		share("replacement days", n.Replace, 0, 10_000)
	case *Cost:
		within("year", n.Year, 0, 2199)
	case *Time:
		within("year", n.Year, 0, 2199)
		for _, d := range [...]int{n.Weekend, n.Holidays, n.Leave, n.Meetings, n.Sick, n.Training, n.Fairs} {
			within("days", d, 0, 366)
		}
		for _, m := range [...]int{n.Minutes, n.Overhead, n.Visit, n.Travel, n.Report} {
			within("minutes", m, 0, 1440)
		}
		share("field days a week", n.FieldDays, 0, 7)
		share("share of full time", n.Part, 0, 1)
	default:
		planned(noun, within, share)
	}
}

// note checks a mark that may be absent.
func note(name string, v *int, high int, within wholeCheck) {
	if v != nil {
		within(name, *v, 0, high)
	}
}

func many(name string, n int, within wholeCheck) { within("number of "+name, n, 0, MaxList) }
