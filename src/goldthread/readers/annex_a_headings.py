"""Which list a sheet is, known by its headings: never by the sheet's name, its place, or the version of the template.

Headings are compared by their plain words, so that case, apostrophes, brackets, question marks and spaces make no
difference. Lists share many headings; what tells them apart is the headings few lists have, so these weigh more.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from goldthread.kernel.table import Column, Table
from goldthread.kernel.tables import TABLES
from goldthread.readers.spelling import distance, plain

MOST_ROWS_ABOVE = 15
"""The headings stand within the first so many rows of a sheet; above them there may be titles and remarks."""

ENOUGH = 0.5
LIKE = 0.25
"""A sheet is a list when its headings carry half of the list's weight; above a quarter, it is told what it is like."""

_LEAST_HEADINGS = 4
_LONG_ENOUGH_TO_FORGIVE = 12

_EVERYWHERE: dict[str, tuple[str, ...]] = {
    "child": ("child id", "child unique identifier", "unique child id", "unique id", "la child id", "person id",
              "childs unique id", "child unique id number", "childid"),
    "adopter": ("individual adopter id", "adopter identifier", "adopter id"),
    "family": ("family id", "family unique id", "family identification"),
    "gender": ("sex", "childs gender", "gender of child", "child gender"),
    "ethnicity": ("ethnic origin", "ethnic group", "childs ethnicity", "child ethnicity"),
    "born_on": ("dob", "date of birth or expected date of birth", "childs date of birth", "child date of birth",
                "birth date", "d o b"),
    "age": ("age", "age of child", "age years", "age in years", "childs age", "child age", "age of young person"),
    "disability": ("does the child have a disability y n", "disabled", "has disability", "disability",
                   "does the young person have a disability"),
    "team": ("team", "allocated team name", "team name"),
    "worker": ("worker", "allocated social worker", "social worker", "allocated worker name", "worker name"),
}  # fmt: skip

