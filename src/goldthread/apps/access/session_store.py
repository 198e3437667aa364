"""Where sessions are kept: Django's own table, read with a statement that is written once."""

from django.contrib.sessions.backends.db import SessionStore as Table
from django.contrib.sessions.models import Session
from django.utils import timezone

from goldthread.apps.access.prepared import Prepared

_by_key = Prepared(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(Table):
    """Django's store of sessions in the database."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's own table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row of this session while it has not run out; one that has is given up, as Django does."""
        found = next((row for row in _by_key(self.session_key or "") if row.expire_date > timezone.now()), None)
        if found is None:
            self._session_key = None
        return found
