"""The council's documents in their versions, who has read them, what was noted of them, and passages that are cited."""

from typing import ClassVar

from django.db import models

from goldthread.apps.access.policy import Target
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.models import Walled
from goldthread.apps.requests.models import InformationRequest
from goldthread.domain import lifecycle
from goldthread.domain.written_language import LANGUAGES
from goldthread.readers.documents.kinds import PICTURES

Status = lifecycle.Document
Reading = lifecycle.Submission
"""How far reading has come, by the same moves as for child-level data."""

WITH_THE_TEAM = (Status.SUBMITTED, Status.SUPERSEDED)


class Document(Walled):
    """One version of a document, on the authority's side until it is submitted.

    Versions share their `number`; `edition` counts them, and `replaces` is the version before. `sha256` is of the
    bytes as they were sent. `about_from` and `about_to` say what time it speaks of, which is not when it was uploaded.
    `ending` is what its bytes were found to be. `pointed` counts what its sender may have overlooked.
    `pages_seen` counts the pages whose text was read from their pictures, as far as searches have been told of them.
    `language` is the code of the language that its text seems to be in; empty where that is not clear.
    """

    number = models.PositiveIntegerField()
    edition = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    label = models.CharField(max_length=160)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    about_from = models.DateField(null=True, blank=True)
    about_to = models.DateField(null=True, blank=True)
    area_slugs = models.CharField(max_length=300, blank=True)
    asked = models.ForeignKey(InformationRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    ending = models.CharField(max_length=8)
    blob_key = models.CharField(max_length=80)
    reading = models.CharField(max_length=20, default=Reading.RECEIVED)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(blank=True)
    mend = models.TextField(blank=True)
    unit = models.CharField(max_length=8, default="page")
    pages = models.PositiveIntegerField(default=0)
    picture_pages = models.PositiveIntegerField(default=0)
    characters = models.PositiveIntegerField(default=0)
    text_read = models.BooleanField(default=False)
    pages_seen = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=2, blank=True, default="")
    pointed = models.JSONField(default=dict)
    status = models.CharField(max_length=20, default=Status.STAGED)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_document_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number", "edition"], name="one_edition_a_document"),
            models.UniqueConstraint(
                fields=["inspection", "sha256"], name="no_document_twice",
                condition=~models.Q(status=Status.WITHDRAWN) & ~models.Q(reading=Reading.REFUSED),
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["number", "-edition"]

    def __str__(self) -> str:
        return f"{self.mark} {self.title}"

    @property
    def redacted(self) -> bool:
        """Whether it was made here by taking passages out of the version before."""
        return hasattr(self, "redacted_by")

    @property
    def mark(self) -> str:
        """What people call it, L for library: L12, or L12, version 2."""
        return f"L{self.number}" + (f", version {self.edition}" if self.edition > 1 else "")

    @property
    def areas(self) -> list[str]:
        """Slugs of the areas of the framework that it speaks of."""
        return self.area_slugs.strip("|").split("|") if self.area_slugs else []

    @property
    def waiting(self) -> bool:
        """Whether it has still to be read by the programme."""
        return self.reading in (Reading.RECEIVED, Reading.READING)

    @property
    def ready(self) -> bool:
        """Whether it can be submitted: it was opened safely, whether its text is read or not."""
        return self.reading == Reading.READ

    @property
    def drawable(self) -> bool:
        """Whether its pages have a look of their own, and can be shown as pictures."""
        return self.ready and (self.ending == "pdf" or self.ending in PICTURES)

    @property
    def written_in(self) -> str:
        """The language that its text seems to be in, in English; empty where that is not clear."""
        return LANGUAGES.get(self.language, "")

    @property
    def staged(self) -> bool:
        """Whether the council has still to submit it."""
        return self.status == Status.STAGED

    def closed_because(self) -> str:
        """A document that was withdrawn stays as it was."""
        return "This document was withdrawn, so nothing about it can be changed." if self.withdrawn else ""

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.status == Status.WITHDRAWN

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never by its title."""
        return ("document", str(self.pk), f"document {self.mark}")


class DocumentText(models.Model):
    """The text of a document, page by page, packed and sealed.

    `sketch` is what it is compared with others by, sealed too; empty until it was compared.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="text")
    sealed = models.BinaryField()
    sketch = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"text of {self.document_id}"


