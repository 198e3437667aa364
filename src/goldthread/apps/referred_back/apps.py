from django.apps import AppConfig


class ReferredBackConfig(AppConfig):
    name = "goldthread.apps.referred_back"
    label = "referred_back"
    default_auto_field = "django.db.models.BigAutoField"
