"""That the crawl and the canaries would tell: of a wall taken down, a policy that lets all in, identities left in lists
and a day or a postcode however it is written."""

from collections.abc import Callable

import pytest
from django.db.models import Q
from django.urls import reverse
from tests.asking import Asker
from tests.canary_lists import lists
from tests.crawling import STARTS, Crawl
from tests.data_world import AS_AT
from tests.submissions_story import Held
from tests.world import World

from goldthread.apps.access import policy
from goldthread.apps.access.policy import Decision
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions import pseudonymise, reading_frames, worker
from goldthread.apps.submissions.actions import receive

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def crawl(world: World, asker: Asker) -> Crawl:
    return Crawl(world, asker)


def leaks_of(crawl: Crawl, actor: str, *starts: str) -> list[str]:
    return crawl.follow(actor, *STARTS, *starts, most=60).leaks


def test_the_crawl_notices_a_wall_taken_down(world: World, crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    start = reverse("submissions", kwargs={"inspection": world.own.inspection.pk})
    assert leaks_of(crawl, "uploader", start) == []
    monkeypatch.setattr(inspections, "wall", lambda *args, **kwargs: Q())
    assert any("staged-by-another" in leak for leak in leaks_of(crawl, "uploader", start))
    assert any("of other" in leak for leak in leaks_of(crawl, "lead"))


def test_the_crawl_notices_a_policy_that_lets_everybody_in(
    world: World, crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = reverse("inspection_overview", kwargs={"inspection": world.other.inspection.pk})
    monkeypatch.setattr(policy, "decide", lambda *args: Decision(True, "Let them all in.", role="lead"))
    assert any("of other" in leak for leak in leaks_of(crawl, "no-role", start))


def test_the_crawl_notices_identities_left_in_the_lists(
    world: World, crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column that slips past the vault is shown among the issues at once."""
    for module in (pseudonymise, reading_frames):
        monkeypatch.setattr(module, "identifying", lambda table, column: False)
    own = world.own
    with Held(lists(world.canaries, "staged", "own")) as upload:
        sent = receive(
            inspection=own.inspection, upload=upload, label="mutant.xlsx", client_key=own.inspection.pk, as_at=AS_AT,
            by=own["uploader"],
        )  # fmt: skip
    worker.read_all()
    start = reverse("submission_issue_rows", kwargs={"inspection": own.inspection.pk, "submission": sent.pk})
    assert any("vault" in leak for leak in leaks_of(crawl, "uploader", start))


@pytest.mark.parametrize("way", ["{0}", "{0:%d/%m/%Y}", "{0:%-d %B %Y}", "{0:%d %b %Y}", "{0:%Y%m%d}", "{0:%d.%m.%y}"])
def test_a_date_of_birth_is_known_however_it_is_written(world: World, way: str) -> None:
    day, canary = next(iter(world.canaries.births.items()))
    assert canary in world.canaries.found_in(f"born {way.format(day)}, it says")


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda text: text.replace(" ", "")])
def test_a_postcode_is_known_however_it_is_written(world: World, change: Callable[[str], str]) -> None:
    postcode = next(one for one in world.canaries.planted.values() if one.what == "postcode")
    assert postcode in world.canaries.found_in(f"at {change(postcode.word)}.")
