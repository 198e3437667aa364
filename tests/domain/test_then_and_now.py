"""Two reports side by side: what became of each point of the earlier one."""

import pytest

from goldthread.domain.watch.then_and_now import Became, Point, beside, told

PROTECTION, CARE, BOTH = frozenset({"protection"}), frozenset({"care"}), frozenset({"care", "adoption"})


def point(text: str, *, well: bool, services: frozenset[str] = PROTECTION) -> Point:
    return Point(services, well, text)


@pytest.mark.parametrize(
    ("then", "now", "became"),
    [
        (True, [False], Became.SLIPPED),
        (True, [True, False], Became.SLIPPED),
        (True, [True], Became.HELD),
        (False, [False], Became.BACK),
        (False, [True, False], Became.BACK),
        (False, [True], Became.PUT_RIGHT),
        (True, [], Became.NOT_TOLD),
        (False, [], Became.NOT_TOLD),
    ],
)
def test_what_became_of_a_point(then: bool, now: list[bool], became: Became) -> None:
    later = [point(f"Assessments, told {number}", well=well) for number, well in enumerate(now)]
    found = told(point("Assessments are thorough", well=then), later)
    assert found.became is became
    # The points that bear it out are those of the worse side, where both sides are told of.
    assert all(one.well is (False not in now) for one in found.now)


def test_another_service_or_another_theme_is_another_thing() -> None:
    then = point("Assessments are thorough", well=True)
    assert told(then, [point("Assessments are late", well=False, services=CARE)]).became is Became.NOT_TOLD
    assert told(then, [point("Strategy discussions are late", well=False)]).became is Became.NOT_TOLD
    assert told(point("Tea is good", well=True), [point("Tea is bad", well=False)]).became is Became.NOT_TOLD
    care = point("Care plans are clear", well=True, services=CARE)
    assert told(care, [point("Care plans are late", well=False, services=BOTH)]).became is Became.SLIPPED


def test_of_whom_two_points_tell_makes_them_not_the_same() -> None:
    earlier = [
        point("Care leavers are helped into education, work and training", well=True),
        point("Care leavers know their personal advisers and stay in touch with them", well=True),
    ]
    later = [point("Care leavers stay in touch with personal advisers whom they trust", well=True)]
    found, new = beside(earlier, later)
    assert [(one.then, one.became, one.now) for one in found] == [
        (earlier[1], Became.HELD, (later[0],)), (earlier[0], Became.NOT_TOLD, ()),
    ]  # fmt: skip
    assert new == ()


def test_each_point_is_taken_once_with_the_one_whose_words_are_nearest() -> None:
    earlier = [
        point("Assessments are thorough", well=True),
        point("Assessments of disabled children are late", well=False),
    ]
    later = [point("Assessments of disabled children are still late", well=False)]
    found, new = beside(earlier, later)
    assert [(one.then, one.became) for one in found] == [(earlier[1], Became.BACK), (earlier[0], Became.NOT_TOLD)]
    assert new == ()
    twice = [*later, point("Assessments are hurried", well=False)]
    found, new = beside(earlier, twice)
    assert [(one.became, one.now) for one in found] == [(Became.SLIPPED, (twice[1],)), (Became.BACK, (twice[0],))]
    assert new == ()


def test_what_slipped_stands_first_and_what_is_new_last() -> None:
    earlier = [
        point("Care leavers are in touch", well=True),
        point("Audits are honest", well=True),
        point("Assessments are thorough", well=True),
    ]
    later = [
        point("Assessments are late", well=False),
        point("Audits are used", well=True),
        point("Fewer children go missing", well=True),
    ]
    found, new = beside(earlier, later)
    assert [one.became for one in found] == [Became.SLIPPED, Became.HELD, Became.NOT_TOLD]
    assert [one.text for one in new] == ["Fewer children go missing"]
    assert beside([], []) == ((), ())
