"""Numbers, codes and addresses on the net that identify somebody by their form alone (United Kingdom)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

from audit_kit.privacy import labels
from audit_kit.privacy.abroad import is_without_its_plus
from audit_kit.privacy.folding import holds_any
from audit_kit.privacy.numbers import digits_of, national
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.references import is_a_kind, is_kit_reference, is_years, references
from audit_kit.privacy.spans import COLLAR, ON_THE_NET, RECOGNISER, Span
from audit_kit.privacy.vocabulary import is_ordinary

_NHS_NEAR = re.compile(r"\bNHS\b[^\n]{0,20}$", re.I)
_PHONE_NEAR = re.compile(
    r"(?:\b(?:tel|phone|telephone|mob|mobile|call|rang|ring|text|fax|landline|texted|phoned)\b|☎)[^\n]{0,14}$", re.I
)
#: as NHS numbers are written, with a slip or of somebody else: "612 447 9081"
_LIKE_NHS = re.compile(r"\d{3}([ -])\d{3}\1\d{4}")
_MONEY_BEFORE = re.compile(r"[£$€]\s?$")


def has_nhs_check_digit(digits: str) -> bool:
    """Whether ten digits carry a valid NHS check digit (modulus 11)."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == int(digits[9])


_POSTCODE = r"(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]))"
#: of the districts of London, also with letters at the end that no postcode has: a slip, and still nearly the home
_LONDON = r"(?:EC|WC|NW|SE|SW|[ENW])\d{1,2}[A-Z]?"
# where the look back stands behind the first letter or digit a pattern is searched far faster
#: letters and digits mixed, at least four digits: what case systems, courts and police write
_CODE = re.compile(
    r"(?P<code>[A-Z0-9](?<=(?<![\w£$€#@/.-])(?=(?:[A-Z/\-]{0,6}\d){4})(?=[\d/\-]{0,10}[A-Z]).)[A-Z0-9]{0,13}(?:[/\-][A-Z0-9]{1,12}){0,3})(?![\w@])"
)
#: as people write so that no machine may read it: "j dot smith (at) hackney dot gov dot uk"
_DOT = r"(?:[ ]?(?:\[dot\]|\(dot\))[ ]?| dot )"
_DOTTED = rf"(?:[\w-]{{1,30}}{_DOT}){{0,3}}"
_TOP = "(?:uk|com|net|org|edu|eu|info|london)"
_SLASHED = re.compile(
    r"\d(?<![\w/.-].)(?:\d{4,7}/\d{2,4}|\d/\d{4,7}(?:/\d{2})?[A-Z]?|\d{2,4}/\d{1,2}[A-Z]{3}\d{2,4})(?![\w/])"
)

Check = Callable[[re.Match[str], str], bool]
When = Callable[[Reading], bool]


_TELLS_A_TIME = re.compile(
    r"\d{1,2}(?:ST|ND|RD|TH)?[A-Z]{3,9}(?:\d{2}|\d{4})|(?:19|20)\d\d(?:/\d\d)?[A-Z]?|[A-Z]{2,9}[-/]?(?:19|20)\d\d"
)
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_ONLY_DIGITS = re.compile(r"[\d ]{6,14}")
_CARD = re.compile(r"\d{4}(?:[ -]\d{4}){2}[ -]\d{3,4}")
_DAY_BACKWARDS = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d")


def _any(found: re.Match[str], text: str) -> bool:
    return True


def _no_user_name(found: re.Match[str], text: str) -> bool:
    """Whether no user name stands there: "Insta @mimi.04"."""
    return " @" not in found[0] or "@ " in found[0]


#: sections of laws: "S20/S47", "S31/38"
_SECTIONS = re.compile(r"S\d{1,3}(?:/S?\d{1,3})+")


def _is_code(found: re.Match[str], text: str) -> bool:
    code = found["code"]
    sections = _SECTIONS.fullmatch(code)
    return not (is_kit_reference(text, found.start()) or _TELLS_A_TIME.fullmatch(code) or sections)


def _numbered(reading: Reading) -> bool:
    return reading.numbered


def _holding(*pieces: str) -> When:
    """One of these letters stands somewhere, in small letters."""
    return lambda reading: holds_any(reading.lower, pieces)


def _saying(words: str) -> When:
    """A digit stands somewhere, and one of these words."""
    wanted = frozenset(words.split())
    return lambda reading: reading.numbered and reading.says(wanted)


def _with_digits(together: str) -> When:
    """Digits stand together so: looked for first, because what begins with a digit is found fast."""
    digits = re.compile(together)
    return lambda reading: reading.numbered and digits.search(reading.text) is not None


def _in_words(reading: Reading) -> bool:
    """What stands around an address told in words: "at" and how it ends."""
    return " at " in reading.lower and holds_any(reading.lower, _ENDINGS)


