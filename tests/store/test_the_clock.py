"""A clock that goes back: nothing is lost or out of order by it, but deadlines are worked out from it, so it is told."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from mini import Mini, an_installation
from typer.testing import CliRunner

from audit_kit import cli, process
from audit_kit.acts.doctor import examine
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import EventKind
from audit_kit.kit import opened


@dataclass(frozen=True)
class Shifted(Clock):
    """The computer's clock, that much ahead."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def mini(tmp_path) -> Mini:
    return an_installation(tmp_path / "kit")


def recorded(mini: Mini, ahead: timedelta) -> None:
    """Something was recorded when the clock was that much ahead."""
    with opened(mini.config, Shifted(ahead=ahead), "test") as kit:
        kit.journal.noted(kit.event(EventKind.BACKED_UP), False)


def said(mini: Mini, passes: int = 1) -> list[int]:
    """How often each of these passes says so."""
    with opened(mini.config, Clock(), "test") as kit:
        done = [process.one_pass(kit) for _ in range(passes)]
    return [sum("clock" in sentence for sentence in one.sentences) for one in done]


def test_that_the_clock_went_back_is_told_once_while_it_lasts(mini):
    recorded(mini, timedelta(days=2000))

    assert said(mini, passes=2)[0] == 1


@pytest.mark.parametrize(("minutes", "told"), [(4, 0), (7, 1)])
def test_a_clock_may_be_set_right_by_moments(mini, minutes, told):
    recorded(mini, timedelta(days=1500))  # after everything that this installation has seen
    with opened(mini.config, Shifted(ahead=timedelta(days=1500, minutes=-minutes)), "test") as kit:
        assert bool(kit.clock_went_back()) == bool(told)


def test_every_command_tells_it_before_it_does_anything(mini):
    recorded(mini, timedelta(days=2000))

    outcome = CliRunner().invoke(cli.app, ["--config", str(mini.config), "status"])

    assert "This computer's clock says" in outcome.output


def test_a_rehearsal_is_on_another_day_on_purpose(mini):
    recorded(mini, timedelta(days=2000))

    done = mini.run()

    assert not any("clock" in sentence for sentence in done.sentences)


def test_doctor_tells_it(mini):
    recorded(mini, timedelta())
    line = mini.store / "originals" / "events.jsonl"
    assert [found.state for found in examine(mini.config) if found.what == "clock"] == ["right"]

    os.utime(line, (time.time() + 3600, time.time() + 3600))

    (found,) = [found for found in examine(mini.config) if found.what == "clock"]
    assert (found.state, found.for_it) == ("wrong", True)
