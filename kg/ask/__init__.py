"""The named questions of the graph: SPARQL files with parameters, some finished by a step in Python.

>>> from kg.ask import questions
>>> [question.name for question in questions()][:2]
['evidence', 'coverage']
"""

from kg.ask.answers import Answer, Thing, ask, bind
from kg.ask.passages import Quote
from kg.ask.question import GROUPS, Column, Parameter, Question, find, questions

__all__ = [
    "GROUPS",
    "Answer",
    "Column",
    "Parameter",
    "Question",
    "Quote",
    "Thing",
    "ask",
    "bind",
    "find",
    "questions",
]
