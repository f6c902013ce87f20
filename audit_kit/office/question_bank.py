"""The question bank as the team keeps it: a workbook with one sheet a theme, read into values.

The workbook in the templates folder is the only source; nothing here holds a question. Columns are found by
their headings, so their order doesn't matter.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "key lines of enquiry agreed by the Board".
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

import python_calamine

from audit_kit.domain import scales
from audit_kit.domain.question_bank import Kloe, QuestionBank, Theme
from audit_kit.domain.references import is_agency_code
from audit_kit.errors import HeldUp
from audit_kit.office.hidden_cells import Hidden, hidden_in
from audit_kit.office.template_fault import TemplateFault, cell_address

FILE, INDEX = "question_bank.xlsx", "Themes"
LONGEST_QUESTION = 255  # shown while a cell is chosen; Excel's limit for such a message
LONGEST_TITLE = 120  # beside its question, in a column of some 30 characters
LONGEST_GUIDANCE = {"Prompts": 1_500, **dict.fromkeys(scales.JUDGED, 600)}  # what Excel's highest row shows on Guidance
_INDEX_COLUMNS = ("Name", "Code", "Title", "Version", "Sheet")
_WORDING = ("Ref", "Title", "Question", "Prompts")
_ASKED_OF = "Asked of"
_KLOE_COLUMNS = (*_WORDING, *scales.JUDGED, _ASKED_OF)
_REF = re.compile(r"[A-Z]{1,3}[1-9]\d{0,2}")
_CODE = re.compile(r"[A-Z]{2,6}")
_CURLY = re.compile(r"\{[^{}\n]*\}")
_BANK = "The question bank"
_HIDDEN_SHEET = (
    "this sheet is hidden, and {} all the same. Show it (right click on any tab, Unhide), or delete the theme's row."
)
_HIDDEN_ROW = "this row is hidden, and {} all the same. Take off the filter or show the row (Unhide); or delete it."
_HIDDEN_COLUMN = "the column {} is hidden, and what stands in it counts all the same. Show it (Unhide)."
_NO_LOOK = (
    "whether something is hidden can't be told, for it is no .xlsx inside. Open it in Excel and save it as .xlsx."
)
_NOT_TAKEN = (
    "no row of the sheet Themes names this sheet, so that nothing on it is asked. Add a row there; or delete the sheet, "
    "or hide it if it is put by for later."
)


@dataclass(frozen=True)
class _Row:
    """One row of a sheet: heading → text, "" where the cell is empty."""

    sheet: str
    number: int
    texts: dict[str, str]
    columns: dict[str, int]  # heading → column, counted from 0

    def __getitem__(self, heading: str) -> str:
        return self.texts.get(heading, "")

    def lacks(self, heading: str) -> bool:
        """Whether the column is there and this row has nothing in it. A missing column is said once."""
        return heading in self.texts and not self.texts[heading]

    def at(self, heading: str, what: str) -> TemplateFault:
        cell = cell_address(self.number, self.columns.get(heading, 0) + 1)
        return _fault(f"{self.sheet}!{cell}", f"sheet {self.sheet}, row {self.number}, column {heading}: {what}")


def _fault(where: str, sentence: str) -> TemplateFault:
    return TemplateFault(FILE, "", where, sentence, True)


def read_question_bank(data: bytes) -> QuestionBank:
    """The themes with their KLOEs, from the bank's workbook.

    Raises HeldUp that lists everything that is wrong at once, each with its sheet, row and column. A
    bank with one fault is not used at all: a question left out would not be missed until the report.
    """
    themes, faults = _read(data)
    if faults:
        raise _refused([fault.sentence for fault in faults])
    return QuestionBank(tuple(_theme(row, rows) for row, rows in themes))


def question_bank_faults(data: bytes) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with the bank's workbook; empty when it can be used. HeldUp when it won't open."""
    return tuple(_read(data)[1])


@dataclass(frozen=True)
class Known:
    """What a configuration knows and the bank may speak of: agencies' codes, variants of the tool, words in brackets."""

    agencies: tuple[str, ...]
    tools: tuple[str, ...]
    words: tuple[str, ...]


