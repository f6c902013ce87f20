"""Can everyone read these Office files?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit_kit.cli.calling import EXIT_CODES, Json, say_json
from audit_kit.errors import UsageProblem

if TYPE_CHECKING:
    from audit_kit.access import Fault

app = typer.Typer()


@app.command(epilog=EXIT_CODES)
def access(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Excel, Word or PowerPoint (.xlsx, .docx, .pptx).")
    ] = None,
    as_json: Json = False,
    rules: Annotated[bool, typer.Option("--rules", help="Show what is looked for instead, as a table.")] = False,
) -> None:
    """Say what in an Office file keeps some readers out: place, reason and remedy of each fault. Exit 2 when a file can't be read. Example: audit-kit access letter.docx."""
    from audit_kit.access import rules_table

    if rules:
        typer.echo(rules_table())
        return
    if not files:
        raise UsageProblem("No file was named.", next_step="Name one or more: audit-kit access letter.docx")
    looked_at = [_looked_at(file) for file in files]
    if as_json:
        say_json([_as_values(number, *each) for number, each in enumerate(looked_at, start=1)])
    else:
        for number, (faults, unread) in enumerate(looked_at, start=1):
            typer.echo(f"File {number} of {len(files)}: {unread or _counted(len(faults))}")
            for one in faults:
                typer.echo(f"  {one.level}, {one.place}: {one.reason} {one.remedy} ({one.code})")
    raise typer.Exit(2 if any(unread for _, unread in looked_at) else int(any(faults for faults, _ in looked_at)))


def _looked_at(file: Path) -> tuple[tuple[Fault, ...], str]:
    """The faults of a file, or why it was not looked through. A file's name is not repeated: it may hold a person's."""
    from audit_kit.access import Unreadable, check

    try:
        return check(file), ""
    except Unreadable as problem:
        return (), f"It was not looked through. {problem}"
    except OSError as problem:
        return (
            (),
            f"It was not looked through: the computer could not open it ({problem.strerror or 'unknown reason'}). "
            "Check that it is there, that it is a file and that it isn't open in another program.",
        )


def _counted(many: int) -> str:
    return "nothing was found." if not many else f"{many} thing{'s' if many > 1 else ''} to put right."


def _as_values(number: int, faults: tuple[Fault, ...], unread: str) -> dict[str, object]:
    return {
        "file": number,
        "unreadable": unread,
        "faults": [
            {"code": one.code, "level": str(one.level), "place": one.place, "reason": one.reason, "remedy": one.remedy}
            for one in faults
        ],
    }
