"""A framework as the file that would be read as it: what a council starts from when it writes its own.

Comments of the original file are not kept: they are no part of what a framework is. What is written is what `read`
reads, to the last word.
"""

from collections.abc import Iterable
from dataclasses import replace

from goldthread.domain.framework import Area, Framework, Grade, ItemWords, LimitingRule, Precedent, RollUp, Timetable
from goldthread.domain.frameworks import FrameworkError
from goldthread.domain.toml_sheet import SLUG
from goldthread.domain.toml_writing import keys, part, table

_HEAD = """\
# {title}
#
# Written for inspectors to read and correct. `checked = false` marks what was not read in a published text; pages
# show it with "check against the published text". Check the file with: goldthread frameworks --check {slug}.toml
"""


def copied(framework: Framework, slug: str, title: str = "") -> Framework:
    """The same framework under another slug, and another title where one is given. Raises FrameworkError for no slug.

    A framework's file is found by its slug, so no copy may keep it.
    """
    if not SLUG.fullmatch(slug):
        raise FrameworkError(f"“{slug}” is not a slug; use small letters, figures and single hyphens.")
    if slug == framework.slug:
        raise FrameworkError(f"the copy cannot be called “{slug}” too; give it another name.")
    return replace(framework, slug=slug, title=title or framework.title, short_title=title or framework.short_title)


def as_toml(framework: Framework) -> str:
    """The text of the framework's file."""
    return "\n".join(_lines(framework)) + "\n"


def _lines(of: Framework) -> Iterable[str]:
    yield _HEAD.format(title=of.title, slug=of.slug)
    yield from keys(
        slug=of.slug, title=of.title, short_title=of.short_title, says=of.says, source=of.source,
        in_force_from=of.in_force_from, in_force_to=of.in_force_to, dates_checked=of.dates_checked,
        graded=None if of.graded else False, overall=of.overall,
    )  # fmt: skip
    if of.grades:
        yield from part("grades, best first")
    for grade in of.grades:
        yield from table("[grades]", slug=grade.slug, title=grade.title, letter=grade.letter, meaning=grade.meaning)
    if of.items:
        yield from _item_words(of.items)
    yield from part("areas")
    for area in of.areas:
        yield from _area(area)
    if of.rules:
        yield from part("rules")
    for rule in of.rules:
        yield from _rule(rule)
    if of.precedents:
        yield from part("precedents")
    for precedent in of.precedents:
        yield from _precedent(precedent, of.grades)
    yield from part("timetables: working days after the call day, which is 0")
    for timetable in of.timetables:
        yield from _timetable(timetable)
    yield from _work(of)


def _work(of: Framework) -> Iterable[str]:
    yield from part("team")
    for seat in of.team:
        yield from table(
            "[team]", role=seat.role, title=seat.title, count=seat.count, says=seat.says, checked=seat.checked
        )
    yield from part("requests")
    for one in of.requests:
        yield from table("[requests]", ref=one.ref, title=one.title, says=one.says, due=one.due, checked=one.checked)
    yield from part("report")
    for section in of.report:
        yield from table("[report]", slug=section.slug, title=section.title, kind=section.kind, area=section.area)
    if of.notes:
        yield from part("notes")
    for note in of.notes:
        yield from table("[notes]", title=note.title, says=note.says, source=note.source, checked=note.checked)


def _item_words(items: ItemWords) -> Iterable[str]:
    yield from part("what ratings are called")
    yield from table(
        "items", met=items.met, not_met=items.not_met, not_applicable=items.not_applicable, achieved=items.achieved,
        partly=items.partly, not_achieved=items.not_achieved, least_share=items.least_share, checked=items.checked,
    )  # fmt: skip


def _area(area: Area) -> Iterable[str]:
    yield from table(
        "[areas]", slug=area.slug, title=area.title, short=area.short, key=area.key, parent=area.parent,
        checked=area.checked, services=area.services or None, themes=area.themes or None,
    )  # fmt: skip
    yield from table("areas.criteria", {one.id: one.text for one in area.criteria})
    if area.descriptors:
        yield from table("areas.descriptors", area.descriptors)
    if area.roll_up:
        yield from _roll_up(area.roll_up)


def _roll_up(held: RollUp) -> Iterable[str]:
    yield from table("areas.roll_up", may_miss=held.may_miss, must=held.must, checked=held.checked)
    for item in held.items:
        yield from table("[areas.roll_up.items]", id=item.id, title=item.title, checked=item.checked)


def _rule(rule: LimitingRule) -> Iterable[str]:
    some = rule.when == "some"
    yield from table(
        "[rules]", id=rule.id, says=rule.says, strength=rule.strength, source=rule.source, observed=rule.observed,
        checked=rule.checked, when=rule.when, areas=rule.areas if rule.when != "every-inspection" else None,
        at_least=rule.at_least if some else None, grades=rule.grades if some else None,
        least_share=rule.least_share if rule.when == "share" else None, limits=rule.limits,
        to=rule.to if rule.when != "range" else None,
    )  # fmt: skip


def _precedent(precedent: Precedent, grades: tuple[Grade, ...]) -> Iterable[str]:
    letter = {grade.slug: grade.letter for grade in grades}
    yield from table(
        "[precedents]", of=precedent.of, areas=precedent.areas, source=precedent.source, caution=precedent.caution
    )
    told = {
        "".join(letter[grade] for grade in profile): ", ".join(f"{letter[g]} {n}" for g, n in counts.items())
        for profile, counts in precedent.profiles.items()
    }
    yield from table("precedents.profiles", told)


def _timetable(timetable: Timetable) -> Iterable[str]:
    yield from table("[timetables]", slug=timetable.slug, title=timetable.title, says=timetable.says)
    for phase in timetable.phases:
        yield from table(
            "[timetables.phases]", slug=phase.slug, title=phase.title, says=phase.says, start=phase.start,
            end=phase.end, fieldwork=phase.fieldwork or None, checked=phase.checked,
        )  # fmt: skip
