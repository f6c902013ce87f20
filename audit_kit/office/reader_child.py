"""The process that takes the blow: reads workbooks with a spreadsheet library, under hard limits.

Run as a file of its own (``python -I reader_child.py LIBRARY MIB CPU_SECONDS``), so that nothing of audit_kit and no
environment comes with it. On standard input it is given workbooks, each behind its length; on standard output it
answers each with one JSON document of strings (``document``), or with nothing if it can't read it. After it has started it can open no
file and no connection, and it leaves no core dump. It never writes a word of what it read anywhere else.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import math
import re
import struct
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctypes import Structure

LENGTH = struct.Struct(">Q")
READY = b"ready"  # the first thing said, once the library is loaded and the limits hold

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85]")
# U+0080 to U+009F are never typed: a program took Windows-1252 for Latin-1 there, and they are its quotes, dashes and
# letters such as š. But U+0085, which may be a line break, and five that Windows-1252 has not either
WINDOWS = {
    code: bytes((code,)).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text in Unicode NFC with line feeds for line breaks and without control characters.

    Vertical tabs, form feeds and lone carriage returns are line breaks too (Word puts them between lines), so
    that two words never run together. Emoji, right-to-left text and everything else a person can type stay, and what
    Windows wrote and another program misread (``WINDOWS``) is what it was.
    """
    if text.replace("\n", "").isprintable():  # nearly all: no break but line feeds, nothing unwanted
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    return _UNWANTED.sub("", unicodedata.normalize("NFC", _mended(text)))


def taken_out(text: str) -> int:
    """How many characters cleaning takes out of a text; those that are replaced by what they stand for don't count."""
    return len(_UNWANTED.findall(_mended(text)))


def _mended(text: str) -> str:
    return _BREAKS.sub("\n", text).translate(WINDOWS)


def unescape(text: str) -> str:
    """``_x003D_`` → ``=``, once, as calamine does by itself; openpyxl leaves Office's escapes as they are."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code < 0xE000 else chr(code)


def shown(value: object) -> str:
    """A cell's value as text: ISO dates, numbers without a needless fraction, Yes and No."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return _duration(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6)
    if isinstance(value, datetime.timedelta):
        return _duration(value.total_seconds())
    return ""


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    # Excel keeps 15 digits; beyond them stands only what binary fractions add
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _moment(value: datetime.datetime) -> str:
    with contextlib.suppress(OverflowError):
        value += datetime.timedelta(microseconds=500_000)  # fractions of a day seldom hit a second exactly
    midnight = value.hour == value.minute == value.second == 0
    return value.strftime("%Y-%m-%d").zfill(10) + ("" if midnight else value.strftime(" %H:%M"))


def _duration(seconds: float) -> str:
    whole = round(abs(seconds))
    text = f"{whole // 3600:02}:{whole // 60 % 60:02}" + (f":{whole % 60:02}" if whole % 60 else "")
    return f"-{text}" if seconds < 0 and whole else text


Cells = Iterator[tuple[int, int, object]]


