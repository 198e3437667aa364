"""What stands in the way of recording the team's judgement, asked before the press as after it. Writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.drafting import known
from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.findings.rules import broken_by, require_open
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import lifecycle
from goldthread.domain.framework import OVERALL, Framework
from goldthread.domain.lifecycle import Departure


@dataclass(frozen=True, slots=True)
class Before:
    """What to know before a judgement is agreed.

    `in_the_way`: sentences that say why it would be refused now, each with how to mend it. `unjudged` and `open`: names
    of areas beneath an overall judgement that nobody has judged, and whose judgement is proposed and not agreed; the
    framework lets it be agreed all the same where nothing is in the way.
    """

    in_the_way: tuple[str, ...]
    unjudged: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def before_agreeing(judgement: Judgement, by: Actor) -> Before:
    """What `actions.agree_judgement` would refuse now, all of it at once, and which areas an overall one goes over."""
    framework, inspection = known.framework(judgement.inspection.framework), judgement.inspection
    text = {"grade": judgement.grade, "reason": judgement.reason, "departs_because": judgement.departs_because}
    departs = [one.rule_id for one in broken_by(framework, inspection, judgement.area, judgement.grade)]
    found = (
        _refused(partial(require_open, framework, inspection, judgement.area, text)),
        _refused(partial(require_ground, framework, inspection, judgement.area)),
        _refused(partial(require_approved, judgement, departs, by)) if judgement.departs_because else "",
        _refused(partial(require_answered, judgement)),
    )
    said = tuple(one for one in found if one)
    if judgement.area != OVERALL:
        return Before(said)
    held = _held(inspection)
    return Before(
        said,
        tuple(one.short for one in framework.areas if one.slug not in held),
        tuple(one.short for one in framework.areas if held.get(one.slug, _AGREED) != _AGREED),
    )


def require_ground(framework: Framework, inspection: Inspection, area: str) -> None:
    """Raise Refused for an area of which no agreed finding speaks, and for the whole while a key area is not agreed."""
    if area == OVERALL:
        held = _held(inspection)
        if waiting := [one.short for one in framework.key_areas if held.get(one.slug) != _AGREED]:
            raise Refused(
                f"The overall judgement rests on areas that are not agreed yet: {', '.join(waiting)}. "
                "Agree the judgement of each first."
            )
    elif not Finding.objects.filter(inspection=inspection, area=area, status=lifecycle.Finding.AGREED).exists():
        raise Refused(
            "No agreed finding speaks of this area yet, so the judgement would rest on nothing. "
            "Write a finding of it and have the team agree it first."
        )


def require_approved(judgement: Judgement, departs: list[str], by: Actor) -> None:
    """Raise Refused where a judgement goes against rules for which nobody else has approved that it does."""
    if not departs:
        return
    if judgement.departure == Departure.DECLINED:
        raise Refused(
            "The quality-assurance manager declined that this grade goes against a rule that normally holds. "
            "Change the grade, or say better why the team departs from the rule and have it decided again."
        )
    if judgement.departure != Departure.APPROVED or not set(departs) <= set(judgement.departs_from):
        raise Refused(
            "This grade goes against a rule that normally holds, and nobody has approved that yet. The "
            "quality-assurance manager can, on the page of the judgement; it must be somebody who did not propose it "
            "and does not agree it."
        )
    if judgement.departure_by_id is not None and str(judgement.departure_by_id) == by.id:
        raise Refused("You approved that this grade goes against a rule, so somebody else must agree the judgement.")


def require_answered(judgement: Judgement) -> None:
    """Raise Refused while a challenge to a judgement is open, naming each."""
    waiting = list(judgement.challenges.filter(status=lifecycle.Challenge.OPEN))
    if not waiting:
        return
    asked = " ".join(f"“{one.question}”" for one in waiting)
    count = "A challenge is" if len(waiting) == 1 else f"{len(waiting)} challenges are"
    raise Refused(
        f"{count} open: {asked} The lead inspector or who proposed the judgement answers it, or the "
        "quality-assurance manager closes it, before the judgement is agreed."
    )


_AGREED = lifecycle.Judgement.AGREED


def _held(inspection: Inspection) -> dict[str, str]:
    """The state of each judgement, by its area."""
    return dict(Judgement.objects.filter(inspection=inspection).values_list("area", "status"))


def _refused(ask: Callable[[], object]) -> str:
    """Why it would be refused; empty where it would not."""
    try:
        ask()
    except Refused as refusal:
        return refusal.reason
    return ""
