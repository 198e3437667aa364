from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "goldthread.apps.offline"
    label = "offline"
    default_auto_field = "django.db.models.BigAutoField"
