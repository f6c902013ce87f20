"""Words that promise more than any method keeps, and the text of a file in which to look for them."""

import re
import zipfile
from pathlib import Path

TOO_MUCH = re.compile(r"(?<!not )(?<!never )\banonym(?:ous(?:ly)?|ised|ized)\b", re.IGNORECASE)


def words_of(path: Path) -> str:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
        return re.sub(r"<[^>]*>", "", b" ".join(parts).decode())
    return path.read_text(encoding="utf-8", errors="replace")
