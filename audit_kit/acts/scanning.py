"""The second look: no file leaves with a registered name or number in it.

Every file is looked through as it will be sent, all its parts, before the decision that writes it is made. One that
holds a name is kept sealed instead; the rest of the decision goes on. An urgent notice always goes out.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": "Names of the subject
child / family members will be anonymised in all paperwork."
"""

from __future__ import annotations

import hashlib
import json
import pickle
from base64 import b64encode
from collections.abc import Iterator
from functools import cached_property

from audit_kit.acts.found_in_words import all_in_words
from audit_kit.acts.kept_words import kept_by_the_board
from audit_kit.acts.name_search import Found, NameSearch, Sought
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.session import AuditSession
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.office.mail_texts import mail_parts

_MOST_SEARCHES = 2  # sessions whose compiled register is kept: each takes ten megabytes and more
_MOST_NAMED = 5  # places that one sentence names


def look_over(
    kit: Kit, outputs: tuple[Output, ...], events: tuple[Event, ...]
) -> tuple[tuple[Output, ...], tuple[Event, ...]]:
    """The files that may leave, and an event for each that may not. What is held back is sealed in the store.

    A restricted file must be encrypted instead. An urgent notice is told of, and leaves all the same: a child may be
    at risk, and a name in a notice to those who know the child is the lesser harm.
    """
    leaving: list[Output] = []
    held: list[Event] = []
    families = _Families(kit)
    for output in outputs:
        urgent = output.is_urgent
        try:
            found = _found_in(families, output, events)
        except Exception as fault:  # whatever goes wrong with looking, it never stops an urgent notice
            if not urgent:
                raise
            kit.held_back.append(_not_looked_over(output, fault))
            found = ()
        if found:
            held.append(_told(kit, output, found, events, urgent=urgent))
        if urgent or not found:
            leaving.append(output)
        else:
            _quarantine(kit, output)
    return tuple(leaving), tuple(held)


def _found_in(families: _Families, output: Output, events: tuple[Event, ...]) -> tuple[Found, ...]:
    """What stands in one file against it."""
    name = output.path.rpartition("/")[2]
    if output.is_restricted and not name.endswith(".eml"):
        return () if _all_protected(output.data) else (_UNPROTECTED,)
    found: list[Found] = []
    for session in families.of(output, events):
        known = families.looked_ahead(session, name, output.data)
        found += (
            families.search(session).in_file(name, output.data, cases_of(session, name)) if known is None else known
        )
    if not output.is_restricted:
        return tuple(dict.fromkeys(found))
    attached = [part.content for part in mail_parts(output.data) if part.place.startswith("attachment")]
    if not _all_protected(*attached):
        return (_UNPROTECTED,)
    return tuple(dict.fromkeys(one for one in found if not one.unread))


def _all_protected(*contents: bytes) -> bool:
    from audit_kit.office.protect import is_protected

    return all(is_protected(content) for content in contents)


_UNPROTECTED = Found("", "", "", unread="it must be protected with a password and is not")


def note_looked_ahead(kit: Kit, session: AuditSession, name: str, data: bytes, found: tuple[Found, ...]) -> None:
    """Remember what a worker found in a file that is about to leave, so that it is not looked through again."""
    kit.looked_ahead[_this_file(session, name, data)] = (registers_as_of(kit, session), found)


def _this_file(session: AuditSession, name: str, data: bytes) -> tuple[str, str, bytes]:
    return session.ref, name, hashlib.sha256(data).digest()


class _Families:
    """Whose names one decision's files must not hold: the sessions that stand and their registers, read once for all."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._stamps: dict[str, tuple[object, ...]] = {}
        self._searches: dict[str, NameSearch] = {}

    @cached_property
    def _standing(self) -> tuple[AuditSession, ...]:
        return self._kit.sessions()

    def of(self, output: Output, events: tuple[Event, ...]) -> tuple[AuditSession, ...]:
        """The sessions whose families this file must not name: its own; every one that stands when it names none."""
        named = {session.ref for session in self._standing if session.ref in output.path}
        named = named or {event.session for event in events}
        return tuple(session for session in self._standing if session.ref in named) or self._standing

    def looked_ahead(self, session: AuditSession, name: str, data: bytes) -> tuple[Found, ...] | None:
        """What was found when this very file was looked through ahead, against the registers as they are."""
        if not self._kit.looked_ahead:
            return None
        as_of, found = self._kit.looked_ahead.pop(_this_file(session, name, data), (None, None))
        return found if as_of == self._as_of(session) else None

    def search(self, session: AuditSession) -> NameSearch:
        """The session's registers, compiled. Opened and journalled once for each case while this process runs."""
        if session.ref not in self._searches:
            self._searches[session.ref] = _search(self._kit, session, self._as_of(session))
        return self._searches[session.ref]

    def _as_of(self, session: AuditSession) -> tuple[object, ...]:
        if session.ref not in self._stamps:
            self._stamps[session.ref] = registers_as_of(self._kit, session)
        return self._stamps[session.ref]


