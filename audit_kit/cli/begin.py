"""Make ready and begin: the demo, set-up, the configuration, a session's plan, letters and tools."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, SessionArgument, asked_for, call, in_outbox, kit_for

if TYPE_CHECKING:
    from audit_kit.acts.setting_up import Answers

app = typer.Typer()
config_app = typer.Typer(help="Look after config.yaml.", no_args_is_help=True)
plan_app = typer.Typer(help="Begin a session with its planning workbook.", no_args_is_help=True)
app.add_typer(config_app, name="config")
app.add_typer(plan_app, name="plan")


@app.command(epilog=EXIT_CODES)
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or earlier demo's folder.")] = Path(
        "audit-kit-demo"
    ),
) -> None:
    """Play a whole fictional session, start to end, in a folder of its own."""
    from audit_kit.demo.play import play

    outcome = play(folder, typer.echo)
    raise typer.Exit(0 if outcome else 1)


@app.command("set-up", epilog=EXIT_CODES)
def set_up(
    answers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Answers as YAML (keys_to, case_months, ...) instead of being asked."),
    ] = None,
    move_service_key: Annotated[
        bool, typer.Option("--move-service-key", help="Only move the service key from its file into the key store.")
    ] = False,
    mark_inbox: Annotated[
        bool, typer.Option("--mark-inbox", help="Only mark the inbox anew, after its folder was made anew or changed.")
    ] = False,
) -> None:
    """Make the folders and keys of this installation. Asks for folders, keys and how long a case is kept."""
    from audit_kit.acts.setting_up import answers_from
    from audit_kit.acts.setting_up import mark_inbox as mark_anew
    from audit_kit.acts.setting_up import move_service_key as move_key
    from audit_kit.acts.setting_up import set_up as make_ready

    if move_service_key:
        typer.echo(move_key(call.config))
        return
    if mark_inbox:
        typer.echo(mark_anew(call.config))
        return
    told = _asked() if answers is None else answers_from(answers)
    for line in make_ready(call.config, told.keys_to, told):
        typer.echo(line)


def _asked() -> Answers:
    """What set-up must know, asked at the keyboard."""
    from audit_kit.acts.setting_up import MOST_MONTHS, Answers
    from audit_kit.config import load

    folders = load(call.config).folders
    inbox = typer.prompt("Inbox, where returned forms are dropped", default=folders.inbox)
    outbox = typer.prompt("Outbox, where everything leaves", default=folders.outbox)
    store = typer.prompt(
        "Store folder, on this computer and not synced (blank: as in config.yaml)", default="", show_default=False
    )
    board, escrow = (
        typer.prompt(
            f"{whose} public key (age1...), if it has one already (blank: a key is made)",
            default="",
            show_default=False,
        )
        for whose in ("The Board's", "The escrow's")
    )
    keys_to = asked_for(
        "Where to put the private keys that are made: a folder on a stick, from which two people each take one",
        "This must be answered: type a folder, such as E:/keys.",
        lambda typed: typed or None,
    )
    months = asked_for(
        "How many months after the Board meeting is a case kept? The Board decides",
        f"This must be answered: type a whole number of months, such as 24, from 1 to {MOST_MONTHS}.",
        lambda typed: int(typed) if re.fullmatch("[0-9]{1,3}", typed) and 1 <= int(typed) <= MOST_MONTHS else None,
    )
    return Answers(
        keys_to=Path(keys_to), case_months=months, inbox_folder=inbox, outbox_folder=outbox, store_folder=store,
        board_key=board, escrow_key=escrow,
    )  # fmt: skip


@config_app.command("check", epilog=EXIT_CODES)
def config_check() -> None:
    """Say everything that is wrong with config.yaml, with line and column."""
    from audit_kit.config import load
    from audit_kit.places import folders_for, journal_url

    config = load(call.config)
    journal_url(folders_for(call.config, config), config)
    typer.echo(f"{call.config} is right: {len(config.areas)} areas, {len(config.agencies)} agencies.")


@config_app.command("schema", epilog=EXIT_CODES)
def config_schema() -> None:
    """Print the JSON Schema of config.yaml, for editors that check while you type."""
    from audit_kit.config import schema

    typer.echo(json.dumps(schema(), indent=2))


@plan_app.command("new", epilog=EXIT_CODES)
def plan_new(
    session: SessionArgument,
    theme: Annotated[str, typer.Option(help="A theme of the question bank, such as neglect.")],
) -> None:
    """Write the planning workbook of a new session. Example: audit-kit plan new 2026-A2-NEG --theme neglect."""
    from audit_kit import process

    with kit_for("plan new") as kit:
        written = process.new_plan(kit, session, theme)
        typer.echo(
            f"The plan is in {in_outbox(kit, written.path)}. Fill it in, save it, and move it into {kit.folders.inbox}."
        )


@app.command(epilog=EXIT_CODES)
def notify(session: SessionArgument) -> None:
    """Write notification letter, identity slip and involvement form for each agency."""
    from audit_kit import process

    with kit_for("notify") as kit:
        written = process.notify(kit, session)
        process.write_overview(kit)
        process.write_engagement_forms(kit)
        if not written:
            typer.echo("Every agency was notified before. Nothing was written.")
            return
        typer.echo(
            f"Written for {len(written)} agencies: {', '.join(written)}. Look under {kit.folders.outbox / 'agencies'}."
        )
        typer.echo(f"Each slip opens with its agency's password: audit-kit password CODE --session {session}.")


@app.command(epilog=EXIT_CODES)
def issue(
    session: SessionArgument,
    unanswered_too: Annotated[
        bool, typer.Option(help="Also to those who have not answered the involvement form.")
    ] = False,
) -> None:
    """Write one personalised audit tool for each agency and case, with its mail draft."""
    from audit_kit import process

    with kit_for("issue") as kit:
        issued = process.issue(kit, session, unanswered_too=unanswered_too)
        process.write_overview(kit)
        where = f"Look under {kit.folders.outbox / 'agencies'}."
        typer.echo(
            f"{issued.tools} audit tools written. {where}" if issued.tools else "No tool is due. Nothing was written."
        )
        if issued.unanswered:
            agencies = ", ".join(dict.fromkeys(audit.agency for audit in issued.unanswered))
            typer.echo(
                f"{len(issued.unanswered)} audits were left out: their involvement forms have not come back ({agencies}). "
                "Run this again when they have, or add --unanswered-too."
            )
            raise typer.Exit(1)
