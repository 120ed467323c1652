"""Words for what embedding refuses."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

PHRASES: dict[Any, Any] = {
    "embedding.not_an_origin": _(
        "“%(typed)s” is no site. Write https:// and the host alone, as https://www.cluster.example."
    ),
    "embedding.too_many_origins": _("No more than %(most)s sites can be named."),
    "embedding.may_not": _("Only those who manage this organisation can do that."),
}
