"""Writing down what was learned, and marking with whom it was shared."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.programme.models import LONGEST_TEAM, Learning, Round, Shared
from goldthread.apps.programme.queries.learning import learning_words
from goldthread.apps.submissions.actions import make_key

LONGEST, LONGEST_THEME, LONGEST_HOW = 2000, 60, 200


@transaction.atomic
def write_learning(
    *, inspection: Inspection, says: str, round_: Round | None, theme: str, client_key: UUID, by: Actor
) -> Learning:  # fmt: skip
    """Write down what was learned, from a round or from several. The same key twice gives the same."""
    require(by, Permission.PROGRAMME_RUN, inspection.target(side=Side.TEAM))
    if existing := Learning.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    _sound(inspection, says, round_, theme)
    make_key(inspection=inspection, by=by)
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    last = Learning.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = Learning(
        inspection=inspection, side=Side.TEAM, client_key=client_key, number=last + 1, round=round_,
        theme=" ".join(theme.split()), created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    made.sealed = sealed_words(inspection, {"says": says.strip()}, made.purpose) or b""
    made.save()
    journal(Events.LEARNING_WRITTEN, by=by, about=made, chain=inspection.pk)
    return made


@transaction.atomic
def change_learning(
    *, learning: Learning, says: str, round_: Round | None, theme: str, version: int, by: Actor
) -> Learning:  # fmt: skip
    """Word it otherwise. Raises Clash where it was changed meanwhile."""
    rows = Learning.objects.select_for_update(of=("self",)).select_related("inspection")
    learning = rows.get(pk=learning.pk)
    require(by, Permission.PROGRAMME_RUN, learning.target())
    theme = " ".join(theme.split())
    yours = {"says": says.strip(), "theme": theme}
    require_version(learning.version, version, theirs=learning_words(learning), yours=yours, about=learning)
    _sound(learning.inspection, says, round_, theme)
    learning.sealed = sealed_words(learning.inspection, {"says": says.strip()}, learning.purpose) or b""
    learning.round, learning.theme, learning.version = round_, theme, learning.version + 1
    learning.save()
    journal(Events.LEARNING_CHANGED, by=by, about=learning, chain=learning.inspection_id)
    return learning


@transaction.atomic
def mark_shared(
    *, learning: Learning, with_whom: str, how: str, day: date, client_key: UUID, by: Actor
) -> Shared:  # fmt: skip
    """Mark with which team or group it was shared, on which day and how. The same key twice marks it once."""
    require(by, Permission.PROGRAMME_RUN, learning.target())
    if existing := Shared.objects.filter(learning=learning, client_key=client_key).first():
        return existing
    with_whom, how = " ".join(with_whom.split()), " ".join(how.split())
    if not with_whom or len(with_whom) > LONGEST_TEAM:
        raise Refused(f"Say with which team or group, in at most {LONGEST_TEAM} letters.")
    if len(how) > LONGEST_HOW:
        raise Refused(f"Say how in at most {LONGEST_HOW} letters.")
    if day > timezone.localdate():
        raise Refused("It is marked as shared once it is: choose today or an earlier day.")
    made = Shared.objects.create(
        learning=learning, with_whom=with_whom, how=how, day=day, client_key=client_key,
        by_id=None if by.programme else by.id,
    )  # fmt: skip
    journal(Events.LEARNING_SHARED, by=by, about=learning, chain=learning.inspection_id, day=str(day))
    return made


def _sound(inspection: Inspection, says: str, round_: Round | None, theme: str) -> None:
    if not says.strip() or len(says) > LONGEST:
        raise Refused(f"Say what was learned, in at most {LONGEST:,} letters.")
    if len(" ".join(theme.split())) > LONGEST_THEME:
        raise Refused(f"The name of a theme has at most {LONGEST_THEME} letters.")
    if round_ is not None and round_.inspection_id != inspection.pk:
        raise Refused("This round belongs to another programme.", hidden=True)
