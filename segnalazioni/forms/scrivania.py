"""What colleagues send: how the queue is narrowed, and the data of a step as the workflow table names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.models import Canale
from comune.models import Quartiere, Ufficio
from core.codici import cerca_codice
from core.immagini import ImmaginePulita, ImmagineRifiutata, pulisci
from core.tempo import oggi
from core.workflow import Transizione
from segnalazioni.models import MASSIMO_FOTO, Categoria, Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.workflow import NASCOSTE, Stato

if TYPE_CHECKING:
    from accounts.models import User

PAROLE_CERCATE = 6  # words of a search that count
TESTO_MASSIMO = 4000  # characters of what a step says
PIU_LONTANO = timedelta(days=730)  # a day further off than this is a slip of the fingers


# --- the queue ----------------------------------------------------------------------------------------------


class FiltriCoda(forms.Form):
    """How the queue is narrowed (GET). A value that does not exist narrows nothing: an old link still opens."""

    ufficio = forms.ChoiceField(label=gettext_lazy("Ufficio"), required=False)
    categoria = forms.ChoiceField(label=gettext_lazy("Categoria"), required=False)
    quartiere = forms.ChoiceField(label=gettext_lazy("Quartiere"), required=False)
    canale = forms.ChoiceField(label=gettext_lazy("Canale"), required=False)
    stato = forms.ChoiceField(label=gettext_lazy("Stato"), required=False)
    q = forms.CharField(label=gettext_lazy("Numero, parole, via"), required=False, max_length=200)

    _DOVE = {
        "ufficio": "ufficio__slug",
        "categoria": "categoria__madre__codice",
        "quartiere": "contributo__quartiere__slug",
        "canale": "contributo__canale",
        "stato": "stato",
    }

    def __init__(self, data: Mapping[str, Any], *, uffici: frozenset[int] | None) -> None:
        """uffici: keys of the offices to choose from; None for all (URP). With a single one there is no choice."""
        super().__init__(data)
        if uffici is not None and len(uffici) < 2:
            del self.fields["ufficio"]
        for nome, scelte in self._scelte(uffici).items():
            campo = self.fields.get(nome)
            if isinstance(campo, forms.ChoiceField):
                campo.choices = scelte
        self.is_valid()

    @staticmethod
    def _scelte(uffici: frozenset[int] | None) -> dict[str, list[tuple[str, str]]]:
        casa = Ufficio.objects.all() if uffici is None else Ufficio.objects.filter(pk__in=uffici)
        gruppi = Categoria.objects.filter(madre__isnull=True).order_by("ordine", "codice")
        return {
            "ufficio": [("", _("tutti")), *casa.values_list("slug", "nome")],
            "categoria": [("", _("tutte")), *gruppi.values_list("codice", "nome")],
            "quartiere": [("", _("tutti")), *Quartiere.objects.values_list("slug", "nome")],
            "canale": [("", _("tutti")), *((v, str(parola).lower()) for v, parola in Canale.choices)],
            "stato": [("", _("tutti")), *((v, str(p)) for v, p in Stato.choices if v not in NASCOSTE)],
        }

    @property
    def valori(self) -> dict[str, str]:
        """What narrows the queue now: name and value."""
        return {nome: valore for nome, valore in self.cleaned_data.items() if valore}

    @property
    def campi(self) -> list[dict[str, Any]]:
        """The choices as components/setaccio_scrivania.html wants them."""
        return [
            {
                "id": f"f-{nome}",
                "nome": nome,
                "etichetta": campo.label,
                "scelte": campo.choices,
                "valore": self.valori.get(nome, ""),
                "sempre": False,
            }
            for nome, campo in self.fields.items()
            if isinstance(campo, forms.ChoiceField)
        ]

    @property
    def numero(self) -> str | None:
        """The number of a case, when that is what was searched for; with or without its first letters."""
        scritto = self.valori.get("q", "")
        return cerca_codice(scritto)

    def applica(self, casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
        """The cases left; every word searched for must stand in the title, the words or the place."""
        for nome, valore in self.valori.items():
            if nome in self._DOVE:
                casi = casi.filter(**{self._DOVE[nome]: valore})
        for parola in self.valori.get("q", "").split()[:PAROLE_CERCATE]:
            casi = casi.filter(
                Q(titolo__icontains=parola)
                | Q(testo__icontains=parola)
                | Q(indirizzo__icontains=parola)
                | Q(luogo_a_parole__icontains=parola)
            )
        return casi


# --- a step -------------------------------------------------------------------------------------------------


class _MoltiFile(forms.ClearableFileInput):
    allow_multiple_selected = True


class FotoField(forms.FileField):
    """Up to five photos, each decoded and cleaned; cleans to a list of ImmaginePulita."""

    widget = _MoltiFile

    def clean(self, data: Any, initial: Any = None) -> list[ImmaginePulita]:
        file: list[UploadedFile[bytes]] = [f for f in (data if isinstance(data, list | tuple) else [data]) if f]
        if len(file) > MASSIMO_FOTO:
            raise forms.ValidationError(_("Al massimo %(n)d foto.") % {"n": MASSIMO_FOTO})
        pulite, errori = [], []
        for uno in file:
            try:
                pulite.append(pulisci(uno, nome=uno.name or ""))
            except ImmagineRifiutata as rifiuto:
                errori.append(rifiuto.messaggio)
        if errori:
            raise forms.ValidationError(errori)
        return pulite


class PassoForm(forms.Form):
    """The data of one step: exactly the fields that its line of the table names, compulsory where it says so."""

    versione = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        riga: Transizione,
        caso: Segnalazione,
        *,
        operatore: User,
        parole_del_testo: str = "",
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """parole_del_testo: what the public words are in this step («Domanda», «Risposta»)."""
        super().__init__(data, files, initial={**(initial or {}), "versione": caso.versione})
        self.riga, self.caso, self.operatore = riga, caso, operatore
        self.parole_del_testo = parole_del_testo or _("Testo per chi ha segnalato")
        for nome, campo in _CAMPI.items():
            if nome in riga.serve or nome in riga.puo:
                self.fields[nome] = campo(self, nome in riga.serve)
        self.use_required_attribute = False  # the browser's own bubble would hide our summary

    @property
    def pubblici(self) -> list[forms.BoundField]:
        """What who reported will read."""
        return [self[nome] for nome in self.fields if nome not in ("versione", "nota")]

    @property
    def interni(self) -> list[forms.BoundField]:
        """What stays among colleagues."""
        return [self["nota"]] if "nota" in self.fields else []

    @property
    def dati(self) -> dict[str, Any]:
        """What the verb takes: the valid data that were given."""
        return {nome: valore for nome, valore in self.cleaned_data.items() if nome != "versione" and valore}

    def clean_giorno(self) -> date | None:
        """Neither past nor absurdly far."""
        giorno: date | None = self.cleaned_data["giorno"]
        if giorno and giorno < oggi():
            raise forms.ValidationError(_("È già passato: scegli oggi o un giorno futuro."))
        if giorno and giorno > oggi() + PIU_LONTANO:
            raise forms.ValidationError(_("È troppo lontano: scegli un giorno entro due anni."))
        return giorno

    def clean_originale(self) -> Segnalazione | None:
        """The other case out of its number: open, and one that this colleague may read."""
        scritto = self.cleaned_data["originale"]
        codice = cerca_codice(scritto)
        if codice is None:
            raise forms.ValidationError(_("Non è un numero di segnalazione: è fatto come LU-7K3F-92QD."))
        leggibili = Segnalazione.objects.del_servizio(self.operatore) | Segnalazione.objects.pubbliche()
        altra = leggibili.per_codice(codice).first()
        if altra is None:
            raise forms.ValidationError(_("Nessuna segnalazione con questo numero. Controlla le lettere."))
        if altra.pk == self.caso.pk:
            raise forms.ValidationError(_("È il numero di questa stessa segnalazione."))
        if not altra.aperta:
            raise forms.ValidationError(_("Non è più aperta: si unisce solo a una segnalazione aperta."))
        return altra


def _testo(form: PassoForm, serve: bool) -> forms.Field:
    return forms.CharField(
        label=form.parole_del_testo, required=serve, max_length=TESTO_MASSIMO, widget=forms.Textarea(attrs={"rows": 4})
    )


def _nota(form: PassoForm, serve: bool) -> forms.Field:
    return forms.CharField(
        label=_("Motivo per i colleghi") if serve else _("Nota per i colleghi"),
        required=serve,
        max_length=TESTO_MASSIMO,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _giorno(form: PassoForm, serve: bool) -> forms.Field:
    oggi_stesso = oggi()
    widget = forms.DateInput(
        format="%Y-%m-%d",
        attrs={"type": "date", "min": oggi_stesso.isoformat(), "max": (oggi_stesso + PIU_LONTANO).isoformat()},
    )
    return forms.DateField(label=_("Giorno"), required=serve, widget=widget)


def _ufficio(form: PassoForm, serve: bool) -> forms.Field:
    altri = Ufficio.objects.filter(attivo=True).exclude(pk=form.caso.ufficio_id or 0)
    return forms.ModelChoiceField(
        label=_("Ufficio"),
        required=serve,
        queryset=altri,
        to_field_name="slug",
        empty_label=_("Scegli un ufficio"),
        initial=form.caso.categoria.ufficio if form.caso.ufficio is None else None,
        error_messages={"invalid_choice": _("Questo ufficio non c’è o non è più attivo: scegline un altro.")},
    )


def _ente(form: PassoForm, serve: bool) -> forms.Field:
    return forms.CharField(
        label=_("Ente"),
        required=serve,
        max_length=200,
        help_text=_("Per esempio il gestore dell’acqua o la Provincia."),
        widget=forms.TextInput(attrs={"type": "text", "list": "enti", "autocomplete": "off"}),
    )


def _prova(form: PassoForm, serve: bool) -> forms.Field:
    return forms.CharField(
        label=_("Prova dell’inoltro"),
        required=serve,
        max_length=500,
        help_text=_("Come e quando è stata mandata: «PEC del 3 novembre, n. 1234»."),
        widget=forms.TextInput(attrs={"type": "text", "autocomplete": "off"}),
    )


def _originale(form: PassoForm, serve: bool) -> forms.Field:
    return forms.CharField(
        label=_("Numero dell’altra segnalazione"),
        required=serve,
        max_length=30,
        help_text=_("Resta aperta quella, e questa si chiude con lei."),
        widget=forms.TextInput(attrs={"type": "text", "autocomplete": "off", "spellcheck": "false"}),
    )


def _foto(form: PassoForm, serve: bool) -> forms.Field:
    return FotoField(
        label=_("Foto di com’è adesso"),
        required=serve,
        help_text=_("Fino a 5: JPEG, PNG, WebP o HEIC. Niente volti né targhe."),
        widget=_MoltiFile(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,.heic"}),
    )


# In the order in which they are asked.
_CAMPI: dict[str, Callable[[PassoForm, bool], forms.Field]] = {
    "ufficio": _ufficio,
    "giorno": _giorno,
    "ente": _ente,
    "originale": _originale,
    "testo": _testo,
    "prova": _prova,
    "foto": _foto,
    "nota": _nota,
}
