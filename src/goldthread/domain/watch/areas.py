"""What the signs of an area together say: whether it has changed since it was judged, and what to look at first.

One sign is what chance gives an authority now and then, since many series are watched at once. So an area has changed
when two things that are watched give signs at the same time, or when one series lies far out three months running; a
single sign is told as that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from goldthread.domain.watch.kinds import KINDS, Sign, Source
from goldthread.domain.watch.series import Watched

TWO = 2
"""From so many things with signs on an area has changed [J]; the figures page says what one and two cost and find."""

RUNNING = 3
"""One series has changed by itself where so many months in a row, each anew, lie beyond or near the limit [J]."""

FAR = frozenset({Sign.OUTSIDE, Sign.NEAR_LIMIT})
"""The signs that a month gives by lying far out itself."""

HOLDS_FROM = 6
"""With fewer months watched, that a series gives no sign is not called evidence that things hold [J]."""


STALE = 6
"""What told last so many months ago tells nothing of today, unless signs of its kind stand for longer [J]."""


class State(StrEnum):
    """What one thing that is watched says now."""

    WORSE = "worse"
    BETTER = "better"
    HOLDS = "no sign of change"
    TOO_LITTLE = "too little to say"


class Standing(StrEnum):
    """What an area's signs say together, in the order in which areas are looked at."""

    CHANGED = "changed for the worse"
    SIGN = "one sign"
    NOT_SHOWN = "not shown to you"
    NO_EVIDENCE = "no evidence either way"
    HOLDS = "still holds, as far as is seen"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is watched in an area: a measure, a share of audits, a question of a survey, a promise.

    `name` is its own among all things. Things of one `group` rest on the same files or people, so that their signs
    count as one; empty where it shares none. `where` is for whoever shows it, and is not read here.
    """

    name: str
    title: str
    source: Source
    watched: Watched
    group: str = ""
    where: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def last(self) -> str:
        """The latest month of which it tells; empty where it tells of none."""
        return self.watched.months[-1].period if self.watched.months else ""

    def signs_in(self, month: str) -> frozenset[Sign]:
        """The signs for the worse that stand in a month: given in it, or shortly before, by the kind of sign."""
        return self._standing(month, better=False)

    def _standing(self, month: str, *, better: bool) -> frozenset[Sign]:
        now = number_of(month)
        found: set[Sign] = set()
        for one in self.watched.months:
            age = now - number_of(one.period)
            found |= {each for each in (one.better if better else one.worse) if 0 <= age < KINDS[each].stands}
        return frozenset(found)

    def state(self, now: str) -> State:
        """What it says in a month."""
        if not self.watched.months:
            return State.TOO_LITTLE
        if self.signs_in(now):
            return State.WORSE
        if self.stale(now):
            return State.TOO_LITTLE
        if self._standing(now, better=True):
            return State.BETTER
        enough = self.source is not Source.MEASURE or len(self.watched.months) >= HOLDS_FROM
        return State.HOLDS if enough else State.TOO_LITTLE

    def stale(self, now: str) -> bool:
        """Whether it told last too long ago to tell of today."""
        longest = max(one.stands for one in KINDS.values() if one.source is self.source)
        return bool(self.last) and number_of(now) - number_of(self.last) >= max(STALE, longest)

    def tells(self, month: str) -> frozenset[Sign]:
        """The signs of practice that stand in a month: those that are no mere fact of the calendar."""
        return frozenset(one for one in self.signs_in(month) if not KINDS[one].fact)

    def since(self, now: str) -> str:
        """The month in which the signs that stand now began; empty where none stands.

        Where signs of practice stand it is they that are told of, and not a day that was past before them.
        """
        signs = self.tells if self.tells(now) else self.signs_in
        begins = ""
        for month in reversed([one.period for one in self.watched.months if one.period <= now]):
            if not signs(month):
                break
            begins = month
        return begins if signs(now) else ""

    def passed(self, now: str) -> tuple[str, ...]:
        """The months that gave signs of practice which passed again before those that stand now began."""
        began = self.since(now)
        return (
            tuple(
                one.period
                for one in self.watched.months
                if one.period < began and any(not KINDS[sign].fact for sign in one.worse)
            )
            if self.tells(now)
            else ()
        )


@dataclass(frozen=True, slots=True)
class AreaWatch:
    """One area with everything that is watched of it, as of a month."""

    slug: str
    title: str
    now: str
    things: tuple[Thing, ...]

    @property
    def worse(self) -> list[Thing]:
        """What gives signs for the worse now, what to look at first standing first."""
        return sorted((one for one in self.things if one.state(self.now) is State.WORSE), key=self._first)

    @property
    def telling(self) -> list[Thing]:
        """Of those the ones that give a sign of practice, and are not only past a day."""
        return [one for one in self.worse if one.tells(self.now)]

    @property
    def past_day(self) -> list[Thing]:
        """Of those the ones that are past their day and give no sign of practice."""
        return [one for one in self.worse if not one.tells(self.now)]

    @property
    def better(self) -> list[Thing]:
        """What has become better by more than chance explains."""
        return [one for one in self.things if one.state(self.now) is State.BETTER]

    @property
    def holding(self) -> list[Thing]:
        """What was watched long enough and gives no sign: the evidence that the judgement still holds."""
        return [one for one in self.things if one.state(self.now) is State.HOLDS]

    @property
    def silent(self) -> list[Thing]:
        """What tells nothing, each with its reason in `watched.why_not`."""
        return [one for one in self.things if one.state(self.now) is State.TOO_LITTLE]

    @property
    def not_shown(self) -> list[Thing]:
        """Of those the ones that tell this reader nothing because of months that they are not shown."""
        return [one for one in self.silent if one.watched.kept and not one.watched.months]

    def _first(self, one: Thing) -> tuple[bool, int, float, str, str]:
        signs = one.signs_in(self.now)
        fact = all(KINDS[sign].fact for sign in signs)
        return fact, -len(signs), one.watched.chance, one.since(self.now), one.name

    @property
    def standing(self) -> Standing:
        """What they say together now."""
        if has_changed(self.things, self.now):
            return Standing.CHANGED
        if any(one.tells(self.now) for one in self.things):
            return Standing.SIGN
        if self.holding or self.better:
            return Standing.HOLDS
        # Somebody else may be shown enough: what is kept from a reader is never told them as evidence that is missing.
        return Standing.NOT_SHOWN if self.not_shown else Standing.NO_EVIDENCE

    @property
    def by_chance(self) -> float:
        """How many signs in a year chance alone would give, of all that is watched here."""
        return 12 * sum(one.watched.chance for one in self.things)

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """The stretches of months in which the watch said, or would have said, that the area had changed."""
        return stretches(self.things, self.now)


def number_of(month: str) -> int:
    """A month ("2026-05") as a number that grows by one from month to month."""
    return 12 * int(month[:4]) + int(month[5:7]) - 1


def month_of(number: int) -> str:
    """The month of such a number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def has_changed(things: Iterable[Thing], month: str) -> bool:
    """Whether two things gave signs for the worse at once in a month, or one series was far out three months running.

    A day that is past is no sign of practice, and things of one group count as one.
    """
    held = list(things)
    at_once = len({one.group or one.name for one in held if one.tells(month)}) >= TWO
    return at_once or any(_runs_on(one, month) for one in held)


