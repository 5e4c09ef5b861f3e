"""Chinese local-politics texts to an evidenced knowledge graph.

>>> import kg
>>> with kg.open("out/corpus") as build:                      # doctest: +SKIP
...     build.show("道里区政协").docs
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import (
    BuildError,
    CannotMeasureError,
    CheckError,
    DecisionError,
    EvidenceError,
    GoldError,
    KgError,
    NotFoundError,
    QuestionError,
    SourceError,
)
from kg.model import Document, Entity, Evidence, Reader, Reading

if TYPE_CHECKING:
    from kg.builds.opened import Build
    from kg.builds.opened import open_build as open
    from kg.builds.stages import build
    from kg.evaluation import Evaluation, evaluate

__all__ = [
    "Build",
    "BuildError",
    "CannotMeasureError",
    "CheckError",
    "DecisionError",
    "Document",
    "Entity",
    "Evaluation",
    "Evidence",
    "EvidenceError",
    "GoldError",
    "KgError",
    "NotFoundError",
    "QuestionError",
    "Reader",
    "Reading",
    "SourceError",
    "build",
    "evaluate",
    "open",
]

_HOMES = {
    "Build": ("kg.builds.opened", "Build"),
    "Evaluation": ("kg.evaluation", "Evaluation"),
    "build": ("kg.builds.stages", "build"),
    "evaluate": ("kg.evaluation", "evaluate"),
    "open": ("kg.builds.opened", "open_build"),
}


def __getattr__(name: str) -> Any:
    """Import what does work only when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
