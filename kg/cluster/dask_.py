"""The tasks of a build on a Dask cluster: the engine of ``kg build --scheduler``. The only module that knows distributed.

Dask gives out tasks and finds out when a worker is gone; no data passes through it. What a lost worker was doing is given to
another one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from kg.cluster.passes import found_in, run_here
from kg.errors import KgError

_WAIT = 8  # seconds for a scheduler to answer, and then for a worker to be there


class Dask:
    """A connection to a scheduler. Use it as a context manager; on the way out what is not begun is called off.

    Raises `KgError` when nobody answers at the address, the cluster has no workers, or distributed is not installed.
    """

    def __init__(self, address: str) -> None:
        try:
            import distributed
            import pyarrow

            del pyarrow
        except ImportError as error:
            raise KgError(
                "kg build --scheduler needs distributed and pyarrow", hint="pip install 'papers-kg[cluster]'"
            ) from error
        self._library: Any = distributed  # it has no types for what is used here
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
        try:
            self._client = self._library.Client(address, timeout=_WAIT, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            hint = "is it running? Start one with: dask scheduler"
            raise KgError("no Dask scheduler answers there", where=address, hint=hint) from error
        try:
            self._client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError as error:
            self._client.close()
            hint = f"start one on each machine with: dask worker {address}"
            raise KgError("the cluster has no workers", where=address, hint=hint) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def check(self, folder: Path) -> None:
        """Ask every worker that there is now whether it sees the folder and has our kg; raises `KgError` if not."""
        answers = self._client.run(run_here, str(folder), "hello", 0, on_error="return")
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, BaseException):
                raise _unable(answer, worker)
            found_in(answer)

    def run(self, folder: Path, name: str, parts: int, done: Callable[[int], None]) -> list[Any]:
        """Return what each part of a pass found, in order. Raises `KgError` with the reason of one that failed."""
        build = uuid4().hex  # keys tell tasks apart on the scheduler, no result depends on them
        futures = {
            self._client.submit(run_here, str(folder), name, part, key=f"kg-{name}-{part}-{build}", pure=False): part
            for part in range(parts)
        }
        found: dict[int, Any] = {}
        for future in self._library.as_completed(list(futures), loop=self._client.loop):
            if future.status != "finished":
                raise _unable(future.exception(), f"{name} {futures[future]}")
            found[futures[future]] = found_in(future.result())
            done(len(found))
        return [found[part] for part in range(parts)]


def _unable(error: BaseException, where: str) -> KgError:
    """Return the error for a task that no worker could do."""
    hint = "workers die of it: have they enough memory?"
    if isinstance(error, (ImportError, AttributeError)):
        hint = "is kg installed with the extra cluster, in the same version, on every machine?"
    return KgError(
        f"the cluster could not do a part of the build: {type(error).__name__}: {error}", where=where, hint=hint
    )
