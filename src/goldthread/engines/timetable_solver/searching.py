"""One search by CP-SAT in a thread of its own, so that its best solution so far can be taken up while it runs."""

import threading
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any

SECONDS_BETWEEN_LOOKS = 0.1


class Ended(StrEnum):
    """How a search ended."""

    BEST = "best"
    IMPOSSIBLE = "impossible"
    TIME = "time"


class Search:
    """A search of a model: `improvements` gives each better solution once, the newest where several came at once."""

    def __init__(self, model: Any, seconds: float, workers: int, seed: int = 1) -> None:
        from ortools.sat.python import cp_model

        self._cp, self._model = cp_model, model
        self._solver: Any = cp_model.CpSolver()
        self._solver.parameters.max_time_in_seconds = max(0.1, seconds)
        self._solver.parameters.num_workers = workers
        self._solver.parameters.random_seed = seed
        # Most of what makes a model simpler before the search costs more here than it saves.
        self._solver.parameters.cp_model_probing_level = 0
        self._solver.parameters.symmetry_level = 0
        self._solver.parameters.max_presolve_iterations = 1
        # Ctrl-C is the command line's to answer: a handler of its own, in a thread, ends the whole process.
        self._solver.parameters.catch_sigint_signal = False
        self._newest: list[Sequence[int]] = []
        self._status: Any = None
        self._failed: BaseException | None = None

    def improvements(self, stop: Callable[[], bool]) -> Iterator[Sequence[int]]:
        """Run, and give solutions as they come, until the time is up, the best is proved, or `stop` says so."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(SECONDS_BETWEEN_LOOKS)
            if stop():
                self._solver.stop_search()
            if self._newest:
                yield self._newest.pop()
        if self._failed is not None:
            raise self._failed
        if self._newest:
            yield self._newest.pop()

    @property
    def ended(self) -> Ended:
        """How it ended."""
        if self._status == self._cp.OPTIMAL:
            return Ended.BEST
        return Ended.IMPOSSIBLE if self._status == self._cp.INFEASIBLE else Ended.TIME

    def _run(self) -> None:
        newest, solution_callback = self._newest, self._cp.CpSolverSolutionCallback

        class Taken(solution_callback):  # type: ignore[misc, valid-type]
            """Keeps the newest solution."""

            def on_solution_callback(self) -> None:
                newest[:] = [list(self.response_proto.solution)]

        try:
            self._status = self._solver.solve(self._model, Taken())
        except BaseException as error:
            self._failed = error
