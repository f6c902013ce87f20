"""config.yaml → ``Config``. Everything that changes from board to board and year to year is data here.

Each mistake is told as ``file:line:column: key: what is expected, what was found``, all of them at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from audit_kit.domain.references import is_agency_code
from audit_kit.domain.session import AskedAgency
from audit_kit.domain.session import Lead as AgencyLead
from audit_kit.domain.thresholds import Thresholds
from audit_kit.errors import UsageProblem

Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}$", max_length=254)]
AreaLetter = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
DaysCount = Annotated[int, Field(ge=0, le=250)]


class _Strict(BaseModel):
    """No unknown keys, no changes, and no value repeated in a message of pydantic's own."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Contact(_Strict):
    """A working contact of the Board or of an agency."""

    name: Line
    email: Email
    role: str = ""
    phone: str = ""


class Board(_Strict):
    """Whose audits these are, and what its letters say about itself."""

    name: Line
    short_name: Line
    email: Email
    urgent_phone: Line = Field(description="The number to ring about an immediate concern")
    manager: Contact
    legal_basis: Line


class Area(_Strict):
    """One area: how many cases a session examines there, and the words its audit tool uses."""

    name: Line
    cases: int = Field(ge=1, le=50, description="Source: 5 cases in Hackney and 3 in the City")
    tool: Line = Field(description="Which variant of the audit tool is agreed for use here")
    threshold_document: Line


class Named(_Strict):
    """A name with the dates between which it is right. Agencies are renamed; references stay."""

    name: Line
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether this is the name on that day. Both dates count as within."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Agency(_Strict):
    """One partner agency."""

    code: Line
    names: tuple[Named, ...] = Field(min_length=1)
    areas: tuple[AreaLetter, ...] = Field(min_length=1)
    subjects: tuple[Literal["child", "siblings", "mother", "parents", "household"], ...] = Field(
        min_length=1, description="About whom it is asked: adult services about parents and carers"
    )
    lead: Contact
    head: Contact | None = Field(default=None, description="Told of an immediate concern; else the lead")
    default: bool = Field(default=True, description="Whether a new plan proposes it for each case of its areas")

    def name_on(self, day: date) -> str:
        """The name it bears on that day; the last one listed when no period fits."""
        return next((named.name for named in self.names if named.holds_on(day)), self.names[-1].name)

    def asked_on(self, day: date) -> AskedAgency:
        """The agency as a session of that day asks it."""
        return AskedAgency(
            self.code,
            self.name_on(day),
            self.subjects,
            _lead(self.lead),
            _lead(self.head) if self.head else None,
        )


class Calendar(_Strict):
    """How long each step may take. Days are working days in England and Wales unless said otherwise."""

    involvement_check: Literal["first", "none"] = Field(
        default="first", description="first: the tool goes only to those who say they were involved"
    )
    involvement_days: DaysCount = 5
    response_days: DaysCount = 20
    send_back_days: DaysCount = 5
    review_days: DaysCount = 3
    report_days: DaysCount = Field(default=40, description="From the day returns are due to the QA Sub Committee")
    closed_on: tuple[date, ...] = Field(default=(), description="Further days on which nobody works")


class Quality(_Strict):
    """Thresholds of the checks."""

    accept_without_reviewer: bool = False
    evidence_words: int = Field(default=25, ge=0, le=500)
    chronology_gap_days: int = Field(default=90, ge=1)
    not_our_role_share: float = Field(default=0.4, ge=0, le=1)
    least_hours: float = Field(default=0.5, ge=0)
    audits_per_auditor: int = Field(default=3, ge=1)
    copied_text_score: int = Field(default=90, ge=50, le=100)

    def thresholds(self) -> Thresholds:
        """What the checks are given."""
        return Thresholds(
            self.evidence_words,
            self.chronology_gap_days,
            self.not_our_role_share,
            self.least_hours,
            self.audits_per_auditor,
        )