_ENDINGS = ("dot", ".uk", ".com", ".net", ".org", ".edu", ".eu", ".info", ".london")
# what a text must hold to be searched for a form: speed matters
_WITH_A_SIGN = _holding("@", "at]", "at)", "at}")
_LINKED = _holding("http", "www.", ".sch.uk")
_WITH_AN_AT = _holding("@")
_TAGGED = _holding("#")
_SIGNED = _holding("user", "snap", "insta", "tiktok", "handle", "gamertag", "skype", "psn", "posts as", "goes by")
_PASSPORT = _holding("passport")
_DRIVEN = _saying(
    "reg registration vrm vehicle index plate car van moped motorbike scooter bmw audi golf polo corsa astra fiesta focus mercedes merc toyota prius honda nissan vauxhall skoda volvo peugeot renault clio hyundai"
)
_RANKED = _saying("pc wpc ps wps dc ds pcso sgt collar shoulder")
_LOGGED = _saying("cad log")
_ENDING = _saying("ends ending ended")
_BANKED = _saying("sort sortcode iban")
_UNITS = _saying("unit units sign signs callsign callsigns crew crews")
_LIKE_A_POSTCODE = _with_digits(r"\d[A-Za-z]?[ \-]{0,3}[\dOo][A-Za-z]{2}(?![A-Za-z0-9])")
_LIKE_A_UPN = _with_digits(r"\d{3}[ -]?\d{4}")
_LIKE_AN_NI_NUMBER = _with_digits(r"\d{2}[ \-.]?\d{2}[ \-.]?\d{2}")
_LIKE_A_CODE = _with_digits(r"\d(?:[A-Z/\-]{0,6}\d){3}|\d/\d")

