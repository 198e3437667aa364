"""Themes that inspections raise, how common each is nationally, and which of an authority's come back.

Most of what is raised a second time is raised in most reports anyway: so a theme's base rate stands beside it always.
The rates were read by program from 431 published reports of Ofsted of 2013 to 2026, in 153 councils: 270 of them from
2018 on, and 273 pairs of an inspection and the next one of the same council. The patterns by which they were read were
not scored against a reading by hand, so the rates are indications. Where no rate is known, that is said.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

RATES_FROM = (
    "Read by program from 431 published reports of Ofsted, 2013 to 2026 (270 of them from 2018 on, and 273 pairs of an "
    "inspection and the next one of the same council). The reading was not checked by hand: an indication."
)
NOT_KNOWN = "not known"
STAYS = 10
"""From so many points above how often it is raised anyway a theme tends to stay where it was once raised."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: in how many per cent of all reports, and of those from 2018 on, it is raised.

    `again` is in how many per cent of the second inspections it is raised where the first raised it, and `anyway` in
    how many of all second inspections; None where that is not known. `pattern` finds it in a text.
    """

    slug: str
    title: str
    reports: int
    later: int
    again: int | None
    anyway: int | None
    pattern: re.Pattern[str]


def _theme(slug: str, title: str, rates: tuple[int, int], pattern: str, pairs: tuple[int, int] | None = None) -> Theme:
    again, anyway = pairs or (None, None)
    return Theme(slug, title, *rates, again, anyway, re.compile(pattern, re.IGNORECASE))


THEMES: Mapping[str, Theme] = {
    one.slug: one
    for one in (
        _theme(
            "plans", "Plans: care, child protection, pathway", (72, 57),
            r"\b(care|protection|pathway|in.need) plans?\b|\bplanning\b|\bplans? (is|are|does|do|say)\b", (64, 60),
        ),
        _theme(
            "drift", "Drift, timeliness, permanence", (68, 56),
            r"\bdrift|\bdelay|\btimel[yi]|\bpermanen|\bin time\b|\bwait(s|ed|ing)?\b", (60, 57),
        ),
        _theme(
            "oversight", "Management oversight, supervision", (65, 58),
            r"\bmanage(ment|r|rs|rs’|r’s|rial)\b|\boversight|\bsupervis", (64, 58),
        ),
        _theme(
            "leavers", "Care leavers", (65, 51), r"\bcare.leavers?\b|\bleaving care\b|\bpersonal advis", (51, 53),
        ),
        _theme("assessment", "Assessment", (64, 48), r"\bassess", (55, 50)),
        _theme("recording", "Recording", (45, 31), r"\brecord(s|ed|ing)?\b|\bchronolog|\bcase files?\b", (38, 33)),
        _theme("missing", "Missing, return interviews", (44, 29), r"\bmissing\b|\breturn(-home)? interview"),
        _theme("sufficiency", "Placement sufficiency", (37, 26), r"\bsufficien(t|cy).*(home|placement|carer)|"
               r"\b(enough|choice of|number of|shortage of) (foster )?(homes|placements|carers)", (39, 26)),
        _theme(
            "audit", "Audit, quality assurance, learning", (35, 20), r"\baudit|\bquality.assurance|\blearning from\b",
            (25, 21),
        ),
        _theme("front-door", "Front door", (32, 20), r"\bfront.door|\breferral|\bthreshold|\bcontacts?\b"),
        _theme(
            "reviewing", "Independent reviewing, conference chairs", (32, 16),
            r"\bindependent reviewing|\breviewing officer|\bconference chair",
        ),
        _theme(
            "workforce", "Workforce", (31, 19), r"\bworkforce|\bcaseload|\brecruit|\bturnover|\bagency (staff|worker)",
            (25, 19),
        ),
        _theme(
            "voice", "Voice and feedback", (29, 13), r"\bvoice|\bfeedback|\blisten|\bwishes and feelings|\badvoca",
            (19, 13),
        ),
        _theme("data", "Performance data", (27, 9), r"\bperformance (data|information|management)|\bmanagement inform"),
        _theme("strategy", "Strategy meetings", (25, 18), r"\bstrategy (meeting|discussion)"),
        _theme("private-fostering", "Private fostering", (25, 21), r"\bprivate(ly)? foster"),
    )
}  # fmt: skip
"""Every theme whose rate was read, the commonest first."""


def themes_in(text: str) -> tuple[str, ...]:
    """The slugs of the themes that the words of a text point to; by words alone, so somebody has to look."""
    return tuple(slug for slug, one in THEMES.items() if one.pattern.search(text))


@dataclass(frozen=True, slots=True)
class Recurring:
    """A theme of this authority: on which days it was raised before, by what it is raised today, and its rates."""

    theme: Theme
    before: tuple[date, ...]
    today: tuple[str, ...]

    @property
    def back(self) -> bool:
        """Whether it was raised before and is raised today."""
        return bool(self.before and self.today)

    @property
    def rates(self) -> str:
        """The national rates in words, “not known” where they are."""
        theme = self.theme
        common = f"raised in {theme.later}% of reports from 2018 on"
        if theme.again is None or theme.anyway is None:
            return f"{common}; how often it is raised again is {NOT_KNOWN}"
        return f"{common}; raised again at the next inspection in {theme.again}%, where {theme.anyway}% raise it anyway"

    @property
    def stands_out(self) -> bool:
        """Whether it is back, and such a theme is clearly more often raised again than it is raised anyway [J]."""
        theme = self.theme
        return (
            self.back and theme.again is not None and theme.anyway is not None and theme.again - theme.anyway >= STAYS
        )


def recurring(before: Iterable[tuple[str, date]], today: Iterable[tuple[str, str]]) -> list[Recurring]:
    """Themes raised before (slug and day) beside those of today (slug and where from): what is back stands first.

    Among what is back the least common stands first, for it says most. Raises KeyError for a theme that there is not.
    """
    days: dict[str, set[date]] = {}
    named: dict[str, list[str]] = {}
    for slug, day in before:
        days.setdefault(slug, set()).add(day)
    for slug, where in today:
        named.setdefault(slug, []).append(where)
    found = [
        Recurring(THEMES[slug], tuple(sorted(days.get(slug, ()))), tuple(dict.fromkeys(named.get(slug, ()))))
        for slug in {**days, **named}
    ]
    return sorted(found, key=lambda one: (not one.back, not one.today, one.theme.later, one.theme.slug))
