"""The commands: one for each step. The only place that prints. Heavy imports stand in the commands that need them."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from audit_kit.errors import AuditKitError, UsageProblem

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.domain.references import AuditRef
    from audit_kit.kit import Kit

EXIT_CODES = "Exit codes: 0 done; 1 something needs a person; 2 usage or configuration; 3 already running."

app = typer.Typer(
    help="Carries multi-agency case audits from plan to report, in Excel and Word. Begin with: audit-kit demo",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback may quote an answer
    add_completion=False,
    rich_markup_mode=None,
)
config_app = typer.Typer(help="Look after config.yaml.", no_args_is_help=True)
templates_app = typer.Typer(help="Look after the templates.", no_args_is_help=True)
plan_app = typer.Typer(help="Begin a session with its planning workbook.", no_args_is_help=True)
concern_app = typer.Typer(help="Record how an urgent concern goes on.", no_args_is_help=True)
app.add_typer(config_app, name="config")
app.add_typer(plan_app, name="plan")
app.add_typer(templates_app, name="templates")
app.add_typer(concern_app, name="concern")


@dataclass
class Call:
    """What every command is called with."""

    config: Path = Path("config.yaml")
    today: date | None = None


call = Call()

AuditArgument = Annotated[str, typer.Argument(metavar="REF", help="A single-agency audit, such as 2026-A2-NEG/H3/MPS.")]
SessionArgument = Annotated[str, typer.Argument(metavar="SESSION", help="An audit session, such as 2026-A2-NEG.")]
Reason = Annotated[str, typer.Option(help="Why. It is kept sealed, beside the journal.")]


@app.callback()
def common(
    config: Annotated[
        Path | None,
        typer.Option(
            help="The configuration file. [default: ./config.yaml, then AUDIT_KIT_CONFIG]", show_default=False
        ),
    ] = None,
    today: Annotated[
        str,
        typer.Option(metavar="DATE", help="Rehearse as if today were this date, such as 2026-11-02. It is journalled."),
    ] = "",
) -> None:
    """Carries multi-agency case audits from plan to report, in Excel and Word. Begin with: audit-kit demo."""
    here = Path("config.yaml")
    from_environment = Path(os.environ["AUDIT_KIT_CONFIG"]) if os.environ.get("AUDIT_KIT_CONFIG") else here
    call.config = config or (here if here.exists() else from_environment)
    call.today = _day(today) if today else None


# --- begin ------------------------------------------------------------------------------------------------


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
    keys_to: Annotated[Path, typer.Option(help="Where the two private keys are put for you to carry away.")] = Path(
        "keys-to-carry-away"
    ),
) -> None:
    """Make the folders and keys of this installation, and enter the public keys in config.yaml."""
    from audit_kit.acts.setting_up import set_up as make_ready

    for line in make_ready(call.config, keys_to):
        typer.echo(line)


@config_app.command("check", epilog=EXIT_CODES)
def config_check() -> None:
    """Say everything that is wrong with config.yaml, with line and column."""
    from audit_kit.config import load
    from audit_kit.kit import folders_for

    config = load(call.config)
    folders_for(call.config, config)
    typer.echo(f"{call.config} is right: {len(config.areas)} areas, {len(config.agencies)} agencies.")


@config_app.command("schema", epilog=EXIT_CODES)
def config_schema() -> None:
    """Print the JSON Schema of config.yaml, for editors that check while you type."""
    from audit_kit.config import schema

    typer.echo(json.dumps(schema(), indent=2))


@templates_app.command("check", epilog=EXIT_CODES)
def templates_check() -> None:
    """Say everything that is wrong with the team's templates, before one of them is used."""
    from audit_kit import process

    with _kit("templates check") as kit:
        faults = process.check_templates(kit)
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    typer.echo("Every template can be used.")


@plan_app.command("new", epilog=EXIT_CODES)
def plan_new(
    session: SessionArgument,
    theme: Annotated[str, typer.Option(help="A theme of the question bank, such as neglect.")],
) -> None:
    """Write the planning workbook of a new session. Example: audit-kit plan new 2026-A2-NEG --theme neglect."""
    from audit_kit import process

    with _kit("plan new") as kit:
        written = process.new_plan(kit, session, theme)
        typer.echo(
            f"The plan is in {_outbox(kit, written.path)}. Fill it in, save it, and move it into {kit.folders.inbox}."
        )


