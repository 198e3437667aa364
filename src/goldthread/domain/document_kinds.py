"""What kinds of document a council sends, in the words of the requests that the frameworks make."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "policy": "Policy or procedure",
    "plan": "Plan or strategy",
    "minutes": "Minutes of a meeting",
    "report": "Report",
    "audit": "Audit or review of practice",
    "performance": "Performance information",
    "self-evaluation": "Self-evaluation",
    "training": "Training and guidance for staff",
    "letter": "Letter or e-mail",
    "other": "Something else",
}
"""Every kind with its words."""

OTHER = "other"
