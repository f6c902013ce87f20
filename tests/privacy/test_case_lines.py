"""The benchmark takes a register in whatever shape it comes."""

from __future__ import annotations

import json

from audit_kit.privacy import CaseAnonymiser, KeepWords
from benchmarks.case_lines import lines_of, register_from

TEXT = "Zuri rang 07700 900321 from 3 Quill Mews, N16 9ZZ. Zuzu (b. 03/02/2015) is at Ferndene Primary, ref AB12345."


def masked(line):
    return CaseAnonymiser.for_case(register_from(line), KeepWords.standard()).mask(TEXT).text


def test_lists_strings_blanks_and_unknown_fields_are_all_understood():
    listed = {
        "register": [
            {
                "role": "Subject Child",
                "name": "Zuri Halloran",
                "aliases": ["Zuzu"],
                "dob": "03/02/2015",
                "phone": ["07700900321", None],
                "address": {"line1": "3 Quill Mews", "town": "London"},
                "postcode": "N16 9ZZ",
                "school": ["Ferndene Primary School", "Oakwell Academy"],
                "mosaic_id": "AB12345",
                "ethnicity": "Mixed",
                "nhs_number": None,
            }
        ]
    }
    typed = {"register": {"child": {**listed["register"][0], "aliases": "Zuzu, Zed", "school": "Ferndene Primary"}}}

    expected = (
        "Child H1 rang [phone number] from [address]. Child H1 (b. [date of birth]) is at [school], "
        "ref [reference number]."
    )
    assert (masked(listed), masked(typed)) == (expected, expected)


def test_a_line_without_register_or_id_is_still_a_line(tmp_path):
    cases = tmp_path / "cases.jsonl"
    cases.write_text(
        "\ufeff"
        + json.dumps({"text": None})
        + "\n\n"
        + json.dumps({"id": "b", "text": "x\u2028y\x85z"}, ensure_ascii=False),
        "utf-8",
    )

    lines = lines_of(cases)

    assert [(line["id"], line["text"]) for line in lines] == [("1", ""), ("b", "x\u2028y\x85z")]
    assert register_from(lines[0]).people == ()
