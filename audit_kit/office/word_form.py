"""A Word form as it came back: what stands in each box, which boxes are ticked, and what was typed beside them.

Boxes are content controls, known by their tag. Read by expat behind the gate (``word_gate``), in one pass; deleted and
hidden text is left out, as in ``word_reading``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from audit_kit.office.gate_xml import Budget, check_depth, walk
from audit_kit.office.word_gate import WordSeen
from audit_kit.office.word_reading import UNSEEN

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main|"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml|"
_TICKS = frozenset("☒☑✓✔✗✘xX√")


@dataclass(frozen=True)
class Box:
    """One content control. ``prompts``: whether its text is only what stands in an empty one."""

    tag: str
    checkbox: bool
    ticked: bool
    text: str
    prompts: bool


@dataclass(frozen=True)
class WordForm:
    """What a form says: its boxes in their order, and the paragraphs outside every box."""

    boxes: tuple[Box, ...]
    beside: tuple[str, ...]

    @property
    def typed(self) -> Mapping[str, str]:
        """Box → the words in it; of two with the same tag, both count. What a box only prompts is no answer."""
        found: dict[str, list[str]] = {}
        for box in self.boxes:
            if not box.checkbox:
                found.setdefault(box.tag, []).append("" if box.prompts else box.text)
        return {tag: "\n".join(text for text in texts if text) for tag, texts in found.items()}

    @property
    def ticked(self) -> frozenset[str]:
        """The boxes that are ticked."""
        return frozenset(box.tag for box in self.boxes if box.ticked)

    def as_answers_to(self, own: WordForm) -> WordForm | None:
        """The same form with each box known again by the form as it went out; None when that can't be said for certain.

        Some versions of LibreOffice save boxes without their tags. They are then told by their order. What the form
        itself said in a box is a prompt.
        """
        tagged = all(box.tag for box in self.boxes) and {box.tag for box in own.boxes} <= {
            box.tag for box in self.boxes
        }
        in_order = [box.checkbox for box in self.boxes] == [box.checkbox for box in own.boxes]
        if not tagged and not in_order:
            return None
        tags = [box.tag for box in (self if tagged else own).boxes]
        said = {box.tag: box.text for box in own.boxes}
        boxes = (
            replace(box, tag=tag, prompts=box.prompts or box.text == said.get(tag))
            for box, tag in zip(self.boxes, tags, strict=True)
        )
        return WordForm(tuple(boxes), self.beside)


def read_word_form(seen: WordSeen) -> WordForm:
    """The boxes of a Word form, and what stands beside them."""
    visitor = _Boxes()
    walk(seen.package.xml(seen.main), Budget(), visitor)
    return WordForm(tuple(visitor.boxes), tuple(text for text in visitor.beside if text))


@dataclass
class _Box:
    """A content control that is being read."""

    tag: str = ""
    checkbox: bool = False
    checked: bool = False
    prompt: bool = False
    text: list[str] = field(default_factory=list)


class _Boxes:
    """Collects text box by box; outside of them, paragraph by paragraph."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.beside: list[str] = []
        self._path: list[str] = []
        self._open: list[_Box] = []
        self._paragraph: list[str] = []
        self._unseen, self._hidden = 0, False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        check_depth(self._path)
        self._path.append(name)
        self._unseen += name in UNSEEN
        value = attributes.get(f"{_W}val", "")
        if name == f"{_W}sdt":
            self._open.append(_Box())
        elif name == f"{_W}r":
            self._hidden = False
        elif name == f"{_W}vanish" and value not in ("0", "false"):
            self._hidden = True
        elif name in (f"{_W}br", f"{_W}cr", f"{_W}tab"):
            self._add("\n" if name != f"{_W}tab" else "\t")
        elif self._open:
            self._know(name, value, attributes)

    def _know(self, name: str, value: str, attributes: Mapping[str, str]) -> None:
        """What a content control says about itself."""
        box = self._open[-1]
        if name == f"{_W}tag":
            box.tag = value
        elif name == f"{_W}showingPlcHdr":
            box.prompt = value not in ("0", "false")
        elif name == f"{_W14}checkbox":
            box.checkbox = True
        elif name == f"{_W14}checked":
            box.checked = attributes.get(f"{_W14}val", "1") in ("1", "true", "on")

    def end(self, name: str) -> None:
        self._path.pop()
        self._unseen -= name in UNSEEN
        if name == f"{_W}sdt":
            self._close(self._open.pop())
        elif name == f"{_W}p":
            if self._open:
                self._add("\n")
            else:
                self.beside.append("".join(self._paragraph).strip())
                self._paragraph.clear()

    def text(self, chars: str) -> None:
        if self._path[-1] == f"{_W}t" and not self._hidden:
            self._add(chars)

    def _add(self, chars: str) -> None:
        if not self._unseen:
            (self._open[-1].text if self._open else self._paragraph).append(chars)

    def _close(self, box: _Box) -> None:
        text = "".join(box.text).strip()
        # somebody without Word's tick types a cross over the box
        ticked = box.checkbox and (box.checked or any(mark in _TICKS for mark in text))
        self.boxes.append(Box(box.tag, box.checkbox, ticked, text, box.prompt))
