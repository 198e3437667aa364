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


def password_field(label: str, autocomplete: str, hint: str = "") -> forms.CharField:
    """A field for a password that is there or a new one; whatever was typed is not shown again."""
    attributes = {"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none"}
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, widget=widget, strip=False, max_length=200, help_text=hint)


class _Code(forms.CharField):
    """A code without the blanks that apps show and people type."""

    def to_python(self, value: Any) -> str:
        return "".join(str(super().to_python(value)).split())


def code_field() -> forms.CharField:
    """A field for a code of the second factor."""
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
    return _Code(
        label="Code",
        max_length=20,
        help_text="Six digits from your authenticator app, or one of your recovery codes",
        widget=forms.TextInput(attrs=attributes),
    )


class SignInForm(GovukForm):
    """Address and password."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={"invalid": "Write the e-mail address in full, like name@example.org"},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = password_field("Password", "current-password")


class CodeForm(GovukForm):
    """A code of the authenticator app, or a recovery code."""

    code = code_field()


class FirstCodeForm(CodeForm):
    """The first code of an authenticator app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """No recovery codes exist yet."""
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Six digits from your authenticator app"


class ChoosePasswordForm(GovukForm):
    """A new password, typed once: it can be shown, and pasted."""

    new_password = password_field("New password", "new-password", PASSWORD_HINT)

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

    old_password = password_field("Your password now", "current-password")
    field_order = ("old_password", "new_password")

    def clean_old_password(self) -> str:
        """It must be right."""
        password = str(self.cleaned_data["old_password"])
        if not self.person.check_password(password):
            raise ValidationError("This is not your password now")
        return password
