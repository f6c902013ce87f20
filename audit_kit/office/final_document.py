"""The final version of a Word draft: its author's file, with only what makes it a draft taken away.

It is not written again, so every word that an author or the committee put anywhere in it stays. What makes it a
draft is learnt by comparing two renderings of the same content, one with the status and one without: the
template alone says what a draft says.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": the QA Sub Committee confirms "the lessons and
actions required"; what it confirmed is the document that lay before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml.etree import _Element

from audit_kit.errors import AuditKitError
from audit_kit.office.author_sections import remove_empty_sections
from audit_kit.office.document import roots, text_of
from audit_kit.office.word_contents import COMMENTS_BY, fill_contents
from audit_kit.office.word_package import Properties, opened, saved

_CHANGES = tuple(
    qn(f"w:{name}")
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "pPrChange", "rPrChange", "tblPrChange", "trPrChange",
        "tcPrChange", "sectPrChange",
    )
)  # fmt: skip
_IN_COMMENTS = tuple(qn(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd"))
_SHORTEST_PIECE = 4  # what a draft says more than a final version; shorter could stand anywhere


@dataclass(frozen=True)
class Final:
    """The final file, and the titles of the author's sections that were left empty and so left out."""

    data: bytes
    left_out: tuple[str, ...]


def final_version(draft: bytes, as_draft: bytes, as_final: bytes, properties: Properties, *, name: str) -> Final:
    """The draft without status, without the kit's comments and without sections in which nobody wrote.

    ``as_draft`` and ``as_final`` are renderings of the same content with the status and without; ``name`` is how
    messages call it ("report"). AuditKitError when people's comments or tracked changes are still in it, or when
    its status stands where it can't be taken away: a final version shows nobody's second thoughts.
    """
    document = opened(draft)
    _require_settled(document, name)
    _drop_comments(document)
    left_out = remove_empty_sections(document)
    models = opened(as_draft), opened(as_final)
    # another program may have taken the controls away and left their prompts
    remove_empty_sections(models[1])
    for mine, old, new in zip(roots(document), roots(models[0]), roots(models[1]), strict=False):
        _follow(mine, _differences(old, new))
    _remove_empty_rows(document)
    fill_contents(document)
    _require_no_status(document, models[0].core_properties.content_status, name)
    return Final(saved(document, properties), left_out)


def _require_settled(document: DocumentType, name: str) -> None:
    theirs = sum(comment.author != COMMENTS_BY for comment in document.comments)
    changes = sum(1 for root in roots(document) for _ in root.iter(*_CHANGES))
    found = [
        f"{number} {what}{'' if number == 1 else 's'}"
        for number, what in ((theirs, "comment by people"), (changes, "tracked change"))
        if number
    ]
    if found:
        raise AuditKitError(
            f"The draft of the {name} still holds {' and '.join(found)}.",
            not_happened="Nothing was signed off.",
            next_step="In Word, accept or reject the changes and delete the comments, save, and sign off again.",
        )


def _require_no_status(document: DocumentType, status: str, name: str) -> None:
    outside = [text_of(root) for root in list(roots(document))[1:]]
    if status and any(status in text.split() for text in outside):
        raise AuditKitError(
            f"The header or footer of the {name} says {status} in a way of its own.",
            not_happened="Nothing was signed off.",
            next_step="Take the word out of header and footer in Word, save, and sign off again.",
        )


def _drop_comments(document: DocumentType) -> None:
    """Take all comments away: after ``_require_settled`` they are the kit's own, and the parts that only they need."""
    for node in list(document.element.iter(*_IN_COMMENTS)):
        node.getparent().remove(node)
    for node in list(document.element.iter(qn("w:commentReference"))):
        run = node.getparent()
        run.getparent().remove(run)
    for key, rel in list(document.part.rels.items()):
        if rel.reltype == RT.COMMENTS or "/comments" in rel.reltype or rel.reltype.endswith("/people"):
            del document.part.rels[key]


@dataclass(frozen=True)
class _Differences:
    """What to do with paragraphs that a draft has, by their text."""

    becomes: dict[str, _Element | None]  # None takes it away
    followed_by: dict[str, list[_Element]]  # what only a final version says after it
    pieces: tuple[tuple[str, str], ...]  # what in a line a draft says → what a final version says there


