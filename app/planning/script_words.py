"""What the script of the board says; what stands in braces it fills in itself."""

from __future__ import annotations

from flask_babel import gettext as _


def script_words() -> dict[str, str]:
    return {
        "where": _("%(day)s, %(from)s–%(until)s, %(column)s", day="{day}", until="{until}", column="{column}", **_FROM),
        "aside": _("Not on the agenda yet"),
        "lifted": _("%(title)s is picked up. Arrow keys move it, Enter puts it down, Escape puts it back.", **_TITLE),
        "back": _("%(title)s is back where it was.", **_TITLE),
        "stayed": _("%(title)s stays where it is.", **_TITLE),
        "sent": _("%(title)s: %(where)s. Being saved…", where="{where}", **_TITLE),
        "saved": _("%(title)s: %(where)s. Saved.", where="{where}", **_TITLE),
        "look": _("It needs a look: %(what)s", what="{what}"),
        "undone": _("Taken back."),
        "redone": _("Done again."),
        "others": _("In the meantime: %(what)s", what="{what}"),
        "byWhom": _("%(what)s (%(who)s)", what="{what}", who="{who}"),
        "lost": _("No answer: it was not saved and is back where it was. Try again when there is network."),
        "refused": _("It was not saved and is back where it was. Load the page again; you may have to sign in."),
    }


_TITLE = {"title": "{title}"}
_FROM = {"from": "{from}"}
