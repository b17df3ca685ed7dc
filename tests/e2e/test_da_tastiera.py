"""The whole job by keyboard alone: no mouse, no finger, every stop visible."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.aiuti import PASSWORD
from tests.e2e.conftest import SCRIVANIA, collegamento

CASELLA = "anna.guerri@example.org"
# What a person hears of the element in focus: its label, else its text.
_NOME = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return '';
  const nomi = [e.getAttribute('aria-label'), ...[...(e.labels ?? [])].map((l) => l.innerText), e.innerText, e.title];
  return (nomi.find((n) => n && n.trim()) ?? '').trim().replace(/\\s+/g, ' ');
}"""
_SI_VEDE = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect();
  const s = getComputedStyle(e), l = e.labels?.[0] ? getComputedStyle(e.labels[0]) : s;
  const segno = [s, l].some((c) => c.outlineStyle !== 'none' || c.boxShadow !== 'none' || c.borderStyle !== 'none');
  return r.bottom > 0 && r.top < innerHeight && segno;
}"""


def vai_a(pagina: Page, nome: str, *, passi: int = 90) -> None:
    """Tab until the focus is on what is called so."""
    visti = []
    for _ in range(passi):
        pagina.keyboard.press("Tab")
        visti.append(pagina.evaluate(_NOME))
        if re.search(nome, visti[-1], re.I):
            assert pagina.evaluate(_SI_VEDE), f"{visti[-1]}: focus cannot be seen"
            return
    raise AssertionError(f"Tab never came to {nome!r}: {visti}")


def premi(pagina: Page, nome: str, tasto: str = "Enter") -> None:
    vai_a(pagina, nome)
    pagina.keyboard.press(tasto)


def scrivi(pagina: Page, nome: str, testo: str) -> None:
    vai_a(pagina, nome)
    pagina.keyboard.type(testo)


def scegli(pagina: Page, primo: str, voluta: str) -> None:
    """Tab into the group (its first answer, or the chosen one), then arrows."""
    vai_a(pagina, primo)
    for _ in range(12):
        if re.search(voluta, pagina.evaluate(_NOME), re.I):
            pagina.keyboard.press("Space")
            return
        pagina.keyboard.press("ArrowDown")
    raise AssertionError(f"no answer {voluta!r}")


def arrivata(pagina: Page, titolo: str) -> None:
    expect(pagina.get_by_role("heading", name=titolo, level=1)).to_be_visible()


def test_filing_and_working_a_report_by_keyboard_alone(apri, posta, carla, strade):
    anna = apri(schermo=SCRIVANIA)
    anna.goto("/segnalazioni/nuova/")
    scrivi(anna, "Che cosa succede", "Buca profonda sulla carreggiata, le bici ci finiscono dentro.")
    expect(anna.get_by_role("radio", name="Buca o asfalto rovinato")).to_be_visible()
    scegli(anna, "Buca|asfalto", "Buca o asfalto rovinato")
    expect(anna.get_by_role("group", name=re.compile("Dove si trova"))).to_be_visible()
    scegli(anna, "carreggiata", "carreggiata")
    scegli(anna, "^(Sì|No)$", "^No$")
    premi(anna, "^Continua$")
    arrivata(anna, "Dove succede?")
    scrivi(anna, "O dillo a parole", "In via del Brennero, davanti alla farmacia")
    premi(anna, "^Continua$")
    arrivata(anna, "Hai una foto?")
    premi(anna, "^Continua$")
    arrivata(anna, "Come ti avvisiamo?")
    scegli(anna, "Con una mail", "Con una mail")
    scrivi(anna, "Il tuo indirizzo e-mail", CASELLA)
    premi(anna, "^Continua$")
    arrivata(anna, "Va bene così?")
    premi(anna, "Invia la segnalazione")
    arrivata(anna, "Manca solo la tua conferma")
    codice = anna.locator(".numero").inner_text().strip()
    anna.goto(collegamento(posta.aspetta(CASELLA)[0]))
    premi(anna, "Conferma la segnalazione")
    expect(anna.locator(".lp-stato").first).to_have_text("Ricevuta")

    urp = apri(schermo=SCRIVANIA)
    urp.goto("/accedi/login/?next=/scrivania/segnalazioni/")
    scrivi(urp, "Indirizzo e-mail", carla.email)
    scrivi(urp, "Password", PASSWORD)
    urp.keyboard.press("Enter")
    arrivata(urp, "Da lavorare adesso")
    expect(urp.get_by_text("Si aggiorna da sola")).to_be_visible()
    urp.keyboard.press("j")
    expect(urp.locator("tr[aria-current=true]")).to_contain_text(codice)
    urp.keyboard.press("Enter")
    urp.wait_for_url(f"**/{codice}/**")
    expect(urp.get_by_text(codice).first).to_be_visible()
    premi(urp, "^1 Assegna|^Assegna")
    urp.wait_for_url("**passo=assegna**")
    vai_a(urp, "^Ufficio")
    urp.keyboard.type("Strade")
    urp.keyboard.press("Control+Enter")
    urp.wait_for_url(lambda url: "passo=" not in url)
    expect(anna.locator(".lp-stato").first).to_have_text("Assegnata")
    premi(urp, "Prendi in carico")
    urp.wait_for_url("**passo=prendi_in_carico**")
    vai_a(urp, "Nota per i colleghi")
    urp.keyboard.press("Control+Enter")
    expect(anna.locator(".lp-stato").first).to_have_text("In lavorazione")
