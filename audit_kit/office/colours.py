"""The kit's colours, sizes and formats, as RRGGBB, points and Excel's words.

The colours keep WCAG 2.2: text at 4.5:1 or better on what it stands on, the border of an input at 3:1 or
better against both its fill and the page (``tests/office/test_tool_workbook.py`` works it out). A fill alone
never carries meaning: there is always a border and a word.
"""

TEXT = "0B0C0C"
SECONDARY = "484949"
BRAND = "12436D"  # title and header row
LINK = "1A5A96"
ERROR = "B3261E"
SUCCESS = "0B6B44"
WHITE = "FFFFFF"
INPUT_FILL = "F2F7FC"
INPUT_BORDER = "5A6B7B"
RULE = "B8C2CC"  # between rows that are only read: an ornament
BAND = "E8EEF4"
ATTENTION_FILL = "FFF2B3"
ATTENTION_BORDER = "7A4B00"
URGENT_FILL = "FDECEA"
DONE_FILL = "E6F4EC"

FONT_NAME = "Arial"
SIZE = 12
DATE_FORMAT = "dd mmm yyyy"
