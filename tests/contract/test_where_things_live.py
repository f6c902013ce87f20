"""docs/where-things-live.md is for whoever looks for something the first time, so what it says must be so."""

import ast
import re
from collections import defaultdict
from functools import cache

from builders import ROOT

from audit_kit.acts import inbox
from audit_kit.domain.rulebook import RULEBOOK

PAGE = (ROOT / "docs" / "where-things-live.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "audit_kit"
FILE = re.compile(r"`([a-z_]+/[a-z_]+\.py)`")


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@cache
def rules_that_speak_in(file: str) -> set[str]:
    """The codes that stand in a module as words of their own: what its queries are made with."""
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in found if re.fullmatch(r"V\d\d", text)}


def test_every_file_that_it_names_is_there():
    missing = [name for name in FILE.findall(PAGE) if not (PACKAGE / name).exists()]

    assert missing == []


def test_each_rule_is_in_the_file_that_it_says_and_in_no_other():
    said, found = defaultdict(set), defaultdict(set)
    for codes, file in rows(section("Rules").split("Four act before")[0])[1:]:
        for code in re.findall(r"V\d\d", codes):
            said[code].add(file.strip("`"))
    for path in [*(PACKAGE / "stages").glob("rules_*.py"), PACKAGE / "stages" / "reconcile.py"]:
        for code in rules_that_speak_in(f"stages/{path.name}"):
            found[code].add(f"stages/{path.name}")

    assert said == found


def test_the_four_that_act_earlier_are_the_rest_and_their_files_say_so():
    earlier = rows(section("Rules").split("Four act before")[1])[1:]
    files = {code: FILE.findall(where) for codes, where in earlier for code in re.findall(r"V\d\d", codes)}
    checked = {code for codes, _ in rows(section("Rules").split("Four act before")[0])[1:] for code in re.findall(r"V\d\d", codes)}  # fmt: skip

    assert set(files) == {entry.code for entry in RULEBOOK} - checked
    for code, names in files.items():
        for name in names:
            assert code in (PACKAGE / name).read_text(encoding="utf-8"), (code, name)


def test_each_form_is_taken_by_the_file_that_it_says():
    said = {re.sub(r"`| \(Word\)", "", form): FILE.findall(takes)[0] for form, _, takes in rows(section("Forms that come in"))[1:]}  # fmt: skip
    takes = {**inbox._FORMS, **inbox._WORD_FORMS}

    assert said == {form: f"acts/{take.__module__.rpartition('.')[2]}.py" for form, take in takes.items()}


#: they ask where a paper is, and write none
ONLY_ASK = {"acts/deciding.py", "acts/returns.py"}


def test_every_file_that_puts_a_paper_into_the_outbox_is_named():
    writes = re.compile(r"\boutputs\.(for_agency|restricted_for_\w+|urgent|for_team|on_file|report)\(")
    found = {
        f"acts/{path.name}"
        for path in (PACKAGE / "acts").glob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }

    assert found - ONLY_ASK <= set(FILE.findall(section("Papers that go out")))


def test_every_module_says_in_a_sentence_what_it_is():
    without = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if not re.match(r"(.|\n)+?[.?!](\s|$)", ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
    ]

    assert without == []
