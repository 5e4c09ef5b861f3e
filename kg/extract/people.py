"""The people of a document: the noun."""

from __future__ import annotations

from typing import NamedTuple


class Person(NamedTuple):
    """A person named at ``flow[start:end]``."""

    start: int
    end: int
    name: str
