"""A file may hang, kill or subvert its reader: the service goes on, and the others are read as if nothing were."""

import ctypes
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from grafting import ANSWER, a_form, cell, graft, sheet, with_sheet

from audit_kit.errors import AuditKitError
from audit_kit.office import gate_child, reader_child, safe_read
from audit_kit.office.gate_child import Limits, ReaderNotStarted
from audit_kit.office.safe_read import Reason, Refused, SafeReader, read_safely

QUICK = Limits(wall_seconds=1.0)
GREETING = f"""
import json, os, struct, sys, time
library = sys.argv[1]
given, told = sys.stdin.buffer, sys.stdout.buffer
def say(raw): told.write(raw); told.flush()
def answer(raw): say(struct.pack(">Q", len(raw)) + raw)
say({reader_child.READY!r})
length, = struct.unpack(">Q", given.read(8))
data = given.read(length)
"""


@pytest.fixture
def a_child_that(tmp_path, monkeypatch):
    """Puts a script in the place of the reader: what a subverted or broken library might do."""

    def replace(script, greeting=GREETING):
        path = tmp_path / "child.py"
        path.write_text(greeting + script)
        monkeypatch.setattr(reader_child, "__file__", str(path))

    return replace


def refusal_of(data, limits=QUICK):
    with pytest.raises(Refused) as refusal:
        read_safely(data, limits=limits)
    return refusal.value


def test_a_reader_that_hangs_is_killed_at_the_time_limit(a_child_that):
    a_child_that("while True: pass")
    began = time.monotonic()
    assert refusal_of(a_form(), Limits(wall_seconds=0.5, cpu_seconds=600)).reason is Reason.NOT_READ_SAFELY
    assert time.monotonic() - began < 60


def test_a_reader_that_never_listens_is_killed_too(a_child_that):
    a_child_that("", GREETING.replace("length, =", "while True: pass\nlength, ="))
    assert refusal_of(graft({"xl/media/image1.png": bytes(300_000)}), Limits(wall_seconds=0.5))


@pytest.mark.parametrize(
    "script",
    [
        "os.abort()",
        "sys.exit(3)",
        "answer(b'')",
        "answer(b'not json')",
        "answer(b'[]')",
        "answer(b'{\"sheets\": []}')",
        "say(struct.pack('>Q', 1 << 62))",
        "say(struct.pack('>Q', 100) + b'too short'); sys.exit()",
        "say(b'abc'); sys.exit()",
    ],
)
def test_a_reader_that_dies_or_talks_nonsense_gives_a_refusal(script, a_child_that):
    a_child_that(script)
    assert refusal_of(a_form()).reason is Reason.NOT_READ_SAFELY


def told(cells, name="Start", cleaned=(), **more):
    """An answer with these cells on the first of five sheets, as the child would send it."""
    sheets = [_told_of(name, cells, cleaned)]
    sheets += [_told_of(each) for each in ("Questions", "Findings", "lists", "_kit")]
    return json.dumps({"sheets": sheets} | more)


def _told_of(name, cells=(), cleaned=()):
    rows, columns, texts = zip(*cells, strict=True) if cells else ((), (), ())
    return {"name": name, "rows": rows, "columns": columns, "texts": texts, "cleaned": cleaned}


