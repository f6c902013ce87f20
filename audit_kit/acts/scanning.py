"""The second look: no file leaves with a registered name or number in it.

Every file is looked through as it will be sent, all its parts, before the decision that writes it is made. One that
holds a name is kept sealed instead; the rest of the decision goes on. An urgent notice always goes out.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": "Names of the subject
child / family members will be anonymised in all paperwork."
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from audit_kit.acts.case_names import keep_words, kept_by_the_board
from audit_kit.acts.name_search import Found, NameSearch, Sought, fingerprint
from audit_kit.acts.reasons import OPENING, require_reason
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.session import AuditSession
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit
from audit_kit.office.mail_texts import mail_parts
from audit_kit.office.package_texts import texts_of

_URGENT = "urgent/"
_MOST_SEARCHES = 6  # sessions whose compiled register is kept: memory stays flat
_MOST_NAMED = 5  # places that one sentence names


@dataclass(frozen=True)
class ScannedFile:
    """What was found in one file that a person asked about; nothing when it is clean."""

    found: tuple[Found, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each place, without the word that stands there: who of which cases may be meant."""
        places: dict[tuple[str, bool], dict[str, dict[str, None]]] = {}
        for one in self.found:
            whom = one.label.replace("[", "").replace("]", "") or one.rule
            places.setdefault((one.place, one.certain), {}).setdefault(one.case, {})[whom] = None
        unread = [_sentence(_line(one)) for one in self.found if one.unread]
        return (*unread, *(_place_line(*at, cases) for at, cases in places.items() if any(cases)))


# --- what the kit itself writes ---------------------------------------------------------------------------


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
        urgent = output.path.startswith(_URGENT)
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
    return Sought(registers, kept_by_the_board(kit), tuple(_staff(kit, session)), (*audits, *cases))


def cases_of(session: AuditSession, name: str) -> frozenset[str]:
    """The cases of a session that a file is about, by the name that the kit gave it."""
    return frozenset(case.ref for case in session.cases if f"{session.ref}_{case.ref}_" in name)


def registers_of(kit: Kit, session: AuditSession, why: str) -> tuple[CaseRegister, ...]:
    """Every register that the session still has: a case that was purged has none, and nothing to look for."""
    kept = set(kit.vault.names(f"register/{session.ref}"))
    cases = [case.ref for case in session.cases if f"register/{session.ref}/{case.ref}" in kept]
    return tuple(kit.register_of(session.ref, case, why) for case in cases)


def _staff(kit: Kit, session: AuditSession) -> Iterator[str]:
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
            f"This file was about to leave, and {_what(found)}.",
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


def _what(found: tuple[Found, ...]) -> str:
    """What stands where, in words, without the word itself."""
    lines = list(dict.fromkeys(_line(one) for one in found))
    more = f" and in {len(lines) - _MOST_NAMED} more places" if len(lines) > _MOST_NAMED else ""
    return "; ".join(lines[:_MOST_NAMED]) + more


def _line(one: Found) -> str:
    if one.unread:
        return f"{in_words(one.place)} could not be looked into: {one.unread}" if one.place else one.unread
    whose = f"of case {one.case}" if one.case else "of this session"
    # the label of a person ("Mother") helps to find the place; that of a number only repeats the rule
    label = f", {one.label}" if one.label and not one.label.startswith("[") else ""
    kind = "a registered name or number" if one.certain else "what may be a registered name"
    return f"{kind} {whose} ({one.rule}{label}) stands in {in_words(one.place) or 'its text'}"


def _place_line(place: str, certain: bool, cases: dict[str, dict[str, None]]) -> str:
    who = "; ".join(f"{case}: {', '.join(labels)}" for case, labels in cases.items() if case)
    kind = "a registered name or number" if certain else "what may be a registered name"
    return f"{_sentence(in_words(place) or 'its text')}: {kind} ({who})"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


