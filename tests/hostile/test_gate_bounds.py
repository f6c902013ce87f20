"""Whatever the file is, the gate is done in a quarter of a second and 32 MiB: each file here fills its limits."""

import tracemalloc
import zlib

import pytest
from grafting import MAIN, SHEET, Part, a_form, container, graft, parts_of, related, sheet
from plain_walk import takes_at_most

from audit_kit.office import gate_known, gate_zip
from audit_kit.office import gate_limits as limits
from audit_kit.office.gate import Refused, inspect
from audit_kit.office.gate_package import is_xml

ROOM = 4_000  # what the form's other parts use of the elements
most = limits.ELEMENTS - ROOM
#: processor time, a quarter of a second on a machine of 2024; the slowest file takes 5.1 (in seconds: ``benchmarks/gate.py``)
PLAIN_WALKS = 8
MEMORY = 32 << 20


def grid(rows, columns, content):
    letters = [chr(65 + column) for column in range(columns)]
    return "".join(
        f'<row r="{row}">' + "".join(content.format(f"{letter}{row}") for letter in letters) + "</row>"
        for row in range(1, rows + 1)
    )


def other(xml):
    return {"customXml/item1.xml": xml}


def slow_to_inflate(size):
    """A packed stream of empty blocks, each with its own tables: the slowest bytes to inflate."""
    bits: list[int] = []

    def put(value, count):
        bits.extend(value >> index & 1 for index in range(count))

    for value, count in ((0, 1), (2, 2), (29, 5), (29, 5), (14, 4)):
        put(value, count)
    for symbol in (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1):
        put(symbol in (18, 1), 3)
    for symbol, run in ((0, 0), (1, 127), (1, 106), (0, 0), (1, 18), (0, 0), (1, 18)):
        put(symbol, 1)
        put(run, 7 if symbol else 0)
    put(1, 1)
    eight = sum(bit << index for index, bit in enumerate(bits * 8)).to_bytes(len(bits), "little")
    assert zlib.decompressobj(-15).decompress(eight * 9) == b""
    return eight * (size // len(eight))


def slow_part(name, size, content):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Part(name, content, packed=slow_to_inflate(size) + packer.compress(content) + packer.flush())


def form_with(*more):
    return container([*(Part(name.encode(), content) for name, content in parts_of(a_form()).items()), *more])


def everything_at_once(of_sheet):
    """This sheet, and beside it as many slow bytes as are inflated."""
    parts = [
        Part(name.encode(), content) for name, content in (parts_of(a_form()) | {SHEET: of_sheet.encode()}).items()
    ]
    used = sum(entry.packed for entry in gate_zip.entries(container(parts)) if is_xml(entry.name))
    pixels = bytes(limits.CHECKED_PICTURE_BYTES)
    xml = b"<a>" + b" " * limits.MIB + b"</a>"
    return container(
        [
            *parts,
            slow_part(b"customXml/item1.xml", limits.XML_PACKED_BYTES - used - 9_000, xml),
            slow_part(b"xl/media/image1.png", len(pixels) - 9_000, pixels),
        ]
    )


def scattered_cells():
    """As many cells as pass, none of which is like another."""
    columns = [first + second for first in "ABCDEFGHI" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"][:230]
    content = '<c r="{0}{1}" s="1" t="str"><v>é{1}</v></c>'
    rows = range(1, most // (2 * len(columns) + 1))
    return "".join(
        f'<row r="{row}">' + "".join(content.format(column, row) for column in columns) + "</row>" for row in rows
    )


def namespaces_behind_the_cells():
    """As many elements and attributes as pass, each with a namespace as long as passes."""
    behind = '<u:x u:a="" u:b=""/>' * (most - 1_000)
    whole = sheet("").replace("</sheetData>", "</sheetData>" + behind)
    return whole.replace("<worksheet", f'<worksheet xmlns:u="{"u" * (limits.NAMESPACE_CHARS - 1)}"', 1)


AT_THE_LIMIT = {
    "cells": graft({SHEET: sheet(grid(most // 25, 12, '<c r="{}"><v>1</v></c>'))}),
    "formatted cells": graft({SHEET: sheet(grid(most // 24, 20, '<c r="{}" s="1"/>'))}),
    "texts": graft({SHEET: sheet(grid(most // 45, 14, '<c r="{}" t="inlineStr"><is><t>a</t></is></c>'))}),
    "rows": graft({SHEET: sheet("".join(f'<row r="{row}"/>' for row in range(1, most)))}),
    "formulas": graft({SHEET: sheet(grid(999, 10, '<c r="{}"><f>1</f><v>1</v></c>'))}),
    "array formulas": graft(
        {SHEET: sheet(grid(2, 1, '<c r="{0}"><f t="array" ref="A1:CV49">1</f><v>1</v></c>'))}
    ),
    "shared texts": graft(
        {
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "<si><t>a</t></si>" * (most // 2 - 2_000) + "</sst>",
            "xl/_rels/workbook.xml.rels": related(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings", "sharedStrings.xml"
            ),
        }
    ),
    "elements nobody reads": graft(other("<a>" + "<b/>" * most + "</a>")),
    "names": graft(other("<a>" + "".join(f"<n{number}/>" for number in range(most)) + "</a>")),
    "attributes of one element": graft(other("<a " + " ".join(f'a{n}=""' for n in range(32_000)) + "/>")),
    "long attributes": graft(other("<a " + " ".join(f'{"a" * 30}{n}=""' for n in range(32_000)) + "/>")),
    "attributes of many elements": graft(other("<a>" + '<b a="" b="" c="" d=""/>' * (limits.ATTRIBUTES // 4 - 2_000) + "</a>")),
    "attributes beyond one element's": graft(other("<a " + " ".join(f'a{n}=""' for n in range(limits.ATTRIBUTES - 10_000)) + "/>")),
    "namespaces of one element": graft(
        other("<a " + " ".join(f'xmlns:a{n}="{"u" * (limits.NAMESPACE_CHARS - 9)}{n}"' for n in range(4_900)) + "/>")
    ),
    "a long namespace on every element": graft(other(f'<a xmlns="{"u" * limits.NAMESPACE_CHARS}">' + "<b/>" * most + "</a>")),
    "a long namespace on every attribute": graft(
        other(f'<a xmlns:u="{"u" * (limits.NAMESPACE_CHARS - 1)}">' + '<b u:a="" u:b=""/>' * most + "</a>")
    ),
    "one long attribute": graft(other(f'<a b="{"&#10;" * 600_000}"/>')),
    "one long text": graft(other(f'<a>{"&#10;" * 600_000}</a>')),
    "one long cell": graft({SHEET: sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"&amp;" * 600_000}</t></is></c></row>')}),
    "one long comment": graft(other(f'<a><!--{"- " * 1_500_000}--></a>')),
    "pictures": graft({f"xl/media/image{n}.png": bytes(5 << 20) for n in range(3)}),
    "slow pictures": form_with(
        *(slow_part(b"xl/media/image%d.png" % n, (1 << 20) - 9_000, bytes(1 << 20)) for n in range(6))
    ),
    "slow XML": form_with(slow_part(b"customXml/item1.xml", limits.XML_PACKED_BYTES - 70_000, b"<a>" + b" " * 720_000 + b"</a>")),
    "noise of the largest size": b"PK\x03\x04" + bytes(range(256)) * (limits.FILE_BYTES // 256),
    "cells and slow bytes": everything_at_once(sheet(grid(most // 25, 12, '<c r="{}" s="1" t="n"><v>1.5</v></c>'))),
    "everything at once": everything_at_once(sheet(scattered_cells())),
    "long namespaces in a sheet, and slow bytes": everything_at_once(namespaces_behind_the_cells()),
}  # fmt: skip


def outcome(data):
    try:
        return inspect(data)
    except Refused as refusal:
        return refusal


def looked_at_anew(data):
    gate_known.forget()
    return outcome(data)


@pytest.mark.parametrize("data", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_the_gate_is_quick_and_small_for_any_file(data):
    assert len(data) <= limits.FILE_BYTES + 9_000
    assert takes_at_most(PLAIN_WALKS, lambda: looked_at_anew(data))
    gate_known.forget()
    tracemalloc.start()
    outcome(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEMORY


@pytest.mark.parametrize(
    "key",
    [
        *("cells", "formatted cells", "texts", "shared texts", "pictures"),
        *("cells and slow bytes", "everything at once", "long namespaces in a sheet, and slow bytes"),
    ],
)
def test_these_files_do_reach_their_limits_and_pass(key):
    assert not isinstance(outcome(AT_THE_LIMIT[key]), Refused)


def test_a_file_beyond_the_largest_size_is_refused_before_anything_is_unpacked():
    assert outcome(form_with(Part(b"xl/media/image1.png", bytes(9 << 20), method=0))).rule == "file too large"