def _runs_on(one: Thing, month: str) -> bool:
    """Whether a sign stands that ended such a run."""
    if not one.signs_in(month) & FAR:
        return False
    known = [each for each in one.watched.months if each.period <= month]
    last = max((place for place, each in enumerate(known) if each.worse & FAR), default=-1)
    run = known[max(0, last + 1 - RUNNING) : last + 1]
    return len(run) == RUNNING and all(each.worse & FAR for each in run)


def stretches(things: Sequence[Thing], now: str) -> tuple[tuple[str, str], ...]:
    """From which month to which the area had changed by the watch; each month judged by what was known in it."""
    told = [one.period for thing in things for one in thing.watched.months]
    if not told:
        return ()
    found: list[tuple[str, str]] = []
    begins = ""
    for number in range(number_of(min(told)), number_of(now) + 1):
        month = month_of(number)
        if has_changed(things, month):
            begins = begins or month
        elif begins:
            found.append((begins, month_of(number - 1)))
            begins = ""
    return (*found, (begins, now)) if begins else tuple(found)


def in_order(areas: Iterable[AreaWatch]) -> list[AreaWatch]:
    """What to look at first: areas that changed, most signs first; one sign, not shown, no evidence, and holding."""
    order = list(Standing)
    return sorted(areas, key=lambda one: (order.index(one.standing), -len(one.worse), -len(one.silent)))
