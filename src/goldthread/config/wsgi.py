"""The web application as a WSGI server sees it. It refuses to come up while any address is undeclared."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")

application = get_wsgi_application()


def _require_doors() -> None:
    # Imported here: the pages can only be read once the applications above are set up.
    from goldthread.web import doors

    doors.require_all_declared()


_require_doors()
