"""Every SELECT of plans, actions, consultations and meta-districts."""
