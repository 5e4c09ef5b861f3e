"""Errors a caller may want to tell apart.

::

    KgError
    ├── SourceError      a file cannot be read as a document (encoding, binary, empty, front matter)
    ├── BuildError       a build cannot be made, finished, written or opened
    │   └── EvidenceError    a quote does not stand where its offsets say
    ├── CheckError       the graph breaks its own shapes
    ├── DecisionError    a line of a decisions file is not understood
    ├── CannotMeasureError  the data cannot carry the measure that was asked for
    ├── GoldError        a gold file cannot be read, or is the gold of no document of the build
    ├── QueryError       a query cannot be read, or asks for what a build does not do
    │   └── LimitError       a query went beyond a limit of time, memory or size
    ├── QuestionError    a question or what is given to it is not understood
    └── NotFoundError    a name that was asked for is in no reading

Every message says which file, line or offset, what is wrong and what to do about it, in one line.
"""

from __future__ import annotations


class KgError(Exception):
    """Root of all errors this package raises on purpose."""

    exit_code = 1


class SourceError(KgError):
    """One file cannot be read as a document. The other documents of a build are not affected."""

    def __init__(self, path: str, what: str, remedy: str, *, offset: int | None = None) -> None:
        where = path if offset is None else f"{path}: offset {offset}"
        super().__init__(f"{where}: {what}; {remedy}")
        self.path, self.what, self.remedy, self.offset = path, what, remedy, offset


class BuildError(KgError):
    """A build cannot be made, finished, written or opened."""

    exit_code = 2


class EvidenceError(BuildError):
    """A quote does not stand where its offsets say: a defect of a reader, or a build that was changed by hand."""


class CheckError(KgError):
    """The graph breaks its own shapes."""

    exit_code = 3


class DecisionError(KgError):
    """A line of a decisions file is not understood."""

    exit_code = 2


class CannotMeasureError(KgError):
    """The data cannot carry the measure that was asked for, or its options contradict each other."""

    exit_code = 2


class GoldError(KgError):
    """A gold file cannot be read as gold, or is the gold of no document of the build."""

    exit_code = 2

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where, self.what, self.remedy = where, what, remedy


class QuestionError(KgError):
    """A question, or a value that is given to one, is not understood."""

    exit_code = 2


class QueryError(KgError):
    """A query cannot be read, or asks for what a build does not do."""

    exit_code = 2


class LimitError(QueryError):
    """A query went beyond a limit of time, memory or size, or no worker was free."""

    exit_code = 1

    def __init__(self, message: str, *, passing: bool) -> None:
        super().__init__(message)
        self.passing = passing
        """Whether the same query may succeed a little later."""


class NotFoundError(KgError):
    """What was asked for is in no reading of the build."""

    exit_code = 4
