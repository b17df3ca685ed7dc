from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Sito"

    def ready(self) -> None:
        from home import receivers

        receivers.segui()