def with_calamine() -> Callable[[bytes], Iterator[tuple[str, Cells]]]:
    """Reads each sheet's name and values with calamine: 1 ms a workbook; aborts on some hostile files."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    def cells_of(workbook: CalamineWorkbook, index: int) -> Cells:
        sheet = workbook.get_sheet_by_index(index)
        for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
            for column, value in enumerate(values, 1):
                if value != "":
                    yield row, column, value

    def read(data: bytes) -> Iterator[tuple[str, Cells]]:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for index, sheet in enumerate(workbook.sheets_metadata):
            is_grid = sheet.typ == SheetTypeEnum.WorkSheet
            yield sheet.name, cells_of(workbook, index) if is_grid else iter(())

    return read


def with_openpyxl() -> Callable[[bytes], Iterator[tuple[str, Cells]]]:
    """Reads the same with openpyxl, slower and in its own way: the second reader."""
    import codecs
    import warnings

    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet

    codecs.lookup("cp437")  # zipfile decodes with it; once the limits hold, no module can be loaded
    warnings.simplefilter("ignore")  # about features that a reader of values does not need

    def cells_of(sheet: Worksheet) -> Cells:
        # not iter_rows: it makes every cell up to the last one, and a lone cell may stand far away
        for (row, column), cell in sorted(sheet._cells.items()):
            value = cell.value
            if cell.data_type != "e" and value is not None and value != "":
                yield row, column, unescape(value) if isinstance(value, str) else value

    def read(data: bytes) -> Iterator[tuple[str, Cells]]:
        workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for name in workbook.sheetnames:
            sheet = workbook[name]
            yield name, cells_of(sheet) if isinstance(sheet, Worksheet) else iter(())

    return read


def document(sheets: Iterator[tuple[str, Cells]]) -> dict[str, object]:
    """What the parent is told: each sheet's name and its cells that aren't blank, cleaned, as strings.

    Rows, columns and texts each by themselves: there are thousands, and a list for each cell would take longer than the
    rest. ``cleaned``: where cleaning changed a text, and how many characters it took out there; also where nothing was left.
    """
    listed = []
    for name, cells in sheets:
        rows, columns, texts, cleaned = list[int](), list[int](), list[str](), list[tuple[int, int, int]]()
        for row, column, value in cells:
            if isinstance(value, str) and value.isascii() and value.isprintable() and not value.isspace():
                kept = value  # nearly all: nothing to show otherwise, nothing to clean
            else:
                text = shown(value)
                kept = clean(text)
                if kept != text:
                    cleaned.append((row, column, taken_out(text)))
                if not kept.strip():
                    continue
            rows.append(row)
            columns.append(column)
            texts.append(kept)
        listed.append({"name": clean(name), "rows": rows, "columns": columns, "texts": texts, "cleaned": cleaned})
    return {"sheets": listed}


def answer_by(read: Callable[[bytes], Iterator[tuple[str, Cells]]]) -> Callable[[bytes], bytes]:
    """A function that answers one workbook with its JSON document."""
    return lambda data: json.dumps(document(read(data))).encode("ascii")


def with_msoffcrypto() -> Callable[[bytes], bytes]:
    """A function that opens a protected workbook: given one or more passwords and the file (``sealed_request``)."""
    import codecs
    import importlib

    import msoffcrypto

    # what the library loads only once it meets such a file; when the limits hold, no module can be loaded
    for late in ("msoffcrypto.format.ooxml", "xml.dom.expatbuilder", "cryptography.hazmat.backends.openssl"):
        importlib.import_module(late)
    codecs.lookup("utf-16-le")

    def open_with(password: str, data: bytes) -> bytes:
        opened = io.BytesIO()
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password, verify_password=True)
        office.decrypt(opened)
        return opened.getvalue()

    def answer(request: bytes) -> bytes:
        line, _, data = request.partition(b"\n")
        for password in json.loads(line):
            with contextlib.suppress(Exception):  # it has a dozen kinds of error; the next password may fit
                return open_with(password, data)
        return b""

    return answer


def sealed_request(passwords: tuple[str, ...], data: bytes) -> bytes:
    """What ``with_msoffcrypto`` is given: the passwords as one line of JSON, then the file."""
    return json.dumps(passwords).encode("ascii") + b"\n" + data


LIBRARIES: dict[str, Callable[[], Callable[[bytes], bytes]]] = {
    "calamine": lambda: answer_by(with_calamine()),
    "openpyxl": lambda: answer_by(with_openpyxl()),
    "msoffcrypto": with_msoffcrypto,
}


def limit_on_posix(memory_mib: int, cpu_seconds: int) -> None:
    """At most this much memory, this much processor time from now on, and nothing new opened or written."""
    import resource

    memory = memory_mib * 1024 * 1024
    cpu = math.ceil(time.process_time()) + cpu_seconds
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))
    # soft only: it is moved on before each workbook
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, resource.RLIM_INFINITY))


def limit_on_windows(memory_mib: int, cpu_seconds: int) -> None:
    """The same by a Job Object around this process, which ends with it and can start no other. OSError when it can't be had."""
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.CreateJobObjectW.argtypes = [ctypes.c_void_p, wintypes.LPCWSTR]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    global _job
    if _job is None:
        _job = kernel.CreateJobObjectW(None, None)
        if not _job or not kernel.AssignProcessToJobObject(_job, kernel.GetCurrentProcess()):
            raise OSError("no job object")
    limits = job_limits(memory_mib, math.ceil(time.process_time()) + cpu_seconds)
    if not kernel.SetInformationJobObject(_job, 9, ctypes.byref(limits), ctypes.sizeof(limits)):
        raise OSError("job limits")


_job = None  # the handle must stay open: the limits end when it is closed


def job_limits(memory_mib: int, cpu_seconds_in_all: int) -> Structure:
    """A JOBOBJECT_EXTENDED_LIMIT_INFORMATION: memory, processor time, one process, all ended on close."""
    import ctypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),  # in units of 100 ns
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", ctypes.c_uint32),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", ctypes.c_uint32),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", ctypes.c_uint32),
            ("SchedulingClass", ctypes.c_uint32),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    process_time, one_process, process_memory, die_quietly, end_on_close = 0x2, 0x8, 0x100, 0x400, 0x2000
    limits = Extended()
    limits.BasicLimitInformation.LimitFlags = process_time | one_process | process_memory | die_quietly | end_on_close
    limits.BasicLimitInformation.PerProcessUserTimeLimit = cpu_seconds_in_all * 10_000_000
    limits.BasicLimitInformation.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory_mib * 1024 * 1024
    return limits


def main() -> None:
    """Answer one workbook after another until the parent closes the pipe."""
    import signal

    library, memory_mib, cpu_seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    # Ctrl-C and a service manager's SIGTERM come to the child, too. They are the parent's, which finishes the file at
    # hand: a child that died of them would have the file taken for one that can't be read
    for asked_to_stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked_to_stop, signal.SIG_IGN)
    answer = LIBRARIES[library]()
    limit = limit_on_windows if sys.platform == "win32" else limit_on_posix
    limit(memory_mib, cpu_seconds)
    given, told = sys.stdin.buffer, sys.stdout.buffer
    told.write(READY)
    told.flush()
    while len(head := given.read(LENGTH.size)) == LENGTH.size:
        limit(memory_mib, cpu_seconds)
        reply = b""
        # an error's text may quote a cell, so it ends here; calamine's panics are no ordinary exceptions
        with contextlib.suppress(BaseException):
            reply = answer(given.read(LENGTH.unpack(head)[0]))
        told.write(LENGTH.pack(len(reply)) + reply)
        told.flush()


if __name__ == "__main__":
    main()
