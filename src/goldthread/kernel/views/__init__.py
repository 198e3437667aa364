"""Views of the record: what its measures ask, one line each."""

from goldthread.kernel.views import care, need
from goldthread.kernel.views.early_help import ALL_EARLY_HELP, HELPED_EARLY
from goldthread.kernel.views.in_care import IN_CARE
from goldthread.kernel.views.stays import STAYS
from goldthread.kernel.views.tables import VIEW_TABLES
from goldthread.kernel.views.view import View

VIEWS: dict[str, View] = {
    view.table.name: view
    for view in (
        need.ALL_CONTACTS,
        need.ALL_REFERRALS,
        need.ALL_NEED,
        need.ALL_ASSESSMENTS,
        need.ALL_ENQUIRIES,
        need.ALL_CONFERENCES,
        need.ALL_PLANS,
        ALL_EARLY_HELP,
        HELPED_EARLY,
        IN_CARE,
        STAYS,
        care.CARED_IN_YEAR,
        care.CARE_BEGUN,
        care.CARE_ENDED,
        care.CARE_REVIEWS,
        care.TIMES_MISSING,
        care.LEAVERS,
        care.ADOPTION_PATHS,
    )
}
"""Every view by the name of its table."""

if VIEWS.keys() != VIEW_TABLES.keys():
    raise ValueError("a view is declared and not made, or made and not declared")
