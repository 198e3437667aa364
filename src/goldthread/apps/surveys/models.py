"""Surveys, invitations to them, and what came back; between an invitation and an answer there is no join.

A code knows its survey, and an answer knows its survey: neither has a key, an order or a time of the other. The
numbers of codes, answers and words are drawn by chance, and SQLite keeps rows in the order of these numbers, so that
their place in the file tells nothing of when they came. An answer carries its day and no more.
"""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from goldthread.apps.access.policy import Target
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.models import Inspection, Walled
from goldthread.domain import lifecycle, surveys

Status = lifecycle.Survey
WordsStatus = lifecycle.SurveyWords
ThemeStatus = lifecycle.SurveyTheme
FamilyStatus = lifecycle.AskedFamily


def by_chance() -> int:
    """A number that says nothing: 62 bits, drawn by chance."""
    return secrets.randbits(62)


class Survey(Walled):
    """A survey of an inspection. `link` is the last part of its public address; `by_link` whether it may be answered
    without a code; `closes` the last day on which it may be answered; `draw` the sample whose children's families it
    asks, where it asks those."""

    number = models.PositiveIntegerField()
    template = models.CharField(max_length=40)
    link = models.CharField(max_length=24, unique=True)
    by_link = models.BooleanField(default=False)
    closes = models.DateField()
    draw = models.OneToOneField(Draw, null=True, blank=True, on_delete=models.PROTECT, related_name="survey")
    status = models.CharField(max_length=12, default=Status.OPEN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_survey_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_survey_a_number"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it: S2."""
        return f"S{self.number}"

    @property
    def asked(self) -> surveys.Template:
        """What it asks, in English."""
        return surveys.load(self.template)

    @property
    def who(self) -> str:
        """Whom it asks."""
        return surveys.WHO[self.template]

    @property
    def last_day(self) -> date | None:
        """The last day on which it may be, or was, answered; None where it was closed before the day that was set."""
        return self.closes if self.status == Status.OPEN or self.closes <= timezone.localdate() else None

    def closed_because(self) -> str:
        """Nothing is added to a closed survey."""
        return "This survey is closed." if self.status == Status.CLOSED else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number and whom it asks."""
        return ("survey", str(self.pk), f"survey {self.mark} of {self.who.lower()}")


class Invitations(Walled):
    """Letters to a group of people, with a code each. The codes are worked out of the inspection's key again whenever
    letters are printed, and are stored nowhere.

    `handed_out` of them were printed before more were added; `printed_on` is the day of the last printing.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    group = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    handed_out = models.PositiveIntegerField(default=0)
    printed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_invitations_a_client_key")
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"{self.size} letters"


class AskedFamily(Walled):
    """That the family of a child whose file was drawn is asked, or is left out and why.

    It knows with which letters theirs was printed, never which: no code and no answer leads back to a case.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="families")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="families_asked")
    invitations = models.ForeignKey(
        Invitations, null=True, blank=True, on_delete=models.PROTECT, related_name="families"
    )
    status = models.CharField(max_length=12, default=FamilyStatus.LEFT_OUT)
    left_out = models.CharField(max_length=20, blank=True)
    invited_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "case"], name="a_family_once_a_survey")]
        ordering: ClassVar = ["case__number"]

    def __str__(self) -> str:
        return f"Family of {self.case_id}"


class Code(models.Model):
    """That a code exists, by its keyed fingerprint, and whether it was used: not when, and not for which answer."""

    id = models.BigAutoField(primary_key=True, editable=False)
    invitations = models.ForeignKey(Invitations, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    spent = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "A code"


class Answer(models.Model):
    """What somebody chose: the ids of answers by the ids of questions, the day, and by which way it came."""

    id = models.BigAutoField(primary_key=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    day = models.DateField()
    way = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    easy = models.BooleanField(default=False)
    chosen = models.JSONField(default=dict)

    def __str__(self) -> str:
        return "An answer"


class Words(models.Model):
    """What somebody wrote, sealed. It stands apart from what they chose: no key leads from one to the other.

    `tier` is what may be done with it; `pressing` that it holds a word which often stands where a child is not safe;
    `alike` is a keyed fingerprint, so that the very same words sent many times are seen. `themed` says that somebody
    read it for themes, also where none fits.
    """

    id = models.BigAutoField(primary_key=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="words")
    question = models.CharField(max_length=40)
    day = models.DateField()
    language = models.CharField(max_length=8)
    tier = models.CharField(max_length=12)
    pressing = models.BooleanField(default=False)
    alike = models.CharField(max_length=64)
    sealed = models.BinaryField()
    done = models.BinaryField(null=True, blank=True)
    status = models.CharField(max_length=12, default=WordsStatus.WAITING)
    themed = models.BooleanField(default=False)
    settled_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "Words of a survey"

    @property
    def inspection(self) -> Inspection:
        """The inspection."""
        return self.survey.inspection

    @property
    def inspection_id(self) -> object:
        """The inspection's id."""
        return self.survey.inspection_id

    @property
    def purpose(self) -> str:
        """For what they are sealed."""
        return f"survey-words:{self.pk}"

    def owners(self) -> Iterable[str]:
        """Nobody's own: whoever wrote it has no account."""
        return ()

    def target(self, *, changing: bool = False) -> Target:
        """The words as the policy asks about them."""
        return Target(within=self.inspection, side=Side.TEAM)

    def journal_subject(self) -> tuple[str, str, str]:
        """By the survey; never in its words."""
        return ("survey-words", str(self.pk), f"survey {self.survey.mark} of {self.survey.who.lower()}")


class Theme(Walled):
    """A theme into which people sort what was written. `means` says what belongs there.

    One that was merged keeps its texts, so that taking the merging back gives all of them back; they count for the
    theme that it was merged into.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="themes")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    means = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, default=ThemeStatus.IN_USE)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_theme_a_client_key"),
            models.UniqueConstraint(fields=["survey", "number"], name="one_theme_a_number"),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it: T2."""
        return f"T{self.number}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number and its survey; what it is called is the team's to read."""
        return ("survey-theme", str(self.pk), f"theme {self.mark} of survey {self.survey.mark}")


class Hurried(models.Model):
    """How many answers of a day came by the open link quickly from one place, and in how many bursts.

    Which they were is known to nobody: no answer leads here, and no place is kept.
    """

    id = models.BigAutoField(primary_key=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="hurried")
    day = models.DateField()
    bursts = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "day"], name="hurried_once_a_day")]
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.answers} in {self.bursts} bursts"


class Coded(models.Model):
    """That somebody sorted a text into a theme."""

    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="coded")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="coded")
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["words", "theme"], name="a_text_once_in_a_theme")]

    def __str__(self) -> str:
        return f"A text of {self.theme_id}"


class Shelved(Walled):
    """That a result of a survey, words of it or a theme of them stand on the evidence shelf."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="shelved")
    question = models.CharField(max_length=40)
    words = models.ForeignKey(Words, null=True, blank=True, on_delete=models.PROTECT, related_name="shelved")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="shelved")
    evidence_item = models.OneToOneField(EvidenceItem, on_delete=models.PROTECT, related_name="survey_result")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_shelved_result_a_client_key")
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"A result of {self.survey_id}"
