"""Every Word template of the team's: which model fills it, and what stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from audit_kit.errors import HeldUp
from audit_kit.office import letters
from audit_kit.office.template_check import check_template
from audit_kit.office.template_fault import TemplateFault


@dataclass(frozen=True)
class WordTemplate:
    """What fills a template, and the fields that it need not print."""

    model: type
    makes: str  # "notification letter"
    may_be_left_out: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def word_templates() -> Mapping[str, WordTemplate]:
    """Template file → what fills it."""
    from audit_kit.domain.actions import ActionPlan
    from audit_kit.domain.report import ReportContent
    from audit_kit.domain.summary import BoardSummary
    from audit_kit.office import action_plan_files, report_document, summary_document  # these load what draws charts

    of_letters = {name: WordTemplate(letter.model, letter.makes) for name, letter in letters.TEMPLATES.items()}
    return of_letters | {
        report_document.TEMPLATE: WordTemplate(ReportContent, "report", report_document.MAY_BE_LEFT_OUT),
        "action_plan.docx": WordTemplate(ActionPlan, "action plan", action_plan_files.MAY_BE_LEFT_OUT),
        summary_document.TEMPLATE: WordTemplate(BoardSummary, "board summary"),
    }


@lru_cache(maxsize=64)
def word_faults(name: str, template: bytes) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with one of the Word templates; empty when it can be used."""
    if name in letters.TEMPLATES:
        return letters.faults(name, template)
    known = word_templates()[name]
    return check_template(template, known.model, name=name, may_be_left_out=known.may_be_left_out)


def refuse_faulty(name: str, template: bytes) -> None:
    """HeldUp with everything that is wrong with a Word template, before it is used."""
    faults = word_faults(name, template)
    if faults:
        many = "One thing" if len(faults) == 1 else f"{len(faults)} things"
        listed = "\n".join(f"  {fault.sentence}" for fault in faults)
        raise HeldUp(
            f"{many} in the template {name} must change first:\n{listed}\n",
            not_happened="Nothing was made with it.",
            next_step="Change it in Word, save it, and run: audit-kit templates check.",
        )
