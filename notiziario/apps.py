from django.apps import AppConfig


class NotiziarioConfig(AppConfig):
    name = "notiziario"
    verbose_name = "Novità per e-mail"

    def ready(self) -> None:
        from notiziario import receivers

        receivers.ascolta()
