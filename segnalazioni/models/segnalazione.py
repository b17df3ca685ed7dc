"""The case itself, who follows it, and the questions asked about it."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Lower, NullIf
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from ascolto.models import Contributo, Tipo, Visibilita
from comune.models import Ufficio
from comune.ruoli import e_titolare, e_urp, uffici_di
from comune.territorio import METRI_PER_GRADO
from comune.territorio import metri as distanza
from core.tempo import adesso, oggi
from segnalazioni.models.categoria import Categoria
from segnalazioni.workflow import APERTE, CONCLUSE, NASCOSTE, RISPOSTE, RuoloCaso, Stato

if TYPE_CHECKING:
    from accounts.models import User
    from segnalazioni.models.intervento import Intervento

SI_CONTESTA_ENTRO = timedelta(days=30)  # then the case closes by itself
PUBBLICHE = (Visibilita.PUBBLICA, Visibilita.OSCURATA)


# How a follower came: account and mailbox are one person, else it is one browser. NULL when nothing is known.
RECAPITO = Coalesce(
    Lower("utente__email"),
    Lower(NullIf("email", Value(""))),
    NullIf("telefono", Value("")),
    NullIf("sessione", Value("")),
    output_field=models.TextField(),
)
# Who a follower is, whichever way they came, and still is when that is no longer known (Seguace.segno).
PERSONA = Coalesce(
    NullIf("segno", Value("")),
    RECAPITO,
    Concat(Value("#"), "pk", output_field=models.TextField()),  # nothing is known: one row, one person
    output_field=models.TextField(),
)


class SegnalazioneQuerySet(models.QuerySet["Segnalazione"]):
    """Questions with a name."""

    def pubbliche(self) -> SegnalazioneQuerySet:
        """What anybody may read."""
        return self.exclude(stato__in=NASCOSTE).filter(contributo__visibilita__in=PUBBLICHE)

    def confermate(self) -> SegnalazioneQuerySet:
        """Those that have become a case."""
        return self.exclude(stato__in=NASCOSTE)

    def del_servizio(self, user: User | AnonymousUser) -> SegnalazioneQuerySet:
        """What this colleague may work on: the URP everything, an office what is assigned to it, who holds the
        potere sostitutivo what is late or waits for them."""
        valide = self.confermate()
        if e_urp(user):
            return valide
        mie = Q(ufficio_id__in=uffici_di(user))
        if e_titolare(user):
            interventi = self.model._meta.get_field("interventi").related_model._default_manager
            chieste = Exists(interventi.filter(segnalazione=OuterRef("pk")))
            mie |= Q(stato__in=APERTE, scadenza__lt=oggi()) | Q(chieste)
        return valide.filter(mie)

    def visibili_a(self, user: User | AnonymousUser) -> SegnalazioneQuerySet:
        """What this person may read as a citizen: the public ones and their own."""
        pubbliche = Q(contributo__visibilita__in=PUBBLICHE) & ~Q(stato__in=NASCOSTE)
        if not user.is_authenticated:
            return self.filter(pubbliche)
        miei = Exists(Seguace.objects.filter(segnalazione=OuterRef("pk"), utente=user, segnalante=True))
        return self.filter(pubbliche | (miei & ~Q(contributo__visibilita=Visibilita.RIMOSSA)))

    def aperte(self) -> SegnalazioneQuerySet:
        """Still owed an answer."""
        return self.filter(stato__in=APERTE)

    def in_ritardo(self) -> SegnalazioneQuerySet:
        """Open, and past the due date: a suspension is in the due date already, with the days it may last."""
        return self.aperte().filter(scadenza__lt=oggi())

    def con_firme(self) -> SegnalazioneQuerySet:
        """Adds `firme`: how many people say they have the same problem, who reported it included, here and in the
        cases joined to this one; who did so twice is one."""
        insieme = Segnalazione.objects.filter(Q(pk=OuterRef(OuterRef("pk"))) | Q(radice=OuterRef(OuterRef("pk"))))
        firme = Seguace.objects.filter(segnalazione__in=insieme.values("pk"), firma=True).order_by()
        conto = firme.annotate(tutte=Value(1)).values("tutte").annotate(n=Count(PERSONA, distinct=True)).values("n")
        return self.annotate(firme=Coalesce(Subquery(conto), 0))

    def firme_di_ognuna(self) -> dict[int, int]:
        """Key → `firme` (con_firme), in one query."""
        casi: Any = self.con_firme()
        return dict(casi.values_list("pk", "firme"))

    def per_elenco(self) -> SegnalazioneQuerySet:
        """With what a row of a list shows, in one query."""
        return self.select_related("contributo__quartiere", "categoria__madre", "ufficio", "intervento")

    def per_codice(self, codice: str) -> SegnalazioneQuerySet:
        """The one with this number."""
        return self.filter(contributo__codice=codice).per_elenco().select_related("contributo__registrazione")

    def vicine_a(self, lat: float, lon: float, metri: int, categoria: Categoria) -> list[tuple[Segnalazione, int]]:
        """Open public reports of this category around a point: (case with `firme`, its metres), nearest first."""
        alto = metri / METRI_PER_GRADO
        largo = alto / max(cos(radians(lat)), 0.01)
        aperte = self.pubbliche().aperte().con_firme().per_elenco().filter(categoria=categoria)
        righe = aperte.filter(lat__range=(lat - alto, lat + alto), lon__range=(lon - largo, lon + largo))
        distanze = [(caso, round(distanza(lat, lon, caso.lat or 0.0, caso.lon or 0.0))) for caso in righe]
        return sorted([d for d in distanze if d[1] <= metri], key=lambda d: (d[1], d[0].pk))

    def mai_confermate(self, prima: datetime) -> SegnalazioneQuerySet:
        """Arrived before this instant and still waiting for their e-mail link, oldest first."""
        return self.filter(stato=Stato.DA_CONFERMARE, contributo__created_at__lt=prima).order_by("pk")

    def scadute_da_segnare(self) -> SegnalazioneQuerySet:
        """Late, and nothing in their history says so yet; not those that another system has kept. Oldest first."""
        detta = self.model._meta.get_field("passaggi").related_model._default_manager.filter(
            segnalazione=OuterRef("pk"), passo="scade", giorno=OuterRef("scadenza")
        )
        return self.in_ritardo().filter(~Exists(detta), fonte="").order_by("pk")

    def senza_risposta(self) -> SegnalazioneQuerySet:
        """Their question has waited for the citizen as long as it may, oldest first."""
        return self.filter(stato=Stato.ATTESA_CITTADINO, attesa_fino_al__lt=oggi()).order_by("pk")

    def interventi_da_ricordare(self) -> SegnalazioneQuerySet:
        """A request to step in that nobody has decided by its last day; the oldest first. Each is told once."""
        scaduti = self.filter(intervento__esito="", intervento__scadenza__lt=oggi())
        return scaduti.filter(intervento__ricordato_il__isnull=True).order_by("intervento__scadenza", "pk")

    def con_promemoria(self) -> SegnalazioneQuerySet:
        """Whose term is running, with the rows that say when to remind and what was said already."""
        correnti = self.aperte().filter(Q(sospesa_fino_al__isnull=True) | Q(sospesa_fino_al__lt=oggi()))
        nostre = correnti.filter(fonte="", scadenza__gte=oggi()).per_elenco()
        return nostre.prefetch_related("eventi_termine", "promemoria").order_by("pk")

    def da_chiudere(self) -> SegnalazioneQuerySet:
        """Answered, and nobody has contested it in time; oldest first."""
        prima = make_aware(datetime.combine(oggi() - SI_CONTESTA_ENTRO, time.min))
        return self.filter(stato__in=RISPOSTE, conclusa_il__lt=prima).order_by("pk")

    def numeri_pubblici(self) -> dict[str, int]:
        """Figures of the home page; each is the length of a public list."""
        settimana = adesso() - timedelta(days=7)
        ritardo = Q(stato__in=APERTE, scadenza__lt=oggi())
        return self.pubbliche().aggregate(
            aperte=Count("pk", filter=Q(stato__in=APERTE)),
            risolte=Count("pk", filter=Q(risolta_il__gte=settimana)),
            in_ritardo=Count("pk", filter=ritardo),
        )


class Segnalazione(models.Model):
    """A report and its procedure. Number, channel, area and visibility stand on its Contributo."""

    contributo = models.OneToOneField(Contributo, on_delete=models.PROTECT, related_name="segnalazione")
    categoria = models.ForeignKey(Categoria, on_delete=models.PROTECT, related_name="segnalazioni")
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.DA_CONFERMARE)
    # Grows by one with each Passaggio: the number of links of the chain, and what live pages compare.
    versione = models.PositiveIntegerField(_("versione"), default=0)
    # Name of the Passaggio with that number, which lists ask for; "" before the first.
    ultimo_passo = models.CharField(_("ultimo passo"), max_length=24, blank=True)
    # Grows with what changes on the page without a step: words or photos covered, visibility, retention.
    revisione = models.PositiveIntegerField(_("revisione"), default=0)
    titolo = models.CharField(_("titolo"), max_length=120)
    testo = models.TextField(_("che cosa succede"))
    risposte: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        _("risposte alle domande"), default=dict, blank=True
    )
    lat = models.FloatField(_("latitudine"), null=True, blank=True)
    lon = models.FloatField(_("longitudine"), null=True, blank=True)
    indirizzo = models.CharField(_("luogo"), max_length=200, blank=True)
    luogo_a_parole = models.CharField(_("luogo a parole"), max_length=500, blank=True)
    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, null=True, blank=True, related_name="segnalazioni")
    confermata_il = models.DateTimeField(_("confermata il"), null=True, blank=True)
    scadenza = models.DateField(_("scade il"), null=True, blank=True)
    # Until when the citizen may speak, and until when that stops the clock: the second time it does not.
    attesa_fino_al = models.DateField(_("aspetta il cittadino fino al"), null=True, blank=True)
    sospesa_fino_al = models.DateField(_("sospesa al massimo fino al"), null=True, blank=True)
    prevista_il = models.DateField(_("intervento previsto il"), null=True, blank=True)
    risolta_il = models.DateTimeField(_("risolta il"), null=True, blank=True)
    conclusa_il = models.DateTimeField(_("conclusa il"), null=True, blank=True)
    aggiornata_il = models.DateTimeField(_("aggiornata il"))
    # Retention has taken its words away.
    svuotata_il = models.DateTimeField(_("svuotata il"), null=True, blank=True)
    originale = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicate")
    # The case that lives on, at the end of the chain of merges: itself never merged. None for a case of its own.
    radice = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="unite")
    # The request to step in of the term that runs: a new term begins without one.
    intervento = models.OneToOneField(
        "segnalazioni.Intervento", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # One draft, one report: a form sent twice finds the first one here.
    chiave_invio = models.UUIDField(_("chiave d’invio"), unique=True, null=True, blank=True, default=uuid.uuid4)
    fonte = models.CharField(_("fonte"), max_length=40, blank=True)
    fonte_id = models.CharField(_("numero nella fonte"), max_length=60, blank=True)

    objects = SegnalazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("segnalazione")
        verbose_name_plural = _("segnalazioni")
        constraints = [
            models.CheckConstraint(condition=Q(stato__in=Stato.values), name="segnalazione_stato_noto"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180), lat__isnull=False, lon__isnull=False),
                name="segnalazione_punto_intero",
            ),
            models.CheckConstraint(
                condition=Q(stato__in=[*sorted(NASCOSTE)]) | Q(confermata_il__isnull=False),
                name="segnalazione_confermata",
            ),
            models.CheckConstraint(
                condition=~Q(stato=Stato.DUPLICATA) | Q(originale__isnull=False), name="duplicata_di_qualcuna"
            ),
            models.CheckConstraint(
                condition=Q(originale__isnull=True, radice__isnull=True)
                | Q(originale__isnull=False, radice__isnull=False) & ~Q(radice=models.F("pk")),
                name="duplicata_con_la_sua_radice",
            ),
            models.UniqueConstraint(
                fields=["fonte", "fonte_id"], condition=~Q(fonte=""), name="segnalazione_fonte_una_sola"
            ),
        ]
        indexes = [
            models.Index(fields=["stato", "scadenza"]),
            models.Index(fields=["ufficio", "stato", "scadenza"]),
            models.Index(fields=["categoria", "stato"]),
            models.Index(fields=["-confermata_il", "-id"]),
            models.Index(fields=["-conclusa_il", "-id"]),
            models.Index(
                fields=["lat", "lon"], condition=Q(stato__in=[*sorted(APERTE)]), name="segnalazione_aperte_qui"
            ),
            # All that the lists of the desk ask of an open case: they are counted and put in order without a row.
            models.Index(
                fields=["stato", "scadenza", "id"],
                include=[
                    "ufficio",
                    "categoria",
                    "ultimo_passo",
                    "sospesa_fino_al",
                    "attesa_fino_al",
                    "prevista_il",
                ],
                condition=Q(stato__in=[*sorted(APERTE)]),
                name="segnalazione_coda",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codice} {self.titolo}"

    def get_absolute_url(self) -> str:
        return self.url()

    def url(self, azione: str = "") -> str:
        """Address of the public page, or of one of its doors ("foto", "stato"…)."""
        nome = f"segnalazioni:{azione or 'scheda'}"
        return reverse(nome, kwargs={"codice": self.codice})

    def url_scrivania(self, azione: str = "") -> str:
        """Address of the case at the desk, or of one of its doors."""
        nome = f"scrivania:{azione or 'caso'}"
        return reverse(nome, kwargs={"codice": self.codice})

    @property
    def codice(self) -> str:
        """The public number, e.g. "LU-7K3F-92QD"."""
        return self.contributo.codice

    @property
    def assistenza(self) -> bool:
        """Somebody asks for help: its pages say «richiesta»."""
        return self.contributo.tipo == Tipo.ASSISTENZA

    @property
    def edizione(self) -> int:
        """Which edition of the page this is: what open pages compare. It only grows, by steps and by revisions."""
        return self.versione + self.revisione

    @property
    def gruppo(self) -> str:
        """Name of its live group."""
        return f"segnalazione.{self.codice}"

    @property
    def aperta(self) -> bool:
        """Still owed an answer."""
        return self.stato in APERTE

    @property
    def conclusa(self) -> bool:
        """Nothing more is owed."""
        return self.stato in CONCLUSE

    @property
    def pubblica(self) -> bool:
        """Anybody may read it."""
        return self.contributo.visibilita in PUBBLICHE and self.stato not in NASCOSTE

    @property
    def oscurata(self) -> bool:
        """Anybody may read it, but not all of it."""
        return self.contributo.visibilita == Visibilita.OSCURATA

    @property
    def sospesa(self) -> bool:
        """Its clock stands still today."""
        return self.sospesa_fino_al is not None and oggi() <= self.sospesa_fino_al

    @property
    def attesa(self) -> bool:
        """It is the citizen's turn today: a question or a preavviso waits for their words."""
        return self.attesa_fino_al is not None and oggi() <= self.attesa_fino_al

    @property
    def risposta_data(self) -> bool:
        """It has the office's answer, and who reported may still say what they think of it."""
        return self.stato in RISPOSTE

    @property
    def contestabile_fino_al(self) -> date | None:
        """The last day on which its answer may be contested; None where there is none."""
        if self.stato not in {*RISPOSTE, Stato.CHIUSA} or self.conclusa_il is None:
            return None
        return localdate(self.conclusa_il) + SI_CONTESTA_ENTRO

    @property
    def intervento_aperto(self) -> Intervento | None:
        """The request to step in that is still to be decided."""
        return self.intervento if self.intervento is not None and self.intervento.aperto else None

    def in_ritardo(self, giorno: date | None = None) -> bool:
        """Open and past its due date."""
        if not self.aperta or self.scadenza is None:
            return False
        return (giorno or oggi()) > self.scadenza

    @property
    def dove(self) -> str:
        """The place in words: address, else the citizen's words."""
        return self.indirizzo or self.luogo_a_parole


