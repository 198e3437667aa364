"""Report versions, their sentences with the thread to findings, sign-off and publication."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models

from goldthread.apps.documents.models import Document
from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle
from goldthread.domain.accuracy_check import EXCEPTIONS, KINDS, VERDICTS, Exceptional, Kind, Place, Verdict


class Report(Walled):
    """One version of an inspection's report.

    `recognised` is what a scan marked by the lists, by the number of the sentence: kinds of doubts and no words of
    anybody. `scanned_version` is the version as it was looked through; None before the first scan.
    """

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=20, default=lifecycle.Report.DRAFT)
    submitted_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    check_note = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    recognised = models.JSONField(default=dict)
    scanned_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="one_report_number")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.title

    def closed_because(self) -> str:
        """Only a draft may be changed."""
        if self.status in (lifecycle.Report.DRAFT, lifecycle.Report.RETURNED):
            return ""
        return "This version is no longer a draft, so it cannot be changed. Send it back or compose a new version."

    def journal_subject(self) -> tuple[str, str, str]:
        """The report by its version."""
        return ("report", str(self.pk), f"version {self.number} of the report")


class Section(models.Model):
    """One section of a version, in the order of the framework's outline."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    slug = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    area = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "slug"], name="one_section_a_slug")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class Sentence(models.Model):
    """One sentence of a section. Its thread begins at a finding or a judgement; without either it rests on nothing,
    and the team's copy says so."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="sentences")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="sentences")
    judgement = models.ForeignKey(Judgement, null=True, blank=True, on_delete=models.PROTECT, related_name="sentences")
    paragraph = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "order"], name="one_sentence_an_order")]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.section_id} {self.order}"


class Publication(models.Model):
    """A published report: exactly the bytes that were approved, and nothing that leads back to the evidence.

    `published_at` is the moment from which everybody may read it; while it lies ahead the report is under embargo, and
    `version` counts what was done to that. An embargo that is held since `held_at` does not end at its moment:
    `held_because` says what happened to what the report says. `odt` is empty for what was published before there was
    an OpenDocument file.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="publication")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    authority = models.CharField(max_length=120)
    framework = models.CharField(max_length=40)
    synthetic = models.BooleanField(default=False)
    content = models.JSONField()
    pdf = models.BinaryField()
    word = models.BinaryField()
    odt = models.BinaryField(null=True)
    sha256 = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title

    def embargoed_at(self, now: datetime) -> bool:
        """Whether it lies under embargo: its moment is ahead, or it is held. At the very moment it no longer does."""
        return self.held_at is not None or now < self.published_at


def everybodys(now: datetime, via: str = "") -> models.Q:
    """What everybody may read at a moment: it has come, and nothing is held. `via` leads to the publication."""
    return models.Q(**{f"{via}published_at__lte": now, f"{via}held_at": None})


class CouncilCopy(Walled):
    """The copy of an approved version that the council was given to check its facts, exactly as it was approved.

    `sealed` is the document of that version, `content_hash` its digest. `until` is the last day for comments, on which
    the copy closes to the council. `next_report` is the version that the council was shown with the answers, and
    `next_sealed` that version's document as it was then; both are empty where nothing changed.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="council_copies")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, default=lifecycle.CouncilCopy.OUT)
    until = models.DateField()
    sealed = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True, blank=True)
    next_report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    next_sealed = models.BinaryField(null=True, blank=True)
    next_hash = models.CharField(max_length=64, blank=True)
    answers_given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_council_copy_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_council_copy_a_number"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"Copy {self.number}"

    @property
    def purpose(self) -> str:
        """For what its text is sealed."""
        return f"council copy:{self.pk}"

    @property
    def live(self) -> bool:
        """Whether it was not taken back."""
        return self.status != lifecycle.CouncilCopy.TAKEN_BACK

    def in_time(self, today: date) -> bool:
        """Whether the council may still read it and comment in time."""
        reading = (lifecycle.CouncilCopy.OUT, lifecycle.CouncilCopy.COMMENTED)
        return self.status in reading and self.answers_given_at is None and today <= self.until

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number and the version's."""
        return ("council-copy", str(self.pk), f"the council's copy {self.number}, of version {self.report.number}")


