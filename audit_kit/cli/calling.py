"""What every command shares: how it is called, the installation it holds, how references and dates are read."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from audit_kit.errors import UsageProblem

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.domain.engagement import FamilyRef
    from audit_kit.domain.references import AuditRef
    from audit_kit.kit import Kit

_Read = TypeVar("_Read")

EXIT_CODES = "Exit codes: 0 done; 1 something needs a person; 2 usage or configuration; 3 already running."


@dataclass
class Call:
    """What every command is called with."""

    config: Path = Path("config.yaml")
    today: date | None = None


call = Call()

AuditArgument = Annotated[str, typer.Argument(metavar="REF", help="A single-agency audit, such as 2026-A2-NEG/H3/MPS.")]
SessionArgument = Annotated[str, typer.Argument(metavar="SESSION", help="An audit session, such as 2026-A2-NEG.")]
Reason = Annotated[str, typer.Option(metavar="WHY", help="Why. It is kept sealed, beside the journal.")]
Json = Annotated[bool, typer.Option("--json", help="For other programs: JSON, keys in small letters.")]


@contextmanager
def kit_for(doing: str) -> Iterator[Kit]:
    """The installation, held while a command runs."""
    from audit_kit.acts.sweeping import swept_seldom
    from audit_kit.domain.clock import Clock
    from audit_kit.kit import opened

    with swept_seldom(), opened(call.config, Clock(call.today), doing) as kit:
        if kit.journal.mended:
            typer.echo(f"The journal was put right before anything else. {kit.journal.mended} Tell IT.", err=True)
        if back := kit.clock_went_back():
            kit.told_clock = True
            typer.echo(back, err=True)
        yield kit


def say_json(value: object) -> None:
    """Print a value for other programs. Nothing else goes to stdout then.

    Letters stand as they are where stdout is UTF-8, else as JSON's escapes: a Windows console, or a file that its
    output goes to, would otherwise get a question mark for each letter that it lacks.
    """
    utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    typer.echo(json.dumps(value, indent=2, ensure_ascii=not utf8))


def say(done: Pass) -> None:
    """Print what one walk through the inbox did, a sentence a line."""
    for sentence in done.sentences:
        typer.echo(sentence)


def audit_of(text: str) -> AuditRef:
    """The audit of this reference. UsageProblem when it is none."""
    from audit_kit.domain.references import AuditRef

    return _as_meant(
        AuditRef.parse(text),
        "That is no reference of an audit.",
        "Write session, case and agency, such as 2026-A2-NEG/H3/MPS.",
    )


def family_of(text: str) -> FamilyRef:
    """The member of a family of this reference. UsageProblem when it is none."""
    from audit_kit.domain.engagement import FamilyRef

    return _as_meant(
        FamilyRef.parse(text),
        "That is no reference of a member of a family.",
        "Write session, case and number, such as 2026-A2-NEG/H3/F1; audit-kit engagement list shows them.",
    )


def day_of(text: str) -> date:
    """The date as typed. UsageProblem when it is none."""
    from audit_kit.domain.dates import read_date

    return _as_meant(read_date(text), "That is no date.", "Write it as 2026-11-02 or 2 Nov 2026.")


def _as_meant(read: _Read | None, otherwise: str, next_step: str) -> _Read:
    if read is None:
        raise UsageProblem(otherwise, not_happened="Nothing was changed.", next_step=next_step)
    return read


def asked_for(question: str, wanted: str, read: Callable[[str], _Read | None]) -> _Read:
    """What is typed in answer to a question that must have one; asked again, with what is ``wanted``, until it can be read."""
    while (answer := read(typer.prompt(question, default="", show_default=False).strip())) is None:
        typer.echo(wanted)
    return answer


def in_outbox(kit: Kit, path: str) -> Path:
    """Where a file of the outbox lies, for people to find it."""
    return kit.folders.outbox / path
