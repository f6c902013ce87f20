"""What people said in comments in an author's sections, and the same comments in the report written anew.

A paragraph only marks where a comment belongs; what it says stands in another part of the file. The kit's own are not
taken over: it says anew what is to be said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from lxml.etree import _Element

from audit_kit.office.word_contents import COMMENTS_BY

_MARKS = tuple(qn(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))


@dataclass(frozen=True)
class AuthorComment:
    """One comment: the number by which its place names it, who made it and when ("2026-12-01T09:30:00Z"), and its words."""

    number: str
    author: str
    initials: str
    made: str
    text: str


def comments_in(document: DocumentType, elements: Iterable[_Element]) -> tuple[AuthorComment, ...]:
    """The comments that people made on these paragraphs and tables of the document."""
    marked = {node.get(qn("w:id")) for element in elements for node in element.iter(qn("w:commentReference"))}
    return tuple(
        AuthorComment(
            str(one.comment_id), one.author, one.initials or "", one._comment_elm.get(qn("w:date")) or "", one.text
        )
        for one in document.comments
        if str(one.comment_id) in marked and one.author != COMMENTS_BY
    )


def put_comments(document: DocumentType, elements: Iterable[_Element], comments: Iterable[AuthorComment]) -> None:
    """Give the document these comments, and let the elements name them; marks of any other are taken away."""
    new = {one.number: _add(document, one) for one in comments}
    for node in [node for element in elements for node in element.iter(*_MARKS)]:
        number = new.get(node.get(qn("w:id")) or "")
        if number is None:
            node.getparent().remove(node)
        else:
            node.set(qn("w:id"), number)


def _add(document: DocumentType, comment: AuthorComment) -> str:
    made = document.part._comments_part.comments.add_comment(comment.text, comment.author, comment.initials)
    made._comment_elm.set(qn("w:date"), comment.made)
    return str(made.comment_id)
