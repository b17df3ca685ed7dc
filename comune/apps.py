from django.apps import AppConfig


class ComuneConfig(AppConfig):
    name = "comune"
    verbose_name = "Comune"
