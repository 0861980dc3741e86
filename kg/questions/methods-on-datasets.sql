-- columns: method text, dataset text, papers integer
SELECT method.label, dataset.label, tried.papers
FROM tried
JOIN node AS method ON method.id = tried.method
JOIN node AS dataset ON dataset.id = tried.dataset
ORDER BY tried.papers DESC, method.label, dataset.label, method.iri, dataset.iri
LIMIT :n
