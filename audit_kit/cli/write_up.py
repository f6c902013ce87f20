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


@app.command(epilog=EXIT_CODES)
def meeting(
    session: SessionArgument,
    case: Annotated[
        list[str] | None, typer.Option(metavar="CASE", help="A chosen case, in order; once for each.")
    ] = None,
    on: Annotated[str, typer.Option(metavar="DATE", help="The day of the meeting.")] = "",
    at: Annotated[str, typer.Option(metavar="TIME", help="When the first case begins, such as 10:00.")] = "",
    place: Annotated[str, typer.Option(help="Where, or how people join.")] = "",
    chair: Annotated[str, typer.Option(help="Who chairs it: the role, not the name.")] = "",
    chair_agency: Annotated[str, typer.Option(metavar="CODE", help="The chair's agency.")] = "None of these",
    board_member: Annotated[bool, typer.Option("--board-member", help="The chair is a member of the Board.")] = False,
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why these cases and this chair. Kept sealed.")] = "",
) -> None:
    """Arrange the multi-agency meeting: without a case the form is written, with cases the invitations.

    Example: audit-kit meeting 2026-A2-NEG --case H3 --case H5 --case C2 --on 2026-12-03 --at 10:00 --place "Room 102"
    --chair "Lay member of the Board" --board-member --reason "two weak, one strong".
    """
    from audit_kit import process
    from audit_kit.acts.meetings import Arrangement

    with kit_for("meeting") as kit:
        if not case:
            written = process.write_meeting_form(kit, session)
            typer.echo(
                f"Written: {in_outbox(kit, written.path)}. Fill it in, save it, and move it into {kit.folders.inbox}."
            )
            return
        told = Arrangement(tuple(case), on, at, place, chair, chair_agency, board_member, reason)
        for sentence in process.arrange_meeting(kit, session, told):
            typer.echo(sentence)


@app.command(epilog=EXIT_CODES)
def disseminate(
    session: SessionArgument,
    reason: Reason,
    seminar_on: Annotated[str, typer.Option(metavar="DATE", help="The day of the lunch-time seminar.")] = "",
    at: Annotated[str, typer.Option(metavar="TIME", help="When it begins, such as 12:30.")] = "",
    place: Annotated[str, typer.Option(help="Where, or how people join.")] = "",
) -> None:
    """Write briefing, slides and training note of a signed-off session; with a day also the seminar's invitations.

    The form that the sign-off leaves in outbox/team does the same. Example: audit-kit disseminate 2026-A2-NEG --reason
    "asked for by the committee" --seminar-on 2027-02-10 --at 12:30 --place "online, link to follow".
    """
    from audit_kit import process
    from audit_kit.acts.disseminating import seminar_of

    with kit_for("disseminate") as kit:
        done = process.disseminate(kit, session, reason, seminar_of(kit, seminar_on, at, place))
        for written in done.files:
            typer.echo(f"Written: {in_outbox(kit, written.path)}")
        for sentence in done.told:
            typer.echo(sentence)


@app.command("follow-up", epilog=EXIT_CODES)
def follow_up(session: SessionArgument, reason: Reason = "") -> None:
    """Write how a signed-off action plan stands, for the committee, and a draft to each agency that owes actions.

    Keep progress in the plan's workbook in outbox/reports first; a copy of it in the inbox does the same. Example:
    audit-kit follow-up 2026-A2-NEG --reason "first review, QASC of April".
    """
    from audit_kit import process

    with kit_for("follow-up") as kit:
        done = process.follow_up(kit, session, reason)
        typer.echo(f"Written: {in_outbox(kit, done.files[0].path)}")
        for sentence in done.told:
            typer.echo(sentence)


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
