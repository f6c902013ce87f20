"""Pictures, charts, diagrams, shapes: what they are, and whether they say in words what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit_kit.access.package import A, Element
from audit_kit.access.rules import Fault, fault
from audit_kit.access.words import says_nothing

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_SHAPES = ("sp", "pic", "cxnSp", "graphicFrame", "grpSp", "contentPart")
_NAMES = frozenset(("cNvPr", "docPr"))


@dataclass(frozen=True)
class Drawn:
    """One object: ``kind`` in the reader's words. ``element`` is the object's own."""

    kind: str
    text: str  # what is written in it
    description: str
    is_decorative: bool
    is_placeholder: bool  # of a slide's layout: its text is the slide's own
    element: Element

    @property
    def needs_words(self) -> bool:
        """Whether a reader who can't see it needs a description: not when it is text, nor an ornament."""
        is_empty_field = self.is_placeholder and self.kind == "shape"
        return not (self.is_decorative or self.text or self.kind == "table" or is_empty_field)


def drawn_in(tree: Element) -> Iterator[Drawn]:
    """The objects of a drawing or slide in their order, groups opened up unless they say themselves what they show."""
    for element in tree:
        name = _local(element)
        if name in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            yield from drawn_in(element)
        elif name in _SHAPES:
            properties = properties_of(element)
            if properties is not None and properties.get("hidden") in ("1", "true"):
                continue
            one = drawn(element, properties)
            if name == "grpSp" and not (one.description or one.is_decorative):
                yield from drawn_in(element)
            else:
                yield one


def drawn(element: Element, properties: Element | None) -> Drawn:
    """One object with the properties that name and describe it."""
    mark = None if properties is None else next(properties.iter(_DECORATIVE), None)
    described = "" if properties is None else (properties.get("descr") or properties.get("title") or "")
    return Drawn(
        kind=kind_of(element),
        text="".join(t.text or "" for t in element.iter() if _local(t) == "t").strip(),
        description=described.strip(),
        is_decorative=mark is not None and mark.get("val") not in ("0", "false"),
        is_placeholder=any(_local(each) == "ph" for each in element.iter()),
        element=element,
    )


def faults_of(one: Drawn, place: str) -> Iterator[Fault]:
    """What is wrong with the description of this object."""
    if one.description and says_nothing(one.description):
        yield fault("alt-text-unclear", place)
    elif one.needs_words and not one.description:
        yield fault("alt-text-missing", place)


def properties_of(element: Element) -> Element | None:
    """The element with an object's name and description; not that of an object inside it."""
    for child in element:
        for each in child if _local(child).startswith("nv") else (child,):
            if _local(each) in _NAMES:
                return each
    return None


def kind_of(element: Element) -> str:
    """What kind of object it is, in the reader's words."""
    name = _local(element)
    if name == "contentPart":
        return "drawing by hand"
    if name == "cxnSp":
        return "line"
    if name == "grpSp":
        return "group"
    if any(_local(each) in ("videoFile", "quickTimeFile") for each in element.iter()):
        return "video"
    if any(_local(each) in ("audioFile", "wavAudioFile", "audioCd") for each in element.iter()):
        return "sound"
    for data in element.iter(f"{A}graphicData"):
        last = data.get("uri", "").rpartition("/")[2]
        return {
            "chart": "chart", "chartex": "chart", "diagram": "diagram", "table": "table", "ole": "embedded object",
            "picture": "picture", "wordprocessingGroup": "group",
        }.get(last, "shape")  # fmt: skip
    return "picture" if name == "pic" else "shape"


def numbered(kinds: dict[str, int], kind: str) -> str:
    """ "picture 2": the second of its kind; ``kinds`` counts them."""
    kinds[kind] = kinds.get(kind, 0) + 1
    return f"{kind} {kinds[kind]}"


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
