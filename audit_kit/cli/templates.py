"""Look after the team's templates."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, Json, call, say_json
from audit_kit.errors import AuditKitError

if TYPE_CHECKING:
    from audit_kit.config import Config
    from audit_kit.store.folders import Folders

_LOOKS_EVERY = 0.4  # seconds; a template is saved every few minutes
Out = Annotated[
    Path | None,
    typer.Option(
        help="The file to write. [default: in outbox/team/templates; without an outbox, here]", show_default=False
    ),
]

app = typer.Typer(help="Look after the templates.", no_args_is_help=True)


@app.command("check", epilog=EXIT_CODES)
def templates_check(
    copies: Annotated[
        Path | None,
        typer.Option(
            help="Where to put a copy of each faulty template with a comment on every fault. [default: outbox/team/templates; without an outbox, here]",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say everything that is wrong with the team's templates, before one of them is used."""
    from audit_kit import process
    from audit_kit.domain.clock import Clock
    from audit_kit.team_templates import TemplatesAlone

    config, folders = _read_only()
    templates = TemplatesAlone(config, folders, Clock(call.today))
    faults = process.check_templates(templates)
    marked = process.marked_copies(templates, faults, copies or _place(folders))
    if as_json:
        say_json([asdict(fault) for fault in faults])
    else:
        for sentence in process.told_of_templates(faults):
            typer.echo(sentence)
        for copy in marked:
            typer.echo(f"Marked: {copy}")
    if faults:
        raise typer.Exit(1)
    if not as_json:
        typer.echo("Every template can be used.")


@app.command("fields", epilog=EXIT_CODES)
def templates_fields(out: Out = None) -> None:
    """Write a Word table of every field that a template may use, its meaning and an example."""
    from audit_kit import process
    from audit_kit.demo.sample import sample_of

    config, folders = _read_only()
    _write(out or _place(folders) / "fields.docx", process.field_guide(config, sample_of))


@app.command("preview", epilog=EXIT_CODES)
def templates_preview(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A template, such as send_back_letter or audit_tool.xlsx.")
    ],
    theme: Annotated[
        str,
        typer.Option(
            help="The theme of the question bank whose questions are shown. [default: its first]", show_default=False
        ),
    ] = "",
    out: Out = None,
    watch: Annotated[bool, typer.Option(help="Again each time the template is saved, until Ctrl-C.")] = False,
) -> None:
    """Fill a template in with a fictional session. Example: audit-kit templates preview audit_report --watch."""
    from audit_kit import process
    from audit_kit.demo.sample import sample_of

    config, folders = _read_only()
    name = process.full_template_name(name)
    target = out or _place(folders) / f"{Path(name).stem}-preview{process.ending_of_preview(name)}"

    def render() -> None:
        _write(target, process.preview(config, folders.templates, name, sample_of, theme))

    render()
    if watch:
        _at_each_save(folders.templates, name, render)


def _read_only() -> tuple[Config, Folders]:
    """The configuration and its folders, without holding the installation: the service may go on meanwhile."""
    from audit_kit.config import load
    from audit_kit.places import folders_for

    config = load(call.config)
    return config, folders_for(call.config, config)


def _place(folders: Folders) -> Path:
    """Where copies and previews go. No outbox is ever made: where there is none, as before set-up, they go where one works."""
    return folders.outbox / "team" / "templates" if folders.outbox.is_dir() else Path.cwd()


def _write(path: Path, data: bytes) -> None:
    from audit_kit.store.disk import Disk

    try:
        Disk().write(path, data)
    except OSError as problem:
        raise AuditKitError(
            f"The computer would not write it ({problem.strerror or type(problem).__name__}): it is open in another program, or "
            "nothing may be written there.",
            where=str(path),
            not_happened="It was not written.",
            next_step="Close it there, or name another place with --out, and run the command again.",
        ) from None
    typer.echo(f"Written: {path}")


def _at_each_save(folder: Path, name: str, render: Callable[[], None]) -> None:
    """Render again whenever it was saved, or what it is shown with; what is wrong is said, and watching goes on."""
    watched = tuple(folder / each for each in dict.fromkeys((name, "question_bank.xlsx", "audit_tool.xlsx")))
    before = _saved_at(watched)
    typer.echo("Watching. Stop with Ctrl-C.")
    try:
        while True:
            time.sleep(_LOOKS_EVERY)
            now = _saved_at(watched)
            if now != before:
                before = now
                try:
                    render()
                except AuditKitError as problem:
                    typer.echo(problem.sentence(), err=True)
    except KeyboardInterrupt:
        typer.echo("Stopped.")


def _saved_at(paths: tuple[Path, ...]) -> tuple[tuple[int, int], ...]:
    found = []
    for path in paths:
        try:
            seen = path.stat()
        except OSError:  # Office takes a file away for a moment while it saves it
            found.append((0, 0))
        else:
            found.append((seen.st_mtime_ns, seen.st_size))
    return tuple(found)
