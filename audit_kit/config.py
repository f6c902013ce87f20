"""config.yaml → ``Config``. Everything that changes from board to board and year to year is data here.

Each mistake is told as ``file:line:column: key: what is expected, what was found``, all of them at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from audit_kit.domain.ladder import STANDARD, Rung
from audit_kit.domain.references import is_agency_code
from audit_kit.domain.session import AskedAgency
from audit_kit.domain.session import Lead as AgencyLead
from audit_kit.domain.step_days import StepDays
from audit_kit.domain.thresholds import Thresholds
from audit_kit.errors import UsageProblem

Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}$", max_length=254)]
AreaLetter = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
DaysCount = Annotated[int, Field(ge=0, le=250)]


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C: a tenth of the time


class _Strict(BaseModel):
    """No unknown keys, no changes, and no value repeated in a message of pydantic's own."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True, allow_inf_nan=False)


class Contact(_Strict):
    """A working contact of the Board or of an agency."""

    name: Line = Field(description="As letters address them")
    email: Email = Field(description="Where mail to them goes, such as lead@agency.example.org")
    role: str = Field(default="", description="What they do, such as Named Nurse")
    phone: str = Field(default="", description="Where to ring them")


class Board(_Strict):
    """Whose audits these are, and what its letters say about itself."""

    name: Line = Field(description="As printed at the head of letters and reports")
    short_name: Line = Field(description="As used inside sentences, such as CHSCB")
    email: Email = Field(description="The team's mailbox: returns and questions go there")
    urgent_phone: Line = Field(description="The number to ring about an immediate concern")
    manager: Contact = Field(description="Signs off and releases; is told of every immediate concern")
    legal_basis: Line = Field(description="Why agencies must answer, as quoted in the notification letter")
    executive: Contact | None = Field(default=None, description="To whom an urgent concern is passed up first")
    independent_chair: Contact | None = Field(default=None, description="To whom it is passed up last")


class Area(_Strict):
    """One area: how many cases a session examines there, and the words its audit tool uses."""

    name: Line = Field(description="As printed, such as Hackney")
    cases: int = Field(ge=1, le=50, description="Source: 5 cases in Hackney and 3 in the City")
    tool: Line = Field(description="Which variant of the audit tool is agreed for use here")
    threshold_document: Line = Field(description="Fills {threshold document} in the question bank")
    note: str = Field(default="", description="A sentence for the front sheet of its tools, such as care with details")


