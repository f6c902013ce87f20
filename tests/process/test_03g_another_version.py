"""On completion, the audits will be quality assured and returned if they are not sufficiently robust: and agencies correct
what they sent. Which of two versions counts a person says; then it takes the other's place, whatever became of that one."""

from __future__ import annotations

from datetime import date

import pytest
from everywhere import places_with
from mini import RETURNED, SESSION, Mini, words_in_document
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.states import AuditState
from audit_kit.errors import UsageProblem

GP = AuditRef(SESSION, "H1", "GP")
CORRECTED = "It was a Tuesday after all."


def on_its_page(mini: Mini) -> str:
    """Everything that the QA workbook of the case says; what is long goes on in the next row."""
    (name,) = mini.in_outbox("team/with-reviewer/*_qa.xlsx")
    book = load_workbook(mini.outbox / name)
    texts = (text for sheet in book for row in sheet.iter_rows(values_only=True) for text in row if text)
    return " ".join(" ".join(map(str, texts)).split())


@pytest.fixture
def first(mini: Mini) -> Mini:
    """A first version that is with the reviewer."""
    mini.drop("first.xlsx", mini.returned("H1", "GP"))
    mini.run()
    return mini


def second_of(mini: Mini, **change: str) -> bytes:
    return mini.returned("H1", "GP", {"N3.evidence": f"{mini.good('H1', 'GP')['N3.evidence']} {CORRECTED}", **change})


def drop_second(mini: Mini) -> list[str]:
    mini.drop("second.xlsx", second_of(mini))
    return mini.run().sentences


def use(mini: Mini, file: str = "") -> list[str]:
    with mini.on(RETURNED) as kit:
        return [process.use_version(kit, GP, "the agency says so", file), *process.one_pass(kit).sentences]


def counts(mini: Mini, round_number: int = 1) -> bool:
    """Whether the second version is the one that is read from now on."""
    with mini.on(RETURNED) as kit:
        kept = kit.vault.get(f"returns/{GP.file_stem(round_number)}", AnonymisedReturn)
        return kept is not None and CORRECTED in kept.answer("N3.evidence")


def test_the_reviewers_page_says_that_another_version_is_kept_until_it_counts(first):
    before = on_its_page(first)
    drop_second(first)
    told = on_its_page(first)
    use(first)

    assert "use-version" not in before + on_its_page(first)
    assert f"audit-kit use-version {GP} --reason" in told and "which does not count" in told and CORRECTED not in told


def test_another_version_is_told_with_the_answers_that_differ_and_never_what_they_say(first):
    said = " ".join(drop_second(first))

    (note,) = first.in_outbox("team/set-aside_*.docx")
    told = words_in_document(first.outbox / note)
    for words in (said, told):
        assert "It differs in: question N3" in words and ", evidence." in words
        assert f"run audit-kit use-version {GP}" in words
    assert places_with((CORRECTED,), first.outbox) == []


def test_another_auditor_is_told_too(first):
    first.drop("second.xlsx", first.returned("H1", "GP", {"auditor.name.answer": "Somebody Else"}))

    said = " ".join(first.run().sentences)

    assert "the people whom it names" in said and "Somebody" not in said


def test_another_version_takes_the_place_of_one_that_is_with_the_reviewer(first):
    drop_second(first)

    use(first)

    assert (first.progress("H1", "GP").state, first.progress("H1", "GP").round) == (AuditState.WITH_REVIEWER, 1)
    assert counts(first)
    assert first.in_outbox("team/with-reviewer/*_r*.xlsx") == [f"team/with-reviewer/{SESSION}_H1_GP_r1.xlsx"]


def test_and_of_one_that_was_accepted_and_is_accepted_anew(first):
    with first.on(RETURNED) as kit:
        process.accept(kit, GP, "robust")
    assert "already been accepted" in " ".join(drop_second(first))

    use(first)

    assert first.progress("H1", "GP").state is AuditState.WITH_REVIEWER
    assert counts(first)
    with first.on(RETURNED) as kit:
        process.accept(kit, GP, "robust")
    assert first.progress("H1", "GP").state is AuditState.ACCEPTED


def test_and_of_one_that_was_sent_back_as_the_answer_to_the_round_that_is_awaited(first):
    with first.on(RETURNED) as kit:
        process.send_back(kit, GP, "look again")
    assert "which is in round 2 by now" in " ".join(drop_second(first))

    use(first)

    assert (first.progress("H1", "GP").state, first.progress("H1", "GP").round) == (AuditState.WITH_REVIEWER, 2)
    assert counts(first, round_number=2)


def test_it_is_checked_like_any_return(first):
    first.drop("second.xlsx", second_of(first, **{"N7.evidence": "", "N7.why": ""}))
    first.run()

    use(first)

    assert (first.progress("H1", "GP").state, first.progress("H1", "GP").round) == (AuditState.SENT_BACK, 2)
    assert counts(first)
    assert first.in_outbox("team/with-reviewer/*_r*.xlsx") == []


def test_dropping_it_again_changes_nothing_and_it_can_still_be_chosen(first):
    drop_second(first)
    again = drop_second(first)

    assert any("use-version" in sentence for sentence in again)
    use(first)
    assert counts(first)


def test_of_several_versions_one_must_be_named(first):
    drop_second(first)
    first.drop("third.xlsx", second_of(first, **{"N7.why": "another reason altogether, of the week after"}))
    (third,) = [sentence for sentence in first.run().sentences if sentence.startswith("Set aside (")]

    with pytest.raises(UsageProblem, match="2 other versions"):
        use(first)
    use(first, file=third.split("(")[1][:8])

    assert counts(first)
    with first.on(RETURNED) as kit:
        assert "another reason" in kit.vault.get(f"returns/{GP.file_stem(1)}", AnonymisedReturn).answer("N7.why")


def test_where_none_is_kept_nothing_changes(first):
    with pytest.raises(UsageProblem, match="No other version") as problem:
        use(first)

    assert "Nothing was changed" in str(problem.value)
    assert first.progress("H1", "GP").state is AuditState.WITH_REVIEWER


def test_it_stays_ready_to_be_read_across_starts_and_goes_with_its_case(first):
    drop_second(first)
    first.run()

    with first.on(RETURNED) as kit:
        assert len(kit.vault.staged_shas()) == 1
    config = first.config.read_text(encoding="utf-8").replace("case_months: 0", "case_months: 1")
    first.config.write_text(config, encoding="utf-8")
    with first.on(date(2040, 1, 4)) as kit:
        process.purge(kit, f"{SESSION}/H1")
        assert kit.vault.staged_shas() == ()
