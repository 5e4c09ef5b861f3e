"""What a scan finds."""

from __future__ import annotations

from typing import NamedTuple


class Hit(NamedTuple):
    """A place named in a text: ``text[start:end] == surface``."""

    start: int
    end: int
    surface: str
    codes: tuple[str, ...]
    """Every division it can mean, sorted."""
    full: bool
    """The surface is an official name or a usual one of that form (元江县), not a bare short name."""
