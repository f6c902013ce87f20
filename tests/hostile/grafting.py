"""A small form like the real tool, taken apart and put together again with something grafted on."""

from __future__ import annotations

import datetime
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MICROSOFT = "http://schemas.microsoft.com/office"

SHEET = "xl/worksheets/sheet2.xml"  # the questions
SHEET_RELS = "xl/worksheets/_rels/sheet2.xml.rels"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
PACKAGE_RELS = "_rels/.rels"
TYPES = "[Content_Types].xml"
STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"
ANSWER = "Seen alone on 3 October, “quite settled” 😀 – tŷ, مرحبا"

Change = bytes | str | None | Callable[[bytes], bytes]


@cache
def a_form() -> bytes:
    """Five sheets (the last two hidden), 40 questions, a date, numbers, a formula; saved by openpyxl."""
    book = openpyxl.Workbook()
    start = book.active
    start.title = "Start"
    start["A1"], start["B1"] = "Case reference", "H3"
    start["A2"], start["B2"] = "Date of birth of the audit", datetime.date(2026, 10, 2)
    start["A3"], start["B3"] = "Seen at", datetime.datetime(2026, 10, 2, 14, 30)
    start["A4"], start["B4"] = "How many visits", 3
    start["A5"], start["B5"] = "Complete", True
    start["A6"], start["B6"] = "Answered", "=COUNTA(Questions!B1:B40)"
    questions = book.create_sheet("Questions")
    for number in range(1, 41):
        questions.cell(number, 1, f"Question {number}: was the child's voice heard?")
        questions.cell(number, 2, f"Answer {number}: {ANSWER}\nSecond line")
    drop_down = DataValidation(type="list", formula1='"Yes,No"')
    questions.add_data_validation(drop_down)
    drop_down.add("C1:C40")
    questions.merge_cells("D1:E1")
    book.create_sheet("Findings")["A1"] = "None"
    book.create_sheet("lists").sheet_state = "hidden"
    book["lists"]["A1"] = "Good"
    book.create_sheet("_kit").sheet_state = "veryHidden"
    book["_kit"]["A1"] = "2026-A2-NEG/H3/MPS"
    book.defined_names["audit_kit_form"] = DefinedName("audit_kit_form", attr_text='"tool"')
    book.custom_doc_props.append(StringProperty(name="audit_kit_form", value="tool"))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes | str], method: int = ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def graft(changes: Mapping[str, Change], onto: bytes | None = None) -> bytes:
    """The form with parts replaced, added (``bytes``), edited (a function) or taken away (None)."""
    parts = parts_of(onto or a_form())
    for name, change in changes.items():
        if change is None:
            parts.pop(name)
        elif callable(change):
            parts[name] = change(parts[name])
        else:
            parts[name] = change.encode() if isinstance(change, str) else change
    return packed(parts)


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    """An edit that must find what it replaces."""

    def edit(content: bytes) -> bytes:
        assert old.encode() in content, f"the form has no {old}"
        return content.replace(old.encode(), new.encode(), 1)

    return edit


def related(kind: str, target: str, mode: str = "", key: str = "rIdX") -> Callable[[bytes], bytes]:
    """An edit that adds a relationship to a .rels part."""
    mode = f' TargetMode="{mode}"' if mode else ""
    return swap("</Relationships>", f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/></Relationships>')


def relationships(kind: str, target: str, mode: str = "") -> bytes:
    """A .rels part with one relationship."""
    empty = f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'.encode()
    return related(kind, target, mode)(empty)


def sheet(cells: str, before: str = "", after: str = "") -> str:
    """A sheet part whose ``sheetData`` is ``cells``."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def cell(text: str, address: str = "A1") -> str:
    """A row with one inline text, as XML."""
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c></row>'


def with_sheet(cells: str, before: str = "", after: str = "", **others: Change) -> bytes:
    """The form with the cells of *Questions* replaced."""
    return graft({SHEET: sheet(cells, before, after), **others})


@dataclass
class Part:
    """One part of a container written by hand, so that each header can lie."""

    name: bytes
    content: bytes
    method: int = 8
    flags: int = 0
    packed: bytes | None = None
    packed_size: int | None = None
    size: int | None = None
    crc: int | None = None
    local_name: bytes | None = None
    local_size: int | None = None
    extra: bytes = b""
    central_extra: bytes = b""
    central_comment: bytes = b""
    disk: int = 0
    attributes: int = 0
    before: bytes = b""
    descriptor: bytes = b""
    streamed: bool = False
    shift: int = 0


def container(
    parts: list[Part],
    comment: bytes = b"",
    tail: bytes = b"",
    head: bytes = b"",
    after_directory: bytes = b"",
    count: int | None = None,
) -> bytes:
    """A zip of these parts, exactly as told."""
    body, directory = head, b""
    for part in parts:
        body += part.before
        offset = len(body) + part.shift
        content = part.packed if part.packed is not None else _deflated(part)
        size = len(part.content) if part.size is None else part.size
        crc = zlib.crc32(part.content) if part.crc is None else part.crc
        packed_size = len(content) if part.packed_size is None else part.packed_size
        figures = (crc, packed_size, size)
        flags = part.flags | (8 if part.streamed else 0)
        local = (
            (0, 0, 0) if part.streamed else (crc, packed_size, part.local_size if part.local_size is not None else size)
        )
        name = part.local_name or part.name
        body += struct.pack(
            "<4sHHHHHIIIHH", b"PK\x03\x04", 20, flags, part.method, 0, 33, *local, len(name), len(part.extra)
        )
        body += name + part.extra + content
        body += b"PK\x07\x08" + struct.pack("<III", *figures) if part.streamed else part.descriptor
        directory += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, flags, part.method, 0, 33, *figures,
            len(part.name), len(part.central_extra), len(part.central_comment), part.disk, 0, part.attributes, offset,
        ) + part.name + part.central_extra + part.central_comment  # fmt: skip
    directory += after_directory
    count = len(parts) if count is None else count
    last = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), len(comment))
    return body + directory + last + comment + tail


def _deflated(part: Part) -> bytes:
    if part.method != 8:
        return part.content
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(part.content) + packer.flush()


def hand_made(edit: Callable[[list[Part]], list[Part] | None] | None = None, **settings: object) -> bytes:
    """The form in a container written by hand, after ``edit`` has had its way with the parts."""
    parts = [Part(name.encode(), content) for name, content in parts_of(a_form()).items()]
    if edit is not None:
        parts = edit(parts) or parts
    return container(parts, **settings)  # type: ignore[arg-type]