class Folders(_Strict):
    """Where forms come in, where papers go out, where templates are. Relative to this file."""

    inbox: Line = "inbox"
    outbox: Line = "outbox"
    templates: Line = "templates"


class Store(_Strict):
    """Where the sealed store is. Blank: the user's own application data folder."""

    folder: str = ""
    board_key: str = Field(default="", description="The Board's public age key, age1...")
    escrow_key: str = Field(default="", description="The escrow's public age key, age1...")
    service_key_file: str = Field(
        default="",
        description="Owner-only file with the service key; blank: the operating system's key store",
    )


class Watch(_Strict):
    """How the folder-watching service waits. Seconds."""

    look_every_seconds: float = Field(default=5.0, gt=0, le=600)
    settle_seconds: float = Field(default=2.0, ge=0, le=600)


class Config(_Strict):
    """The whole of config.yaml."""

    board: Board
    areas: Mapping[AreaLetter, Area] = Field(min_length=1)
    agencies: tuple[Agency, ...] = Field(min_length=1)
    review_window_months: int = Field(default=12, ge=1, le=60, description="Source: 'within the last 12 months'")
    deep_dives: int = Field(default=3, ge=0, description="Source: 'Three cases are selected for deep-dive work'")
    calendar: Calendar = Calendar()
    quality: Quality = Quality()
    folders: Folders = Folders()
    store: Store = Store()
    watch: Watch = Watch()

    @model_validator(mode="after")
    def _agencies_fit(self) -> Config:
        faults: list[tuple[_Loc, str]] = []
        codes = [agency.code for agency in self.agencies]
        for position, agency in enumerate(self.agencies):
            code: _Loc = ("agencies", position, "code")
            if not is_agency_code(agency.code):
                faults.append((code, "expected capitals, digits and hyphens such as CSC-H"))
            if codes.index(agency.code) != position:
                faults.append((code, "expected a code that no other agency has"))
            faults += [
                (("agencies", position, "areas", number), f"expected one of {', '.join(self.areas)}")
                for number, area in enumerate(agency.areas)
                if area not in self.areas
            ]
        if faults:
            raise _KeysDisagree(tuple(faults))
        return self

    def agency(self, code: str) -> Agency | None:
        """The agency of this code, if there is one."""
        return next((agency for agency in self.agencies if agency.code == code), None)


_Loc = tuple[str | int, ...]


class _KeysDisagree(ValueError):
    """Faults that several keys make together, each with the key to point at and what is expected there."""

    def __init__(self, faults: tuple[tuple[_Loc, str], ...]) -> None:
        self.faults = faults
        super().__init__("keys disagree")


def _lead(contact: Contact) -> AgencyLead:
    return AgencyLead(contact.name, contact.email, contact.role)


def load(path: Path) -> Config:
    """The configuration in this file. UsageProblem lists everything that is wrong with it, with its place."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageProblem(
            f"There is no configuration file at {path}.",
            not_happened="Nothing was done.",
            next_step="Run audit-kit in the project's folder, or name the file with --config.",
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageProblem(
            f"The configuration file {path} can't be read as text ({type(problem).__name__}).",
            not_happened="Nothing was done.",
            next_step="Check that it is a text file in UTF-8 that you may read.",
        ) from None
    return parse(text, path.name)


def parse(text: str, file: str = "config.yaml") -> Config:
    """The configuration in this text; ``file`` is how messages call it."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        raise _refused([f"{place}: this is not YAML yet: {problem.problem or problem.context}"]) from None
    except yaml.YAMLError:
        raise _refused([f"{file}: this holds characters that YAML does not allow"]) from None
    if not isinstance(node, yaml.MappingNode):
        raise _refused([f"{file}:1:1: expected keys such as board, areas and agencies, found none"])
    faults = [f"{file}:{_place(key)}: {path}: expected once, found twice" for path, key in _repeated(node)]
    if faults:
        raise _refused(faults)
    values = yaml.safe_load(text)
    try:
        return Config.model_validate_json(json.dumps(values, default=str))
    except ValidationError as problem:
        faults = [
            f"{file}:{_place(_node_at(node, loc))}: {_key_path(loc)}: {expected}, found {_found(values, loc)}"
            for error in problem.errors(include_url=False)
            for loc, expected in _told(error)
        ]
        raise _refused(faults) from None


