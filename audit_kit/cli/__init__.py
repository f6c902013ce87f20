"""The commands: one for each step. The only place that prints. Heavy imports stand in the commands that need them.

``calling`` holds what all share; each other module holds the commands of one part of the work.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer

from audit_kit.cli import access, begin, concerns, engagement, follow, names, rules, store, templates, write_up
from audit_kit.cli.calling import EXIT_CODES, call, day_of
from audit_kit.errors import AuditKitError, refused_by_the_system

__all__ = ["EXIT_CODES", "app", "main"]

app = typer.Typer(
    help="Carries multi-agency case audits from plan to report, in Excel and Word. Begin with: audit-kit demo",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback may quote an answer
    add_completion=False,
    rich_markup_mode=None,
)
for part in (begin, follow, rules, write_up, names, store, access):
    app.add_typer(part.app)
app.add_typer(templates.app, name="templates")
app.add_typer(concerns.app, name="concern")
app.add_typer(engagement.app, name="engagement")


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
    call.today = day_of(today) if today else None


def main() -> None:
    """Run a command. A problem is one paragraph on stderr; no answer and no file name is ever shown."""
    from audit_kit.store.private import keep_private

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a Windows console may not know every character
    keep_private()
    try:
        app()
    except AuditKitError as problem:
        typer.echo(problem.sentence(), err=True)
        sys.exit(problem.exit_code)
    except OSError as problem:
        typer.echo(refused_by_the_system(problem, "Then run the command again."), err=True)
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
