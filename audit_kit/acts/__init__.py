"""What the commands do, step by step: the only modules in which stages, Office files and the store meet.

``process.py`` names them in the order of the written process; read that first.
"""

from audit_kit.acts.scanning import look_over
from audit_kit.kit import Kit

# whichever act is loaded first, nothing that an act writes leaves before it was looked over
Kit.gate = staticmethod(look_over)
