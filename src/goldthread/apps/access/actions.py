"""Accounts, and the guard that every action of every app calls first."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils import timezone

from goldthread.apps.access import terms
from goldthread.apps.access.models import OpenSession, Person, SiteGrant
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor, Decision, Refused, Target
from goldthread.apps.access.policy import require as policy_require
from goldthread.apps.access.roles import ROLES, SITE_ROLES
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events

KEPT = timedelta(days=30)
"""For how long it is kept when a session began."""


class Clash(Exception):
    """Somebody saved this since the form was opened. `theirs` and `yours` hold both texts, field by field;
    `about` is the thing, where its journal tells who changed it."""

    def __init__(
        self, *, current_version: int, theirs: dict[str, str], yours: dict[str, str], about: Any = None
    ) -> None:
        super().__init__("This was changed by somebody else since you opened it.")
        self.current_version, self.theirs, self.yours, self.about = current_version, theirs, yours, about


def require(by: Actor, permission: Permission, target: Target, now: datetime | None = None) -> Decision:
    """The guard of every action. Raises Refused with the reason."""
    return policy_require(by, permission, target, now or timezone.now())


def require_version(
    current: int, expected: int, *, theirs: dict[str, str], yours: dict[str, str], about: Any = None
) -> None:
    """Raise Clash unless the form was opened on the version that is still current."""
    if current != expected:
        raise Clash(current_version=current, theirs=theirs, yours=yours, about=about)


@transaction.atomic
def add_person(*, email: str, name: str, by: Actor, password: str | None = None) -> Person:
    """Add an account. Adding an address twice gives back the account that is there."""
    require(by, Permission.ACCOUNT_MANAGE, Target())
    existing = Person.objects.filter(email__iexact=email.strip()).first()
    if existing:
        return existing
    person = Person.objects.create_user(email=email.strip(), name=name.strip(), password=password)
    journal(Events.PERSON_ADDED, by=by, about=person)
    return person


@transaction.atomic
def change_person(*, person: Person, name: str, version: int, by: Actor) -> Person:
    """Change the name of an account. Raises Clash where it was changed meanwhile."""
    require(by, Permission.ACCOUNT_MANAGE, Target())
    person = Person.objects.select_for_update().get(pk=person.pk)
    require_version(person.version, version, theirs={"name": person.name}, yours={"name": name}, about=person)
    person.name, person.version = name.strip(), person.version + 1
    person.save(update_fields=["name", "version"])
    journal(Events.PERSON_CHANGED, by=by, about=person, fields=["name"])
    return person


@transaction.atomic
def close_person(*, person: Person, by: Actor) -> Person:
    """Close an account: its sessions end at their next request. Nobody closes their own."""
    require(by, Permission.ACCOUNT_MANAGE, Target())
    if by.id == str(person.pk):
        raise Refused("You cannot close your own account. Ask another administrator.")
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_all(person)
    journal(Events.PERSON_CLOSED, by=by, about=person)
    return person


@transaction.atomic
def reopen_person(*, person: Person, by: Actor) -> Person:
    """Open a closed account again."""
    require(by, Permission.ACCOUNT_MANAGE, Target())
    person.is_active = True
    person.save(update_fields=["is_active"])
    journal(Events.PERSON_REOPENED, by=by, about=person)
    return person


@transaction.atomic
def grant_site_role(*, person: Person, role: str, by: Actor, valid_to: datetime | None = None) -> SiteGrant:
    """Give a role across the site. Nobody gives themselves one."""
    require(by, Permission.ACCOUNT_MANAGE, Target())
    if by.id == str(person.pk) and by is not PROGRAMME:
        raise Refused("You cannot give yourself a role. Ask another administrator.")
    if role not in SITE_ROLES:
        raise Refused(f"“{role}” is not a role that can be held across the site.")
    now = timezone.now()
    for held in SiteGrant.objects.filter(person=person, role=role):
        if held.holds_at(now):
            return held
    grant = SiteGrant.objects.create(person=person, role=role, valid_from=now, valid_to=valid_to)
    journal(Events.SITE_ROLE_GRANTED, by=by, about=person, role=ROLES[role].title)
    return grant


@transaction.atomic
def end_site_role(*, grant: SiteGrant, by: Actor) -> SiteGrant:
    """End a role across the site from this moment."""
    require(by, Permission.ACCOUNT_MANAGE, Target())
    grant.valid_to = timezone.now()
    grant.save(update_fields=["valid_to"])
    journal(Events.SITE_ROLE_ENDED, by=by, about=grant.person, role=ROLES[grant.role].title)
    return grant


@transaction.atomic
def record(event_name: str, *, person: Person, by: Actor) -> None:
    """Write an event of signing in or out, or of a second factor, in the site's journal."""
    journal(getattr(Events, event_name), by=by, about=person)


@transaction.atomic
def end_sessions(*, person: Person, by: Actor) -> None:
    """End every session of an account at its next request: the person's own wish, or an administrator's."""
    if by.id != str(person.pk):
        require(by, Permission.ACCOUNT_MANAGE, Target())
    _end_all(person)
    journal(Events.SESSIONS_ENDED, by=by, about=person)


