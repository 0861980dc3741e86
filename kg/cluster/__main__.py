"""``python -m kg.cluster FOLDER PASS PART``: one task of a build, for any engine that can run a command."""

import sys

from kg.cluster.passes import main

main(*sys.argv[1:])
