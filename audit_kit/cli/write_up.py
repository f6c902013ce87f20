"""Write a session up."""

from __future__ import annotations

import typer

from audit_kit.cli.calling import EXIT_CODES, SessionArgument, in_outbox, kit_for

app = typer.Typer()


@app.command(epilog=EXIT_CODES)
def report(session: SessionArgument) -> None:
    """Write the report's draft for the QA Sub Committee, and the action plan."""
    from audit_kit import process

    with kit_for("report") as kit:
        for written in process.write_report(kit, session):
            typer.echo(f"Written: {in_outbox(kit, written.path)}")
