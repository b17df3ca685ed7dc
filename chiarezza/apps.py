from django.apps import AppConfig


class ChiarezzaConfig(AppConfig):
    name = "chiarezza"
    verbose_name = "Chiarezza"
