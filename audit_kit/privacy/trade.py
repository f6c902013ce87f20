"""Words that show where a person stands in a sentence: jobs, kinship, titles, and what people do."""

from __future__ import annotations

from functools import lru_cache

from audit_kit.privacy.wordlists import lines_of

#: before a name, and always one
TITLES = frozenset("mr mrs ms miss mx dr prof professor sir dame rev reverend pastor imam sheikh shaykh rabbi reb rebbetzin fr cllr councillor judge doctor nurse sister matron hhj mme alhaji alhaja chief apa bhai mzee bay hanim".split())  # fmt: skip
#: titles that are also words: only with a capital and before a capital
WORD_TITLES = frozenset("miss sister chief judge nurse doctor matron bay sir pastor imam rabbi reverend professor councillor apa bhai".split())
TITLE_JOBS = {
    "dr": "doctor", "doctor": "doctor", "prof": "doctor", "professor": "doctor", "nurse": "nurse", "matron": "nurse",
    "rev": "faith leader", "reverend": "faith leader", "pastor": "faith leader", "imam": "faith leader", "rabbi": "faith leader",
    "rebbetzin": "faith leader", "fr": "faith leader", "judge": "judge", "hhj": "judge", "cllr": "councillor", "councillor": "councillor",
}  # fmt: skip
RELATIONS = frozenset(
    "friend friends mate mates neighbour neighbours cousin cousins uncle aunt auntie aunty brother brothers sister sisters "
    "boyfriend girlfriend partner husband wife ex son daughter sons daughters niece nephew mum mother dad father grandma "
    "grandmother gran nan nana nanny grandad granddad grandfather grandpa stepdad stepfather stepmum stepmother babysitter "
    "landlord landlady lodger flatmate peer peers pupil pupils classmate classmates associate associates twin twins baby boy "
    "girl child toddler victim suspect perpetrator male female man woman lad bestie mgm mgf pgm pgf paternal maternal half "
    "godmother godfather godson goddaughter fiance fiancee tenant lady gentleman adult youth sibling siblings dog "
    "daughter-in-law sister-in-law brother-in-law mother-in-law law elder younger eldest youngest older family".split()
)
#: words that announce a name
#: heads of a line behind which names stand: "Cc: Parveen"
FIELDS = frozenset("from to cc bcc attendees attending present apologies name names contact signed worker author auditor by chair allocated reviewer informant referrer caller".split())
#: behind a surname, these say that it is one
HOUSEHOLD = frozenset("family household siblings brothers sisters boys girls children kids twins sibs".split())
NAMING = frozenset("called named aka nicknamed alias name names".split())
SPEECH = frozenset(
    "said says stated states reported reports disclosed discloses told tells alleged alleges denied denies admitted admits "
    "confirmed confirms advised advises explained explains claimed claims replied replies asked asks recalled insisted thinks thought "
    "feels felt wants wanted knows knew agreed agrees refused refuses complained complains wrote writes texted phoned emailed "
    "rang rings cried cries laughed smiled shouted shouts whispered answered added adds believes believed likes loves hates "
    "disputes queried raised requested apologised described describes mentioned expressed acknowledged spoke speaks "
    "suggested noted observed recorded informed commented remembers remembered".split()
)
DOING = frozenset(
    "is was has had will would does did can could came went left arrived attends attended visited lives lived stays stayed "
    "moved goes comes gets got gave gives took takes made makes saw sees met meets looked looks appeared appears seemed seems presented "
    "presents started starts ran runs hit hits slapped punched kicked bit threw pushed pulled held holds slept sleeps eats ate "
    "plays played sat stood walked walks drinks drank smokes uses used hid hides attempted continued remains remained became "
    "works worked collected collects picks picked brought brings dropped drops cares cared looks returned returns "
    "isn't wasn't hasn't hadn't won't wouldn't doesn't didn't can't couldn't isnt wasnt didnt doesnt still never also then now always "
    "who whose aged age drew broke failed declined accepted received engaged struggled struggles needs needed missed turned "
    "absconded disappeared assaulted threatened cancelled chaired completed signed sent read kept keeps tried tries "
    "and or drives drove supervises supports supported shared shares being having been disengaged helped helps joined carried "
    "calmed settled hopes hoped wishes understands understood explained introduced booked tested denied stopped thrives "
    "may might must should owns owned earns let lets lost loses opened won wins wore wears washed watched became cut fell fed "
    "follow-up followed gained grew heard hears knew learns learnt led makes nominated ordered paid pays passed put placed posted promised proposed "
    "quit reads refers referred registered rents resides resided rode scored seen sends served set showed shows sings slams slammed speaks "
    "spends spent stabbed stole struck swore swears talks talked teaches taught thanked travelled travels tripped trusts upset vapes wakes "
    "woke waited wet wets withdrew worries worried yells yelled jumped knocked".split()
)
#: before a name in the middle of a sentence
BEFORE_PERSON = frozenset(
    "with told asked tell ask by to saw see seen met for and contacted informed advised rang called phoned emailed texted "
    "visited interviewed between about against named than spoke thanked helped supported supports assaulted hit identified "
    "interviewing supervised including include includes because via cc per d/w discussed w arrested meet collect collected "
    "let blamed trusts knows joined invited challenged escorted observed when that if while as where who but".split()
)
#: the same without a capital: "Evelina ward", "Dalston Junction station"
LOWER_PLACE_NOUNS = frozenset("ward station estate road street park hospital hostel refuge tube prison market rice junction high council borough".split())
#: behind a word that is then no person
PLACE_NOUNS = frozenset(
    "schools house road rd street st lane avenue ave close court park centre center school primary academy college nursery hospital ward "
    "project trust foundation team estate gardens square hill church chapel service services cottage library station pub tube "
    "market bridge green place way terrace grove hall lodge hotel surgery practice unit hub programme scheme cup day days eve "
    "period term terms holiday holidays camp club line lines therapy delight pudding list lists tag tags range increase increases "
    "group groups leader leaders leads community communities forum based period sheet sheets time times break garden dress food eating "
    "blanket jumper ceremony candle of".split()
)
#: before a place more often than before a person
BEFORE_PLACE = frozenset("from in at near on into around outside towards via through of".split())


@lru_cache(maxsize=1)
def jobs() -> dict[str, tuple[tuple[tuple[str, ...], str, bool], ...]]:
    """First word of a job (lower case) → its phrases: (words, label, is it an abbreviation); the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for line in lines_of("roles.txt"):
        label, _, phrases = line.partition(":")
        for phrase in phrases.split(";"):
            typed = phrase.replace("/", " ").replace("&", " ").replace("-", " ").split()
            words = tuple(w.lower() for w in typed)
            table.setdefault(words[0], []).append((words, label.strip(), phrase.strip().isupper() and len(phrase.strip()) <= 5))
    return {first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in table.items()}