def words_unknown_to(data: bytes, known: Known) -> tuple[TemplateFault, ...]:
    """What the bank asks of agencies and says by words that the configuration lacks: nobody would be asked, or read it."""
    return tuple(fault for _, rows in _read(data)[0] for row in rows for fault in _unknown_in(row, known))


def _unknown_in(row: _Row, known: Known) -> Iterator[TemplateFault]:
    for what, asked, there in (
        ("agency", _codes(row), known.agencies),
        ("variant of the tool", _tools(row), known.tools),
    ):
        for one in asked:
            if one not in there:
                sentence = (
                    f"config.yaml has no {what} {one}{_nearest(one, there)}, so that nobody is asked because of it."
                )
                yield replace(row.at(_ASKED_OF, sentence), stops=False)
    for heading, text in row.texts.items():
        for word in _CURLY.findall(text):
            if word[1:-1] not in known.words:
                yield row.at(heading, f"it asks for {word}, which there is not{_nearest(word[1:-1], known.words)}.")


def seen_otherwise(data: bytes) -> tuple[TemplateFault, ...]:
    """What is asked though nobody sees it, and what is seen and asked of nobody. HeldUp when the bank won't open.

    None of it stops a plan: a hidden sheet that no theme takes is one that was put by, and isn't told.
    """
    hidden, themes = hidden_in(data), _read(data)[0]
    if hidden is None:
        return (replace(_fault("", _NO_LOOK), stops=False),)
    taken = {INDEX, *(theme["Sheet"] for theme, _ in themes)}
    beside = [
        name
        for name, rows in _sheets_of(data).items()
        if name not in taken | hidden.sheets and _header_row(rows, _KLOE_COLUMNS) is not None
    ]
    told = [
        *([_fault("", f"sheet {INDEX}: {_HIDDEN_SHEET.format('its themes can be chosen')}")] if INDEX in hidden.sheets else ()),
        *_hidden_rows([theme for theme, _ in themes], hidden, "its theme can be chosen"),
        *(theme.at("Sheet", _HIDDEN_SHEET.format("its questions are asked")) for theme, _ in themes if theme["Sheet"] in hidden.sheets),
        *(fault for _, rows in themes for fault in _hidden_rows(rows, hidden, "its question is asked")),
        *_hidden_columns([theme for theme, _ in themes[:1]], hidden),
        *(fault for _, rows in themes for fault in _hidden_columns(rows[:1], hidden)),
        *(_fault(name, f"sheet {name}: {_NOT_TAKEN}") for name in beside),
    ]  # fmt: skip
    return tuple(replace(fault, stops=False) for fault in told)


def _hidden_rows(rows: Iterable[_Row], hidden: Hidden, what: str) -> Iterator[TemplateFault]:
    """Noted at the top of the sheet: a note on a hidden row would be hidden too."""
    for row in rows:
        if row.sheet not in hidden.sheets and row.number in hidden.rows.get(row.sheet, ()):
            yield _fault(row.sheet, f"sheet {row.sheet}, row {row.number}: {_HIDDEN_ROW.format(what)}")


def _hidden_columns(first: Iterable[_Row], hidden: Hidden) -> Iterator[TemplateFault]:
    """``first``: one row of each sheet, as all of a sheet have the same columns. Noted at the top, as hidden rows are."""
    for row in first:
        for heading, at in row.columns.items():
            if row.sheet not in hidden.sheets and at + 1 in hidden.columns.get(row.sheet, ()):
                yield _fault(row.sheet, f"sheet {row.sheet}: {_HIDDEN_COLUMN.format(heading)}")


def _nearest(word: str, there: tuple[str, ...]) -> str:
    near = next(iter(difflib.get_close_matches(word, there, 1, 0.5)), "")
    return f" (the nearest one there is {near})" if near else ""


