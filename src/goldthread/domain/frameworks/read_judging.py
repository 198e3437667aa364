"""Reading what a framework judges from its file: grades, areas, items, the rules between them, and precedents."""

from goldthread.domain.framework import (
    OVERALL,
    SERVICES,
    STRENGTHS,
    Area,
    Criterion,
    Grade,
    LimitingRule,
    Precedent,
)
from goldthread.domain.frameworks.read_items import roll_up
from goldthread.domain.toml_sheet import SLUG, Sheet, unique

_UNGRADED = {"grades": "grades", "rules": "rules between them", "precedents": "precedents"}
"""What only a framework with grades has, by the key of its tables."""


def grades(sheet: Sheet, graded: bool) -> tuple[Grade, ...]:
    """The scale, best first; empty for a framework that grades nothing."""
    if not graded:
        for name, says in _UNGRADED.items():
            if name in sheet:
                sheet.fail(name, f"this framework gives no grades, so it has no {says}; take them out.")
        return ()
    tables = sheet.tables("grades", least=2)
    found = tuple(
        Grade(each.slug(), each.text("title"), each.text("letter"), each.text("meaning"), rank)
        for rank, each in enumerate(tables, 1)
    )
    for each, grade in zip(tables, found, strict=True):
        if len(grade.letter) != 1:
            each.fail("letter", "a grade has one letter, by which precedents write it.")
        each.done()
    unique(zip(tables, (grade.slug for grade in found), strict=True), "slug")
    unique(zip(tables, (grade.letter for grade in found), strict=True), "letter")
    return found


def areas(sheet: Sheet, scale: tuple[Grade, ...], rates_items: bool) -> tuple[Area, ...]:
    """The areas, each criterion in one of them only."""
    tables = sheet.tables("areas")
    known = [each.slug() for each in tables]
    unique(zip(tables, known, strict=True), "slug")
    if OVERALL in known:
        tables[known.index(OVERALL)].fail("slug", f"“{OVERALL}” is kept for the overall judgement; name it otherwise.")
    found = tuple(_area(each, known, scale, rates_items) for each in tables)
    seen: dict[str, str] = {}
    for each, area in zip(tables, found, strict=True):
        for criterion in area.criteria:
            if criterion.id in seen:
                each.table("criteria").fail(
                    criterion.id, f"criterion “{criterion.id}” is already used in “{seen[criterion.id]}”; rename one."
                )
            seen[criterion.id] = area.slug
    return found


def _area(each: Sheet, known: list[str], scale: tuple[Grade, ...], rates_items: bool) -> Area:
    slug = each.slug()
    parent = each.one_of("parent", [other for other in known if other != slug]) if "parent" in each else None
    criteria = tuple(Criterion(id, text) for id, text in each.words_by_key("criteria").items())
    if not criteria:
        each.fail("criteria", f"area “{slug}” has no criteria; write at least one.")
    area = Area(
        slug=slug,
        title=each.text("title"),
        short=each.text("short"),
        key=each.flag("key"),
        parent=parent,
        criteria=criteria,
        descriptors=_descriptors(each, slug, scale),
        checked=each.flag("checked"),
        services=each.some_of("services", SERVICES) if "services" in each else (),
        themes=_themes(each) if "themes" in each else (),
        roll_up=roll_up(each, slug, rates_items),
    )
    for key in ("parent", "services", "themes"):
        each.may_have(key)
    each.done()
    return area


def _descriptors(each: Sheet, slug: str, scale: tuple[Grade, ...]) -> dict[str, str]:
    """What each grade looks like in the area; nothing where there are no grades."""
    known = [grade.slug for grade in scale]
    if not known:
        if "descriptors" in each:
            each.fail("descriptors", "this framework gives no grades, so there is nothing to describe; take it out.")
        each.may_have("descriptors")
        return {}
    descriptors = each.words_by_key("descriptors")
    for name in [*descriptors, *known]:
        if name not in descriptors:
            each.fail("descriptors", f"area “{slug}” does not say what “{name}” looks like; add {name} = “…”.")
        if name not in known:
            each.table("descriptors").fail(name, f"“{name}” is not a grade; use {', '.join(known)}.")
    return {name: descriptors[name] for name in known}


