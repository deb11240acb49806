"""Pages a second, beside a bare Django view on the same server and database (`make bench`). Needs wrk (Debian: wrk).

Two gunicorn workers, no page cache; DATABASE_URL and REDIS_URL as for the tests.
"""

import re
import shutil
import subprocess
import sys
import urllib.request

from tests.browser.server import running_portal

PAGES = {
    "bare view, one query": "/bare/",
    "home page": "/fr/",
    "index of the news": "/nl/nieuws/",
    "a message": "/fr/actualites/rue-du-moulin-de-nouveaux-trottoirs-en-quatre-semaines/",
    "a neighbourhood": "/nl/wijken/canal-kanaal/",
    "search": "/fr/recherche/?q=canal",
}
SECONDS, CONNECTIONS = 6, 8


def measured(address: str) -> tuple[float, str]:
    """Return the requests a second and the 99th percentile of the latency for one address."""
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", address]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        raise RuntimeError(f"{address} did not always answer 200:\n{text}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    slowest = re.search(r"^\s+99%\s+(\S+)", text, re.MULTILINE)
    return float(rate.group(1)) if rate else 0.0, slowest.group(1) if slowest else "?"


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed here (Debian: apt install wrk): nothing was measured.")
    with running_portal(settings="tests.bench_settings") as portal:
        print(f"{'page':24}{'pages a second':>16}{'99 % within':>14}{'of the bare view':>18}")
        yardstick = 0.0
        for name, path in PAGES.items():
            for _warm in range(6):
                urllib.request.urlopen(portal + path, timeout=20).read()  # noqa: S310 - our own server
            rate, slowest = measured(portal + path)
            yardstick = yardstick or rate
            print(f"{name:24}{rate:16.1f}{slowest:>14}{rate / yardstick:18.1%}")


if __name__ == "__main__":
    main()
