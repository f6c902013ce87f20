"""Sections 3 and 4 of the report: how the audit was done, who returned, its limits, the children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit_kit.domain.findings import AgencyReturns, Analysis
from audit_kit.domain.report import Method, ReturnsRow, Row
from audit_kit.domain.session import AuditSession
from audit_kit.stages import report_charts as charts
from audit_kit.stages.disclosure import small_counts
from audit_kit.stages.report_grades import count
from audit_kit.stages.words import lower_first, month, plural


def method(analysis: Analysis, session: AuditSession) -> Method:
    """How the audit was done and who took part."""
    return Method(
        method=_method(analysis, session),
        returns=tuple(_returns_row(line.name, [line]) for line in analysis.agencies),
        returns_total=_returns_row("All agencies", analysis.agencies),
        returns_chart=charts.returns_by_type(analysis),
        returns_note=_returns_note(analysis),
        limits=_limits(analysis),
        children=_children(analysis),
        children_rows=_children_rows(analysis),
    )


def _method(analysis: Analysis, session: AuditSession) -> tuple[str, ...]:
    asked = sum(line.asked for line in analysis.agencies)
    nil = sum(line.no_involvement for line in analysis.agencies)
    back = sum(line.sent_back_times for line in analysis.agencies)
    told = sum(line.contradicted for line in analysis.agencies)
    contradicted = (
        f" (another agency’s chronology tells of contact in {plural(told, 'of these', 'of these')})" if told else ""
    )
    ended = f"; {plural(nil, 'audit')} ended with no involvement in the period{contradicted}" if nil else ""
    areas = {case.area for case in session.cases}
    sent_back = (
        f"Quality assurance sent {plural(back, 'return')} back for more" if back else "No return had to be sent back"
    )
    return (
        f"{plural(len(session.cases), 'case').capitalize()} from {plural(len(areas), 'area')} were audited over twelve "
        f"months, {month(session.dates.window_start)} to {month(session.dates.window_end)}. "
        f"{plural(len(analysis.agencies), 'agency', 'agencies').capitalize()} were asked for {plural(asked, 'single-agency audit')}.",
        "Each was completed by an auditor who neither held the case nor supervised its casework, from the agency’s "
        "records and from talking to practitioners. Each key line of enquiry was graded twice: the agency’s own "
        "practice, and how the agencies worked together.",
        f"{plural(len(analysis.returns), 'return').capitalize()} with involvement {'is' if len(analysis.returns) == 1 else 'are'} "
        f"counted here{ended}. {sent_back}. Names were replaced by roles "
        "before anything was read for this report.",
    )


def _returns_row(agency: str, lines: Iterable[AgencyReturns]) -> ReturnsRow:
    lines = tuple(lines)
    return ReturnsRow(
        agency,
        asked=str(sum(line.asked for line in lines)),
        returned=count(sum(line.returned for line in lines)),
        no_involvement=count(sum(line.no_involvement for line in lines)),
        sent_back=count(sum(line.sent_back_times for line in lines)),
        awaited=count(_not_in(lines)),
    )


def _not_in(lines: Iterable[AgencyReturns]) -> int:
    return sum(line.awaited + line.sent_back + line.set_aside for line in lines)


def _returns_note(analysis: Analysis) -> str:
    missing = _not_in(analysis.agencies)
    if not missing:
        return ""
    return (
        f"{plural(missing, 'audit').capitalize()} had not come in, or not in a form that could be used, when this draft was "
        "written. Write the report again when they have."
    )


def _limits(analysis: Analysis) -> tuple[str, ...]:
    missing = _not_in(analysis.agencies)
    return (
        f"{plural(analysis.cases, 'case').capitalize()} are too few for percentages or trends, so this report counts cases. "
        "They were chosen to learn from and stand for no other cases.",
        "Grades are agencies’ own, moderated only where section 5 says so. A case counts as below good when the middle of "
        "all grades given to it, both ways, is below good. “Insufficient evidence” and “not our role” are left out of the "
        "count.",
        *(
            [
                f"{plural(missing, 'audit').capitalize()} {'is' if missing == 1 else 'are'} missing, so some pictures are partial."
            ]
            if missing
            else []
        ),
    )


def _children(analysis: Analysis) -> str:
    return (
        f"The audit looked at {plural(analysis.cases, 'child', 'children')} and their families. Ages are in wide bands and "
        "the areas are taken together, because in a small place an age can be as good as a name. One or two children are "
        "never counted by themselves, nor is a number given from which theirs could be worked out."
    )


def _children_rows(analysis: Analysis) -> tuple[Row, ...]:
    children = analysis.children
    return (*_counted("Age", children.age_bands), *_counted("Help at selection", children.tiers))


def _counted(what: str, groups: Sequence[tuple[str, int]]) -> tuple[Row, ...]:
    """Every case is in one of the groups, so that what one count hides the others must not give away."""
    shown = small_counts([count for _, count in groups])
    return tuple(Row(f"{what}: {lower_first(group)}", said) for (group, _), said in zip(groups, shown, strict=True))
