"""Did only a few tests in the browser fail? `python -m tests.stumbled` ends with 0 then, and names them.

On a busy machine a browser may stumble where a person would just wait. Those tests, and no others, `.ci/run` tries once
more by themselves; what is wrong fails twice. A test without a browser that fails is never tried again.
"""

import json
import sys
from pathlib import Path

from tests.prepared import ROOT

FAILED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
MOST = 5


def stumbled(file: Path = FAILED) -> list[str]:
    """Return the tests that failed in the last run; none where one of them needs no browser, or they are many."""
    failed = sorted(json.loads(file.read_text())) if file.exists() else []
    in_browser = [name for name in failed if name.startswith("tests/browser/")]
    return failed if len(in_browser) == len(failed) <= MOST else []


def main() -> None:
    failed = stumbled()
    if not failed:
        sys.exit("What failed is not tried again.")
    print("Failed in the browser, and tried once more:", *failed, sep="\n  ")


if __name__ == "__main__":
    main()
