"""The process that holds the name models: loaded once, asked about one text after another until the pipe closes.

Run as ``python -P -m audit_kit.models.worker FOLDER MODEL...``. A text comes in as UTF-8 behind its length; the votes
go back as JSON. It makes no connection and starts no program, whatever a library would like to do.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from audit_kit.child import LENGTH
from audit_kit.models.installed import loaded
from audit_kit.privacy.model_votes import Voter

READY = b"voting"
_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "urllib.")


class NotAllowed(PermissionError):
    """A library wanted to reach out of this process."""


def _keep_to_itself() -> None:
    def refuse(event: str, _: object) -> None:
        if event.startswith(_REFUSED):
            raise NotAllowed

    sys.addaudithook(refuse)


def votes(voters: tuple[Voter, ...], text: str) -> Iterator[tuple[int, int, str, float, bool]]:
    """Each vote as the values of a ``NameVote``."""
    for voter in voters:
        for vote in voter(text):
            yield vote.start, vote.end, vote.source, float(vote.score), vote.tells_words


def main() -> None:
    """Answer until the pipe closes. A text that can't be voted on ends the process: whoever asked starts another."""
    # the parent's to heed, which finishes what is at hand; a worker that died of it would look as if a text had killed it
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    given, told = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints is no answer
    _keep_to_itself()
    voters = tuple(loaded(Path(sys.argv[1]), name) for name in sys.argv[2:])
    told.write(READY)
    told.flush()
    while len(head := given.read(LENGTH.size)) == LENGTH.size:
        text = given.read(LENGTH.unpack(head)[0]).decode("utf-8", "surrogatepass")
        answer = json.dumps(list(votes(voters, text))).encode("ascii")
        told.write(LENGTH.pack(len(answer)) + answer)
        told.flush()


if __name__ == "__main__":
    main()
