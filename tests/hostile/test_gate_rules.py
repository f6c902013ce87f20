"""Rules that another rule would often have hidden: each is met alone, and named."""

import pytest
from grafting import MAIN, OFFICE, PACKAGE_RELS, STYLES, TYPES, WORKBOOK, WORKBOOK_RELS, graft, related, swap
from test_attack_files import names, shared

from audit_kit.office.gate import Refused, inspect

PROPERTY = '<property fmtid="x" pid="{0}" name="n{0}"><lpwstr xmlns="u">{1}</lpwstr></property>'
PROPERTIES = '<Properties xmlns="u">{}</Properties>'


def styles(before="", formats=5):
    return {STYLES: f'<styleSheet xmlns="{MAIN}">{before}<cellXfs>{"<xf/>" * formats}</cellXfs></styleSheet>'}


def properties(*inner):
    return {"docProps/custom.xml": PROPERTIES.format("".join(inner))}


RULES = {
    "relationship stands twice": {PACKAGE_RELS: related(f"{OFFICE}/officeDocument", "xl/theme/theme1.xml")},
    "package without a workbook": {PACKAGE_RELS: swap('relationships/officeDocument"', 'relationships/theme"')},
    "package: element": {TYPES: swap("</Types>", '<x xmlns="u"><y/></x></Types>')},
    "relationship without its own id": {WORKBOOK_RELS: related(f"{OFFICE}/theme", "theme/theme1.xml", key="rId1")},
    "workbook: element out of place": {
        WORKBOOK: swap("</sheets>", '</sheets><extLst><sheet name="x" sheetId="9"/></extLst>')
    },
    "workbook: defined name": names('<definedName name="">1</definedName>'),
    "workbook: name stands twice": names('<definedName name="audit_kit_form">"qa"</definedName>'),
    "styles: number format": styles(f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * 256}"/></numFmts>'),
    "styles: too many cell formats": styles(formats=20_001),
    "sheet: cell format": styles(formats=1),
    "properties": properties(PROPERTY.format(1, "x" * 9_000)),
    "property stands twice": properties(PROPERTY.format(1, "a"), PROPERTY.format(1, "b")),
    "shared texts: element": shared('<si><x xmlns="u"/></si>'),
}


@pytest.mark.parametrize(("rule", "changes"), RULES.items(), ids=RULES)
def test_each_rule_refuses_by_itself(rule, changes):
    with pytest.raises(Refused) as refusal:
        inspect(graft(changes))
    assert refusal.value.rule == rule


def test_too_many_properties_are_refused():
    with pytest.raises(Refused) as refusal:
        inspect(graft(properties(*(PROPERTY.format(number, "a") for number in range(501)))))
    assert refusal.value.rule == "properties"


@pytest.mark.parametrize("changes", [styles(), properties(PROPERTY.format(1, "a")), shared("<si><t>a</t></si>")])
def test_what_these_are_made_of_is_accepted(changes):
    assert inspect(graft(changes)).sheets[1].filled == 80
