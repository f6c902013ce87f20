"""Record how an urgent concern goes on."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, AuditArgument, Json, audit_of, kit_for, say_json

app = typer.Typer(help="Record how an urgent concern goes on.", no_args_is_help=True)

ConcernKey = Annotated[
    str, typer.Argument(metavar="KEY", help="The 8 characters that end its files' names in outbox/urgent.")
]
Said = Annotated[str, typer.Option(help="What was said, and by whom in which role. It is kept sealed.")]


def _concern(verb: str, key: str, reason: str) -> None:
    from audit_kit import process

    with kit_for(f"concern {verb}") as kit:
        typer.echo(process.record_concern(kit, verb, key, reason))
        process.write_overview(kit)


class Urgency(StrEnum):
    """How soon somebody must act."""

    NOW = "now"
    SAME_DAY = "same-day"
    THREE_DAYS = "three-days"


class ConcernKind(StrEnum):
    """What sort of concern it is."""

    CHILD = "child"
    SIBLING = "sibling"
    ADULT = "adult"
    PRACTICE = "practice"
    ALLEGATION = "allegation"


@app.command("raise", epilog=EXIT_CODES)
def concern_raise(
    audit: AuditArgument,
    reason: Said,
    urgency: Annotated[Urgency, typer.Option(help="How soon somebody must act.")] = Urgency.NOW,
    kind: Annotated[ConcernKind, typer.Option(help="What sort of concern it is.")] = ConcernKind.CHILD,
) -> None:
    """Raise a concern that came by word of mouth. Example: audit-kit concern raise 2026-A2-NEG/H3/MPS --urgency same-day --reason "told by telephone"."""
    from audit_kit import process
    from audit_kit.domain.scales import CONCERN_KINDS, URGENCIES

    with kit_for("concern raise") as kit:
        chosen = CONCERN_KINDS[list(ConcernKind).index(kind)], URGENCIES[list(Urgency).index(urgency)]
        typer.echo(process.raise_concern(kit, audit_of(audit), *chosen, reason))
        process.write_overview(kit)


@app.command("list", epilog=EXIT_CODES)
def concern_list(as_json: Json = False) -> None:
    """Say where every urgent concern stands, with whom, and what is overdue."""
    from audit_kit import process

    with kit_for("concern list") as kit:
        lines = process.concern_lines(kit)
    if as_json:
        say_json([{name.lower().replace(" ", "_"): text for name, text in line.items()} for line in lines])
    elif not lines:
        typer.echo("No urgent concern was ever raised here.")
    for line in () if as_json else lines:
        late = "; OVERDUE" if line["Overdue"] else ""
        due = f"; next step due {line['Next step due']}, with {line['With']}{late}" if line["Next step due"] else ""
        typer.echo(f"{line['Key']}  {line['About']}: {line['Kind']} ({line['Urgency']}), {line['Stands at']}{due}.")


@app.command("acknowledge", epilog=EXIT_CODES)
def concern_acknowledge(key: ConcernKey, reason: Said) -> None:
    """The agency has said that it knows."""
    _concern("acknowledge", key, reason)


@app.command("respond", epilog=EXIT_CODES)
def concern_respond(key: ConcernKey, reason: Said) -> None:
    """The agency has said what it did."""
    _concern("respond", key, reason)


@app.command("assure", epilog=EXIT_CODES)
def concern_assure(key: ConcernKey, reason: Said) -> None:
    """The Board accepts that the child or adult is safe: this closes the concern."""
    _concern("assure", key, reason)


@app.command("pass-up", epilog=EXIT_CODES)
def concern_pass_up(key: ConcernKey, reason: Said) -> None:
    """Pass the concern to the next level, because the answer does not come or is not enough."""
    _concern("pass-up", key, reason)