class Seguace(models.Model):
    """Somebody who wants to know: the reporter, who has the same problem, or who only follows.

    By account, by e-mail (confirmed by a link) or, for a bare signature, by nothing but the browser's session.
    """

    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.CASCADE, related_name="seguaci")
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="seguite"
    )
    email = models.EmailField(_("indirizzo e-mail"), blank=True)
    # Of who has no mailbox: a colleague at the URP rings.
    telefono = models.CharField(_("telefono"), max_length=30, blank=True)
    sessione = models.CharField(_("impronta della sessione"), max_length=64, blank=True)
    # Random, the same on all rows of a person in a group of joined cases: goes on counting them once where their
    # contacts have been taken away (actions.conservazione). Elsewhere, and before that, "".
    segno = models.CharField(_("segno di una persona"), max_length=32, blank=True, editable=False)
    segnalante = models.BooleanField(_("ha segnalato"), default=False)
    firma = models.BooleanField(_("ha lo stesso problema"), default=False)
    confermato_il = models.DateTimeField(_("confermato il"), null=True, blank=True)
    created_at = models.DateTimeField(_("dal"))

    class Meta:
        verbose_name = _("seguace")
        verbose_name_plural = _("seguaci")
        constraints = [
            models.UniqueConstraint(
                fields=["segnalazione", "utente"], condition=Q(utente__isnull=False), name="seguace_utente"
            ),
            models.UniqueConstraint(fields=["segnalazione", "email"], condition=~Q(email=""), name="seguace_email"),
            models.UniqueConstraint(
                fields=["segnalazione", "sessione"], condition=~Q(sessione=""), name="seguace_sessione"
            ),
            models.UniqueConstraint(fields=["segnalazione"], condition=Q(segnalante=True), name="un_solo_segnalante"),
        ]

    def __str__(self) -> str:
        return f"{self.segnalazione_id}: {self.pk}"


RUOLI_UFFICIO = frozenset({RuoloCaso.URP, RuoloCaso.OPERATORE, RuoloCaso.RESPONSABILE})
