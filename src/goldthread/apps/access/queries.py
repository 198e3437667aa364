"""Who somebody is, as the policy reads it."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import terms
from goldthread.apps.access.models import OpenSession, Person, SiteGrant
from goldthread.apps.access.policy import NOBODY, Actor
from goldthread.apps.access.prepared import Prepared

NoSuchPerson = Person.DoesNotExist

_by_id = Prepared(lambda person: Person.objects.filter(pk=person), UUID)
_site_grants = Prepared(lambda person: SiteGrant.objects.filter(person=person), UUID)
_still_open = Prepared(
    lambda session, person: OpenSession.objects.filter(pk=session, person=person, ended_at=None), UUID, UUID
)


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
        terms_accepted=person.terms_accepted >= terms.VERSION,
        site_grants=tuple(grant.as_grant() for grant in _site_grants(person.pk)),
    )


def actor_by_id(person_id: UUID | str, *, second_factor: bool) -> Actor:
    """The actor of that account; NOBODY where there is none."""
    person = account(person_id)
    return actor_for(person, second_factor=second_factor) if person else NOBODY


def account(person_id: UUID | str) -> Person | None:
    """The account of that id, open or closed; None where there is none."""
    return next(iter(_by_id(person_id)), None)


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


def open_session(person: Person, session: object) -> OpenSession | None:
    """The session of that id, if it is this person's and nobody ended it."""
    try:
        return next(iter(_still_open(session, person.pk)), None)
    except ValueError:
        return None


def open_sessions(person: Person) -> QuerySet[OpenSession]:
    """Somebody's sessions that are still open, the one used last first."""
    now = timezone.now()
    return OpenSession.objects.filter(
        person=person, ended_at=None,
        began_at__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE),
        seen_at__gt=now - timedelta(seconds=settings.SESSION_IDLE_SECONDS),
    ).order_by("-seen_at")  # fmt: skip


def own_session(actor: Actor, session: UUID) -> OpenSession:
    """One session of the actor's own. Raises OpenSession.DoesNotExist."""
    return OpenSession.objects.select_related("person").get(pk=session, person_id=actor.id)
