"""A council's own instruments and frameworks: the drafts in which they are written, and their published versions.

The text of a file is what both hold: the same that the command line reads, comments and all.
"""

import uuid

from django.db import models

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Target
from goldthread.domain import lifecycle


class Kind(models.TextChoices):
    """What is written."""

    INSTRUMENT = "instrument", "Instrument"
    FRAMEWORK = "framework", "Framework"


class Own(models.Model):
    """What a draft and a version share. All versions of one thing are a series; the slug ends in the number.

    They belong to the installation and to no inspection, and hold nothing about any child.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    series = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug

    @property
    def slug(self) -> str:
        """By which draws, reviews and inspections know it."""
        return f"{self.series}-{self.number}"

    @property
    def kind_words(self) -> str:
        """What it is, in a word."""
        return Kind(self.kind).label

    def target(self) -> Target:
        """In no inspection."""
        return Target()

    def journal_subject(self) -> tuple[str, str, str]:
        """The thing by its kind and its slug, which is a name and never a child's."""
        return (self._meta.model_name or "", str(self.pk), f"the {self.kind} “{self.slug}”")


class Draft(Own):
    """The next version of an own instrument or framework, while it is being written. One of a series at a time.

    `last_key` is the key with which it was saved last, so that a form sent twice changes it once.
    """

    status = models.CharField(max_length=20, default=lifecycle.Draft.WRITING)
    started_from = models.CharField(max_length=60, blank=True)
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)
    last_key = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "series"], condition=models.Q(status=lifecycle.Draft.WRITING),
                name="one_draft_of_a_series_at_a_time",
            )
        ]  # fmt: skip
        ordering = ["-changed_at"]

    @property
    def writing(self) -> bool:
        """Whether it can still be changed."""
        return self.status == lifecycle.Draft.WRITING


class DraftChange(models.Model):
    """One change of a draft, with the text that it had before: what lets it be taken back.

    `version` is the draft's after it. A change that takes another back names it in `takes_back`, and one that puts it
    back again in `puts_back`; `standing` says whether the change still counts, or was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    before = models.TextField()
    takes_back = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    puts_back = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.BooleanField(default=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "version"], name="one_change_a_version_of_a_draft")]
        ordering = ["-version"]

    @property
    def own(self) -> bool:
        """Whether somebody changed something, instead of taking back or putting back what was changed."""
        return self.takes_back_id is None and self.puts_back_id is None


class OwnVersion(Own):
    """A published version. Its words never change; it can be withdrawn from being offered, and offered again.

    `sha256` is of the text in UTF-8; `note` says what changed, in the words of whoever published it.
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="published")
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=500)
    status = models.CharField(max_length=20, default=lifecycle.OwnVersion.OFFERED)
    because = models.CharField(max_length=300, blank=True)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "series", "number"], name="one_own_version_a_number"),
        ]
        ordering = ["kind", "series", "-number"]

    @property
    def offered(self) -> bool:
        """Whether a new draw or inspection may choose it, if no newer version is offered."""
        return self.status == lifecycle.OwnVersion.OFFERED
