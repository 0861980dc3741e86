// SPARQL for what is shown: the query a reader can take to `kg query` or any endpoint. Plain values in, text out.
kg.sparql = (() => {
  const KG = "https://w3id.org/papers-kg/ontology#";
  const PREFIXES = `PREFIX kg: <${KG}>\nPREFIX dcterms: <http://purl.org/dc/terms/>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX fabio: <http://purl.org/spar/fabio/>\n\n`;

  /** An IRI between angle brackets; what may not stand there is percent-encoded. */
  const iri = (base, key) => `<${(base + key).replace(/[\u0000-\u0020<>"{}|\\^`]/g, (one) => encodeURIComponent(one).replace(/^(?!%)/, "%"))}>`;

  const paper = (id) => `SELECT ?relation ?kind ?label ?quote WHERE {
  ${id} ?relation ?entity .
  ?entity skos:prefLabel ?label ; a ?kind .
  OPTIONAL { ?mention kg:inPaper ${id} ; kg:entity ?entity ; kg:role ?relation ; kg:quote ?quote }
  FILTER(?relation != kg:mentions && ?kind IN (kg:Method, kg:Dataset, kg:Task, kg:Metric, kg:Concept))
}
ORDER BY ?relation ?label`;

  const entity = (id) => `SELECT ?paper ?title ?relation ?quote WHERE {
  ?paper ?relation ${id} ; dcterms:title ?title .
  OPTIONAL { ?mention kg:inPaper ?paper ; kg:entity ${id} ; kg:role ?relation ; kg:quote ?quote }
  FILTER(?relation != kg:mentions)
}
ORDER BY ?relation ?title`;

  const link = (a, b) => `SELECT ?label ?weight WHERE {
  ?link a kg:Link ; kg:paper ${a}, ${b} ; kg:shared ?shared .
  ?shared kg:sharedEntity ?entity ; kg:weight ?weight .
  ?entity skos:prefLabel ?label
}
ORDER BY DESC(?weight)`;

  const years = (range) => (range ? `\n  ?a fabio:hasPublicationYear ?year .\n  FILTER(xsd:integer(STR(?year)) >= ${range[0]} && xsd:integer(STR(?year)) <= ${range[1]})` : "");

  const papers = ({ minWeight, range }) => `SELECT ?a ?titleA ?b ?titleB ?weight WHERE {
  ?link a kg:Link ; kg:paper ?a, ?b ; kg:weight ?weight .
  ?a dcterms:title ?titleA . ?b dcterms:title ?titleB .
  FILTER(STR(?a) < STR(?b) && ?weight >= ${Number(minWeight.toFixed(4))})${years(range)}
}
ORDER BY DESC(?weight)`;

  const techniques = ({ kinds, minPapers }) => `SELECT ?entity ?label ?kind ?papers WHERE {
  VALUES ?kind { ${kinds.map((kind) => `kg:${kind}`).join(" ")} }
  ?entity a ?kind ; skos:prefLabel ?label ; kg:paperCount ?papers .
  FILTER(?papers >= ${minPapers})
}
ORDER BY DESC(?papers) ?label`;

  const query = (body) => (body.includes("xsd:") ? `PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n` : "") + PREFIXES + body + "\n";

  return {
    iri,
    paper: (id) => query(paper(id)), entity: (id) => query(entity(id)), link: (a, b) => query(link(a, b)),
    papers: (given) => query(papers(given)), techniques: (given) => query(techniques(given)),
  };
})();
