// Package params is the registry of everything the method lets an organisation
// change (paramètres): key, section, default, unit, bounds.
//
// Source: method §1.3, one row per key; there "a.b / c" stands for a.b and a.c.
//
// A [Set] resolves each key along the chain organisation → team → portfolio →
// exercise: the innermost layer that has a value gives it, else the default of
// the method. A value that breaks a bound is refused with an [*Error] that says
// what, where and what to do, and the set stays as it was: a set always holds
// good values, so that the chapters read it without checks.
//
// Every key is read by a chapter, but tour.circuity and tour.speed: they are for
// the planner of tours (method §H8), which is not built yet. engine/geo takes
// both as arguments.
//
// Values are plain numbers in the unit of the row (percent as 80, not 0.80),
// words for enumerations, 0 or 1 for yes and no. A Set never changes: With and
// Without return another.
package params
