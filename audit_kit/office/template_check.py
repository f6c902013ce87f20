"""Compare a Word template with the model that fills it, before it is used, and say everything at once.

The contract: a template's placeholders are the fields of one model. A name that the model lacks stops a
document from being made; a field that is never printed makes one that looks right and isn't.
"""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterator

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from lxml.etree import _Element

from audit_kit.errors import AuditKitError
from audit_kit.office.document import (
    Unusable,
    environment,
    nearest,
    place_in_words,
    place_of,
    roots,
    template_in,
    text_of,
    where,
)
from audit_kit.office.template_asks import asked_in, asked_in_whole_tags
from audit_kit.office.template_fault import TemplateFault
from audit_kit.office.template_structure import StructureFault, structure_faults
from audit_kit.office.template_tags import Tag, tags_of
from audit_kit.office.word_package import opened

_WORKS_OUT = "works something out that can't be worked out in every paper"
_SINGLE = re.compile(r"(?<!\{)\{([A-Za-z][\w. ]*)\}(?!\})")
_MERGED = re.compile(r"\bMERGEFIELD\s+(?:\"([^\"]+)\"|([^\s\"\\]+))|\b(ADDRESSBLOCK|GREETINGLINE)\b", re.IGNORECASE)
_GUILLEMETS = re.compile(r"«\s*([A-Za-z][\w. ]*?)\s*»")


def check_template(
    template: bytes, model: type, *, name: str, may_be_left_out: frozenset[str] = frozenset()
) -> tuple[TemplateFault, ...]:
    """Everything in which the template and the model differ; empty when they fit.

    ``name`` is how sentences call the template. Fields in ``may_be_left_out`` need not be printed; of a field
    with rows, its own name leaves out all of them. Loops are followed, and whatever is asked of a row is
    looked for in the row's own model.
    """
    try:
        document = template_in(template, Unusable(name, "document"))
        broken = structure_faults(template)
        if broken:
            return (
                *(_broken(name, fault) for fault in broken),
                *_beside_broken(name, template, document, model, broken),
            )
        reaching = tuple(_reaching(name, template, document))
        if reaching:
            return reaching
        asked = frozenset(path for tree in _trees(document) for path in asked_in(tree, {}))
    except AuditKitError as problem:
        return (TemplateFault(name, "", "", problem.sentence(), True),)
    except TemplateError as problem:
        sentence = f"The template {name}: a loop or condition does not close or is mistyped ({problem.message})."
        return (TemplateFault(name, "", "", sentence, True),)
    known, original = _paths_of(model), opened(template)
    tags = tuple(tags_of(original))
    lacking = {path: _nearest_path(path, known) for path in sorted(_unknown_in(asked, model))}
    # what is asked of the rows of a list that there is not follows from that
    told = {path: near for path, near in lacking.items() if not any(path.startswith(f"{each}.") for each in lacking)}
    unknown = [fault for path, near in told.items() for fault in _unknown(name, original, tags, path, near)]
    meant = tuple(f"{near}." for near in told.values() if near)
    unprinted = [
        TemplateFault(name, path, "", f"The template {name} never prints *{path}*.", False)
        for path in known
        if path not in asked and not path.startswith(meant) and not _left_out(path, may_be_left_out)
    ]
    return (*unknown, *_not_plain(name, original, tags), *_for_others(name, document.docx, known), *unprinted)


def _not_plain(name: str, document: DocumentType, tags: tuple[Tag, ...]) -> Iterator[TemplateFault]:
    """What may stop one paper although it stopped none yet: a sum in a branch that is seldom taken."""
    for tag in tags:
        if tag.works_out or tag.is_strange:
            what = "is neither a loop nor a condition" if tag.is_strange else _WORKS_OUT
            place, number = _place(document, tag.paragraph)
            sentence = (
                f"The template {name}, {place}: this {what}: {tag.typed}. Use plain fields, loops and conditions only."
            )
            yield TemplateFault(name, "", place, sentence, True, number)


def _broken(name: str, fault: StructureFault) -> TemplateFault:
    sentence = f"The template {name}, {fault.where}: {fault.what}."
    return TemplateFault(name, "", fault.where, sentence, True, fault.paragraph)


def _beside_broken(
    name: str, template: bytes, document: DocxTemplate, model: type, broken: tuple[StructureFault, ...]
) -> Iterator[TemplateFault]:  # fmt: skip
    """What can be told of a template whose loops and tags don't close: what is no loop, and fields that there are not."""
    original, known = opened(template), _paths_of(model)
    told = {fault.paragraph for fault in broken}
    strange = tuple(tag for tag in tags_of(original) if tag.is_strange)
    yield from (fault for fault in _not_plain(name, original, strange) if fault.paragraph not in told)
    asked = asked_in_whole_tags(document.docx, frozenset(typing.get_type_hints(model)))
    for path in sorted(_unknown_in(asked, model)):
        yield from _unknown(name, original, (), path, _nearest_path(path, known))


def _left_out(path: str, may_be_left_out: frozenset[str]) -> bool:
    parts = path.split(".")
    return any(".".join(parts[:length]) in may_be_left_out for length in range(1, len(parts) + 1))


def _paths_of(model: type) -> tuple[str, ...]:
    """Every field of the model, those of its rows as ``rows.field``."""
    found: list[str] = []
    for name, hint in typing.get_type_hints(model).items():
        inner = next((each for each in (hint, *typing.get_args(hint)) if dataclasses.is_dataclass(each)), None)
        printed_whole = not isinstance(inner, type) or inner.__name__ == "Chart"
        found += [name] if printed_whole else [f"{name}.{path}" for path in _paths_of(typing.cast(type, inner))]
    return tuple(found)


