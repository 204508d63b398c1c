"""The only Kivy: what a person sees and touches.

Kivy reads the command line, writes ``~/.kivy`` and takes ``sys.stderr`` and the root logger over
when it is imported; each is switched off before the first of our modules can import it.
"""

import os

for _habit in ("KIVY_NO_ARGS", "KIVY_NO_CONFIG", "KIVY_NO_FILELOG", "KIVY_NO_CONSOLELOG"):
    os.environ.setdefault(_habit, "1")
os.environ.setdefault("KIVY_LOG_MODE", "PYTHON")
