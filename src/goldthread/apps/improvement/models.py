"""What a council is asked to better, the goals by which that is told, and what was found of each goal since.

Only counts are kept of what was found: nothing here tells of one child. What a recommendation says is sealed all the
same, since people write freely.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models

from goldthread.apps.documents.models import Document
from goldthread.apps.findings.models import Confidence, Finding
from goldthread.apps.inspections.models import Walled
from goldthread.apps.surveys.models import Theme
from goldthread.domain import lifecycle
from goldthread.domain.control_charts import Direction
from goldthread.domain.improving import Aim, Sampled


class Recommendation(Walled):
    """One thing to better: by whom, by when. `status` is the inspectors' word, `owners_word` that of its owner.

    It may rest on a `finding`, and answer a `theme` of what people wrote in a survey. `series` names one of those that
    are made ready for a council; empty for one that was written here.
    """

    number = models.PositiveIntegerField()
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations")
    owner = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    sealed = models.BinaryField()
    series = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=20, default=lifecycle.Recommendation.DRAFT)
    owners_word = models.CharField(max_length=20, default=lifecycle.OwnersWord.AT_WORK)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_recommendation_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_recommendation_a_number"),
            models.UniqueConstraint(
                fields=["inspection", "series"], condition=~models.Q(series=""), name="one_recommendation_a_series"
            ),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it."""
        return f"Recommendation {self.number}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"recommendation:{self.pk}"

    @property
    def live(self) -> bool:
        """Whether the council has it, and it is not closed."""
        return self.status in (lifecycle.Recommendation.OPEN, lifecycle.Recommendation.REOPENED)

    @property
    def waits_for_owner(self) -> bool:
        """Whether its owner has still to do it, or to say so."""
        return self.live and self.owners_word == lifecycle.OwnersWord.AT_WORK

    @property
    def live_goals(self) -> list["Goal"]:
        """The goals that were not taken away, in the order in which they were set."""
        return [one for one in self.goals.all() if one.withdrawn_at is None]

    @property
    def waits_to_be_accepted(self) -> bool:
        """Whether its owner says that it is done, and the inspectors have not closed it."""
        return self.live and self.owners_word == lifecycle.OwnersWord.DONE

    def late(self, today: date) -> bool:
        """Whether its day is past and it is not closed: what is only said to be done is late still."""
        return self.live and self.due < today

    def owners(self) -> Iterable[str]:
        """Whoever wrote it, and whoever is to do it."""
        return [*super().owners(), str(self.owner_id)]

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("recommendation", str(self.pk), f"recommendation {self.number}")


class RecommendationTurn(models.Model):
    """One thing done or said of a recommendation, by either side."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=20)
    sealed = models.BinaryField(null=True, blank=True)
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.recommendation_id}"


class PlannedAction(Walled):
    """One thing that the council says that it will do about a recommendation. `sealed` says what, and by whom.

    It stands on the council's side and crosses the wall as it is written. Whoever is to do it is named in words, as an
    office or a person of the council: they need no account. `due` is the day that stands now; earlier ones stand in
    the turns. Only the inspectors accept that it is done, and it closes no recommendation.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="planned")
    number = models.PositiveIntegerField()
    due = models.DateField()
    sealed = models.BinaryField()
    status = models.CharField(max_length=20, default=lifecycle.PlannedAction.PLANNED)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_planned_action_a_client_key"),
            models.UniqueConstraint(fields=["recommendation", "number"], name="one_planned_action_a_number"),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it."""
        return f"Action {self.number} of recommendation {self.recommendation.number}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"planned-action:{self.pk}"

    @property
    def stands(self) -> bool:
        """Whether it is still to be accepted, of a recommendation that is open: said done is not done yet."""
        over = (lifecycle.PlannedAction.ACCEPTED, lifecycle.PlannedAction.DROPPED)
        return self.status not in over and self.recommendation.live

    @property
    def waits_for_council(self) -> bool:
        """Whether the council has still to do it, or to say and show that it did."""
        return self.stands and not self.waits_to_be_accepted

    @property
    def waits_to_be_accepted(self) -> bool:
        """Whether the council says that it is done, and no inspector has said whether that is shown."""
        return self.stands and self.status == lifecycle.PlannedAction.SAID_DONE

    def late(self, today: date) -> bool:
        """Whether its day is past and nobody accepted it."""
        return self.stands and self.due < today

    def owners(self) -> Iterable[str]:
        """Whoever wrote it, and whoever owns the recommendation."""
        return [*super().owners(), str(self.recommendation.owner_id)]

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        told = f"action {self.number} of recommendation {self.recommendation.number}"
        return ("planned-action", str(self.pk), told)


class PlannedTurn(models.Model):
    """One thing done or said of a planned action. `document` proves it; `was_due` is the day that stood before."""

    action = models.ForeignKey(PlannedAction, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=20)
    sealed = models.BinaryField(null=True, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    was_due = models.DateField(null=True, blank=True)
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.action_id}"


class Goal(models.Model):
    """By what it is told whether a recommendation made a difference: a share, its direction and its target in per cent.

    `measured` names a measure, a check of a whole list or a question of an instrument (`queries.sources`); `title` is
    its title as the goal was set. `due` is the day by which the target is to be reached, where one was set. `closed_on`
    is what was found when the recommendation was closed. A goal that was taken away has `withdrawn_at`, and a turn that
    says why; what was found of it stays.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="goals")
    measured = models.CharField(max_length=150)
    title = models.CharField(max_length=400)
    better = models.CharField(max_length=10)
    target = models.PositiveSmallIntegerField()
    due = models.DateField(null=True, blank=True)
    closed_on = models.ForeignKey("Reading", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField()
    made_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "client_key"], name="one_goal_a_client_key"),
            models.UniqueConstraint(
                fields=["recommendation", "measured"], condition=models.Q(withdrawn_at=None), name="one_goal_a_measure"
            ),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"Goal of {self.recommendation_id}"

    @property
    def aim(self) -> Aim:
        """The goal as the domain judges it."""
        return Aim(Direction(self.better), self.target)


