-- columns: title text, year integer, role text, paper iri
SELECT paper.label, paper.year, role, paper.iri
FROM fact JOIN node AS paper ON paper.id = fact.paper
WHERE fact.entity = :x
ORDER BY role, paper.year DESC, paper.label, paper.iri
