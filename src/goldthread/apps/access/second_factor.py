"""The second factor of an account: whether it has one, and what its authenticator app is given."""

import base64
import secrets
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from goldthread.apps.access.models import Person

_NONCE_BYTES = 12


def is_set_up(person: Person) -> bool:
    """Whether the account asks for a code when it is signed in to."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def unused_codes(person: Person) -> list[str]:
    """The recovery codes that are still good, in order; empty where there are none."""
    held = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(held.wrap().get_unused_codes()) if held else []


def code_fits(secret: str, code: str) -> bool:
    """Whether a code was made from that secret just now."""
    return bool(validate_totp_code(secret, "".join(code.split())))


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second factors sealed: a stolen database cannot make codes."""

    def encrypt(self, text: str) -> str:
        """Seal with AES-256-GCM under a key drawn from the installation's wrapping key."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        held = base64.b64decode(encrypted_text)
        return AESGCM(_key()).decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], None).decode()


def _key() -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"goldthread second factor")
    return derive.derive(settings.KEY_ENCRYPTION_KEY)


def totp_address(person: Any, secret: str) -> str:
    """The otpauth address that an authenticator app reads from the picture."""
    return str(SealedFactors().build_totp_url(person, secret))


def totp_picture(person: Any, secret: str) -> str:
    """The same as a square picture (SVG)."""
    return str(SealedFactors().build_totp_svg(totp_address(person, secret)))