_PATTERNS: tuple[tuple[str, str, re.Pattern[str], str, Check, When], ...] = (
    (labels.EMAIL, "recogniser:e-mail", re.compile(r"(?<![\w.])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"), "", _any, _WITH_A_SIGN),
    (labels.EMAIL, "recogniser:e-mail", re.compile(rf"(?<![\w.]){_DOTTED}[\w.+'-]{{1,64}}[ ]?(?:@|\[at\]|\(at\)|\{{at\}})[ ]?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}|\.[\w-]{{2,20}}(?<=[a-z])){{1,4}}(?<!\.)", re.I), "", _no_user_name, _WITH_A_SIGN),
    (labels.EMAIL, "recogniser:e-mail", re.compile(rf"(?<![\w.]){_DOTTED}[\w.+'-]{{1,64}} at [\w-]{{1,63}}(?:(?:{_DOT}|\.)[\w-]{{1,63}}){{0,4}}{_DOT}{_TOP}\b", re.I), "", _any, _in_words),
    (labels.EMAIL, "recogniser:e-mail", re.compile(rf"(?<![\w.])[\w+'-]{{1,30}}[._\d][\w.+'-]{{1,30}} at (?:[\w-]{{2,63}}\.){{1,4}}{_TOP}\b", re.I), "", _any, _in_words),
    (labels.EMAIL, "recogniser:e-mail", re.compile(r"(?<![\w.])[\w.+-]{2,64}@[\w-]{2,63}\b"), "", _any, _WITH_A_SIGN),
    (labels.EMAIL, "recogniser:e-mail", re.compile(r"(?<![\w.])[\w.+-]{2,64}[ ]?(?:@|\[at\]|\(at\)|\{at\})[ ]?[\w-]{2,63}[ ]\.[ ]?(?:com|co|org|net|uk)\b(?:[ ]?\.[ ]?uk\b)?", re.I), "", _any, _WITH_A_SIGN),
    (labels.HANDLE, "recogniser:user name", re.compile(r"(?<![\w#])(?P<name>[a-z][\w.]{2,30})#\d{4}(?!\w)"), "", lambda m, t: not is_ordinary(m["name"]), _TAGGED),
    (labels.HANDLE, "recogniser:user name", re.compile(r"\b(?:snapchat|snap|insta|instagram|tiktok|handle|gamertag|psn|posts as|goes by)(?: (?:name|handle|account|is|as))?[ ]?[:=]?[ ][\"']?(?P<code>[a-z]{3,20}\.[a-z]{1,20})(?![\w.@])", re.I), "code", _any, _SIGNED),
    (labels.URL, "recogniser:web address", re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]{2,300}", re.I), "", _any, _LINKED),
    (labels.URL, "recogniser:web address", re.compile(r"(?<![\w.@-])(?:[\w-]{1,63}\.){1,5}sch\.uk\b(?:/[^\s<>\"')\]]{0,300})?", re.I), "", _any, _LINKED),
    (labels.HANDLE, "recogniser:user name", re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{2,30}(?<!\.)"), "", _any, _WITH_AN_AT),
    (labels.HANDLE, "recogniser:user name", re.compile(r"\b(?:user ?name|snapchat|snap|insta|instagram|tiktok|handle|gamertag|skype|psn)(?: (?:name|handle|account|id|tag|user))?[ ]?(?:is|as|:|-|=)?[ ]?[\"']?(?P<code>[A-Za-z][\w.]{0,20}[_\d][\w.]{0,20})", re.I), "code", _any, _SIGNED),
    (labels.POSTCODE, "recogniser:postcode", re.compile(rf"(?<![A-Za-z0-9]){_POSTCODE}[ \-]{{0,3}}(?:[0-9]|(?-i:O))[ABD-HJLNP-UW-Z]{{2}}(?![A-Za-z0-9])", re.I), "", _any, _LIKE_A_POSTCODE),
    (labels.POSTCODE, "recogniser:postcode", re.compile(rf"(?<![A-Z0-9]){_LONDON}[ ]\d(?!ND|RD|ST|TH)[A-Z]{{2}}(?![A-Za-z0-9])"), "", _any, _LIKE_A_POSTCODE),
    (labels.UPN, "recogniser:UPN", re.compile(r"[A-HJ-NP-RT-Z](?<![A-Za-z0-9].)[ -]?\d{3}[ -]?\d{4}[ -]?\d{2}[ -]?\d{2}[ -]?[\dA-Z](?![A-Za-z0-9])"), "", _any, _LIKE_A_UPN),
    (labels.NI_NUMBER, "recogniser:NI number", re.compile(r"[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z](?<![A-Za-z0-9].)[A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z][ \-.]?\d{2}[ \-.]?\d{2}[ \-.]?\d{2}[ \-.]?[A-Da-d](?![A-Za-z0-9])"), "", _any, _LIKE_AN_NI_NUMBER),
    (labels.PASSPORT, "recogniser:passport", re.compile(r"\bpassport(?: (?:no\.?|number|ref|is|:)){0,2}[ :#(]{0,3}(?P<code>[A-Z0-9]{2}\d{6,7})\b", re.I), "code", _any, _PASSPORT),
    (labels.PLATE, "recogniser:vehicle", re.compile(r"[A-HJ-PR-Y](?<![A-Za-z0-9].)[A-HJ-PR-Y][0-7]\d ?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])"), "", _any, _numbered),
    (labels.PLATE, "recogniser:vehicle", re.compile(r"\b(?:reg(?:istration)?|VRM|vehicle|index|number plate|plate|car|van|moped|motorbike|scooter|bmw|audi|golf|polo|corsa|astra|fiesta|focus|mercedes|merc|toyota|prius|honda|nissan|vauxhall|skoda|volvo|peugeot|renault|clio|hyundai)(?: (?:no\.?|number|mark|is|plate)){0,2}[ :,]{1,3}[\"'(]?(?P<code>[A-Z]{2} ?\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|(?-i:[A-Z]{3} ?\d{1,3}[A-Z]?)|[a-z]{3}\d{1,3}[a-z]?|[A-Z]{2}\d{2})\b", re.I), "code", _any, _DRIVEN),
    (labels.REFERENCE, "recogniser:collar number", re.compile(r"\b(?:W?P[CS]|DC|DS|PCSO|Sgt|[Cc]ollar(?: no\.?| number)?|[Ss]houlder(?: no\.?| number)?)[ ]{1,2}(?P<code>\d{2,6}(?![/.:-]\d) ?(?:[A-Z]{1,2}\b)?)"), "code", _any, _RANKED),
    (labels.REFERENCE, "recogniser:police log", re.compile(r"\b(?:CAD|[Ll]og|LOG)(?: (?:no\.?|number|ref\.?))?[ :#]{0,2}(?P<code>\d{2,6}[ /]?(?:(?:of |dated )?\d{1,2}[ ]?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}(?:[ ]?\d{2,4})?|(?:of|dated|on) (?:the )?\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?))\b", re.I), "code", _any, _LOGGED),
    (labels.REFERENCE, "recogniser:end of a number", re.compile(r"\b(?:phone|mobile|number|card|account|tel|handset|line|sim|no(?=\.? ends))\b\.?[^.\n\d]{0,24}? (?:ends|ending|ended)(?: in| with)? (?P<code>\d{3} \d{3}|\d{3,4})(?![\w/]|[.:]\d)", re.I), "code", lambda m, t: not is_years(m["code"]), _ENDING),
    (labels.REFERENCE, "recogniser:bank account", re.compile(r"\bsort ?code(?: is| no\.?)?[ :,]{1,3}(?P<code>\d{2}([- ]?)\d{2}\2\d{2})(?![\d/-])", re.I), "code", _any, _BANKED),
    (labels.REFERENCE, "recogniser:bank account", re.compile(r"\b(?:IBAN|iban)\b[^\n\dA-Z]{0,14}(?P<code>[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?)(?!\w)"), "code", _any, _BANKED),
    (labels.REFERENCE, "recogniser:call sign", re.compile(r"\b(?:[Uu]nits?|[Cc]all ?signs?|[Cc]rews?)[ :]{1,2}(?P<code>[A-Z]{1,2}\d{1,3}[A-Z]?(?:(?:, | & | and |/)[A-Z]{1,2}\d{1,3}[A-Z]?){0,5})\b"), "code", _any, _UNITS),
    (labels.REFERENCE, "recogniser:reference by form", _CODE, "code", _is_code, _LIKE_A_CODE),
    (labels.REFERENCE, "recogniser:reference by form", re.compile(r"(?P<code>(?P<letters>[A-Z](?<=(?<![\w/.-])(?!GBP|EUR|USD|ISO|BS|EN|DOB|EDD).)[A-Z]{1,4}) \d{5,8})(?![\w/]|[.,]\d)"), "code", lambda m, t: not is_a_kind(m["letters"]), _LIKE_A_CODE),
    (labels.REFERENCE, "recogniser:reference by form", _SLASHED, "", lambda m, t: not is_years(m[0]), _LIKE_A_CODE),
)  # fmt: skip
#: what a text must hold → the forms that need it, in their order
_BY_WHEN = tuple((when, tuple(forms)) for when, forms in groupby(_PATTERNS, key=itemgetter(5)))
_WITH_DIGITS = frozenset(
    [_numbered, _DRIVEN, _RANKED, _LOGGED, _ENDING, _BANKED, _UNITS, _LIKE_A_POSTCODE, _LIKE_A_UPN, _LIKE_AN_NI_NUMBER, _LIKE_A_CODE]
)  # fmt: skip
#: the same for a text without a digit: half of all
_WITHOUT_DIGITS = tuple((when, forms) for when, forms in _BY_WHEN if when not in _WITH_DIGITS)
_RANKS = {labels.EMAIL: ON_THE_NET, labels.URL: ON_THE_NET, labels.HANDLE: ON_THE_NET}


def recognised(reading: Reading, runs: list[tuple[int, int]]) -> Iterator[Span]:
    """Every stretch of a text that a recogniser knows; ``runs``: its ``digit_runs``."""
    text = reading.text
    if reading.numbered:
        yield from _numbers(text, runs)
        yield from references(reading)
    for when, forms in _BY_WHEN if reading.numbered else _WITHOUT_DIGITS:
        for label, rule, pattern, group, holds, _ in forms if when(reading) else ():
            rank = _RANKS.get(label, COLLAR if rule == "recogniser:collar number" else RECOGNISER)
            for found in pattern.finditer(text):
                if holds(found, text):
                    start, end = found.span(group) if group else found.span()
                    end = start + len(text[start:end].rstrip(" .-/"))
                    yield Span(start, end, label, rule, rank)


def _numbers(text: str, runs: list[tuple[int, int]]) -> Iterator[Span]:
    """Telephone and NHS numbers, told from each other and from money by their digits and the words before."""
    for start, end in runs:
        typed = text[start:end]
        digits = digits_of(typed)
        before = text[max(0, start - 30) : start]
        if _MONEY_BEFORE.search(before):
            continue
        dialled = national(digits)
        if len(digits) == 10 and (
            has_nhs_check_digit(digits) or _LIKE_NHS.fullmatch(typed) or _NHS_NEAR.search(before)
        ):
            yield Span(start, end, labels.NHS_NUMBER, "recogniser:NHS number", RECOGNISER)
        elif (
            (
                dialled[:1] == "0"
                and dialled[1:2] not in ("0", "4", "6")
                and 10 <= len(dialled) <= 11
                and not _DAY.match(typed)
            )
            or is_without_its_plus(typed, digits)
            or (typed.startswith("+") and 9 <= len(digits) <= 15)
            or (digits[:2] == "00" and digits[2:3] != "0" and 11 <= len(digits) <= 16)
            or (len(digits) >= 6 and _PHONE_NEAR.search(before) and _ONLY_DIGITS.fullmatch(typed))
        ):
            yield Span(start, end, labels.PHONE, "recogniser:phone", RECOGNISER)
        elif _NHS_NEAR.search(before) and 9 <= len(digits) <= 11:
            yield Span(start, end, labels.NHS_NUMBER, "recogniser:NHS number", RECOGNISER)
        elif 15 <= len(digits) <= 16 and _CARD.fullmatch(typed):
            yield Span(start, end, labels.REFERENCE, "recogniser:card number", RECOGNISER)
        elif (
            len(digits) >= 7
            and typed.replace(" ", "").isdigit()
            and " " not in typed
            and not _DAY_BACKWARDS.fullmatch(digits)
        ):
            yield Span(start, end, labels.REFERENCE, "recogniser:long number", RECOGNISER)
