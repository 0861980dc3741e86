-- columns: task text, papers integer, entity iri
SELECT node.label, found.papers, node.iri
FROM (
  SELECT task.entity, COUNT(*) AS papers
  FROM fact AS own JOIN fact AS task ON task.paper = own.paper AND task.role = 'addresses'
  WHERE own.entity = :m AND own.role IN ('proposes', 'uses')
  GROUP BY task.entity
) AS found
JOIN node ON node.id = found.entity
ORDER BY found.papers DESC, node.label, node.iri
