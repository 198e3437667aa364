"""What is told when something agreed is agreed no longer, in the same transaction: apps above hear it, and act.

A report stands above findings, so findings cannot ask it; whoever holds what was built on an agreement listens here.
"""

from django.dispatch import Signal

no_longer_agreed = Signal()
"""Sent with `thing` (the finding or judgement, saved as it now is) and `by` (the actor)."""
