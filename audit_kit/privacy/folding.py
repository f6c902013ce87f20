"""Reading through disguises: text folded to plain letters, with the way back to the text as typed.

Everything is *searched* in the folded text and *replaced* in the original, so that a match is never
lost to an accent, an invisible character or a look-alike letter, and nothing else is ever rewritten.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: stands for one letter that was destroyed ("G?k?e", "G\ufffdk\ufffde"); a letter to every pattern
LOST_LETTER = "ʔ"

_LATIN_NAME = re.compile(
    r"(?:MODIFIER LETTER|LATIN)(?: LETTER)? (SMALL CAPITAL|SMALL|CAPITAL)(?: LETTER)? ([A-Z]{1,2})(?: WITH .*)?"
)
_CHOSEN = {
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "ʾ": "'", "ʿ": "'", "`": "'", "´": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "﹣": "-", "\u2043": "-",
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ə": "e", "ɔ": "o", "ɛ": "e", "ŋ": "n",
    "\x85": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\ufffd": LOST_LETTER,
    "\u0640": "", "\u115f": "", "\u1160": "", "\u3164": "", "\uffa0": "", "\u2800": " ",
}  # fmt: skip
_CHOSEN.update({a.upper(): b.upper() for a, b in _CHOSEN.items() if len(a.upper()) == 1 and b.isalpha()})
_CHOSEN["İ"] = "I"

#: letters of other scripts that look like Latin ones; only read so inside a word that has Latin letters too
_LOOKALIKES = str.maketrans(
    "аАвВеЕзЗкКмМнНоОрРсСтТуУхХіІјЈѕЅԁгһԛԝүҮҺёЁїЇαΑβΒεΕηΗιΙκΚμΜνΝοΟρΡτΤυΥχΧωγσςδθλօսԼհոց",
    "aAbBeE3ZkKmMhHoOpPcCtTyYxXiIjJsSdrhqwyYheEiIaAbBeEnHiIkKuMvNoOpPtTuYxXwyosdolouLhng",
)
_LIGATURE_SAFE = re.compile(r"[^\W\d_]")
_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
#: a soft hyphen behind Ç or Ö is one ("Ç-elik" at a line end); behind these two it is half of í or Э
#: of Vietnamese the control characters are often lost: of "ờ" the last, of "Đ" too ("DÆ°á»ng", "Äá»©c")
_MOJIBAKE = re.compile(
    f"(?:Ä(?=á[º»]|Ã[\x80-\xbf])|[ÂÃÄÅÆÇÈÉÐÑÒÓÕØÙá](?:[\x80-\xac\xae-\xbf{_WINDOWS}]|(?<=[ÃÐ])\xad)[\x80-\xbf{_WINDOWS}]?|(?<=[\x80-\xbf{_WINDOWS}])â€.)+"
)
_CUT_SHORT = re.compile(f"á[º»](?![\x80-\xbf{_WINDOWS}])")
_LOST_BAR = re.compile("Ä(?=á[º»]|Ã[\x80-\xbf])")
#: "à" read as Windows text, whose no-break space became a plain one: "HoÃ ng"
_SPACED_MOJIBAKE = "(?<=[^\\W\\d_])Ã (?=[a-zß-ÿ])"
#: what an older Macintosh program makes of UTF-8: "G√∂k√ße", "H·∫°nh"
_MAC_LEADS = "√≈∆ƒ∏π∫ª"
_MAC_FOLLOWS = bytes(range(0x80, 0xC0)).decode("mac_roman")
_MAC = f"(?:(?:[√≈∆ƒ]|·[∏π∫ª])[{_MAC_FOLLOWS}](?:Ã[{_MAC_FOLLOWS}])*)+"
_SLOW = re.compile(
    r"(?P<hyphen>(?<=[^\W\d_])[-\u2010\u00ad\u00ac][ \t]?\r?\n[ \t]{0,8}(?=[a-zß-ÿ]))"
    r"|(?P<entity>&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});)"
    r"|(?P<escaped>(?:=[C-E][0-9A-F](?:=[89AB][0-9A-F]){1,2})+|(?:%[C-E][0-9A-F](?:%[89AB][0-9A-F]){1,2})+|\\u[01][0-9a-fA-F]{3})"
    # a question mark, or what another alphabet has in a letter's place: "S³awomir"
    r"|(?P<lost>(?<=[^\W\d_])[?²³¹¼½¾¿¯÷×¢‡¤](?=[a-zß-ÿ]))"
    r"|(?P<mojibake>" + _MOJIBAKE.pattern + "|" + _SPACED_MOJIBAKE + r")"
    r"|(?P<mac>" + _MAC + r")"
    r"|(?P<other>[^\x00-\x7f])"
)
_ASCII_SLOW = re.compile(r"-[ \t]?\r?\n|&[#A-Za-z]|\?(?<=[A-Za-z].)[a-z]|[=%][C-E][0-9A-F][=%]|\\u[01]")
_LOST = re.compile(r"[²³¹¼½¾¿¯÷×¢‡¤](?<=[^\W\d_].)[a-z]")
_MIXED_WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True, eq=False)
class Folded:
    """A text in plain letters. ``starts`` and ``ends`` lead back; None where each character stands for itself.

    Never changed once it is made; not frozen, because every text makes one and that takes three times as long.
    """

    text: str
    original: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text as typed."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def holds_any(text: str, pieces: Iterable[str]) -> bool:
    """Whether one of these stands anywhere: asked before a text is searched for what can't do without them."""
    for piece in pieces:  # noqa: SIM110 - a third faster than any()
        if piece in text:
            return True
    return False


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """One character as plain letters: "" for what can't be seen, itself for letters of other scripts."""
    if character in _CHOSEN:
        return _CHOSEN[character]
    kind = unicodedata.category(character)
    if kind in ("Cf", "Mn", "Me") or (kind == "Cc" and character not in "\n\t\r"):
        return ""
    if kind == "Zs":
        return " "
    named = _LATIN_NAME.fullmatch(unicodedata.name(character, ""))
    if named:
        return named[2].lower() if named[1] != "CAPITAL" else named[2]
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.category(c).startswith("M"))
    folded = "".join(_CHOSEN.get(c, c) for c in plain) if plain else character
    # letters that fall apart into pieces of their own script (Korean) stay whole
    return folded if folded.isascii() or len(folded) == 1 else character


