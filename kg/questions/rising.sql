-- columns: label text, since integer, before integer, rise integer, entity iri
-- No entity rises more than it has papers: those that most papers have are looked at first, all only if that is not enough.
WITH common AS (SELECT id, papers FROM node WHERE papers > 0 ORDER BY papers DESC LIMIT 20000),
near AS (
  SELECT entity, SUM(CASE WHEN year >= :y THEN papers ELSE 0 END) AS since,
    SUM(CASE WHEN year < :y THEN papers ELSE 0 END) AS before
  FROM yearly WHERE entity IN (SELECT id FROM common) GROUP BY entity
),
enough AS (
  SELECT COUNT(*) = :n AND MIN(rise) > (SELECT MIN(papers) FROM common) AS so
  FROM (SELECT since - before AS rise FROM near WHERE since > before ORDER BY rise DESC LIMIT :n)
),
whole AS (
  SELECT entity, SUM(CASE WHEN year >= :y THEN papers ELSE 0 END) AS since,
    SUM(CASE WHEN year < :y THEN papers ELSE 0 END) AS before
  FROM yearly WHERE NOT (SELECT so FROM enough) GROUP BY entity
)
SELECT label, since, before, since - before AS rise, iri
FROM (SELECT * FROM near WHERE (SELECT so FROM enough) UNION ALL SELECT * FROM whole) JOIN node ON node.id = entity
WHERE since > before
ORDER BY rise DESC, since DESC, label, iri
LIMIT :n
