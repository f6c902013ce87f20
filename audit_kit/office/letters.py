"""The six letters and notes of an audit session as Word files, from the team's own templates.

Each is one template and one model of ``domain.letters``: what a template prints is exactly the model's fields,
so a template that forgets one is at fault as much as one that asks for more (``faults``).

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach" and "Confidentiality and consent".
"""

from __future__ import annotations

import io
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import nodes

from audit_kit.domain.letters import (
    AcceptanceReceipt,
    EscalationNotice,
    IdentitySlip,
    NotificationLetter,
    SendBackLetter,
    SetAsideNote,
)
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError
from audit_kit.office.document import environment, fields_of, nearest, opened, render, roots, where
from audit_kit.office.word_package import Properties

#: dates that somebody must meet: written with their weekday, so that they are read as a day at work
_TO_MEET = ("involvement_due", "due", "destroy_after")
_UNDATED = date(2000, 1, 1)  # a slip says when to destroy it, not when it was written; its file must say something
_EXAMPLE_DAY = date(2026, 3, 13)


@dataclass(frozen=True)
class Letter:
    """One kind of letter: the model that fills it and how messages call it."""

    model: type
    makes: str  # "notification letter"


#: template file → what fills it
TEMPLATES: Mapping[str, Letter] = MappingProxyType(
    {
        "notification_letter.docx": Letter(NotificationLetter, "notification letter"),
        "identity_slip.docx": Letter(IdentitySlip, "identity slip"),
        "send_back_letter.docx": Letter(SendBackLetter, "send-back letter"),
        "escalation_notice.docx": Letter(EscalationNotice, "escalation notice"),
        "set_aside_note.docx": Letter(SetAsideNote, "set-aside note"),
        "acceptance_receipt.docx": Letter(AcceptanceReceipt, "acceptance receipt"),
    }
)


def notification_letter(template: bytes, letter: NotificationLetter) -> bytes:
    """The letter that tells an agency which cases are audited and by when, without saying who the families are.

    AuditKitError when the template can't be filled in; nothing is written then. The same input gives the same
    bytes. Source: "The CHSCB Team will be responsible for notifying agencies of cases to be audited".
    """
    title = f"Notification of cases to be audited: {letter.session}"
    return _written("notification_letter.docx", template, letter, title, letter.head.board, letter.head.written_on)


def identity_slip(template: bytes, slip: IdentitySlip) -> bytes:
    """The slip that says who stands behind each case reference. It holds names: write it password-protected only.

    AuditKitError when the template can't be filled in. Source: "Names of the subject child / family members
    will be anonymised in all paperwork", so that they stand in this one file, apart from everything else.
    """
    return _written("identity_slip.docx", template, slip, f"Identity slip {slip.number}", slip.board, _UNDATED)


def send_back_letter(template: bytes, letter: SendBackLetter) -> bytes:
    """The letter that goes with an audit which is sent back: thanks, and everything that is asked, at once.

    AuditKitError when the template can't be filled in. Source: "the audits will be quality assured by the LSCB
    and returned if they are not sufficiently robust, or comprehensive".
    """
    title = f"Audit tool sent back: {letter.audit}"
    return _written("send_back_letter.docx", template, letter, title, letter.head.board, letter.head.written_on)


def escalation_notice(template: bytes, notice: EscalationNotice) -> bytes:
    """The notice of a concern, by reference only: to the head of the agency, or to the Board manager.

    AuditKitError when the template can't be filled in. Source: "this information is escalated to the respective
    agencies for a response and assurance".
    """
    title = f"URGENT: {notice.reference}"
    return _written("escalation_notice.docx", template, notice, title, notice.head.board, notice.head.written_on)


def set_aside_note(template: bytes, note: SetAsideNote) -> bytes:
    """The note to the Board's team about a received file that a person must look at.

    AuditKitError when the template can't be filled in. Source: audits are "returned if they are not sufficiently
    robust, or comprehensive"; what can't even be read is neither, and is never returned unseen.
    """
    title = f"Set aside: file {note.item}"
    return _written("set_aside_note.docx", template, note, title, note.head.board, note.head.written_on)


def acceptance_receipt(template: bytes, receipt: AcceptanceReceipt) -> bytes:
    """The receipt that an agency keeps: its audit was accepted, and what remains its own to do.

    AuditKitError when the template can't be filled in. Source: "There is an expectation that single-agency
    audits are securely stored on file for future access."
    """
    title = f"Audit accepted: {receipt.audit}"
    return _written("acceptance_receipt.docx", template, receipt, title, receipt.head.board, receipt.head.written_on)


