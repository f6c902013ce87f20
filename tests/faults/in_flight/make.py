"""Keep what this version leaves when it is killed at work, for later ones to finish: ``python tests/faults/in_flight/make.py``.

To be run before the version's number rises. Everybody in it is invented. Papers and templates are left out: they are
many, and no paper is read again.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mini import Mini

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1]), str(HERE.parents[2])]


def main() -> None:
    from mini import a_session_being_audited

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        mini = a_session_being_audited(folder / "session")
        mini.drop("a.xlsx", mini.returned("H1", "GP"))
        mini.drop("b.xlsx", mini.returned("H2", "GP", {"concern.any.answer": "Yes", "N3.evidence": None}))
        arrives_later = mini.returned("H1", "HVSN")
        shutil.rmtree(mini.folder / "templates")
        for paper in mini.outbox.rglob("*.*"):
            paper.unlink()
        stopped = next(one for step in range(20, 400, 3) if (one := _stopped_at(step, mini, folder / f"at-{step}")))
        stopped.drop("c.xlsx", arrives_later)
        version = tomllib.loads((HERE.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        target = HERE / f"{version}.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept:
            for path in sorted(path for path in stopped.folder.rglob("*") if path.is_file()):
                kept.write(path, path.relative_to(stopped.folder))
        print(f"{target}: {target.stat().st_size // 1024} KiB")


def _stopped_at(step: int, mini: Mini, folder: Path) -> Mini | None:
    """A copy killed at this change, if it has decided a concern and not written its notice."""
    from mini import a_copy_of
    from test_stopped_at_any_change import DiskThatStops, a_run

    copy = a_copy_of(mini, folder)
    shutil.copytree(HERE.parents[2] / "templates", folder / "templates")
    a_run(copy, DiskThatStops(step))
    shutil.rmtree(folder / "templates")
    lines = (copy.store / "originals" / "events.jsonl").read_text(encoding="utf-8")
    notice = any(copy.outbox.glob("urgent/*"))
    return copy if '"concern raised"' in lines and not notice else None


if __name__ == "__main__":
    main()
