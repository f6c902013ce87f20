"""Take the names out of a document that has no form: minutes of a meeting, a letter.

Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": "Names of the subject
child / family members will be anonymised in all paperwork."
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.masked import Explained, explained
from audit_kit.domain.text_document import Block, Paragraph, Table, TextDocument
from audit_kit.privacy import CaseAnonymiser, Strangers
from audit_kit.stages.anonymise import doubts_in


@dataclass(frozen=True)
class DocumentWithoutNames:
    """The document as it may be read by others. While there are doubts it may not: they stand in it as typed."""

    document: TextDocument
    doubts: tuple[DoubtfulPhrase, ...]
    explained: tuple[Explained, ...]  # why each stretch was replaced
    strangers: Strangers
    unanswered: int = 0  # texts on which the name models gave no answer, and more is asked for it


def document_without_names(document: TextDocument, anonymiser: CaseAnonymiser) -> DocumentWithoutNames:
    """Every paragraph and cell anonymised, one after another; headings, lists and tables stay what they are."""
    doubts: list[DoubtfulPhrase] = []
    why: list[Explained] = []
    texts = list(_texts(document))
    found = iter(zip(texts, anonymiser.mask_all([text for text, _ in texts]), strict=True))

    def mask() -> str:
        (text, place), masked = next(found)
        why.extend(explained(place, masked))
        doubts.extend(doubts_in(text, "document", place, masked))
        return masked.text

    blocks: list[Block] = [
        replace(block, text=mask())
        if isinstance(block, Paragraph)
        else Table(tuple(tuple(mask() for _ in row) for row in block.rows))
        for block in document.blocks
    ]
    return DocumentWithoutNames(
        TextDocument(tuple(blocks), document.beside),
        tuple(doubts),
        tuple(why),
        anonymiser.strangers,
        anonymiser.unanswered,
    )


def _texts(document: TextDocument) -> Iterator[tuple[str, str]]:
    """Every paragraph and cell in its order, each with its place in words."""
    for number, block in enumerate(document.blocks, start=1):
        if isinstance(block, Paragraph):
            yield block.text, f"paragraph {number}"
            continue
        for r, row in enumerate(block.rows, 1):
            for c, cell in enumerate(row, 1):
                yield cell, f"table at {number}, row {r}, column {c}"
