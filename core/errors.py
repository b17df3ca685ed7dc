"""What a rule says when it refuses."""

from __future__ import annotations


class DomainError(Exception):
    """A rule of the domain refuses an act.

    codice: stable machine word (snake_case), for tests and the API.
    messaggio: one plain sentence for the person who asked, translated.
    Caught once, in core.middleware, which answers 409 (page or problem JSON).
    """

    def __init__(self, codice: str, messaggio: str) -> None:
        super().__init__(messaggio)
        self.codice = codice
        self.messaggio = messaggio
