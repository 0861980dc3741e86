-- columns: label text, weight decimal, one text, other text, entity iri
SELECT entity.label, rare.weight, one.label, other.label, entity.iri
FROM rare
JOIN node AS entity ON entity.id = rare.entity
JOIN node AS one ON one.id = rare.one
JOIN node AS other ON other.id = rare.other
ORDER BY rare.rowid
LIMIT :n
