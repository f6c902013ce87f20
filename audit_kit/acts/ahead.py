"""Returns prepared ahead by workers: read into answers, names taken out, the copy for the reviewer written and looked through.

What each becomes depends on nothing but values, so it is the same whoever works it out. Of one case only one return is
prepared at a time, since the next may meet the people that this one names; should anything about the case have
changed all the same until it is judged, what was prepared is dropped. Deciding stays with the one process that
holds the journal.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from audit_kit.acts.case_names import CaseNames, name_voters, names_as_of, names_of, roster_kept
from audit_kit.acts.kept_words import kept_words
from audit_kit.acts.name_search import Found, search_of
from audit_kit.acts.papers import beside_cells, tool_cover, tool_of, tool_words
from audit_kit.acts.scanning import SoughtPacked, cases_of, note_looked_ahead
from audit_kit.acts.workers import NotDone, Workers
from audit_kit.domain.references import AuditRef
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.returns import AuditReturn, RosterEntry
from audit_kit.domain.session import AuditSession
from audit_kit.domain.tool import AuditTool
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.privacy.family_places import FamilyPlaces
from audit_kit.stages.anonymise import WithoutNames, roster_of, without_names
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.reading import Readings
    from audit_kit.office.tool_workbook import ToolCover, ToolWords

_AHEAD = 3  # returns a worker that are prepared before they are judged
_LOOKED_FOR = 100  # returns that are looked at for one whose case is free


@dataclass(frozen=True)
class _Given:
    """What a worker is given for one return. What many returns share comes packed, and is unpacked once."""

    reading: bytes
    tool: bytes
    words: ToolWords
    cover: ToolCover
    own: frozenset[tuple[str, str]]
    names: CaseNames
    others: tuple[RosterEntry, ...]  # whom the other agencies of the case have named
    sought: bytes
    file_name: str
    cases: frozenset[str]


@dataclass(frozen=True)
class Prepared:
    """A return as a worker gives it back. ``copy``: the copy for the reviewer, None when words in it are in doubt."""

    audit_return: AuditReturn
    without: WithoutNames
    copy: bytes | None
    found: tuple[Found, ...]  # names that stand in the copy all the same


@dataclass(frozen=True)
class _Begun:
    """What is being prepared, and from what."""

    audit: AuditRef
    tool: AuditTool
    as_of: tuple[object, ...]
    result: Future[Prepared]


class Ahead:
    """Keeps the workers busy with the returns that are judged next. Without workers nothing is prepared."""

    def __init__(self, kit: Kit, workers: Workers, readings: Readings, items: Iterable[Item]) -> None:
        self._kit, self._workers, self._readings = kit, workers, readings
        # name models stay loaded in one process, this one
        self._to_come = [item.sha for item in items] if workers.count and not name_voters(kit) else []
        self._begun: dict[str, _Begun] = {}
        self._busy: dict[str, tuple[str, str]] = {}  # content → its case, until it is judged
        self._sought = SoughtPacked(kit)

    def prepared(self, sha: str, tool: AuditTool) -> Prepared | None:
        """What a worker made of this return; None when there is nothing that can still be used."""
        self._begin()
        begun = self._begun.pop(sha, None)
        if begun is None or begun.tool != tool:
            return None
        try:
            prepared = begun.result.result()
        except NotDone:
            return None
        audit = begun.audit
        if begun.as_of != names_as_of(self._kit, audit.session, audit.case):
            return None
        if prepared.copy is not None:
            session = self._kit.session(audit.session)
            name = _file_name(audit, prepared.audit_return.round)
            note_looked_ahead(self._kit, session, name, prepared.copy, prepared.found)
        return prepared

    def done_with(self, sha: str) -> None:
        """Note that this content is judged: the next return of its case may be prepared."""
        self._begun.pop(sha, None)
        self._busy.pop(sha, None)
        self._kit.looked_ahead.clear()  # of a copy that was never written
        self._begin()

    def _begin(self) -> None:
        place = 0
        while len(self._begun) < _AHEAD * self._workers.count and place < min(len(self._to_come), _LOOKED_FOR):
            sha = self._to_come[place]
            audit = self._readings.audit_of(sha)
            if audit is not None and (audit.session, audit.case) in self._busy.values():
                place += 1
                continue
            del self._to_come[place]
            if audit is not None:
                self._prepare(sha, audit)

    def _prepare(self, sha: str, audit: AuditRef) -> None:
        kit, reading = self._kit, self._kit.vault.reading(sha)
        if reading is None or audit not in kit.progress(audit.session):
            return
        as_of = names_as_of(kit, audit.session, audit.case)
        try:
            session = kit.session(audit.session)
            tool = tool_of(kit, session, audit)
            given = self._given(session, audit, tool, sha, reading)
        except AuditKitError:
            return  # it is met again, and told, when the return is judged
        self._busy[sha] = (audit.session, audit.case)
        self._begun[sha] = _Begun(audit, tool, as_of, self._workers.begin(prepare_in_worker, given))

    def _given(self, session: AuditSession, audit: AuditRef, tool: AuditTool, sha: str, reading: bytes) -> _Given:
        kit, round_number = self._kit, self._readings.round_of(sha)
        name = _file_name(audit, round_number)
        return _Given(
            reading,
            _packed(tool),
            tool_words(kit, session, audit),
            tool_cover(kit, session, audit, round_number, session.dates.due),
            beside_cells(kit, session, audit, tool),
            names_of(kit, session.ref, audit.case, "anonymise"),
            tuple(one for one in roster_kept(kit, session.ref, audit.case) if one.agency != audit.agency),
            self._sought.in_files_of(session),
            name,
            cases_of(session, name),
        )


def in_turn(items: Iterable[Item], readings: Readings) -> list[tuple[int, Item]]:
    """The items with their numbers in the order in which they are judged.

    What is urgent comes first, then whatever is no return, since it may settle something about one; then returns, session
    by session and by turns of their cases: so the next return of a case comes when the one before is judged. Of one case
    that which came first goes first; of those that came in one look, by the agency's code: nobody knows which was first.
    """
    so_far: Counter[tuple[str, str]] = Counter()
    keys: dict[str, tuple[Any, ...]] = {}
    numbered = list(enumerate(items, start=1))
    for number, item in sorted(numbered, key=lambda one: (one[1].received, _agency_of(one[1], readings), one[0])):
        audit = readings.audit_of(item.sha)
        case = (audit.session, audit.case) if audit else ("", "")
        so_far[case] += 1
        urgent = readings.was_urgent(item.sha)
        keys[item.sha] = (not urgent, case[0], so_far[case] if audit else 0, case[1], number)
    return sorted(numbered, key=lambda one: keys[one[1].sha])


def _agency_of(item: Item, readings: Readings) -> str:
    audit = readings.audit_of(item.sha)
    return audit.agency if audit else ""


def _file_name(audit: AuditRef, round_number: int) -> str:
    return f"{audit.file_stem(round_number)}.xlsx"


@lru_cache(maxsize=48)
def _packed(value: object) -> bytes:
    return pickle.dumps(value)


# --- in a worker ------------------------------------------------------------------------------------------


def prepare_in_worker(given: _Given) -> Prepared:
    """One return, from what was read of it to the copy for the reviewer."""
    from audit_kit.acts.returns import read_return
    from audit_kit.office.reading_kept import from_bytes
    from audit_kit.office.tool_workbook import on_file_copy

    tool: AuditTool = _unpacked(given.tool)
    audit_return = read_return(from_bytes(given.reading), tool, given.cover.audit, given.cover.round, given.own, "")
    places = _places(given.names.register, given.names.kept)
    anonymiser = given.names.anonymiser((*given.others, *roster_of(audit_return, tool)), places=places)
    without = without_names(audit_return, tool, anonymiser)
    if without.doubts or audit_return.is_blank:
        return Prepared(audit_return, without, None, ())
    copy = on_file_copy(tool, given.words, given.cover, without.anonymised.answers)
    found = search_of(given.sought).in_file(given.file_name, copy, given.cases)
    return Prepared(audit_return, without, copy, found)


@lru_cache(maxsize=48)
def _unpacked(packed: bytes) -> Any:
    return pickle.loads(packed)  # noqa: S301 - packed by this kit's own process, and come through its own pipe


@lru_cache(maxsize=16)  # of a session's cases: their returns come by turns
def _places(register: CaseRegister, kept: tuple[str, ...]) -> FamilyPlaces:
    return FamilyPlaces.of(register, kept_words(kept))
