"""Words that tell of somebody in danger now, in any text: harm, a threat, a weapon, a child who is gone, suicide.

What is found is a question to a person, who reads the place at once. So it is rather asked once too often: words of
danger count in any sentence that speaks of these days. They do not count where the words right before them deny them,
nor where "now" or "still" is all that the sentence says of these days and the danger is told of the past.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns about immediate risk are escalated
"if during the course of an audit" they are raised, wherever they are written.
"""

from __future__ import annotations

import re

_SOMEBODY = (
    r"(?:me|us|you|him|her|them|mum|mummy|mother|dad|daddy|father|(?:my|his|her|their|the|this|that|an?|another|one|each)(?: \w+)? "
    r"(?:mum|mother|dad|father|child|children|baby|boy|girl|son|daughter|infant|toddler|siblings?|brother|sister|person|partner|wife|woman|staff))"
)
_SELF = r"(?:my|her|him|them|your)sel(?:f|ves)"
_LIFE = r"(?:(?:my|her|his|their|your)(?: own)? (?:life|lives)|it all)"
_IS = r"(?:is|are|was|were|be|been|being|gets?|got|'s|'re)(?: \w+)?"
_WILL = (
    r"(?:will|'ll|would|could|may|might|going to|gonna|(?:want|plan|threat|try|tri|intend)\w* to|plan\w* on)(?: be)?"
)
_HURTS = (
    r"(?:hit|hitting|hits|beat\w*|punch\w*|kick\w*|slap\w*|smack\w*|chok\w*|bit|bites|bitten|biting|burn\w*|shakes?|shaking|shook|shaken|hurt\w*|"
    r"harm\w*|attack\w*|assault\w*|abus\w+|starv\w*|kill\w*|threaten\w*|touch(?:es|ed|ing)|exploit\w*|groom\w*|shoot\w*|shot|lock\w*)"
)
_BODY = r"(?:head|face|eyes?|ears?|lips?|nose|arms?|legs?|wrists?|neck|back|chest|ribs?|skull|body|skin|hands?|thighs?|bottom)"
_WHOM_TO_MISS = r"(?:is|are|was|were|been|be|'s|went|goes|gone|going|has gone|remains?|reported|still|currently|child|girl|boy|she|he|they)"
_AWAY = r"(?:abroad|overseas|out of the country|back home|to (?:Africa|Asia|\w+(?:ia|an|esh|eria|ea|opt|pt|bia)))"

