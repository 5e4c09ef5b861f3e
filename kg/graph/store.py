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
        return pyoxigraph.Store.read_only(str(store))
    except (OSError, ValueError) as error:
        raise BuildError(f"{store}: cannot be opened ({_one_line(error)}); build again") from error


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


def dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """An rdflib view of a store, whose default graph is the union of all named graphs."""
    import rdflib
    from oxrdflib import OxigraphStore

    from kg.vocab import PREFIXES

    found = rdflib.Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, iri in PREFIXES.items():
        found.namespace_manager.bind(prefix, iri, override=True)
    return found


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
