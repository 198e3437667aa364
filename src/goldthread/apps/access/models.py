"""People and the roles they hold across the site. Roles within an inspection live with the inspection."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from goldthread.apps.access.policy import Grant, Target
from goldthread.apps.access.roles import ROLES, SITE_ROLES


class People(BaseUserManager["Person"]):
    """Makes and finds accounts by e-mail address."""

    def create_user(self, email: str, name: str = "", password: str | None = None, **extra: Any) -> "Person":
        """An account; without a password it cannot be signed in to until one is set."""
        person = self.model(email=self.normalize_email(email).lower(), name=name or email, **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find an account whatever the case of the address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account. `access_changed_at` ends every session that began before it.

    `terms_accepted` is the newest version of the terms that they accepted; 0 for none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    access_changed_at = models.DateTimeField(null=True, blank=True)
    terms_accepted = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    def __str__(self) -> str:
        return self.name

    def journal_subject(self) -> tuple[str, str, str]:
        """The account, by the name that its holder uses at work."""
        return ("person", str(self.pk), self.name)


class SiteGrant(models.Model):
    """A role held outside any inspection: one of `SITE_ROLES`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="site_grants")
    role = models.CharField(max_length=30, choices=[(slug, ROLES[slug].title) for slug in SITE_ROLES])
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person} {self.role}"

    def as_grant(self) -> Grant:
        """The grant as the policy reads it."""
        return Grant(self.role, self.valid_from, self.valid_to)

    def holds_at(self, now: datetime) -> bool:
        """Whether it is in force at that moment."""
        return self.as_grant().holds_at(now)


class OpenSession(models.Model):
    """One sign-in of somebody in one browser, as they see it among their own, and by which they can end it.

    The browser's own session names it and holds the clock; a session that names none which is open is at its end.
    `device` is a browser and a system in words, never an address or the browser's full description.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="open_sessions")
    device = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.device

    def target(self) -> Target:
        """In no inspection: whose it is was asked when it was found."""
        return Target()
