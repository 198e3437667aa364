"""Who held a child's case when: assessment, then safeguarding, then children in care, and other workers between."""

from datetime import date, timedelta

from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives.life import Held, Life
from goldthread.synthetic.lives.stage import Stage
from goldthread.synthetic.staff import Service

_WHY = Weights(
    {"LEFTRL": 46.0, "MANAGE": 22.0, "ABSENC": 14.0, "ORGRST": 8.0, "CHCHAN": 3.0, "PCCHAN": 4.0, "OTHERS": 3.0}
)
_DAYS_WITH_ONE_WORKER = 520.0


def hold(stage: Stage, dice: Dice, life: Life) -> None:
    """Give every episode of a life its workers, one at a time and without a gap."""
    for spell in life.spells:
        changes: list[tuple[date, Service]] = [(spell.referred_on, Service.ASSESSMENT)]
        if spell.needed and spell.assessments:
            service = Service.DISABILITY if spell.need == "N2" else Service.SAFEGUARDING
            changes.append((spell.assessments[0].authorised_on, service))
        for care in life.cares:
            if not care.short_break and spell.referred_on <= care.started_on <= spell.closed_on:
                changes = [each for each in changes if each[0] < care.started_on]
                changes.append((care.started_on, Service.CARE))
        _tell(stage, dice, life, changes, max(spell.closed_on, spell.referred_on + timedelta(days=1)))


def _tell(stage: Stage, dice: Dice, life: Life, changes: list[tuple[date, Service]], closed_on: date) -> None:
    first = True
    for place, (starts, service) in enumerate(changes):
        ends = changes[place + 1][0] if place + 1 < len(changes) else closed_on
        day, reason = starts, "FCONTA" if first else "TSPROC"
        while day < ends:
            until = min(ends, day + timedelta(days=30 + int(dice.wait(_DAYS_WITH_ONE_WORKER))))
            life.held.append(Held(stage.post(dice, service), day, until, reason))
            day, reason, first = until, dice.pick(_WHY), False