#: one sort of danger a group; one space stands for any
_DANGERS = (
    # said outright
    r"unsafe", r"(?:not|\w+n't|no longer|never|hardly)(?: \w+)? safe", r"in (?:\w+ )?danger", r"danger to \w+", r"life.threatening",
    r"at (?:\w+ )?risk", r"(?:immediate|imminent|serious|significant|grave) (?:risk|danger|harm)",
    r"(?:scared|frightened|terrified|afraid) (?:of|for|to)", r"fear\w* (?:for|of) (?:his|her|their|my|him|them)",
    # violence
    rf"{_HURTS} (?:on )?(?:{_SOMEBODY}|{_SELF})", rf"{_IS} {_HURTS}", rf"{_WILL} (?:{_HURTS}|die|cut|jump|snatch|murder)",
    r"strangl\w*", r"stab(?:s|bed|bing)?", r"suffocat\w*", r"smother\w*", r"rap(?:e|es|ed|ing)", r"molest\w*", r"poison\w*",
    r"(?:death )?threats?", r"threaten\w*", r"violent", r"violence (?:at|in) (?:the )?home", r"sexual(?:ly)? (?:abus|assault|exploit|harm)\w*",
    # weapons
    r"knife", r"knives", r"machetes?", r"guns?", r"firearms?", r"weapons?", r"petrol", r"acid", r"with an? (?:bat|hammer|blade|axe|bottle|sword)", r"gangs?",
    # somebody who is gone, or about to be
    rf"{_WHOM_TO_MISS}(?: \w+)? missing", r"missing (?:from|since|again)", r"whereabouts", r"abscond\w*", r"r[ua]n(?:ning)? (?:away|off)",
    r"(?:nobody|no one|no-one|not|n't)(?: \w+)? (?:knows? where|seen|returned|come home|turned up|been seen)", r"abduct\w*", r"kidnap\w*",
    r"disappear\w*", r"vanish\w*", r"(?:not|n't)(?: been)? found", r"missing person",
    # injury and illness
    r"bruis\w*", r"black eyes?", r"bite marks?", r"burns?(?! out)", r"fractur\w*", rf"broken {_BODY}", r"bleeding", r"injur\w+", r"wounds?",
    rf"(?:marks?|cuts?|scratches|swelling|welts?) (?:on|to|around|across)(?: \w+)? {_BODY}",
    r"unconscious", r"unresponsive", r"not breathing", r"lifeless", r"overdos\w*", r"(?:took|taken|swallowed)(?: \w+){0,2} (?:pills|tablets|bleach)",
    # suicide and self-harm
    r"suicid\w*", r"self.?harm\w*", rf"(?:cut|cuts|cutting|hang|hanging|hanged) {_SELF}", rf"(?:end|ending|take|taking|took) {_LIFE}",
    r"want(?:s|ed|ing)? to (?:die|be dead)", r"better off dead", r"ligature", r"(?:on|off|from) (?:the|a) (?:roof|bridge|ledge)",
    # exploitation, forced marriage, cutting, being taken away
    r"traffick\w*", r"county lines", r"forced (?:to|into|marriage)", r"marr(?:y|ied|ying)(?: \w+)? (?:off|abroad)", r"honou?r.based",
    r"FGM", r"circumcis\w*", r"genital\w*", r"(?:be|being) cut", rf"(?:ta?ke?\w*|fl(?:y|ies|ying|own)|sen[dt]\w*|travel\w*)(?: \w+){{0,3}} {_AWAY}",
    r"(?:boards?|boarding|booked|on)(?: \w+){0,2} (?:flight|plane)s?",
    # who is with a child and who isn't
    r"unsupervised", r"unattended", r"(?:left|home) alone", r"alone with (?:him|them|(?:the|his|her|an?) (?:perpetrator|offender|abuser|uncle|father|step\w+|boyfriend|partner|man|men))", r"locked (?:in|out)",
    r"(?:perpetrator|offender|abuser|suspect) (?:is|has|lives|living|staying|moved|back)", r"breach\w*(?: \w+){0,3} (?:bail|order|injunction)",
    r"no (?:food|heating|milk|formula|insulin|adult)", r"nowhere to (?:sleep|stay|go)", r"sleeping (?:rough|in (?:an?|the|his|her|their) (?:car|van|park)|on the street)", r"(?:drunk|intoxicated)",
)  # fmt: skip
_A_PAPER = (
    r"(?:records?|files?|plans?|forms?|pages?|parts?|sections?|chronology|minutes|letters?|list|entry|entries|"
    r"information|signatures?|dates?|documents?|details?|evidence|assessments?|genograms?|voice)"
)
#: what looks like it and is the work's own language
_NOT_MEANT = (
    rf"{_A_PAPER}(?: (?:of|about|from|on|for)(?: \w+){{1,3}})?(?: (?:is|are|was|were))?(?: (?:still|now|currently|also))? missing",
    r"(?:reports?|notes?) (?:is|are|was|were)(?: (?:still|now|currently|also))? missing", rf"missing (?:from|in)(?: \w+){{0,2}} {_A_PAPER}",
    rf"missing(?: (?:an?|any|the|its|one|two|three|four|some|all))? (?:{_A_PAPER}|episodes?|appointments?|lessons?)", r"missing (?:nights?|school)",
    r"(?:knife|gun|weapons?) (?:crime|awareness|lessons?|policy)", r"risk (?:register|assess\w*|manag\w*|factors?|matrix)", r"(?:no|low|lower|less) risk",
    r"(?:hit|beat)\w* (?:\w+ )?(?:targets?|deadlines?)", r"touch(?:ed|es|ing)? (?:on|base)", r"(?:overdose|self.?harm|suicide|FGM|exploitation) (?:pathway|policy|prevention|training|lead|clinic)s?",
    r"acid reflux", r"(?:folic|amino|uric) acid", r"without injury",
)  # fmt: skip

