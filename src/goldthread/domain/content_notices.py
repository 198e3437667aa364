"""What may be hard to read in a child's file: kinds of content, said before the file is opened.

Nobody offers reviewers such a notice (the anchors reference, section d, row 6, asks for one), so the kinds are ours.
A notice says of what kind a file is and nothing of what happened.
"""

from collections.abc import Iterable, Mapping

KINDS: Mapping[str, str] = {
    "death": "A death",
    "sexual-abuse": "Sexual abuse or exploitation",
    "injury": "Serious injury or physical abuse",
    "neglect": "Severe neglect",
    "several": "Abuse of several kinds",
    "domestic-abuse": "Violence between adults at home",
    "self-harm": "Self-harm or suicide",
    "pictures": "Photographs or recordings",
}
"""Each kind by its code, in plain words and in the order in which they are told."""

OF_CATEGORY: Mapping[str, str] = {"NEG": "neglect", "PHY": "injury", "SAB": "sexual-abuse", "MUL": "several"}
"""What a category of abuse of the lists (Annex A, list 7) leads one to expect. Emotional abuse names no kind."""


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """The known codes among those given, each once, in the order of `KINDS`."""
    given = set(codes)
    return tuple(code for code in KINDS if code in given)


def of_categories(categories: Iterable[str | None]) -> tuple[str, ...]:
    """The kinds that categories of abuse lead one to expect; none for a category that is not known."""
    return in_order(OF_CATEGORY.get(one or "", "") for one in categories)


def titles(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes in plain words."""
    return tuple(KINDS[code] for code in in_order(codes))
