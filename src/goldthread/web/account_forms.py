"""The forms of signing in and of one's own account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from goldthread.apps.access.passwords import CONTEXT_WORDS
from goldthread.web.forms import GovukForm

PASSWORD_HINT = (
    "At least 12 characters. Three or more unrelated words make a strong one that is easy to type. "
    f"Not mostly a word like “{CONTEXT_WORDS[0]}” or “{CONTEXT_WORDS[1]}”."
)


def _password(label: str, autocomplete: str, hint: str = "") -> forms.CharField:
    attributes = {"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none"}
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, widget=widget, strip=False, max_length=200, help_text=hint)


class SignInForm(GovukForm):
    """Address and password."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={"invalid": "Write the e-mail address in full, like name@example.org"},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = _password("Password", "current-password")


class CodeForm(GovukForm):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Six digits from your authenticator app, or one of your recovery codes",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
    )

    def clean_code(self) -> str:
        """The code without the blanks that apps show and people type."""
        return "".join(str(self.cleaned_data["code"]).split())


class FirstCodeForm(CodeForm):
    """The first code of an authenticator app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """No recovery codes exist yet."""
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Six digits from your authenticator app"


class ChoosePasswordForm(GovukForm):
    """A new password, typed once: it can be shown, and pasted."""

    new_password = _password("New password", "new-password", PASSWORD_HINT)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        """For whom, as a password must not be like their name or address."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new_password(self) -> str:
        """Refuse what is short, common, or made of the person's own words."""
        password = str(self.cleaned_data["new_password"])
        validate_password(password, self.person)
        return password


class ChangePasswordForm(ChoosePasswordForm):
    """A new password, with the present one to show who is asking."""

    old_password = _password("Your password now", "current-password")
    field_order = ("old_password", "new_password")

    def clean_old_password(self) -> str:
        """It must be right."""
        password = str(self.cleaned_data["old_password"])
        if not self.person.check_password(password):
            raise ValidationError("This is not your password now")
        return password