class AccuracyComment(Walled):
    """What the council says of one paragraph of its copy: on its own side until it is sent.

    `sealed` holds what is wrong (`says`), what to say instead (`proposes`), how it is proved (`proof`) and, for an
    exception, why it comes as one (`because`). `number` is given when it is sent.
    """

    copy = models.ForeignKey(CouncilCopy, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField(null=True, blank=True)
    section = models.SlugField(max_length=60)
    paragraph = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    sealed = models.BinaryField()
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default=lifecycle.AccuracyComment.DRAFT)
    exception = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_accuracy_comment_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_accuracy_comment_a_number"),
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it."""
        return f"Comment {self.number}" if self.number else "Draft comment"

    @property
    def place(self) -> Place:
        """The paragraph that it is about."""
        return Place(self.section, self.paragraph)

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"accuracy comment:{self.pk}"

    @property
    def kind_says(self) -> str:
        """What is wrong, in words."""
        return KINDS[Kind(self.kind)]

    @property
    def exception_says(self) -> str:
        """Why it is an exception, in words; empty where it is none."""
        return EXCEPTIONS[Exceptional(self.exception)] if self.exception else ""

    @property
    def draft(self) -> bool:
        """Whether the council has still to send it."""
        return self.status == lifecycle.AccuracyComment.DRAFT

    def closed_because(self) -> str:
        """Only a draft may be changed."""
        return "" if self.draft else "This comment is no longer a draft, so it cannot be changed. Write another."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        told = self.mark[0].lower() + self.mark[1:]
        return ("accuracy-comment", str(self.pk), f"a {told}" if self.draft else told)


class AccuracyProof(models.Model):
    """A file that proves a comment: a document of the council, which goes to the team when the comment is sent.

    `exception` says why it came late or after the others, as the comment's own does; empty for one in time. `brought`
    says that the document came in as this proof, and was not among the council's before.
    """

    comment = models.ForeignKey(AccuracyComment, on_delete=models.PROTECT, related_name="proofs")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    exception = models.CharField(max_length=8, blank=True)
    brought = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "document"], name="one_accuracy_proof_a_document")
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"Proof of {self.comment_id}"

    @property
    def late(self) -> bool:
        """Whether it came after the last day, or after the other comments."""
        return bool(self.exception)


class AccuracyAnswer(Walled):
    """What a comment is answered: on the team's side until the answers are given to the council.

    `changed` is the place of the council's copy that reads otherwise in the next version, where one does; `sealed`
    holds the reasons, `unchanged` why an accepted comment changes nothing.
    """

    comment = models.OneToOneField(AccuracyComment, on_delete=models.PROTECT, related_name="answer")
    verdict = models.CharField(max_length=16)
    changed = models.CharField(max_length=70, blank=True)
    sealed = models.BinaryField()
    unchanged = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_accuracy_answer_a_client_key")
        ]

    def __str__(self) -> str:
        return f"Answer to {self.comment_id}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"accuracy answer:{self.pk}"

    @property
    def unchanged_purpose(self) -> str:
        """For what is sealed why nothing needs to change."""
        return f"accuracy answer:{self.pk}:unchanged"

    @property
    def verdict_says(self) -> str:
        """What became of the comment, in words."""
        return VERDICTS[Verdict(self.verdict)]

    def closed_because(self) -> str:
        """What the council has read is not changed."""
        if self.released_at is None:
            return ""
        return "The council has been given this answer, so it cannot be changed."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its comment's number."""
        return ("accuracy-answer", str(self.pk), f"the answer to comment {self.comment.number}")
