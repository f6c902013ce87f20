"""Are the team's templates fit to be used? Every fault at once, in the words of its editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit_kit.errors import AuditKitError
from audit_kit.kit import TeamsTemplates


def check_templates(kit: TeamsTemplates) -> tuple[str, ...]:
    """What is wrong with the templates, a sentence each; empty when every one can be used."""
    found: list[str] = []
    for sentences in (_question_bank, _letters, _report, _status_page, _access):
        found += _told(lambda sentences=sentences: list(sentences(kit)))
    return tuple(found)


def _told(check: Callable[[], list[str]]) -> list[str]:
    """What a check found; a template that is missing or can't be opened is one thing found."""
    try:
        return check()
    except AuditKitError as problem:
        return [problem.sentence()]


def _question_bank(kit: TeamsTemplates) -> Iterator[str]:
    if not kit.bank.themes:
        yield "The question bank question_bank.xlsx has no theme."


def _letters(kit: TeamsTemplates) -> Iterator[str]:
    from audit_kit.office import letters

    for name in letters.TEMPLATES:
        yield from _told(lambda name=name: [fault.sentence for fault in letters.faults(name, kit.template(name))])


def _report(kit: TeamsTemplates) -> Iterator[str]:
    from audit_kit.domain.actions import ActionPlan
    from audit_kit.domain.report import ReportContent
    from audit_kit.office import action_plan_files, report_document
    from audit_kit.office.template_check import check_template

    for name, model, maker in (
        ("audit_report.docx", ReportContent, report_document),
        ("action_plan.docx", ActionPlan, action_plan_files),
    ):
        left_out = maker.MAY_BE_LEFT_OUT
        yield from _told(
            lambda name=name, model=model, left_out=left_out: [
                fault.sentence
                for fault in check_template(kit.template(name), model, name=name, may_be_left_out=left_out)
            ]
        )


def _access(kit: TeamsTemplates) -> Iterator[str]:
    """What keeps some readers out stands in every document that is made of the template."""
    from audit_kit.access import Unreadable, check

    for path in sorted(kit.folders.templates.glob("*.*")):
        if path.suffix in (".docx", ".xlsx", ".pptx") and not path.name.startswith("~$"):
            try:
                faults = check(kit.template(path.name))
            except Unreadable as problem:
                yield f"The template {path.name} could not be looked through for access faults. {problem}"
                continue
            yield from (f"The template {path.name}, {one.place}: {one.reason} {one.remedy}" for one in faults)


def _status_page(kit: TeamsTemplates) -> Iterator[str]:
    from audit_kit.office.status_page import write_status_page

    write_status_page(
        kit.template("status.html").decode("utf-8", "replace"), (), kit.config.board.name, kit.clock.now()
    )
    yield from ()
