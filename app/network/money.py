"""Amounts of money as people type them, each in the way of his language."""

from __future__ import annotations

import re
from decimal import Decimal

from app.network.errors import NotMoney, TooMuchMoney

# language → what parts the thousands, what parts the cents
SEPARATORS = {"en": (",", "."), "it": (".", ","), "de": (".", ",")}
MOST = Decimal("999999999999.99")
_BLANKS = str.maketrans("", "", " \u00a0\u202f'’")
_CURRENCY = re.compile(r"^(?:€|eur)|(?:€|eur)$", re.IGNORECASE)


def read_money(text: str, language: str) -> Decimal:
    """Euros and cents; thousands only where they belong, so that ``120.00`` is refused in Italian, not misread.

    Raises NotMoney, or TooMuchMoney above what a budget can hold.
    """
    thousands, cents = (re.escape(sign) for sign in SEPARATORS[language])
    plain = _CURRENCY.sub("", text.strip().translate(_BLANKS)).strip()
    if not re.fullmatch(rf"(?:[0-9]+|[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+)(?:{cents}[0-9]{{1,2}})?", plain):
        raise NotMoney(value=text)
    group, point = SEPARATORS[language]
    amount = Decimal(plain.replace(group, "").replace(point, "."))
    if amount > MOST:
        raise TooMuchMoney(value=text)
    return amount.quantize(Decimal("0.01"))
