"""The graph as RDF: IRIs, statements, sorted Turtle, the reader, SHACL. After graph, before query and export."""
