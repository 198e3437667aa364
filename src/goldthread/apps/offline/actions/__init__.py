"""Cases taken offline: the leave, the packs, and what comes home."""

from goldthread.apps.offline.actions.home import CLASH, MERGED, REFUSED, UNREADABLE, Came, bring_home, settle
from goldthread.apps.offline.actions.leave import set_leave, withdraw
from goldthread.apps.offline.actions.packs import NOT_ALLOWED, end, give_up, hand_key, take
from goldthread.apps.offline.sealing_answers import Sent

__all__ = [
    "CLASH",
    "MERGED",
    "NOT_ALLOWED",
    "REFUSED",
    "UNREADABLE",
    "Came",
    "Sent",
    "bring_home",
    "end",
    "give_up",
    "hand_key",
    "set_leave",
    "settle",
    "take",
    "withdraw",
]
