"""The demo's own folder: configuration, keys, templates and a clock that stands on the day of each step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from audit_kit.acts.inbox import Pass, work_through_inbox
from audit_kit.acts.setting_up import set_up
from audit_kit.domain.clock import Clock
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit, opened
from audit_kit.store.folders import shipped

MARK = "audit-kit-demo.txt"

Say = Callable[[str], None]


class Stage:
    """An installation of its own for the demo; it never touches the user's folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.config = self.folder / "config.yaml"
        self.inbox, self.outbox = self.folder / "inbox", self.folder / "outbox"

    def build(self) -> None:
        """Make the folder anew. UsageProblem when it holds anything but an earlier demo."""
        if self.folder.exists() and any(self.folder.iterdir()):
            if not (self.folder / MARK).exists():
                raise UsageProblem(
                    "That folder is not empty, and holds no earlier demo.",
                    not_happened="Nothing was written.",
                    next_step="Name a new folder: audit-kit demo my-demo",
                )
            shutil.rmtree(self.folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise UsageProblem(
                f"The demo's folder can't be made there ({problem.strerror or type(problem).__name__}).",
                not_happened="Nothing was written.",
                next_step="Run it in a folder of your own, or name one: audit-kit demo FOLDER",
            ) from None
        (self.folder / MARK).write_text(
            "A fictional audit session, made by audit-kit demo. Every family in it is invented. Its keys lie in this folder,\n"
            "which a real installation would never do. This folder is made anew each time the demo runs here.\n",
            encoding="utf-8",
        )
        shutil.copytree(shipped("templates"), self.folder / "templates")
        text = shipped("config.yaml").read_text(encoding="utf-8")
        text = text.replace('  folder: ""', '  folder: "store"').replace(
            '  service_key_file: ""', '  service_key_file: "keys/service.key"'
        )
        text = text.replace("settle_seconds: 2.0", "settle_seconds: 0.0")
        # laying the report out three times, where LibreOffice is installed, would be a tenth of the demo's work
        text = text.replace("page_numbers: true", "page_numbers: false")
        self.config.write_text(text, encoding="utf-8")
        set_up(self.config, self.folder / "keys")

    def drop(self, name: str, data: bytes) -> None:
        """Drop a file into the inbox, whole: as a mail program saves it, then moves it in."""
        part = self.inbox / f"{name}.part"
        part.write_bytes(data)
        part.rename(self.inbox / name)

    @contextmanager
    def on(self, day: date) -> Iterator[Kit]:
        """The installation, as of a day."""
        with opened(self.config, Clock(day), "demo") as kit:
            yield kit

    def receive(self, kit: Kit, say: Say, *, only_urgent: bool = False) -> Pass:
        """Work through the inbox, as ``audit-kit process`` does, and tell what it said; or only what is urgent of it."""
        done = work_through_inbox(kit, _no_wait)
        for sentence in done.sentences:
            if not only_urgent or sentence.startswith("URGENT"):
                say(f"  {sentence}")
        return done


def _no_wait(seconds: float) -> None:
    """The demo's files are whole when they arrive."""
