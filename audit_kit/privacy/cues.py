"""Words at which a finder starts looking: heads of places' names, kinds of streets, what leads to where somebody is.

They are marked once per word when a text is read, so that each finder visits a handful of words and not all.
"""

from __future__ import annotations

from audit_kit.privacy.wordlists import word_class

SCHOOLS = word_class("institutions.school")
NURSERIES = frozenset(["nursery", "preschool", "playgroup", "kindergarten", "montessori"])
SURGERIES = frozenset(["surgery", "practice"])
#: with a capital behind a name or a word that is none of the trade's: "Trellin Medical", and not "the CP Medical"
SURGERY_ENDS = frozenset(["medical"])
#: in capitals only: "Marsh Road HC", a health or medical centre
SURGERY_LETTERS = frozenset(["hc", "mc"])
#: the same of schools: "Zelside PRU"
SCHOOL_LETTERS = frozenset(["pru", "ap"])
#: with a capital, and nothing of which they say how it is: "Marsh Vale High", and not "High Court" or "risk: High"
SCHOOL_ENDS = frozenset(["high", "grammar", "prep", "comprehensive"])
CENTRES = frozenset(["centre", "center", "clinic"])
#: how Jewish and Muslim schools begin: Talmud Torah Machzikei Hadass
BEGINNINGS = word_class("institutions.beginnings")
WORSHIP = word_class("institutions.worship")
INSTITUTIONS = (
    frozenset(["form"])
    | SCHOOLS
    | NURSERIES
    | SURGERIES
    | SURGERY_ENDS
    | SURGERY_LETTERS
    | SCHOOL_LETTERS
    | SCHOOL_ENDS
    | CENTRES
    | BEGINNINGS
    | WORSHIP
)

#: "the Rainbow Centre", "Angel Inn": any word that is not a kind of place tells which one
BY_ANY_WORD = word_class("venues.by_any_word")
#: "Asthma Clinic" and "Chess Club" are kinds: only a name or a town tells which one
BY_A_NAME = word_class("venues.by_a_name")
PRISONS = word_class("venues.prisons")
#: "Plain Words Literacy", "Zelhaven Family Mediation": a word that is none, or two words of which one is no kind
CHARITIES = word_class("venues.charities")
VENUES = BY_ANY_WORD | BY_A_NAME | PRISONS | CHARITIES

#: with any word before them: "Forest Road"
STREETS = word_class("cues.streets")
#: only with a word that is no English word: "Kyverdale Walk"
LESS_SURE_STREETS = word_class("cues.less_sure_streets")
#: and only after what people do in the street: "stopped on Tallow Rents"
STREETS_BY_DEED = word_class("cues.streets_by_deed")
#: a place comes next
AT = frozenset(["at", "outside", "opposite", "attends", "attending"])
WORKS = word_class("whereabouts.works")
HOMES = word_class("whereabouts.homes")
#: a team comes next, behind "for" or "with"
PLAYS = frozenset(
    ["plays", "play", "played", "trains", "swims", "boxes", "runs", "rows", "football", "rugby", "netball"]
)
#: who comes from a place, or where they live, is called by its name: "the Frampton Park boys"
OF_AREAS = word_class("whereabouts.of_areas")
#: a place's name may stand behind in brackets, or it is said how the place is called
APPOSED = word_class("apposed_places.kinds")
#: how streets are called in other languages
STREETS_ABROAD = word_class("cues.streets_abroad")

CUES = (
    INSTITUTIONS
    | VENUES
    | STREETS
    | LESS_SURE_STREETS
    | STREETS_BY_DEED
    | STREETS_ABROAD
    | WORKS
    | HOMES
    | AT
    | APPOSED
    | OF_AREAS
    | PLAYS
)
