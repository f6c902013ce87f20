"""How much room a text takes in a cell of Arial 12: lines, row heights, and where a long text is cut."""

from __future__ import annotations

from functools import lru_cache

LINE_POINTS = 15.6  # one line of Arial 12
HIGHEST_ROW = 409.0  # Excel's own limit, in points
LONGEST_NARRATIVE = 3_000  # characters of one answer that are to be seen where a narrative is expected
#: prose with the long words of this field, which break lines early: of plainer prose a little more can be seen
_PROSE = (
    "We read the case notes from January to October 2026 and the supervision file, and saw that the School Nurse told "
    "Children's Social Care on 14 May that the child was hungry again; the plan was changed the same week. "
    "Safeguarding supervision was recorded each month; the multi-agency assessment considered parental substance misuse, "
    "overcrowding and the father's involvement, although information-sharing with Housing was inconsistent throughout. "
)


@lru_cache(maxsize=512)  # of one agency's tool most texts stand in the next one's, too
def lines_needed(text: str, width: float) -> int:
    """How many lines this text takes in a column of ``width`` characters, on the safe side."""
    # a column is counted in digits; the indent and the cell's own edges take two, screens round letters up a little
    usable = max(10.0, (width - 2) * 9.7)
    if len(text) * _WIDEST <= usable and "\n" not in text:  # most fit, whatever they are made of
        return 1
    return sum(_lines_of(paragraph, usable) for paragraph in text.split("\n"))


#: how wide Arial's letters are, in tenths of a digit; capitals are wider than digits, most small letters narrower
_TENTHS = bytes.maketrans(
    bytes(range(256)),
    bytes(
        {**dict.fromkeys(b" !,./:;I[]\\ft|", 5), **dict.fromkeys(b"'ijl", 4), **dict.fromkeys(b"\"()*-`r{}", 7),
         **dict.fromkeys(b"&ABEKPSVXYFTZ", 12), **dict.fromkeys(b"CDHNRUGOQw", 14), **dict.fromkeys(b"mMW%", 17),
         **dict.fromkeys(b"@", 19), **dict.fromkeys(b"ckvxyzs", 9)}.get(letter, 10)
        for letter in range(256)
    ),
)  # fmt: skip


_WIDEST = max(_TENTHS)


def _width_of(letters: bytes) -> int:
    return sum(letters.translate(_TENTHS))


def _lines_of(paragraph: str, usable: float) -> int:
    """The lines of one paragraph, broken between words as Excel breaks them; a word that is too long is broken anywhere."""
    letters = paragraph.encode("latin-1", "replace")  # a letter of another script is as wide as a question mark
    if _width_of(letters) <= usable:
        return 1
    lines, used = 1, 0.0
    for word in letters.split(b" "):
        wide: float = _width_of(word)
        if used and used + wide > usable:
            lines, used = lines + 1, 0.0
        while wide > usable:
            lines, wide = lines + 1, wide - usable
        used += wide + 5
    return lines


def height_for(*texts_and_widths: tuple[str, float], least: float = 20.0) -> float:
    """The row height in points at which none of these texts is cut, up to Excel's highest row."""
    return height_of(max((lines_needed(text, width) for text, width in texts_and_widths), default=1), least=least)


def height_of(lines: int, *, least: float = 20.0) -> float:
    """The row height in points at which so many lines are seen, up to Excel's highest row."""
    return min(HIGHEST_ROW, max(least, lines * LINE_POINTS + 5))


@lru_cache(maxsize=256)
def most_characters(width: float) -> int:
    """How many characters of prose can be seen in a column of this width, in full fifties: in Excel's highest row."""
    prose, lines = _PROSE * (LONGEST_NARRATIVE // len(_PROSE) + 1), int((HIGHEST_ROW - 5) / LINE_POINTS)
    return min(LONGEST_NARRATIVE, len(pieces(prose, width, lines)[0]) // 50 * 50)


def pieces(text: str, width: float, lines: int) -> tuple[str, ...]:
    """The text cut, between words, into pieces that take at most so many lines. Joined again they are the text."""
    cut: list[str] = []
    rest = text
    while lines_needed(rest, width) > lines:
        at = _where_to_cut(rest, width, lines)
        cut.append(rest[:at])
        rest = rest[at:]
    return (*cut, rest)


def _where_to_cut(text: str, width: float, lines: int) -> int:
    """The last place after a space or line feed at which what stands before still fits; else in mid-word."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if lines_needed(text[:middle], width) <= lines else (low, middle - 1)
    after_space = max(text.rfind(" ", 0, low), text.rfind("\n", 0, low)) + 1
    return after_space or low
