"""Words about a child under seal: opened in memory for whoever may read them, and never searched in the database."""

import json
from collections.abc import Mapping

from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing


def sealed_words(inspection: Inspection, words: Mapping[str, str], purpose: str) -> bytes | None:
    """Words by name under the inspection's seal; None where nothing was written."""
    told = {name: value for name, value in words.items() if value}
    return sealing.seal(inspection, json.dumps(told).encode(), purpose=purpose) if told else None


def opened(inspection: Inspection, held: bytes | memoryview | None, purpose: str) -> dict[str, str]:
    """What was sealed, by name. Raises CannotUnseal where it was changed or belongs elsewhere."""
    if not held:
        return {}
    told: dict[str, str] = json.loads(sealing.unseal(inspection, bytes(held), purpose=purpose))
    return told
