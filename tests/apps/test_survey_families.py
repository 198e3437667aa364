"""The families of drawn children are asked in one press, and nothing leads from an answer back to a case."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from tests.cases_story import Story, story
from tests.surveys_story import closed, codes, opened, say

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.journal.models import Entry
from goldthread.apps.surveys import actions, queries
from goldthread.apps.surveys.models import Answer, AskedFamily, Code, Invitations, Survey, Words
from goldthread.apps.surveys.rules import Wrong
from goldthread.domain.surveys import drawn_families

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def ask(held: Story, draw: Draw, by: str = "lead", **more: Any) -> Survey:
    given: dict[str, Any] = {
        "left_out": {}, "closes": timezone.localdate() + timedelta(days=9), "client_key": uuid4(), **more,
    }  # fmt: skip
    return actions.ask_families(draw=draw, by=held[by], **given)


def test_one_press_asks_every_drawn_family_and_a_second_asks_nobody_twice(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    first = draw.cases.order_by("number")[0]
    survey = ask(wexcombe, draw, left_out={first.pk: "unsafe"})
    asked = queries.drawn_cases(draw)
    assert len(asked) == 12 and Code.objects.count() == 11 and not survey.by_link and survey.template == "families"
    assert queries.family_of(first).left_out == "unsafe" and queries.family_of(first).invited is None
    assert queries.family_of(asked[1]).invited == timezone.localdate()
    again = ask(wexcombe, draw, left_out={first.pk: "crisis"})
    assert again == survey and Code.objects.count() == 11 and queries.family_of(first).left_out == "crisis"
    ask(wexcombe, draw)
    assert Code.objects.count() == 12 and queries.family_of(first).left_out == "", "nothing speaks against it any more"
    told = Entry.objects.filter(event="survey.families-asked")
    assert told.count() == 3
    assert not any(one.pseudonym in str(list(told.values())) for one in asked)


def test_who_comes_in_later_joins_the_letters_and_no_letter_stands_alone(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    survey = ask(wexcombe, draw)
    made = Invitations.objects.get()
    before = codes(made)
    actions.record_letters(invitations=made, by=wexcombe["lead"])
    case = queries.drawn_cases(draw)[0]
    cases.set_aside(case=case, because="The file is in court", version=case.version, by=wexcombe["lead"])
    late = Case.objects.get(came_in_for=case)
    assert [one.case for one in queries.families_of(draw) if one.invited is None] == [late]
    ask(wexcombe, draw)
    made = Invitations.objects.get()
    assert made.size == 13 and made.printed_on is None and codes(made)[:12] == before
    assert queries.letters_of(made) == codes(made)[12:], "what was handed out is not printed again"
    say(survey, code=codes(made)[12], plan="yes")
    with pytest.raises(Wrong):
        say(survey, code=codes(made)[12], plan="yes")
    assert [one.gone for one in queries.families_of(draw) if one.case == case] == [True]


@pytest.mark.parametrize(("sizes", "groups"), [
    ({"A": 12, "B": 30}, {"A": "A", "B": "B"}),
    ({"A": 12, "B": 4, "C": 7}, {"A": "A", "B": drawn_families.TOGETHER, "C": drawn_families.TOGETHER}),
    ({"A": 12, "B": 30, "C": 1},
     {"A": drawn_families.TOGETHER, "B": "B", "C": drawn_families.TOGETHER}),
    ({"A": 12, "C": 1}, {"A": drawn_families.ALL, "C": drawn_families.ALL}),
    ({"A": 3, "C": 1}, {"A": drawn_families.ALL, "C": drawn_families.ALL}),
])  # fmt: skip
def test_no_group_of_letters_is_below_ten_where_the_sample_is_not(
    sizes: dict[str, int], groups: dict[str, str]
) -> None:
    assert drawn_families.groups(sizes) == groups
    together: Counter[str] = Counter()
    for part, size in sizes.items():
        together[groups[part]] += size
    assert min(together.values()) >= min(10, sum(sizes.values()))


def test_non_response_of_a_sample_is_that_of_a_naive_count_and_withheld_below_ten(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    survey = ask(wexcombe, draw)
    used = codes(Invitations.objects.get())[:6]
    for code in used:
        say(survey, code=code, plan="yes")
    assert queries.answered(survey).sent == 12 and queries.answered(survey).back == f"{round(100 * len(used) / 12)}%"
    few = wexcombe.draw(size=4, seed="few")
    small = ask(wexcombe, few)
    assert queries.answered(small).back == "c" and [one.back for one in queries.responses(small)] == ["c"]


def test_an_attacker_with_the_whole_database_links_no_case_to_a_code_or_an_answer(wexcombe: Story) -> None:
    """Every table that knows a case is followed along every key: none leads to a code, an answer or words."""
    draw = wexcombe.draw()
    survey = ask(wexcombe, draw)
    for code in codes(Invitations.objects.get())[:5]:
        say(survey, code=code, plan="yes", change="Ring when you say you will", tier="words")
    for model in (Code, Answer, Words):
        held = {one.related_model for one in model._meta.get_fields() if one.many_to_one}
        assert Case not in held and AskedFamily not in held
        assert not [one for one in AskedFamily._meta.get_fields() if one.related_model is model]
    invitations = set(AskedFamily.objects.values_list("invitations_id", flat=True))
    assert len(invitations) == 1, "all twelve cases share their letters"
    with connection.cursor() as cursor:
        for table in (Code._meta.db_table, Answer._meta.db_table):
            cursor.execute(f"SELECT * FROM {table}")
            rows = str(cursor.fetchall())
            for case in queries.drawn_cases(draw):
                assert case.pk.hex not in rows and case.pseudonym not in rows
    order = [one.pk for one in Code.objects.order_by("pk")]
    assert order != sorted(order) or len(set(order)) == 12
    assert apps.get_model("surveys", "AskedFamily")._meta.get_field("created_at"), "a day and a case, and no code"


def test_what_cannot_be_asked_is_refused(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    everybody = {one.pk: "unsafe" for one in queries.drawn_cases(draw)}
    first = next(iter(everybody))
    with pytest.raises(Wrong, match="nobody to write to"):
        ask(wexcombe, draw, left_out=everybody)
    assert not Survey.objects.exists()
    with pytest.raises(Refused, match="reasons offered"):
        ask(wexcombe, draw, left_out={first: "because"})
    with pytest.raises(Wrong, match="Choose a day"):
        ask(wexcombe, draw, closes=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Wrong, match="last day"):
        ask(wexcombe, draw, closes=None)
    key = uuid4()
    survey = ask(wexcombe, draw, client_key=key)
    with pytest.raises(Refused, match="written to meanwhile"):
        ask(wexcombe, draw, left_out={first: "unsafe"})
    with pytest.raises(Refused, match="another draw"):
        ask(wexcombe, wexcombe.draw(seed="other"), client_key=key)
    closed(wexcombe, survey)
    with pytest.raises(Refused, match="closed"):
        ask(wexcombe, draw)
    opened(wexcombe)
    for role in ("inspector", "quality-assurance", "nominated-officer"):
        with pytest.raises(Refused):
            ask(wexcombe, wexcombe.draw(seed=role), by=role)
