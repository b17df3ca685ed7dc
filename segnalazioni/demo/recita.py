"""Plays the stories through the real actions, all their steps in the order of time, each at its own instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from django.utils.timezone import localtime

from accounts.models import User
from comune.models import Ufficio
from core.calendario import piu_lavorativi
from core.tempo import adesso, fermo_a, oggi
from segnalazioni import actions
from segnalazioni.actions.avvisi import dopo
from segnalazioni.actions.passi import Dati, compi
from segnalazioni.demo.copione import Storia, frase
from segnalazioni.demo.disegni import foto
from segnalazioni.demo.persone import Gente
from segnalazioni.models import Segnalazione
from segnalazioni.workflow import RuoloCaso, Stato

CONFERMA_DOPO = timedelta(minutes=4)


class Recita:
    """One run. `casi`: the report that each story has become so far."""

    def __init__(self, storie: list[Storia], gente: Gente) -> None:
        self.storie, self.gente = storie, gente
        self.casi: dict[int, Segnalazione] = {}

    def svolgi(self, *, avanti: Callable[[], None]) -> None:
        """Plays everything; calls `avanti` after each step."""
        scene: list[tuple[datetime, int, int, Callable[[Storia], None]]] = []
        for numero, storia in enumerate(self.storie):
            scene.append((storia.quando[0], numero, 0, self._arriva))
            if storia.email and storia.trama.chi != "ospite":
                scene.append((storia.quando[0] + CONFERMA_DOPO, numero, 0, self._conferma))
            scene += [(q, numero, posto + 1, self._passo(p)) for posto, (p, q) in enumerate(_coppie(storia))]
            scene += [(q, numero, 99, self._segue) for q in _adesioni(storia)]
        for quando, numero, _posto, fai in sorted(scene, key=lambda scena: scena[:3]):
            with fermo_a(quando):
                fai(self.storie[numero])
            avanti()

    # --- who reports ---

    def _arriva(self, s: Storia) -> None:
        posto = s.posto
        caso = actions.invia(
            actions.NuovaSegnalazione(
                categoria=s.categoria,
                testo=s.testo,
                risposte=s.risposte,
                lat=posto.lat if posto else None,
                lon=posto.lon if posto else None,
                indirizzo=posto.indirizzo if posto else "",
                luogo_a_parole=posto.a_occhio if posto else "",
                canale=s.canale,
                email=s.email,
            ),
            autore=s.utente,
        )
        if s.foto and s.caso.random() < 0.7:
            actions.aggiungi_foto([foto(s.foto, s.caso.randrange(9))], segnalazione=caso, nomi=["foto.jpg"])
        self._tieni(s, caso)

    def _conferma(self, s: Storia) -> None:
        self._tieni(s, actions.email_dimostrata(self._caso(s), s.email))

    def _segue(self, s: Storia) -> None:
        caso = self._caso(s)
        if s.caso.random() < 0.35:
            chi = s.caso.choice([c for c in self.gente.cittadini if c != s.utente])
            actions.segui(caso, firma=s.caso.random() < 0.7, utente=chi)
        else:
            actions.segui(caso, firma=True, sessione=f"{s.caso.getrandbits(256):064x}")

    # --- steps ---

    def _passo(self, passo: str) -> Callable[[Storia], None]:
        return getattr(self, f"_{passo}")  # type: ignore[no-any-return]

    def _fai(self, s: Storia, passo: str, chi: User, **dati: object) -> None:
        self._tieni(s, actions.VERBI[passo](self._caso(s), operatore=chi, **dati))

    def _motore(self, s: Storia, passo: str, come: RuoloCaso, testo: str = "") -> None:
        """A step whose verb no door offers yet: the engine itself, then its notices."""
        autore = s.utente if come is RuoloCaso.SEGNALANTE else None
        caso, passaggio = compi(passo, self._caso(s), autore=autore, come=come, dati=Dati(testo=testo))
        dopo(caso, passaggio, testo=testo)
        self._tieni(s, caso)

    def _assegna(self, s: Storia) -> None:
        giusto = s.categoria.ufficio or self.gente.uffici["decoro"]
        sbagliato = self.gente.uffici["verde" if giusto.slug != "verde" else "strade"]
        rimbalza = s.data("rifiuta", adesso()) is not None
        self._fai(s, "assegna", self._urp(s), ufficio=sbagliato if rimbalza else giusto, nota=self._nota(s))

    def _rifiuta(self, s: Storia) -> None:
        self._fai(s, "rifiuta", self._operatore(s), nota=frase("rifiuta", s.gruppo, s.caso))

    def _passa(self, s: Storia) -> None:
        altro = self.gente.uffici["edifici" if self._ufficio(s).slug != "edifici" else "mobilita"]
        self._fai(s, "passa", self._operatore(s), ufficio=altro, nota=frase("passa", s.gruppo, s.caso))

    def _prendi_in_carico(self, s: Storia) -> None:
        testo = frase("prendi_in_carico", s.gruppo, s.caso)
        self._fai(s, "prendi_in_carico", self._operatore(s), testo=testo, nota=self._nota(s))

    def _programma(self, s: Storia, passo: str = "programma") -> None:
        fine = s.data("riprogramma", adesso()) or s.data("risolvi", adesso())
        giorno = localtime(fine).date() if fine else piu_lavorativi(oggi(), s.caso.randint(2, 9))
        # Open to this day: a day to come, one time in six a day that has just gone by.
        if fine is None and s.caso.random() > 0.16:
            giorno = max(giorno, piu_lavorativi(localtime(self._fine).date(), s.caso.randint(1, 8)))
        testo = frase(passo, s.gruppo, s.caso).format(giorno=_in_parole(giorno))
        self._fai(s, passo, self._operatore(s), giorno=giorno, testo=testo)

    def _riprogramma(self, s: Storia) -> None:
        self._programma(s, "riprogramma")

    def _chiedi(self, s: Storia) -> None:
        domanda, s.risposte["_"] = frase("chiedi", s.gruppo, s.caso)
        self._fai(s, "chiedi", self._operatore(s), testo=domanda)

    def _rispondi(self, s: Storia) -> None:
        self._tieni(s, actions.rispondi(self._caso(s), testo=s.risposte.pop("_"), autore=s.utente))

    def _attendi(self, s: Storia) -> None:
        ente, testo = frase("attendi", s.gruppo, s.caso)
        self._fai(s, "attendi", self._operatore(s), ente=ente, testo=testo)

    def _riprendi(self, s: Storia) -> None:
        self._fai(s, "riprendi", self._operatore(s), testo=frase("riprendi", s.gruppo, s.caso))