class Named(_Strict):
    """A name with the dates between which it is right. Agencies are renamed; references stay."""

    name: Line = Field(description="The agency's name in that time")
    from_: date | None = Field(default=None, alias="from", description="The first day on which it bears this name")
    to: date | None = Field(default=None, description="The last day on which it bears this name")

    def holds_on(self, day: date) -> bool:
        """Whether this is the name on that day. Both dates count as within."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Agency(_Strict):
    """One partner agency."""

    code: Line = Field(description="As in references: capitals, digits and hyphens, such as CSC-H")
    names: tuple[Named, ...] = Field(
        min_length=1, description="Its names, each with the dates between which it is right"
    )
    areas: tuple[AreaLetter, ...] = Field(min_length=1, description="The letters of the areas in which it works")
    subjects: tuple[Literal["child", "siblings", "mother", "parents", "household"], ...] = Field(
        min_length=1, description="About whom it is asked: adult services about parents and carers"
    )
    lead: Contact = Field(description="Who allocates the audit")
    head: Contact | None = Field(default=None, description="Told of an immediate concern; else the lead")
    known_as: tuple[Line, ...] = Field(
        default=(), description="How other agencies call it in a chronology, such as housing or the surgery"
    )
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


class Reminder(_Strict):
    """One rung of the ladder of reminders."""

    days: int = Field(ge=-60, le=60, description="Working days from the due date; negative: before it")
    to: Literal["auditor", "lead", "head", "executive", "chair"] = Field(
        description="auditor: through the lead; head: of the agency; executive, chair: of the Board"
    )


class Calendar(_Strict):
    """How long each step may take. Days are working days in England and Wales unless said otherwise."""

    involvement_check: Literal["first", "none"] = Field(
        default="first", description="first: the tool goes only to those who say they were involved"
    )
    involvement_days: DaysCount = Field(default=5, description="To answer the involvement form")
    response_days: DaysCount = Field(default=20, description="To complete the audit tool")
    send_back_days: DaysCount = Field(default=5, description="To answer a tool that was sent back")
    report_days: DaysCount = Field(default=40, description="From the day returns are due to the QA Sub Committee")
    review_days: DaysCount = Field(default=3, description="From a return to the Board's answer")
    invitation_days: DaysCount = Field(default=15, description="From the invitation to the multi-agency meeting")
    draft_days: DaysCount = Field(default=10, description="From the meeting to the report's draft")
    factual_check_days: DaysCount = Field(default=5, description="For agencies to check the draft")
    closed_on: tuple[date, ...] = Field(default=(), description="Further days on which nobody works")
    reminders: tuple[Reminder, ...] = Field(
        default=tuple(Reminder(days=rung.days, to=rung.to) for rung in STANDARD),  # type: ignore[arg-type]
        description="Who is reminded when, around each due date",
    )

    def step_days(self) -> StepDays:
        """How long each step takes, for what is worked out from the calendar."""
        return StepDays(
            self.involvement_days, self.response_days, self.review_days, self.send_back_days, self.invitation_days,
            self.draft_days, self.factual_check_days, self.closed_on,
        )  # fmt: skip

    def ladder(self) -> tuple[Rung, ...]:
        """The ladder of reminders, lowest rung first."""
        return tuple(sorted((Rung(one.days, one.to) for one in self.reminders), key=lambda rung: rung.days))


class Concerns(_Strict):
    """How long each step of an urgent concern may take before its next one is chased."""

    now_hours: int = Field(default=1, ge=1, le=24, description="Urgency now: hours")
    same_day_until: time = Field(default=time(17, 0), description="Urgency same day: until when")
    working_days: int = Field(default=3, ge=1, le=20, description="The lowest urgency: working days")


class Quality(_Strict):
    """Thresholds of the checks."""

    accept_without_reviewer: bool = Field(
        default=False, description="Whether a return without a query is accepted unseen"
    )
    evidence_words: int = Field(
        default=25, ge=0, le=500, description="The least number of words of evidence for a grade"
    )
    chronology_gap_days: int = Field(
        default=90, ge=1, description="A longer gap in the chronology of an open case is pointed out"
    )
    not_our_role_share: float = Field(
        default=0.4, ge=0, le=1, description="A larger share of Not our role is pointed out"
    )
    least_hours: float = Field(default=0.5, ge=0, description="Fewer hours spent on an audit are pointed out")
    audits_per_auditor: int = Field(default=3, ge=1, description="More audits by one auditor are pointed out")
    sessions_per_auditor: int = Field(default=4, ge=1, description="More sessions with one auditor are pointed out")
    contrary_words: int = Field(
        default=4, ge=1, description="So many words that contradict the grade, and hardly any for it, are pointed out"
    )
    alike_percent: int = Field(
        default=90, ge=50, le=100, description="Two texts that are alike to this percentage are pointed out"
    )
    action_months: int = Field(default=6, ge=1, description="An action due later than in so many months is pointed out")
    grades_apart: int = Field(
        default=2, ge=1, le=3, description="Own grade and working together so many steps apart are pointed out"
    )

    def thresholds(self) -> Thresholds:
        """What the checks are given."""
        return Thresholds(
            self.evidence_words,
            self.chronology_gap_days,
            self.not_our_role_share,
            self.least_hours,
            self.audits_per_auditor,
            self.sessions_per_auditor,
            self.contrary_words,
            self.alike_percent,
            self.action_months,
            self.grades_apart,
        )


class Folders(_Strict):
    """Where forms come in, where papers go out, where templates are. Relative to this file."""

    inbox: Line = Field(default="inbox", description="Where returned forms are dropped")
    outbox: Line = Field(default="outbox", description="Where everything leaves")
    templates: Line = Field(default="templates", description="The Board's own templates, edited in Excel and Word")


class Store(_Strict):
    """Where the sealed store is. Blank: the user's own application data folder."""

    folder: str = Field(default="", description="Blank: the user's own application data folder")
    board_key: str = Field(default="", description="The Board's public age key, age1...")
    escrow_key: str = Field(default="", description="The escrow's public age key, age1...")
    service_key: Literal["file", "keyring"] = Field(
        default="file", description="Where the service key is: in a file, or in the operating system's own key store"
    )
    service_key_file: str = Field(
        default="", description="Owner-only file with the service key; blank: a file beside the store"
    )
    journal_url: str = Field(
        default="",
        description="A PostgreSQL database for the journal, as URL without a password; blank: a file in the store",
    )


