"""Everything that a file holds, as text: parts of packages, packages in packages, mail attachments, any encoding."""

from __future__ import annotations

import email
import html
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def texts_in(name: str, data: bytes, encodings: tuple[str, ...] = ENCODINGS) -> Iterator[tuple[str, str]]:
    """(place, text) of everything in this file, its name included."""
    yield name, name
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            yield f"{name}!comment", package.comment.decode("latin-1")
            for part in package.namelist():
                yield from texts_in(f"{name}!{part}", package.read(part), encodings)
    elif name.endswith(".eml"):
        for number, part in enumerate(email.message_from_bytes(data).walk()):
            yield f"{name}!headers {number}", str(part.items())
            content = part.get_payload(decode=True)
            if content:
                yield from texts_in(f"{name}!{part.get_filename() or number}", content, encodings)
    else:
        for encoding in encodings:
            text = data.decode(encoding, errors="ignore")
            yield f"{name} ({encoding})", text
        yield f"{name} (unescaped)", html.unescape(data.decode("utf-8", errors="ignore"))


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(relative path, content) of every file below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def places_with(words: tuple[str, ...], folder: Path, leaving_out: tuple[str, ...] = ()) -> list[str]:
    """Every place below a folder at which one of these words stands, in upper or lower case."""
    wanted = [word.casefold() for word in words]
    found = []
    for path, data in files_below(folder):
        if any(part in path for part in leaving_out):
            continue
        for place, text in texts_in(path, data):
            folded = text.casefold()
            if any(word in folded for word in wanted):
                found.append(place)
    return found
