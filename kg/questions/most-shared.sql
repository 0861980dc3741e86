-- columns: label text, type text, links integer, papers integer, entity iri
SELECT label, upper(substr(kind, 1, 1)) || substr(kind, 2), links, papers, iri
FROM node
WHERE links > 0
ORDER BY links DESC, papers DESC, label, iri
LIMIT :n
