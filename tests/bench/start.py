"""Does as ``kiosk ui`` until the first frame is seen."""

import time
from pathlib import Path
from typing import Any


def start(config: Path) -> dict[str, object]:
    """Return when WELCOME was seen, by the clock that all processes share."""
    # As the command begins; what it loads is part of the time.
    from kiosk.__main__ import main
    from kiosk.ui import app

    seen: list[float] = []
    open_window = app.open_window

    def opened(glass: Any) -> Any:
        window = open_window(glass)
        flip = window.flip

        def flipped() -> None:
            from kivy.graphics.opengl import glFinish

            flip()
            glFinish()
            if window.children:
                seen.append(time.monotonic())
                app.close_kiosk()

        window.flip = flipped
        return window

    app.open_window = opened
    main(["ui", "--config", str(config), "--window", "1080x1920"])
    return {"at_s": seen[0]}
