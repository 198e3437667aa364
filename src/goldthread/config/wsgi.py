"""The web application as a WSGI server sees it. It refuses to come up while any address is undeclared."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")

application = get_wsgi_application()


def _require_doors() -> None:
    # Imported here: the pages can only be read once the applications above are set up.
    from goldthread.web import doors

    doors.require_all_declared()


def _open_documents() -> None:
    from django.conf import settings

    from goldthread.apps.documents import queries

    if settings.OPEN_DOCUMENTS_AT_START:
        queries.begin_opening()


_require_doors()
_open_documents()
