"""Facts that say little one by one and much together: an age, an event and a place may be one family's."""

import re
from collections.abc import Mapping

_AGES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


FACTS: Mapping[str, re.Pattern[str]] = {
    "an age": _any(rf"(?:\d{{1,2}}|{_AGES})[- ](?:year|month|week)s?[- ]olds?", rf"aged (?:\d{{1,2}}|{_AGES})",
                   "newborn", "teenage(?:r|d)?", "toddler"),
    "who in a family": _any("boy", "girl", "son", "daughter", "twins?", "triplets?", "brothers?", "sisters?",
                            "mother", "father", "stepfather", "stepmother", "grandmother", "grandfather", "aunt",
                            "uncle"),
    "an event": _any("died", "death", "killed", "murder(?:ed)?", "suicide", "drowned", "overdose", "stabb(?:ed|ing)",
                     "shot", "raped?", "abducted", "trafficked", "arrested", "imprisoned", "pregnant", "gave birth",
                     "house fire", "collision", "convicted", "deported", "secure (?:order|unit|accommodation)",
                     "deprivation of liberty", "adoption broke down"),
    "where somebody comes from": _any(
        "afghan", "albanian", "eritrean", "ethiopian", "iranian", "iraqi", "kurdish", "nigerian", "pakistani",
        "polish", "roma", "romanian", "somali", "sudanese", "syrian", "traveller", "ukrainian", "vietnamese",
        "chinese", "bangladeshi", "jewish", "muslim", "hindu", "sikh", "jehovah'?s witness(?:es)?"),
    "a condition": _any("deaf", "blind", "autistic", "autism", "epilepsy", "epileptic", "diabetic", "cancer",
                        "wheelchair", "down'?s syndrome", "cerebral palsy", "leukaemia", "transgender"),
    "a place": re.compile(
        r"(?<=[a-z,] )(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Tt]o) (?!January|February|March|April|May|June|July|August"
        r"|September|October|November|December|England|Ofsted|Annex|Section)[A-Z][a-z]{2,}"
    ),
}  # fmt: skip
"""What is looked for, by how it is told. Lists of words and no more: what is rare in one place is common in another."""

ENOUGH = 3
"""From so many different facts on a sentence is pointed out (security reference 4.3: age, event and place)."""


def together(text: str) -> str:
    """Which facts a sentence gives together, to go on from “A sentence …”; empty where they are fewer than ENOUGH."""
    told = [name for name, words in FACTS.items() if words.search(text)]
    if len(told) < ENOUGH:
        return ""
    return f"gives {', '.join(told[:-1])} and {told[-1]} together, which can point to one family"
