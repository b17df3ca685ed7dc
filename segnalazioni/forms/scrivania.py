"""What colleagues send: how the queue is narrowed, and the data of a step as the workflow table names them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.models import Canale, Tipo
from comune.models import Quartiere, Ufficio
from core.codici import cerca_codice
from core.immagini import ImmaginePulita, ImmagineRifiutata, pulisci
from core.ricerca import Domanda
from core.tempo import oggi
from core.workflow import Transizione
from segnalazioni.models import MASSIMO_FOTO, Categoria, Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.smistamento import proposta, rifiuti_di
from segnalazioni.workflow import NASCOSTE, Stato

if TYPE_CHECKING:
    from accounts.models import User

TESTO_MASSIMO = 4000  # characters of what a step says
PIU_LONTANO = timedelta(days=730)  # a day further off than this is a slip of the fingers


# --- the queue ----------------------------------------------------------------------------------------------


class FiltriCoda(forms.Form):
    """How the queue is narrowed (GET). A value that does not exist narrows nothing: an old link still opens."""

    ufficio = forms.ChoiceField(label=gettext_lazy("Ufficio"), required=False)
    categoria = forms.ChoiceField(label=gettext_lazy("Categoria"), required=False)
    quartiere = forms.ChoiceField(label=gettext_lazy("Quartiere"), required=False)
    canale = forms.ChoiceField(label=gettext_lazy("Canale"), required=False)
    tipo = forms.ChoiceField(label=gettext_lazy("Tipo"), required=False)
    stato = forms.ChoiceField(label=gettext_lazy("Stato"), required=False)
    q = forms.CharField(label=gettext_lazy("Numero, parole, via"), required=False, max_length=200)

    _DOVE = {
        "ufficio": "ufficio__slug",
        "categoria": "categoria__madre__codice",
        "quartiere": "contributo__quartiere__slug",
        "canale": "contributo__canale",
        "tipo": "contributo__tipo",
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
            "tipo": [
                ("", _("tutti")),
                *((t.value, str(t.label).lower()) for t in (Tipo.SEGNALAZIONE, Tipo.ASSISTENZA)),
            ],
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
    def cerca(self) -> bool:
        """Words are searched for."""
        return "q" in self.valori

    @property
    def numero(self) -> str | None:
        """The number of a case, when that is what was searched for; with or without its first letters."""
        scritto = self.valori.get("q", "")
        return cerca_codice(scritto)

    def applica(self, casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
        """The cases left; every word searched for must stand, in some form, in what colleagues read of the case."""
        return casi.filter(self.condizioni(self.valori))

    @classmethod
    def condizioni(cls, valori: Mapping[str, str]) -> Q:
        """What these values ask for; they were valid when they were chosen, and one that is gone finds nothing."""
        quali = Q(**{cls._DOVE[nome]: valore for nome, valore in valori.items() if nome in cls._DOVE and valore})
        if scritto := valori.get("q"):
            quali &= Q(ricercabile__tutte__trova=Domanda.leggi(scritto))
        return quali


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
        self.rifiuti = rifiuti_di(caso) if "ufficio" in riga.serve else []
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

    def clean_prova(self) -> str:
        """A day or a number: without either nobody can find what was sent."""
        prova: str = self.cleaned_data["prova"]
        if prova and not any(carattere.isdigit() for carattere in prova):
            raise forms.ValidationError(_("Manca la data o il numero: per esempio «PEC del 3 novembre, n. 1234»."))
        return prova

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
        if not altra.aperta or altra.radice_id is not None:
            raise forms.ValidationError(_("Non è più aperta: si unisce solo a una segnalazione aperta."))
        return altra


def _testo(form: PassoForm, serve: bool) -> forms.Field:
    return forms.CharField(
        label=form.parole_del_testo, required=serve, max_length=TESTO_MASSIMO, widget=forms.Textarea(attrs={"rows": 4})
    )


def _nota(form: PassoForm, serve: bool) -> forms.Field:
    return forms.CharField(
        label=_("Motivo per i colleghi") if serve else _("Nota per i colleghi su questo passo"),
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


class UfficioField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Offices; those that have refused the case say so."""

    def __init__(self, *, rifiutata_da: Collection[int], **altro: Any) -> None:
        super().__init__(**altro)
        self.rifiutata_da = rifiutata_da

    def label_from_instance(self, obj: Ufficio) -> str:
        """Its name, and the warning."""
        return _("%(ufficio)s – l’ha già rifiutata") % {"ufficio": obj} if obj.pk in self.rifiutata_da else str(obj)


def _ufficio(form: PassoForm, serve: bool) -> forms.Field:
    caso, rifiutata_da = form.caso, {rifiuto.ufficio_id for rifiuto in form.rifiuti}
    return UfficioField(
        label=_("Ufficio"),
        required=serve,
        queryset=Ufficio.objects.filter(attivo=True).exclude(pk=caso.ufficio_id or 0),
        rifiutata_da=rifiutata_da,
        to_field_name="slug",
        empty_label=_("Scegli un ufficio"),
        initial=_proposto(form, rifiutata_da) if caso.ufficio is None else None,
        error_messages={"invalid_choice": _("Questo ufficio non c’è o non è più attivo: scegline un altro.")},
    )


def _proposto(form: PassoForm, rifiutata_da: Collection[int]) -> Ufficio | None:
    """Whom the rules would give it to, else who answers for the category; never who has refused it."""
    scelta = proposta(form.caso, form.rifiuti)
    if scelta.regola is not None:
        return scelta.regola.ufficio
    ufficio = form.caso.categoria.ufficio
    return None if ufficio is None or ufficio.pk in rifiutata_da else ufficio


def _ente(form: PassoForm, serve: bool) -> forms.Field:
    return forms.CharField(
        label=_("Ente"),
        required=serve,
        max_length=200,
        help_text=_("Dall’elenco, o scritto a mano. Di quelli in elenco chi ha segnalato legge anche i contatti."),
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
