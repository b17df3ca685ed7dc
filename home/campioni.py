"""Sample data of the gallery: every component once, with its states. No row of the database is read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from core.qr import Qr
from core.templatetags.lp import giorno_corto
from core.tempo import adesso, oggi
from segnalazioni.desk.grafici import COLORI, Barra, Durata, Grafico
from segnalazioni.racconto.pillole import pillola_di
from segnalazioni.workflow import Stato


class CampioneForm(forms.Form):
    """One field of each kind; bound to a wrong address, it shows its errors."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Ti mandiamo il numero e la risposta."),
        error_messages={"invalid": _("Manca la parte dopo la chiocciola.")},
    )
    nota = forms.CharField(label=_("Altro da dire"), required=False, widget=forms.Textarea)
    quanti = forms.ChoiceField(
        label=_("Quanti sono spenti?"),
        choices=[("uno", _("Uno solo")), ("due", _("Due o tre")), ("fila", _("Tutta la fila"))],
        widget=forms.RadioSelect,
        initial="fila",
    )
    avvisami = forms.MultipleChoiceField(
        label=_("Quando avvisarti"),
        required=False,
        choices=[("passi", _("A ogni passo")), ("fine", _("Alla fine"))],
        widget=forms.CheckboxSelectMultiple,
    )
    seguo = forms.BooleanField(label=_("Voglio seguirla"), required=False)


def pubblici() -> dict[str, Any]:
    """What the public gallery shows."""
    form = CampioneForm({"email": "anna@", "quanti": "fila"}, auto_id="x-%s")
    form.is_valid()
    return {
        "form": form,
        "stati": [pillola_di(stato) for stato in Stato.values],
        "ieri": adesso() - timedelta(days=1),
        "fra_poco": oggi() + timedelta(days=10),
        "segni": [(18.6, _("sospesa")), (40, _("oggi"))],
        "sospesi": [(14.3, 22.9)],
        "estremi": [(_("Confermata"), "9 nov"), (_("Risposta entro"), "14 dic")],
        "cammino": [_("Detto"), _("Preso in carico"), _("Deciso"), _("Fatto")],
        "pagina": pagina_di_prova(),
        "qr": Qr("https://partecipa.example/segnalazioni/LU-7K3F-92QD/"),
        "messaggi": [
            _Messaggio(_("Grazie: ora la segui anche tu."), "success"),
            _Messaggio(_("Non inviata."), "error"),
        ],
        **_elenchi(),
    }


def pagina_di_prova() -> Page[int]:
    """The third of twelve pages."""
    return Paginator(range(120), 10).get_page(3)


class _Messaggio:
    """Stands in for a message of django.contrib.messages."""

    def __init__(self, testo: object, tags: str) -> None:
        self.testo, self.tags = testo, tags

    def __str__(self) -> str:
        return str(self.testo)


def _elenchi() -> dict[str, Any]:
    return {
        "righe": [
            {
                "url": "#k-righe",
                "titolo": _("Lampione spento in via Elisa"),
                "testo": _("Illuminazione pubblica · Centro storico"),
                "parola": _("In lavorazione"),
                "classi": "s-cielo mezzo",
            },
            {"url": "#k-righe", "titolo": _("Buca in via Romana"), "testo": _("Strade · San Vito"), "parola": ""},
        ],
        "fatti": [(_("Categoria"), _("Illuminazione pubblica")), (_("Arrivata da"), _("Sito"))],
        "fatti_alti": [(_("Quanto ci vuole"), _("3 minuti")), (_("Quanto costa"), _("niente"))],
        "numeri": [
            {"numero": 128, "testo": _("aperte"), "url": "#k-numeri"},
            {"numero": 6, "testo": _("oltre il termine"), "url": "#k-numeri", "classe": "tardi"},
        ],
        "filtri": [
            {"url": "#k-filtri", "testo": _("Tutte"), "conto": 46, "attiva": True},
            {"url": "#k-filtri", "testo": _("Aperte"), "conto": 19},
        ],
        "spunte": [(True, _("Si può restare anonimi")), (False, _("Non serve un account"))],
        "conta": [(_("Scrivi che cosa succede"), _("Con parole tue.")), (_("Di’ dove"), _("Anche solo a parole."))],
        "indice": [("k-stato", _("Parole e stati")), ("k-termine", _("Tempo")), ("k-righe", _("Elenchi")),
                   ("k-campo", _("Moduli")), ("k-mura", _("Figure"))],
    }  # fmt: skip