def _read(data: bytes) -> tuple[list[tuple[_Row, tuple[_Row, ...]]], list[TemplateFault]]:
    """The themes' rows, each with those of its own sheet, and all faults."""
    sheets = _sheets_of(data)
    faults: list[TemplateFault] = []
    index = _table(sheets, INDEX, _INDEX_COLUMNS, faults)
    faults += _index_faults(index)
    themes = []
    for row in index:
        if row["Sheet"] and row["Sheet"] not in sheets:
            faults.append(row.at("Sheet", "there is no sheet of this name."))
        elif row["Sheet"]:
            rows = _table(sheets, row["Sheet"], _KLOE_COLUMNS, faults)
            faults += [fault for kloe in rows for fault in _kloe_faults(kloe)]
            themes.append((row, rows))
    faults += _repeated([kloe for _, rows in themes for kloe in rows], "Ref")
    faults += [row.at("Sheet", "this sheet has no questions.") for row, rows in themes if not rows and not faults]
    return themes, faults


def _sheets_of(data: bytes) -> dict[str, list[list[str]]]:
    try:
        book = python_calamine.load_workbook(BytesIO(data))
        return {
            name: [
                [_text(value) for value in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
        }
    # calamine has an error class for every kind of damage, and panics on some files
    except Exception:
        raise HeldUp(
            f"{_BANK} will not open as an Excel workbook.",
            not_happened="No questions were read.",
            next_step="Open it in Excel, save it as .xlsx without a password, and try again.",
        ) from None


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return value.strftime("%d %b %Y")
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _table(
    sheets: dict[str, list[list[str]]], name: str, headings: tuple[str, ...], faults: list[TemplateFault]
) -> tuple[_Row, ...]:
    """The rows below the header row of a sheet; what is wrong with the sheet itself goes to ``faults``."""
    rows = sheets.get(name)
    if rows is None:
        faults.append(_fault("", f"sheet {name}: this sheet is missing."))
        return ()
    header = _header_row(rows, headings)
    if header is None:
        faults.append(_fault(name, f"sheet {name}: no row begins with the heading {headings[0]}."))
        return ()
    columns = _columns(name, header, rows[header], headings, faults)
    numbered = (
        _Row(name, number, {heading: row[at] if at < len(row) else "" for heading, at in columns.items()}, columns)
        for number, row in enumerate(rows[header + 1 :], start=header + 2)
    )
    return tuple(row for row in numbered if any(row.texts.values()))


def _header_row(rows: list[list[str]], headings: tuple[str, ...]) -> int | None:
    return next((n for n, row in enumerate(rows) if row and row[0].casefold() == headings[0].casefold()), None)


def _columns(
    sheet: str, header: int, cells: list[str], headings: tuple[str, ...], faults: list[TemplateFault]
) -> dict[str, int]:
    """Where each heading stands. Case is forgiven; a heading that is unknown or there twice is a fault."""
    known = {heading.casefold(): heading for heading in headings}
    columns: dict[str, int] = {}
    for at, cell in enumerate(cells):
        heading = known.get(cell.casefold())
        if cell and heading is None:
            where = f"sheet {sheet}, row {header + 1}, column {at + 1}"
            known_ones = f"Known are {', '.join(headings)}."
            cell = f"{sheet}!{cell_address(header + 1, at + 1)}"
            faults.append(_fault(cell, f"{where}: this heading is not known. {known_ones}"))
        elif heading in columns:
            cell = f"{sheet}!{cell_address(header + 1, at + 1)}"
            faults.append(_fault(cell, f"sheet {sheet}, row {header + 1}: the heading {heading} is there twice."))
        elif heading:
            columns[heading] = at
    faults += [
        _fault(f"{sheet}!A{header + 1}", f"sheet {sheet}, row {header + 1}: the column {heading} is missing.")
        for heading in headings
        if heading not in columns
    ]
    return columns


def _index_faults(index: tuple[_Row, ...]) -> Iterator[TemplateFault]:
    if not index:
        yield _fault(INDEX, f"sheet {INDEX}: no theme is listed.")
    for row in index:
        yield from (row.at(heading, "this is empty.") for heading in _INDEX_COLUMNS if row.lacks(heading))
        if row["Code"] and not _CODE.fullmatch(row["Code"]):
            yield row.at("Code", "expected two to six capital letters, such as NEG.")
    for heading in ("Name", "Code", "Sheet"):
        yield from _repeated(index, heading)


def _repeated(rows: tuple[_Row, ...] | list[_Row], heading: str) -> Iterator[TemplateFault]:
    first: dict[str, _Row] = {}
    for row in rows:
        earlier = first.setdefault(row[heading].casefold(), row)
        if row[heading] and earlier is not row:
            place = f"row {earlier.number}" if earlier.sheet == row.sheet else f"the sheet {earlier.sheet}"
            yield row.at(heading, f"the same stands already in {place}.")


def _kloe_faults(row: _Row) -> Iterator[TemplateFault]:
    yield from (row.at(name, "this is empty.") for name in ("Ref", "Title", "Question") if row.lacks(name))
    if row["Ref"] and not _REF.fullmatch(row["Ref"]):
        yield row.at("Ref", "expected one to three capital letters and a number, such as N6.")
    if len(row["Question"]) > LONGEST_QUESTION:
        yield row.at("Question", f"longer than {LONGEST_QUESTION} characters; move detail to Prompts.")
    for heading, longest in LONGEST_GUIDANCE.items():
        if len(row[heading]) > longest:
            yield row.at(heading, f"longer than {longest} characters, which no row of the Guidance sheet can show.")
    if len(row["Title"]) > LONGEST_TITLE:
        yield row.at("Title", f"longer than {LONGEST_TITLE} characters; say the rest in Question.")
    described = [grade for grade in scales.JUDGED if row[grade]]
    if described:
        yield from (
            row.at(grade, "say what this grade looks like, or leave all four empty.")
            for grade in scales.JUDGED
            if row.lacks(grade)
        )
    for heading, text in row.texts.items():
        if set("{}") & set(_CURLY.sub("", text)):
            yield row.at(heading, "a curly bracket is open or closed on its own.")
    if any(not is_agency_code(code) for code in _codes(row)):
        yield row.at(_ASKED_OF, "expected agencies' codes with commas between them, such as MPS, COLP, or tool: city.")


_TOOL = re.compile(r"tool:\s*(?P<name>[a-z][a-z0-9 -]*)", re.IGNORECASE)


def _asked_of(row: _Row) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"\s*[,;\n]\s*", row[_ASKED_OF]) if part)


