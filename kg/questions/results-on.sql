-- columns: metric text, value decimal, unit text, printed text, method text, title text, year integer, paper iri
SELECT metric.label, value, unit, printed, method.label, paper.label, paper.year, paper.iri
FROM result
JOIN node AS paper ON paper.id = result.paper
LEFT JOIN node AS metric ON metric.id = result.metric
LEFT JOIN node AS method ON method.id = result.method
WHERE result.dataset = :d
ORDER BY metric.label, CAST(value AS REAL) DESC, paper.label, paper.iri, printed, method.label