def _search(kit: Kit, session: AuditSession, stamp: tuple[object, ...]) -> NameSearch:
    known = kit.searches.get(session.ref)
    if known is None or known[0] != stamp:
        search = sought_in(kit, session).search()
        while len(kit.searches) >= _MOST_SEARCHES:
            del kit.searches[next(iter(kit.searches))]
        known = kit.searches[session.ref] = (stamp, search)
    return known[1]


def registers_as_of(kit: Kit, session: AuditSession) -> tuple[object, ...]:
    """What changes whenever one of the session's registers does."""
    return tuple(kit.vault.as_of(f"register/{session.ref}/{case.ref}") for case in session.cases)


def sought_in(kit: Kit, session: AuditSession) -> Sought:
    """Whom a session's files must not name. Its registers are opened, and journalled."""
    registers = registers_of(kit, session, "scan of what leaves")
    audits = (f"{session.ref}/{case.ref}/{code}" for case in session.cases for code in case.agencies)
    cases = (case.ref for case in session.cases)
    return Sought(registers, kept_by_the_board(kit), tuple(staff_of(kit, session)), (*audits, *cases))


class SoughtPacked:
    """Whom files of a session must not name, packed for workers; of one session at a time, as their papers come one after the other."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._packed: tuple[object, bytes] | None = None

    def in_files_of(self, session: AuditSession) -> bytes:
        """The session's. Its registers are opened again only when one has changed."""
        stamp = (session, registers_as_of(self._kit, session), kept_by_the_board(self._kit))
        if self._packed is None or self._packed[0] != stamp:
            self._packed = (stamp, pickle.dumps(sought_in(self._kit, session)))
        return self._packed[1]


def cases_of(session: AuditSession, name: str) -> frozenset[str]:
    """The cases of a session that a file is about, by the name that the kit gave it."""
    _, of_session, rest = name.partition(f"{session.ref}_")
    ref, underscore, _ = rest.partition("_")
    return frozenset((ref,)) if of_session and underscore and session.case(ref) else frozenset()


def registers_of(kit: Kit, session: AuditSession, why: str) -> tuple[CaseRegister, ...]:
    """Every register that the session still has: a case that was purged has none, and nothing to look for."""
    kept = set(kit.vault.names(f"register/{session.ref}"))
    cases = [case.ref for case in session.cases if f"register/{session.ref}/{case.ref}" in kept]
    return tuple(kit.register_of(session.ref, case, why) for case in cases)


def staff_of(kit: Kit, session: AuditSession) -> Iterator[str]:
    """Those whom letters and drafts address by name, and the agencies: no family's names, though alike in parts."""
    board = kit.config.board
    yield from (board.manager.name, board.manager.email, board.email, board.name)
    for agency in session.agencies:
        yield agency.name
        for lead in (agency.lead, agency.head):
            if lead is not None:
                yield from (lead.name, lead.email)


def _told(kit: Kit, output: Output, found: tuple[Found, ...], events: tuple[Event, ...], *, urgent: bool) -> Event:
    """Say it, and give the event for the journal."""
    digest = hashlib.sha256(output.data).hexdigest()
    kit.held_back.append(
        AuditKitError(
            f"This file was about to leave, and {all_in_words(found)}.",
            where=f"outbox/{output.path}",
            not_happened="It went out all the same, because it is urgent."
            if urgent
            else f"It was not written; the rest was. It is kept sealed in the store ({digest[:8]}).",
            next_step="Tell whoever receives it by telephone, and tell those who look after audit-kit."
            if urgent
            else "Write this paper by hand for now, and tell those who look after audit-kit.",
        )
    )
    codes = (
        ("output", digest[:16]),
        ("rules", " ".join(dict.fromkeys(one.rule.replace(" ", "-") or "not-looked-into" for one in found))),
        ("of", " ".join(dict.fromkeys(one.case for one in found if one.case))),
        ("left", "urgent" if urgent else "no"),
    )
    session = next((event.session for event in events if event.session), "")
    return kit.event(EventKind.HELD_BACK, session, codes=codes)


def _not_looked_over(output: Output, fault: Exception) -> AuditKitError:
    return AuditKitError(
        f"This file could not be looked over for names ({type(fault).__name__}).",
        where=f"outbox/{output.path}",
        not_happened="It went out all the same, because it is urgent.",
        next_step="Read it before it is sent, and tell those who look after audit-kit.",
    )


def _quarantine(kit: Kit, output: Output) -> None:
    """Keep the file sealed, under the fingerprint of what it is: again gives the same."""
    digest = hashlib.sha256(output.path.encode() + b"\0" + output.data).hexdigest()
    kept = [output.path, b64encode(output.data).decode()]
    kit.vault.put_bytes(f"quarantine/{digest[:32]}", json.dumps(kept).encode())
