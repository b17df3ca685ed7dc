"""Plays the stories through the real actions, all their steps in the order of time, each at its own instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from random import Random

from django.utils.timezone import localtime, make_aware

from accounts.models import User
from comune.models import Ufficio
from core.calendario import piu_lavorativi
from core.templatetags.lp import giorno_settimana
from core.tempo import adesso, fermo_a, oggi
from protocollo.tasks import manda
from segnalazioni import actions
from segnalazioni.demo.copione import Storia, frase
from segnalazioni.demo.disegni import foto
from segnalazioni.demo.persone import Gente
from segnalazioni.models import Risolto, Segnalazione
from segnalazioni.racconto import registrazione_di
from segnalazioni.workflow import PROCEDURA, RISPOSTE, RuoloCaso

CONFERMA_DOPO = timedelta(minutes=2)
RISPONDONO = frozenset(riga.passo for riga in PROCEDURA.righe if riga.a in RISPOSTE)
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
                self._protocolla(self.storie[numero])
            avanti()
        for caso in Segnalazione.objects.scadute_da_segnare():
            with fermo_a(max(caso.aggiornata_il, self._scaduta_il(caso))):
                actions.segna_scaduta(caso)
        self._chiedono_intervento()

    def _chiedono_intervento(self) -> None:
        """Two who have waited too long, and have an account."""
        suoi = Segnalazione.objects.in_ritardo().filter(seguaci__segnalante=True, seguaci__utente__isnull=False)
        for caso in suoi.order_by("-aggiornata_il")[:2]:
            autore = caso.seguaci.get(segnalante=True).utente
            actions.sollecita(caso, testo=frase("sollecita", "", Random(caso.pk)), autore=autore)  # noqa: S311

    @staticmethod
    def _scaduta_il(caso: Segnalazione) -> datetime:
        """The first minutes of the day after the last, when the timer would have said it."""
        assert caso.scadenza is not None  # noqa: S101  # it is late
        return make_aware(datetime.combine(caso.scadenza + timedelta(days=1), time(0, 5)))

    def _protocolla(self, s: Storia) -> None:
        """At the instant of the scene: the carrier, which waits for the end of the transaction, comes too late."""
        registrazione = registrazione_di(self._caso(s))
        if registrazione and not registrazione.protocollata:
            manda([registrazione.pk])

    def _in_ordine(self) -> list[Scena]:
        scene: list[Scena] = []
        for numero, s in enumerate(self.storie):
            scene.append((s.quando[0], numero, 0, self._arriva))
            if s.email and s.trama.chi != "ospite":
                scene.append((s.quando[0] + CONFERMA_DOPO, numero, 0, self._conferma))
            scene += [(q, numero, n, self._passo(p)) for n, (p, q) in enumerate(_coppie(s), 1)]
            scene += [(q, numero, n, self._segue) for n, q in enumerate(_adesioni(s), 100)]
            scene += [(q, numero, n, self._valuta) for n, q in enumerate(_pareri(s, Random(numero)), 200)]  # noqa: S311
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

    def _osserva(self, s: Storia) -> None:
        self._tieni(s, actions.osserva(self._caso(s), testo=frase("osserva", s.gruppo, s.caso), autore=s.utente))

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
        testo = frase("contesta", s.gruppo, s.caso)
        self._tieni(s, actions.contesta(self._caso(s), testo=testo, autore=s.utente))

    def _riapri(self, s: Storia) -> None:
        self._fai(s, "riapri", self._responsabile(s), testo=frase("riapri", s.gruppo, s.caso))

    def _chiudi(self, s: Storia) -> None:
        self._fai(s, "chiudi", self._urp(s), testo=frase("chiudi", s.gruppo, s.caso))

    def _archivia(self, s: Storia) -> None:
        self._tieni(s, actions.archivia(self._caso(s), come=RuoloCaso.SISTEMA))

    def _archivia_chi_segnala(self, s: Storia) -> None:
        voto = s.caso.choice((3, 4, 5, 5))
        risolto = Risolto.IN_PARTE if voto < 4 else Risolto.SI
        self._tieni(s, actions.valuta(self._caso(s), risolto=risolto, voto=voto, chiudi=True, autore=s.utente))

    def _valuta(self, s: Storia) -> None:
        """The later the answer, or the less it gives what was asked for, the lower the mark."""
        caso = Random(s.testo)  # noqa: S311
        male = s.trama.nome.endswith("tardi") or {"respingi", "inoltra", "contesta"} & {*s.passi}
        voto = caso.choice((1, 1, 2, 2, 3, 4) if male else (2, 3, 4, 4, 4, 5, 5, 5))
        come = {1: "male", 2: "male", 3: "tutti"}.get(voto, "bene")
        risolto = {"male": Risolto.NO, "tutti": Risolto.IN_PARTE, "bene": Risolto.SI}[come]
        parole = frase("valuta", come, caso)
        self._tieni(s, actions.valuta(self._caso(s), risolto=risolto, voto=voto, parole=parole, autore=s.utente))

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


def _pareri(s: Storia, caso: Random) -> list[datetime]:
    """When who reported says what they think of an answer: within two weeks, less than half of those who can."""
    if not (s.utente or s.email):
        return []
    quando = []
    for (passo, detto), (poi, dopo) in pairwise([*_coppie(s), ("", adesso())]):
        fine = min(dopo, detto + timedelta(days=14))
        spazio = passo in RISPONDONO and poi != "archivia_chi_segnala" and fine - detto > timedelta(hours=1)
        if spazio and caso.random() < 0.4:
            quando.append(detto + (fine - detto) * caso.uniform(0.1, 0.9))
    return quando
