"""Follow who in the families is asked for feedback."""

from __future__ import annotations

from typing import Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, Json, Reason, SessionArgument, family_of, kit_for, say_json

app = typer.Typer(help="Follow who in the families is asked for feedback.", no_args_is_help=True)


@app.command("list", epilog=EXIT_CODES)
def engagement_list(session: SessionArgument, as_json: Json = False) -> None:
    """Say where each child, parent and carer stands who was decided about, by reference."""
    from audit_kit import process

    with kit_for("engagement list") as kit:
        standing = process.engagement(kit, kit.session(session))
    lines = [
        {"reference": str(ref), "who": one.decided.who, "decision": one.decided.decision, "stands_at": one.stands_at}
        for ref, one in standing.items()
    ]
    if as_json:
        say_json(lines)
        return
    for line in lines:
        typer.echo(f"{line['reference']}  {line['who']}: {line['decision']}; {line['stands_at']}")


@app.command("record", epilog=EXIT_CODES)
def engagement_record(
    family: Annotated[str, typer.Argument(metavar="REF", help="A member of a family, such as 2026-A2-NEG/H3/F1.")],
    result: Annotated[str, typer.Option(help="What came of it, such as Declined; any word not offered lists them.")],
    reason: Reason,
) -> None:
    """Record what came of asking somebody. Example: audit-kit engagement record 2026-A2-NEG/H3/F1 --result Declined --reason "told the health visitor"."""
    from audit_kit import process

    ref = family_of(family)
    with kit_for("engagement record") as kit:
        typer.echo(process.record_engagement(kit, ref, result, reason))
        process.write_engagement_forms(kit)
