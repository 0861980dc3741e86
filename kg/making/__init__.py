"""What a build needs besides its stages: what papers gave before, one build at a time, processes, streams, estimates.

Stands under `kg.pipeline`, which knows the order of the stages, and over the stages themselves.
"""
