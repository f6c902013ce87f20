"""Telephone numbers of other countries: where one ends, so that neither its last digits are left nor a date behind it is taken."""

from __future__ import annotations

import re

#: by how many digits a country's numbers have at most behind its code (E.164); a country that isn't here: up to 15 in all
_CODES_BY_LENGTH = {
    7: "220 291 960",
    8: "45 47 65 216 226 228 253 257 266 267 350 356 357 370 371 372 373 374 382 383 386 387 389 852 853 961 965 968 973 974 976 993",
    9: "27 31 32 33 34 40 41 48 61 66 93 94 212 213 218 221 231 233 237 242 243 244 249 250 251 252 254 255 256 258 260 261 263 265 "
    "351 352 353 355 359 375 380 381 385 420 421 855 886 962 963 966 967 970 971 972 975 992 994 995 996 998",
    10: "1 7 20 30 51 52 57 58 63 64 81 82 84 90 91 92 95 98 225 234 358 856 880 964 977",
    11: "39 49 54 55 62 86",
}  # fmt: skip
_DIGITS_BEHIND = {code: length for length, codes in _CODES_BY_LENGTH.items() for code in codes.split()}
_MOST = 15
#: a country's code as the first group, and none of an NHS number's groups: "880 1822 604 117"
_CODE_FIRST = re.compile(r"(?!\d{3}[ -]\d{3}[ -]\d{4}(?!\d))(?P<code>\d{3})[ -][\d -]+")


def digits_abroad(typed: str, digits: str) -> int:
    """How many of the ``digits`` belong to a number of another country; 0 where it is dialled to none.

    ``typed``: the same as it stands in the text, with its "+" or "00".
    """
    prefix = 0 if typed.startswith("+") else 2 if digits.startswith("00") and digits[2:3] != "0" else -1
    dialled = digits[prefix:] if prefix >= 0 else "44"
    if dialled.startswith("44"):
        return 0
    for length in (3, 2, 1):
        behind = _DIGITS_BEHIND.get(dialled[:length])
        if behind:
            return prefix + length + behind + ("(0)" in typed)
    return prefix + _MOST


def is_without_its_plus(typed: str, digits: str) -> bool:
    """Whether a number of another country lacks its "+": a code of three digits by itself, and as many as belong behind it."""
    found = _CODE_FIRST.fullmatch(typed)
    return found is not None and len(digits) == 3 + _DIGITS_BEHIND.get(found["code"], -3)
