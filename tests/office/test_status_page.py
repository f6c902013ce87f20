"""The status page needs nothing but itself, and can be read by everybody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from test_tracker import BOARD, CONCERN, LATE, READY, an_overview, contrast

from audit_kit.domain.overview import TONE_WORDS, Actor, ToDo, Tone, by_year
from audit_kit.domain.states import AuditState
from audit_kit.errors import UsageProblem
from audit_kit.office.status_page import write_status_page

TEMPLATE = Path("templates/status.html").read_text(encoding="utf-8")
WRITTEN = datetime(2026, 11, 10, 10, 42, tzinfo=UTC)
FINISHED = an_overview(
    session="2026-A1-DA", theme="Domestic abuse", concerns=(), to_do=(), dates=(),
    audits=(replace(READY, state=AuditState.ACCEPTED, concern_open=False),),
)  # fmt: skip


class Page(HTMLParser):
    """What stands in the page: its elements with attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page(*overviews, template: str = TEMPLATE) -> Page:
    return Page(html(*overviews, template=template))


def html(*overviews, template: str = TEMPLATE) -> str:
    return write_status_page(template, by_year(overviews or (an_overview(),), 2), BOARD, WRITTEN).decode("utf-8")


def words(found: Page) -> str:
    return " ".join(found.text.split())


def test_the_summary_comes_first_then_concerns_then_what_waits_then_the_matrix_late_and_dates():
    said = words(page())

    places = [
        said.index(part)
        for part in (
            "Neglect 2026-A2-NEG 1 of 2 returns in, 1 sent back, 1 late, 1 concern open",
            "Needs a person now",
            "audit-kit concern acknowledge ab12cd34",
            "audit-kit accept 2026-A2-NEG/H1/MPS",
            "Agency by case",
            "Latest first.",
            "Multi-agency meeting (next)",
        )
    ]
    assert places == sorted(places)


def test_every_audit_is_in_the_matrix_in_words():
    said = words(page())

    assert "Metropolitan Police MPS Concern open. With the reviewer Sent back, late by 3 working days –" in said


def test_every_colour_of_the_matrix_is_explained():
    assert all(meaning in words(page()) for _, meaning in TONE_WORDS)


def test_nothing_to_do_and_nothing_late_is_said():
    waiting = replace(LATE, late=False, late_days=0, words="Sent back", tone=Tone.BACK)

    said = words(page(an_overview(audits=(waiting,), concerns=(), to_do=())))

    assert "Nothing. What is open is with the agencies, or waits for its day." in said
    assert "Nothing is late." in said


def test_what_agencies_owe_is_not_mixed_with_what_the_team_must_do():
    owed = ToDo(Actor.AGENCY, "Metropolitan Police", "Return the audit tool", "H2", Tone.LATE)

    assert "Return the audit tool" not in words(page(an_overview(to_do=(owed,))))


def test_a_finished_session_is_folded_away_below_the_others():
    found = page(FINISHED, an_overview())

    assert words(found).index("Neglect 2026-A2-NEG") < words(found).index("Domestic abuse 2026-A1-DA")
    assert len(found.all("details")) == 1


def test_a_page_without_a_session_says_so():
    assert "There is no audit session yet." in words(Page(write_status_page(TEMPLATE, (), BOARD, WRITTEN).decode()))


# --- it needs nothing but itself --------------------------------------------------------------------------------


def test_nothing_is_fetched_from_anywhere():
    found, source = page(), html()

    assert not [name for name, attributes in found.elements if {"src", "srcset", "action", "data"} & set(attributes)]
    assert not found.all("link") and not found.all("img") and not found.all("iframe") and not found.all("form")
    assert "http:" not in source and "https:" not in source and "@import" not in source and "url(" not in source
    assert [link["href"] for link in found.all("a")] == ["#main", "#2026-A2-NEG"]


