from django.apps import AppConfig


class ProtocolloConfig(AppConfig):
    name = "protocollo"
    verbose_name = "Protocollo"
