"""What is sealed for reading again: the register, rosters, returns, passwords, notes. Values in, sealed files out.

Everything here is one age file a value, under the service key, with its name sealed in it.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from pydantic import TypeAdapter

from audit_kit.errors import AuditKitError
from audit_kit.store.disk import NO_LINES, Disk
from audit_kit.store.keys import KeyPair, Keys

T = TypeVar("T")

#: what every act needs and what names nobody of a family: kept open in memory
_READ_OFTEN = ("sessions/", "themes/", "said/", "forward/", "roster/")
_MOST_OPENED = 96  # what three sessions of eight cases need: a session's returns are judged together

_NAMED = b"audit-kit value "  # how a sealed value begins; its name follows, on the same line
_NOT_VALUES = ("originals/", "work/", "register/", "roster/")

DIGESTS = "sealed.sha256"  # beside the originals of a case: what each sealed file hashes to


@dataclass
class _Held:
    """What is sealed and waits to be written: files, lines for other files, and those values that are kept open."""

    sealed: dict[Path, bytes] = field(default_factory=dict)
    lines: dict[Path, bytes] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)


class Values:
    """The sealed values of one store, each under a name."""

    def __init__(self, folder: Path, keys: Keys, disk: Disk) -> None:
        self._folder, self._keys, self._disk = folder, keys, disk
        self._folder_name = str(folder)
        self._opened: dict[str, tuple[tuple[int, ...], object]] = {}
        self._held: _Held | None = None  # until it is written together
        self._changes: Counter[str] = Counter()  # folder of values → how often this process changed one in it

    @property
    def service_key(self) -> KeyPair:
        """The service's key pair, for the test that a backup carries along."""
        return self._keys.service

    @contextmanager
    def together(self) -> Iterator[None]:
        """Hold back what is sealed in this block until ``make_durable``, or until it ends: then all is written at once.

        Nothing of what is held back then is written when the block ends by an error.
        """
        self._held = _Held()
        try:
            yield
            self.make_durable()
        finally:
            self._held = None

    def make_durable(self) -> None:
        """Write now, all at once, what a block ``together`` holds back so far."""
        if self._held is None or not self._held.sealed:
            return
        held, self._held = self._held, _Held()
        self._write_all(held.sealed, held.lines)
        for name, value in held.values.items():
            self._keep_open(name, value)

    def _write(self, path: Path, sealed: bytes, lines: Mapping[Path, bytes] = NO_LINES) -> None:
        """``lines``: what is added to other files before this one has its name."""
        if self._held is not None:
            self._held.sealed[path] = sealed
            for other, line in lines.items():
                self._held.lines[other] = self._held.lines.get(other, b"") + line
        else:
            self._write_all({path: sealed}, lines)

    def _write_all(self, files: Mapping[Path, bytes], lines: Mapping[Path, bytes]) -> None:
        try:
            self._disk.write_all(files.items(), lines)
        finally:  # some may have got there
            self._changes.update(str(path.parent) for path in files)

    def _remove(self, path: Path) -> None:
        try:
            self._disk.remove(path)
        finally:
            self._changes[str(path.parent)] += 1

    def put(self, name: str, value: T, kind: type[T] | TypeAdapter[T]) -> None:
        """Seal a value under a name such as ``register/2026-A2-NEG/H3``. A value of that name is replaced."""
        self.put_bytes(name, _adapter(kind).dump_json(value))
        if name.startswith(_READ_OFTEN):
            if self._held is not None:
                self._held.values[name] = value
            else:
                self._keep_open(name, value)

    def get(self, name: str, kind: type[T] | TypeAdapter[T]) -> T | None:
        """The value of this name, or None when there is none."""
        if self._held is not None and name in self._held.values:
            return cast(T, self._held.values[name])
        if name.startswith(_READ_OFTEN):
            return self._get_often(name, kind)
        data = self.get_bytes(name)
        return _adapter(kind).validate_json(data) if data is not None else None

    def _get_often(self, name: str, kind: type[T] | TypeAdapter[T]) -> T | None:
        """The same of what is kept open: opened again only when the file is another one."""
        stamp = self.as_of(name)
        if not stamp:
            return None
        known = self._opened.pop(name, None)
        if known is None or known[0] != stamp:
            known = (stamp, _adapter(kind).validate_json(self._opened_as(name)))
        self._opened[name] = known  # at the end: what was not asked for the longest goes first
        if len(self._opened) > _MOST_OPENED:
            del self._opened[next(iter(self._opened))]
        return cast(T, known[1])

    def _keep_open(self, name: str, value: object) -> None:
        """Keep what was just written open, as it would be opened again."""
        self._opened.pop(name, None)
        self._opened[name] = (self.as_of(name), value)
        if len(self._opened) > _MOST_OPENED:
            del self._opened[next(iter(self._opened))]

    def changes(self, folder: str) -> int:
        """How often this process, which alone holds the store, has changed a value in this folder of values."""
        return self._changes[f"{self._folder_name}/{folder}"]

    def as_of(self, name: str) -> tuple[int, ...]:
        """What the sealed file of this name looks like; another once it is written anew, () when there is none."""
        try:
            status = os.stat(self._place(name))  # noqa: PTH116 - a Path takes longer to make than the file to look at
        except FileNotFoundError:
            return ()
        return (status.st_ino, status.st_mtime_ns, status.st_size)

    def put_bytes(self, name: str, data: bytes) -> None:
        """Seal bytes under a name, which is sealed with them."""
        self._write(self._value(name), self._named(name, data))

    def get_bytes(self, name: str) -> bytes | None:
        """The bytes of this name, or None when there are none. AuditKitError for those of another name."""
        try:
            return self._opened_as(name)
        except FileNotFoundError:
            return None

    def _named(self, name: str, data: bytes) -> bytes:
        return self._keys.seal_for_service(_NAMED + name.encode() + b"\n" + data)

    def _opened_as(self, name: str, path: Path | None = None) -> bytes:
        held = self._held.sealed.get(self._value(name)) if self._held is not None else None
        opened = self._keys.open_for_service(held or _content_of(path or self._place(name)))
        if not opened.startswith(_NAMED):  # sealed before 0.4
            return opened
        sealed_as, _, data = opened.removeprefix(_NAMED).partition(b"\n")
        if sealed_as != name.encode():
            raise misplaced_file(f"store/{name}.age")
        return data

    def misplaced(self) -> tuple[str, ...]:
        """Values that lie under another's name. Those about who somebody is stay closed: whoever uses one finds out."""
        found = []
        for path in self._sealed_files():
            name = path.relative_to(self._folder).as_posix().removesuffix(".age")
            if name.startswith(_NOT_VALUES) or path.name == DIGESTS:
                continue
            try:
                self._opened_as(name)
            except AuditKitError:
                found.append(name)
        return tuple(found)

    def names(self, folder: str) -> tuple[str, ...]:
        """The names in a folder of values, sorted."""
        found = (self._folder / folder).glob("*.age")
        return tuple(sorted(f"{folder}/{path.name.removesuffix('.age')}" for path in found))

    def remove(self, name: str) -> None:
        """Remove the value of this name; no error when there is none."""
        if self._value(name).exists():
            self._remove(self._value(name))

    def forget(self, name: str) -> None:
        """Remove a value that the next start removes should a power cut bring it back."""
        self._disk.forget(self._value(name))

    def keep_note(self, text: str) -> str:
        """Seal a person's words (a reason may name a child) and give their SHA-256, for the journal."""
        if not text:
            return ""
        sha = hashlib.sha256(text.encode()).hexdigest()
        self.put_bytes(f"notes/{sha}", text.encode())
        return sha

    def note(self, sha: str) -> str:
        """The words that were kept under this SHA-256; "" when there are none."""
        data = self.get_bytes(f"notes/{sha}") if sha else None
        return data.decode() if data else ""

    def _value(self, name: str) -> Path:
        return self._folder / f"{name}.age"

    def _place(self, name: str) -> str:
        """The same as a string: each return asks for some hundred, and a Path takes longer to make than the file to look at."""
        return f"{self._folder_name}/{name}.age"

    def _sealed_files(self) -> list[Path]:
        """Every sealed file but keys, and what is listed of originals."""
        kept = ("keys", "models")
        return [
            path for path in sorted(self._folder.glob("*/**/*"))
            if path.is_file() and (path.suffix == ".age" or path.name == DIGESTS)
            and path.relative_to(self._folder).parts[0] not in kept
        ]  # fmt: skip


def _content_of(path: str | Path) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - the same
        return file.readall()


def misplaced_file(where: str) -> AuditKitError:
    """The error for a sealed file that holds another value or content than its name says."""
    return AuditKitError(
        "A sealed file in the store is not the one that belongs there: somebody moved or replaced it.",
        where=where,
        not_happened="Nothing was read from it.",
        next_step="Keep the store as it is, run audit-kit verify, and restore a backup beside it to compare.",
    )


_adapters: dict[object, TypeAdapter[object]] = {}


def _adapter(kind: type[T] | TypeAdapter[T]) -> TypeAdapter[T]:
    """Building an adapter costs milliseconds; each type is built once."""
    if isinstance(kind, TypeAdapter):
        return kind
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]  # type: ignore[return-value]