#: of these days, whatever the verb; and what may be said of them or may carry a tale on
_THESE_DAYS = (
    r"right now", r"just now", r"today", r"tonight", r"tomorrow", r"yesterday", r"last night", r"this (?:very )?(?:minute|moment|morning|afternoon|evening|night|week|weekend)",
    r"at (?:the|this) (?:\w+ )?(?:moment|time)", r"as (?:I|we) (?:write|speak)", r"currently", r"at present", r"presently", r"any (?:minute|moment|day|time) now",
    r"(?:minutes?|hours?) ago", r"(?:in|within) the (?:next )?hour", r"since (?:this|last|yesterday|\w+day)(?: \w+)?", r"next (?:week|weekend|\w+day)",
    r"(?:for|in) the (?:last|past) (?:\w+ )?(?:hours?|days?)",
)  # fmt: skip
_PERHAPS = (r"now(?! \d)", "still")


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE)


_DANGER, _NOT_DANGER = _any_of(_DANGERS), _any_of(_NOT_MEANT)
_DAYS, _PERHAPS_DAYS = _any_of(_THESE_DAYS), _any_of(_PERHAPS)
#: either, in a text of small letters: whatever the capitals, it takes three times as long, and every text is asked
_ANY_DAYS = re.compile(_any_of((*_THESE_DAYS, *_PERHAPS)).pattern.replace("(?:I|we)", "(?:i|we)"))
#: one of these stands in whatever speaks of these days: looking for them takes a tenth of the time that the pattern takes
_IN_ANY_DAYS = (
    "now", "still", "today", "tonight", "tomorrow", "yesterday", "last", "past", "next", "this", "time", "moment", "write",
    "speak", "current", "present", "ago", "hour", "since",
)  # fmt: skip
_SENTENCE = re.compile(r"[^.!?]+")
_IN_THE_PAST = re.compile(r"\b(?:was|were|had|felt|did)(?:\s+\w+){0,6}$", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no(?! doubt\b)|not(?! only\b| just\b)|nobody|nothing|without|never|neither|whether|if|\w+n't)\s+(?:[\w'-]+\s+){0,2}$", re.IGNORECASE
)  # fmt: skip
_READ, _BEFORE = 8000, 60  # characters of one text, and of what stands before words of danger


def words_of_risk(text: str) -> bool:
    """Whether a text has words of danger and speaks of these days beside them, and doesn't deny the danger."""
    text = text[:_READ].replace("’", "'").replace("\n", ".")
    small = _in_small_letters(text)
    if not (any(word in small for word in _IN_ANY_DAYS) and _ANY_DAYS.search(small)):  # most speak of no day at all
        return False
    sentences = [found.group() for found in _SENTENCE.finditer(text)]
    days = [_DAYS.search(sentence) is not None for sentence in sentences]
    return any(
        _tells_of_danger(sentence, surely=any(days[max(0, number - 1) : number + 2]))
        for number, sentence in enumerate(sentences)
        if any(days[max(0, number - 1) : number + 2]) or _PERHAPS_DAYS.search(sentence)
    )


def _in_small_letters(text: str) -> str:
    """As a pattern that looks over capitals takes a text: a Turkish i, too, is one."""
    return text.replace("İ", "i").replace("ı", "i").casefold()


def _tells_of_danger(sentence: str, *, surely: bool) -> bool:
    """``surely``: whether it is of these days for certain, so that also what "was" counts."""
    meant = _NOT_DANGER.sub(" – ", sentence)
    for found in _DANGER.finditer(meant):
        before = meant[max(0, found.start() - _BEFORE) : found.start()]
        if not _DENIED.search(before) and (surely or not _IN_THE_PAST.search(before + found.group())):
            return True
    return False
