"""The verbs of a study visit."""

from __future__ import annotations
