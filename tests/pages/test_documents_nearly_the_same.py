"""Documents that are nearly the same: told to whoever may see both, with what differs, and to nobody else."""

import pytest
from django.db import connection
from tests import documents_story as make
from tests.documents_story import Story, send, submitted
from tests.pages.test_documents import at, browser, words

from goldthread.apps.documents import actions, learner, queries
from goldthread.apps.documents.models import DocumentText, NearCopy

pytestmark = pytest.mark.django_db

WHOLE = " ".join(f"In team {n} every child is seen alone at visit {n}, and a manager reads why not." for n in range(40))
CHANGED = WHOLE.replace("In team 7 every child is seen alone", "In team 7 most children are seen alone")
OTHER = " ".join(
    f"The car park of district {n} is resurfaced in spring, and bus {n} stops elsewhere." for n in range(40)
)


@pytest.fixture
def told() -> Story:
    return make.story()


def test_the_uploader_is_told_before_submitting_and_what_differs(told: Story) -> None:
    first, second = send(told, WHOLE, "Visits.txt"), send(told, CHANGED, "Visits again.txt")
    send(told, OTHER, "Parking.txt")
    learner.learn_all()
    pair = NearCopy.objects.get()
    assert (pair.later_id, pair.earlier_id) == (second.pk, first.pk) and pair.percent >= 75
    uploader, officer = browser(told, "uploader"), browser(told, "nominated-officer")
    assert "Nearly the same as L1, “Visits”" in words(uploader.get(at(told, "documents_upload")))
    assert "Nearly the same as L1, “Visits”." in words(officer.get(at(told, "documents_submit")))
    assert "Nearly the same as L2, “Visits again”" in words(uploader.get(at(told, "documents")))
    page = words(uploader.get(at(told, "document", document=second.pk)))
    assert "Only here:In team 7 most children are seen alone at visit 7" in page
    assert "Only in L1:In team 7 every child is seen alone" in page
    assert "1 sentence only here, 1 only there" in page and "upload it there as a new version" in page
    assert "Nearly the same" not in words(uploader.get(at(told, "document", document=_parking())))


def _parking() -> object:
    return DocumentText.objects.get(document__title="Parking").document_id


def test_who_sees_one_of_them_is_not_told_of_the_other(told: Story) -> None:
    first = submitted(told, WHOLE, "Visits.txt")
    second = send(told, CHANGED, "Visits again.txt")
    learner.learn_all()
    inspector = browser(told, "inspector")
    for where in (at(told, "document", document=first.pk), at(told, "documents")):
        assert "Nearly the same" not in words(inspector.get(where))
    assert queries.near_copies(told["uploader-2"], [second]) == {}
    actions.submit(
        inspection=told.inspection, documents=[(second, make.fresh(second).version)], by=told["nominated-officer"]
    )
    page = words(inspector.get(at(told, "document", document=first.pk)))
    assert "L2, “Visits again”" in page and "upload it there" not in page
    assert "Nearly the same as L2" in words(inspector.get(at(told, "documents")))
    now = make.fresh(second)
    actions.withdraw(document=now, because="Twice", version=now.version, by=told["nominated-officer"])
    assert "Nearly the same" not in words(inspector.get(at(told, "document", document=first.pk)))


def test_versions_and_short_texts_are_not_told_of(told: Story) -> None:
    old = submitted(told, WHOLE, "Visits.txt")
    send(told, CHANGED, replaces=old)
    send(told, "Two words.", "Short.txt")
    send(told, "Two  words.", "Short again.txt")
    learner.learn_all()
    assert not NearCopy.objects.exists() and not DocumentText.objects.filter(sketch=b"").exists()
    assert not learner.compare_next()


def test_what_texts_are_compared_by_lies_sealed(told: Story) -> None:
    row = send(told, WHOLE, "Visits.txt")
    learner.learn_all()
    with connection.cursor() as asking:
        asking.execute("SELECT sketch FROM documents_documenttext")
        kept = bytes(asking.fetchall()[0][0])
    from goldthread.apps.documents import holdings

    held = holdings.sketch_of(told.inspection, row.pk, kept)
    assert held and held[0].to_bytes(8, "big") not in kept
