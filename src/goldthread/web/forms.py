"""Forms of the house: plain-English errors, dates as people write them, and the keys of safe sending."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

_DATE_SHAPES = ("%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%y")


class GovukForm(forms.Form):
    """A form whose errors say what to do. Checks shape only; whether it may be done is the action's to say."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the commonest errors after each field's own label."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = label = field.label or name.replace("_", " ").capitalize()
            if isinstance(field.widget, forms.Textarea):
                # Django's own ten rows and forty columns are no choice of ours.
                field.widget.attrs.pop("cols", None)
                if field.widget.attrs.get("rows") == "10":
                    field.widget.attrs["rows"] = "5"
            field.error_messages |= {
                code: says for code, says in _says(field, str(label)).items() if _is_djangos(field, code)
            }


def _is_djangos(field: forms.Field, code: str) -> bool:
    """Whether nobody has worded this error for the field: Django's own words name no field."""
    says = field.error_messages.get(code)
    ours = (cls.__dict__.get("default_error_messages", {}).get(code) for cls in type(field).__mro__)
    return says is None or says in [one for one in ours if one is not None]


def _says(field: forms.Field, label: str) -> dict[str, str]:
    """Every error that a field of its kind may give: what it is about, and how to mend it."""
    # Django fills the limits in with %, so a per cent sign of the label is written twice.
    about, most = f"“{label.replace('%', '%%')}”", getattr(field, "max_length", None)
    said = {
        "required": _when_empty(field, label.rstrip("?")),
        "null_characters_not_allowed": f"{about} holds a character that cannot be kept. Type it again",
        "invalid_choice": f"Choose one of the answers offered for {about}",
        "invalid_list": f"Choose from the answers offered for {about}",
        "max_length": f"{about} must have {most or 0:,} characters or fewer; it has %(show_value)d. Shorten it",
        "min_length": f"{about} must have %(limit_value)d characters or more; it has %(show_value)d. Write more",
        "step_size": f"{about} must be a multiple of %(limit_value)s",
    }
    if isinstance(field, forms.IntegerField):
        said |= _of_a_number(field, about)
    elif isinstance(field, forms.EmailField):
        said["invalid"] = f"{about} must be an e-mail address in full, like name@example.org"
    elif isinstance(field, forms.FileField):
        said |= {
            "invalid": f"{about}: no file came. Choose it again",
            "missing": f"{about}: no file came. Choose it again",
            "contradiction": f"{about}: choose a file or clear it, not both",
            "empty": f"{about}: the file is empty. Choose one with something in it",
            "max_length": f"{about}: the name of the file must have {most or 0:,} characters or fewer. Shorten it",
        }
    else:
        said["invalid"] = f"{about} cannot be read. Write it again"
    return said


def _of_a_number(field: forms.IntegerField, about: str) -> dict[str, str]:
    kind = "a whole number" if type(field) in (forms.IntegerField, WholeNumberField) else "a number"
    least, most = (None if one is None else f"{one:,}" for one in (field.min_value, field.max_value))
    if least and most:
        span = f" from {least} to {most}"
    else:
        span = f", {least} or more" if least else f", {most} or less" if most else ""
    must = f"{about} must be {kind}{span}"
    # What is no number at all is told without limits to fill in, and its per cent signs stand as they are.
    return {"invalid": must.replace("%%", "%"), "min_value": must, "max_value": must}


def _when_empty(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.FileField):
        return "Choose a file"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}” to go on"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return f"Choose an answer for “{label}”"
    return f"Fill in “{label}”"


class DateField(forms.DateField):
    """A day in one box, as people write it: 23/11/2026, 23 November 2026 or 2026-11-23."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        """A narrow box with an example as its hint, unless another hint is given."""
        hint = str(kwargs.get("help_text", ""))
        kwargs["help_text"] = f"{hint}. For example, 23/11/2026" if hint else "For example, 23/11/2026"
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("class", "govuk-input--width-10")
        self.widget.attrs.setdefault("inputmode", "text")
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value: Any) -> Any:
        """Show a date as 23/11/2026; what was typed stays as it was typed."""
        return value.strftime("%d/%m/%Y") if isinstance(value, (date, datetime)) else value

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError where it is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = " ".join(str(value).split())
        for shape in _DATE_SHAPES:
            try:
                return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        raise ValidationError(f"“{self.label}” must be a real date, like 23/11/2026", code="invalid")


class WholeNumberField(forms.IntegerField):
    """A whole number as people write it: 157000, 157,000 or 157 000."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        """The number, thousands parted or not. Raises ValidationError where it is none."""
        text = value.strip() if isinstance(value, str) else value
        parted = re.fullmatch(r"\d{1,3}([, ])\d{3}(?:\1\d{3})*", text) if isinstance(text, str) else None
        return super().to_python(re.sub("[, ]", "", text) if parted else text)


class FilesInput(forms.FileInput):
    """A box for files, of which several may be chosen at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Every file that was chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """One file or several; `cleaned_data` has a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, each checked as one is. Raises ValidationError."""
        chosen = [one for one in data or () if one is not None]
        if not chosen:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in chosen]


class KeyForm(forms.Form):
    """Mixin: reads the key of a safe second sending, and the version the form was opened on.

    `cleaned_data["client_key"]` is always a UUID and `cleaned_data["version"]` always a number.
    """

    client_key = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_client_key(self) -> UUID:
        """The posted key; a fresh one where none came."""
        try:
            return UUID(str(self.cleaned_data.get("client_key", "")))
        except ValueError:
            return uuid4()

    def clean_version(self) -> int:
        """The posted version; 0, which is never current, where none came."""
        sent = str(self.cleaned_data.get("version", ""))
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def sent_version(request: HttpRequest) -> int:
    """The version on which a page without fields of its own was opened; 0, which is never current, where none came."""
    form = KeyForm(request.POST)
    form.is_valid()
    return int(form.cleaned_data.get("version") or 0)


def sent_key(request: HttpRequest) -> UUID:
    """The key of a safe second sending of a page without fields of its own; a fresh one where none came."""
    form = KeyForm(request.POST)
    form.is_valid()
    key: UUID = form.cleaned_data["client_key"]
    return key


class ListFilter(GovukForm):
    """What narrows a list down by choices and by words: what was asked, for the file that the list leaves as."""

    typed = ("words",)
    order = ("sort",)

    def _asked(self) -> dict[str, str]:
        held = self.cleaned_data if self.is_valid() else {}
        return {name: str(held[name]) for name in self.fields if held.get(name) and name not in self.order}

    def narrows(self) -> list[str]:
        """The filter for a file's name: what was chosen, and of what was typed only that something was."""
        return ["search" if name in self.typed else value for name, value in self._asked().items()]

    def says(self) -> str:
        """The filter in words."""
        return ", ".join(
            f"with “{value}”" if name in self.typed else self._choice(name, value)
            for name, value in self._asked().items()
        ) or "All of them"  # fmt: skip

    def _choice(self, name: str, value: str) -> str:
        field = self.fields[name]
        choices = dict(getattr(field, "choices", ()))
        return f"{str(field.label).lower()} {str(choices.get(value, value)).lower()}"
