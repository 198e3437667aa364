"""Prompts for plainer writing: long sentences, a high reading age, and words of the services that children do not use.

The reading age is Flesch and Kincaid's grade plus five, of English alone. It counts letters and syllables and knows
nothing of meaning, so it prompts the writer and decides nothing.
"""

import re
from collections.abc import Mapping

from goldthread.domain.easy import Measure

FEWEST_WORDS = 8
"""Below so many words no reading age is told: the formula says nothing of a handful of words."""

PLAINER: Mapping[str, str] = {
    "safeguarding": "keeping children safe", "multi-agency": "different services together", "agencies": "services",
    "assessment": "finding out what help is needed", "assessments": "finding out what help is needed",
    "intervention": "help", "interventions": "help", "placement": "the home where a child lives",
    "placements": "homes where children live", "permanence": "a home that lasts", "statutory": "what the law says",
    "provision": "help or services", "outcomes": "what changes for children", "threshold": "when help is given",
    "thresholds": "when help is given", "oversight": "managers checking", "strategic": "of the whole plan",
    "supervision": "time with a manager to talk about the work", "robust": "strong", "timely": "on time",
    "timeliness": "being on time", "implement": "do", "implemented": "done", "facilitate": "help",
    "utilise": "use", "commence": "start", "effective": "works well", "effectiveness": "how well it works",
    "inadequate": "not good enough", "respite": "a short break", "siblings": "brothers and sisters",
    "peers": "friends of the same age", "caseloads": "how many children a worker helps", "referral": "asking for help",
    "referrals": "asking for help", "practitioners": "workers", "professionals": "workers", "cohort": "group",
    "corporate": "of the council", "consistently": "every time", "sufficiency": "having enough",
    "accommodation": "a place to live", "transition": "change", "ensure": "make sure", "regarding": "about",
    "additional": "more", "requires": "needs", "demonstrate": "show", "analysis": "thinking about what it means",
}  # fmt: skip
"""Words of the services and of offices, each with one that children use. Gathered by the house. [J]"""

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_END = re.compile(r"[.!?]+(?=\s|$)|\n+")
SOUNDED = ("ted", "ded", "ses", "ces", "zes", "ges", "xes", "hes", "ies")
"""Ends that are sounded, among those in -ed and -es."""
_VOWELS = re.compile(r"[aeiouy]+")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, cut at stops and new lines."""
    return [one.strip() for one in _END.split(text) if one.strip()]


def syllables(word: str) -> int:
    """About how many syllables an English word has: groups of vowels, a silent e at the end left out."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(bare))
    silent_e = bare.endswith("e") and not bare.endswith(("le", "ee", "ye"))
    silent = silent_e or (bare.endswith(("ed", "es")) and not bare.endswith(SOUNDED))
    return max(1, count - (1 if silent and count > 1 else 0))


def reading_age(text: str) -> int | None:
    """The age in whole years at which a text can be read, from 5 on; None where it has too few words to tell."""
    found, told = _WORD.findall(text), sentences_of(text)
    if len(found) < FEWEST_WORDS:
        return None
    per_word = sum(syllables(one) for one in found) / len(found)
    grade = 0.39 * len(found) / len(told) + 11.8 * per_word - 15.59
    return max(5, round(grade + 5))


def prompts(text: str, measure: Measure) -> list[str]:
    """What could be plainer in an English text, each told in one sentence; none where nothing is."""
    told = []
    longest = max((len(_WORD.findall(one)) for one in sentences_of(text)), default=0)
    if longest > measure.sentence:
        told.append(f"A sentence has {longest} words. Use {measure.sentence} or fewer.")
    age = reading_age(text)
    if age is not None and age > measure.age:
        told.append(f"It reads like a text for age {age}. Aim at {measure.age} or below.")
    held = dict.fromkeys(one.lower() for one in _WORD.findall(text))
    told += [f"“{one}”: try “{PLAINER[one]}”." for one in held if one in PLAINER]
    return told
