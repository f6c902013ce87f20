"""Look after the store: what is sealed, and the journal."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, AuditArgument, Json, Reason, audit_of, call, kit_for, say_json
from audit_kit.errors import AuditKitError, UsageProblem

app = typer.Typer()


@app.command(epilog=EXIT_CODES)
def password(
    whose: Annotated[str, typer.Argument(metavar="AGENCY", help="An agency's code, or TEAM.")],
    session: Annotated[str, typer.Option(help="The session.")],
    as_json: Json = False,
) -> None:
    """Show the password of an agency's identity slip, or the team's. It is journalled that you saw it."""
    from audit_kit import process

    with kit_for("password") as kit:
        shown = process.show_password(kit, session, whose.upper())
    if as_json:
        say_json({"session": session, "whose": whose.upper(), "password": shown})
    else:
        typer.echo(shown)


@app.command(epilog=EXIT_CODES)
def verify(
    head: Annotated[str, typer.Option(help="A head that a letter or report shows, to find in the journal.")] = "",
    as_json: Json = False,
) -> None:
    """Check that the store is whole: no line of the journal removed or changed, no original lost."""
    from audit_kit import process

    with kit_for("verify") as kit:
        found = process.verify(kit, head)
    if as_json:
        say_json(asdict(found))
    for line in () if as_json else (*found.problems, *found.notes):
        typer.echo(f"{line}.")
    if found.problems:
        raise AuditKitError(
            "The store is not whole.",
            not_happened="Nothing was changed now.",
            next_step="Stop using this store, keep it as it is, and restore a backup beside it to compare.",
        )
    if not as_json:
        typer.echo(
            f"The store is whole: {found.events} events, {found.originals} originals filed, head {found.head[:12]}."
        )


@app.command(epilog=EXIT_CODES)
def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the backup's own folder is made.")],
) -> None:
    """Copy the sealed store, with a list that proves it. Example: audit-kit backup E:/audit-kit."""
    from audit_kit import process

    with kit_for("backup") as kit:
        typer.echo(f"The backup is {process.back_up(kit, folder)}.")
    typer.echo("The service key is not in it: keep that apart, or the backup can't be used.")


@app.command(epilog=EXIT_CODES)
def restore(
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="A folder that audit-kit backup made.")],
) -> None:
    """Put a backup into an empty store, proved file by file before anything is changed."""
    from audit_kit import process
    from audit_kit.domain.clock import Clock

    count = process.restore(call.config, folder, Clock(call.today))
    typer.echo(f"{count} files were restored. Run audit-kit verify, and audit-kit process for what was under way.")


@app.command("open-original", epilog=EXIT_CODES)
def open_original(
    audit: AuditArgument,
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why. It is journalled, and kept sealed.")],
    key: Annotated[Path, typer.Option(help="The file with the Board's or the escrow's private key.")],
    to: Annotated[Path, typer.Option(help="A folder of your own for the opened file.")],
) -> None:
    """Open a return as the agency sent it, with the Board's private key."""
    from audit_kit import process

    with kit_for("open-original") as kit:
        written = process.open_original(kit, audit_of(audit), key, to, reason)
    typer.echo(f"Opened: {written}. It names people: delete it when you are done.")


@app.command("access-log", epilog=EXIT_CODES)
def access_log(
    session: Annotated[str, typer.Option(help="One session; without it, all.")] = "",
    each: Annotated[
        bool, typer.Option("--all", help="Each look-through by the kit itself as well, as --json has them anyway.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say what was ever opened: registers, passwords, originals; by which account, when and why."""
    from audit_kit import process

    with kit_for("access-log") as kit:
        lines = process.access_log(kit, session)
    if as_json:
        say_json([asdict(line) for line in lines])
        return
    for line in lines:
        if each or not line.by_itself:
            typer.echo(f"{line.at}  {line.by}  {line.what}  {line.about}  {line.why}".rstrip())
    if not each and (counted := process.look_throughs(lines)):
        typer.echo(f"{counted} audit-kit access-log --all shows each.")


@app.command(epilog=EXIT_CODES)
def doctor(as_json: Json = False) -> None:
    """Examine folders, rights, keys, templates, clock and disk, and say what to ask IT for."""
    from audit_kit import process

    found = process.examine(call.config, call.today)
    if as_json:
        say_json([asdict(one) for one in found])
    for one in () if as_json else found:
        typer.echo(f"{one.state:>9}  {one.what}: {one.said}")
        more = (("Where", one.where), ("It means", one.means), ("For IT" if one.for_it else "Next", one.next_step))
        for name, text in more:
            if text:
                typer.echo(f"{'':>9}  {name}: {text}")
    raise typer.Exit(1 if any(one.state == "wrong" for one in found) else 0)


@app.command(epilog=EXIT_CODES)
def rebuild() -> None:
    """Make the journal's database anew from the sealed store alone; the old one is moved aside."""
    from audit_kit import process

    typer.echo(process.rebuild(call.config))


@app.command(epilog=EXIT_CODES)
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show which cases are past their time.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    as_json: Json = False,
) -> None:
    """Destroy the keys, originals and identities of cases that are past their time. Nothing brings them back."""
    from audit_kit import process

    if call.today and not dry_run:
        raise UsageProblem(
            "With --today, a date is rehearsed, and nothing is destroyed for a rehearsal.",
            not_happened="Nothing was purged.",
            next_step="Add --dry-run to see what would be past its time, or leave --today out.",
        )
    with kit_for("purge") as kit:
        past, strays = process.past_their_time(kit), process.of_no_case_past_their_time(kit)
        if as_json:
            say_json([{"case": one.case, "kept_until": one.kept_until.isoformat(), "held": one.held} for one in past])
        for one in () if as_json else past:
            typer.echo(f"{one.case}: kept until {one.kept_until:%d %B %Y}{'; held, so it stays' if one.held else ''}")
        due = [one.case for one in past if not one.held]
        if strays and not as_json:
            typer.echo(f"Received files that belong to no case, and are as old: {len(strays)}")
        if not (past or strays) and not as_json:
            typer.echo("No case is past its time.")
        if dry_run or not (due or strays):
            return
        many = f"these {len(due)} cases" if len(due) > 1 else "this case" if due else "these files"
        if not yes and not typer.confirm(f"Destroy what is sealed about {many}, for good?", err=True):
            typer.echo("Nothing was changed.", err=True)
            raise typer.Exit(1)
        for case in due:
            process.purge(kit, case)
        for sha in strays:
            process.purge_of_no_case(kit, sha)
        files = [f"{len(strays)} files of no case"] if strays else []
        typer.echo(
            f"Purged: {', '.join((*due, *files))}. Backups made before still hold them: destroy those, too. Papers without names are "
            "still in the outbox.",
            err=True,
        )


CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="Session and case, such as 2026-A2-NEG/H3.")]


@app.command(epilog=EXIT_CODES)
def hold(
    case: CaseArgument,
    reason: Reason,
    lift: Annotated[bool, typer.Option("--lift", help="Let it be purged again.")] = False,
) -> None:
    """Keep a case whatever its time: a complaint, a review or a court needs it. --lift ends that."""
    from audit_kit import process

    with kit_for("hold") as kit:
        typer.echo(process.hold(kit, case.strip().upper(), reason, lift=lift))
