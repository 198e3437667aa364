"""The lists that a framework is made of, each with its form: what the pages of a draft go through."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from goldthread.domain.framework import OVERALL, Area, Framework, Phase, Precedent
from goldthread.web.framework_forms import (
    KIND_WORDS,
    EntryForm,
    NoteForm,
    PhaseForm,
    ReportForm,
    RequestForm,
    SeatForm,
    TimetableForm,
)
from goldthread.web.judging_forms import AreaForm, GradeForm, RatedForm, RatingsForm, RuleForm
from goldthread.web.precedent_forms import PrecedentForm


@dataclass(frozen=True, slots=True)
class ListOf:
    """One of the lists that a framework is made of: its words, its form, and how an entry is known and shown.

    `one` is an entry with its article. `grows` says whether entries come and go, `most` how many there can be, and
    `moves` whether their order is somebody's choice.
    """

    slug: str
    title: str
    one: str
    form: type[EntryForm]
    fields: tuple[str, ...]
    key: Callable[[Any], str]
    shown: Callable[[Any], tuple[str, str]]
    grows: bool = True
    most: int = 0
    moves: bool = True


def _range(one: Phase) -> str:
    return f"Day {one.start}" if one.start == one.end else f"Days {one.start} to {one.end}"


def _of_precedent(one: Precedent) -> str:
    return f"{one.of} {' '.join(one.areas)} {one.source}"


def _precedent_shown(one: Precedent) -> tuple[str, str]:
    times = sum(number for counts in one.profiles.values() for number in counts.values())
    about = "The overall judgement" if one.of == OVERALL else f"The judgement of “{one.of}”"
    return f"{about}, {times} results", one.source


def _rated_shown(one: Area) -> tuple[str, str]:
    if one.roll_up is None:
        return one.title, "No item is rated."
    items = f"{len(one.roll_up.items)} item{'' if len(one.roll_up.items) == 1 else 's'}"
    return one.title, f"{items}, of which {one.roll_up.may_miss or 'none'} may be missed."


_PHASES = ListOf(
    "phases", "Timetable", "a phase", PhaseForm, ("title", "says", "start", "end", "fieldwork", "checked"),
    lambda one: str(one.slug), lambda one: (one.title, f"{_range(one)}. {one.says}"), moves=False,
)  # fmt: skip
LISTS: dict[str, ListOf] = {
    each.slug: each
    for each in (
        ListOf("grades", "Grades", "a grade", GradeForm, ("title", "meaning", "letter"), lambda one: str(one.slug),
               lambda one: (one.title, one.meaning)),
        ListOf("areas", "Areas and criteria", "an area", AreaForm,
               ("title", "short", "key", "parent", "services", "checked"), lambda one: str(one.slug),
               lambda one: (one.title, f"{len(one.criteria)} criteri{'on' if len(one.criteria) == 1 else 'a'}")),
        ListOf("ratings", "What ratings of items are called", "the words of ratings", RatingsForm,
               ("met", "not_met", "not_applicable", "achieved", "partly", "not_achieved", "least_share", "checked"),
               lambda one: "ratings", lambda one: (f"{one.met}, {one.not_met}, {one.not_applicable}",
               f"Of an area: {one.achieved}, {one.partly}, {one.not_achieved}."), most=1, moves=False),
        ListOf("rated", "Items rated in each case", "the items of an area", RatedForm, (), lambda one: str(one.slug),
               _rated_shown, grows=False),
        ListOf("rules", "Rules between judgements", "a rule", RuleForm,
               ("says", "strength", "when", "areas", "at_least", "grades", "least_share", "limits", "to", "source",
                "observed", "checked"), lambda one: str(one.id),
               lambda one: (one.says, f"{one.strength.capitalize()}. {one.source}")),
        ListOf("precedents", "What was judged before", "earlier results", PrecedentForm,
               ("areas", "source", "caution"), _of_precedent, _precedent_shown),
        ListOf("timetables", "Kinds of inspection", "a kind of inspection", TimetableForm, ("title", "says"),
               lambda one: str(one.slug), lambda one: (one.title, one.says)),
        _PHASES,
        ListOf("team", "Team", "a place in the team", SeatForm, ("title", "role", "count", "says", "checked"),
               lambda one: str(one.title), lambda one: (f"{one.count} × {one.title}", one.says)),
        ListOf("requests", "What the authority is asked for", "a request", RequestForm,
               ("ref", "title", "says", "due", "checked"), lambda one: str(one.ref),
               lambda one: (f"{one.ref} {one.title}", f"Due on day {one.due}. {one.says}")),
        ListOf("report", "Report", "a section of the report", ReportForm, ("title", "kind", "area"),
               lambda one: str(one.slug), lambda one: (one.title, KIND_WORDS[one.kind])),
        ListOf("notes", "Notes", "a note", NoteForm, ("title", "says", "source", "checked"), lambda one: str(one.title),
               lambda one: (one.title, one.says)),
    )
}  # fmt: skip
"""Every list by its slug; the phases are those of the usual inspection, the first of the timetables."""


def lists_of(of: Framework) -> dict[str, ListOf]:
    """The lists that this framework can have: none of grades where it grades nothing, and phases for each kind."""
    none = {"grades", "rules", "precedents"} if not of.graded else set()
    none |= {"rated"} if of.items is None else set()
    found: dict[str, ListOf] = {}
    for slug, each in LISTS.items():
        if slug in none:
            continue
        found[slug] = each
        if slug == "phases" and len(of.timetables) > 1:
            found[slug] = replace(each, title=f"Timetable: {of.timetables[0].title}")
            more = (replace(_PHASES, slug=f"phases-{one.slug}", title=f"Timetable: {one.title}")
                    for one in of.timetables[1:])  # fmt: skip
            found |= {one.slug: one for one in more}
    return found