def _codes(row: _Row) -> tuple[str, ...]:
    return tuple(part.upper() for part in _asked_of(row) if not _TOOL.fullmatch(part))


def _tools(row: _Row) -> tuple[str, ...]:
    found = (_TOOL.fullmatch(part) for part in _asked_of(row))
    return tuple(match["name"].strip().casefold() for match in found if match)


def _theme(index: _Row, rows: tuple[_Row, ...]) -> Theme:
    return Theme(index["Name"], index["Code"], index["Title"], index["Version"], tuple(map(_kloe, rows)))


def _kloe(row: _Row) -> Kloe:
    prompts = tuple(line.lstrip("•- ") for line in row["Prompts"].split("\n") if line.lstrip("•- "))
    # a descriptor is one paragraph: the Guidance sheet finds it by the line that begins with its grade
    descriptors = tuple((grade, " ".join(row[grade].split())) for grade in scales.JUDGED if row[grade])
    return Kloe(row["Ref"], row["Title"], row["Question"], prompts, descriptors, _codes(row), _tools(row))


def _refused(faults: list[str]) -> HeldUp:
    many = "One thing in the question bank needs" if len(faults) == 1 else (
        f"{len(faults)} things in the question bank need"
    )  # fmt: skip
    return HeldUp(
        f"{many} changing:\n" + "\n".join(f"  {fault}" for fault in faults) + "\n",
        not_happened="No questions were taken from it.",
        next_step="Change these cells in Excel, save and try again; its sheet Read me says how.",
    )
