"""What the commands do, step by step: the only modules in which stages, Office files and the store meet.

``process.py`` names them in the order of the written process; read that first.
"""

from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event
from audit_kit.kit import Kit


def _look_over(
    kit: Kit, outputs: tuple[Output, ...], events: tuple[Event, ...]
) -> tuple[tuple[Output, ...], tuple[Event, ...]]:
    from audit_kit.acts.scanning import look_over  # with all that finds names: a command that writes nothing needs none

    return look_over(kit, outputs, events)


# whichever act is loaded first, nothing that an act writes leaves before it was looked over
Kit.gate = staticmethod(_look_over)
