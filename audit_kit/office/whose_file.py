"""Whose a file is that can't be opened: what the kit wrote into its properties, looked at with the gate's own means."""

from __future__ import annotations

from collections.abc import Mapping

from audit_kit.office import gate_zip
from audit_kit.office.gate_reasons import Refused
from audit_kit.office.gate_workbook import Properties
from audit_kit.office.gate_xml import Budget, walk

_PART = "docProps/custom.xml"
_MOST = 64 * 1024


def properties_of(data: bytes) -> Mapping[str, str]:
    """The custom properties of a workbook or document that the gate refused; none where they can't be seen safely.

    They prove nothing by themselves: whoever made the file may have written them.
    """
    properties = Properties()
    try:
        for entry in gate_zip.entries(data):
            if entry.name == _PART:
                walk(gate_zip.unpack(data, entry, _MOST), Budget(), properties)
    except Refused:
        return {}
    return properties.found
