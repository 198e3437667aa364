"""What comes of audits: actions with proof, learning that is shared, themes that rise, grades that are brought."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import REAL_ID, Story, story
from tests.programme_story import action, drawn, programme, signed

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.access.queries import actor_for
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, Case, OwnAudit
from goldthread.apps.inspections.models import Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.programme import actions, queries
from goldthread.apps.programme.models import ActionTurn, AuditAction, Learning, Round, Shared
from goldthread.apps.programme.queries.themes import small
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.models import Identity
from goldthread.domain import instruments
from goldthread.domain.lifecycle import IllegalMove
from goldthread.domain.rising import Counted
from goldthread.domain.standard import Line, reaches

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return programme()


def proved(made: Story, held: AuditAction, *, by: str = "inspector") -> AuditAction:
    return actions.prove_action(action=held, says="Rung on Monday.", item=None, version=held.version, by=made[by])


def settled(made: Story, held: AuditAction, to: str, because: str = "", *, by: str = "lead") -> AuditAction:
    return actions.settle_action(action=held, to=to, because=because, version=held.version, by=made[by])


def test_an_action_goes_from_its_owner_to_accepted_proof_and_back(wexcombe: Story) -> None:
    held = action(wexcombe)
    assert queries.waiting_for(wexcombe["inspector"]) == [held]
    held = proved(wexcombe, held)
    assert (held.status, queries.to_settle(wexcombe["lead"])) == ("proof-given", [held])
    with pytest.raises(Refused, match="Say why"):
        settled(wexcombe, held, "returned")
    held = settled(wexcombe, held, "returned", "Which school?")
    held = settled(wexcombe, proved(wexcombe, held), "accepted")
    assert held.status == "accepted" and not queries.waiting_for(wexcombe["inspector"])
    held = settled(wexcombe, held, "returned", "It did not last.")
    assert settled(wexcombe, held, "withdrawn", "The child has moved.").status == "withdrawn"
    assert [one.kind for one in held.turns.all()] == [
        "given", "proof", "returned", "proof", "accepted", "returned", "withdrawn",
    ]  # fmt: skip


def test_nobody_accepts_what_they_did_or_proved_themselves(wexcombe: Story) -> None:
    mine = action(wexcombe, to="lead")
    mine = proved(wexcombe, mine, by="lead")
    with pytest.raises(Refused, match="Somebody else"):
        settled(wexcombe, mine, "accepted")
    assert settled(wexcombe, mine, "accepted", by="quality-assurance").status == "accepted"
    other = proved(wexcombe, action(wexcombe), by="lead")
    with pytest.raises(Refused, match="Somebody else"):
        settled(wexcombe, other, "accepted")


def test_bad_actions_are_refused_and_leave_nothing(wexcombe: Story) -> None:
    for more, says in (
        ({"says": "  "}, "Say what is to be done"), ({"due": date(2020, 1, 1)}, "is over"),
        ({"due": date(2199, 1, 1)}, "more than five years away"),
        ({"to": "member"}, "takes no part"), ({"says": "x" * 2001}, "at most 2,000"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            action(wexcombe, **more)
    held = action(wexcombe)
    with pytest.raises(Refused, match="Write what was done"):
        actions.prove_action(action=held, says=" ", item=None, version=1, by=wexcombe["inspector"])
    with pytest.raises(IllegalMove):
        settled(wexcombe, held, "accepted")
    assert AuditAction.objects.count() == 1 and ActionTurn.objects.count() == 1


def test_the_council_reads_what_is_its_own_and_nothing_else(wexcombe: Story) -> None:
    theirs, ours = action(wexcombe, to="improvement-lead"), action(wexcombe)
    assert theirs.released_at is not None and ours.released_at is None
    for role, seen in (("improvement-lead", [theirs]), ("nominated-officer", [theirs]), ("uploader", [])):
        assert list(queries.actions_visible_to(wexcombe[role])) == seen
    assert list(queries.actions_visible_to(wexcombe["inspector-2"])) == []
    assert proved(wexcombe, theirs, by="improvement-lead").status == "proof-given"
    with pytest.raises(Refused):
        settled(wexcombe, theirs, "accepted", by="nominated-officer")


def test_an_action_from_a_case_stands_with_its_round_and_only_whoever_may_read_the_case_gives_it(
    wexcombe: Story,
) -> None:
    done = drawn(wexcombe)
    mine = Case.objects.filter(draw=done.draw, allocated_to=wexcombe.person("inspector"))[0]
    held = action(wexcombe, by="inspector", case=mine)
    assert (held.round, held.case) == (done, mine)
    with pytest.raises(Refused):
        action(wexcombe, by="inspector-2", case=mine)
    assert [one.action for one in queries.of_inspection(wexcombe["lead"], wexcombe.inspection, round_="1")] == [held]


def test_actions_are_searched_in_memory_and_the_words_are_nowhere_in_clear(wexcombe: Story) -> None:
    held, _ = action(wexcombe, says="Ring the zebra school."), action(wexcombe, says="Write to the nurse.")
    found = queries.of_inspection(wexcombe["lead"], wexcombe.inspection, words="ZEBRA ring")
    assert [one.action for one in found] == [held]
    assert b"zebra" not in bytes(AuditAction.objects.get(pk=held.pk).sealed)
    assert not any("zebra" in str(one.__dict__) for one in Entry.objects.all())


def test_a_change_made_meanwhile_clashes_and_a_new_owner_of_the_council_reads_it(wexcombe: Story) -> None:
    held = action(wexcombe)
    words: dict[str, Any] = {"owner": wexcombe.person("improvement-lead"), "due": date(2030, 4, 1)}
    actions.change_action(action=held, says="Ring twice.", version=1, by=wexcombe["lead"], **words)
    with pytest.raises(Clash):
        actions.change_action(action=held, says="Ring once.", version=1, by=wexcombe["lead"], **words)
    assert [one.mark for one in queries.waiting_for(wexcombe["improvement-lead"])] == ["Action 1"]


def test_the_same_key_gives_one_action_and_what_is_late_is_counted(wexcombe: Story) -> None:
    key = uuid4()
    assert action(wexcombe, client_key=key) == action(wexcombe, client_key=key)
    AuditAction.objects.update(due=timezone.localdate() - timedelta(days=1))
    told = queries.counted(queries.actions_visible_to(wexcombe["lead"]))
    assert (told.all, told.waiting, told.late) == (1, 1, 1)


def test_learning_is_written_changed_and_marked_as_shared(wexcombe: Story) -> None:
    done, key = drawn(wexcombe), uuid4()
    words: dict[str, Any] = {"says": "Ask the child first.", "round_": done, "theme": "Voice"}
    held = actions.write_learning(inspection=wexcombe.inspection, client_key=key, by=wexcombe["lead"], **words)
    held = actions.change_learning(learning=held, version=1, by=wexcombe["lead"], **{**words, "theme": "The child"})
    with pytest.raises(Clash):
        actions.change_learning(learning=held, version=1, by=wexcombe["lead"], **words)
    today, share = timezone.localdate(), {"how": "Practice hour", "client_key": key, "by": wexcombe["lead"]}
    for _ in range(2):
        actions.mark_shared(learning=held, with_whom="North team", day=today, **share)
    assert (Learning.objects.count(), Shared.objects.get().with_whom) == (1, "North team")
    again = {**share, "client_key": uuid4()}
    for whom, day, says in (("", today, "which team"), ("South", today + timedelta(days=1), "once it is")):
        with pytest.raises(Refused, match=says):
            actions.mark_shared(learning=held, with_whom=whom, day=day, **again)
    with pytest.raises(Refused):
        actions.write_learning(inspection=wexcombe.inspection, client_key=uuid4(), by=wexcombe["inspector"], **words)
    assert queries.all_learned(wexcombe.inspection, wexcombe["inspector"])[0].says == "Ask the child first."


def test_themes_are_counted_by_file_and_round(wexcombe: Story) -> None:
    """A second, plain count: each file once for a theme, from the stored answers."""
    question = next(one for one in instruments.load("case-review-short-1").questions if one.theme)
    rounds = [drawn(wexcombe), drawn(wexcombe)]
    for number, done in enumerate(rounds):
        for place, case in enumerate(Case.objects.filter(draw=done.draw, reserve=False)):
            bad = {question.id: Typed("inadequate" if question.kind == "practice" else "no", "Short.")}
            signed(wexcombe, case, **(bad if place < 3 + number else {}))
    told = queries.themes(wexcombe.inspection, wexcombe["lead"])
    theme = question.theme.replace("-", " ").capitalize()
    found = next(one for one in told.themes if one.name == theme and one.source == "Question")
    held = {one.id: one for one in instruments.load("case-review-short-1").questions if one.theme == question.theme}
    for done, count in zip(rounds, found.rounds, strict=True):
        rows = Answer.objects.filter(review__case__draw=done.draw, question__in=held)
        short = Counter(
            one.review_id for one in rows if reaches(held[one.question], one.value, Line()) is False
        )  # fmt: skip
        assert count == Counted(len(short), 9)
    assert not told.enough and found.range == ""


def brought(made: Story, other: Story) -> Any:
    return actions.bring_own_audits(inspection=other.inspection, programme=made.inspection, by=other["lead"])


def known_in(made: Story) -> None:
    """Who is behind each pseudonym, as the worker would have kept it."""
    key = sealing.key_of(made.inspection)
    for number in range(1, 61):
        name = f"C-{number:07d}"
        mark = sealing.fingerprint(key, "child", f"{REAL_ID}-{name}").hex()
        Identity.objects.create(inspection=made.inspection, pseudonym=name, fingerprint=mark)


def inspected(made: Story) -> Story:
    """An inspection of the same council, led by the same person."""
    other = story()
    who = made.person("lead")
    began = timezone.now() - timedelta(days=1)
    Membership.objects.create(inspection=other.inspection, person=who, role="lead", valid_from=began)
    other.people["lead"] = who
    known_in(other)
    return other


def test_the_programmes_grades_stand_beside_the_inspectors_for_the_same_children_alone(wexcombe: Story) -> None:
    done = drawn(wexcombe)
    for case in Case.objects.filter(draw=done.draw, reserve=False)[:5]:
        signed(wexcombe, case)
    other = inspected(wexcombe)
    sample = other.draw(size=40)
    here = set(sample.cases.filter(reserve=False).values_list("pseudonym", flat=True))
    audited = set(
        Case.objects.filter(draw=done.draw, status="reviewed").values_list("pseudonym", flat=True)
    )  # fmt: skip
    assert audited & here and len(audited) == 5
    told = brought(wexcombe, other)
    rows = OwnAudit.objects.filter(inspection=other.inspection)
    assert {one.case.pseudonym for one in rows} == audited & here
    assert (told.children, told.grades, told.stood) == (len(audited & here), rows.count(), 0)
    assert "round of January 2026" in rows[0].source
    again = brought(wexcombe, other)
    assert (again.grades, again.stood) == (0, rows.count())
    codes = list(Entry.objects.values_list("event", flat=True))
    assert "own-audit.brought" in codes and "vault.looked" in codes


def test_grades_of_another_council_or_of_a_programme_one_may_not_read_are_not_brought(wexcombe: Story) -> None:
    other = inspected(wexcombe)
    assert [one.inspection for one in queries.sources(other.inspection, other["lead"])] == [wexcombe.inspection]
    stranger = other["analyst"]
    with pytest.raises(Refused):
        actions.bring_own_audits(inspection=other.inspection, programme=wexcombe.inspection, by=stranger)
    wexcombe.inspection.authority = "Elsewhere"
    wexcombe.inspection.save()
    with pytest.raises(Refused, match="another authority"):
        brought(wexcombe, other)
    assert not queries.sources(other.inspection, actor_for(wexcombe.person("lead"), second_factor=True))
    assert not Round.objects.filter(status="drawn").exists()


@pytest.mark.parametrize(
    ("short", "files", "says"),
    [
        (0, 4, "0 of 4"), (3, 4, "1 to 4 of 4"), (5, 30, "1 to 5 of 30"), (6, 30, "6 of 30"),
        (27, 30, "all but 1 to 5 of 30"), (30, 30, "30 of 30"),
    ],
)  # fmt: skip
def test_small_counts_are_not_told_closer(short: int, files: int, says: str) -> None:
    assert small(Counted(short, files)) == says


def test_proof_that_nobody_accepted_leaves_an_action_past_its_day() -> None:
    made = story()
    held = actions.give_action(
        inspection=made.inspection, says="Look again.", owner=made.person("inspector"), due=timezone.localdate(),
        client_key=uuid4(), by=made["lead"],
    )  # fmt: skip
    AuditAction.objects.update(due=timezone.localdate() - timedelta(days=3))
    held.refresh_from_db()
    held = actions.prove_action(
        action=held, says="Done on Monday.", item=None, version=held.version, by=made["inspector"]
    )  # fmt: skip
    today = timezone.localdate()
    assert held.late(today) and held.waits_to_be_accepted and not held.waiting
    told = queries.counted([held], today)
    assert (told.waiting, told.to_settle, told.late, told.late_said) == (0, 1, 1, 1)
    listed = queries.of_inspection(made["lead"], made.inspection, status="late")
    assert [one.action for one in listed] == [held]
    held = actions.settle_action(action=held, to="accepted", because="", version=held.version, by=made["lead"])
    assert not held.late(today) and queries.of_inspection(made["lead"], made.inspection, status="late") == []
