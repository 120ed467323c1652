from __future__ import annotations

from app.command import main

main()
