"""A good return that yields nothing, changed in one place by each test; the demo's returns; a tiny installation."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from audit_kit.demo.cast import CASES, DemoCase, demo_case
from audit_kit.demo.planner import KLOES
from audit_kit.domain.question_bank import Kloe, Theme
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AuditReturn
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.domain.tool import AuditTool
from audit_kit.stages.rules import Desk
from audit_kit.store.keys import KeyPair, new_key_pair, write_private_key

ROOT = Path(__file__).parents[1]
DEMO_CASES = ROOT / "audit_kit" / "demo" / "cases"
SESSION = "2026-A2-NEG"
WINDOW_START, WINDOW_END, TODAY = date(2025, 10, 1), date(2026, 9, 30), date(2026, 11, 6)

THEME = Theme(
    "neglect", "NEG", "Neglect", "1",
    (
        Kloe("N1", "Recognition", "Did we see and name neglect early?"),
        Kloe("N6", "Plan and drift", "Was there one plan that changed things in the child's timescale?"),
        Kloe("N7", "Working together", "Did the right people know the right thing soon enough?"),
        Kloe("N10", "Oversight", "Did managers keep it moving?"),
        Kloe("N21", "Police notifications", "Was the child's voice in them?", agencies=("MPS",)),
    ),
)  # fmt: skip

_EVIDENCE = {
    "N1": "Case note of 14 March 2026: the worker names hunger and cold rooms plainly, links them to the referral of "
    "January and asks for a conference; the minutes of that conference agree.",
    "N6": "The plan of 20 May 2026 has three outcomes with dates, and each was looked at in the reviews of July and "
    "September; only what happens if the father stops coming is left out of it.",
    "N7": "Core group minutes of 20 May 2026 list school, surgery and housing. The e-mail log holds an answer from each of "
    "them within two days, and the visiting pattern changed because of it.",
    "N10": "Supervision file: monthly entries from November 2025 to September 2026, every one with a question about this "
    "baby's weight, who was to ask it, and what came of the one before.",
}


def a_tool(agency: str = "HVSN") -> AuditTool:
    return tool_for(THEME, "H", agency, tuple(kloe.ref for kloe in THEME.kloes), {})


def good_answers() -> dict[str, str]:
    """What a service manager would send who did everything right. Nothing is asked about it."""
    answers = {
        "concern.any": "No",
        "involvement.known": "Yes",
        "involvement.first": "2025-11-03",
        "involvement.last": "21 Sep 2026",
        "involvement.open": "Yes",
        "involvement.subjects": "child, mother, sibling 1",
        "involvement.siblings": "2",
        "involvement.records": "Health visiting record, Oct 2025 to Sep 2026; supervision file.",
        "involvement.hours": "6",
        "practitioner.1.name": "Comfort Asante",
        "practitioner.1.role": "Health visitor",
        "practitioner.1.date": "2026-10-13",
        "auditor.name": "Rosalind Thorne",
        "auditor.role": "Named Nurse",
        "auditor.grade": "Named professional",
        "case_holder.name": "Kezia Lowther",
        "line_manager.name": "Marcus Oduya",
        **{f"declaration.{letter}": "Yes" for letter in "abcdefgh"},
        "lead.name": "Bernard Falconbridge",
        "lead.date": "2026-10-28",
        "voice.child": "Shows a drawing of the kitchen table to everyone who visits.",
        "voice.how": "Seen at home four times, twice alone.",
        "voice.changed": "The plan asked for a bed of her own; she has one since May.",
        "strength.1": "The same health visitor all year.",
        "improvement.1": "The father was never spoken to.",
        "action.1.question": "N6",
        "action.1.what": "Ask for the contingency in every plan at supervision.",
        "action.1.owner": "Head of Health Visiting",
        "action.1.due": "2027-02-26",
        "action.1.measure": "18 of 20 plans read in February have one",
        "action.1.outcome": "Children wait less long when a plan does not work",
        "overall.ours": "Good",
        "overall.together": "Good",
    }
    for number, (day, event) in enumerate(
        (("2025-11-03", "New birth visit"), ("2026-01-12", "Weight static"), ("2026-03-14", "Referral made"),
         ("2026-05-20", "Core group"), ("2026-07-02", "Home visit"), ("2026-09-21", "Review")), start=1,
    ):  # fmt: skip
        answers |= {f"chronology.{number}.date": day, f"chronology.{number}.event": event}
    for kloe, grade in (("N1", "Good"), ("N6", "Requires improvement"), ("N7", "Good"), ("N10", "Outstanding")):
        answers |= {
            f"{kloe}.ours": grade,
            f"{kloe}.together": "Good",
            f"{kloe}.evidence": _EVIDENCE[kloe],
            f"{kloe}.why": "In good time and named, but the contingency is missing.",
        }
    return answers


def a_return(
    case: str = "H3", agency: str = "HVSN", answers: Mapping[str, str] | None = None, tool: AuditTool | None = None
) -> AuditReturn:
    """The good return with these answers instead; "" leaves one blank. ``involvement.known`` means its answer."""
    tool = tool or a_tool(agency)
    return _as_return(case, agency, tool, good_answers() | dict(answers or {}))


def a_nil_return(answers: Mapping[str, str] | None = None) -> AuditReturn:
    """Two minutes' work: no involvement, signed."""
    nil = {
        "concern.any": "No",
        "involvement.known": "No – never known to us",
        "auditor.name": "Rosalind Thorne",
        "auditor.role": "Named Nurse",
        "lead.name": "Bernard Falconbridge",
    }
    return _as_return("H3", "HVSN", a_tool(), nil | dict(answers or {}))


