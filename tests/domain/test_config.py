"""config.yaml: every mistake is told at once, each with its line and column, and nothing is guessed."""

import json
import re

import pytest
import yaml
from builders import ROOT

from audit_kit.config import load, parse, schema
from audit_kit.errors import UsageProblem

SHIPPED = (ROOT / "config.yaml").read_text(encoding="utf-8")

SMALL = """\
board:
  name: "A Board"
  short_name: "AB"
  email: "audit@board.example"
  urgent_phone: "020 7946 0100"
  manager: {name: "The Manager", email: "manager@board.example"}
  legal_basis: "an Act"
areas:
  H: {name: "Hackney", cases: 5, tool: "hackney", threshold_document: "A Framework"}
agencies:
  - code: "MPS"
    names: [{name: "Police"}]
    areas: [H]
    subjects: [child]
    lead: {name: "The Lead", email: "lead@police.example"}
"""

TEN_MISTAKES = """\
board:
  name: "A Board"
  short_name: ""
  email: "audit at board"
  urgent_phone: 999
  manager: {name: "The Manager", email: "manager@board.example", fax: "none"}
areas:
  H: {name: "Hackney", cases: five, tool: "hackney", threshold_document: "A Framework"}
  hackney: {name: "Hackney", cases: 5, tool: "hackney", threshold_document: "A Framework"}
agencies:
  - code: "mps"
    names: [{name: "Police", to: 2026-02-31}]
    areas: [H, X]
    subjects: [dog]
    lead: {name: "The Lead", email: "lead@police.example"}
  - code: "MPS"
    names: [{name: "Police"}]
    areas: [H]
    subjects: [child]
    lead: {name: "The Lead", email: "lead@police.example"}
  - code: "MPS"
    names: []
    areas: [H]
    subjects: [child]
    lead: {name: "The Lead", email: "lead@police.example"}
calendar:
  response_days: 20
  response_days: 300
watch:
  settle_seconds: -1
"""

TOLD = """\
16 things in the configuration need changing:
  config.yaml:2:3: board → legal_basis: expected a value, found nothing
  config.yaml:3:15: board → short_name: expected text that is not blank, found ''
  config.yaml:4:10: board → email: expected an e-mail address, found 'audit at board'
  config.yaml:5:17: board → urgent_phone: expected text (put it in quotes), found '999'
  config.yaml:6:71: board → manager → fax: expected no such key here, found 'none'
  config.yaml:8:31: areas → H → cases: expected a whole number such as 5, found 'five'
  config.yaml:9:12: areas → hackney: expected one capital letter, found 'hackney'
  config.yaml:11:11: agencies → 1 → code: expected capitals, digits and hyphens such as CSC-H, found 'mps'
  config.yaml:12:34: agencies → 1 → names → 1 → to: expected a date such as 2026-04-01, found '2026-02-31'
  config.yaml:13:16: agencies → 1 → areas → 2: expected one of H, found 'X'
  config.yaml:14:16: agencies → 1 → subjects → 1: expected 'child', 'siblings', 'mother', 'parents' or 'household', found 'dog'
  config.yaml:21:11: agencies → 3 → code: expected a code that no other agency has, found 'MPS'
  config.yaml:22:12: agencies → 3 → names: expected at least one entry, found an empty list
  config.yaml:28:3: calendar → response_days: expected once, found twice
  config.yaml:28:18: calendar → response_days: expected at most 250, found '300'
  config.yaml:30:19: watch → settle_seconds: expected at least 0, found '-1'
"""


def what_is_told(text: str) -> str:
    with pytest.raises(UsageProblem) as told:
        parse(text)
    return told.value.what


def changed(before: str, after: str) -> str:
    assert SMALL.count(before) == 1
    return SMALL.replace(before, after)


# --- what is right ----------------------------------------------------------------------------------------


def test_the_shipped_configuration_is_right():
    config = load(ROOT / "config.yaml")

    assert {letter: area.cases for letter, area in config.areas.items()} == {"H": 5, "C": 3}
    assert config.review_window_months == 12
    assert config.deep_dives == 3


def test_what_is_left_out_is_as_the_shipped_configuration_has_it():
    small, shipped = parse(SMALL), parse(SHIPPED)

    assert small.calendar == shipped.calendar
    assert small.quality == shipped.quality
    assert small.watch == shipped.watch
    assert small.folders == shipped.folders
    assert small.store == shipped.store


