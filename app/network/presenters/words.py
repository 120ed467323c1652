"""Money as it is written in the language in force, and names of units."""

from __future__ import annotations

from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent

from app.kernel.i18n import language
from app.network.models import Organisation


def euros(amount: Decimal) -> str:
    """Euros, with cents only where there are some: ``€120,000``, ``120.000 €``, ``1.358.494,68 €``."""
    lang = language()
    if amount != amount.to_integral_value():
        return format_currency(amount, "EUR", locale=lang)
    pattern = Locale.parse(lang).currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(amount, "EUR", format=pattern, locale=lang, currency_digits=False)


def typed_money(amount: Decimal | None) -> str:
    """An amount as somebody would type it, to fill a form; ``money.read_money`` reads it back."""
    if amount is None:
        return ""
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return format_decimal(amount, format=pattern, locale=language())


def part_of(amount: Decimal, whole: Decimal | None) -> str:
    """``13.6 %`` of the whole; empty when there is no whole."""
    return format_percent(amount / whole, format="#,##0.0 %", locale=language()) if whole else ""


def unit_name(organisation: Organisation, unit: Organisation | None) -> str:
    """``PAT – Dipartimento della Conoscenza``: the organisation once, and who acts for it."""
    return f"{organisation.short_name or organisation.name} – {unit.name}" if unit else organisation.name
