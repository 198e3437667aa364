"""Findings, what each cites, and the judgements that rest on them."""

from django.db import models
from django.utils import timezone

from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle


class FindingKind(models.TextChoices):
    """What a finding says about an area."""

    STRENGTH = "strength", "Strength"
    GOOD_PRACTICE = "good-practice", "Good practice"
    IMPROVE = "improve", "Area for improvement"
    PRIORITY = "priority", "Priority action"
    ENQUIRY = "enquiry", "Line of enquiry"


class Confidence(models.TextChoices):
    """How sure the team is, in plain words."""

    HIGH = "high", "We are confident: several kinds of evidence agree"
    MIDDLE = "middle", "We are fairly sure: one kind of evidence, or some that differs"
    LOW = "low", "We are not sure yet: a line to follow"


class Finding(Walled):
    """One statement about one area, with evidence for and against it.

    A line of enquiry asks instead of saying, and is agreed under no circumstances: it becomes a finding or is
    withdrawn. `themes` are slugs of domain.watch.recurrence. `merged_into` is set where it was merged, `split_from`
    where it was split off.
    """

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=FindingKind.choices)
    area = models.CharField(max_length=40)
    criteria = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    statement = models.TextField()
    explanation = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, default=Confidence.MIDDLE)
    owner = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="findings")
    status = models.CharField(max_length=20, default=lifecycle.Finding.DRAFT)
    agreed_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    reopened_because = models.CharField(max_length=300, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_off")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="one_finding_number_an_inspection"),
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_finding_a_client_key"),
        ]
        ordering = ["area", "number"]

    def __str__(self) -> str:
        return f"F{self.number}"

    @property
    def mark(self) -> str:
        """How people quote it."""
        return f"F{self.number:03d}"

    def touched(self, *fields: str) -> list[str]:
        """Count one more change; the fields that are to be saved with those that changed."""
        self.version += 1
        self.changed_at = timezone.now()
        return [*fields, "version", "changed_at"]

    def closed_because(self) -> str:
        """An agreed finding is reopened before it is changed."""
        if self.status == lifecycle.Finding.AGREED:
            return "This finding is agreed. The lead inspector can open it again."
        return "This finding was withdrawn." if self.status == lifecycle.Finding.WITHDRAWN else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """The finding by its mark."""
        return ("finding", str(self.pk), f"finding {self.mark}")


class Citation(models.Model):
    """Why an item of the shelf speaks for or against a finding.

    `answer` says, of an item against it, why the finding stands all the same.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="citations")
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="citations")
    stance = models.CharField(max_length=8, choices=[("for", "For"), ("against", "Against")])
    why = models.CharField(max_length=400)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "item"], condition=models.Q(removed_at=None), name="one_live_citation_an_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.stance} {self.finding_id}"


class FindingComment(models.Model):
    """What somebody of the team says of a finding's draft, until somebody resolves it. It never leaves the team."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()
    client_key = models.UUIDField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "client_key"], name="one_finding_comment_a_client_key")
        ]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.finding} {self.at:%Y-%m-%d}"

    @property
    def open(self) -> bool:
        """Whether nobody has resolved it yet."""
        return self.resolved_at is None


class Judgement(Walled):
    """One area's grade as people decided it, with the reason. The software never awards one.

    `departs_from` are ids of the rules that normally hold and that the grade goes against; `departure` says whether
    quality assurance let it, by whom, when and why. `proposed_by` is who chose the grade as it stands.
    """

    area = models.CharField(max_length=40)
    grade = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    departs_from = models.JSONField(default=list)
    departs_because = models.TextField(blank=True)
    departure = models.CharField(max_length=12, default=lifecycle.Departure.NOT_NEEDED)
    departure_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    departure_at = models.DateTimeField(null=True, blank=True)
    departure_reason = models.CharField(max_length=600, blank=True)
    status = models.CharField(max_length=20, default=lifecycle.Judgement.PROPOSED)
    proposed_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    reopened_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "area"], name="one_judgement_an_area")]

    def __str__(self) -> str:
        return f"Judgement of {self.area}"

    def closed_because(self) -> str:
        """An agreed judgement is reopened before it is changed."""
        agreed = self.status == lifecycle.Judgement.AGREED
        return "This judgement is agreed. The lead inspector can open it again." if agreed else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """The judgement by its area."""
        return ("judgement", str(self.pk), f"the judgement of {self.area}")

    @property
    def proposers(self) -> frozenset[str]:
        """Ids of whoever first proposed it, and of whoever chose the grade as it stands."""
        return frozenset(str(one) for one in (self.created_by_id, self.proposed_by_id) if one)


class Dissent(models.Model):
    """That somebody of the team sees a judgement otherwise, the grade they would give, and why.

    `of_version` and `of_grade` say from what they dissented. It stands until its author takes it back, and is kept
    then. It never leaves the team.
    """

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="dissents")
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    grade = models.CharField(max_length=30)
    because = models.TextField()
    of_version = models.PositiveIntegerField()
    of_grade = models.CharField(max_length=30)
    client_key = models.UUIDField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judgement", "client_key"], name="one_dissent_a_client_key"),
            models.UniqueConstraint(
                fields=["judgement", "by"], condition=models.Q(taken_back_at=None), name="one_standing_dissent_a_person"
            ),
        ]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Dissent from {self.judgement}"

    @property
    def standing(self) -> bool:
        """Whether its author has not taken it back."""
        return self.taken_back_at is None


class JudgementState(models.Model):
    """A judgement exactly as it was agreed once, with all that it rested on. The database refuses to change it.

    `content` is what `agreed_states.content_of` gathered; `sha256` is of its canonical JSON.
    """

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="states")
    number = models.PositiveIntegerField()
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judgement", "number"], name="one_state_a_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.judgement}, state {self.number}"


class Challenge(models.Model):
    """What the quality-assurance manager asks of a judgement, what was answered, and how it was closed.

    `against` is the evidence that speaks against the judgement's reasons. It never leaves the team.
    """

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="challenges")
    question = models.CharField(max_length=600)
    against = models.TextField()
    of_version = models.PositiveIntegerField()
    raised_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=12, default=lifecycle.Challenge.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closing = models.TextField(blank=True)
    closed_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judgement", "client_key"], name="one_challenge_a_client_key")]
        ordering = ["raised_at", "pk"]

    def __str__(self) -> str:
        return f"Challenge to {self.judgement}"


class ModerationMeeting(Walled):
    """A meeting that moderates judgements: its day, and ids of those who were there."""

    day = models.DateField()
    attended = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_moderation_meeting_a_client_key")
        ]
        ordering = ["-day", "-created_at"]

    def __str__(self) -> str:
        return f"Moderation meeting of {self.day}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By its day."""
        return ("moderation-meeting", str(self.pk), f"the moderation meeting of {self.day:%-d %B %Y}")


class Discussed(models.Model):
    """A judgement that a moderation meeting discussed, as it then stood, and what was decided of it."""

    meeting = models.ForeignKey(ModerationMeeting, on_delete=models.PROTECT, related_name="discussed")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="discussed")
    decided = models.TextField()
    of_version = models.PositiveIntegerField()
    of_grade = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "judgement"], name="one_discussion_a_meeting")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.judgement} in {self.meeting}"
