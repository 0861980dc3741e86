-- columns: title text, year integer, proposes text, paper iri
SELECT paper.label, paper.year, method.label, paper.iri
FROM fact
JOIN node AS paper ON paper.id = fact.paper
LEFT JOIN fact AS own ON own.paper = fact.paper AND own.role = 'proposes'
LEFT JOIN node AS method ON method.id = own.entity
WHERE fact.entity = :d AND fact.role = 'evaluatesOn'
ORDER BY paper.year DESC, paper.label, paper.iri, method.label
