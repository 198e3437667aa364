"""The fingerprint of a judgement as it was agreed."""

import hashlib
import json
from typing import Any


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of what was agreed, as canonical JSON: keys sorted, no spaces, UTF-8."""
    told = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