def _written(name: str, template: bytes, letter: object, title: str, board: str, written_on: date) -> bytes:
    context = {
        field: in_words(value) if field in _TO_MEET and isinstance(value, date) else value
        for field, value in fields_of(letter).items()
    }
    properties = Properties(title=title, author=board, written_on=written_on)
    return render(template, context, name=name, makes=TEMPLATES[name].makes, properties=properties)


# -- what a template may and must print -------------------------------------------------------------------


def fields_to_print(model: type) -> tuple[str, ...]:
    """Every field of a letter as its template asks for it, with those of its rows: "session", "cases.ref"."""
    found: list[str] = []
    for name, hint in typing.get_type_hints(model).items():
        of_rows = next((each for each in (hint, *typing.get_args(hint)) if is_dataclass(each)), None)
        found += [f"{name}.{inner}" for inner in fields_to_print(of_rows)] if isinstance(of_rows, type) else [name]
    return tuple(found)


def faults(name: str, template: bytes) -> tuple[str, ...]:
    """What is wrong with one of the templates, a sentence each; empty when it can be used.

    A field that the template never prints is a fault too: a letter without its due date looks right, and
    isn't. A file that will not open, or whose loops don't close, has that one fault.
    """
    model = TEMPLATES[name].model
    known = fields_to_print(model)
    inner = {path.rsplit(".", depth)[0] for path in known for depth in range(1, path.count(".") + 1)}
    try:
        asked = _asked_for(template)
    except Exception:  # python-docx, zipfile and jinja raise a dozen kinds; filling it in says which in plain words
        asked = frozenset(known)
    unknown = [_unknown(name, template, path, known) for path in sorted(asked - {*known, *inner})]
    try:
        _written(name, template, example_of(model), name, "", _EXAMPLE_DAY)
    except AuditKitError as problem:
        if not unknown:
            return (problem.what,)
    forgotten = [
        f"The template {name} never prints *{path}*: put {{{{ {path} }}}} where it belongs."
        for path in known
        if path not in asked
    ]
    return (*unknown, *forgotten)


def example_of(model: type) -> Any:
    """A letter with every field filled in, each text saying which field it is: to try and to preview a template."""
    values = {date: _EXAMPLE_DAY, bool: True, int: 2}
    hints = typing.get_type_hints(model)
    return model(**{field.name: _example(field.name, hints[field.name], values) for field in fields(model)})


def _example(name: str, hint: Any, values: Mapping[type, Any]) -> Any:
    if typing.get_origin(hint) is tuple:
        return (_example(name, typing.get_args(hint)[0], values),) * 2
    return example_of(hint) if is_dataclass(hint) else values.get(hint, f"[{name}]")


def _unknown(name: str, template: bytes, path: str, known: tuple[str, ...]) -> str:
    last = path.rsplit(".", 1)[-1]
    place = where(opened(template), last)
    near = nearest(last, tuple(each.rsplit(".", 1)[-1] for each in known))
    hint = f"; the nearest thing we have is *{near}*" if near else ""
    return f"The template {name} asks for *{path}*{f' in {place}' if place else ''}{hint}."


def _asked_for(template: bytes) -> frozenset[str]:
    """Every field that the template asks for, loops followed: ``case.ref`` in a loop over ``cases`` is "cases.ref"."""
    document = DocxTemplate(io.BytesIO(template))
    document.init_docx()
    sources = [document.patch_xml(document.xml_to_string(root)) for root in roots(document.docx)]
    parse = environment({}, []).parse
    return frozenset(path for source in sources for path in _paths(parse(source), {}))


def _paths(node: nodes.Node, scope: Mapping[str, str]) -> Iterator[str]:
    """The fields asked for in this part of a template. ``scope``: loop variable → field it loops over."""
    if isinstance(node, nodes.For):
        yield from _paths(node.iter, scope)
        target = node.target.name if isinstance(node.target, nodes.Name) else ""
        scope = {**scope, target: next(_paths(node.iter, scope), ""), "loop": ""}
        for child in (*node.body, *node.else_):
            yield from _paths(child, scope)
    elif path := _path(node, scope):
        yield path
    else:
        for child in node.iter_child_nodes():
            yield from _paths(child, scope)


def _path(node: nodes.Node, scope: Mapping[str, str]) -> str:
    """The dotted field that an expression names, "" when it names none."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr) and (whole := _path(node.node, scope)):
        return f"{whole}.{node.attr}"
    return ""
