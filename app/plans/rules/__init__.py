"""What plans, consultations, actions and meta-districts may do: plain values, no database."""