class PagePicture(models.Model):
    """A page as it looks: a JPEG drawn in the sandbox, sealed in the store of files under its name."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="pictures")
    page = models.PositiveIntegerField()
    blob_key = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "page"], name="one_picture_a_page")]

    def __str__(self) -> str:
        return f"page {self.page} of {self.document_id}"


class PageFromImage(models.Model):
    """A page that is a picture, and the text that was read from it, sealed with the places of its words.

    `reading` moves as that of documents. `sure` is how sure the reading was, in hundredths, and `unsure` how many of
    its words are pointed out; `characters` is 0 where the picture shows no text.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="from_images")
    page = models.PositiveIntegerField()
    reading = models.CharField(max_length=20, default=Reading.RECEIVED)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(blank=True)
    sealed = models.BinaryField(default=b"")
    languages = models.CharField(max_length=60, blank=True)
    characters = models.PositiveIntegerField(default=0)
    sure = models.PositiveSmallIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "page"], name="one_text_an_image_page")]
        ordering: ClassVar = ["page"]

    def __str__(self) -> str:
        return f"text of the picture of page {self.page} of {self.document_id}"


class NearCopy(models.Model):
    """Two documents whose words are nearly the same: how much they have in common, in hundredths.

    The later one stands first. Who sees one of them without the other is not told of it.
    """

    later = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["later", "earlier"], name="one_likeness_a_pair")]

    def __str__(self) -> str:
        return f"{self.later_id} is like {self.earlier_id}"


class DocumentMeaning(models.Model):
    """What a document means, as numbers: a vector for each stretch of its text, sealed as the text is.

    `model` names what made them; those of another model are made anew. Nobody reads them: they are compared.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="meaning")
    model = models.CharField(max_length=60)
    stretches = models.PositiveIntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"meaning of {self.document_id}"


class DocumentRead(models.Model):
    """Somebody of the team has read a version of a document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "person"], name="one_reading_a_reader")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.document_id}"


class DocumentNote(Walled):
    """What somebody of the team wrote of a document; sealed, and never the council's to see. `page` 0 is the whole."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="notes")
    page = models.PositiveIntegerField(default=0)
    words = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_document_note_a_client_key")
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"note on {self.document_id}"


class DocumentTag(models.Model):
    """A word of the team's by which documents are found again. It is on the document in all its versions."""

    inspection = models.ForeignKey("inspections.Inspection", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    tag = models.CharField(max_length=40)
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number", "tag"], name="one_tag_a_document")
        ]
        ordering: ClassVar = ["tag"]

    def __str__(self) -> str:
        return self.tag


class Passage(Walled):
    """A piece of a document's text that stands on the shelf: its version, its page, from which character to which.

    The words are sealed here; the shelf item quotes them. `status` is current, moved (its words stand in a newer
    version, where a passage of its own holds them) or lost (they do not).
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="passages")
    page = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.BinaryField()
    evidence_item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="passages")
    status = models.CharField(max_length=10, default="current")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_passage_a_client_key"),
            models.UniqueConstraint(
                fields=["evidence_item"], condition=models.Q(status="current"), name="one_place_an_item"
            ),
        ]
        ordering: ClassVar = ["page", "start"]

    def __str__(self) -> str:
        return f"passage of {self.document_id}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By its document and page."""
        return ("passage", str(self.pk), f"a passage of {self.document.mark}")


class Redaction(Walled):
    """Passages chosen to be taken out of a version of a document, and the version that was made without them.

    What is taken out is sealed: as it was written, and where it stands. `made` is the new version, which is staged as
    any other. `refusal` says why none was made.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="redactions")
    sealed = models.BinaryField()
    status = models.CharField(max_length=20, default=lifecycle.Redaction.CHOSEN)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(blank=True)
    asked_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made = models.OneToOneField(Document, null=True, on_delete=models.PROTECT, related_name="redacted_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_redaction_a_client_key")
        ]
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"redaction of {self.document_id}"

    def target(self, *, changing: bool = False) -> Target:
        """Whoever may do something with a document may do it with what is taken out of it."""
        return self.document.target(changing=changing)

    def journal_subject(self) -> tuple[str, str, str]:
        """By its document; never by what is taken out."""
        return ("redaction", str(self.pk), f"a redaction of {self.document.mark}")
