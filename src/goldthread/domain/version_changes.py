"""What changed from one version of an instrument or framework to the next: what came, what went, what reads otherwise.

Parts are the same where they carry the same id; whoever renames one takes it out and adds another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldthread.domain.framework import OVERALL, Framework
from goldthread.domain.instrument import Condition, Instrument, Question
from goldthread.domain.instrument_words import CHILDREN, FACTS, KINDS, THEMES
from goldthread.domain.scales import words_of

_EVIDENCE = {"none": "not asked", "may": "asked for", "must": "asked of every answer"}


@dataclass(frozen=True, slots=True)
class Reworded:
    """One line of a part that reads otherwise: what it is, and what it said before and after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One part that came (`added`), went (`gone`), or `changed`, in which lines."""

    kind: str
    part: str
    title: str
    lines: tuple[Reworded, ...] = ()


Lines = Mapping[str, str]
Parts = Mapping[str, tuple[str, str, Lines]]
"""Parts by their id: what sort of part, what it is called, and its lines by what they are."""


def of_instruments(before: Instrument, after: Instrument) -> list[Change]:
    """What changed between two versions of an instrument, in the order of the newer; then what went."""
    return [*_changes(_instrument(before), _instrument(after)), *_moved(before, after)]


def of_frameworks(before: Framework, after: Framework) -> list[Change]:
    """What changed between two versions of a framework, in the order of the newer; then what went."""
    return _changes(_framework(before), _framework(after))


def _moved(before: Instrument, after: Instrument) -> list[Change]:
    """Questions of both versions that stand in another order: each with its place among those that both have."""
    new = {question.id for question in after.questions}
    was = [q.id for _, part in before.on_page() for q in part if q in before.questions and q.id in new]
    old = set(was)
    now = [q.id for _, part in after.on_page() for q in part if q in after.questions and q.id in old]
    moved = [(places[0], places[1]) for places in zip(enumerate(was, 1), enumerate(now, 1), strict=True)
             if places[0][1] != places[1][1]]  # fmt: skip
    if not moved:
        return []
    told = Reworded(
        "Order", " · ".join(f"{place} {after.question(id).text}" for (place, id), _ in moved),
        " · ".join(f"{place} {after.question(id).text}" for _, (place, id) in moved),
    )  # fmt: skip
    return [Change("changed", "Instrument", "Order of questions", (told,))]


def _changes(old: Parts, new: Parts) -> list[Change]:
    found = []
    for id, (part, title, lines) in new.items():
        if id not in old:
            found.append(Change("added", part, title))
            continue
        was = old[id][2]
        told = tuple(
            Reworded(what, was.get(what, ""), lines.get(what, ""))
            for what in dict.fromkeys([*was, *lines])
            if was.get(what, "") != lines.get(what, "")
        )
        if told:
            found.append(Change("changed", part, title, told))
    found += [Change("gone", part, title) for id, (part, title, _) in old.items() if id not in new]
    return found


def _instrument(of: Instrument) -> Parts:
    parts: dict[str, tuple[str, str, Lines]] = {
        "": ("Instrument", of.title, {
            "Title": of.title, "What it is for": of.says, "Written from": of.source,
            "For whom": _children(of.children),
        }),
    }  # fmt: skip
    for section in of.sections:
        parts[f"section {section.slug}"] = ("Section", section.title, {
            "Title": section.title, "Beneath the title": section.says, "Closes the review": _yes(section.closing),
            "For whom": _children(section.children), "Asked only after": _conditions(of, section.ask_if),
        })  # fmt: skip
    for question in of.all_questions:
        parts[f"question {question.id}"] = ("Question", question.text, _question(of, question))
    for check in of.checks:
        parts[f"check {check.code}"] = (
            "Check of everybody", check.code, {"Says": check.says, "Cannot tell": check.cannot}
        )  # fmt: skip
    return parts


def _question(of: Instrument, one: Question) -> Lines:
    scale = one.answered_on
    return {
        "Words": one.text, "Help": one.help, "What good looks like": one.guidance,
        "About": KINDS.get(one.kind, one.kind).partition(":")[0], "Answered by": scale.title,
        "May be not applicable": _yes(one.may_not_apply),
        "Says why after": ", ".join(words_of(value) for value in scale.values if one.needs_reason(value)),
        "Where it was seen": _EVIDENCE[one.evidence], "Theme": THEMES.get(one.theme, one.theme),
        "Areas": ", ".join(one.areas), "From the lists": ", ".join(FACTS[name] for name in one.facts),
        "For whom": _children(one.children), "Asked only after": _conditions(of, one.ask_if),
        "Section": of.section(one.section).title if one.section else "", "Must be answered": _yes(one.required),
    }  # fmt: skip


def _conditions(of: Instrument, told: tuple[Condition, ...]) -> str:
    # In a draft, a condition may name a question that was taken out.
    texts = {question.id: question.text for question in of.all_questions}
    return "; ".join(
        f"“{texts.get(one.question, one.question)}”: {' or '.join(words_of(answer) for answer in one.answers)}"
        for one in told
    )


def _children(slugs: tuple[str, ...]) -> str:
    return ", ".join(CHILDREN[slug][0] for slug in slugs) or "every child"


def _yes(told: bool) -> str:
    return "yes" if told else "no"


def _framework(of: Framework) -> Parts:
    parts: dict[str, tuple[str, str, Lines]] = {
        "": ("Framework", of.title, {
            "Title": of.title, "Short title": of.short_title, "What it is for": of.says, "Written from": of.source,
            "In force": f"{of.in_force_from:%-d %B %Y} to {f'{of.in_force_to:%-d %B %Y}' if of.in_force_to else '…'}",
            "Overall grade": _yes(of.overall),
        }),
    }  # fmt: skip
    parts |= {f"grade {one.slug}": ("Grade", one.title, {"Title": one.title, "Meaning": one.meaning})
              for one in of.grades}  # fmt: skip
    for area in of.areas:
        parts[f"area {area.slug}"] = ("Area", area.title, {
            "Title": area.title, "Short title": area.short, "Counts towards the overall grade": _yes(area.key),
            "Part of": area.parent or "", "Services": ", ".join(area.services), "Themes": ", ".join(area.themes),
            **{f"What “{grade}” looks like": words for grade, words in area.descriptors.items()},
        })  # fmt: skip
        parts |= {f"criterion {one.id}": (f"Criterion of “{area.short}”", one.text, {"Words": one.text})
                  for one in area.criteria}  # fmt: skip
    return parts | _items(of) | _rules(of) | _before(of) | _work(of)


def _items(of: Framework) -> dict[str, tuple[str, str, Lines]]:
    """What is rated in each case, and how it adds up."""
    found: dict[str, tuple[str, str, Lines]] = {}
    if of.items is not None:
        one = of.items
        found["ratings"] = ("What ratings of items are called", f"{one.met}, {one.not_met}", {
            "Of an item": ", ".join((one.met, one.not_met, one.not_applicable)),
            "Of an area": ", ".join((one.achieved, one.partly, one.not_achieved)),
            "A strength from": f"{one.least_share} per cent of cases",
        })  # fmt: skip
    for area in of.areas:
        if area.roll_up is None:
            continue
        titles = {one.id: one.title for one in area.roll_up.items}
        found[f"roll-up {area.slug}"] = (f"Items rated in “{area.short}”", f"{len(titles)} in all", {
            "May be missed": str(area.roll_up.may_miss),
            "May not be missed": "; ".join(titles[id] for id in area.roll_up.must),
        })  # fmt: skip
        found |= {f"item {id}": (f"Item rated in “{area.short}”", title, {"Words": title})
                  for id, title in titles.items()}  # fmt: skip
    return found


def _before(of: Framework) -> dict[str, tuple[str, str, Lines]]:
    """What was judged before."""
    letter, short = {one.slug: one.letter for one in of.grades}, {one.slug: one.short for one in of.areas}
    found: dict[str, tuple[str, str, Lines]] = {}
    for one in of.precedents:
        about = "The overall judgement" if one.of == OVERALL else short.get(one.of, one.of)
        areas = ", ".join(short.get(slug, slug) for slug in one.areas)
        found[f"precedent {one.of} {areas} {one.source}"] = ("What was judged before", f"{about}, from {areas}", {
            "Caution": one.caution,
            "Results": "; ".join(
                f"{''.join(letter[grade] for grade in profile)}: {', '.join(f'{letter[g]} {n}' for g, n in c.items())}"
                for profile, c in one.profiles.items()
            ),
        })  # fmt: skip
    return found


def _rules(of: Framework) -> dict[str, tuple[str, str, Lines]]:
    found: dict[str, tuple[str, str, Lines]] = {}
    for one in of.rules:
        limited = "Overall" if one.limits == OVERALL else of.area(one.limits).short
        found[f"rule {one.id}"] = ("Rule", one.says, {
            "Words": one.says, "How strongly": one.strength, "Source": one.source, "Observed": one.observed,
            "Bites": f"{one.when} {one.at_least or ''} {', '.join(one.areas)} {', '.join(one.grades)}".strip(),
            "Limits": f"{limited}: {', '.join(one.to)}", "Least share": str(one.least_share or ""),
        })  # fmt: skip
    return found


def _work(of: Framework) -> dict[str, tuple[str, str, Lines]]:
    return {
        **{f"timetable {one.slug}": ("Kind of inspection", one.title, _lines(Title=one.title, When=one.says))
           for one in of.timetables},
        **{f"phase {table.slug} {one.slug}": (f"Phase of “{table.title}”", one.title, {
            "Title": one.title, "What happens": one.says, "Days": f"{one.start} to {one.end}",
            "Fieldwork": _yes(one.fieldwork),
        }) for table in of.timetables for one in table.phases},
        **{f"seat {one.title}": ("Place in the team", one.title, {
            "Role": one.role, "How many": str(one.count), "What they do": one.says,
        }) for one in of.team},
        **{f"request {one.ref}": ("Request", f"{one.ref} {one.title}", {
            "Title": one.title, "What": one.says, "Due on day": str(one.due),
        }) for one in of.requests},
        **{f"report {one.slug}": ("Section of the report", one.title, _lines(Title=one.title, Kind=one.kind))
           for one in of.report},
        **{f"note {one.title}": ("Note", one.title, _lines(Words=one.says, Source=one.source)) for one in of.notes},
    }  # fmt: skip


def _lines(**told: str) -> Lines:
    return told


def counted(changes: Iterable[Change]) -> dict[str, int]:
    """How many parts came, went and changed."""
    held = list(changes)
    return {kind: sum(one.kind == kind for one in held) for kind in ("added", "changed", "gone")}
