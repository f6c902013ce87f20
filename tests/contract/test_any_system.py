"""What would differ from one system to the next is said outright: in which alphabet a text file is, above all."""

import ast
from functools import cache

import pytest
from builders import ROOT


@cache
def trees() -> dict[str, ast.Module]:
    paths = sorted((ROOT / "audit_kit").rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def without_encoding(tree: ast.AST) -> list[int]:
    """Lines in which a text file is opened in whatever alphabet the system is set to."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = {keyword.arg: keyword.value for keyword in node.keywords}
        place = {"read_text": 0, "write_text": 1}.get(name)
        if place is not None and "encoding" not in words and len(node.args) <= place:
            found.append(node.lineno)
        mode = words.get("mode") or next(
            (one for one in node.args[:2] if isinstance(one, ast.Constant) and str(one.value)[:1] in "rwax"), None
        )
        binary = isinstance(mode, ast.Constant) and "b" in str(mode.value)
        if name == "fdopen" and not binary and "encoding" not in words:
            found.append(node.lineno)
        if name in ("run", "Popen") and ("text" in words or "universal_newlines" in words) and "encoding" not in words:
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("written", ["path.read_text()", "path.write_text('a')", "os.fdopen(fd, 'w')", "run(a, text=True)"])  # fmt: skip
def test_what_leaves_the_alphabet_to_the_system_is_seen(written):
    assert without_encoding(ast.parse(written)) == [1]


def test_every_text_file_is_opened_in_an_alphabet_that_is_named():
    assert {f"{path}:{line}" for path, tree in trees().items() for line in without_encoding(tree)} == set()


#: modules that only some systems have, and the function or guard in which each is imported
ELSEWHERE = {
    "resource": {"audit_kit/office/reader_child.py", "audit_kit/store/private.py"},
    "fcntl": set(),
    "pwd": set(),
    "grp": set(),
    "termios": set(),
    "winreg": {"audit_kit/store/synced.py"},
    "msvcrt": set(),
}


def test_what_only_some_systems_have_is_imported_only_where_it_is_asked_for_which_one_this_is():
    for path, tree in trees().items():
        at_the_top = {id(node) for node in tree.body}
        for node in ast.walk(tree):
            imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                imported.append(node.module or "")
            for name in set(imported) & set(ELSEWHERE):
                assert path in ELSEWHERE[name]
                assert id(node) not in at_the_top
