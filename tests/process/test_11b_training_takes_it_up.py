"""Themes and learning are embedded in multi- and single agency training.

Whoever plans training is told what must improve, what got in the way and whom it concerns, and is asked what takes it up.
"""

from __future__ import annotations

from datetime import date

from mini import SESSION, Mini
from promises import words_of

from audit_kit import process
from audit_kit.acts.reporting import signed_off
from audit_kit.domain.report import ExtractText
from audit_kit.stages.disseminate import still_said, without_counts

AFTER = date(2027, 1, 18)


def test_each_area_for_improvement_is_put_to_those_who_plan_training(signed_off_anew: Mini):
    with signed_off_anew.on(AFTER) as kit:
        process.disseminate(kit, SESSION, "asked for by the committee")
        sign_off = signed_off(kit, SESSION)

    said = words_of(signed_off_anew.outbox / "learning" / f"{SESSION}_training.docx")
    assert sign_off is not None
    assert [each.title for each in sign_off.draft.content.improvements if each.title not in said] == []
    assert "Which course, by when" in said
    assert "QA Sub Committee has confirmed the lessons" in said


def test_a_need_that_the_author_struck_out_of_the_report_is_struck_out_here():
    needs = (ExtractText("Level 2 for registration staff.", "Health"), ExtractText("Struck out.", "Police"))

    assert still_said(needs, "Training needs: Level 2 for\nregistration staff. Health") == needs[:1]


def test_causes_are_told_without_how_many_returns_point_to_each():
    said = without_counts("chronology and history (38 returns), drift (8) and recording (1)")

    assert said == "chronology and history; drift; recording"
    assert without_counts("") == ""
