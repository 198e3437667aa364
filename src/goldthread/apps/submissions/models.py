"""Child-level data handed in: the receipt, what was read, its issues, its measures, and the identity vault."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from goldthread.apps.inspections.models import Inspection, Walled
from goldthread.domain import lifecycle


class InspectionKey(models.Model):
    """The data key of one inspection, wrapped with the key that is kept outside the data folder.

    Destroying this row destroys every sealed file and every identity of the inspection at once.
    """

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"key of {self.inspection_id}"


class Submission(Walled):
    """Child-level data handed in at once. `status` is how far reading it has come, `hand_over` how far it has crossed.

    `sha256` is of the bytes as they were sent, or of the package where several files were sent: `parts` then tells each
    file's own (see `packing`). `form` is what it turned out to be (see `kernel/forms`), `year` the collection year that
    a return is of; both are known once it was read. The keys name sealed objects: the file itself, the tables under
    pseudonyms, the issues, and the part of the vault that came with this file.
    """

    label = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    parts = models.JSONField(default=list, blank=True)
    form = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    blob_key = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=20, default=lifecycle.Submission.RECEIVED)
    hand_over = models.CharField(max_length=20, default=lifecycle.HandOver.STAGED)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal = models.TextField(blank=True)
    mend = models.TextField(blank=True)
    as_at = models.DateField(null=True, blank=True)
    as_at_guessed = models.BooleanField(default=False)
    store_key = models.CharField(max_length=80, blank=True)
    issues_key = models.CharField(max_length=80, blank=True)
    vault_key = models.CharField(max_length=80, blank=True)
    lists = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)
    earlier = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    reading_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="readings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "client_key"], name="one_submission_a_client_key")]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.label

    def journal_subject(self) -> tuple[str, str, str]:
        """The submission by its receipt."""
        return ("submission", str(self.pk), f"submission {self.sha256[:12]}")

    def closed_because(self) -> str:
        """A submission that was withdrawn stays as it was."""
        withdrawn = self.hand_over == lifecycle.HandOver.WITHDRAWN
        return "This submission was withdrawn, so nothing about it can be changed." if withdrawn else ""

    @property
    def of_lists(self) -> bool:
        """Whether it holds the lists of Annex A, which samples, services and journeys are made of."""
        return self.form == "annex_a"

    @property
    def waiting(self) -> bool:
        """Whether it has still to be read, so that a page should look again."""
        return self.status in (lifecycle.Submission.RECEIVED, lifecycle.Submission.READING)

    @property
    def readable(self) -> bool:
        """Whether its tables, issues and measures are there."""
        return self.status == lifecycle.Submission.READ


class DataQuery(Walled):
    """A question that the team puts to the authority about an issue: a rule in a submission, or one row's issue.

    It stands on the team's side and crosses the wall as it is asked: `released_at` is then. `issues` is how many there
    were then, `assigned_to` whoever of the authority uploaded the file. What was said stands in its turns.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="data_queries")
    assigned_to = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=12)
    severity = models.CharField(max_length=12)
    says = models.TextField()
    list = models.PositiveSmallIntegerField(null=True)
    list_title = models.CharField(max_length=80)
    issues = models.PositiveIntegerField()
    row = models.PositiveIntegerField(null=True)
    child = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=20, default=lifecycle.DataQuery.ASKED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_data_query_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_data_query_a_number"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it: Q7."""
        return f"Q{self.number}"

    def owners(self) -> Iterable[str]:
        """Whoever asked, and whoever of the authority uploaded what it is about."""
        return [str(one) for one in (self.created_by_id, self.assigned_to_id) if one]

    def journal_subject(self) -> tuple[str, str, str]:
        """The question by its number and rule; what it says is no matter of the journal."""
        return ("data-query", str(self.pk), f"question {self.mark} about rule {self.rule}")

    @property
    def place(self) -> str:
        """What it is about, as far as everybody who may read it may know: the list, and that it is one row."""
        if self.list is None or not self.submission.of_lists:
            return f"One row of {self.list_title}" if self.row is not None else self.list_title
        where = f"List {self.list}: {self.list_title}"
        return f"One row of l{where[1:]}" if self.row is not None else where


class Turn(models.Model):
    """One thing said in a data query: the question, an answer, why it is asked again, why it is closed."""

    query = models.ForeignKey(DataQuery, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=20)
    says = models.TextField(blank=True)
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.query_id}"


