"""Look after the team's templates."""

from __future__ import annotations

import typer

from audit_kit.cli.calling import EXIT_CODES, Json, kit_for, say_json

app = typer.Typer(help="Look after the templates.", no_args_is_help=True)


@app.command("check", epilog=EXIT_CODES)
def templates_check(as_json: Json = False) -> None:
    """Say everything that is wrong with the team's templates, before one of them is used."""
    from audit_kit import process

    with kit_for("templates check") as kit:
        faults = process.check_templates(kit)
    if as_json:
        say_json(list(faults))
    for fault in () if as_json else faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    if not as_json:
        typer.echo("Every template can be used.")
