"""Write a session up."""

from __future__ import annotations

from typing import Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, Reason, SessionArgument, in_outbox, kit_for

app = typer.Typer()


@app.command(epilog=EXIT_CODES)
def report(session: SessionArgument) -> None:
    """Write the report's draft for the QA Sub Committee, and the action plan."""
    from audit_kit import process

    with kit_for("report") as kit:
        drafts = process.write_report(kit, session)
        for written in drafts.files:
            typer.echo(f"Written: {in_outbox(kit, written.path)}")
        for sentence in drafts.told:
            typer.echo(sentence)
    raise typer.Exit(1 if drafts.told else 0)


@app.command("sign-off", epilog=EXIT_CODES)
def sign_off(
    session: SessionArgument,
    minute: Annotated[str, typer.Option(metavar="REF", help="The minute in which the committee confirmed them.")],
    reason: Reason,
) -> None:
    """Record that the QA Sub Committee confirmed the lessons and actions, and write the final papers.

    Example: audit-kit sign-off 2026-A2-NEG --minute "QASC 14/01/2027, item 6" --reason "confirmed with two changes".
    """
    from audit_kit import process

    with kit_for("sign-off") as kit:
        signed = process.sign_off(kit, session, minute, reason)
        for sentence in signed.sentences:
            typer.echo(sentence)
    raise typer.Exit(1 if signed.for_a_person else 0)
