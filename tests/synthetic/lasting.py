"""One small lasting story for the tests of this room: told once, cut on 31 March 2026, declining from month 18."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from goldthread.synthetic.authority import AuthoritySpec
from goldthread.synthetic.cuts import ssda903
from goldthread.synthetic.cuts.request import Request
from goldthread.synthetic.cuts.snapshot import snapshot
from goldthread.synthetic.cuts.window import Window
from goldthread.synthetic.cuts.year import Year
from goldthread.synthetic.lives.adopting import Adult, adults
from goldthread.synthetic.lives.households import lives
from goldthread.synthetic.lives.life import Life
from goldthread.synthetic.lives.stage import Stage
from goldthread.synthetic.rows import Lists

AS_AT = date(2026, 3, 31)
SIZE = 0.12


@dataclass(frozen=True)
class Story:
    """What a test needs of a story."""

    request: Request
    stage: Stage
    lives: list[Life]
    adults: list[Adult]

    def annex_a(self, day: date) -> Lists:
        """The lists as at a day."""
        return snapshot(self.lives, self.adults, Window.up_to(day, self.stage.days))

    def ssda903(self, year: int) -> dict[str, list[dict[str, str]]]:
        """The files of a year's return, as rows."""
        made: dict[str, list[dict[str, str]]] = defaultdict(list)
        for name, record in ssda903.records(self.lives, Year(year), self.stage):
            made[name].append(record)
        return made


@cache
def story(declines_from: int | None = 18, size: float = SIZE, seed: int = 2013) -> Story:
    """Tell a story; the same is told once only."""
    request = Request(AuthoritySpec(size=size, seed=seed, as_at=AS_AT), declines_from=declines_from)
    stage = Stage.set("Wrenfordshire", seed, size, (request.looks_back_to, AS_AT), request.pace)
    told = list(lives(stage))
    return Story(request, stage, told, adults(stage, told))
