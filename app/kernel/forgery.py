"""Every POST proves that it comes from a page of ours."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()


def lacks_proof(form: FlaskForm, sentence: str) -> bool:
    """Whether a validated form lacks the proof; it then says so in this sentence, not in the words of the library."""
    if "csrf_token" not in form.errors:
        return False
    form.csrf_token.errors = []
    form.form_errors.append(sentence)
    return True