LIES = {
    "a control character": told([[1, 1, "a\x07"]]),
    "a text that is not composed": told([[1, 1, "e\u0301"]]),
    "half a character": told([[1, 1, "\ud800"]]),
    "a text beyond a cell": told([[1, 1, "x" * 32_768]]),
    "an empty text": told([[1, 1, ""]]),
    "a number for a text": told([[1, 1, 5]]),
    "a text for a row": told([["1", 1, "a"]]),
    "a row before the first": told([[0, 1, "a"]]),
    "a column beyond the last": told([[1, 16_385, "a"]]),
    "another sheet": told([[1, 1, "a"]], name="Other"),
    "a field that is not agreed": told([[1, 1, "a"]], extra=1),
    "a count below nothing": told([[1, 1, "a"]], cleaned=[[1, 1, -1]]),
    "a cleaning outside the grid": told([[1, 1, "a"]], cleaned=[[0, 1, 1]]),
    "no cells where the gate saw some": told([]),
    "more cells than the gate saw": told([[1, 1, "a"], [2, 1, "b"]]),
    "a text without a row": told([[1, 1, "a"]]).replace('"rows": [1]', '"rows": []'),
    "a text without a column": told([[1, 1, "a"]]).replace('"columns": [1]', '"columns": []'),
}
TRUE = told([[1, 1, "a"]])
EMPTY = {f"xl/worksheets/sheet{number}.xml": sheet("") for number in range(2, 6)}
ONE_CELL = graft({"xl/worksheets/sheet1.xml": sheet(cell("a")), **EMPTY})


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_an_answer_that_breaks_the_agreement_is_not_believed(lie, a_child_that):
    a_child_that(f"answer({lie.encode()!r})")
    assert refusal_of(ONE_CELL).reason is Reason.NOT_READ_SAFELY


def test_the_same_answer_without_a_lie_is_believed(a_child_that):
    a_child_that(f"answer({TRUE.encode()!r})")
    assert read_safely(ONE_CELL).sheets[0].cells[1, 1].text == "a"


def test_a_file_that_kills_the_first_reader_is_read_by_the_second_and_the_next_by_the_first_again(
    a_child_that, tmp_path
):
    log = tmp_path / "log"
    real = Path(reader_child.__file__)
    a_child_that(
        f"""
import pathlib, runpy, sys
library = sys.argv[1]
with open({str(log)!r}, "a") as log: log.write(library + " ")
child = runpy.run_path({str(real)!r})
read = child["LIBRARIES"][library]()
told.write(child["READY"]); told.flush()
while head := given.read(8):
    data = given.read(struct.unpack(">Q", head)[0])
    if library == "calamine" and b"xl/media/poison.png" in data: os.abort()
    answer(read(data))
""",
        GREETING.partition("say(b")[0],
    )
    poison = graft({"xl/media/poison.png": "x"})
    with SafeReader() as reader:
        texts = [reader.read(data).sheets[1].cells[1, 2].text for data in (a_form(), poison, a_form())]
    assert texts == [f"Answer 1: {ANSWER}\nSecond line"] * 3
    assert log.read_text().split() == ["calamine", "openpyxl", "calamine"]


def test_one_poisonous_file_costs_its_own_time_limit_and_the_others_nothing(a_child_that):
    real = Path(reader_child.__file__)
    a_child_that(
        f"""
import runpy, sys
child = runpy.run_path({str(real)!r})
read = child["LIBRARIES"][sys.argv[1]]()
told.write(child["READY"]); told.flush()
while head := given.read(8):
    data = given.read(struct.unpack(">Q", head)[0])
    while b"xl/media/poison.png" in data: pass
    answer(read(data))
""",
        GREETING.partition("say(b")[0],
    )
    poison = graft({"xl/media/poison.png": "x"})
    began = time.monotonic()
    with SafeReader(Limits(wall_seconds=1.5, cpu_seconds=600)) as reader:
        outcomes = []
        for data in (a_form(), poison, a_form(), a_form()):
            try:
                outcomes.append(len(reader.read(data).sheets))
            except Refused as refusal:
                outcomes.append(refusal.reason.value)
    assert outcomes == [5, "could_not_be_read_safely", 5, 5]
    assert time.monotonic() - began < 60


def test_a_reader_that_answered_is_not_killed_when_its_time_is_over():
    with SafeReader(Limits(wall_seconds=1.0)) as reader:
        reader.read(a_form())
        child = reader._children["calamine"]
        wakes = child._watchdog._wakes
        while child._watchdog._wakes == wakes:  # the thread that would have killed it looks, and there is nothing to do
            time.sleep(0.05)
        reader.read(a_form())

        assert reader._children["calamine"] is child


