"""Words that promise more than any method keeps, and the text of a file in which to look for them."""

import email
import re
import zipfile
from io import BytesIO
from pathlib import Path

TOO_MUCH = re.compile(r"(?<!not )(?<!never )\banonym(?:ous(?:ly)?|ised|ized)\b", re.IGNORECASE)


def words_of(path: Path) -> str:
    return words_in(path.name, path.read_bytes())


def words_in(name: str, data: bytes) -> str:
    """What stands in a file, without its markup; of a mail, in its texts."""
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = [package.read(part) for part in package.namelist() if part.endswith(".xml")]
        return re.sub(r"<[^>]*>", "", b" ".join(parts).decode("utf-8", errors="replace"))
    if name.endswith(".eml"):
        parts = [
            part.get_payload(decode=True) or b""
            for part in email.message_from_bytes(data).walk()
            if part.get_content_maintype() == "text"
        ]
        return b" ".join(parts).decode("utf-8", errors="replace")
    return data.decode("utf-8", errors="replace")
