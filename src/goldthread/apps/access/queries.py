"""Who somebody is, as the policy reads it."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q, QuerySet

from goldthread.apps.access.models import Person, SiteGrant
from goldthread.apps.access.policy import NOBODY, Actor


def actor_for(person: Person, *, second_factor: bool) -> Actor:
    """The actor behind an account, with the roles it holds across the site.

    In single-user localhost mode the second factor is not required (and every page says so).
    """
    return Actor(
        id=str(person.pk),
        name=person.name,
        active=person.is_active,
        second_factor=second_factor,
        second_factor_required=not settings.LOCAL_MODE,
        site_grants=tuple(grant.as_grant() for grant in SiteGrant.objects.filter(person=person)),
    )


def actor_by_id(person_id: UUID | str, *, second_factor: bool) -> Actor:
    """The actor of that account; NOBODY where there is none."""
    person = Person.objects.filter(pk=person_id).first()
    return actor_for(person, second_factor=second_factor) if person else NOBODY


def people(words: str = "") -> QuerySet[Person]:
    """Every account by name; those whose name or address has every one of the words, where some are given."""
    found = Person.objects.order_by("name", "email")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found


def person(person_id: UUID | str) -> Person:
    """One account. Raises Person.DoesNotExist."""
    return Person.objects.get(pk=person_id)


def person_by_email(email: str) -> Person | None:
    """The account of an address, whatever its case."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def site_grants(person: Person) -> QuerySet[SiteGrant]:
    """What somebody holds across the site, newest first."""
    return SiteGrant.objects.filter(person=person).order_by("-valid_from")


def person_by_link(person_id: UUID, token: str) -> Person | None:
    """The account that a link to choose a password is good for; None where it was used or has run out."""
    found = Person.objects.filter(pk=person_id, is_active=True).first()
    return found if found is not None and default_token_generator.check_token(found, token) else None


def site_grant(person: Person, grant: int) -> SiteGrant:
    """One role of somebody across the site. Raises SiteGrant.DoesNotExist."""
    return SiteGrant.objects.get(person=person, pk=grant)