@transaction.atomic
def begin_session(*, person: Person, device: str, by: Actor) -> OpenSession:
    """Note a session that was just opened, so that its owner sees it. What began a month ago is forgotten."""
    _require_own(person, by)
    now = timezone.now()
    OpenSession.objects.filter(person=person, began_at__lt=now - KEPT).delete()
    return OpenSession.objects.create(person=person, device=device, began_at=now, seen_at=now)


@transaction.atomic
def note_use(*, session: OpenSession, by: Actor) -> None:
    """Note that a session is in use."""
    session.seen_at = timezone.now()
    session.save(update_fields=["seen_at"])


@transaction.atomic
def end_session(*, session: OpenSession, by: Actor) -> None:
    """End one of one's own sessions, at its next request."""
    _require_own(session.person, by)
    if session.ended_at is None:
        session.ended_at = timezone.now()
        session.save(update_fields=["ended_at"])
        journal(Events.SESSION_ENDED, by=by, about=session.person)


@transaction.atomic
def sign_out(*, person: Person, session: str, by: Actor) -> None:
    """Note that somebody signs out, which ends the session they are in."""
    _require_own(person, by)
    OpenSession.objects.filter(pk=session, person=person, ended_at=None).update(ended_at=timezone.now())
    journal(Events.SIGNED_OUT, by=by, about=person)


@transaction.atomic
def end_other_sessions(*, person: Person, keep: UUID, by: Actor) -> int:
    """End every session of one's own but this one, at their next request; gives how many there were."""
    _require_own(person, by)
    others = OpenSession.objects.filter(person=person, ended_at=None).exclude(pk=keep)
    ended = others.update(ended_at=timezone.now())
    journal(Events.OTHER_SESSIONS_ENDED, by=by, about=person)
    return int(ended)


@transaction.atomic
def accept_terms(*, person: Person, version: int, by: Actor) -> Person:
    """Accept the terms of use, as they are now. Raises Refused on any but the version in force."""
    _require_own(person, by)
    if version != terms.VERSION:
        raise Refused("The terms were changed since you opened the page. Read them again.")
    if person.terms_accepted < version:
        person.terms_accepted = version
        person.save(update_fields=["terms_accepted"])
        journal(Events.TERMS_ACCEPTED, by=by, about=person, terms=version)
    return person


@transaction.atomic
def make_password_link(*, person: Person, by: Actor) -> str:
    """The token of a link with which somebody chooses a password: good once, and until it runs out.

    It is shown on screen to be handed over; no mail leaves.
    """
    require(by, Permission.ACCOUNT_MANAGE, Target())
    if not person.is_active:
        raise Refused("This account is closed. Open it again first.")
    journal(Events.PASSWORD_LINK_MADE, by=by, about=person)
    return default_token_generator.make_token(person)


@transaction.atomic
def choose_password(*, person: Person, password: str, by: Actor, token: str | None = None) -> Person:
    """Set one's own password, by being signed in or with a link's token. Ends every other session of the account."""
    if token is None:
        require(by, Permission.OWN_ACCOUNT, Target())
        if by.id != str(person.pk):
            raise Refused("A password is chosen by its owner and nobody else.")
    person = Person.objects.select_for_update().get(pk=person.pk)
    if token is not None and not (person.is_active and default_token_generator.check_token(person, token)):
        raise Refused("This link was used already or has run out. Ask for a new one.")
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    _end_all(person)
    journal(Events.PASSWORD_CHANGED, by=by, about=person)
    return person


@transaction.atomic
def set_second_factor(*, person: Person, secret: str, by: Actor) -> list[str]:
    """Set up one's own second factor; gives its recovery codes. A second factor that is there must go first."""
    _require_own(person, by)
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        raise Refused("This account has a second factor. An administrator can remove it if its device is lost.")
    TOTP.activate(person, secret)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    journal(Events.SECOND_FACTOR_SET, by=by, about=person)
    return list(codes)


@transaction.atomic
def renew_recovery_codes(*, person: Person, by: Actor) -> list[str]:
    """Make new recovery codes for oneself; the old ones are worth nothing from now on."""
    _require_own(person, by)
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(person).get_unused_codes()
    journal(Events.RECOVERY_CODES_MADE, by=by, about=person)
    return list(codes)


@transaction.atomic
def remove_second_factor(*, person: Person, by: Actor) -> None:
    """Take away the second factor of somebody whose device is lost, and end their sessions. Nobody their own."""
    require(by, Permission.ACCOUNT_MANAGE, Target())
    if by.id == str(person.pk):
        raise Refused("You cannot remove your own second factor. Ask another administrator.")
    Authenticator.objects.filter(user=person).delete()
    _end_all(person)
    journal(Events.SECOND_FACTOR_REMOVED, by=by, about=person)


def _require_own(person: Person, by: Actor) -> None:
    require(by, Permission.OWN_ACCOUNT, Target())
    if by.id != str(person.pk) and not by.programme:
        raise Refused("Only the owner of an account may do this, and nobody else.")


def _end_all(person: Person) -> None:
    person.access_changed_at = now = timezone.now()
    person.save(update_fields=["access_changed_at"])
    OpenSession.objects.filter(person=person, ended_at=None).update(ended_at=now)
