package tour

// Best is the best plan found so far, each day of few stops in its best order.
func (s *Search) Best() Plan {
	p := Plan{Routes: make([][]Stop, len(s.best))}
	on := make([]bool, s.n)
	var r route
	for k := range s.best {
		r.stops = append(r.stops[:0], s.best[k].stops...)
		if len(r.stops) == 2 {
			if s.time(k, &r) {
				p.Travel += r.travel
			}
			continue
		}
		s.polish(k, &r)
		s.time(k, &r)
		p.Travel += r.travel
		for i := 1; i < len(r.stops)-1; i++ {
			v := r.stops[i]
			on[v] = true
			p.Routes[k] = append(p.Routes[k], Stop{Visit: v, Start: r.depart[i] - s.p.Visits[v].Service})
		}
	}
	for v, is := range on {
		if !is {
			p.Left = append(p.Left, int32(v))
			p.Lost += s.p.Visits[v].Value
		}
	}
	return p
}
