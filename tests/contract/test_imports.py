"""Imports point one way, so that each part can be read alone: cli, process, acts, then the parts, then the words."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import ROOT

from audit_kit import process

PACKAGE = ROOT / "audit_kit"

#: part of the package → the parts it may import, besides itself
MAY_IMPORT = {
    "errors": set(),
    # a process beside this one, whoever needs one
    "child": set(),
    # knows nothing of the rest, so that others can use it
    "access": set(),
    "domain": {"errors"},
    "privacy": {"domain"},
    # optional: each model is one vote, handed to privacy by the acts
    "models": {"errors", "privacy", "child"},
    "config": {"domain", "errors"},
    "stages": {"domain", "privacy"},
    "office": {"child", "domain", "errors"},
    "store": {"domain", "errors"},
    # where the configuration says that things lie, and the templates that lie there
    "places": {"config", "errors", "store"},
    "team_templates": {"config", "domain", "errors", "store", "office"},
    # what a purge that was decided takes away: also at the start of a run after one that was stopped
    "destroying": {"domain", "store"},
    # the opened installation: what every act is given
    "kit": {"config", "destroying", "domain", "errors", "store", "places", "team_templates"},
    "acts": {
        "access",
        "config",
        "destroying",
        "domain",
        "errors",
        "privacy",
        "stages",
        "office",
        "store",
        "kit",
        "models",
        "places",
        "team_templates",
    },
    "process": {"acts"},
    # the agencies that the demo plays write and read Office files, as people would
    "demo": {"process", "acts", "config", "domain", "errors", "office", "store", "kit", "places", "team_templates"},
    "console": {"domain", "errors"},
    # what is shown of a step (stages.overview as JSON) is pure, so the command line may ask for it
    "cli": {
        "access",
        "process",
        "acts",
        "demo",
        "config",
        "console",
        "domain",
        "errors",
        "kit",
        "store",
        "stages",
        "places",
        "team_templates",
    },
    "__main__": {"cli"},
    "__init__": set(),
}

HEAVY = ("openpyxl", "docx", "docxtpl", "pydantic", "sqlalchemy", "watchdog", "pptx", "lxml", "rapidfuzz", "pyrage", "yaml", "spacy", "onnxruntime", "tokenizers", "numpy")  # fmt: skip


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that is imported anywhere, also inside functions, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield node.lineno, node.module or ""
            # "from audit_kit import process" imports a part, too
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def own_parts(tree: ast.AST) -> set[tuple[int, str]]:
    """The parts of this package that are imported, each with its line."""
    found = set()
    for line, name in imported_names(tree):
        pieces = name.split(".")
        if pieces[0] == "audit_kit" and len(pieces) > 1 and pieces[1] in MAY_IMPORT:
            found.add((line, pieces[1]))
    return found


def test_every_part_of_the_package_has_a_rule():
    assert {part_of(path) for path in modules()} <= set(MAY_IMPORT)


@pytest.mark.parametrize("part", sorted({part_of(path) for path in modules()}))
def test_imports_point_one_way(part):
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {other}"
        for path in modules()
        if part_of(path) == part
        for line, other in sorted(own_parts(ast.parse(path.read_text(encoding="utf-8"))))
        if other != part and other not in MAY_IMPORT[part]
    ]

    assert wrong == []


@pytest.mark.parametrize("part", ["stages", "domain", "privacy"])
def test_what_is_pure_touches_no_files_no_clock_and_no_office(part):
    forbidden = {"openpyxl", "docx", "docxtpl", "pptx", "lxml", "sqlalchemy", "pyrage", "os", "time", "shutil", "tempfile", "subprocess"}  # fmt: skip
    allowed = {"audit_kit/domain/clock.py"}  # says what time it is, for the rest to be given
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules()
        if part_of(path) == part and path.relative_to(ROOT).as_posix() not in allowed
        for line, name in imported_names(ast.parse(path.read_text(encoding="utf-8")))
        if name.split(".")[0] in forbidden
    ]

    assert wrong == []


def test_no_heavy_import_stands_at_the_top_of_the_command_line():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (PACKAGE / "cli").glob("*.py")]
    at_the_top = [node for tree in trees for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]

    names = {name.split(".")[0] for node in at_the_top for _, name in imported_names(node)}

    assert names & set(HEAVY) == set()
    assert {part for node in at_the_top for _, part in own_parts(node)} <= {"cli", "errors", "console"}


@pytest.mark.parametrize("arguments", [["--help"], ["process", "--help"], ["plan", "new", "--help"]])
def test_help_comes_without_loading_any_of_them(arguments):
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('LOADED', *sorted(sys.modules)))\n"
        f"sys.argv = ['audit-kit', *{arguments!r}]\n"
        "import runpy; runpy.run_module('audit_kit', run_name='__main__')\n"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)

    assert said.returncode == 0
    assert "Usage:" in said.stdout
    loaded = said.stdout.rpartition("LOADED ")[2].split()
    assert "audit_kit.cli" in loaded
    # typer loads pydantic by itself as soon as it knows the command
    by_typer = {"pydantic"} if arguments[0] != "--help" else set()
    assert [name for name in loaded if name in HEAVY and name not in by_typer] == []


def test_each_step_of_the_process_is_where_it_says():
    tree = ast.parse((PACKAGE / "process.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and "acts" in (node.module or "")]

    steps = {alias.asname or alias.name: (node.module, alias.name) for node in imports for alias in node.names}

    assert steps.keys() == process._STEPS.keys()
    for step, (module, name) in steps.items():
        assert getattr(process, step) is getattr(importlib.import_module(module), name)


def test_a_step_loads_no_act_that_it_does_not_need():
    code = "import sys; from audit_kit import process; process.overviews; print(*sorted(sys.modules))"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout

    acts = [name for name in loaded.split() if name.startswith("audit_kit.acts.")]
    assert acts == ["audit_kit.acts.overview"]
    assert "audit_kit.privacy" not in loaded.split()


@pytest.mark.parametrize(
    "template, also", [("audit_report", {"pptx"}), ("send_back_letter", set()), ("action_plan", set())]
)
def test_a_preview_loads_only_what_writes_such_a_paper(tmp_path, template, also):
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('LOADED', *sorted(sys.modules)))\n"
        f"sys.argv = ['audit-kit', 'templates', 'preview', {template!r}, '--out', {str(tmp_path / 'shown.docx')!r}]\n"
        "import runpy; runpy.run_module('audit_kit', run_name='__main__')\n"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout

    loaded = set(said.rpartition("LOADED ")[2].split())
    assert loaded & {"docx", "sqlalchemy", "openpyxl", "pptx", "audit_kit.privacy", "audit_kit.acts.reporting"} == (
        {"docx"} | also
    )


def test_only_the_command_line_and_the_console_print():
    printing = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert {name for name in printing if not name.startswith("audit_kit/cli/")} <= {"audit_kit/console.py"}
