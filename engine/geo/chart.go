package geo

import "math"

// chartUnit is how many units of the map a radian of longitude is: at 46.5°
// north one is about 88 m.
const chartUnit = 50_000

// Chart is where a position stands on the map, x to the east and y to the
// south: Mercator's projection, which keeps the shapes.
func Chart(p Position) (x, y float64) {
	s := math.Sin(min(85, max(-85, p.Lat)) * (math.Pi / 180))
	return chartUnit * p.Lon * (math.Pi / 180), -chartUnit / 2 * math.Log((1+s)/(1-s))
}

// Unchart is the position at a point of the map: latitude = atan(sinh y). The
// hyperbolic sine is summed here, x + x³/3! + x⁵/5! + …, for that of the library
// differs in its last bit between a native program and WASM.
func Unchart(x, y float64) Position {
	t := min(3.2, max(-3.2, -y/chartUnit)) // 85.3°
	sum, term := t, t
	for k := 2.; k < 40; k += 2 {
		term = float64(term*t*t) / (k * (k + 1))
		sum += term
	}
	return Position{Lat: math.Atan(sum) * (180 / math.Pi), Lon: x / chartUnit * (180 / math.Pi)}
}

// ChartMeters is the length of one unit of the map at a latitude.
func ChartMeters(lat float64) Meters {
	return Radius / chartUnit * Meters(math.Cos(lat*(math.Pi/180)))
}
