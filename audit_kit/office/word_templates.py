"""Every Word template of the team's: which model fills it, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from audit_kit.errors import AuditKitError, HeldUp
from audit_kit.office import action_plan_document, letters, report_document, summary_document
from audit_kit.office.document import fields_of, render
from audit_kit.office.template_check import check_template
from audit_kit.office.template_controls import controls_missing
from audit_kit.office.template_fault import TemplateFault
from audit_kit.office.word_package import Properties

#: what the report's template need not print: good practice has no cause to be removed
LEFT_OUT_OF_REPORT = frozenset({"good_practice.causes", "good_practice.action_refs"})
#: what the action plan's need not print: the workbook, in which the plan is followed, has every column
LEFT_OUT_OF_PLAN = frozenset(
    {"theme"}
    | {
        f"{stream}.{field}"
        for stream in ("system", "single_agency", "case")
        for field in (
            "audits", "area", "stream", "outcome", "contributors", "start", "due", "evidence", "progress", "rag",
            "evidence_received", "impact", "reaudit", "closed_by", "warnings", "cases",
        )
    }
)  # fmt: skip


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

    of_letters = {name: WordTemplate(letter.model, letter.makes) for name, letter in letters.TEMPLATES.items()}
    return of_letters | {
        report_document.TEMPLATE: WordTemplate(ReportContent, "report", LEFT_OUT_OF_REPORT),
        action_plan_document.TEMPLATE: WordTemplate(ActionPlan, "action plan", LEFT_OUT_OF_PLAN),
        summary_document.TEMPLATE: WordTemplate(BoardSummary, "board summary"),
    }


@lru_cache(maxsize=64)
def word_faults(name: str, template: bytes) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with one of the Word templates; empty when it can be used.

    A field that the template never prints is a fault too: a letter without its due date looks right, and
    isn't. Where nothing else stands against it, it is also filled in once with an example.
    """
    known = word_templates()[name]
    found = check_template(template, known.model, name=name, may_be_left_out=known.may_be_left_out)
    if not any(fault.stops for fault in found):
        found = (*found, *controls_missing(name, template, name == report_document.TEMPLATE))
    return found if any(fault.stops for fault in found) else (*found, *_not_filled_in(name, template, known))


def _not_filled_in(name: str, template: bytes, known: WordTemplate) -> Iterator[TemplateFault]:
    """What shows only when it is filled in: a sum that can't be worked out, a file to take in."""
    example = fields_of(letters.example_of(known.model))
    try:
        render(template, example, name=name, makes=known.makes, properties=Properties(name, "", letters.EXAMPLE_DAY))
    except AuditKitError as problem:
        yield TemplateFault(name, "", "", problem.sentence(), True)


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