def _unknown_in(asked: frozenset[str], model: type) -> frozenset[str]:
    """Which of the fields that are asked for the model lacks."""
    known = _paths_of(model)
    inner = {path.rsplit(".", depth)[0] for path in known for depth in range(1, path.count(".") + 1)}
    return asked - inner - set(known)


def _unknown(
    name: str, document: DocumentType, tags: tuple[Tag, ...], path: str, near: str
) -> Iterator[TemplateFault]:  # fmt: skip
    """A field that the model lacks, at each place where it is asked for."""
    owner, _, last = path.rpartition(".")
    shown = near.removeprefix(f"{owner}.") if owner else near
    hint = f"; the nearest thing we have is *{shown}*" if near else ""
    places = list(dict.fromkeys(tag.paragraph for tag in tags if path in tag.asks and last in tag.typed))
    first = place_of(document, last)
    for paragraph in places or ([] if first is None else [first]):
        place, number = _place(document, paragraph)
        yield TemplateFault(name, path, place, f"The template {name} asks for *{path}* in {place}{hint}.", True, number)
    if not places and first is None:
        place = where(document, last)
        sentence = f"The template {name} asks for *{path}*{f' in {place}' if place else ''}{hint}."
        yield TemplateFault(name, path, place, sentence, True)


def _nearest_path(path: str, known: tuple[str, ...]) -> str:
    """The field that was meant, perhaps: one of that name elsewhere, one much like it beside it, then elsewhere."""
    owner, _, last = path.rpartition(".")
    under = f"{owner}." if owner else ""
    named = {each.rpartition(".")[2]: each for each in reversed(known)}
    beside = {each.removeprefix(under).partition(".")[0]: "" for each in known if each.startswith(under)}
    if last in named:
        return named[last]
    near = nearest(last, tuple(beside))
    return f"{under}{near}" if near else named.get(nearest(last, tuple(named)), "")


def _place(document: DocumentType, paragraph: _Element) -> tuple[str, int]:
    """Where this paragraph stands, in words and by its number in the body; 0 in a header or footer."""
    body = list(document.element.body.iter(qn("w:p")))
    if paragraph not in body:
        return "a header or footer", 0
    return place_in_words(document, paragraph), body.index(paragraph) + 1


def _for_others(name: str, document: DocumentType, known: tuple[str, ...]) -> Iterator[TemplateFault]:
    """Fields as workbooks and mails have them, or a mail merge: in Word nothing fills them, and they would be sent."""
    for root in roots(document):
        for paragraph in root.iter(qn("w:p")):
            for shown, word in (*_in_single_brackets(paragraph), *_merged(paragraph)):
                place, number = _place(document, paragraph)
                near = nearest(_as_field(word), tuple(path.rpartition(".")[2] for path in known))
                whole = next((path for path in known if near and path.rpartition(".")[2] == near), "")
                meant = f" The nearest field is {{{{ {whole} }}}}." if whole else ""
                sentence = (
                    f"The template {name}, {place}: nothing fills in {shown}; "
                    f"a field of a Word template stands in double brackets.{meant}"
                )
                yield TemplateFault(name, "", place, sentence, False, number)


def _in_single_brackets(paragraph: _Element) -> Iterator[tuple[str, str]]:
    """What stands there as ``{board}``, and its word."""
    return ((f"{{{word}}}", word) for word in _SINGLE.findall(text_of(paragraph)))


def _merged(paragraph: _Element) -> Iterator[tuple[str, str]]:
    """What stands there for a mail merge to fill in, as Word's own field or typed as ``«board»``, and its word."""
    simple = [node.get(qn("w:instr")) or "" for node in paragraph.iter(qn("w:fldSimple"))]
    in_pieces = "".join(node.text or "" for node in paragraph.iter(qn("w:instrText")))  # Word cuts it up as it likes
    fields = [quoted or plain or block for quoted, plain, block in _MERGED.findall("\n".join((*simple, in_pieces)))]
    typed = _GUILLEMETS.findall(text_of(paragraph))
    for word in {_as_field(word): word for word in (*typed, *fields)}.values():
        yield f"the mail-merge field «{word}»", word


def _as_field(word: str) -> str:
    return "_".join(word.casefold().split())


def _reaching(name: str, template: bytes, document: DocxTemplate) -> Iterator[TemplateFault]:
    """What reaches behind the fields: the sandbox would refuse it, but only once the document is to be made."""
    for tree in _trees(document):
        hidden = [node.attr for node in tree.find_all(nodes.Getattr) if node.attr.startswith("_")]
        called = [node.node.attr for node in tree.find_all(nodes.Call) if isinstance(node.node, nodes.Getattr)]
        for word in dict.fromkeys((*hidden, *called)):
            place = where(opened(template), word)
            sentence = (
                f"The template {name} reaches for more than the fields it is given, with *{word}*"
                f"{f' in {place}' if place else ''}. Use plain fields, loops and conditions only."
            )
            yield TemplateFault(name, word, place, sentence, True)


def _trees(document: DocxTemplate) -> Iterator[nodes.Template]:
    parse = environment({}, []).parse
    for root in roots(document.docx):
        yield parse(document.patch_xml(document.xml_to_string(root)))
