"""Plays the stories through the real actions, all their steps in the order of time, each at its own instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from accounts.models import User
from comune.models import Ufficio
from core.calendario import piu_lavorativi
from core.templatetags.lp import giorno_settimana
from core.tempo import adesso, fermo_a, oggi
from segnalazioni import actions
from segnalazioni.actions.avvisi import dopo
from segnalazioni.actions.passi import Dati, compi
from segnalazioni.demo.copione import Storia, frase
from segnalazioni.demo.disegni import foto
from segnalazioni.demo.persone import Gente
from segnalazioni.models import Segnalazione
from segnalazioni.workflow import RuoloCaso

CONFERMA_DOPO = timedelta(minutes=2)
Scena = tuple[datetime, int, int, Callable[[Storia], None]]  # when, which story, its place there, what happens


class Recita:
    """One run. `casi`: the report that each story has become so far."""

    def __init__(self, storie: list[Storia], gente: Gente) -> None:
        self.storie, self.gente = storie, gente
        self.casi: dict[int, Segnalazione] = {}
        self.oggi = oggi()
        self.scene = self._in_ordine()

    def svolgi(self, *, avanti: Callable[[], None]) -> None:
        """Plays everything; calls `avanti` after each scene."""
        for quando, numero, _posto, fai in self.scene:
            with fermo_a(quando):
                fai(self.storie[numero])
            avanti()

    def _in_ordine(self) -> list[Scena]:
        scene: list[Scena] = []
        for numero, s in enumerate(self.storie):
            scene.append((s.quando[0], numero, 0, self._arriva))
            if s.email and s.trama.chi != "ospite":
                scene.append((s.quando[0] + CONFERMA_DOPO, numero, 0, self._conferma))
            scene += [(q, numero, n, self._passo(p)) for n, (p, q) in enumerate(_coppie(s), 1)]
            scene += [(q, numero, n, self._segue) for n, q in enumerate(_adesioni(s), 100)]
        return sorted(scene, key=lambda scena: scena[:3])

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
            giorno = max(giorno, piu_lavorativi(self.oggi, s.caso.randint(1, 8)))
        testo = frase(passo, s.gruppo, s.caso).format(giorno=giorno_settimana(giorno))
        self._fai(s, passo, self._operatore(s), giorno=giorno, testo=testo)

    def _riprogramma(self, s: Storia) -> None:
        self._programma(s, "riprogramma")

    def _chiedi(self, s: Storia) -> None:
        domanda, s.replica = frase("chiedi", s.gruppo, s.caso)
        self._fai(s, "chiedi", self._operatore(s), testo=domanda)

    def _rispondi(self, s: Storia) -> None:
        self._tieni(s, actions.rispondi(self._caso(s), testo=s.replica, autore=s.utente))

    def _attendi(self, s: Storia) -> None:
        ente, testo = frase("attendi", s.gruppo, s.caso)
        self._fai(s, "attendi", self._operatore(s), ente=ente, testo=testo)

    def _riprendi(self, s: Storia) -> None:
        self._fai(s, "riprendi", self._operatore(s), testo=frase("riprendi", s.gruppo, s.caso))

    def _risolvi(self, s: Storia) -> None:
        immagini = [foto(s.dopo, s.caso.randrange(9))] if s.dopo and s.caso.random() < 0.7 else []
        self._fai(s, "risolvi", self._operatore(s), testo=s.risolta, nota=self._nota(s), foto=immagini)

    def _inoltra(self, s: Storia) -> None:
        ente, testo, prova = frase("inoltra", s.gruppo, s.caso)
        prova = f"{prova}, n. {s.caso.randrange(1200, 9800)} del {giorno_settimana(oggi())}"
        self._fai(s, "inoltra", self._operatore(s), ente=ente, testo=testo, prova=prova)

    def _unisci(self, s: Storia) -> None:
        if s.madre is not None:
            testo = frase("unisci", s.gruppo, s.caso)
            self._fai(s, "unisci", self._urp(s), originale=self._caso(s.madre), testo=testo)

    def _preavvisa(self, s: Storia) -> None:
        self._fai(s, "preavvisa", self._responsabile(s), testo=frase("preavvisa", s.gruppo, s.caso))

    def _accogli(self, s: Storia) -> None:
        self._fai(s, "accogli", self._responsabile(s), testo=frase("accogli", s.gruppo, s.caso))

    def _respingi(self, s: Storia) -> None:
        dopo_il_preavviso = "preavvisa" in s.passi
        chi = self._responsabile(s) if dopo_il_preavviso else self._urp(s)
        quali = "osservazioni" if dopo_il_preavviso else s.gruppo
        self._fai(s, "respingi", chi, testo=frase("respingi", quali, s.caso))

    def _ritira(self, s: Storia) -> None:
        self._tieni(s, actions.ritira(self._caso(s), testo=frase("ritira", s.gruppo, s.caso), autore=s.utente))

    def _contesta(self, s: Storia) -> None:
        self._motore(s, "contesta", RuoloCaso.SEGNALANTE, frase("contesta", s.gruppo, s.caso))

    def _riapri(self, s: Storia) -> None:
        self._fai(s, "riapri", self._responsabile(s), testo=frase("riapri", s.gruppo, s.caso))

    def _chiudi(self, s: Storia) -> None:
        self._fai(s, "chiudi", self._urp(s), testo=frase("chiudi", s.gruppo, s.caso))

    def _archivia(self, s: Storia) -> None:
        self._motore(s, "archivia", RuoloCaso.SISTEMA)

    def _archivia_chi_segnala(self, s: Storia) -> None:
        self._motore(s, "archivia", RuoloCaso.SEGNALANTE)

    def _scarta(self, s: Storia) -> None:
        actions.scarta(self._caso(s))

    # --- who works on it ---

    def _tieni(self, s: Storia, caso: Segnalazione) -> None:
        self.casi[id(s)] = caso

    def _caso(self, s: Storia) -> Segnalazione:
        return self.casi[id(s)]

    def _ufficio(self, s: Storia) -> Ufficio:
        return self._caso(s).ufficio or self.gente.uffici["urp"]

    def _urp(self, s: Storia) -> User:
        return s.caso.choice(self.gente.urp)

    def _operatore(self, s: Storia) -> User:
        return self.gente.operatori[self._ufficio(s).slug]

    def _responsabile(self, s: Storia) -> User:
        return self.gente.responsabili[self._ufficio(s).slug]

    def _nota(self, s: Storia) -> str:
        return str(frase("note", "", s.caso)) if s.caso.random() < 0.15 else ""


def _coppie(s: Storia) -> Iterator[tuple[str, datetime]]:
    return zip(s.passi, s.quando[1:], strict=True)


def _adesioni(s: Storia) -> list[datetime]:
    """When others say that they have the same problem: few times for most reports, often for some."""
    if not s.categoria.pubblica or s.trama.chi == "ospite" or s.madre is not None:
        return []
    da = s.quando[0] + 2 * CONFERMA_DOPO
    a = min(filter(None, [s.aperta_fino_a, adesso()]))
    quante = s.caso.choice((0, 0, 0, 1, 1, 2, 3, 9)) if a > da else 0
    return [da + (a - da) * s.caso.random() for _volta in range(quante)]
