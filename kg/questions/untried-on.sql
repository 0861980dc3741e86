-- columns: method text, papers integer, entity iri
WITH task AS (
  SELECT theirs.entity
  FROM fact AS own
  JOIN fact AS theirs ON theirs.paper = own.paper AND theirs.role = 'addresses'
  JOIN node ON node.id = theirs.entity
  WHERE own.entity = :d AND own.role = 'evaluatesOn'
  GROUP BY theirs.entity
  ORDER BY COUNT(*) DESC, node.iri
  LIMIT 10
),
near AS (SELECT DISTINCT paper FROM fact WHERE role = 'addresses' AND entity IN task),
tried AS (
  SELECT DISTINCT theirs.entity FROM fact AS own JOIN fact AS theirs ON theirs.paper = own.paper WHERE own.entity = :d
)
SELECT node.label, COUNT(*) AS papers, node.iri
FROM near
JOIN fact ON fact.paper = near.paper AND fact.role IN ('proposes', 'uses')
JOIN node ON node.id = fact.entity
WHERE fact.entity NOT IN tried
GROUP BY fact.entity
ORDER BY COUNT(*) DESC, node.label, node.iri
LIMIT :n
