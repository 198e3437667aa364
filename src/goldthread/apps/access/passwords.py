"""A password must not be made of the words that anybody would try first here."""

from typing import Any

from django.core.exceptions import ValidationError

CONTEXT_WORDS = ("goldthread", "ofsted", "inspection", "inspector", "children", "safeguarding", "council", "password")


class ContextWordValidator:
    """Refuses a password that is little more than a word of this field (ASVS 5.0, 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where fewer than eight characters remain once such a word is taken out."""
        lowered = password.lower()
        for word in CONTEXT_WORDS:
            if word in lowered and len(lowered.replace(word, "")) < 8:
                raise ValidationError(
                    f"This password is mostly the word “{word}”, which is among the first to be tried. "
                    "Use three or more unrelated words.",
                    code="context_word",
                )

    def get_help_text(self) -> str:
        """What the form says beside the field."""
        return "Three or more unrelated words make a strong password that is easy to type."
