"""Which areas of a framework a measure speaks to, so that the shelf can show what each area rests on.

The framework's file says which services an area judges, by our own reading of its criteria; which service a measure
is about is told here. An inspector may cite any item for any area.
"""

from goldthread.apps.drafting import known

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
    """Slugs of the areas that the measure speaks to under a framework; none where no area judges its service."""
    service = service_of(code)
    return tuple(area.slug for area in known.framework(framework).areas if service in area.services)