@app.command(epilog=EXIT_CODES)
def notify(session: SessionArgument) -> None:
    """Write notification letter, identity slip and involvement form for each agency."""
    from audit_kit import process

    with _kit("notify") as kit:
        written = process.notify(kit, session)
        process.write_overview(kit)
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

    with _kit("issue") as kit:
        issued = process.issue(kit, session, unanswered_too=unanswered_too)
        process.write_overview(kit)
        typer.echo(f"{issued.tools} audit tools written. Look under {kit.folders.outbox / 'agencies'}.")
        if issued.unanswered:
            agencies = ", ".join(dict.fromkeys(audit.agency for audit in issued.unanswered))
            typer.echo(
                f"{len(issued.unanswered)} audits were left out: their involvement forms have not come back ({agencies}). "
                "Run this again when they have, or add --unanswered-too."
            )
            raise typer.Exit(1)


# --- returns ----------------------------------------------------------------------------------------------


@app.command("process", epilog=EXIT_CODES)
def process_once() -> None:
    """Work once through the inbox, and stop."""
    from audit_kit import process

    with _kit("process") as kit:
        done = process.work_through_inbox(kit, time.sleep)
        _say(done)
        typer.echo(f"{done.handled} file{'s' if done.handled != 1 else ''} handled.")
    raise typer.Exit(1 if done.for_a_person else 0)


@app.command(epilog=EXIT_CODES)
def watch() -> None:
    """Work through the inbox whenever something comes, until stopped with Ctrl-C."""
    from audit_kit import process

    with _kit("watch") as kit:
        typer.echo(f"Watching {kit.folders.inbox}. Stop with Ctrl-C.")
        process.watch(kit, _say)
        typer.echo("Stopped. Nothing was left half done.")


