"""What Filò costs, measured beside what it is compared with. ``docs/benchmarks.md`` says how to read it."""
