"""config.yaml → ``Config``. Everything that changes from board to board and year to year is data here.

Each mistake is told as ``file:line:column: key: what is expected, what was found``, all of them at once.
"""

from audit_kit.config.json_schema import schema
from audit_kit.config.keys import Config, Retention
from audit_kit.config.loading import load, parse

__all__ = ["Config", "Retention", "load", "parse", "schema"]