def test_a_file_saved_by_notepad_is_read_too(tmp_path):
    (tmp_path / "config.yaml").write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())

    assert load(tmp_path / "config.yaml").board.name == "A Board"


def test_an_agency_bears_the_name_of_the_day():
    agency = parse(
        changed('names: [{name: "Police"}]', 'names: [{name: "Old", to: 2026-03-31}, {name: "New", from: 2026-04-01}]')
    ).agencies[0]

    days = [yaml.safe_load(day) for day in ("2026-03-31", "2026-04-01")]

    assert [agency.name_on(day) for day in days] == ["Old", "New"]


# --- what is wrong ----------------------------------------------------------------------------------------


def test_every_mistake_in_a_file_is_told_at_once_with_its_place():
    assert what_is_told(TEN_MISTAKES) == TOLD


def test_and_what_did_not_happen_and_what_to_do_next():
    with pytest.raises(UsageProblem) as told:
        parse(TEN_MISTAKES, "board.yaml")

    assert "  board.yaml:3:15: board" in told.value.what
    assert told.value.not_happened == "Nothing was done."
    assert told.value.next_step == (
        "Change these lines and run the command again; every key is explained in config.yaml itself."
    )
    assert told.value.exit_code == 2


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("cases: 5", "cases: 0", "9:31: areas → H → cases: expected at least 1, found '0'"),
        ("cases: 5", "cases: 5.5", "9:31: areas → H → cases: expected a whole number such as 5, found '5.5'"),
        ("cases: 5", "cases: yes", "9:31: areas → H → cases: expected a whole number such as 5, found true"),
        ("cases: 5", "cases: ", "9:24: areas → H → cases: expected a whole number such as 5, found nothing"),
        ('name: "A Board"', "name: no", "2:9: board → name: expected text (put it in quotes), found false"),
        ('name: "A Board"', "name: [A]", "2:9: board → name: expected text (put it in quotes), found a list"),
        ('name: "A Board"', 'name: "  "', "2:9: board → name: expected text that is not blank, found '  '"),
        ("areas: [H]", "areas: H", "13:12: agencies → 1 → areas: expected a list, one '- ' line each, found 'H'"),
        ("areas: [H]", "areas: []", "13:12: agencies → 1 → areas: expected at least one entry, found an empty list"),
        ("areas: [H]", "areas: [h]", "13:13: agencies → 1 → areas → 1: expected one capital letter, found 'h'"),
        (
            'lead: {name: "The Lead", email: "lead@police.example"}',
            "lead: The Lead",
            "15:11: agencies → 1 → lead: expected keys, one a line, found 'The Lead'",
        ),
    ],
)
def test_each_kind_of_mistake_says_what_is_expected_and_what_was_found(before, after, told):
    assert f"  config.yaml:{told}" in what_is_told(changed(before, after)).splitlines()


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("quality: {evidence_words: .nan}", "16:27: quality → evidence_words: expected a whole number such as 5, found 'nan'"),
        ("quality: {least_hours: .inf}", "16:24: quality → least_hours: expected a number such as 0.5, found 'inf'"),
        ("quality: {accept_without_reviewer: maybe}", "16:36: quality → accept_without_reviewer: expected true or false, found 'maybe'"),
        ("watch: {look_every_seconds: 0}", "16:29: watch → look_every_seconds: expected more than 0, found '0'"),
        ("calendar: {involvement_check: second}", "16:31: calendar → involvement_check: expected 'first' or 'none', found 'second'"),
        ("calendar: {closed_on: [Christmas]}", "16:24: calendar → closed_on → 1: expected a date such as 2026-04-01, found 'Christmas'"),
        ("calendar: {closed_on: [2026-12-24 10:30:00]}", "16:24: calendar → closed_on → 1: expected a date such as 2026-04-01, found '2026-12-24 10:30:00'"),
        ("calender: {response_days: 5}", "16:11: calender: expected no such key here, found keys"),
        ("watch:", "16:1: watch: expected keys, one a line, found nothing"),
    ],
)  # fmt: skip
def test_also_in_what_may_be_left_out(added, told):
    assert f"  config.yaml:{told}" in what_is_told(SMALL + added + "\n").splitlines()


