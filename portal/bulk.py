"""Much at once, in a command that ends soon."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = 100_000, 20, 20


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for unused cycles of objects less often within.

    Models, querysets and the states of migrations are made in such numbers that looking takes a quarter of the time;
    what memory is used beyond is some 60 MB.
    """
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