def test_the_browser_is_told_to_fetch_nothing():
    policy = next(meta["content"] for meta in page().all("meta") if meta.get("http-equiv") == "Content-Security-Policy")

    assert policy == "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def test_it_loads_itself_again_every_minute_and_can_be_stopped():
    found = page()

    assert {"http-equiv": "refresh", "content": "60"} in found.all("meta")
    assert "60000" in html()
    assert "Stop loading again" in words(found)


def test_what_comes_from_outside_is_never_markup():
    source = html(an_overview(theme="<script>alert(1)</script>", audits=(replace(READY, agency="A&B <b>"), LATE)))

    assert "<script>alert" not in source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source


# --- everybody can read it ---------------------------------------------------------------------------------------


def test_every_element_is_closed_and_every_id_is_used_once():
    found = page(FINISHED, an_overview())
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]

    assert found.open == []
    assert len(ids) == len(set(ids))


def test_it_says_its_language_and_title_and_one_can_skip_to_the_content():
    found = page()

    assert found.all("html") == [{"lang": "en-GB"}]
    assert found.elements[[name for name, _ in found.elements].index("body") + 1][1] == {
        "class": "skip",
        "href": "#main",
    }
    assert found.all("main")[0]["id"] == "main"
    assert len(found.all("h1")) == 1


def test_everything_stands_in_a_landmark():
    body = re.search(r"<body>(.*)</body>", html(), re.DOTALL)
    assert body is not None
    parts = r"<(header|main|footer|script)\b.*?</\1>|<a class=.skip.*?</a>"

    assert re.sub(parts, "", body[1], flags=re.DOTALL).strip() == ""


def test_headings_leave_no_level_out():
    levels = [int(name[1]) for name, _ in page(an_overview(), FINISHED).elements if re.fullmatch("h[1-6]", name)]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_every_heading_cell_its_scope():
    found = page()

    assert len(found.all("table")) == len(found.all("caption")) == 6
    assert {cell.get("scope") for cell in found.all("th")} == {"col", "row"}


def test_what_scrolls_sideways_can_be_reached_with_the_keyboard_and_has_a_name():
    for box in (one for one in page().all("div") if one.get("class") == "wide"):
        assert (box["tabindex"], box["role"], bool(box["aria-label"])) == ("0", "region", True)


PAIRS = [
    ("text", "page"), ("soft", "page"), ("soft", "band"), ("text", "band"), ("link", "page"), ("onbrand", "brand"),
    ("onfocus", "focus"), *((f"{tone.value}-text", f"{tone.value}-fill") for tone in Tone),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground_by_day_and_by_night(scheme, text, ground):
    colours = schemes()[scheme]

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tone", [tone.value for tone in Tone])
def test_the_edge_that_marks_a_row_can_be_seen_beside_the_page(scheme, tone):
    colours = schemes()[scheme]

    assert contrast(colours[f"{tone}-line"], colours["page"]) >= 3


def schemes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", TEMPLATE, re.DOTALL)
    return {
        name: dict(re.findall(r"--([a-z-]+): #([0-9a-f]{6})", block))
        for name, block in (("light", light), ("dark", dark))
    }


# --- the template is the team's own -------------------------------------------------------------------------------


def test_a_misspelt_name_in_the_template_is_told_and_not_left_blank():
    with pytest.raises(
        UsageProblem,
        match=r"its line \d+ asks for something that the page does not have: \*boardd\*; the nearest there is: \*board\*\.",
    ):
        page(template="<p>{{ boardd }}</p>")


def test_a_template_that_is_cut_off_is_told_with_its_line():
    with pytest.raises(UsageProblem, match=r"its line 2 can't be followed"):
        page(template="<p>\n{% for one in overviews %}")


@pytest.mark.parametrize("trap", ["{{ ''.__class__.__mro__ }}", "{{ board.__init__.__globals__ }}"])
def test_a_template_can_not_reach_into_the_program(trap):
    with pytest.raises(UsageProblem):
        page(template=trap)


def test_concerns_are_shown_by_reference_alone():
    assert "H1, Metropolitan Police" in words(page(an_overview(concerns=(CONCERN,))))
