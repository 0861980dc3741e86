"""A build on several machines: the stages of `kg.making.stream` as tasks that read and write Parquet files in one folder.

    papers -> read -> add -> (naming) -> share -> state -> weigh -> measure
           -> hold -> near -> fetch -> link -> prove -> write -> (kg.ttl)

Papers are dealt into as many parts as keys and entities are. A task does one part of one pass: it reads the row group of its
part from the files that the tasks of an earlier pass wrote, and writes one file, with a row group for each part that needs
some of it. So every reduction is keyed, each task sees only its own keys, and whoever can run a command on a machine that
sees the folder can run a build (`passes`); `dask_` is the engine that comes with kg. The bytes are those of a build on one
machine.

What stays with the one who asked (`stream`): of a record its id and hashes of what it is known by; of a resolution key itself
and its entity's id; of an entity its id and the count of its papers. Names, statements and links pass it by in files.

Stands between `kg.making` and `kg.pipeline`. Needs the extra ``cluster`` (pyarrow, distributed).
"""
