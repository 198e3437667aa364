"""Making a draw, letting the authority see it, replacing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.actions.second_readings import end_with_its_case
from goldthread.apps.cases.asked import require_current
from goldthread.apps.cases.drawing import DrawPlan, Particulars, day_of, draw_from, frame_of, why_not_drawable
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.cases.pasted import names_of, sealed_unknown
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle, sampling

if TYPE_CHECKING:
    from goldthread.kernel.frames import Frame
    from goldthread.kernel.theme_frames import Limited

LONGEST_SEED = 60


@transaction.atomic
def make_draw(
    *, inspection: Inspection, submission: Submission, purpose: str, population: str, strata_by: Sequence[str],
    size: int, seed: str, instrument: str, client_key: UUID, by: Actor, minimum_per_stratum: int | None = None,
    design: str = sampling.Design.PROPORTIONAL.value, more: Particulars | None = None,
) -> Draw:  # fmt: skip
    """Draw a sample of children's files for review, by a design. The same key twice gives the same draw.

    Who was left out of the frame is counted by reason; who comes in when a case is set aside is drawn with the rest.
    Raises Refused where the submission, the plan or the instrument will not do.
    """
    require(by, Permission.DRAW_MAKE, Target(within=inspection, side=Side.TEAM))
    if existing := Draw.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    purpose, seed = " ".join(purpose.split()), seed.strip()
    _check(inspection, submission, purpose, seed, instrument, design)
    more = more or Particulars()
    names = names_of(more.written(), submission, by)
    more = more.named(names)
    plan = DrawPlan(population, tuple(strata_by), size, seed, minimum_per_stratum, design, more)
    limited = frame_of(submission, plan)
    plan = replace(plan, more=more.within(set(limited.frame.eligible["child"])))
    drawn = draw_from(limited.frame, plan)
    draw = _keep_draw(inspection, submission, plan, limited, drawn, purpose, instrument, client_key, by)
    _keep_cases(draw, drawn, limited.frame)
    journal(
        Events.DRAW_MADE, by=by, about=draw, chain=inspection.pk, submission=submission.sha256[:12], size=size,
        design=design, frame_size=drawn.frame_size, frame_hash=drawn.frame_hash, algorithm=drawn.algorithm,
        strata=len(drawn.strata), reserve=len(drawn.reserve), excluded=limited.frame.excluded.height,
        listed=draw.listed or 0, unknown=draw.unknown_count,
        looked_up=sum(name not in (word, word.upper()) for word, name in names.items()),
    )  # fmt: skip
    return draw


def _keep_draw(
    inspection: Inspection, submission: Submission, plan: DrawPlan, limited: Limited, drawn: sampling.Draw,
    purpose: str, instrument: str, client_key: UUID, by: Actor,
) -> Draw:  # fmt: skip
    last = Draw.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    frame, listed = limited.frame, plan.more.listed
    draw = Draw(
        inspection=inspection, side=Side.TEAM, client_key=client_key, created_by_id=None if by.programme else by.id,
        submission=submission, number=last + 1, purpose=purpose[:300], population=plan.population,
        says=frame.says[:200], as_at=day_of(submission), strata_by=list(plan.strata_by), size=plan.size,
        seed=plan.seed, minimum_per_stratum=plan.minimum_per_stratum, design=plan.design,
        particulars=plan.more.as_data(), listed=None if listed is None else len(listed),
        listed_twice=limited.twice, unknown_count=len(limited.unknown), algorithm=drawn.algorithm,
        frame_hash=drawn.frame_hash, frame_size=drawn.frame_size, strata=[asdict(one) for one in drawn.strata],
        excluded=[{"reason": reason, "rows": rows} for reason, rows in frame.reasons().items()],
        instrument=instrument,
    )  # fmt: skip
    draw.unknown = sealed_unknown(submission, draw.pk, limited.unknown)
    unknown = set(limited.unknown)
    if unknown and listed is not None:
        # What was pasted and names nobody may be anybody's ID: it is kept under seal and nowhere else.
        draw.particulars["listed"] = [child for child in listed if child not in unknown]
    draw.save()
    return draw


def _check(
    inspection: Inspection, submission: Submission, purpose: str, seed: str, instrument: str, design: str
) -> None:  # fmt: skip
    if submission.inspection_id != inspection.pk:
        raise Refused("This submission belongs to another inspection.", hidden=True)
    if because := why_not_drawable(submission):
        raise Refused(because)
    if not purpose:
        raise Refused("Say what the sample is for.")
    if design not in list(sampling.Design):
        raise Refused("Choose how the children are drawn.")
    if (sampling.Design(design).by_chance and not seed) or len(seed) > LONGEST_SEED:
        raise Refused(f"The seed must be a word or number of at most {LONGEST_SEED} letters.")
    require_current(instrument)


def _keep_cases(draw: Draw, drawn: sampling.Draw, frame: Frame) -> None:
    columns = list(dict.fromkeys(("service", *draw.strata_by)))
    wanted = {choice.id for choice in (*drawn.chosen, *drawn.reserve)}
    values = {
        child: dict(zip(columns, row, strict=True))
        for child, *row in frame.eligible.select("child", *columns).iter_rows()
        if child in wanted
    }
    choices = [*drawn.chosen, *drawn.reserve]
    Case.objects.bulk_create(
        Case(
            inspection_id=draw.inspection_id, side=draw.side, created_by_id=draw.created_by_id, draw=draw,
            number=number, pseudonym=choice.id, stratum=choice.stratum[:200], stratum_values=values[choice.id],
            reason=choice.reason[:300], siblings=choice.siblings, reserve=number > len(drawn.chosen),
            reserve_place=choice.order if number > len(drawn.chosen) else None,
        )
        for number, choice in enumerate(choices, 1)
    )  # fmt: skip


@transaction.atomic
def release_draw(*, draw: Draw, version: int, by: Actor) -> Draw:
    """Let the authority see which files were drawn, so that it can make them ready. It cannot be taken back."""
    draw = Draw.objects.select_for_update().select_related("inspection").get(pk=draw.pk)
    require(by, Permission.DRAW_RELEASE, draw.target())
    if draw.released_at is not None:
        return draw
    require_unchanged(draw, version, about=draw, chain=draw.inspection_id)
    require(by, Permission.DRAW_RELEASE, draw.target(changing=True))
    draw.released_at, draw.version = timezone.now(), draw.version + 1
    draw.save(update_fields=["released_at", "version"])
    journal(Events.DRAW_RELEASED, by=by, about=draw, chain=draw.inspection_id, files=draw.size)
    return draw


@transaction.atomic
def supersede_draw(*, draw: Draw, because: str, version: int, by: Actor) -> Draw:
    """Replace a draw: nothing more is done to its cases. Reviews that are signed off stay on the evidence shelf."""
    draw = Draw.objects.select_for_update().select_related("inspection").get(pk=draw.pk)
    require(by, Permission.DRAW_MAKE, draw.target())
    require_unchanged(draw, version, about=draw, chain=draw.inspection_id)
    lifecycle.require_move(lifecycle.Draw, draw.status, lifecycle.Draw.SUPERSEDED)
    because = " ".join(because.split())
    if not because:
        raise Refused("Say why the draw is replaced: somebody will ask whether children were picked.")
    draw.status, draw.superseded_because, draw.version = lifecycle.Draw.SUPERSEDED, because[:300], draw.version + 1
    draw.save(update_fields=["status", "superseded_because", "version"])
    end_with_its_case(cases=draw.cases.all(), because="The draw was replaced.", by=by)
    reviewed = draw.cases.filter(status=lifecycle.Case.REVIEWED).count()
    journal(Events.DRAW_SUPERSEDED, by=by, about=draw, chain=draw.inspection_id, reviewed=reviewed)
    return draw


@transaction.atomic
def record_export(*, draw: Draw, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes the record of a draw out of the house. Before it leaves."""
    require(by, Permission.DRAW_READ, draw.target())
    journal(
        Events.EXPORTED, by=by, about=draw, chain=draw.inspection_id, what="record of the draw", form=form, rows=rows
    )
