"""Surveys: answers that nobody can join to an invitation, and results at ten or more."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from tests.cases_story import Story, story
from tests.surveys_story import closed, codes, invited, opened, say, spent

from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.surveys import actions, queries
from goldthread.apps.surveys.models import Answer, Code, Hurried, Invitations, Survey, Words, by_chance
from goldthread.apps.surveys.rules import Wrong
from goldthread.apps.surveys.sealed import digest_of
from goldthread.domain.intervals import wilson

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def test_a_code_is_good_once_and_letters_are_printed_again_alike(wexcombe: Story) -> None:
    survey = opened(wexcombe, by_link=False)
    made = invited(wexcombe, survey, 3)
    first = codes(made)
    assert len(set(first)) == 3 and first == codes(Invitations.objects.get(pk=made.pk))
    assert not any(code in str(list(Code.objects.values())) for code in first)
    say(survey, code=first[0].lower().replace("-", " ").replace("0", "O").replace("1", "l"), listened="well")
    assert spent() == 1 and Answer.objects.get().way == "code"
    for bad in (first[0], "XXXX-XXXX-XXXX", "", "\u202e🙂\x00"):
        with pytest.raises(Wrong, match="code is not known"):
            say(survey, code=bad, listened="well")
    other = invited(wexcombe, opened(wexcombe), 1)
    with pytest.raises(Wrong):
        say(survey, code=codes(other)[0], listened="well")
    assert spent() == 1 and Answer.objects.count() == 1


def test_an_empty_sending_is_nobodys_answer_and_spends_no_code(wexcombe: Story) -> None:
    survey = opened(wexcombe, by_link=True)
    code = codes(invited(wexcombe, survey))[0]
    for given in (code, ""):
        with pytest.raises(Wrong, match="at least one question"):
            say(survey, code=given)
    assert not Answer.objects.exists() and not Code.objects.filter(spent=True).exists()


def test_the_same_page_sent_twice_is_one_answer(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    code = codes(invited(wexcombe, survey, 1))[0]
    number = by_chance()
    for _ in range(2):
        say(survey, code=code, number=number, change="Twice", tier="words")
    assert Answer.objects.count() == Words.objects.count() == 1
    key = uuid4()
    for _ in range(2):
        actions.type_in(survey=survey, answers={"plan": "yes"}, tier="", client_key=key, by=wexcombe["analyst"])
    assert Answer.objects.filter(way="paper").count() == 1


def test_the_same_key_opens_one_survey_and_makes_one_set_of_letters(wexcombe: Story) -> None:
    key, day = uuid4(), timezone.localdate()
    held = {"inspection": wexcombe.inspection, "template": "staff", "closes": day, "by_link": True, "client_key": key}
    assert actions.open_survey(by=wexcombe["lead"], **held) == actions.open_survey(by=wexcombe["lead"], **held)
    survey = Survey.objects.get()
    for _ in range(2):
        actions.invite(survey=survey, group="All", size=4, client_key=key, by=wexcombe["lead"])
    assert Code.objects.count() == 4


@pytest.mark.parametrize(("change", "says"), [
    ({"template": "nobody"}, "whom to ask"), ({"closes": date(2020, 1, 1)}, "Choose a day"),
    ({"closes": date(2090, 1, 1)}, "Choose a day"),
])  # fmt: skip
def test_a_survey_that_cannot_be_is_refused(wexcombe: Story, change: dict[str, Any], says: str) -> None:
    with pytest.raises(Wrong, match=says):
        opened(wexcombe, **{"template": "families", **change})


@pytest.mark.parametrize(("answers", "field"), [
    ({"listened": "brilliantly"}, "listened"), ({"listened": ["well", "not-well"]}, "listened"),
    ({"change": "x" * 2001, "tier": "words"}, "change"), ({"change": "Something", "tier": ""}, "use"),
    ({"change": "Something", "tier": "everything"}, "use"),
    ({"listened": "not-well", "not_listened": ["time", "weather"]}, "not-listened"),
])  # fmt: skip
def test_an_answer_that_is_none_is_refused_and_the_code_stays_good(
    wexcombe: Story, answers: dict[str, Any], field: str
) -> None:
    survey = opened(wexcombe)
    code = codes(invited(wexcombe, survey, 1))[0]
    with pytest.raises(Wrong) as refused:
        # As the door calls it: what is refused takes back the whole act.
        say(survey, code=code, **answers)
    assert refused.value.field == field and refused.value.word.startswith("error_")
    assert spent() == 0 and not Answer.objects.exists() and not Words.objects.exists()


def test_a_question_that_was_skipped_is_not_counted(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    say(survey, listened="well", not_listened=["time"], made_up="x")
    assert Answer.objects.get().chosen == {"listened": "well"}


def test_after_its_last_day_or_once_closed_nobody_answers(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = opened(wexcombe)
    closed(wexcombe, survey)
    with pytest.raises(Wrong, match="closed"):
        say(Survey.objects.get(), plan="yes")
    with pytest.raises(Refused, match="closed"):
        invited(wexcombe, Survey.objects.get())
    later = opened(wexcombe)
    monkeypatch.setattr(timezone, "localdate", lambda *_: later.closes + timedelta(days=1))
    with pytest.raises(Wrong, match="closed"):
        say(later, plan="yes")


def test_nothing_is_shown_below_ten_or_while_it_is_open(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    for _ in range(9):
        say(survey, plan="yes")
    assert queries.results(survey, queries.counted(survey)) == []
    survey = closed(wexcombe, survey)
    assert not any(one.shown or one.shares for one in queries.results(survey, queries.counted(survey)))
    with pytest.raises(Refused, match="Fewer than ten"):
        actions.shelve_result(survey=survey, question="plan", areas=[], client_key=uuid4(), by=wexcombe["lead"])


def test_results_are_those_of_a_second_naive_count(wexcombe: Story) -> None:
    survey, dice = opened(wexcombe), random.Random(7)
    told = []
    for _ in range(60):
        one = {"kind_of_help": dice.choice(["early", "plan"]), "plan": dice.choice(["yes", "partly", "no"])}
        told.append(one)
        say(survey, **one)
    survey = closed(wexcombe, survey)
    result = queries.result_of(survey, "plan")
    for (option, text), share in zip(survey.asked.question("plan").options.items(), result.shares, strict=True):
        yes = sum(one["plan"] == option for one in told)
        low, high = wilson(yes, 60)
        assert (share.text, share.shown) == (text, f"{int(yes * 100 / 60 + 0.5)}%")
        assert (share.low, share.high) == (round(100 * low), round(100 * high))
    table = next(one for one in queries.breakdowns(survey, queries.counted(survey)) if one.question.id == "plan")
    for (_, cells), option in zip(table.rows, survey.asked.question("plan").options, strict=True):
        for cell, group in zip(cells, ("early", "plan"), strict=False):
            both = sum(one == {"kind_of_help": group, "plan": option} for one in told)
            of = sum(one["kind_of_help"] == group for one in told)
            assert cell in ("c", f"{int(both * 100 / of + 0.5)}%")
            assert both >= 10 or cell == "c"


def test_where_all_of_a_few_agree_words_stand_in_the_place_of_the_figure(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    for _ in range(12):
        say(survey, plan="yes")
    result = queries.result_of(closed(wexcombe, survey), "plan")
    assert [one.shown for one in result.shares] == ["almost all", "few", "few"]
    assert {one.low for one in result.shares} == {None}


def test_who_did_not_answer_is_told_from_counts_of_codes_alone(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    first, second = invited(wexcombe, survey, 20, "Plans"), invited(wexcombe, survey, 4, "Few")
    for code in codes(first)[:5]:
        say(survey, code=code, plan="yes")
    say(survey, code=codes(second)[0], plan="yes")
    assert [(one.group, one.sent, one.back) for one in queries.responses(survey)] == [
        ("Few", 4, "c"),
        ("Plans", 20, "c"),
    ], "what came in all is shown, so that one group alone cannot be withheld"
    assert queries.answered(survey).back == "25%"
    invited(wexcombe, survey, 40, "Many")
    assert [one.back for one in queries.responses(survey)] == ["c", "0%", "c"]


def test_a_burst_by_the_open_link_is_shown_and_nothing_is_dropped(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, today = opened(wexcombe), timezone.localdate()
    for after, many in ((0, 3), (1, 4), (2, 30)):
        monkeypatch.setattr(timezone, "localdate", lambda *_, after=after: today + timedelta(days=after))
        for _ in range(many):
            say(survey, plan="no")
    count = queries.counted(survey)
    assert queries.bursts(count) == [(today + timedelta(days=2), 30)] and count.total == 37
    for says in ("Same words", "same  WORDS", "Same words", "Other"):
        say(survey, change=says, tier="idea")
    assert queries.often_said(survey) == 3


def test_answers_that_come_quickly_from_one_place_are_counted_and_none_is_dropped(wexcombe: Story) -> None:
    """P-12 where the day-by-day rule is blind: on its first day a survey has no usual day."""
    survey, today = opened(wexcombe), timezone.localdate()
    for _ in range(500):
        say(survey, address="203.0.113.9", plan="no")
    assert [(one.day, one.bursts, one.answers) for one in queries.hurried(survey)] == [(today, 1, 500)]
    assert not queries.bursts(queries.counted(survey)) and survey.answers.count() == 500
    genuine = opened(wexcombe, "staff")
    for at in range(500):
        say(genuine, address=f"198.51.{at // 250}.{at % 250 + 1}", supervision="yes")
    held = codes(invited(wexcombe, genuine, 40))
    for code in held:
        say(genuine, address="203.0.113.9", code=code, supervision="no")
    assert not queries.hurried(genuine), "many places, and codes on a school's one connection, are no burst"
    assert genuine.answers.count() == 540
    say(genuine, supervision="no")
    say(genuine, address="unix:", supervision="no")
    assert genuine.answers.count() == 542, "where the place is not known nothing is noted and nothing is lost"


def test_the_same_answer_sent_again_and_one_that_is_refused_are_in_no_burst(wexcombe: Story) -> None:
    survey, number = opened(wexcombe), by_chance()
    for _ in range(40):
        say(survey, address="203.0.113.9", number=number, plan="no")
    for _ in range(40):
        with pytest.raises(Wrong):
            say(survey, address="203.0.113.9", plan="made-up")
    assert survey.answers.count() == 1 and not queries.hurried(survey)


def test_a_flood_of_twenty_thousand_is_counted_in_bounded_queries(
    wexcombe: Story, django_assert_max_num_queries: Any
) -> None:
    survey, dice = opened(wexcombe), random.Random(3)
    Answer.objects.bulk_create([
        Answer(id=by_chance(), survey=survey, day=timezone.localdate(), way="open", language="en",
               chosen={"kind-of-help": dice.choice(["early", "plan", "care"]), "plan": dice.choice(["yes", "no"])})
        for _ in range(20_000)
    ], batch_size=2000)  # fmt: skip
    survey = closed(wexcombe, survey)
    with django_assert_max_num_queries(12):
        count = queries.counted(survey)
        found = queries.results(survey, count)
        queries.breakdowns(survey, count), queries.bursts(count), queries.responses(survey)
    assert count.total == 20_000
    assert next(one for one in found if one.question.id == "plan").of == 20_000


def test_an_attacker_with_the_whole_database_links_no_code_to_an_answer(wexcombe: Story) -> None:
    """P-10: a thousand people, each with a mark in their answer that the test alone knows."""
    survey = opened(wexcombe)
    options = [(a, b, c) for a in ("early", "plan", "care", "none") for b in ("yes", "partly", "no")
               for c in ("better", "same", "worse", "too-soon")]  # fmt: skip
    truth: list[tuple[str, int]] = []
    held = [code for n in range(4) for code in codes(invited(wexcombe, survey, 250, f"Group {n}"))]
    random.Random(11).shuffle(held)
    for at, code in enumerate(held):
        a, b, c = options[at % len(options)]
        number = by_chance()
        say(survey, code=code, number=number, address="203.0.113.9", kind_of_help=a, plan=b, better=c)
        truth.append((digest_of(survey.inspection, code), number))
    with connection.cursor() as cursor:
        rowid = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"select digest from surveys_code order by {rowid}")
        by_code = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"select id from surveys_answer order by {rowid}")
        by_answer = [row[0] for row in cursor.fetchall()]
    # The attacker's guess: the n-th code of the table belongs to the n-th answer of the table.
    guess = dict(zip(by_code, by_answer, strict=True))
    assert sum(guess[digest] == number for digest, number in truth) <= 8, "chance alone gives 1"
    places = {number: at for at, number in enumerate(by_answer)}
    if connection.vendor == "sqlite":
        came = [places[number] for _, number in truth]
        assert abs(_correlation(list(range(1000)), came)) < 0.12, "the file tells the order in which answers came"
    code_places = {digest: at for at, digest in enumerate(by_code)}
    ranks = [(code_places[digest], places[number]) for digest, number in truth]
    assert abs(_correlation([a for a, _ in ranks], [b for _, b in ranks])) < 0.12
    assert {row.day for row in Answer.objects.all()} == {timezone.localdate()}
    kept = {field.name for model in (Answer, Words, Hurried) for field in model._meta.get_fields()}
    assert not kept & {"code", "invitations", "created_at", "created_by", "client_key", "address", "agent", "session"}
    assert (
        not Entry.objects.filter(event__startswith="survey.")
        .exclude(event__in=("survey.opened", "survey.invited"))
        .exists()
    ), "an entry for each answer would carry its time"


def _correlation(first: list[int], second: list[int]) -> float:
    """Of ranks without ties (Spearman 1904)."""
    n = len(first)
    apart = sum((a - b) ** 2 for a, b in zip(first, second, strict=True))
    return 1 - 6 * apart / (n * (n * n - 1))


def test_a_result_goes_on_the_shelf_and_a_survey_whose_results_were_shown_stays_closed(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    for at in range(24):
        say(survey, plan="yes" if at % 2 else "no")
    put = {"question": "plan", "areas": ["help-and-protection"], "by": wexcombe["lead"]}
    with pytest.raises(Refused, match="Close the survey first"):
        actions.shelve_result(survey=survey, client_key=uuid4(), **put)
    survey = closed(wexcombe, survey)
    with pytest.raises(Wrong, match="framework"):
        actions.shelve_result(survey=survey, client_key=uuid4(), **{**put, "areas": ["moon"]})
    first = actions.shelve_result(survey=survey, client_key=uuid4(), **put).evidence_item
    assert "24 answered. Yes: 50% (by chance 31% to 69%)" in first.summary
    second = actions.shelve_result(survey=survey, client_key=uuid4(), **put).evidence_item
    first.refresh_from_db()
    assert (first.status, first.replaced_by) == ("superseded", second)
    again = timezone.localdate() + timedelta(days=3)
    with pytest.raises(Refused, match="stays closed"):
        actions.reopen_survey(survey=survey, closes=again, version=survey.version, by=wexcombe["lead"])
    second.refresh_from_db()
    assert second.status == "current"


def test_a_survey_that_showed_nothing_yet_can_be_opened_again(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    for _ in range(9):
        say(survey, plan="yes")
    survey = closed(wexcombe, survey)
    assert survey.closes == timezone.localdate(), "no day to come, on which nobody can answer"
    again = timezone.localdate() + timedelta(days=3)
    survey = actions.reopen_survey(survey=survey, closes=again, version=survey.version, by=wexcombe["lead"])
    assert (survey.status, survey.closes) == ("open", again)


def test_only_the_lead_and_the_analyst_run_surveys(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    for role in ("inspector", "quality-assurance", "nominated-officer", "uploader"):
        for act in (
            lambda by: actions.close_survey(survey=survey, version=1, by=by),
            lambda by: actions.invite(survey=survey, group="G", size=1, client_key=uuid4(), by=by),
            lambda by: actions.type_in(survey=survey, answers={}, tier="", client_key=uuid4(), by=by),
            lambda by: actions.open_survey(
                inspection=wexcombe.inspection, template="staff", closes=timezone.localdate(), by_link=True,
                client_key=uuid4(), by=by,
            ),
        ):  # fmt: skip
            with pytest.raises(Refused):
                act(wexcombe[role])
    with pytest.raises(Survey.DoesNotExist):
        queries.survey(wexcombe["nominated-officer"], wexcombe.inspection.pk, survey.pk)
    with pytest.raises(Overtaken):
        actions.close_survey(survey=survey, version=9, by=wexcombe["lead"])
