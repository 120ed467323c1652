from __future__ import annotations

from typing import Any

from app.kernel.ids import opaque_id, slugify
from app.network import queries


def free_slug(table: Any, name: str, *, longest: int = 60) -> str:
    """A readable address that no row of the table has yet; a name without Latin letters gets a random one."""
    plain = slugify(name, longest=longest) or opaque_id(8)
    taken = queries.slugs_like(table, plain)
    number, slug = 2, plain
    while slug in taken:
        slug, number = f"{plain}-{number}", number + 1
    return slug