def fold(text: str) -> Folded:
    """The text in plain letters and the way back.

    Accents go (Gökçe, Gokce), invisible characters vanish, a word hyphenated over a line is whole
    again, UTF-8 read as Windows' or a Macintosh's text and HTML entities are undone, and look-alike letters inside a
    Latin word become Latin.
    """
    if text.isascii() and not _ASCII_SLOW.search(text):
        return Folded(text, text)
    specials = {c for c in set(text) if c > "\x7f"}
    misread = _MOJIBAKE.search(text) or ("Ã " in text) or not specials.isdisjoint(_MAC_LEADS)
    lost = not specials.isdisjoint("²³¹¼½¾¿¯÷×¢‡¤") and _LOST.search(text)
    if not (_ASCII_SLOW.search(text) or misread or lost or "\u00ad" in specials):
        table = {ord(c): fold_character(c) for c in specials}
        if all(len(plain) == 1 for plain in table.values()):
            return Folded(_without_lookalikes(text.translate(table)), text)
    return _fold_slowly(text)


def _fold_slowly(text: str) -> Folded:
    """The general case: pieces that change their length, with an offset for every character."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for found in _SLOW.finditer(text):
        start, end = found.span()
        pieces.append(text[position:start])
        starts.extend(range(position, start))
        ends.extend(range(position + 1, start + 1))
        plain = _plain(found)
        pieces.append(plain)
        starts.extend([start] * len(plain))
        ends.extend([end] * len(plain))
        if not plain and ends:
            ends[-1] = end if found.lastgroup == "other" else ends[-1]
        position = end
    pieces.append(text[position:])
    starts.extend(range(position, len(text)))
    ends.extend(range(position + 1, len(text) + 1))
    return Folded(_without_lookalikes("".join(pieces)), text, starts, ends)


def _plain(found: re.Match[str]) -> str:
    piece = found[0]
    if found.lastgroup == "hyphen":
        return ""
    if found.lastgroup == "lost":
        return LOST_LETTER
    if found.lastgroup == "entity":
        return "".join(map(fold_character, html.unescape(piece))) if html.unescape(piece) != piece else piece
    if found.lastgroup == "escaped":
        return _unescaped(piece)
    if found.lastgroup == "mojibake":
        return _repaired(_LOST_BAR.sub("Ä\x90", piece.replace("Ã ", "Ã\xa0")))
    if found.lastgroup == "mac":
        return _in_plain_letters(piece.encode("mac_roman").decode("utf-8", "replace"))
    return fold_character(piece)


@lru_cache(maxsize=2048)
def _repaired(piece: str) -> str:
    """What a stretch of UTF-8 that was read as Windows-1252 meant, in plain letters."""
    raw = b"".join(c.encode("latin-1") if c < "\u0100" else c.encode("cp1252", "replace") for c in piece)
    for length in (len(raw), len(raw) - 1):
        try:
            meant = raw[:length].decode("utf-8")
        except UnicodeDecodeError:
            if not _CUT_SHORT.search(piece):
                continue
            meant = raw[:length].decode("utf-8", "replace")  # each that is lost becomes a lost letter
        if _MOJIBAKE.search(meant):
            return _repaired(meant) + _in_plain_letters(piece[length:])  # misread twice
        return _in_plain_letters(meant + piece[length:])
    return _in_plain_letters(piece)


def _in_plain_letters(text: str) -> str:
    return "".join(map(fold_character, text))


def _unescaped(piece: str) -> str:
    """A letter as mail programs, web addresses and data files spell it: =C3=B6, %C3%B6, \\u00f6."""
    if piece[0] == "\\":
        return fold_character(chr(int(piece[2:], 16)))
    try:
        return _in_plain_letters(bytes.fromhex(piece.replace(piece[0], "")).decode("utf-8"))
    except UnicodeDecodeError:
        return piece


def _without_lookalikes(text: str) -> str:
    """Cyrillic, Greek and Armenian look-alikes made Latin, inside words that have Latin letters too."""
    if text.isascii():
        return text

    def latin(found: re.Match[str]) -> str:
        word = found[0]
        has_latin = any("A" <= c <= "z" for c in word)
        return word.translate(_LOOKALIKES) if has_latin and not word.isascii() else word

    return _MIXED_WORD.sub(latin, text)


@lru_cache(maxsize=16384)
def fold_word(word: str) -> str:
    """A word or phrase in plain lower-case letters: the form in which names are compared."""
    return fold(word).text.lower()


@lru_cache(maxsize=32768)
def squeeze(word: str) -> str:
    """Letters only, plain and lower case: "O'Brien-Smith" gives "obriensmith"."""
    if word.isascii() and word.isalpha():
        return word.lower()
    return "".join(c for c in fold_word(word) if c.isalpha())
