"""The certificate of attendance of a participant."""

from __future__ import annotations
