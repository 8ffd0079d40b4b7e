// Package exercise is training with the same engine: packs, tasks, injects,
// answers, and how they are graded (exercice, formation).
//
// Method §3.4, every score from 0 to 1:
//
//	number          1 if |a−k| ≤ max(abs, rel·|k|), ½ if ≤ 3 times that, else 0
//	classification  1 − Σ|a−k| ÷ (n·largest distance); nominal: share right
//	ranking         (Kendall's τ-b + 1) ÷ 2, times the share of the items placed
//	set             F1 = 2PR ÷ (P + R), 0 without a hit
//	allocation      40 % feasible + 60 % (1 − Σ|n−k| ÷ 2V, or value ÷ best value)
//	decision        payoff ÷ best payoff among the choices the rules allow
//	matrix          mean of its cells
//	calculation     half for the result, half for the steps, errors carried forward
//	free text       the rubric as the trainer ticked it; keywords are hints only
//
// The key is never in the pack: the trainer's device computes it with the
// engine and the locked parameters, and hands it here as plain numbers.
// Signatures and transport are the shells'. Sign and unit errors are named, not
// forgiven.
//
// No screen of the field application calls it, and engine/query does not: the
// trainer's console gives packs, collects answers and grades them (issue of the
// exercises), so that its weight stays out of the worker of the reps.
//
// Units: as the task says; minutes since the start for the timetable. Tolerances
// are compared with a slack of one part in a thousand million, so that 1 % off
// is 1 % off on every machine.
//
// Parameters: grade.relTol, grade.absTol, grade.half, grade.feasibility.
//
// Sources: types and formulas derived (method §3.4); τ-b: Kendall (1945),
// Biometrika 33(3), pp. 239-251; F1: van Rijsbergen (1979), Information
// Retrieval, ch. 7.
package exercise

// StepKeys are the keys of every step this package writes.
var StepKeys = []string{
	"exercise.answer", "exercise.key", "exercise.gap", "exercise.tolerance", "exercise.score",
	"exercise.items", "exercise.right", "exercise.distance", "exercise.tau", "exercise.placed",
	"exercise.precision", "exercise.recall", "exercise.feasible", "exercise.closeness",
	"exercise.payoff", "exercise.best", "exercise.result", "exercise.steps", "exercise.ticked",
}