class Correction(Walled):
    """What somebody said once that a written value means: in a code list, the plain form of the value, and its code.

    It is remembered for the authority: it counts wherever a file of the same authority and side is read, and can be
    seen and taken back where it was made.
    """

    field = models.CharField(max_length=40)
    form = models.CharField(max_length=300)
    written = models.CharField(max_length=300)
    code = models.CharField(max_length=40)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "side", "field", "form"],
                condition=models.Q(taken_back_at=None),
                name="one_meaning_a_value",
            )
        ]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.field}: {self.code}"


class Acceptance(Walled):
    """A query that the side which handed the data in says is right as it stands, with a reason.

    It holds for the same rule, table and child while the cells that the rule looks at are the same: `cells` is their
    keyed hash. So it is found again in later hand-ins of the inspection, of the next year too, and has no hold on a row
    that was changed. The reason may tell of a child, and lies under the inspection's key.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=12)
    table = models.CharField(max_length=40)
    child = models.CharField(max_length=16)
    cells = models.CharField(max_length=32)
    role = models.CharField(max_length=80)
    sealed = models.BinaryField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "side", "rule", "table", "child", "cells"],
                condition=models.Q(taken_back_at=None),
                name="one_acceptance_an_issue",
            )
        ]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.rule} accepted"

    @property
    def purpose(self) -> str:
        """For what its reason is sealed."""
        return f"acceptance:{self.pk}"

    def journal_subject(self) -> tuple[str, str, str]:
        """The acceptance by its rule; why, and of which child, is no matter of the journal."""
        return ("acceptance", str(self.pk), f"a query of rule {self.rule}")


class LocalRules(Walled):
    """A version of the rules that an authority made for itself: one file, kept as it came, and never changed.

    At most one version of a side is in force: what is read from then on is checked with it. What was checked keeps the
    issues that it was told of. The file lies under the inspection's key; `name` is what it was called. One carried from
    another inspection of the authority says of which it is the copy, in words and by id: the other may be gone one day.
    """

    number = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()
    status = models.CharField(max_length=20, default=lifecycle.LocalRules.UPLOADED)
    in_force_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    origin_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_local_rules_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "side", "number"], name="one_local_rules_a_number"),
            models.UniqueConstraint(
                fields=["inspection", "side"], condition=models.Q(status=lifecycle.LocalRules.IN_FORCE),
                name="one_local_rules_in_force",
            ),
        ]  # fmt: skip
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def purpose(self) -> str:
        """For what the file is sealed."""
        return f"local-rules:{self.pk}"

    def journal_subject(self) -> tuple[str, str, str]:
        """The version by its number; what its rules say is no matter of the journal."""
        return ("local-rules", str(self.pk), f"version {self.number} of the local rules")

    def closed_because(self) -> str:
        """A version that was withdrawn stays as it was."""
        withdrawn = self.status == lifecycle.LocalRules.WITHDRAWN
        return "This version of the local rules was withdrawn, so nothing about it can be changed." if withdrawn else ""


class MeasureValue(models.Model):
    """One measure of one submission, with all that a number must carry.

    `of_record` is one that was asked of the record, whichever form it was handed in as, and not of a list of Annex A.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="measures")
    code = models.CharField(max_length=12)
    breakdown = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=80, blank=True)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    detail = models.JSONField(default=dict)
    of_record = models.BooleanField(default=False)
    evidence_item = models.ForeignKey(
        "evidence.EvidenceItem", null=True, blank=True, on_delete=models.PROTECT, related_name="measure_values"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "code", "breakdown", "group"], name="one_value_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.submission_id}"


class Identity(models.Model):
    """A pseudonym that was given, and to whom: the keyed fingerprint of the id, which tells nothing without the key.

    The id itself, with the date of birth and the address, lies sealed with the submission that brought it.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=16)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "pseudonym"], name="one_identity_a_pseudonym"),
            models.UniqueConstraint(fields=["inspection", "fingerprint"], name="one_pseudonym_an_identity"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class TypedText(models.Model):
    """What somebody has typed in a form and not yet sent: kept as they type, sealed, and seen by nobody else.

    Under the inspection's key, so that what is destroyed with it takes this along; under the installation's key where
    the form belongs to no inspection.
    """

    person = models.ForeignKey("access.Person", on_delete=models.CASCADE, related_name="+")
    inspection = models.ForeignKey(Inspection, null=True, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=200)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "form"], name="one_typed_text_of_a_form")]

    def __str__(self) -> str:
        return self.form

    @property
    def purpose(self) -> str:
        """For what it is sealed: nobody's text can be put in another's place."""
        return f"typing:{self.person_id}:{self.form}"