@app.command(epilog=EXIT_CODES)
def status(
    session: Annotated[str, typer.Argument(metavar="[SESSION]", help="A session; without it, all.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Say where every audit stands: awaited, late, sent back, accepted, escalated."""
    from audit_kit import process
    from audit_kit.stages.overview import as_json as to_json

    with _kit("status") as kit:
        seen = process.overviews(kit, session)
    if as_json:
        typer.echo(json.dumps([to_json(one) for one in seen], indent=2))
        return
    if not seen:
        typer.echo("No audit session stands yet. Begin with: audit-kit plan new SESSION --theme THEME")
    from audit_kit.console import show_overview

    for one in seen:
        show_overview(one)


@app.command(epilog=EXIT_CODES)
def accept(audit: AuditArgument, reason: Reason = "") -> None:
    """Accept a return that is with the reviewer."""
    from audit_kit import process

    with _kit("accept") as kit:
        typer.echo(process.accept(kit, _audit(audit), reason))
        process.write_overview(kit)


@app.command("send-back", epilog=EXIT_CODES)
def send_back(
    audit: AuditArgument,
    reason: Annotated[str, typer.Option(help="What the agency is asked to put right; it goes into the letter.")],
    ask: Annotated[
        list[str] | None, typer.Option(help="An answer to open again, such as N6.evidence. Repeat for more.")
    ] = None,
) -> None:
    """Send a return back by your own decision, with a reason."""
    from audit_kit import process

    with _kit("send-back") as kit:
        typer.echo(process.send_back(kit, _audit(audit), reason, tuple(ask or ())))
        process.write_overview(kit)


@app.command(epilog=EXIT_CODES)
def reopen(audit: AuditArgument, reason: Reason) -> None:
    """Give an accepted audit, or one answered with no involvement, back to the reviewer."""
    from audit_kit import process

    with _kit("reopen") as kit:
        typer.echo(process.reopen(kit, _audit(audit), reason))
        process.write_overview(kit)


@app.command(epilog=EXIT_CODES)
def extend(
    audit: AuditArgument,
    until: Annotated[str, typer.Option(metavar="DATE", help="The new day it is due on.")],
    reason: Reason,
) -> None:
    """Give an agency more time."""
    from audit_kit import process

    with _kit("extend") as kit:
        typer.echo(process.extend(kit, _audit(audit), _day(until), reason))
        process.write_overview(kit)


@app.command(epilog=EXIT_CODES)
def password(
    whose: Annotated[str, typer.Argument(metavar="AGENCY", help="An agency's code, or TEAM.")],
    session: Annotated[str, typer.Option(help="The session.")],
) -> None:
    """Show the password of an agency's identity slip, or the team's. It is journalled that you saw it."""
    from audit_kit import process

    with _kit("password") as kit:
        typer.echo(process.show_password(kit, session, whose.upper()))


@app.command(epilog=EXIT_CODES)
def remind(
    session: Annotated[str, typer.Argument(metavar="[SESSION]", help="A session; without it, all.")] = "",
) -> None:
    """Write a mail draft to each agency that is late."""
    from audit_kit import process

    with _kit("remind") as kit:
        chased = process.remind(kit, session)
        process.write_overview(kit)
        if chased:
            typer.echo(f"Reminders written for {', '.join(chased)}. Look under {kit.folders.outbox / 'agencies'}.")
        else:
            typer.echo("Nobody is late who was not reminded today. Nothing was written.")


ConcernKey = Annotated[
    str, typer.Argument(metavar="KEY", help="The 8 characters that end its files' names in outbox/urgent.")
]
Said = Annotated[str, typer.Option(help="What was said, and by whom in which role. It is kept sealed.")]


def _concern(verb: str, key: str, reason: str) -> None:
    from audit_kit import process

    with _kit(f"concern {verb}") as kit:
        typer.echo(process.record_concern(kit, verb, key, reason))
        process.write_overview(kit)


@concern_app.command("acknowledge", epilog=EXIT_CODES)
def concern_acknowledge(key: ConcernKey, reason: Said) -> None:
    """The agency has said that it knows."""
    _concern("acknowledge", key, reason)


@concern_app.command("respond", epilog=EXIT_CODES)
def concern_respond(key: ConcernKey, reason: Said) -> None:
    """The agency has said what it did."""
    _concern("respond", key, reason)


@concern_app.command("assure", epilog=EXIT_CODES)
def concern_assure(key: ConcernKey, reason: Said) -> None:
    """The Board accepts that the child or adult is safe: this closes the concern."""
    _concern("assure", key, reason)


@concern_app.command("pass-up", epilog=EXIT_CODES)
def concern_pass_up(key: ConcernKey, reason: Said) -> None:
    """Pass the concern to the next level, because the answer does not come or is not enough."""
    _concern("pass-up", key, reason)


# --- write up ---------------------------------------------------------------------------------------------


@app.command(epilog=EXIT_CODES)
def report(session: SessionArgument) -> None:
    """Write the report's draft for the QA Sub Committee, and the action plan."""
    from audit_kit import process

    with _kit("report") as kit:
        for written in process.write_report(kit, session):
            typer.echo(f"Written: {_outbox(kit, written.path)}")


@app.command(epilog=EXIT_CODES)
def verify() -> None:
    """Check that the journal is whole: no line removed or changed."""
    with _kit("verify") as kit:
        broken = kit.journal.broken_at()
        if broken is not None:
            raise AuditKitError(
                f"The journal does not fit together from event {broken} on: a line was changed or removed.",
                not_happened="Nothing was changed now.",
                next_step="Stop using this store, keep it as it is, and restore a backup beside it to compare.",
            )
        typer.echo(f"The journal is whole: {len(kit.journal.events())} events, head {kit.journal.head()[:12]}.")


# --- helpers ----------------------------------------------------------------------------------------------


@contextmanager
def _kit(doing: str) -> Iterator[Kit]:
    """The installation, held while a command runs."""
    from audit_kit.domain.clock import Clock
    from audit_kit.kit import opened

    with opened(call.config, Clock(call.today), doing) as kit:
        yield kit


def _say(done: Pass) -> None:
    for sentence in done.sentences:
        typer.echo(sentence)


def _audit(text: str) -> AuditRef:
    from audit_kit.domain.references import AuditRef

    audit = AuditRef.parse(text)
    if audit is None:
        raise UsageProblem(
            "That is no reference of an audit.",
            not_happened="Nothing was changed.",
            next_step="Write session, case and agency, such as 2026-A2-NEG/H3/MPS.",
        )
    return audit


def _day(text: str) -> date:
    from audit_kit.domain.dates import read_date

    day = read_date(text)
    if day is None:
        raise UsageProblem(
            "That is no date.", not_happened="Nothing was done.", next_step="Write it as 2026-11-02 or 2 Nov 2026."
        )
    return day


def _outbox(kit: Kit, path: str) -> Path:
    return kit.folders.outbox / path


def main() -> None:
    """Run a command. A problem is one paragraph on stderr; no answer and no file name is ever shown."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a Windows console may not know every character
    try:
        app()
    except AuditKitError as problem:
        typer.echo(problem.sentence(), err=True)
        sys.exit(problem.exit_code)
    except OSError as problem:
        typer.echo(
            f"The computer would not do something with a file or folder ({problem.strerror or type(problem).__name__}). "
            "What was begun is taken up by the next run; nothing is lost. Check that there is space and that the folders "
            "can be written to, and run the command again.",
            err=True,
        )
        sys.exit(1)
    except Exception as problem:
        typer.echo(f"audit-kit met a fault of its own ({_where(problem)}). {_FAULT}", err=True)
        sys.exit(1)


_FAULT = "What was begun is taken up by the next run; nothing is lost. Please tell those who look after audit-kit, with this sentence."


def _where(problem: Exception) -> str:
    """Kind and place of a fault, without its text, which may quote an answer."""
    frames: list[Any] = traceback.extract_tb(problem.__traceback__)
    own = [frame for frame in frames if "audit_kit" in frame.filename]
    last = (own or frames)[-1]
    return f"{type(problem).__name__} in {Path(last.filename).name}, line {last.lineno}"
