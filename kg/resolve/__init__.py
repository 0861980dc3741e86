"""Resolution: records to papers, mentions to entities. One thing, one node, across all papers.

Stands between `kg.reading` (one paper at a time) and `kg.link`. Everything here is a keyed aggregation: what is kept for
a key depends only on that key's mentions, so that the same result can be computed in a stream, in parts, or anew.
"""
