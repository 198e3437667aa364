"""`manage.py first_administrator`: the first account of an installation that was started without a demonstration."""

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from goldthread.apps.access import actions
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME


class Command(BaseCommand):
    """Make the first account: an administrator who may also set inspections up."""

    help = "Makes the first account. It asks for a password, which is never shown or kept in clear."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is for."""
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password twice, check its strength, make the account."""
        if Person.objects.exists():
            raise CommandError("There are accounts already. An administrator adds others on the Accounts page.")
        try:
            validate_email(options["email"])
            password = getpass.getpass("Password (three or more unrelated words): ")
            validate_password(password, Person(email=options["email"], name=options["name"]))
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        if getpass.getpass("The same again: ") != password:
            raise CommandError("The two passwords differ. Nothing was made.")
        person = actions.add_person(email=options["email"], name=options["name"], by=PROGRAMME, password=password)
        for role in ("administrator", "lead"):
            actions.grant_site_role(person=person, role=role, by=PROGRAMME)
        self.stdout.write(f"{person.name} may now sign in.")