def test_one_thread_sees_to_all_that_a_child_is_asked():
    with SafeReader() as reader:
        reader.read(a_form())
        threads = threading.active_count()
        for _ in range(3):
            reader.read(a_form())

        assert threading.active_count() == threads


def test_a_child_is_replaced_after_its_share_of_files():
    with SafeReader(Limits(files_per_child=2)) as reader:
        children = set()
        for _ in range(5):
            reader.read(a_form())
            children.add(reader._children["calamine"]._process.pid)
    assert len(children) == 3


def test_closing_leaves_no_child_behind():
    with SafeReader() as reader:
        reader.read(a_form())
        process = reader._children["calamine"]._process
    assert process.poll() is not None


def test_a_reader_that_can_not_start_is_never_the_files_fault(a_child_that):
    a_child_that("", "import sys; sys.exit(1)")
    with pytest.raises(ReaderNotStarted) as problem:
        read_safely(a_form())
    assert isinstance(problem.value, AuditKitError)
    assert not isinstance(problem.value, Refused)


def test_a_refused_file_starts_no_process(a_child_that):
    a_child_that("", "raise SystemExit")
    with pytest.raises(Refused):
        read_safely(b"%PDF-1.7")


def limited(script, memory=200, cpu=1):
    """What a script under the child's own limits prints, and how it ended."""
    code = f"import runpy; child = runpy.run_path({reader_child.__file__!r})\n"
    code += f"child['limit_on_posix']({memory}, {cpu})\n{script}"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, timeout=30, check=False)
    return done.stdout.strip(), done.returncode


posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own limits, a Job Object")


@posix_only
def test_the_child_can_not_use_more_memory_than_its_limit():
    assert limited("try: bytes(300 << 20)\nexcept MemoryError: print('stopped')") == ("stopped", 0)


@posix_only
def test_the_child_can_not_use_more_processor_time_than_its_limit():
    assert limited("while True: pass")[1] < 0


@posix_only
@pytest.mark.parametrize("act", ["open('/etc/hostname')", "__import__('_socket').socket()", "__import__('os').pipe()"])
def test_the_child_can_open_neither_file_nor_connection(act):
    assert limited(f"try: {act}\nexcept (OSError, ImportError): print('stopped')") == ("stopped", 0)


@posix_only
def test_the_child_leaves_no_core_dump_and_each_file_gets_its_own_processor_time():
    script = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0]); child['limit_on_posix'](200, 9)"
    assert limited(script) == ("0", 0)


def test_the_limits_for_windows_have_the_layout_that_windows_expects():
    limits = reader_child.job_limits(512, 10)
    assert ctypes.sizeof(limits) == (144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112)
    assert limits.ProcessMemoryLimit == 512 << 20
    assert limits.BasicLimitInformation.PerProcessUserTimeLimit == 100_000_000


def test_the_child_brings_nothing_of_the_kit_and_nothing_of_the_environment():
    code = (
        f"import runpy, sys, os; child = runpy.run_path({reader_child.__file__!r}); child['with_calamine']()\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('audit_kit', 'pydantic', 'openpyxl')))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert "PATH" not in gate_child._KEPT_ENVIRONMENT
    assert "HOME" not in gate_child._KEPT_ENVIRONMENT


def test_no_error_quotes_the_file(a_child_that):
    a_child_that(f"answer({told([[1, 1, 'Zebedee Quill']]).encode()!r}); sys.stderr.write('Zebedee Quill')")
    refusal = refusal_of(with_sheet(cell("Zebedee Quill")))
    assert "Quill" not in f"{refusal} {refusal!r} {refusal.__cause__} {refusal.__context__}"
    with pytest.raises(safe_read.ValidationError) as problem:
        safe_read._Answer.model_validate_json(told([[1, 1, "Zebedee Quill\x07"]]))
    assert "Quill" not in str(problem.value)
