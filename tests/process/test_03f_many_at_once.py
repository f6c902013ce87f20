"""Returns come many at a time: they are read and judged by several processes, and nothing about any of them changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import wait
from datetime import date
from pathlib import Path

import pytest
from mini import RETURNED, SESSION
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts import overview, reading, receiving, watching, workers
from audit_kit.acts.reading import Readings
from audit_kit.acts.workers import NotDone, Workers
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.office.gate_reasons import Refused


@pytest.fixture
def two_workers():
    with Workers(2) as helping:
        yield helping


def test_a_worker_gives_back_a_value(two_workers):
    assert two_workers.begin(pow, 2, 10).result(60) == 1024


def test_work_that_kills_its_worker_is_not_done_and_the_next_is(two_workers):
    killed = [two_workers.begin(os._exit, 1) for _ in range(3)]
    after = [two_workers.begin(pow, 2, number) for number in range(4)]

    for one in killed:
        with pytest.raises(NotDone):
            one.result(60)
    assert [one.result(60) for one in after] == [1, 2, 4, 8]


def test_what_goes_wrong_with_work_is_left_to_whoever_asked_so_that_no_word_of_it_is_told(two_workers, capfd):
    with pytest.raises(NotDone):
        two_workers.begin(int, "Xanthippe Quarrelmonger").result(60)

    assert "Xanthippe" not in "".join(capfd.readouterr())


def test_a_worker_takes_no_heed_of_what_asks_the_kit_to_stop(two_workers):
    worker = two_workers.begin(os.getpid).result(60)
    os.kill(worker, signal.SIGINT)
    os.kill(worker, signal.SIGTERM)

    assert {two_workers.begin(os.getpid).result(60) for _ in range(4)} >= {worker}


@pytest.mark.skipif(os.name == "nt", reason="priorities have other numbers there")
def test_a_worker_leaves_the_processor_to_the_process_that_decides(two_workers):
    own = os.nice(0)

    assert two_workers.begin(os.nice, 0).result(60) > own or own == 19


def test_few_files_need_no_workers_unless_some_have_been_started():
    with Workers.up_to(3) as three:
        assert [three.if_worth_it(pieces).count for pieces in (workers.FEWEST - 1, workers.FEWEST)] == [0, 3]

        three.begin(os.getpid).result(60)

        assert three.if_worth_it(1) is three


@pytest.mark.skipif(os.name == "nt", reason="there is no such kill there")
def test_workers_end_when_the_kit_is_killed(tmp_path: Path):
    script = tmp_path / "kit.py"
    script.write_text(
        "import os, time\n"
        "from audit_kit.acts.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(1) as one:\n"
        "        print(one.begin(os.getpid).result(), flush=True)\n"
        "        one.begin(time.sleep, 0.5)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as kit:
        assert kit.stdout is not None
        worker = int(kit.stdout.readline())
        kit.kill()

    began = time.monotonic()
    while Path(f"/proc/{worker}").exists() and time.monotonic() - began < 30:
        time.sleep(0.02)
    assert not Path(f"/proc/{worker}").exists()


def square_unless_in_a_worker(number: int, kit: int) -> int:
    if number == 3 and os.getpid() != kit:
        os._exit(1)
    return number * number


@pytest.mark.parametrize("count", [0, 2])
def test_results_come_in_order_and_what_killed_a_worker_is_done_here(count):
    with Workers(count) as helping:
        found = list(helping.each(square_unless_in_a_worker, ((number, os.getpid()) for number in range(7))))

    assert found == [0, 1, 4, 9, 16, 25, 36]


@pytest.mark.parametrize("fewest", [1, 12], ids=["with workers", "without"])
def test_what_is_urgent_is_judged_first_whatever_its_name(mini, monkeypatch, fewest):
    monkeypatch.setattr(workers, "FEWEST", fewest)
    mini.drop("a.xlsx", mini.returned("H1", "GP"))
    mini.drop("b.xlsx", mini.returned("H2", "GP"))
    mini.drop("zz.xlsx", mini.returned("H2", "HVSN", {"concern.any.answer": "Yes"}))

    mini.run()

    with mini.on(RETURNED) as kit:
        kinds = (EventKind.CONCERN_RAISED, EventKind.WITH_REVIEWER, EventKind.SENT_BACK, EventKind.SET_ASIDE)
        order = [(event.kind, event.case, event.agency) for event in kit.journal.events(SESSION) if event.kind in kinds]
    assert order[0] == (EventKind.CONCERN_RAISED, "H2", "HVSN")
    assert [place[1:] for place in order[1:]] == [("H2", "HVSN"), ("H1", "GP"), ("H2", "GP")]


def test_what_a_worker_reads_while_the_rest_is_still_kept_has_its_concern_told_before_any_is_judged(mini, monkeypatch):
    expect = Readings.expect

    def expect_and_wait(readings, shas):
        expect(readings, shas)
        wait(readings._begun.values())

    monkeypatch.setattr(workers, "FEWEST", 1)
    monkeypatch.setattr(receiving, "_MOST_AT_ONCE", 1)  # each is read before the next is kept
    monkeypatch.setattr(Readings, "expect", expect_and_wait)
    urgent = {"concern.any.answer": "Yes", "concern.what.answer": "The child was hurt today."}
    mini.drop("a.xlsx", mini.returned("H1", "GP", urgent))
    mini.drop("b.xlsx", mini.returned("H2", "GP"))
    mini.drop("c.xlsx", mini.returned("C1", "GP"))

    mini.run()

    decides = (EventKind.WITH_REVIEWER, EventKind.SENT_BACK, EventKind.SET_ASIDE)
    with mini.on(RETURNED) as kit:
        order = [
            event.kind for event in kit.journal.events(SESSION) if event.kind in (EventKind.CONCERN_RAISED, *decides)
        ]
    assert [kind in decides for kind in order] == [False, True, True, True]


def test_so_many_are_read_ahead_and_no_more_whichever_is_asked_for_first(mini, monkeypatch, two_workers):
    monkeypatch.setattr(reading, "_AHEAD", 1)
    with mini.on(RETURNED) as kit, Readings(kit, two_workers) as readings:
        came = kit.vault.stage(b"no workbook, number %d" % number for number in range(20))
        readings.expect(came)

        with pytest.raises(Refused):
            readings.look(came[-1])

        assert len(readings._begun) == 2


def test_what_was_expected_in_one_order_is_read_in_the_order_in_which_it_is_asked_for(mini, monkeypatch, two_workers):
    monkeypatch.setattr(reading, "_AHEAD", 1)
    with mini.on(RETURNED) as kit, Readings(kit, two_workers) as readings:
        came = kit.vault.stage(b"no workbook, number %d" % number for number in range(20))
        readings.expect(came)
        readings.expect(came[::-1])

        with pytest.raises(Refused):
            readings.look(came[0])
        with pytest.raises(Refused):
            readings.look(came[1])

        assert came[-1] in readings._begun


@pytest.mark.parametrize("names", [("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx")])
def test_of_one_case_what_came_in_one_look_is_judged_by_agency_and_never_by_name(mini, names):
    for name, agency in zip(names, ("HVSN", "GP"), strict=True):
        mini.drop(name, mini.returned("H2", agency))

    mini.run()

    with mini.on(RETURNED) as kit:
        decided = (EventKind.WITH_REVIEWER, EventKind.SENT_BACK, EventKind.SET_ASIDE)
        order = [event.agency for event in kit.journal.events(SESSION) if event.kind in decided]
    assert order == ["GP", "HVSN"]


def test_nothing_that_was_read_is_left_in_the_store(mini, monkeypatch):
    monkeypatch.setattr(workers, "FEWEST", 1)
    mini.drop("a.xlsx", mini.returned("H1", "GP"))

    mini.run()

    assert list((mini.store / "readings").iterdir()) == []


def test_the_overview_is_left_to_the_next_pass_while_something_comes(mini):
    mini.drop("a.xlsx", mini.returned("H1", "GP"))
    second = mini.returned("H2", "GP")

    with mini.on(RETURNED) as kit:
        process.work_through_inbox(kit, lambda seconds: None)
        before = (mini.outbox / overview.TRACKER).read_bytes()
        mini.drop("b.xlsx", second)
        kit.inbox.settled(kit.clock.monotonic())
        process.one_pass(kit, gives_way=lambda: True)
        left = (mini.outbox / overview.TRACKER).read_bytes(), overview.is_current(kit)
        process.one_pass(kit)
        after = (mini.outbox / overview.TRACKER).read_bytes(), overview.is_current(kit)

    assert left == (before, False)
    assert after[0] != before and after[1]


@pytest.fixture
def made_beside(monkeypatch):
    monkeypatch.setattr(overview, "_MANY_AUDITS", 1)
    monkeypatch.setattr(overview, "_ASK_EACH_SECONDS", 0.0)


def test_a_file_that_comes_while_another_process_makes_the_overview_goes_first(mini, made_beside):
    asked = iter((False,))  # before the session is looked at; then one has come

    before = (mini.outbox / overview.TRACKER).read_bytes()

    with mini.on(RETURNED) as kit:
        overview.write(kit, gives_way=lambda: next(asked, True))
        left = (mini.outbox / overview.TRACKER).read_bytes(), overview.is_current(kit), bool(kit.overview_in_hand)
        overview.write(kit)
        after = (mini.outbox / overview.TRACKER).read_bytes(), overview.is_current(kit), bool(kit.overview_in_hand)

    assert left == (before, False, True)
    assert after[0] != before and after[1:] == (True, False)


def test_what_was_begun_before_the_newest_happened_is_written_and_at_once_anew(mini, made_beside, monkeypatch):
    asked = iter((False,))

    with mini.on(RETURNED) as kit:
        overview.write(kit, gives_way=lambda: next(asked, True))
        process.extend(kit, AuditRef(SESSION, "H2", "GP"), date(2026, 12, 1), "asked for")
        wait([paper.begun for paper in kit.overview_in_hand.papers])
        in_hand = kit.overview_in_hand
        overview.write(kit, gives_way=lambda: True)
        of_before = (mini.outbox / overview.TRACKER).read_bytes(), overview.is_current(kit)
        kit.overview_in_hand = in_hand
        overview.write(kit, gives_way=lambda: False)
        by_the_other = (mini.outbox / overview.TRACKER).read_bytes(), overview.is_current(kit)
        monkeypatch.setattr(overview, "_MANY_AUDITS", 10_000)
        overview.write(kit)
        alone = (mini.outbox / overview.TRACKER).read_bytes()

    assert not of_before[1]
    assert by_the_other == (alone, True) and alone != of_before[0]


def test_the_registers_of_concerns_are_the_same_whichever_process_makes_them(mini, made_beside, monkeypatch):
    mini.drop("a.xlsx", mini.returned("H1", "GP", {"concern.any.answer": "Yes"}))
    in_word, in_excel = (mini.outbox / "urgent" / f"concern-register.{ending}" for ending in ("docx", "xlsx"))

    with mini.on(RETURNED) as kit:
        process.work_through_inbox(kit, lambda seconds: None)
        by_the_other = in_word.read_bytes(), list(load_workbook(in_excel)["Table 1"].values)
        for register in (in_word, in_excel):
            register.unlink()
        monkeypatch.setattr(overview, "_MANY_AUDITS", 10_000)
        overview.write(kit)
        alone = in_word.read_bytes(), list(load_workbook(in_excel)["Table 1"].values)

    assert by_the_other == alone


@pytest.mark.skipif(os.name == "nt", reason="there is no such list of processes there")
def test_the_process_that_makes_the_overview_ends_with_the_service(mini, made_beside):
    asked = iter((False,))

    with mini.on(RETURNED) as kit:
        overview.write(kit, gives_way=lambda: next(asked, True))
        helper = kit.overview_in_hand.helper.begin(os.getpid).result(60)
        overview.let_go(kit)

    assert not Path(f"/proc/{helper}").exists()


@pytest.mark.parametrize("fault", ["{{ nothing_of_the_kind }}", None])
def test_what_is_wrong_with_the_page_is_told_also_when_another_process_makes_it(mini, made_beside, fault):
    page = mini.folder / "templates" / "status.html"
    page.write_text(fault) if fault else page.unlink()

    with mini.on(RETURNED) as kit:
        done = process.Pass()
        overview.write(kit, done, gives_way=lambda: False)

    assert (fault or "status.html").strip("{} ") in " ".join(done.sentences)
    assert (mini.outbox / overview.TRACKER).exists()


class LooksOnce(watching.Doorbell):
    """Stops after the first look."""

    def wait(self, seconds: float) -> None:
        if self.looked:
            self.stop()
        self.looked = True

    looked = False


def test_what_lies_there_when_the_service_starts_is_judged_before_the_overview_is_written(mini, monkeypatch):
    mini.drop("a.xlsx", mini.returned("H1", "GP"))
    judged_before: list[bool] = []
    write = overview._put

    with mini.on(RETURNED) as kit:

        def noting(*given: object) -> None:
            judged_before.append(kit.progress(SESSION)[AuditRef(SESSION, "H1", "GP")].received_on is not None)
            write(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(overview, "_put", noting)
        process.watch(kit, lambda done: None, LooksOnce())

    assert judged_before and all(judged_before)


class Told(Clock):
    """A clock that says what it is told."""

    seconds = 0.0

    def monotonic(self) -> float:
        return Told.seconds


def test_the_overview_waits_a_minute_at_most_and_for_no_file_that_lies_there_for_long(mini):
    def at(seconds: float) -> bool:
        Told.seconds = seconds
        return waits()

    with mini.on(RETURNED) as kit:
        kit.clock = Told(RETURNED)
        process.write_overview(kit)
        waits = watching._OverviewWaits(kit, lambda: False)
        nothing_there = at(1)
        mini.drop("a.xlsx", b"content")
        new, for_long = at(2), at(30)
        mini.drop("b.xlsx", b"content")
        comes_again, too_late = at(59), at(61)
        waits.look()
        mini.drop("c.xlsx", b"content")
        after_it_was_written = at(62)

    assert (nothing_there, new, for_long, comes_again) == (False, True, False, True)
    assert (too_late, after_it_was_written) == (False, True)


def test_who_asks_the_service_to_stop_does_not_wait_for_the_overview(mini):
    with mini.on(RETURNED) as kit:
        overview.write(kit, gives_way=watching._OverviewWaits(kit, lambda: True))
        left = overview.is_current(kit)
        overview.write(kit, gives_way=watching._OverviewWaits(kit, lambda: False))
        written = overview.is_current(kit)

    assert (left, written) == (False, True)
