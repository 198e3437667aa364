"""Reading recommendations: what they say, how each side sees them, and what was found of their goals since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.cases.sealed import opened
from goldthread.apps.findings import queries as findings
from goldthread.apps.findings.models import Finding, FindingKind
from goldthread.apps.improvement.models import Goal, Reading, Recommendation, RecommendationTurn
from goldthread.apps.improvement.queries.sources import (
    Measured,
    checks_wait_for,
    counted_as,
    found_of,
    handed_in_elsewhere,
    measurable,
    measured,
    newer,
    readable,
    waits_for,
)
from goldthread.apps.improvement.queries.states import (
    NOT_ASKED,
    OWNERS_WORDS,
    SETTLEMENTS,
    STATUSES,
    TURNS,
    owners_word,
)
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members, visible
from goldthread.apps.surveys import queries as surveys
from goldthread.apps.surveys.models import Theme
from goldthread.apps.surveys.queries.themes import ThemeShare
from goldthread.domain import improving, lifecycle
from goldthread.domain.improving import Change, Reach, Sampled, Verdict

Status = lifecycle.Recommendation
NEW_FOR = timedelta(days=14)
"""For how long whoever of a council reads recommendations is told of one that it was given."""

OWN = ("created_by", "owner")
LATE, NOT_MEASURED, NOT_FOUND = "late", "not measured", "not found"
VERDICTS: Mapping[str, str] = {
    **{str(one): str(one).capitalize() for one in Verdict}, NOT_MEASURED: "Not measured yet",
    NOT_FOUND: "Not measured again yet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pool:
    """Readings that are judged as one, the oldest first: most often a single one, of small draws several."""

    readings: tuple[Reading, ...]

    @property
    def sampled(self) -> Sampled:
        """The share of all of them, as the domain judges it."""
        return improving.together([one.sampled for one in self.readings])

    @property
    def day(self) -> date:
        """The day of the last of them."""
        return self.readings[-1].day

    @property
    def waits(self) -> bool:
        """Whether it is of draws and has too few files still, so that the next draw joins it."""
        return self.sampled.few and self.sampled.listed is None


@dataclass(frozen=True, slots=True)
class Later:
    """What was found later with what is said of it; `slipped` where the goal was closed before and did not hold."""

    pool: Pool
    change: Change
    reach: Reach
    slipped: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A goal with its baseline, and everything that was found later, the oldest first."""

    goal: Goal
    baseline: Pool | None
    later: tuple[Later, ...]

    @property
    def last(self) -> Later | None:
        """What was found last: of draws that wait to be joined, only where there is nothing else."""
        whole = [one for one in self.later if not one.pool.waits]
        return whole[-1] if whole else self.later[-1] if self.later else None

    @property
    def waiting(self) -> Pool | None:
        """The draws whose files the next draw joins; None where nothing waits."""
        pools = [one.pool for one in self.later[-1:]] or ([self.baseline] if self.baseline else [])
        return next((one for one in pools if one.waits), None)

    @property
    def verdict(self) -> str:
        """The last verdict, or that nothing was found yet: no baseline, or nothing since."""
        if self.last is not None:
            return str(self.last.change.verdict)
        return NOT_MEASURED if self.baseline is None else NOT_FOUND

    @property
    def shown(self) -> bool:
        """Whether what was found last shows by itself that the goal is met: improved, or surely at its target."""
        last = self.last
        return last is not None and (last.change.verdict is Verdict.IMPROVED or last.reach is Reach.SURELY)

    @property
    def at_target(self) -> bool:
        """Whether what was found last surely reaches the target, whichever way is better: later, or at the baseline."""
        if self.last is not None:
            return self.last.reach is Reach.SURELY
        first = self.baseline.sampled if self.baseline is not None else None
        return first is not None and improving.reach(self.goal.aim, first.definition, first) is Reach.SURELY


@dataclass(frozen=True, slots=True)
class Opened:
    """A recommendation with its words, its goals and its owner's word, as it stood at one moment."""

    recommendation: Recommendation
    says: str
    goals: tuple[Told, ...]
    owners_word: str

    @property
    def state(self) -> str:
        """How it stands with the inspectors, in words."""
        return STATUSES[self.recommendation.status]


def visible_to(actor: Actor, permission: Permission = Permission.IMPROVEMENT_READ) -> QuerySet[Recommendation]:
    """Recommendations that an actor may read, by number: of the council, those that it was given.

    `permission` is the one that is asked: what a board pack tells of them more may read than the pages of each.
    """
    rows = Recommendation.objects.select_related("inspection", "owner", "created_by", "finding", "theme__survey")
    seen = visible(rows, actor, permission, own=OWN)
    return seen.prefetch_related("goals__readings", "goals__closed_on", "turns__by").order_by("number")


