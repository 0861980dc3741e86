"""Text files that are there whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError


@contextmanager
def text_output(path: Path | None) -> Iterator[Callable[[str], int]]:
    """Yield a function that writes text to `path`, or to stdout when that is None.

    The file takes its name when everything is written, so that an interrupted command leaves the old one as it was.
    Raises `OutputError` when it cannot be written.
    """
    if path is None:
        yield sys.stdout.write
        return
    special = path.exists() and not path.is_file()  # /dev/null and the like take no draft
    draft = path if special else path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = draft.open("w", encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise OutputError("cannot be written", where=str(path), hint=error.strerror or "") from error
    try:
        with file:
            yield file.write
            file.flush()
            if not special:
                os.fsync(file.fileno())
        if not special:
            os.replace(draft, path)
    finally:
        if not special:
            draft.unlink(missing_ok=True)
