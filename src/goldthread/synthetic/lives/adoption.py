"""The way to adoption, forward from the day of entry to care; and the families that children come to."""

from datetime import date, timedelta

from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives.life import Adopted
from goldthread.synthetic.lives.stage import Stage

_REASONS = Weights({"RD1": 44.0, "RD2": 12.0, "RD3": 24.0, "RD4": 20.0})
_REVERSED = 0.17
_ADOPTERS = Weights({"MF": 76.0, "F1": 11.0, "M1": 2.0, "FF": 6.0, "MM": 5.0})
_BONDS = {
    "MF": Weights({"L11": 78.0, "L3": 22.0}),
    "FF": Weights({"L12": 62.0, "L2": 12.0, "L4": 26.0}),
    "MM": Weights({"L12": 62.0, "L2": 12.0, "L4": 26.0}),
}


def way(stage: Stage, dice: Dice, entered_on: date) -> Adopted:
    """Decision, order, match, placement, adoption order; or a decision that is reversed."""

    def later(day: date, low: int, mode: int, high: int) -> date:
        return stage.days.after(day + timedelta(days=dice.leaning(low, mode, high)), 0)

    decided_on = later(entered_on, 80, 150, 260)
    told = Adopted(decided_on)
    told.ordered_on = later(decided_on, 20, 50, 130)
    told.matched_on = later(told.ordered_on, 20, 140, 460)
    told.placed_on = later(told.matched_on, 10, 20, 45)
    told.adopted_on = later(told.placed_on, 120, 190, 330)
    told.adopters = dice.pick(_ADOPTERS)
    told.bond = dice.pick(_BONDS[told.adopters]) if told.adopters in _BONDS else "L0"
    early, by_carer = dice.chance(0.13), dice.chance(0.08)
    reason = dice.pick(_REASONS)
    if dice.chance(_REVERSED):
        told.reversed_on = later(told.ordered_on, 60, 200, 420)
        told.reversal_reason = reason
        told.matched_on = told.placed_on = told.adopted_on = None
        if reason == "RD2":
            told.ordered_on = None
        return told
    told.by_carer = by_carer
    if early:
        told.early_placement_on = stage.days.pick(dice, entered_on + timedelta(days=5), decided_on)
    return told
