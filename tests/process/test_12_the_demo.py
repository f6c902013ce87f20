"""A report and action plan is produced and presented at the next QA sub-group: the whole session, start to end.

The demo plays it; office programs open everything that it wrote.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from everywhere import files_below, texts_in

from audit_kit.access import check
from audit_kit.demo.cast import CASES, demo_case
from audit_kit.demo.committee import STEPS
from audit_kit.demo.faults import PLANTED
from audit_kit.domain.references import names_a_device
from audit_kit.office.forms import read_answers, tool_identity
from audit_kit.office.protect import is_protected
from audit_kit.office.safe_read import read_safely

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    ran = subprocess.run(
        [sys.executable, "-m", "audit_kit", "demo", str(folder)],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder, ran.stdout


def test_every_planted_fault_and_every_later_step_went_as_it_must(demo):
    _, said = demo

    assert said.count(": as it must.") == len(PLANTED) + len(STEPS)
    assert "NOT AS IT MUST" not in said


def test_at_least_eighty_tools_were_issued_and_most_were_accepted(demo):
    folder, _ = demo

    assert len(list(folder.glob("outbox/agencies/*/*_r1.xlsx"))) >= 80
    assert len(list(folder.glob("outbox/on-file/*/*.xlsx"))) >= 70


def test_no_registered_name_stands_outside_the_store(demo):
    folder, said = demo
    names = {part for case in CASES for person in demo_case(case).people for part in re.split(r"[\s-]+", person.name)}
    standing = re.compile(rf"(?<!\w)({'|'.join(sorted(map(re.escape, names - NOT_ONLY_NAMES)))})(?!\w)")

    # what is attached to a mail draft lies beside it as a file
    files = [
        (path, data)
        for path, data in files_below(folder / "outbox")
        if "/restricted/" not in path and path[-4:] != ".eml"
    ]
    # every name begins with a capital: to look at words that do first takes a tenth of the time
    beginnings = {re.match(r"\w+", name)[0] for name in names - NOT_ONLY_NAMES}
    found = [
        place
        for path, data in files
        for place, text in texts_in(path, data, ("utf-8",))
        if not beginnings.isdisjoint(re.findall(r"[A-Z]\w*", text)) and standing.search(text)
    ]

    assert len(names - NOT_ONLY_NAMES) > 80
    assert all(re.match("[A-Z]", name) for name in beginnings)
    assert found == []
    assert standing.search(said) is None


#: parts of what stands in the registers that are words of the tool, of a street or of a season as well
NOT_ONLY_NAMES = {"", "Unborn", "Baby", "Marsh", "do", "Can", "Summer"}


def test_every_file_has_a_name_that_windows_can_bear(demo):
    folder, _ = demo
    files = [path.relative_to(folder) for top in ("outbox", "store") for path in (folder / top).rglob("*")]

    barred = [
        path.as_posix()
        for path in files
        for part in path.parts
        if re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]$', part) or names_a_device(part.partition(".")[0].upper())
    ]

    assert barred == []
    # Windows takes 260 characters in all, unless it was told to take more: 140 are left for the folder of the kit
    assert max(len(str(path)) for path in files) <= 120


def test_the_demo_never_touches_the_folders_of_the_user(demo):
    folder, _ = demo

    assert (folder / "store").is_dir()
    assert {path.name for path in folder.parent.iterdir()} == {folder.name}


def test_a_folder_that_is_not_a_demo_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")

    ran = subprocess.run(
        [sys.executable, "-m", "audit_kit", "demo", str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 2
    assert "holds no earlier demo" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing was opened in it"
)


def converted(files: list[Path], to: str, folder: Path) -> set[str]:
    """The stems of what LibreOffice could convert."""
    assert SOFFICE is not None, "LibreOffice must be installed here"
    folder.mkdir()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [SOFFICE, "--headless", profile, "--convert-to", to, "--outdir", str(folder), *map(str, files)],
        capture_output=True, timeout=900, check=True,
    )  # fmt: skip
    return {path.stem for path in folder.iterdir() if path.suffix == f".{to}"}


def readable(folder: Path, ending: str) -> list[Path]:
    """Everything of this ending in the outbox that needs no password."""
    return [path for path in sorted((folder / "outbox").rglob(f"*.{ending}")) if not is_protected(path.read_bytes())]


def one_of_each_kind(files: list[Path], folder: Path) -> list[Path]:
    """Of files that are written by the hundred, one of each kind in each part of the outbox."""
    kinds: dict[str, Path] = {}
    for path in files:
        part = path.relative_to(folder / "outbox").parts[0]
        kinds.setdefault(f"{part} {path.stem.rpartition('_')[2]} {path.suffix}", path)
    return list(kinds.values())


@pytest.mark.office
@needs_office
def test_libreoffice_opens_one_of_each_kind_that_the_demo_wrote(demo, tmp_path):
    files = one_of_each_kind(readable(demo[0], "docx") + readable(demo[0], "xlsx"), demo[0])
    assert len(files) > 12

    pages = converted(files, "pdf", tmp_path / "pdf")

    assert {path.stem for path in files} - pages == set()


def test_nothing_keeps_anybody_from_reading_one_of_each_kind_that_the_demo_wrote(demo):
    assert kept_from_readers(one_of_each_kind(readable(demo[0], "docx") + readable(demo[0], "xlsx"), demo[0])) == []


@pytest.mark.proof
def test_nothing_keeps_anybody_from_reading_anything_that_the_demo_wrote(demo):
    assert kept_from_readers(readable(demo[0], "docx") + readable(demo[0], "xlsx")) == []


def kept_from_readers(files: list[Path]) -> list[str]:
    return [f"{path.name}: {fault.place} ({fault.code})" for path in files for fault in check(path)]


@pytest.mark.proof
@pytest.mark.office
@needs_office
def test_libreoffice_opens_everything_that_the_demo_wrote(demo, tmp_path):
    for ending in ("docx", "xlsx"):
        files = readable(demo[0], ending)

        pages = converted(files, "pdf", tmp_path / ending)

        assert {path.stem for path in files} - pages == set()


@pytest.mark.office
@needs_office
def test_a_tool_saved_by_libreoffice_is_still_the_right_return_with_every_answer(demo, tmp_path):
    filled = sorted(demo[0].glob("outbox/agencies/CAMHS/2026-A2-NEG_H2_CAMHS_r2.xlsx"))

    converted(filled, "xlsx", tmp_path / "saved")

    before, after = read_safely(filled[0].read_bytes()), read_safely((tmp_path / "saved" / filled[0].name).read_bytes())
    tool = tool_identity(before)
    assert tool_identity(after) == tool
    assert answers_of(after) == answers_of(before) != {}


def answers_of(book) -> dict[str, str]:
    """Every answer, read with the demo's own tool of that audit."""
    from audit_kit.demo.planner import KLOES
    from audit_kit.domain.standard_sheets import tool_for
    from audit_kit.office.question_bank import read_question_bank
    from audit_kit.store.folders import shipped

    theme = read_question_bank((shipped("templates") / "question_bank.xlsx").read_bytes()).theme("neglect")
    assert theme is not None
    return dict(read_answers(book, tool_for(theme, "H", "CAMHS", KLOES, {})).answers)
