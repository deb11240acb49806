"""How words are found in ideas: folded, without accents or capitals, beginnings and middles of words too.

On PostgreSQL an index of trigrams finds them among many thousands. It isn't a migration: where the database's owner may not
add the extension yet, search works without, and the first `migrate` after an administrator has added it makes the index.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from home.streets.folding import folded

MOST_WORDS = 8
INDEX = "participation_ideas_words"
CAN_MAKE_TRIGRAMS = """
SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')
    OR EXISTS (SELECT 1 FROM pg_available_extension_versions WHERE name = 'pg_trgm' AND trusted)
    AND has_database_privilege(current_database(), 'CREATE')
"""


def words_in(typed: str) -> list[str]:
    """Return what somebody typed as words to look for."""
    return folded(typed).split()[:MOST_WORDS]


def make_index(using: str, **kwargs: Any) -> None:
    """Make the index of trigrams where the database has them: after each `migrate`, and once is enough."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('participation_idea') IS NOT NULL, to_regclass(%s) IS NOT NULL", [INDEX])
        has_table, has_index = cursor.fetchone()
        cursor.execute(CAN_MAKE_TRIGRAMS)
        if not has_table or has_index or not cursor.fetchone()[0]:
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {INDEX} ON participation_idea USING gin (words gin_trgm_ops)"
            " WHERE state = 'public'"
        )
