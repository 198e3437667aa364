from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "goldthread.apps.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of what is no longer agreed, so that no report under embargo is published on it."""
        from goldthread.apps.findings.reopenings import no_longer_agreed
        from goldthread.apps.reports.actions import holding

        no_longer_agreed.connect(holding.no_longer_agreed, dispatch_uid="an embargo is held")
