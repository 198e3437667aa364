"""Which areas of each framework a measure speaks to, so that the shelf can show what each area rests on.

Our own reading of the frameworks' criteria; an inspector may cite any item for any area.
"""

_PREFIX_SERVICE: tuple[tuple[str, str], ...] = (
    ("FD", "protection"),
    ("EH", "protection"),
    ("AS", "protection"),
    ("CN", "protection"),
    ("CP", "protection"),
    ("MI", "care"),
    ("CLA", "care"),
    ("HE", "care"),
    ("FO", "care"),
    ("CL", "leaving"),
    ("AD", "adoption"),
    ("WF", "leadership"),
)
"""What a measure is about, by the letters of its code."""

AREAS: dict[str, dict[str, tuple[str, ...]]] = {
    "sif-2013": {
        "protection": ("help-and-protection",),
        "care": ("looked-after",),
        "leaving": ("care-leavers",),
        "adoption": ("adoption",),
        "leadership": ("leadership",),
    },
    "ilacs-2026": {
        "protection": ("help-and-protection",),
        "care": ("children-in-care",),
        "leaving": ("care-leavers",),
        "adoption": ("children-in-care",),
        "leadership": ("leadership",),
    },
}
"""For each framework: the service that a measure is about, and the slugs of the areas that judge it."""

SERVICE_TITLES: dict[str, str] = {
    "protection": "Help and protection",
    "care": "Children in care",
    "leaving": "Care leavers",
    "adoption": "Adoption",
    "leadership": "Leadership",
}
"""The services in words, in the order of a child's way through them."""


def service_of(code: str) -> str:
    """What a measure is about; an empty string for a code that is not known."""
    return dict(_PREFIX_SERVICE).get(code.split("-")[0], "")


def areas_of(framework: str, code: str) -> tuple[str, ...]:
    """Slugs of the areas that the measure speaks to under a framework; none where the framework is not mapped."""
    return AREAS.get(framework, {}).get(service_of(code), ())