def schema() -> dict[str, Any]:
    """The JSON Schema of config.yaml, for editors that complete and check while typing."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", **Config.model_json_schema(by_alias=True)}


def _refused(faults: list[str]) -> UsageProblem:
    many = (
        "One thing in the configuration needs"
        if len(faults) == 1
        else f"{len(faults)} things in the configuration need"
    )
    return UsageProblem(
        f"{many} changing:\n" + "\n".join(f"  {fault}" for fault in faults) + "\n",
        not_happened="Nothing was done.",
        next_step="Change these lines and run the command again; every key is explained in config.yaml itself.",
    )


def _told(error: Any) -> tuple[tuple[_Loc, str], ...]:
    """The places that one of pydantic's errors is about, each with what is expected there."""
    cause = (error.get("ctx") or {}).get("error")
    return cause.faults if isinstance(cause, _KeysDisagree) else ((error["loc"], _expected(error)),)


_EXPECTED = {
    "missing": "expected a value",
    "extra_forbidden": "expected no such key here",
    "int_type": "expected a whole number such as 5",
    "float_type": "expected a number such as 0.5",
    "string_type": "expected text (put it in quotes)",
    "bool_type": "expected true or false",
    "date_type": "expected a date such as 2026-04-01",
    "date_parsing": "expected a date such as 2026-04-01",
    "date_from_datetime_parsing": "expected a date such as 2026-04-01",
    "tuple_type": "expected a list, one '- ' line each",
    "mapping_type": "expected keys, one a line",
    "model_type": "expected keys, one a line",
    "model_attributes_type": "expected keys, one a line",
    "dict_type": "expected keys, one a line",
    "string_too_short": "expected text that is not blank",
}


def _expected(error: Any) -> str:
    kind, context = error["type"], error.get("ctx") or {}
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    if kind == "literal_error":
        return f"expected {context['expected']}"
    if kind == "string_pattern_mismatch":
        return "expected an e-mail address" if "@" in context["pattern"] else "expected one capital letter"
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        bound = next(iter(context.values()))
        words = {
            "greater_than_equal": "at least",
            "greater_than": "more than",
            "less_than_equal": "at most",
            "less_than": "less than",
        }
        return f"expected {words[kind]} {bound}"
    if kind == "too_short":
        return "expected at least one entry"
    return f"expected something else ({str(error['msg'])[:80].lower()})"


def _found(values: Any, loc: tuple[str | int, ...]) -> str:
    """What stands there. Configuration is the team's own text, so it may be shown, shortened."""
    for part in loc:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return "nothing"
    if values is None:
        return "nothing"
    if isinstance(values, dict | list):
        return "a list" if isinstance(values, list) else "keys"
    return f"'{str(values)[:60]}'"


def _key_path(loc: tuple[str | int, ...]) -> str:
    return " → ".join(str(part + 1) if isinstance(part, int) else part for part in loc) or "whole file"


def _place(node: yaml.Node) -> str:
    return f"{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def _node_at(node: yaml.Node, loc: tuple[str | int, ...]) -> yaml.Node:
    """The node that this key path points at, or the nearest one above it that exists."""
    for part in loc:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next((value if value.value else key for key, value in node.value if key.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
        if found is None:
            return node
        node = found
    return node


def _repeated(node: yaml.Node, path: str = "") -> Iterator[tuple[str, yaml.Node]]:
    """Keys that stand twice in one mapping: YAML would silently keep the last."""
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value, start=1):
            yield from _repeated(child, f"{path}{number} → ")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"{path}{key.value}", key
            seen.add(key.value)
            yield from _repeated(value, f"{path}{key.value} → ")
