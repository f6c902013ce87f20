"""Names of the subject child and family members are anonymised in all paperwork: a type keeps it so.

Analysis, report and dissemination accept an ``AnonymisedReturn`` alone, and one module makes it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import ROOT

PACKAGE = ROOT / "audit_kit"
MAKER = PACKAGE / "stages" / "anonymise.py"
#: what turns one value into another of the same type: a way round the maker
CHANGERS = ("replace", "model_construct", "copy", "deepcopy", "__new__")


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def other_names_of(tree: ast.AST, name: str) -> set[str]:
    """What else the name is called there: ``import ... as``, or a plain assignment."""
    found = {name}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname for alias in node.names if alias.name == name and alias.asname}
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id == name:
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def makers(text: str) -> list[int]:
    tree = ast.parse(text)
    names = other_names_of(tree, "AnonymisedReturn")
    return [call.lineno for name, call in called(tree) if name in names]


def test_only_anonymise_makes_an_anonymised_return():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != MAKER
        for line in makers(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_and_it_does_so_in_one_place():
    assert len(makers(MAKER.read_text(encoding="utf-8"))) == 1


def test_nobody_changes_the_answers_of_one_that_was_made():
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name, call in called(ast.parse(path.read_text(encoding="utf-8")))
        if name in CHANGERS and {keyword.arg for keyword in call.keywords} & {"answers", "replaced"}
    ]

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "from audit_kit.domain.returns import AnonymisedReturn\nAnonymisedReturn(a, 1, {})",
        "from audit_kit.domain import returns\nreturns.AnonymisedReturn(a, 1, {})",
        "from audit_kit.domain.returns import AnonymisedReturn as Clean\nx = Clean(a, 1, {})",
        "from audit_kit.domain.returns import AnonymisedReturn\nClean = AnonymisedReturn\nClean(a, 1, {})",
    ],
)
def test_this_test_would_see_another_maker(code):
    assert len(makers(code)) == 1


@pytest.mark.parametrize(
    "stage", ["analyse", "report", "deep_dives", "extracts", "findings", "action_plan", "disclosure"]
)
def test_what_leaves_is_made_without_ever_seeing_a_return_with_names(stage):
    text = (Path(PACKAGE) / "stages" / f"{stage}.py").read_text(encoding="utf-8")

    names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}

    assert names & {"AuditReturn", "CaseRegister", "RosterEntry"} == set()
