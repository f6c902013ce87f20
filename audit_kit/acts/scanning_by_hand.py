"""Files that a person asks about, and reports that come back: looked through for registered names, far forms too.

A person judges each place; it is told without the word that stands there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from audit_kit.acts.found_in_words import as_sentence, line_of, place_line
from audit_kit.acts.kept_words import keep_words
from audit_kit.acts.name_search import Found, NameSearch, fingerprint
from audit_kit.acts.reasons import OPENING, require_reason
from audit_kit.acts.scanning import registers_of, staff_of
from audit_kit.domain.progress import EventKind
from audit_kit.domain.session import AuditSession
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit
from audit_kit.office.package_texts import texts_of


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
        unread = [as_sentence(line_of(one)) for one in self.found if one.unread]
        return (*unread, *(place_line(*at, cases) for at, cases in places.items() if any(cases)))


def scan(kit: Kit, files: Iterable[Path], session_ref: str, reason: str) -> tuple[ScannedFile, ...]:
    """Look through files of the team's own for the families of one session; one result a file, in their order.

    Far forms are looked for as well (by ear, initials, names that are words): a person judges each place. It is
    journalled, with the reason sealed. UsageProblem for a missing reason or a file that can't be read.
    """
    session = kit.session(session_ref)
    require_reason(reason, OPENING, "Nothing was scanned.")
    contents = [(path.name, read_own_file(path, "Nothing was scanned.")) for path in files]
    search = NameSearch(registers_of(kit, session, "scan by hand"), keep_words(kit), staff_of(kit, session))
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
        search = NameSearch(registers_of(kit, session, why), keep_words(kit), staff_of(kit, session))
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
