"""The texts of the mail drafts, as they stand in the team's text file: read, checked and filled in.

A word in curly brackets is replaced by what it stands for, once: what an answer holds is never looked through again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from audit_kit.domain.mail_texts import MAIL_TEXTS, PARTS, WORDS, MailText
from audit_kit.errors import AuditKitError
from audit_kit.office.plain_template import text_of
from audit_kit.office.template_fault import TemplateFault

TEMPLATE = "mail_drafts.txt"
_NAME, _SUBJECT = re.compile(r"\[(.+)\]\s*"), "Subject:"
_WORD = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Draft:
    """A mail's subject and text, filled in. A part of another text has no subject."""

    subject: str
    text: str


@dataclass(frozen=True)
class _Entry:
    name: str
    line: int  # of its name, counted from 1
    subject: str | None
    body: str


def filled(template: bytes, name: str, words: Mapping[str, str]) -> Draft | None:
    """The text of this name with these words; None where something is wrong with it, which ``mail_text_faults`` says.

    An empty word takes the space before it along, and an empty paragraph is left out.
    """
    entry = _usable(template).get(name)
    if entry is None:
        return None
    return Draft(" ".join(_fill(entry.subject or "", words).split()), _fill(entry.body, words).strip("\n"))


def _fill(text: str, words: Mapping[str, str]) -> str:
    pieces: list[str] = []
    for paragraph in re.split(r"\n{2,}", text):
        said = re.sub(r" ?\{([^{}\n]*)\}", lambda found: _put(found, words), paragraph)
        if said.strip():
            pieces.append(said)
    return "\n\n".join(pieces)


def _put(found: re.Match[str], words: Mapping[str, str]) -> str:
    value = words[found[1].strip()]
    return f"{' ' if found[0].startswith(' ') else ''}{value}" if value else ""


@lru_cache(maxsize=8)
def _usable(template: bytes) -> Mapping[str, _Entry]:
    """The entries in which nothing is wrong."""
    entries = _entries(template)
    faulty = {fault.name for fault in mail_text_faults(template)}
    return {entry.name: entry for entry in entries if entry.name not in faulty}


def mail_text_faults(template: bytes) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with the texts, each with its line."""
    entries = _entries(template)
    found = [fault for entry in entries for fault in _faults_of(entry, entries)]
    there = {entry.name for entry in entries}
    found += [
        _fault(name, 0, f"[{name}] is missing. Until it is back, audit-kit's own text is used.")
        for name in MAIL_TEXTS if name not in there
    ]  # fmt: skip
    return tuple(found)


def refuse_faulty(template: bytes) -> None:
    """AuditKitError with everything that is wrong with the texts."""
    if faults := mail_text_faults(template):
        raise AuditKitError(
            "\n".join(fault.sentence for fault in faults),
            not_happened="No mail was shown.",
            next_step="Change it, save it, and run: audit-kit templates check.",
        )


def previewed(template: bytes) -> str:
    """Every mail with examples for its words, one below the other. Where a part may stand, it stands."""
    examples = {word: example for word, (_, example) in WORDS.items()}
    for word, part in PARTS.items():
        said = filled(template, part, examples)
        examples[word] = said.text if said else ""
    mails = []
    for name, text in MAIL_TEXTS.items():
        said = None if text.is_part else filled(template, name, examples)
        if said:
            mails.append(f"{'-' * 80}\n{name}: {text.when}\n\nSubject: {said.subject}\n\n{said.text}")
    return "\n\n".join(mails) + "\n"


def _faults_of(entry: _Entry, entries: tuple[_Entry, ...]) -> Iterator[TemplateFault]:
    known = MAIL_TEXTS.get(entry.name)
    if known is None:
        near = get_close_matches(entry.name, MAIL_TEXTS, 1)
        yield _fault(
            entry.name,
            entry.line,
            f"[{entry.name}] is the name of no text.{f' The nearest is [{near[0]}].' if near else ''}",
        )
        return
    if next(one for one in entries if one.name == entry.name) is not entry:
        yield _fault(entry.name, entry.line, f"[{entry.name}] stands there twice.")
    yield from _faults_in(entry, known)


def _faults_in(entry: _Entry, known: MailText) -> Iterator[TemplateFault]:
    if known.is_part and entry.subject is not None:
        yield _fault(entry.name, entry.line, f"[{entry.name}] is a part of another text and has no subject.")
    if not known.is_part and not (entry.subject or "").strip():
        yield _fault(entry.name, entry.line, f"[{entry.name}] has no line that begins with {_SUBJECT}.")
    if not entry.body.strip():
        yield _fault(entry.name, entry.line, f"[{entry.name}] says nothing.")
    text = f"{entry.subject or ''}\n{entry.body}"
    asked = [word.strip() for word in _WORD.findall(text)]
    for word in dict.fromkeys(asked):
        if word not in known.allowed:
            near = get_close_matches(word, known.allowed, 1)
            hint = f" The nearest there is: {{{near[0]}}}." if near else ""
            yield _fault(entry.name, entry.line, f"[{entry.name}] asks for {{{word}}}, which it can't fill in.{hint}")
    for word in known.needed:
        if word not in [found.strip() for found in _WORD.findall(entry.body)]:
            yield _fault(
                entry.name,
                entry.line,
                f"[{entry.name}] never prints {{{word}}}: a mail without it looks right, and isn't.",
            )
    if re.search(r"[{}]", _WORD.sub("", text)):
        yield _fault(entry.name, entry.line, f"[{entry.name}] has a curly bracket without its partner.")


def _fault(name: str, line: int, what: str) -> TemplateFault:
    where = f"line {line}" if line else ""
    place = f", {where}" if where else ""
    return TemplateFault(TEMPLATE, name, where, f"The template {TEMPLATE}{place}: {what}", stops=False)


@lru_cache(maxsize=8)
def _entries(template: bytes) -> tuple[_Entry, ...]:
    lines = text_of(template).splitlines()
    begins = [at for at, line in enumerate(lines) if _NAME.fullmatch(line)]
    return tuple(
        _entry(lines[first], first + 1, [line for line in lines[first + 1 : end] if not line.startswith("#")])
        for first, end in zip(begins, [*begins[1:], len(lines)], strict=True)
    )


def _entry(head: str, line: int, lines: list[str]) -> _Entry:
    name = " ".join(head.strip()[1:-1].split())
    text = "\n".join(each.rstrip() for each in lines).strip("\n")
    first, _, rest = text.partition("\n")
    if first.startswith(_SUBJECT):
        return _Entry(name, line, first.removeprefix(_SUBJECT).strip(), rest.strip("\n"))
    return _Entry(name, line, None, text)
