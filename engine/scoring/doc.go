// Package scoring puts every account in a category and gives it one
// transparent number to share the visits by (catégories, grille de scoring);
// it orders the prospects (double attraction).
//
// Method H4: category from (P, R): stratégique (both 3-4), à développer (P 3-4),
// fonds de commerce (R 3-4), économique; overlays à risque and bloqué. H5:
//
//	score = Σ wₖ·ptsₖ ÷ Σ wₖ,   score100 = 100·(score − min) ÷ (max − min), clipped to 0-100,
//
// and criterion k contributes 100·wₖ·(ptsₖ − minₖ) ÷ Σ w·(max − min), so that
// the bars add up to score100 before the clip. Missing data take the middle of
// the scale and make the score weak. A blocked account gets no visit.
//
// H9: relevance × credibility, strong or weak, high or low, give a prospect's
// disposition 10, 7, 4 or 1; interest 1-10 is the mean of its notes;
//
//	priority = disposition × interest ÷ 10,
//	expected value = conversion × first-year margin − visits × price of one.
//
// Units: points of each criterion's own scale; score100 from 0 to 100; expected
// value in cents.
//
// Parameters: score.weights, score.neutral, typology.notes, risk.overlay,
// dcmv.gDown, prospect.disposition, prospect.conversionDefault.
//
// Sources: mechanism and first template found (W18); categories found in name
// (S3, W15); default grid and seven-criteria template derived; matrix and its
// 10, 7, 4, 1 found (W4), their combination with interest derived. Kendall's τ-b
// by Knight (1966), Journal of the American Statistical Association 61(314).
package scoring

// StepKeys are the keys of every step this package writes; "scoring.points"
// steps carry the criterion's key in Text.
var StepKeys = []string{
	"scoring.p", "scoring.r", "scoring.risk", "scoring.category", "scoring.value",
	"scoring.points", "scoring.contribution", "scoring.malus", "scoring.score",
	"scoring.score100", "scoring.neutral", "scoring.veto", "scoring.clients",
	"scoring.prospects", "scoring.excluded", "scoring.relevance", "scoring.credibility",
	"scoring.disposition", "scoring.interest", "scoring.priority", "scoring.conversion",
	"scoring.firstYear", "scoring.visits", "scoring.price", "scoring.expected",
}

// CriterionKeys are the criteria of the templates and of [Optional], worded by the catalogue.
var CriterionKeys = []string{
	"criterion.r", "criterion.p", "criterion.typology", "criterion.growth", "criterion.sales",
	"criterion.margin", "criterion.references", "criterion.potential", "criterion.engagement",
	"criterion.penetration", "criterion.profitability", "criterion.realised",
	"criterion.solvency", "criterion.proximity", "criterion.risk",
}