_OF_TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {"contacted_on": ("contact date", "date contact received"), "source": ("source of contact",)},
    "early_help": {
        "started_on": ("early help assessment start date", "start date of assessment"),
        "completed_on": ("early help assessment completion date", "assessment completed date",
                         "assessment end date"),
        "organisation": ("organisation completing the assessment", "organization completing assessment"),
    },
    "referrals": {
        "referred_on": ("referral date",),
        "source": ("source of referral",),
        "no_further_action": ("referral no further action", "nfa", "referral nfa y n"),
        "referrals_in_year": ("number of referrals in the last 12 months", "referrals in last 12 months"),
    },
    "assessments": {
        "started_on": ("assessment start date", "date of continuous assessment start"),
        "child_seen": ("child seen during assessment", "was the child seen during continuous assessment"),
        "authorised_on": ("assessment date of authorisation", "date of authorisation",
                          "assessment authorisation date", "continuous assessment authorisation date"),
        "needs_support": ("was the child assessed as requiring local authority childrens social care support",
                          "was the child assessed as requiring la childrens social care support y n"),
    },
    "section_47": {
        "strategy_on": ("strategy discussion initiating s47 enquiry start date", "section 47 enquiry start date",
                        "strategy discussion date"),
        "conference_unnecessary": ("was an icpc deemed unnecessary", "icpc deemed unnecessary",
                                   "was an initial child protection conference deemed unnecessary y n"),
        "conference_on": ("date of icpc", "icpc date", "initial child protection conference date"),
        "led_to_plan": ("did the icpc result in a child protection plan", "did the icpc result in a cpp",
                        "did the initial child protection conference result in a child protection plan y n"),
        "enquiries_in_year": ("number of section 47s in the last 12 months",
                              "number of s47 enquiries in the last 12 months"),
        "conferences_in_year": ("number of initial child protection conferences in the last 12 months",),
    },
    "children_in_need": {
        "started_on": ("child in need start date",),
        "need": ("primary need", "need code", "cin primary need code"),
        "last_seen_on": ("date last seen", "date the child was last seen"),
        "closed_on": ("child in need closure date",),
        "closure_reason": ("cin closure reason", "closure reason", "cin reason for closure"),
        "status": ("status of case",),
    },
    "protection_plans": {
        "started_on": ("cp plan start date", "cpp start date"),
        "first_category": ("initial category", "initial category of abuse code"),
        "latest_category": ("latest category", "current category of abuse", "latest category of abuse code"),
        "last_visit_on": ("date of last statutory visit", "last statutory visit date"),
        "seen_alone": ("was child seen alone", "child seen alone"),
        "latest_review_on": ("date of latest review", "date of the latest review conference"),
        "ended_on": ("cp plan end date", "cpp end date"),
        "emergency_protection": (
            "subject to emergency protection order or protected under police powers in last six months",
            "subject to emergency protection order or protected under police powers in the last six months",
            "subject to emergency protection order or protected under police powers in last 6 months",
        ),
        "previous_plans": ("number of previous cp plans", "previous child protection plans"),
    },
    "children_in_care": {
        "unaccompanied": ("uasc", "unaccompanied asylum seeking child", "uasc within the last 12 months",
                          "unaccompanied asylum seeking child uasc"),
        "started_on": ("date started looked after", "date became looked after"),
        "need": ("childs category of need code", "category of need"),
        "legal_status_on": ("legal status start date", "start date of legal status"),
        "legal_status": ("legal status",),
        "latest_review_on": ("date of last statutory review", "latest statutory review date"),
        "last_visit_on": ("date of last social worker visit", "last social work visit date"),
        "permanence_plan": ("permanence plan", "what is the permanence plan for the child"),
        "iro_contact_on": ("date of last iro visit or contact to the child", "date of last iro visit",
                           "date of last iro visit contact"),
        "health_on": ("last health assessment date",),
        "dental_on": ("last dental check date",),
        "placements_in_year": ("number of placements in last 12 months",),
        "ceased_on": ("date ceased looked after", "date of ceasing to be looked after"),
        "ceased_reason": ("reason ceased looked after", "reason for ceasing to be looked after"),
        "placement_on": ("placement start date", "start date of current placement"),
        "placement_type": ("type of placement",),
        "provider": ("provider of placement",),
        "postcode": ("postcode of placement", "placement post code"),
        "urn": ("placement urn", "urn"),
        "in_or_out": ("location of placement",),
        "placement_authority": ("placement la", "local authority of placement"),
        "missing_in_year": ("number of missing episodes in the last 12 months",),
        "absent_in_year": ("number of absent episodes in the last 12 months",),
        "interview_offered": ("was the child offered a return interview after their last missing episode",),
        "interview_accepted": ("did the child accept a return interview after their last missing episode",),
    },
    "care_leavers": {
        "unaccompanied": ("uasc", "unaccompanied asylum seeking child uasc or formerly uasc if 18 or over",
                          "unaccompanied asylum seeking child uasc within the last 12 months"),
        "adviser": ("allocated personal adviser", "personal advisor", "personal adviser", "allocated pa"),
        "eligibility": ("eligibility",),
        "pathway_plan_on": ("pathway plan review date", "latest pathway plan date",
                            "date of latest pathway plan review"),
        "in_touch": ("la in touch with young person", "in touch", "local authority in touch"),
        "contacted_on": ("date of latest contact", "latest contact date"),
        "accommodation": ("accommodation type", "accommodation"),
        "suitability": ("accommodation suitability",),
        "activity": ("activity",),
    },
    "adoptions": {
        "entered_care_on": ("date child entered care",),
        "decided_on": ("date of decision child should be placed for adoption",
                       "date of the decision that the child should be placed for adoption"),
        "matched_on": ("date of matching child and prospective adopter",),
        "placed_on": ("date child placed for adoption",),
        "reversed_on": ("date of decision child should no longer be placed for adoption",
                        "date of the decision that the child should no longer be placed for adoption"),
        "reversal_reason": ("reason child no longer placed for adoption",
                            "reason why child is no longer placed for adoption"),
        "early_placement_on": ("date the child was placed in ffa or concurrent planning placement",),
    },
    "adopters": {
        "fostering_for_adoption": ("is the adopter fostering for adoption",
                                   "is the prospective adopter fostering for adoption y n"),
        "enquired_on": ("enquiry date",),
        "applied_on": ("application date",),
        "matched_on": ("date adopter matched with children",),
        "placed_on": ("date children placed with adopters", "date child placed with adopters"),
        "children_placed": ("number of children placed",),
        "left_on": ("date left adoption process",),
        "left_reason": ("reason left adoption process",),
    },
}  # fmt: skip
"""Other words that authorities and their systems put above a column. A word here belongs to one column of its list."""


def _forms(table: Table, column: Column) -> tuple[str, ...]:
    """The plain forms of a column's heading, the guidance's own first, with and without a closing (Y/N)."""
    own = plain(column.says)
    others = (*_EVERYWHERE.get(column.name, ()), *_OF_TABLE.get(table.name, {}).get(column.name, ()))
    return tuple(dict.fromkeys((own, own.removesuffix(" y n"), f"{own} y n", *others)))


@cache
def headings_of(table_name: str) -> dict[str, str]:
    """Every plain heading of a list, with the column it means. A column's own heading goes before another's alias."""
    table = TABLES[table_name]
    known = {plain(column.says): column.name for column in table.columns}
    for column in table.columns:
        for form in _forms(table, column):
            known.setdefault(form, column.name)
    return known


@cache
def _weights(table_name: str) -> dict[str, float]:
    """What each column tells about which list it is: one, shared between all lists that have its heading."""
    lists_with = Counter(plain(column.says) for table in TABLES.values() for column in table.columns)
    return {
        column.name: (0.5 if column.newer else 1.0) / lists_with[plain(column.says)] ** 2
        for column in TABLES[table_name].columns
    }


