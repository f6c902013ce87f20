"""What the rules of quality assurance ask, and how each return of an audit was decided."""

from __future__ import annotations

from typing import Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, AuditArgument, Json, audit_of, kit_for, say_json
from audit_kit.errors import UsageProblem

app = typer.Typer()


@app.command(epilog=EXIT_CODES)
def explain(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="A rule, such as V15; all of them if left out.")] = "",
    as_json: Json = False,
) -> None:
    """Say what a rule asks, why, and what would satisfy it."""
    from audit_kit.domain.rulebook import RULEBOOK, entry_of

    entry = entry_of(code)
    if code and entry is None:
        raise UsageProblem(
            f"There is no such rule; they go from {RULEBOOK[0].code} to {RULEBOOK[-1].code}.",
            not_happened="Nothing was looked up.",
            next_step="See them all with: audit-kit explain",
        )
    wanted = (entry,) if entry else RULEBOOK
    if as_json:
        say_json([_as_values(one) for one in wanted])
    elif entry is None:
        for one in RULEBOOK:
            also = " (also on the sheet)" if one.in_sheet else ""
            typer.echo(f"{one.code}  {' or '.join(one.levels):<32} {one.title}{also}")
    else:
        typer.echo(_told(entry))


@app.command(epilog=EXIT_CODES)
def history(audit: AuditArgument, as_json: Json = False) -> None:
    """Tell every round of an audit: who decided what, when and why."""
    from audit_kit import process

    with kit_for("history") as kit:
        lines = process.history_of(kit, audit_of(audit))
    if as_json:
        values = [
            {"at": one.at.isoformat(), "round": one.round, "what": one.what, "by": one.by, "rules": list(one.rules),
             "flags": list(one.flags), "due": one.due, "why": one.why, "chased": one.chased}
            for one in lines
        ]  # fmt: skip
        say_json(values)
        return
    for one in lines:
        typer.echo(one.in_words())


def _as_values(entry) -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {
        "code": entry.code, "title": entry.title, "levels": list(entry.levels), "acts": entry.acts,
        "reason": entry.reason, "satisfied_by": entry.satisfied_by, "source": entry.source, "example": entry.example,
        "in_sheet": entry.in_sheet, "threshold": entry.threshold,
    }  # fmt: skip


def _told(entry) -> str:  # type: ignore[no-untyped-def]
    threshold = f"\nHow much:      quality: {entry.threshold} in config.yaml" if entry.threshold else ""
    sheet = "its status column says so while the tool is filled in" if entry.in_sheet else "no, the kit alone can tell"
    return (
        f"{entry.code}  {entry.title}\n"
        f"Level:         {' or '.join(entry.levels)}, {entry.acts}\n"
        f"On the sheet:  {sheet}\n"
        f"Why:           {entry.reason}\n"
        f"Satisfied by:  {entry.satisfied_by}{threshold}\n"
        f"Example:       {entry.example}\n"
        f"Source:        Multi-Agency Case Audit Process (Sept 2017): {entry.source}"
    )