def _differences(old: _Element, new: _Element) -> _Differences:
    before, after = list(old.iter(qn("w:p"))), list(new.iter(qn("w:p")))
    texts_before, texts_after = [_said(p) for p in before], [_said(p) for p in after]
    becomes: dict[str, _Element | None] = {}
    followed_by: dict[str, list[_Element]] = {}
    pieces: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, texts_before, texts_after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        pairs, only_new = _paired(texts_before[a:b], after[c:d])
        for text, model in pairs:
            becomes[text] = model
            if model is not None:
                pieces.append(_piece(text, _said(model)))
        if only_new and a:
            followed_by.setdefault(texts_before[a - 1], []).extend(only_new)
    told = tuple(pair for pair in pieces if len(pair[0].strip()) >= _SHORTEST_PIECE)
    return _Differences(becomes, followed_by, told)


def _paired(texts: list[str], models: list[_Element]) -> tuple[list[tuple[str, _Element | None]], list[_Element]]:
    """Each text with what it becomes: in order where there are as many, else what is nearest; and what is only new."""
    if len(texts) == len(models):
        return list(zip(texts, models, strict=True)), []
    free = {_said(model): model for model in models}
    pairs: list[tuple[str, _Element | None]] = []
    for text in texts:
        near = get_close_matches(text, list(free), 1)
        pairs.append((text, free.pop(near[0]) if near else None))
    return pairs, list(free.values())


def _said(paragraph: _Element) -> str:
    """What a paragraph says; a page break in it, where another program puts one, says nothing."""
    return text_of(paragraph).strip()


def _piece(before: str, after: str) -> tuple[str, str]:
    """The middle in which two lines differ."""
    most = min(len(before), len(after))
    start = next((n for n in range(most) if before[n] != after[n]), most)
    end = next((n for n in range(most - start) if before[-1 - n] != after[-1 - n]), most - start)
    return before[start : len(before) - end], after[start : len(after) - end]


def _follow(root: _Element, differences: _Differences) -> None:
    """Do to this text what tells a final version from a draft, also where an author changed the line around it."""
    for paragraph in list(root.iter(qn("w:p"))):
        text = _said(paragraph)
        if not text:
            continue
        for model in reversed(differences.followed_by.get(text, [])):
            paragraph.addnext(deepcopy(model))
        if text in differences.becomes:
            _put(paragraph, differences.becomes[text])
            continue
        for before, after in differences.pieces:
            if before in text:
                _replace_piece(paragraph, before, after)
                break


def _put(paragraph: _Element, model: _Element | None) -> None:
    """Let the paragraph say what the model says; without one it goes, unless a cell or a section rests on it."""
    breaks = [each for each in paragraph.iter(qn("w:br")) if each.get(qn("w:type")) == "page"]
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
    if breaks and model is None:  # the next page begins here all the same
        paragraph.append(parse_xml(f'<w:r {nsdecls("w")}><w:br w:type="page"/></w:r>'))
        return
    if model is not None:
        paragraph.extend(deepcopy(child) for child in model if child.tag != qn("w:pPr"))
    elif paragraph.getparent().tag != qn("w:tc") and paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        paragraph.getparent().remove(paragraph)


def _replace_piece(paragraph: _Element, before: str, after: str) -> None:
    """Replace the piece across the runs that hold it; what it becomes takes the look of its first run."""
    nodes = list(paragraph.iter(qn("w:t")))
    whole = "".join(node.text or "" for node in nodes)
    start = whole.find(before)
    if start < 0:  # a tab or a line break lies inside it
        return
    end, at, said = start + len(before), 0, after
    for node in nodes:
        text = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first < last:
            node.text, said = text[:first] + said + text[last:], ""
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _remove_empty_rows(document: DocumentType) -> None:
    """Rows of which only the frame is left: what the draft asked the committee."""
    for row in list(document.element.body.iter(qn("w:tr"))):
        if not any(_shown(row)) and row.getparent().tag == qn("w:tbl") and len(row.getparent().findall(qn("w:tr"))) > 1:
            row.getparent().remove(row)


def _shown(row: _Element) -> Iterator[bool]:
    yield bool(text_of(row).strip())
    yield from (True for _ in row.iter(qn("w:drawing")))
