"""Identifiers and computed links."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def opaque_id(length: int = 20) -> str:
    """A random name that says nothing; 20 characters hold 99 bits. Letters that look alike are left out."""
    number, letters = secrets.randbelow(len(_ALPHABET) ** length), []
    for _ in range(length):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)


def new_secret() -> str:
    """A bearer secret of 256 bits; store only :func:`digest` of it."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What the database keeps of a bearer secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signed_token(key: str, purpose: str, public_id: str, version: int) -> str:
    """``<public id>.<mac>``: a link that is computed, not stored. Raising ``version`` revokes it."""
    return f"{public_id}.{_mac(key, purpose, public_id, version)}"


def public_id_of(token: str) -> str:
    """The part of a token that finds the row; proves nothing yet."""
    return token.partition(".")[0]


def is_genuine(token: str, key: str, purpose: str, version: int) -> bool:
    """Whether a token was made by :func:`signed_token` with this key, purpose and version."""
    public_id, _, mac = token.partition(".")
    return hmac.compare_digest(mac.encode(), _mac(key, purpose, public_id, version).encode())


def _mac(key: str, purpose: str, public_id: str, version: int) -> str:
    message = "\0".join((purpose, public_id, str(version)))
    return hmac.new(key.encode(), message.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:40]


def slugify(text: str, *, longest: int = 60) -> str:
    """A readable address part in ASCII: ``"Città & Müller"`` becomes ``"citta-muller"``."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l").replace("Ł", "L"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "-".join(words)[:longest].strip("-")


class _Uids:
    domain = "filo.example"


def use_uid_domain(domain: str) -> None:
    """Set what stands after the ``@`` of every UID that this process makes."""
    _Uids.domain = domain


def new_uid() -> str:
    """The UID of a calendar entry: random, stored, never changed."""
    return f"{opaque_id()}@{_Uids.domain}"
