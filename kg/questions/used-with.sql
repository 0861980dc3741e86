-- columns: label text, type text, papers integer, entity iri
SELECT node.label, upper(substr(kind, 1, 1)) || substr(kind, 2), found.papers, node.iri
FROM (
  SELECT theirs.entity, COUNT(*) AS papers
  FROM fact AS own JOIN fact AS theirs ON theirs.paper = own.paper
  WHERE own.entity = :x AND theirs.entity <> :x
  GROUP BY theirs.entity
) AS found
JOIN node ON node.id = found.entity
ORDER BY found.papers DESC, node.label, node.iri
LIMIT :n
