"""Follow a session: the inbox, where every audit stands, and what a person decides about it."""

from __future__ import annotations

from typing import Annotated

import typer

from audit_kit.cli.calling import (
    EXIT_CODES,
    AuditArgument,
    Json,
    Reason,
    asked_for,
    audit_of,
    day_of,
    kit_for,
    say,
    say_json,
)

app = typer.Typer()


@app.command("process", epilog=EXIT_CODES)
def process_once() -> None:
    """Work once through the inbox, and stop."""
    from audit_kit import process

    doorbell, done = process.Doorbell(), process.Pass()
    doorbell.heed_signals()
    with kit_for("process") as kit:
        try:
            process.work_through_inbox(kit, doorbell.wait, doorbell.stopping, done)
        finally:  # an urgent sentence is said although the disk refused a later file
            say(done)
        typer.echo(f"{done.handled} file{'s' if done.handled != 1 else ''} handled.")
        if doorbell.stopping():
            typer.echo("Stopped, as asked. Nothing was left half done; the next run takes up the rest.")
            raise typer.Exit(0)  # for whoever asked, that is what was wanted; what needs a person is said above
    raise typer.Exit(1 if done.for_a_person else 0)


@app.command(epilog=EXIT_CODES)
def watch() -> None:
    """Work through the inbox whenever something comes, until stopped with Ctrl-C."""
    from audit_kit import process

    with kit_for("watch") as kit:
        typer.echo(f"Watching {kit.folders.inbox}. Stop with Ctrl-C.")
        process.watch(kit, say)
        typer.echo("Stopped. Nothing was left half done.")


@app.command(epilog=EXIT_CODES)
def status(
    session: Annotated[str, typer.Argument(metavar="[SESSION]", help="A session; without it, the year.")] = "",
    as_json: Json = False,
) -> None:
    """Say where every audit stands: awaited, late, sent back, accepted, escalated."""
    from audit_kit import process
    from audit_kit.domain.overview import by_year
    from audit_kit.domain.overview_json import as_json as to_json

    with kit_for("status") as kit:
        seen = process.overviews(kit, session)
        years = by_year(seen, kit.config.sessions_a_year)
    if as_json:
        say_json([to_json(one) for one in seen])
        return
    if not seen:
        typer.echo("No audit session stands yet. Begin with: audit-kit plan new SESSION --theme THEME")
    from audit_kit.console import show_overview, show_years

    if not session:
        show_years(years)
    for one in seen:
        show_overview(one)


@app.command(epilog=EXIT_CODES)
def accept(audit: AuditArgument, reason: Reason = "") -> None:
    """Accept a return that is with the reviewer."""
    from audit_kit import process

    with kit_for("accept") as kit:
        typer.echo(process.accept(kit, audit_of(audit), reason))
        process.write_overview(kit)
        process.write_qa_workbooks(kit)


@app.command("send-back", epilog=EXIT_CODES)
def send_back(
    audit: AuditArgument,
    reason: Annotated[
        str, typer.Option(metavar="WHAT", help="What the agency is asked to put right; it goes into the letter.")
    ],
    ask: Annotated[
        list[str] | None,
        typer.Option(metavar="QUESTION", help="An answer to open again, such as N6.evidence. Repeat for more."),
    ] = None,
) -> None:
    """Send a return back by your own decision, with a reason."""
    from audit_kit import process

    with kit_for("send-back") as kit:
        typer.echo(process.send_back(kit, audit_of(audit), reason, tuple(ask or ())))
        process.write_overview(kit)
        process.write_qa_workbooks(kit)


@app.command(epilog=EXIT_CODES)
def reopen(audit: AuditArgument, reason: Reason) -> None:
    """Give an accepted audit, or one answered with no involvement, back to the reviewer."""
    from audit_kit import process

    with kit_for("reopen") as kit:
        typer.echo(process.reopen(kit, audit_of(audit), reason))
        process.write_overview(kit)
        process.write_qa_workbooks(kit)


@app.command("use-version", epilog=EXIT_CODES)
def use_version(
    audit: AuditArgument,
    reason: Reason,
    file: Annotated[
        str, typer.Option(help="Which version, by the beginning of its fingerprint, where several are kept.")
    ] = "",
) -> None:
    """Let another version of a return count, which came later and was kept aside. It is read again at once."""
    from audit_kit import process

    with kit_for("use-version") as kit:
        typer.echo(process.use_version(kit, audit_of(audit), reason, file))
        say(process.one_pass(kit))


@app.command(epilog=EXIT_CODES)
def extend(
    audit: AuditArgument,
    until: Annotated[str, typer.Option(metavar="DATE", help="The new day it is due on.")],
    reason: Reason,
) -> None:
    """Give an agency more time."""
    from audit_kit import process

    with kit_for("extend") as kit:
        typer.echo(process.extend(kit, audit_of(audit), day_of(until), reason))
        process.write_overview(kit)


@app.command(epilog=EXIT_CODES)
def allocate(
    audit: AuditArgument,
    to: Annotated[
        str,
        typer.Option(help="The auditor's name; asked for when left out, so that it stays out of the shell's history."),
    ] = "",
    role: Annotated[str, typer.Option(help="The auditor's role, such as Named Nurse.")] = "",
    reason: Reason = "",
) -> None:
    """Record to whom an agency gave an audit. The name is sealed."""
    from audit_kit import process

    name = to or asked_for(
        "Who does the audit?", "This must be answered: type the auditor's name.", lambda typed: typed or None
    )
    with kit_for("allocate") as kit:
        typer.echo(process.allocate(kit, audit_of(audit), name, role, reason))
        process.write_overview(kit)


@app.command(epilog=EXIT_CODES)
def remind(
    session: Annotated[str, typer.Argument(metavar="[SESSION]", help="A session; without it, all.")] = "",
) -> None:
    """Write the reminders that are due around each due date, as mail drafts; each once."""
    from audit_kit import process

    with kit_for("remind") as kit:
        said = process.remind(kit, session)
        process.write_overview(kit)
        for sentence in said:
            typer.echo(sentence)
        if not said:
            coming = process.next_reminder(kit, session)
            later = f" The next falls due on {coming:%d %B %Y}." if coming else ""
            typer.echo(f"No reminder is due that was not written before. Nothing was written.{later}")