def _themes(each: Sheet) -> tuple[str, ...]:
    found = each.words("themes")
    for name in found:
        if not SLUG.fullmatch(name):
            each.fail("themes", f"“{name}” is not a theme; use small letters, figures and single hyphens.")
    return found


def rules(sheet: Sheet, scale: tuple[Grade, ...], among: tuple[Area, ...], overall: bool) -> tuple[LimitingRule, ...]:
    """The rules by which judgements, or shares of cases, limit judgements."""
    tables = sheet.tables("rules", least=0)
    found = tuple(_rule(each, [g.slug for g in scale], [a.slug for a in among]) for each in tables)
    unique(zip(tables, (rule.id for rule in found), strict=True), "id")
    for each, rule in zip(tables, found, strict=True):
        if rule.limits == OVERALL and not overall and rule.when != "every-inspection":
            each.fail("limits", "this framework gives no overall grade, so no grade can limit it; take the rule out.")
    return found


def _rule(each: Sheet, scale: list[str], known: list[str]) -> LimitingRule:
    when = each.one_of("when", ("some", "range", "share", "every-inspection"))
    among = each.some_of("areas", known) if when != "every-inspection" else ()
    at_least = each.count("at_least", least=1) if when == "some" else 0
    if at_least > len(among):
        each.fail("at_least", f"the rule names {len(among)} areas, so at_least cannot be {at_least}.")
    if when == "share" and len(among) != 1:
        each.fail("areas", "a rule about a share of cases is about one area; name one.")
    rule = LimitingRule(
        id=each.text("id"),
        says=each.text("says"),
        strength=each.one_of("strength", STRENGTHS),
        source=each.text("source"),
        observed=each.text("observed"),
        checked=each.flag("checked"),
        when=when,
        areas=among,
        at_least=at_least,
        grades=each.some_of("grades", scale) if when == "some" else (),
        limits=each.one_of("limits", (OVERALL, *known)),
        to=each.some_of("to", scale) if when != "range" else (),
        least_share=each.percentage("least_share") if when == "share" else 0,
    )
    each.done()
    return rule


def precedents(sheet: Sheet, scale: tuple[Grade, ...], known: tuple[Area, ...]) -> tuple[Precedent, ...]:
    """What was judged before, profile by profile."""
    by_letter = {grade.letter: grade.slug for grade in scale}
    slugs_of_areas = [area.slug for area in known]
    found = []
    for each in sheet.tables("precedents", least=0):
        among = each.some_of("areas", slugs_of_areas)
        counted = each.table("profiles")
        profiles = {}
        for letters in counted.names():
            if len(letters) != len(among) or set(letters) - set(by_letter):
                counted.fail(letters, f"“{letters}” must be {len(among)} letters out of {', '.join(by_letter)}.")
            profiles[tuple(by_letter[letter] for letter in letters)] = _counts(counted, letters, by_letter)
        found.append(
            Precedent(
                of=each.one_of("of", (OVERALL, *slugs_of_areas)),
                areas=among,
                source=each.text("source"),
                caution=each.text("caution"),
                profiles=profiles,
            )
        )
        each.done()
    return tuple(found)


def _counts(sheet: Sheet, key: str, by_letter: dict[str, str]) -> dict[str, int]:
    """How often each grade followed a profile, written “G 4, R 2”."""
    counts: dict[str, int] = {}
    for part in sheet.text(key).split(","):
        letter, _, number = part.strip().partition(" ")
        if letter not in by_letter or not number.isdecimal() or by_letter[letter] in counts:
            sheet.fail(
                key, f"“{part.strip()}” is not a count; write each grade's letter and a number, like “G 4, R 2”."
            )
        counts[by_letter[letter]] = int(number)
    return counts
