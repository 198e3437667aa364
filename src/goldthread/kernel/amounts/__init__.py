"""Every amount: rates for 10,000 children, medians and averages, in the order of a child's way through the services.

Where a list of Annex A holds the dates, the amount asks the list; the same code asked of the record is for the other
forms.
"""

from goldthread.kernel.amount import Amount
from goldthread.kernel.amounts import adoption, care, need

LIST_AMOUNTS: tuple[Amount, ...] = adoption.OF_LISTS
"""What is asked of the lists of Annex A themselves."""

RECORD_AMOUNTS: tuple[Amount, ...] = (*need.AMOUNTS, *care.AMOUNTS, *adoption.OF_RECORD)
"""What is asked of the record, whichever form it was handed in as."""
