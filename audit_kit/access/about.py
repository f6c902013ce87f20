"""What a file says about itself: its title and its language."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.access.package import Package
from audit_kit.access.rules import Fault, fault

_DC = "{http://purl.org/dc/elements/1.1/}"
_PLACE = "the file's properties"


def faults_of(package: Package, has_language: bool) -> Iterator[Fault]:
    """A title or language that is missing. ``has_language``: whether the text itself says it."""
    core = package.only("", "core-properties")
    if core is None or not (core.findtext(f"{_DC}title") or "").strip():
        yield fault("title-missing", _PLACE)
    stated = core is not None and (core.findtext(f"{_DC}language") or "").strip()
    if not (stated or has_language or _custom_language(package)):
        yield fault("language-missing", _PLACE)


def _custom_language(package: Package) -> bool:
    """Whether a property of its own says it: Excel offers no other place for it."""
    custom = package.only("", "custom-properties")
    return custom is not None and any(
        each.get("name", "").casefold() == "language" and "".join(each.itertext()).strip() for each in custom
    )
