-- What is made of the index when all of its rows are there.

UPDATE node SET links = (SELECT links FROM counted WHERE counted.entity = node.id) WHERE kind <> 'paper';
DROP TABLE counted;

CREATE INDEX node_iri ON node (iri);
CREATE INDEX node_links ON node (links DESC) WHERE links > 0;
CREATE INDEX node_papers ON node (papers DESC) WHERE papers > 0;
CREATE INDEX name_form ON name (form, tier, tight, node);
CREATE INDEX fact_entity ON fact (entity, role, paper);
CREATE INDEX fact_paper ON fact (paper, role, entity);
CREATE INDEX result_dataset ON result (dataset);

-- how many papers of each year have an entity
CREATE TABLE yearly AS
  SELECT entity, year, COUNT(*) AS papers FROM fact JOIN node ON node.id = paper
  WHERE year IS NOT NULL GROUP BY entity, year;
CREATE INDEX yearly_entity ON yearly (entity, year, papers);

-- in how many papers a method is run on a dataset
CREATE TABLE tried AS
  SELECT ran.entity AS method, data.entity AS dataset, COUNT(*) AS papers
  FROM fact AS data JOIN fact AS ran ON ran.paper = data.paper AND ran.role IN ('proposes', 'uses')
  WHERE data.role IN ('evaluatesOn', 'introduces') GROUP BY ran.entity, data.entity;
CREATE INDEX tried_papers ON tried (papers DESC);

-- what exactly two papers share, the weightiest first
CREATE TABLE rare AS
  SELECT shared.entity, shared.weight, one.id AS one, other.id AS other
  FROM shared
  JOIN node AS entity ON entity.id = shared.entity AND entity.papers = 2
  JOIN fact AS first ON first.entity = shared.entity
  JOIN fact AS second ON second.entity = shared.entity
  JOIN node AS one ON one.id = first.paper
  JOIN node AS other ON other.id = second.paper AND one.iri < other.iri
  ORDER BY CAST(shared.weight AS REAL) DESC, entity.label, entity.iri;
DROP TABLE shared;

ANALYZE;
