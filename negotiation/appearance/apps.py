"""The app of how pages look: themes, the page of the tokens, and what forms say of mistakes."""

from django.apps import AppConfig


class AppearanceConfig(AppConfig):
    name = "negotiation.appearance"

    def ready(self) -> None:
        """Puts our sentences into the forms."""
        from negotiation.appearance.mistakes import say_how_to_mend

        say_how_to_mend()
