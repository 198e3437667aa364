from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "goldthread.config"
    label = "config"
