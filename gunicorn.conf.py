"""How gunicorn serves the portal (it reads this file by itself): https://docs.gunicorn.org/en/stable/settings.html"""

import gc
from typing import Any

# A file with a hundred thousand answers is sent for longer than a worker may be silent (30 seconds). A worker of the kind
# "sync" would be killed in the middle of it; one with threads says that it lives while a thread of it sends.
worker_class = "gthread"
threads = 8


def post_worker_init(worker: Any) -> None:
    """Set what the worker has loaded apart from garbage collection, and collect less often.

    A page makes some 100,000 short-lived objects; with Python's own threshold of 700 a tenth of the time goes into
    walking over code and templates that stay. https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
