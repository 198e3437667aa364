"""The CIN census of a year from the lives: every episode of need open in the year, and every referral in it.

The file is written child by child, in the order of the 2026 schema. Dates are ISO, answers 0 or 1.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from goldthread.synthetic.cuts.year import LA, Year, upn
from goldthread.synthetic.lives.life import Life, Spell
from goldthread.synthetic.lives.stage import Stage
from goldthread.synthetic.lives.visiting import share_of

_DISABILITIES = ("LD", "BEH", "AUT", "COMM", "MOB", "PC", "HEAR", "VIS", "INC", "HAND", "CON", "DDA")
_CONFERENCE_DAYS = 15


@dataclass(slots=True)
class Node:
    """One element: text, or elements inside it."""

    name: str
    text: str | None = None
    inside: list["Node"] = field(default_factory=list)

    def add(self, name: str, value: date | str | None) -> None:
        """Put an element with text inside, where there is any."""
        if value is not None:
            self.inside.append(Node(name, value if isinstance(value, str) else value.isoformat()))

    def first(self, name: str) -> "Node | None":
        """The first element of a name inside."""
        return next((each for each in self.inside if each.name == name), None)


def children(lives: Iterable[Life], year: Year, stage: Stage) -> Iterator[Node]:
    """The `Child` elements of a year."""
    for life in lives:
        spells = [spell for spell in life.spells if _in_census(spell, year)]
        if spells:
            child = Node("Child", inside=[_identifiers(life, year), _characteristics(life, spells)])
            child.inside += [_details(life, spell, year, stage) for spell in spells]
            yield child


def _in_census(spell: Spell, year: Year) -> bool:
    if spell.ended_there:
        return year.holds(spell.referred_on)
    return year.overlaps(spell.referred_on, spell.closed_on)


_SEX_SINCE = 2025
"""The census that asks for Sex in letters in place of GenderCurrent in digits."""


def _identifiers(life: Life, year: Year) -> Node:
    child = life.child
    unborn = child.born_on > year.ends
    node = Node("ChildIdentifiers")
    node.add("LAchildID", child.id)
    number = "UN1" if unborn else upn(life, year.ends)
    node.add("UPNunknown" if number.startswith("UN") else "UPN", number)
    node.add("ExpectedPersonBirthDate" if unborn else "PersonBirthDate", child.born_on)
    known = child.gender if child.gender in ("M", "F") and not unborn else "U"
    if year.number >= _SEX_SINCE:
        node.add("Sex", known)
    else:
        node.add("GenderCurrent", {"M": "1", "F": "2", "U": "0"}[known])
    return node


def disabilities(life: Life) -> tuple[str, ...]:
    """The kinds of disability of a child, or the code for none."""
    child = life.child
    if child.disability != "Y":
        return ("NONE",)
    first = int(share_of(child.id, child.born_on, "disability") * 1.9 * len(_DISABILITIES)) % len(_DISABILITIES)
    second = (first + 1 + int(share_of(child.id, child.born_on, "second") * 10)) % len(_DISABILITIES)
    two = share_of(child.id, child.born_on, "two") < 0.4 and second != first
    return tuple(_DISABILITIES[place] for place in ((first, second) if two else (first,)))


def _characteristics(life: Life, spells: list[Spell]) -> Node:
    node = Node("ChildCharacteristics")
    node.add("Ethnicity", life.child.ethnicity)
    if life.child.disability != "U" or any(not spell.ended_there for spell in spells):
        listed = Node("Disabilities")
        for code in disabilities(life):
            listed.add("Disability", code)
        node.inside.append(listed)
    return node


def _details(life: Life, spell: Spell, year: Year, stage: Stage) -> Node:
    node = Node("CINdetails")
    node.add("CINreferralDate", spell.referred_on)
    node.add("ReferralSource", spell.source)
    node.add("PrimaryNeedCode", None if spell.ended_there else spell.need)
    if not spell.ended_there and spell.closed_on <= year.ends:
        node.add("CINclosureDate", spell.closed_on)
        node.add("ReasonForClosure", spell.reason)
    node.inside += _assessments(spell, year)
    for on, until in spell.need_plans:
        if year.overlaps(on, until):
            plan = Node("CINPlanDates")
            plan.add("CINPlanStartDate", on)
            plan.add("CINPlanEndDate", _by(until, year))
            node.inside.append(plan)
    node.inside += _enquiries(spell, year, stage)
    node.add("ReferralNFA", "1" if spell.ended_there else "0")
    node.inside += _plans(life, spell, year)
    return node


def _by(day: date | None, year: Year) -> date | None:
    return day if day and day <= year.ends else None


def _assessments(spell: Spell, year: Year) -> Iterator[Node]:
    for each in spell.assessments:
        if not year.overlaps(each.started_on, each.authorised_on):
            continue
        node = Node("Assessments")
        node.add("AssessmentActualStartDate", each.started_on)
        done_on = _by(each.authorised_on, year)
        node.add("AssessmentAuthorisationDate", done_on)
        if done_on:
            factors = Node("FactorsIdentifiedAtAssessment")
            for code in sorted(each.factors):
                factors.add("AssessmentFactors", code)
            node.inside.append(factors)
        yield node


def _enquiries(spell: Spell, year: Year, stage: Stage) -> Iterator[Node]:
    for each in spell.enquiries:
        held_on = _by(each.conference_on, year)
        if each.strategy_on > year.ends or not (year.holds(each.strategy_on) or year.holds(held_on)):
            continue
        node = Node("Section47")
        node.add("S47ActualStartDate", each.strategy_on)
        decided = each.decided_on <= year.ends
        if each.conference_on or not decided:
            node.add("InitialCPCtarget", stage.days.after(each.strategy_on, _CONFERENCE_DAYS))
        node.add("DateOfInitialCPC", held_on)
        node.add("ICPCnotRequired", "1" if decided and not each.conference_on else "0")
        yield node


def _plans(life: Life, spell: Spell, year: Year) -> Iterator[Node]:
    earlier = life.earlier_plans + sum(
        len(other.plans) for other in life.spells if other.referred_on < spell.referred_on
    )
    for number, plan in enumerate(spell.plans):
        if not year.overlaps(plan.started_on, plan.ended_on):
            continue
        node = Node("ChildProtectionPlans")
        node.add("CPPstartDate", plan.started_on)
        node.add("CPPendDate", _by(plan.ended_on, year))
        node.add("InitialCategoryOfAbuse", plan.first_category)
        changed = plan.changed_on <= year.ends
        node.add("LatestCategoryOfAbuse", plan.latest_category if changed else plan.first_category)
        node.add("NumberOfPreviousCPP", str(earlier + number))
        held = [day for day in plan.reviews if year.holds(day)]
        if held:
            reviews = Node("Reviews")
            for day in held:
                reviews.add("CPPreviewDate", day)
            node.inside.append(reviews)
        yield node


def head(year: Year) -> list[str]:
    """The lines before the first child."""
    return [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!-- SYNTHETIC: everything in this file is invented. Made by Goldthread's make-authority. -->",
        "<Message>",
        "  <Header>",
        "    <CollectionDetails>",
        "      <Collection>CIN</Collection>",
        f"      <Year>{year.number}</Year>",
        f"      <ReferenceDate>{year.ends.isoformat()}</ReferenceDate>",
        "    </CollectionDetails>",
        "    <Source>",
        "      <SourceLevel>L</SourceLevel>",
        f"      <LEA>{LA}</LEA>",
        "      <SoftwareCode>Goldthread synthetic</SoftwareCode>",
        "      <Release>1</Release>",
        "      <SerialNo>001</SerialNo>",
        f"      <DateTime>{year.number}-05-01T09:00:00</DateTime>",
        "    </Source>",
        "  </Header>",
        "  <Children>",
    ]


FOOT = ["  </Children>", "</Message>"]
"""The lines after the last child."""


def identifier_of(child: Node) -> str:
    """Whose element it is."""
    found = child.inside[0].first("LAchildID")
    return found.text or "" if found else ""


def lines(node: Node, depth: int) -> Iterator[tuple[Node, str]]:
    """An element as lines, indented, each with the element that it begins or ends.

    The texts are dates, codes and identifiers, which need no escaping.
    """
    pad = "  " * depth
    if node.text is not None:
        yield node, f"{pad}<{node.name}>{node.text}</{node.name}>"
        return
    yield node, f"{pad}<{node.name}>"
    for each in node.inside:
        yield from lines(each, depth + 1)
    # The end belongs to nobody, so that an element has one line that is its own.
    yield Node(""), f"{pad}</{node.name}>"
