-- columns: method text, place text, title text, paper iri
SELECT other.label, place, paper.label, paper.iri
FROM (
  SELECT theirs.entity AS other, 'challenger' AS place, theirs.paper
  FROM fact AS own JOIN fact AS theirs ON theirs.paper = own.paper AND theirs.role = 'proposes'
  WHERE own.entity = :m AND own.role = 'comparesWith'
  UNION ALL
  SELECT theirs.entity, 'baseline', theirs.paper
  FROM fact AS own JOIN fact AS theirs ON theirs.paper = own.paper AND theirs.role = 'comparesWith'
  WHERE own.entity = :m AND own.role = 'proposes'
) AS found
JOIN node AS other ON other.id = found.other
JOIN node AS paper ON paper.id = found.paper
ORDER BY place, other.label, paper.label, paper.iri