class Retention(_Strict):
    """How long what is sealed is kept, in months after the session's Board meeting. The Board decides; 0: not yet."""

    case_months: int = Field(
        default=0, ge=0, le=600, description="Originals, identities and everything else about a case; 0: not decided"
    )


class Watch(_Strict):
    """How the folder-watching service waits. Seconds."""

    look_every_seconds: float = Field(default=5.0, gt=0, le=600, description="Look into the inbox at least this often")
    settle_seconds: float = Field(
        default=2.0, ge=0, le=600, description="A file has arrived when nothing about it changed for this long"
    )


class Config(_Strict):
    """The whole of config.yaml."""

    board: Board = Field(description="Whose audits these are, and what its letters say about itself")
    areas: Mapping[AreaLetter, Area] = Field(
        min_length=1, description="The areas, each under the letter that its case references begin with"
    )
    agencies: tuple[Agency, ...] = Field(min_length=1, description="The partner agencies")
    review_window_months: int = Field(default=12, ge=1, le=60, description="Source: 'within the last 12 months'")
    sessions_a_year: int = Field(default=2, ge=1, le=12, description="Source: 'Two audit sessions will take place'")
    deep_dives: int = Field(default=3, ge=0, description="Source: 'Three cases are selected for deep-dive work'")
    page_numbers: bool = Field(
        default=True, description="Page numbers in the report's contents, where LibreOffice is there to lay it out"
    )
    calendar: Calendar = Field(default=Calendar(), description="How long each step may take, in working days")
    concerns: Concerns = Field(default=Concerns(), description="How long each step of an urgent concern may take")
    quality: Quality = Field(default=Quality(), description="Thresholds of the checks")
    folders: Folders = Field(default=Folders(), description="Relative to this file, none inside another")
    store: Store = Field(default=Store(), description="The sealed store and the keys to it")
    retention: Retention = Field(default=Retention(), description="How long what is sealed is kept")
    watch: Watch = Field(default=Watch(), description="How the folder-watching service waits")

    @model_validator(mode="after")
    def _agencies_fit(self) -> Config:
        faults = _disagreements(
            [agency.code for agency in self.agencies], [agency.areas for agency in self.agencies], tuple(self.areas)
        )
        if faults:
            raise _KeysDisagree(faults)
        return self

    def agency(self, code: str) -> Agency | None:
        """The agency of this code, if there is one."""
        return next((agency for agency in self.agencies if agency.code == code), None)


_Loc = tuple[str | int, ...]


def _disagreements(
    codes: Sequence[str], areas_of: Sequence[Sequence[str]], areas: Sequence[str]
) -> tuple[tuple[_Loc, str], ...]:
    """What agencies' codes and areas get wrong together: the key to point at, and what is expected there."""
    faults: list[tuple[_Loc, str]] = []
    for position, code in enumerate(codes):
        where: _Loc = ("agencies", position, "code")
        if not is_agency_code(code):
            faults.append((where, "expected capitals, digits and hyphens such as CSC-H"))
        if codes.index(code) != position:
            faults.append((where, "expected a code that no other agency has"))
        faults += [
            (("agencies", position, "areas", number), f"expected one of {', '.join(areas)}")
            for number, area in enumerate(areas_of[position])
            if area not in areas
        ]
    return tuple(faults)


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
    node, values = _read(text, file)
    faults = [(key, f"{path}: expected once, found twice") for path, key in _repeated(node)]
    config = None
    try:
        config = Config.model_validate_json(json.dumps(values, default=str))
    except ValidationError as problem:
        errors = [error for error in problem.errors(include_url=False) if not _is_echo(error, values)]
        told = [told for error in errors for told in _told(error)]
        # pydantic asks how the keys fit together only when each is right by itself; people are told at once
        told += [fault for fault in _disagreements_in(values) if fault not in told]
        faults += [
            (_node_at(node, loc), f"{_key_path(loc)}: {expected}, found {_found(values, loc)}")
            for loc, expected in told
        ]
    if config is None or faults:
        faults.sort(key=lambda fault: (fault[0].start_mark.line, fault[0].start_mark.column))
        raise _refused([f"{file}:{_place(key)}: {fault}" for key, fault in faults])
    return config