def a_desk(audit_return: AuditReturn, tool: AuditTool | None = None, **more: object) -> Desk:
    return Desk(audit_return, tool or a_tool(audit_return.audit.agency), WINDOW_START, WINDOW_END, TODAY, **more)  # type: ignore[arg-type]


def _as_return(case: str, agency: str, tool: AuditTool, answers: Mapping[str, str]) -> AuditReturn:
    filled = {}
    for ref, text in answers.items():
        full = ref if tool.place(ref) else f"{ref}.answer"
        if tool.place(full) is None:
            raise KeyError(f"the tool does not ask for {ref}")
        if text:
            filled[full] = text
    return AuditReturn(AuditRef(SESSION, case, agency), 1, filled)


# --- the demo's returns -------------------------------------------------------------------------------------


def demo_desks(theme: Theme) -> Iterator[Desk]:
    """Every return that the demo's agencies write, on the desk with its own tool."""
    for ref in sorted(CASES):
        case = demo_case(ref)
        for agency, answers in case.returns.items():
            tool = tool_for(theme, ref[0], agency, KLOES, {})
            yield a_desk(_as_return(ref, agency, tool, answers), tool, in_roles=_in_roles(case, answers))


def _in_roles(case: DemoCase, answers: Mapping[str, str]) -> str:
    """The return's texts with a role for every sibling who is called by a name of the register."""
    text = " ".join(answers.values())
    for person in case.people:
        if person.role == "sibling":
            for name in (person.name.split()[0], *person.aliases):
                text = re.sub(rf"\b{re.escape(name)}\b", "[Sibling]", text)
    return text


# --- an installation ----------------------------------------------------------------------------------------


@dataclass
class FixedClock:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 11, 6, 10, 0, tzinfo=UTC)
    seconds: float = 1000.0
    rehearsal: date | None = None

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def monotonic(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        self.seconds += seconds
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Installation:
    """Folders, keys and a configuration file, as set-up leaves them."""

    folder: Path
    board: KeyPair
    escrow: KeyPair

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    def copied_to(self, folder: Path) -> Installation:
        """The same installation elsewhere: making keys takes longer than copying them."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def outbox(self) -> Path:
        return self.folder / "outbox"

    @property
    def store(self) -> Path:
        return self.folder / "store"


def an_installation(folder: Path) -> Installation:
    """The shipped configuration with folders and keys of its own in this folder."""
    board, escrow, service = new_key_pair(), new_key_pair(), new_key_pair()
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    for blank, filled in (
        ('board_key: ""', f'board_key: "{board.public}"'),
        ('escrow_key: ""', f'escrow_key: "{escrow.public}"'),
        ('  folder: ""', '  folder: "store"'),
        ('service_key_file: ""', 'service_key_file: "service.key"'),
    ):
        assert text.count(blank) == 1
        text = text.replace(blank, filled)
    for name in ("inbox", "outbox", "templates", "store"):
        (folder / name).mkdir(parents=True)
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    write_private_key(folder / "service.key", service.private)
    return Installation(folder, board, escrow)
