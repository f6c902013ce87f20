"""Record how an urgent concern goes on."""

from __future__ import annotations

from typing import Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, kit_for

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