def _read(text: str, file: str) -> tuple[yaml.MappingNode, dict[Any, Any]]:
    """The text as YAML's tree, which knows lines and columns, and as values."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if not isinstance(node, yaml.MappingNode):
                raise _refused([f"{file}:1:1: expected keys such as board, areas and agencies, found none"])
            _check_scalars(node, file, ())
            return node, loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        raise _refused([f"{place}: this is not YAML yet: {problem.problem or problem.context}"]) from None
    except yaml.YAMLError:
        raise _refused([f"{file}: this holds characters that YAML does not allow"]) from None


def _check_scalars(node: yaml.Node, file: str, above: tuple[int, ...]) -> None:
    """Refuse what refers to itself, and read what only looks like a date (2026-02-31) as text, to be told as such."""
    if id(node) in above:
        raise _refused([f"{file}:{_place(node)}: expected a value, found a reference to itself"])
    children: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        children = [child for pair in node.value for child in pair]
    elif isinstance(node, yaml.SequenceNode):
        children = node.value
    elif node.tag == "tag:yaml.org,2002:timestamp":
        try:
            yaml.constructor.SafeConstructor().construct_yaml_timestamp(node)
        except ValueError:
            node.tag = "tag:yaml.org,2002:str"
    for child in children:
        _check_scalars(child, file, (*above, id(node)))


def _disagreements_in(values: Any) -> tuple[tuple[_Loc, str], ...]:
    """``_disagreements`` of values as typed, of which some may be anything at all."""
    listed = values.get("agencies")
    agencies = [agency if isinstance(agency, dict) else {} for agency in listed] if isinstance(listed, list) else []
    areas = values.get("areas")
    areas_of = [agency.get("areas") for agency in agencies]
    letters = [str(letter) for letter in areas if re.fullmatch("[A-Z]", str(letter))] if isinstance(areas, dict) else []
    faults = _disagreements(
        [str(agency.get("code")) for agency in agencies],
        [given if isinstance(given, list) and letters else [] for given in areas_of],
        letters,
    )
    # what is no text is told as such, not as a wrong code
    return tuple((loc, expected) for loc, expected in faults if isinstance(_value_at(values, loc), str))


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 7) of config.yaml, for editors that complete and check while typing."""
    found = Config.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = found.pop("$defs")
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", **found, "definitions": definitions}
    return _refs_alone(whole)  # type: ignore[no-any-return]


def _refs_alone(part: Any) -> Any:
    """The same schema with nothing beside a $ref: draft 7 ignores what stands there."""
    if isinstance(part, list):
        return [_refs_alone(one) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {key: _refs_alone(value) for key, value in part.items()}
    if "$ref" in inner and len(inner) > 1:
        inner["allOf"] = [{"$ref": inner.pop("$ref")}]
    return inner


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


def _is_echo(error: Any, values: Any) -> bool:
    """Whether this only repeats another: a list counts as empty when each of its entries has a mistake."""
    return bool(error["type"] == "too_short" and _value_at(values, error["loc"]))


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
    "date_from_datetime_inexact": "expected a date such as 2026-04-01",
    "finite_number": "expected a number such as 0.5",
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
        return f"expected {words[kind]} {bound:g}"
    if kind == "too_short":
        return "expected at least one entry"
    return f"expected something else ({str(error['msg'])[:80].lower()})"


_OF_A_KEY = ("[key]",)  # how pydantic ends the place of a key that is itself wrong


def _found(values: Any, loc: _Loc) -> str:
    """What stands there. Configuration is the team's own text, so it may be shown, shortened."""
    value = loc[-2] if loc[-1:] == _OF_A_KEY else _value_at(values, loc)
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return ("a list" if value else "an empty list") if isinstance(value, list) else "keys"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{str(value)[:60]}'"


def _value_at(values: Any, loc: _Loc) -> Any:
    for part in loc:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _key_path(loc: tuple[str | int, ...]) -> str:
    loc = loc[:-1] if loc[-1:] == _OF_A_KEY else loc
    return " → ".join(str(part + 1) if isinstance(part, int) else part for part in loc) or "whole file"


def _place(node: yaml.Node) -> str:
    return f"{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def _node_at(node: yaml.Node, loc: tuple[str | int, ...]) -> yaml.Node:
    """The node that this key path points at, or the nearest one above it that exists."""
    for part in loc:
        found = None
        if isinstance(node, yaml.MappingNode):
            pairs = ((key, value) for key, value in reversed(node.value) if key.value == str(part))
            found = next((key if value.tag == "tag:yaml.org,2002:null" else value for key, value in pairs), None)
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
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                yield f"{path}{key.value}", key
            seen.add(key.value)
            yield from _repeated(value, f"{path}{key.value} → ")
