"""Files to documents: formats, encodings, metadata, layout repair, structure."""

from __future__ import annotations

from kg.sources.document import LIMIT, loads
from kg.sources.files import Found, discover, load

__all__ = ["LIMIT", "Found", "discover", "load", "loads"]
