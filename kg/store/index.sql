-- The index beside the store of a large graph: names, and the counts that questions about the whole graph need.
-- Filled by kg/store/index.py, asked by kg/store/names.py and kg/questions/*.sql.

-- the base IRI, and how many links, results, abstracts and plain URLs there are
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;

-- papers and entities: `kind` is 'paper', 'method', ...; `label` is the title or the label; `papers` and `links` count
-- the papers that have an entity and the links that it is a reason for
CREATE TABLE node (
  id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, year INTEGER, papers INTEGER, links INTEGER
);

-- `form` is a normal form of a name, `tight` whether it is the one without spaces; `tier` says what sort of name it is:
-- 0 label, 1 other label, 2 identifier, 3 title
CREATE TABLE name (form TEXT, tier INTEGER, tight INTEGER, node INTEGER);

-- what a paper states of an entity: the one role that it has for it
CREATE TABLE fact (paper INTEGER, entity INTEGER, role TEXT);

CREATE TABLE code (paper INTEGER, url TEXT);

CREATE TABLE result (
  paper INTEGER, dataset INTEGER, metric INTEGER, method INTEGER, value TEXT, unit TEXT, printed TEXT
);

-- what links rest on
CREATE TABLE shared (entity INTEGER, weight TEXT);
