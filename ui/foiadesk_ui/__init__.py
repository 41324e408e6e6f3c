"""The desktop of FOIADesk: the only place that imports PySide6."""

import builtins
import linecache

from PySide6 import QtCore as _QtCore  # noqa: F401 - it is what replaces the import statement

# The binding puts its own function in place of `import`, for the sake of features that we never ask for: it then reads
# the source text of every module that is imported, to look for its name in there, and Python keeps all of these texts.
if builtins.__import__ is getattr(builtins, "__feature_import__", None):
    builtins.__import__ = builtins.__orig_import__  # type: ignore[attr-defined]
    linecache.clearcache()