def test_a_key_that_stands_twice_is_told_even_if_both_are_right():
    assert what_is_told(SMALL + "deep_dives: 3\ndeep_dives: 3\n") == (
        "One thing in the configuration needs changing:\n  config.yaml:17:1: deep_dives: expected once, found twice\n"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("board: [", "config.yaml:2:1: this is not YAML yet"),
        ("board:\n\tname: x", "config.yaml:2:1: this is not YAML yet"),
        ("a: b: c", "config.yaml:1:5: this is not YAML yet"),
        ("a: {[b]: 1}", "config.yaml:1:5: this is not YAML yet"),
        ("a: !!python/object/apply:os.getcwd []", "config.yaml:1:4: this is not YAML yet"),
        ("---\na: 1\n---\nb: 2", "config.yaml:3:1: this is not YAML yet"),
        ("a: *nothing", "config.yaml:1:4: this is not YAML yet"),
        ("a: &a [*a]", "config.yaml:1:4: expected a value, found a reference to itself"),
        ("a: \x07", "config.yaml: this holds characters that YAML does not allow"),
        ("", "config.yaml:1:1: expected keys such as board, areas and agencies, found none"),
        ("# nothing but a comment", "config.yaml:1:1: expected keys such as board, areas and agencies, found none"),
        ("just words", "config.yaml:1:1: expected keys such as board, areas and agencies, found none"),
    ],
)
def test_what_is_no_yaml_or_no_keys_is_told_with_its_place(text, place):
    assert f"  {place}" in what_is_told(text)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path):
    (tmp_path / "config.yaml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UsageProblem, match="can't be read as text"):
        load(tmp_path / "config.yaml")
    with pytest.raises(UsageProblem, match="There is no configuration file at"):
        load(tmp_path / "none.yaml")
    with pytest.raises(UsageProblem, match="can't be read as text"):
        load(tmp_path)


# --- what explains it -------------------------------------------------------------------------------------


def parts_of_schema() -> list[dict]:
    whole = schema()
    return [whole, *whole["definitions"].values()]


def test_the_schema_is_of_draft_7_and_prints_as_json():
    text = json.dumps(schema())

    assert schema()["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "$defs" not in text
    assert "prefixItems" not in text


def test_the_schema_describes_every_key():
    bare = [
        key for part in parts_of_schema() for key, what in part["properties"].items() if not what.get("description")
    ]

    assert bare == []


def test_nothing_stands_beside_a_reference_where_draft_7_would_not_see_it():
    def beside(part: object) -> list[object]:
        if isinstance(part, list):
            return [found for one in part for found in beside(one)]
        if not isinstance(part, dict):
            return []
        return [part] * ("$ref" in part and len(part) > 1) + [found for one in part.values() for found in beside(one)]

    assert beside(schema()) == []


def test_the_schema_knows_every_key_of_the_shipped_configuration_and_no_others_are_allowed():
    known = {key for part in parts_of_schema() for key in part["properties"]}

    assert {path[-1] for path, _ in keys_of(yaml.compose(SHIPPED)) if path != ("areas", "*")} <= known
    assert [part for part in parts_of_schema() if part["additionalProperties"] is not False] == []


def keys_of(node: yaml.Node, above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], yaml.Node]]:
    """Each key with the keys above it; entries of a list, and areas, are all alike."""
    found = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*above, "*" if above == ("areas",) else key.value)
            found += [(path, key), *keys_of(value, path)]
    if isinstance(node, yaml.SequenceNode):
        found += [one for entry in node.value for one in keys_of(entry, (*above, "*"))]
    return found


def test_every_key_of_the_shipped_configuration_is_explained_where_it_first_stands():
    lines = SHIPPED.splitlines()
    first: dict[tuple[str, ...], yaml.Node] = {}
    for path, key in keys_of(yaml.compose(SHIPPED)):
        if path != ("areas", "*"):
            first.setdefault(path, key)

    unexplained = [path for path, key in first.items() if not is_explained(path[-1], key.start_mark.line, lines)]

    assert unexplained == []


def is_explained(key: str, line: int, lines: list[str]) -> bool:
    """Whether a comment stands right above, or the last block of comments names the key."""
    if lines[line - 1].lstrip().startswith("#"):
        return True
    last = max(number for number in range(line) if lines[number].lstrip().startswith("#"))
    block = last
    while block > 0 and lines[block - 1].lstrip().startswith("#"):
        block -= 1
    return any(re.search(rf"(#|;)\s+{re.escape(key)}\s", text + " ") for text in lines[block : last + 1])


def test_the_schema_that_editors_are_pointed_at_is_the_one_in_force():
    assert json.loads((ROOT / "config.schema.json").read_text(encoding="utf-8")) == schema()
