"""Words of every list that say too little, take back what stands beside them, or deny it."""

VAGUE = frozenset(
    ["other", "family", "child", "school", "parent", "parents", "carer", "unknown", "public", "adult", "external",
     "local", "community", "residential", "independent", "emergency", "hearing", "learning", "physical", "emotional",
     "sexual", "vision", "supported", "secure"]
)  # fmt: skip
"""Long words that are not enough beside a word nobody knows, and that are no slip for another word."""
TELLING = frozenset({"support", "supported"})
"""Words that make another thing of what they stand beside, though no phrase asks for them: 'family support'."""
UNSAYING = frozenset(
    ["discharged", "revoked", "ended", "lapsed", "expired", "pending", "application", "applied", "applying", "proposed",
     "planned", "considered", "considering", "breakdown", "disruption", "disrupted", "failed", "former", "formerly",
     "possible", "possibly", "query", "awaiting", "until", "before", "hearing", "breach", "suspected", "withdrawn",
     "proceedings", "support", "sought"]
)  # fmt: skip
"""Words nobody knows beside which nothing is sure: what is said may be over, or not be yet."""
DENIALS = frozenset(["not", "non", "no", "nor", "except", "excluding", "without", "than", "neither", "never"])
