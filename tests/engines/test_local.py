"""The local engine: every task is tried, and one that fails or dies stops no other."""

import os
import sys
from pathlib import Path

from goldthread.engines.local import DIED, FAILED, carry_out


def half(number: int) -> int:
    """Half of a number; 13 brings the process down, and 7 cannot be worked out."""
    print("what is printed must not get among the answers")
    if number == 13:
        os._exit(9)
    if number == 7:
        raise ValueError("child 4711")
    return number // 2


def test_one_that_dies_and_one_that_fails_are_told_and_the_others_go_on() -> None:
    done = {each.task: (each.result, each.why) for each in carry_out([2, 13, 4, 7, 6, 13, 8], half, workers=2)}
    assert done == {
        2: (1, ""), 4: (2, ""), 6: (3, ""), 8: (4, ""), 13: (None, DIED), 7: (None, FAILED.format("ValueError")),
    }  # fmt: skip


def test_no_word_of_an_error_comes_back() -> None:
    (done,) = carry_out([7], half, workers=1)
    assert "4711" not in done.why


def test_nothing_to_do_is_nothing_done() -> None:
    assert list(carry_out([], half, workers=4)) == []


def test_who_breaks_off_leaves_no_process_behind() -> None:
    going = carry_out([2, 4, 6, 8], pid, workers=2)
    first = next(going)
    going.close()
    assert first.result != os.getpid()
    if sys.platform == "linux" and first.result is not None:
        assert not Path(f"/proc/{first.result}").exists()


def pid(_: int) -> int:
    """The process that works."""
    return os.getpid()
