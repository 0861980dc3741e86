-- columns: title text, year integer, code iri, paper iri
SELECT label, year, url, iri
FROM code JOIN node ON node.id = code.paper
ORDER BY year DESC, label, iri, url
