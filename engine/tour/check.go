package tour

// Fault is a rule a plan breaks.
type Fault uint8

// What a plan can break.
const (
	FaultNone   Fault = iota
	FaultShape        // routes or visits that do not exist
	FaultTwice        // a visit made twice on one day, or on days that are no set of its own
	FaultWindow       // it starts outside its windows
	FaultTravel       // it starts before the person can be there
	FaultEnd          // the day ends too late
	FaultLoad         // too much load
	FaultBudget       // too much spending
	FaultKind         // too many visits of a category
	FaultLeft         // the list of visits left out, or a total, is not true
)

// Verify checks a plan against its problem, stop by stop, without anything of
// the search; it answers the first rule broken.
func Verify(p *Problem, plan *Plan) Fault {
	if len(plan.Routes) != len(p.Routes) {
		return FaultShape
	}
	made := make([]uint64, len(p.Visits))
	var travel int64
	for k, stops := range plan.Routes {
		length, fault := drive(p, &p.Routes[k], stops, made)
		if fault != FaultNone {
			return fault
		}
		travel += length
	}
	if travel != plan.Travel {
		return FaultLeft
	}
	return accounts(p, plan, made)
}

// drive follows one route.
func drive(p *Problem, r *Route, stops []Stop, made []uint64) (travel int64, fault Fault) {
	if len(stops) == 0 {
		if d := p.Travel[int(r.From)*p.Places+int(r.To)]; int64(r.Open)+int64(d) <= int64(r.Close) {
			return int64(d), FaultNone
		}
		return 0, FaultNone // a day nobody can work: nothing is driven
	}
	at, ready, load := r.From, int64(r.Open), int64(0)
	for _, s := range stops {
		if s.Visit < 0 || int(s.Visit) >= len(p.Visits) {
			return 0, FaultShape
		}
		v := &p.Visits[s.Visit]
		if made[s.Visit]>>r.Day&1 != 0 {
			return 0, FaultTwice
		}
		made[s.Visit] |= 1 << r.Day
		d := p.Travel[int(at)*p.Places+int(v.Place)]
		travel += int64(d)
		if int64(s.Start) < ready+int64(d) {
			return 0, FaultTravel
		}
		if !opens(v, r.Hours, s.Start) {
			return 0, FaultWindow
		}
		at, ready, load = v.Place, int64(s.Start)+int64(v.Service), load+int64(v.Load)
	}
	d := p.Travel[int(at)*p.Places+int(r.To)]
	travel += int64(d)
	if ready+int64(d) > int64(r.Close) {
		return 0, FaultEnd
	}
	if r.Load > 0 && load > int64(r.Load) {
		return 0, FaultLoad
	}
	return travel, FaultNone
}

// opens says whether a visit may start at t.
func opens(v *Visit, hours int, t int32) bool {
	if len(v.Hours) == 0 {
		return true
	}
	if hours >= len(v.Hours) {
		return false
	}
	for _, w := range v.Hours[hours] {
		if t >= w.Open && t <= w.Close {
			return true
		}
	}
	return false
}

// accounts checks days, limits and totals.
func accounts(p *Problem, plan *Plan, made []uint64) Fault {
	kinds := make([]int32, len(p.Caps))
	var spent, lost int64
	left := plan.Left
	for i, days := range made {
		v := &p.Visits[i]
		if days == 0 {
			if len(left) == 0 || left[0] != int32(i) {
				return FaultLeft
			}
			left = left[1:]
			lost += v.Value
			continue
		}
		if !among(days, v.Days) {
			return FaultTwice
		}
		spent += int64(v.Spend)
		for z := range kinds {
			kinds[z] += int32(v.Kinds >> z & 1)
		}
	}
	switch {
	case len(left) > 0 || lost != plan.Lost:
		return FaultLeft
	case p.Budget > 0 && spent > p.Budget:
		return FaultBudget
	}
	for z, n := range kinds {
		if n > p.Caps[z] {
			return FaultKind
		}
	}
	return FaultNone
}

func among(days uint64, sets []uint64) bool {
	for _, s := range sets {
		if s == days {
			return true
		}
	}
	return false
}