def di_scrivania() -> dict[str, Any]:
    """What the gallery of the desk shows."""
    return {
        "colonne": [("c-scade", _("Scade")), ("c-che", _("Segnalazione")), ("c-cat", _("Categoria e luogo")),
                    ("c-stato", _("Stato")), ("c-uff", _("Ufficio"))],
        "caso_tardi": _caso("LU-8M2P-44QF", _("oltre di 5 giorni"), "tardi", oggi() - timedelta(days=7)),
        "caso": _caso("LU-7K3F-92QD", _("fra 8 giorni"), "", oggi() + timedelta(days=11)),
        "gruppi": [
            (
                _("I miei elenchi"),
                [
                    {"url": "#k-viste", "testo": _("Da lavorare adesso"), "conto": 16, "tasto": "1", "attiva": True},
                    {"url": "#k-viste", "testo": _("Oltre il termine"), "conto": 6, "tasto": "2", "classe": "tardi"},
                ],
            )
        ],
        "campi": [
            {"id": "k-ufficio", "nome": "ufficio", "etichetta": _("Ufficio"), "valore": "", "sempre": True,
             "scelte": [("", _("tutti")), ("strade", _("Strade"))]},
        ],
        "mosse": [
            {"url": "#k-mosse", "titolo": _("Programma"), "testo": _("serve il giorno"), "attiva": True},
            {"url": "#k-mosse", "titolo": _("Risolta"), "testo": _("serve la risposta")},
        ],
        "ritorno": (_("Torna alla coda"), "#k-scorri"),
        "adesso": adesso(),
        **_grafici(),
    }  # fmt: skip


def _grafici() -> dict[str, Any]:
    buche, lampioni = _("Buche"), _("Lampioni")
    barra = [("0", "45", COLORI["in_tempo"]), ("45", "30", COLORI["tardi"]), ("75", "25", COLORI["aperte"])]
    corta = [("0", "58", COLORI["aperte"])]
    return {
        "barre": Grafico(
            84, [Barra(str(buche), "12", "16", "22", barra), Barra(str(lampioni), "7", "58", "64", corta)]
        ),
        "chiave": [(COLORI["in_tempo"], _("in tempo")), (COLORI["tardi"], _("in ritardo")),
                   (COLORI["aperte"], _("ancora aperte"))],
        "durate": Grafico(
            108,
            [
                Durata(str(buche), "4 e 9", "16", "29", "22", "25", "56", "25 %", "7", "3 su 12"),
                Durata(str(lampioni), str(_("nessuna chiusa")), "58", "71", "64", "", "", "100 %", "28", "7 su 7"),
            ],
            [("0", "0"), ("20.67", "3"), ("41.33", "7"), ("62", "10")],
        ),
        "curva": Grafico(220, punti="0,100 10,78 20,55 33,38 60,24 100,16"),
        "quote": [("10", "100 %"), ("100", "50 %"), ("190", "0 %")],
    }  # fmt: skip


def _caso(codice: str, scade: object, tono: str, giorno: date) -> dict[str, Any]:
    pillola = pillola_di(Stato.IN_LAVORAZIONE)
    return {
        "codice": codice,
        "titolo": _("Sacchi neri dietro il campo sportivo"),
        "url": "#k-coda",
        "scade": scade,
        "scade_classe": tono,
        "scade_il": giorno_corto(giorno),
        "categoria": _("Rifiuti abbandonati"),
        "luogo": "San Vito",
        "parola": pillola.parola,
        "classi": pillola.classi,
        "ufficio": _("Igiene urbana"),
        "segni": [(_("sollecito inviato"), "s-ocra")],
        "chi": ("EE", "Elena E."),
    }
