"""Readings against gold: what is found, what is missed, what is invented, and how far confidence can be trusted."""

from __future__ import annotations

from kg.evaluation.result import Evaluation
from kg.evaluation.stages import evaluate

__all__ = ["Evaluation", "evaluate"]