class Reading(models.Model):
    """What was found of a goal: `met` of `of` files on a day, by which definition, of a list of `listed`.

    The first of a goal is its baseline, as it stood then; draws of few files are its baseline together, and each says
    so in `of_baseline`. `source` names the hand-in or the draw that it comes from: each is read once.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="readings")
    source = models.CharField(max_length=90)
    day = models.DateField()
    met = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    listed = models.PositiveIntegerField(null=True, blank=True)
    definition = models.TextField()
    of_baseline = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goal", "source"], name="one_reading_a_source"),
            models.UniqueConstraint(fields=["goal", "day"], name="one_reading_a_day"),
        ]
        ordering: ClassVar = ["day", "pk"]

    def __str__(self) -> str:
        return f"Reading of {self.goal_id} on {self.day}"

    @property
    def sampled(self) -> Sampled:
        """The share as the domain judges it."""
        return Sampled(self.met, self.of, self.definition, self.listed)


class YouSaid(Walled):
    """What families said and what changed, in words for them; public once it is shown, beside the survey's address.

    `share`, `of` and `outcome` are written as it is shown, and stay so: the share of the theme among the texts that
    were read, and what the goals of the recommendation showed. `promised` says that it was told as a promise and not
    as a change: by then its owner called nothing done, and nothing better was found. `in_languages` holds both texts by
    the code of a language, for those into which somebody translated them. `may_stand` is why what was marked in it may
    be read by everybody, in the words of whoever showed it; empty where nothing was marked. `councils_yes` is whether
    the council said yes to it: what is only promised is its to promise, and it crosses the wall when it is asked.
    `looked_with` names the lists by which it was looked through last and `marked` what was marked as it was shown, in
    words that quote nothing; `marked_since` is what later lists mark besides, found on the day `marked_on`.
    """

    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="you_said")
    said = models.CharField(max_length=300)
    changed = models.CharField(max_length=600)
    in_languages = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=12, default=lifecycle.YouSaid.DRAFT)
    share = models.CharField(max_length=20, blank=True)
    of = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    promised = models.BooleanField(default=False)
    shown_on = models.DateField(null=True, blank=True)
    may_stand = models.TextField(blank=True, default="")
    councils_yes = models.CharField(max_length=12, default=lifecycle.CouncilsYes.NOT_ASKED)
    looked_with = models.CharField(max_length=64, blank=True, default="")
    marked = models.JSONField(default=list, blank=True)
    marked_since = models.JSONField(default=list, blank=True)
    marked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["recommendation__number"]

    def __str__(self) -> str:
        return f"What families are told of {self.recommendation_id}"

    @property
    def shown(self) -> bool:
        """Whether everybody who has the survey's address reads it."""
        return self.status == lifecycle.YouSaid.SHOWN

    def owners(self) -> Iterable[str]:
        """Whoever wrote it, and whoever owns the recommendation: it is theirs to promise."""
        return [*super().owners(), str(self.recommendation.owner_id)]

    def journal_subject(self) -> tuple[str, str, str]:
        """By its recommendation; never in its words."""
        return ("you-said", str(self.pk), f"what families are told of recommendation {self.recommendation.number}")


class Agreement(models.Model):
    """Whether somebody agrees that it changed. It is nobody's: it knows neither who nor from where, and its day alone.

    `id` was drawn by chance as the page was opened, so that the same sending twice is one. `day` tells of a day on
    which far more came than usual; None where it came before days were kept.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    about = models.ForeignKey(YouSaid, on_delete=models.PROTECT, related_name="agreements")
    place = models.PositiveIntegerField()
    answer = models.CharField(max_length=10)
    day = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["about", "place"], name="one_agreement_a_place")]
        ordering: ClassVar = ["place"]

    def __str__(self) -> str:
        return f"An answer about {self.about_id}"


class CapacityJudgement(Walled):
    """What the team holds of an authority's capacity to improve, as it was decided once. There is no grade of it.

    A later decision is a further row with the next number; none is changed. `sustained`, `learning` and `recurrence`
    say what each kind of evidence shows, `evidence` holds the sentences that stood beside them then, by kind.
    """

    number = models.PositiveIntegerField()
    statement = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    sustained = models.TextField()
    learning = models.TextField()
    recurrence = models.TextField()
    reasons = models.TextField()
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="one_capacity_judgement_a_number"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"Capacity to improve, decision {self.number}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("capacity", str(self.inspection_id), f"the judgement of capacity to improve, decision {self.number}")
