"""Are the message catalogues complete, and do they hold every message of the code? Needs gettext's xgettext.

Run by `make catalogues`. Exits with 1 and says what is missing.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fr", "nl")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SOURCES = [*PROJECT["tool"]["importlinter"]["root_packages"], "templates"]


def incomplete(catalogue: Path) -> list[str]:
    """Return what is wrong with one catalogue, a line each."""
    entries = polib.pofile(str(catalogue))
    name = catalogue.relative_to(ROOT)
    wrong = [f"{name}: fuzzy: {entry.msgid!r}" for entry in entries.fuzzy_entries()]
    wrong += [f"{name}: not translated: {entry.msgid!r}" for entry in entries.untranslated_entries()]
    wrong += [f"{name}: no longer used: {entry.msgid!r}" for entry in entries.obsolete_entries()]
    return wrong


def absent() -> list[str]:
    """Extract the messages of the code anew, and return those that a catalogue doesn't have."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for source in SOURCES:
            shutil.copytree(ROOT / source, copy / source)
        for language in LANGUAGES:
            (copy / "locale" / language / "LC_MESSAGES").mkdir(parents=True)
        command = [sys.executable, "-m", "django", "makemessages", "-v0", "--no-location", "--no-wrap"]
        subprocess.run([*command, "-l", "fr", "-l", "nl"], cwd=copy, check=True)
        found = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(copy / "locale/fr/LC_MESSAGES/django.po"))}
    lines = []
    for language in LANGUAGES:
        known = {
            (entry.msgctxt, entry.msgid)
            for entry in polib.pofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.po"))
            if not entry.obsolete
        }
        lines += [f"{language}: not in the catalogue: {msgid!r}" for _context, msgid in sorted(found - known, key=str)]
        lines += [f"{language}: not in the code: {msgid!r}" for _context, msgid in sorted(known - found, key=str)]
    return lines


if __name__ == "__main__":
    problems = [line for po in sorted((ROOT / "locale").rglob("*.po")) for line in incomplete(po)] + absent()
    print("\n".join(problems) or "The catalogues are complete.")
    sys.exit(bool(problems))
