"""The dataset in an Oxigraph store: loaded once, then read by anybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import BuildError

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib


def load(path: Path, store: Path) -> None:
    """Load a file of N-Quads into a new store in the folder *store*.

    The load is one transaction: killed in the middle, it leaves an empty store, never half of one.
    Raises :class:`~kg.errors.BuildError` where the file is no N-Quads or the folder cannot be written or holds a store.
    """
    import pyoxigraph

    if store.exists() and (not store.is_dir() or any(store.iterdir())):
        raise BuildError(f"{store}: exists and is not empty; load into a new folder")
    try:
        found = pyoxigraph.Store(str(store))
        found.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
        # Read ever after and never written: a fifth to a third quicker to ask, at twice the room on disk.
        found.optimize()
        found.flush()
    except (OSError, SyntaxError, ValueError) as error:
        raise BuildError(f"{path}: cannot be loaded into {store} ({_one_line(error)}); build again") from error


def open_readonly(store: Path) -> pyoxigraph.Store:
    """The store in a folder, for reading; many processes may read one store at a time.

    Raises :class:`~kg.errors.BuildError` where there is none.
    """
    import pyoxigraph

    if not (store / "CURRENT").is_file():
        raise BuildError(f"{store}: there is no store here; name the store of a finished build, or build again")
    try:
        found = pyoxigraph.Store.read_only(str(store))
        # Damage shows at the first reading, if not at the opening.
        empty = next(iter(found.quads_for_pattern(None, None, None, None)), None) is None
    except (OSError, ValueError, RuntimeError) as error:
        reason = _one_line(error).replace(f"{store}/", "")
        raise BuildError(f"{store}: cannot be opened ({reason}); build again") from error
    if empty:
        raise BuildError(f"{store}: is damaged and holds nothing; build again")
    return found


def in_memory(path: Path) -> pyoxigraph.Store:
    """A file of N-Quads in memory: quicker to ask than a store on disk.

    Raises :class:`~kg.errors.BuildError` where the file cannot be read as N-Quads.
    """
    import pyoxigraph

    try:
        found = pyoxigraph.Store()
        found.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    except (OSError, SyntaxError, ValueError) as error:
        raise BuildError(f"{path}: cannot be loaded ({_one_line(error)}); build again") from error
    return found


def same(store: Path, path: Path) -> None:
    """Hold a store against the N-Quads file that it was loaded from.

    Raises :class:`~kg.errors.BuildError` where they do not hold the same quads. Takes some ten microseconds a quad.
    """
    import pyoxigraph

    found = open_readonly(store)
    try:
        # No quad stands twice in the file, so that as many quads and none of them missing are the same quads.
        total = 0
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS):
            total += 1
            if quad not in found:
                raise BuildError(f"{store}: changed since it was built, a quad of {path.name} is missing; build again")
        if len(found) != total:
            more = len(found) - total
            raise BuildError(
                f"{store}: changed since it was built, {more} of its quads are not in {path.name}; build again"
            )
    except (OSError, SyntaxError, ValueError) as error:
        raise BuildError(f"{store}: cannot be held against {path} ({_one_line(error)}); build again") from error


def dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """An rdflib view of a store, read only and offline, whose default graph is the union of all named graphs."""
    from kg.graph.dataset import dataset

    return dataset(store)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
