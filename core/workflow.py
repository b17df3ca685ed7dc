"""A procedure as data: which step may follow which state, for whom, with which data.

Buttons, forms and tests are made from the table, documentation is compared with it; which step may follow is asked of
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Transizione:
    """One line of the table.

    passo: the verb. da: states it may start from. a: state it leads to ("" = stays where it is).
    chi: roles that may take it. serve: names of the data it cannot do without. puo: data it may carry.
    """

    passo: str
    da: frozenset[str]
    a: str
    chi: frozenset[str]
    serve: tuple[str, ...] = ()
    puo: tuple[str, ...] = ()

    def arrivo(self, da: str) -> str:
        """Where the step leads to from this state."""
        return self.a or da


@dataclass(frozen=True)
class Procedura:
    """All lines of one procedure; a (state, step) pair stands in it at most once."""

    nome: str
    righe: tuple[Transizione, ...]
    _per: dict[tuple[str, str], Transizione] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        per: dict[tuple[str, str], Transizione] = {}
        for riga in self.righe:
            for stato in riga.da:
                if (stato, riga.passo) in per:
                    raise ValueError(f"{self.nome}: {riga.passo} from {stato} stands twice")
                per[stato, riga.passo] = riga
        object.__setattr__(self, "_per", per)

    @property
    def passi(self) -> list[str]:
        """Every verb, in the order of the table."""
        return list(dict.fromkeys(r.passo for r in self.righe))

    @property
    def stati(self) -> list[str]:
        """Every state the table names."""
        tutti = [s for r in self.righe for s in (*sorted(r.da), r.a) if s]
        return list(dict.fromkeys(tutti))

    def cerca(self, stato: str, passo: str) -> Transizione | None:
        """The line for this step from this state, or None."""
        return self._per.get((stato, passo))

    def possibili(self, stato: str, ruoli: Iterable[str]) -> list[Transizione]:
        """What these roles may do now, in the order of the table: the buttons of a page."""
        miei = frozenset(ruoli)
        viste = (self._per.get((stato, p)) for p in self.passi)
        return [r for r in viste if r is not None and r.chi & miei]

    def chiedi(self, stato: str, passo: str, ruoli: Iterable[str]) -> Transizione:
        """The line, or DomainError "passo_non_possibile": somebody else was faster, or it never was allowed."""
        riga = self.cerca(stato, passo)
        if riga is None or not riga.chi & frozenset(ruoli):
            raise PassoNonPossibile(stato, passo)
        return riga


class PassoNonPossibile(DomainError):
    """The table does not let this step follow this state for this person."""

    def __init__(self, stato: str, passo: str) -> None:
        from django.utils.translation import gettext as _

        super().__init__(
            "passo_non_possibile",
            _("Questo passo adesso non si può fare: nel frattempo qualcosa è cambiato. Ricarica la pagina."),
        )
        self.stato = stato
        self.passo = passo
