"""`kg serve`: a SPARQL 1.1 endpoint over a built graph, with the explorer, a query editor and a page for every IRI.

The room is a line of small modules. In the process that listens:

    limits     what one request may take, and how many run at once
    accept     which media type a client wants, by its `Accept` header
    protocol   the SPARQL 1.1 Protocol: what is asked, or which refusal it gets
    described  the service description
    pool       worker processes: one query each, killed when it takes too long, replaced when it is gone
    endpoint   `/sparql`: protocol, pool and editor together
    resources  a page at the path of each IRI, or its data
    app        routes, headers and the few files that are served as they are
    run        sockets, signals, and the line that says where the server is

In each worker process, which alone reads the graph:

    frames     what goes over the pipe between the two
    worker     opens the store, confines itself, answers one task at a time
    tasks      what a worker is asked for: a query, a page, the data of a node, examples
    formats    answers as bytes of a media type
    facts      what a page shows of a node, asked of the store
    near       names close to one that the graph does not hold
    examples   the named questions as queries to start from
    pages      HTML

Stands beside the command line's other users of the store; nothing imports it but `kg.cli.serve`. Needs the extra
``serve`` (starlette, uvicorn).
"""
