"""How much one query may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one query, and of all at a time."""

    seconds: float = 30.0
    """From arrival to answer, waiting included."""
    memory: int = 2048
    """Of one query, in MB of address space beyond what its worker needs to open the store; kept where the system has ``RLIMIT_AS`` (Linux)."""
    rows: int = 1_000_000
    """Of an answer: solutions, or triples."""
    answer: int = 64
    """Size of an answer in MB."""
    request: int = 1024
    """Size of a query in KB."""
    waiting: int = 200
    """Queries that may wait for a worker."""
