"""Verbs about plans, consultations, actions and meta-districts."""
