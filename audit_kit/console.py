"""How an overview looks on the console: summary, agency by case in short words, who must act next."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from audit_kit.domain.overview import AuditLine, Overview, Year
from audit_kit.domain.states import AuditState

#: eight cases must fit a console of 80 characters
_SHORT = {
    None: ".",
    AuditState.ASKED: "asked",
    AuditState.AWAITED: "await",
    AuditState.SENT_BACK: "back",
    AuditState.SET_ASIDE: "aside",
    AuditState.WITH_REVIEWER: "review",
    AuditState.ACCEPTED: "done",
    AuditState.NO_INVOLVEMENT: "nil",
}
_LEGEND = (
    "done: accepted; review: with the reviewer; aside: set aside; back: sent back; await: awaited; "
    "nil: no involvement; +late: overdue; !: an urgent concern is open"
)


def show_overview(overview: Overview) -> None:
    """Print one session: words carry the meaning, so it reads the same in a file."""
    console = Console(highlight=False, soft_wrap=False)
    console.print(f"{overview.session}  {overview.theme}", style="bold", markup=False)
    console.print(overview.summary, markup=False)
    console.print(overview.stage, markup=False)
    for warning in overview.warnings:
        console.print(f"! Too little time. {warning}", markup=False)
    console.print(_matrix(overview))
    console.print(_LEGEND, style="dim", markup=False)
    for line in overview.to_do:
        command = f"  ({line.command})" if line.command else ""
        console.print(f"• {line.by}: {line.what}{command}", markup=False)
    console.print()


def show_years(years: tuple[Year, ...]) -> None:
    """Print every session of each year with its stage and its next date."""
    console = Console(highlight=False, soft_wrap=False)
    for year in years:
        console.print(year.words, style="bold", markup=False)
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("Session", "Where it stands", "In", "Next date"):
            table.add_column(heading)
        for one in year.sessions:
            line = one.next_date
            coming = f"{line.what}, {line.day:%d %b %Y}" if line else "all have passed"
            table.add_row(one.session, one.stage, f"{one.whole.is_in} of {one.whole.audits}", coming)
        console.print(table)
        console.print()


def _matrix(overview: Overview) -> Table:
    cases = list(dict.fromkeys(line.audit.case for line in overview.audits))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Agency", no_wrap=True, min_width=6)
    for case in cases:
        table.add_column(case, no_wrap=True)
    for code in dict.fromkeys(line.audit.agency for line in overview.audits):
        own = {line.audit.case: line for line in overview.audits if line.audit.agency == code}
        table.add_row(code, *(_word(own.get(case)) for case in cases))
    return table


def _word(line: AuditLine | None) -> str:
    if line is None:
        return ""
    marks = ("+late" if line.late else "") + ("!" if line.concern_open else "")
    return _SHORT[line.state] + marks
