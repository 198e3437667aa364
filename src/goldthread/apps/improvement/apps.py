from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "goldthread.apps.improvement"
    label = "improvement"
    default_auto_field = "django.db.models.BigAutoField"
