"""The team's own templates, beside the installation: read, and checked before they are used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from audit_kit.config import Config
from audit_kit.domain.clock import Clock
from audit_kit.domain.question_bank import QuestionBank, Theme
from audit_kit.errors import TemplateMissing, UsageProblem
from audit_kit.store.folders import Folders

#: how the templates are called that are no Word files and no small forms
BANK, TOOL_LAYOUT, PLAN_LAYOUT = "question_bank.xlsx", "audit_tool.xlsx", "planning_workbook.xlsx"
SLIDES, MAIL_DRAFTS = "seminar_slides.pptx", "mail_drafts.txt"
TRACKER_WORDS, STATUS_PAGE = "tracker_words.txt", "status.html"

#: a field that these never print must not keep a concern from going out
_USED_REGARDLESS = ("escalation_notice.docx", "set_aside_note.docx")


class TeamsTemplates:
    """What is read from the team's templates folder, of an installation whose store need not be open."""

    config: Config
    folders: Folders
    clock: Clock

    @cached_property
    def bank(self) -> QuestionBank:
        """The question bank from the team's templates folder."""
        from audit_kit.office.question_bank import read_question_bank

        return read_question_bank(self.template(BANK))

    def template(self, name: str, *, checked: bool = True) -> bytes:
        """A template from the team's folder. TemplateMissing when it is not there.

        HeldUp, with everything that is wrong, for a Word template that doesn't fit its model, unless it is
        to be had unchecked. What tells of a concern, or that a person must look, is used as long as it can be filled in.
        """
        data = self._template(name)
        if checked and name.endswith(".docx") and name not in _USED_REGARDLESS:
            from audit_kit.office.word_templates import refuse_faulty

            refuse_faulty(name, data)
        return data

    def templates_as_they_are(self) -> tuple[tuple[str, int, int], ...]:
        """What changes whenever somebody saves, adds or removes a template. Nothing is read from it but that."""
        try:
            found = [(path.name, path.stat()) for path in self.folders.templates.iterdir()]
        except OSError:
            return ()
        return tuple(sorted((name, seen.st_size, seen.st_mtime_ns) for name, seen in found))

    def _template(self, name: str) -> bytes:
        try:
            return (self.folders.templates / name).read_bytes()
        except OSError:
            raise TemplateMissing(
                f"The template {name} is not in the templates folder, or can't be read.",
                where=str(self.folders.templates),
                not_happened="Nothing was written.",
                next_step="Put it back; a fresh copy comes with audit-kit.",
            ) from None


@dataclass
class TemplatesAlone(TeamsTemplates):
    """The templates of an installation, without its store."""

    config: Config
    folders: Folders
    clock: Clock


def theme_named(name: str, bank: QuestionBank, not_happened: str) -> Theme:
    """The theme of this name or code. UsageProblem, with the nearest there is, when the question bank has none."""
    theme = bank.theme(name)
    if theme is None:
        near = bank.nearest(name)
        raise UsageProblem(
            "The question bank has no such theme." + (f" Did you mean {near.name}?" if near else ""),
            where=f"templates/{BANK}",
            not_happened=not_happened,
            next_step=f"Choose one of: {', '.join(theme.name for theme in bank.themes)}.",
        )
    return theme
