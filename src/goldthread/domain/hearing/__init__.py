"""Whom inspectors hear, how a conversation is protected, and what practice they watch.

Sources: published reports of the single inspection framework name whom inspectors spoke to and what they observed
(children and young people in 128 of 140 reports, social workers in 70, care leavers in 68, adopters in 48, parents in
40, foster carers in 26; then partners, police, heads, judges and Cafcass). No source gives three tiers of
confidentiality, the ages at which an adult must agree too, or a day until which somebody may withdraw: these are the
house's own, and stand on the pages in so many words.
"""

from collections.abc import Mapping
from enum import StrEnum

GROUPS: Mapping[str, str] = {
    "children": "Children and young people",
    "care-leavers": "Care leavers",
    "parents": "Parents",
    "foster-carers": "Foster carers and kinship carers",
    "adopters": "Adopters",
    "social-workers": "Social workers",
    "managers": "Managers",
    "schools": "Schools",
    "police": "Police",
    "health": "Health",
    "courts": "Courts and Cafcass",
}
"""Whom inspectors hear; the last four are partners."""

AGES: Mapping[str, str] = {"4-7": "4 to 7", "8-11": "8 to 11", "12-17": "12 to 17", "18-25": "18 to 25"}
"""Ages in years, both ends among them: each has words of its own in the guides."""

AGES_OF: Mapping[str, tuple[str, ...]] = {"children": ("4-7", "8-11", "12-17"), "care-leavers": ("12-17", "18-25")}
"""The groups in which age is asked about, and which ages it may be."""

ADULT_AGREES = frozenset({"4-7", "8-11"})
"""At these ages somebody who looks after the child must agree too."""


MINORS = ADULT_AGREES | {"12-17"}
"""Ages at which nobody is grown up: a trusted adult is offered."""


class Tier(StrEnum):
    """What may be done with what somebody said."""

    WORDS = "words"
    IDEA = "idea"
    INSPECTOR = "inspector"


TIERS: Mapping[Tier, str] = {
    Tier.WORDS: "Use my words",
    Tier.IDEA: "Use the idea, not the words",
    Tier.INSPECTOR: "Inspector only",
}
"""The tiers as whoever speaks chooses them, the widest first."""

TIER_MEANS: Mapping[Tier, str] = {
    Tier.WORDS: "What was said may be quoted on the evidence shelf, without saying who said it.",
    Tier.IDEA: "What was meant may go on the shelf in an inspector's own words; none of what was said may.",
    Tier.INSPECTOR: "Only the inspector who listened reads it, and nothing of it is used, unless a child is not safe.",
}

TIER_PROMISES: Mapping[Tier, str] = {
    Tier.WORDS: "We may use the words that you said. We will not say that it was you.",
    Tier.IDEA: "We may say what you meant. We will use our own words, not yours. We will not say that it was you.",
    Tier.INSPECTOR: "Only the person who listened to you will read what you said. We will not use it.",
}
"""The same as TIER_MEANS, said to whoever spoke: they may be eight years old."""

ADULTS: Mapping[str, str] = {
    "there": "A trusted adult of their choice was there",
    "offered": "They were offered one and did not want it",
    "grown-up": "They are grown up: none was needed",
}
"""Whether a trusted adult was present."""

AGREED: Mapping[str, str] = {
    "themselves": "They agreed themselves",
    "with-adult": "They agreed, and so did somebody with parental responsibility or their carer",
}
"""Who agreed to the conversation."""

HOW: Mapping[str, str] = {
    "in-person": "In person", "telephone": "By telephone", "video": "By video", "writing": "In writing",
}  # fmt: skip

NOT_HELD: Mapping[str, str] = {
    "did-not-want": "They did not want to", "not-reached": "They could not be reached",
    "not-needed": "It is no longer needed",
}  # fmt: skip
"""Why a planned conversation was not held. None of them names anybody."""

WITHDRAWN_BY: Mapping[str, str] = {
    "slip": "By the code on their slip", "asked": "They asked the team", "adult": "Their trusted adult or carer asked",
    "team": "The team, because it should not have been held or kept",
}  # fmt: skip

PRACTICE: Mapping[str, str] = {
    "meeting": "Meeting or conference", "visit": "Visit or direct work", "panel": "Panel", "supervision": "Supervision",
    "front-door": "Front door",
}  # fmt: skip
"""What practice inspectors watch."""


NEEDS_ADULT = "A child is offered a trusted adult. Say whether one was there."
NEEDS_AGREED = "For a child under 12 somebody who looks after them must agree too. Ask first; then record it."


class NotAgreed(ValueError):
    """What was recorded of consent does not go together. `field` is the part that is wrong."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


def require_age(group: str, age: str) -> None:
    """Raise NotAgreed where a group has ages and none of them was given, or has none and one was."""
    ages = AGES_OF.get(group, ())
    if ages and age not in ages:
        raise NotAgreed("age", f"Choose an age for {GROUPS[group].lower()}: {' or '.join(AGES[one] for one in ages)}.")
    if age and not ages:
        raise NotAgreed("age", f"Leave the age empty: it is not asked of {GROUPS[group].lower()}.")


def adults_for(group: str, age: str) -> dict[str, str]:
    """What can be said of a trusted adult, for somebody of that group and age."""
    minor = group == "children" or age in MINORS
    return {slug: says for slug, says in ADULTS.items() if not (minor and slug == "grown-up")}


def agreed_for(group: str, age: str) -> dict[str, str]:
    """Who can have agreed, for somebody of that group and age."""
    young = group == "children" and age in ADULT_AGREES
    return {slug: says for slug, says in AGREED.items() if not (young and slug != "with-adult")}


def require_consent(*, group: str, age: str, adult: str, agreed: str) -> None:
    """Raise NotAgreed where consent as it was recorded is none for somebody of that group and age."""
    if adult not in adults_for(group, age):
        raise NotAgreed("adult", NEEDS_ADULT)
    if agreed not in agreed_for(group, age):
        raise NotAgreed("agreed", NEEDS_AGREED)


def narrower(now: str, then: str) -> bool:
    """Whether `then` lets less be done than `now`: that may always be asked for, the other way never."""
    order = list(Tier)
    return order.index(Tier(then)) > order.index(Tier(now))