@cache
def _all_headings() -> frozenset[str]:
    return frozenset(form for name in TABLES for form in headings_of(name))


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of one sheet read as those of one list.

    `columns` maps each column found to its place in the sheet; `row` is the heading row's place, from 0. `doubled`
    and `extra` hold headings, as written, that came a second time or that the list does not have; `forgiven` those
    read in spite of a slip of spelling, `ambiguous` those of `extra` whose slip could mean more than one column.
    `share` is how much of the list's weight is there, `own` whether a heading is among them that only this list has.
    """

    table: Table
    row: int
    columns: dict[str, int]
    written: dict[str, str]
    doubled: tuple[str, ...]
    extra: tuple[tuple[int, str], ...]
    forgiven: tuple[str, ...]
    share: float
    own: bool
    ambiguous: tuple[str, ...] = ()

    @property
    def lacking(self) -> tuple[Column, ...]:
        """Columns the list should have and the sheet lacks. The newer columns of list 9 may be absent all together."""
        older = not any(column.newer and column.name in self.columns for column in self.table.columns)
        return tuple(
            column for column in self.table.columns if column.name not in self.columns and not (column.newer and older)
        )

    @property
    def legend(self) -> bool:
        """Whether the sheet explains columns rather than holds rows, as the template's list of codes does.

        Such a sheet has headings of many lists side by side, and no column for whom a row is about.
        """
        return self.table.key[0] not in self.columns and len(self.extra) >= len(self.columns)

    @property
    def form(self) -> str:
        """Which form of the list this is: only list 9 has two."""
        newer = [column.name for column in self.table.columns if column.newer]
        if not newer:
            return ""
        return "newer" if any(name in self.columns for name in newer) else "older"


def _near(form: str, known: dict[str, str], taken: set[str]) -> set[str]:
    """The columns with a heading that is at most two letters away from a long heading with the same digits."""
    if len(form) < _LONG_ENOUGH_TO_FORGIVE:
        return set()
    digits = [mark for mark in form if mark.isdigit()]
    return {
        name
        for heading, name in known.items()
        if name not in taken
        and [mark for mark in heading if mark.isdigit()] == digits
        and distance(form, heading, 2) <= 2
    }


def _match(cells: Sequence[str | None], table: Table, row: int) -> Headings:
    known, weights = headings_of(table.name), _weights(table.name)
    columns: dict[str, int] = {}
    written: dict[str, str] = {}
    doubled: list[str] = []
    left: list[tuple[int, str]] = []
    for at, cell in enumerate(cells):
        name = known.get(plain(cell)) if cell else None
        if cell and name is None:
            left.append((at, cell))
        elif cell and name in columns:
            doubled.append(cell)
        elif cell and name is not None:
            columns[name], written[name] = at, cell
    share = sum(weights[name] for name in columns) / sum(weights.values())
    own = any(weights[name] in (1.0, 0.5) for name in columns)
    return Headings(table, row, columns, written, tuple(doubled), tuple(left), (), share, own)


def _with_forgiven(headings: Headings) -> Headings:
    """The headings with those added that a slip of spelling kept out."""
    known = headings_of(headings.table.name)
    columns, written = dict(headings.columns), dict(headings.written)
    extra: list[tuple[int, str]] = []
    forgiven: list[str] = []
    ambiguous: list[str] = []
    for at, cell in headings.extra:
        near = _near(plain(cell), known, set(columns))
        if len(near) != 1:
            extra.append((at, cell))
            ambiguous += [cell] if near else []
        else:
            name = near.pop()
            columns[name], written[name] = at, cell
            forgiven.append(cell)
    weights = _weights(headings.table.name)
    share = sum(weights[name] for name in columns) / sum(weights.values())
    return replace(
        headings, columns=columns, written=written, extra=tuple(extra), forgiven=tuple(forgiven),
        ambiguous=tuple(ambiguous), share=share, own=True,
    )  # fmt: skip


def recognise(rows: Sequence[Sequence[str | None]]) -> Headings | None:
    """The list whose headings stand in one of a sheet's first rows, or None where the sheet is like none of them.

    The best match may still be too poor to be read as the list: see `is_list`.
    """
    best: Headings | None = None
    for at, cells in enumerate(rows[:MOST_ROWS_ABOVE]):
        if sum(plain(cell) in _all_headings() for cell in cells if cell) < _LEAST_HEADINGS:
            continue
        for table in TABLES.values():
            found = _match(cells, table, at)
            if found.own and found.share >= LIKE and not found.legend and (best is None or found.share > best.share):
                best = found
    return None if best is None else _with_forgiven(best)


def is_list(headings: Headings) -> bool:
    """Whether there is enough of the list's headings to read the sheet as that list."""
    return headings.share >= ENOUGH and len(headings.columns) >= _LEAST_HEADINGS


def named_as(sheet: str) -> Table | None:
    """The list that a sheet's name says it is, such as 'List_6', 'List 6' or the list's title; None where it does not.

    A list is never read by its name: this only tells which list a sheet without headings was meant to be.
    """
    words = plain(sheet)
    for table in TABLES.values():
        if words in (f"list {table.number}", f"list{table.number}", plain(table.title)):
            return table
    return None
