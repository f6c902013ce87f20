"""How much a workbook may hold. A filled tool of ours uses a fifth of the tightest.

The figures keep any file at all within 0.25 s of processor time and 32 MiB in the gate, and what passes it within
the reader's limits (``tests/hostile/test_gate_bounds.py`` measures both).
"""

from __future__ import annotations

from typing import Final

MIB: Final = 1024 * 1024

FILE_BYTES: Final = 8 * MIB
PARTS: Final = 300
XML_PART_BYTES: Final = 3 * MIB
XML_BYTES: Final = 5 * MIB  # all XML parts together
XML_PACKED_BYTES: Final = MIB // 2  # a form of ours has 60 KiB; packed bytes can be made slow to inflate
OTHER_PART_BYTES: Final = 6 * MIB  # pictures, printer settings
OTHER_BYTES: Final = 16 * MIB
CHECKED_PICTURE_BYTES: Final = MIB // 8  # packed; beyond it pictures, which nobody reads, are not inflated

CELL_CHARS: Final = 32_767  # Excel's own

ELEMENTS: Final = 50_000  # of all XML parts together; a filled tool saved by LibreOffice has 10,000
DEPTH: Final = 40
ATTRIBUTES: Final = 110_000  # of all XML parts together, and all equals signs; that tool has 19,000
ATTRIBUTES_OF_ONE: Final = CELL_CHARS + 100  # element, with the text behind it: expat keeps them all at once
NAMESPACES: Final = 5_000  # of all XML parts together; drawings declare them anew at each shape
NAMESPACE_CHARS: Final = 128

SHEETS: Final = 64
ROWS: Final = 5_000  # of a cell that holds something
COLUMNS: Final = 256
GRID_ROWS: Final = 1_048_576  # Excel's own
GRID_COLUMNS: Final = 16_384
AREA: Final = 400_000  # rows times columns up to the last filled cell, of all sheets together
TEXT_CHARS: Final = 4_000_000  # of all cells together, a shared text counted once for each cell
FORMULA_CHARS: Final = 8_192  # Excel's own
FORMULA_CELLS: Final = 10_000
MERGES: Final = 2_000
SPREAD_CELLS: Final = 60_000  # cells under merges and links together: openpyxl makes each of them

COUNT: Final = 200_000  # any "count" that a reader may reserve memory for
FORMAT_CHARS: Final = 255  # of a number format, Excel's own
CELL_FORMATS: Final = 20_000
NAMES: Final = 1_000
NAME_CHARS: Final = 8_192
PRINT_AREA_CHARS: Final = 1_024
PROPERTIES: Final = 500
