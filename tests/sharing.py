"""Which tests stay together when several workers share the suite (pytest -n 2)."""

from xdist.scheduler import LoadScopeScheduling

# What each of these sets up is dear, and is set up once in every worker that runs one of them: a server with the demo
# commune and a browser; the demo in the database. The largest go first, so that no worker waits for another at the end.
TOGETHER = ("tests/browser/accounts/", "tests/browser/site/", "tests/browser/desk/", "tests/portal/demo/")


class SharedSetups(LoadScopeScheduling):
    """Hand out tests one by one, but those of TOGETHER as one.

    By path: xdist 3.8 puts the groups of its own `--dist loadgroup` into a node's name, where pytest 9.2 finds none.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((path for path in TOGETHER if nodeid.startswith(path)), nodeid)
