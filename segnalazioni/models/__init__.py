"""Rows of segnalazioni."""

from segnalazioni.models.banco import Lavoro, RispostaPronta, StatoVoce, VistaSalvata, VoceLavoro
from segnalazioni.models.campo import InvioDalCampo
from segnalazioni.models.carta import ChiaveStampata
from segnalazioni.models.categoria import ASSISTENZA, Categoria, Domanda
from segnalazioni.models.foto import MASSIMO_FOTO, Bozza, Foto
from segnalazioni.models.intervento import EsitoIntervento, Gradimento, Intervento, Promemoria, Risolto
from segnalazioni.models.moderazione import (
    Atto,
    Consultazione,
    CosaVista,
    Moderazione,
    MotivoConsultazione,
    MotivoModerazione,
    OriginaleFoto,
    ParoleModerazione,
    ParteCoperta,
)
from segnalazioni.models.nota import Menzione, Nota, ParoleNota
from segnalazioni.models.passaggio import (
    EventoTermine,
    Passaggio,
    TestoPassaggio,
    eventi_di,
    gia_contestata,
    ha_concluso,
    impronta_parole,
    segna_termine,
    termine_di,
)
from segnalazioni.models.regola import CambioRegola, CosaCambia, Regola
from segnalazioni.models.ricercabile import Ricercabile
from segnalazioni.models.ruoli import colleghi_di, nomi_dei_colleghi, ruoli_di_servizio, ruoli_sul_caso
from segnalazioni.models.segnalazione import PUBBLICHE, RUOLI_UFFICIO, Segnalazione, Seguace

__all__ = [
    "ASSISTENZA",
    "MASSIMO_FOTO",
    "PUBBLICHE",
    "RUOLI_UFFICIO",
    "Atto",
    "Bozza",
    "CambioRegola",
    "Categoria",
    "ChiaveStampata",
    "Consultazione",
    "CosaCambia",
    "CosaVista",
    "Domanda",
    "EsitoIntervento",
    "EventoTermine",
    "Foto",
    "Gradimento",
    "Intervento",
    "InvioDalCampo",
    "Lavoro",
    "Menzione",
    "Moderazione",
    "MotivoConsultazione",
    "MotivoModerazione",
    "Nota",
    "OriginaleFoto",
    "ParoleModerazione",
    "ParoleNota",
    "ParteCoperta",
    "Passaggio",
    "Promemoria",
    "Regola",
    "Ricercabile",
    "Risolto",
    "RispostaPronta",
    "Segnalazione",
    "Seguace",
    "StatoVoce",
    "TestoPassaggio",
    "VistaSalvata",
    "VoceLavoro",
    "colleghi_di",
    "eventi_di",
    "gia_contestata",
    "ha_concluso",
    "impronta_parole",
    "nomi_dei_colleghi",
    "ruoli_di_servizio",
    "ruoli_sul_caso",
    "segna_termine",
    "termine_di",
]
