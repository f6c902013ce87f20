"""The question bank: themes, their key lines of enquiry (KLOEs) and what each grade looks like.

The bank itself is a workbook in the team's templates folder, one sheet a theme; this is what it says.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Audits will be themed according to key
lines of enquiry agreed by the Board".
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Kloe:
    """One key line of enquiry. Texts may hold ``{threshold document}``, filled per area at issue."""

    ref: str  # "N6"
    title: str  # "Plan and drift"
    question: str
    prompts: tuple[str, ...] = ()
    descriptors: tuple[tuple[str, str], ...] = ()  # (grade, what it looks like), best first
    agencies: tuple[str, ...] = ()  # asked of these only; empty: of everyone
    tools: tuple[str, ...] = ()  # asked in these variants of the tool only ("city"); empty: in all

    @property
    def is_for_all(self) -> bool:
        """Whether every agency is asked it in both areas: the others are add-ons, counted apart."""
        return not self.agencies and not self.tools

    def is_asked_of(self, agency: str, tool: str) -> bool:
        """Whether this agency is asked it, in this area's variant of the tool."""
        return (not self.agencies or agency in self.agencies) and (not self.tools or tool.casefold() in self.tools)


@dataclass(frozen=True)
class Theme:
    """One theme of the bank with its KLOEs in the order in which they are asked."""

    name: str  # "neglect", as typed at the command line; also the sheet's name
    code: str  # "NEG", as in session references
    title: str  # "Neglect", as printed
    version: str
    kloes: tuple[Kloe, ...]

    def kloe(self, ref: str) -> Kloe | None:
        """The KLOE of this reference, if the theme has it."""
        return next((kloe for kloe in self.kloes if kloe.ref == ref), None)


@dataclass(frozen=True)
class QuestionBank:
    """All themes that can be chosen."""

    themes: tuple[Theme, ...]

    def theme(self, name: str) -> Theme | None:
        """The theme of this name or code, if there is one. Upper and lower case are the same."""
        wanted = name.strip().casefold()
        return next((t for t in self.themes if wanted in (t.name.casefold(), t.code.casefold())), None)

    def nearest(self, name: str) -> Theme | None:
        """The theme whose name or code looks most like this one, if any does: what was meant, perhaps."""
        known = {word.casefold(): t for t in self.themes for word in (t.name, t.code)}
        return next((known[word] for word in get_close_matches(name.strip().casefold(), known, 1)), None)