def recommendation(actor: Actor, inspection: UUID, recommendation: UUID) -> Recommendation:
    """One recommendation. Raises Recommendation.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=recommendation)


def says_of(held: Recommendation) -> str:
    """What is asked for."""
    return opened(held.inspection, held.sealed, held.purpose).get("says", "")


def told_of(goal: Goal, until: datetime | None = None) -> Told:
    """A goal with what was found, each reading judged against its baseline by the rules of the domain.

    With `until` it tells only what had been read by that moment.
    """
    known = [one for one in goal.readings.all() if until is None or one.at <= until]
    held = sorted(known, key=lambda one: (one.day, one.pk))
    if not held:
        return Told(goal, None, ())
    baseline, closed = Pool(tuple(one for one in held if one.of_baseline)), goal.closed_on
    closed = closed if closed in held else None
    rest = [one for one in held if not one.of_baseline]
    # What was found before closing and what was found after it are two questions, and no pool spans them.
    since = [one for one in rest if closed is not None and one.day > closed.day]
    before = _pools(rest[: len(rest) - len(since)])
    at_closing = next((one for one in reversed([baseline, *before]) if not one.waits), baseline).sampled
    first = baseline.sampled
    later = [
        Later(
            one, improving.change(goal.aim, first, one.sampled),
            improving.reach(goal.aim, first.definition, one.sampled),
            one.day > closed.day and improving.has_slipped(goal.aim, at_closing, one.sampled) if closed else False,
        )
        for one in (*before, *_pools(since))
    ]  # fmt: skip
    return Told(goal, baseline, tuple(later))


def _pools(rows: list[Reading]) -> list[Pool]:
    left = iter(rows)
    return [Pool(tuple(islice(left, size))) for size in improving.pools([one.sampled for one in rows])]


def with_goals(held: Recommendation) -> Opened:
    """A recommendation with its words and the goals that stand."""
    goals = tuple(told_of(one) for one in held.live_goals)
    return Opened(held, says_of(held), goals, owners_word(held, held.turns.all()))


def plan(
    actor: Actor, inspection: Inspection, *, status: str = "", verdict: str = "", words: str = ""
) -> list[Opened]:  # fmt: skip
    """The recommendations of an inspection: of one state or late, with a goal of one verdict, with every word."""
    rows = visible_to(actor).filter(inspection=inspection)
    today = timezone.localdate()
    if status and status != LATE:
        rows = rows.filter(status=status)
    found = [with_goals(one) for one in rows if status != LATE or one.late(today)]
    wanted = [word.casefold() for word in words.split()]
    return [
        one for one in found
        if (not verdict or any(goal.verdict == verdict for goal in one.goals))
        and all(word in f"{one.recommendation.mark} {one.says} {one.recommendation.owner.name}".casefold()
                for word in wanted)
    ]  # fmt: skip


def turns_of(held: Recommendation) -> list[tuple[RecommendationTurn, str, str]]:
    """Everything that was done or said: by whom, what, and in what words."""
    return [
        (one, TURNS.get(one.kind, one.kind), opened(held.inspection, one.sealed, held.purpose).get("says", ""))
        for one in held.turns.all()
    ]  # fmt: skip


def possible_owners(inspection: Inspection) -> list[Person]:
    """Who of the council can be given a recommendation, by name."""
    roles = tuple(role.slug for role in ROLES.values() if Permission.IMPROVEMENT_SAY in role.may)
    return list(
        {one.person_id: one.person for one in current_members(inspection, side=Side.AUTHORITY, roles=roles)}.values()
    )


def possible_findings(inspection: Inspection, actor: Actor) -> list[Finding]:
    """The agreed findings that ask for something."""
    kinds = (FindingKind.IMPROVE, FindingKind.PRIORITY)
    held = findings.visible_to(actor).filter(inspection=inspection, status=lifecycle.Finding.AGREED, kind__in=kinds)
    return list(held.order_by("number"))


def possible_themes(inspection: Inspection, actor: Actor) -> list[ThemeShare]:
    """The themes of closed surveys whose share may be shown, by survey: what people wrote that can be answered."""
    held = surveys.surveys_of(actor, inspection).filter(status=lifecycle.Survey.CLOSED)
    return [share for one in held for share in surveys.theme_shares(one) if share.sound]


def may_read_theme(actor: Actor, held: Recommendation) -> bool:
    """Whether the theme that it answers is open to the actor: what it is called is the team's to read."""
    return held.theme is not None and _allows(actor, Permission.SURVEY_READ, held.theme.target())


def answering(actor: Actor, theme: Theme) -> list[Opened]:
    """The recommendations that answer a theme, with what was found of their goals, that the actor may read."""
    return [with_goals(one) for one in visible_to(actor).filter(theme=theme)]


