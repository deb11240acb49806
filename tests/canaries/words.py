"""What somebody would write who wants it to run in others' browsers or spreadsheets, and how one sees that it would."""

from __future__ import annotations

import io
from collections.abc import Iterable
from csv import reader
from typing import Any
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from openpyxl import load_workbook

SHORT = "\"'><img src=x onerror=canary()>"
LONG = (
    "</textarea></title></script><script>canary()</script><svg/onload=canary()>{{ 7|add:7 }}\n\n"
    "javascript:canary() [x](javascript:canary()) https://canary.example/\"onmouseover=canary()//'"
)
RAW = ("<img src=x", "<script>canary", "<svg/onload", "</textarea></title>", "\"'><")
ATTRIBUTES_WITH_ADDRESSES = ("href", "src", "action", "formaction", "data", "srcdoc", "xlink:href")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ATOM = "{http://www.w3.org/2005/Atom}"


def mark(name: str) -> str:
    """Return the word by which a planted field is found again."""
    return f"zz{name}"


def canary(name: str, *, begins: str = "", is_long: bool = False) -> str:
    """Return words that run wherever they are not escaped; 40 signs at most, unless `is_long`."""
    return f"{begins}{mark(name)}{SHORT}{LONG if is_long else ''}"


def dangers_in(html: str) -> list[str]:
    """Return what of a page, or of the HTML of a mail, would run."""
    found = [f"raw: {raw}" for raw in RAW if raw in html]
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        for name, value in element.attrs.items():
            words = " ".join(value) if isinstance(value, list) else str(value)
            if name.startswith("on") and "canary" in words:
                found.append(f"{element.name} {name}={words}")
            if name in ATTRIBUTES_WITH_ADDRESSES and words.strip().lower().startswith(("javascript:", "data:text")):
                found.append(f"{element.name} {name}={words}")
        if element.name == "script" and "json" not in element.get("type", "") and "canary" in element.get_text():
            found.append(f"script: {element.get_text()[:80]}")
    return found


def dangers_in_feed(xml: str) -> list[str]:
    """Return what would run where a reader of feeds shows the HTML that an entry carries."""
    found = []
    for element in ElementTree.fromstring(xml).iter():  # noqa: S314 - our own feed
        if element.get("type") == "html":
            found += dangers_in(element.text or "")
        if element.tag == f"{ATOM}link" and not element.get("href", "").startswith("http"):
            found.append(f"link: {element.get('href')}")
    return found


def cells_of(content: bytes, kind: str) -> list[Any]:
    """Return all cells of a CSV or XLSX file, in every sheet."""
    if kind == "xlsx":
        book = load_workbook(io.BytesIO(content))
        return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    text = content.decode("utf-8-sig")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return [cell for row in reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]


def formulas_in(cells: Iterable[Any]) -> list[str]:
    """Return the cells that a spreadsheet would compute; a number below zero is one that it may."""
    return [cell for cell in cells if isinstance(cell, str) and cell.startswith(FORMULA) and not _is_number(cell)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
