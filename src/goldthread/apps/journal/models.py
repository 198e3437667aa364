"""The journal's one table: append-only, hash-chained, without foreign keys so that it outlives what it tells of."""

from typing import NoReturn

from django.db import models


class Entry(models.Model):
    """One event. `chain` is the inspection's id, or "site" for what concerns no inspection."""

    chain = models.CharField(max_length=36)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    by_id = models.CharField(max_length=36)
    by_name = models.CharField(max_length=120)
    side = models.CharField(max_length=12)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=60)
    about_label = models.CharField(max_length=160)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="journal_one_number_a_chain")]
        ordering = ["chain", "number"]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.event}"

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refused, here and by a trigger in the database."""
        raise TypeError("The journal is append-only.")