def three_made(actor: Actor, inspection: Inspection) -> bool:
    """Whether the recommendations that are kept ready are made here, as far as the actor may see."""
    return visible_to(actor).filter(inspection=inspection).exclude(series="").exists()


def may_see(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the plan."""
    return _allows(actor, Permission.IMPROVEMENT_READ, Target(within=inspection, owners=frozenset({actor.id})))


def may_run(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to make or measure recommendations."""
    return _allows(actor, Permission.IMPROVEMENT_RUN, inspection.target(side=Side.TEAM))


def may_change(actor: Actor, held: Recommendation) -> bool:
    """Whether the actor may change a recommendation, or set goals for it."""
    return held.status not in (Status.CLOSED, Status.WITHDRAWN) and may_run(actor, held.inspection)


def may_say_done(actor: Actor, held: Recommendation) -> bool:
    """Whether the actor may say that it is done."""
    return held.waits_for_owner and _allows(actor, Permission.IMPROVEMENT_SAY, held.target())


def may_read_finding(actor: Actor, held: Recommendation) -> bool:
    """Whether the finding that it rests on is open to the actor."""
    return held.finding is not None and _allows(actor, Permission.EVIDENCE_READ, held.finding.target())


def settlements(held: Recommendation, actor: Actor) -> list[tuple[str, str]]:
    """What the actor can let become of it."""
    if not may_run(actor, held.inspection):
        return []
    return [(str(to), says) for to, says in SETTLEMENTS.items() if lifecycle.can_move(Status, held.status, to)]


def to_do(actor: Actor) -> list[Recommendation]:
    """Recommendations that are the actor's own to do, the soonest due first."""
    rows = visible_to(actor).filter(owner_id=UUID(actor.id), status__in=(Status.OPEN, Status.REOPENED))
    return sorted((one for one in rows if one.waits_for_owner), key=lambda one: one.due)


def new_to_read(actor: Actor) -> dict[Inspection, int]:
    """How many recommendations the actor's council was given lately, by inspection: those that are others' to do."""
    rows = visible_to(actor).filter(released_at__gte=timezone.now() - NEW_FOR, status=Status.OPEN)
    counts: dict[Inspection, int] = {}
    for one in rows.exclude(owner_id=UUID(actor.id)):
        if not may_run(actor, one.inspection):
            counts[one.inspection] = counts.get(one.inspection, 0) + 1
    return counts


def unread_because(actor: Actor, inspection: Inspection) -> list[str]:
    """What the goals of an inspection wait for, each said once: why there was nothing new to read of them."""
    rows = visible_to(actor).filter(inspection=inspection).exclude(status=Status.WITHDRAWN)
    names = dict.fromkeys(goal.measured for one in rows for goal in one.live_goals)
    return list(dict.fromkeys(waits_for(name, inspection, actor) for name in names))


def to_judge(actor: Actor) -> list[Recommendation]:
    """Recommendations that were reopened, or whose owner says that they are done, where the actor may say more."""
    rows = visible_to(actor).filter(status__in=(Status.OPEN, Status.REOPENED))
    wanted = [
        one for one in rows
        if one.status == Status.REOPENED or one.owners_word == lifecycle.OwnersWord.DONE
    ]  # fmt: skip
    return [one for one in wanted if may_run(actor, one.inspection)]


def words_of(says: str, owner: Person, due: date) -> dict[str, str]:
    """A recommendation field by field, as the two texts of a clash show it."""
    return {"says": says, "owner": owner.name, "due": f"{due:%d/%m/%Y}"}


def _allows(actor: Actor, permission: Permission, target: Target) -> bool:
    return policy.decide(actor, permission, target, timezone.now()).allowed


__all__ = [
    "LATE",
    "NEW_FOR",
    "NOT_ASKED",
    "NOT_FOUND",
    "NOT_MEASURED",
    "OWNERS_WORDS",
    "SETTLEMENTS",
    "STATUSES",
    "VERDICTS",
    "Later",
    "Measured",
    "Opened",
    "Pool",
    "Told",
    "answering",
    "checks_wait_for",
    "counted_as",
    "found_of",
    "handed_in_elsewhere",
    "may_change",
    "may_read_finding",
    "may_read_theme",
    "may_run",
    "may_say_done",
    "may_see",
    "measurable",
    "measured",
    "new_to_read",
    "newer",
    "plan",
    "possible_findings",
    "possible_owners",
    "possible_themes",
    "readable",
    "recommendation",
    "says_of",
    "settlements",
    "three_made",
    "to_do",
    "to_judge",
    "told_of",
    "turns_of",
    "unread_because",
    "visible_to",
    "waits_for",
    "with_goals",
    "words_of",
]