#: parts of a package as people know them; what is not here is named as it is
_PARTS = (
    (re.compile(r"word/document\d*\.xml(?:, )?"), ""),
    (re.compile(r"word/(header|footer)\d*\.xml"), r"the \1"),
    (re.compile(r"word/(footnotes|endnotes)\.xml"), r"the \1"),
    (re.compile(r"(?:word|xl)/(?:comments|threadedComments)[^,]*"), "a comment"),
    (re.compile(r"docProps/[a-z]+\.xml"), "the file's properties"),
    (re.compile(r"xl/worksheets/sheet(\d+)\.xml"), r"sheet \1"),
    (re.compile(r"xl/sharedStrings\.xml"), "the workbook's texts"),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), r"slide \1"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), r"the notes of slide \1"),
    (re.compile(r"(?:word|xl|ppt)/charts/[^,]*"), "a chart"),
    (re.compile(r"(?:word|ppt)/embeddings/[^,]*"), "a chart's workbook"),
)


def in_words(place: str) -> str:
    """A place in a package as its reader knows it: "sheet 2, cell B4", "the notes of slide 3"."""
    for pattern, words in _PARTS:
        place = pattern.sub(words, place)
    return place.strip(", ")


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


# --- what a person asks about -----------------------------------------------------------------------------


def scan(kit: Kit, files: Iterable[Path], session_ref: str, reason: str) -> tuple[ScannedFile, ...]:
    """Look through files of the team's own for the families of one session; one result a file, in their order.

    Far forms are looked for as well (by ear, initials, names that are words): a person judges each place. It is
    journalled, with the reason sealed. UsageProblem for a missing reason or a file that can't be read.
    """
    session = kit.session(session_ref)
    require_reason(reason, OPENING, "Nothing was scanned.")
    contents = [(path.name, read_own_file(path, "Nothing was scanned.")) for path in files]
    search = NameSearch(registers_of(kit, session, "scan by hand"), keep_words(kit), _staff(kit, session))
    own = _own_texts(kit, session)
    scanned = tuple(ScannedFile(_under_headings(search.by_hand(name, data), data, own)) for name, data in contents)
    event = kit.event(
        EventKind.SCANNED, session.ref,
        codes=(("files", str(len(scanned))), ("with hits", str(sum(bool(one.found) for one in scanned)))),
        note=kit.vault.keep_note(reason),
    )  # fmt: skip
    kit.carry_out(f"scan:{session.ref}:{event.at.isoformat()}", [event])
    return scanned


def found_by_hand(kit: Kit, name: str, data: bytes, why: str) -> ScannedFile:
    """The same for one report and every session that stands: nobody can be asked for which one it is.

    What may be a name in the kit's own sentences ("his aunt") is nobody's: the author can't change them.
    """
    found: list[Found] = []
    for session in kit.sessions():
        own = _own_texts(kit, session)
        search = NameSearch(registers_of(kit, session, why), keep_words(kit), _staff(kit, session))
        found += _under_headings(search.by_hand(name, data, own), data, own)
    return ScannedFile(tuple(dict.fromkeys(found)))


def _under_headings(found: tuple[Found, ...], data: bytes, own: frozenset[str]) -> tuple[Found, ...]:
    """The same, with the heading above each paragraph where that is one of the kit's own: another may hold a name."""
    from audit_kit.office.word_places import headings_above

    above = headings_above(data) if found else {}
    told = {place: heading for place, heading in above.items() if fingerprint(heading) in own}
    return tuple(
        replace(one, place=f"{one.place} (under “{told[one.place]}”)") if one.place in told else one for one in found
    )


def _own_texts(kit: Kit, session: AuditSession) -> frozenset[str]:
    return frozenset(kit.vault.get(f"own-texts/{session.ref}", tuple[str, ...]) or ())


def remember_own_texts(kit: Kit, session: str, name: str, data: bytes) -> None:
    """Remember which sentences of a report are the kit's own, by their fingerprints: see ``found_by_hand``."""
    own = {fingerprint(placed.text) for placed in texts_of(name, data) if not placed.unread}
    kit.vault.put(f"own-texts/{session}", tuple(sorted(own)), tuple[str, ...])


def read_own_file(path: Path, not_happened: str) -> bytes:
    """A file that a person named on the command line. UsageProblem when it can't be read; its name isn't repeated."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UsageProblem(
            f"A file you named can't be read ({problem.strerror or 'no reason given'}).",
            not_happened=not_happened,
            next_step="Check that it is there, that it is a file and that it isn't open in another program.",
        ) from None
