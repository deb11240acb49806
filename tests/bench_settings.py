"""The rehearsal, with one address more: a bare view, the yardstick of `make bench`."""

from portal.settings.rehearsal import *  # noqa: F403

ROOT_URLCONF = "tests.bench_urls"
