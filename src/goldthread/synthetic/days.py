"""Working days of England and Wales for the story: Monday to Friday without bank holidays.

The count follows the convention of the measures: the day of the first event is day 0, and the working days
after it are counted, the last day included.
"""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from itertools import accumulate

from goldthread.kernel.working_days import bank_holidays
from goldthread.synthetic.dice import Dice

# Less arrives in the school holidays, most on Mondays: invented, but shaped like a front door's year.
_MONTH_WEIGHT = {4: 0.93, 8: 0.76, 12: 0.85}
_WEEKDAY_WEIGHT = (1.12, 1.03, 1.0, 0.98, 0.87)


class WorkingDays:
    """The working days between two dates, with the arithmetic that the story needs."""

    def __init__(self, first: date, last: date) -> None:
        closed = bank_holidays()
        span = (first + timedelta(days=step) for step in range((last - first).days + 1))
        self._days = [day for day in span if day.weekday() < 5 and day not in closed]
        weights = (_MONTH_WEIGHT.get(day.month, 1.0) * _WEEKDAY_WEIGHT[day.weekday()] for day in self._days)
        self._weights = list(accumulate(weights, initial=0.0))

    def before(self, day: date, count: int) -> date:
        """The working day `count` working days before `day`; with 0, the last working day up to and on `day`."""
        return self._days[bisect_right(self._days, day) - 1 - count]

    def after(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`; with 0, the first working day on or after `day`."""
        if count == 0:
            return self._days[bisect_left(self._days, day)]
        return self._days[bisect_right(self._days, day) - 1 + count]

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`."""
        return bisect_right(self._days, end) - bisect_right(self._days, start)

    def pick(self, dice: Dice, first: date, last: date) -> date:
        """A working day between two dates, both included, busier months and Mondays being likelier.

        Where there is none between them, the working day on or before `last`.
        """
        low, high = bisect_left(self._days, first), bisect_right(self._days, last)
        if low >= high:
            return self.before(last, 0)
        point = dice.point(self._weights[low], self._weights[high])
        return self._days[min(bisect_right(self._weights, point), high) - 1]
