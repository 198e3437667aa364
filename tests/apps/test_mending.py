"""What was mended since the hand-in before, counted twice."""

from collections import Counter
from typing import Any

import pytest
from tests.factories import client_for
from tests.form_story import of_903, send
from tests.submissions_story import Story, story

from goldthread.apps.submissions import mending, queries
from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def since(held: Story, row: Submission) -> Any:
    return mending.mended(row, held["uploader"])


def without(files: dict[str, bytes], name: str, column: str) -> dict[str, bytes]:
    """The same files, one column of one of them blank."""
    lines = files[name].decode().splitlines()
    at = lines[0].split(",").index(column)
    below = [",".join("" if place == at else cell for place, cell in enumerate(line.split(","))) for line in lines[1:]]
    return files | {name: "\n".join([lines[0], *below, ""]).encode()}


def by_hand(then: Submission, now: Submission) -> tuple[int, int, int]:
    """Second, naive: issue by issue, each then taken from the pile of those now."""
    apart = {one["rule"] for one in then.counts["not_run"]} ^ {one["rule"] for one in now.counts["not_run"]}
    pile = Counter((i.rule, i.table, i.child, i.fields, i.says) for i in queries.issues(now) if i.rule not in apart)
    mended = same = 0
    for i in queries.issues(then):
        if i.rule in apart:
            continue
        key = (i.rule, i.table, i.child, i.fields, i.says)
        if pile[key]:
            pile[key] -= 1
            same += 1
        else:
            mended += 1
    return mended, sum(pile.values()), same


def test_what_is_gone_new_and_as_before_is_told_by_rule(wexcombe: Story) -> None:
    files = of_903(40)
    worse = send(wexcombe, without(files, "header.csv", "ETHNIC"))
    assert since(wexcombe, worse) is None
    better = send(wexcombe, files)
    told = since(wexcombe, better)
    assert told is not None and told.before == worse
    assert (told.mended, told.new, told.same) == by_hand(worse, better) and told.left == 0
    assert told.mended >= 40 and told.same > 40
    assert sum(one.mended for one in told.changed) == told.mended
    again = since(wexcombe, send(wexcombe, without(files, "header.csv", "ETHNIC")))
    assert (again.mended, again.new, again.same) == (told.new, told.mended, told.same)


def test_rows_that_only_moved_are_neither_mended_nor_new(wexcombe: Story) -> None:
    files = of_903(40)
    send(wexcombe, files)
    lines = files["episodes.csv"].splitlines()
    turned = b"\n".join([lines[0], *reversed(lines[1:]), b""])
    told = since(wexcombe, send(wexcombe, files | {"episodes.csv": turned}))
    assert (told.mended, told.new) == (0, 0) and told.same


def test_a_rule_that_was_not_run_both_times_is_named_and_not_counted(wexcombe: Story) -> None:
    files = of_903(40)
    send(wexcombe, {name: data for name, data in files.items() if name != "oc2.csv"})
    told = since(wexcombe, send(wexcombe, files))
    assert told.apart
    assert not {one.rule for one in told.rules} & set(told.apart)


def test_another_form_and_what_was_withdrawn_are_no_hand_in_before(wexcombe: Story) -> None:
    wexcombe.handed_over()
    files = of_903(10)
    first = send(wexcombe, files)
    assert since(wexcombe, first) is None
    Submission.objects.filter(pk=first.pk).update(hand_over="withdrawn")
    assert since(wexcombe, send(wexcombe, files)) is None


def test_the_page_of_issues_says_so(wexcombe: Story) -> None:
    files = of_903(20)
    send(wexcombe, without(files, "header.csv", "ETHNIC"))
    row = send(wexcombe, files)
    page = client_for(wexcombe["uploader"]).get(f"/inspections/{wexcombe.inspection.pk}/data/{row.pk}/issues/")
    text = page.content.decode()
    assert page.status_code == 200 and "Since the hand-in of" in text and " mended</strong>" in text
    assert "Issues mended and new, rule by rule" in text


def test_an_issue_of_a_child_who_is_gone_from_the_return_was_not_mended(wexcombe: Story) -> None:
    files = without(of_903(40), "header.csv", "ETHNIC")
    first = send(wexcombe, files)
    child = files["header.csv"].decode().splitlines()[1].split(",")[0]
    fewer = {
        name: "\n".join(line for line in data.decode().splitlines() if line.split(",")[0] != child).encode() + b"\n"
        for name, data in files.items()
    }
    second = send(wexcombe, fewer)
    told = since(wexcombe, second)
    here = {one.child for one in queries.issues(second) if one.child}
    assert told.left == by_hand(first, second)[0] - told.mended >= 1
    assert len({one.child for one in queries.issues(first) if one.child} - here) == 1
    shown = client_for(wexcombe["uploader"]).get(f"/inspections/{wexcombe.inspection.pk}/data/{second.pk}/issues/")
    assert "of children who are no longer in the return" in shown.content.decode()
